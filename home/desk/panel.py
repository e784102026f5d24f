"""The first thing a clinic's people see: what is true now, and the one thing to do about each."""

from dataclasses import dataclass, field
from datetime import datetime

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision

from clinicsite.clinics.console import clinics_among, column_or_none
from clinicsite.clinics.profile import profile_for
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.clinics.tenancy.surface import Kind, may_use
from clinicsite.core.typed_times import date_in_words, moment_in_words
from clinicsite.home.blog.models import BlogIndexPage
from clinicsite.home.desk import undoing
from clinicsite.home.desk.notice_task import settings_for
from clinicsite.library.shared_pages.reviews import count_due
from clinicsite.library.views.inbox import updates_for_dashboard

#: So many pages with changes that nobody has published, and that come out by themselves, are named.
NAMED = 3


@dataclass(frozen=True)
class Line:
    """Something that waits for somebody, and where it is done."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class PlaceNow:
    """A place as patients read it now."""

    title: str
    #: Where all of it is changed; "" for whoever may not.
    edit_url: str
    state: str
    hours: str
    phone: str
    coming: str
    #: {name of a task: its address}; none where the person may not publish the place.
    tasks: dict[str, str] = field(default_factory=dict)


class Desk(Component):
    """What is true of the one clinic that somebody works at; nothing for whoever looks after several."""

    name = "clinicsite_tasks"
    template_name = "clinicsite/home/admin/desk/desk.html"
    order = 50

    def __init__(self, request):
        self.request, self.user = request, request.user

    def get_context_data(self, parent_context):
        if self.site is None:
            return {}
        return {
            "name": self.site.site_name,
            "site_url": reverse("clinicsite_visit", args=[self.site.pk]),
            "places": list(self._places()),
            "notice": self._notice(),
            "notice_url": self._notice_url(),
            "post_url": self._post_url(),
            "settings_url": self._settings_url(),
            "launch_url": self._launch_url(),
            "lines": list(self._lines()),
            "done": undoing.done(self.request),
            "csrf_token": get_token(self.request),
        }

    @cached_property
    def site(self):
        """The clinic's site, or None where there is not one alone."""
        sites = list(scope_at_work(self.user).sites().select_related("root_page")[:2])
        return sites[0] if len(sites) == 1 else None

    @cached_property
    def _profile(self):
        return profile_for(self.site)

    def _places(self):
        now = timezone.now()
        may_edit = self._may("wagtailadmin_pages:edit")
        tasks = ("today", "day", "phone") if self._may("clinicsite_desk:today") else ()
        for place in self._profile.parts["places"].all:
            today = place.schedule.local_date(now)
            hours = "; ".join(one.hours.describe() for one in place.schedule.intervals_on(today))
            coming = place.schedule.upcoming_special_days(today)
            special = next((one for one in coming if one.first > today), None)
            yield PlaceNow(
                title=place.title,
                edit_url=reverse("wagtailadmin_pages:edit", args=[place.id]) if may_edit else "",
                state=place.state_text,
                hours=hours and f"Today: {hours}",
                phone=place.phone.text if place.phone else "",
                coming=f"{date_in_words(special.first)}: {special.name}" if special else "",
                tasks={name: reverse(f"clinicsite_desk:{name}", args=[place.id]) for name in tasks},
            )

    def _notice(self):
        return self._settings.current_announcement if self._settings else ""

    @cached_property
    def _settings(self):
        """The clinic's settings, for whoever may change them."""
        return settings_for(self.user, self.site)

    def _notice_url(self):
        may = self._settings is not None and self._may("clinicsite_desk:notice")
        return reverse("clinicsite_desk:notice", args=[self.site.pk]) if may else ""

    def _settings_url(self):
        args = ["clinicsite_clinics", "clinicsettings", self.site.pk]
        return reverse("wagtailsettings:edit", args=args) if self._settings else ""

    def _launch_url(self):
        may = self._may("clinicsite_launch:index")
        return reverse("clinicsite_launch:index", args=[self.site.pk]) if may else ""

    def _post_url(self):
        blog = BlogIndexPage.objects.descendant_of(self.site.root_page).only("pk").first()
        if blog is None or not self._may("wagtailadmin_pages:add"):
            return ""
        return reverse("wagtailadmin_pages:add", args=["clinicsite_home", "blogpage", blog.pk])

    def _lines(self):
        """What waits, the most pressing first."""
        if self._may("clinicsite_messages:index"):
            yield from self._counted("messages", "message", "to answer")
        if self._may("clinicsite_library:inbox"):
            address, waiting, new = updates_for_dashboard(self.site, self.user)
            if waiting:
                yield Line(f"{_many(waiting, 'page')} where the library says something new", address)
            if new:
                yield Line(f"{_many(new, 'page')} in the library that you do not have yet", address)
        yield from self._drafts()
        if due := count_due(self.site.root_page):
            yield Line(f"{_many(due, 'page')} due for a clinician’s review")
        if self._may("clinicsite_launch:index"):
            yield from self._counted("checklist", "line", "open on the checklist")

    def _counted(self, column, thing, rest):
        found = column_or_none(column)
        number = found.find(clinics_among([self.site])).get(self.site.pk, 0) if found else 0
        if number:
            link = found.link(self.site) if found.link else ""
            yield Line(f"{_many(number, thing)} {rest}", link)

    def _drafts(self):
        if not self._may("wagtailadmin_pages:edit"):
            return
        own = Page.objects.descendant_of(self.site.root_page, inclusive=True)
        changed = own.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at")
        pages = list(changed[: NAMED + 1])
        due = _due(pages)
        for page in pages[:NAMED]:
            words = "has changes that patients do not read yet"
            if when := due.get(str(page.pk)):
                words = f"comes out {moment_in_words(timezone.localtime(when))}"
            yield Line(f"“{page.draft_title}” {words}", reverse("wagtailadmin_pages:edit", args=[page.pk]))
        if len(pages) > NAMED:
            address = reverse("wagtailadmin_explore", args=[self.site.root_page_id])
            yield Line("More pages have changes that patients do not read yet", address)

    def _may(self, address):
        """Whether the screen at an address is there for the person."""
        return may_use(self.user, [(Kind.ADDRESS, address)])


def _many(number, thing):
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _due(pages) -> dict[str, datetime]:
    """{key of a page, as revisions have it: when a version of it comes out by itself}"""
    keys = [str(page.pk) for page in pages]
    waiting = Revision.page_revisions.filter(object_id__in=keys, approved_go_live_at__isnull=False)
    return dict(waiting.values_list("object_id", "approved_go_live_at")) if keys else {}
