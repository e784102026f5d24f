from clinicsite.core.models import BasePage


class LibraryFolderPage(BasePage):
    """A folder of the library's tree: the library itself, or its treatments, conditions and posts."""

    parent_page_types = ["wagtailcore.Page", "library.LibraryFolderPage"]
    subpage_types = [
        "library.LibraryFolderPage",
        "modalities.ModalityPage",
        "modalities.ConditionPage",
        "home.BlogPage",
        "locations.PractitionerPage",
    ]
    preview_modes = []
    page_description = "A folder of pages that all clinics share."

    promote_panels = []

    class Meta:
        verbose_name = "library folder"
