from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from clinicsite.core.rendering import CitationUse, Rendering
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
        """Those cited on the page being rendered, by number; one query, none where nothing is cited.

        A reference that somebody has deleted loses its number, so that no mark leads nowhere.
        """
        if not rendering.citations:
            return []
        found = self.in_bulk(rendering.citations)
        rendering.number_only(found)
        uses = rendering.citations.values()
        return [NumberedReference(found[use.reference_id], use) for use in uses if use.number]
