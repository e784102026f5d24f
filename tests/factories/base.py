import factory
import wagtail_factories
from django.utils.text import slugify

from tests.factories.indexing import unindexed


class ClinicPageFactory(wagtail_factories.PageFactory):
    """A page of ours: saved under a parent that it builds itself, with a slug from its title.

    It is not in the search index nor in the index of references, unless the test is marked `indexed`.
    """

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.LazyAttribute(lambda page: slugify(page.title))
    live = True

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        with unindexed():
            return super()._create_instance(model_class, parent, kwargs)
