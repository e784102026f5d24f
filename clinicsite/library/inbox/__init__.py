"""Library updates: what one clinic has to answer, read from its pages each time and stored nowhere.

A question is asked of the newest draft of a page, so that an answer given in a draft is not asked again; it
is shown as answered until the draft is published. The number of queries does not grow with the number of
followers, only with the number of drafts under way.
"""

from clinicsite.library.inbox.box import Inbox
from clinicsite.library.inbox.kinds import (
    ANSWER_LABELS,
    BULK_ANSWERS,
    BULK_LABELS,
    KIND_LABELS,
    Answer,
    Kind,
    Question,
)
from clinicsite.library.inbox.notes import Notes

__all__ = [
    "ANSWER_LABELS",
    "BULK_ANSWERS",
    "BULK_LABELS",
    "KIND_LABELS",
    "Answer",
    "Inbox",
    "Kind",
    "Notes",
    "Question",
]
