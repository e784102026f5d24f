from django.db.models import Prefetch
from wagtail.models import PageManager, PageQuerySet

from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering


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

    def with_treatments(self, seen_from):
        """With the treatments each gives on the clinic's site, as `listed_treatments`; one query more."""
        model = self.model._meta.get_field("modalities").related_model
        site = current_rendering().site
        found = listed(model.objects, seen_from).only("title").order_by("title")
        found = found.descendant_of(site.root_page) if site else found
        return self.prefetch_related(Prefetch("modalities", found, to_attr="listed_treatments"))


LocationManager = PageManager.from_queryset(LocationQuerySet)
PractitionerManager = PageManager.from_queryset(PractitionerQuerySet)
