from functools import reduce
from html import unescape

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import classproperty
from django.utils.html import strip_tags
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page, WorkflowPage, get_page_models

from clinicsite.core import publishing, site_roots, wagtail_private
from clinicsite.core.addresses import is_reserved
from clinicsite.core.forms import SCHEDULE, BasePageForm
from clinicsite.core.models.columns import PREFIX, PageLink, keep_migrations_plain
from clinicsite.core.models.ordered import number_children
from clinicsite.core.panels import SchedulePanel
from clinicsite.core.permissions import OwnPagePermissionTester
from clinicsite.core.printable import is_seen
from clinicsite.core.rendering import current_rendering
from clinicsite.core.typed_fields import DateTimeInput, TypedInput

IN_THE_MENU = (
    "Show this page in the clinic's main menu. A page that is a list, such as the blog, is shown there once "
    "there is something in it."
)


def schedule_panels():
    """The fields of the window in which a page's schedule is set; typed, as all dates of ours are."""
    return [
        FieldPanel(name, widget=TypedInput(DateTimeInput.kind, attrs=wagtail_private.FIELD_OF_SCHEDULE))
        for name in SCHEDULE
    ]


class BasePage(Page):
    """What every page of every clinic shares: its address, its tabs in the editor, its rendering."""

    # The way back has a prefix: `Page.homepage` is for the project around, which may have a type so called.
    page_ptr = PageLink(Page, parent_link=True, on_delete=models.CASCADE, related_name="clinicsite_%(class)s")
    is_hidden_from_search_engines = models.BooleanField(
        "keep out of search engines",
        default=False,
        help_text="For a page that should be reachable by its link only.",
    )

    base_form_class = BasePageForm
    #: `core.indexing` does it, as the search library would, and for many pages at once.
    search_auto_update = False
    #: Whether this is a clinic's front page, right below which some addresses are no page's.
    is_front_page = False
    #: Whether the site stands on the page, a front page or one right below it: only the agency deletes it,
    #: moves it, takes it down or hides it.
    is_structural = False
    #: Whether there are records, such as messages, that could go with such a page if it were deleted.
    keeps_records = False
    #: Whether it goes to its readers by a screen of its own, so that the editor does not offer to publish it.
    is_released_elsewhere = False
    #: Whether patients read pages of this type, and so may find them; a folder of pages has no reader.
    has_readers = True
    #: Whether it lists the pages right below it: no menu and no other list names it while there is none.
    lists_children = False
    #: The field with the picture that the sitemap names; empty for none.
    sitemap_picture = ""
    #: Panels of the first tab, named by each page type.
    content_panels = Page.content_panels
    #: Panels of the tab between content and search, e.g. relations; none by default.
    details_panels: list = []
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("is_hidden_from_search_engines"),
            ],
            heading="Search engines and shared links",
        ),
        FieldPanel("show_in_menus", help_text=IN_THE_MENU),
    ]
    settings_panels = [SchedulePanel(children=schedule_panels())]
    details_label = "Details"
    #: More tabs, each (panels, heading), between the details and the search tab.
    extra_tabs: list = []

    class Meta:
        abstract = True

    @classproperty
    def edit_handler(cls):
        """The editor's tabs, in order; a tab without panels is left out."""
        tabs = [
            (cls.content_panels, "Content"),
            (cls.details_panels, cls.details_label),
            *cls.extra_tabs,
            (cls.promote_panels, "Search and sharing"),
            (cls.settings_panels, "Publishing"),
        ]
        shown = [ObjectList(panels, heading=heading) for panels, heading in tabs if panels]
        return TabbedInterface(shown, base_form_class=cls.base_form_class)

    #: Whether having read the page, or what is written on it, can tell what somebody suffers from.
    reveals_health = False

    #: Fields that can head the page where its link is shared, the best first.
    title_sources = ("seo_title", "hero_heading", "title")

    @property
    def sharing_title(self):
        """What the page is called where its link is shared."""
        return next((value for name in self.title_sources if (value := getattr(self, name, ""))), "")

    #: Fields that can stand for the page where its link is shared, the best first.
    description_sources = ("search_description", "composed_summary", "summary", "promise", "introduction")

    @property
    def sharing_description(self):
        """What the page is about, in a sentence or two of plain text, for search engines and shared links."""
        values = (getattr(self, name, None) for name in self.description_sources)
        return unescape(strip_tags(next((value for value in values if value), "")))

    @property
    def search_rule(self):
        """What search engines may not do with the page, as a robots rule; empty where they may do all."""
        return "noindex" if self.is_hidden_from_search_engines else ""

    #: The moments at which what the page shows may have changed, as a query names them; the latest counts.
    change_sources = ("last_published_at",)

    @property
    def changed_at(self):
        """When what the page shows last changed, for feeds and search engines; None for never."""
        moments = (reduce(_value_of, name.split("__"), self) for name in self.change_sources)
        return max(filter(None, moments), default=None)

    #: Field that holds a picture -> the shapes (`core.pictures.SHAPES`) it is shown in; any other field's
    #: pictures stand in the text.
    picture_shapes = {
        "hero_image": ("hero",),
        "picture": ("hero",),
        "portrait": ("portrait",),
        "call_picture": ("card",),
    }

    @property
    def sharing_image(self):
        """The picture that stands for the page where its link is shared; None for none."""
        return getattr(self, "hero_image", None)

    @staticmethod
    def _slug_is_available(slug, parent_page, page=None):
        # Wagtail looks for a free slug with this too, when it makes one from a title.
        is_free = not (is_front_page(parent_page) and is_reserved(slug))
        return is_free and wagtail_private.is_slug_free(slug, parent_page, page)

    def clean(self):
        if self.title and not is_seen(self.title):
            raise ValidationError(
                {"title": "Nobody would see this title. Write at least one letter or digit."}
            )
        if self.path and is_reserved(self.slug) and is_front_page(self.get_parent()):
            raise ValidationError(
                {"slug": f"/{self.slug}/ is the address of something else on this site. Choose another slug."}
            )
        super().clean()

    def with_content_json(self, content):
        page = super().with_content_json(content)
        number_children(page)
        # Wagtail has just read it, and a publish would read it once more.
        wagtail_private.keep_parent(page, self.get_parent())
        return page

    def get_url_parts(self, request=None):
        """(site id, root URL, path) or None, found in O(depth) without walking every site."""
        return site_roots.url_parts(self.url_path)

    def get_url(self, request=None, current_site=None):
        """A path on the page's own clinic, a full address from anywhere else; None off any site."""
        parts = self.get_url_parts(request)
        if parts is None:
            return None
        site_id, root_url, path = parts
        here = current_site or wagtail_private.site_kept(request) or current_rendering().site
        return path if here is not None and here.pk == site_id else root_url + path

    url = property(get_url)

    def get_full_url(self, request=None):
        parts = self.get_url_parts(request)
        return None if parts is None else parts[1] + parts[2]

    full_url = property(get_full_url)

    def permissions_for_user(self, user):
        # Wagtail asks the specific class only where it overrides this, and ours has a policy of its own.
        return OwnPagePermissionTester(user, self)

    def get_workflow(self):
        """Its own workflow, or that of the nearest page of ours above; never one that is for all pages.

        Wagtail itself hangs one on the root of the tree, whose moderators are the project's.
        """
        if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
            return None
        above = self.get_ancestors(inclusive=True).filter(of_our_types("content_type__"))
        hung = WorkflowPage.objects.filter(page__in=above, workflow__active=True).select_related("workflow")
        nearest = hung.order_by("-page__depth").first()
        return nearest and nearest.workflow

    @property
    def has_workflow(self):
        return self.get_workflow() is not None

    def publish(
        self,
        revision,
        user=None,
        changed=True,
        log_action=True,
        previous_revision=None,
        skip_permission_checks=False,
    ):
        if log_action == wagtail_private.SCHEDULED and publishing.is_refused_at_its_time(revision):
            return None
        # Made here, and not by Wagtail, so that the draft it has read is the one that is judged.
        action = PublishPageRevisionAction(revision, user, changed, log_action, previous_revision)
        publishing.refuse_unfit(action.object)
        if self.live and self.live_revision_id is None:
            # A page that code has made live: Wagtail would take it down until the time its draft is set for.
            action.object.live_revision = revision
        return action.execute(skip_permission_checks=skip_permission_checks)


keep_migrations_plain(BasePage)


def _value_of(thing, name):
    return getattr(thing, name, None)


def page_models() -> list[type[BasePage]]:
    """Every page type of a clinic or the library, ours first, then those of the project around."""
    found = [model for model in get_page_models() if issubclass(model, BasePage)]
    return sorted(found, key=lambda model: not model._meta.app_label.startswith(PREFIX))


def types_in_projects() -> list[tuple[str, str]]:
    """(app label, model name) of each page type of the project around that derives from ours."""
    metas = [model._meta for model in page_models()]
    return [(meta.app_label, meta.model_name) for meta in metas if not meta.app_label.startswith(PREFIX)]


def is_our_type(app_label: str, model_name: str) -> bool:
    """Whether a type is of our apps, or a project's page type that derives from ours."""
    return app_label.startswith(PREFIX) or (app_label, model_name) in types_in_projects()


def of_our_types(prefix: str = "") -> Q:
    """The same as a condition on a content type; `prefix` leads to it, such as "content_type__"."""
    found = Q(**{f"{prefix}app_label__startswith": PREFIX})
    for app_label, model_name in types_in_projects():
        found |= Q(**{f"{prefix}app_label": app_label, f"{prefix}model": model_name})
    return found


def from_page(model: type[BasePage]) -> str:
    """How a query on Wagtail's own `Page` reaches a page type of ours: "clinicsite_blogpage"."""
    return model._meta.get_field("page_ptr").related_query_name()


def is_of_ours(page: Page) -> bool:
    """Whether a page's type is one of the product's, and not one of the project around it."""
    return issubclass(page.specific_class or Page, BasePage)


def is_front_page(page) -> bool:
    """Whether a page is of a type that heads a clinic's site."""
    return page is not None and getattr(page.specific_class, "is_front_page", False)
