"""Factories that build their own parents: `ModalityPageFactory()` gives a page in a clinic."""

from tests.factories.blog import BlogIndexPageFactory, BlogPageFactory
from tests.factories.clinics import ClinicFactory, HomePageFactory, NetworkPageFactory
from tests.factories.courses import CourseIndexPageFactory, CoursePageFactory
from tests.factories.library import LibraryFolderPageFactory, library_root
from tests.factories.locations import (
    LocationIndexPageFactory,
    LocationPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
)
from tests.factories.media import ImageFactory
from tests.factories.modalities import (
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    ReferenceFactory,
    WarningSignsPageFactory,
)
from tests.factories.pages import ContactPageFactory, StandardPageFactory
from tests.factories.sections import paragraph, section
from tests.factories.users import UserFactory

__all__ = [
    "BlogIndexPageFactory",
    "BlogPageFactory",
    "ClinicFactory",
    "ConditionIndexPageFactory",
    "ConditionPageFactory",
    "ContactPageFactory",
    "CourseIndexPageFactory",
    "CoursePageFactory",
    "HomePageFactory",
    "ImageFactory",
    "LibraryFolderPageFactory",
    "LocationIndexPageFactory",
    "LocationPageFactory",
    "ModalityIndexPageFactory",
    "ModalityPageFactory",
    "NetworkPageFactory",
    "PractitionerIndexPageFactory",
    "PractitionerPageFactory",
    "ReferenceFactory",
    "StandardPageFactory",
    "UserFactory",
    "WarningSignsPageFactory",
    "library_root",
    "paragraph",
    "section",
]
