"""The guide on page types of one's own and the app that stands for one say the same."""

from pathlib import Path

import pytest
from wagtail.models import Page

from tests.courses.models import CourseIndexPage, CoursePage
from tests.plugin import guide

HERE = Path(__file__).parent
ADDING, REMOVING = guide.parts(guide.PAGE_TYPES, "Take it out again")


def block(text, place):
    """The code that the guide puts into a file."""
    (code,) = [code for _language, where, code in guide.blocks(text) if where == place]
    return code


def without_comments(code):
    """The lines that do something: a linter's remark or a docstring more or less changes nothing."""
    lines = [line.split("  #")[0].rstrip() for line in code.splitlines()]
    return [line for line in lines if line and not line.lstrip().startswith(("#", '"""'))]


def test_the_app_is_what_the_guide_writes():
    here = without_comments((HERE / "models.py").read_text(encoding="utf-8"))
    # What `startapp` writes stands above it.
    assert here == ["from django.db import models", *without_comments(block(ADDING, "courses/models.py"))]
    template = (HERE / "templates/courses/course_page.html").read_text(encoding="utf-8")
    assert template == block(ADDING, "courses/templates/courses/course_page.html")


def test_its_pages_go_in_an_order_that_nothing_protects(course, follower):
    code = block(REMOVING, "in a shell of the project").replace("from courses.", "from tests.courses.")
    exec(compile(code, "the guide", "exec"), {})
    assert (CoursePage.objects.count(), CourseIndexPage.objects.count()) == (0, 0)
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("name", ["llms_heading", "sitemap_picture", "is_creatable"])
def test_what_the_guide_says_can_be_said_is_there(name):
    assert f"`{name} = " in ADDING
    assert hasattr(CoursePage, name)
