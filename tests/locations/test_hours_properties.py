from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clinicsite.locations.hours import (
    HORIZON_DAYS,
    Interval,
    Schedule,
    SpecialDay,
    Weekday,
    as_json,
    describe_state,
    find_overlaps,
    next_reading,
    opening_hours_specification,
)

MINUTE = timedelta(minutes=1)
# These weeks hold the clock changes of 2025 in the four zones, and ordinary days between them.
WEEKS = [date(2025, 3, 3), date(2025, 3, 24), date(2025, 6, 2), date(2025, 10, 20), date(2025, 10, 27)]
ZONES = ["America/Toronto", "America/Edmonton", "America/Vancouver", "Europe/London"]

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
hours = st.tuples(times, times, st.booleans()).filter(lambda values: values[0] != values[1])
intervals = st.builds(lambda weekday, values: Interval(weekday, *values), st.sampled_from(Weekday), hours)
days = st.builds(
    lambda monday, number: monday + timedelta(days=number), st.sampled_from(WEEKS), st.integers(0, 13)
)
several_hours = st.lists(hours, max_size=2)
special_days = st.builds(
    lambda first, length, values, name, named: SpecialDay(
        first, first + timedelta(days=length), values, name, by_weekday=named
    ),
    days,
    st.integers(0, 3) | st.integers(4, 20),
    several_hours | st.none(),
    st.sampled_from(["", "a holiday", "a {name}"]),
    st.just({}) | st.dictionaries(st.sampled_from(Weekday), several_hours, max_size=2),
)
schedules = st.builds(
    Schedule, st.lists(intervals, max_size=8), st.lists(special_days, max_size=3), st.sampled_from(ZONES)
)
CLOCK_CHANGES = [
    datetime(*numbers, tzinfo=UTC)
    for numbers in [
        (2025, 3, 9, 7),
        (2025, 3, 9, 9),
        (2025, 3, 9, 10),
        (2025, 3, 30, 1),
        (2025, 10, 26, 1),
        (2025, 11, 2, 6),
        (2025, 11, 2, 8),
        (2025, 11, 2, 9),
    ]
]
minutes_of_a_day = st.integers(0, 24 * 60 - 1)
ordinary_moments = st.builds(
    lambda day, minute: datetime.combine(day, time(), tzinfo=UTC) + minute * MINUTE, days, minutes_of_a_day
)
moments_near_a_change = st.builds(
    lambda change, minute: change + minute * MINUTE, st.sampled_from(CLOCK_CHANGES), st.integers(-120, 120)
)
moments = ordinary_moments | moments_near_a_change


def clock_face(schedule, moment):
    """Return what the clock shows; in the second pass of an hour, the last minute of that hour.

    A door that was open or shut when the clock went back stays so until the clock moves on.
    """
    local = moment.astimezone(schedule.zone)
    while local.fold and (moment + MINUTE).astimezone(schedule.zone).fold:
        moment += MINUTE
        local = moment.astimezone(schedule.zone)
    return local.replace(tzinfo=None, fold=0)


def hours_say(schedule, moment, by_appointment):
    """Whether the hours, read off a wall clock as a person would, cover the moment."""
    face = clock_face(schedule, moment)
    for day in (face.date() - timedelta(days=1), face.date()):
        for one in schedule.intervals_on(day):
            opens = datetime.combine(day, one.opens)
            closes = datetime.combine(day, one.closes) + timedelta(days=one.closes < one.opens)
            if one.by_appointment == by_appointment and opens <= face < closes:
                return True
    return False


def special_for(schedule, day):
    """The special day that a person would go by, reading them from the longest to that of a single date."""
    found = None
    usually_open = {one.weekday for one in schedule.intervals} or set(Weekday)
    for special in sorted(schedule.special_days, key=lambda one: one.first - one.last):
        named = dict(special.by_weekday)
        is_season = special.first < special.last and special.intervals
        if not special.first <= day <= special.last:
            continue
        if (
            day.weekday() in named
            or (special.intervals is not None and not is_season)
            or (is_season and day.weekday() in usually_open)
        ):
            found = special
    return found


@given(schedules, days)
def test_the_special_day_of_a_date_is_the_one_that_a_person_would_go_by(schedule, day):
    assert schedule.special_on(day) == special_for(schedule, day)


@given(schedules, days)
def test_a_season_opens_no_day_that_is_usually_closed(schedule, day):
    seasons = [one for one in schedule.special_days if one.first < one.last and not one.by_weekday]
    alone = Schedule(schedule.intervals, seasons, schedule.time_zone)
    if schedule.intervals and day.weekday() not in {one.weekday for one in schedule.intervals}:
        assert alone.intervals_on(day) == ()


@given(schedules, days, several_hours)
def test_a_single_date_wins_over_everything_that_covers_it(schedule, day, values):
    longer = [one for one in schedule.special_days if one.first < one.last]
    single = SpecialDay(day, day, values, "the day itself")
    for special in ([single, *longer], [*longer, single]):
        found = Schedule(schedule.intervals, special, schedule.time_zone)
        assert found.special_on(day).name == "the day itself"
        assert [one.hours for one in found.intervals_on(day)] == sorted(single.intervals)


@given(schedules, days)
def test_search_engines_and_the_pages_script_are_told_the_hours_of_each_date(schedule, today):
    script = as_json(schedule, datetime.combine(today, time(12), tzinfo=schedule.zone))
    dated = {one["validFrom"] for one in opening_hours_specification(schedule, today) if "validFrom" in one}
    for number in range(HORIZON_DAYS + 1):
        day = today + timedelta(days=number)
        special = special_for(schedule, day)
        assert (day.isoformat() in script["specialDays"]) == (day.isoformat() in dated) == bool(special)
        shown = script["specialDays"].get(day.isoformat(), {"intervals": script["week"][day.weekday()]})
        assert [(one["opens"], one["byAppointment"]) for one in shown["intervals"]] == [
            (one.opens.hour * 60 + one.opens.minute, one.by_appointment) for one in schedule.intervals_on(day)
        ]


@settings(max_examples=400)
@given(schedules, moments)
def test_the_state_is_what_a_person_reads_off_the_wall_clock(schedule, moment):
    state = schedule.state_at(moment)
    is_open = hours_say(schedule, moment, by_appointment=False)
    assert state.is_open == schedule.is_open_at(moment) == is_open
    assert state.by_appointment == (not is_open and hours_say(schedule, moment, by_appointment=True))


@given(schedules, moments)
def test_the_next_change_really_changes_the_state(schedule, moment):
    change = schedule.next_change(moment)
    if change:
        assert change.astimezone(UTC) > moment
        assert schedule.state_at(change).name != schedule.state_at(moment).name


def moments_of(schedule, first, last):
    """Every moment from one date to another at which hours of the schedule begin or end."""
    days_between = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {
        at for day in days_between for one in schedule.intervals_on(day) for at in one.on(day, schedule.zone)
    }


@settings(max_examples=50)
@given(schedules, moments, st.floats(0, 1, exclude_max=True))
def test_nothing_changes_before_the_next_change(schedule, moment, fraction):
    change = (schedule.next_change(moment) or moment + timedelta(days=HORIZON_DAYS)).astimezone(UTC)
    just_before = change - timedelta(microseconds=1)
    # A fraction close to 1 is rounded to the whole: to the change itself.
    between = min(moment + (change - moment) * fraction, just_before)
    # Where a state could change is where hours begin or end; two days of them are tried.
    day = schedule.local_date(moment)
    edges = moments_of(schedule, day - timedelta(days=1), day + timedelta(days=1))
    tried = {between, just_before, *(at for at in edges if moment < at < change)}
    assert {schedule.state_at(at).name for at in tried} == {schedule.state_at(moment).name}


@given(schedules, moments)
def test_the_promised_opening_and_closing_hold(schedule, moment):
    state = schedule.state_at(moment)
    if state.closes_at:
        assert schedule.state_at(state.closes_at).name != state.name
    if state.opens_at:
        opening = schedule.state_at(state.opens_at)
        assert opening.by_appointment if state.opens_by_appointment else opening.is_open


@given(schedules, moments)
def test_every_moment_has_a_sentence_that_begins_with_the_state(schedule, moment):
    state = schedule.state_at(moment)
    sentence = describe_state(state, moment)
    beginning = {"open": "Open now", "appointment": "Open now by appointment", "closed": "Closed "}[
        state.name
    ]
    assert sentence.startswith(beginning)
    assert as_json(schedule, moment)["state"]["text"] == sentence


@given(intervals, intervals)
def test_overlapping_is_symmetric_and_agrees_with_the_minutes_of_the_week(one, other):
    def minutes(interval):
        start = interval.weekday * 1440
        return {(start + m) % 10080 for m in range(interval.minutes_opens, interval.minutes_closes)}

    assert find_overlaps([one, other]) == find_overlaps([other, one])
    assert bool(find_overlaps([one, other])) == bool(minutes(one) & minutes(other))


@given(schedules, days)
def test_a_week_covers_seven_days_that_hold_the_date(schedule, day):
    rows = schedule.week_of(day)
    assert [row.weekday for row in rows] == list(Weekday)
    assert [row.date.weekday() for row in rows] == list(range(7))
    assert day in [row.date for row in rows]
    assert all(row.intervals == schedule.intervals_on(row.date) for row in rows)


@given(schedules)
def test_the_grouped_week_says_what_the_standard_week_says(schedule):
    groups = schedule.grouped_week()
    unfolded = [group.hours for group in groups for _ in range(group.first, group.last + 1)]
    assert unfolded == [row.hours for row in schedule.standard_week()]


@given(schedules, days)
def test_structured_data_never_lists_a_past_date_nor_hours_by_appointment(schedule, today):
    listed = opening_hours_specification(schedule, today)
    assert all(
        one["validFrom"] == one["validThrough"] >= today.isoformat() for one in listed if "validFrom" in one
    )
    ordinary = [one for one in schedule.intervals if not one.by_appointment]
    assert len([one for one in listed if "dayOfWeek" in one]) == len(ordinary)


@given(schedules, moments, st.floats(0, 1))
def test_until_the_next_reading_the_hours_read_the_same(schedule, moment, share):
    end = next_reading(schedule, moment)
    assert end > moment
    later = moment + (end - moment) * share - MINUTE / 60
    later = max(later, moment)
    for at in (later, end - MINUTE / 60_000):
        assert _said(schedule, at) == _said(schedule, moment)


def _said(schedule, moment):
    """All that a page says of hours at a moment, but for when it says it and how long it knows the zone."""
    today = schedule.local_date(moment)
    sentence = describe_state(schedule.state_at(moment), moment.astimezone(schedule.zone))
    data = as_json(schedule, moment)
    del data["printedAt"], data["offsets"]
    return sentence, data, opening_hours_specification(schedule, today), schedule.week_of(today)
