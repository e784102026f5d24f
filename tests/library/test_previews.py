"""A library page, previewed as one clinic would show it, by those who may see both."""

import re

import pytest

from clinicsite.clinics.roles import ensure_agency_groups, ensure_network_groups
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ClinicFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ModalityIndexPageFactory,
    NetworkPageFactory,
    UserFactory,
    section,
)
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    fresh,
    library_treatment,
    take_over,
)

DRAFTED = section("Afterwards", "Only in the draft.", kind="aftercare")


@pytest.fixture
def treatment(library):
    return library_treatment(
        library, section("Who we are", "We are {clinic}.", key="who"), AFTERCARE, RISKS, COST
    )


@pytest.fixture
def drafted(treatment):
    """The same page with a draft that is not published."""
    page = fresh(treatment)
    page.sections = [section("Who we are", "We are {clinic}.", key="who"), DRAFTED, RISKS]
    page.save_revision()
    return fresh(treatment)


def address(page, clinic, end=""):
    return f"/admin/clinicsite/library/pages/{page.pk}/preview/{clinic.site.pk}/{end}"


def content(browser, page, clinic):
    return browser.get(address(page, clinic, "content/"))


@pytest.fixture
def owners(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def librarians(library_editor, admin_client_of):
    return admin_client_of(library_editor)


def test_it_shows_the_clinics_words_and_look(treatment, clinic, owners):
    shown = content(owners, treatment, clinic).text
    assert "We are North Clinic." in shown
    assert "<title>" in shown
    assert "Dry needling" in shown


def test_a_followers_own_versions_are_in_it(treatment, clinic, owners):
    page = follower_of(treatment, clinic, sections=[section("Parking", "Behind the house.")])
    take_over(page, AFTERCARE, "Ours", "Call us any time.")
    take_over(page, COST, action="hide")
    shown = content(owners, treatment, clinic).text
    assert "Call us any time." in shown
    assert "Behind the house." in shown
    assert "Move gently." not in shown
    assert "Ask us." not in shown


def test_links_lead_to_previews_of_the_clinics_own_pages(library, clinic, owners):
    shared = ConditionPageFactory(parent=library, title="Sciatica")
    index = ConditionIndexPageFactory(parent=clinic.home)
    ConditionPageFactory(parent=index, title="Sciatica", library_page=shared, sections=[])
    link = f'See <a linktype="page" id="{shared.pk}">sciatica</a>.'
    page = library_treatment(library, section("Else", link))
    assert f'<a href="{address(shared, clinic)}" target="_top">sciatica' in content(owners, page, clinic).text


def test_the_librarys_people_see_its_newest_draft_and_clinics_the_published_version(
    drafted, clinic, owners, librarians
):
    assert "Only in the draft." in content(librarians, drafted, clinic).text
    shown = content(owners, drafted, clinic).text
    assert "Only in the draft." not in shown
    assert "Move gently." in shown


def test_a_section_the_draft_drops_is_still_read_by_those_who_follow(
    drafted, clinic, other_clinic, librarians
):
    follower_of(drafted, clinic)
    assert "Ask us." in content(librarians, drafted, clinic).text
    assert "Ask us." not in content(librarians, drafted, other_clinic).text


def test_a_preview_writes_nothing(drafted, clinic, librarians):
    page = follower_of(drafted, clinic)
    before = [one.heading for one in fresh(page).compose()]
    count = type(page).objects.count()
    content(librarians, drafted, clinic)
    assert [one.heading for one in fresh(page).compose()] == before
    assert type(page).objects.count() == count


def test_the_librarys_people_do_not_see_what_a_clinic_has_not_published(
    treatment, clinic, librarians, owners
):
    page = follower_of(treatment, clinic, live=False, sections=[section("Secret", "Not yet.")])
    assert "Not yet." in content(owners, treatment, clinic).text
    assert not fresh(page).live
    assert "Not yet." not in content(librarians, treatment, clinic).text


@pytest.mark.parametrize("with_index", [True, False])
def test_every_type_can_be_previewed_by_a_clinic_that_does_not_have_it(library, clinic, owners, with_index):
    pages = [
        (library_treatment(library), ModalityIndexPageFactory),
        (ConditionPageFactory(parent=library), ConditionIndexPageFactory),
        (BlogPageFactory(parent=library), BlogIndexPageFactory),
    ]
    for page, index in pages:
        if with_index:
            index(parent=clinic.home)
        response = content(owners, page, clinic)
        assert response.status_code == 200
        assert page.title in response.text


def test_the_frame_may_be_shown_by_the_admin_alone_and_is_kept_by_no_cache(treatment, clinic, owners):
    response = content(owners, treatment, clinic)
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "private" in response["Cache-Control"]


def test_the_screen_says_whose_and_which_version(drafted, clinic, owners, librarians):
    assert "The newest draft of" in librarians.get(address(drafted, clinic)).text
    shown = owners.get(address(drafted, clinic)).text
    assert "as it is published" in shown
    assert "does not have this page" in shown
    assert address(drafted, clinic, "content/") in shown
    follower_of(drafted, clinic)
    assert "The clinic follows this page" in owners.get(address(drafted, clinic)).text


def test_another_clinic_patients_and_visitors_cannot_reach_it(
    treatment, clinic, other_owner, admin_client_of, visit, client
):
    for end in ("", "content/"):
        assert admin_client_of(other_owner).get(address(treatment, clinic, end)).status_code == 404
        assert client.get(address(treatment, clinic, end), headers={"host": "localhost"}).status_code == 302
        assert "North" not in visit(address(treatment, clinic, end)).text


def test_a_clinic_cannot_preview_what_the_library_has_not_published(library, clinic, owners):
    page = library_treatment(library, title="Soon", live=False)
    assert content(owners, page, clinic).status_code == 404
    assert owners.get(f"/admin/clinicsite/library/pages/{page.pk}/preview/").status_code == 404


def test_only_library_pages_can_be_previewed(treatment, clinic, owners):
    own = follower_of(treatment, clinic)
    for page in (own, clinic.home):
        assert owners.get(address(page, clinic)).status_code == 404
    assert owners.get("/admin/clinicsite/library/pages/99999/preview/").status_code == 404


def test_the_librarys_people_choose_among_all_clinics_by_name(treatment, clinic, other_clinic, librarians):
    choose = f"/admin/clinicsite/library/pages/{treatment.pk}/preview/"
    shown = librarians.get(choose).text
    assert "North Clinic" in shown
    assert "South Clinic" in shown
    found = librarians.get(choose, {"q": "south"}).text
    assert address(treatment, other_clinic) in found
    assert "North Clinic" not in found


def test_a_long_list_of_clinics_comes_in_pages(treatment, clinic, librarians):
    for _ in range(27):
        ClinicFactory()
    choose = f"/admin/clinicsite/library/pages/{treatment.pk}/preview/"
    first = librarians.get(choose)
    assert len(first.context["rows"]) == 25
    assert "Page 1 of 2" in first.text
    assert len(librarians.get(choose, {"p": 2}).context["rows"]) == 3


def test_somebody_with_one_clinic_is_asked_nothing(treatment, clinic, other_clinic, owners):
    response = owners.get(f"/admin/clinicsite/library/pages/{treatment.pk}/preview/")
    assert response.url == address(treatment, clinic)


def test_somebody_with_some_clinics_chooses_among_these(treatment, clinic, other_clinic, admin_client_of):
    third = ClinicFactory(name="East Clinic")
    network = NetworkPageFactory(title="East")
    for one in (clinic, third):
        one.home.move(network, pos="last-child")
    manager = UserFactory(groups=[ensure_network_groups([network])[network.pk]])
    shown = admin_client_of(manager).get(f"/admin/clinicsite/library/pages/{treatment.pk}/preview/").text
    assert "East Clinic" in shown
    assert "South Clinic" not in shown


@pytest.mark.parametrize("action", ["edit", "delete", "unpublish", "move", "copy", "history"])
def test_a_clinic_can_read_the_library_and_change_nothing_in_it(treatment, library, owner, owners, action):
    for method in (owners.get, owners.post):
        response = method(f"/admin/pages/{treatment.pk}/{action}/")
        assert response.status_code in (302, 403, 404, 405)
        assert response.status_code != 302 or response.url == "/admin/"
    assert fresh(treatment).live


def test_a_clinic_holds_no_permission_on_a_library_page(treatment, owner, editor):
    for user in (owner, editor):
        allowed = fresh(treatment).permissions_for_user(user)
        refused = (
            allowed.can_edit(),
            allowed.can_publish(),
            allowed.can_unpublish(),
            allowed.can_delete(),
            allowed.can_move(),
            allowed.can_add_subpage(),
        )
        assert not any(refused)


def test_an_agency_administrator_previews_as_any_clinic(library, drafted, clinic, admin_client_of):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    browser = admin_client_of(UserFactory(groups=[groups["Agency administrators"]]))
    assert "Only in the draft." in content(browser, drafted, clinic).text
    edit_library(drafted, OVERVIEW)
    assert content(browser, drafted, clinic).status_code == 200


def links_in(html):
    """{the words of a link: (where it leads, target)} of the preview's body."""
    found = re.findall(r"<a\b([^>]*)>(.*?)</a>", html.split("<body", 1)[1], re.DOTALL)
    return {
        " ".join(re.sub("<[^>]*>", " ", words).split()): (
            (re.search(r'href="([^"]*)"', tag) or ["", ""])[1],
            (re.search(r'target="([^"]*)"', tag) or ["", ""])[1],
        )
        for tag, words in found
    }


def test_links_lead_to_the_preview_of_that_page_or_to_the_clinics_site(library, clinic, librarians):
    cupping = library_treatment(library, COST, title="Cupping", slug="cupping")
    words = f'<p>See <a linktype="page" id="{cupping.pk}">our cupping</a>.</p>'
    named = section("More", kind="other")
    named["value"]["body"] = [{"type": "paragraph", "value": words, "id": "b1"}]
    treatment = library_treatment(library, named)
    follower_of(cupping, clinic)
    follower_of(treatment, clinic)
    found = links_in(content(librarians, treatment, clinic).text)
    assert found["our cupping"] == (address(cupping, clinic), "_top")
    for where, target in found.values():
        assert not where.startswith("/") or where.startswith("/admin/"), where
        if where.startswith("/admin/"):
            assert librarians.get(where).status_code == 200
        elif where.startswith(clinic.site.root_url):
            assert target == "_blank"
    assert f"{clinic.site.root_url}/" in {where for where, _ in found.values()}


def test_a_link_to_a_page_that_the_library_has_retired_leads_a_clinic_to_its_site(library, clinic, owners):
    cupping = library_treatment(library, COST, title="Cupping", slug="cupping")
    named = section("More", kind="other")
    words = f'<p><a linktype="page" id="{cupping.pk}">our cupping</a></p>'
    named["value"]["body"] = [{"type": "paragraph", "value": words, "id": "b1"}]
    treatment = library_treatment(library, named)
    own = follower_of(cupping, clinic)
    follower_of(treatment, clinic)
    cupping.unpublish()
    where, target = links_in(content(owners, treatment, clinic).text)["our cupping"]
    assert (where, target) == (f"{clinic.site.root_url}{own.get_url_parts()[2]}", "_blank")


def test_links_of_a_page_that_the_clinic_does_not_have_yet_lead_somewhere(treatment, clinic, owners):
    for where, _ in links_in(content(owners, treatment, clinic).text).values():
        assert not where.startswith("/") or where.startswith("/admin/"), where
