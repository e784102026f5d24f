"""The state of a clinic's site, changed by one function: draft, staging, live, suspended.

The owner and the agency open a site to patients and close it for work. Only the agency suspends one, and only
the agency ends that.
"""

import logging
from functools import partial

from django.db import transaction
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Site

from clinicsite.clinics.audit.log import Kind, record
from clinicsite.clinics.models.launch import StateChange
from clinicsite.clinics.models.settings import ClinicSettings, SiteState
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.signals import clinic_state_changed

ACTION = "clinicsite.state"
CHANGED_MEANWHILE = "Somebody has changed the state of this site meanwhile: it is {now}. Look again."
NOTHING_TO_TAKE_BACK = "There is nothing to take back."
#: What a site is in each state, after “The site”.
IS_NOW = {
    SiteState.LIVE: "is live: patients and search engines can read it.",
    SiteState.STAGING: "is in staging: closed to patients, for the clinic to look at.",
    SiteState.DRAFT: "is a draft: closed to patients while it is being built.",
    SiteState.SUSPENDED: "is suspended: patients read that it is closed for now, and how to call.",
}
#: The states between which a clinic's own owner chooses.
OWNERS = frozenset({SiteState.DRAFT, SiteState.STAGING, SiteState.LIVE})
logger = logging.getLogger(__name__)


class StateError(Exception):
    """Why a state was not changed, in a sentence."""


def may_change_settings(user, site: Site) -> bool:
    """Whether somebody may change what a clinic says about itself: its owner, and the agency."""
    policy = ClinicSettings.get_permission_policy()
    return policy.user_has_permission_for_instance(user, "change", ClinicSettings(site_id=site.pk))


def looks_after(user, site: Site) -> bool:
    """Whether somebody of the agency looks after this clinic."""
    scope = scope_at_work(user)
    return scope.is_agencys and scope.sites().filter(pk=site.pk).exists() and may_change_settings(user, site)


def states_for(user, site: Site, now: str) -> frozenset[str]:
    """The states that somebody may put a site into that is in state `now`."""
    if looks_after(user, site):
        return frozenset(SiteState.values) - {now}
    # Of the agency, who does not look after this clinic holds the permission for others' alone.
    is_owners = not scope_at_work(user).is_agencys and may_change_settings(user, site)
    return OWNERS - {now} if is_owners and now in OWNERS else frozenset()


@transaction.atomic
def change_state(
    site: Site,
    state: str,
    *,
    by=None,
    expected: str | None = None,
    closes_admin: bool = False,
    takes_back: bool = False,
) -> StateChange:
    """Put a clinic's site into a state: everything of it that hangs on the state changes with the commit.

    Does not ask whether `by` may do this: whoever calls has, with `states_for`.

    Args:
        state: One of `SiteState`.
        by: Who did it, for the history; None for a command.
        expected: The state that whoever pressed has seen; None asks for none.
        closes_admin: Of a suspended site: whether its own people may not work in the admin either.
        takes_back: Whether this takes back the change before it.

    Raises:
        StateError: The site is in this state already, or not in the one that was expected.
    """
    chosen = ClinicSettings.objects.select_for_update(of=["self"]).get(site=site)
    before = chosen.state
    if before == state or expected not in (None, before):
        raise StateError(CHANGED_MEANWHILE.format(now=SiteState(before).label))
    chosen.state = state
    chosen.is_admin_closed = closes_admin and state == SiteState.SUSPENDED
    chosen.save(update_fields=["state", "is_admin_closed"])
    change = StateChange.objects.create(site=site, before=before, after=state, by=by, takes_back=takes_back)
    words = f"{SiteState(before).label} to {SiteState(state).label}"
    record(Kind.CLINIC, words, site_id=site.pk, person=by)
    log(site, ACTION, user=by, data={"before": before, "after": state})
    logger.info("The site %s is %s now; it was %s.", site.hostname, state, before)
    send = partial(
        clinic_state_changed.send_robust, ClinicSettings, site=site, before=before, after=state, user=by
    )
    transaction.on_commit(send)
    return change


def last_change(site: Site) -> StateChange | None:
    """The latest change of a site's state."""
    return StateChange.objects.filter(site=site).select_related("by").first()


def can_be_taken_back(change: StateChange | None, now: str) -> bool:
    """Whether the latest change is one that a press takes back.

    What was taken back stays so, and a suspension is ended by its own button.
    """
    if change is None or change.takes_back or change.after != now:
        return False
    return {change.before, change.after} <= OWNERS


def take_back(site: Site, *, by=None, expected: str | None = None) -> StateChange:
    """Undo the latest change of a site's state.

    Raises:
        StateError: there is none that can be, or somebody has changed the state meanwhile.
    """
    change = last_change(site)
    now = ClinicSettings.objects.values_list("state", flat=True).get(site=site)
    if change is None or not can_be_taken_back(change, now):
        raise StateError(NOTHING_TO_TAKE_BACK)
    return change_state(site, change.before, by=by, expected=expected or now, takes_back=True)


class _StateFormatter(LogFormatter):
    label = "Change the state of a site"

    def format_message(self, log_entry):
        before, after = (log_entry.data.get(name, "") for name in ("before", "after"))
        return f"Changed the state of the site from {before} to {after}"


def register_log_actions(actions) -> None:
    """Make the change known to Wagtail's log."""
    actions.register_action(ACTION)(_StateFormatter)
