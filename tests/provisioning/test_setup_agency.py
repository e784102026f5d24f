"""What an agency begins with is made once, beside whatever is there."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
)

from clinicsite.clinics.models import AgencyRole, ClinicRole, NetworkPage
from clinicsite.home.models import HomePage
from clinicsite.library.first_words import first_words
from clinicsite.library.models import EmergencyHelp, LibraryFolderPage, SynonymGroup
from clinicsite.provisioning.agency import setup_agency
from clinicsite.provisioning.welcome import WELCOME, remove_welcome
from tests.factories import ConditionPageFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

ROLES = {"Library editors", "Clinical reviewers", "Release managers", "Agency administrators"}
#: What is compared before and after; each row by its key and what it says.
KINDS = (
    Page,
    Site,
    Collection,
    Group,
    GroupPagePermission,
    GroupCollectionPermission,
    Workflow,
    Task,
    WorkflowPage,
)


def run(*options):
    out = StringIO()
    call_command("setup_agency", *options, stdout=out)
    return out.getvalue().splitlines()


def rows():
    return {(kind.__name__, *row) for kind in KINDS for row in kind.objects.values_list()}


def titles_at_the_top():
    return list(Page.objects.filter(depth=2).order_by("path").values_list("title", "slug"))


def test_it_makes_what_is_missing_and_says_so():
    said = run()
    assert titles_at_the_top() == [("Library", "library"), ("Clinics", "clinics")]
    assert set(AgencyRole.objects.values_list("role", "group__name")) == {(role, role) for role in ROLES}
    assert WorkflowPage.objects.get().page.title == "Library"
    assert [line.split(":")[0] for line in said] == [
        "Made the page “Library” at the top of the tree",
        "Made the page “Clinics” at the top of the tree",
        "Made the collection “Library” for the library's pictures and documents.",
        "Made the emergency help",
        f"Made {len(first_words())} groups of words that mean the same, for every clinic's search.",
        *(
            f"Made the role “{role}”, its group is “{role}”."
            for role in AgencyRole.objects.order_by("pk").values_list("role", flat=True)
        ),
        "Made a role for who looks after “Clinics”",
    ]


def test_run_again_it_changes_nothing_and_says_so():
    run()
    before = rows()
    assert run() == ["Everything is there already."]
    assert rows() == before


def test_the_words_of_a_new_library_are_found_by_every_clinics_search(clinic, visit):
    ConditionPageFactory(parent__parent=clinic.home, title="Herniated disc", summary="It often settles.")
    assert "/herniated-disc/" not in visit("/search/", {"q": "slipped disk"}).text
    run()
    assert "/herniated-disc/" in visit("/search/", {"q": "slipped disk"}).text


def test_words_that_the_librarys_editors_have_changed_or_removed_stay_so():
    run()
    SynonymGroup.objects.get(terms__startswith="frozen shoulder").delete()
    changed = SynonymGroup.objects.get(terms__startswith="tennis elbow")
    changed.terms = "tennis elbow\nsore elbow"
    changed.save()
    before = set(SynonymGroup.objects.values_list("terms", flat=True))
    assert run() == ["Everything is there already."]
    assert set(SynonymGroup.objects.values_list("terms", flat=True)) == before


def test_a_library_that_has_removed_them_all_stays_without(admin_client_of):
    run()
    browser = admin_client_of(UserFactory(is_superuser=True))
    for group in SynonymGroup.objects.all():
        browser.post(f"/admin/snippets/clinicsite_library/synonymgroup/delete/{group.pk}/")
    assert not SynonymGroup.objects.exists()
    assert run() == ["Everything is there already."]
    assert not SynonymGroup.objects.exists()


def test_a_library_with_words_of_its_own_is_given_none():
    SynonymGroup.objects.create(terms="sore elbow\ntennis elbow")
    run()
    assert SynonymGroup.objects.count() == 1


def test_emergency_help_that_was_changed_stays_so():
    run()
    EmergencyHelp.objects.update(emergency_heading="Call now")
    run()
    assert EmergencyHelp.objects.get().emergency_heading == "Call now"


def test_what_an_agency_calls_its_things_stays():
    agency = setup_agency()
    agency.library.title, agency.library.slug = "Shared texts", "shared"
    agency.library.save()
    agency.collection.name = "Shared pictures"
    agency.collection.save()
    Group.objects.filter(name="Library editors").update(name="Writers")
    before = rows()
    again = setup_agency()
    assert rows() == before
    assert (again.library.title, again.collection.name) == ("Shared texts", "Shared pictures")
    assert again.groups["Library editors"].name == "Writers"


def test_a_clinic_whose_site_was_made_by_hand_gets_its_roles_and_says_so():
    agency = setup_agency()
    home = agency.network.add_child(
        instance=HomePage(title="Lakeside", slug="lakeside", hero_heading="Move", promise="We listen.")
    )
    site = Site.objects.create(hostname="lakeside.localhost", site_name="Lakeside Physio", root_page=home)
    assert run() == [
        "Made a collection for the pictures and documents of “Lakeside Physio”.",
        "Made roles of “Lakeside Physio”: "
        "“lakeside.localhost: owners”, “lakeside.localhost: editors”, "
        "“lakeside.localhost: authors”, “lakeside.localhost: auditors”.",
    ]
    owners = ClinicRole.objects.get(site=site, role="owner").group
    grants = GroupPagePermission.objects.filter(group=owners)
    assert set(grants.values_list("page__title", flat=True)) == {"Lakeside"}
    collection = GroupCollectionPermission.objects.filter(group=owners).first().collection
    assert collection.name == "Lakeside Physio"
    collection.name = "Pictures of the lake"
    collection.save()
    owners.permissions.clear()
    GroupPagePermission.objects.filter(group=owners).delete()
    assert run() == ["Everything is there already."]
    assert owners.permissions.get().codename == "access_admin"
    assert set(grants.values_list("page__title", flat=True)) == {"Lakeside"}
    grants = GroupCollectionPermission.objects.filter(group=owners)
    assert set(grants.values_list("collection__name", flat=True)) == {"Pictures of the lake"}


def test_a_site_of_the_project_that_is_no_clinic_gets_nothing():
    page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname="agency.localhost", root_page=page)
    run()
    assert not ClinicRole.objects.exists()


def test_a_project_keeps_its_pages_groups_and_grants():
    """Its own things have the names that ours would like to have."""
    root = Page.get_first_root_node()
    root.add_child(instance=Page(title="Our book library", slug="library"))
    group = Group.objects.create(name="Library editors")
    group.permissions.add(Permission.objects.get(codename="add_collection"))
    GroupPagePermission.objects.create(
        group=group, page=root, permission=Permission.objects.get(codename="add_page")
    )
    user = UserFactory(groups=[group])
    before = rows()
    agency = setup_agency()
    assert before - rows() == {row for row in before if row[:2] in {("Page", root.pk), ("Collection", 1)}}
    assert (agency.library.slug, agency.groups["Library editors"].name) == (
        "library-2",
        "Library editors (2)",
    )
    assert list(user.groups.all()) == [group]
    assert [permission.codename for permission in group.permissions.all()] == ["add_collection"]


@pytest.fixture
def welcome():
    """What a new Wagtail holds; the tests' database is kept without it."""
    root = Page.get_first_root_node()
    page = root.add_child(instance=Page(title=WELCOME, slug="home"))
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    for name in ("Editors", "Moderators"):
        group = Group.objects.create(name=name)
        GroupPagePermission.objects.create(
            group=group, page=root, permission=Permission.objects.get(codename="add_page")
        )
    workflow = Workflow.objects.create(name="Moderators approval")
    WorkflowPage.objects.create(page=root, workflow=workflow)
    Task.objects.create(name="Moderators approval")
    return page


def test_it_removes_nothing_unless_it_is_asked(welcome):
    before = rows()
    run()
    assert {row[:2] for row in before} <= {row[:2] for row in rows()}


def test_what_nobody_uses_of_wagtails_beginning_is_taken_away_when_asked(welcome):
    said = run("--remove-welcome")
    assert said[:4] == [
        "Removed Wagtail's example page and site.",
        "Removed the workflow “Moderators approval”.",
        "Removed the group “Editors”.",
        "Removed the group “Moderators”.",
    ]
    assert titles_at_the_top() == [("Library", "library"), ("Clinics", "clinics")]
    assert not Site.objects.exists()
    assert not Task.objects.filter(name="Moderators approval").exists()


def test_what_somebody_uses_of_it_stays(welcome):
    welcome.add_child(instance=Page(title="Our first page", slug="first"))
    user = UserFactory(groups=[Group.objects.get(name="Editors")])
    WorkflowPage.objects.create(page=welcome, workflow=Workflow.objects.get(name="Moderators approval"))
    assert remove_welcome() == ["the group “Moderators”"]
    assert Site.objects.get().root_page_id == welcome.pk
    assert Page.objects.get(pk=welcome.pk).get_children().count() == 1
    assert user.groups.get().name == "Editors"
    assert Workflow.objects.filter(name="Moderators approval").exists()


def test_a_welcome_page_that_was_renamed_stays(welcome):
    Page.objects.filter(pk=welcome.pk).update(title="Our site")
    remove_welcome()
    assert Site.objects.get().root_page_id == welcome.pk


def test_the_first_of_each_kind_is_taken(library):
    network = Page.get_first_root_node().add_child(instance=NetworkPage(title="Our clinics", slug="ours"))
    agency = setup_agency()
    assert (agency.library, agency.network) == (library, network)
    assert LibraryFolderPage.objects.count() == NetworkPage.objects.count() == 1
