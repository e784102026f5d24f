from clinicsite.clinics.tenancy.scope import is_projects_person_at_work
from clinicsite.core.models.pages import BasePage
from clinicsite.core.page_types import PageTypes

#: What may stand in the library. The types that all clinics share add themselves.
LIBRARY_PAGES = PageTypes()


@LIBRARY_PAGES.register
class LibraryFolderPage(BasePage):
    """A folder of the library's tree: the library itself, or its treatments, conditions and posts."""

    parent_page_types = ["wagtailcore.Page", "clinicsite_library.LibraryFolderPage"]
    subpage_types = LIBRARY_PAGES
    has_readers = False
    preview_modes = []
    # What stands in it is released, with a note for the clinics.
    is_released_elsewhere = True
    page_description = "A folder of pages that all clinics share."

    promote_panels = []

    class Meta:
        verbose_name = "library folder"

    @classmethod
    def can_create_at(cls, parent):
        return not is_projects_person_at_work() and super().can_create_at(parent)
