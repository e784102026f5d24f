"""A library page as one clinic would show it: with its own versions, its words, links and look."""

from django.utils import timezone
from wagtail.models import Site

from clinicsite.core import wagtail_private
from clinicsite.library.joining.adding import Offers
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.versions.dropping import dropped_by
from clinicsite.library.versions.read_by_clinic import show_instead


def newest_version(library_page: SharedPage):
    """A library page as its newest draft has it, with the sections it would retire when published."""
    version = library_page.get_latest_revision_as_object()
    version.retired_sections = dropped_by(version, library_page, timezone.now())
    return version


def follower_on(library_page: SharedPage, site: Site, *, with_drafts):
    """The page of a clinic that follows a library page, or None; a draft only `with_drafts`."""
    pages = type(library_page).objects.of_site(site).filter(library_page=library_page)
    shown = pages if with_drafts else pages.live()
    return shown.order_by("-live", "path").first()


def page_as_clinic(library_page: SharedPage, site: Site, *, version=None, with_drafts=False):
    """The clinic's page as it would read a library page, ready to be previewed.

    It reads this `version` of it, or else the one that the clinic's patients get. Where the clinic has no
    such page it is one with nothing of its own, not saved, at the place where it would be added.
    """
    page = follower_on(library_page, site, with_drafts=with_drafts) or _would_be(library_page, site)
    if version is not None:
        show_instead(page, version)
        page.title = page.title if page.pk else version.title
    return page


def _would_be(library_page, site):
    parent = Offers(site).places[type(library_page)].parent or site.root_page
    page = type(library_page)(title=library_page.title, slug=library_page.slug, library_page=library_page)
    # What the library dropped before a clinic began to follow never comes to its page.
    page.library_base = {"page": library_page.pk, "since": timezone.now().isoformat()}
    page.depth = parent.depth + 1
    page.path = wagtail_private.path_of_child(parent, parent.numchild + 1)
    page.set_url_path(parent)
    return page
