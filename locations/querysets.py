from django.db.models import Prefetch
from wagtail.models import PageManager, PageQuerySet


class LocationQuerySet(PageQuerySet):
    """Questions about the places of a clinic."""

    def for_cards(self):
        """Everything a card or a table of hours needs, in a fixed number of queries; main location first."""
        return (
            self.select_related("picture")
            .prefetch_related("phones", "opening_hours", "special_hours")
            .order_by("-is_primary", "path")
        )

    def with_treatments(self):
        """With the keys of the treatments offered there, in one query more."""
        treatments = self.model._meta.get_field("modalities").related_model
        return self.prefetch_related(Prefetch("modalities", treatments.objects.only("pk")))


class PractitionerQuerySet(PageQuerySet):
    """Questions about the people of a clinic."""

    def for_cards(self):
        """With portraits, in the order of the clinic's tree."""
        return self.select_related("portrait").order_by("path")


LocationManager = PageManager.from_queryset(LocationQuerySet)
PractitionerManager = PageManager.from_queryset(PractitionerQuerySet)
