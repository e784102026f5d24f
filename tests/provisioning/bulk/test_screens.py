"""The screens of work on many clinics, as the agency's and a network's people use them."""

import pytest
from wagtail.models import Page

from clinicsite.clinics.models import ClinicGroup, ClinicSettings, SiteState
from clinicsite.clinics.roles import ensure_network_groups
from clinicsite.provisioning.models.bulk import BulkWork
from tests.factories import ClinicFactory, NetworkPageFactory, StandardPageFactory, UserFactory
from tests.library.pages import library_treatment

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/clinicsite/many-clinics/"


@pytest.fixture
def browser(administrator, admin_client_of):
    return admin_client_of(administrator)


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """Post to an address, do what that queues, and give the screen that it leads to."""

    def press(browser, rest, **data):
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(ADDRESS + rest, data)
        assert answer.status_code == 302, answer.context["form"].errors
        return browser.get(answer.headers["Location"])

    return press


def test_words_are_looked_for_replaced_and_brought_back(clinic, other_clinic, browser, press):
    page = StandardPageFactory(parent=clinic.home, title="Fees", summary="Ask <b> at the desk.")
    asked = {"find": "desk", "replace": "counter", "matches_case": "on", "sites": [clinic.site.pk]}
    shown = press(browser, "words/", **asked)
    assert "North Clinic" in shown.text
    assert "South Clinic" not in shown.text
    assert "Ask &lt;b&gt; at the <del>desk</del><ins>counter</ins>." in shown.text
    work = BulkWork.objects.get()
    assert "Change 1 clinic" in shown.text
    done = press(browser, f"{work.pk}/do/")
    assert "Changed: 1" in done.text
    page.refresh_from_db()
    assert page.summary == "Ask <b> at the counter."
    assert "Replace “desk” by “counter”" in browser.get(ADDRESS).text
    undone = press(browser, f"{work.pk}/undo/")
    assert "Undone: 1" in undone.text
    page.refresh_from_db()
    assert page.summary == "Ask <b> at the desk."
    # Twice is told, and changes nothing.
    again = press(browser, f"{work.pk}/undo/")
    assert "Somebody has done this already" in again.text


def test_a_setting_is_set_at_the_clinics_of_a_group_in_a_state(clinic, other_clinic, browser, press):
    group = ClinicGroup.objects.create(name="Alberta")
    group.sites.add(clinic.site, other_clinic.site)
    ClinicSettings.objects.filter(site=other_clinic.site).update(state=SiteState.STAGING)
    assert "Free consultation" in browser.get(f"{ADDRESS}setting/").text
    shown = press(
        browser, "setting/free_consultation/", value="A free call", groups=[group.pk], states=["staging"]
    )
    assert "South Clinic" in shown.text
    assert "North Clinic" not in shown.text
    press(browser, f"{BulkWork.objects.get().pk}/do/")
    assert ClinicSettings.objects.get(site=other_clinic.site).free_consultation == "A free call"
    assert ClinicSettings.objects.get(site=clinic.site).free_consultation == ""


def test_what_is_shown_can_be_dropped(clinic, browser, press):
    press(browser, "setting/tagline/", value="Open late", to_all="on")
    answer = press(browser, f"{BulkWork.objects.get().pk}/drop/")
    assert "Nothing was changed" in answer.text
    assert not BulkWork.objects.exists()
    assert ClinicSettings.objects.get(site=clinic.site).tagline == ""


def test_a_page_of_the_library_is_offered_and_looked_at(clinic, library, browser, press):
    source = library_treatment(library)
    assert f'<option value="{source.pk}">Dry needling</option>' in browser.get(f"{ADDRESS}page/").text
    shown = press(browser, "page/", page=source.pk, to_all="on")
    assert "Not possible: Your site has no place for this yet." in shown.text
    assert "Nothing would change." in shown.text


@pytest.mark.parametrize(
    ("rest", "data", "fault"),
    [
        ("words/", {"find": "desk", "replace": "x"}, "Choose clinics"),
        ("words/", {"find": " ", "to_all": "on"}, "Say what is to be found"),
        ("words/", {"find": "{clinic}", "to_all": "on"}, "tokens are left"),
        ("words/", {"find": "a", "replace": "a", "to_all": "on"}, "the same words"),
        ("words/", {"find": "a", "to_all": "on", "states": ["suspended"]}, "None of the chosen clinics"),
        ("words/", {"find": "a", "sites": ["0"]}, "not one of the available choices"),
        ("setting/brand_primary/", {"value": "red", "to_all": "on"}, "#1f5f6b"),
        ("page/", {"page": "", "to_all": "on"}, "required"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_looked_at(clinic, browser, rest, data, fault):
    answer = browser.post(ADDRESS + rest, data)
    assert answer.status_code == 200
    assert fault in answer.text
    assert not BulkWork.objects.exists()


def test_an_unknown_setting_and_one_clinics_own_are_no_address(browser):
    for name in ("state", "name", "nothing"):
        assert browser.get(f"{ADDRESS}setting/{name}/").status_code == 404


def test_a_networks_people_have_it_for_their_clinics_and_a_clinics_people_not(
    clinic, library, owner, library_editor, admin_client_of, settings, press, look
):
    settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": "nobody"}
    west = ClinicFactory(hostname="west.localhost", name="West Clinic")
    network = NetworkPageFactory(parent=Page.get_first_root_node(), title="West", slug="west")
    west.home.move(network, pos="last-child")
    everywhere = look(
        "setting", by=UserFactory(username="root", is_superuser=True), field="tagline", value="x"
    )
    manager = UserFactory(username="manager", groups=[ensure_network_groups([network])[network.pk]])
    theirs = admin_client_of(manager)
    assert ADDRESS in theirs.get("/admin/").text
    screen = theirs.get(f"{ADDRESS}words/").text
    assert "West Clinic" in screen
    assert "North Clinic" not in screen
    assert theirs.get(f"{ADDRESS}{everywhere.pk}/").status_code == 404
    for verb in ("do", "undo", "drop"):
        assert theirs.post(f"{ADDRESS}{everywhere.pk}/{verb}/").status_code == 404
    press(theirs, "setting/tagline/", value="Open late", to_all="on")
    mine = BulkWork.objects.first()
    press(theirs, f"{mine.pk}/do/")
    assert ClinicSettings.objects.get(site=west.site).tagline == "Open late"
    assert ClinicSettings.objects.get(site=clinic.site).tagline == ""
    for person in (owner, library_editor):
        browser = admin_client_of(person)
        assert ADDRESS not in browser.get("/admin/").text
        for rest in ("", "words/", "setting/", "setting/tagline/", "page/", f"{mine.pk}/"):
            assert browser.get(ADDRESS + rest).status_code == 404
        assert browser.post(f"{ADDRESS}{mine.pk}/undo/").status_code == 404


def test_a_clinic_reads_in_its_audit_log_what_the_agency_did(clinic, owner, browser, press, admin_client_of):
    press(browser, "setting/tagline/", value="Open late", to_all="on")
    press(browser, f"{BulkWork.objects.get().pk}/do/")
    log = admin_client_of(owner).get("/admin/clinicsite/audit/").text
    assert "Set “Tagline” to “Open late”" in log
    assert "administrator" in log


def test_the_screen_of_a_piece_of_work_costs_the_same_for_more_clinics(
    clinic, browser, press, django_assert_max_num_queries
):
    for number in range(12):
        ClinicFactory(hostname=f"branch-{number}.localhost")
    press(browser, "setting/tagline/", value="Open late", to_all="on")
    with django_assert_max_num_queries(30):
        browser.get(f"{ADDRESS}{BulkWork.objects.get().pk}/")
