"""What the library says to a paper that a clinic has brought: taken over, or declined with a reason."""

from itertools import count
from string import ascii_lowercase

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from clinicsite.modalities.models.own_references import OwnReference
from clinicsite.modalities.models.reference_fields import ReferenceFields
from clinicsite.modalities.models.references import Reference

#: What the library takes over of what the clinic has written.
_TAKEN = [field.name for field in ReferenceFields._meta.get_fields()]


class AlreadyTakenOverError(Exception):
    """Somebody else has taken the paper over in the meantime; nothing is to be done."""


@transaction.atomic
def accept(own: OwnReference, user, answer: str = "") -> Reference:
    """Have the library's reference stand for a clinic's own: the one it has, or a new one.

    Every page that cites the clinic's own shows the library's from now on. Raises `AlreadyTakenOverError`.
    """
    own = _to_answer(own)
    reference = own.same_in_library() or _new_reference(own)
    own.library_reference = reference
    _note(own, OwnReference.State.ACCEPTED, user, answer)
    return reference


@transaction.atomic
def decline(own: OwnReference, user, answer: str) -> None:
    """Say why the library does not take a paper; the clinic goes on citing it. May raise as `accept` does."""
    _note(_to_answer(own), OwnReference.State.DECLINED, user, answer)


def citation_key_for(own: ReferenceFields) -> str:
    """A short name that no reference has: gattie2017, gattie2017b."""
    family = own.author_names[0][0] if own.author_names else "reference"
    wanted = f"{slugify(family).replace('-', '') or 'reference'}{own.year}"[:50]
    taken = set(
        Reference.objects.filter(citation_key__startswith=wanted).values_list("citation_key", flat=True)
    )
    letters = (wanted + letter for letter in ("", *ascii_lowercase[1:]))
    numbers = (f"{wanted}-{number}" for number in count(2))
    return next((key for key in letters if key not in taken), None) or next(
        key for key in numbers if key not in taken
    )


def _to_answer(own):
    own = OwnReference.objects.select_for_update(of=("self",)).get(pk=own.pk)
    if own.is_taken_over:
        raise AlreadyTakenOverError(f"“{own}” is in the library already.")
    return own


def _new_reference(own):
    reference = Reference(**{name: getattr(own, name) for name in _TAKEN})
    reference.citation_key = citation_key_for(own)
    # What it found has to be read and written by the library.
    reference.is_finding_confirmed = False
    reference.full_clean()
    reference.save()
    return reference


def _note(own, state, user, answer):
    own.state, own.answer = state, answer
    own.answered_by, own.answered_at = user, timezone.now()
    own.save()
