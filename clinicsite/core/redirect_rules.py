"""What the agency may write on Wagtail's screen for a redirect of a clinic's, and what would lead nowhere.

Redirects of the project around us are its own business.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from clinicsite.core import site_roots, wagtail_private
from clinicsite.core.addresses import has_fixed_address
from clinicsite.core.conf import conf
from clinicsite.core.models.pages import is_front_page
from clinicsite.core.routing import page_answering

NOWHERE = "Say where it leads: choose a page, or write an address."
BOTH = "Choose a page or write an address, not both: the page would be used, and the address never."
NO_ADDRESS = "“{page}” has no address that patients can open. Choose a page of a clinic."
TAKEN = (
    "“{page}” stands at this address, and a redirect is only followed where nothing answers. "
    "Change the page’s address, or unpublish it, first."
)
TAKEN_EVERYWHERE = (
    "Every clinic’s site has something of its own at this address, so the redirect would never be followed."
)
CIRCLE = "This leads back to where it begins: {steps}. Browsers give up on that."
#: More in a row are no circle, and more than any browser follows.
MOST_STEPS = 20


def install() -> None:
    """Have Wagtail's screens for a redirect ask here."""
    wagtail_private.add_rule_for_redirects(RedirectForm, refuse)


def refuse(redirect: Redirect, sent: dict) -> None:
    """Raise a ValidationError, by field, where a redirect of ours would lead nowhere, or back to itself.

    Args:
        redirect: as it is stored, or empty for a new one.
        sent: what the form has read; a space in the old address becomes what browsers ask for in its place.
    """
    site = sent.get("site")
    if "old_path" not in sent or not _is_ours(site):
        return
    sent["old_path"] = sent["old_path"].replace(" ", "%20")
    _refuse_what_is_never_followed(sent["old_path"], site)
    page, link = sent.get("redirect_page"), sent.get("redirect_link")
    if not page and not link and "redirect_link" in sent:
        raise ValidationError({"redirect_page": NOWHERE})
    if page and link:
        raise ValidationError({"redirect_link": BOTH})
    if page and site_roots.url_parts(page.url_path) is None:
        raise ValidationError({"redirect_page": NO_ADDRESS.format(page=page.title)})
    _refuse_a_circle(redirect, Redirect.normalise_path(sent["old_path"]), site, link)


def _is_ours(site):
    return is_front_page(site.root_page) if site else bool(conf.AGENCY_HOST)


def _refuse_what_is_never_followed(old_path, site):
    """A redirect is asked for only where the answer would be "not found"."""
    # Its query does not matter: a page answers whatever is added to its address.
    path = urlsplit(Redirect.normalise_path(old_path)).path
    if has_fixed_address(path):
        raise ValidationError({"old_path": TAKEN_EVERYWHERE})
    if site:
        if page := page_answering(site, path):
            raise ValidationError({"old_path": TAKEN.format(page=page.title)})
        return
    sites = [one for one in Site.objects.select_related("root_page") if is_front_page(one.root_page)]
    if sites and all(page_answering(one, path) for one in sites):
        raise ValidationError({"old_path": TAKEN_EVERYWHERE})


def _refuse_a_circle(redirect, begins, site, link):
    steps = [begins]
    path = _path_of(link, site)
    while path and len(steps) < MOST_STEPS:
        steps.append(path)
        if begins.lower() in (path.lower(), path.lower().split("?")[0]):
            raise ValidationError({"redirect_link": CIRCLE.format(steps=" → ".join(steps))})
        path = _path_of(_link_at(path, site, redirect), site)


def _link_at(path, site, redirect):
    """Where the redirect at an address leads, if there is one and it is not to a page."""
    at_it = Q(old_path__iexact=path) | Q(old_path__iexact=path.split("?")[0])
    met_there = Q(site=site) | Q(site=None) if site else Q()
    # The longer has the query string, and wins.
    found = Redirect.objects.filter(at_it, met_there).exclude(pk=redirect.pk)
    return max(found.values_list("old_path", "redirect_link"), default=(None, ""))[1]


def _path_of(link, site):
    """An address of the site itself as redirects know it; None for one elsewhere, or none."""
    parts = urlsplit(link or "")
    hosts = Site.objects.filter(pk=site.pk) if site else Site.objects.all()
    if not parts.hostname or not hosts.filter(hostname=parts.hostname).exists():
        return None
    return Redirect.normalise_path(f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}")
