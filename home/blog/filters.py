"""Choosing among a blog's posts by tag, author and year."""

from functools import cached_property
from urllib.parse import urlencode

from clinicsite.core.querysets import listed
from clinicsite.locations.models import PractitionerPage


class BlogFilter:
    """Posts of one blog narrowed by the query string; a value nobody knows finds nothing, quietly."""

    NAMES = ("tag", "author", "year")

    def __init__(self, posts, query):
        self.all_posts = posts
        self.chosen = {name: query.get(name, "").replace("\0", "") for name in self.NAMES}

    @cached_property
    def posts(self):
        """The posts that match everything chosen."""
        posts = self.all_posts
        if self.chosen["tag"]:
            posts = posts.tagged(self.chosen["tag"])
        if self.chosen["author"]:
            posts = posts.by(self.chosen["author"])
        if self.chosen["year"]:
            posts = posts.in_year(int(self.chosen["year"])) if self.has_valid_year else posts.none()
        return posts

    @property
    def has_valid_year(self):
        """Whether the year is one that a date can have."""
        year = self.chosen["year"]
        return len(year) <= 4 and year.isascii() and year.isdigit() and 1 <= int(year) <= 9998

    @property
    def is_active(self):
        """Whether anything is chosen."""
        return any(self.chosen.values())

    @cached_property
    def tags(self):
        """The tags that this blog's posts have."""
        tags = self.all_posts.model._meta.get_field("tags").related_model.objects
        posts = self.all_posts.order_by().values("pk")
        return tags.filter(tagged_posts__content_object__in=posts).distinct().order_by("name")

    @cached_property
    def authors(self):
        """The practitioners who wrote here."""
        posts = self.all_posts.order_by().values("pk")
        return listed(PractitionerPage.objects).filter(posts__in=posts).distinct().order_by("title")

    @cached_property
    def years(self):
        """The years with posts, newest first."""
        return self.all_posts.years()

    @property
    def query_string(self):
        """What is chosen, for the links to further pages."""
        return urlencode({name: value for name, value in self.chosen.items() if value})
