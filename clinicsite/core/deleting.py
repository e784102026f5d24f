"""What may be deleted: the one place that decides, whichever way a page is to go.

Rooms register what must not go with a page: a clinic's site, patients' messages, the history of a library
page. The database refuses it too; here are the words, and every door of the admin asks here first.
"""

from collections.abc import Callable

from wagtail.models import Page

from clinicsite.core import site_roots

#: Says, after “was not deleted:”, what would go with a page and those below it, and what to do instead.
Guard = Callable[[Page], list[str]]

_guards: list[Guard] = []


def register_deletion_guard(guard: Guard) -> None:
    """Have this guard asked as well before a page is deleted."""
    if guard not in _guards:
        _guards.append(guard)


def reasons_against_deleting(page: Page) -> list[str]:
    """What speaks against deleting a page with all below it; nothing where it may go."""
    return [reason for guard in _guards for reason in guard(page)]


def must_stay(page: Page) -> bool:
    """Whether anything speaks against deleting a page: for lists, which ask it of every row.

    It asks no more guards than it takes to know; that a site stands on a page is known without any.
    """
    return site_roots.is_at_or_below(page.path) or any(guard(page) for guard in _guards)
