"""Records of staying: the longest streaks and the largest totals."""

from collections.abc import Iterator
from itertools import chain
from typing import Literal, Unpack

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._streaks import (
    RawStreak,
    Streak,
    StreakTerms,
    raw_streaks,
    scan_of,
    streak_of,
)
from kcharts.measures._timeline import Timeline
from kcharts.measures._totals import Total, counts, total_of
from kcharts.measures._where import OfClass, narrowed_by
from kcharts.model import _checks as checks
from kcharts.model.history import ChartHistory
from kcharts.records._field import (
    NO_BOUND,
    Doubt,
    Entry,
    Field,
    Kind,
    Raw,
    field_of,
    lacking,
    record_of,
)
from kcharts.records._record import Record


@public
@narrowed_by(OfClass)
def longest_streaks(
    history: ChartHistory,
    /,
    *,
    top: int | None = 1,
    gaps: Literal["break", "bridge"] = "break",
    limit: int | None = 10,
    **sought: Unpack[OfClass],
) -> Record[Streak]:
    """The longest streak at `top` or better: the most consecutive issues.

    A title can have several streaks, and each counts by itself. Billboard and the Official
    Charts call it the most consecutive weeks at No. 1; weeks in all are `most_periods`.

    Challengers are the other streaks that can have been as long: those beside lists that are not
    usable, and those that were going on when the data begin (without a bound). What comes after
    the last issue is not yet, and challenges nothing.

    Args:
        history: The lists, whole.
        top: The worst rank that counts; None is any place on the list.
        gaps: Whether an issue that is not usable ends a streak ("break"), or is counted where the
            title qualifies on both sides ("bridge"): then the length is no longer proved.
        limit: How many runners-up; those that tie with the last one come too. None for all.

    Returns:
        The record, in days or weeks.

    Raises:
        ValueError: The history is narrowed to titles.
        UnknownChartError: It holds no chart that fits, or no issue was ever due.
        AmbiguousChartError: Daily and weekly charts fit.
        UnknownTitleError: A title of `among` that the history does not hold.

    >>> from kcharts import records, sample
    >>> print(records.longest_streaks(sample(), country="world"))
    Squid Game: 46 days at No. 1, 2021-09-23 to 2021-11-07, Netflix TV in the world \
(by reconstruction of FlixPatrol): the longest streak at No. 1 since 2021-09-17 \
(as of 2022-01-31); could be equalled or beaten by Show 13 (no bound)
    """
    if gaps not in ("break", "bridge"):
        raise checks.refuse("gaps", '"break" or "bridge"', gaps)
    field = field_of(history, "longest_streaks", top, **sought)
    times = field.times
    terms = StreakTerms(field.store.titles, field.store.charts, top, gaps)
    return record_of(
        Kind(f"longest streak {words.at(top)}{field.of_class}", field.unit),
        field,
        chain.from_iterable(_judge_streaks(field, chart, terms) for chart in field.charts),
        lambda raw: streak_of(raw, times, terms),
        unseen=max((_unseen(times[chart]) for chart in field.charts), default=0),
        limit=limit,
    )


def _judge_streaks(field: Field, chart: int, terms: StreakTerms) -> Iterator[Raw | Doubt]:
    """The streaks of a chart that are proved, and those that can have been longer."""
    times = field.times[chart]
    last, parted = len(times.numbers) - 1, bool(times.holes)
    wanted = None if field.titles is None else sorted(field.titles)
    scan = scan_of(field.store, chart, terms.top, wanted)
    for plain in raw_streaks(scan.runs(), times, chart, terms):
        raw = RawStreak._make(plain)
        length, is_sure = -raw.minus_length, field.is_sure(raw.title)
        reach: float = length
        if parted or raw.whole_first == 0 or raw.whole_last == last:
            reach = _reach(times, raw.whole_first, raw.whole_last)
        if is_sure:
            yield plain
        if reach > length or not is_sure:
            yield field.doubt(
                chart,
                raw.title,
                reach=reach,
                proved=length,
                start=raw.start,
                end=times.ordinals[raw.last],
            )


def _reach(times: Timeline, first: int, last: int) -> float:
    """The most issues that a bridged streak can have had, up to the last issue due."""
    numbers, before, after = times.numbers, times.before(first), times.after(last)
    end = numbers[last] + after.unknown
    # What comes after the last issue due is not yet: it leaves the past no better.
    if not before.known or not (after.known or end == times.last):
        return NO_BOUND
    return end - numbers[first] + before.unknown + 1


def _unseen(times: Timeline) -> float:
    """The longest streak that the missing lists have room for."""
    return max(
        (
            NO_BOUND if each.open_before or each.open_after else each.high - each.low + 1
            for each in lacking(times)
        ),
        default=0,
    )


@public
@narrowed_by(OfClass)
def most_periods(
    history: ChartHistory,
    /,
    *,
    top: int | None = 1,
    limit: int | None = 10,
    **sought: Unpack[OfClass],
) -> Record[Total]:
    """The most issues at `top` or better in all, on one chart: re-entries count on.

    What Billboard calls the most weeks at No. 1, and with `top=None` the most weeks on the chart.
    It is counted within the data: what was before the first issue does not count.

    Challengers are the other titles that can have had as many, with every list that is not
    usable. The arguments and errors are those of `longest_streaks`.

    Returns:
        The record, in days or weeks.

    >>> from kcharts import records, sample
    >>> found = records.most_periods(sample(), country="world")
    >>> found.value, found.unit, found.holders[0].title.name
    (47, 'day', 'Squid Game')
    """
    field = field_of(history, "most_periods", top, **sought)
    store = field.store

    def make(raw: Raw) -> Total:
        entry = Entry.of(raw)
        return total_of(store, entry.chart, entry.title, top, -entry.minus_score)

    return record_of(
        Kind(f"largest number of {field.unit}s {words.at(top)} in all{field.of_class}", field.unit),
        field,
        chain.from_iterable(_judge_totals(field, chart, top) for chart in field.charts),
        make,
        unseen=max((field.times[chart].unknown for chart in field.charts), default=0),
        limit=limit,
    )


def _judge_totals(field: Field, chart: int, top: int | None) -> Iterator[Raw | Doubt]:
    """The totals of a chart that are proved, and those that can have been larger."""
    times = field.times[chart]
    start, end = (day.toordinal() for day in times.due())
    for code, count in counts(field.store, chart, top).items():
        if not field.has(code):
            continue
        is_sure = field.is_sure(code)
        if is_sure:
            yield field.entry(chart, code, score=count)
        if times.unknown or not is_sure:
            reach = count + times.unknown
            yield field.doubt(chart, code, reach=reach, proved=count, start=start, end=end)
