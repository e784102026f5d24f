"""What `benchmarks.library` measures, each line of it; imported once Django is set up."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from benchmarks.many import OVERRIDES, SECTIONS, Many, add_clinics, make_library, own_section, stored_section
from clinicsite.core.conf import conf
from clinicsite.library import tasks
from clinicsite.library.composition import Override, compose
from clinicsite.library.equality import same_words
from clinicsite.library.matrix.states import FILTERABLE
from clinicsite.library.models import LibraryFolderPage, SectionOverride
from clinicsite.library.sections import override_from_record, sections_from_raw
from clinicsite.modalities.models import ModalityIndexPage, ModalityPage
from clinicsite.users.models import User

VIEWS = 15


def measure(options) -> int:
    """Print every measurement; 1 where the database is not a scratch one."""
    call_command("migrate", verbosity=0)
    if LibraryFolderPage.objects.exists():
        print("This database has a library already. Name an empty one in DATABASE_URL.", file=sys.stderr)
        return 1
    print(f"{connection.vendor}, {options.clinics} clinics, {options.followers} followers each")
    many = _built(options)
    _compose(many)
    _page_view(many)
    _publish(many, options.aliases)
    _screens(many)
    return 0


def _built(options) -> Many:
    with _timed("library built", "s"):
        many = make_library(options.pages)
    with _timed("clinics built", "s"):
        add_clinics(many, options.clinics, options.followers)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    _line("followers", f"{Page.objects.count():,} pages, {SectionOverride.objects.count():,} overrides")
    return many


def _compose(many):
    page = many.pages[1]
    library = sections_from_raw(page.sections.raw_data)
    for name, is_stale in (("none of them changed", False), ("all of them changed", True)):
        overrides = _overrides(page, library, is_stale)
        spent = _median(lambda overrides=overrides: compose(library, overrides, (), (), same_words), 300)
        _line(f"compose(), {SECTIONS} sections, {OVERRIDES} overrides, {name}", f"{spent:.3f} ms")


def _overrides(page, library, is_stale) -> dict[str, Override]:
    """Overrides of the first sections; stale ones differ in the body alone, so that words are compared."""
    records = [own_section(page, one, library) for one in library[:OVERRIDES]]
    for record in records if is_stale else ():
        record.base["body"] = [{**block, "id": "other"} for block in record.base["body"][:-1]]
    return {record.section_id: override_from_record(record) for record in records}


def _page_view(many):
    library_page = many.pages[1]
    site = many.sites[0]
    plain = ModalityPage.objects.live().filter(library_page=library_page).of_site(site).first()
    sections = list(library_page.sections.raw_data)
    parent = plain.get_parent()
    alone = parent.add_child(
        instance=ModalityPage(title="Alone", slug="alone", summary="Alone.", sections=sections)
    )
    SectionOverride.objects.filter(page_id=plain.pk).delete()
    library = sections_from_raw(sections)
    SectionOverride.objects.bulk_create(own_section(plain, one, library) for one in library[:OVERRIDES])
    visit = Client(HTTP_HOST=site.hostname).get
    spent = {}
    for name, page in (("stand-alone page", alone), ("follower", plain)):
        path = page.get_url_parts()[2]
        visit(path)
        spent[name] = _median(lambda path=path: visit(path), VIEWS)
        _line(f"page view, {name}", f"{spent[name]:.1f} ms, {_count(lambda path=path: visit(path))} queries")
    _line("follower to stand-alone page", f"{spent['follower'] / spent['stand-alone page']:.2f} times")


def _publish(many, aliases):
    library_page = many.pages[1]
    followers = library_page.followers.count()
    spent, queries = _published(_edited(library_page))
    _line(f"library publish, {followers} followers", f"{spent:.0f} ms, {queries} queries")
    with _timed(f"followers indexed by the worker, batches of {tasks.BATCH}", "s"):
        call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)
    page = _with_aliases(many, aliases)
    aliases = page.aliases.count()
    alias_spent, alias_queries = _published(_edited(page))
    _line(f"Wagtail page publish, {aliases} aliases", f"{alias_spent:.0f} ms, {alias_queries} queries")
    scaled = alias_spent * followers / aliases
    _line(
        f"the same scaled to {followers} aliases", f"{scaled:.0f} ms, {scaled / spent:.0f} times the library"
    )


def _edited(page):
    """A revision of the page with other words."""
    page = type(page).objects.get(pk=page.pk)
    page.sections = [stored_section(index, "Newer words for everybody.") for index in range(SECTIONS)]
    return page.save_revision()


def _published(revision) -> tuple[float, int]:
    """(ms, queries) of a publish in one transaction, as the admin does it; tasks are left to the worker."""
    start = perf_counter()
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        revision.publish()
    return (perf_counter() - start) * 1000, len(captured)


def _with_aliases(many, count):
    """A treatment of the first clinic, with an alias of it in others: the nearest thing that Wagtail has."""
    indexes = list(ModalityIndexPage.objects.descendant_of(many.network).order_by("path")[: count + 1])
    sections = [stored_section(index) for index in range(SECTIONS)]
    page = indexes[0].add_child(
        instance=ModalityPage(title="Aliased", slug="aliased", summary="Aliased.", sections=sections)
    )
    with _timed(f"{len(indexes) - 1} aliases made", "s"):
        for index in indexes[1:]:
            page.create_alias(parent=index)
    return page


def _screens(many):
    browser = Client(HTTP_HOST=conf.AGENCY_HOST)
    user = User.objects.create_superuser("benchmark", "benchmark@people.example", "unused")
    browser.force_login(user)
    matrix = reverse("clinicsite_library:matrix", urlconf=conf.admin_urlconf)
    _screen("admin, its dashboard, for comparison", browser, "/admin/")
    _screen("matrix", browser, matrix)
    _screen("matrix, 50 clinics", browser, f"{matrix}?rows=50")
    for mark in FILTERABLE:
        _screen(f"matrix, only {mark.value}", browser, f"{matrix}?state={mark.value}")
    inbox = reverse("clinicsite_library:inbox", urlconf=conf.admin_urlconf)
    _screen("library updates of one clinic", browser, f"{inbox}?clinic={many.sites[0].pk}")
    with _timed("matrix as a file", "s"):
        lines = sum(text.count(b"\n") for text in browser.get(f"{matrix.rstrip('/')}.csv"))
    _line("lines of that file", f"{lines:,}")


def _screen(name, browser, address):
    assert browser.get(address).status_code == 200, address
    spent = _times(lambda: browser.get(address), VIEWS)
    fastest = f"{median(spent):.0f} ms, the fastest {min(spent):.0f} ms"
    _line(name, f"{fastest}, {_count(lambda: browser.get(address))} queries")


def _median(run: Callable[[], object], times: int) -> float:
    """The median of so many runs, in milliseconds."""
    return median(_times(run, times))


def _times(run: Callable[[], object], times: int) -> list[float]:
    """What each of so many runs took, in milliseconds."""
    spent = []
    for _ in range(times):
        start = perf_counter()
        run()
        spent.append((perf_counter() - start) * 1000)
    return spent


def _count(run: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


@contextmanager
def _timed(name, unit) -> Iterator[None]:
    start = perf_counter()
    yield
    spent = perf_counter() - start
    _line(name, f"{spent:.1f} {unit}")


def _line(name, value):
    print(f"{name:<68} {value}", flush=True)
