"""The editor's form of a page that can follow the library."""

from django.apps import apps
from django.db.models import Q
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from wagtail.models import Page

from clinicsite.core.forms import SameTreePageForm, tree_root

NOT_INSIDE_THE_LIBRARY = "A library page cannot follow another page. Copy the text, or link to it."


class SharedPageForm(SameTreePageForm):
    """Refuse a new follower inside the library, and any page of another clinic.

    A new page has no place in the tree yet to judge by, so the form asks its parent.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        root = tree_root(self.parent_page or self.instance)
        for name, field in self.fields.items():
            # The page's own clean() says what is wrong with a library page.
            if name != "library_page" and _chooses_a_page(field):
                field.queryset = field.queryset.filter(_within(root))

    def clean(self):
        cleaned_data = super().clean()
        is_new = not self.instance.path
        if is_new and cleaned_data.get("library_page") and self._is_for_the_library():
            self.add_error("library_page", NOT_INSIDE_THE_LIBRARY)
        return cleaned_data

    def _is_for_the_library(self):
        folders = apps.get_model("library.LibraryFolderPage").objects
        return folders.ancestor_of(self.parent_page, inclusive=True).exists()


def _chooses_a_page(field):
    is_single = isinstance(field, ModelChoiceField) and not isinstance(field, ModelMultipleChoiceField)
    return is_single and issubclass(field.queryset.model, Page)


def _within(root):
    """Pages of this tree, and live pages of the library."""
    from clinicsite.library.links import library_paths

    allowed = Q(path__startswith=root.path)
    for path in library_paths():
        allowed |= Q(path__startswith=path, live=True)
    return allowed
