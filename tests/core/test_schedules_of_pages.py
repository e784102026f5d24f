"""A page whose schedule has run is saved like any other, and a date that cannot be is named in words."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from clinicsite.home.models import StandardPage
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 11, 29, 22, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    """The time, which goes on when a test says so: `clock.shift(MINUTE)`."""
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(clock, owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def page(clinic, clock):
    return StandardPageFactory(parent=clinic.home, title="Snow", live=False)


def now():
    return datetime.now(UTC)


def on_the_clock(moment):
    """A moment as the form takes it, in the clinic's zone, which is Toronto's."""
    return f"{moment - timedelta(hours=5):%Y-%m-%d %H:%M}" if moment else ""


def post(browser, page, title="Snow", go_live=None, expire=None, **action):
    data = {
        "title": title,
        "slug": "snow",
        "sections": {"count": "0"},
        "comments": inline_formset([]),
        "go_live_at": on_the_clock(go_live),
        "expire_at": on_the_clock(expire),
        **(action or {"action-publish": "Publish"}),
    }
    return browser.post(f"/admin/pages/{page.pk}/edit/", nested_form_data(data))


def stored(page):
    return StandardPage.objects.get(pk=page.pk)


def dates_shown(browser, page):
    form = browser.get(f"/admin/pages/{page.pk}/edit/").context["form"]
    return form.instance.go_live_at, form.instance.expire_at


@pytest.fixture
def schedule(browser, page):
    """(go live, expire): ten and twelve minutes ahead, approved."""
    dates = now() + 10 * MINUTE, now() + 12 * MINUTE
    assert post(browser, page, go_live=dates[0], expire=dates[1]).status_code == 302
    return dates


def run_the_whole_schedule(clock):
    clock.shift(11 * MINUTE)
    call_command("publish_scheduled")
    clock.shift(2 * MINUTE)
    call_command("publish_scheduled")


@pytest.mark.parametrize("action", [{"action-publish": "Publish"}, {"action-save": "Save"}])
def test_a_page_that_expired_is_saved_and_published_again(browser, page, schedule, clock, action):
    run_the_whole_schedule(clock)
    assert (stored(page).live, stored(page).expired) == (False, True)
    assert dates_shown(browser, page) == (None, None)
    assert post(browser, page, "Snow again", **action).status_code == 302
    draft = stored(page).get_latest_revision_as_object()
    assert (draft.title, draft.go_live_at, draft.expire_at) == ("Snow again", None, None)
    assert stored(page).live == ("action-publish" in action)


def test_an_editor_that_was_open_all_the_while_saves_too(browser, page, schedule, clock):
    run_the_whole_schedule(clock)
    assert post(browser, page, "Snow again", *schedule).status_code == 302
    assert stored(page).live
    call_command("publish_scheduled")
    assert stored(page).live


def test_a_page_that_went_live_keeps_the_expiry_ahead(browser, page, schedule, clock):
    clock.shift(11 * MINUTE)
    call_command("publish_scheduled")
    assert dates_shown(browser, page) == (None, schedule[1])
    assert post(browser, page, "Snow again", expire=schedule[1]).status_code == 302
    assert stored(page).expire_at == schedule[1]


def test_a_schedule_that_has_not_run_yet_is_not_forgotten(browser, page, schedule, clock):
    clock.shift(13 * MINUTE)
    assert dates_shown(browser, page) == schedule
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert not stored(page).live


def test_an_expiry_that_is_over_is_refused_in_words_that_can_be_seen(browser, page):
    response = post(browser, page, expire=now() - MINUTE)
    assert response.status_code == 200
    told = " ".join(str(message) for message in response.context["messages"])
    assert "Publishing schedule, Expiry date/time: Expiry date/time must be in the future." in told


def test_dates_in_the_wrong_order_are_named_once_each(browser, page):
    response = post(browser, page, go_live=now() + 3 * MINUTE, expire=now() + MINUTE)
    assert response.context["form"].non_field_errors() == [
        "Publishing schedule, Go live date/time: Go live date/time must be before expiry date/time",
        "Publishing schedule, Expiry date/time: Go live date/time must be before expiry date/time",
    ]
