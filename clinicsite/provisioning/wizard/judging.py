"""What was typed on the screens, as a spec, and what is wrong with it by its field."""

from dataclasses import dataclass

from django.conf import settings
from django.core.validators import EmailValidator

from clinicsite.clinics.jurisdictions import Jurisdiction
from clinicsite.provisioning.columns import row_of
from clinicsite.provisioning.spec import ClinicSpec, Fault, read_with_faults, validate
from clinicsite.provisioning.spec.validating import home_of
from clinicsite.provisioning.wizard.rows import PEOPLE

#: What a spec may leave out, and somebody who makes one clinic by hand may not: column -> why.
DEMANDED = {
    "location": "Say where patients come, and how they call.",
    "owner_email": "Say who runs the site, and gets the invitation.",
}

THERE = (
    "There is “{title}” already, which patients and colleagues would take for this one. Write another name."
)
#: In place of Django's own words for it.
NO_EMAIL = "This is no e-mail address. Write one such as desk@lakeside.example."


@dataclass(frozen=True)
class Judged:
    """What a spec was made of, and what is wrong.

    Args:
        spec: What can be read; None where nothing can.
        faults: (column, sentence), in the order of the spec; the column is empty for the whole.
    """

    spec: ClinicSpec | None
    faults: tuple[tuple[str, str], ...]

    def about(self, columns) -> list[tuple[str, str]]:
        """The faults of some columns."""
        return [(column, sentence) for column, sentence in self.faults if column in columns]


def judge(typed: dict[str, str]) -> Judged:
    """Read what was typed as a whole, by the rules of `create_clinic`."""
    given = {name: value for name, value in typed.items() if not _is_of_nobody(name, typed)}
    mapping, columns, faults = row_of(given)
    mapping.setdefault("time_zone", _usual_zone(mapping.get("jurisdiction")))
    spec, more = read_with_faults(mapping)
    found = [*faults, *more]
    if spec is not None:
        said = {fault.path for fault in found}
        found += [fault for fault in validate(spec) if fault.path not in said]
        if (home := home_of(spec)) is not None:
            # A spec that is read again finishes its clinic; whoever makes one by hand means another.
            found = [fault for fault in found if fault.path not in ("name", "slug")]
            found.append(Fault("name", THERE.format(title=home.title)))
    known = set(typed) | set(columns.values())
    said = [(_column(fault.path, columns, known), _in_our_words(fault.sentence)) for fault in found]
    said += [(column, why) for column, why in DEMANDED.items() if not typed.get(column)]
    return Judged(spec, tuple(said))


def _in_our_words(sentence):
    return NO_EMAIL if sentence == EmailValidator.message else sentence


def _usual_zone(jurisdiction):
    """The zone of where a clinic is licensed; the project's while nobody has said where that is."""
    known = jurisdiction in Jurisdiction.values
    return Jurisdiction(jurisdiction).usual_zone if known else settings.TIME_ZONE


def _is_of_nobody(name, typed):
    """Whether a field is one of a person who has no name: an empty row of the screen."""
    person = PEOPLE.match(name)
    return person is not None and not typed.get(f"people[{person['number']}].name")


def _column(path, columns, known):
    """The column by which a field was typed: its own, or the one that a part of it came from."""
    if path in columns:
        return columns[path]
    heads = [head for head in columns if path.startswith((f"{head}.", f"{head}["))]
    if heads:
        return columns[max(heads, key=len)]
    # What is missing was typed nowhere, and stands on the screen under its own name.
    return path if path in known else _nearest(path, known)


def _nearest(path, known):
    return next((name for name in sorted(known, key=len, reverse=True) if path.startswith(f"{name}.")), path)
