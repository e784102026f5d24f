"""What a follower reads of its library page beside the sections: live, or as its clinic has accepted it.

A held page holds its texts and its picture: what the page itself says. What other pages tell too, such as the
evidence, the conditions a treatment is for and where they are felt, comes live: a condition's page would say
one thing and the treatment's another. So does who reviewed the library's text.
"""

import hashlib
from dataclasses import dataclass

from django.db import models

PICTURE = "hero_image"


@dataclass(frozen=True)
class WaitingDetail:
    """One text, or the picture, that the library has changed since the clinic accepted it."""

    #: The field's name for people, such as "summary".
    label: str
    #: The library's text now; empty for a picture.
    text: str


class DetailsMixin(models.Model):
    """The texts and the picture that a follower inherits; null is the library's value."""

    class Meta:
        abstract = True

    def inherited(self, name):
        """What patients read in a field: the clinic's own value, or the library's."""
        own = getattr(self, name)
        return self.of_the_library(name) if own is None and self.is_follower else own

    def of_the_library(self, name):
        """What a follower reads of the library in a field: as its clinic has accepted it, or live."""
        is_held = name in (*self.held_texts, PICTURE) and self.holds_details
        if is_held and name != PICTURE:
            return self.held_details.get(name)
        if is_held and self.held_picture_id != self.library_source.hero_image_id:
            return self.held_picture
        return getattr(self.library_source, name)

    @property
    def holds_details(self):
        """Whether the page holds more than the sections: one that was held before that was so does not."""
        return self.is_held and isinstance(self.held_details, dict)

    def accept_details(self):
        """Accept the texts and the picture as the library has them now."""
        self.held_details = {name: getattr(self.library_source, name) for name in self.held_texts}
        self.held_picture = self.library_source.hero_image

    def forget_details(self):
        """Read them live."""
        self.held_details, self.held_picture = None, None

    def get_waiting_details(self):
        """What the library has changed beside the sections since the clinic accepted it."""
        if not self.holds_details:
            return []
        return [self._waiting_detail(name) for name in (*self.held_texts, PICTURE) if self._waits(name)]

    def _waits(self, name):
        if getattr(self, name) is not None:
            return False
        if name == PICTURE:
            return self.held_picture_id != self.library_source.hero_image_id
        return (self.held_details.get(name) or "") != (getattr(self.library_source, name) or "")

    def _waiting_detail(self, name):
        label = str(type(self)._meta.get_field(name).verbose_name)
        return WaitingDetail(label, "" if name == PICTURE else getattr(self.library_source, name) or "")


def mark_of(page) -> str:
    """Names the library's texts and picture as they are now: an answer to others was not about these."""
    source = page.library_source
    words = [str(getattr(source, name)) for name in page.held_texts] + [str(source.hero_image_id)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
