import ast
import json
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from clinicsite.locations import hours
from clinicsite.locations.hours import (
    Hours,
    HoursError,
    Interval,
    Schedule,
    SpecialDay,
    Weekday,
    as_json,
    describe_state,
    find_overlaps,
    find_special_day_overlaps,
    format_time,
    opening_hours_specification,
)
from tests.locations.hours_cases import CASES, SCHEDULES, WORKDAYS, at, weekly

CLINIC = SCHEDULES["clinic"]
WINTER = SCHEDULES["a winter"]
LABOUR_DAY = date(2026, 9, 7)


def interval(weekday, opens, closes, by_appointment=False):
    return Interval(weekday, at(opens), at(closes), by_appointment)


def moment(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.schedule} {case.moment}")
def test_the_sentence_and_the_state_are_right_at_a_moment(case):
    state = SCHEDULES[case.schedule].state_at(case.now)
    assert (state.name, describe_state(state, case.now)) == (case.state, case.sentence)


class TestFacts:
    def test_hours_that_close_when_they_open_are_refused_with_what_to_do(self):
        with pytest.raises(HoursError, match=r"cannot close when they open \(7:00 am\)\. Change one"):
            interval(Weekday.MONDAY, "07:00", "07:00")

    @pytest.mark.parametrize("opens", [time(7, 0, 30), time(7, 0, 0, 1), time(7, tzinfo=UTC), "07:00"])
    def test_times_with_seconds_or_a_zone_are_refused(self, opens):
        with pytest.raises(HoursError):
            Interval(Weekday.MONDAY, opens, time(9))

    def test_a_weekday_outside_the_week_is_refused(self):
        with pytest.raises(HoursError, match="from 0"):
            Interval(7, time(7), time(9))

    def test_a_weekday_may_be_given_as_the_number_a_database_stores(self):
        assert Interval(4, time(7), time(9)).weekday is Weekday.FRIDAY

    @pytest.mark.parametrize("name", ["Toronto", "", "America", "../etc/passwd", None])
    def test_an_unknown_time_zone_is_refused(self, name):
        with pytest.raises(HoursError, match="IANA"):
            Schedule([], [], name)

    def test_a_special_day_that_ends_before_it_starts_is_refused(self):
        with pytest.raises(HoursError, match="on or after the first"):
            SpecialDay(date(2026, 9, 8), LABOUR_DAY)

    def test_special_hours_that_close_when_they_open_are_refused(self):
        with pytest.raises(HoursError):
            SpecialDay(LABOUR_DAY, LABOUR_DAY, [(time(9), time(9))])

    def test_hours_are_kept_in_the_order_of_the_clock(self):
        afternoon, morning = (time(13), time(17)), (time(8), time(12))
        special = SpecialDay(LABOUR_DAY, LABOUR_DAY, [afternoon, morning])
        assert special.intervals == (Hours(*morning), Hours(*afternoon))
        schedule = Schedule([Interval(0, *afternoon), Interval(0, *morning)], [], "America/Toronto")
        assert schedule.standard_week()[0].hours == (Hours(*morning), Hours(*afternoon))

    def test_two_schedules_of_the_same_facts_are_one_value(self):
        def schedule(kind):
            closed = SpecialDay(LABOUR_DAY, LABOUR_DAY)
            return Schedule(kind([interval(0, "08:00", "12:00")]), kind([closed]), "America/Toronto")

        assert schedule(list) == schedule(tuple)
        assert len({schedule(list), schedule(tuple)}) == 1

    def test_a_moment_without_a_time_zone_is_refused(self):
        with pytest.raises(HoursError, match="aware"):
            CLINIC.is_open_at(datetime(2026, 8, 28, 12))

    def test_closing_at_midnight_does_not_run_past_it(self):
        assert interval(Weekday.FRIDAY, "18:00", "00:00").minutes_closes == 24 * 60
        assert interval(Weekday.FRIDAY, "18:00", "00:01").minutes_closes == 24 * 60 + 1


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("07:00", "7:00 am"),
            ("12:00", "noon"),
            ("00:00", "midnight"),
            ("00:05", "12:05 am"),
            ("23:59", "11:59 pm"),
        ],
    )
    def test_a_time_is_written_on_the_twelve_hour_clock(self, text, expected):
        assert format_time(at(text)) == expected

    def test_an_interval_past_midnight_describes_itself(self):
        assert interval(Weekday.FRIDAY, "18:00", "01:00").describe() == "Friday 6:00 pm to 1:00 am"

    def test_an_interval_by_appointment_says_so(self):
        text = interval(Weekday.SUNDAY, "09:00", "00:00", by_appointment=True).describe()
        assert text == "Sunday 9:00 am to midnight, by appointment"

    def test_an_opening_at_midnight_is_not_mistaken_for_the_end_of_the_day(self):
        schedule = Schedule([interval(Weekday.SATURDAY, "00:00", "06:00")], [], "America/Toronto")
        now = moment("2026-08-28T12:00-04:00")
        assert describe_state(schedule.state_at(now), now) == "Closed now, opens tomorrow at 12:00 am"

    def test_consecutive_days_with_equal_hours_are_merged(self):
        schedule = Schedule(
            weekly(WORKDAYS, "07:00", "19:00") + weekly([Weekday.SATURDAY], "09:00", "13:00"),
            [],
            "America/Toronto",
        )
        assert [group.describe() for group in schedule.grouped_week()] == [
            "Monday to Friday 7:00 am to 7:00 pm",
            "Saturday 9:00 am to 1:00 pm",
            "Sunday closed",
        ]

    def test_split_hours_two_days_and_a_whole_week_are_worded(self):
        split = [group.describe() for group in SCHEDULES["split with lunch"].grouped_week()]
        assert split == [
            "Monday to Friday 8:00 am to noon; 1:00 pm to 5:00 pm",
            "Saturday and Sunday closed",
        ]
        every_day = Schedule(weekly(Weekday, "08:00", "20:00"), [], "America/Toronto").grouped_week()
        assert [group.describe() for group in every_day] == ["Every day 8:00 am to 8:00 pm"]


class TestOverlaps:
    def test_intervals_that_only_touch_do_not_overlap(self):
        assert find_overlaps([interval(0, "08:00", "12:00"), interval(0, "12:00", "17:00")]) == []
        assert find_overlaps([interval(4, "18:00", "01:00"), interval(5, "01:00", "03:00")]) == []

    def test_overlapping_hours_of_one_day_are_found(self):
        morning, midday = interval(0, "08:00", "12:00"), interval(0, "11:59", "17:00")
        assert find_overlaps([midday, morning]) == [(morning, midday)]

    def test_the_same_interval_twice_is_an_overlap(self):
        assert len(find_overlaps([interval(0, "08:00", "12:00"), interval(0, "08:00", "12:00")])) == 1

    def test_sunday_night_overlaps_monday_morning(self):
        monday, sunday = interval(0, "00:30", "08:00"), interval(6, "22:00", "01:00")
        assert find_overlaps([sunday, monday]) == [(monday, sunday)]

    def test_special_days_that_share_a_date_are_found(self):
        week = SpecialDay(date(2026, 9, 7), date(2026, 9, 11))
        weekend = SpecialDay(date(2026, 9, 11), date(2026, 9, 12))
        later = SpecialDay(date(2026, 9, 13), date(2026, 9, 13))
        assert find_special_day_overlaps([week, weekend, later]) == [(week, weekend)]
        assert find_special_day_overlaps([weekend, later, week]) == [(weekend, week)]

    @pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 29), (2, 30), (30, 30)])
    def test_dates_within_longer_ones_are_no_contradiction(self, first, last):
        season = SpecialDay(date(2026, 9, 1), date(2026, 9, 30))
        assert not season.clashes_with(SpecialDay(date(2026, 9, first), date(2026, 9, last)))
        assert not SpecialDay(date(2026, 9, first), date(2026, 9, last)).clashes_with(season)

    @pytest.mark.parametrize(("first", "last"), [((9, 1), (9, 30)), ((8, 31), (9, 1)), ((9, 30), (10, 30))])
    def test_the_same_dates_and_dates_that_reach_out_are_a_contradiction(self, first, last):
        season = SpecialDay(date(2026, 9, 1), date(2026, 9, 30))
        assert season.clashes_with(SpecialDay(date(2026, *first), date(2026, *last)))

    def test_two_seasons_of_the_same_dates_may_be_about_other_days_of_the_week(self):
        dates = date(2026, 7, 1), date(2026, 8, 31)
        fridays, mondays = (SpecialDay(*dates, None, by_weekday={day: ()}) for day in (4, 0))
        assert not fridays.clashes_with(mondays)
        assert fridays.clashes_with(SpecialDay(*dates, None, by_weekday={4: [(time(9), time(12))]}))

    def test_hours_of_neighbouring_days_of_a_season_are_found_to_overlap(self):
        dates = date(2026, 7, 1), date(2026, 8, 31)
        late, early = [(time(20), time(2))], [(time(1), time(5))]
        assert SpecialDay(*dates, None, by_weekday={4: late, 5: early}).find_overlaps()
        assert not SpecialDay(*dates, None, by_weekday={4: late, 6: early}).find_overlaps()

    def test_a_special_day_finds_its_own_overlapping_hours(self):
        nights = [(time(20), time(2)), (time(1), time(5))]
        assert SpecialDay(LABOUR_DAY, date(2026, 9, 8), nights).find_overlaps()
        assert not SpecialDay(LABOUR_DAY, LABOUR_DAY, nights).find_overlaps()


class TestSpecialDays:
    def test_a_special_day_replaces_the_weekly_hours_of_its_date(self):
        assert CLINIC.intervals_on(LABOUR_DAY) == ()
        assert CLINIC.intervals_on(date(2026, 9, 9)) == (interval(Weekday.WEDNESDAY, "10:00", "14:00"),)
        assert CLINIC.intervals_on(date(2026, 9, 8)) == (interval(Weekday.TUESDAY, "07:00", "19:00"),)

    def test_special_hours_of_several_dates_are_of_each_dates_own_weekday(self):
        fair = SpecialDay(LABOUR_DAY, date(2026, 9, 9), [(time(9), time(12))])
        days = [fair.intervals_on(date(2026, 9, number))[0].weekday for number in (7, 8, 9)]
        assert days == [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY]

    def test_a_weekly_evening_that_would_start_on_a_special_day_does_not_reach_the_next(self):
        closed_friday = SpecialDay(date(2026, 8, 28), date(2026, 8, 28))
        schedule = Schedule([interval(Weekday.FRIDAY, "18:00", "01:00")], [closed_friday], "America/Toronto")
        assert not schedule.is_open_at(moment("2026-08-29T00:30-04:00"))

    def test_the_special_day_of_fewer_dates_wins_wherever_it_stands(self):
        fortnight = SpecialDay(date(2026, 9, 1), date(2026, 9, 14), name="holiday")
        exception = SpecialDay(LABOUR_DAY, LABOUR_DAY, [(time(9), time(12))], name="open morning")
        for special in ([fortnight, exception], [exception, fortnight]):
            schedule = Schedule([], special, "America/Toronto")
            assert schedule.special_on(LABOUR_DAY) == exception
            assert schedule.special_on(date(2026, 9, 8)) == fortnight

    def test_of_two_special_days_of_one_date_the_last_in_order_wins(self):
        days = [SpecialDay(LABOUR_DAY, LABOUR_DAY, name=name) for name in ("one", "other")]
        assert Schedule([], days, "America/Toronto").special_on(LABOUR_DAY).name == "other"

    @pytest.mark.parametrize(
        ("day", "hours", "name"),
        [
            ((2026, 11, 22), [], None),
            ((2026, 11, 23), ["9:00 am to 1:00 pm"], "Winter hours"),
            ((2026, 11, 28), ["9:00 am to 1:00 pm, by appointment"], "Winter hours"),
            ((2026, 11, 29), [], None),
            ((2026, 12, 23), ["9:00 am to 1:00 pm"], "Winter hours"),
            ((2026, 12, 24), ["9:00 am to 11:00 am", "noon to 2:00 pm"], "Christmas Eve"),
            ((2026, 12, 25), [], "the holidays"),
            ((2026, 12, 27), ["10:00 am to noon"], "Open Sunday"),
            ((2027, 1, 8), ["9:00 am to 11:00 am"], "Short Fridays"),
            ((2027, 1, 10), [], None),
            ((2027, 1, 11), ["9:00 am to 5:00 pm"], None),
        ],
    )
    def test_a_winter_with_holidays_in_it_has_the_hours_that_a_person_would_read(self, day, hours, name):
        found = WINTER.intervals_on(date(*day))
        assert [one.hours.describe() for one in found] == hours
        special = WINTER.special_on(date(*day))
        assert (special and special.name) == name

    def test_the_same_winter_is_told_to_search_engines_and_to_the_pages_script(self):
        now = moment("2026-11-29T12:00-05:00")
        listed = opening_hours_specification(WINTER, now.date())
        dated = {one["validFrom"]: (one["opens"], one["closes"]) for one in listed if "validFrom" in one}
        assert "2026-11-29" not in dated
        assert dated["2026-11-30"] == ("09:00", "13:00")
        assert dated["2026-12-05"] == ("00:00", "00:00")
        assert dated["2026-12-25"] == ("00:00", "00:00")
        assert dated["2026-12-27"] == ("10:00", "12:00")
        script = as_json(WINTER, now)
        assert "2026-11-29" not in script["specialDays"]
        assert script["specialDays"]["2026-12-27"]["intervals"] == [
            {"opens": 600, "closes": 720, "byAppointment": False}
        ]

    def test_a_winter_is_told_in_words_with_its_days(self):
        coming = WINTER.upcoming_special_days(date(2026, 11, 29))
        assert [(one.name, WINTER.describe_special(one)) for one in coming] == [
            (
                "Winter hours",
                "Monday to Friday 9:00 am to 1:00 pm; Saturday 9:00 am to 1:00 pm, by appointment",
            ),
            ("Christmas Eve", "9:00 am to 11:00 am; noon to 2:00 pm"),
            ("the holidays", "closed"),
            ("Open Sunday", "10:00 am to noon"),
            ("Short Fridays", "Friday 9:00 am to 11:00 am"),
        ]

    def test_dates_that_change_nothing_are_not_told(self):
        sunday = SpecialDay(date(2026, 11, 29), date(2026, 11, 29), None)
        quiet = SpecialDay(date(2026, 11, 28), date(2026, 11, 29), [(time(9), time(10))])
        weekdays = Schedule(weekly(WORKDAYS, "09:00", "17:00"), [sunday, quiet], "America/Toronto")
        assert weekdays.upcoming_special_days(date(2026, 11, 1)) == []

    def test_where_no_weekly_hours_are_known_a_season_counts_every_day(self):
        summer = SpecialDay(date(2026, 7, 1), date(2026, 8, 31), [(time(9), time(12))])
        schedule = Schedule([], [summer], "America/Toronto")
        assert schedule.is_open_at(moment("2026-07-05T10:00-04:00"))
        assert schedule.describe_special(summer) == "Every day 9:00 am to noon"

    def test_upcoming_special_days_start_with_one_still_going_on_and_stop_at_the_limit(self):
        names = [special.name for special in CLINIC.upcoming_special_days(date(2027, 1, 2))]
        assert names == ["the holidays", ""]
        assert CLINIC.upcoming_special_days(date(2026, 9, 8), days=0) == []

    def test_a_special_day_is_coming_until_its_last_date_and_from_so_many_days_before(self):
        assert next(one.name for one in CLINIC.upcoming_special_days(date(2027, 1, 3))) == "the holidays"
        assert [one.name for one in CLINIC.upcoming_special_days(date(2027, 1, 4))] == [""]
        assert CLINIC.upcoming_special_days(date(2026, 9, 5), days=2)[0].name == "Labour Day"
        assert CLINIC.upcoming_special_days(date(2026, 9, 5), days=1) == []
        # Without a number of days it is sixty, as everywhere.
        assert [one.name for one in CLINIC.upcoming_special_days(date(2026, 7, 9))] == ["Labour Day"]
        assert CLINIC.upcoming_special_days(date(2026, 7, 8)) == []

    def test_special_days_come_by_their_first_date_and_then_by_their_last(self):
        dates = [(9, 9), (7, 11), (7, 8), (8, 12)]
        special = [SpecialDay(date(2026, 9, first), date(2026, 9, last)) for first, last in dates]
        coming = Schedule([], special, "America/Toronto").upcoming_special_days(date(2026, 9, 1))
        assert [(one.first.day, one.last.day) for one in coming] == [(7, 8), (7, 11), (8, 12), (9, 9)]

    def test_the_state_carries_the_special_day_whatever_it_is(self):
        booked = SpecialDay(
            LABOUR_DAY, LABOUR_DAY, [(time(9), time(12), True), (time(13), time(14))], "a fair"
        )
        schedule = Schedule([], [booked], "America/Toronto")
        states = [schedule.state_at(moment(f"2026-09-07T{hour}:30-04:00")) for hour in ("08", "09", "13")]
        assert [(state.name, state.special.name) for state in states] == [
            ("closed", "a fair"),
            ("appointment", "a fair"),
            ("open", "a fair"),
        ]

    def test_the_state_carries_the_special_day_of_the_local_date(self):
        late_evening_in_toronto = moment("2026-09-08T03:30+00:00")
        assert CLINIC.state_at(late_evening_in_toronto).special.name == "Labour Day"


class TestWeek:
    def test_a_week_begins_on_monday_and_applies_special_days(self):
        rows = CLINIC.week_of(date(2026, 9, 13))
        assert [row.date.day for row in rows] == list(range(7, 14))
        assert [row.weekday for row in rows] == list(Weekday)
        assert rows[0].is_closed
        assert rows[0].special.name == "Labour Day"
        assert rows[1].hours == (Hours(time(7), time(19)),)

    def test_the_standard_week_ignores_special_days(self):
        rows = CLINIC.standard_week()
        assert [row.is_closed for row in rows] == [False] * 5 + [True] * 2
        assert all(row.date is None and row.special is None for row in rows)


class TestNextChange:
    def test_back_to_back_hours_are_one_opening(self):
        hours = [interval(0, "12:00", "13:00"), interval(0, "13:00", "17:00")]
        schedule = Schedule(hours, [], "America/Toronto")
        assert schedule.state_at(moment("2026-08-31T12:30-04:00")).closes_at == moment(
            "2026-08-31T17:00-04:00"
        )

    def test_walk_in_hours_are_followed_by_appointment_hours(self):
        mixed = SCHEDULES["mixed"]
        change = mixed.next_change(moment("2026-08-28T12:00-07:00"))
        assert change == moment("2026-08-28T16:00-07:00")
        assert mixed.state_at(change).by_appointment

    def test_hours_by_appointment_name_the_next_hours_for_everyone(self):
        state = SCHEDULES["mixed"].state_at(moment("2026-08-28T17:00-07:00"))
        assert not state.is_open
        assert state.opens_at == moment("2026-08-31T10:00-07:00")

    def test_hours_by_appointment_end_where_hours_for_everyone_begin(self):
        schedule = SCHEDULES["booked around lunch"]
        state = schedule.state_at(moment("2026-08-28T09:00-04:00"))
        assert state.closes_at == state.opens_at == moment("2026-08-28T12:00-04:00")
        changes = [moment("2026-08-28T07:00-04:00")]
        for _ in range(4):
            changes.append(schedule.next_change(changes[-1]))
        assert [change.hour for change in changes] == [7, 8, 12, 14, 18]

    def test_hours_by_appointment_that_end_before_are_followed_by_a_closed_door(self):
        now = moment("2026-08-28T09:00-04:00")
        state = SCHEDULES["booked before the morning"].state_at(now)
        assert state.opens_at == moment("2026-08-28T12:00-04:00")
        assert SCHEDULES["booked before the morning"].next_change(now) == moment("2026-08-28T10:00-04:00")

    def test_where_both_kinds_begin_at_once_the_next_hours_are_for_everyone(self):
        hours = [interval(0, "09:00", "12:00"), interval(0, "09:00", "17:00", by_appointment=True)]
        state = Schedule(hours, [], "America/Toronto").state_at(moment("2026-08-31T08:00-04:00"))
        assert not state.opens_by_appointment
        assert state.opens_at == moment("2026-08-31T09:00-04:00")

    def test_hours_within_other_hours_close_nothing(self):
        hours = [interval(0, "08:00", "18:00"), interval(0, "09:00", "12:00")]
        schedule = Schedule(hours, [], "America/Toronto")
        assert schedule.next_change(moment("2026-08-31T08:30-04:00")) == moment("2026-08-31T18:00-04:00")

    def test_a_closing_is_found_to_the_sixtieth_day_and_not_beyond(self):
        all_day = [(time(0), time(12)), (time(12), time(0))]
        weeks = SpecialDay(date(2026, 6, 1), date(2026, 7, 30), all_day)
        last = SpecialDay(date(2026, 7, 31), date(2026, 7, 31), [(time(0), time(18))])
        schedule = Schedule([], [weeks, last], "America/Toronto")
        assert schedule.next_change(moment("2026-06-01T12:00-04:00")) == moment("2026-07-31T18:00-04:00")
        without_last = Schedule(weekly(Weekday, "00:00", "12:00"), [weeks], "America/Toronto")
        assert without_last.next_change(moment("2026-06-01T12:00-04:00")) == moment("2026-07-31T12:00-04:00")
        assert without_last.next_change(moment("2026-05-31T12:00-04:00")) == moment("2026-06-01T00:00-04:00")

    def test_a_place_without_hours_and_one_that_never_closes_do_not_change(self):
        now = moment("2026-08-28T12:00-04:00")
        assert SCHEDULES["no hours"].next_change(now) is None
        assert SCHEDULES["never closes"].next_change(now) is None

    def test_an_opening_is_found_to_the_sixtieth_day_and_not_beyond(self):
        opening = date(2026, 10, 27)
        schedule = Schedule([], [SpecialDay(opening, opening, [(time(9), time(12))])], "America/Toronto")
        assert schedule.next_change(moment("2026-08-28T00:00-04:00")) == moment("2026-10-27T09:00-04:00")
        assert schedule.next_change(moment("2026-08-27T23:59-04:00")) is None

    def test_answers_are_in_the_time_zone_of_the_location(self):
        opens_at = SCHEDULES["split with lunch"].state_at(moment("2026-08-28T05:00+00:00")).opens_at
        assert (opens_at.tzinfo.key, opens_at.hour) == ("America/Edmonton", 8)


SPRING = [
    ("America/Toronto", "2025-03-09", "02:30", "2025-03-09T03:00-04:00"),
    ("America/Edmonton", "2025-03-09", "02:30", "2025-03-09T03:00-06:00"),
    ("America/Vancouver", "2025-03-09", "02:30", "2025-03-09T03:00-07:00"),
    ("Europe/London", "2025-03-30", "01:30", "2025-03-30T02:00+01:00"),
]
AUTUMN = [
    ("America/Toronto", "2025-11-02T01:30-04:00"),
    ("America/Edmonton", "2025-11-02T01:30-06:00"),
    ("America/Vancouver", "2025-11-02T01:30-07:00"),
    ("Europe/London", "2025-10-26T01:30+01:00"),
]


class TestClockChanges:
    @pytest.mark.parametrize(("zone", "day", "opens", "expected"), SPRING)
    def test_an_opening_that_spring_skips_comes_when_the_gap_ends(self, zone, day, opens, expected):
        schedule = Schedule([interval(Weekday.SUNDAY, opens, "06:00")], [], zone)
        first_hour = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=schedule.zone)
        assert schedule.next_change(first_hour).isoformat(timespec="minutes") == expected

    @pytest.mark.parametrize(("zone", "expected"), AUTUMN)
    def test_an_evening_that_closes_in_the_repeated_hour_closes_at_its_first_pass(self, zone, expected):
        schedule = Schedule([interval(Weekday.SATURDAY, "20:00", "01:30")], [], zone)
        # PEP 495 makes a repeated time unequal to its like in another zone, so the two are compared in UTC.
        closing = moment(expected).astimezone(UTC)
        assert schedule.next_change(closing - timedelta(minutes=1)).astimezone(UTC) == closing
        assert not schedule.is_open_at(closing + timedelta(minutes=59))

    @pytest.mark.parametrize(("zone", "_"), AUTUMN)
    def test_a_night_over_the_repeated_hour_lasts_an_hour_longer(self, zone, _):
        saturday = date(2025, 10, 25) if zone == "Europe/London" else date(2025, 11, 1)
        opens, closes = interval(Weekday.SATURDAY, "22:00", "06:00").on(saturday, Schedule([], [], zone).zone)
        assert (closes - opens).total_seconds() == 9 * 3600

    def test_a_closing_is_far_by_the_hours_that_pass_whatever_clock_asks(self):
        # Twelve hours on the wall, of which one comes twice.
        night = Schedule([interval(Weekday.SATURDAY, "18:00", "06:00")], [], "America/Vancouver")
        now = moment("2025-11-01T18:00-07:00")
        for zone in (UTC, night.zone):
            sentence = describe_state(night.state_at(now), now.astimezone(zone))
            assert sentence == "Open now, closes tomorrow at 6:00 am"

    def test_hours_that_lie_within_the_skipped_hour_do_not_happen(self):
        schedule = Schedule([interval(Weekday.SUNDAY, "02:15", "02:45")], [], "America/Toronto")
        assert schedule.next_change(moment("2025-03-09T00:00-05:00")) == moment("2025-03-16T02:15-04:00")

    def test_a_date_that_a_time_zone_left_out_has_no_hours(self):
        friday = Schedule([interval(Weekday.FRIDAY, "09:00", "17:00")], [], "Pacific/Apia")
        assert friday.next_change(moment("2011-12-29T12:00-10:00")) == moment("2012-01-06T09:00+14:00")


class TestStructuredData:
    def test_each_weekly_interval_has_a_specification(self):
        late = opening_hours_specification(SCHEDULES["late on Friday"], date(2026, 8, 28))
        assert late[5] == {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": "https://schema.org/Friday",
            "opens": "18:00",
            "closes": "01:00",
        }

    def test_special_dates_are_closed_or_altered_on_the_date_itself(self):
        special = [one for one in opening_hours_specification(CLINIC, date(2026, 9, 7)) if "validFrom" in one]
        assert [(one["validFrom"], one["validThrough"], one["opens"], one["closes"]) for one in special] == [
            ("2026-09-07", "2026-09-07", "00:00", "00:00"),
            ("2026-09-09", "2026-09-09", "10:00", "14:00"),
        ]

    def test_special_dates_are_listed_to_the_sixtieth_day_and_not_beyond(self):
        def dates(today):
            return [one.get("validFrom") for one in opening_hours_specification(CLINIC, today)]

        assert "2026-09-07" in dates(date(2026, 7, 9))
        assert "2026-09-07" not in dates(date(2026, 7, 8))

    def test_a_past_date_is_never_listed(self):
        special = opening_hours_specification(CLINIC, date(2027, 1, 2))[5:]
        assert [one["validFrom"] for one in special] == ["2027-01-02", "2027-01-03", "2027-01-08"]

    def test_hours_by_appointment_are_left_out_and_leave_a_special_date_closed(self):
        only_booked = SpecialDay(LABOUR_DAY, LABOUR_DAY, [(time(9), time(12), True)])
        schedule = Schedule(SCHEDULES["mixed"].intervals, [only_booked], "America/Vancouver")
        listed = opening_hours_specification(schedule, LABOUR_DAY)
        assert [one["opens"] for one in listed] == ["10:00"] * 5 + ["00:00"]


class TestPageData:
    def test_the_page_gets_plain_json_with_minutes_and_the_state_in_words(self):
        now = moment("2026-08-28T19:00-04:00")
        data = json.loads(json.dumps(as_json(SCHEDULES["late on Friday"], now)))
        assert data["week"][4][1] == {"opens": 1080, "closes": 1500, "byAppointment": False}
        assert data["specialDays"] == {"2026-09-12": {"name": "a move", "intervals": []}}
        assert data["state"] == {"name": "open", "text": "Open now, closes at 1:00 am"}

    def test_the_page_gets_the_moment_in_milliseconds_and_how_far_to_look(self):
        data = as_json(SCHEDULES["no hours"], moment("1970-01-02T00:00:00.500+00:00"))
        assert (data["printedAt"], data["horizonDays"]) == (86_400_500, 60)

    def test_the_week_is_the_one_without_special_days_and_says_what_is_by_appointment(self):
        monday = as_json(CLINIC, moment("2026-09-07T12:00-04:00"))["week"][0]
        assert monday == [{"opens": 420, "closes": 1140, "byAppointment": False}]
        mixed = as_json(SCHEDULES["mixed"], moment("2026-08-28T12:00-07:00"))["week"][0]
        assert [one["byAppointment"] for one in mixed] == [True, False, True]

    def test_the_page_gets_the_offsets_of_the_place_and_their_changes_to_the_second(self):
        offsets = as_json(CLINIC, moment("2025-08-28T12:00-04:00"))["offsets"]
        # Clocks in Toronto go back at 2:00 am, which is 06:00 in UTC, on 2 November 2025.
        assert [(datetime.fromtimestamp(at / 1000, UTC), offset / 3_600_000) for at, offset in offsets] == [
            (moment("2025-08-25T00:00+00:00"), -4),
            (moment("2025-11-02T06:00+00:00"), -5),
        ]

    @pytest.mark.parametrize(
        ("zone", "change", "before", "after"),
        [
            ("Europe/London", "2025-03-30T01:00+00:00", 0, 1),
            ("America/St_Johns", "2025-11-02T04:30+00:00", -2.5, -3.5),
            ("Australia/Lord_Howe", "2025-04-05T15:00+00:00", 11, 10.5),
        ],
    )
    def test_a_change_of_clocks_is_found_wherever_it_is(self, zone, change, before, after):
        schedule = Schedule([], [], zone)
        printed = moment(change) - timedelta(days=1)
        offsets = as_json(schedule, printed)["offsets"]
        assert offsets[0][1] / 3_600_000 == before
        assert offsets[1] == [int(moment(change).timestamp() * 1000), after * 3_600_000]

    def test_a_zone_without_changes_has_one_offset(self):
        offsets = as_json(Schedule([], [], "America/Regina"), moment("2026-08-28T12:00-06:00"))["offsets"]
        assert [offset for _, offset in offsets] == [-6 * 3_600_000]

    def test_the_offsets_reach_as_far_as_a_kept_page_looks(self):
        now = moment("2025-07-05T12:00-04:00")
        assert len(as_json(CLINIC, now)["offsets"]) == 2
        assert len(as_json(CLINIC, now - timedelta(days=4))["offsets"]) == 1

    def test_yesterday_is_the_places_own(self):
        still_tuesday_in_toronto = moment("2026-09-09T03:30+00:00")
        assert "2026-09-07" in as_json(CLINIC, still_tuesday_in_toronto)["specialDays"]

    def test_special_days_run_from_yesterday_to_sixty_days_on(self):
        dates = list(as_json(CLINIC, moment("2026-09-08T12:00-04:00"))["specialDays"])
        assert dates == ["2026-09-07", "2026-09-09"]
        assert "2026-12-24" in as_json(CLINIC, moment("2026-10-25T12:00-04:00"))["specialDays"]
        assert "2026-12-24" not in as_json(CLINIC, moment("2026-10-24T12:00-04:00"))["specialDays"]


def test_the_schedule_imports_the_standard_library_and_the_words_of_times_only():
    for path in Path(hours.__file__).parent.glob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text())))
        names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
        names = [name for name in names if name != "clinicsite.core.typed_times"]
        assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
