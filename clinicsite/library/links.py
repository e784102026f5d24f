"""From a library page to the clinic's own page that follows it, and the links that lead nowhere."""

from collections import defaultdict
from collections.abc import Iterable

from wagtail.models import Page, Site

from clinicsite.clinics.profile import profile_for
from clinicsite.core.addresses import page_path
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import linked_page_ids, rendering_for, strings_in
from clinicsite.library.included import with_included
from clinicsite.library.sections import raw_from_composed, sections_from_raw
from clinicsite.library.shared_pages.page import SharedPage, shared_page_models
from clinicsite.library.stored import ClinicParts
from clinicsite.library.tree import in_library


def followers_of(site: Site) -> dict[int, str]:
    """{library page id: path of its live follower} for one clinic; one query, kept in its profile."""
    root = site.root_page
    queries = [
        listed(model.objects, root)
        .descendant_of(root)
        .filter(library_page__isnull=False)
        .order_by()
        .values_list("library_page_id", "url_path")
        for model in shared_page_models()
    ]
    rows = queries[0].union(*queries[1:])
    # Where a clinic has two followers of one page, the shorter address wins, whatever order the database has.
    ordered = sorted(rows, key=lambda row: (len(row[1]), row[1]), reverse=True)
    return {library_id: page_path(url_path, root.url_path) for library_id, url_path in ordered}


def follower_urls(page_ids, site: Site):
    """{library page id: path of its live follower} for those of the pages that the clinic follows."""
    parts: ClinicParts = profile_for(site).parts
    followers = parts["followers"]
    return {page_id: followers[page_id] for page_id in page_ids if page_id in followers}


def followable(keys: Iterable[int], **conditions) -> set[int]:
    """Those of the pages that lie in the library and that a clinic can follow."""
    pages = Page.objects.filter(in_library(), pk__in=keys, **conditions).type(*shared_page_models())
    return set(pages.values_list("pk", flat=True))


def missing_link_targets(site: Site) -> dict[int, list[int]]:
    """{library page id: ids of the clinic's pages that link to it} where the link is plain text here.

    These are published library pages that the clinic could follow and has no live follower of. Asks what
    patients read: live pages, as composed, hidden sections left out. The number of queries is fixed.
    """
    pages = _live_pages_of(site)
    standing_on = defaultdict(list)
    with rendering_for(site):
        for page in pages:
            for target in dict.fromkeys(_links_in(with_included(raw_from_composed(page.composed)))):
                standing_on[target].append(page.pk)
    followed = {page.library_page_id for page in pages}
    missing = followable(standing_on.keys() - followed, live=True)
    return {target: standing_on[target] for target in sorted(missing)}


def broken_library_links(page: SharedPage) -> list[str]:
    """What is wrong with the links in a library page's draft: a sentence for each that leads nowhere.

    A clinic's reader gets a link only to a page that the clinic can follow: a published page of the library.
    """
    sections = sections_from_raw(page.sections.raw_data)
    found = [(one.heading, key) for one in sections for key in dict.fromkeys(_links_in(one.body))]
    targets = Page.objects.in_bulk({key for _, key in found})
    known = followable(targets)
    complaints = ((heading, _complaint(targets.get(key), key in known)) for heading, key in found)
    return [f"{_where(heading)} links to {complaint}" for heading, complaint in complaints if complaint]


def _live_pages_of(site):
    """The live pages of a clinic that can follow the library, with all that composing them asks for."""
    pages = []
    for model in shared_page_models():
        found = model.objects.live().of_site(site).select_related("library_page").order_by("path")
        pages += found.prefetch_related("clinicsite_section_overrides")
    return pages


def _links_in(raw) -> list[int]:
    return [key for text in strings_in(raw) for key in linked_page_ids(text)]


def _where(heading: str) -> str:
    return f"“{heading}”" if heading else "A section without a heading"


def _complaint(target, is_followable) -> str:
    if target is None:
        return "a page that has been deleted. Choose another page, or take the link out."
    if not is_followable:
        return (
            "a page that no clinic can follow. Choose a treatment, a condition or another page of the "
            "library that clinics can have."
        )
    if not target.live:
        name = target.get_admin_display_title()
        return f"“{name}”, which is not published. Publish it first, or patients read plain text."
    return ""
