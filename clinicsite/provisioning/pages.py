"""The pages that every clinic has, and how a page of a new clinic goes live."""

from django.utils import timezone
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published, published

from clinicsite.core import publishing
from clinicsite.home.models import BlogIndexPage, BlogPage, ContactPage
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.locations.models import LocationIndexPage, PractitionerIndexPage
from clinicsite.modalities.models import ConditionIndexPage, ModalityIndexPage

#: In the order of a clinic's menu: (type, title, slug, introduction). An introduction says nothing that the
#: clinic has not typed: not every place has parking, a door without stairs or hours, nor all posts the
#: clinic's own author.
INDEX_PAGES = (
    (
        ModalityIndexPage,
        "Treatments",
        "treatments",
        "The treatments that we offer, with a page about each of them.",
    ),
    (
        ConditionIndexPage,
        "Conditions",
        "conditions",
        "The problems that we help with, with a page about each of them.",
    ),
    (
        PractitionerIndexPage,
        "Team",
        "team",
        "The people who look after you at our clinic, with a page about each.",
    ),
    (
        LocationIndexPage,
        "Locations",
        "locations",
        "Where to find us: the address of each location, with a page about it.",
    ),
    (BlogIndexPage, "Blog", "blog", "Articles for our patients and those close to them, the newest first."),
)


def contact_page() -> ContactPage:
    """A clinic's contact page, unsaved."""
    return ContactPage(
        title="Contact",
        slug="contact",
        introduction="Send us a message with your question, and tell us how we can reach you.",
        show_in_menus=True,
    )


def follower_of(source: SharedPage, parent: Page) -> SharedPage:
    """A page that follows a library page, unsaved; a slug that is taken gets a number."""
    page = type(source)(
        title=source.title, slug=find_available_slug(parent, source.slug), library_page=source
    )
    if isinstance(source, BlogPage):
        page.date = source.date
        page.tags.add(*source.tags.names())
    return page


class LivePages:
    """Pages that are added live, each saved once; their first revisions and their histories come at the end.

    An editor's page is saved when it is added, when its draft is and when that goes live; for forty pages at
    once that is most of the time. What is left behind is the same. Does not ask whether `by` may do this.
    """

    def __init__(self, by=None):
        self.by = by
        self.pages: list[Page] = []

    def add(self, parent: Page, page: Page) -> None:
        """Add a page below another, as one that is live."""
        now = timezone.now()
        page.owner, page.live = self.by, True
        page.first_published_at = page.last_published_at = now
        parent.add_child(instance=page)
        publishing.refuse_unfit(page)
        self.pages.append(page)

    def finish(self) -> None:
        """Give each page its first revision and its history, and tell whoever waits for pages to go live."""
        for page, revision in zip(self.pages, self._revisions(), strict=True):
            page.latest_revision = page.live_revision = revision
            page.latest_revision_created_at = revision.created_at
            page.draft_title = page.title
        fields = ("latest_revision", "live_revision", "latest_revision_created_at", "draft_title")
        Page.objects.bulk_update([_as_page(page, fields) for page in self.pages], fields)
        for page in self.pages:
            log(page, "wagtail.publish", user=self.by, revision=page.live_revision, content_changed=True)
            for signal in (page_published, published):
                signal.send(sender=type(page), instance=page, revision=page.live_revision)

    def _revisions(self):
        now = timezone.now()
        return Revision.objects.bulk_create(
            Revision(
                content_object=page,
                base_content_type=page.get_base_content_type(),
                user=self.by,
                created_at=now,
                content=page.serializable_data(),
                object_str=str(page),
            )
            for page in self.pages
        )


def _as_page(page, fields):
    """A row of the table that all pages share."""
    return Page(pk=page.pk, **{name: getattr(page, name) for name in fields})
