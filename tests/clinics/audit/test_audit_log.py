"""The audit log: what is noted, who reads it, and that nobody changes it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from clinicsite.clinics.audit.log import record
from clinicsite.clinics.models import AuditEntry
from clinicsite.clinics.models.audit import AppendOnlyError
from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, ensure_agency_groups, ensure_network_groups
from clinicsite.clinics.tenancy.scope import person_at_work
from clinicsite.library.releasing.releases import release_to_all
from tests.factories import ModalityPageFactory, UserFactory

Kind = AuditEntry.Kind
LOG = "/admin/clinicsite/audit/"
PASSWORD = "calm-needle-2026"


@pytest.fixture
def asks_nobody(settings):
    settings.CLINICSITE = settings.CLINICSITE | {"SECOND_FACTOR": "nobody"}


def entries(**which):
    return [(entry.kind, entry.name, entry.site) for entry in AuditEntry.objects.filter(**which)]


def sign_in(name, password):
    return Client(HTTP_HOST="localhost").post("/admin/login/", {"username": name, "password": password})


def test_signing_in_and_failing_to_are_noted_for_the_clinic(clinic, other_clinic, asks_nobody):
    person = UserFactory(username="ann", groups=[clinic.groups.editor])
    person.set_password(PASSWORD)
    person.save()
    sign_in("ann", "wrong-wrong-wrong")
    sign_in("ann", PASSWORD)
    sign_in("nobody@example.com", PASSWORD)
    assert entries(kind=Kind.FAILED_SIGN_IN) == [
        (Kind.FAILED_SIGN_IN, "nobody@example.com", None),
        (Kind.FAILED_SIGN_IN, "ann", clinic.site),
    ]
    assert entries(kind=Kind.SIGN_IN) == [(Kind.SIGN_IN, "ann", clinic.site)]
    assert AuditEntry.objects.filter(kind=Kind.SIGN_IN).get().address == "127.0.0.1"


def test_a_role_given_and_taken_is_noted_for_its_clinic_alone(clinic, other_clinic):
    person = UserFactory(username="ann")
    AuditEntry.objects.prune(timezone.now())
    person.groups.add(clinic.groups.editor)
    other_clinic.groups.owner.user_set.add(person)
    person.groups.clear()
    told = {(entry.site, entry.about) for entry in AuditEntry.objects.filter(kind=Kind.RIGHTS)}
    assert told == {
        (clinic.site, "Given: Editor, ann"),
        (other_clinic.site, "Given: Owner, ann"),
        (clinic.site, "Taken away: Editor, ann"),
        (other_clinic.site, "Taken away: Owner, ann"),
    }


def test_a_download_is_noted_with_its_file(clinic, owner, admin_client_of):
    admin_client_of(owner).get("/admin/clinicsite/messages/?export=csv").getvalue()
    entry = AuditEntry.objects.get(kind=Kind.EXPORT)
    assert (entry.about, entry.person, entry.site) == ("messages.csv", owner, clinic.site)


def test_a_change_of_settings_in_the_admin_is_noted_and_one_by_a_command_is_not(
    clinic, owner, admin_client_of
):
    clinic.settings.save()
    assert not AuditEntry.objects.filter(kind=Kind.SETTINGS).exists()
    browser = admin_client_of(owner)
    address = f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/"
    form = browser.get(address).context["form"]
    assert form.instance == clinic.settings

    token = person_at_work.set(owner)
    try:
        clinic.settings.save()
    finally:
        person_at_work.reset(token)
    entry = AuditEntry.objects.get(kind=Kind.SETTINGS)
    assert (entry.about, entry.name, entry.site) == ("Settings of North Clinic", "owner", clinic.site)


def test_releases_and_retirements_in_the_library_are_the_agencys_to_read(library, clinic):
    releaser = UserFactory(username="releaser", is_superuser=True)
    page = ModalityPageFactory(parent=library, title="Needling", live=False)
    page.save_revision(user=releaser)
    release_to_all(page.pk, releaser, note="First", is_unapproved_ok=True)
    page.refresh_from_db()
    page.unpublish(user=releaser)
    own = ModalityPageFactory(parent__parent=clinic.home, title="Own")
    own.unpublish(user=releaser)
    told = [
        (entry.kind, entry.site) for entry in AuditEntry.objects.order_by("pk") if entry.kind != Kind.RIGHTS
    ]
    assert told == [(Kind.RELEASE, None), (Kind.RETIREMENT, None)]


def test_the_log_is_added_to_and_never_changed():
    entry = AuditEntry(kind=Kind.EXPORT)
    for change in (
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(about="nothing"),
        lambda: AuditEntry.objects.bulk_update([entry], ["about"]),
        entry.delete,
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_an_entry_is_not_saved_twice(db):
    entry = record(Kind.EXPORT, "messages.csv")
    entry.about = "nothing"
    with pytest.raises(AppendOnlyError):
        entry.save()
    assert AuditEntry.objects.get(pk=entry.pk).about == "messages.csv"


def test_a_person_and_a_clinic_that_go_leave_what_was_noted(clinic, owner):
    record(Kind.EXPORT, "messages.csv", site_id=clinic.site.pk, person=owner)
    owner.delete()
    call_command("remove_clinic", "north.localhost", "--yes", verbosity=0)
    entry = AuditEntry.objects.get(about="messages.csv")
    assert (entry.name, entry.person, entry.site) == ("owner", None, None)


def test_what_is_older_than_the_log_is_kept_goes(db, settings):
    settings.CLINICSITE = settings.CLINICSITE | {"AUDIT_LOG_DAYS": 10}
    for days in (9, 11):
        AuditEntry.objects.create(
            kind=Kind.EXPORT, about=str(days), moment=timezone.now() - timedelta(days=days)
        )
    call_command("purge_audit_log", verbosity=0)
    assert [entry.about for entry in AuditEntry.objects.all()] == ["9"]


@pytest.fixture
def noted(clinic, other_clinic):
    record(Kind.EXPORT, "north.csv", site_id=clinic.site.pk, name="Nora")
    record(Kind.EXPORT, "south.csv", site_id=other_clinic.site.pk, name="Sue")
    record(Kind.RELEASE, "library page", name="Lib")


def shown_to(browser, query=""):
    text = browser.get(LOG + query).content.decode()
    return [word for word in ("north.csv", "south.csv", "library page") if word in text]


@pytest.mark.parametrize(
    ("role", "seen"), [("owner", ["north.csv"]), ("auditor", ["north.csv"]), ("editor", []), ("author", [])]
)
def test_owners_and_auditors_read_their_own_clinics_part(noted, clinic, admin_client_of, role, seen):
    browser = admin_client_of(UserFactory(username="me", groups=[clinic.groups.of(role)]))
    assert shown_to(browser) == seen
    text = browser.get(LOG).content.decode()
    assert "South Clinic" not in text
    assert "Sue" not in text
    assert ("Audit log" in browser.get("/admin/").content.decode()) == bool(seen)


def test_the_agency_reads_all_and_a_networks_people_their_clinics(
    noted, clinic, library, admin_client_of, asks_nobody
):
    network = clinic.home.get_parent().specific
    administrators = ensure_agency_groups(library, [network], clinic.collection)[AGENCY_ADMINISTRATORS]
    managers = ensure_network_groups([network])[network.pk]
    for group, seen in (
        (administrators, ["north.csv", "south.csv", "library page"]),
        (managers, ["north.csv", "south.csv"]),
    ):
        browser = admin_client_of(UserFactory(groups=[group]))
        assert shown_to(browser) == seen
        assert shown_to(browser, f"?site={clinic.site.pk}") == ["north.csv"]
        assert shown_to(browser, "?q=sou") == ["south.csv"]


def test_the_download_of_the_log_holds_no_formula(clinic, owner, admin_client_of):
    record(Kind.EXPORT, '=HYPERLINK("http://evil.example")', site_id=clinic.site.pk)
    text = admin_client_of(owner).get(f"{LOG}?export=csv").getvalue().decode()
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text
