"""A notice on top of every page, until the end of a day."""

from datetime import datetime, time, timedelta, tzinfo

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.core.typed_times import date_in_words, moment_in_words
from clinicsite.core.zones import zone_or_none
from clinicsite.home.desk import undoing
from clinicsite.home.desk.changing import RefusedError
from clinicsite.home.desk.forms import NoticeForm
from clinicsite.home.desk.task import CHANGED_SINCE, Task

PLANNED = "A notice is planned from {when}. Change that one first, in the clinic’s settings."
#: The fields of a clinic's settings that are its notice.
FIELDS = ("announcement", "announcement_from", "announcement_until")


def settings_for(user, site: Site) -> ClinicSettings | None:
    """The settings of a clinic, if the person may change them."""
    found = ClinicSettings.objects.filter(site=site).first()
    policy = ClinicSettings.get_permission_policy()
    if found is None or not policy.user_has_permission_for_instance(user, "change", found):
        return None
    found.site = site
    return found


def own_settings_for(user, site_id: int) -> ClinicSettings | None:
    """The same, of one of the clinics that the person works at; None for any other's."""
    site = scope_at_work(user).sites().filter(pk=site_id).first()
    return settings_for(user, site) if site else None


def notice_of(settings: ClinicSettings) -> list:
    """A clinic's notice, with its first and last moment, as JSON holds it."""
    text, *moments = (getattr(settings, name) for name in FIELDS)
    return [text or "", *(moment and moment.isoformat() for moment in moments)]


def put_notice(settings: ClinicSettings, notice: list, user) -> None:
    """Have this for the clinic's notice."""
    text, *moments = notice
    values = [text, *(one and datetime.fromisoformat(one) for one in moments)]
    for name, value in zip(FIELDS, values, strict=True):
        setattr(settings, name, value)
    settings.full_clean()
    # Of the rest of the settings nothing is written: somebody may be saving it just now.
    settings.save(update_fields=FIELDS)
    log(settings, "wagtail.edit", user=user)


def take_back(request, entry) -> None:
    """Put the notice back that stood before, if nobody has changed it since."""
    settings = own_settings_for(request.user, entry["site"])
    if settings is None or notice_of(settings) != entry["after"]:
        raise RefusedError("The notice has been changed since, so it stays.")
    put_notice(settings, entry["before"], request.user)


class NoticeView(Task):
    """A notice on top of every page."""

    page_title = "A notice to patients"
    header_icon = "comment"
    form_class = NoticeForm

    @cached_property
    def settings(self) -> ClinicSettings:
        found = own_settings_for(self.request.user, self.kwargs["site"])
        if found is None:
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs) if self.settings else None

    @property
    def where(self):
        return self.settings.name

    @property
    def zone(self) -> tzinfo:
        """The clinic's: its day ends when it ends there."""
        return zone_or_none(self.settings.time_zone) or timezone.get_current_timezone()

    def state(self):
        return notice_of(self.settings)

    def get_initial(self):
        until = self.settings.announcement_until
        is_running = until is not None and until > timezone.now()
        last = until - timedelta(seconds=1) if is_running else timezone.now()
        day = timezone.localtime(last, self.zone).date()
        return {"text": self.settings.announcement if is_running else "", "until": day}

    def get_context_data(self, **kwargs):
        shown = self.settings.current_announcement
        return super().get_context_data(**kwargs) | {
            "now": shown,
            "now_label": "Patients read now",
            "other_press": "Take it down" if self.settings.announcement and shown else "",
        }

    def post(self, request, *args, **kwargs):
        if "other" in request.POST:
            return self._taken_down()
        return super().post(request, *args, **kwargs)

    def reads(self, form):
        day = form.cleaned_data["until"]
        return f"“{form.cleaned_data['text']}” on top of every page, until the end of {date_in_words(day)}"

    def do(self, form):
        end = form.cleaned_data["until"] + timedelta(days=1)
        starts = self.settings.announcement_from
        if self.settings.announcement and starts and starts > timezone.now():
            raise RefusedError(PLANNED.format(when=moment_in_words(timezone.localtime(starts, self.zone))))
        until = datetime.combine(end, time.min, tzinfo=self.zone)
        notice = [form.cleaned_data["text"], None, until.isoformat()]
        return self._put(notice, "Your notice stands on every page.")

    def _taken_down(self):
        if self.request.POST.get("seen", "") != self.seen:
            messages.error(self.request, CHANGED_SINCE)
            return redirect(self.request.path)
        messages.success(self.request, self._put(["", None, None], "Your notice is taken down."))
        return redirect("wagtailadmin_home")

    def _put(self, after, said):
        before = notice_of(self.settings)
        put_notice(self.settings, after, self.request.user)
        self.settings.refresh_from_db()
        after = notice_of(self.settings)
        undoing.note(self.request, "notice", said, site=self.settings.site_id, before=before, after=after)
        return said
