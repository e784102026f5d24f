"""A sample of a room's changes, for a room in which trying all of them would take many hours."""

import random
import subprocess
import sys
from math import sqrt

#: Of which sample is drawn, if none other is asked for.
SEED = 1
#: How far a share of a sample may be from the true one, in 95 of 100 samples: 1.96 standard deviations.
DEVIATIONS = 1.96
#: Has mutmut write the changes of a room down, as its own `run` begins.
WRITE_DOWN = """
from pathlib import Path
from mutmut import __main__ as mutmut
Path("mutants").mkdir(exist_ok=True)
mutmut.set_mutant_under_test("mutant_generation")
mutmut.copy_src_dir()
mutmut.copy_also_copy_files()
mutmut.setup_source_paths()
mutmut.create_mutants(1)
"""


def draw(names, number, seed=SEED):
    """So many of the names, each as likely as any other, and the same ones for the same seed."""
    names = sorted(names)
    return random.Random(seed).sample(names, min(number, len(names)))


def write_down(folder):
    """Make the room's changes in its copy, without trying any."""
    subprocess.run([sys.executable, "-c", WRITE_DOWN], cwd=folder, stdout=subprocess.DEVNULL, check=True)


def interval(caught, tried):
    """Between which shares that of all changes lies in 95 of 100 samples, as Wilson has it."""
    if not tried:
        return 0.0, 1.0
    share, z = caught / tried, DEVIATIONS
    middle = share + z**2 / (2 * tried)
    reach = z * sqrt(share * (1 - share) / tried + z**2 / (4 * tried**2))
    scale = 1 + z**2 / tried
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def in_words(caught, tried, total, seed):
    """What a sample says of its room."""
    low, high = interval(caught, tried)
    return (
        f"This is a sample of {tried} of the room's {total} changes (seed {seed}); "
        f"95 % interval for all of them: {100 * low:.1f} % to {100 * high:.1f} %"
    )
