import factory

from tests.courses.models import CourseIndexPage, CoursePage
from tests.factories.base import ClinicPageFactory
from tests.factories.clinics import a_home
from tests.factories.sections import section


class CourseIndexPageFactory(ClinicPageFactory):
    class Meta:
        model = CourseIndexPage

    title = "Courses"
    parent = factory.LazyFunction(a_home)


class CoursePageFactory(ClinicPageFactory):
    class Meta:
        model = CoursePage

    title = factory.Sequence(lambda n: f"Course {n}")
    summary = "Learn to look after your back."
    sections = factory.LazyFunction(lambda: [section("What is it?", "It is a course.", kind="overview")])
    parent = factory.SubFactory(CourseIndexPageFactory)
