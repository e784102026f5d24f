"""From a library page to the clinic's own page that follows it."""

from django.apps import apps

from clinicsite.clinics.profile import profile_for
from clinicsite.core.querysets import listed
from clinicsite.library.models import LibraryFolderPage, SharedPage


def shared_page_models():
    """Every concrete page type that can follow the library."""
    return [model for model in apps.get_models() if issubclass(model, SharedPage)]


def followers_of(site):
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
    return {library_id: "/" + url_path[len(root.url_path) :] for library_id, url_path in ordered}


def follower_urls(page_ids, site):
    """{library page id: path of its live follower} for those of the pages that the clinic follows."""
    followers = profile_for(site).parts["followers"]
    return {page_id: followers[page_id] for page_id in page_ids if page_id in followers}


def library_paths():
    """The tree paths of the library's roots: every clinic may read what lies below them."""
    return list(LibraryFolderPage.objects.filter(depth=2).values_list("path", flat=True))
