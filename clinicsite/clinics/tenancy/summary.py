"""The figure of pages on the first screen, for people of the project around the clinics."""

from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.models import Page, Site

from clinicsite.clinics.tenancy import trees
from clinicsite.clinics.tenancy.scope import of_clinics, scope_at_work


class ProjectsPagesSummaryItem(PagesSummaryItem):
    """Counts the project's pages and no clinic's, with as many queries as Wagtail's own figure.

    Like that it leads to the front page where the project has a single site.
    """

    def get_context_data(self, parent_context):
        found = get_site_for_user(self.request.user)
        root = found["root_page"]
        if root is None:
            return {"root_page": None, "total_pages": 0, "site_name": found["site_name"]}
        pages = Page.objects.descendant_of(root, inclusive=not root.is_root())
        total = pages.exclude(trees.inside(trees.tree_paths())).count()
        return {"root_page": _front_page(root), "total_pages": total, "site_name": found["site_name"]}


def count_the_projects_pages(request, items) -> None:
    """Put the figure in the place of Wagtail's."""
    if scope_at_work(request.user).is_projects:
        items[:] = [
            ProjectsPagesSummaryItem(request) if type(item) is PagesSummaryItem else item for item in items
        ]


def _front_page(root):
    sites = Site.objects.exclude(of_clinics()).select_related("root_page")[:2] if root.is_root() else []
    return sites[0].root_page if len(sites) == 1 else root
