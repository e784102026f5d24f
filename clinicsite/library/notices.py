"""What a clinic has to be told of a section it has answered about: its answer holds no longer, or again.

The library's text that changes under a clinic's version is told by the section's state. Here is the rest:
locks that set an answer aside and go again, sections that the library pulls or brings back. Values in, values
out. No Django here.
"""

from enum import StrEnum

from clinicsite.library.composition import Action, Lock, Override, Section, has_effect


class Notice(StrEnum):
    """Why what a clinic has said about a section does not stand as the clinic knows it."""

    #: A lock sets the clinic's version, or its wish to hide the section, aside.
    OVERRULED = "overruled"
    #: The library has dropped the section while it was locked: it is gone at once, the clinic's version too.
    PULLED = "pulled"
    #: The clinic knows of the lock, and the lock has gone.
    IN_EFFECT_AGAIN = "in effect again"
    #: The library has the section again that the clinic kept, or let go, when it was dropped.
    BACK = "back"


#: Those that say that patients do not read what the clinic wants; the others say that they do, again.
AGAINST_THE_CLINIC = (Notice.OVERRULED, Notice.PULLED)


def notice_about(override: Override, library: Section | None, *, is_on_page: bool) -> Notice | None:
    """What to tell a clinic about one of its overrides, or None.

    `library` is the section as the page reads it in the library now; `is_on_page` tells whether it stands on
    the composed page, as one does that the library has dropped and the clinic has not.
    """
    if override.action is Action.RETURN:
        return None
    if library is None:
        is_pulled = override.action is Action.REPLACE and not is_on_page
        return Notice.PULLED if is_pulled and not override.is_lock_known else None
    if not has_effect(override, library.lock):
        return None if override.is_lock_known else Notice.OVERRULED
    if override.is_lock_known:
        return Notice.IN_EFFECT_AGAIN
    return Notice.BACK if override.is_kept or override.is_let_go else None


def words_for(notice: Notice, override: Override, library: Section | None) -> str:
    """The notice in a few sentences, for the clinic's editors."""
    is_hiding = override.action is Action.HIDE
    if notice is Notice.OVERRULED:
        assert library is not None
        return f"{_overruled(is_hiding, library.lock)} {library.lock_reason}".strip()
    return _WORDS[notice][is_hiding]


def _overruled(is_hiding: bool, lock: Lock) -> str:
    if not is_hiding:
        return "The library has locked this section. Patients read the library’s text; yours is kept, unread."
    if lock is Lock.LOCKED:
        return "The library has locked this section. Patients read it, though you hide it."
    return (
        "The library lets no clinic hide this section now. Patients read it, until you put it in your words."
    )


#: Notice -> (where the clinic has its own version, where it hides the section).
_WORDS = {
    Notice.PULLED: (
        "The library has pulled this section from every page at once, and your version of it with it. Your "
        "words are kept with the page.",
        "",
    ),
    Notice.IN_EFFECT_AGAIN: (
        "The library’s lock on this section has gone. Patients read your own version again.",
        "The library’s lock on this section has gone. Patients do not read it: you hide it again.",
    ),
    Notice.BACK: (
        "The library has this section again. Patients go on reading the version you kept when it was "
        "dropped.",
        "The library has this section again. Your patients do not read it, since you let it go.",
    ),
}
