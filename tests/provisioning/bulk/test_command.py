"""The same from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from clinicsite.clinics.models import ClinicGroup, ClinicSettings
from clinicsite.modalities.models import ModalityPage
from clinicsite.provisioning.models.bulk import BulkWork
from tests.factories import ModalityIndexPageFactory, StandardPageFactory
from tests.library.pages import library_treatment

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("work_on_clinics", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def by(administrator, *more):
    return (*more, "--by", administrator.username)


def test_a_dry_run_says_what_would_change_and_changes_nothing(clinic, other_clinic, administrator):
    StandardPageFactory(parent=clinic.home, title="Fees", summary="Ask at the desk.")
    said = run(*by(administrator, "words", "desk", "counter", "--all", "--dry-run"))
    assert said.splitlines() == [
        "Replace “desk” by “counter”:",
        "north.localhost: Would change",
        "  Fees, Summary: Ask at the [desk -> counter].",
        "south.localhost: Nothing to change",
        "Nothing was changed.",
    ]
    assert not BulkWork.objects.exists()


def test_words_are_replaced_and_brought_back(clinic, administrator):
    page = StandardPageFactory(parent=clinic.home, title="Fees", summary="Ask at the Desktop.")
    said = run(
        *by(
            administrator,
            "words",
            "desk",
            "counter",
            "--any-case",
            "--parts-of-words",
            "--clinic",
            clinic.host,
        )
    )
    work = BulkWork.objects.get()
    assert f"Changed 1. To undo it: work_on_clinics undo {work.pk}" in said
    page.refresh_from_db()
    assert page.summary == "Ask at the countertop."
    assert "Undone at 1." in run(*by(administrator, "undo", str(work.pk)))
    page.refresh_from_db()
    assert page.summary == "Ask at the Desktop."
    with pytest.raises(CommandError, match="Somebody has done this already"):
        run(*by(administrator, "undo", str(work.pk)))


def test_a_setting_of_a_group_and_a_box_to_tick(clinic, other_clinic, administrator):
    ClinicGroup.objects.create(name="Alberta").sites.add(clinic.site)
    run(*by(administrator, "setting", "has_direct_billing", "yes", "--group", "Alberta"))
    assert ClinicSettings.objects.get(site=clinic.site).has_direct_billing
    assert not ClinicSettings.objects.get(site=other_clinic.site).has_direct_billing


def test_a_page_is_added_and_a_clinic_where_it_cannot_be_makes_it_fail(
    clinic, other_clinic, library, administrator
):
    library_treatment(library)
    ModalityIndexPageFactory(parent=clinic.home)
    with pytest.raises(CommandError, match=r"1 could not be changed"):
        run(*by(administrator, "page", "dry-needling", "--publish", "--all"))
    assert ModalityPage.objects.descendant_of(clinic.home).live().count() == 1


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["setting", "state", "live", "--all"], "no such setting. These can be set: .*tagline"),
        (["setting", "has_direct_billing", "perhaps", "--all"], "yes or no"),
        (["setting", "mood", "vivid", "--all"], "Mood: "),
        (["setting", "tagline", "Late"], "Name clinics"),
        (["setting", "tagline", "Late", "--clinic", "nobody.example"], "no such group or clinic: nobody"),
        (["page", "nothing", "--all"], "no published page “nothing”"),
        (["words", "a", "a", "--all"], "the same words"),
        (["undo", "0"], "There is no work 0"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(clinic, administrator, arguments, fault):
    with pytest.raises(CommandError, match=fault):
        run(*by(administrator, *arguments))
    assert not BulkWork.objects.exists()


def test_who_looks_after_one_clinic_may_not(clinic, owner):
    with pytest.raises(CommandError, match="nobody who looks after many clinics"):
        run("setting", "tagline", "Late", "--all", "--by", owner.username)
