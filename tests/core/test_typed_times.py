"""Times and dates as people type them are read for certain or refused in a sentence."""

import ast
import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicsite.core import typed_times
from clinicsite.core.typed_times import (
    Lean,
    UnreadableError,
    date_in_words,
    format_date,
    format_moment,
    format_time,
    moment_in_words,
    read_date,
    read_moment,
    read_time,
)

#: What was typed, and the answer or the refusal, worked out by hand. Where a case says nothing else it is
#: Monday 30 November 2026 in Canada, and the field looks ahead.
CASES = json.loads((Path(__file__).parents[1] / "data/typed_times.json").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 30)
TORONTO = ZoneInfo("America/Toronto")
REGIONS = st.sampled_from(["CA", "US", "GB", "AU", "IE", "NZ"])
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
MINUTE = "%Y-%m-%dT%H:%M"


def read(case):
    if case["kind"] == "time":
        return f"{read_time(case['typed']):%H:%M}"
    today = date.fromisoformat(case.get("today", "2026-11-30"))
    custom = {"region": case.get("region", "CA"), "today": today, "lean": Lean(case.get("lean", "ahead"))}
    if case["kind"] == "date":
        return read_date(case["typed"], **custom).isoformat()
    return read_moment(case["typed"], zone=TORONTO, **custom).strftime(MINUTE)


def name_of(case):
    more = [case[key] for key in ("region", "lean", "today") if key in case]
    return " ".join([case["kind"], case["typed"], *more])


@pytest.mark.parametrize("case", [case for case in CASES if "answer" in case], ids=name_of)
def test_what_is_certain_is_read(case):
    assert read(case) == case["answer"]


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=name_of)
def test_what_is_not_certain_is_refused_in_a_sentence(case):
    with pytest.raises(UnreadableError) as refusal:
        read(case)
    assert case["refused"] in str(refusal.value)
    assert str(refusal.value).endswith((".", "”."))


@given(MINUTES)
def test_each_time_that_a_field_shows_is_read_as_itself(at):
    assert read_time(format_time(at)) == at
    assert read_time(f"{at:%H:%M}") == at
    assert read_time(f"{at:%H%M}") == at


@given(DAYS, REGIONS, st.sampled_from(Lean), DAYS)
def test_each_date_that_a_field_shows_is_read_as_itself_anywhere(day, region, lean, today):
    for shown in (format_date(day), date_in_words(day), day.isoformat()):
        assert read_date(shown, region=region, today=today, lean=lean) == day


@given(DAYS, MINUTES, REGIONS)
def test_each_moment_that_a_field_shows_is_read_as_itself_anywhere(day, at, region):
    # A zone whose clocks never change: what happens where they do is in the cases.
    moment = datetime.combine(day, at, tzinfo=ZoneInfo("UTC"))
    for shown in (format_moment(moment), moment_in_words(moment), moment.strftime(MINUTE)):
        assert read_moment(shown, region=region, today=TODAY, zone=moment.tzinfo) == moment


@given(DAYS, st.sampled_from(Lean), DAYS)
def test_a_date_without_its_year_is_never_read_as_another_day_of_the_year(day, lean, today):
    typed = f"{day:%d} {day:%B}"
    try:
        found = read_date(typed, region="CA", today=today, lean=lean)
    except UnreadableError:
        return
    assert (found.month, found.day) == (day.month, day.day)
    if lean is Lean.AHEAD:
        assert today <= found < today + timedelta(days=366)
    if lean is Lean.BACK:
        assert today - timedelta(days=366) < found <= today


@given(st.text(max_size=25) | st.text("0123456789apmh:./-, t", max_size=12))
def test_any_text_is_read_or_refused_and_nothing_else_happens(typed):
    for reader, custom in (
        (read_time, {}),
        (read_date, {"region": "CA", "today": TODAY}),
        (read_moment, {"region": "CA", "today": TODAY, "zone": TORONTO}),
    ):
        try:
            found = reader(typed, **custom)
        except UnreadableError:
            continue
        assert isinstance(found, time | date)


def test_the_reading_imports_the_standard_library_only():
    for path in Path(typed_times.__file__).parent.glob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text())))
        names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
        assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
