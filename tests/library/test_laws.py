"""The laws of docs/reference/composition.md on real models: whatever library and clinics do, in any order."""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.library.machine import LibraryAndClinics, World

#: How many sequences of steps are tried, and how long each is. `LAWS=20` tries twenty times as many.
EFFORT = int(os.environ.get("LAWS", "1"))


@pytest.mark.django_db
def test_whatever_a_library_and_two_clinics_do_nothing_is_lost_and_nobody_is_changed(
    library, clinic, other_clinic
):
    world = World(library, [clinic, other_clinic])
    # The laws are asserted by the machine's invariants, after each step it takes.
    run_state_machine_as_test(
        lambda: LibraryAndClinics(world),
        settings=settings(
            max_examples=10 * EFFORT,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=EFFORT == 1,
            print_blob=True,
        ),
    )
