"""A clinic as the template of another: what of it a new one begins with.

The look, rules, groups and library pages go by the spec that the new clinic is made of. Its own words come
after: what it says otherwise than the library, its own sections and its plain pages. People, places, messages
and drafts are never taken along, and neither is what shows or links to something that is the template's own:
no other clinic could show it.
"""

from collections import Counter
from collections.abc import Iterator

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.models.groups import groups_of
from clinicsite.clinics.models.wishes import ClinicWishes
from clinicsite.home.models import HomePage, StandardPage
from clinicsite.library.composition import Action
from clinicsite.library.joining.adding import published_in_library
from clinicsite.library.models import ChosenPack, SectionOverride
from clinicsite.provisioning.clinics import collections_of
from clinicsite.provisioning.legal import LEGAL_PAGES
from clinicsite.provisioning.spec.following import KINDS

#: Column of a chain's CSV -> the setting it is taken from.
SETTINGS = {
    **{name: name for name in ("kind", "jurisdiction", "time_zone", "language", "free_consultation")},
    "brand.primary": "brand_primary",
    "brand.accent": "brand_accent",
    "brand.fonts": "font_pair",
    "brand.mood": "mood",
    "brand.opening": "opening",
}
#: What the front page says that names neither the clinic nor anything of it, as a rule.
FRONT = ("promise", "introduction_heading", "call_heading", "call_text")
#: What a plain page has of its own.
PLAIN = ("title", "slug", "summary", "sections", "show_in_menus", "search_description")
#: An override's words and what they are about; who checked them has not checked the new clinic's page.
OVERRIDE = ("section_id", "action", "heading", "base", "seen", "is_heading_only", "is_kept", "is_let_go")


def typed_of(template: Site) -> dict[str, str]:
    """What the screens of a new clinic begin with, by column."""
    settings = ClinicSettings.objects.get(site=template)
    typed = {column: str(getattr(settings, name)) for column, name in SETTINGS.items()}
    typed["has_direct_billing"] = "yes" if settings.has_direct_billing else "no"
    typed["insurers"] = "; ".join(row.name for row in settings.insurers.all())
    typed["groups"] = "; ".join(group.name for group in groups_of(template))
    chosen = ChosenPack.objects.filter(site=template).select_related("pack").first()
    typed["pack"] = chosen.pack.name if chosen else ""
    typed["takes_new_pages"] = "yes" if chosen and chosen.takes_new_pages else "no"
    for column, (model, _noun) in KINDS.items():
        known = Counter(published_in_library(model).values_list("slug", flat=True))
        followed = model.objects.of_site(template).live().filter(library_page__live=True).order_by("path")
        slugs = followed.values_list("library_page__slug", flat=True)
        # A slug that the library has twice names no page.
        typed[column] = "; ".join(slug for slug in slugs if known[slug] == 1)
    return typed


class Template:
    """One clinic's own words, on their way into another's pages before those get their first revision."""

    def __init__(self, site: Site):
        self.site = site
        self.collections = {one.pk for one in collections_of(site)}
        #: A sentence for each thing that was left out.
        self.notes: list[str] = []

    def give_settings(self, settings: ClinicSettings) -> None:
        """How the clinic wishes to be shown."""
        own = ClinicSettings.objects.get(site=self.site)
        for field in ClinicWishes._meta.get_fields():
            setattr(settings, field.name, getattr(own, field.name))

    def give_front(self, home: HomePage) -> None:
        """What the front page says."""
        own = HomePage.objects.get(pk=self.site.root_page_id)
        for name in FRONT:
            setattr(home, name, getattr(own, name))
        if self._may_go("The introduction of the front page", own):
            home.introduction = own.introduction

    def give_words(self, follower) -> bool:
        """What the template says otherwise than the library, and its own sections; whether there is any."""
        own = type(follower).objects.of_site(self.site).live()
        page = own.filter(library_page=follower.library_page_id).first()
        if page is None:
            return False
        records = SectionOverride.objects.filter(page=page).exclude(action=Action.RETURN.value)
        if not records and not len(page.sections):
            return False
        if not self._may_go(f"What it says of its own on “{page.title}”", page):
            return False
        follower.sections = list(page.sections.raw_data)
        follower.clinicsite_section_overrides = [
            SectionOverride(
                body=list(record.body.raw_data), **{name: getattr(record, name) for name in OVERRIDE}
            )
            for record in records
        ]
        follower.save()
        return True

    def plain_pages(self) -> Iterator[StandardPage]:
        """Its plain pages below the front page, unsaved; each clinic has legal pages of its own."""
        pages = StandardPage.objects.child_of(self.site.root_page).live().exclude(slug__in=LEGAL_PAGES)
        for page in pages.order_by("path"):
            if self._may_go(f"The page “{page.title}”", page):
                yield StandardPage(**{name: _value(page, name) for name in PLAIN})

    def _may_go(self, what, page):
        if any(self._is_own(reference) for reference in ReferenceIndex.get_references_for_object(page)):
            self.notes.append(
                f"{what} was left out: it shows or links to something of {self.site.site_name}’s own."
            )
            return False
        return True

    def _is_own(self, reference):
        model = reference.to_content_type.model_class()
        if model is None or not issubclass(model, (Page, get_image_model(), get_document_model())):
            return False
        thing = model._base_manager.filter(pk=reference.to_object_id).first()
        if isinstance(thing, Page):
            return thing.path.startswith(self.site.root_page.path)
        return thing is not None and thing.collection_id in self.collections


def _value(page, name):
    value = getattr(page, name)
    return list(value.raw_data) if name == "sections" else value
