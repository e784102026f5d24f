"""Time zone data: the newest there is, on every platform.

Python reads the system's zone files first, and a server's may be years old, while browsers keep theirs up to
date. In a province that has changed its clocks since, the two differ by an hour. The package `tzdata` brings
the data with the product, and `prefer_newest` has Python read it where it is newer.
"""

import os
import zoneinfo
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

from django.core import checks
from django.utils import timezone

#: Data of a year that ended longer ago than this is old: there are several releases a year.
OLD_AFTER = timedelta(days=270)
#: The first line of a folder's source of zones, before its release.
VERSION = "# version "


def prefer_newest() -> None:
    """Have Python read the package's zones before the system's, if those are older.

    What a project has chosen stays: zones that the package does not know are read where they were, and a path
    given by PYTHONTZPATH is left alone. After this nothing differs but the rules of zones.
    """
    package, system = package_folder(), tuple(zoneinfo.TZPATH)
    if "PYTHONTZPATH" in os.environ or not package or package in system:
        return
    if release_in(package) > release_of(system):
        zoneinfo.reset_tzpath([package, *system])
        # A zone that somebody has asked for before would go by the old rules as long as the process lives.
        zoneinfo.ZoneInfo.clear_cache()
        timezone.get_default_timezone.cache_clear()


def zone_or_none(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of this name; None where no such zone is known here."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None


def package_folder() -> str:
    """Where the package keeps its zones; "" where it is missing."""
    found = find_spec("tzdata")
    return str(Path(found.origin).parent / "zoneinfo") if found and found.origin else ""


def release_of(folders) -> str:
    """The release of the first of these folders that has zones, such as "2026f"; "" where nobody can tell."""
    return next((release for folder in folders if (release := release_in(folder))), "")


def release_in(folder) -> str:
    """The release of a folder's zones; "" where it has none, or does not say."""
    source = Path(folder) / "tzdata.zi"
    if not source.is_file():
        return ""
    with source.open(encoding="utf-8") as lines:
        return lines.readline().removeprefix(VERSION).strip()


def check_age(app_configs, **kwargs):
    """The rules of zones that Python reads are not of a year that is long over."""
    release = release_of([*zoneinfo.TZPATH, package_folder()])
    if release >= str((date.today() - OLD_AFTER).year):
        return []
    what = f"of {release}, which is old" if release else "of an unknown age"
    return [
        checks.Warning(
            f"The time zone data is {what}: hours are wrong where clocks have been changed since.",
            hint="Install the newest release of tzdata and restart.",
            id="clinicsite.W001",
        )
    ]
