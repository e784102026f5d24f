"""“Launch” of a clinic: its state, the checklist, and the buttons that go with them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.clinics.launching import states
from clinicsite.clinics.launching.checks import Outcome, look_at
from clinicsite.clinics.launching.letters import send_test
from clinicsite.clinics.launching.results import keep
from clinicsite.clinics.launching.subject import Subject
from clinicsite.clinics.models.launch import MailTest, StateChange
from clinicsite.clinics.models.settings import SiteState
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.core.conf import conf
from clinicsite.core.senders import count_up

#: So many changes of state are listed.
SHOWN = 10
#: So many test messages an hour may somebody send to one clinic.
TESTS_AN_HOUR = 5
HOUR = 60 * 60
#: What each state's button says, and what came of pressing it.
BUTTONS = {
    SiteState.LIVE: "Open the site to patients",
    SiteState.STAGING: "Show it to the clinic alone",
    SiteState.DRAFT: "Close it, and go on building",
    SiteState.SUSPENDED: "Suspend it",
}
DONE = {
    SiteState.LIVE: "The site is live: patients and search engines can read it now.",
    SiteState.STAGING: "The site is closed to patients. Whoever has the link looks in.",
    SiteState.DRAFT: "The site is closed to patients.",
    SiteState.SUSPENDED: "The site is suspended: patients read how to call, and robots come back later.",
}
ORDER = {Outcome.OPEN: 0, Outcome.UNKNOWN: 1, Outcome.OK: 2}


class LaunchView(WagtailAdminTemplateMixin, TemplateView):
    """Shows how far a clinic has come, and opens, closes and suspends its site."""

    page_title = "Launch"
    header_icon = "view"
    template_name = "clinicsite/clinics/admin/launch.html"
    #: Whether somebody has pressed to go live, and is asked once more.
    asks = False

    @cached_property
    def site(self):
        """The clinic, if the person has anything to do with it."""
        sites = scope_at_work(self.request.user).sites().select_related("root_page", "clinicsite_settings")
        return get_object_or_404(sites.filter(clinicsite_settings__isnull=False), pk=self.kwargs["site_id"])

    @property
    def state(self):
        return self.site.clinicsite_settings.state

    @cached_property
    def choices(self):
        return states.states_for(self.request.user, self.site, self.state)

    @cached_property
    def lines(self):
        return look_at(Subject(self.site))

    @cached_property
    def breadcrumbs_items(self):
        return [*super().breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_page_subtitle(self):
        return self.site.site_name or self.site.hostname

    def get_context_data(self, **kwargs):
        last = states.last_change(self.site)
        looks_after = states.looks_after(self.request.user, self.site)
        changes = StateChange.objects.filter(site=self.site).select_related("by")[:SHOWN]
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "settings": self.site.clinicsite_settings,
            "is_now": states.IS_NOW[SiteState(self.state)],
            "asks": self.asks,
            "lines": sorted(self.lines, key=lambda line: ORDER[line.finding.outcome]),
            "open_count": sum(line.is_open for line in self.lines),
            "unknown_count": sum(line.finding.outcome == Outcome.UNKNOWN for line in self.lines),
            "buttons": [(state, BUTTONS[state]) for state in BUTTONS if state in self.choices],
            "live": SiteState.LIVE,
            "suspended": SiteState.SUSPENDED,
            "may_change": states.may_change_settings(self.request.user, self.site),
            "can_take_back": states.can_be_taken_back(last, self.state) and last.before in self.choices,
            "before": SiteState(last.before).label.partition(":")[0] if last else "",
            "mail_test": MailTest.objects.filter(site=self.site).first(),
            "changes": [
                _in_words(change, shows_person=looks_after or not _is_agencys(change)) for change in changes
            ],
            "agency_name": conf.AGENCY_NAME or "the agency",
        }

    def post(self, request, *args, **kwargs):
        doing = {"state": self.change, "back": self.take_back, "mail": self.send_mail}
        do = doing.get(request.POST.get("do", ""))
        if do is None:
            raise Http404
        return do() or redirect("clinicsite_launch:index", self.site.pk)

    def change(self):
        wanted = self.request.POST.get("state", "")
        if wanted not in self.choices:
            # Somebody was quicker, or may not: the screen says what there is.
            if not states.may_change_settings(self.request.user, self.site):
                raise Http404
            messages.error(self.request, "That is not to be chosen now. Look again.")
            return None
        if wanted == SiteState.LIVE and self._has_open_lines() and "knowingly" not in self.request.POST:
            self.asks = True
            return self.render_to_response(self.get_context_data())
        closes_admin = "closes_admin" in self.request.POST
        return self._try(
            lambda seen: states.change_state(
                self.site, wanted, by=self.request.user, expected=seen, closes_admin=closes_admin
            )
        )

    def take_back(self):
        last = states.last_change(self.site)
        if last is None or last.before not in self.choices:
            raise Http404
        return self._try(lambda seen: states.take_back(self.site, by=self.request.user, expected=seen))

    def _try(self, press):
        try:
            change = press(self.request.POST.get("seen") or None)
        except states.StateError as error:
            messages.error(self.request, str(error))
            return
        if change.after == SiteState.LIVE:
            # What is open now is known, and is told to nobody tonight.
            keep(self.site, self.lines)
        messages.success(self.request, DONE[SiteState(change.after)])

    def _has_open_lines(self):
        return any(line.is_open for line in self.lines)

    def send_mail(self):
        if not states.may_change_settings(self.request.user, self.site):
            raise Http404
        email = self.site.clinicsite_settings.email
        if not email:
            messages.error(self.request, "The clinic has no e-mail yet. Write one in its settings first.")
        elif count_up("mail_test", str(self.site.pk), HOUR) > TESTS_AN_HOUR:
            messages.error(self.request, "That was tried often enough this hour. Look into the spam folder.")
        else:
            send_test(self.site)
            messages.success(
                self.request, f"A test message goes to {email}. Whoever reads it opens the link in it."
            )


def _is_agencys(change):
    """Whether somebody of the agency made a change, whose name a clinic's people are not told."""
    return change.by is not None and scope_at_work(change.by).is_agencys


def _in_words(change, *, shows_person):
    by = str(change.by) if change.by else ""
    return {
        "at": change.at,
        "before": SiteState(change.before).label.partition(":")[0],
        "after": SiteState(change.after).label.partition(":")[0],
        "by": by if shows_person else (conf.AGENCY_NAME or "the agency"),
        "takes_back": change.takes_back,
    }


class LaunchViewSet(ViewSet):
    """The address of the screen."""

    name = "clinicsite_launch"
    url_prefix = "clinicsite/launch"

    def get_urlpatterns(self):
        return [path("<int:site_id>/", LaunchView.as_view(), name="index")]
