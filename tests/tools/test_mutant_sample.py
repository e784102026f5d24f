"""Trying changes: a sample is drawn fairly and says how far to trust it, and quick tests run first."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tools import mutant_sample

ROOT = Path(__file__).parents[2]
NAMES = [f"hours.clock.x_now__mutmut_{number}" for number in range(100)]

TWO_FUNCTIONS = """
def longer(one, other):
    return one + other


def shorter(one, other):
    return one - other
"""
ROOM = """
[tool.mutmut]
source_paths = ["clock"]
only_mutate = ["clock/times.py"]
"""


def run_pytest(folder, *words):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tools.mutant_tests", *words]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout


def test_sample_is_the_same_for_the_same_seed_in_whatever_order_names_come():
    sample = mutant_sample.draw(NAMES, 10, seed=3)
    assert mutant_sample.draw(reversed(NAMES), 10, seed=3) == sample
    assert mutant_sample.draw(NAMES, 10, seed=4) != sample


def test_sample_holds_no_change_twice_and_all_of_them_where_more_are_asked_for():
    assert len(set(mutant_sample.draw(NAMES, 60))) == 60
    assert sorted(mutant_sample.draw(NAMES, 200)) == sorted(NAMES)


def test_each_change_is_drawn_as_often_as_any_other():
    drawn = Counter(name for seed in range(1000) for name in mutant_sample.draw(NAMES, 10, seed))
    # A hundred times each is to be expected; less than 50 or more than 150 is more than five deviations off.
    assert len(drawn) == len(NAMES)
    assert min(drawn.values()) > 50
    assert max(drawn.values()) < 150


@pytest.mark.parametrize(
    ("caught", "tried", "low", "high"),
    [
        (95, 100, 0.8882, 0.9785),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1),
        (0, 10, 0, 0.2775),
        (0, 0, 0, 1),
    ],
)
def test_interval_is_the_one_in_the_books(caught, tried, low, high):
    assert mutant_sample.interval(caught, tried) == pytest.approx((low, high), abs=0.0001)


def test_sample_says_that_it_is_one_and_how_far_it_can_be_trusted():
    assert mutant_sample.in_words(95, 100, 12500, 7) == (
        "This is a sample of 100 of the room's 12500 changes (seed 7); "
        "95 % interval for all of them: 88.8 % to 97.8 %"
    )


def test_changes_are_written_down_without_being_tried(tmp_path):
    (tmp_path / "pyproject.toml").write_text(ROOM, encoding="utf-8")
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock/times.py").write_text(TWO_FUNCTIONS, encoding="utf-8")
    (tmp_path / "clock/dates.py").write_text(TWO_FUNCTIONS, encoding="utf-8")
    mutant_sample.write_down(tmp_path)
    command = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    listed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert [line.strip() for line in listed.splitlines()] == [
        "clock.times.x_longer__mutmut_1: not checked",
        "clock.times.x_shorter__mutmut_1: not checked",
    ]


def test_file_with_the_quickest_tests_runs_first(tmp_path):
    (tmp_path / "test_a_slow_one.py").write_text("def test_slow(): pass\n", encoding="utf-8")
    (tmp_path / "test_quick.py").write_text("def test_b(): pass\n\ndef test_a(): pass\n", encoding="utf-8")
    times = {"test_a_slow_one.py::test_slow": 3, "test_quick.py::test_a": 1, "test_quick.py::test_b": 1.5}
    written = json.dumps({"duration_by_test": times})
    (tmp_path / "mutmut-stats.json").write_text(written, encoding="utf-8")
    assert run_pytest(tmp_path, "--collect-only").splitlines()[:3] == [
        "test_quick.py::test_b",
        "test_quick.py::test_a",
        "test_a_slow_one.py::test_slow",
    ]


def test_property_tests_beside_changes_are_short_and_always_the_same(tmp_path):
    (tmp_path / "test_numbers.py").write_text(
        "from hypothesis import given, strategies as st\n"
        "seen = []\n"
        "@given(st.integers())\n"
        "def test_any(number): seen.append(number)\n"
        "def test_last(): print(len(seen), sum(seen))\n",
        encoding="utf-8",
    )
    first, second = (
        [line for line in run_pytest(tmp_path, "-s").splitlines() if line[-1:].isdigit() and "." in line]
        for _ in range(2)
    )
    assert first == second
    assert first[0].split()[0].strip(".") == "40"
