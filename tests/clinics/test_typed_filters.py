"""Dates above the lists of the admin are taken as people type them, or refused in words."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from clinicsite.home.models import StandardPage
from tests.factories import ModalityPageFactory, ReferenceFactory, StandardPageFactory, UserFactory
from tests.factories.everything import Everything
from tests.isolation.admin_surface import admin_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

LISTING = "/admin/pages/{}/"
NAME = "latest_revision_created_at"


@pytest.fixture(autouse=True)
def _monday_in_november():
    with time_machine.travel("2026-11-30T17:00:00Z", tick=False):
        yield


@pytest.fixture
def pages(clinic):
    """Three pages, last changed on 1 November, 18 November and 20 November."""
    made = []
    for title, day in (("Early", 1), ("Middle", 18), ("Late", 20)):
        page = StandardPageFactory(parent=clinic.home, title=title)
        moment = datetime(2026, 11, day, 17, tzinfo=UTC)
        StandardPage.objects.filter(pk=page.pk).update(latest_revision_created_at=moment)
        made.append(page)
    return made


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


def listed(browser, clinic, **typed):
    response = browser.get(LISTING.format(clinic.home.pk), typed)
    assert response.status_code == 200
    return {page.title for page in response.context["object_list"]} & {"Early", "Middle", "Late"}


@pytest.mark.parametrize("first", ["18 Nov", "Nov 18 2026", "2026-11-18", "18 november 2026", "11/18/2026"])
def test_a_first_day_is_read_as_it_is_typed(browser, clinic, pages, first):
    assert listed(browser, clinic, **{f"{NAME}_from": first}) == {"Middle", "Late"}


def test_a_last_day_counts_whole(browser, clinic, pages):
    assert listed(browser, clinic, **{f"{NAME}_to": "18 Nov"}) == {"Early", "Middle"}
    assert listed(browser, clinic, **{f"{NAME}_from": "yesterday", f"{NAME}_to": "today"}) == set()


def test_a_date_without_a_year_is_one_that_has_been(browser, clinic, pages):
    # Ahead it would be 18 June 2027, since which nothing has been changed.
    assert listed(browser, clinic, **{f"{NAME}_from": "18 Jun"}) == {"Early", "Middle", "Late"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({f"{NAME}_from": "18 Dex"}, "18 Dec 2026"),
        ({f"{NAME}_to": "31 Feb"}, "February"),
        ({f"{NAME}_from": "20 Nov", f"{NAME}_to": "1 Nov"}, "The first date is after the second."),
    ],
)
def test_what_is_no_date_is_refused_above_the_list_and_lists_nothing(browser, clinic, pages, typed, said):
    response = browser.get(LISTING.format(clinic.home.pk), typed)
    assert not response.context["object_list"]
    pill = response.text.split('class="w-active-filters"')[1].split("</ul>")[0]
    assert said in unescape(pill)
    assert "Nothing is listed." in pill
    assert f"{NAME}_" not in pill
    # It stays in the field, as it was typed, with the reason.
    for name, value in typed.items():
        assert re.search(rf'<input type="text" name="{name}" value="{value}"', response.text)


def test_the_results_that_are_fetched_while_typing_say_so_too(browser, clinic, pages):
    address = reverse("wagtailadmin_explore_results", args=[clinic.home.pk], urlconf="clinicsite.agency_urls")
    response = browser.get(address, {f"{NAME}_from": "18 Dex", "_w_filter_fragment": 1})
    assert "Nothing is listed." in response.text


def test_history_is_asked_so_too(browser, clinic, pages):
    page = pages[0]
    PageLogEntry.objects.all().delete()
    for day, label in ((17, "before"), (18, "that day")):
        entry = PageLogEntry.objects.log_action(page, "wagtail.edit", user=None, data={})
        PageLogEntry.objects.filter(pk=entry.pk).update(
            timestamp=datetime(2026, 11, day, 15, tzinfo=UTC), label=label
        )
    response = browser.get(f"/admin/pages/{page.pk}/history/", {"timestamp_from": "18 Nov"})
    assert [entry.label for entry in response.context["object_list"]] == ["that day"]
    refused = browser.get(f"/admin/pages/{page.pk}/history/", {"timestamp_from": "soon"})
    assert "Nothing is listed." in refused.text


def test_the_report_of_aging_pages_takes_a_day_and_refuses_what_is_none(browser, clinic, pages):
    moments = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC))
    for page, moment in zip(pages, moments, strict=False):
        StandardPage.objects.filter(pk=page.pk).update(last_published_at=moment)
    address = "/admin/reports/aging-pages/"
    response = browser.get(address, {"last_published_at": "18 Nov"})
    shown = {page.title for page in response.context["object_list"]}
    assert shown & {"Early", "Middle", "Late"} == {"Early"}
    refused = browser.get(address, {"last_published_at": "soon"})
    assert not refused.context["object_list"]
    assert "Nothing is listed." in refused.text


def test_a_file_of_a_report_holds_nothing_where_a_date_is_refused(browser, clinic, pages):
    response = browser.get("/admin/reports/aging-pages/", {"last_published_at": "soon", "export": "csv"})
    assert len(b"".join(response.streaming_content).splitlines()) == 1


def test_the_project_around_keeps_wagtails_filters(clinic, client, settings):
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    root = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    group = Group.objects.create(name="Editors of the agency")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    client.defaults["HTTP_HOST"] = "agency.example"
    client.force_login(UserFactory(groups=[group]))
    shown = client.get(LISTING.format(root.pk)).text
    assert "date-time-chooser" in shown
    assert "clinicsite-typed-time" not in shown


SCHEDULE = {"go_live_at", "expire_at"}
#: Every field for a time or a date on the screens of the admin: the screen, and the names of its fields.
#: A screen or a field that comes to be is added here once somebody has tried what can be typed into it.
TYPED = {
    "clinicsite_groups:add": {"announcement_from", "announcement_until"},
    "clinicsite_notices:add": {"starts", "ends"},
    "clinicsite_posts:index": {f"{NAME}_from", f"{NAME}_to"},
    "clinicsite_locations:index": {f"{NAME}_from", f"{NAME}_to"},
    "clinicsite_practitioners:index": {f"{NAME}_from", f"{NAME}_to"},
    "clinicsite_treatments:index": {f"{NAME}_from", f"{NAME}_to"},
    "clinicsite_conditions:index": {f"{NAME}_from", f"{NAME}_to"},
    "wagtailadmin_explore_root": {f"{NAME}_from", f"{NAME}_to"},
    "explore": {f"{NAME}_from", f"{NAME}_to"},
    "history": {"timestamp_from", "timestamp_to"},
    "site_history": {"timestamp_from", "timestamp_to"},
    "locked": {"locked_at_from", "locked_at_to"},
    "locked_pages": {"locked_at_from", "locked_at_to"},
    "workflow": {"created_at_from", "created_at_to"},
    "workflow_tasks": {"started_at_from", "started_at_to", "finished_at_from", "finished_at_to"},
    "aging_pages": {"last_published_at"},
    "wagtailusers_users:index": {"last_login_from", "last_login_to"},
    "settings": {"announcement_from", "announcement_until"},
    "release": {"at"},
    **dict.fromkeys(
        [
            "HomePage",
            "StandardPage",
            "ContactPage",
            "BlogIndexPage",
            "ConditionIndexPage",
            "ModalityIndexPage",
            "LocationIndexPage",
            "PractitionerIndexPage",
            "CourseIndexPage",
        ],
        SCHEDULE,
    ),
    **dict.fromkeys(
        ["ConditionPage", "ModalityPage", "CoursePage"], SCHEDULE | {"reviewed_on", "next_review_on"}
    ),
    "BlogPage": SCHEDULE | {"reviewed_on", "next_review_on", "date"},
    "PractitionerPage": SCHEDULE | {"needling_authorised_on"},
    "LocationPage": SCHEDULE
    | {"opening_hours-#-opens", "opening_hours-#-closes"}
    | {f"special_hours-#-{name}" for name in ("first_date", "last_date", "opens", "closes")},
}


def named(text):
    """The names of the fields of a screen that are typed; the number of a row as #."""
    fields = re.findall(r"<input[^>]*data-controller=\"[^\"]*clinicsite-typed-time[^>]*>", text)
    return {re.sub(r"-(\d+|__prefix__)-", "-#-", re.search(r'name="([^"]*)"', field)[1]) for field in fields}


@pytest.fixture
def screens(clinic, library):
    """(name, address) of every screen that needs no key, and of the editor of one of everything."""
    made = Everything(clinic, several=1)
    plain = [
        (name, f"/{route}")
        for name, route in admin_addresses()
        # Wagtail's trial of its error page is an error.
        if "<" not in route and "^" not in route and name != "wagtailadmin_error_test"
    ]
    for model, page in made.pages.items():
        plain.append((model.__name__, f"/admin/pages/{page.pk}/edit/"))
    home = clinic.home.pk
    in_library = ModalityPageFactory(parent=library)
    in_library.save_revision()
    plain += [
        ("release", f"/admin/clinicsite/library/pages/{in_library.pk}/release/"),
        ("reference", f"/admin/snippets/clinicsite_modalities/reference/edit/{ReferenceFactory().pk}/"),
        ("explore", f"/admin/pages/{home}/"),
        ("history", f"/admin/pages/{home}/history/"),
        ("settings", f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"),
    ]
    return plain


def test_every_field_for_a_time_or_a_date_is_typed(screens, admin_client_of):
    browser = admin_client_of(UserFactory(is_superuser=True))
    found = {}
    for name, address in screens:
        response = browser.get(address)
        if response.status_code != 200 or "html" not in response.headers.get("Content-Type", ""):
            continue
        assert "date-time-chooser" not in response.text, name
        assert 'type="date' not in response.text, name
        if fields := named(response.text):
            found[re.sub("^(clinicsite|wagtailadmin)_reports:", "", name)] = fields
    assert found == TYPED
