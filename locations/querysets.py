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

    def offering(self, modality):
        """The places where a treatment is offered."""
        return self.filter(modalities=modality)


class PractitionerQuerySet(PageQuerySet):
    """Questions about the people of a clinic."""

    def for_cards(self):
        """With portraits, in the order of the clinic's tree."""
        return self.select_related("portrait").order_by("path")

    def offering(self, modality):
        """The people who give a treatment; nobody where it is not saved yet."""
        return self.filter(modalities__in=[modality.pk])


LocationManager = PageManager.from_queryset(LocationQuerySet)
PractitionerManager = PageManager.from_queryset(PractitionerQuerySet)
