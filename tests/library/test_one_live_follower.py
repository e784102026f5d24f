"""A clinic has one live follower of a library page; a second can wait as a draft."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data

from clinicsite.modalities.models import ModalityIndexPage, ModalityPage
from tests.factories.sections import stored
from tests.library.pages import follower_of, fresh
from tests.library.panel_form import NO_ROWS

SENTENCE = "“Dry needling” at /treatments/dry-needling/ shows this page of the library on your site already."


@pytest.fixture
def first(treatment, clinic):
    return follower_of(treatment, clinic)


@pytest.fixture
def second(first, treatment, clinic):
    return follower_of(treatment, clinic, title="Needles", slug="needles", live=False)


def test_a_second_follower_can_be_a_draft_and_cannot_be_published(second):
    revision = second.save_revision()
    with pytest.raises(ValidationError, match="shows this page of the library on your site already"):
        revision.publish()
    assert not fresh(second).live


def test_once_the_first_is_unpublished_the_second_can_be_published(first, second):
    fresh(first).unpublish()
    second.save_revision().publish()
    assert fresh(second).live


def test_each_clinic_has_its_own(first, treatment, other_clinic):
    theirs = follower_of(treatment, other_clinic, live=False)
    theirs.save_revision().publish()
    assert fresh(theirs).live


def test_two_that_are_live_from_before_can_both_be_edited(first, second):
    ModalityPage.objects.filter(pk=second.pk).update(live=True)
    for page in (first, second):
        draft = fresh(page)
        draft.title = "Changed"
        draft.save_revision().publish()
        assert fresh(page).title == "Changed"


def test_a_schedule_for_a_second_is_refused_and_its_history_says_why(second):
    second.go_live_at = timezone.now() - timezone.timedelta(minutes=1)
    revision = second.save_revision()
    revision.approved_go_live_at = second.go_live_at
    revision.save()
    call_command("publish_scheduled")
    assert not fresh(second).live
    assert SENTENCE in str(PageLogEntry.objects.get(action="clinicsite.publish.refused").message)


def form_data(page, **changes):
    values = {"title": page.title, "slug": page.slug, "summary-source": "library", "sections-count": "0"}
    return nested_form_data(values | NO_ROWS) | changes


def test_the_editor_says_so_where_it_is_published_and_saves_a_draft(second, owner, admin_client_of):
    browser = admin_client_of(owner)
    address = f"/admin/pages/{second.pk}/edit/"
    refused = browser.post(address, form_data(second, **{"action-publish": "1"}))
    assert refused.status_code == 200
    assert SENTENCE in refused.content.decode()
    saved = browser.post(address, form_data(second, title="A draft"))
    assert saved.status_code == 302
    assert fresh(second).get_latest_revision_as_object().title == "A draft"
    assert not fresh(second).live


def test_publishing_from_a_list_says_so_and_publishes_nothing(second, owner, admin_client_of):
    second.save_revision()
    browser = admin_client_of(owner)
    address = f"/admin/bulk/wagtailcore/page/publish/?id={second.pk}"
    response = browser.post(address, follow=True)
    assert SENTENCE in response.content.decode()
    assert not fresh(second).live


def test_a_new_page_is_refused_where_it_is_published(first, treatment, clinic, owner, admin_client_of):
    parent = ModalityIndexPage.objects.child_of(clinic.home).get()
    address = f"/admin/pages/add/clinicsite_modalities/modalitypage/{parent.pk}/"
    page = ModalityPage(title="Needles", slug="needles")
    data = form_data(page, library_page=str(treatment.pk), sections=stored([]))
    refused = admin_client_of(owner).post(address, data | {"action-publish": "1"})
    assert SENTENCE in refused.content.decode()
    assert not ModalityPage.objects.filter(slug="needles").exists()
