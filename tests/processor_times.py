"""A plug-in for pytest that prints what the tests cost in seconds of processor, by file and by fixture.

A clock also counts what others do on the machine; a processor's time can be compared from day to day.
Processes that a test started are counted when they have ended: a browser or a server in the tear-down of the
test that closes it. Run it with `make test ARGS="-p tests.processor_times"`. Every figure is kept in
`.pytest_cache/v/processor_times`.
"""

import resource
import time
from collections import defaultdict

import pytest

#: How many lines are printed of each list.
SHOWN = 25

PHASES = ("setup", "call", "teardown")


def spent() -> float:
    """The seconds of processor that this process and its ended children have had."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class Recorder:
    """What one process of tests notes while it runs."""

    def __init__(self):
        self.fixtures: defaultdict[str, float] = defaultdict(float)
        self.times_made: defaultdict[str, int] = defaultdict(int)
        self.collected = 0.0
        self._inside = [0.0]

    def pytest_collection_finish(self):
        self.collected = spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        """Note what a fixture costs without those it asks for."""
        before = spent()
        self._inside.append(0.0)
        try:
            return (yield)
        finally:
            whole = spent() - before
            name = f"{fixturedef.baseid}::{fixturedef.argname}"
            self.fixtures[name] += whole - self._inside.pop()
            self.times_made[name] += 1
            self._inside[-1] += whole

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item):
        return (yield from self._timed(item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        return (yield from self._timed(item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item):
        return (yield from self._timed(item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item):
        report = yield
        report.processor = item.processor
        return report

    def pytest_sessionfinish(self, session):
        figures = {
            "collected": self.collected,
            "whole": spent(),
            "fixtures": dict(self.fixtures),
            "times_made": dict(self.times_made),
        }
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["processor_times"] = figures
        else:
            session.config.pluginmanager.get_plugin("processor_times_printer").processes.append(figures)

    def _timed(self, item):
        before = spent()
        try:
            return (yield)
        finally:
            item.processor = spent() - before


class Printer:
    """Adds up what the processes noted, and prints it."""

    def __init__(self):
        self.tests: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self.processes: list[dict] = []

    def pytest_runtest_logreport(self, report):
        if hasattr(report, "processor"):
            self.tests[report.nodeid][report.when] = report.processor

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        """Take what a process of xdist sends when it ends."""
        figures = getattr(node, "workeroutput", {}).get("processor_times")
        if figures:
            self.processes.append(figures)

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter, config):
        files: defaultdict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(PHASES, 0.0))
        for test, phases in self.tests.items():
            for phase, seconds in phases.items():
                files[test.partition("::")[0]][phase] += seconds
        fixtures, times_made = _added_up(self.processes, "fixtures"), _added_up(self.processes, "times_made")
        line = terminalreporter.write_line
        terminalreporter.section("seconds of processor")
        for phase in PHASES:
            line(f"{sum(file[phase] for file in files.values()):9.1f} {phase}")
        line(f"{sum(process['collected'] for process in self.processes):9.1f} start and collection")
        line(f"{sum(process['whole'] for process in self.processes):9.1f} in all")
        line(f"\n{'in all':>9}{'setup':>9}{'call':>9}{'teardown':>9}  file")
        for name, phases in sorted(files.items(), key=lambda file: -sum(file[1].values()))[:SHOWN]:
            parts = "".join(f"{phases[phase]:9.1f}" for phase in PHASES)
            line(f"{sum(phases.values()):9.1f}{parts}  {name}")
        line(f"\n{'in all':>9}{'times':>9}  fixture, without those it asks for")
        for name, seconds in sorted(fixtures.items(), key=lambda fixture: -fixture[1])[:SHOWN]:
            line(f"{seconds:9.1f}{times_made[name]:9}  {name}")
        config.cache.set(
            "processor_times",
            {"tests": self.tests, "files": files, "fixtures": fixtures, "times": times_made},
        )


def _added_up(processes: list[dict], part: str) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(int)
    for process in processes:
        for name, figure in process[part].items():
            sums[name] += figure
    return dict(sums)


def pytest_configure(config):
    """Note in the processes that run tests, and print in the one that reports."""
    is_worker = hasattr(config, "workerinput")
    if is_worker or not config.getoption("numprocesses", None):
        config.pluginmanager.register(Recorder(), "processor_times_recorder")
    if not is_worker:
        config.pluginmanager.register(Printer(), "processor_times_printer")
