"""The one clinic for which somebody of several works at the moment.

Whoever holds grants at several clinics, and none above them, sees one at a time: in the menu, the tree,
lists, searches, choosers and on the first screen. Which one, they choose; the session keeps it. The
permission policies leave out the grants at the others, so that nothing of those is there.
"""

from contextvars import ContextVar

from django.contrib.auth import get_user_model
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinicsite.clinics.tenancy import suspended, trees
from clinicsite.core import site_roots

#: Where a session holds the key of the clinic's site.
SESSION_KEY = "clinicsite_clinic"
#: The session of the request under way.
session_at_work: ContextVar = ContextVar("clinicsite_session_at_work", default=None)
#: The person whose request is under way, for code that Wagtail gives no request.
person_at_work: ContextVar = ContextVar("clinicsite_person_at_work", default=None)

_PLACE, _OTHERS = "_clinicsite_place", "_clinicsite_groups_elsewhere"


def place_at_work(user) -> str:
    """The tree path of the one clinic that a person works for now; empty for whoever has one, or all."""
    person = person_at_work.get()
    if person is None or person.pk is None or person.pk != user.pk:
        return ""
    if not hasattr(user, _PLACE):
        setattr(user, _PLACE, _place_of(user))
    return getattr(user, _PLACE)


def places_of(user) -> list[str]:
    """The tree paths of the clinics at which a person holds a grant; none for whoever has one above them."""
    if user.is_superuser:
        return []
    # Wagtail's own policy, so that what is left out below is not left out here.
    grants = PagePermissionPolicy(Page).get_cached_permissions_for_user(user)
    own = [grant.page for grant in grants if trees.is_inside(grant.page.path)]
    if any(trees.is_folder(*page.cached_content_type.natural_key()) for page in own):
        return []
    found = (site_roots.site_at(page.path) for page in own)
    return sorted({place for site in found if site for place in [site[1]]})


def sites_of(user) -> list[Site]:
    """The clinics between which a person chooses, by name; none for whoever has only one."""
    places = _open(places_of(user))
    if len(places) < 2:
        return []
    return list(Site.objects.filter(root_page__path__in=places).order_by("site_name", "hostname", "pk"))


def choose(session, user, site_id: int) -> Site | None:
    """Work for another of one's own clinics from now on; None, and nothing is changed, for any other."""
    site = next((site for site in sites_of(user) if site.pk == site_id), None)
    if site is not None:
        session[SESSION_KEY] = site.pk
    return site


def at_this_place(user, grants):
    """Grants on pages, without those at the clinics that a person does not work for now."""
    place = place_at_work(user)
    if not place:
        return grants
    return [one for one in grants if not trees.is_inside(one.page.path) or one.page.path.startswith(place)]


def of_groups_here(user, grants):
    """Grants on collections or sites, without those of roles at the clinics left out; one query at most."""
    place = place_at_work(user)
    if not place:
        return grants
    if not hasattr(user, _OTHERS):
        others = get_user_model().groups.through.objects.filter(user=user.pk)
        others = others.filter(group__clinicsite_role__isnull=False).exclude(
            group__clinicsite_role__site__root_page__path__startswith=place
        )
        setattr(user, _OTHERS, set(others.values_list("group_id", flat=True)))
    return [one for one in grants if one.group_id not in getattr(user, _OTHERS)]


def _place_of(user):
    places = places_of(user)
    if len(places) < 2:
        return ""
    session = session_at_work.get()
    chosen = session.get(SESSION_KEY) if session is not None else None
    place = site_roots.place_of(chosen) if chosen else ""
    still = _open(places)
    return place if place in still else still[0]


def _open(places):
    """These without the clinics whose admin the agency has closed, unless that is all of them."""
    closed = suspended.closed_paths()
    return [place for place in places if place not in closed] or places
