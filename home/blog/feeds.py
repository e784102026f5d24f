from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from clinicsite.clinics.profile import profile_for
from clinicsite.core.printable import all_printable
from clinicsite.core.querysets import listed
from clinicsite.core.rendering import current_rendering
from clinicsite.locations.models import PractitionerPage

FEED_LENGTH = 20


class PrintableFeed(Atom1Feed):
    """An Atom feed without what XML cannot hold: one title with it would end the feed for everybody."""

    def __init__(self, *texts, **named):
        super().__init__(*all_printable(texts), **all_printable(named))

    def add_item(self, *texts, **named):
        super().add_item(*all_printable(texts), **all_printable(named))


class BlogFeed(Feed):
    """The newest posts of one clinic's blog (Atom, RFC 4287)."""

    feed_type = PrintableFeed

    def __init__(self, blog):
        self.blog = blog

    def title(self):
        """The clinic's name before the blog's: a reader has many feeds, and most are called "Blog"."""
        clinic = profile_for(current_rendering().site)
        return f"{clinic.name}: {self.blog.title}" if clinic else self.blog.title

    def subtitle(self):
        return self.blog.introduction

    def link(self):
        return self.blog.full_url

    def feed_url(self):
        return self.blog.full_url + "feed/"

    def author_name(self):
        # Atom asks for an author of the feed where an entry has none.
        clinic = profile_for(current_rendering().site)
        return clinic.name if clinic else self.blog.title

    def items(self):
        people = listed(PractitionerPage.objects, self.blog)
        own = Prefetch("authors", queryset=people.descendant_of(self.blog.get_parent()))
        shared = Prefetch("library_page__authors", queryset=people)
        return self.blog.posts.prefetch_related(own, shared, "tags")[:FEED_LENGTH]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.composed_summary

    def item_link(self, item):
        return item.full_url

    def item_author_name(self, item):
        authors = item.authors.all()
        if item.is_follower and not authors:
            authors = [person for person in item.library_page.authors.all() if item.is_of_the_library(person)]
        return ", ".join(author.title for author in authors) or None

    def item_categories(self, item):
        return [tag.name for tag in item.topics]

    def item_pubdate(self, item):
        return timezone.make_aware(datetime.combine(item.date, time(12)))

    def item_updateddate(self, item):
        return item.changed_at or self.item_pubdate(item)
