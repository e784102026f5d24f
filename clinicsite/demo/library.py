"""The demo's library: references, a reviewer, treatments, conditions and posts that all clinics share."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Collection, Page

from clinicsite.core import indexing
from clinicsite.demo import data, pictures
from clinicsite.demo.records import add_page, find, make_once
from clinicsite.demo.texts import BodyWriter, Targets
from clinicsite.home.models import BlogPage
from clinicsite.library.models import LibraryFolderPage
from clinicsite.locations.models import PractitionerPage
from clinicsite.modalities.models import (
    ConditionPage,
    EvidenceStatement,
    ModalityPage,
    Reference,
    WarningSignsPage,
)
from clinicsite.modalities.regions import stored_regions
from clinicsite.provisioning.agency import Agency

#: Folder of the data files -> (page type, word for links, folder in the tree).
KINDS = {
    "conditions": (ConditionPage, "condition", "Conditions"),
    "modalities": (ModalityPage, "modality", "Treatments"),
    "posts": (BlogPage, "post", "Posts"),
}
REVIEWED_ON = date(2026, 10, 20)
NEXT_REVIEW_ON = date(2028, 10, 20)


@dataclass
class DemoLibrary:
    """The library as the demo's clinics follow it."""

    root: LibraryFolderPage
    collection: Collection
    targets: Targets

    def page(self, kind: str, slug: str) -> Page:
        """A library page by its kind (modalities, conditions, posts) and slug."""
        return find(page_key(kind, slug))

    def picture(self, key: str):
        """A picture of the library, in its neutral colours."""
        return pictures.picture(f"library/picture/{key}", self.collection)


def page_key(kind: str, slug: str) -> str:
    """The demo's key of a library page; its sections' ids are derived from it."""
    return f"library/{kind}/{slug}"


def build_library(agency: Agency) -> DemoLibrary:
    """Fill the agency's library once, whole or not at all."""
    builder = _LibraryBuilder(agency)
    _store_pictures(builder.library)
    with transaction.atomic(), indexing.written_at_the_end():
        builder.build()
    return builder.library


def _store_pictures(library):
    for kind in KINDS:
        for entry in data.library(kind).values():
            library.picture(entry["picture"])


class _LibraryBuilder:
    def __init__(self, agency):
        self.library = DemoLibrary(root=agency.library, collection=agency.collection, targets=Targets())

    def build(self):
        self._references()
        reviewer = self._reviewer()
        self._warning_signs()
        pages = {kind: self._shells(kind) for kind in KINDS}
        for kind, entries in pages.items():
            for slug, page in entries.items():
                if page.latest_revision_id is None:
                    self._fill(kind, page, data.library(kind)[slug], reviewer)

    def _folder(self, title):
        slug = slugify(title)
        return add_page(
            f"library/folder/{slug}", self.library.root, LibraryFolderPage(title=title, slug=slug)
        )

    def _references(self):
        for item in data.references():
            reference = make_once(f"library/reference/{item['id']}", lambda item=item: _reference(item))
            label = f"{reference.short_authors} {reference.year}"
            self.library.targets.references[item["id"]] = (reference.pk, label)

    def _reviewer(self):
        page = PractitionerPage(
            title="Ingrid Vale",
            slug="ingrid-vale",
            post_nominals="PT, MSc",
            profession="Registered physiotherapist, clinical reviewer",
            summary="Ingrid checks the shared clinical pages against the research once every two years.",
        )
        return add_page("library/reviewer", self._folder("Reviewers"), page)

    def _warning_signs(self):
        """The signs that need urgent help, which pages of every kind name."""
        folder = self._folder("Warning signs")
        for slug, entry in data.library("warnings").items():
            key = page_key("warnings", slug)
            page = add_page(key, folder, WarningSignsPage(title=entry["title"], slug=slug))
            self.library.targets.pages["warning-signs", slug] = page.pk
            if page.latest_revision_id is None:
                writer = BodyWriter(key, self.library.targets, lambda name: self.library.picture(name).pk)
                page.sections = writer.sections(entry["sections"])
                page.reviewed_on, page.next_review_on = REVIEWED_ON, NEXT_REVIEW_ON
                page.save_revision().publish()

    def _shells(self, kind):
        """The pages without their text, so that every link has a page to lead to."""
        model, word, title = KINDS[kind]
        folder = self._folder(title)
        shells = {}
        for slug, entry in data.library(kind).items():
            shells[slug] = add_page(page_key(kind, slug), folder, model(title=entry["title"], slug=slug))
            self.library.targets.pages[word, slug] = shells[slug].pk
        return shells

    def _fill(self, kind, page, entry, reviewer):
        writer = BodyWriter(
            page_key(kind, page.slug), self.library.targets, lambda key: self.library.picture(key).pk
        )
        page.summary = entry["summary"]
        page.search_description = entry["search_description"]
        page.hero_image = self.library.picture(entry["picture"])
        page.sections = writer.sections(entry["sections"])
        page.reviewed_by, page.reviewed_on, page.next_review_on = reviewer, REVIEWED_ON, NEXT_REVIEW_ON
        getattr(self, f"_fill_{kind}")(page, entry)
        page.save_revision().publish()

    def _fill_modalities(self, page, entry):
        page.alternate_names = ", ".join(entry.get("alternate_names", []))
        page.conditions = [self.library.page("conditions", slug) for slug in entry["conditions"]]
        page.evidence_statements = [self._statement(row) for row in entry.get("evidence", [])]

    def _statement(self, row):
        reference, _ = self.library.targets.references.get(row.get("reference"), (None, ""))
        statement = EvidenceStatement(
            condition=self.library.page("conditions", row["condition"]),
            strength=row["strength"],
            statement=row["statement"],
            reference_id=reference,
        )
        statement.clean()
        return statement

    def _fill_conditions(self, page, entry):
        page.alternate_names = ", ".join(entry.get("alternate_names", []))
        page.body_regions = stored_regions(entry["body_regions"])

    def _fill_posts(self, page, entry):
        page.date = date.fromisoformat(entry["date"])
        page.picture_caption = entry.get("picture_caption", "")
        page.tags.add(*entry.get("tags", []))
        page.conditions = [self.library.page("conditions", slug) for slug in entry.get("conditions", [])]
        page.modalities = [self.library.page("modalities", slug) for slug in entry.get("treatments", [])]


def _reference(item):
    custom = item.get("custom", {})
    reference = Reference(
        citation_key=item["id"],
        csl_type=item["type"],
        title=item["title"],
        authors="\n".join(f"{author['family']}, {author['given']}" for author in item["author"]),
        has_all_authors=custom.get("author_list_complete", True),
        container_title=item["container-title"],
        year=item["issued"]["date-parts"][0][0],
        volume=item.get("volume", ""),
        issue=item.get("issue", ""),
        page=item.get("page", ""),
        doi=item.get("DOI"),
        pmid=item.get("PMID", ""),
        study_type=custom.get("study_type", "other"),
        finding=custom.get("finding", ""),
        is_finding_confirmed=not custom.get("finding_to_confirm", True),
    )
    reference.full_clean()
    reference.save()
    return reference
