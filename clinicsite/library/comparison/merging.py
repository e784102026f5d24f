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
from clinicsite.library.comparison.orders import in_order, is_order_contested
from clinicsite.library.comparison.paragraphs import Line, line_entries, same_line, without_key
from clinicsite.library.comparison.sequences import Thread, members_of, threads
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
    item_entries,
    new_id,
    plain_words,
    same,
    same_item,
    with_own_ids,
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
    own: str | None = None

    @property
    def id(self) -> str:
        """Equal for the same conflict, however often the merge is made."""
        return sha256(repr((self.why, self.noun, self.library, self.own)).encode()).hexdigest()[:16]


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
    base: Content, library: Content, own: Content, is_valid: Callable[[Item], bool] = lambda item: True
) -> Merged:
    """Put together what the library and the clinic have made of the same section.

    `is_valid` tells whether the editor would accept a block of the body; a merged block it would refuse,
    though it accepts both versions, is a conflict instead.
    """
    merger = _Merger(is_valid)
    heading = merger.heading(base.heading, library.heading, own.heading)
    body = merger.body(base.body, library.body, own.body)
    return Merged(Content(heading, body), tuple(dict.fromkeys(merger.conflicts)), tuple(merger.woven))


class _Merger:
    """Merges values and notes what it could not decide."""

    def __init__(self, is_valid: Callable[[Item], bool]):
        self.conflicts: list[Conflict] = []
        self.woven: list[str] = []
        self._is_valid = is_valid

    def heading(self, base: Text, library: Text, own: Text) -> Text:
        try:
            merged = self._merge(base, library, own)
        except _ClashError:
            self._note("heading", base, library, own)
            return Text(" / ".join(filter(None, (library.value, own.value))))
        assert isinstance(merged, Text)
        return merged

    def body(self, base: Items, library: Items, own: Items) -> Items:
        return self._merge_members(base, library, own, self._is_valid)

    def _merge(self, base: Node, library: Node, own: Node) -> Node:
        if same(library, base) or same(library, own):
            return own
        if same(own, base):
            return library
        if isinstance(base, Text) and isinstance(library, Text) and isinstance(own, Text):
            return self._merge_text(base, library, own)
        if isinstance(base, Rich) and isinstance(library, Rich) and isinstance(own, Rich):
            return self._merge_rich(base, library, own)
        if isinstance(base, Struct) and isinstance(library, Struct) and isinstance(own, Struct):
            return self._merge_fields(base, library, own)
        if isinstance(base, Items) and isinstance(library, Items) and isinstance(own, Items):
            return self._merge_members(base, library, own)
        raise _ClashError

    def _merge_text(self, base: Text, library: Text, own: Text) -> Text:
        versions = [markup.plain_atoms(version.value) for version in (base, library, own)]
        found = weave(*versions)
        if found is None:
            raise _ClashError
        text = markup.html_of(found)
        self.woven.append(text)
        return Text(text)

    def _merge_fields(self, base: Struct, library: Struct, own: Struct) -> Struct:
        olds = {part.name: part.node for part in base.parts}
        news = {part.name: part.node for part in library.parts}
        own_names = [part.name for part in own.parts]
        parts = [Part(part.name, part.label, self._merge_field(part, olds, news)) for part in own.parts]
        added = [part for part in library.parts if part.name not in own_names and part.name not in olds]
        return Struct((*parts, *added))

    def _merge_field(self, own: Part, olds: dict[str, Node], news: dict[str, Node]) -> Node:
        if own.name not in news:
            return own.node
        nothing = Choice(None)
        return self._merge(olds.get(own.name, nothing), news[own.name], own.node)

    def _merge_rich(self, base: Rich, library: Rich, own: Rich) -> Rich:
        versions = [paragraphs.lines(version.value) for version in (base, library, own)]
        found = threads(*(line_entries(version) for version in versions))
        self._check_order(found, "paragraph")
        merged = [
            line for thread in in_order(found) for line in self._merge_line(*members_of(thread, versions))
        ]
        return Rich(paragraphs.html_of(merged))

    def _merge_line(self, base: Line | None, library: Line | None, own: Line | None) -> list[Line]:
        settled = self._settle(base, library, own, same_line)
        if settled is not None:
            return settled
        assert library is not None
        assert own is not None
        merged = weave_line(base, library, own) if base else None
        if merged is None:
            self._note(own.noun, *(line and Rich(line.html) for line in (base, library, own)))
            return [without_key(library), own]
        self.woven.append(plain(merged.html))
        return [merged]

    def _merge_members(
        self, base: Items, library: Items, own: Items, is_valid: Callable[[Item], bool] = lambda item: True
    ) -> Items:
        versions = [version.items for version in (base, library, own)]
        found = threads(*(item_entries(version) for version in versions))
        self._check_order(found, "block")
        merged = [
            item
            for thread in in_order(found)
            for item in self._merge_item(*members_of(thread, versions), is_valid)
        ]
        return Items(with_own_ids(merged))

    def _merge_item(
        self, base: Item | None, library: Item | None, own: Item | None, is_valid: Callable[[Item], bool]
    ) -> list[Item]:
        settled = self._settle(base, library, own, same_item)
        if settled is not None:
            return settled
        assert library is not None
        assert own is not None
        merged = self._try_item(base, library, own, is_valid) if base else None
        if merged is None:
            self._note(own.noun, *(item and item.node for item in (base, library, own)))
            return [replace(library, id=new_id(library)), own]
        return [merged]

    def _try_item(
        self, base: Item, library: Item, own: Item, is_valid: Callable[[Item], bool]
    ) -> Item | None:
        """The two versions in one, or None where that cannot be, or would be refused."""
        noted, woven = len(self.conflicts), len(self.woven)
        try:
            merged = replace(own, node=self._merge(base.node, library.node, own.node))
        except _ClashError:
            merged = None
        if merged and (is_valid(merged) or not (is_valid(library) and is_valid(own))):
            return merged
        # What was noted inside is said by the whole.
        del self.conflicts[noted:], self.woven[woven:]
        return None

    def _settle(self, base, library, own, is_same) -> list | None:
        """What stands in the merge where no words have to be woven; None where they do."""
        if library is None and own is None:
            return []
        if library is None or own is None:
            return self._settle_removed(base, library, own, is_same)
        if is_same(library, own) or (base is not None and is_same(base, library)):
            return [own]
        return [library] if base is not None and is_same(base, own) else None

    def _settle_removed(self, base, library, own, is_same) -> list:
        left = own if library is None else library
        if base is None:
            return [left]
        if is_same(base, left):
            return []
        why = Why.LIBRARY_REMOVED if library is None else Why.CLINIC_REMOVED
        noun = left.noun
        versions = [
            Rich(one.html) if isinstance(one, Line) else one and one.node for one in (base, library, own)
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
        library: Node | None,
        own: Node | None,
        why: Why = Why.BOTH_CHANGED,
    ) -> None:
        said = [None if node is None else plain_words(node) for node in (base, library, own)]
        self.conflicts.append(Conflict(why, noun, *said))
