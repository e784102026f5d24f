"""The editor's form of a page that can follow the library."""

from django.apps import apps

from clinicsite.core.forms import SameTreePageForm

NOT_INSIDE_THE_LIBRARY = "A library page cannot follow another page. Copy the text, or link to it."


class SharedPageForm(SameTreePageForm):
    """Refuse a new follower inside the library: the page itself has no place in the tree yet to judge by."""

    def clean(self):
        cleaned_data = super().clean()
        is_new = not self.instance.path
        if is_new and cleaned_data.get("library_page") and self._is_for_the_library():
            self.add_error("library_page", NOT_INSIDE_THE_LIBRARY)
        return cleaned_data

    def _is_for_the_library(self):
        folders = apps.get_model("library.LibraryFolderPage").objects
        return folders.ancestor_of(self.parent_page, inclusive=True).exists()
