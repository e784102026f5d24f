"""Tags are words, and one clinic's words are suggested to no other."""

import pytest
from django.contrib.auth.models import Group, Permission
from taggit.models import Tag
from wagtail.models import Collection, GroupCollectionPermission

from clinicsite.home.models import BlogTag
from clinicsite.provisioning.clinics import remove_clinic
from tests.factories import BlogIndexPageFactory, BlogPageFactory, UserFactory, library_root
from tests.factories.media import ImageFactory
from tests.isolation.naming import document_in

FILES = "/admin/tag-autocomplete/?term=z"
POSTS = "/admin/tag-autocomplete/clinicsite_home/blogtag/?term=z"


@pytest.fixture
def tagged(clinic, other_clinic):
    """Tags that begin with z: on things of both clinics, of the library's, of nobody's clinic, of nothing."""
    for one, word in ((clinic, "north"), (other_clinic, "south")):
        ImageFactory(collection=one.collection).tags.add(f"z-{word}-picture", "z-both")
        document_in(one.collection).tags.add(f"z-{word}-document")
        post = BlogPageFactory(parent=BlogIndexPageFactory(parent=one.home))
        post.tags.add(f"z-{word}-post", "z-both")
        post.save()
    shared = BlogPageFactory(parent=library_root())
    shared.tags.add("z-library-post")
    shared.save()
    draft = BlogPageFactory(parent=library_root(), live=False)
    draft.tags.add("z-library-draft")
    draft.save()
    ImageFactory().tags.add("z-agency-picture")
    for model in (Tag, BlogTag):
        model.objects.create(name="z-of-nothing")


def suggested(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.json()


def test_somebody_at_a_clinic_is_offered_the_clinics_tags_and_the_librarys(tagged, owner, admin_client_of):
    browser = admin_client_of(owner)
    assert suggested(browser, FILES) == ["z-both", "z-north-document", "z-north-picture"]
    assert suggested(browser, POSTS) == ["z-both", "z-library-post", "z-north-post"]


def test_the_chooser_of_pictures_names_the_clinics_popular_tags_alone(tagged, owner, admin_client_of):
    shown = admin_client_of(owner).get("/admin/images/chooser/").json()["html"]
    assert "z-north-picture" in shown
    assert "z-both" in shown
    assert "south" not in shown
    assert "agency" not in shown


def test_an_administrator_is_offered_all_of_them(tagged, admin_client_of):
    browser = admin_client_of(UserFactory(is_superuser=True))
    assert "z-south-picture" in suggested(browser, FILES)
    assert "z-south-post" in suggested(browser, POSTS)
    assert "z-south-picture" in browser.get("/admin/images/chooser/").json()["html"]


def test_the_projects_people_get_theirs_as_before_and_none_of_a_clinics(
    tagged, site_editor, admin_client_of, settings
):
    browser = admin_client_of(site_editor)
    assert suggested(browser, FILES) == ["z-agency-picture", "z-of-nothing"]


@pytest.fixture
def site_editor(db, settings):
    """Somebody of the project around, who may choose every picture there is."""
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    group = Group.objects.create(name="Site editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    top = Collection.get_first_root_node()
    for name in ("add_image", "choose_image", "change_image"):
        grant = Permission.objects.get(codename=name, content_type__app_label="wagtailimages")
        GroupCollectionPermission.objects.create(group=group, collection=top, permission=grant)
    return UserFactory(groups=[group])


@pytest.mark.parametrize(
    "address",
    ["/admin/tag-autocomplete/nothing/such/?term=z", "/admin/tag-autocomplete/auth/group/?term=z"],
)
def test_what_is_no_tag_is_not_there(address, owner, admin_client_of):
    assert admin_client_of(owner).get(address).status_code == 404


def test_nothing_typed_is_no_suggestion(tagged, owner, admin_client_of):
    assert suggested(admin_client_of(owner), "/admin/tag-autocomplete/") == []


def test_a_clinics_own_tags_go_with_it_and_shared_ones_stay(tagged, other_clinic):
    remove_clinic(other_clinic.site)
    left = set(Tag.objects.values_list("name", flat=True)) | set(
        BlogTag.objects.values_list("name", flat=True)
    )
    assert {name for name in left if "south" in name} == set()
    kept = {"z-both", "z-north-picture", "z-north-document", "z-north-post", "z-library-post", "z-of-nothing"}
    assert kept <= left
