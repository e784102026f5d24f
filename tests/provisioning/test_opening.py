"""A clinic that is to be live when it is made: only through its launch checklist, or knowingly without."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from clinicsite.clinics.launching.checks import _checks
from clinicsite.clinics.launching.letters import keep_and_tell
from clinicsite.clinics.launching.results import look_again
from clinicsite.clinics.launching.states import change_state
from clinicsite.clinics.models import AuditEntry, ClinicSettings, MailTest, StateChange
from clinicsite.provisioning import create_clinic
from clinicsite.provisioning.agency import setup_agency
from clinicsite.provisioning.opening import OPENED_ANYWAY, STAYS_CLOSED, WILL_BE_ASKED
from tests.provisioning.specs import a_spec

pytestmark = pytest.mark.django_db
BARE = dict.fromkeys(("treatments", "conditions", "posts", "people", "owner"))


@pytest.fixture(autouse=True)
def agency():
    return setup_agency()


@pytest.fixture
def spec():
    return a_spec(state="live", **BARE)


@pytest.fixture
def only_the_mail_is_open(monkeypatch):
    """Whatever else the checklist asks of a clinic as small as this one is in order."""
    monkeypatch.setattr("clinicsite.clinics.launching.checks._checks", {"mail": _checks["mail"]})


def state_of(site):
    return ClinicSettings.objects.values_list("state", flat=True).get(site=site)


def home(site):
    return Client(HTTP_HOST=f"{site.hostname}:{site.port}").get("/").status_code


def test_with_open_lines_it_is_made_whole_and_stays_closed_and_they_are_told(spec):
    created = create_clinic(spec)
    assert created.is_held_back
    assert (state_of(created.site), home(created.site)) == ("draft", 403)
    assert created.notes[0] == STAYS_CLOSED
    assert any(line.startswith("Messages reach the clinic: Nobody has tried yet") for line in created.notes)
    assert not StateChange.objects.exists()


def test_it_is_opened_anyway_where_the_spec_says_so_and_what_is_open_is_told_once(spec, mailoutbox):
    created = create_clinic(replace(spec, opens_anyway=True))
    assert not created.is_held_back
    assert (state_of(created.site), home(created.site)) == ("live", 200)
    assert created.notes[0] == OPENED_ANYWAY
    assert len(created.notes) > 1
    change = StateChange.objects.get()
    assert (change.before, change.after) == ("draft", "live")
    assert AuditEntry.objects.filter(kind="clinic", site=created.site).count() == 1
    # Tonight's look tells nobody what was known.
    assert keep_and_tell(created.site, look_again(created.site, asks_hosts=False)).lines == ()


def test_run_again_it_is_opened_once_its_lines_are_done(spec, only_the_mail_is_open):
    created = create_clinic(spec)
    email = ClinicSettings.objects.get(site=created.site).email
    assert created.notes == (
        STAYS_CLOSED,
        f"Messages reach the clinic: Nobody has tried yet whether mail to {email} is read.",
    )
    assert create_clinic(spec).is_held_back
    now = timezone.now()
    MailTest.objects.create(site=created.site, address=email, token="t", sent_at=now, confirmed_at=now)
    again = create_clinic(spec)
    assert (again.is_new, again.is_held_back, again.notes) == (False, False, ())
    assert (state_of(created.site), home(created.site)) == ("live", 200)


def test_what_somebody_has_closed_or_shown_stays_so(spec):
    site = create_clinic(replace(spec, opens_anyway=True)).site
    change_state(site, "draft")
    again = create_clinic(replace(spec, opens_anyway=True))
    assert (again.notes, state_of(site)) == ((), "draft")


def test_a_draft_and_a_site_that_is_staged_are_not_looked_at(spec):
    for number, state in enumerate(("draft", "staging")):
        named = replace(spec, state=state, slug=f"c{number}", host=f"c{number}.localhost")
        created = create_clinic(named)
        assert (created.notes, state_of(created.site)) == ((), state)


def test_a_dry_run_says_that_it_will_be_asked(spec):
    assert create_clinic(spec, dry_run=True).notes == (WILL_BE_ASKED,)
    assert create_clinic(replace(spec, opens_anyway=True), dry_run=True).notes == ()


def test_the_command_lists_what_is_open_and_ends_with_1_unless_told_to_open_anyway(tmp_path):
    branches = tmp_path / "branches.csv"
    branches.write_text("name,host\nA,a.localhost\nB,b.localhost\n")
    base = tmp_path / "base.toml"
    base.write_text(
        'jurisdiction = "CA-ON"\ntime_zone = "America/Toronto"\n'
        'email = "hello@chain.example"\nstate = "live"\n'
    )
    out = StringIO()
    with pytest.raises(CommandError, match="2 of 2 not opened to patients"):
        call_command("create_clinic", str(branches), "--base", str(base), stdout=out)
    assert out.getvalue().count(STAYS_CLOSED) == 2
    assert set(ClinicSettings.objects.values_list("state", flat=True)) == {"draft"}
    out = StringIO()
    call_command("create_clinic", str(branches), "--base", str(base), "--anyway", stdout=out)
    assert out.getvalue().count(OPENED_ANYWAY) == 2
    assert set(ClinicSettings.objects.values_list("state", flat=True)) == {"live"}
