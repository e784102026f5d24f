"""Somebody of several clinics sees one at a time, and chooses which."""

import pytest
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from clinicsite.clinics.models import AuditEntry
from clinicsite.clinics.roles import ensure_network_groups
from clinicsite.media.models import CustomImage
from tests.factories import ModalityPageFactory, UserFactory

pytestmark = pytest.mark.indexed
SWITCH = "/admin/clinicsite/which-clinic/"


@pytest.fixture
def pages(clinic, other_clinic):
    return [
        ModalityPageFactory(parent__parent=one.home, title=title)
        for one, title in ((clinic, "Northern needling"), (other_clinic, "Southern needling"))
    ]


@pytest.fixture
def both(clinic, other_clinic):
    return UserFactory(username="both", groups=[clinic.groups.owner, other_clinic.groups.owner])


@pytest.fixture
def browser(both, admin_client_of):
    return admin_client_of(both)


def seen(browser, address):
    text = browser.get(address).content.decode()
    return [word for word in ("Northern needling", "Southern needling") if word in text]


def edits(browser, page):
    return browser.get(f"/admin/pages/{page.pk}/edit/").status_code


LISTS = ("/admin/clinicsite/treatments/", "/admin/pages/search/?q=needling", "/admin/pages/")


def test_one_clinic_is_there_and_then_the_other(browser, both, clinic, other_clinic, pages):
    north, south = pages
    for page in pages:
        Page.objects.get(pk=page.pk).specific.save_revision(user=both, log_action="wagtail.edit")
    assert seen(browser, LISTS[0]) == ["Northern needling"]
    assert seen(browser, "/admin/") == ["Northern needling"]
    assert (edits(browser, north), edits(browser, south)) == (200, 404)
    settings = "/admin/settings/clinicsite_clinics/clinicsettings/{}/"
    assert browser.get(settings.format(clinic.site.pk)).status_code == 200
    assert browser.get(settings.format(other_clinic.site.pk)).status_code != 200

    answer = browser.post(SWITCH, {"site": other_clinic.site.pk}, follow=True)
    assert "You work for South Clinic now." in answer.content.decode()
    for address in LISTS[:2]:
        assert seen(browser, address) == ["Southern needling"]
    assert seen(browser, "/admin/") == ["Southern needling"]
    assert (edits(browser, north), edits(browser, south)) == (404, 200)
    assert browser.get(settings.format(clinic.site.pk)).status_code != 200
    entry = AuditEntry.objects.get(kind=AuditEntry.Kind.CAME_HERE)
    assert (entry.site, entry.person) == (other_clinic.site, both)


def test_pictures_and_people_are_those_of_the_one_clinic(browser, clinic, other_clinic, both):
    for one, title in ((clinic, "Northern needling"), (other_clinic, "Southern needling")):
        file = ContentFile(get_test_image_file().file.getvalue(), name="leaf.png")
        CustomImage.objects.create(title=title, file=file, collection=one.collection)
    for address in ("/admin/images/", "/admin/images/chooser/"):
        assert seen(browser, address) == ["Northern needling"]
    assert browser.get(f"/admin/clinicsite/people/{clinic.site.pk}/").status_code == 200
    assert browser.get(f"/admin/clinicsite/people/{other_clinic.site.pk}/").status_code == 404


def test_the_menu_says_where_one_is_and_only_to_whoever_has_several(browser, owner, admin_client_of):
    text = browser.get("/admin/").content.decode()
    assert SWITCH in text
    assert "North Clinic" in text
    assert SWITCH not in admin_client_of(owner).get("/admin/").content.decode()
    assert admin_client_of(owner).get(SWITCH).headers["Location"] == "/admin/"


@pytest.mark.parametrize("key", ["-1", "nothing", "", "99999999999999999999"])
def test_a_clinic_that_is_not_theirs_is_not_chosen(browser, key, pages):
    assert browser.post(SWITCH, {"site": key}).status_code == 404
    assert seen(browser, LISTS[0]) == ["Northern needling"]


def test_a_clinic_that_one_has_left_is_not_worked_for_any_more(browser, both, other_clinic, pages):
    browser.post(SWITCH, {"site": other_clinic.site.pk})
    assert seen(browser, LISTS[0]) == ["Southern needling"]
    both.groups.remove(other_clinic.groups.owner)
    browser.force_login(both)
    assert seen(browser, LISTS[0]) == ["Northern needling"]
    assert browser.get(SWITCH).headers["Location"] == "/admin/"


def test_an_auditor_of_one_clinic_and_editor_of_another_reads_there_and_writes_here(
    clinic, other_clinic, admin_client_of, pages
):
    groups = [clinic.groups.auditor, other_clinic.groups.editor]
    browser = admin_client_of(UserFactory(username="mixed", groups=groups))
    north, south = pages
    assert edits(browser, north) == 404
    assert browser.get(f"/admin/pages/{north.pk}/history/").status_code == 200
    assert browser.post(SWITCH, {"site": other_clinic.site.pk}).status_code == 302
    assert edits(browser, south) == 200


def test_a_networks_people_see_all_of_it_at_once(clinic, other_clinic, admin_client_of, pages, settings):
    settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": "nobody"}
    network = clinic.home.get_parent().specific
    group = ensure_network_groups([network])[network.pk]
    browser = admin_client_of(UserFactory(groups=[group]))
    assert seen(browser, LISTS[0]) == ["Northern needling", "Southern needling"]
    assert browser.get(SWITCH).headers["Location"] == "/admin/"
