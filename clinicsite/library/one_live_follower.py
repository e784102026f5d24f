"""One live follower of a library page in each clinic: links to the library page lead to that one."""

from django.shortcuts import redirect
from wagtail.admin import messages
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


def refuse_to_publish_a_second(request, pages, with_descendants):
    """Say which of these pages cannot be published from a list, and why; None where all can.

    A draft's own choice of library page counts: that is what would be published.
    """
    below = [page.get_descendants().not_live() for page in pages] if with_descendants else []
    chosen = [page.specific for found in [pages, *below] for page in found]
    drafts = [page.get_latest_revision_as_object() for page in chosen]
    followers = [draft for draft in drafts if getattr(draft, "library_page_id", None)]
    refused = [refusal for one in followers if (refusal := why_not_publish(one, one.library_page_id, one))]
    for refusal in refused:
        messages.error(request, f"Nothing was published. {refusal}")
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk) if refused else None
