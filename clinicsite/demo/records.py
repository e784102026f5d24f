"""What the demo has made, so that it finds its own things again and leaves all others alone."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model
from wagtail.models import Page

from clinicsite.demo.models import DemoObject

Made = TypeVar("Made", bound=Model)


class TakenError(Exception):
    """Something the demo wants to make is there already, and the demo did not make it."""


def find(key: str):
    """What the demo made under this key, or None where it has not, or somebody has deleted it."""
    record = DemoObject.objects.filter(key=key).first()
    if record is None:
        return None
    if record.target is None:
        record.delete()
        return None
    return record.target


def make_once(key: str, make: Callable[[], Made]) -> Made:
    """What the demo made under this key; made now if it is not there."""
    found = find(key)
    if found is not None:
        return found
    made = make()
    DemoObject.objects.create(key=key, target=made)
    return made


def add_page(key: str, parent: Page, page: Page) -> Page:
    """Add a page under `parent` once; refuse if somebody else's page has its slug."""

    def add():
        if parent.get_children().filter(slug=page.slug).exists():
            raise TakenError(
                f"There is a page “{page.slug}” under “{parent.title}” that the demo did not make. "
                "Rename or move it, or build the demo in an empty database."
            )
        return parent.add_child(instance=page)

    return make_once(key, add)
