"""The pages of a clinic that its search may name, with the names each goes by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page, Site, get_page_models

from clinicsite.core.models import BasePage
from clinicsite.core.models.pages import from_page
from clinicsite.core.querysets import open_to_all
from clinicsite.home.blog.models import BlogPage
from clinicsite.home.pages.front import HomePage
from clinicsite.locations.models import LocationPage, PractitionerPage
from clinicsite.modalities.figure import AREAS
from clinicsite.modalities.models import ConditionIndexPage, ConditionPage, ModalityIndexPage, ModalityPage
from clinicsite.modalities.regions import regions_in


class Group(StrEnum):
    """What kind of thing was found, in the order in which equally good ones are shown."""

    CONDITIONS = "conditions"
    TREATMENTS = "treatments"
    PEOPLE = "people"
    PLACES = "places"
    POSTS = "posts"
    OTHER = "other"


#: Pages of any other type are other pages.
GROUPS: dict[type[Page], Group] = {
    ConditionPage: Group.CONDITIONS,
    ModalityPage: Group.TREATMENTS,
    PractitionerPage: Group.PEOPLE,
    LocationPage: Group.PLACES,
    BlogPage: Group.POSTS,
}
#: Pages that the help on an empty result leads to.
CONDITIONS_LIST, TREATMENTS_LIST = ConditionIndexPage, ModalityIndexPage
#: So many searches are offered to somebody who has found nothing.
TITLES_TO_TRY = 3

#: Name in a row -> where to read it, null where the page is of another type.
COLUMNS = {
    "treatment_names": Coalesce(
        "clinicsite_modalitypage__alternate_names",
        "clinicsite_modalitypage__library_page__alternate_names",
        Value(""),
    ),
    "condition_names": Coalesce(
        "clinicsite_conditionpage__alternate_names",
        "clinicsite_conditionpage__library_page__alternate_names",
        Value(""),
    ),
    "profession": Coalesce("clinicsite_practitionerpage__profession", Value("")),
    "regions": Coalesce(
        "clinicsite_conditionpage__body_regions",
        "clinicsite_conditionpage__library_page__body_regions",
        Value(""),
    ),
    "city": Coalesce("clinicsite_locationpage__city", Value("")),
    "post_date": F("clinicsite_blogpage__date"),
}


@dataclass(frozen=True)
class Entry:
    """One page as its clinic's search knows it."""

    pk: int
    title: str
    url: str
    content_type_id: int
    model: type[Page]
    #: Other names of a treatment or condition, a person's profession, a place's city.
    names: tuple[str, ...]
    date: date | None
    #: Whether it is a condition that the map of the body leads to.
    is_on_map: bool
    #: Where a condition is felt, as patients read it: Head and jaw.
    regions: tuple[str, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """All it goes by besides its title, where it is felt included."""
        return self.names + self.regions

    @property
    def group(self) -> Group:
        """What kind of thing it is."""
        return GROUPS.get(self.model, Group.OTHER)


#: Page key -> entry.
Entries = dict[int, Entry]


def catalogue_of(site: Site) -> Entries:
    """Every page of a clinic that anybody may find; one query.

    The front page is left out: whoever searches stands on the clinic's site already. So is a page that is
    behind any restriction, and one that is meant to be reached by its link only.
    """
    root = site.root_page
    below = open_to_all(Page.objects.descendant_of(root)).annotate(**COLUMNS, is_hidden=_is_hidden())
    rows = below.filter(is_hidden=False).values("pk", "title", "url_path", "content_type_id", *COLUMNS)
    return {entry.pk: entry for entry in _entries(rows, len(root.url_path))}


def address_of(entries: Entries, model: type[Page]) -> str:
    """The address of a clinic's page of a type it has one of; empty where it has none."""
    return next((entry.url for entry in entries.values() if entry.model is model), "")


def titles_to_try(entries: Entries) -> list[str]:
    """The shortest titles of the clinic's conditions and treatments: what is sure to be found."""
    clinical = (Group.CONDITIONS, Group.TREATMENTS)
    titles = {entry.title for entry in entries.values() if entry.group in clinical}
    return sorted(titles, key=lambda title: (len(title), title))[:TITLES_TO_TRY]


def _entries(rows, start: int) -> Iterator[Entry]:
    for row in rows:
        model = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
        if model is None or not issubclass(model, BasePage) or model is HomePage:
            continue
        yield Entry(
            pk=row["pk"],
            title=row["title"],
            url="/" + row["url_path"][start:],
            content_type_id=row["content_type_id"],
            model=model,
            names=_names(
                row["treatment_names"] or row["condition_names"] or row["profession"] or row["city"]
            ),
            date=row["post_date"],
            is_on_map=any(region in AREAS for region in regions_in(row["regions"])),
            regions=tuple(region.label for region in regions_in(row["regions"]) if region in AREAS),
        )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _is_hidden():
    flags = (F(f"{name}__is_hidden_from_search_engines") for name in _page_accessors())
    return Coalesce(*flags, Value(False))


@cache
def _page_accessors() -> tuple[str, ...]:
    """How each of our page types is reached from Wagtail's own `Page`."""
    return tuple(from_page(model) for model in get_page_models() if issubclass(model, BasePage))
