"""A line of a CSV file as a spec: which column is which field.

A column is a field of the spec by its path, such as `brand.primary` or `locations[0].parking`, or one of the
short names here, for a branch with one location.
"""

import re
from collections.abc import Mapping
from typing import Any

from clinicsite.core.typed_times import format_time, likely_stretch
from clinicsite.provisioning.spec import Fault

PLACE = "locations[0]"
#: Short names of columns -> the fields they stand for.
SHORT = {
    "location": f"{PLACE}.name",
    **{
        name: f"{PLACE}.{name}"
        for name in ("street", "city", "region", "postal_code", "country", "latitude", "longitude")
    },
    **{name: f"{PLACE}.{name}" for name in ("access", "parking", "transit")},
    "phone": f"{PLACE}.phones[0].number",
    "owner_email": "owner.email",
    "owner_first_name": "owner.first_name",
    "owner_last_name": "owner.last_name",
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LISTS = frozenset({"hosts", "treatments", "conditions", "posts", "insurers", "groups"})
FLAGS = frozenset({"has_direct_billing", "takes_new_pages"})
YES, NO = ("yes", "true", "1"), ("no", "false", "0")
HOURS = "Write hours such as 8am-5pm, two with a semicolon between, or leave the day empty."
#: Between the hours of two stretches, and between the two ends of one.
_BETWEEN = re.compile(r"\s*(?:[;,&]|\band\b)\s*", re.IGNORECASE)
_TO = re.compile(r"\s*(?:[-–—−]|\b(?:to|until|till)\b)\s*", re.IGNORECASE)
_STEP = re.compile(r"(\w+)|\[(\d+)\]")


def row_of(row: Mapping[str | None, Any]) -> tuple[dict[str, Any], dict[str, str], list[Fault]]:
    """(the mapping that a line stands for, field -> column, what cannot be read).

    An empty cell leaves its field out: to the base, or to its default.
    """
    mapping: dict[str, Any] = {}
    columns: dict[str, str] = {}
    faults: list[Fault] = []
    for title, cell in row.items():
        if title is None:
            faults.append(Fault("", "This line has more cells than the first line has columns."))
            continue
        column, text = title.strip(), (cell or "").strip()
        if not text:
            continue
        if column.lower() in DAYS:
            _put_hours(mapping, columns, column, text, faults)
            continue
        path = SHORT.get(column, column)
        columns[path] = column
        _put(mapping, path, _value(path, text, faults))
    for column, path in SHORT.items():
        columns.setdefault(path, column)
    return mapping, columns, faults


def _value(path, text, faults):
    if path in LISTS:
        return [one.strip() for one in text.split(";") if one.strip()]
    if path in FLAGS:
        if text.lower() not in YES + NO:
            faults.append(Fault(path, "Write yes or no."))
        return text.lower() in YES
    return int(text) if path == "port" and text.isdecimal() else text


def _put_hours(mapping, columns, day, text, faults):
    if text.lower().rstrip(".") == "closed":
        return
    place = _part(mapping, PLACE)
    for stretch in _BETWEEN.split(text.removeprefix("from ")):
        opens, *others = (part.strip() for part in _TO.split(stretch))
        wrong = HOURS if len(others) != 1 else _which(opens, others[0])
        if wrong:
            columns[f"{PLACE}.{day}"] = day
            faults.append(Fault(f"{PLACE}.{day}", wrong))
            continue
        rows = place.setdefault("hours", [])
        columns[f"{PLACE}.hours[{len(rows)}]"] = day
        rows.append({"day": day, "opens": opens, "closes": others[0]})


def _which(opens, closes):
    """One question for both ends of a stretch of bare figures, such as 9-5; empty where it is clear."""
    likely = likely_stretch(opens, closes)
    if likely is None:
        return ""
    words = " to ".join(format_time(at) for at in likely)
    return f"Is that {words}? Write “{words}”, or the hours that you mean."


def _put(mapping, path, value):
    head, _, name = path.rpartition(".")
    part = _part(mapping, head) if head else mapping
    if isinstance(part, dict):
        part[name] = value


def _part(mapping, path):
    """The part of a mapping at a path such as `locations[0].phones[0]`, made where it is missing."""
    here: Any = mapping
    steps = [name or int(number) for name, number in _STEP.findall(path)]
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            here.extend({} for _ in range(len(here), step + 1))
            here = here[step]
        else:
            here = here.setdefault(step, empty)
    return here
