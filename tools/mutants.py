"""Change one thing at a time in a room of the house, and see whether a test notices.

`make mutants ROOM=hours` prints the share of changes that tests caught, and each that none did; below 95 % it
fails. What a room is, which tests must notice, and the changes that nobody can see stand in
`tests/mutants.toml`. The work is done by mutmut in a copy under `.mutants/`, where a run
that was stopped goes on.
"""

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tools import mutant_sample

ROOT = Path(__file__).parents[1]
ROOMS = tomllib.loads((ROOT / "tests/mutants.toml").read_text(encoding="utf-8"))
#: Percent of the changes that tests must catch, of those that somebody could see.
GOAL = 95
#: What mutmut says of a change that a test noticed.
CAUGHT = {"killed", "timeout", "suspicious", "segfault", "caught by type check"}
#: Read by tests or by Django, and not changed.
BESIDE = ("manage.py", "templates", "static", "benchmarks", "requirements.txt", "docs", "README.md")


@dataclass(frozen=True)
class Mutant:
    """One change, as mutmut names it and as a reader sees it."""

    name: str
    status: str
    before: str
    after: str

    @property
    def function(self):
        """Where it is: `clinicsite.locations.hours.clock.instant`."""
        return _function_of(self.name)

    def __str__(self):
        return f"{self.function} ({self.status})\n    - {self.before}\n    + {self.after}"


def main():
    """Run a room and say how many changes its tests caught."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument(
        "--only",
        default="",
        help="Names of modules or functions, as a pattern: 'clinicsite.locations.hours.clock*'",
    )
    parser.add_argument("--children", type=int, default=os.cpu_count(), help="How many run at once")
    parser.add_argument("--sample", type=int, help="Try so many changes of the room, drawn by lot")
    parser.add_argument("--seed", type=int, default=mutant_sample.SEED, help="Which sample is drawn")
    parser.add_argument("--again", action="store_true", help="Try those again that no test noticed")
    options = parser.parse_args()
    if gone := functions_gone(options.room):
        parser.error(f"tests/mutants.toml leaves out what is not there: {', '.join(gone)}")
    folder = ROOT / ".mutants" / options.room
    _copy_to(folder)
    _configure(folder, ROOMS[options.room])
    mutmut = [sys.executable, "-m", "mutmut"]
    # mutmut forgets verdicts on what calls something that was edited: look through a sample again.
    for _ in range(3 if options.sample else 1):
        drawn, chosen = _chosen(folder, mutmut, options)
        if chosen == []:
            break
        command = [*mutmut, "run", "--max-children", str(options.children), *(chosen or ())]
        examples = str(ROOMS[options.room].get("examples", 40))
        run = subprocess.run(command, cwd=folder, env=os.environ | {"MUTANT_EXAMPLES": examples})
        if run.returncode:
            sys.exit(run.returncode)
        options.again = False
    sys.exit(_report(folder, mutmut, ROOMS[options.room], drawn, options.seed))


def _chosen(folder, mutmut, options):
    """The sample that was asked for, and what mutmut is to try: `None` for all that has no verdict yet."""
    if not (options.sample or options.again):
        return None, [options.only] if options.only else None
    mutant_sample.write_down(folder)
    statuses = _statuses(folder, mutmut)
    drawn = mutant_sample.draw(statuses, options.sample, options.seed) if options.sample else None
    wanted = set(statuses.values()) - CAUGHT if options.again else {"not checked"}
    return drawn, [name for name in drawn or statuses if statuses[name] in wanted]


def functions_gone(room):
    """The functions that a room leaves out as start-up code and that its source has no more."""
    return [one["function"] for one in ROOMS[room].get("at_start_up", ()) if not _is_there(one["function"])]


def _is_there(function):
    parts = function.split(".")
    for end in range(len(parts) - 1, 0, -1):
        path = ROOT.joinpath(*parts[:end]).with_suffix(".py")
        if path.is_file():
            return _defines(ast.parse(path.read_text(encoding="utf-8")), parts[end:])
    return False


def _defines(scope, names):
    """Whether a module or class defines `Class.method` or a function, given as a list of names."""
    found = [node for node in scope.body if getattr(node, "name", None) == names[0]]
    if names[1:]:
        return any(isinstance(node, ast.ClassDef) and _defines(node, names[1:]) for node in found)
    return any(isinstance(node, ast.FunctionDef) for node in found)


def _copy_to(folder):
    """Bring the copy up to date, and leave alone what has not changed: mutmut looks at the time of a file."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    # Rooms that lie beside the package are copied into it, where their symbolic links say that they are.
    rooms = [link.name for link in (ROOT / "clinicsite").iterdir() if link.is_symlink()]
    sources = {
        f"clinicsite/{name}" if name.split("/")[0] in rooms else name: ROOT / name
        for name in listed
        if (ROOT / name).is_file()
    }
    for name, source in sources.items():
        target = folder / name
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    for name in ("templates", "static"):
        if not (folder / "clinicsite/core" / name).is_symlink():
            (folder / "clinicsite/core" / name).symlink_to(f"../../{name}")
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).parts
        name = "/".join(parts[1:] if parts[0] == "mutants" else parts)
        if name not in sources:
            path.unlink()


def _configure(folder, room):
    deselected = [word for test in room.get("without", ()) for word in ("--deselect", test)]
    lines = {
        "source_paths": ["clinicsite"],
        "only_mutate": room["sources"],
        "do_not_mutate": ["*/migrations/*", *room.get("not", ())],
        "also_copy": [name for name in BESIDE if (folder / name).exists()] + ["tools"],
        "pytest_add_cli_args": ["-n", "0", "-p", "tools.mutant_tests", *deselected],
        "pytest_add_cli_args_test_selection": room["tests"],
        # One that never ends is given up after a minute at least: others take long too on a busy machine.
        "timeout_constant": 4.0,
    }
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = "\n".join(f"{key} = {value!r}" for key, value in lines.items())
    (folder / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{table}\n", encoding="utf-8")
    kept = ROOT / ".pytest_cache/d/databases"
    copy = folder / "mutants/.pytest_cache/d/databases"
    if kept.is_dir() and not copy.exists():
        shutil.copytree(kept, copy)


def _statuses(folder, mutmut):
    """{name of a change: what became of it}, of all changes of the room."""
    listed = subprocess.run(
        [*mutmut, "results", "--all", "true"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    return dict(line.strip().rsplit(": ", 1) for line in listed.splitlines() if ": " in line)


def _report(folder, mutmut, room, drawn=None, seed=None):
    every = _statuses(folder, mutmut)
    statuses = {name: every[name] for name in drawn or every if every[name] != "not checked"}
    statuses, at_start_up = apart(statuses, room)
    left = [_shown(folder, mutmut, name, status) for name, status in statuses.items() if status not in CAUGHT]
    unseen = {(one["function"], one["before"], one["after"]) for one in room.get("equivalent", ())}
    survivors = [one for one in left if (one.function, one.before, one.after) not in unseen]
    counted = len(statuses) - (len(left) - len(survivors))
    score = 100 * (counted - len(survivors)) / max(counted, 1)
    for one in sorted(survivors, key=str):
        print(one)
    print(f"\n{dict(Counter(statuses.values()))}, {len(left) - len(survivors)} of them named as equivalent")
    if at_start_up:
        print(f"{len(at_start_up)} changes in start-up code, not tryable")
    print(f"Caught: {counted - len(survivors)} of {counted} ({score:.1f} %; the goal is {GOAL} %)")
    if drawn:
        print(mutant_sample.in_words(counted - len(survivors), counted, len(every), seed))
    return int(score < GOAL)


def apart(statuses, room):
    """The changes that count, and those in functions that have done their work before a change is made."""
    functions = {one["function"] for one in room.get("at_start_up", ())}
    at_start_up = {name: status for name, status in statuses.items() if _function_of(name) in functions}
    return {name: status for name, status in statuses.items() if name not in at_start_up}, at_start_up


def _function_of(name):
    return re.sub(r"(?<=\.)x[_ǁ]|__mutmut_\d+$", "", name).replace("ǁ", ".")


def _shown(folder, mutmut, name, status):
    diff = subprocess.run(
        [*mutmut, "show", name], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++", "@@", "#"))]
    before, after = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in ("-", "+")
    )
    return Mutant(name, status, before, after)


if __name__ == "__main__":
    main()
