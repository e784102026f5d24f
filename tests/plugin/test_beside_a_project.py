"""The product comes to a project by the guide and goes again, and the project keeps everything it had."""

import pytest

from tests.plugin import driving, grown

TABLES_OF_OURS = """
from django.db import connection
print([name for name in connection.introspection.table_names() if name.startswith("clinicsite_")])
"""
#: What a project's own pipeline asks; either fails if there is anything to say.
CHECK = """
from django.core.management import call_command
call_command("check", fail_level="WARNING")
call_command("makemigrations", check_changes=True, dry_run=True)
"""
SETUP_AGAIN = """
from django.core.management import call_command
call_command("setup_agency")
"""
#: An editor of a new project, as its guide makes one.
NEW_ROWS = """
from django.contrib.auth.models import Group, User
editor = User.objects.create_user("editor", "editor@agency.example", "x")
editor.groups.add(Group.objects.get(name="Editors"))
User.objects.create_superuser("boss", "boss@agency.example", "x")
"""
CLINIC_IS_SERVED = """/ 200 text/html; charset=utf-8
/treatments/ 200 text/html; charset=utf-8
/treatments/dry-needling/ 200 text/html; charset=utf-8
/locations/main-street/ 200 text/html; charset=utf-8
/sitemap.xml 200 application/xml
/robots.txt 200 text/plain; charset=utf-8
library: True True
place: True True True
hours: True True
stylesheet: 200 200
missing: 404 True
admin: 302 http://localhost:8000/admin/pages/
"""
OWNER_HAS = """own: [200, 200, 200, 200]
project's: True
explorer: True False
preview: 200
"""


def made(rows):
    """The tables of these rows."""
    return {row.split()[0] for row in rows}


#: What Wagtail draws its picker of dates with.
PICKERS = {"django/forms/widgets/date.html", "wagtailadmin/widgets/date_input.html"}


def assert_answers_alike(before, after):
    """Each address answers each person with the same status and templates, and one query more at most.

    A superuser (the second person) sees the clinics as well, and so longer lists, and types dates as their
    people do.
    """
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        if not one[0].isdigit():
            assert one == other
            continue
        *asked, templates, queries = one.rsplit(" ", 2)
        *same, templates_now, queries_now = other.rsplit(" ", 2)
        assert asked == same
        if one.startswith("2 "):
            assert set(templates.split("|")) - set(templates_now.split("|")) <= PICKERS, asked
            continue
        assert templates == templates_now, asked
        assert int(queries_now) - int(queries) <= 1, (asked, queries, queries_now)


def visits(project):
    return [line for line in project.ask(driving.VISITS).splitlines() if line[:1].isdigit() or " /" in line]


@pytest.fixture(params=["new", "grown"])
def project(request, start_project):
    """A project as `wagtail start` makes it, and one that has grown, each migrated and filled."""
    if request.param == "new":
        project = start_project()
        project.migrate()
        project.ask(NEW_ROWS)
        return project
    return grown.project(start_project)


def test_a_project_takes_the_product_in_by_the_guide_and_gives_it_back(project):
    project.ask(driving.FIRST_VISITS)
    rows, rights = project.ask_at_once(grown.EVERY_ROW, driving.RIGHTS)
    before, pages = set(rows.splitlines()), visits(project)
    said = project.add_clinicsite()
    assert "Made the page “Library” at the top of the tree" in said
    if project.has_grown:
        # It has a group of that name already, which may hold people and grants.
        assert "its group is “Library editors (2)”" in said
        assert project.ask(driving.PICTURES).splitlines() == [
            "''",
            "The gate of our house",
            "library.CustomImage",
        ]
    _nothing, set_up, rows = project.ask_at_once(CHECK, SETUP_AGAIN, grown.EVERY_ROW)
    assert set_up.strip() == "Everything is there already."
    now = set(rows.splitlines())
    # The roots count their children; nothing else that was there is another.
    assert made(before - now) <= {"wagtailcore_collection", "wagtailcore_page"}
    assert len(before - now) == 2
    assert_answers_alike(pages, visits(project))
    project.ask(driving.CLINIC)
    assert project.ask(driving.CLINIC_SAYS) == CLINIC_IS_SERVED
    assert project.ask(driving.OWNER_WORKS) == OWNER_HAS
    assert_answers_alike(pages, [line for line in visits(project) if not line.startswith("3 ")])
    assert project.ask(driving.RIGHTS).startswith(rights)
    said = project.remove_clinicsite()
    assert "Everything was removed." in said
    tables, rows = project.ask_at_once(TABLES_OF_OURS, grown.EVERY_ROW)
    assert tables.strip() == "[]"
    left = set(rows.splitlines())
    assert before - left == set()
    # The owner is a person, and people stay, with what Wagtail keeps of each.
    new = {row for row in left - before if "owner@north.example" not in row}
    assert made(new) <= {"wagtailusers_userprofile"}
    assert len(new) <= 1
    assert visits(project)[: len(pages)] == pages
