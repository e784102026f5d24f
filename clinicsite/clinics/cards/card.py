"""What stands on a card, and the name of exactly that."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from clinicsite.clinics.brand import Brand, brand_of
from clinicsite.clinics.icons import icon_digest
from clinicsite.clinics.profile import ClinicProfile
from clinicsite.core.addresses import clinic_address

#: In pixels: what every network shows without cutting (Open Graph's 1.91 to 1).
WIDTH, HEIGHT = 1200, 630
#: Bumped when cards are drawn differently, so that nobody keeps an old one.
DRAWING = 1


@dataclass(frozen=True)
class Card:
    """The words, the look and the picture of a page's card; `picture` is a Wagtail image or None."""

    page_id: int
    title: str
    subtitle: str
    name: str
    place: str
    brand: Brand
    opening: str
    mark: str
    picture: Any = None
    width = WIDTH
    height = HEIGHT

    @cached_property
    def digest(self) -> str:
        """Names everything the card is drawn from."""
        picture = self.picture and (self.picture.pk, self.picture.file.name, _focus(self.picture))
        words = (self.page_id, self.title, self.subtitle, self.name, self.place)
        source = (DRAWING, words, self.brand, self.opening, self.mark, picture)
        return sha256(repr(source).encode()).hexdigest()[:12]

    @property
    def url(self) -> str:
        """Its address, which a change to anything on it changes."""
        return clinic_address("clinicsite_card", page_id=self.page_id, digest=self.digest)

    @property
    def alt(self) -> str:
        """What somebody who cannot see it is told."""
        return f"{self.title}. {self.name}" + (f", {self.place}" if self.place else "")


def card_of(page, clinic: ClinicProfile) -> Card:
    """The card of a page as its clinic shows it; costs no query where the page's picture is loaded."""
    values = clinic.token_values
    return Card(
        page_id=page.pk,
        title=page.sharing_title,
        subtitle=getattr(page, "profession", "") or "",
        name=clinic.name,
        place=" · ".join(filter(None, (values.get("city", ""), values.get("phone", "")))),
        brand=brand_of(clinic),
        opening=clinic.opening,
        mark=icon_digest(clinic),
        picture=page.sharing_image,
    )


def _focus(picture):
    point = picture.get_focal_point()
    return point and (point.x, point.y, point.width, point.height)
