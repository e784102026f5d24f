"""Leaving the library with all that a page shows, and following it again or for the first time.

Each changes a page in memory; `drafts.change_draft` saves it. A page that has left remembers what it left,
so that following again brings it back as it was. Nothing a clinic wrote is lost on either way: its words are
in the page's sections, or in records of overrides that stay with the page.
"""

from copy import copy
from dataclasses import replace

from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.composition import Action, Lock, Section
from clinicsite.library.equality import fingerprint, same_words
from clinicsite.library.forms import NOT_INSIDE_THE_LIBRARY
from clinicsite.library.joining import inherited_rows, inherited_values
from clinicsite.library.joining.matching import Fate, Memory, Step, plan
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.plain_text import texts_in
from clinicsite.library.sections import BLOCK_TYPE, base_of, raw_from_composed, sections_from_raw
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.stored import LeftLibrary, dict_or_empty, list_items

#: Why an override exists that came from a page's own text; the library's editors read it.
REASON = "Written before this page followed the library."
NOT_ALONE = "This page follows a library page already. Make it independent first."
#: Where a page keeps what it left.
LEFT = "left"


def leave(page: SharedPage):
    """Make a follower independent: what patients read becomes its own, and it follows nothing any more."""
    if not page.is_follower:
        raise AnswerError("This page stands on its own already: it follows no page of the library.")
    page.forget_composition()
    composed = list(page.composed)
    left: LeftLibrary = {
        "page": page.library_page_id,
        "base": page.library_base,
        "held": page.held_sections,
        "held_details": page.held_details,
        "held_picture": page.held_picture_id,
        "additions": [dict(child) for child in page.sections.raw_data],
        "marks": {one.id: _fingerprint(one) for one in composed},
        "values": inherited_values.copy_values(page),
        "lists": inherited_values.copy_lists(page),
        "children": inherited_rows.copy_inherited(page),
    }
    page.sections = raw_from_composed(composed)
    page.library_page = None
    page.held_sections = None
    page.forget_details()
    page.library_base = {LEFT: left}
    page.forget_composition()


def left_by(page: SharedPage):
    """The primary key of the library page that this page has left, or None."""
    return dict_or_empty(dict_or_empty(page.library_base).get(LEFT)).get("page")


def plan_for(page: SharedPage, library_page: SharedPage) -> list[Step]:
    """What will become of every section if the page follows this library page; refuses what cannot be."""
    _refuse_unless_fitting(page, library_page)
    left = _left(page, library_page)
    return _plan(page, _as_follower(page, library_page, left), left)


def follow(page: SharedPage, library_page: SharedPage, *, to_library=(), hidden=()):
    """Let a page that stands alone follow a library page.

    `to_library` are the ids of library sections that show the library's text where the clinic's own differs;
    `hidden` those to leave out that would come to the page. Raises `AnswerError` where it cannot be.
    """
    _refuse_unless_fitting(page, library_page)
    left = _left(page, library_page)
    follower = _as_follower(page, library_page, left)
    steps = _plan(page, follower, left)
    records = _Records(page, follower.get_library_sections())
    records.put_away_foreign({step.library.id for step in steps if step.library})
    for step in steps:
        records.take(step, is_library=step.id in to_library, is_hidden=step.id in hidden)
    _give_back(page, left)
    page.sections = _additions(page, steps, left)
    for name in ("library_page", "library_base", "held_sections", "held_details", "held_picture_id"):
        setattr(page, name, getattr(follower, name))
    page.forget_composition()


class _Records:
    """The overrides of a page on its way into the library."""

    def __init__(self, page, library):
        self.page = page
        self.library = {section.id: section for section in library}
        self.order = library
        # The objects stay: a change to one is saved with the page.
        records = list(page.clinicsite_section_overrides.all())
        page.clinicsite_section_overrides.set(records)
        self.by_id = {record.section_id: record for record in records}

    def put_away_foreign(self, ids):
        """Keep what the clinic wrote for another library page, unread."""
        for record in self.by_id.values():
            if record.section_id not in ids:
                record.action = Action.RETURN.value

    def take(self, step, *, is_library, is_hidden):
        """Carry out one step of the plan."""
        if step.fate is Fate.OWN:
            self._put_words(step, Action.RETURN if is_library else Action.REPLACE)
        elif step.fate is Fate.LOCKED:
            self._put_words(step, Action.RETURN)
        elif step.fate is Fate.APPEARS and is_hidden:
            record = self._record(step.library, Action.HIDE)
            record.note_seen(self._base(step.library, record))
        elif step.fate in (Fate.APPEARS, Fate.FOLLOWS) and step.library.id in self.by_id:
            self.by_id[step.library.id].action = Action.RETURN.value

    def _put_words(self, step, action):
        record = self._record(step.library, action)
        # A heading that was the clinic's alone is so again, if the text under it is still the library's.
        is_heading_only = record.is_heading_only and same_words(
            replace(step.own, kind=step.library.kind, heading=step.library.heading), step.library
        )
        body = [] if is_heading_only else step.own.body
        base = self._base(step.library, record)
        record.write(step.own.heading, body, base, is_heading_only=is_heading_only)
        record.reason = record.reason or REASON
        record.is_kept = step.library.id not in self.library
        record.reviewed_on = self.page.reviewed_on
        record.reviewed_by_id = getattr(self.page, "reviewed_by_id", None)

    def _record(self, section, action):
        record = self.by_id.get(section.id)
        if record is None:
            record = SectionOverride(section_id=section.id)
            record.base = self._base(section, record)
            self.page.clinicsite_section_overrides.add(record)
            self.by_id[section.id] = record
        record.action = action.value
        return record

    def _base(self, section, record):
        if section.id in self.library:
            return base_of(section, self.order)
        return {**base_of(section, [section]), "trail": record.base.get("trail", [])}


def _refuse_unless_fitting(page, library_page):
    message = ""
    if page.is_in_library:
        message = NOT_INSIDE_THE_LIBRARY
    elif page.is_follower:
        message = NOT_ALONE
    elif type(page) is not type(library_page):
        wanted, found = page._meta.verbose_name, library_page._meta.verbose_name
        message = f"This page is a {wanted}, “{library_page.title}” is a {found}. Choose a {wanted}."
    elif not library_page.is_in_library:
        message = "Choose a page of the library. Pages of a clinic cannot be followed."
    elif not library_page.live:
        message = f"“{library_page.title}” is not published in the library now. Choose a published page."
    if message:
        raise AnswerError(message)


def _left(page, library_page) -> LeftLibrary:
    """What the page remembers of this library page; nothing if it left another or none."""
    left = dict_or_empty(dict_or_empty(page.library_base).get(LEFT))
    return left if left.get("page") == library_page.pk else {}


def _as_follower(page, library_page, left):
    """A copy of the page that follows the library page, to ask which of its sections it would read."""
    follower = copy(page)
    follower.library_page = library_page
    # Saving notes what a page follows that has no memory of it.
    follower.library_base = dict_or_empty(left.get("base"))
    follower.held_sections = left.get("held")
    follower.held_details, follower.held_picture = left.get("held_details"), _held_picture(follower, left)
    follower.forget_composition()
    return follower


def _held_picture(page, left):
    """The picture that a page held when it left, if it is still there."""
    model = type(page)._meta.get_field("held_picture").related_model
    return model._default_manager.filter(pk=left.get("held_picture")).first()


def _plan(page, follower, left) -> list[Step]:
    own = sections_from_raw(page.sections.raw_data)
    library = follower.get_library_sections()
    memory = _memory(own, follower, left) if left else Memory()
    return plan(own, library, same_words, _words, memory)


def _memory(own, follower, left):
    marks = dict_or_empty(left.get("marks"))
    records = [record for record in follower.override_records if record.action != Action.RETURN]
    retired = [one.section for one in follower.get_retired_sections() if one.section.lock is not Lock.LOCKED]
    former = {record.section_id: record.as_value().base for record in records}
    former |= {section.id: section for section in retired}
    here = {section.id for section in follower.get_library_sections()}
    return Memory(
        shown=marks.keys(),
        untouched=[section.id for section in own if marks.get(section.id) == _fingerprint(section)],
        added=[child["id"] for child in left.get("additions", ())],
        answered=[record.section_id for record in records],
        former=[section for name, section in former.items() if name not in here],
    )


def _give_back(page, left):
    """Give back to the library what has not been changed since the page left."""
    inherited_values.give_back(page, left.get("values", {}))
    inherited_rows.give_back(page, left.get("children", {}))
    inherited_values.give_lists_back(page, left.get("lists", {}))


def _additions(page, steps, left):
    """The stored additions of the page, in its own order, each at its place."""
    places = {child["id"]: child["value"] for child in left.get("additions", ())}
    added = {step.own.id: step for step in steps if step.fate is Fate.ADDED}
    children = (child for child in page.sections.raw_data if child["id"] in added)
    return [_placed(child, added[child["id"]], places.get(child["id"])) for child in children]


def _placed(child, step, remembered):
    """A stored addition at its place: where it stood before, or beside what its neighbour stands for."""
    if remembered is not None:
        place = {name: remembered.get(name) for name in ("anchor", "anchor_position", "trail")}
    else:
        side = "before" if step.is_before else "after"
        place = {"anchor": step.anchor, "anchor_position": side, "trail": list_items(step.trail)}
    return {**child, "type": BLOCK_TYPE, "value": {**child["value"], **place}}


def _fingerprint(section):
    """What a section says, as one word; a composed section's own words, not those it stands over."""
    return fingerprint(Section(section.id, section.kind, section.heading, section.body))


def _words(section):
    """The text of a section, heading and all, without its marks."""
    block = SectionOverride._meta.get_field("body").stream_block
    return " ".join([section.heading, *texts_in(block, section.body)])
