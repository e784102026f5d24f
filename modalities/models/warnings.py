from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from clinicsite.core.models import BasePage
from clinicsite.library.models.folders import LIBRARY_PAGES
from clinicsite.library.shared_pages.page import SharedPage


@LIBRARY_PAGES.register
class WarningSignsPage(SharedPage):
    """Signs of one part of the body that need urgent help: one text for all pages that warn of them.

    It is released like any page of the library, and stands within the pages that name it.
    """

    template = "clinicsite/modalities/warning_signs_page.html"
    parent_page_types = ["clinicsite_library.LibraryFolderPage"]
    subpage_types = []
    is_included = True
    # Patients read its words within other pages, and meet no page of it.
    has_readers = False
    sitemap_picture = ""
    page_description = "Signs that need urgent help, told once for all the library's pages that name them."

    content_panels = [*BasePage.content_panels, SharedPage.clinics_panel, FieldPanel("sections")]
    details_panels = [
        MultiFieldPanel([FieldPanel("reviewed_on"), FieldPanel("next_review_on")], heading="Review"),
    ]
    promote_panels = [FieldPanel("slug")]

    class Meta:
        verbose_name = "warning signs"
        verbose_name_plural = "warning signs"
