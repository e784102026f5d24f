"""What a type of a project's own leaves in the project's migrations: columns, and nothing of ours."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test.utils import isolate_apps
from wagtail.models import pages as wagtail_pages

from clinicsite.core.models.pages import from_page
from clinicsite.home.models import BlogPage
from clinicsite.pages import FollowerPage
from tests.courses.models import CoursePage

WRITTEN = (Path(__file__).parent / "migrations/0001_courses.py").read_text(encoding="utf-8")


def changes():
    """What `makemigrations` would write for the app of courses, one line for each operation."""
    loader = MigrationLoader(connection)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    found = detector.changes(graph=loader.graph).get("courses", [])
    return [operation.describe() for migration in found for operation in migration.operations]


@pytest.mark.django_db
def test_every_change_is_in_a_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
    assert changes() == []


def test_a_migration_imports_nothing_of_ours():
    assert "import clinicsite" not in WRITTEN
    assert "clinicsite." not in WRITTEN
    assert "ContentField" not in WRITTEN
    # It is the project's own choice of an image model that stands there.
    assert WRITTEN.count('to="clinicsite_media.customimage"') == 2


@pytest.mark.parametrize("words", ["help_text=", "verbose_name=", "choices="])
def test_a_migration_holds_no_words_of_ours(words):
    assert WRITTEN.count(words) == 0


@pytest.mark.django_db
def test_other_words_in_a_field_of_ours_ask_for_no_migration(monkeypatch):
    for name in ("summary", "search_on_clinics", "hero_image", "sections", "is_hidden_from_search_engines"):
        field = CoursePage._meta.get_field(name)
        monkeypatch.setattr(field, "help_text", "Said otherwise.")
        monkeypatch.setattr(field, "verbose_name", "another name")
    assert changes() == []


@pytest.mark.django_db
def test_another_column_in_place_of_one_of_ours_asks_for_one(monkeypatch):
    monkeypatch.setattr(CoursePage._meta.get_field("summary"), "max_length", 250)
    assert changes() == ["Alter field summary on coursepage"]


@pytest.mark.django_db
def test_a_field_of_the_projects_own_is_written_as_the_project_has_it(monkeypatch):
    monkeypatch.setattr(CoursePage._meta.get_field("duration"), "help_text", "Such as: six weeks.")
    assert changes() == ["Alter field duration on coursepage"]


def test_the_way_back_from_wagtails_page_names_the_app():
    assert from_page(CoursePage) == "clinicsite_courses_coursepage"
    assert from_page(BlogPage) == "clinicsite_blogpage"


def test_a_project_may_have_a_type_with_the_name_of_one_of_ours(monkeypatch):
    monkeypatch.setattr(wagtail_pages, "PAGE_MODEL_CLASSES", [])
    with isolate_apps("tests.courses"):
        other = type(
            "BlogPage",
            (FollowerPage,),
            {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "courses"})},
        )
    assert from_page(other) == "clinicsite_courses_blogpage"
    assert {"fields.E304", "fields.E305"}.isdisjoint(error.id for error in other.check())
