"""Many clinics that follow one library, written in bulk: for benchmarks, and for tests of what must not grow.

Pages made one by one cost 40 ms each. Here tree paths are computed and rows are inserted in batches, so that
a thousand clinics with sixty followers each take about a minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from clinicsite.clinics.models import ClinicSettings, NetworkPage, SiteState
from clinicsite.core import site_roots
from clinicsite.home.models import HomePage
from clinicsite.library.composition import Action
from clinicsite.library.equality import fingerprint
from clinicsite.library.models import LibraryFolderPage, SectionOverride
from clinicsite.library.sections import base_of, sections_from_raw
from clinicsite.modalities.models import ConditionIndexPage, ConditionPage, ModalityIndexPage, ModalityPage

SECTIONS = 12
OVERRIDES = 6
KINDS = ("overview", "how_it_works", "what_to_expect", "benefits", "risks", "aftercare")
WORDS = (
    "A thin needle goes into a tight spot in the muscle. Most people feel a short twitch, then the muscle "
    "lets go. Ask {clinic} what it can do for you, and tell us about any medicine you take. "
)


@dataclass
class Many:
    """A library and the clinics that follow it."""

    library: LibraryFolderPage
    network: NetworkPage
    pages: list = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)


def stored_section(number: int, words: str = WORDS, **value) -> dict:
    """A stored section of three paragraphs; its id follows from its number."""
    ident = str(uuid5(NAMESPACE_URL, f"many-section:{number}"))
    body = [
        {
            "type": "paragraph",
            "id": str(uuid5(NAMESPACE_URL, f"{ident}:{part}")),
            "value": f'<p data-block-key="k{part}">{words}</p>',
        }
        for part in range(3)
    ]
    kind = KINDS[number % len(KINDS)]
    content = {"kind": kind, "heading": f"Section {number % SECTIONS}", "body": body}
    return {"type": "section", "id": ident, "value": content | value}


def make_library(pages: int, sections: int = SECTIONS) -> Many:
    """A library of live treatments and conditions, in a folder of its own, and an empty network."""
    root = Page.get_first_root_node()
    top = LibraryFolderPage.objects.filter(depth=2).first() or root.add_child(
        instance=LibraryFolderPage(title="Library", slug="library")
    )
    library = top.add_child(instance=LibraryFolderPage(title="Followed by many", slug="followed-by-many"))
    network = root.add_child(instance=NetworkPage(title="Many clinics", slug="many-clinics"))
    many = Many(library, network)
    for number in range(pages):
        model = ModalityPage if number % 2 else ConditionPage
        stored = [stored_section(number * SECTIONS + index) for index in range(sections)]
        title = f"{model._meta.verbose_name.title()} {number}"
        many.pages.append(library.add_child(instance=model(title=title, summary=title, sections=stored)))
    return many


def add_clinics(many: Many, count: int, followers: int, *, everyday=True) -> None:
    """Add clinics, each with a site, settings and pages that follow `followers` of the library's pages.

    The first half of a clinic's followers is the same at every clinic, the rest differs. With `everyday` some
    pages have own or hidden sections, additions, a held version or are drafts; without it none has.
    """
    first = len(many.sites)
    with transaction.atomic():
        for start in range(first, first + count, 100):
            _Writer(many, followers, everyday).write(range(start, min(start + 100, first + count)))
        home_count = Page.objects.child_of(many.network).count()
        Page.objects.filter(pk=many.network.pk).update(numchild=home_count)
    # Sites written all at once send no signal.
    site_roots.bump_version()
    many.sites = list(Site.objects.filter(hostname__startswith="many-").order_by("pk"))


class _Writer:
    """Writes a batch of clinics with a fixed number of statements for each table."""

    def __init__(self, many: Many, followers: int, everyday: bool):
        self.many = many
        self.followers = followers
        self.everyday = everyday
        self.locale_id = Locale.objects.order_by("pk").values_list("pk", flat=True)[0]
        self.now = timezone.now()

    def write(self, numbers: range) -> None:
        homes = self._write_homes(numbers)
        sites = [
            Site(hostname=f"many-{number}.localhost", port=80, site_name=home.title, root_page_id=home.pk)
            for number, home in zip(numbers, homes, strict=True)
        ]
        Site.objects.bulk_create(sites)
        ClinicSettings.objects.bulk_create(
            ClinicSettings(site=site, name=site.site_name, state=SiteState.LIVE) for site in sites
        )
        indexes = self._write_indexes(numbers, homes)
        pages = list(self._followers(numbers, indexes))
        _insert([page for page in pages if isinstance(page, ConditionPage)])
        _insert([page for page in pages if isinstance(page, ModalityPage)])
        if self.everyday:
            SectionOverride.objects.bulk_create(self._overrides(pages), batch_size=1000)

    def _write_homes(self, numbers: range) -> list:
        homes = [
            self._page(HomePage, self.many.network, number + 1, f"Clinic {number:04d}", numchild=2)
            for number in numbers
        ]
        _insert(homes)
        return homes

    def _write_indexes(self, numbers: range, homes: list) -> dict:
        """{(home's path, type of the pages below): index page}."""
        found = {}
        titles = [
            (ConditionIndexPage, ConditionPage, "Conditions"),
            (ModalityIndexPage, ModalityPage, "Treatments"),
        ]
        for step, (model, child, title) in enumerate(titles, start=1):
            pages = [
                self._page(model, home, step, title, numchild=self._count(child, number))
                for number, home in zip(numbers, homes, strict=True)
            ]
            _insert(pages)
            found |= {(home.path, child): page for home, page in zip(homes, pages, strict=True)}
        return found

    def _count(self, model, number):
        return sum(type(page) is model for page in self._followed_by(number))

    def _followers(self, numbers: range, indexes: dict) -> Iterator[Page]:
        for number in numbers:
            home_path = self.many.network.path + _step(number + 1)
            steps = {ConditionPage: 0, ModalityPage: 0}
            for library_page in self._followed_by(number):
                model = type(library_page)
                steps[model] += 1
                yield self._follower(number, library_page, indexes[home_path, model], steps[model])

    def _followed_by(self, number: int) -> list:
        half = (self.followers + 1) // 2
        rest = self.many.pages[half:]
        start = number * 7 % len(rest) if rest else 0
        return self.many.pages[:half] + (rest[start:] + rest[:start])[: self.followers - half]

    def _follower(self, number, library_page, parent, step):
        chance = (number * 31 + library_page.pk * 17) % 100 if self.everyday else 50
        return self._page(
            type(library_page),
            parent,
            step,
            library_page.title,
            live=chance not in (90, 91),
            library_page=library_page,
            library_base={
                "page": library_page.pk,
                "title": library_page.title,
                "slug": library_page.slug,
                "since": self.now.isoformat(),
            },
            held_sections=list(library_page.sections.raw_data) if chance in (92, 93, 94) else None,
            sections=[stored_section(-1)] if chance in (95, 96, 97) else [],
        )

    def _overrides(self, pages) -> Iterator[SectionOverride]:
        for page in pages:
            chance = (int(page.path[8:12], 36) * 31 + page.library_page_id * 17) % 100
            if chance >= 15:
                continue
            sections = sections_from_raw(page.library_page.sections.raw_data)
            for section in sections[: OVERRIDES if chance < 3 else 1]:
                yield own_section(page, section, sections, is_stale=chance % 5 == 0, is_hidden=chance > 11)

    def _page(self, model, parent, step, title, *, live=True, **fields):
        slug = title.lower().replace(" ", "-")
        return model(
            title=title,
            draft_title=title,
            slug=slug,
            path=parent.path + _step(step),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            content_type=ContentType.objects.get_for_model(model),
            locale_id=self.locale_id,
            live=live,
            first_published_at=self.now,
            last_published_at=self.now,
            latest_revision_created_at=self.now,
            **fields,
        )


def own_section(page, section, sections, *, is_stale=False, is_hidden=False) -> SectionOverride:
    """A clinic's own version of a section, for bulk creation; a stale one was taken from older words."""
    base = base_of(section, sections)
    if is_stale:
        base["heading"] = "As it was"
    taken = type(section)(section.id, base["kind"], base["heading"], base["body"])
    return SectionOverride(
        page_id=page.pk,
        section_id=section.id,
        action=(Action.HIDE if is_hidden else Action.REPLACE).value,
        heading="Our way",
        body=section.body,
        base=base,
        base_fingerprint=fingerprint(taken),
    )


def _insert(pages: list) -> None:
    """Insert new pages of one type, first into one table, then the other: Django cannot do both in bulk."""
    if not pages:
        return
    model = type(pages[0])
    names = [one.attname for one in Page._meta.local_concrete_fields if not one.primary_key]
    rows = Page.objects.bulk_create(
        (Page(**{name: getattr(page, name) for name in names}) for page in pages), batch_size=500
    )
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
    fields = model._meta.local_concrete_fields
    size = min(500, connection.ops.bulk_batch_size(fields, pages) or 500)
    for start in range(0, len(pages), size):
        model._base_manager._insert(pages[start : start + size], fields=fields, using=connection.alias)


def _step(number: int) -> str:
    return Page._int2str(number).rjust(Page.steplen, "0")
