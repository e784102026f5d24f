"""Nobody writes over what they have not seen: two windows of one person, and two people."""

from html import unescape
from html.parser import HTMLParser

import pytest
from django.contrib.auth import get_user_model
from wagtail.admin.panels import get_edit_handler
from wagtail.contrib.settings.registry import registry
from wagtail.snippets.models import get_snippet_models

from clinicsite.clinics.models import ClinicSettings, Insurer
from clinicsite.clinics.roles import LIBRARY_EDITORS, ensure_agency_groups
from clinicsite.core.stale_saves import HOW, KNOWINGLY, OPENED, RefusesStaleSaves
from clinicsite.home.models import ContactMessage
from clinicsite.library.models import Release
from clinicsite.library.models.synonyms import SynonymGroup
from clinicsite.media.models import CustomImage
from tests.factories import (
    ContactPageFactory,
    ImageFactory,
    ModalityPageFactory,
    ReferenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """What a browser would send of the forms on a screen, as it stands."""

    def __init__(self, text):
        super().__init__()
        self.sent, self._area, self._select, self._words = {}, None, None, ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "input" and name and self._counts(attrs):
            self._add(name, attrs.get("value") or ("on" if attrs.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self._area, self._words = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attrs:
            self._add(self._select, attrs.get("value", ""))

    def _counts(self, attrs):
        kind = attrs.get("type", "text")
        return kind not in ("submit", "button", "file") and (
            kind not in ("checkbox", "radio") or "checked" in attrs
        )

    def _add(self, name, value):
        self.sent.setdefault(name, []).append(value)

    def handle_data(self, data):
        if self._area:
            self._words += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self._add(self._area, self._words.removeprefix("\n"))
            self._area = None
        if tag == "select":
            self._select = None


def opened(browser, address):
    """The form as it stands in a window that has just been opened."""
    response = browser.get(address)
    assert response.status_code == 200
    sent = Fields(response.text).sent
    return {name: values for name, values in sent.items() if "__prefix__" not in name}


def save(browser, address, form, **typed):
    return browser.post(address, form | typed)


def words_of(response):
    assert response.status_code == 200
    return unescape(response.text)


@pytest.fixture
def settings_of(clinic):
    return f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"


@pytest.fixture
def owners(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def bea(clinic, admin_client_of):
    """A second owner, in a browser of her own."""
    person = UserFactory(first_name="Bea", last_name="Holmquist", groups=[clinic.groups.owner])
    return admin_client_of(person)


def stored(clinic):
    return ClinicSettings.objects.get(site=clinic.site)


class TestAClinicsSettings:
    def test_the_notice_of_another_window_is_not_wiped_out(self, clinic, owners, settings_of):
        first, second = opened(owners, settings_of), opened(owners, settings_of)
        assert save(owners, settings_of, first, announcement="CLOSED: burst pipe").status_code == 302
        said = words_of(save(owners, settings_of, second, tagline="Gentle and clear"))
        assert stored(clinic).announcement == "CLOSED: burst pipe"
        assert stored(clinic).tagline == ""
        assert "You have saved this in another window, at " in said
        assert "Nothing of what you have here is saved yet." in said
        assert (
            "Announcement: “CLOSED: burst pipe” is stored now. You have not changed it here, so it stays."
            in said
        )
        assert HOW in said

    def test_what_was_typed_is_kept(self, owners, settings_of):
        first, second = opened(owners, settings_of), opened(owners, settings_of)
        save(owners, settings_of, first, announcement="CLOSED: burst pipe")
        refused = save(owners, settings_of, second, tagline="Gentle and clear")
        assert Fields(refused.text).sent["tagline"] == ["Gentle and clear"]

    def test_another_person_is_named(self, clinic, owners, bea, settings_of):
        first, second = opened(bea, settings_of), opened(owners, settings_of)
        save(bea, settings_of, first, tagline="Bea's line")
        said = words_of(save(owners, settings_of, second, tagline="My line"))
        assert "Bea Holmquist has saved this, at " in said
        assert "Tagline: “Bea's line” is stored now. You have “My line”." in said
        assert stored(clinic).tagline == "Bea's line"

    def test_saved_knowingly_ones_own_change_is_stored_and_the_other_stays(
        self, clinic, owners, bea, settings_of
    ):
        first, second = opened(bea, settings_of), opened(owners, settings_of)
        save(bea, settings_of, first, announcement="CLOSED: burst pipe", tagline="Bea's line")
        refused = save(owners, settings_of, second, tagline="My line")
        box = refused.context["form"].mark_of_stored
        assert f'name="{KNOWINGLY}" value="{box}"' in refused.text
        again = Fields(refused.text).sent | {KNOWINGLY: box}
        assert save(owners, settings_of, again).status_code == 302
        assert (stored(clinic).tagline, stored(clinic).announcement) == ("My line", "CLOSED: burst pipe")

    def test_the_same_button_without_the_box_refuses_again(self, clinic, owners, bea, settings_of):
        first, second = opened(bea, settings_of), opened(owners, settings_of)
        save(bea, settings_of, first, tagline="Bea's line")
        refused = save(owners, settings_of, second, tagline="My line")
        assert save(owners, settings_of, Fields(refused.text).sent).status_code == 200
        assert stored(clinic).tagline == "Bea's line"

    def test_a_box_that_was_ticked_for_what_is_no_longer_stored_does_not_count(
        self, clinic, owners, bea, settings_of
    ):
        first, second = opened(bea, settings_of), opened(owners, settings_of)
        save(bea, settings_of, first, tagline="Bea's line")
        refused = save(owners, settings_of, second, tagline="My line")
        ticked = Fields(refused.text).sent | {KNOWINGLY: refused.context["form"].mark_of_stored}
        save(bea, settings_of, opened(bea, settings_of), tagline="Bea's second line")
        said = words_of(save(owners, settings_of, ticked))
        assert "“Bea's second line” is stored now" in said
        assert stored(clinic).tagline == "Bea's second line"

    def test_rows_of_others_stay_where_one_has_touched_none(self, clinic, owners, bea, settings_of):
        Insurer.objects.create(clinic=clinic.settings, name="Maple Shield")
        first, second = opened(bea, settings_of), opened(owners, settings_of)
        save(bea, settings_of, first, **{"insurers-0-name": "Lakeside Mutual"})
        refused = save(owners, settings_of, second, tagline="My line")
        assert "Insurers: “Lakeside Mutual” is stored now." in words_of(refused)
        again = Fields(refused.text).sent | {KNOWINGLY: refused.context["form"].mark_of_stored}
        save(owners, settings_of, again)
        assert [row.name for row in stored(clinic).insurers.all()] == ["Lakeside Mutual"]
        assert stored(clinic).tagline == "My line"

    def test_a_row_that_another_has_deleted_can_be_saved_knowingly(self, clinic, owners, bea, settings_of):
        Insurer.objects.create(clinic=clinic.settings, name="Maple Shield")
        first, second = opened(bea, settings_of), opened(owners, settings_of)
        save(bea, settings_of, first, **{"insurers-0-DELETE": "on"})
        assert not stored(clinic).insurers.exists()
        refused = save(owners, settings_of, second, **{"insurers-0-name": "Maple Shield of Canada"})
        assert "Insurers: nothing is stored now. You have “Maple Shield of Canada”." in words_of(refused)
        again = Fields(refused.text).sent | {KNOWINGLY: refused.context["form"].mark_of_stored}
        save(owners, settings_of, again)
        assert [row.name for row in stored(clinic).insurers.all()] == ["Maple Shield of Canada"]

    @pytest.mark.parametrize("count", ["many", "²", "1e9", ""])
    def test_a_number_of_rows_that_is_none_is_refused_and_breaks_nothing(
        self, clinic, owners, settings_of, count
    ):
        sent = {**opened(owners, settings_of), "insurers-TOTAL_FORMS": count, "tagline": "Ours"}
        assert owners.post(settings_of, sent).status_code == 200
        assert stored(clinic).tagline == ""

    def test_a_form_saved_twice_in_a_row_is_not_stale(self, clinic, owners, settings_of):
        save(owners, settings_of, opened(owners, settings_of), announcement_from="2026-12-01 08:00")
        assert save(owners, settings_of, opened(owners, settings_of), tagline="Two").status_code == 302
        assert stored(clinic).tagline == "Two"

    def test_code_that_has_changed_it_is_nobody_by_name(self, clinic, owners, settings_of):
        form = opened(owners, settings_of)
        ClinicSettings.objects.filter(site=clinic.site).update(tagline="By a script")
        said = words_of(save(owners, settings_of, form, tagline="Mine"))
        assert "This was changed after you had opened it." in said

    def test_what_another_clinic_saves_is_no_matter(self, clinic, other_clinic, owners, settings_of):
        form = opened(owners, settings_of)
        ClinicSettings.objects.filter(site=other_clinic.site).update(tagline="South's")
        assert save(owners, settings_of, form, tagline="Mine").status_code == 302

    @pytest.mark.parametrize("mark", ["nonsense", "[]", '{"at": 1}', '{"at": "x", "of": {}}'])
    def test_a_mark_that_nobody_was_given_counts_as_stale(self, clinic, owners, settings_of, mark):
        form = opened(owners, settings_of)
        assert save(owners, settings_of, form, tagline="Mine", **{OPENED: mark}).status_code == 200
        assert stored(clinic).tagline == ""


@pytest.fixture
def librarian(library, clinic, admin_client_of):
    groups = ensure_agency_groups(library, [], clinic.collection)
    return admin_client_of(UserFactory(groups=[groups[LIBRARY_EDITORS]]))


@pytest.fixture
def superuser(admin_client_of):
    return admin_client_of(UserFactory(is_superuser=True))


def test_words_that_mean_the_same_are_not_written_over(librarian):
    group = SynonymGroup.objects.create(terms="slipped disc\nherniated disc")
    address = f"/admin/snippets/clinicsite_library/synonymgroup/edit/{group.pk}/"
    first, second = opened(librarian, address), opened(librarian, address)
    save(librarian, address, first, terms="slipped disc\nherniated disc\nbulging disc")
    said = words_of(save(librarian, address, second, terms="slipped disc\ndisc prolapse"))
    assert "You have saved this in another window" in said
    group.refresh_from_db()
    assert "bulging disc" in group.terms


def test_a_reference_is_not_written_over(librarian):
    reference = ReferenceFactory(finding="It helped.")
    address = f"/admin/snippets/clinicsite_modalities/reference/edit/{reference.pk}/"
    first, second = opened(librarian, address), opened(librarian, address)
    save(librarian, address, first, finding="It helped a little.")
    said = words_of(save(librarian, address, second, title="Another title"))
    assert "Finding: “It helped a little.” is stored now. You have not changed it here" in said
    reference.refresh_from_db()
    assert reference.finding == "It helped a little."
    assert reference.title != "Another title"


def test_a_pictures_description_is_not_written_over(clinic, owners):
    picture = ImageFactory(title="Front desk", collection=clinic.collection)
    address = f"/admin/images/{picture.pk}/"
    first, second = opened(owners, address), opened(owners, address)
    assert save(owners, address, first, title="The desk by the door").status_code == 302
    said = words_of(save(owners, address, second, credit="J. Reed"))
    assert "Title: “The desk by the door” is stored now." in said
    assert CustomImage.objects.get(pk=picture.pk).credit == ""


def test_a_person_is_not_written_over(superuser):
    person = UserFactory(username="jo", first_name="Jo", last_name="Reed", email="jo@clinic.example")
    address = f"/admin/users/edit/{person.pk}/"
    first, second = opened(superuser, address), opened(superuser, address)
    assert save(superuser, address, first, email="jo.reed@clinic.example").status_code == 302
    said = words_of(save(superuser, address, second, first_name="Joanna"))
    assert "“jo.reed@clinic.example” is stored now." in said
    person = get_user_model().objects.get(pk=person.pk)
    assert (person.email, person.first_name) == ("jo.reed@clinic.example", "Jo")


def test_a_messages_state_is_not_changed_unseen(clinic, owners, bea):
    message = ContactMessage.objects.create(
        page=ContactPageFactory(parent=clinic.home), name="Ada Brook", email="ada@mail.example"
    )
    address = f"/admin/clinicsite/messages/{message.pk}/"
    mine = opened(owners, address)
    bea.post(f"{address}answered/", opened(bea, address) | {"state": "answered"})
    message.refresh_from_db()
    by_bea = (message.answered_at, message.answered_by)
    said = owners.post(f"{address}answered/", mine | {"state": "answered"}, follow=True).text
    assert (
        "has marked the message from Ada Brook as answered since you opened it. Nothing was changed." in said
    )
    message.refresh_from_db()
    assert (message.answered_at, message.answered_by) == by_bea
    owners.post(f"{address}answered/", opened(owners, address) | {"state": "new"})
    message.refresh_from_db()
    assert not message.is_answered


def test_a_draft_that_was_not_looked_at_is_not_released(library, superuser):
    treatment = ModalityPageFactory(parent=library, title="Dry needling", summary="Thin needles.")
    person = UserFactory(first_name="Cy", last_name="Odell")
    draft(treatment, "Needles as thin as a hair.", person)
    address = f"/admin/clinicsite/library/pages/{treatment.pk}/release/"
    form = opened(superuser, address) | {"to": "all", "note": "Shorter.", "is_unapproved_ok": "on"}
    draft(treatment, "Nobody has looked at this.", person)
    said = words_of(superuser.post(address, form))
    assert "Cy Odell has saved this draft again since you opened this screen. Nothing was released." in said
    assert "Shorter." in said
    assert not Release.objects.exists()
    again = Fields(said).sent | {"to": "all", "note": "Shorter.", "is_unapproved_ok": "on"}
    assert superuser.post(address, again).status_code == 302
    assert Release.objects.get().content["summary"] == "Nobody has looked at this."


def draft(page, summary, person):
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    page.summary = summary
    page.save_revision(user=person)


def test_every_setting_and_record_of_ours_has_such_a_form():
    """A model of ours that the admin edits without versions fails here where its form is not one of these."""
    ours = [
        one for one in (*registry, *get_snippet_models()) if one._meta.app_label.startswith("clinicsite_")
    ]
    assert {model.__name__ for model in ours} == {
        "ClinicSettings",
        "EmergencyHelp",
        "StarterPack",
        "SynonymGroup",
        "Reference",
    }
    for model in ours:
        assert issubclass(get_edit_handler(model).get_form_class(), RefusesStaleSaves), model
