"""The product is taken out of a database; the command as a whole is driven in tests/plugin."""

from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from wagtail.models import Collection, Page, ReferenceIndex, Site, Task, Workflow

from clinicsite.clinics.tenancy import clinic_sites
from clinicsite.home.models import ContactMessage
from clinicsite.library.models import Release
from clinicsite.media.models import CustomImage
from clinicsite.provisioning import removal
from clinicsite.provisioning.agency import setup_agency
from tests.factories import ClinicFactory, ContactPageFactory, ImageFactory, ModalityPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """What a project has: a page with a picture, a site, a group, a workflow and a collection."""
    page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname="agency.example", root_page=page)
    Group.objects.create(name="Editors of the agency")
    Collection.get_first_root_node().add_child(instance=Collection(name="The agency's"))
    return page


@pytest.fixture
def what_the_project_has(project):
    return lambda: (
        list(Page.objects.exclude(depth=1).values_list("title", flat=True).order_by("path")),
        set(Site.objects.values_list("hostname", flat=True)),
        set(Group.objects.values_list("name", flat=True)),
        set(Workflow.objects.values_list("name", flat=True)),
        set(Task.objects.values_list("name", flat=True)),
        set(Collection.objects.values_list("name", flat=True)),
    )


def test_everything_of_ours_goes_and_the_projects_stays(what_the_project_has):
    before = what_the_project_has()
    library = setup_agency().library
    clinic = ClinicFactory(hostname="north.localhost", name="North Clinic")
    shared = ModalityPageFactory(parent=library, title="Dry needling")
    ModalityPageFactory(parent__parent=clinic.home, library_page=shared, sections=[])
    Release.objects.create(page=shared, state=Release.State.LIVE, content={})
    contact = ContactPageFactory(parent=clinic.home)
    ContactMessage.objects.create(page=contact, name="Ada Brook", email="ada@mail.example")
    below = clinic.collection.add_child(instance=Collection(name="Team"))
    ImageFactory(title="In the clinic's", collection=clinic.collection)
    ImageFactory(title="Below it", collection=below)
    assert what_the_project_has() != before
    removal._remove_rows(lambda line: None)
    assert what_the_project_has() == before
    assert not CustomImage.objects.exists()


def test_a_picture_that_the_project_shows_is_kept_and_named(project, clinic):
    shown = ImageFactory(title="On the agency's page", collection=clinic.collection)
    ImageFactory(title="On nobody's", collection=clinic.collection)
    # As Wagtail notes it of a page type of the project's, which these tests do not have.
    page_type = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.create(
        base_content_type=page_type,
        content_type=page_type,
        object_id=project.pk,
        to_content_type=ContentType.objects.get_for_model(shown),
        to_object_id=shown.pk,
        model_path="picture",
        content_path="picture",
        content_path_hash=uuid4(),
    )
    said = []
    removal._remove_rows(said.append)
    assert said == [
        "Kept “On the agency's page”, which the project shows; it is in the collection at the top now."
    ]
    kept = CustomImage.objects.get()
    assert (kept, kept.collection) == (shown, Collection.get_first_root_node())


def test_what_there_is_is_counted(clinic):
    assert removal.what_there_is() == ["1 clinic", "2 pages", "4 groups", "1 collection"]


def test_a_project_of_clinics_alone_is_not_taken_apart(clinic):
    with pytest.raises(CommandError, match="AUTH_USER_MODEL is clinicsite_users"):
        call_command("remove_clinicsite", yes=True, stdout=StringIO())
    assert clinic_sites().exists()


def test_where_nothing_is_there_the_command_says_so(db, monkeypatch):
    monkeypatch.setattr(removal.connection.introspection, "table_names", lambda: ["auth_user"])
    with pytest.raises(CommandError, match="There is nothing to remove"):
        call_command("remove_clinicsite", stdout=StringIO())
