from wagtail.models import get_page_models

from clinicsite.core.models import BasePage


class LibraryFolderPage(BasePage):
    """A folder of the library's tree: the library itself, or its treatments, conditions and posts."""

    parent_page_types = ["wagtailcore.Page", "library.LibraryFolderPage"]
    preview_modes = []
    page_description = "A folder of pages that all clinics share."

    promote_panels = []

    class Meta:
        verbose_name = "library folder"

    @classmethod
    def clean_subpage_models(cls):
        """The page types that name a folder among their own parents: the library knows no content type.

        One that names no parents may be made anywhere else, but is not the library's.
        """
        return [
            model
            for model in get_page_models()
            if getattr(model, "parent_page_types", None) and cls in model.clean_parent_page_models()
        ]
