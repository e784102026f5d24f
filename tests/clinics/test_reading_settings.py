"""An auditor reads what the clinic says of itself, and there is nothing to send."""

import pytest

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.models.settings_rows import Insurer
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/clinicsite/read-settings/"


@pytest.fixture
def browser(clinic, admin_client_of):
    return admin_client_of(UserFactory(username="auditor", groups=[clinic.groups.auditor]))


def test_an_auditor_reads_every_setting(clinic, other_clinic, browser):
    ClinicSettings.objects.filter(site=clinic.site).update(
        tagline="Open <late>", has_direct_billing=True, mood="warm", announcement_until="2027-01-02T12:00Z"
    )
    Insurer.objects.create(clinic=ClinicSettings.objects.get(site=clinic.site), name="Maple Shield")
    assert ADDRESS in browser.get("/admin/").text
    shown = browser.get(ADDRESS).text
    for words in (
        "North Clinic",
        "“Open &lt;late&gt;”",
        "<dt>Bills insurers directly</dt><dd>yes</dd>",
        "“Warm: round shapes, soft shadows, cream paper”",
        "Saturday 2 January 2027",
        "Maple Shield",
        "<dt>Call to book, at the end of pages: heading</dt><dd>nothing</dd>",
        "<dt>Site state</dt><dd>“Live: open to patients”</dd>",
    ):
        assert words in shown, words
    main = shown[shown.index('id="main"') :]
    assert "<form" not in main
    assert "South Clinic" not in shown


def test_nothing_can_be_sent_and_another_clinics_is_not_there(clinic, other_clinic, browser):
    for method in (browser.post, browser.put, browser.delete):
        assert method(f"{ADDRESS}{clinic.site.pk}/").status_code == 404
    for key in (other_clinic.site.pk, 10**6):
        assert browser.get(f"{ADDRESS}{key}/").status_code == 404


def test_who_changes_them_is_not_led_there_and_an_author_and_a_stranger_find_nothing(
    clinic, owner, admin_client_of
):
    assert ADDRESS not in admin_client_of(owner).get("/admin/").text
    for groups in ([clinic.groups.author], []):
        browser = admin_client_of(UserFactory(groups=groups))
        assert browser.get(ADDRESS).status_code in (302, 404)
