"""Between the stored JSON of a page and the values that `compose()` works on."""

from collections.abc import Iterable, Sequence
from typing import Any

from clinicsite.library.composition import Action, Addition, ComposedSection, Lock, Override, Section
from clinicsite.library.kinds import default_lock

#: The name of the one block type in a page's `sections`.
BLOCK_TYPE = "section"


def sections_from_raw(raw: Iterable[dict]) -> list[Section]:
    """The sections of a library page (or a stand-alone one) from its stored stream."""
    return [_section(child) for child in raw if child["type"] == BLOCK_TYPE]


def additions_from_raw(raw: Iterable[dict]) -> list[Addition]:
    """The additions of a follower from its stored stream."""
    return [_addition(child) for child in raw if child["type"] == BLOCK_TYPE]


def override_from_record(record) -> Override:
    """The value of a `SectionOverride`."""
    return Override(
        section_id=record.section_id,
        action=Action(record.action),
        heading=record.heading,
        body=list(record.body.raw_data),
        base=section_from_base(record.section_id, record.base),
        trail=tuple(record.base.get("trail", ())),
    )


def section_from_base(section_id: str, base: dict[str, Any]) -> Section:
    """The library's section as an override remembers it."""
    return Section(section_id, base.get("kind", ""), base.get("heading", ""), base.get("body", []))


def base_of(section: Section, library: Sequence[Section]) -> dict[str, Any]:
    """What an override remembers of the section it takes over: its words, and what stood before it."""
    ids = [other.id for other in library]
    return {
        "kind": section.kind,
        "heading": section.heading,
        "body": section.body,
        "trail": ids[: ids.index(section.id)],
    }


def raw_from_composed(composed: Iterable[ComposedSection]) -> list[dict]:
    """The stored form of composed sections, for one stream that loads all their pictures at once."""
    return [
        {
            "type": BLOCK_TYPE,
            "id": section.id,
            "value": {"kind": section.kind, "heading": section.heading, "body": section.body},
        }
        for section in composed
    ]


def _section(child: dict) -> Section:
    value = child["value"]
    lock, reason = default_lock(value.get("kind", ""))
    if value.get("lock"):
        lock, reason = Lock(value["lock"]), value.get("lock_reason", "")
    return Section(
        id=child["id"],
        kind=value.get("kind", ""),
        heading=value.get("heading") or "",
        body=value.get("body") or [],
        lock=lock,
        lock_reason=reason,
    )


def _addition(child: dict) -> Addition:
    value = child["value"]
    trail = (item["value"] if isinstance(item, dict) else item for item in value.get("trail") or [])
    return Addition(
        section=_section(child),
        anchor=value.get("anchor") or "",
        is_before=value.get("anchor_position") == "before",
        trail=tuple(trail),
    )
