"""The matrix of library pages and clinics: who sees it, what its cells say, its filters and its file."""

import csv

import pytest
from django.utils import timezone
from wagtail.models import Site

from benchmarks.many import add_clinics, make_library
from clinicsite.clinics.models import NetworkPage
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.core.spreadsheets import as_words
from clinicsite.library.answering import additions, answers, held_pages
from clinicsite.library.composition import State
from clinicsite.library.matrix.filters import MatrixFilters
from clinicsite.library.matrix.grid import Matrix
from clinicsite.library.matrix.reach import Reach
from clinicsite.library.matrix.states import FILTERABLE, Mark
from clinicsite.library.models import DeclinedPage, Release
from tests.factories import ClinicFactory, ConditionPageFactory, NetworkPageFactory, UserFactory, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    fresh,
    library_treatment,
    override,
    take_over,
)
from tests.standing import standing

ADDRESS = "/admin/clinicsite/library/matrix/"
EXTRA = section("Extra", "More to say.", kind="other")


@standing
def treatment(library):
    return library_treatment(library, OVERVIEW, AFTERCARE, RISKS, COST, EXTRA)


@pytest.fixture
def browser(admin_client_of, library_editor):
    return admin_client_of(library_editor)


def cells(user, **filters):
    """{(clinic, library page): marks of its one follower, or the mark of its absence}."""
    matrix = Matrix(Reach.of(user), MatrixFilters(**filters))
    return {
        (row.site.clinic_name, cell.library_page.title): marks_of(cell)
        for row in matrix.rows(matrix.site_ids, matrix.pages)
        for cell in row.cells
        if cell is not None
    }


def marks_of(cell):
    return cell.followers[0].marks if cell.followers else {cell.absence: None}


def lines(response):
    assert response.status_code == 200
    return list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))


def accept(page):
    """Hold a page at what it accepts now."""
    held_pages.hold(page)
    page.save()


def edited(stored, words="Something newer."):
    return section(stored["value"]["heading"], words, kind=stored["value"]["kind"])


def test_the_library_editor_sees_every_clinic(browser, follower, other_clinic):
    response = browser.get(ADDRESS)
    assert response.status_code == 200
    assert "North Clinic" in response.text
    assert "South Clinic" in response.text
    assert "Follows live" in response.text
    assert "Not on the site" in response.text


@pytest.mark.parametrize("address", [ADDRESS, "/admin/clinicsite/library/matrix.csv"])
@pytest.mark.parametrize("who", ["owner", "editor", "other_owner"])
def test_a_clinics_people_do_not_see_the_matrix(request, admin_client_of, follower, address, who):
    response = admin_client_of(request.getfixturevalue(who)).get(address)
    assert response.status_code == 404


def test_the_menu_offers_the_matrix_to_the_librarys_people_only(browser, admin_client_of, owner):
    assert ADDRESS in browser.get("/admin/").text
    assert ADDRESS not in admin_client_of(owner).get("/admin/").text


def test_a_networks_people_see_the_clinics_of_their_network_only(treatment, library, clinic, other_clinic):
    group = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)[
        "Agency administrators"
    ]
    group.page_permissions.filter(page=library).delete()
    strange = NetworkPageFactory(title="Another network")
    other_clinic.home.move(strange, pos="last-child")
    person = UserFactory(groups=[group])
    assert {name for name, _ in cells(person)} == {"North Clinic"}
    matrix = Matrix(Reach.of(person), MatrixFilters(network=strange.pk))
    assert matrix.site_ids == []


def test_a_state_is_a_word_and_an_icon_never_a_colour_alone(browser, follower):
    text = browser.get(ADDRESS).text
    assert '<use href="#icon-link"></use></svg>Follows live' in text


def test_the_table_is_named_and_its_headings_have_a_scope(browser, follower):
    text = browser.get(ADDRESS).text
    assert '<caption id="matrix-caption"><span>Clinics 1 to' in text
    assert '<th scope="col">' in text
    assert '<th scope="row">North Clinic' in text
    assert 'role="region" aria-labelledby="matrix-caption" tabindex="0"' in text


def test_a_cell_links_to_the_clinics_page_only_for_who_may_edit_it(browser, admin_client_of, follower):
    address = f"/admin/pages/{follower.pk}/edit/#panel-child-content-"
    assert address not in browser.get(ADDRESS).text
    chief = UserFactory(is_superuser=True)
    assert address in admin_client_of(chief).get(ADDRESS).text


def test_cells_count_what_the_clinic_has_of_its_own(library_editor, treatment, follower):
    take_over(follower, OVERVIEW, "Ours", "Our words.")
    take_over(follower, AFTERCARE, "Ours too", "More of ours.")
    take_over(follower, COST, action="hide")
    follower = fresh(follower)
    additions.add_after(follower, OVERVIEW["id"], kind="other", heading="Parking", body=[])
    follower.save()
    edit_library(treatment, edited(OVERVIEW), AFTERCARE, RISKS, edited(COST), EXTRA)
    found = cells(library_editor)["North Clinic", "Dry needling"]
    assert found == {Mark.LIVE: None, Mark.CHANGED: 2, Mark.OWN: 2, Mark.HIDDEN: 1, Mark.ADDED: 1}


def test_a_held_page_shows_how_many_changes_wait(library_editor, treatment, follower):
    accept(follower)
    edit_library(treatment, edited(OVERVIEW), edited(AFTERCARE), RISKS, COST, EXTRA)
    assert cells(library_editor)["North Clinic", "Dry needling"] == {Mark.HOLDS: 2}


def test_what_waits_beside_the_sections_counts_too(library_editor, treatment, follower):
    accept(follower)
    changed = (edited(OVERVIEW), AFTERCARE, RISKS, COST, EXTRA)
    edit_library(treatment, *changed, summary="Newer.", alternate_names="Newer")
    assert cells(library_editor)["North Clinic", "Dry needling"] == {Mark.HOLDS: 3}


def test_a_section_the_library_drops_counts_until_the_clinic_answers(library_editor, treatment, follower):
    take_over(follower, AFTERCARE, "Ours", "Our words.")
    edit_library(treatment, OVERVIEW, RISKS, COST)
    assert cells(library_editor)["North Clinic", "Dry needling"] == {Mark.LIVE: None, Mark.RETIRED: 2}
    follower = fresh(follower)
    answers.keep_retired(follower, AFTERCARE["id"])
    answers.drop_retired(follower, EXTRA["id"])
    follower.save()
    found = cells(library_editor)["North Clinic", "Dry needling"]
    assert Mark.RETIRED not in found
    assert found[Mark.OWN] == 1
    assert Matrix(Reach.of(library_editor), MatrixFilters(state=Mark.RETIRED)).site_ids == []


def test_a_section_let_go_before_it_is_dropped_again_does_not_count(library_editor, treatment, follower):
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, COST)
    assert cells(library_editor, state=Mark.RETIRED)
    follower = fresh(follower)
    follower.library_base["left_out"] = {EXTRA["id"]: timezone.now().isoformat()}
    follower.save()
    assert cells(library_editor, state=Mark.RETIRED) == {}
    assert Matrix(Reach.of(library_editor), MatrixFilters(state=Mark.RETIRED)).site_ids == []
    assert Mark.RETIRED not in cells(library_editor)["North Clinic", "Dry needling"]


def test_a_draft_a_pilot_and_what_a_clinic_declined_are_told_apart(
    library_editor, treatment, follower, clinic, other_clinic
):
    release = Release.objects.create(page=treatment, state=Release.State.PILOT, content={})
    release.pilots.add(clinic.site)
    DeclinedPage.objects.create(site=other_clinic.site, library_page=treatment)
    type(follower).objects.filter(pk=follower.pk).update(live=False)
    found = cells(library_editor)
    assert found["North Clinic", "Dry needling"] == {Mark.DRAFT: None, Mark.PILOT: None}
    assert found["South Clinic", "Dry needling"] == {Mark.DECLINED: None}


COUNTED_STATES = {
    Mark.OWN: (State.YOURS, State.YOURS_CHANGED),
    Mark.HIDDEN: (State.HIDDEN, State.HIDDEN_CHANGED),
    Mark.CHANGED: (State.YOURS_CHANGED, State.HIDDEN_CHANGED),
    Mark.RETIRED: (State.RETIRED,),
    Mark.ADDED: (State.ADDED,),
}


def in_every_way(treatment, clinics):
    """One follower for each clinic, each with another answer to the library; then the library moves on."""
    pages = [follower_of(treatment, one) for one in clinics]
    take_over(pages[0], OVERVIEW, "Ours", "Our words.")
    take_over(pages[0], RISKS, "No risks", "None.")
    take_over(pages[1], OVERVIEW, action="hide")
    take_over(pages[1], EXTRA, action="hide")
    take_over(pages[2], AFTERCARE, "Ours", "Our words.", action="return")
    take_over(pages[2], EXTRA, "Ours", "Our words.")
    accept(pages[3])
    take_over(pages[3], OVERVIEW, "Ours", "Our words.")
    kept = override(pages[4], EXTRA, "Ours", "Our words.")
    kept.is_kept = True
    kept.save()
    heading = override(pages[5], OVERVIEW, "Our heading")
    heading.is_heading_only = True
    heading.save()
    return pages


@standing
def every_way(treatment, clinic, other_clinic):
    clinics = [clinic, other_clinic, *(ClinicFactory(name=f"Third {n}") for n in range(4))]
    pages = in_every_way(treatment, clinics)
    adapted = section("Cost", "Newer.", kind="cost", lock="adapt", lock_reason="Every clinic says it.")
    edit_library(treatment, edited(OVERVIEW), AFTERCARE, RISKS, adapted)
    return dict(zip([one.settings.name for one in clinics], pages, strict=True))


def test_the_counts_are_those_of_the_composed_page(library_editor, every_way):
    found = cells(library_editor)
    for name, page in every_way.items():
        composed = [one.state for one in fresh(page).compose()]
        expected = {
            mark: sum(state in states for state in composed) for mark, states in COUNTED_STATES.items()
        }
        counted = {mark: found[name, "Dry needling"].get(mark, 0) for mark in COUNTED_STATES}
        assert counted == expected, name


@pytest.mark.parametrize("mark", FILTERABLE)
def test_a_filter_by_state_finds_just_the_cells_with_it(library_editor, library, every_way, mark):
    ConditionPageFactory(parent=library, title="Nobody has this")
    everything = cells(library_editor)
    expected = {place for place, marks in everything.items() if mark in marks}
    assert set(cells(library_editor, state=mark)) == expected
    matrix = Matrix(Reach.of(library_editor), MatrixFilters(state=mark))
    names = dict(Site.objects.values_list("pk", "clinicsite_settings__name"))
    assert {names[pk] for pk in matrix.site_ids} == {clinic for clinic, _ in expected}
    assert {page.title for page in matrix.pages} == {page for _, page in expected}


def test_totals_say_how_many_clinics_follow_own_hold_and_are_behind(library_editor, treatment, every_way):
    matrix = Matrix(Reach.of(library_editor), MatrixFilters())
    assert matrix.totals(matrix.pages)[treatment.pk] == {"follow": 6, "hold": 1, "own": 4, "changed": 3}


def test_totals_count_the_clinics_of_the_filter_only(library_editor, treatment, every_way):
    matrix = Matrix(Reach.of(library_editor), MatrixFilters(clinic="North"))
    assert matrix.totals(matrix.pages)[treatment.pk] == {"follow": 1, "hold": 0, "own": 1, "changed": 1}


def test_filters_by_clinic_type_and_title_narrow_the_matrix(library_editor, library, follower, other_clinic):
    ConditionPageFactory(parent=library, title="Back pain")
    assert set(cells(library_editor, clinic="south")) == {
        ("South Clinic", "Back pain"),
        ("South Clinic", "Dry needling"),
    }
    assert {page for _, page in cells(library_editor, type="clinicsite_modalities.conditionpage")} == {
        "Back pain"
    }
    assert {page for _, page in cells(library_editor, page="needl")} == {"Dry needling"}


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "network=x",
        "network=99999999999999999999",
        "rows=7",
        "type=auth.user",
        "p=x",
        "columns=-1",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_whole_matrix(browser, follower, query):
    response = browser.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    assert "North Clinic" in response.text


def test_a_filter_that_nothing_meets_says_so(browser, follower):
    text = browser.get(f"{ADDRESS}?clinic=nowhere").text
    assert "No clinic and library page match." in text
    assert "Clear the filters" in text


def test_many_clinics_and_library_pages_are_shown_a_page_at_a_time(browser, library_editor):
    many = make_library(14, sections=1)
    add_clinics(many, 26, 4)
    text = browser.get(ADDRESS).text
    assert "Clinics 1 to 25 of 27" in text
    assert "Library pages 1 to 12 of 14" in text
    text = browser.get(f"{ADDRESS}?p=2&columns=2").text
    assert "Clinics 26 to 27 of 27" in text
    assert "Library pages 13 to 14 of 14" in text
    assert "Clinics 1 to 27 of 27" in browser.get(f"{ADDRESS}?rows=50").text


def test_the_file_has_a_line_for_each_clinic_and_library_page(browser, follower, clinic, other_clinic):
    take_over(follower, OVERVIEW, "Ours", "Our words.")
    heading, *found = lines(browser.get("/admin/clinicsite/library/matrix.csv"))
    rows = [dict(zip(heading, line, strict=True)) for line in found]
    assert [(row["Clinic"], row["State"]) for row in rows] == [
        ("North Clinic", "Follows live"),
        ("South Clinic", "Not on the site"),
    ]
    assert rows[0]["Address"] == "http://north.localhost/treatments/dry-needling/"
    assert rows[0]["Own"] == "1"
    assert rows[0]["Follows since"][:10] == timezone.now().date().isoformat()


def test_the_file_keeps_to_the_filters(browser, follower, other_clinic):
    found = lines(browser.get("/admin/clinicsite/library/matrix.csv?state=absent"))
    assert [line[0] for line in found[1:]] == ["South Clinic"]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_the_file_holds_nothing_that_a_spreadsheet_would_run(beginning):
    assert list(map(as_words, [beginning + "HYPERLINK(1)", "Dry needling"])) == [
        f"'{beginning}HYPERLINK(1)",
        "Dry needling",
    ]


def test_a_clinics_name_cannot_put_a_formula_into_the_file(browser, follower, clinic):
    clinic.settings.name = '=HYPERLINK("http://evil.example")'
    clinic.settings.save()
    found = lines(browser.get("/admin/clinicsite/library/matrix.csv"))
    assert found[1][0] == '\'=HYPERLINK("http://evil.example")'


def test_a_clinic_with_two_followers_of_one_page_shows_both(library_editor, treatment, follower, clinic):
    second = follower_of(treatment, clinic, title="Needling for runners", slug="needling-for-runners")
    matrix = Matrix(Reach.of(library_editor), MatrixFilters())
    (row,) = matrix.rows(matrix.site_ids, matrix.pages)
    assert [one.id for one in row.cells[0].followers] == [follower.pk, second.pk]


def test_the_clinics_of_a_network_inside_a_network_are_found(library_editor, treatment, clinic, other_clinic):
    inner = NetworkPageFactory(title="Inner", parent=NetworkPage.objects.first())
    other_clinic.home.move(inner, pos="last-child")
    other_clinic.home.refresh_from_db()
    other_clinic.site.refresh_from_db()
    follower_of(treatment, other_clinic)
    assert set(cells(library_editor, network=inner.pk)) == {("South Clinic", "Dry needling")}
    assert set(cells(library_editor, state=Mark.LIVE)) == {("South Clinic", "Dry needling")}
    assert set(cells(library_editor, state=Mark.ABSENT)) == {("North Clinic", "Dry needling")}
