"""Opening a clinic to patients for the first time: through the same checklist as any other launch."""

from collections.abc import Iterable

from wagtail.models import Site

from clinicsite.clinics.launching.checks import Line, look_at
from clinicsite.clinics.launching.results import keep
from clinicsite.clinics.launching.states import change_state
from clinicsite.clinics.launching.subject import Subject
from clinicsite.clinics.models import ClinicSettings, SiteState, StateChange
from clinicsite.provisioning.spec import ClinicSpec

WILL_BE_ASKED = "Would go through its launch checklist, and be opened only if no line of it is open."
STAYS_CLOSED = (
    "It stays a draft, closed to patients: its launch checklist has open lines. Open it under “Launch”."
)
OPENED_ANYWAY = "It was opened to patients although its launch checklist has open lines."


def asks_for_live(spec: ClinicSpec) -> bool:
    """Whether a spec wants its clinic to be open to patients."""
    return spec.state == SiteState.LIVE


def is_to_be_opened(site: Site | None, spec: ClinicSpec) -> bool:
    """Whether a clinic is to be opened now: asked for, and never opened, closed or shown before by anybody.

    Args:
        site: None for a clinic that a dry run has not made.
    """
    if site is None or not asks_for_live(spec):
        return asks_for_live(spec)
    is_draft = ClinicSettings.objects.filter(site=site, state=SiteState.DRAFT).exists()
    return is_draft and not StateChange.objects.filter(site=site).exists()


def open_if_ready(site: Site, spec: ClinicSpec, by=None) -> tuple[bool, list[str]]:
    """Open a clinic if no line of its launch checklist is open, or the spec says to open it anyway.

    Returns:
        Whether it is open to patients now, and what is to be told: the open lines, each in a sentence.
    """
    site = Site.objects.select_related("root_page").get(pk=site.pk)
    lines = look_at(Subject(site))
    missing = list(_open_ones(lines))
    if missing and not spec.opens_anyway:
        return False, [STAYS_CLOSED, *missing]
    change_state(site, SiteState.LIVE, by=by)
    # What is open now is known, and is told to nobody tonight.
    keep(site, lines)
    return True, [OPENED_ANYWAY, *missing] if missing else []


def _open_ones(lines: Iterable[Line]):
    return (f"{line.title}: {line.finding.sentence}" for line in lines if line.is_open)
