"""Specs from files: a TOML file, a folder of them, or a CSV file with a line for each branch of a chain."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clinicsite.clinics.host_names import host_as_stored
from clinicsite.provisioning.columns import row_of
from clinicsite.provisioning.spec import ClinicSpec, Fault, read_with_faults, validate


@dataclass
class Source:
    """One spec, where it stands, and what is wrong with it.

    Args:
        place: For people: "chain.csv, line 3".
        spec: What can be read of it; None where nothing can.
        faults: What is wrong, by field.
        columns: Field of the spec -> the column that it was read from.
    """

    place: str
    spec: ClinicSpec | None
    faults: list[Fault] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> Iterator[str]:
        """Each fault with its place, as people look for it."""
        for fault in self.faults:
            column = self._column(fault.path)
            yield f"{self.place}, {column}: {fault.sentence}" if column else f"{self.place}: {fault.sentence}"

    def check(self) -> None:
        """Add what is wrong with the values; what is said of a field already is not said again."""
        if self.spec is not None:
            said = {fault.path for fault in self.faults}
            self.faults += [fault for fault in validate(self.spec) if fault.path not in said]

    def _column(self, path):
        found = [
            known for known in self.columns if path == known or path.startswith((f"{known}.", f"{known}["))
        ]
        return f"column {self.columns[max(found, key=len)]}" if found else path


def sources_in(paths: list[Path], base: Path | None = None) -> list[Source]:
    """Every spec of some files and folders, read and not checked yet, in the order of their names.

    Args:
        base: A TOML file with what all of them have in common; what a spec says itself counts.
    """
    shared, folder = ({}, None)
    if base is not None:
        shared, faults = _toml(base)
        folder = base.parent
        if faults:
            return [Source(base.name, None, faults)]
    found = [source for path in _files(paths) for source in _read(path, shared, folder)]
    _refuse_twins(found)
    return found


def _files(paths):
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix in (".toml", ".csv"))
        else:
            yield path


def _read(path, shared, folder):
    if path.suffix == ".csv":
        yield from _lines(path, shared, folder or path.parent)
        return
    mapping, faults = _toml(path)
    if faults:
        yield Source(path.name, None, faults)
    else:
        yield _source(path.name, merged(shared, mapping), path.parent)


def _source(place, mapping, folder, columns=None):
    spec, faults = read_with_faults(mapping, folder=folder)
    return Source(place, spec, faults, columns or {})


def _toml(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except OSError as error:
        return {}, [Fault("", f"This file cannot be read: {error.strerror}.")]
    except UnicodeDecodeError:
        return {}, [Fault("", "This file is not written in UTF-8.")]
    except tomllib.TOMLDecodeError as error:
        return {}, [Fault("", f"This is not TOML: {error}.")]


def _lines(path, shared, folder):
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield Source(path.name, None, [Fault("", f"This file cannot be read as UTF-8: {error}.")])
        return
    rows = csv.DictReader(text.splitlines(keepends=True))
    for row in rows:
        place = f"{path.name}, line {rows.line_num}"
        if not any(row.values()):
            continue
        mapping, columns, faults = row_of(row)
        source = _source(place, merged(shared, mapping), folder, columns)
        source.faults = [*faults, *source.faults]
        yield source


def merged(shared: Any, own: Any) -> Any:
    """Two mappings as one, part by part; what the second says counts. Lists are put one upon the other."""
    if isinstance(shared, Mapping) and isinstance(own, Mapping):
        both = {key: merged(shared[key], own[key]) for key in shared if key in own}
        return {**shared, **own, **both}
    if _are_parts(shared) and _are_parts(own):
        longest = range(max(len(shared), len(own)))
        return [merged(_at(shared, number), _at(own, number)) for number in longest]
    return own if own is not None else shared


def _are_parts(value):
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _at(parts, number):
    return parts[number] if number < len(parts) else {}


def _refuse_twins(sources):
    """Two specs of one run for the same host would be one clinic, and the second would be lost."""
    seen: dict[str, str] = {}
    for source in sources:
        for path, host in _hosts_of(source.spec):
            first = seen.setdefault(host, source.place)
            if first != source.place:
                source.faults.append(Fault(path, f"{first} has this host already."))


def _hosts_of(spec):
    if spec is None:
        return
    named = [("host", spec.host), *((f"hosts[{n}]", host) for n, host in enumerate(spec.hosts))]
    yield from ((path, host_as_stored(host)) for path, host in named if host)
