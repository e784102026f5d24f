"""The history of the library for the clinics of a group."""

import pytest

from clinicsite.clinics.models import ClinicGroup
from clinicsite.library.releasing.releases import end_pilot
from tests.factories import UserFactory
from tests.library.pages import follower_of, library_treatment
from tests.library.releasing import draft, pilot, release

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/clinicsite/library/releases/"


@pytest.fixture
def root():
    return UserFactory(username="root", is_superuser=True)


@pytest.fixture
def groups(clinic, other_clinic):
    made = [ClinicGroup.objects.create(name=name) for name in ("North", "South", "Empty")]
    made[0].sites.add(clinic.site)
    made[1].sites.add(other_clinic.site)
    return made


def notes_shown(browser, group):
    shown = browser.get(ADDRESS, {"group": group.pk}).text
    return [note for note in ("For all.", "Tried.", "Unfollowed.") if note in shown]


def test_a_group_has_the_releases_of_what_it_follows_and_those_it_tries(
    clinic, other_clinic, library, root, groups, admin_client_of
):
    both = library_treatment(library)
    follower_of(both, clinic)
    follower_of(both, other_clinic)
    release(draft(both), root, note="For all.")
    tried = library_treatment(library, title="Cupping", slug="cupping")
    follower_of(tried, clinic)
    follower_of(tried, other_clinic)
    pilot(draft(tried), root, clinic, note="Tried.")
    release(draft(library_treatment(library, title="Tape", slug="tape")), root, note="Unfollowed.")
    browser = admin_client_of(root)
    north, south, empty = groups
    assert notes_shown(browser, north) == ["For all.", "Tried."]
    assert notes_shown(browser, south) == ["For all."]
    assert notes_shown(browser, empty) == []
    assert "Nothing has been released to this group yet." in browser.get(ADDRESS, {"group": empty.pk}).text
    # What was ended on the way has been with its pilots alone.
    end_pilot(tried.clinicsite_releases.get().pk, root)
    assert notes_shown(browser, north) == ["For all.", "Tried."]
    assert notes_shown(browser, south) == ["For all."]


def test_nonsense_counts_as_not_chosen(library, root, groups, admin_client_of):
    page = library_treatment(library)
    release(draft(page), root, note="For all.")
    for value in ("x", "-1", "9" * 40, "\x00", "0"):
        assert "For all." in admin_client_of(root).get(ADDRESS, {"group": value}).text
