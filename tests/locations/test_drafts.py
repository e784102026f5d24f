"""A draft may be unfinished; it is still shown to its editor."""

import pytest

from tests.factories import LocationIndexPageFactory, LocationPageFactory


@pytest.fixture
def draft(clinic):
    """A location whose draft has no time zone yet."""
    place = LocationPageFactory(parent=LocationIndexPageFactory(parent=clinic.home))
    place.time_zone = ""
    place.save_revision(clean=False)
    return place


def test_a_draft_without_a_time_zone_can_be_viewed(draft, owner, admin_client_of):
    assert admin_client_of(owner).get(f"/admin/pages/{draft.pk}/view_draft/").status_code == 200


def test_a_draft_without_a_time_zone_can_be_previewed(draft):
    assert draft.get_latest_revision_as_object().make_preview_request().status_code == 200
