"""What the rooms of `make mutants` leave out: named, and nothing else."""

import pytest

from tools import mutants

SHOWN = "clinicsite.clinics.tenancy.shown"


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("clinicsite.locations.hours.clock.x_instant__mutmut_3", "clinicsite.locations.hours.clock.instant"),
        (
            "clinicsite.locations.hours.schedule.x__joined__mutmut_12",
            "clinicsite.locations.hours.schedule._joined",
        ),
        (
            "clinicsite.locations.hours.values.xǁIntervalǁon__mutmut_1",
            "clinicsite.locations.hours.values.Interval.on",
        ),
        ("clinicsite.home.search.x_index_x_of__mutmut_1", "clinicsite.home.search.index_x_of"),
    ],
)
def test_a_change_is_shown_with_the_function_it_is_in(name, function):
    assert mutants.Mutant(name, "survived", "before", "after").function == function


def test_changes_in_start_up_code_are_set_apart_and_all_others_count():
    room = {"at_start_up": [{"function": f"{SHOWN}.judge", "reason": "Runs once."}]}
    statuses = {
        f"{SHOWN}.x_judge__mutmut_1": "survived",
        f"{SHOWN}.x_judge__mutmut_2": "killed",
        f"{SHOWN}.x_judge_all__mutmut_1": "survived",
        f"{SHOWN}.xǁJudgeǁjudge__mutmut_1": "killed",
    }
    counted, at_start_up = mutants.apart(statuses, room)
    assert list(counted) == [f"{SHOWN}.x_judge_all__mutmut_1", f"{SHOWN}.xǁJudgeǁjudge__mutmut_1"]
    assert list(at_start_up) == [f"{SHOWN}.x_judge__mutmut_1", f"{SHOWN}.x_judge__mutmut_2"]


def test_a_room_without_start_up_code_counts_everything():
    statuses = {f"{SHOWN}.x_judge__mutmut_1": "survived"}
    assert mutants.apart(statuses, {}) == (statuses, {})


@pytest.mark.parametrize("room", mutants.ROOMS)
def test_what_a_room_leaves_out_is_there_and_has_a_reason(room):
    assert mutants.functions_gone(room) == []
    left_out = [*mutants.ROOMS[room].get("at_start_up", ()), *mutants.ROOMS[room].get("equivalent", ())]
    assert all(one["reason"].endswith(".") for one in left_out)


@pytest.mark.parametrize(
    ("function", "is_there"),
    [
        (f"{SHOWN}.judge_bulk_actions_and_filters", True),
        (f"{SHOWN}.judge_nothing", False),
        (f"{SHOWN}.CONSTRUCTED", False),
        ("clinicsite.clinics.tenancy.shone.judge_bulk_actions_and_filters", False),
        ("clinicsite.clinics.users.EditView.dispatch", True),
        ("clinicsite.clinics.users.EditView", False),
        ("clinicsite.clinics.users.EditView.display", False),
        ("clinicsite.clinics.users.CreateView.dispatch", False),
    ],
)
def test_start_up_code_that_has_gone_is_found(monkeypatch, function, is_there):
    monkeypatch.setitem(
        mutants.ROOMS, "planted", {"at_start_up": [{"function": function, "reason": "Runs once."}]}
    )
    assert mutants.functions_gone("planted") == ([] if is_there else [function])
