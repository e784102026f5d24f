"""What pytest is told beside changes: quick files first, and property tests that are short and always alike.

The first test that fails settles a change. A property test fails with the first example that breaks it, so it
looks for no smaller one. With the same examples each time, the same changes are noticed.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

#: How long each test took without a change, as mutmut wrote it down where the tests run.
TIMES = Path("mutmut-stats.json")

settings.register_profile(
    "mutants",
    derandomize=True,
    max_examples=int(os.environ.get("MUTANT_EXAMPLES", "40")),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the file whose tests take least time together."""
    if not TIMES.is_file():
        return
    seconds = json.loads(TIMES.read_text(encoding="utf-8"))["duration_by_test"]
    per_file = Counter()
    for item in items:
        per_file[item.path] += seconds.get(item.nodeid, 0)
    items.sort(key=lambda item: per_file[item.path])
