"""One setting at many clinics."""

from datetime import UTC, datetime

import pytest

from clinicsite.clinics.models import AuditEntry, ClinicSettings
from clinicsite.clinics.profile import profile_for
from clinicsite.provisioning.bulk.setting_job import settable, settable_field
from tests.provisioning.bulk.conftest import rows

pytestmark = pytest.mark.django_db


def of(clinic):
    return ClinicSettings.objects.get(site=clinic.site)


def test_each_clinic_is_shown_what_it_has_and_what_it_would_have(clinic, other_clinic, look, carry_out, undo):
    ClinicSettings.objects.filter(site=clinic.site).update(free_consultation="Ten minutes")
    ClinicSettings.objects.filter(site=other_clinic.site).update(free_consultation="A free call")
    work = look("setting", field="free_consultation", value="A free call")
    found = rows(work)
    assert found["south.localhost"].outcome == "unchanged"
    (change,) = found["north.localhost"].changes
    assert (change["title"], change["was"], change["now"]) == (
        "Free consultation",
        "“Ten minutes”",
        "“A free call”",
    )
    carry_out(work)
    assert profile_for(clinic.site).free_consultation == "A free call"
    kinds = AuditEntry.objects.filter(site=clinic.site).values_list("kind", flat=True)
    assert sorted(kinds) == ["bulk", "settings"]
    assert undo(work)["north.localhost"].outcome == "undone"
    assert of(clinic).free_consultation == "Ten minutes"
    assert of(other_clinic).free_consultation == "A free call"


@pytest.mark.parametrize(
    ("field", "value", "before"),
    [
        ("has_direct_billing", True, False),
        ("posts_below", 5, 3),
        ("mood", "warm", "calm"),
        ("announcement_until", "2027-01-02T03:04:00Z", None),
    ],
)
def test_settings_of_every_kind_are_set_and_put_back(clinic, look, carry_out, undo, field, value, before):
    ClinicSettings.objects.filter(site=clinic.site).update(**{field: before})
    work = look("setting", field=field, value=value)
    assert carry_out(work)["north.localhost"].outcome == "changed"
    expected = datetime(2027, 1, 2, 3, 4, tzinfo=UTC) if field == "announcement_until" else value
    assert getattr(of(clinic), field) == expected
    assert undo(work)["north.localhost"].outcome == "undone"
    assert getattr(of(clinic), field) == before


def test_a_value_that_does_not_go_with_the_clinics_others_is_refused_there(clinic, other_clinic, look):
    ClinicSettings.objects.filter(site=clinic.site).update(announcement_from=datetime(2027, 5, 1, tzinfo=UTC))
    found = rows(look("setting", field="announcement_until", value="2027-01-02T03:04:00Z"))
    assert found["north.localhost"].outcome == "refused"
    assert "must end after it begins" in found["north.localhost"].reason
    assert found["south.localhost"].outcome == "would-change"


def test_what_was_set_anew_since_is_not_put_back(clinic, look, carry_out, undo):
    work = look("setting", field="tagline", value="Open late")
    carry_out(work)
    ClinicSettings.objects.filter(site=clinic.site).update(tagline="Open early")
    row = undo(work)["north.localhost"]
    assert (row.outcome, row.reason) == ("kept", "“Tagline” in its settings was changed since")
    assert of(clinic).tagline == "Open early"


def test_what_is_one_clinics_alone_is_not_offered():
    found = {field.name: words for _heading, fields in settable() for field, words in fields}
    names = set(found)
    assert {"tagline", "mood", "analytics_kind", "needs_second_factor"} <= names
    assert not names & {"name", "legal_name", "email", "logo", "favicon", "state", "is_admin_closed", "site"}
    assert settable_field("state") is None
    assert found["call_heading"] == "Call to book, at the end of pages: heading"
    assert found["tagline"] == "Tagline"
