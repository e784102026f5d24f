import factory
import wagtail_factories
from django.utils.text import slugify


class ClinicPageFactory(wagtail_factories.PageFactory):
    """A page of ours: saved under a parent that it builds itself, with a slug from its title."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.LazyAttribute(lambda page: slugify(page.title))
    live = True
