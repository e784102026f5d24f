"""Rows of people on the screen, however many there are."""

import re

#: A field of a person's row, such as `people[2].name`.
PEOPLE = re.compile(r"people\[(?P<number>\d+)\]\.(?P<field>\w+)$")


def people_in(typed: dict[str, str]) -> list[dict[str, str]]:
    """What was typed of each person who has a name, row by row."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in typed.items():
        if found := PEOPLE.match(name):
            rows.setdefault(int(found["number"]), {})[found["field"]] = value
    return [row for _number, row in sorted(rows.items()) if any(row.values())]


def without_gaps(typed: dict[str, str]) -> dict[str, str]:
    """The same with people numbered from 0, and rows without anything left out."""
    others = {name: value for name, value in typed.items() if not PEOPLE.match(name)}
    numbered = enumerate(people_in(typed))
    return others | {f"people[{n}].{name}": value for n, row in numbered for name, value in row.items()}
