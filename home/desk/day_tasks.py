"""Today's hours, and a special day to come."""

from datetime import date, time

from django.utils import timezone
from django.utils.functional import cached_property

from clinicsite.core.typed_times import date_in_words
from clinicsite.home.desk import undoing
from clinicsite.home.desk.changing import RefusedError, change_at_once
from clinicsite.home.desk.days import Choice, put_rows, rows_of, wanted_rows
from clinicsite.home.desk.forms import DayForm, OtherDayForm
from clinicsite.home.desk.task import PlaceTask
from clinicsite.locations.hours import describe_state
from clinicsite.locations.models import LocationPage
from clinicsite.locations.schedules import schedule_of


class DayView(PlaceTask):
    """Today's hours."""

    page_title = "Today’s hours"
    form_class = DayForm

    @cached_property
    def today(self) -> date:
        """The date at the place."""
        return self.place.schedule.local_date(timezone.now())

    def state(self):
        return rows_of(self.place, self.today)

    def get_initial(self):
        return {"choice": Choice.CLOSED}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"day": self.today, "is_special": bool(self.state())}

    def get_context_data(self, **kwargs):
        now = _words(self.place, self.today)
        return super().get_context_data(**kwargs) | {"now": now, "now_label": "Patients read now"}

    def reads(self, form):
        wanted, page = form.wanted(), LocationPage.objects.get(pk=self.place.pk)
        before = rows_of(page, wanted.date)
        put_rows(page, wanted.date, wanted_rows(self.place, wanted))
        said = _words(page, wanted.date)
        if before and wanted.date != self.today:
            said += f" (in place of: {before[0]['name']})"
        return said

    def do(self, form):
        wanted = form.wanted()
        before, after = rows_of(self.place, wanted.date), wanted_rows(self.place, wanted)
        page = put_day(self.place.pk, self.request.user, wanted.date, before, after)
        said = f"{page.title}: {_words(page, wanted.date)}"
        undoing.note(self.request, "day", said, place=page.pk, date=wanted.date, before=before, after=after)
        return said


class OtherDayView(DayView):
    """A special day to come."""

    page_title = "A special day"
    form_class = OtherDayForm

    def state(self):
        return []

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_special": True}

    def get_context_data(self, **kwargs):
        coming = self.place.schedule.upcoming_special_days(self.today)
        said = "; ".join(f"{date_in_words(one.first)}: {one.name}" for one in coming[:3])
        return super().get_context_data(**kwargs) | {"now": said, "now_label": "Known already"}


def take_back(request, entry) -> None:
    """Put a day back as it was, if nobody has changed it since."""
    day, before = date.fromisoformat(entry["date"]), list(map(_read, entry["before"]))
    after = list(map(_read, entry["after"]))

    put_day(entry["place"], request.user, day, after, before)


def put_day(place_id: int, user, day: date, before: list, after: list):
    """Have `after` said of a day at a place instead of `before`; gives the place as patients read it now."""

    def check(page):
        if rows_of(page, day) != before:
            raise RefusedError(f"The hours of {page.title} that day have been changed since, so they stay.")

    return change_at_once(place_id, user, lambda page: put_rows(page, day, after), check=check)


def _read(row):
    times = {name: row[name] and time.fromisoformat(row[name]) for name in ("opens", "closes")}
    return row | times


def _words(page, day) -> str:
    """What patients read of a day at a place."""
    schedule, now = schedule_of(page), timezone.now()
    hours = "; ".join(one.hours.describe() for one in schedule.intervals_on(day)) or "closed"
    if day != schedule.local_date(now):
        special = schedule.special_on(day)
        return f"{date_in_words(day)}: {hours}" + (f" ({special.name})" if special else "")
    return f"{describe_state(schedule.state_at(now), now.astimezone(schedule.zone))}. Today: {hours}"
