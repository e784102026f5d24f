"""Writing into the audit log."""

from contextvars import ContextVar
from datetime import timedelta

from django.utils import timezone

from clinicsite.clinics.models.audit import AuditEntry
from clinicsite.clinics.tenancy.scope import person_at_work, scope_at_work
from clinicsite.core.conf import conf
from clinicsite.core.printable import printable
from clinicsite.core.senders import client_address

Kind = AuditEntry.Kind
#: Where the request under way comes from; empty beside a request, as for a command.
address_at_work = ContextVar("clinicsite_address_at_work", default="")


def record(kind: Kind, about: str = "", *, site_id: int | None = None, person=None, request=None, name=""):
    """Note what somebody did.

    Args:
        kind: one of `AuditEntry.Kind`.
        about: what it was, in a few words; no word of a patient's.
        site_id: the clinic whose owners read it; None for what is the agency's alone.
        person: who did it; whoever is at work where nobody is named.
        request: where it came from, where that is not the request under way.
        name: what somebody called themselves who is no known person.
    """
    person = person or person_at_work.get()
    is_known = person is not None and person.is_authenticated
    return AuditEntry.objects.create(
        kind=kind,
        site_id=site_id,
        person=person if is_known else None,
        name=printable(name or (person.get_username() if is_known else ""))[:254],
        about=printable(about)[:500],
        address=(client_address(request) if request else address_at_work.get())[:45],
    )


def site_at_work(user) -> int | None:
    """The key of the clinic that somebody works for just now; None for the agency and a network's people.

    Whoever has several and has not chosen yet comes to the first.
    """
    scope = scope_at_work(user)
    if scope.is_agencys or scope.is_networks or not scope.root_paths:
        return None
    return scope.sites().order_by("root_page__path").values_list("pk", flat=True).first()


def prune() -> int:
    """Delete what is older than the log is kept; how many entries there were."""
    return AuditEntry.objects.prune(timezone.now() - timedelta(days=conf.AUDIT_LOG_DAYS))
