from django.db.models.functions import ExtractYear

from clinicsite.library.querysets import SharedPageManager, SharedPageQuerySet


class BlogPageQuerySet(SharedPageQuerySet):
    """Questions about posts."""

    def for_cards(self):
        """Newest first, with what a card shows."""
        return self.with_library().order_by("-date", "-pk")

    def by(self, practitioner_slug):
        """Posts by a practitioner."""
        return self.filter(authors__slug=practitioner_slug)

    def tagged(self, slug):
        """Posts with a tag."""
        return self.filter(tags__slug=slug).distinct()

    def in_year(self, year):
        """Posts of a year."""
        return self.filter(date__year=year)

    def years(self):
        """The years that have posts, newest first."""
        years = self.order_by().annotate(year=ExtractYear("date")).values_list("year", flat=True)
        return sorted(set(years), reverse=True)

    def related_to(self, post):
        """Other posts of the same clinic that share a tag, newest first."""
        tags = post.tags.values_list("id", flat=True)
        return self.filter(tags__in=tags).exclude(pk=post.pk).distinct()


BlogPageManager = SharedPageManager.from_queryset(BlogPageQuerySet)
