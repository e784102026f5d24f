"""Which pages of a clinic anybody may find, as machines are told: sitemap and llms.txt."""

from django.http import Http404
from wagtail.models import Site

from clinicsite.clinics.profile import ClinicProfile, profile_for
from clinicsite.clinics.robots import is_open
from clinicsite.core.querysets import open_to_all
from clinicsite.core.rendering import current_rendering
from clinicsite.library.shared_pages.page import OnClinicsSites, SharedPage


def findable(pages, site: Site):
    """The pages among these that anybody may read and search engines may show; costs no query of its own.

    A page that follows the library is left out where the library keeps its text out of search engines.
    """
    below = open_to_all(pages).descendant_of(site.root_page, inclusive=True)
    shown = below.filter(is_hidden_from_search_engines=False)
    if not issubclass(pages.model, SharedPage):
        return shown
    return shown.exclude(library_page__search_on_clinics=OnClinicsSites.NOINDEX)


def open_clinic_or_404() -> tuple[Site, ClinicProfile]:
    """The site whose host this is, with its profile; 404 unless it is live."""
    site = current_rendering().site
    clinic = profile_for(site)
    if not is_open(clinic):
        raise Http404("Only a live site is open to robots.")
    return site, clinic
