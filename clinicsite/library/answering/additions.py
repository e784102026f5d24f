"""Sections that only a clinic has: added and moved among those of the composed page, in memory.

Each raises `AnswerError` with a sentence that says what to do where it cannot be carried out.
"""

from uuid import uuid4

from clinicsite.library.answering.answers import GONE
from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.composition import State
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.sections import BLOCK_TYPE
from clinicsite.library.stored import list_items


def add_after(page: LibraryReader, section_id: str, *, kind, heading, body):
    """Add a section of the clinic's own after a section of the composed page; returns the new id."""
    before = [section.id for section in page.compose()]
    if section_id and section_id not in before:
        raise AnswerError(GONE)
    new_id = str(uuid4())
    value = {"kind": kind, "heading": heading, "body": body}
    raw = [dict(child) for child in page.sections.raw_data]
    raw.append({"type": BLOCK_TYPE, "id": new_id, "value": value})
    page.sections = raw
    place_addition(page, new_id, before.index(section_id) + 1 if section_id else 0)
    return new_id


def move_addition(page: LibraryReader, section_id: str, steps):
    """Move an addition up (-1) or down (1) among the sections of the composed page."""
    composed = page.compose()
    ids = [section.id for section in composed]
    if section_id not in ids or composed[ids.index(section_id)].state is not State.ADDED:
        raise AnswerError("Only a section your clinic has added can be moved; the order is the library's.")
    place_addition(page, section_id, max(0, min(len(ids) - 1, ids.index(section_id) + steps)))


def place_addition(page: LibraryReader, section_id: str, index):
    """Put an addition at a place of the composed page, counted without itself, and anchor it there."""
    composed = [section for section in page.compose() if section.id != section_id]
    order = [section.id for section in composed]
    order.insert(index, section_id)
    own = {section.id for section in composed if section.state is State.ADDED} | {section_id}
    children = {child["id"]: dict(child) for child in page.sections.raw_data}
    trail: list[str] = []
    for name in order:
        if name in own and name in children:
            children[name]["value"] = {**children[name]["value"], **_anchor(trail, order, own)}
        elif name not in own:
            trail.append(name)
    page.sections = [children[name] for name in order if name in children]
    page.forget_composition()


def _anchor(trail, order, own):
    """Where an addition stands: after the library section above it, or before the first of the page."""
    if trail:
        return {"anchor": trail[-1], "anchor_position": "after", "trail": list_items(trail[:-1])}
    first = next((name for name in order if name not in own), "")
    return {"anchor": first, "anchor_position": "before", "trail": []}
