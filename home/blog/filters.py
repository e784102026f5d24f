"""Choosing among a blog's posts by tag, author and year."""

from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count

from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering
from clinicsite.home.blog.topics import one_of_each, topic_of
from clinicsite.locations.models import PractitionerPage


class BlogFilter:
    """Posts of one blog narrowed by the query string; a value nobody knows finds nothing, quietly."""

    NAMES = ("tag", "author", "year")

    def __init__(self, posts, query):
        self.all_posts = posts
        self.chosen = {name: query.get(name, "").replace("\0", "") for name in self.NAMES}
        if self.chosen["tag"]:
            self.chosen["tag"] = topic_of(self.chosen["tag"])

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
        """The topics that this blog's posts have, each as it is written most often."""
        tags = self.all_posts.model._meta.get_field("tags").related_model.objects
        posts = self.all_posts.order_by().values("pk")
        used = tags.filter(tagged_posts__content_object__in=posts).annotate(times=Count("tagged_posts"))
        return sorted(one_of_each(used.order_by("-times", "name")), key=lambda tag: tag.slug)

    @cached_property
    def authors(self):
        """The clinic's practitioners who wrote here; a post that was copied may still name another's."""
        posts = self.all_posts.order_by().values("pk")
        people = listed(PractitionerPage.objects).filter(posts__in=posts).distinct().order_by("title")
        site = current_rendering().site
        return people.descendant_of(site.root_page) if site else people

    @cached_property
    def years(self):
        """The years with posts, newest first."""
        return self.all_posts.years()

    @property
    def query_string(self):
        """What is chosen, for the links to further pages."""
        return urlencode({name: value for name, value in self.chosen.items() if value})
