"""What tells robots from people without a third party: where a form comes from, a trap, web addresses, a
clinic's own question.
"""

import re

from django.core.exceptions import ValidationError

from clinicsite.core.addresses import parts_or_none

#: A field that people do not see. No address book fills in a field of this name, and robots do.
TRAP = "subject"
#: Web addresses a message may hold; advertisements hold more.
MOST_LINKS = 2

_LINK = re.compile(r"https?://|\bwww\.|\[url|<a\s", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[\W_]+")


def is_from_elsewhere(request) -> bool:
    """Whether another site's page sent a form: nobody may put words into a patient's mouth.

    Browsers name the page in one of these headers. A form that acts for nobody signed in needs no more, so a
    browser that keeps its origin to itself ("null") is believed rather than its patient's words thrown away.
    """
    sources = [request.headers.get("Origin"), request.headers.get("Referer")]
    named = (source for source in sources if source and source != "null")
    return any(_host_of(source) != request.get_host() for source in named)


def has_sprung_the_trap(data) -> bool:
    """Whether the field that people do not see was filled in."""
    return bool(data.get(TRAP))


def validate_no_link(text: str) -> None:
    """Refuse a web address where none belongs, such as in a name."""
    if _LINK.search(text):
        raise ValidationError("Leave out the web address.")


def validate_few_links(text: str) -> None:
    """Refuse a message that is mostly web addresses; a person is told, and can mend it."""
    if len(_LINK.findall(text)) > MOST_LINKS:
        raise ValidationError(f"Leave some web addresses out: at most {MOST_LINKS} can be sent.")


def is_accepted(answer: str, accepted_answers: str) -> bool:
    """Whether an answer is one of a clinic's, listed with commas between; case and marks are no matter."""
    return _bare(answer) in {_bare(accepted) for accepted in accepted_answers.split(",")} - {""}


def _bare(text: str) -> str:
    return _NOT_A_WORD.sub(" ", text).strip().casefold()


def _host_of(source):
    """The host that a header names; None for what is no address, which no browser sends."""
    parts = parts_or_none(source)
    return parts.netloc if parts else None
