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
