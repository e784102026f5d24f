"""Reading the demo's data files."""

import json
import tomllib
from functools import cache
from pathlib import Path

from clinicsite.provisioning.spec import ClinicSpec, read

FOLDER = Path(__file__).parent / "data"
#: Where the files of the pictures are.
PICTURES = FOLDER / "pictures"

#: The demo's clinics, in the order they are built.
CLINICS = ("northgate", "harbour", "millside", "prairie-haven", "stillwater")


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read_folder(folder: Path) -> dict[str, dict]:
    return {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}


@cache
def library(kind: str) -> dict[str, dict]:
    """The library pages of a kind (modalities, conditions, posts), by slug."""
    return _read_folder(FOLDER / "library" / kind)


@cache
def packs() -> list[dict]:
    """The starter packs: names, and slugs of library pages by kind."""
    return _read(FOLDER / "library" / "packs.toml")["packs"]


@cache
def spec(key: str) -> ClinicSpec:
    """A clinic as `create_clinic` makes it."""
    path = FOLDER / "clinics" / f"{key}.toml"
    return read(_read(path), folder=path.parent)


@cache
def clinic(key: str) -> dict:
    """What the demo adds to a clinic, and how its pictures are drawn."""
    return _read(FOLDER / "clinics" / key / "more.toml")


@cache
def posts(key: str) -> dict[str, dict]:
    """A clinic's own posts, by slug."""
    return _read_folder(FOLDER / "clinics" / key / "posts")


@cache
def story() -> dict:
    """What has happened between the library and the clinics since."""
    return _read(FOLDER / "story.toml")


@cache
def references() -> list[dict]:
    """The references in CSL-JSON, each with what it found under `custom`."""
    return json.loads((FOLDER / "references.json").read_text(encoding="utf-8"))


@cache
def pictures() -> dict[str, dict]:
    """Every picture by its key, such as northgate/logo: its file, title, alternative text, kind and size."""
    return _read(FOLDER / "pictures.toml")
