"""Exporting a clinic and removing it, so that a process that dies on the way leaves all or nothing."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Count, F, Max
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Revision, Site

from clinicsite.clinics.audit.log import Kind, record
from clinicsite.clinics.hosts import hosts_of
from clinicsite.clinics.models import RetiredClinic, RetiredHost
from clinicsite.core.naming import first_free
from clinicsite.provisioning.clinics import Say, remove_clinic, what_a_clinic_has
from clinicsite.provisioning.retiring.archive import write_archive
from clinicsite.provisioning.retiring.tables import files_of, messages_of


class RetirementError(Exception):
    """Why a clinic was not removed."""


@dataclass(frozen=True)
class Retirement:
    """What came of it: the record of the clinic, and the file it was exported to."""

    clinic: RetiredClinic
    path: Path


def retire_clinic(site: Site, folder: Path, *, by=None, say: Say = lambda line: None) -> Retirement:
    """Export a clinic into a file, then remove it wholly; its hosts answer 410 from then on.

    The file is whole before anything is removed, and all is removed in one transaction. Does not ask whether
    `by` may do this: whoever calls has.

    Args:
        folder: Where the file is written; nobody but the agency may read it, for it has patients' messages.
        by: Who does it; None for a command.
        say: Is given a line for each thing that the file lacks, or that is kept, and why.

    Raises:
        ArchiveError: where the file cannot be written. Nothing is removed.
        RetirementError: where something changed while it was exported. Nothing is removed.
    """
    before = _mark_of(site)
    name, path = site.site_name or site.hostname, _free_path(site, folder)
    write_archive(site, path, say)
    said: list[str] = []
    with transaction.atomic():
        _let_nobody_write(site)
        if _mark_of(site) != before:
            path.unlink()
            raise RetirementError(
                f"Somebody changed “{name}”, or a message came in, while it was exported. Nothing was "
                "removed. Do it again."
            )
        hosts = hosts_of(site)
        removed = [f"{line} removed" for line in what_a_clinic_has(site)]
        remove_clinic(site, said.append)
        clinic = RetiredClinic.objects.create(
            name=name, retired_by=by, file=path.name, removed=[*removed, *said]
        )
        record(Kind.CLINIC, f"{name} ({hosts[0]}) retired", person=by)
        for host in hosts:
            RetiredHost.objects.update_or_create(host=host, defaults={"clinic": clinic})
    for line in said:
        say(line)
    return Retirement(clinic, path)


def _free_path(site, folder):
    """A name of its own: an earlier try, or an earlier clinic of this name, may have left a file."""
    wanted = f"{slugify(site.site_name) or site.hostname}-{timezone.localdate():%Y-%m-%d}"
    taken = {path.stem for path in folder.glob("*.zip")}
    return folder / f"{first_free(wanted, taken, '{}-{}')}.zip"


def _let_nobody_write(site):
    """Let whoever writes to the clinic wait, or see that it has gone: a message names a page of it.

    A write, and not a lock for reading alone, so that SQLite waits here as well.
    """
    pages = Page.objects.filter(path__startswith=site.root_page.path)
    list(pages.order_by("pk").select_for_update(of=["self"]).values_list("pk", flat=True))
    pages.filter(pk=site.root_page_id).update(numchild=F("numchild"))


def _mark_of(site) -> tuple:
    """What differs once anything of a clinic has changed that the file has."""
    pages = Page.objects.filter(path__startswith=site.root_page.path)
    keys = [str(pk) for pk in pages.values_list("pk", flat=True)]
    messages = messages_of(site).aggregate(Count("pk"), Max("pk"), Max("answered_at"))
    revisions = Revision.page_revisions.filter(object_id__in=keys).aggregate(Max("pk"), Max("created_at"))
    version = getattr(site, "clinicsite_settings", None)
    return (
        sorted(keys),
        messages,
        revisions,
        type(version).objects.values_list("version", flat=True).get(pk=version.pk) if version else "",
        [(folder, row.pk, row.file.name) for folder, row in files_of(site)],
    )
