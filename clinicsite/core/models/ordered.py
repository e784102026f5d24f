"""Rows in an order that somebody gave them: below a page or a clinic's settings, in a form or in code."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Orderable


class OrderedRow(Orderable):
    """A row that keeps its place in its list.

    A form numbers only the rows that somebody changes, and a row without a number comes before or after the
    others as the database likes. So a row that code makes gets the next number when it is saved.
    """

    class Meta(Orderable.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        if self.sort_order is None:
            self.sort_order = _next_number(self)
        super().save(*args, **kwargs)


def number_children(parent) -> None:
    """Number the rows of each list of a page, as a revision may have them, that has one without a number."""
    for relation in get_all_child_relations(parent):
        if issubclass(relation.related_model, Orderable):
            name = relation.get_accessor_name()
            rows = list(getattr(parent, name).all())
            if any(row.sort_order is None for row in rows):
                _number(rows)
                setattr(parent, name, rows)


def number_stored_rows(model, parent_field: str) -> None:
    """Number the rows of each list in the database that has one without a number, in the order they are read.

    For migrations: `model` may be a historical one, and `parent_field` names the key to its parent.
    """
    lists = model.objects.filter(sort_order=None).values_list(f"{parent_field}_id", flat=True).distinct()
    for parent_id in list(lists):
        rows = list(model.objects.filter(**{f"{parent_field}_id": parent_id}).order_by("sort_order", "pk"))
        _number(rows)
        model.objects.bulk_update(rows, ["sort_order"])


def _number(rows):
    for number, row in enumerate(rows):
        row.sort_order = number


def _next_number(row):
    key = next(field for field in row._meta.fields if isinstance(field, ParentalKey))
    siblings = type(row)._default_manager.filter(**{key.attname: getattr(row, key.attname)})
    highest = siblings.exclude(pk=row.pk).aggregate(highest=models.Max("sort_order"))["highest"]
    return 0 if highest is None else highest + 1
