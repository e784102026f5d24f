"""The signed stamp in every form: for which page it was shown, and when.

It tells a person from a robot by time. It needs no session, no cookie and no row in the database, so it works
in any process and in a tab that was left open.
"""

import time
from dataclasses import asdict, dataclass

from django.core import signing

#: Seconds nobody needs fewer of to read a form and fill it in.
SHORTEST = 3
#: Seconds after which a form is shown again before it is taken: a day, so that a tab may stay open overnight.
LONGEST = 24 * 60 * 60
SALT = "clinicsite.home.contact.stamps"


@dataclass(frozen=True)
class Stamp:
    """One showing of a form. `shown_at` is in seconds since 1970."""

    page_id: int
    shown_at: int

    @property
    def is_too_young(self) -> bool:
        """Whether less time has passed than a person needs."""
        return time.time() - self.shown_at < SHORTEST

    @property
    def text(self) -> str:
        """The stamp as the form carries it."""
        return signing.dumps(asdict(self), salt=SALT)


def new(page_id: int) -> Stamp:
    """The stamp of a form shown now, for a person to fill in."""
    return Stamp(page_id, int(time.time()))


def for_sending_again(page_id: int) -> Stamp:
    """The stamp of a form shown again, filled in: to send it is all that is left, which needs no time."""
    return Stamp(page_id, int(time.time()) - SHORTEST)


def read(text: str, page_id: int) -> Stamp | None:
    """The stamp a form was sent with; None for one that is missing, forged, too old or of another page."""
    try:
        stamp = Stamp(**signing.loads(text, salt=SALT, max_age=LONGEST))
    except (signing.BadSignature, TypeError):
        return None
    return stamp if stamp.page_id == page_id else None
