from django.db.models import Q

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
