"""The looks that the styleguide can show: any mood, scheme, opening, pair of fonts and two colours."""

import re
from dataclasses import dataclass

from clinicsite.clinics.look import FontPair, Mood, Opening
from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.clinics.profile import profile_for
from clinicsite.core.rendering import current_rendering

#: The colour schemes a patient's device can ask for.
SCHEMES = {"light": "Light", "dark": "Dark"}

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Look:
    """One way to show a page. It has the names that a clinic's profile has, so that the same tags read it."""

    brand_primary: str
    brand_accent: str
    font_pair: str
    mood: str
    opening: str
    scheme: str = ""

    @property
    def classes(self) -> str:
        """What the page's own element says of the look."""
        scheme = f" scheme-{self.scheme}" if self.scheme else ""
        return f"mood-{self.mood} opening-{self.opening}{scheme}"


def choices() -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for each part of a look: name -> (value, words)."""
    return {
        "mood": Mood.choices,
        "opening": Opening.choices,
        "font_pair": FontPair.choices,
        "scheme": [("", "As the device is set"), *SCHEMES.items()],
    }


def chosen_look(query) -> Look:
    """The look that a query string asks for; what it leaves out, or gets wrong, is the clinic's own."""
    own = _own_look()
    known = {name: {value for value, _ in offered} for name, offered in choices().items()}
    asked = {name: query.get(name) for name in known if query.get(name) in known[name]}
    colours = {name: query.get(name, "").lower() for name in ("brand_primary", "brand_accent")}
    asked |= {name: colour for name, colour in colours.items() if _COLOUR.fullmatch(colour)}
    return Look(**(vars(own) | asked))


def every_look(like: Look) -> list[Look]:
    """Each mood in each scheme, in the colours and fonts of a look."""
    moods = (value for value, _ in choices()["mood"])
    return [Look(**(vars(like) | {"mood": mood, "scheme": scheme})) for mood in moods for scheme in SCHEMES]


def _own_look() -> Look:
    own = profile_for(current_rendering().site) or ClinicSettings()
    return Look(own.brand_primary, own.brand_accent, own.font_pair, own.mood, own.opening)
