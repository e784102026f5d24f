"""The newest zone data is read, whatever the system has, and nothing else of the project around changes."""

import os
import subprocess
import sys
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from clinicsite.core import zones

EVE = datetime(2026, 12, 24, 17, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """A system's folder of zones: `folder("2025b")`; America/Edmonton in it is what London has."""

    def made(release):
        (tmp_path / "America").mkdir()
        (tmp_path / "tzdata.zi").write_text(f"# version {release}\n# This file\n", encoding="utf-8")
        source = Path(zones.package_folder()) / "Europe/London"
        for name in ("America/Edmonton", "Elsewhere"):
            (tmp_path / name).write_bytes(source.read_bytes())
        return str(tmp_path)

    return made


@pytest.fixture(autouse=True)
def _zones_as_before():
    before = zoneinfo.TZPATH
    yield
    zoneinfo.reset_tzpath(before)
    ZoneInfo.clear_cache()


def start_with(system):
    zoneinfo.reset_tzpath([system])
    ZoneInfo.clear_cache()
    zones.prefer_newest()


def hours_from_utc(name):
    return EVE.astimezone(ZoneInfo(name)).utcoffset() // timedelta(hours=1)


def test_an_older_system_is_read_after_the_package(folder):
    start_with(folder("2025b"))
    assert hours_from_utc("America/Edmonton") == -6
    assert hours_from_utc("America/Vancouver") == -7
    assert hours_from_utc("America/Toronto") == -5


def test_a_zone_that_only_the_system_knows_is_still_there(folder):
    start_with(folder("2025b"))
    assert hours_from_utc("Elsewhere") == 0


def test_a_newer_system_stays_first(folder):
    start_with(folder("2099a"))
    assert hours_from_utc("America/Edmonton") == 0


def test_a_path_that_somebody_has_set_is_left_alone(folder, monkeypatch):
    system = folder("2025b")
    monkeypatch.setenv("PYTHONTZPATH", system)
    start_with(system)
    assert (system,) == zoneinfo.TZPATH


def test_without_any_system_the_package_is_read(tmp_path):
    start_with(str(tmp_path))
    assert hours_from_utc("America/Edmonton") == -6


def test_the_zone_of_the_project_follows_the_newer_rules_too():
    code = (
        "import zoneinfo; old = zoneinfo.ZoneInfo('America/Edmonton'); import django; django.setup();"
        "from django.utils import timezone; from datetime import datetime, UTC;"
        "print(datetime(2026, 12, 24, 17, tzinfo=UTC).astimezone(zoneinfo.ZoneInfo('America/Edmonton')).hour)"
    )
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "clinicsite.settings.test"}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "11"


@pytest.mark.parametrize(
    ("release", "today", "is_old"),
    [
        ("2026f", date(2026, 11, 30), False),
        ("2026a", date(2027, 9, 1), False),
        ("2026f", date(2027, 11, 30), True),
        ("2025b", date(2026, 11, 30), True),
        ("", date(2026, 11, 30), True),
    ],
)
def test_old_data_is_warned_of(tmp_path, monkeypatch, release, today, is_old):
    monkeypatch.setattr(zones, "package_folder", lambda: "")
    if release:
        (tmp_path / "tzdata.zi").write_text(f"# version {release}\n", encoding="utf-8")
    zoneinfo.reset_tzpath([str(tmp_path)])
    with time_machine.travel(today, tick=False):
        assert [warning.id for warning in zones.check_age(None)] == ["clinicsite.W001"] * is_old
