"""The guide for projects, followed as a program does: each block of code goes where its first line says."""

import re
from pathlib import Path

HOW_TO = Path(__file__).resolve().parents[2] / "docs/how-to"
GUIDE = HOW_TO / "agency-add-to-a-wagtail-project.md"
PAGE_TYPES = HOW_TO / "agency-add-a-page-type.md"
_BLOCK = re.compile(r"^```(\w+)\n# (.+?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = "in a shell, in the project's folder"


def parts(page=GUIDE, name="Uninstall"):
    """(a guide up to one of its headings, what stands below it)."""
    before, heading, below = page.read_text(encoding="utf-8").partition(f"\n## {name}\n")
    assert heading, f"{page.name} has the heading {name}"
    return before, below


def blocks(text):
    """(language, the file or place named in the first line, the code) of each block of code."""
    found = _BLOCK.findall(text)
    assert len(found) == text.count("\n```") / 2, "each block of code names its file in its first line"
    return found


def follow(project, text):
    """Put each block at the end of its file, and run each command for `manage.py`; what they printed."""
    said = []
    for language, place, code in blocks(text):
        if place == SHELL:
            said += [
                project.manage(*command.split()[2:])
                for command in code.splitlines()
                if "manage.py" in command
            ]
        else:
            assert language in ("python", "text", "html")
            project.append(place, code)
    return "".join(said)
