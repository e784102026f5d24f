"""Where a process's page cache lies, for which release, and what the command says of it."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from clinicsite.core.page_cache import setup
from clinicsite.core.page_cache.slots import HIT, MISS


@pytest.fixture
def is_on(settings, tmp_path):
    settings.CLINICSITE = settings.CLINICSITE | {
        "PAGE_CACHE": True,
        "PAGE_CACHE_FOLDER": str(tmp_path / "kept"),
    }


def said(*arguments):
    out = StringIO()
    call_command("page_cache", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_where_nothing_is_kept_the_application_is_the_projects_own(settings):
    def application(environ, start_response):
        return []

    assert setup.serve(application) is application


@pytest.mark.usefixtures("is_on")
def test_nothing_is_kept_while_somebody_develops(settings):
    settings.DEBUG = True
    assert not setup.is_on()


@pytest.mark.usefixtures("is_on")
def test_a_folder_of_somebody_else_is_not_used(tmp_path, caplog):
    (tmp_path / "other").mkdir()
    (tmp_path / "kept").symlink_to(tmp_path / "other")
    assert setup.slots_or_none() is None
    assert "is not a folder of this user's" in caplog.text


def test_another_setting_or_another_template_is_another_release(settings, tmp_path):
    template = tmp_path / "page.html"
    template.write_text("one")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    first = setup.release()
    assert setup.release() == first
    os.utime(template, (1, 1))
    second = setup.release()
    settings.MEDIA_URL = "https://files.example/"
    assert len({first, second, setup.release()}) == 3


@pytest.mark.usefixtures("is_on")
def test_the_command_counts_by_clinic_and_empties(clinic, other_clinic):
    slots = setup.slots_or_none()
    for way in (HIT, HIT, MISS):
        slots.count(clinic.site.pk, way)
    assert said() == ["north.localhost: 2 given out as kept, 1 rendered"]
    before = slots.file
    assert said("--empty") == ["Every page is rendered anew."]
    assert slots.file != before


def test_the_command_says_where_nothing_is_kept(db):
    with pytest.raises(CommandError, match="No page is kept here"):
        said()
