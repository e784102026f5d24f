from django.db.models import Case, IntegerField, Q, When
from django.db.models.functions import ExtractYear

from clinicsite.library.querysets import SharedPageManager, SharedPageQuerySet

#: The order of posts by their likeness to another.
NEAREST = ("-likeness", "-date", "-pk")


class BlogPageQuerySet(SharedPageQuerySet):
    """Questions about posts."""

    def for_cards(self):
        """Newest first, with what a card shows."""
        return self.with_library().order_by("-date", "-pk")

    def by(self, practitioner_slug):
        """Posts by a practitioner."""
        return self.filter(authors__slug=practitioner_slug)

    def tagged(self, slug):
        """Posts on a topic, however their tags are written."""
        return self.filter(tags__slug=slug).distinct()

    def in_year(self, year):
        """Posts of a year."""
        return self.filter(date__year=year)

    def years(self):
        """The years that have posts, newest first."""
        years = self.order_by().annotate(year=ExtractYear("date")).values_list("year", flat=True)
        return sorted(set(years), reverse=True)

    def about(self, topics):
        """Posts about one of these conditions or treatments, by their own lists or the library's.

        `topics` are primary keys: a clinic's pages and the library pages they follow.
        """
        found = Q()
        for name in ("conditions", "modalities"):
            found |= Q(**{f"{name}__in": topics})
            found |= Q(**{f"{name}__isnull": True, f"library_page__{name}__in": topics})
        return self.filter(found).distinct()

    def nearest_to(self, post, topics):
        """Other posts: on a post's topics, then those that share a tag, then the rest; newest first."""
        others = self.exclude(pk=post.pk)
        unordered = others.order_by()
        topical = unordered.about(topics).values("pk")
        tagged = unordered.filter(tags__slug__in=post.tags.values_list("slug", flat=True)).values("pk")
        likeness = _points(2, topical) + _points(1, tagged)
        return others.annotate(likeness=likeness).order_by(*NEAREST)


def _points(number, pages):
    return Case(When(pk__in=pages, then=number), default=0, output_field=IntegerField())


BlogPageManager = SharedPageManager.from_queryset(BlogPageQuerySet)
