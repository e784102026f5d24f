"""Between the stored JSON of a page and the values that `compose()` works on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from clinicsite.library.composition import (
    Action,
    Addition,
    ComposedSection,
    Lock,
    Override,
    Retired,
    Section,
    compose,
)
from clinicsite.library.section_kinds import SAFETY_REASON, default_lock
from clinicsite.library.stored import (
    OverrideBase,
    RetiredSection,
    SectionValue,
    StoredBlock,
    StoredSection,
    dict_or_empty,
    included_keys,
    item_value,
)

#: The name of the one block type in a page's `sections`.
BLOCK_TYPE = "section"


def sections_from_raw(raw: Iterable[StoredSection]) -> list[Section]:
    """The sections of a library page (or a stand-alone one) from its stored stream."""
    return [_section(child) for child in _readable(raw)]


def additions_from_raw(raw: Iterable[StoredSection]) -> list[Addition]:
    """The additions of a follower from its stored stream."""
    return [_addition(child) for child in _readable(raw)]


def override_from_record(record) -> Override:
    """The value of a `SectionOverride`."""
    return Override(
        section_id=record.section_id,
        action=Action(record.action),
        heading=record.heading,
        body=list(record.body.raw_data),
        base=section_from_base(record.section_id, record.base),
        trail=tuple(dict_or_empty(record.base).get("trail") or ()),
        is_kept=record.is_kept,
        is_let_go=record.is_let_go,
        is_lock_known=record.is_lock_known,
        seen=section_from_base(record.section_id, record.seen) if record.seen else None,
        is_heading_only=record.is_heading_only,
    )


def section_from_base(section_id: str, base: OverrideBase) -> Section:
    """The library's section as an override remembers it."""
    base = dict_or_empty(base)
    return Section(section_id, base.get("kind") or "", base.get("heading") or "", _body(base))


def base_of(section: Section, library: Sequence[Section]) -> OverrideBase:
    """What an override remembers of the section it takes over: its words, and what stood before it."""
    ids = [other.id for other in library]
    return {
        "kind": section.kind,
        "heading": section.heading,
        "body": section.body,
        "trail": ids[: ids.index(section.id)],
    }


def raw_from_sections(sections: Iterable[Section]) -> list[StoredSection]:
    """The stored form of library sections, locks included: what a clinic has accepted."""
    return [{"type": BLOCK_TYPE, "id": section.id, "value": _value(section)} for section in sections]


def retired_from_raw(
    raw: Iterable[RetiredSection], since: str = "", left_out: Mapping[str, str] | None = None
) -> list[Retired]:
    """The sections a library page has dropped, from `SharedPage.retired_sections`.

    `since` is when a clinic began to follow, `left_out` when it let a section go, by id, in ISO form: what
    was dropped before then is not on its page. One that was locked is always among them: it takes the
    clinic's words for it away as well.
    """
    found = [(_section(child), child) for child in _readable(raw)]
    return [
        Retired(section, tuple(child.get("trail") or ()))
        for section, child in found
        if section.lock is Lock.LOCKED
        or (_is_after(child, since) and _is_after(child, (left_out or {}).get(section.id, "")))
    ]


def retired_after(
    before: Sequence[StoredSection],
    now: Sequence[StoredSection],
    retired: Sequence[RetiredSection],
    moment: datetime,
) -> list[RetiredSection]:
    """What `retired_sections` becomes when a library page's stored sections change from `before` to `now`.

    A section the library brings back is retired no more. Each remembers all that stood before it, retired
    ones included, so that whatever the library drops next, patients read on in the same order.
    """
    here = {child["id"] for child in now}
    order = [one.id for one in compose(sections_from_raw(before), {}, (), retired_from_raw(retired))]
    earlier = _readable(retired)
    names = {child["id"] for child in earlier}
    dropped = [
        {**child, "retired_at": moment.isoformat()} for child in _readable(before) if child["id"] not in names
    ]
    return [
        {**child, "trail": order[: order.index(child["id"])] if child["id"] in order else []}
        for child in [*earlier, *dropped]
        if child["id"] not in here
    ]


def raw_from_composed(composed: Iterable[ComposedSection]) -> list[StoredSection]:
    """The stored form of composed sections, for one stream that loads all their pictures at once."""
    return [
        {
            "type": BLOCK_TYPE,
            "id": section.id,
            "value": {"kind": section.kind, "heading": section.heading, "body": section.body},
        }
        for section in composed
    ]


def _value(section: Section) -> SectionValue:
    return {
        "kind": section.kind,
        "heading": section.heading,
        "body": section.body,
        "lock": section.lock.value,
        "lock_reason": section.lock_reason,
    }


def _is_after(child: RetiredSection, moment: str) -> bool:
    """Whether a section was retired after a moment; where either is not known, it counts as retired since."""
    try:
        return datetime.fromisoformat(child["retired_at"]) > datetime.fromisoformat(moment)
    except (KeyError, TypeError, ValueError):
        return True


def _readable(raw: Any) -> list[Any]:
    """The stored sections that have an id and a value; a damaged one is left out, not the page with it."""
    children = raw if isinstance(raw, Iterable) else ()
    return [
        child
        for child in children
        if isinstance(child, dict)
        and child.get("type") == BLOCK_TYPE
        and child.get("id")
        and isinstance(child.get("value"), dict)
    ]


def _body(value: SectionValue) -> list[StoredBlock]:
    stored = value.get("body")
    blocks = stored if isinstance(stored, list) else ()
    return [block for block in blocks if isinstance(block, dict) and {"type", "value"} <= block.keys()]


def _section(child: StoredSection) -> Section:
    value = child["value"]
    kind = value.get("kind", "")
    lock, reason = default_lock(kind)
    if value.get("lock") in set(Lock):
        lock, reason = Lock(value["lock"]), value.get("lock_reason", "")
    body = _body(value)
    if included_keys(body):
        # Whoever could replace the section could take the warning out of it.
        lock, reason = Lock.LOCKED, SAFETY_REASON
    return Section(
        id=child["id"],
        kind=kind,
        heading=value.get("heading") or "",
        body=body,
        lock=lock,
        lock_reason=reason,
    )


def _addition(child: StoredSection) -> Addition:
    value = child["value"]
    trail = (item_value(item) for item in value.get("trail") or [])
    return Addition(
        section=_section(child),
        anchor=value.get("anchor") or "",
        is_before=value.get("anchor_position") == "before",
        trail=tuple(trail),
    )
