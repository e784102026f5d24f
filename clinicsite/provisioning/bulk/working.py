"""Doing bulk work: each clinic by itself, whole or not at all, and in the background.

A piece of work is first looked at, then done when somebody presses, and may be undone. Each of the three goes
through its clinics in slices, a task a slice; what was lost on the way is taken up again (`lost_work`).
"""

import logging
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from clinicsite.clinics.audit.log import Kind, record
from clinicsite.clinics.tenancy.chosen import person_at_work
from clinicsite.clinics.tenancy.scope import scope_of
from clinicsite.core.background import queue
from clinicsite.core.recovery import TOO_LONG
from clinicsite.provisioning.bulk.jobs import job_of
from clinicsite.provisioning.bulk.plans import CHANGED_MEANWHILE, BulkError, Plan
from clinicsite.provisioning.models.bulk import BulkClinic, BulkWork

State, Outcome = BulkWork.State, BulkClinic.Outcome
#: So many clinics are gone through by one task, which then asks for the next: none runs for long.
SLICE = 25
#: What was looked at and never done is forgotten after this.
FORGOTTEN_AFTER = timedelta(days=7)
FAULT = "A fault of ours, which is in the server’s log. Nothing was changed here."
NO_LONGER_YOURS = "You do not look after this clinic any more."
#: State under way -> (outcomes of clinics that are still to be gone through, state afterwards).
_STEPS = {
    State.LOOKING: ((Outcome.WAITING,), State.SHOWN),
    State.WORKING: ((Outcome.WOULD_CHANGE,), State.DONE),
    State.UNDOING: ((Outcome.CHANGED,), State.UNDONE),
}
logger = logging.getLogger(__name__)


class WrongStateError(Exception):
    """Somebody else has pressed already; the message says so."""

    def __init__(self):
        super().__init__("Somebody has done this already. Nothing was done twice.")


def in_background(work: BulkWork) -> None:
    """Have what is under way gone through by a worker, once the transaction is committed."""
    queue(go_on, work.pk)


def at_once(work: BulkWork) -> None:
    """Leave it to whoever calls, who goes through it with `go_through`."""


@transaction.atomic
def begin(kind: str, asked: dict, sites, by: AbstractBaseUser, *, then=in_background) -> BulkWork:
    """Look what something would change at these clinics; nothing is changed.

    Does not ask whether `by` may: whoever calls has, with `reach.chosen`.

    Args:
        asked: what the kind of work wants to know.
        then: `in_background` or `at_once`.
    """
    BulkWork.objects.filter(
        state=State.SHOWN, done_at=None, changed_at__lt=timezone.now() - FORGOTTEN_AFTER
    ).delete()
    work = BulkWork.objects.create(kind=kind, asked=asked, asked_by=by)
    BulkClinic.objects.bulk_create(BulkClinic(work=work, site=site) for site in sites)
    then(work)
    return work


def do(work: BulkWork, by: AbstractBaseUser, *, then=in_background) -> None:
    """Do what was shown, as revisions and changes of this person.

    Raises:
        WrongStateError: It is not waiting to be done.
    """
    about = f"Work {work.pk} on many clinics: {job_of(work).title()}"
    values = {"state": State.WORKING, "done_at": timezone.now(), "asked_by": by}
    _move(work, State.SHOWN, about, by, then, values)


def undo(work: BulkWork, by: AbstractBaseUser, *, then=in_background) -> None:
    """Undo it wherever nothing was changed since, also where an undo was refused before.

    Raises:
        WrongStateError: It is not done, or undone already.
    """
    about = f"Undo of work {work.pk} on many clinics"
    with transaction.atomic():
        again = work.clinics.filter(outcome=Outcome.KEPT, work__state=State.UNDONE)
        expected = State.UNDONE if again.update(outcome=Outcome.CHANGED, reason="") else State.DONE
        values = {"state": State.UNDOING, "undone_at": timezone.now(), "undone_by": by}
        _move(work, expected, about, by, then, values)


def drop(work: BulkWork) -> None:
    """Forget what was looked at and is not to be done.

    Raises:
        WrongStateError: It is being done, or done.
    """
    if not BulkWork.objects.filter(pk=work.pk, state=State.SHOWN).delete()[0]:
        raise WrongStateError


@transaction.atomic
def _move(work, expected, about, by, then, values):
    moved = BulkWork.objects.filter(pk=work.pk, state=expected)
    if not moved.update(changed_at=timezone.now(), **values):
        raise WrongStateError
    record(Kind.BULK, about, person=by)
    then(work)


@task()
def go_on(work_id: int) -> None:
    """Go through the next clinics of a piece of work that is under way, and ask for those after them."""
    if _slice(work_id):
        queue(go_on, work_id)


def go_through(work: BulkWork) -> None:
    """Go through all clinics of a piece of work here and now."""
    while _slice(work.pk):
        pass
    work.refresh_from_db()


def _slice(work_id) -> bool:
    """The next clinics, if it is under way; whether there are more."""
    work = BulkWork.objects.select_related("asked_by", "undone_by").filter(pk=work_id).first()
    if work is None or not work.is_under_way:
        return False
    outcomes, afterwards = _STEPS[State(work.state)]
    waiting = work.clinics.filter(outcome__in=outcomes).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:SLICE])
    user = work.undone_by if work.state == State.UNDOING else work.asked_by
    with _at_work(user):
        for key in keys:
            _one(work, key, outcomes, user)
    has_more = waiting.exists()
    BulkWork.objects.filter(pk=work.pk, state=work.state).update(
        changed_at=timezone.now(), state=work.state if has_more else afterwards
    )
    return has_more


def lost_work() -> int:
    """Take up again what has stood still for too long; how much there was."""
    before = timezone.now() - TOO_LONG
    lost = BulkWork.objects.filter(Q(state__in=BulkWork.UNDER_WAY), changed_at__lt=before)
    keys = list(lost.values_list("pk", flat=True))
    for key in keys:
        BulkWork.objects.filter(pk=key).update(changed_at=timezone.now())
        queue(go_on, key)
    return len(keys)


@contextmanager
def _at_work(user):
    """Have what is logged on the way stand under the name of whoever asked."""
    token = person_at_work.set(user)
    try:
        yield
    finally:
        person_at_work.reset(token)


def _one(work, key, outcomes, user):
    """One clinic: whatever happens here happens nowhere else, and is told."""
    try:
        with transaction.atomic():
            row = BulkClinic.objects.select_for_update(of=["self"]).select_related("site__root_page")
            row = row.filter(pk=key, outcome__in=outcomes).first()
            if row is not None:
                _step(work, row, user)
                row.save()
    except BulkError as error:
        _refuse(work, key, str(error))
    except Exception:
        logger.exception("Bulk work %s failed at a clinic (%s).", work.pk, key)
        _refuse(work, key, FAULT)


def _refuse(work, key, reason):
    outcome = {
        State.LOOKING: Outcome.REFUSED,
        State.WORKING: Outcome.FAILED,
        State.UNDOING: Outcome.KEPT,
    }[State(work.state)]
    BulkClinic.objects.filter(pk=key).update(outcome=outcome, reason=reason)


def _step(work, row, user):
    if user is None or not user.is_active or not scope_of(user).sites().filter(pk=row.site_id).exists():
        raise BulkError(NO_LONGER_YOURS)
    job = job_of(work)
    if work.state == State.LOOKING:
        plan = job.look(row.site, user)
        row.changes, row.notes = plan.changes, plan.notes
        row.outcome = Outcome.WOULD_CHANGE if plan.changes else Outcome.UNCHANGED
    elif work.state == State.WORKING:
        plan = job.look(row.site, user)
        if plan.changes != row.changes:
            raise BulkError(CHANGED_MEANWHILE)
        row.done = job.do(row.site, user, plan, f"{job.title()}, at many clinics at once (work {work.pk})")
        row.outcome = Outcome.CHANGED
        record(Kind.BULK, job.title(), site_id=row.site_id, person=user)
    else:
        message = f"Undone: {job.title()} (work {work.pk})"
        job.undo(row.site, user, Plan(row.changes, row.notes), row.done, message)
        row.outcome = Outcome.UNDONE
        record(Kind.BULK, f"Undone: {job.title()}", site_id=row.site_id, person=user)
