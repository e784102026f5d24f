"""Which shared pages are due for their clinical review."""

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from clinicsite.library.shared_pages.page import shared_page_models


def due_for_review(model) -> QuerySet:
    """The live pages of a type whose next review was due by today."""
    return model.objects.live().filter(next_review_on__lte=timezone.localdate())


def count_due(below: Page) -> int:
    """How many below a page are, of every type; one query."""
    due = (due_for_review(model).descendant_of(below) for model in shared_page_models())
    first, *rest = (pages.order_by().values("pk") for pages in due)
    return first.union(*rest).count()
