"""Which page may stand where, across the apps."""

import pytest

from clinicsite.clinics.models import NetworkPage
from clinicsite.core.page_types import PageTypes
from clinicsite.home.models import BlogIndexPage, BlogPage, ContactPage, HomePage
from clinicsite.library.models import LibraryFolderPage
from clinicsite.locations.models import LocationIndexPage, PractitionerIndexPage, PractitionerPage
from clinicsite.modalities.models import ConditionIndexPage, ConditionPage, ModalityIndexPage, ModalityPage
from clinicsite.modalities.models.warnings import WarningSignsPage
from tests.courses.models import CoursePage


def test_a_network_holds_networks_and_front_pages_alone():
    assert set(NetworkPage.allowed_subpage_models()) == {NetworkPage, HomePage}


def test_the_library_holds_folders_and_what_clinics_share_alone():
    shared = {ModalityPage, ConditionPage, BlogPage, PractitionerPage, WarningSignsPage, CoursePage}
    assert set(LibraryFolderPage.allowed_subpage_models()) == {LibraryFolderPage, *shared}


@pytest.mark.parametrize(
    "model",
    [
        BlogIndexPage,
        ConditionIndexPage,
        ContactPage,
        LocationIndexPage,
        ModalityIndexPage,
        PractitionerIndexPage,
    ],
)
def test_a_list_of_a_clinics_pages_stands_below_its_front_page_alone(model):
    assert model.allowed_parent_page_models() == [HomePage]


def test_a_type_that_adds_itself_stays_what_it_was():
    types = PageTypes()
    assert types.register(HomePage) is HomePage
    assert types == [HomePage]
