"""Where a clinic's blog is, as every page of its site shows it."""

from wagtail.models import Site

from clinicsite.clinics.profile import MenuItem
from clinicsite.core.addresses import page_path
from clinicsite.core.querysets import listed
from clinicsite.home.blog.models import BlogIndexPage


def blog_of(site: Site) -> MenuItem | None:
    """A clinic's blog, for the link to its feed on every page; None where it has none to show."""
    root = site.root_page
    row = listed(BlogIndexPage.objects.child_of(root), root).values_list("title", "url_path").first()
    return MenuItem(row[0], page_path(row[1], root.url_path)) if row else None
