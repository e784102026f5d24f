"""Which answers a page in memory has been given, told to the project once they are saved and committed."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from clinicsite.library.protocols import LibraryReader
from clinicsite.signals import GivenAnswer, answer_given

_NOTED = "_answers_given"


def note(page: LibraryReader, answer: GivenAnswer, section_id: str = "") -> None:
    """Remember an answer on the page it was given on, which composes afresh; "" means the whole page."""
    page.__dict__.setdefault(_NOTED, []).append((answer, section_id))
    page.forget_composition()


def tell(page: LibraryReader, user: AbstractBaseUser, *, is_published: bool) -> None:
    """Send what the page was answered, each answer once, when the transaction under way is committed."""
    given = page.__dict__.pop(_NOTED, [])

    def send():
        for answer, section_id in given:
            answer_given.send_robust(
                type(page),
                page=page,
                section_id=section_id,
                answer=answer,
                user=user,
                is_published=is_published,
            )

    if given:
        transaction.on_commit(send)
