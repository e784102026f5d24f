"""The shapes of what the library stores as JSON, and how it is read where it may be old or damaged.

Each shape is written in one place of the code and read in several; a key that is missing says nothing.
Moments and dates are in ISO form. No Django here.
"""

from collections.abc import Iterable
from typing import Any, NotRequired, TypedDict
from uuid import uuid4


class StoredBlock(TypedDict):
    """One block of a stream: of a section's body, or of a page's sections."""

    type: str
    value: Any
    id: str


class SectionValue(TypedDict, total=False):
    """What a section of a page says, `ClinicalSectionBlock`; the last three for an addition: its place."""

    kind: str
    heading: str
    body: list[StoredBlock]
    lock: str
    lock_reason: str
    anchor: str
    anchor_position: str
    #: Items of a list block, see `list_items`.
    trail: list[Any]


class StoredSection(TypedDict):
    """One section in `SharedPage.sections` and, as the clinic has accepted it, in `held_sections`."""

    type: str
    value: SectionValue
    id: str


class RetiredSection(StoredSection, total=False):
    """One section in `SharedPage.retired_sections`: as it was, what stood before it, and when it went."""

    trail: list[str]
    retired_at: str


class OverrideBase(TypedDict, total=False):
    """`SectionOverride.base`: the library's section as it was taken over, and what stood before it."""

    kind: str
    heading: str
    body: list[StoredBlock]
    trail: list[str]


class OwnWords(TypedDict):
    """One of `SectionOverride.earlier_words`: what a clinic wrote, and the section it was written on."""

    heading: str
    body: list[StoredBlock]
    base: OverrideBase
    #: Missing where it was put aside before a heading could be changed alone.
    is_heading_only: NotRequired[bool]


class ReviewNote(TypedDict):
    """The day a clinician checked a follower, and a fingerprint of the own words that were checked."""

    on: str
    words: str


class LeftLibrary(TypedDict, total=False):
    """What a page that has left the library remembers, so that following again brings it back as it was."""

    #: The key of the library page it followed.
    page: int
    #: `library_base`, `held_sections` and the stored additions of the follower it was.
    base: "LibraryBase"
    held: list[StoredSection] | None
    held_details: dict[str, str | None] | None
    held_picture: int | None
    additions: list[StoredSection]
    #: {section id: fingerprint of its words when the page left}.
    marks: dict[str, str]
    #: {field: [its value as a follower, the value it was given]}, as text.
    values: dict[str, list[str | None]]
    #: {many-to-many field: keys of the pages it was given}.
    lists: dict[str, list[int]]
    #: {relation: values of the rows that were copied}.
    children: dict[str, list[dict[str, Any]]]


class LibraryBase(TypedDict, total=False):
    """`SharedPage.library_base`: the library page as a follower's clinic knows it.

    A page that has left the library has `left` alone.
    """

    #: The key of the library page that the rest is about.
    page: int
    title: str
    slug: str
    #: When the clinic began to follow: what the library dropped before then is not on its page.
    since: str
    #: {id of a retired section: when the clinic let it go}.
    left_out: dict[str, str]
    review: ReviewNote | None
    #: On a held page: when the library's words that the clinic has accepted were checked.
    accepted_reviewed_on: str | None
    left: LeftLibrary


class VersionContent(TypedDict, total=False):
    """`Release.content` and `Release.before`: a library page as a revision stores it, with all its fields.

    These are the ones that the library's code names; stream fields are JSON in text.
    """

    pk: int
    title: str
    slug: str
    sections: str
    retired_sections: list[RetiredSection]
    live_revision: int | None
    go_live_at: str | None


class ClinicParts(TypedDict):
    """What the cached profile of a clinic keeps for the library, under `parts`."""

    #: {key of a library page: path of the clinic's live follower}.
    followers: dict[int, str]
    #: {key of a library page: key of the release that the clinic pilots}.
    pilots: dict[int, int]


#: The block of a body that names warning signs of the library, whose words stand in its place.
INCLUDED = "warning_signs"


def included_keys(body: Any) -> list[int]:
    """The keys of the pages of warning signs that a stored body names, in its order."""
    blocks = body if isinstance(body, list) else ()
    named = [block["value"] for block in blocks if isinstance(block, dict) and block.get("type") == INCLUDED]
    return [key for key in named if isinstance(key, int)]


def dict_or_empty(stored: Any) -> Any:
    """A stored JSON object; an empty one in place of anything else, so that patients still read the page."""
    return stored if isinstance(stored, dict) else {}


def list_items(values: Iterable[Any]) -> list[dict[str, Any]]:
    """Values as a list block stores them."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def is_wrapped(item: Any) -> bool:
    """Whether an item of a list block is stored as it is today; very old ones are the bare value."""
    return isinstance(item, dict) and {"id", "type", "value"} <= item.keys()


def item_value(item: Any) -> Any:
    """The value of an item of a list block, however old it is."""
    return item["value"] if is_wrapped(item) else item
