"""Forms of the project around: its people name their own things as before, and nothing of a clinic's."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import get_form_for_model
from wagtail.blocks import PageChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import GroupPagePermission, Page, Site

from clinicsite.clinics.tenancy.naming import Naming, side_of
from clinicsite.clinics.tenancy.scope import person_at_work
from tests.factories import UserFactory
from tests.factories.media import ImageFactory
from tests.isolation.naming import NEVER_GIVEN, things_of

REFUSED_BY_DJANGO = "Select a valid choice. That choice is not one of the available choices."


@pytest.fixture
def home(db, settings):
    """The front page of the project around the clinics."""
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    return Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))


@pytest.fixture
def editor_of_project(home):
    """Somebody with a grant on the root of the tree, as Wagtail's own editors have; none on collections."""
    group = Group.objects.create(name="Site editors")
    grant = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=grant)
    return UserFactory(groups=[group])


@pytest.fixture
def theirs(clinic):
    return things_of(clinic, "Northern")


@pytest.fixture
def as_editor(editor_of_project):
    token = person_at_work.set(editor_of_project)
    yield editor_of_project
    person_at_work.reset(token)


def form_of(user, key):
    """A form of a model of Wagtail's, which stands for any model of the project's that names a page."""
    form_class = get_form_for_model(Site, form_class=WagtailAdminModelForm, fields=["hostname", "root_page"])
    return form_class({"hostname": "agency.localhost", "root_page": key}, instance=Site(), for_user=user)


def test_a_field_names_the_projects_page_and_no_clinics(home, theirs, as_editor):
    assert form_of(as_editor, home.pk).is_valid()
    for key in (theirs.page.pk, NEVER_GIVEN):
        assert form_of(as_editor, key).errors == {"root_page": [REFUSED_BY_DJANGO]}


def test_the_administrator_of_everything_names_what_they_like(home, theirs):
    administrator = UserFactory(is_superuser=True)
    assert form_of(administrator, theirs.page.pk).is_valid()


def test_a_block_finds_the_projects_things_as_before_and_no_clinics(home, theirs, as_editor):
    """Not even a grant on a collection is asked for: the project's forms are the project's."""
    form = form_of(as_editor, home.pk)
    own = ImageFactory()
    assert form.is_valid()
    cases = (
        (PageChooserBlock(), home, theirs.page),
        (ImageChooserBlock(), own, theirs.picture),
    )
    for block, ours, foreign in cases:
        assert block.value_from_datadict({"x": str(ours.pk)}, {}, "x").pk == ours.pk
        assert block.value_from_datadict({"x": str(foreign.pk)}, {}, "x") is None
        assert block.value_from_datadict({"x": str(NEVER_GIVEN)}, {}, "x") is None


def test_a_text_links_to_the_projects_things_and_to_no_clinics(home, theirs, as_editor):
    form = form_of(as_editor, home.pk)
    naming = Naming(as_editor, side_of(form), form)
    own = ImageFactory()
    named = [(Page, str(home.pk)), (type(own), str(own.pk))]
    foreign = [(Page, str(theirs.page.pk)), (type(own), str(theirs.picture.pk)), (Page, str(NEVER_GIVEN))]
    assert naming.refused([*named, *foreign]) == {
        (Page, str(theirs.page.pk)),
        (type(own), str(theirs.picture.pk)),
        (Page, str(NEVER_GIVEN)),
    }


def test_outside_a_request_nobody_is_judged(home, theirs):
    assert ImageChooserBlock().value_from_datadict({"x": str(theirs.picture.pk)}, {}, "x") == theirs.picture
