"""The work itself: slices, who may, what is lost on the way, and what nobody does twice."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from clinicsite.clinics.models import AuditEntry, ClinicSettings
from clinicsite.clinics.roles import ensure_network_groups
from clinicsite.core import recovery
from clinicsite.provisioning.bulk import reach, working
from clinicsite.provisioning.models.bulk import BulkWork
from tests.factories import ClinicFactory, NetworkPageFactory, UserFactory
from tests.provisioning.bulk.conftest import rows

pytestmark = pytest.mark.django_db
ASKED = {"field": "tagline", "value": "Open late"}


def taglines():
    return set(ClinicSettings.objects.values_list("tagline", flat=True))


@pytest.fixture
def west(clinic):
    """A clinic in another network."""
    other = ClinicFactory(hostname="west.localhost", name="West Clinic")
    network = NetworkPageFactory(parent=Page.get_first_root_node(), title="West", slug="west")
    other.home.move(network, pos="last-child")
    other.home.refresh_from_db()
    other.site.refresh_from_db()
    return other


@pytest.fixture
def manager(clinic, west):
    network = clinic.home.get_parent().specific
    return UserFactory(username="manager", groups=[ensure_network_groups([network])[network.pk]])


class TestWhoMay:
    def test_administrators_and_network_managers_for_their_clinics_alone(
        self, clinic, other_clinic, west, manager, administrator, owner, library_editor
    ):
        assert set(reach.sites_of(administrator)) == {clinic.site, other_clinic.site}
        assert set(reach.sites_of(manager)) == {clinic.site, other_clinic.site}
        for person in (owner, library_editor, UserFactory(username="nobody")):
            assert not reach.works_on_many(person)
            assert not reach.sites_of(person).exists()
        assert reach.sites_of(UserFactory(username="root", is_superuser=True)).count() == 3

    def test_work_that_touches_a_clinic_of_another_network_is_not_there(self, manager, west, clinic, look):
        root = UserFactory(username="root", is_superuser=True)
        everywhere = look("setting", by=root, **ASKED)
        here = working.begin("setting", ASKED, [clinic.site], root, then=working.at_once)
        assert set(reach.works_of(manager)) == {here}
        assert set(reach.works_of(root)) == {here, everywhere}

    def test_who_has_lost_a_clinic_since_changes_nothing_there(self, clinic, administrator, look, carry_out):
        work = look("setting", **ASKED)
        administrator.groups.clear()
        row = carry_out(work)["north.localhost"]
        assert (row.outcome, row.reason) == ("failed", "You do not look after this clinic any more.")
        assert taglines() == {""}


def test_a_crash_at_one_clinic_is_told_and_stops_no_other(
    clinic, other_clinic, look, carry_out, monkeypatch, caplog
):
    work = look("setting", **ASKED)
    save = ClinicSettings.save

    def breaks_in_the_north(self, **kwargs):
        save(self, **kwargs)
        if self.site_id == clinic.site.pk:
            raise RuntimeError("planted")

    monkeypatch.setattr(ClinicSettings, "save", breaks_in_the_north)
    found = carry_out(work)
    assert found["north.localhost"].outcome == "failed"
    assert found["north.localhost"].reason == working.FAULT
    assert found["south.localhost"].outcome == "changed"
    assert taglines() == {"", "Open late"}
    assert "planted" in caplog.text


def test_many_clinics_are_gone_through_in_slices_by_the_background(
    administrator, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(working, "SLICE", 2)
    for number in range(5):
        ClinicFactory(hostname=f"branch-{number}.localhost")
    with django_capture_on_commit_callbacks(execute=True) as tasks:
        work = working.begin("setting", ASKED, reach.sites_of(administrator), administrator)
    # Clinic, and five branches: three slices, and the one that is asked for by each before the last.
    assert len(tasks) == 3
    work.refresh_from_db()
    assert work.state == BulkWork.State.SHOWN
    with django_capture_on_commit_callbacks(execute=True):
        working.do(work, administrator)
    assert taglines() == {"Open late"}
    work.refresh_from_db()
    assert work.state == BulkWork.State.DONE


def test_it_is_done_once_however_often_somebody_presses(clinic, administrator, look):
    work = look("setting", **ASKED)
    working.do(work, administrator, then=working.at_once)
    with pytest.raises(working.WrongStateError):
        working.do(work, administrator, then=working.at_once)
    with pytest.raises(working.WrongStateError):
        working.undo(work, administrator, then=working.at_once)
    with pytest.raises(working.WrongStateError):
        working.drop(work)
    working.go_through(work)
    working.go_through(work)
    assert AuditEntry.objects.filter(kind="bulk", site=clinic.site).count() == 1
    assert AuditEntry.objects.filter(kind="bulk", site=None).count() == 1


def test_what_a_killed_process_left_is_taken_up_again(
    clinic, other_clinic, administrator, look, django_capture_on_commit_callbacks
):
    work = look("setting", **ASKED)
    working.do(work, administrator, then=working.at_once)
    assert recovery.recover()["work on many clinics"] == 0
    BulkWork.objects.update(changed_at=timezone.now() - timedelta(minutes=16))
    with django_capture_on_commit_callbacks(execute=True):
        assert recovery.recover()["work on many clinics"] == 1
    assert {row.outcome for row in rows(work).values()} == {"changed"}


def test_what_was_only_looked_at_is_forgotten_after_a_week_and_the_log_stays(
    clinic, administrator, look, carry_out
):
    done = look("setting", **ASKED)
    carry_out(done)
    shown = look("setting", field="tagline", value="Else")
    BulkWork.objects.update(changed_at=timezone.now() - timedelta(days=8))
    look("setting", field="tagline", value="Third")
    assert BulkWork.objects.filter(pk=done.pk).exists()
    assert not BulkWork.objects.filter(pk=shown.pk).exists()
