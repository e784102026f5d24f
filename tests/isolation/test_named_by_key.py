"""Nothing of another clinic's can be named by its key: in no field, by nobody, whichever way it is saved."""

import pytest
from wagtail.models import ReferenceIndex, Revision

from tests.factories import ClinicFactory, UserFactory
from tests.isolation.naming import (
    KINDS,
    NEVER_GIVEN,
    errors_of,
    form_for,
    pages_of,
    setting_form,
    thing_for,
    things_of,
)

MARK = "Southern"
PEOPLE = ("owner", "of both", "administrator")
AUTOSAVE = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}


@pytest.fixture(scope="module")
def made(kept_database):
    """Two clinics, the things of each, and the pages of the first that are edited."""
    clinic = ClinicFactory(hostname="north.localhost", name="North Clinic")
    other = ClinicFactory(hostname="south.localhost", name="South Clinic")
    own = things_of(clinic, "Northern")
    foreign = things_of(other, MARK)
    people = {
        "owner": UserFactory(username="north-owner", groups=[clinic.groups.owner]),
        "of both": UserFactory(username="both", groups=[clinic.groups.owner, other.groups.owner]),
        "administrator": UserFactory(username="root", is_superuser=True),
    }
    return clinic, other, own, foreign, pages_of(clinic, own), people


@pytest.fixture
def world(made, db):
    return made


def named(page):
    """What is stored of what a page names: by the page, its drafts and the index of references."""
    drafts = Revision.page_revisions.filter(object_id=str(page.pk)).count()
    index = ReferenceIndex.get_references_for_object(page).values_list("to_object_id", "content_path")
    return drafts, sorted(index)


class Saving:
    """The four ways in which what is typed reaches the server."""

    def __init__(self, browser, page, person):
        self.browser, self.page, self.person = browser, page, person

    def draft(self, data):
        return self._refusal(self.browser.post(self._address, data))

    def publish(self, data):
        return self._refusal(self.browser.post(self._address, {**data, "action-publish": "Publish"}))

    def preview(self, data):
        answer = self.browser.post(f"{self._address}preview/", data).json()
        return None if answer["is_valid"] else answer

    def autosave(self, data):
        answer = self.browser.post(self._address, data, headers=AUTOSAVE)
        return None if answer.json().get("success") else answer.json()

    @property
    def _address(self):
        return f"/admin/pages/{self.page.pk}/edit/"

    def _refusal(self, answer):
        if answer.status_code == 302:
            return None
        # Whoever works for both clinics reads what they have chosen.
        assert self.person != "owner" or MARK not in answer.text
        return errors_of(answer.context["form"])


WAYS = ("draft", "publish", "preview", "autosave")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("kind", KINDS)
def test_a_field_takes_the_own_and_refuses_anothers_as_what_was_never_there(
    world, admin_client_of, kind, person, way
):
    _clinic, _other, own, foreign, pages, people = world
    browser = admin_client_of(people[person])

    def answer(key):
        page, data = form_for(kind, pages, key)
        return getattr(Saving(browser, page, person), way)(data), page

    page, _data = form_for(kind, pages, NEVER_GIVEN)
    before = named(page)
    missing, _page = answer(NEVER_GIVEN)
    refused, _page = answer(thing_for(kind, foreign).pk)
    assert missing
    assert str(refused).replace(str(thing_for(kind, foreign).pk), "") == str(missing).replace(
        str(NEVER_GIVEN), ""
    )
    assert named(page) == before
    accepted, page = answer(thing_for(kind, own).pk)
    assert accepted is None


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("field", ["logo", "favicon"])
def test_a_clinics_settings_take_no_picture_of_anothers(world, admin_client_of, field, person):
    clinic, _other, own, foreign, _pages, people = world
    browser = admin_client_of(people[person])

    def answer(key):
        address, data = setting_form(clinic, **{field: key})
        found = browser.post(address, data)
        return None if found.status_code == 302 else (errors_of(found.context["form"]), found.text)

    missing, _shown = answer(NEVER_GIVEN)
    refused, shown = answer(foreign.picture.pk)
    assert missing == refused != {}
    assert person != "owner" or MARK not in shown
    assert answer(own.picture.pk) is None
