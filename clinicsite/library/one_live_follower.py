"""One live follower of a library page in each clinic: links to the library page lead to that one."""

from wagtail.models import Site

from clinicsite.core import site_roots
from clinicsite.library.protocols import LibraryReader


def why_not_publish(page: LibraryReader, library_page_id, near):
    """Why a page cannot go live as a follower on its clinic's site, as a sentence; "" where it can.

    `near` is the page itself or, for one that has no place in the tree yet, its parent. A page that is live
    already stays: the shorter address of the two is the one that links lead to.
    """
    followers = type(page).objects.live().filter(library_page=library_page_id)
    parts = site_roots.url_parts(near.url_path)
    if library_page_id is None or parts is None or followers.filter(pk=page.pk).exists():
        return ""
    root = Site.objects.select_related("root_page").get(pk=parts[0]).root_page
    other = followers.descendant_of(root).order_by("path").first()
    return _refusal(other) if other else ""


def _refusal(other):
    return (
        f"“{other.title}” at {other.get_url_parts()[2]} shows this page of the library on your site already. "
        "Unpublish that one first, or make one of the two independent. You can save this one as a draft."
    )


def reasons_against_a_second(draft):
    """Why a draft of any type cannot go live beside another follower, as a list of at most one sentence.

    The draft's own choice of library page counts: that is what would be published.
    """
    library_page_id = getattr(draft, "library_page_id", None)
    refusal = why_not_publish(draft, library_page_id, draft) if library_page_id else ""
    return [refusal] if refusal else []
