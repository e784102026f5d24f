"""One clinic is removed on purpose, whole, and no other thing with it."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Collection, Page, Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.home.models import ContactMessage
from clinicsite.media.models import CustomDocument, CustomImage
from clinicsite.modalities.models import EvidenceStatement
from tests.factories import ConditionPageFactory, ContactPageFactory, ImageFactory, ModalityPageFactory


@pytest.fixture
def full(clinic, owner, library):
    """The clinic with a message, a follower, evidence and a picture."""
    contact = ContactPageFactory(parent=clinic.home)
    ContactMessage.objects.create(page=contact, name="Ada Brook", email="ada@mail.example")
    shared = ModalityPageFactory(parent=library, title="Dry needling")
    follower = ModalityPageFactory(parent__parent=clinic.home, library_page=shared, sections=[])
    own = ModalityPageFactory(parent=follower.get_parent())
    condition = ConditionPageFactory(parent__parent=clinic.home)
    EvidenceStatement.objects.create(
        page=own, condition=condition, strength="unknown", statement="Nobody has looked yet."
    )
    ImageFactory(collection=clinic.collection)
    CustomDocument.objects.create(title="Fees", file="fees.pdf", collection=clinic.collection)
    return clinic


def run(*args):
    said = StringIO()
    call_command("remove_clinic", *args, stdout=said)
    return said.getvalue().splitlines()


def test_the_command_says_first_what_there_is(full):
    # The home page, the contact page, two treatments and a condition below their two index pages.
    assert run("north.localhost") == [
        "“North Clinic” has: 7 pages, 1 message, 1 picture, 1 document, 4 groups.",
        "Nothing was removed. With --yes all of it is, for good.",
    ]
    assert Site.objects.filter(hostname="north.localhost").exists()


def test_a_clinic_goes_whole_and_its_people_stay(full, owner):
    assert run("north.localhost", "--yes")[-1] == "“North Clinic” was removed."
    assert not Site.objects.filter(hostname="north.localhost").exists()
    assert not ClinicSettings.objects.exists()
    assert not ContactMessage.objects.exists()
    assert not Page.objects.filter(path__startswith=full.home.path).exists()
    assert not Group.objects.filter(name__startswith="north.localhost").exists()
    assert not Collection.objects.filter(pk=full.collection.pk).exists()
    assert not CustomImage.objects.exists()
    assert not CustomDocument.objects.exists()
    owner.refresh_from_db()
    assert list(owner.groups.all()) == []
    assert Page.objects.filter(title="Dry needling").exists()


def test_another_clinic_is_left_as_it_was(full, other_clinic):
    contact = ContactPageFactory(parent=other_clinic.home)
    message = ContactMessage.objects.create(page=contact, name="Jo Reed", email="jo@mail.example")
    pages = Page.objects.filter(path__startswith=other_clinic.home.path).count()
    run("north.localhost", "--yes")
    assert ContactMessage.objects.get() == message
    assert ClinicSettings.objects.get().site == other_clinic.site
    assert Page.objects.filter(path__startswith=other_clinic.home.path).count() == pages
    assert Group.objects.filter(name__startswith="south.localhost").count() == 4
    assert Collection.objects.filter(pk=other_clinic.collection.pk).exists()


def test_a_host_that_is_no_clinics_is_refused(clinic):
    page = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname="agency.example", root_page=page)
    for host in ("agency.example", "nowhere.example"):
        with pytest.raises(CommandError, match=f"No clinic has the host {host}"):
            run(host, "--yes")
    assert Page.objects.filter(pk=page.pk).exists()
