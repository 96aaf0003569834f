"""Calendars: which issues there should be, their numbers, and the days that they measure."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from kcharts.errors import NotAnIssueError, UnknownPeriodError
from kcharts.model.calendar import WEEKDAYS, Calendar
from kcharts.testing import calendars

SUNDAYS = Calendar.weekly("sunday", first=dt.date(2021, 7, 4))
HOT_100 = Calendar.from_dates(
    [dt.date(1961, 12, 18), dt.date(1961, 12, 25), dt.date(1962, 1, 6), dt.date(1962, 1, 13)]
)
EVER = st.dates()


def issues_of(calendar: Calendar) -> tuple[dt.date, ...]:
    """Some of a calendar's issues: all, where they are few."""
    if calendar.kind in ("dates", "rule"):
        return calendar.between(dt.date.min, dt.date.max)
    some = calendar.first or calendar.last or dt.date(2022, 1, 30)
    low = max(dt.date.min.toordinal(), some.toordinal() - 40)
    high = min(dt.date.max.toordinal(), some.toordinal() + 40)
    return calendar.between(dt.date.fromordinal(low), dt.date.fromordinal(high))


@given(calendars())
def test_a_number_gives_its_date_back(calendar: Calendar) -> None:
    for day in issues_of(calendar):
        assert calendar.date(calendar.number(day)) == day
        assert calendar.has(day)


@given(calendars())
def test_consecutive_issues_differ_by_one(calendar: Calendar) -> None:
    numbers = [calendar.number(day) for day in issues_of(calendar)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@given(calendars(), EVER, EVER)
def test_between_lists_just_the_issues(calendar: Calendar, start: dt.date, end: dt.date) -> None:
    near = min(end, start + dt.timedelta(60)) if start < dt.date(9999, 1, 1) else end
    found = calendar.between(start, near)
    days = map(dt.date.fromordinal, range(start.toordinal(), near.toordinal() + 1))
    assert found == tuple(day for day in days if calendar.has(day))


@given(calendars(), EVER)
def test_a_date_that_is_no_issue_raises_and_names_its_neighbours(
    calendar: Calendar, day: dt.date
) -> None:
    if calendar.has(day):
        return
    with pytest.raises(NotAnIssueError) as refused:
        calendar.number(day)
    assert str(refused.value).startswith(f"there is no list dated {day}")


@given(calendars(), st.integers(-(10**6), 10**7))
def test_a_number_is_that_of_an_issue_or_refused(calendar: Calendar, number: int) -> None:
    try:
        day = calendar.date(number)
    except NotAnIssueError as refused:
        assert f"no issue number {number}" in str(refused)  # noqa: PT017  (either may be)
    else:
        assert calendar.number(day) == number


@given(calendars())
def test_the_known_first_and_last_issue_bound_the_calendar(calendar: Calendar) -> None:
    issues = issues_of(calendar)
    if calendar.first:
        assert issues[0] == calendar.first
        with pytest.raises(NotAnIssueError):
            calendar.date(calendar.number(calendar.first) - 1)
    if calendar.last:
        assert calendar.between(calendar.last, dt.date.max) == (calendar.last,)
        with pytest.raises(NotAnIssueError):
            calendar.date(calendar.number(calendar.last) + 1)


@given(calendars(kinds=["daily", "weekly"]))
def test_periods_follow_each_other_without_a_gap(calendar: Calendar) -> None:
    issues = issues_of(calendar)[1:]
    periods = [calendar.period(day) for day in issues]
    assert [end for _, end in periods] == list(issues)
    for (_, end), (start, _) in pairwise(periods):
        assert start == end + dt.timedelta(1)


@given(calendars(), EVER, st.integers(0, 60))
def test_a_day_between_two_others_is_free_or_an_issue(
    calendar: Calendar, start: dt.date, days: int
) -> None:
    end = dt.date.fromordinal(min(start.toordinal() + days, dt.date.max.toordinal()))
    free = calendar.free_days(start, end)
    issues = [day for day in calendar.between(start, end) if start < day < end]
    inner = map(dt.date.fromordinal, range(start.toordinal() + 1, end.toordinal()))
    assert sorted({*free, *issues}) == list(inner)
    assert set(free).isdisjoint(issues)


@given(st.data(), calendars(), EVER, st.integers(1, 60))
def test_issues_are_spread_over_free_days(
    data: st.DataObject, calendar: Calendar, start: dt.date, days: int
) -> None:
    end = dt.date.fromordinal(min(start.toordinal() + days, dt.date.max.toordinal()))
    free = calendar.free_days(start, end)
    number = data.draw(st.integers(0, len(free)))
    chosen = calendar.spread(start, end, issues=number)
    assert len(chosen) == number
    assert list(chosen) == sorted(set(chosen))
    assert set(chosen) <= set(free)
    with pytest.raises(ValueError, match=f"issues: expected at most {len(free)}"):
        calendar.spread(start, end, issues=len(free) + 1)


def test_issues_are_spread_evenly_where_the_days_allow() -> None:
    daily, weekly = Calendar.daily(), Calendar.weekly("saturday")
    assert daily.spread("2022-01-01", "2022-01-09", issues=0) == ()
    assert list(map(str, weekly.spread("2022-01-01", "2022-01-15", issues=2))) == [
        "2022-01-06",
        "2022-01-10",
    ]
    half_way = Calendar.from_dates([dt.date(2022, 1, day) for day in (1, 5, 9)])
    assert list(map(str, half_way.spread("2022-01-01", "2022-01-09", issues=1))) == ["2022-01-04"]


def ends_soon(calendar: Calendar) -> bool:
    """Whether no rule has to be listed for thousands of years to see its known ends."""
    ends = [end for end in (calendar.first, calendar.last) if end is not None]
    return all(dt.date(1700, 1, 1) < end < dt.date(2200, 1, 1) for end in ends)


@given(
    calendars().filter(ends_soon),
    st.sets(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), max_size=4),
)
def test_with_more_issues_a_calendar_has_them_beside_its_own(
    calendar: Calendar, more: set[dt.date]
) -> None:
    first, last = calendar.first or dt.date.min, calendar.last or dt.date.max
    longer = calendar.with_issues(more)
    start, end = dt.date(1900, 1, 1), dt.date(2099, 12, 31)
    added = {day for day in more if first <= day <= last}
    assert longer.between(start, end) == tuple(sorted({*calendar.between(start, end), *added}))
    assert longer.with_issues(more).between(start, end) == longer.between(start, end)


def test_a_weekly_calendar_with_more_issues_begins_as_early_as_it_is_asked() -> None:
    more, early = [dt.date(2018, 1, 3)], dt.date(1850, 1, 1)
    saturdays = Calendar.weekly("saturday")
    assert saturdays.with_issues(more).between(early, "1900-01-07") == (dt.date(1900, 1, 6),)
    assert saturdays.with_issues(more, since=early).has("1850-01-05")


def test_the_ends_of_time_are_dates_like_others() -> None:
    """Neither overflows: a caller may well ask for all there is."""
    daily = Calendar.daily()
    for day in (dt.date.min, dt.date.max):
        assert daily.date(daily.number(day)) == day
        assert daily.between(day, day) == (day,)
        for weekday in WEEKDAYS:
            weekly = Calendar.weekly(weekday)
            if weekly.has(day):
                assert weekly.date(weekly.number(day)) == day
            else:
                with pytest.raises(NotAnIssueError, match="the nearest"):
                    weekly.number(day)
    for number in (0, dt.date.max.toordinal() + 1):
        with pytest.raises(NotAnIssueError):
            daily.date(number)
    monday = Calendar.weekly("monday")
    assert monday.period(dt.date.min) == (dt.date.min, dt.date.min)
    assert monday.between(dt.date.max, dt.date.max) == ()


def test_a_number_is_a_whole_number() -> None:
    with pytest.raises(TypeError, match="number: expected a whole number"):
        SUNDAYS.date(1.5)  # type: ignore[arg-type]  # that it is refused is the point
    with pytest.raises(ValueError, match="number: expected a whole number of"):
        SUNDAYS.date(-(10**10))


@pytest.mark.parametrize(
    ("calendar", "day", "told"),
    [
        (SUNDAYS, "2022-01-29", "the nearest are 2022-01-23 and 2022-01-30"),
        (SUNDAYS, "2021-06-27", "the nearest is 2021-07-04"),
        (HOT_100, "1962-01-01", "the nearest are 1961-12-25 and 1962-01-06"),
        (HOT_100, "1962-01-14", "the nearest is 1962-01-13"),
        (HOT_100, "2022-01-01", f"none near it: {HOT_100!r}"),
    ],
)
def test_the_neighbours_of_a_date_that_is_no_issue_are_named(
    calendar: Calendar, day: str, told: str
) -> None:
    with pytest.raises(NotAnIssueError) as refused:
        calendar.number(day)
    assert str(refused.value).startswith(f"there is no list dated {day}")
    assert str(refused.value).endswith(told)


def test_adjacency_is_by_issue_and_never_by_date_arithmetic() -> None:
    """Hot 100, 1961-12-25 to 1962-01-06: twelve days, and the next issue."""
    assert HOT_100.number("1962-01-06") - HOT_100.number("1961-12-25") == 1


@given(calendars(kinds=["dates", "rule"]))
def test_what_an_issue_of_an_irregular_calendar_measures_is_not_known(calendar: Calendar) -> None:
    """Hot 100: the issue of 2018-01-03 measures no week that ends on it."""
    day = issues_of(calendar)[0]
    with pytest.raises(UnknownPeriodError, match=f"the issue of {day} measures is not known"):
        calendar.period(day)


def test_a_daily_issue_measures_its_day_and_a_weekly_one_seven() -> None:
    day = dt.date(2022, 1, 30)
    assert Calendar.daily().period(day) == (day, day)
    assert SUNDAYS.period(day) == (dt.date(2022, 1, 24), day)
    with pytest.raises(NotAnIssueError):
        SUNDAYS.period("2022-01-29")


def test_days_since_a_day_are_an_interval_where_an_issue_measures_several() -> None:
    """Released on Friday 2022-01-28: 0 to 2 days until the week that ends on the 30th."""
    assert SUNDAYS.days_since(dt.date(2022, 1, 28), dt.date(2022, 1, 30)) == (0, 2)
    assert SUNDAYS.days_since(dt.date(2022, 1, 20), dt.date(2022, 1, 30)) == (4, 10)
    assert Calendar.daily().days_since(dt.date(2022, 1, 28), dt.date(2022, 1, 29)) == (1, 1)


def test_dates_are_put_in_order_and_counted_once() -> None:
    days = [dt.date(2022, 1, 9), dt.date(2022, 1, 2), dt.date(2022, 1, 9)]
    assert Calendar.from_dates(days).dates == (dt.date(2022, 1, 2), dt.date(2022, 1, 9))


def test_a_calendar_that_fits_is_as_simple_as_the_dates_allow() -> None:
    sundays = [dt.date(2022, 1, 30), dt.date(2022, 1, 2)]
    assert Calendar.fitting(sundays) == Calendar.weekly("sunday")
    irregular = [*sundays, dt.date(2022, 1, 8)]
    assert Calendar.fitting(irregular) == Calendar.from_dates(irregular)
    assert Calendar.fitting(irregular, daily=True) == Calendar.daily()


def test_a_rule_of_a_recurrence_is_read_as_far_as_it_is_asked() -> None:
    endless = Calendar.from_rule("DTSTART:20220131\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1")
    assert endless.number("2022-03-31") == 2
    assert endless.date(2) == dt.date(2022, 3, 31)
    assert not endless.has("2022-03-30")
    assert endless.between("2022-01-01", "2022-03-01") == (
        dt.date(2022, 1, 31),
        dt.date(2022, 2, 28),
    )
    few = Calendar.from_rule("DTSTART:20220131\nRRULE:FREQ=DAILY;COUNT=2")
    with pytest.raises(NotAnIssueError):
        few.date(2)
    with pytest.raises(NotAnIssueError):
        few.date(-1)


def test_a_rule_that_is_none_is_refused_with_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"Calendar\.rule: expected an iCalendar rule"):
        Calendar.from_rule("DTSTART:20220131\nRRULE:FREQ=SOMETIMES")


@pytest.mark.parametrize(
    ("calendar", "shown"),
    [
        (Calendar.daily(), "daily"),
        (SUNDAYS, "weekly, Sundays from 2021-07-04"),
        (Calendar.daily(last=dt.date(2022, 1, 1)), "daily to 2022-01-01"),
        (HOT_100, "4 dates"),
        (Calendar.from_rule("DTSTART:20220101\nRRULE:FREQ=DAILY"), "by a recurrence rule"),
    ],
)
def test_a_calendar_is_shown_in_words(calendar: Calendar, shown: str) -> None:
    assert str(calendar) == shown


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar.daily(),
        Calendar.daily(first=dt.date(2022, 1, 3), last=dt.date(2022, 2, 3)),
        Calendar.weekly("sunday"),
        Calendar.from_dates([dt.date(2022, 1, 3), dt.date(2022, 1, 9), dt.date(2022, 3, 1)]),
        Calendar.from_rule("DTSTART:20220103\nRRULE:FREQ=WEEKLY"),
        Calendar.from_rule("DTSTART:20220103T000000Z\nRRULE:FREQ=WEEKLY"),
        Calendar.from_rule("DTSTART:20220103\nRRULE:FREQ=WEEKLY;UNTIL=20220131"),
        Calendar.from_rule("DTSTART:20220103\nRRULE:FREQ=WEEKLY;UNTIL=99991231"),
        Calendar.from_rule("DTSTART:20220103\nRRULE:UNTIL=99991231;FREQ=WEEKLY"),
    ],
)
def test_issues_are_counted_as_they_are_listed(calendar: Calendar) -> None:
    for start, end in (
        (dt.date(2022, 1, 1), dt.date(2022, 2, 28)),
        (dt.date(2022, 1, 9), dt.date(2022, 1, 9)),
        (dt.date(2022, 2, 1), dt.date(2022, 1, 1)),
        (dt.date(2021, 1, 1), dt.date(2021, 2, 1)),
    ):
        assert calendar.count(start, end) == len(calendar.between(start, end))
        numbers = [calendar.number(day) for day in calendar.between(start, end)]
        assert list(calendar.numbers(start, end)) == numbers


def test_many_issues_are_counted_without_being_listed() -> None:
    assert Calendar.daily().count(dt.date.min, dt.date.max) == dt.date.max.toordinal()


def test_a_rule_that_leaves_out_all_of_its_dates_has_none() -> None:
    calendar = Calendar.from_rule("DTSTART:20220101\nRRULE:FREQ=DAILY\nEXRULE:FREQ=DAILY")
    assert calendar.between("2022-01-01", "2030-12-31") == ()
