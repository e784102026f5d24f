"""The editors of a project around the clinics keep what they have, and do not meet the clinics."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
)

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.tenancy.settings import ClinicSitesPolicy, ProjectSitesMixin
from clinicsite.clinics.tenancy.surface import STANDS_IN
from tests.factories import CoursePageFactory, ImageFactory, ModalityPageFactory, UserFactory
from tests.isolation.admin_surface import admin_addresses

pytestmark = pytest.mark.indexed

HOST = "agency.example"
#: Addresses of Wagtail's that name a page.
ABOUT_A_PAGE = (
    "wagtailadmin_explore",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:usage",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:workflow_history",
    "wagtailadmin_pages:add_subpage",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:set_privacy",
)


@pytest.fixture(autouse=True)
def _a_project_around(settings):
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}


@pytest.fixture
def home(db):
    """The front page of the project's own site, which is no clinic."""
    page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname=HOST, site_name="Agency", root_page=page)
    page.add_child(instance=Page(title="Needling news of the agency", slug="news"))
    return page


@pytest.fixture
def editor(home):
    """An editor as Wagtail's own group *Editors* makes one: with grants on the root of the tree."""
    group = Group.objects.create(name="Editors of the agency")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(
            group=group, page=Page.get_first_root_node(), permission=permission
        )
    return UserFactory(username="agency-editor", groups=[group])


@pytest.fixture
def browser(editor):
    client = Client(HTTP_HOST=HOST)
    client.force_login(editor)
    return client


@pytest.fixture
def clinics_page(clinic, owner):
    page = ModalityPageFactory(parent__parent=clinic.home, title="Needling at North", owner=owner)
    page.save_revision(user=owner, log_action="wagtail.edit").publish(user=owner)
    return page


@pytest.fixture
def course(clinic):
    """A clinic's page of a type that the project itself has made from ours."""
    return CoursePageFactory(parent__parent=clinic.home, title="Back school at North")


def pages_of_ours(clinic, library, clinics_page):
    network = clinic.home.get_parent()
    return [network, clinic.home, clinics_page.get_parent(), clinics_page, library]


def test_the_explorer_shows_the_projects_pages_and_no_clinics(browser, home, clinic, library, clinics_page):
    shown = browser.get("/admin/pages/").text
    assert "The agency" in shown
    for page in pages_of_ours(clinic, library, clinics_page):
        assert page.title not in shown
    assert browser.get(f"/admin/pages/{home.pk}/").status_code == 200


@pytest.mark.parametrize("name", ABOUT_A_PAGE)
def test_a_page_of_ours_is_as_if_it_did_not_exist(browser, clinic, library, clinics_page, name):
    kwarg = {"wagtailadmin_pages:add_subpage": "parent_page_id", "wagtailadmin_explore": "parent_page_id"}
    kwarg["wagtailadmin_pages:move"] = "page_to_move_id"
    missing = browser.get(reverse(name, kwargs={kwarg.get(name, "page_id"): 999_999}))
    assert missing.status_code == 404
    for page in pages_of_ours(clinic, library, clinics_page):
        answer = browser.get(reverse(name, kwargs={kwarg.get(name, "page_id"): page.pk}))
        assert answer.status_code == 404
        assert page.title not in answer.text
        assert len(answer.text) == len(missing.text)


@pytest.mark.parametrize("name", ABOUT_A_PAGE)
def test_the_projects_own_pages_open_as_ever(browser, home, name):
    page = home.get_children().get()
    kwarg = {"wagtailadmin_pages:add_subpage": "parent_page_id", "wagtailadmin_explore": "parent_page_id"}
    kwarg["wagtailadmin_pages:move"] = "page_to_move_id"
    answer = browser.get(reverse(name, kwargs={kwarg.get(name, "page_id"): page.pk}))
    # A bare page has no type below it, no template and no types to add: Wagtail refuses these by itself.
    assert answer.status_code in (200, 302)


def test_searching_finds_the_projects_pages_alone(browser, home, clinics_page):
    for address in ("/admin/pages/search/", "/admin/choose-page/search/"):
        shown = browser.get(address, {"q": "needling"}).text
        assert "Needling at North" not in shown
    assert "Needling news of the agency" in browser.get("/admin/pages/search/", {"q": "needling"}).text


def test_choosing_a_page_offers_the_projects_alone(browser, home, clinic, library, clinics_page):
    network = clinic.home.get_parent()
    shown = browser.get("/admin/choose-page/").text
    assert "The agency" in shown
    assert network.title not in shown
    assert library.title not in shown
    shown = browser.get(f"/admin/choose-page/{clinic.home.pk}/").text
    assert clinic.home.title not in shown
    chosen = browser.get("/admin/choose-page/chosen-multiple/", {"id": [clinics_page.pk, home.pk]}).text
    assert "Needling at North" not in chosen
    assert "The agency" in chosen


def test_the_admins_list_of_pages_has_the_projects_alone(browser, home, clinics_page):
    found = browser.get("/admin/api/main/pages/").json()["items"]
    assert {page["title"] for page in found} >= {"The agency", "Needling news of the agency"}
    assert {page["meta"]["type"] for page in found} == {"wagtailcore.Page"}
    assert browser.get(f"/admin/api/main/pages/{clinics_page.pk}/").status_code == 404


def test_bulk_actions_reach_no_page_of_ours(browser, clinics_page, home):
    own = home.get_children().get()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    browser.post(f"{address}?id={clinics_page.pk}&id={own.pk}&next=/admin/")
    clinics_page.refresh_from_db()
    own.refresh_from_db()
    assert clinics_page.live
    assert not own.live


def test_no_page_type_of_ours_can_be_added_at_the_top(browser, clinic, library):
    shown = browser.get(f"/admin/pages/{Page.get_first_root_node().pk}/add_subpage/", follow=True).text
    assert "clinicsite_" not in shown
    root = Page.get_first_root_node()
    for app, model in (("clinicsite_clinics", "networkpage"), ("clinicsite_library", "libraryfolderpage")):
        assert browser.get(f"/admin/pages/add/{app}/{model}/{root.pk}/").status_code == 404
        assert browser.get(f"/admin/pages/usage/{app}/{model}/").status_code == 404
        assert browser.get(f"/admin/pages/create/{app}/{model}").status_code == 404


def test_a_page_of_the_projects_own_type_is_as_if_it_did_not_exist(browser, course):
    for page in (course, course.get_parent()):
        assert browser.get(f"/admin/pages/{page.pk}/edit/").status_code == 404
        assert browser.get(f"/admin/pages/{page.pk}/").status_code == 404


@pytest.mark.parametrize("model", ["coursepage", "courseindexpage"])
def test_that_type_is_offered_nowhere(browser, home, course, model):
    assert f"courses/{model}" not in browser.get(f"/admin/pages/{home.pk}/add_subpage/", follow=True).text
    for parent in (home, Page.get_first_root_node()):
        assert browser.get(f"/admin/pages/add/courses/{model}/{parent.pk}/").status_code == 404
    assert browser.get(f"/admin/pages/usage/courses/{model}/").status_code == 404


def test_that_type_stands_in_no_filter_and_no_report(browser, home, course):
    listed = browser.get("/admin/pages/").text
    assert ">Course<" not in listed
    assert ">Courses page<" not in listed
    report = browser.get("/admin/reports/page-types-usage/").text
    assert "Course" not in report


def test_a_clinics_people_filter_by_that_type(course, owner):
    client = Client(HTTP_HOST=HOST)
    client.force_login(owner)
    form = client.get("/admin/pages/", follow=True).context["filters"].form
    kind = ContentType.objects.get_for_model(course)
    assert kind in form.fields["content_type"].queryset


def test_a_workflow_that_hangs_on_a_list_of_that_type_is_its_pages(course):
    own = Workflow.objects.create(name="Courses are checked")
    WorkflowPage.objects.create(page=course.get_parent(), workflow=own)
    assert course.get_workflow() == own


def test_filters_offer_the_projects_sites_types_and_people_alone(browser, editor, home, clinics_page):
    home.get_children().get().specific.save_revision(user=editor, log_action="wagtail.edit")
    Page.objects.filter(pk=home.pk).update(owner=editor)
    shown = browser.get("/admin/pages/").text
    assert 'name="site"' in shown
    assert "Agency" in shown
    assert "north.localhost" not in shown
    assert "North Clinic" not in shown
    assert "agency-editor" in shown
    assert ">owner<" not in shown
    assert "clinicsite" not in shown


@pytest.mark.parametrize("report", ["page-types-usage", "site-history", "locked", "workflow", "aging-pages"])
def test_reports_open_and_name_nothing_of_ours(browser, clinic, library, clinics_page, report):
    answer = browser.get(f"/admin/reports/{report}/")
    assert answer.status_code == 200
    assert "Needling at North" not in answer.text
    assert "north.localhost" not in answer.text
    assert "clinicsite_" not in answer.text


def test_menus_and_the_first_screen_have_nothing_of_ours(browser, clinic):
    shown = browser.get("/admin/").text
    assert "clinicsite" not in shown.replace("/static/clinicsite/", "")
    assert "North Clinic" not in shown


def test_the_first_screen_counts_the_projects_pages_alone(browser, home, clinics_page):
    # The agency's front page and its news, and the example page of a new Wagtail where it is still there.
    others = Page.objects.filter(depth=2, slug="home").exclude(pk=home.pk).count()
    (counted,) = re.findall(r"(\d+) Pages\s+<span", browser.get("/admin/").text)
    assert int(counted) == 2 + others


def test_every_screen_of_ours_is_as_if_it_did_not_exist(browser, clinic):
    ours = {
        re.sub(r"<(int:)?\w+>", "1", route)
        for name, route in admin_addresses()
        if "clinicsite" in name and not name.startswith(STANDS_IN)
    }
    addresses = {f"/{route}" for route in ours if not re.search(r"[<^$\\]", route)}
    assert len(addresses) > 40
    for address in sorted(addresses):
        assert browser.get(address).status_code == 404, address


def test_a_clinics_people_do_not_meet_the_projects_pages(home, owner, clinic):
    client = Client(HTTP_HOST=HOST)
    client.force_login(owner)
    assert "The agency" not in client.get("/admin/pages/", follow=True).text
    assert "Needling news" not in client.get("/admin/pages/search/", {"q": "needling"}).text
    assert "The agency" not in client.get("/admin/choose-page/").text
    answer = client.get(f"/admin/pages/{home.pk}/edit/")
    assert answer.status_code in (302, 404)


def test_a_setting_of_ours_is_for_no_site_but_a_clinics(home, clinic):
    root = UserFactory(username="root", is_superuser=True)
    policy = ClinicSitesPolicy(ClinicSettings)
    site = Site.objects.get(hostname=HOST)
    assert list(policy.sites_user_has_permission_for(root, "change")) == [clinic.site]
    assert policy.user_has_permission_for_instance(root, "change", clinic.site)
    assert not policy.user_has_permission_for_instance(root, "change", site)
    client = Client(HTTP_HOST=HOST)
    client.force_login(root)
    client.get(f"/admin/settings/clinicsite_clinics/clinicsettings/{site.pk}/")
    assert not ClinicSettings.objects.filter(site=site).exists()


def test_a_setting_of_the_projects_is_for_no_clinic_where_its_people_edit_it(home, clinic, editor, owner):
    class ProjectsPolicy(ProjectSitesMixin, ClinicSitesPolicy.__mro__[1]):
        """The project's, as it is put on each of its settings."""

    permission = Permission.objects.get(codename="change_clinicsettings")
    editor.groups.get().permissions.add(permission)
    policy = ProjectsPolicy(ClinicSettings)
    site = Site.objects.get(hostname=HOST)
    assert clinic.site not in policy.sites_user_has_permission_for(editor, "change")
    assert site in policy.sites_user_has_permission_for(editor, "change")
    assert policy.user_has_permission_for_instance(editor, "change", site)
    assert not policy.user_has_permission_for_instance(editor, "change", clinic.site)


def test_the_dashboard_of_a_superuser_speaks_of_clinics_and_no_other_site(home, clinic):
    client = Client(HTTP_HOST=HOST)
    client.force_login(UserFactory(username="root", is_superuser=True))
    shown = client.get("/admin/").text
    # One clinic is there, beside the project's own site.
    assert "No notice stands on top of your pages." in shown
    assert ">Agency<" not in shown


def test_a_workflow_that_the_project_has_for_all_pages_is_none_of_ours(home, clinic, clinics_page):
    everybodys, own = (Workflow.objects.create(name=name) for name in ("Moderators", "Clinic's own"))
    WorkflowPage.objects.create(page=Page.get_first_root_node(), workflow=everybodys)
    # As before `setup_agency` has given the clinic one.
    WorkflowPage.objects.filter(page=clinic.home).delete()
    assert home.get_workflow() == everybodys
    assert clinics_page.get_workflow() is None
    assert not clinics_page.has_workflow
    WorkflowPage.objects.create(page=clinic.home, workflow=own)
    assert clinics_page.get_workflow() == clinic.home.get_workflow() == own
    assert clinics_page.has_workflow
    Workflow.objects.filter(pk=own.pk).update(active=False)
    assert clinics_page.get_workflow() is None


def test_workflows_can_be_switched_off(settings, clinic, clinics_page):
    assert clinics_page.get_workflow() == clinic.home.get_workflow()
    settings.WAGTAIL_WORKFLOW_ENABLED = False
    assert clinics_page.get_workflow() is None


@pytest.fixture
def clinics_files(clinic):
    collection = clinic.collection.add_child(instance=Collection(name="Team"))
    grant = Permission.objects.get(codename="choose_image")
    GroupCollectionPermission.objects.get_or_create(
        group=clinic.groups.owner, collection=clinic.collection, permission=grant
    )
    return [
        ImageFactory(title="North gate", collection=clinic.collection),
        ImageFactory(title="North team gate", collection=collection),
    ]


@pytest.fixture
def looks_after_files(editor):
    """The editor's group as Wagtail makes it: with grants on the collection at the top."""
    for codename in ("add_image", "change_image", "choose_image"):
        GroupCollectionPermission.objects.create(
            group=editor.groups.get(),
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=codename, content_type__app_label="wagtailimages"),
        )
    return ImageFactory(title="Agency gate", collection=Collection.get_first_root_node())


@pytest.mark.parametrize(
    "address",
    [
        "/admin/images/",
        "/admin/images/?q=gate",
        "/admin/images/results/?q=gate",
        "/admin/images/chooser/",
        "/admin/images/chooser/results/?q=gate",
        "/admin/api/main/images/",
    ],
)
def test_pictures_are_listed_searched_and_chosen_from_the_projects_alone(
    browser, looks_after_files, clinics_files, address
):
    answer = browser.get(address)
    assert answer.status_code == 200
    assert "Agency gate" in answer.text
    assert "North" not in answer.text


def test_a_picture_of_a_clinics_is_as_if_it_did_not_exist(browser, looks_after_files, clinics_files):
    for picture in clinics_files:
        assert browser.get(f"/admin/api/main/images/{picture.pk}/").status_code == 404
        assert browser.get(f"/admin/images/{picture.pk}/", follow=True).text.count(picture.title) == 0
        assert browser.get(f"/admin/bulk/wagtailimages/image/delete/?id={picture.pk}").status_code == 404


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_a_bulk_action_names_no_page_that_one_does_not_meet(browser, clinic, clinics_page, home, action):
    own = home.get_children().get()
    address = f"/admin/bulk/wagtailcore/page/{action}/"
    assert browser.get(f"{address}?id={clinics_page.pk}").status_code == 404
    assert browser.get(f"{address}?id=999999").status_code == 404
    assert browser.get(f"{address}?id=all&childOf={clinic.home.pk}").status_code == 404
    both = browser.get(f"{address}?id={own.pk}&id={clinics_page.pk}")
    assert own.title in both.text
    assert clinics_page.title not in both.text


def test_a_bulk_action_names_a_clinics_owner_no_page_of_the_project_or_a_neighbour(
    home, owner, clinic, other_clinic, clinics_page
):
    foreign = ModalityPageFactory(parent__parent=other_clinic.home, title="South secret", live=False)
    client = Client(HTTP_HOST=HOST)
    client.force_login(owner)
    for pages in ([foreign], [home], [foreign, home]):
        ids = "&".join(f"id={page.pk}" for page in pages)
        assert client.get(f"/admin/bulk/wagtailcore/page/delete/?{ids}").status_code == 404
    shown = client.get(f"/admin/bulk/wagtailcore/page/delete/?id={clinics_page.pk}&id={foreign.pk}").text
    assert clinics_page.title in shown
    assert "South secret" not in shown


def test_an_answer_of_the_project_does_not_vary_by_cookie_because_of_us(home, browser, settings):
    settings.SESSION_SAVE_EVERY_REQUEST = False
    assert "Cookie" not in Client(HTTP_HOST=HOST).get("/robots.txt").get("Vary", "")
    assert "Cookie" not in browser.get("/robots.txt").get("Vary", "")


def test_a_host_of_the_projects_keeps_its_ports_beside_a_clinics(home, clinic):
    Site.objects.filter(pk=clinic.site.pk).update(hostname=HOST, port=8000)
    on = {port: Client(HTTP_HOST=f"{HOST}:{port}", SERVER_PORT=str(port)) for port in (80, 8000, 7000)}
    assert "North Clinic" in on[8000].get("/").text
    for port in (80, 7000):
        assert on[port].get("/admin/login/").status_code == 200
        assert "North Clinic" not in on[port].get("/nothing-here/").text


def test_the_projects_editor_changes_an_own_address_as_wagtail_has_it(browser, editor, mailoutbox):
    shown = browser.get("/admin/account/").text
    assert "name_email-email" in shown
    assert "name_email-current_password" not in shown
    data = {
        "name_email-first_name": "Jo",
        "name_email-last_name": "Field",
        "name_email-email": "jo@elsewhere.example",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
    }
    assert browser.post("/admin/account/", data).status_code == 302
    editor.refresh_from_db()
    assert editor.email == "jo@elsewhere.example"
    assert mailoutbox == []
