from datetime import date

import factory

from clinicsite.home.models import BlogIndexPage, BlogPage
from tests.factories.base import ClinicPageFactory
from tests.factories.clinics import a_home
from tests.factories.sections import section


class BlogIndexPageFactory(ClinicPageFactory):
    class Meta:
        model = BlogIndexPage

    title = "Blog"
    parent = factory.LazyFunction(a_home)


class BlogPageFactory(ClinicPageFactory):
    class Meta:
        model = BlogPage

    title = factory.Sequence(lambda n: f"Post {n}")
    date = date(2026, 5, 12)
    summary = "What this post says."
    sections = factory.LazyFunction(lambda: [section("", "The first words.", kind="other")])
    parent = factory.SubFactory(BlogIndexPageFactory)
