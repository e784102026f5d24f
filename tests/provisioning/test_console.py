"""The agency's list of all its clinics: what each needs, for whom, and at what cost."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model

from benchmarks.many import add_clinics, make_library, own_section
from clinicsite.clinics.console import columns
from clinicsite.clinics.models import LaunchResult, SiteState
from clinicsite.clinics.roles import ensure_agency_groups, ensure_network_groups
from clinicsite.home.models import ContactMessage
from clinicsite.library.sections import sections_from_raw
from clinicsite.provisioning.console.figures import COLUMNS
from clinicsite.provisioning.console.filters import ConsoleFilters
from clinicsite.provisioning.console.grid import Console
from tests.factories import ModalityPageFactory, NetworkPageFactory, UserFactory
from tests.factories.media import ImageFactory

ADDRESS = "/admin/clinicsite/clinics/"


@pytest.fixture
def administrator(clinic, library):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def browser(administrator, admin_client_of):
    return admin_client_of(administrator)


def rows(user, **filters):
    console = Console(user, ConsoleFilters(**filters))
    found = console.rows(console.clinics.sites)
    names = [column.name for column in console.columns]
    return {row.name: dict(zip(names, row.values, strict=True)) for row in found}


def file_of(browser, query=""):
    text = b"".join(browser.get(f"{ADDRESS}clinics.csv{query}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def message_to(clinic, **fields):
    page = clinic.home.get_children().first() or clinic.home
    return ContactMessage.objects.create(page=page, name="Pat", email="pat@people.example", **fields)


def test_each_clinic_has_its_own_figures(administrator, clinic, other_clinic):
    message_to(clinic)
    message_to(clinic)
    message_to(clinic, answered_at=timezone.now())
    message_to(other_clinic)
    yesterday = timezone.localdate() - timedelta(days=1)
    ModalityPageFactory(parent=clinic.home, next_review_on=yesterday)
    ModalityPageFactory(parent=clinic.home, next_review_on=timezone.localdate() + timedelta(days=1))
    ModalityPageFactory(parent=clinic.home, next_review_on=yesterday, live=False)
    image = ImageFactory(collection=clinic.collection)
    get_image_model().objects.filter(pk=image.pk).update(file_size=4321)
    found = rows(administrator)
    assert found["North Clinic"]["messages"] == 2
    assert found["South Clinic"]["messages"] == 1
    assert found["North Clinic"]["reviews"] == 1
    assert found["South Clinic"]["reviews"] == 0
    assert found["North Clinic"]["storage"] == 4321
    assert found["South Clinic"]["storage"] == 0


def test_open_lines_of_the_checklist_are_counted(administrator, clinic, other_clinic):
    for name, outcome in (("hours", "open"), ("phones", "open"), ("people", "ok"), ("links", "unknown")):
        LaunchResult.objects.create(
            site=clinic.site, name=name, outcome=outcome, sentence="Said.", since=timezone.now()
        )
    found = rows(administrator)
    assert (found["North Clinic"]["checklist"], found["South Clinic"]["checklist"]) == (2, None)
    assert list(rows(administrator, need="checklist")) == ["North Clinic"]


def test_a_clinic_is_behind_where_the_library_has_changed_what_it_says_otherwise(administrator, clinic):
    many = make_library(1, sections=2)
    # Of the one library page this clinic has its own words for a section, taken from older ones.
    add_clinics(many, 1, 1, everyday=False)
    chief = UserFactory(is_superuser=True)
    assert rows(chief)["Clinic 0000"]["library"] == 0
    follower = many.pages[0].followers.get()
    sections = sections_from_raw(many.pages[0].sections.raw_data)
    own_section(follower, sections[0], sections, is_stale=True).save()
    assert rows(chief)["Clinic 0000"]["library"] == 1
    assert rows(chief)["North Clinic"]["library"] == 0
    assert list(rows(chief, need="library")) == ["Clinic 0000"]


def test_a_clinic_is_behind_where_it_holds_or_follows_what_has_gone(clinic):
    many = make_library(2, sections=2)
    add_clinics(many, 1, 2, everyday=False)
    chief = UserFactory(is_superuser=True)
    first, second = (page.followers.get() for page in many.pages)
    first.held_sections = list(many.pages[0].sections.raw_data)
    first.save()
    assert rows(chief)["Clinic 0000"]["library"] == 0
    many.pages[0].save_revision().publish()
    assert rows(chief)["Clinic 0000"]["library"] == 1
    many.pages[1].unpublish()
    assert rows(chief)["Clinic 0000"]["library"] == 2
    second.unpublish()
    assert rows(chief)["Clinic 0000"]["library"] == 1


def test_a_picture_counts_with_the_size_of_its_file_whichever_way_it_came(administrator, clinic):
    image = ImageFactory(collection=clinic.collection)
    assert rows(administrator)["North Clinic"]["storage"] == image.file.size > 0


def test_somebody_of_one_network_sees_its_clinics_only(administrator, library, clinic, other_clinic):
    other_clinic.home.move(NetworkPageFactory(title="Another network"), pos="last-child")
    assert set(rows(administrator)) == {"North Clinic"}
    assert set(rows(UserFactory(is_superuser=True))) == {"North Clinic", "South Clinic"}


@pytest.mark.parametrize("who", ["owner", "library_editor"])
def test_who_looks_after_no_network_finds_nothing_there(who, request, admin_client_of, clinic):
    browser = admin_client_of(request.getfixturevalue(who))
    for address in (ADDRESS, f"{ADDRESS}clinics.csv", f"{ADDRESS}{clinic.site.pk}/reviews/"):
        assert browser.get(address).status_code == 404
    assert ADDRESS not in browser.get("/admin/").text


def test_the_menu_leads_there(browser):
    assert ADDRESS in browser.get("/admin/").text


def test_rows_lead_to_the_clinics_things(browser, clinic, other_clinic):
    message_to(clinic)
    ModalityPageFactory(parent=clinic.home, title="Overdue", next_review_on=date(2020, 1, 2))
    text = browser.get(ADDRESS).text
    key = clinic.site.pk
    for address in (
        f"/admin/pages/{clinic.home.pk}/",
        f"/admin/clinicsite/visit/{key}/",
        f"/admin/settings/clinicsite_clinics/clinicsettings/{key}/",
        f"/admin/clinicsite/messages/?state=new&amp;clinic={key}",
        f"{ADDRESS}{key}/reviews/",
    ):
        assert f'href="{address}"' in text
    assert "Overdue" in browser.get(f"{ADDRESS}{key}/reviews/").text
    assert "No page is due" in browser.get(f"{ADDRESS}{other_clinic.site.pk}/reviews/").text
    listed = browser.get(f"/admin/clinicsite/messages/?state=new&clinic={other_clinic.site.pk}").text
    assert "Nobody has written" in listed or "No message matches" in listed


def test_it_is_searched_filtered_and_sorted(administrator, clinic, other_clinic):
    message_to(other_clinic)
    settings = other_clinic.settings
    settings.state = SiteState.STAGING
    settings.save()
    assert list(rows(administrator, words="outh")) == ["South Clinic"]
    assert list(rows(administrator, words=clinic.host)) == ["North Clinic"]
    assert list(rows(administrator, state="staging")) == ["South Clinic"]
    assert list(rows(administrator, need="messages")) == ["South Clinic"]
    assert list(rows(administrator)) == ["North Clinic", "South Clinic"]
    assert list(rows(administrator, is_falling=True)) == ["South Clinic", "North Clinic"]
    assert list(rows(administrator, sort="messages", is_falling=True)) == ["South Clinic", "North Clinic"]
    assert list(rows(administrator, sort="messages")) == ["North Clinic", "South Clinic"]
    assert list(rows(administrator, sort="state")) == ["North Clinic", "South Clinic"]


@pytest.mark.parametrize("query", ["?sort=-nonsense&need=x&state=%00&p=99999", "?q=%00&sort=--name&p=x"])
def test_an_address_of_nonsense_shows_all(browser, clinic, other_clinic, query):
    answer = browser.get(ADDRESS + query)
    assert {row["name"] for row in answer.context["rows"]} == {"North Clinic", "South Clinic"}


def test_the_file_has_all_and_runs_no_formula(browser, clinic, other_clinic):
    settings = clinic.settings
    settings.name = "=HYPERLINK(1)"
    settings.save()
    message_to(clinic)
    found = {line["Host"]: line for line in file_of(browser)}
    assert found[clinic.host]["Clinic"] == "'=HYPERLINK(1)"
    assert found[clinic.host]["Messages unanswered"] == "1"
    assert found[other_clinic.host]["State"] == "Live"
    assert [line["Host"] for line in file_of(browser, "?need=messages")] == [clinic.host]


def queries_of(browser, address):
    b"".join(browser.get(address))
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(address)
        assert response.status_code == 200
        b"".join(response)
    return [query["sql"][:300] for query in captured.captured_queries]


@pytest.mark.parametrize(
    "query", ["", "?need=library", "?sort=-storage", "?sort=-library&need=reviews", "clinics.csv"]
)
def test_it_costs_the_same_queries_for_few_clinics_as_for_many(browser, query):
    administrator_of_all = UserFactory(is_superuser=True)
    browser.force_login(administrator_of_all)
    many = make_library(8, sections=3)
    add_clinics(many, 12, 8)
    few = queries_of(browser, ADDRESS + query)
    add_clinics(many, 30, 8)
    more = queries_of(browser, ADDRESS + query)
    assert len(more) <= len(few), "\n".join(more)


def test_a_column_says_what_it_counts():
    assert {column.name for column in COLUMNS} <= {column.name for column in columns()}
    assert all(column.help_text.endswith(".") and column.heading for column in columns())


def test_a_networks_manager_sees_the_clinics_of_the_network_and_no_others(
    clinic, other_clinic, admin_client_of
):
    elsewhere = NetworkPageFactory(title="Another network", slug="another")
    other_clinic.home.move(elsewhere, "last-child")
    network = clinic.home.get_parent().specific
    manager = UserFactory(
        username="manager", groups=[ensure_network_groups([network, elsewhere])[network.pk]]
    )
    browser = admin_client_of(manager)
    answer = browser.get(ADDRESS)
    assert [row["name"] for row in answer.context["rows"]] == ["North Clinic"]
    assert "South Clinic" not in answer.text
    assert [row["Clinic"] for row in file_of(browser)] == ["North Clinic"]
    assert "Rename" not in answer.text
    assert browser.get(f"{ADDRESS}{clinic.site.pk}/reviews/").status_code == 200
    assert browser.get(f"{ADDRESS}{other_clinic.site.pk}/reviews/").status_code == 404
    assert browser.get(f"{ADDRESS}{clinic.site.pk}/rename/").status_code == 404
    menu = browser.get("/admin/").text
    assert "clinicsite-all-clinics" in menu or "All clinics" in menu


def test_a_checklist_that_nobody_has_gone_through_is_not_said_to_have_nothing_open(
    administrator, clinic, other_clinic
):
    LaunchResult.objects.create(
        site=clinic.site,
        name="hours",
        outcome=LaunchResult.Outcome.OK,
        sentence="Fine.",
        since=timezone.now(),
    )
    found = rows(administrator)
    assert found["North Clinic"]["checklist"] == 0
    assert found["South Clinic"]["checklist"] is None
