import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Workflow,
    WorkflowPage,
)

from clinicsite.clinics.models import ClinicRole
from clinicsite.clinics.roles import (
    AGENCY_ADMINISTRATORS,
    CLINIC_COLLECTION_GRANTS,
    CLINICAL_REVIEWERS,
    COLLECTION_GRANTS,
    LIBRARY_EDITORS,
    MODEL_GRANTS,
    PAGE_GRANTS,
    RELEASE_MANAGERS,
    ensure_agency_groups,
    ensure_clinic_groups,
    register_model_grants,
)
from clinicsite.media.models import CustomDocument, CustomImage
from tests.factories import ClinicFactory, ModalityPageFactory, UserFactory

ROLES = ["owner", "editor", "author", "auditor"]


def page_grants(group):
    grants = GroupPagePermission.objects.filter(group=group).select_related("permission")
    return {(grant.page_id, grant.permission.codename) for grant in grants}


def collection_grants(group):
    grants = GroupCollectionPermission.objects.filter(group=group).select_related("permission")
    return {(grant.collection_id, grant.permission.codename) for grant in grants}


def site_grants(group):
    grants = GroupSitePermission.objects.filter(group=group).select_related("permission")
    return {(grant.site_id, grant.permission.codename) for grant in grants}


def all_grants(clinic):
    groups = [clinic.groups.of(role) for role in ROLES]
    return [(page_grants(group), collection_grants(group), site_grants(group)) for group in groups]


@pytest.mark.parametrize("role", ROLES)
def test_a_clinics_people_hold_page_grants_on_their_own_home_page_only(clinic, other_clinic, role):
    group = getattr(clinic.groups, role)
    wanted = {(clinic.home.pk, f"{name}_page") for name in PAGE_GRANTS[ClinicRole.Role(role)]}
    assert page_grants(group) == wanted


@pytest.mark.parametrize("role", ROLES)
def test_a_clinics_people_hold_collection_grants_on_their_own_files_only(clinic, other_clinic, role):
    group = getattr(clinic.groups, role)
    wanted = CLINIC_COLLECTION_GRANTS[ClinicRole.Role(role)]
    assert collection_grants(group) == {(clinic.collection.pk, name) for name in wanted}


def test_the_owner_may_change_the_own_clinics_settings_and_the_editor_nobodys(clinic, other_clinic):
    assert site_grants(clinic.groups.owner) == {(clinic.site.pk, "change_clinicsettings")}
    for role in ("editor", "author", "auditor"):
        assert site_grants(clinic.groups.of(role)) == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_clinics_people_hold_no_model_wide_permission_but_access_to_the_admin(clinic, role):
    group = getattr(clinic.groups, role)
    assert list(group.permissions.values_list("codename", flat=True)) == ["access_admin"]


def test_making_the_groups_again_changes_nothing(clinic):
    before = all_grants(clinic)
    groups = ensure_clinic_groups(clinic.site, clinic.collection)
    assert groups == clinic.groups
    assert all_grants(clinic) == before
    assert ClinicRole.objects.filter(site=clinic.site).count() == 4


def test_a_grant_added_by_hand_is_taken_away_again(clinic, other_clinic):
    before = all_grants(clinic)
    group = clinic.groups.editor
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    delete = Permission.objects.get(content_type__app_label="wagtailcore", codename="bulk_delete_page")
    settings = Permission.objects.get(codename="change_clinicsettings")
    GroupPagePermission.objects.create(group=group, page=other_clinic.home, permission=publish)
    GroupPagePermission.objects.create(group=group, page=clinic.home, permission=delete)
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=publish)
    images = Permission.objects.get(content_type__app_label="wagtailimages", codename="add_image")
    GroupCollectionPermission.objects.create(
        group=group, collection=Collection.get_first_root_node(), permission=images
    )
    GroupSitePermission.objects.create(group=group, site=other_clinic.site, permission=settings)
    group.permissions.add(settings)

    ensure_clinic_groups(clinic.site, clinic.collection)

    assert all_grants(clinic) == before
    assert not group.permissions.filter(codename="change_clinicsettings").exists()


def test_a_grant_taken_away_by_hand_is_given_back(clinic):
    before = all_grants(clinic)
    GroupPagePermission.objects.filter(group=clinic.groups.owner).delete()
    GroupSitePermission.objects.filter(group=clinic.groups.owner).delete()
    ensure_clinic_groups(clinic.site, clinic.collection)
    assert all_grants(clinic) == before


def test_making_the_groups_again_writes_no_grant_a_second_time(clinic):
    kinds = (GroupPagePermission, GroupCollectionPermission, GroupSitePermission)
    before = [list(kind.objects.order_by("pk").values()) for kind in kinds]
    ensure_clinic_groups(clinic.site, clinic.collection)
    assert [list(kind.objects.order_by("pk").values()) for kind in kinds] == before


def test_another_grant_on_the_own_site_is_taken_away_from_the_owner(clinic):
    delete = Permission.objects.get(codename="delete_clinicsettings")
    GroupSitePermission.objects.create(group=clinic.groups.owner, site=clinic.site, permission=delete)
    ensure_clinic_groups(clinic.site, clinic.collection)
    assert site_grants(clinic.groups.owner) == {(clinic.site.pk, "change_clinicsettings")}


def test_the_owners_grant_on_another_clinics_settings_is_taken_away(clinic, other_clinic):
    change = Permission.objects.get(codename="change_clinicsettings")
    GroupSitePermission.objects.create(group=clinic.groups.owner, site=other_clinic.site, permission=change)
    ensure_clinic_groups(clinic.site, clinic.collection)
    assert site_grants(clinic.groups.owner) == {(clinic.site.pk, "change_clinicsettings")}


def test_a_permission_of_the_same_name_in_another_app_is_never_granted(clinic, library):
    elsewhere = ContentType.objects.create(app_label="elsewhere", model="thing")
    for codename in set(Permission.objects.values_list("codename", flat=True)):
        Permission.objects.create(content_type=elsewhere, codename=codename)
    ensure_clinic_groups(clinic.site, clinic.collection)
    ensure_agency_groups(library, [], clinic.collection)
    for kind in (GroupPagePermission, GroupCollectionPermission, GroupSitePermission):
        assert not kind.objects.filter(permission__content_type=elsewhere).exists()
    assert not Group.objects.filter(permissions__content_type=elsewhere).exists()


def test_mending_one_clinic_leaves_the_other_as_it_was(clinic, other_clinic):
    before = all_grants(other_clinic)
    ensure_clinic_groups(clinic.site, clinic.collection)
    assert all_grants(other_clinic) == before


def test_the_groups_of_a_renamed_host_are_found_again(clinic):
    clinic.site.hostname = "renamed.localhost"
    clinic.site.save()
    assert ensure_clinic_groups(clinic.site, clinic.collection) == clinic.groups


@pytest.mark.django_db
def test_two_clinics_on_the_same_hostname_get_groups_of_their_own():
    one = ClinicFactory(hostname="shared.localhost")
    one.site.hostname = "moved.localhost"
    one.site.save()
    other = ClinicFactory(hostname="shared.localhost")
    assert {one.groups.owner.pk, one.groups.editor.pk}.isdisjoint(
        {other.groups.owner.pk, other.groups.editor.pk}
    )


@pytest.mark.django_db
def test_a_clinics_groups_are_called_after_its_host_and_role():
    groups = ClinicFactory(hostname="shared.localhost").groups
    assert (groups.owner.name, groups.editor.name) == (
        "shared.localhost: owners",
        "shared.localhost: editors",
    )


@pytest.mark.django_db
def test_a_name_that_a_group_has_already_is_told_apart_by_the_next_number():
    for name in (
        "shared.localhost: owners",
        "shared.localhost: owners (2)",
        "shared.localhost: owners of it",
    ):
        Group.objects.create(name=name)
    groups = ClinicFactory(hostname="shared.localhost").groups
    assert groups.owner.name == "shared.localhost: owners (3)"
    assert groups.editor.name == "shared.localhost: editors"


@pytest.mark.django_db
def test_a_groups_name_has_the_first_hundred_letters_of_a_long_host():
    groups = ClinicFactory(hostname="a" * 99 + "bcd.localhost").groups
    assert groups.owner.name == "a" * 99 + "b: owners"


@pytest.mark.parametrize("person", ["owner", "editor"])
def test_a_picture_that_a_clinics_people_upload_lands_in_their_own_collection(
    request, clinic, other_clinic, admin_client_of, person
):
    browser = admin_client_of(request.getfixturevalue(person))
    for collection in ("", other_clinic.collection.pk):
        file = ContentFile(get_test_image_file().file.getvalue(), name="leaf.png")
        data = {"title": "Leaf", "file": file, "collection": collection}
        assert browser.post("/admin/images/add/", data).status_code == 302
    assert set(CustomImage.objects.values_list("collection", flat=True)) == {clinic.collection.pk}


@pytest.mark.parametrize("person", ["owner", "editor"])
def test_a_document_that_a_clinics_people_upload_lands_in_their_own_collection(
    request, clinic, other_clinic, admin_client_of, person
):
    browser = admin_client_of(request.getfixturevalue(person))
    for collection in ("", other_clinic.collection.pk):
        file = ContentFile(b"What to bring to a first visit.", name="intake.txt")
        data = {"title": "Intake form", "file": file, "collection": collection}
        assert browser.post("/admin/documents/add/", data).status_code == 302
    assert set(CustomDocument.objects.values_list("collection", flat=True)) == {clinic.collection.pk}


@pytest.fixture
def agency_groups(library, clinic):
    return ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)


def test_the_agencys_roles_hold_page_grants_on_the_library_and_administrators_on_clinics_too(
    agency_groups, library, clinic
):
    network = clinic.home.get_parent()
    assert len(agency_groups) == 4
    for name, group in agency_groups.items():
        pages = [library, network] if name == AGENCY_ADMINISTRATORS else [library]
        assert page_grants(group) == {
            (page.pk, f"{verb}_page") for page in pages for verb in PAGE_GRANTS[name]
        }


def test_the_librarys_roles_hold_grants_on_its_own_files_and_administrators_on_all(agency_groups, clinic):
    for name in (LIBRARY_EDITORS, CLINICAL_REVIEWERS, RELEASE_MANAGERS):
        wanted = {(clinic.collection.pk, codename) for codename in COLLECTION_GRANTS}
        assert collection_grants(agency_groups[name]) == wanted
    root = Collection.get_first_root_node()
    assert {where for where, _ in collection_grants(agency_groups[AGENCY_ADMINISTRATORS])} == {root.pk}


def test_the_agencys_roles_hold_their_model_wide_permissions_and_access_to_the_admin(agency_groups):
    people = {f"clinicsite_users.{verb}_user" for verb in ("add", "change", "delete")}
    assert people <= set(MODEL_GRANTS[AGENCY_ADMINISTRATORS])
    for name, group in agency_groups.items():
        held = group.permissions.values_list("content_type__app_label", "codename")
        assert {".".join(parts) for parts in held} == {"wagtailadmin.access_admin", *MODEL_GRANTS[name]}


def test_an_app_above_lets_a_role_work_with_its_model(monkeypatch):
    monkeypatch.setitem(MODEL_GRANTS, LIBRARY_EDITORS, ["wagtailcore.add_site"])
    for verbs in (["add"], ["add", "change"]):
        register_model_grants(CustomImage, {LIBRARY_EDITORS: verbs})
    wanted = [
        "wagtailcore.add_site",
        "clinicsite_media.add_customimage",
        "clinicsite_media.change_customimage",
    ]
    assert MODEL_GRANTS[LIBRARY_EDITORS] == wanted


@pytest.fixture
def clinical_review(agency_groups, library):
    """The workflow of the library."""
    return WorkflowPage.objects.get(page=library).workflow


def test_what_is_sent_off_in_the_library_is_approved_by_the_clinical_reviewers(
    agency_groups, clinical_review
):
    (step,) = clinical_review.workflow_tasks.all()
    assert (clinical_review.name, step.task.name, step.sort_order) == (
        "Clinical review",
        "Clinical review",
        0,
    )
    assert list(step.task.specific.groups.all()) == [agency_groups[CLINICAL_REVIEWERS]]


def test_making_the_agencys_groups_again_keeps_the_one_workflow(clinical_review, library, clinic):
    ensure_agency_groups(library, [], clinic.collection)
    assert WorkflowPage.objects.get(page=library).workflow == clinical_review
    assert Workflow.objects.filter(name="Clinical review").count() == 1
    assert GroupApprovalTask.objects.filter(name="Clinical review").count() == 1
    assert clinical_review.workflow_tasks.count() == 1


def test_a_workflow_of_the_projects_that_is_called_the_same_is_left_alone(library, clinic):
    theirs = Workflow.objects.create(name="Clinical review")
    task = GroupApprovalTask.objects.create(name="Clinical review")
    ensure_agency_groups(library, [], clinic.collection)
    own = WorkflowPage.objects.get(page=library).workflow
    assert own != theirs
    assert not task.groups.exists()
    Workflow.objects.filter(pk=own.pk).update(name="Read by a clinician")
    ensure_agency_groups(library, [], clinic.collection)
    assert WorkflowPage.objects.get(page=library).workflow == own
    of_clinics = ClinicRole.objects.exclude(workflow=None).values("workflow")
    others = Workflow.objects.exclude(pk__in=of_clinics).exclude(name="Moderators approval")
    assert set(others) == {theirs, own}


def test_clinical_review_is_mended_where_somebody_changed_it(agency_groups, clinical_review, library, clinic):
    task = clinical_review.tasks.get().specific
    task.groups.set([clinic.groups.owner])
    WorkflowPage.objects.filter(page=library).update(workflow=Workflow.objects.create(name="Nobody asked"))
    for one in (task, clinical_review):
        one.active = False
        one.save()
    ensure_agency_groups(library, [], clinic.collection)
    assert WorkflowPage.objects.get(page=library).workflow == clinical_review
    assert list(task.groups.all()) == [agency_groups[CLINICAL_REVIEWERS]]
    for one in (task, clinical_review):
        one.refresh_from_db()
        assert one.active


def test_an_agency_administrator_arranges_all_collections(admin_client_of, agency_groups, clinic):
    browser = admin_client_of(UserFactory(groups=[agency_groups[AGENCY_ADMINISTRATORS]]))
    shown = browser.get("/admin/collections/")
    assert shown.status_code == 200
    assert clinic.collection.name in shown.content.decode()
    root = Collection.get_first_root_node()
    browser.post("/admin/collections/add/", {"name": "Posters", "parent": root.pk})
    posters = Collection.objects.get(name="Posters")
    browser.post(f"/admin/collections/{posters.pk}/", {"name": "Placards", "parent": root.pk})
    assert Collection.objects.get(pk=posters.pk).name == "Placards"
    browser.post(f"/admin/collections/{posters.pk}/delete/")
    assert not Collection.objects.filter(pk=posters.pk).exists()


def test_making_the_agencys_groups_again_keeps_the_grant_on_collections(agency_groups, library, clinic):
    administrators = agency_groups[AGENCY_ADMINISTRATORS]
    before = collection_grants(administrators)
    ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    assert collection_grants(administrators) == before


@pytest.mark.parametrize("name", [LIBRARY_EDITORS, CLINICAL_REVIEWERS, RELEASE_MANAGERS])
def test_no_other_role_of_the_agency_arranges_collections(admin_client_of, agency_groups, name):
    browser = admin_client_of(UserFactory(groups=[agency_groups[name]]))
    assert browser.get("/admin/collections/").status_code == 302


@pytest.mark.parametrize("name", ["owner", "editor"])
def test_a_clinics_people_do_not_arrange_collections(admin_client_of, request, name):
    browser = admin_client_of(request.getfixturevalue(name))
    assert browser.get("/admin/collections/").status_code == 404


@pytest.mark.parametrize("is_agencys", [False, True])
def test_a_group_that_is_a_role_is_not_deleted_and_it_is_said_why(
    clinic, library, admin_client_of, is_agencys
):
    agency = ensure_agency_groups(library, [], clinic.collection)
    group = agency[LIBRARY_EDITORS] if is_agencys else clinic.groups.owner
    browser = admin_client_of(UserFactory(is_superuser=True))
    response = browser.post(f"/admin/groups/delete/{group.pk}/", follow=True)
    assert "was not deleted: it is a role, and what everybody in it may do would go with it." in response.text
    assert Group.objects.filter(pk=group.pk).exists()


def test_a_group_of_the_projects_own_is_deleted_as_ever(clinic, admin_client_of):
    group = Group.objects.create(name="Theirs")
    admin_client_of(UserFactory(is_superuser=True)).post(f"/admin/groups/delete/{group.pk}/")
    assert not Group.objects.filter(pk=group.pk).exists()


@pytest.mark.parametrize("who", ["superuser", "owner", "auditor"])
@pytest.mark.parametrize(
    "screen", ["history", "usage", "view_draft", "workflow_history", "revisions/{}/view"]
)
def test_whoever_may_see_a_pages_drafts_is_shown_every_screen_of_them(clinic, admin_client_of, who, screen):
    is_all = who == "superuser"
    person = UserFactory(is_superuser=is_all, groups=[] if is_all else [clinic.groups.of(who)])
    page = ModalityPageFactory(parent__parent=clinic.home)
    revision = page.save_revision()
    answer = admin_client_of(person).get(f"/admin/pages/{page.pk}/{screen.format(revision.pk)}/")
    assert answer.status_code == 200
