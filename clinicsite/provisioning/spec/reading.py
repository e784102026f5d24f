"""From a mapping, such as a TOML file holds, to a spec: keys and kinds of values, and nothing of meaning."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from clinicsite.core.printable import printable

from .faults import Fault, SpecError
from .parts import VERSION, ClinicSpec, PictureSpec

MISSING_FIELD = "This is missing. {help}"
OTHER_VERSION = (
    "This spec is of version {found}, and this release reads version {version}. Write it anew from what "
    "`create_clinic --example` prints, or use a release that reads it."
)


def read(mapping: Mapping[str, Any], *, folder: Path | str | None = None) -> ClinicSpec:
    """The spec that a mapping holds.

    Args:
        mapping: Names of fields and their values, as `tomllib` reads them; times and dates may be texts.
        folder: Where the files of pictures are sought; their paths are left as they are without one.

    Raises:
        SpecError: with a fault for each unknown or missing key and each value of a wrong kind, or for the
            version alone where it is another.
    """
    spec, faults = read_with_faults(mapping, folder=folder)
    if faults:
        raise SpecError(faults)
    return spec


def read_with_faults(mapping, *, folder=None) -> tuple[ClinicSpec | None, list[Fault]]:
    """(what can be read of a mapping, the faults for which `read` raises an error).

    Texts that are missing are empty in the spec, so that `validate` can say what else is wrong. The spec is
    None where the mapping is of another version.
    """
    found = mapping.get("version", VERSION)
    if found != VERSION or isinstance(found, bool):
        return None, [Fault("version", OTHER_VERSION.format(found=found, version=VERSION))]
    reader = _Reader(Path(folder) if folder is not None else None)
    return reader.part(ClinicSpec, mapping, ""), reader.faults


def as_mapping(spec: Any) -> dict[str, Any]:
    """A spec, or a part of one, as a mapping of plain values, which `read` makes the same spec of.

    What has its default is left out.
    """
    return {
        one.name: _plain(value) for one in fields(spec) if (value := getattr(spec, one.name)) != one.default
    }


def _plain(value):
    if is_dataclass(value):
        return as_mapping(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


class _Reader:
    """Reads part by part, and notes what is wrong on the way."""

    def __init__(self, folder):
        self.folder = folder
        self.faults: list[Fault] = []

    def part(self, kind, given, path):
        """A part of a spec; where it cannot be one, an empty one beside a fault."""
        if not isinstance(given, Mapping):
            self._wrong(path, "This is a table of named values, in TOML under [square brackets].")
            return kind(**{one.name: "" for one in fields(kind) if _default(one) is MISSING})
        known = {one.name: one for one in fields(kind)}
        for key in given:
            if key not in known:
                self._wrong(_join(path, key), _unknown(key, known))
        values = {name: self._field(one, kind, given, path) for name, one in known.items()}
        if kind is PictureSpec and self.folder is not None and values["file"]:
            values["file"] = str(self.folder / values["file"])
        return kind(**values)

    def _field(self, one: Field, kind, given, path):
        here = _join(path, one.name)
        if one.name not in given:
            if _default(one) is MISSING:
                self._wrong(here, MISSING_FIELD.format(help=help_for(kind, one.name)))
                return ""
            return _default(one)
        return self._value(get_args(_hints(kind)[one.name])[0], given[one.name], here)

    def _value(self, kind, given, path):
        if get_origin(kind) is types.UnionType:
            (kind,) = (one for one in get_args(kind) if one is not type(None))
        if get_origin(kind) is tuple:
            return self._list(get_args(kind)[0], given, path)
        if is_dataclass(kind):
            return self.part(kind, given, path)
        return {str: self._text, bool: self._truth, int: self._number}[kind](given, path)

    def _list(self, kind, given, path):
        if not isinstance(given, list | tuple):
            return self._wrong(path, "This is a list, in [square brackets].") or ()
        return tuple(self._value(kind, one, f"{path}[{number}]") for number, one in enumerate(given))

    def _text(self, given, path):
        if isinstance(given, str):
            return printable(given).strip()
        if isinstance(given, bool) or not isinstance(given, int | float | date | time):
            return self._wrong(path, "This is a text, in quotation marks.") or ""
        if isinstance(given, date | datetime):
            return given.isoformat()
        return given.isoformat("minutes") if isinstance(given, time) else str(given)

    def _truth(self, given, path):
        if not isinstance(given, bool):
            return self._wrong(path, "This is true or false, without quotation marks.") or False
        return given

    def _number(self, given, path):
        if isinstance(given, bool) or not isinstance(given, int):
            return self._wrong(path, "This is a whole number, without quotation marks.") or 0
        return given

    def _wrong(self, path, sentence):
        self.faults.append(Fault(path, sentence))


@cache
def _hints(kind):
    return get_type_hints(kind, include_extras=True)


def help_for(kind: type, name: str) -> str:
    """What a field of a part is for, in a sentence or two."""
    return get_args(_hints(kind)[name])[1]


def _default(one):
    """What a field has where it is left out; MISSING where it may not be."""
    return one.default if one.default_factory is MISSING else one.default_factory()


def _join(path, name):
    return f"{path}.{name}" if path else str(name)


def _unknown(key, known):
    close = get_close_matches(str(key), known, n=1, cutoff=0.75)
    if close:
        return f"There is no such field. Did you mean {close[0]}?"
    return f"There is no such field. There are: {', '.join(known)}."
