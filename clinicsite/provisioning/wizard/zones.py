"""The time zone of a new clinic: a list, which proposes the usual one of where the clinic is licensed."""

import json
from zoneinfo import available_timezones

from django import forms

from clinicsite.clinics.jurisdictions import Jurisdiction

#: What is kept where nobody chooses, and the script beside the field says by name.
USUAL = "The usual one there"
#: The part of the world in which every jurisdiction lies.
_CONTINENT = "America/"


def zone_field(chosen: str) -> forms.Field:
    """A field to choose a zone, the usual ones first.

    Args:
        chosen: what was chosen before, or came with a copied clinic; a zone stays among the choices.
    """
    usual = list(dict.fromkeys(one.usual_zone for one in Jurisdiction))
    others = sorted(zone for zone in _zones(chosen) if zone not in usual)
    field = forms.ChoiceField(
        label="Time zone",
        choices=[("", USUAL), ("Usual zones", _named(usual)), ("Other zones", _named(others))],
        help_text="Each location can have its own.",
        required=False,
    )
    field.widget.attrs |= {
        "data-clinicsite-zone-of": "id_jurisdiction",
        "data-clinicsite-zones": json.dumps({one.value: one.usual_zone for one in Jurisdiction}),
    }
    return field


def _zones(chosen):
    known = available_timezones()
    found = {zone for zone in known if zone.startswith(_CONTINENT)}
    return found | ({chosen} & known)


def _named(zones):
    return [(zone, zone.replace("_", " ")) for zone in zones]
