"""What the checklist found, kept from one time to the next; and what broke since, told once.

What was open when a clinic was first looked at is known to whoever opened it. What was in order and is open
now has broken: owner and agency get a mail, once, until it is in order again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from clinicsite.clinics import host_checks
from clinicsite.clinics.launching.checks import Line, Outcome, look_at
from clinicsite.clinics.launching.subject import Subject
from clinicsite.clinics.models.launch import LaunchResult


@dataclass(frozen=True)
class Broken:
    """What broke at a clinic, in words for people."""

    site: Site
    lines: tuple[Line, ...]


def look_again(site: Site, *, asks_hosts: bool = True) -> list[Line]:
    """Every line of the checklist as it is now.

    Args:
        asks_hosts: Whether the clinic's hosts are asked over the network first. Not within a transaction:
            a host that says nothing would keep everybody else waiting.
    """
    subject = Subject(site)
    if asks_hosts:
        for name in sorted(subject.hosts):
            host_checks.check(site, name)
    return look_at(subject)


@transaction.atomic
def keep(site: Site, lines: Iterable[Line]) -> list[Line]:
    """Keep what was found; gives the lines that are open now and were not when one last looked."""
    known = {row.name: row for row in LaunchResult.objects.select_for_update().filter(site=site)}
    now = timezone.now()
    broken = []
    for line in lines:
        found, row = line.finding, known.get(line.name)
        if row is None:
            row = LaunchResult(site=site, name=line.name, outcome=found.outcome, since=now)
        elif found.outcome == Outcome.UNKNOWN:
            # What cannot be found out tonight is neither broken nor mended.
            continue
        elif row.outcome != found.outcome:
            has_broken = found.outcome == Outcome.OPEN
            row.outcome, row.since = found.outcome, now
            row.told_at = now if has_broken else None
            if has_broken:
                broken.append(line)
        row.sentence = found.sentence
        row.save()
    return broken
