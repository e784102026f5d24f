from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.html import strip_tags
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from clinicsite.clinics.models.wishes import MOST_POSTS, POSTS_BELOW
from clinicsite.clinics.profile import profile_for
from clinicsite.core import wagtail_private
from clinicsite.core.fields import ProseField, TickedPagesField
from clinicsite.core.models import BasePage
from clinicsite.core.models.ordered import OrderedRow
from clinicsite.core.own_things import shown_here
from clinicsite.core.page_types import CLINIC_PAGES
from clinicsite.core.querysets import listed
from clinicsite.core.relations import pages_shown
from clinicsite.core.rendering import current_rendering
from clinicsite.core.typed_fields import TypedDateField
from clinicsite.core.typed_times import Lean
from clinicsite.home.blog.feeds import BlogFeed
from clinicsite.home.blog.filters import BlogFilter
from clinicsite.home.blog.querysets import NEAREST, BlogPageManager
from clinicsite.home.blog.topics import one_of_each, topic_of
from clinicsite.library.models.folders import LIBRARY_PAGES
from clinicsite.library.querysets import ids_read
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.locations.models import PractitionerPage
from clinicsite.modalities.models import ConditionPage, ModalityPage, Reference

POSTS_PER_PAGE = 9
NONE_TICKED = "On a page that follows the library, none ticked means the library's."
#: Words a minute at which adults read silently. Source: Brysbaert 2019, Journal of Memory and Language 109.
READING_SPEED = 238


class BlogTag(TagBase):
    """A topic of posts, as somebody wrote it; others may have written the same topic otherwise."""

    # Taggit makes a slug unique by counting, so that one clinic's tags would decide another's addresses.
    slug = models.CharField(max_length=255, db_index=True, editable=False)

    class Meta:
        verbose_name = "tag"

    def save(self, *args, **kwargs):
        self.slug = topic_of(self.name)
        super().save(*args, **kwargs)


class BlogPageTag(ItemBase):
    """A tag on a post."""

    tag = models.ForeignKey(BlogTag, related_name="tagged_posts", on_delete=models.CASCADE)
    content_object = ParentalKey(
        "clinicsite_home.BlogPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


@CLINIC_PAGES.register
class BlogIndexPage(RoutablePageMixin, BasePage):
    """A clinic's blog: its posts, newest first, by topic, author or year."""

    template = "clinicsite/home/blog_index_page.html"
    parent_page_types = ["clinicsite_home.HomePage"]
    subpage_types = ["clinicsite_home.BlogPage"]
    max_count_per_parent = 1
    page_description = "Lists the clinic's posts. One for each clinic."
    is_structural = True
    lists_children = True

    introduction = ProseField(blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = "blog"

    @property
    def posts(self):
        """The live posts of this blog, newest first."""
        return listed(BlogPage.objects.child_of(self), self).for_cards()

    @path("feed/", name="feed")
    def feed(self, request):
        """The newest posts as an Atom feed (RFC 4287)."""
        return BlogFeed(self)(request)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        blog_filter = BlogFilter(self.posts, request.GET)
        context["filter"] = blog_filter
        context["posts"] = Paginator(blog_filter.posts, POSTS_PER_PAGE).get_page(request.GET.get("page"))
        return context


@LIBRARY_PAGES.register
class BlogPage(SharedPage):
    """A post: by a practitioner of the clinic, or read through from the library."""

    template = "clinicsite/home/blog_page.html"
    parent_page_types = ["clinicsite_home.BlogIndexPage", "clinicsite_library.LibraryFolderPage"]
    subpage_types = []
    page_description = "A post, with a date, authors and tags."
    picture_shapes = {"hero_image": ("wide", "card")}
    held_texts = ("summary", "picture_caption")
    library_relations = ("hero_image", "reviewed_by")
    llms_heading = ""

    date = TypedDateField(
        lean=Lean.NEAREST, default=timezone.localdate, help_text="Shown on the post; the newest stands first."
    )
    authors = TickedPagesField(PractitionerPage, blank=True, related_name="posts")
    tags = ClusterTaggableManager(through=BlogPageTag, blank=True, help_text="Topics, with commas between.")
    conditions = TickedPagesField(
        ConditionPage, blank=True, related_name="posts", help_text=f"What the post is about. {NONE_TICKED}"
    )
    modalities = TickedPagesField(
        ModalityPage,
        blank=True,
        related_name="posts",
        verbose_name="treatments",
        help_text=f"What the post is about. {NONE_TICKED}",
    )
    # Null means "as the library has it", an empty string means "none".
    picture_caption = ProseField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        PractitionerPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BlogPageManager()

    content_panels = [
        *BasePage.content_panels,
        SharedPage.clinics_panel,
        SharedPage.summary_panel,
        FieldPanel("hero_image"),
        FieldPanel("picture_caption"),
        *SharedPage.content_panels[-3:],
    ]
    details_panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("tags")]),
        MultiFieldPanel([FieldPanel("authors", widget=forms.CheckboxSelectMultiple)], heading="Authors"),
        MultiFieldPanel(
            [
                FieldPanel("conditions", widget=forms.CheckboxSelectMultiple),
                FieldPanel("modalities", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Topics",
        ),
        InlinePanel(
            "related_posts",
            heading="Read on",
            label="Post",
            max_num=MOST_POSTS,
            help_text="Shown below this post, in your order. How many are shown where you choose fewer, your "
            "clinic’s settings say.",
        ),
        SharedPage.library_panel,
        MultiFieldPanel(
            [
                PageChooserPanel("reviewed_by"),
                FieldPanel("reviewed_on"),
                FieldPanel("next_review_on"),
            ],
            heading="Clinical review",
        ),
    ]
    search_fields = [*SharedPage.search_fields, index.FilterField("date")]

    class Meta:
        verbose_name = "post"
        ordering = ["-date"]

    @property
    def composed_picture_caption(self):
        """The words under the picture: the clinic's, or the library's."""
        return self.inherited("picture_caption") or ""

    @property
    def composed_reviewer(self):
        """Who checked the post: its own reviewer, or the library's."""
        return shown_here(self.inherited("reviewed_by"))

    @property
    def topics(self):
        """The tags of the post, one of each topic."""
        return one_of_each(self.tags.all())

    @property
    def reading_minutes(self):
        """How long an adult takes to read it, in whole minutes, at least one."""
        return max(1, round(len(strip_tags(self.composed_text).split()) / READING_SPEED))

    def get_authors(self):
        """Who signs the post: practitioners of the clinic, or where it names none the library's."""
        own = list(pages_shown(self.authors).for_cards())
        return own if own or not self.is_follower else self._get_library_authors()

    def _get_library_authors(self):
        signed = self.library_source.authors.values_list("id", flat=True)
        people = listed(PractitionerPage.objects, self).filter(pk__in=signed).for_cards()
        return [person for person in people if self.is_of_the_library(person)]

    def is_of_the_library(self, person):
        """Whether a practitioner is one of the library that this post follows, and of no clinic."""
        library = self.library_page.path[: 2 * self.steplen]
        return person.path.startswith(library)

    def get_conditions(self):
        """The conditions the post is about, as pages of its clinic."""
        site = current_rendering().site
        if site is None:
            return ConditionPage.objects.none()
        conditions = listed(ConditionPage.objects.of_site(site), self).order_by("title")
        return conditions.standing_for(ids_read(self, "conditions"))

    def get_treatments(self):
        """The treatments the post is about, as pages of its clinic; without any, all of the clinic's."""
        site = current_rendering().site
        if site is None:
            return []
        ids = ids_read(self, "modalities")
        is_topic = Case(When(Q(pk__in=ids) | Q(library_page__in=ids), then=True), default=False)
        treatments = listed(ModalityPage.objects.of_site(site), self).with_library()
        found = list(treatments.annotate(is_topic=is_topic))
        return [one for one in found if one.is_topic] or found

    def get_related(self, topics=()):
        """Other posts of the same clinic: those it names, then on its topics, with a tag, the newest."""
        topics = [key for page in topics for key in (page.pk, page.library_page_id) if key]
        siblings = listed(BlogPage.objects.sibling_of(self, inclusive=False), self).for_cards()
        nearest = siblings.nearest_to(self, topics).annotate(named=self._place_among_the_named())
        found = list(nearest.order_by(F("named").asc(nulls_last=True), *NEAREST)[:MOST_POSTS])
        clinic = profile_for(current_rendering().site)
        wanted = clinic.posts_below if clinic else POSTS_BELOW
        return found[: max(wanted, sum(post.named is not None for post in found))]

    def _place_among_the_named(self):
        """Of each post, where this one names it; one of the library's means the clinic's that follows."""
        if not wagtail_private.is_in_memory(self, "related_posts"):
            rows = RelatedPost.objects.filter(page=self.pk).order_by("sort_order")
            same = rows.filter(Q(post=OuterRef("pk")) | Q(post=OuterRef("library_page")))
            return Subquery(same.values("sort_order")[:1])
        named = enumerate(row.post_id for row in self.related_posts.all())
        places = [When(Q(pk=key) | Q(library_page=key), then=place) for place, key in named]
        return Case(*places, default=None, output_field=IntegerField())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["references"] = Reference.objects.numbered(current_rendering())
        context["authors"] = self.get_authors()
        context["conditions"] = self.get_conditions()
        context["treatments"] = self.get_treatments()
        chosen = [one for one in context["treatments"] if one.is_topic]
        context["related"] = self.get_related([*context["conditions"], *chosen])
        return context


class RelatedPost(OrderedRow):
    """A post that another names to be read next."""

    page = ParentalKey(BlogPage, on_delete=models.CASCADE, related_name="related_posts")
    post = models.ForeignKey(BlogPage, on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("post")]

    class Meta(OrderedRow.Meta):
        verbose_name = "post to read next"
