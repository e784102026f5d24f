"""Making a clinic of a spec: the one way by which there comes to be one.

A wizard, a command and the demo call the same function. It checks the whole spec first, stores the files of
pictures, and makes all the rest in one transaction: however it ends, there is a whole clinic or none.
"""

from dataclasses import dataclass, replace
from functools import partial

from django.db import transaction
from django.db.models import F
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicSettings, NetworkPage
from clinicsite.core import indexing
from clinicsite.core.pictures.preparing import left_for_later
from clinicsite.provisioning.building import ClinicBuilder
from clinicsite.provisioning.invitations import invite as send_invitation
from clinicsite.provisioning.opening import WILL_BE_ASKED, is_to_be_opened, open_if_ready
from clinicsite.provisioning.pictures import Pictures
from clinicsite.provisioning.spec import ClinicSpec, SpecError
from clinicsite.provisioning.spec.drafts import Drafts
from clinicsite.provisioning.spec.groups import with_defaults
from clinicsite.provisioning.spec.validating import faults_around, network_of, pictures_in
from clinicsite.signals import clinic_created


@dataclass(frozen=True)
class CreatedClinic:
    """What came of making a clinic.

    Args:
        site: The clinic's site; None after a dry run of a clinic that is not there yet.
        is_new: Whether there was none of this slug before.
        made: A sentence for each thing that was made, or that a dry run would make.
        kept: One for each thing that was there already, and is as its editors have made it.
        notes: What else somebody should know, such as a page that the library has taken down.
        is_dry_run: Whether nothing was written.
        is_held_back: Whether the spec asks for a live site, and it is a draft: `notes` say why.
    """

    site: Site | None
    is_new: bool
    made: tuple[str, ...]
    kept: tuple[str, ...]
    notes: tuple[str, ...]
    is_dry_run: bool = False
    is_held_back: bool = False


class _DryRunError(Exception):
    """Undoes what a dry run has made."""


def create_clinic(
    spec: ClinicSpec, *, by=None, dry_run: bool = False, invite: bool = True, template: Site | None = None
) -> CreatedClinic:
    """Make a clinic, whole or not at all; of one that is there, what it lacks.

    One that is to be live is made as a draft first, and opened through its launch checklist: only if no line
    of that is open, or if the spec says to open it anyway. Run again, it is asked again until it was opened.

    A clinic is known by its slug. What it has already stays as its editors have made it, whatever the spec
    says. Of two calls at once the second waits, and finds the clinic of the first. Does not ask whether `by`
    may do this: whoever calls has.

    Args:
        spec: The clinic, as `clinicsite.provisioning.spec.read` reads it.
        by: Who makes it, for the history of its pages; None for a command.
        dry_run: Say what would be made, and write nothing.
        template: A clinic whose own words a new one gets: what it says otherwise than the library on pages
            that both follow, and its plain pages.
        invite: Whether the owner and the other people that get a role now are sent an invitation.

    Raises:
        SpecError: with all that is wrong, by field; nothing was written.
    """
    spec = with_defaults(spec)
    pictures = Pictures(picture for _path, picture in pictures_in(spec))
    _refuse_faults(spec)
    if not dry_run:
        pictures.store()
    try:
        created = _create(spec, pictures, by, dry_run, invite, template)
    finally:
        pictures.discard()
    return _opened(created, spec, by) if is_to_be_opened(created.site, spec) else created


def _opened(created, spec, by):
    if created.is_dry_run:
        return created if spec.opens_anyway else replace(created, notes=(*created.notes, WILL_BE_ASKED))
    # Once the clinic is there: the checklist asks its host, and reads it as a visitor would.
    is_open, told = open_if_ready(created.site, spec, by)
    return replace(created, notes=(*created.notes, *told), is_held_back=not is_open)


def _refuse_faults(spec) -> Drafts:
    drafts = Drafts(spec)
    faults = [*drafts.faults, *faults_around(spec)]
    if faults:
        raise SpecError(faults)
    return drafts


def _create(spec, pictures, by, dry_run, invite, template):
    builder = None
    try:
        with transaction.atomic():
            _wait_for_others()
            # Asked again: somebody else may have taken the host, or made this very clinic, meanwhile.
            drafts = _refuse_faults(spec)
            builder = ClinicBuilder(drafts, network_of(spec), pictures, by, template)
            with left_for_later(), indexing.written_at_the_end():
                builder.build()
                if dry_run:
                    raise _DryRunError
            pictures.prepare()
            _tell(builder, by, invite)
    except _DryRunError:
        site = None if builder.is_new else builder.site
        return _result(builder, site, is_dry_run=True)
    return _result(builder, builder.site)


def _wait_for_others():
    """Let no other clinic be made, in whichever network, until this one is there.

    A write, and not a lock for reading alone, so that SQLite waits here as well.
    """
    first = NetworkPage.objects.order_by("path").values_list("pk", flat=True)[:1]
    Page.objects.filter(pk__in=list(first)).update(numchild=F("numchild"))


def _tell(builder, by, invite):
    """Send what is to be sent once all is committed."""
    if not (builder.is_new or builder.made):
        return
    for person in builder.invited if invite else ():
        send_invitation(person, builder.site)
    send = partial(
        clinic_created.send_robust,
        ClinicSettings,
        site=builder.site,
        spec=builder.spec,
        is_new=builder.is_new,
        user=by,
    )
    transaction.on_commit(send)


def _result(builder, site, *, is_dry_run=False):
    return CreatedClinic(
        site=site,
        is_new=builder.is_new,
        made=tuple(builder.made),
        kept=tuple(builder.kept),
        notes=tuple(builder.notes),
        is_dry_run=is_dry_run,
    )
