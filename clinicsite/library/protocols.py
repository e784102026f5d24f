"""What the library's services ask of a page that can follow it: those that pages themselves stand on.

`SharedPage` is such a page. It cannot be named below `shared_pages`, for it is made of what lies there.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from clinicsite.library.composition import ComposedSection, Override, Retired, Section
from clinicsite.library.holding import WaitingChange
from clinicsite.library.notices import Notice
from clinicsite.library.stored import LibraryBase, RetiredSection, StoredSection


class LibraryReader(Protocol):
    """A library page, a page that follows one, or a page that could."""

    pk: Any
    url_path: str
    title: str
    live: bool
    #: The page it follows, or None.
    library_page: Any
    library_page_id: int | None
    #: A stream of sections: the content, or on a follower its additions.
    sections: Any
    #: The clinic's `SectionOverride`s.
    clinicsite_section_overrides: Any
    library_base: LibraryBase
    held_sections: list[StoredSection] | None
    retired_sections: list[RetiredSection]
    reviewed_on: Any
    is_follower: bool
    is_in_library: bool
    is_library_page: bool
    is_held: bool
    #: The page it follows, in the version its clinic reads.
    library_source: Any
    #: The overrides as they were first read.
    override_records: list[Any]
    #: What patients read, in order.
    composed: Sequence[ComposedSection]

    def compose(self) -> list[ComposedSection]: ...

    def forget_composition(self) -> None: ...

    def get_live_library_sections(self) -> list[Section]: ...

    def get_library_sections(self) -> list[Section]: ...

    def get_accepted_sections(self) -> list[Section]: ...

    def get_offered_sections(self) -> list[Section]: ...

    def get_retired_sections(self) -> list[Retired]: ...

    def get_waiting_changes(self) -> list[WaitingChange]: ...

    def get_notices(self) -> list[tuple[Override, Section | None, Notice]]: ...

    def get_waiting_details(self) -> list[Any]: ...

    def accept_details(self) -> None: ...

    def forget_details(self) -> None: ...

    def of_the_library(self, name: str) -> Any: ...

    def retired_trail(self, section_id: str) -> list[str]: ...
