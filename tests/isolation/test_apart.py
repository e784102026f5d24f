"""Sites, redirects, workflows, groups and pages that Wagtail lists and offers whosever they are."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Site,
    Task,
    Workflow,
    WorkflowTask,
)

from clinicsite.clinics.models import AgencyRole, ClinicRole
from clinicsite.clinics.roles import CLINICAL_REVIEW
from clinicsite.clinics.tenancy.apart import meets, met_by
from clinicsite.provisioning.agency import setup_agency
from tests.factories.modalities import ModalityPageFactory
from tests.factories.users import UserFactory
from tests.standing import standing

HOST = "agency.localhost"
#: What the project's administrator of sites may do, who is no superuser.
RIGHTS = [
    f"{verb}_{model}" for model in ("site", "redirect", "workflow", "task") for verb in ("add", "change")
]


@pytest.fixture
def agency(db):
    return setup_agency()


@pytest.fixture
def home(db):
    """The front page of the project around the clinics."""
    page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname=HOST, site_name="Agency", root_page=page)
    return page


@pytest.fixture
def administrator(home, settings):
    """A browser of somebody who looks after the project's sites, redirects, workflows and pages."""
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    group = Group.objects.create(name="Site administrators")
    group.permissions.set(Permission.objects.filter(codename__in=[*RIGHTS, "access_admin"]))
    for codename in ("add_page", "change_page", "publish_page"):
        grant = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=grant)
    return _browser(UserFactory(username="administrator", groups=[group]), HOST)


def _browser(user, host="localhost"):
    client = Client(HTTP_HOST=host)
    client.force_login(user)
    return client


@pytest.fixture
def rows(agency, clinic, home):
    """(rows of the project's, rows of ours) by the part of the address of their screens."""
    own_task = GroupApprovalTask.objects.create(name="Legal reads it")
    own_workflow = Workflow.objects.create(name="Legal")
    WorkflowTask.objects.create(workflow=own_workflow, task=own_task)
    review = AgencyRole.objects.get(workflow__isnull=False).workflow
    return {
        "sites/edit/{}/": (Site.objects.get(hostname=HOST), clinic.site),
        "redirects/{}/": (
            Redirect.objects.create(old_path="/news", redirect_link="/"),
            Redirect.objects.create(old_path="/offer", site=clinic.site, redirect_link="/"),
        ),
        "workflows/edit/{}/": (own_workflow, review),
        "workflows/usage/{}/": (own_workflow, review),
        "workflows/tasks/edit/{}/": (own_task, Task.objects.get(workflow_tasks__workflow=review)),
    }


def test_the_projects_administrator_opens_the_projects_rows_and_none_of_ours(administrator, rows):
    for address, (own, ours) in rows.items():
        assert administrator.get("/admin/" + address.format(own.pk)).status_code == 200, address
        missing = administrator.get("/admin/" + address.format(987654))
        refused = administrator.get("/admin/" + address.format(ours.pk))
        assert (refused.status_code, refused.get("Location")) == (404, None), address
        assert missing.status_code == 404, address


@pytest.mark.parametrize(
    ("address", "own", "ours"),
    [
        ("sites/", "agency.localhost", "north.localhost"),
        ("redirects/", "/news", "/offer"),
        ("redirects/?q=offer", "", "/offer</"),
        ("workflows/list/", "Legal", CLINICAL_REVIEW),
        ("workflows/tasks/index/", "Legal reads it", "reviewers"),
        ("redirects/add/", "Agency", "North"),
        ("reports/workflow/", "Legal", CLINICAL_REVIEW),
        ("reports/workflow_tasks/", "Legal reads it", CLINICAL_REVIEW),
    ],
)
def test_lists_and_choices_have_the_projects_alone(administrator, rows, address, own, ours):
    shown = administrator.get(f"/admin/{address}")
    assert shown.status_code == 200
    assert own in shown.text
    assert ours not in shown.text


def test_a_redirect_of_the_projects_is_not_made_for_a_clinic(administrator, clinic, agency):
    form = {"old_path": "/x", "site": clinic.site.pk, "redirect_link": "/", "is_permanent": "on"}
    answer = administrator.post("/admin/redirects/add/", form)
    assert "Select a valid choice" in answer.text
    assert not Redirect.objects.filter(old_path="/x").exists()


def test_who_may_read_a_page_is_chosen_from_the_groups_of_ones_own_side(
    administrator, home, owner, clinic, other_clinic, own_page, agency
):
    shown = administrator.get(f"/admin/pages/{home.pk}/privacy/").text
    assert "Site administrators" in shown
    assert "North" not in shown
    assert "Clinical reviewers" not in shown
    shown = _browser(owner).get(f"/admin/pages/{own_page.pk}/privacy/").text
    assert clinic.groups.owner.name in shown
    assert other_clinic.groups.owner.name not in shown
    assert "Clinical reviewers" not in shown
    assert "Site administrators" not in shown


def test_a_neighbours_group_is_refused_where_it_is_typed_into_the_form(owner, own_page, other_clinic):
    form = {"restriction_type": "groups", "groups": [other_clinic.groups.owner.pk]}
    answer = _browser(owner).post(f"/admin/pages/{own_page.pk}/privacy/", form)
    assert "Select a valid choice" in answer.text
    assert not PageViewRestriction.objects.exists()


@standing
def neighbours_page(other_clinic):
    return ModalityPageFactory(parent__parent=other_clinic.home, title="Cupping at the neighbour's")


@standing
def own_page(clinic):
    return ModalityPageFactory(parent__parent=clinic.home, title="Needling here")


@pytest.mark.parametrize(
    "address",
    [
        "{theirs}/",
        "{theirs}/edit/",
        "{theirs}/delete/",
        "{theirs}/move/",
        "{own}/move/{theirs}/confirm/",
        "{theirs}/copy/",
        "{theirs}/history/",
        "{theirs}/usage/",
        "{theirs}/privacy/",
        "{theirs}/workflow/preview/1/",
        "{theirs}/view_draft/",
        "add/clinicsite_modalities/modalitypage/{theirs}/",
        "{theirs}/add_subpage/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_neighbours_page_in_an_address_is_as_if_it_did_not_exist(
    owner, own_page, neighbours_page, address, method
):
    ask = getattr(_browser(owner), method)
    existing = ask("/admin/pages/" + address.format(own=own_page.pk, theirs=neighbours_page.pk))
    missing = ask("/admin/pages/" + address.format(own=own_page.pk, theirs=987654))
    assert (existing.status_code, existing.get("Location")) == (missing.status_code, missing.get("Location"))
    assert existing.status_code == 404
    assert "neighbour" not in existing.text


def test_a_copy_goes_to_no_page_of_a_neighbour_and_names_none(owner, own_page, neighbours_page):
    form = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": neighbours_page.get_parent().pk}
    # Wagtail looks for the page before its form is asked: it is answered as one that there is not.
    answer = _browser(owner).post(f"/admin/pages/{own_page.pk}/copy/", form)
    missing = _browser(owner).post(f"/admin/pages/{own_page.pk}/copy/", form | {"new_parent_page": 987654})
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert neighbours_page.get_parent().title + "”" not in answer.text
    assert Page.objects.filter(slug="a-copy").count() == 0
    form["new_parent_page"] = own_page.get_parent().pk
    assert _browser(owner).post(f"/admin/pages/{own_page.pk}/copy/", form).status_code == 302
    assert Page.objects.get(slug="a-copy").get_parent().pk == own_page.get_parent().pk


def test_a_clinics_owner_opens_what_is_theirs_and_the_library(owner, own_page, agency):
    browser = _browser(owner)
    for page in (own_page, own_page.get_parent()):
        assert browser.get(f"/admin/pages/{page.pk}/").status_code in (200, 302)
        assert browser.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert browser.get(f"/admin/choose-page/{Page.get_first_root_node().pk}/").status_code == 200


def test_somebody_at_a_clinic_meets_its_rows_its_people_and_no_others(owner, editor, clinic, other_clinic):
    stranger = UserFactory(groups=[other_clinic.groups.owner])
    theirs = Redirect.objects.create(old_path="/theirs", site=other_clinic.site, redirect_link="/")
    own = Redirect.objects.create(old_path="/ours", site=clinic.site, redirect_link="/")
    assert set(met_by(owner, Site.objects.all())) == {clinic.site}
    assert set(met_by(owner, Redirect.objects.all())) == {own}
    assert set(met_by(owner, Group.objects.all())) == {clinic.groups.of(role) for role in ClinicRole.Role}
    assert set(met_by(owner, get_user_model().objects.all())) == {owner, editor}
    for row, is_met in ((own, True), (theirs, False), (editor, True), (stranger, False)):
        assert meets(owner, type(row), row.pk) is is_met
