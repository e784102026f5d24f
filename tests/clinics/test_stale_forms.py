"""Nobody writes over what they have not seen on Wagtail's own screens either."""

import pytest
import wagtail_factories
from django.contrib.auth.models import Group, Permission
from django.urls import get_resolver, reverse
from wagtail.admin.views.generic import EditView
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.forms import UserEditForm

from clinicsite.clinics.models import ClinicGroup, Notice
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.clinics.stale_forms import form_for
from clinicsite.core.stale_saves import KNOWINGLY, OPENED, RefusesStaleSaves
from tests.core.test_stale_saves import Fields, opened, save, words_of
from tests.factories import ImageFactory, StandardPageFactory, UserFactory

pytestmark = pytest.mark.django_db

IN_ANOTHER_WINDOW = "You have saved this in another window"


@pytest.fixture
def superuser(admin_client_of):
    return admin_client_of(UserFactory(is_superuser=True))


def refused(browser, address, first, second):
    """What is said where one window has saved `first` and another, opened before, then sends `second`."""
    early, late = opened(browser, address), opened(browser, address)
    response = save(browser, address, early, **first)
    assert response.status_code == 302, response.context["form"].errors
    return save(browser, address, late, **second)


def saved_knowingly(browser, address, response, **more):
    box = response.context["form"].mark_of_stored
    assert f'name="{KNOWINGLY}" value="{box}"' in response.text
    again = Fields(response.text).sent | {KNOWINGLY: box} | more
    return browser.post(address, {name: one for name, one in again.items() if "__prefix__" not in name})


def test_a_group_of_clinics(clinic, superuser):
    group = ClinicGroup.objects.create(name="West")
    address = reverse("clinicsite_groups:edit", args=[group.pk])
    response = refused(superuser, address, {"announcement": "Closed"}, {"name": "The West"})
    assert IN_ANOTHER_WINDOW in words_of(response)
    group.refresh_from_db()
    assert (group.name, group.announcement) == ("West", "Closed")


def test_a_notice_of_the_agency(clinic, superuser):
    notice = Notice.objects.create(title="Trains", text="None today", to_all=True)
    address = reverse("clinicsite_notices:edit", args=[notice.pk])
    response = refused(superuser, address, {"text": "None until noon"}, {"title": "Trams"})
    assert IN_ANOTHER_WINDOW in words_of(response)
    notice.refresh_from_db()
    assert (notice.title, notice.text) == ("Trains", "None until noon")


def test_a_clinics_site(clinic, superuser):
    address = reverse("wagtailsites:edit", args=[clinic.site.pk])
    response = refused(superuser, address, {"hostname": "north.example"}, {"site_name": "The North"})
    said = words_of(response)
    assert IN_ANOTHER_WINDOW in said
    assert "“north.example” is stored now. You have not changed it here, so it stays." in said
    assert Fields(response.text).sent["site_name"] == ["The North"]
    assert saved_knowingly(superuser, address, response).status_code == 302
    site = Site.objects.get(pk=clinic.site.pk)
    assert (site.hostname, site.site_name) == ("north.example", "The North")


def test_a_redirect(clinic, superuser):
    row = Redirect.objects.create(site=clinic.site, old_path="/old", redirect_link="https://a.example/")
    address = reverse("wagtailredirects:edit", args=[row.pk])
    response = refused(
        superuser, address, {"redirect_link": "https://b.example/"}, {"redirect_link": "https://c.example/"}
    )
    assert "“https://b.example/” is stored now. You have “https://c.example/”." in words_of(response)
    row.refresh_from_db()
    assert row.redirect_link == "https://b.example/"
    assert saved_knowingly(superuser, address, response).status_code == 302
    row.refresh_from_db()
    assert row.redirect_link == "https://c.example/"


def test_a_collection_and_the_one_it_lies_in(clinic, superuser):
    elsewhere = Collection.get_first_root_node().add_child(name="Elsewhere")
    address = reverse("wagtailadmin_collections:edit", args=[clinic.collection.pk])
    response = refused(superuser, address, {"parent": elsewhere.pk}, {"name": "Our files"})
    assert "Parent: “Elsewhere” is stored now. You have not changed it here, so it stays." in words_of(
        response
    )
    assert saved_knowingly(superuser, address, response).status_code == 302
    row = Collection.objects.get(pk=clinic.collection.pk)
    assert (row.name, row.get_parent().name) == ("Our files", "Elsewhere")


def test_a_document(clinic, owner, admin_client_of):
    document = wagtail_factories.DocumentFactory(
        title="Fees", file__filename="fees.pdf", collection=clinic.collection
    )
    address = reverse("wagtaildocs:edit", args=[document.pk])
    browser = admin_client_of(owner)
    response = refused(browser, address, {"title": "Fees of 2027"}, {"tags": "money"})
    assert "Title: “Fees of 2027” is stored now." in words_of(response)
    assert saved_knowingly(browser, address, response).status_code == 302
    document.refresh_from_db()
    assert (document.title, [str(tag) for tag in document.tags.all()]) == ("Fees of 2027", ["money"])


def test_a_picture_where_the_project_has_a_form_of_its_own(clinic, owner, admin_client_of, settings):
    settings.WAGTAILIMAGES_IMAGE_FORM_BASE = "wagtail.images.forms.BaseImageForm"
    picture = ImageFactory(title="Front desk", collection=clinic.collection)
    response = refused(
        admin_client_of(owner),
        reverse("wagtailimages:edit", args=[picture.pk]),
        {"title": "The desk by the door"},
        {"credit": "J. Reed"},
    )
    assert "Title: “The desk by the door” is stored now." in words_of(response)


@pytest.fixture
def agency(library, clinic):
    return ensure_agency_groups(library, [], clinic.collection)


class TestAGroup:
    @pytest.fixture
    def group(self, clinic):
        return clinic.groups.editor

    @pytest.fixture
    def address(self, group):
        return reverse("wagtailusers_groups:edit", args=[group.pk])

    def grants(self, group):
        return {
            (grant.page.title, grant.permission.codename)
            for grant in GroupPagePermission.objects.filter(group=group)
        }

    def test_its_name_is_not_written_over(self, group, address, superuser):
        response = refused(superuser, address, {"name": "Writers"}, {"name": "Authors"})
        assert "Name: “Writers” is stored now. You have “Authors”." in words_of(response)
        group.refresh_from_db()
        assert group.name == "Writers"

    def test_grants_on_pages_of_another_window_stay(self, clinic, group, address, superuser):
        early, late = opened(superuser, address), opened(superuser, address)
        more = {"page_permissions-0-permissions": ["change_page"]}
        assert save(superuser, address, early, **more).status_code == 302
        now = self.grants(group)
        assert now == {(clinic.home.title, "change_page")}
        response = save(superuser, address, late, name="Authors")
        said = words_of(response)
        assert f"Page permissions: “{clinic.home.title}: Can change page” is stored now." in said
        assert "You have not changed it here, so it stays." in said
        assert saved_knowingly(superuser, address, response).status_code == 302
        group.refresh_from_db()
        assert group.name == "Authors"
        assert self.grants(group) == now

    def test_grants_on_pages_that_one_has_changed_oneself_are_saved_knowingly(
        self, clinic, group, address, superuser
    ):
        response = refused(
            superuser,
            address,
            {"page_permissions-0-permissions": ["change_page"]},
            {"page_permissions-0-permissions": ["add_page"]},
        )
        assert f"You have “{clinic.home.title}: Can add page”." in words_of(response)
        assert saved_knowingly(superuser, address, response).status_code == 302
        assert self.grants(group) == {(clinic.home.title, "add_page")}

    def test_grants_on_files_that_a_script_has_given_are_not_written_over(
        self, clinic, group, address, superuser
    ):
        form = opened(superuser, address)
        other = Collection.get_first_root_node().add_child(name="More files")
        permission = Permission.objects.get(codename="choose_document")
        GroupCollectionPermission.objects.create(group=group, collection=other, permission=permission)
        response = save(superuser, address, form, name="Authors")
        assert "Document permissions: “" in words_of(response)
        assert "More files" in words_of(response)

    def test_model_permissions_that_the_screen_does_not_offer_are_no_matter(self, group, address, superuser):
        unoffered = Permission.objects.get(codename="add_session")
        group.permissions.add(unoffered)
        response = refused(superuser, address, {"name": "Writers"}, {"name": "Authors"})
        assert saved_knowingly(superuser, address, response).status_code == 302
        assert unoffered in Group.objects.get(name="Authors").permissions.all()


class TestAWorkflow:
    @pytest.fixture
    def workflow(self, agency):
        return Workflow.objects.get(name="Clinical review")

    @pytest.fixture
    def address(self, workflow):
        return reverse("wagtailadmin_workflows:edit", args=[workflow.pk])

    def test_its_name_and_tasks_are_not_written_over(self, workflow, address, superuser):
        task = GroupApprovalTask.objects.create(name="A second look")
        form = opened(superuser, address)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=9)
        response = save(superuser, address, form, name="Review by two")
        assert "A second look” is stored now. You have not changed it here" in words_of(response)
        assert saved_knowingly(superuser, address, response).status_code == 302
        workflow.refresh_from_db()
        assert workflow.name == "Review by two"
        assert "A second look" in [str(row.task) for row in workflow.workflow_tasks.all()]

    def test_the_pages_it_is_for_are_not_written_over(self, clinic, workflow, address, superuser):
        page = StandardPageFactory(parent=clinic.home, title="About us")
        form = opened(superuser, address)
        WorkflowPage.objects.create(workflow=workflow, page=page)
        response = save(superuser, address, form, name="Review by two")
        assert (
            "Pages: “About us; Library” is stored now. You have not changed it here, so it stays."
            in words_of(response)
        )
        assert saved_knowingly(superuser, address, response).status_code == 302
        assert WorkflowPage.objects.filter(workflow=workflow, page=page).exists()

    def test_a_task_is_not_written_over(self, workflow, agency, superuser):
        task = workflow.workflow_tasks.get().task
        address = reverse("wagtailadmin_workflows:edit_task", args=[task.pk])
        before = [group.pk for group in task.specific.groups.all()]
        other = Group.objects.create(name="Second readers")
        response = refused(superuser, address, {"groups": [other.pk]}, {"groups": [*before, other.pk]})
        assert "Groups: “Second readers” is stored now." in words_of(response)


class TestTheProjectAround:
    """Its own rows keep Wagtail's forms, and are saved as ever."""

    @pytest.fixture(autouse=True)
    def _around(self, settings, clinic):
        settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}

    @pytest.fixture
    def browser(self, client):
        root = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
        self.site = Site.objects.create(hostname="agency.example", site_name="Agency", root_page=root)
        client.defaults["HTTP_HOST"] = "agency.example"
        client.force_login(UserFactory(is_superuser=True))
        return client

    @pytest.fixture
    def addresses(self, browser):
        collection = Collection.get_first_root_node().add_child(name="Files")
        task = GroupApprovalTask.objects.create(name="Look")
        rows = {
            "wagtailsites:edit": self.site,
            "wagtailredirects:edit": Redirect.objects.create(
                site=self.site, old_path="/a", redirect_link="/b"
            ),
            "wagtailusers_groups:edit": Group.objects.create(name="Their people"),
            "wagtailadmin_collections:edit": collection,
            "wagtailadmin_workflows:edit": Workflow.objects.create(name="Theirs"),
            "wagtailadmin_workflows:edit_task": task,
            "wagtaildocs:edit": wagtail_factories.DocumentFactory(collection=collection),
        }
        return [reverse(name, args=[row.pk]) for name, row in rows.items()]

    def test_their_forms_have_no_mark(self, browser, addresses):
        for address in addresses:
            assert OPENED not in opened(browser, address), address

    def test_a_clinics_do(self, clinic, browser):
        collection = wagtail_factories.DocumentFactory(collection=clinic.collection)
        rows = {
            "wagtailsites:edit": clinic.site,
            "wagtailredirects:edit": Redirect.objects.create(
                site=clinic.site, old_path="/a", redirect_link="/b"
            ),
            "wagtailusers_groups:edit": clinic.groups.owner,
            "wagtailadmin_collections:edit": clinic.collection,
            "wagtaildocs:edit": collection,
        }
        for name, row in rows.items():
            assert OPENED in opened(browser, reverse(name, args=[row.pk])), name


def edit_views(resolver=None, namespace=""):
    """(name of the address, view class) of every screen of the admin that edits a row by Wagtail's view."""
    for one in (resolver or get_resolver("clinicsite.agency_urls")).url_patterns:
        if hasattr(one, "url_patterns"):
            yield from edit_views(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
            continue
        view = getattr(one.callback, "view_class", None)
        if view is not None and issubclass(view, EditView):
            yield f"{namespace}{one.name}", view


#: Every address under which Wagtail's view for editing a row stands, and what is edited there.
EDITED = {
    "clinicsite_groups:edit",
    "clinicsite_notices:edit",
    "wagtailsites:edit",
    "wagtailredirects:edit",
    "wagtailusers_groups:edit",
    "wagtailusers_users:edit",
    "wagtailadmin_collections:edit",
    "wagtailadmin_workflows:edit",
    "wagtailadmin_workflows:edit_task",
    "wagtaildocs:edit",
    "wagtailimages:edit",
    "wagtailsettings:edit",
}


def test_every_screen_that_edits_a_row_is_known_here():
    """A screen that is added, by a newer Wagtail or by us, fails here until somebody has tried it."""
    found = {name for name, _view in edit_views()}
    snippets = {name for name in found if name.startswith("wagtailsnippets_")}
    assert found - snippets == EDITED


def test_the_form_for_people_of_a_project_refuses_for_people_of_ours_alone(clinic, rf, settings):
    settings.CLINICSITE = {}
    for groups, is_told in (([clinic.groups.owner], True), ([], False)):
        view = EditView()
        view.object, view.request = UserFactory(groups=groups), rf.get("/")
        view.request.user = UserFactory()
        assert issubclass(form_for(view, UserEditForm), RefusesStaleSaves) is is_told
