"""Courses that an agency's clinics give: page types of a project's own, made from what is public alone."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from clinicsite.pages import (
    LIBRARY_FOLDER,
    FollowerIndexPage,
    FollowerPage,
    register_clinic_page,
    register_library_page,
)


@register_clinic_page
class CourseIndexPage(FollowerIndexPage):
    """The courses that a clinic gives."""

    template = "clinicsite/pages/follower_index_page.html"
    subpage_types = ["courses.CoursePage"]
    page_description = "Lists the clinic's courses. One for each clinic."

    class Meta:
        verbose_name = "courses page"


@register_library_page
class CoursePage(FollowerPage):
    """A course, which the library describes and a clinic gives."""

    parent_page_types = [CourseIndexPage, LIBRARY_FOLDER]
    page_description = "One course. It can follow the library or stand on its own."
    held_texts = ("summary", "duration")

    # Null means "as the library has it", an empty string means "none".
    duration = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001

    content_panels = [*FollowerPage.content_panels, FieldPanel("duration")]

    class Meta:
        verbose_name = "course"

    @property
    def composed_duration(self):
        """How long it takes: the clinic's own words, or the library's."""
        return self.inherited("duration") or ""

    def get_search_texts(self):
        return [*super().get_search_texts(), self.composed_duration]
