"""The one stylesheet of a clinic's public pages, put together from the files in static/clinicsite/css."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

#: The layers, weakest first, and the file or folder each is read from.
LAYERS = {
    "tokens": "clinicsite/css/tokens.css",
    "base": "clinicsite/css/base.css",
    "layout": "clinicsite/css/layout.css",
    "components": "clinicsite/css/components",
    "mood": "clinicsite/css/moods/{mood}.css",
    "utilities": "clinicsite/css/utilities.css",
    "print": "clinicsite/css/print.css",
}
DIGEST_LENGTH = 12

# What stands in quotes is matched first, and so kept as it is.
_QUOTED = r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_COMMENT = re.compile(rf"{_QUOTED}|/\*.*?\*/", re.DOTALL)
# A space before a colon separates a selector from a pseudo-class, so only the space after it can go.
_IDLE = re.compile(rf"{_QUOTED}|\s*(?:;\s*)*(}})\s*|\s*([{{;,])\s*|(:)\s+|\s+", re.DOTALL)


@dataclass(frozen=True)
class Bundle:
    """The stylesheet's text and a short hash of it."""

    css: str
    digest: str


def bundle(mood: str = "calm") -> Bundle:
    """The stylesheet as this process serves it; read afresh each time while developing.

    `mood` names a file in static/clinicsite/css/moods: a clinic's pages load their own mood's rules alone.
    """
    return build(mood) if settings.DEBUG else _kept(mood)


def build(mood: str = "calm") -> Bundle:
    """Read every stylesheet file and put them into their layers."""
    parts = [f"@layer {','.join(LAYERS)};"]
    parts += [
        f"@layer {layer}{{{compress(_read(name.format(mood=mood)))}}}" for layer, name in LAYERS.items()
    ]
    css = "\n".join(parts)
    return Bundle(css, digest_of(css))


def compress(css: str) -> str:
    """Leave out comments and the whitespace that a browser does not need."""
    # Comments first: one between two spaces would hide that the second is idle.
    return _IDLE.sub(_needed, _COMMENT.sub(_needed, css)).strip()


def _needed(match: re.Match) -> str:
    return next((part for part in match.groups() if part), "" if match[0].startswith("/*") else " ")


def digest_of(*texts: str) -> str:
    """A short hash that changes when any of the texts does."""
    joined = "\0".join(texts).encode()
    return hashlib.sha256(joined).hexdigest()[:DIGEST_LENGTH]


@cache
def _kept(mood: str) -> Bundle:
    return build(mood)


def _read(name: str) -> str:
    """A file, or all files of a folder; of two with one name the project's own stands for the product's."""
    found = finders.find(name, find_all=True)
    if not found:
        raise FileNotFoundError(f"The stylesheet {name} is missing from the static files.")
    files = {file.name: file for path in reversed(found) for file in _files_of(Path(path))}
    return "\n".join(files[name].read_text(encoding="utf-8") for name in sorted(files))


def _files_of(path: Path) -> list[Path]:
    return list(path.glob("*.css")) if path.is_dir() else [path]
