"""The product's tables come to a project and go again, and the project keeps every row it had."""

from tests.plugin import grown

OURS = ("provisioning", "home", "locations", "modalities", "library", "clinics", "core")
#: The order in which the tables go: each app before those it needs.
LABELS = [f"clinicsite_{name}" for name in OURS if name != "provisioning"]
LEAVE = f"""
from django.core.management import call_command
for label in {LABELS}:
    call_command("migrate", label, "zero", verbosity=0)
"""
TABLES_OF_OURS = """
from django.db import connection
print([name for name in connection.introspection.table_names() if name.startswith("clinicsite_")])
"""
PAGES = """
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
for path in ("/", "/news/", "/where/", "/search/", "/search/?query=hello", "/nothing-here/", "/admin/login/"):
    answer = Client(HTTP_HOST="localhost").get(path)
    print(path, answer.status_code, [template.name for template in answer.templates][:3])
"""
#: What a project's own pipeline asks; either fails if there is anything to say.
CHECK = """
from django.core.management import call_command
call_command("check", fail_level="WARNING")
call_command("makemigrations", check_changes=True, dry_run=True)
"""


def rows_of(project):
    return set(project.ask(grown.EVERY_ROW).splitlines())


def made(rows):
    """The tables of these rows."""
    return {row.split()[0] for row in rows}


def test_a_new_project_takes_the_product_in_and_gives_it_back(start_project):
    project = start_project()
    project.manage("migrate", "--verbosity", "0")
    before, pages = rows_of(project), project.ask(PAGES)
    project.add_clinicsite()
    project.manage("migrate", "--verbosity", "0")
    project.ask(CHECK)
    assert rows_of(project) == before
    assert project.ask(PAGES) == pages
    project.ask(LEAVE)
    project.remove_clinicsite()
    assert project.ask(TABLES_OF_OURS).strip() == "[]"
    assert rows_of(project) == before
    assert project.ask(PAGES) == pages


def test_a_grown_project_keeps_its_models_pages_people_and_grants(start_project):
    project = start_project(grown.FILES, grown.SETTINGS)
    # The image model stands in a second migration: "the first of that app" would not have it.
    project.manage("makemigrations", "core")
    project.manage("makemigrations", "library", "--empty", "-n", "beginning")
    project.manage("makemigrations", "library")
    project.manage("migrate", "--verbosity", "0")
    project.ask(grown.ROWS)
    before, pages = rows_of(project), project.ask(PAGES)
    project.add_clinicsite()
    project.manage("migrate", "--verbosity", "0")
    project.ask(CHECK)
    assert rows_of(project) == before
    assert project.ask(PAGES) == pages
    said = project.manage("setup_agency")
    assert "its group is “Library editors (2)”" in said
    now = rows_of(project)
    changed = before - now
    # The roots count one more child each; nothing else that was there is another.
    assert made(changed) == {"wagtailcore_collection", "wagtailcore_page"}
    assert len(changed) == 2
    assert project.ask(PAGES) == pages
    assert project.manage("setup_agency").strip() == "Everything is there already."


def test_a_picture_of_the_projects_own_model_is_read(start_project):
    project = start_project(grown.FILES, grown.SETTINGS)
    project.manage("makemigrations", "core", "library")
    project.add_clinicsite()
    project.manage("migrate", "--verbosity", "0")
    project.ask(grown.ROWS)
    said = project.ask(
        "from library.models import CustomImage\n"
        "from clinicsite.core.pictures.facts import alternative_text\n"
        "from clinicsite.locations.models import LocationPage\n"
        "picture = CustomImage.objects.get()\n"
        "print(repr(alternative_text(picture)))\n"
        "picture.description = 'The gate of our house'\n"
        "print(alternative_text(picture))\n"
        "print(LocationPage._meta.get_field('picture').related_model._meta.label)\n"
    )
    assert said.splitlines() == ["''", "The gate of our house", "library.CustomImage"]
