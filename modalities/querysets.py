from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from clinicsite.core.rendering import OWN, CitationUse, Rendering
from clinicsite.library.querysets import SharedPageManager, SharedPageQuerySet


class ModalityQuerySet(SharedPageQuerySet):
    """Questions about treatment pages."""

    def treating(self, condition_ids):
        """The treatments used for a condition, by their own lists or those of the library."""
        own = Q(conditions__in=condition_ids)
        read_through = Q(conditions__isnull=True, library_page__conditions__in=condition_ids)
        return self.filter(own | read_through).distinct()


ModalityManager = SharedPageManager.from_queryset(ModalityQuerySet)


class ConditionQuerySet(SharedPageQuerySet):
    """Questions about condition pages."""

    def for_map(self):
        """With no more than the body map needs: where each is felt, and its address."""
        needed = ("title", "path", "url_path", "body_regions")
        of_library = ("library_page__live", "library_page__body_regions")
        return self.select_related("library_page").only(*needed, *of_library)

    def treated_with(self, treatments):
        """The conditions that any of these treatments is used for, by its own list or the library's.

        `treatments` is a queryset of treatment pages.
        """
        read_through = treatments.filter(conditions__isnull=True).values("library_page")
        rows = treatments.model.conditions.through.objects.filter(
            Q(modalitypage__in=treatments.values("pk")) | Q(modalitypage__in=read_through)
        )
        return self.standing_for(rows.values("conditionpage"))


ConditionManager = SharedPageManager.from_queryset(ConditionQuerySet)


@dataclass(frozen=True)
class NumberedReference:
    """A `Reference` as it stands in a page's list."""

    reference: Model
    use: CitationUse

    @property
    def number(self) -> int:
        """Its place in the list, from 1."""
        return self.use.number


class ReferenceQuerySet(QuerySet):
    """Questions about the references that clinical texts cite."""

    def numbered(self, rendering: Rendering) -> list[NumberedReference]:
        """Those cited on the page being rendered, by number; a query for the library's, one for the clinic's.

        A reference that somebody has deleted loses its number, so that no mark leads nowhere.
        """
        if not rendering.citations:
            return []
        own = self._brought_by_the_clinic(rendering)
        found = own | self.in_bulk([key for key in rendering.citations if isinstance(key, int)])
        rendering.number_only(found)
        uses = rendering.citations.values()
        return [NumberedReference(found[use.reference_id], use) for use in uses if use.number]

    def _brought_by_the_clinic(self, rendering):
        """{key: what the clinic itself has brought}; what the library has taken over is cited as its own."""
        keys = [key.removeprefix(OWN) for key in rendering.citations if isinstance(key, str)]
        if not keys or rendering.site is None:
            return {}
        brought = self.model._meta.get_field("own_references").related_model.objects
        rows = {f"{OWN}{one.pk}": one for one in brought.filter(site=rendering.site, pk__in=keys)}
        rendering.unite({key: one.library_reference_id for key, one in rows.items() if one.is_taken_over})
        return {key: one for key, one in rows.items() if not one.is_taken_over}
