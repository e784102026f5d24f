"""Whoever looks after a network sees its clinics and no other."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from clinicsite.clinics.models import NetworkRole
from clinicsite.clinics.roles import ensure_network_groups, ensure_networks_of
from clinicsite.clinics.tenancy import scope_of
from clinicsite.media.models import CustomImage
from clinicsite.sign_in import second_factor
from tests.factories import ClinicFactory, ModalityPageFactory, NetworkPageFactory, UserFactory


@pytest.fixture
def asks_nobody(settings):
    settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": "nobody"}


@pytest.fixture
def west(db):
    """A clinic in another network."""
    clinic = ClinicFactory(hostname="west.localhost", name="West Clinic")
    network = NetworkPageFactory(parent=Page.get_first_root_node(), title="West", slug="west")
    clinic.home.move(network, pos="last-child")
    clinic.home.refresh_from_db()
    clinic.site.refresh_from_db()
    return clinic


@pytest.fixture
def manager(clinic, west):
    network = clinic.home.get_parent().specific
    return UserFactory(username="manager", groups=[ensure_network_groups([network])[network.pk]])


@pytest.fixture
def browser(manager, admin_client_of, asks_nobody):
    return admin_client_of(manager)


def test_the_scope_is_the_network_and_not_the_agencys(clinic, other_clinic, west, manager):
    scope = scope_of(manager)
    assert set(scope.sites()) == {clinic.site, other_clinic.site}
    assert scope.is_networks
    assert not scope.is_agencys


def test_another_networks_clinic_is_as_if_it_were_not_there(clinic, west, browser, library):
    for one, title in ((clinic, "Northern needling"), (west, "Western needling")):
        ModalityPageFactory(parent__parent=one.home, title=title).save_revision()
        file = ContentFile(get_test_image_file().file.getvalue(), name="leaf.png")
        CustomImage.objects.create(title=title, file=file, collection=one.collection)
    for address in (
        "/admin/",
        "/admin/clinicsite/treatments/",
        "/admin/images/",
        "/admin/clinicsite/people/",
        "/admin/clinicsite/audit/",
        "/admin/clinicsite/messages/",
        "/admin/clinicsite/library/matrix/",
        "/admin/reports/aging-pages/",
    ):
        answer = browser.get(address, follow=True)
        assert answer.status_code == 200, address
        assert "Western needling" not in answer.text, address
        assert "West Clinic" not in answer.text, address
    assert "Northern needling" in browser.get("/admin/clinicsite/treatments/").text
    assert "Northern needling" in browser.get("/admin/images/").text
    page = Page.objects.get(title="Western needling")
    for address in (
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{page.pk}/history/",
        f"/admin/clinicsite/people/{west.site.pk}/",
        f"/admin/pages/{west.home.get_parent().pk}/",
    ):
        assert browser.get(address).status_code == 404, address
    settings = "/admin/settings/clinicsite_clinics/clinicsettings/{}/"
    assert browser.get(settings.format(clinic.site.pk)).status_code == 200
    assert browser.get(settings.format(west.site.pk)).status_code != 200


@pytest.mark.parametrize(
    "address",
    [
        "/admin/sites/",
        "/admin/users/",
        "/admin/groups/",
        "/admin/redirects/",
        "/admin/clinicsite/new-clinic/",
        "/admin/clinicsite/undone/",
        "/admin/workflows/list/",
    ],
)
def test_the_agencys_own_screens_are_not_there(browser, address):
    assert browser.get(address).status_code == 404


def test_whoever_works_in_the_library_alone_meets_no_clinics_page(
    clinic, library_editor, admin_client_of, asks_nobody
):
    page = ModalityPageFactory(parent__parent=clinic.home)
    browser = admin_client_of(library_editor)
    missing = browser.get("/admin/pages/987654/edit/")
    assert browser.get(f"/admin/pages/{page.pk}/edit/").status_code == missing.status_code == 404


def test_a_clinic_made_later_is_theirs_at_once_and_its_files_too(clinic, manager):
    later = ClinicFactory(hostname="later.localhost")
    ensure_networks_of(later.site)
    group = NetworkRole.objects.get().group
    assert later.site in scope_of(manager).sites()
    assert group.collection_permissions.filter(collection=later.collection).exists()
    assert group.site_permissions.filter(site=later.site).exists()


def test_an_inner_network_has_people_of_its_own(clinic, library):
    outer = clinic.home.get_parent().specific
    inner = NetworkPageFactory(parent=outer, title="Inner", slug="inner")
    call_command("setup_agency", verbosity=0)
    assert set(NetworkRole.objects.values_list("network", flat=True)) == {outer.pk, inner.pk}
    group = NetworkRole.objects.get(network=inner).group
    assert not scope_of(UserFactory(groups=[group])).sites().exists()


def test_a_network_that_goes_takes_its_group_along(clinic):
    inner = NetworkPageFactory(parent=clinic.home.get_parent().specific, title="Inner", slug="inner")
    group = ensure_network_groups([inner])[inner.pk]
    inner.delete()
    assert not type(group).objects.filter(pk=group.pk).exists()


def test_a_clinics_collection_goes_with_it_though_its_networks_people_worked_there(clinic, manager):
    call_command("remove_clinic", "north.localhost", "--yes", verbosity=0)
    assert not Collection.objects.filter(pk=clinic.collection.pk).exists()


def test_they_need_a_second_step_as_the_agency_does(settings, manager, owner):
    settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": "agency"}
    assert second_factor.is_needed_by(manager)
    assert not second_factor.is_needed_by(owner)


def test_the_list_of_a_networks_clinics_asks_the_database_as_often_for_twelve_as_for_two(
    clinic, other_clinic, admin_user, admin_client_of, asks_nobody
):
    address = f"/admin/pages/{clinic.home.get_parent().pk}/"
    browser = admin_client_of(admin_user)
    browser.get(address)
    with CaptureQueriesContext(connection) as of_two:
        browser.get(address)
    for number in range(10):
        ClinicFactory(hostname=f"further-{number}.localhost", name=f"Further {number}")
    browser.get(address)
    with CaptureQueriesContext(connection) as of_twelve:
        answer = browser.get(address)
    assert "Further 9" in answer.text
    assert len(of_twelve) <= len(of_two)
