"""What a clinic can be asked about the library, and what it can say."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wagtail.models import Page

from clinicsite.library.joining.adding import Offer


class UpdateKind(StrEnum):
    """What a question is about."""

    CHANGED = "changed"
    WAITING = "waiting"
    RETIRED = "retired"
    SET_ASIDE = "set-aside"
    BACK = "back"
    PAGE_RETIRED = "page_retired"
    RENAMED = "renamed"
    LINK = "link"
    NEW = "new"


#: UpdateKind -> (word, icon) as the screen shows it; never colour alone.
UPDATE_LABELS = {
    UpdateKind.CHANGED: ("Library changed", "warning"),
    UpdateKind.WAITING: ("Waits for approval", "time"),
    UpdateKind.RETIRED: ("Section retired", "history"),
    UpdateKind.SET_ASIDE: ("Yours set aside", "lock"),
    UpdateKind.BACK: ("Back again", "rotate"),
    UpdateKind.PAGE_RETIRED: ("Page retired", "history"),
    UpdateKind.RENAMED: ("Renamed", "tag"),
    UpdateKind.LINK: ("Linked, not on your site", "link"),
    UpdateKind.NEW: ("New in the library", "plus"),
}


class Answer(StrEnum):
    """What a clinic can say to a question."""

    KEEP = "keep"
    TAKE = "take"
    APPROVE = "approve"
    KEEP_RETIRED = "keep-retired"
    DROP_RETIRED = "drop-retired"
    NOTED = "noted"
    TAKE_TITLE = "take-title"
    TAKE_SLUG = "take-slug"
    KEEP_NAME = "keep-name"
    ADD_DRAFT = "add-draft"
    ADD_LIVE = "add-live"
    DECLINE = "decline"


ANSWER_LABELS = {
    Answer.KEEP: "Keep ours",
    Answer.TAKE: "Take the library’s",
    Answer.APPROVE: "Approve",
    Answer.KEEP_RETIRED: "Keep it",
    Answer.DROP_RETIRED: "Let it go",
    Answer.NOTED: "We have seen it",
    Answer.TAKE_TITLE: "Take the new title",
    Answer.TAKE_SLUG: "Take the new address",
    Answer.KEEP_NAME: "Keep ours",
    Answer.ADD_DRAFT: "Add as a draft",
    Answer.ADD_LIVE: "Add and publish",
    Answer.DECLINE: "Not for us",
}
#: How an answer to several questions at once is named, where the word for one would not say to which.
BULK_LABELS = ANSWER_LABELS | {
    Answer.KEEP_RETIRED: "Keep what is retired",
    Answer.DROP_RETIRED: "Let go what is retired (pages are unpublished)",
}
#: What can be said to several questions at once.
BULK_ANSWERS = (
    Answer.KEEP,
    Answer.TAKE,
    Answer.APPROVE,
    Answer.KEEP_RETIRED,
    Answer.DROP_RETIRED,
    Answer.NOTED,
    Answer.ADD_DRAFT,
    Answer.ADD_LIVE,
    Answer.DECLINE,
)


@dataclass(frozen=True)
class Replacement:
    """The library page that takes the place of a retired one, as it stands with one clinic."""

    page: Page
    #: The clinic's own page that follows it; None where it is offered.
    own: Page | None = None
    offer: Offer | None = None
    #: How the clinic can add it.
    answers: tuple[Answer, ...] = ()

    @property
    def key(self):
        """The page as a form names it: the same as where it is offered as new."""
        return _key(UpdateKind.NEW, self.page)

    @property
    def words(self):
        """What the clinic can do about it."""
        takes = f"“{self.page.title}” takes its place"
        if self.own:
            state = "" if self.own.live else ", not published yet"
            return f"{takes}; your site has it already: “{self.own.title}”{state}."
        can = self.offer.place.missing or "You can add it to your site here."
        return f"{takes}. {can} If you keep this page, you can let it follow that one afterwards."


@dataclass(frozen=True)
class Pilot:
    """A page of a clinic's that reads a version of the library page before other clinics do."""

    page: Page
    #: What the library said to those who try it.
    note: str


@dataclass(frozen=True)
class Question:
    """One thing a clinic has to answer. `page` is its own page, or the library's where it has none."""

    kind: UpdateKind
    page: Page
    heading: str
    what: str
    answers: tuple[Answer, ...]
    section_id: str = ""
    #: The fingerprint of the library's text that is shown: an answer to another text is refused.
    seen: str = ""
    when: datetime | None = None
    #: The answer lies in a draft that is not published yet.
    is_answered: bool = False
    is_at_once: bool = False
    can_compare: bool = False
    offer: Offer | None = None
    #: What the library said to the clinics with its newest release.
    note: str = ""
    #: The clinic tries this version before the others.
    is_on_pilot: bool = False
    replacement: Replacement | None = None

    @property
    def key(self):
        """The question as a form names it."""
        return _key(self.kind, self.page, self.section_id, self.seen)

    @property
    def library_page_id(self):
        """The library page it is about."""
        return self.page.pk if self.offer else self.page.library_page_id

    @property
    def about(self):
        """What stays the same when the library changes once more."""
        return self.kind, self.page.pk, self.section_id


def _key(kind, page, section_id="", seen=""):
    return ":".join([kind, str(page.pk), section_id, seen])
