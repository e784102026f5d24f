import factory
from wagtail.models import Page

from clinicsite.library.models import LibraryFolderPage
from tests.factories.base import ClinicPageFactory


class LibraryFolderPageFactory(ClinicPageFactory):
    class Meta:
        model = LibraryFolderPage

    title = "Library"
    parent = factory.LazyFunction(Page.get_first_root_node)


def library_root():
    """The library, made on first use."""
    return LibraryFolderPage.objects.filter(depth=2).first() or LibraryFolderPageFactory()
