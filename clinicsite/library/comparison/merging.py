"""The merge: one section out of the library's and the clinic's, both changed since the clinic took it.

Where only one side changed something, the merge has it. Where both changed the same thing differently, both
stand in the merge next to one another, the library's first, and a `Conflict` says where: nothing is dropped,
and a person decides. No Django here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from clinicsite.library import markup
from clinicsite.library.comparison import paragraphs
from clinicsite.library.comparison.members import (
    item_entries,
    line_entries,
    members_of,
    new_id,
    same_item,
    same_line,
    with_own_ids,
    without_key,
)
from clinicsite.library.comparison.paragraphs import Line
from clinicsite.library.comparison.sequences import Thread, in_order, is_order_contested, threads
from clinicsite.library.comparison.values import (
    Choice,
    Content,
    Item,
    Items,
    Node,
    Part,
    Rich,
    Struct,
    Text,
    plain_words,
    same,
)
from clinicsite.library.comparison.word_by_word import weave, weave_line
from clinicsite.library.markup import plain


class Why(StrEnum):
    """What a person has to decide."""

    BOTH_CHANGED = "both_changed"
    LIBRARY_REMOVED = "library_removed"
    CLINIC_REMOVED = "clinic_removed"
    ORDER = "order"


@dataclass(frozen=True)
class Conflict:
    """One place that needs a decision. A version is None where the thing does not exist in it."""

    why: Why
    noun: str
    base: str | None = None
    library: str | None = None
    mine: str | None = None

    @property
    def id(self) -> str:
        """Equal for the same conflict, however often the merge is made."""
        return sha256(repr((self.why, self.noun, self.library, self.mine)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Merged:
    """The proposal, what needs a decision in it, and the texts that hold words of both."""

    content: Content
    conflicts: tuple[Conflict, ...] = ()
    woven: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved as it is."""
        return not self.conflicts


class _ClashError(Exception):
    """Both sides changed something that cannot stand twice where it is."""


def merge(
    base: Content, library: Content, mine: Content, is_valid: Callable[[Item], bool] = lambda item: True
) -> Merged:
    """Put together what the library and the clinic have made of the same section.

    `is_valid` tells whether the editor would accept a block of the body; a merged block it would refuse,
    though it accepts both versions, is a conflict instead.
    """
    merger = _Merger(is_valid)
    heading = merger.heading(base.heading, library.heading, mine.heading)
    body = merger.body(base.body, library.body, mine.body)
    return Merged(Content(heading, body), tuple(dict.fromkeys(merger.conflicts)), tuple(merger.woven))


class _Merger:
    """Merges values and notes what it could not decide."""

    def __init__(self, is_valid: Callable[[Item], bool]):
        self.conflicts: list[Conflict] = []
        self.woven: list[str] = []
        self._is_valid = is_valid

    def heading(self, base: Text, theirs: Text, mine: Text) -> Text:
        try:
            merged = self._merge(base, theirs, mine)
        except _ClashError:
            self._note("heading", base, theirs, mine)
            return Text(" / ".join(filter(None, (theirs.value, mine.value))))
        assert isinstance(merged, Text)
        return merged

    def body(self, base: Items, theirs: Items, mine: Items) -> Items:
        return self._merge_members(base, theirs, mine, self._is_valid)

    def _merge(self, base: Node, theirs: Node, mine: Node) -> Node:
        if same(theirs, base) or same(theirs, mine):
            return mine
        if same(mine, base):
            return theirs
        if isinstance(base, Text) and isinstance(theirs, Text) and isinstance(mine, Text):
            return self._merge_text(base, theirs, mine)
        if isinstance(base, Rich) and isinstance(theirs, Rich) and isinstance(mine, Rich):
            return self._merge_rich(base, theirs, mine)
        if isinstance(base, Struct) and isinstance(theirs, Struct) and isinstance(mine, Struct):
            return self._merge_fields(base, theirs, mine)
        if isinstance(base, Items) and isinstance(theirs, Items) and isinstance(mine, Items):
            return self._merge_members(base, theirs, mine)
        raise _ClashError

    def _merge_text(self, base: Text, theirs: Text, mine: Text) -> Text:
        versions = [markup.plain_atoms(version.value) for version in (base, theirs, mine)]
        found = weave(*versions)
        if found is None:
            raise _ClashError
        text = markup.html_of(found)
        self.woven.append(text)
        return Text(text)

    def _merge_fields(self, base: Struct, theirs: Struct, mine: Struct) -> Struct:
        olds = {part.name: part.node for part in base.parts}
        news = {part.name: part.node for part in theirs.parts}
        own = [part.name for part in mine.parts]
        parts = [Part(part.name, part.label, self._merge_field(part, olds, news)) for part in mine.parts]
        added = [part for part in theirs.parts if part.name not in own and part.name not in olds]
        return Struct((*parts, *added))

    def _merge_field(self, mine: Part, olds: dict[str, Node], news: dict[str, Node]) -> Node:
        if mine.name not in news:
            return mine.node
        nothing = Choice(None)
        return self._merge(olds.get(mine.name, nothing), news[mine.name], mine.node)

    def _merge_rich(self, base: Rich, theirs: Rich, mine: Rich) -> Rich:
        versions = [paragraphs.lines(version.value) for version in (base, theirs, mine)]
        found = threads(*(line_entries(version) for version in versions))
        self._check_order(found, "paragraph")
        merged = [
            line for thread in in_order(found) for line in self._merge_line(*members_of(thread, versions))
        ]
        return Rich(paragraphs.html_of(merged))

    def _merge_line(self, base: Line | None, theirs: Line | None, mine: Line | None) -> list[Line]:
        settled = self._settle(base, theirs, mine, same_line)
        if settled is not None:
            return settled
        assert theirs is not None
        assert mine is not None
        merged = weave_line(base, theirs, mine) if base else None
        if merged is None:
            self._note(mine.noun, *(line and Rich(line.html) for line in (base, theirs, mine)))
            return [without_key(theirs), mine]
        self.woven.append(plain(merged.html))
        return [merged]

    def _merge_members(
        self, base: Items, theirs: Items, mine: Items, is_valid: Callable[[Item], bool] = lambda item: True
    ) -> Items:
        versions = [version.items for version in (base, theirs, mine)]
        found = threads(*(item_entries(version) for version in versions))
        self._check_order(found, "block")
        merged = [
            item
            for thread in in_order(found)
            for item in self._merge_item(*members_of(thread, versions), is_valid)
        ]
        return Items(with_own_ids(merged))

    def _merge_item(
        self, base: Item | None, theirs: Item | None, mine: Item | None, is_valid: Callable[[Item], bool]
    ) -> list[Item]:
        settled = self._settle(base, theirs, mine, same_item)
        if settled is not None:
            return settled
        assert theirs is not None
        assert mine is not None
        merged = self._try_item(base, theirs, mine, is_valid) if base else None
        if merged is None:
            self._note(mine.noun, *(item and item.node for item in (base, theirs, mine)))
            return [replace(theirs, id=new_id(theirs)), mine]
        return [merged]

    def _try_item(
        self, base: Item, theirs: Item, mine: Item, is_valid: Callable[[Item], bool]
    ) -> Item | None:
        """The two versions in one, or None where that cannot be, or would be refused."""
        noted, woven = len(self.conflicts), len(self.woven)
        try:
            merged = replace(mine, node=self._merge(base.node, theirs.node, mine.node))
        except _ClashError:
            merged = None
        if merged and (is_valid(merged) or not (is_valid(theirs) and is_valid(mine))):
            return merged
        # What was noted inside is said by the whole.
        del self.conflicts[noted:], self.woven[woven:]
        return None

    def _settle(self, base, theirs, mine, is_same) -> list | None:
        """What stands in the merge where no words have to be woven; None where they do."""
        if theirs is None and mine is None:
            return []
        if theirs is None or mine is None:
            return self._settle_removed(base, theirs, mine, is_same)
        if is_same(theirs, mine) or (base is not None and is_same(base, theirs)):
            return [mine]
        return [theirs] if base is not None and is_same(base, mine) else None

    def _settle_removed(self, base, theirs, mine, is_same) -> list:
        left = mine if theirs is None else theirs
        if base is None:
            return [left]
        if is_same(base, left):
            return []
        why = Why.LIBRARY_REMOVED if theirs is None else Why.CLINIC_REMOVED
        noun = left.noun
        versions = [
            Rich(one.html) if isinstance(one, Line) else one and one.node for one in (base, theirs, mine)
        ]
        self._note(noun, *versions, why=why)
        return [left]

    def _check_order(self, found: Sequence[Thread], noun: str) -> None:
        if is_order_contested(found):
            self.conflicts.append(Conflict(Why.ORDER, noun))

    def _note(
        self,
        noun: str,
        base: Node | None,
        theirs: Node | None,
        mine: Node | None,
        why: Why = Why.BOTH_CHANGED,
    ) -> None:
        said = [None if node is None else plain_words(node) for node in (base, theirs, mine)]
        self.conflicts.append(Conflict(why, noun, *said))
