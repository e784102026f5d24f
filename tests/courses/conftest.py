import pytest

from clinicsite.clinics.roles import RELEASE_MANAGERS, ensure_agency_groups
from tests.courses.models import CourseIndexPage
from tests.factories import CourseIndexPageFactory, CoursePageFactory, ImageFactory, UserFactory
from tests.library.pages import AFTERCARE, COST, OVERVIEW, RISKS


@pytest.fixture
def course(library):
    """A live course of the library with four sections, the third of them locked."""
    return CoursePageFactory(
        parent=library,
        title="Back school",
        summary="Six evenings at {clinic}.",
        duration="six weeks",
        hero_image=ImageFactory(),
        sections=[OVERVIEW, AFTERCARE, RISKS, COST],
    )


@pytest.fixture
def follow(course):
    """Gives the page of a clinic that follows the course, with nothing of its own."""

    def follow_it(clinic, **fields):
        index = CourseIndexPage.objects.child_of(clinic.home).first()
        values = {"title": course.title, "summary": None, "sections": [], "library_page": course}
        parent = index or CourseIndexPageFactory(parent=clinic.home, show_in_menus=True)
        return CoursePageFactory(parent=parent, **(values | fields))

    return follow_it


@pytest.fixture
def follower(follow, clinic):
    """The page of `clinic` that follows it."""
    return follow(clinic)


@pytest.fixture
def manager(library, clinic):
    """Somebody who releases what the library has."""
    groups = ensure_agency_groups(library, [], clinic.collection)
    return UserFactory(username="release-manager", groups=[groups[RELEASE_MANAGERS]])


@pytest.fixture
def browser(owner, admin_client_of):
    """The owner's browser on the agency's host."""
    return admin_client_of(owner)
