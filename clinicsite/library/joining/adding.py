"""What the library offers that a clinic does not have, and how it comes to the clinic's site."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page, Site

from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.models.folders import LibraryFolderPage
from clinicsite.library.models.library import DeclinedPage
from clinicsite.library.shared_pages.page import SharedPage, shared_page_models
from clinicsite.library.tree import in_library, is_library_page

#: How much alike two titles are that a clinic should be asked about: 1 is the same.
LEAST_LIKENESS = 0.8
#: Said of a type that a project allows in the library and on no clinic's site.
NO_PLACE = "Clinics’ sites have no place for pages of this kind. Ask your agency."


@dataclass(frozen=True)
class Place:
    """Where pages of one type go on a clinic's site; `parent` is None where the clinic has no such place."""

    parent: Page | None
    #: What to make first, in words, and the type of it where it can be made below the front page.
    missing: str = ""
    missing_model: type[Page] | None = None


@dataclass(frozen=True)
class Offer:
    """A library page that a clinic does not have."""

    page: SharedPage
    place: Place
    #: The address it would have: the library's, or that with a number where it is taken.
    slug: str
    is_declined: bool
    #: A page of the clinic's own with much the same title, which could follow it instead.
    similar: Page | None = None

    @property
    def type_name(self):
        """What kind of page it is, in words."""
        return self.page._meta.verbose_name

    @property
    def is_slug_taken(self):
        """Whether the library's own address is in use on the site."""
        return self.slug != self.page.slug


class Offers:
    """What the library offers one clinic, in a fixed number of queries."""

    def __init__(self, site):
        self.site = site
        self.root = site.root_page

    @cached_property
    def open(self) -> list[Offer]:
        """What the clinic has not decided about."""
        return [offer for offer in self.all if not offer.is_declined]

    @cached_property
    def declined(self) -> list[Offer]:
        """What the clinic has decided not to have."""
        return [offer for offer in self.all if offer.is_declined]

    @cached_property
    def all(self) -> list[Offer]:
        """Every library page the clinic does not have, by type and title."""
        return [self._offer(page) for model in shared_page_models() for page in self._pages(model)]

    def count(self) -> int:
        """How many pages the clinic has not decided about, without loading one."""
        undecided = [
            self._not_here(model).exclude(pk__in=self._declined_ids).order_by().values("pk")
            for model in shared_page_models()
        ]
        return undecided[0].union(*undecided[1:]).count()

    @cached_property
    def places(self) -> dict[type[Page], Place]:
        """{page type: where its pages go on this site}; one query."""
        wanted = {model: _parent_models(model) for model in shared_page_models()}
        types = ContentType.objects.get_for_models(*{one for models in wanted.values() for one in models})
        here = Page.objects.descendant_of(self.root, inclusive=True)
        found = {}
        for page in here.filter(content_type__in=types.values()).order_by("-depth", "-path"):
            found[page.content_type_id] = page
        below_front = self.root.specific_class.allowed_subpage_models()
        return {model: _place(models, types, found, below_front) for model, models in wanted.items()}

    def _pages(self, model):
        pages = self._not_here(model).select_related("hero_image").prefetch_related("hero_image__renditions")
        return pages.order_by("title")

    def _not_here(self, model):
        followed = model.objects.of_site(self.site).filter(library_page__isnull=False)
        return model.objects.live().filter(self._inside).exclude(pk__in=followed.values("library_page"))

    @cached_property
    def _inside(self):
        return in_library()

    @cached_property
    def _declined_ids(self):
        return set(DeclinedPage.objects.filter(site=self.site).values_list("library_page_id", flat=True))

    @cached_property
    def _slugs(self):
        """{path of a parent: the addresses taken below it}."""
        parents = {place.parent.path for place in self.places.values() if place.parent}
        below = Q(pk__in=[])
        for path in parents:
            below |= Q(path__startswith=path, depth=len(path) // Page.steplen + 1)
        taken: dict[str, set[str]] = {path: set() for path in parents}
        for path, slug in Page.objects.filter(below).values_list("path", "slug"):
            taken[path[: -Page.steplen]].add(slug)
        return taken

    @cached_property
    def _stand_alone(self):
        """{page type: the clinic's pages of that type that follow nothing}."""
        fields = ("pk", "title", "slug", "url_path", "path")
        return {
            model: list(model.objects.of_site(self.site).filter(library_page__isnull=True).only(*fields))
            for model in shared_page_models()
        }

    def _offer(self, page):
        place = self.places[type(page)]
        slug = _free(page.slug, self._slugs[place.parent.path]) if place.parent else page.slug
        similar = next((own for own in self._stand_alone[type(page)] if is_alike(own, page)), None)
        return Offer(page, place, slug, page.pk in self._declined_ids, similar)


def published_in_library(model):
    """The live library pages of one type."""
    return model.objects.live().filter(in_library())


def library_page_or_none(page_id):
    """A library page that clinics can follow as its own type, live or not; None for any other page."""
    page = Page.objects.filter(pk=page_id).first()
    specific = page.specific if page else None
    return specific if is_library_page(specific) and not specific.is_included else None


@transaction.atomic
def add_page(
    site: Site, library_page: SharedPage, user: AbstractBaseUser, *, title="", slug="", is_live=False
):
    """Add a page to a clinic's site that follows a library page; returns it.

    A slug that is taken gets a number. Raises `AnswerError` with a sentence, or `PermissionDenied` for
    somebody who may not add pages there. One addition of a page waits for another: none is made twice.
    """
    if not library_page.live:
        raise AnswerError(f"“{library_page.title}” is not published in the library now. Nothing was added.")
    parent = _locked_parent(site, library_page, user, is_live)
    if type(library_page).objects.of_site(site).filter(library_page=library_page).exists():
        raise AnswerError(f"Your site has “{library_page.title}” already, perhaps as a draft.")
    page = type(library_page)(
        title=title.strip() or library_page.title,
        slug=find_available_slug(parent, slug.strip() or library_page.slug),
        library_page=library_page,
        owner=user,
        live=False,
    )
    _save_new(page, parent, user, is_live)
    take_back_declined(site, library_page)
    return page


def decline(site: Site, library_page: SharedPage, user: AbstractBaseUser):
    """Note that a clinic does not want a library page: its updates offer it no more."""
    refuse_unless_editing(site, user)
    DeclinedPage.objects.get_or_create(site=site, library_page=library_page, defaults={"declined_by": user})


def take_back_declined(site: Site, library_page: SharedPage):
    """Offer a library page to a clinic again."""
    DeclinedPage.objects.filter(site=site, library_page=library_page).delete()


def refuse_unless_editing(site: Site, user: AbstractBaseUser):
    """Raise `PermissionDenied` for somebody who may not edit the clinic's pages."""
    if not site.root_page.permissions_for_user(user).can_edit():
        raise PermissionDenied


def _locked_parent(site, library_page, user, is_live):
    place = Offers(site).places[type(library_page)]
    if place.parent is None:
        raise AnswerError(place.missing)
    parent = Page.objects.select_for_update().get(pk=place.parent.pk)
    # Asked first: to Wagtail a place that is full, or a type that is closed, is a want of permission.
    if not type(library_page).can_create_at(parent):
        name = type(library_page)._meta.verbose_name
        raise AnswerError(f"No further {name} can be made below “{parent.title}”. Nothing was added.")
    permissions = parent.permissions_for_user(user)
    if not permissions.can_add_subpage():
        raise PermissionDenied
    if is_live and not permissions.can_publish_subpage():
        raise AnswerError(
            "You may not publish pages here. Add it as a draft, and ask for it to be published."
        )
    return parent


def _save_new(page, parent, user, is_live):
    try:
        parent.add_child(instance=page)
        revision = page.save_revision(user=user)
        log(page, "wagtail.create", user=user, revision=revision)
        if is_live:
            revision.publish(user=user)
            # What went live is the revision's own copy of the page.
            page.refresh_from_db(fields=["live", "has_unpublished_changes"])
    except ValidationError as error:
        raise AnswerError(f"“{page.title}” was not added: {' '.join(error.messages)}") from error


def _parent_models(model):
    """The page types of a clinic's site that pages of this type may lie under."""
    allowed = model.allowed_parent_page_models()
    return [one for one in allowed if one is not Page and not issubclass(one, LibraryFolderPage)]


def _place(models, types, found, below_front):
    pages = [found[types[model].pk] for model in models if types[model].pk in found]
    if pages:
        return Place(pages[0])
    if not models:
        return Place(None, NO_PLACE)
    names = " or ".join(f"a {model._meta.verbose_name}" for model in models)
    missing = f"Your site has no place for this yet. Make {names} first, then add it."
    return Place(None, missing, next((model for model in models if model in below_front), None))


def _free(slug, taken):
    """The slug, or with the first number that is free, as Wagtail itself numbers them."""
    free, number = slug, 1
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def is_alike(own, page: Page):
    """Whether a page of a clinic is, by its title or address, about the same as a library page."""
    one, other = own.title.lower(), page.title.lower()
    return own.slug == page.slug or SequenceMatcher(None, one, other).ratio() >= LEAST_LIKENESS
