"""Calendars: which issues a series should have, numbered; all arithmetic on dates is here."""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from itertools import takewhile
from typing import Literal, final, get_args

from attrs import evolve, field, frozen

from kcharts._faces import public
from kcharts.errors import NotAnIssueError, UnknownPeriodError
from kcharts.model import _checks as checks

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
_LAST_ORDINAL = dt.date.max.toordinal()
# Before any chart that we read: the oldest, the Hot 100, begins in 1958.
_SINCE = dt.date(1900, 1, 1)
_WEEK = dt.timedelta(6)


@final
@public
@frozen(repr=False)
class Calendar:
    """The issues that a series should have, each with a number; consecutive issues differ by 1.

    Make one with `daily`, `weekly`, `from_dates` or `from_rule`. Only differences between
    numbers mean anything. `first` and `last` are given where the chart's true launch or end is
    known: the calendar has no issue outside them.

    >>> from datetime import date
    >>> from kcharts import Calendar
    >>> netflix = Calendar.weekly("sunday", first=date(2021, 7, 4))
    >>> netflix.number("2021-07-18") - netflix.number("2021-07-04")
    2
    >>> netflix.period("2022-01-30")
    (datetime.date(2022, 1, 24), datetime.date(2022, 1, 30))
    >>> netflix.number("2022-01-29")
    Traceback (most recent call last):
    ...
    kcharts.errors.NotAnIssueError: there is no list dated 2022-01-29: the nearest are \
2022-01-23 and 2022-01-30
    """

    kind: Literal["daily", "weekly", "dates", "rule"]
    weekday: Weekday | None = None
    dates: tuple[dt.date, ...] = ()
    rule: str | None = None
    first: dt.date | None = field(default=None, validator=checks.optional(checks.day))
    last: dt.date | None = field(default=None, validator=checks.optional(checks.day))

    def __attrs_post_init__(self) -> None:
        first, last = self.first, self.last
        if first is not None and last is not None and last < first:
            raise checks.refuse("Calendar.last", f"a date from {first} on", last)
        for name, edge in (("first", first), ("last", last)):
            if edge is not None and self._number(edge.toordinal()) is None:
                raise checks.refuse(f"Calendar.{name}", "one of the calendar's issues", edge)

    @classmethod
    def daily(cls, *, first: dt.date | None = None, last: dt.date | None = None) -> "Calendar":
        """An issue every day."""
        return cls("daily", first=first, last=last)

    @classmethod
    def weekly(
        cls, weekday: Weekday, *, first: dt.date | None = None, last: dt.date | None = None
    ) -> "Calendar":
        """An issue every week, on one weekday: "monday" to "sunday"."""
        if weekday not in WEEKDAYS:
            raise checks.refuse("Calendar.weekday", '"monday" to "sunday"', weekday)
        return cls("weekly", weekday, first=first, last=last)

    @classmethod
    def from_dates(
        cls, dates: Iterable[dt.date], *, first: dt.date | None = None, last: dt.date | None = None
    ) -> "Calendar":
        """Just the dates given, in any order, each counted once."""
        listed = _days("Calendar.dates", dates)
        if not listed:
            raise checks.refuse("Calendar.dates", "at least one date", listed)
        return cls("dates", dates=tuple(sorted(set(listed))), first=first, last=last)

    @classmethod
    def from_rule(
        cls, rule: str, *, first: dt.date | None = None, last: dt.date | None = None
    ) -> "Calendar":
        r"""The dates of an iCalendar recurrence (RFC 5545), read by dateutil.

        The text starts with a DTSTART line; several RRULE, RDATE and EXDATE lines combine.

        >>> text = "DTSTART:20220101\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"
        >>> month_ends = Calendar.from_rule(text)
        >>> month_ends.between("2022-01-01", "2022-12-31")[1]
        datetime.date(2022, 2, 28)
        """
        checks.check_text("Calendar.rule", rule)
        # Without a start dateutil counts from today: the calendar would change every day.
        if "DTSTART" not in rule:
            raise checks.refuse("Calendar.rule", "an iCalendar rule with a DTSTART line", rule)
        calendar = cls("rule", rule=rule, first=first, last=last)
        # A bad rule fails here, not at the first look-up.
        calendar._listed(dt.MINYEAR)
        return calendar

    @classmethod
    def fitting(cls, dates: Iterable[dt.date], *, daily: bool = False) -> "Calendar":
        """The simplest calendar that has all the dates: a weekday's, else just the dates.

        >>> Calendar.fitting([dt.date(2022, 1, 30), dt.date(2022, 1, 2)])
        Calendar.weekly('sunday')
        """
        listed = _days("Calendar.dates", dates)
        if daily or not listed:
            return cls.daily()
        weekdays = {each.weekday() for each in listed}
        if len(weekdays) == 1:
            return cls.weekly(WEEKDAYS[weekdays.pop()])
        return cls.from_dates(listed)

    def number(self, day: dt.date | str, /) -> int:
        """The number of the issue of that date.

        Raises:
            NotAnIssueError: The calendar has no issue on that date; the neighbours are named.
        """
        day = checks.as_day(day, "day")
        number = self._number(day.toordinal())
        if number is None or not self._inside(day):
            raise NotAnIssueError(self._no_issue(day))
        return number

    def date(self, number: int, /) -> dt.date:
        """The date of the issue with that number: the inverse of `number`.

        Raises:
            NotAnIssueError: The calendar has no such issue.
        """
        checks.check_count("number", number, -(10**9))
        day = self._date(number)
        if day is None or not self._inside(day):
            raise NotAnIssueError(f"the calendar has no issue number {number}: {self!r}")
        return day

    def has(self, day: dt.date | str, /) -> bool:
        """Whether the calendar has an issue on that date."""
        day = checks.as_day(day, "day")
        return self._number(day.toordinal()) is not None and self._inside(day)

    def between(self, start: dt.date | str, end: dt.date | str, /) -> tuple[dt.date, ...]:
        """The dates of all issues from start to end, both included."""
        low, high = self._clipped(start, end)
        numbers = self._numbers(low, high)
        if self.kind not in ("daily", "weekly"):
            return self._listed(high.year)[numbers.start : numbers.stop]
        zero, step = self._zero, self._step
        ordinals = range(zero + step * numbers.start, zero + step * numbers.stop, step)
        return tuple(map(dt.date.fromordinal, ordinals))

    def count(self, start: dt.date | str, end: dt.date | str, /) -> int:
        """How many issues there are from start to end, both included.

        >>> Calendar.weekly("sunday").count("2022-01-01", "2022-01-31")
        5
        """
        return len(self.numbers(start, end))

    def numbers(self, start: dt.date | str, end: dt.date | str, /) -> range:
        """The numbers of all issues from start to end, both included.

        >>> Calendar.daily().numbers("2022-01-30", "2022-02-01")
        range(738185, 738188)
        """
        return self._numbers(*self._clipped(start, end))

    def period(self, day: dt.date | str, /) -> tuple[dt.date, dt.date]:
        """The first and the last day that an issue measures.

        A daily issue measures its day, a weekly one the seven days that end on its date.

        Raises:
            NotAnIssueError: There is no such issue.
            UnknownPeriodError: The calendar is irregular. What its issues measure cannot be read
                off their dates: the Hot 100 is dated days after the week that it measures.
        """
        self.number(day)
        day = checks.as_day(day, "day")
        if self.kind == "daily":
            return day, day
        if self.kind == "weekly":
            # The week of the first Sunday begins before the dates of Python do.
            return dt.date.fromordinal(max(1, day.toordinal() - 6)), day
        raise UnknownPeriodError(
            f"which days the issue of {day} measures is not known: its calendar is irregular"
        )

    def days_since(self, day: dt.date, issue: dt.date, /) -> tuple[int, int]:
        """The fewest and the most days from a day to what an issue measures.

        Raises:
            UnknownPeriodError: The calendar is irregular.

        >>> Calendar.weekly("sunday").days_since(date(2022, 1, 28), date(2022, 1, 30))
        (0, 2)
        """
        checks.check_day("day", day)
        start, end = self.period(checks.as_day(issue, "issue"))
        return (max(start, min(day, end)) - day).days, (end - day).days

    def free_days(self, start: dt.date | str, end: dt.date | str, /) -> tuple[dt.date, ...]:
        """The days between two dates, neither included, on which there is no issue.

        >>> len(Calendar.weekly("sunday").free_days("2022-01-23", "2022-02-06"))
        12
        """
        low, high = checks.as_day(start, "start"), checks.as_day(end, "end")
        issues = set(self.between(low, high))
        days = map(dt.date.fromordinal, range(low.toordinal() + 1, high.toordinal()))
        return tuple(day for day in days if day not in issues)

    def spread(
        self, start: dt.date | str, end: dt.date | str, /, *, issues: int
    ) -> tuple[dt.date, ...]:
        """Likely dates of issues that the calendar lacks between two dates, evenly spread.

        Nobody knows the true dates. These are free days, each as near as can be to where issues
        at equal distances would lie.

        Raises:
            ValueError: There are fewer free days than issues.

        >>> Calendar.weekly("saturday").spread("2017-12-30", "2018-01-06", issues=1)
        (datetime.date(2018, 1, 3),)
        """
        low, high = checks.as_day(start, "start"), checks.as_day(end, "end")
        free = list(self.free_days(low, high))
        checks.check_count("issues", issues)
        if issues > len(free):
            raise checks.refuse("issues", f"at most {len(free)}, the number of free days", issues)
        apart = (high - low).days / (issues + 1)
        chosen: list[dt.date] = []
        # One by one: two aims can have the same nearest day.
        for number in range(1, issues + 1):
            aim = low.toordinal() + round(number * apart)
            chosen.append(min(free, key=lambda day: abs(day.toordinal() - aim)))
            free.remove(chosen[-1])
        return tuple(sorted(chosen))

    def with_issues(self, dates: Iterable[dt.date], /, *, since: dt.date = _SINCE) -> "Calendar":
        """The calendar with some more issues.

        A daily calendar has them already. A weekly one becomes a rule, which has to begin
        somewhere: with the first issue from 1900 on, or from `since` on where that is earlier; a
        known first or last issue it has in any case.

        >>> weekly = Calendar.weekly("saturday")
        >>> more = weekly.with_issues([dt.date(2018, 1, 3)])
        >>> more.number("2018-01-06") - more.number("2017-12-30")
        2
        """
        days = _days("dates", dates)
        checks.check_day("since", since)
        first, last = self.first, self.last
        if self.kind == "daily" or not days:
            return self
        if self.kind == "dates":
            return Calendar.from_dates([*self.dates, *days], first=first, last=last)
        text = self.rule
        if text is None:
            # A rule has a beginning, and a weekly calendar has none.
            earliest = min(since, _SINCE, first or _SINCE, last or _SINCE)
            start = evolve(self, first=None, last=None).between(earliest, earliest + _WEEK)[0]
            text = f"DTSTART:{_digits(start)}\nRRULE:FREQ=WEEKLY"
        text += "".join(f"\nRDATE:{_digits(day)}" for day in days)
        return Calendar.from_rule(text, first=first, last=last)

    def _inside(self, day: dt.date) -> bool:
        first, last = self.first, self.last
        return (first is None or first <= day) and (last is None or day <= last)

    def _number(self, ordinal: int) -> int | None:
        if self.kind == "daily":
            return ordinal
        if self.kind == "weekly" and self.weekday is not None:
            number, off = divmod(ordinal - self._zero, 7)
            return None if off else number
        day = dt.date.fromordinal(ordinal)
        listed = self._listed(day.year)
        index = bisect_left(listed, day)
        return index if index < len(listed) and listed[index] == day else None

    def _date(self, number: int) -> dt.date | None:
        if self.kind in ("daily", "weekly"):
            ordinal = self._zero + self._step * number
            return dt.date.fromordinal(ordinal) if 1 <= ordinal <= _LAST_ORDINAL else None
        year = dt.MINYEAR
        # A rule can go on to the year 9999: it is listed only as far as the number needs.
        while len(listed := self._listed(year)) <= number and year < dt.MAXYEAR:
            year = min(max(2 * year, 2048), dt.MAXYEAR)
        return listed[number] if 0 <= number < len(listed) else None

    def _listed(self, year: int) -> tuple[dt.date, ...]:
        # By the 64 years: seventy years of weekly dates are listed once, not once a year.
        last_year = min(-(-year // 64) * 64, dt.MAXYEAR)
        return self.dates if self.rule is None else _rule_dates(self.rule, last_year)

    def _clipped(self, start: dt.date | str, end: dt.date | str) -> tuple[dt.date, dt.date]:
        low, high = checks.as_day(start, "start"), checks.as_day(end, "end")
        if self.first is not None:
            low = max(low, self.first)
        if self.last is not None:
            high = min(high, self.last)
        return low, high

    @property
    def _zero(self) -> int:
        """The ordinal of issue 0 of a regular calendar; the first of January of year 1 is 1."""
        return 0 if self.weekday is None else 1 + WEEKDAYS.index(self.weekday)

    @property
    def _step(self) -> int:
        """The days from one issue of a regular calendar to the next."""
        return 1 if self.weekday is None else 7

    def _numbers(self, low: dt.date, high: dt.date) -> range:
        if self.kind in ("daily", "weekly"):
            first = -((self._zero - low.toordinal()) // self._step)
            stop = (high.toordinal() - self._zero) // self._step + 1
        else:
            listed = self._listed(high.year)
            first, stop = bisect_left(listed, low), bisect_right(listed, high)
        return range(first, max(first, stop))

    def _no_issue(self, day: dt.date) -> str:
        # Far enough for a chart that is issued once a year.
        low, high = max(1, day.toordinal() - 400), min(day.toordinal() + 400, _LAST_ORDINAL)
        near = self.between(dt.date.fromordinal(low), dt.date.fromordinal(high))
        before = [each for each in near if each < day][-1:]
        after = [each for each in near if each > day][:1]
        names = " and ".join(map(str, before + after))
        if not names:
            return f"there is no list dated {day}, and none near it: {self!r}"
        verb = "the nearest are" if before and after else "the nearest is"
        return f"there is no list dated {day}: {verb} {names}"

    def __repr__(self) -> str:
        arguments = [repr(each) for each in (self.weekday, [*self.dates], self.rule) if each]
        edges = (("first", self.first), ("last", self.last))
        arguments += [f"{name}={edge!r}" for name, edge in edges if edge]
        name = self.kind if self.kind in ("daily", "weekly") else f"from_{self.kind}"
        return f"Calendar.{name}({', '.join(arguments)})"

    def __str__(self) -> str:
        text = {
            "daily": "daily",
            "weekly": f"weekly, {(self.weekday or '').capitalize()}s",
            "dates": f"{len(self.dates):,} dates",
            "rule": "by a recurrence rule",
        }[self.kind]
        text += f" from {self.first}" if self.first else ""
        return text + (f" to {self.last}" if self.last else "")


def _digits(day: dt.date) -> str:
    return str(day).replace("-", "")  # strftime leaves the zeros of early years out


def _days(where: str, dates: Iterable[dt.date]) -> list[dt.date]:
    listed = checks.as_list(where, dates, None, "dates")
    for each in listed:
        checks.check_day(where, each)
    return listed


_RULE = re.compile(r"^(RRULE:|EXRULE:)([^\r\n]*)$", re.IGNORECASE | re.MULTILINE)
_PLAIN_START = re.compile(r"^DTSTART:[0-9]{8}(T[0-9]{6})?$", re.IGNORECASE | re.MULTILINE)


def _end_rule(rule: str, last_year: int) -> str:
    """The recurrence up to a year: of two rules that cancel, dateutil looks at all to 9999."""
    if not _PLAIN_START.search(rule):  # with a time zone, which the end would need as well
        return rule

    def end(line: re.Match[str]) -> str:
        parts = {part.partition("=")[0].upper(): part for part in line[2].split(";")}
        until = parts.pop("UNTIL", "UNTIL=9999").partition("=")[2][:4]
        if "COUNT" in parts or (until.isdecimal() and int(until) <= last_year):
            return line[0]
        return f"{line[1]}{';'.join(parts.values())};UNTIL={last_year:04}1231T235959"

    return _RULE.sub(end, rule)


# By its text, not kept by each calendar: merges and cuts make many calendars of one rule.
@lru_cache(maxsize=64)
def _rule_dates(rule: str, last_year: int) -> tuple[dt.date, ...]:
    """Every date of a recurrence up to the end of a year."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415  (only irregular calendars need it)

    try:
        moments = rrulestr(_end_rule(rule, last_year), forceset=True)
    except ValueError as fault:
        raise checks.refuse("Calendar.rule", f"an iCalendar rule ({fault})", rule) from fault
    days: dict[dt.date, None] = {}
    with suppress(ValueError, OverflowError):  # after 9999-12-31 dateutil looks for one moment more
        days.update((m.date(), None) for m in takewhile(lambda m: m.year <= last_year, moments))
    return tuple(days)
