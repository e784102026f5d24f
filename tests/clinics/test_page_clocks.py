"""When a clinic's pages read differently though nobody has changed anything; moments worked out by hand."""

from datetime import UTC, datetime

import pytest
from wagtail.models import Site

from clinicsite.clinics.models import ClinicGroup, ClinicSettings, Notice
from clinicsite.clinics.page_clocks import next_day_or_announcement

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 2, 16, 0, tzinfo=UTC)
BEGIN, END = datetime(2026, 6, 2, 18, 30, tzinfo=UTC), datetime(2026, 6, 2, 20, 15, tzinfo=UTC)


def next_moment(clinic, now=NOON):
    return next_day_or_announcement(Site.objects.get(pk=clinic.site.pk), now).astimezone(UTC)


def settle(clinic, **values):
    ClinicSettings.objects.filter(site=clinic.site).update(version="new", **values)


def test_the_day_ends_at_the_servers_midnight_at_utc_and_at_the_clinic(clinic):
    settle(clinic, time_zone="America/Vancouver")
    # UTC's midnight comes first, then Toronto's, where the server is, then Vancouver's.
    for now, expected in (
        (NOON, datetime(2026, 6, 3, 0, 0, tzinfo=UTC)),
        (datetime(2026, 6, 3, 0, 0, tzinfo=UTC), datetime(2026, 6, 3, 4, 0, tzinfo=UTC)),
        (datetime(2026, 6, 3, 4, 0, tzinfo=UTC), datetime(2026, 6, 3, 7, 0, tzinfo=UTC)),
        (datetime(2026, 6, 3, 7, 0, tzinfo=UTC), datetime(2026, 6, 4, 0, 0, tzinfo=UTC)),
    ):
        assert next_moment(clinic, now) == expected


def test_an_announcement_begins_and_ends(clinic):
    settle(clinic, announcement="Closed for a storm", announcement_from=BEGIN, announcement_until=END)
    assert [next_moment(clinic), next_moment(clinic, BEGIN)] == [BEGIN, END]


def test_so_does_that_of_a_group(clinic):
    group = ClinicGroup.objects.create(
        name="West", announcement="Closed", announcement_from=BEGIN, announcement_until=END
    )
    group.sites.add(clinic.site)
    assert [next_moment(clinic), next_moment(clinic, BEGIN)] == [BEGIN, END]


def test_and_a_notice_of_the_agency_on_the_site(clinic):
    Notice.objects.create(
        title="Trains",
        text="Tell patients",
        text_on_sites="Trains do not run",
        on_sites=True,
        to_all=True,
        starts=BEGIN,
        ends=END,
    )
    assert [next_moment(clinic), next_moment(clinic, BEGIN)] == [BEGIN, END]
