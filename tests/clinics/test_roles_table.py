"""The tables of docs/reference/roles.md say what each role may do; here each role tries it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from clinicsite.clinics.models import ClinicRole
from clinicsite.clinics.roles import ensure_agency_groups, ensure_network_groups
from clinicsite.core.conf import conf
from clinicsite.home.models import ContactMessage
from clinicsite.library.models import LibraryFolderPage
from clinicsite.media.models import CustomImage
from clinicsite.modalities.models import OwnReference
from tests.factories import (
    ContactPageFactory,
    ModalityPageFactory,
    UserFactory,
    library_root,
)

DOC = Path(settings.BASE_DIR) / "docs/reference/roles.md"
pytestmark = pytest.mark.django_db


def table_after(heading):
    """{(what, role): whether it says yes} of the first table below a heading."""
    text = DOC.read_text().split(f"\n{heading}\n", 1)[1]
    rows = re.search(r"(?:^\|.*\n)+", text, re.M)[0].splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    roles = cells[0][1:]
    return {
        (row[0], role): cell == "yes" for row in cells[2:] for role, cell in zip(roles, row[1:], strict=True)
    }


AT_A_CLINIC = table_after("### What each may do at the clinic")
AT_THE_AGENCY = table_after("### What each may do at the agency")


def a_library_page():
    page = ModalityPageFactory(parent=library_root(), title="Shared needling")
    page.save_revision().publish()
    return page


class Trying:
    """One person at the admin, and the clinic on which things are tried."""

    def __init__(self, person, clinic):
        self.person = person
        self.clinic = clinic
        self.browser = Client(HTTP_HOST="localhost")
        self.browser.force_login(person)
        self.page = ModalityPageFactory(parent__parent=clinic.home, title="Needling")
        self.page.save_revision().publish()

    def opens(self, name, *args, what="Needling"):
        response = self.browser.get(reverse(name, args=args, urlconf=conf.admin_urlconf))
        return response.status_code == 200 and what in response.text

    def sends(self, name, *args, **data):
        address = reverse(name, args=args, urlconf=conf.admin_urlconf)
        return self.browser.post(address, data, follow=True)

    def may(self, page=None):
        return Page.objects.get(pk=(page or self.page).pk).specific.permissions_for_user(
            type(self.person).objects.get(pk=self.person.pk)
        )

    def message(self):
        page = ContactPageFactory(parent=self.clinic.home)
        return ContactMessage.objects.create(page=page, name="Ada", email="ada@example.com", message="Hello")

    def reference(self):
        return OwnReference.objects.create(
            site=self.clinic.site, title="A trial", authors="Doe, J", year=2020
        )

    def picture(self):
        file = ContentFile(get_test_image_file().file.getvalue(), name="leaf.png")
        return CustomImage.objects.create(title="Leaf", file=file, collection=self.clinic.collection)


def sees_pages(one):
    draft = one.opens("wagtailadmin_pages:view_draft", one.page.pk)
    return draft and one.opens("wagtailadmin_pages:history", one.page.pk)


def finds_pages(one):
    return one.opens("wagtailadmin_explore", one.page.get_parent().pk)


def writes(one):
    one.page.refresh_from_db()
    return one.opens("wagtailadmin_pages:edit", one.page.pk) and one.may().can_edit()


def adds(one):
    return one.may(one.page.get_parent()).can_add_subpage()


def is_approved_before(one):
    return one.may().can_edit() and not one.may().can_publish()


def publishes(one):
    return one.may().can_publish()


def deletes(one):
    return one.may(one.page).can_delete()


def locks(one):
    return one.may().can_lock() and one.may().can_unlock()


def sees_files(one):
    one.picture()
    return one.opens("wagtailimages:index", what="Leaf")


def adds_files(one):
    file = ContentFile(get_test_image_file().file.getvalue(), name="new.png")
    one.sends("wagtailimages:add", title="New", file=file, collection=one.clinic.collection.pk)
    return CustomImage.objects.filter(title="New").exists()


def changes_files(one):
    picture = one.picture()
    one.sends("wagtailimages:edit", picture.pk, title="Other", collection=one.clinic.collection.pk)
    return CustomImage.objects.filter(title="Other").exists()


def reads_settings(one):
    return one.opens("clinicsite_read_settings:clinic", one.clinic.site.pk, what=one.clinic.settings.name)


def changes_settings(one):
    address = ("clinicsite_clinics", "clinicsettings", one.clinic.site.pk)
    return one.opens("wagtailsettings:edit", *address, what=one.clinic.settings.name)


def reads_messages(one):
    message = one.message()
    return one.opens("clinicsite_messages:read", message.pk, what="Ada")


def answers_messages(one):
    message = one.message()
    one.sends("clinicsite_messages:answered", message.pk, state="answered")
    message.refresh_from_db()
    return message.answered_at is not None


def deletes_messages(one):
    message = one.message()
    one.sends("clinicsite_messages:delete", message.pk)
    return not ContactMessage.objects.filter(pk=message.pk).exists()


def reads_references(one):
    one.reference()
    return one.opens("clinicsite_own_references:index", what="Doe")


def brings_references(one):
    return one.opens("clinicsite_own_references:add", what="Bring a paper")


def changes_references(one):
    reference = one.reference()
    one.sends("clinicsite_own_references:delete", reference.pk)
    return not OwnReference.objects.filter(pk=reference.pk).exists()


def answers_the_library(one):
    return one.opens("clinicsite_library:inbox", what="pdates")


def previews_the_library(one):
    address = ("clinicsite_library:preview_as", a_library_page().pk, one.clinic.site.pk)
    return one.opens(*address, what="Shared needling")


def looks_after_people(one):
    return one.opens("clinicsite_colleagues:clinic", one.clinic.site.pk, what="Ask somebody in")


AT_A_CLINIC_TRIED = {
    "see its pages, live or draft, their history and versions": sees_pages,
    "find them in the tree": finds_pages,
    "write drafts of its pages": writes,
    "add pages": adds,
    "wait for approval before a draft goes live": is_approved_before,
    "publish and unpublish": publishes,
    "delete live pages": deletes,
    "lock and unlock pages": locks,
    "see its pictures and documents": sees_files,
    "add pictures and documents": adds_files,
    "change those of others": changes_files,
    "read the clinic's settings": reads_settings,
    "change the clinic's settings": changes_settings,
    "read patients' messages": reads_messages,
    "mark messages as answered": answers_messages,
    "delete messages": deletes_messages,
    "see its own references": reads_references,
    "bring references": brings_references,
    "change and delete references": changes_references,
    "answer the library": answers_the_library,
    "say who works at the clinic": looks_after_people,
    "preview library pages as the clinic": previews_the_library,
}


def test_every_row_about_a_clinic_is_tried():
    assert {what for what, _role in AT_A_CLINIC} == AT_A_CLINIC_TRIED.keys()
    assert {role for _what, role in AT_A_CLINIC} == {*ClinicRole.Role.values, "network manager"}


@pytest.mark.parametrize(("what", "role"), AT_A_CLINIC)
def test_a_clinics_roles_do_what_the_table_says(clinic, other_clinic, what, role):
    if role == "network manager":
        network = clinic.home.get_parent().specific
        group = ensure_network_groups([network])[network.pk]
    else:
        group = clinic.groups.of(role)
    one = Trying(UserFactory(username=role, groups=[group]), clinic)
    assert AT_A_CLINIC_TRIED[what](one) is AT_A_CLINIC[what, role]


@pytest.mark.parametrize(("role", "is_led"), [("author", True), ("auditor", False)])
def test_a_history_leads_to_the_editor_whoever_may_open_it(clinic, role, is_led):
    one = Trying(UserFactory(username=role, groups=[clinic.groups.of(role)]), clinic)
    text = one.browser.get(f"/admin/pages/{one.page.pk}/history/").text
    assert (f"/admin/pages/{one.page.pk}/edit/" in text) is is_led


def test_lists_lead_an_auditor_to_drafts_and_histories_and_never_to_the_editor(clinic):
    one = Trying(UserFactory(username="auditor", groups=[clinic.groups.auditor]), clinic)
    for address in (f"/admin/pages/{one.page.get_parent().pk}/", "/admin/clinicsite/treatments/"):
        text = one.browser.get(address).text
        assert "Needling" in text
        assert f"/admin/pages/{one.page.pk}/history/" in text
        assert f"/admin/pages/{one.page.pk}/edit/" not in text
        assert "/add/" not in text


def edits_the_library(one):
    return one.may(one.shared).can_edit()


def adds_to_the_library(one):
    return one.may(LibraryFolderPage.objects.first()).can_add_subpage()


def releases(one):
    return one.may(one.shared).can_publish()


def locks_in_the_library(one):
    return one.may(one.shared).can_lock() and one.may(one.shared).can_unlock()


def sees_the_matrix(one):
    return one.opens("clinicsite_library:matrix", what="matrix")


def keeps(model):
    return lambda one: any(
        one.person.has_perm(f"{model}".replace(".", f".{verb}_")) for verb in ("add", "change")
    )


AT_THE_AGENCY_TRIED = {
    "edit library pages": edits_the_library,
    "add library pages": adds_to_the_library,
    "release what the library says": releases,
    "lock and unlock library pages": locks_in_the_library,
    "see the matrix": sees_the_matrix,
    "change references": keeps("clinicsite_modalities.reference"),
    "keep words that mean the same": keeps("clinicsite_library.synonymgroup"),
    "see and edit clinics' pages": writes,
    "read clinics' messages": reads_messages,
    "change clinics' settings": changes_settings,
    "make clinics": keeps("wagtailcore.site"),
    "keep redirects of every site": keeps("wagtailredirects.redirect"),
}


def test_every_row_about_the_agency_is_tried():
    assert {what for what, _role in AT_THE_AGENCY} == AT_THE_AGENCY_TRIED.keys()


@pytest.mark.parametrize(("what", "role"), AT_THE_AGENCY)
def test_the_agencys_roles_do_what_the_table_says(clinic, library, what, role):
    network = clinic.home.get_parent().specific
    groups = ensure_agency_groups(library, [network], clinic.collection)
    by_role = {name.lower().removesuffix("s"): group for name, group in groups.items()}
    by_role["network manager"] = ensure_network_groups([network])[network.pk]
    one = Trying(UserFactory(username="somebody", groups=[by_role[role]]), clinic)
    one.shared = a_library_page()
    assert AT_THE_AGENCY_TRIED[what](one) is AT_THE_AGENCY[what, role]
