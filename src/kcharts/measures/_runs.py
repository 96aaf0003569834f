"""Chart runs: the rank of a title on every issue of a chart, and where it has none, why.

The notation of chart runs, "...-x2-5-[1]-[1]-?-3-...", is written and read here. Its grammar:

    run     = edge "-" issue { "-" issue } "-" edge
    edge    = "..." | "|"
    issue   = rank | "[" rank "]" | absence [ count ]
    absence = "x" | "?" | "/"
    rank    = digit from 1 to 9, { digit }
    count   = digit from 1 to 9, { digit }

What each sign means is explained in docs/explanation/chart-runs.md.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias, Unpack, cast, final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results, whose
from kcharts.measures._scope import scoped
from kcharts.measures._timeline import timeline
from kcharts.measures._where import Where, narrowed_by
from kcharts.model import _checks as checks
from kcharts.model.calendar import Calendar
from kcharts.model.chart import Chart, Frequency
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title


@final
@public
class Absence(Enum):
    """Why a chart run has no rank for an issue, by the sign that its notation has for it."""

    NOT_ON_LIST = "x"
    """The list is available, and the title is not on it."""
    UNKNOWN = "?"
    """The list is missing, defective or stale."""
    OUTSIDE = "/"
    """The data do not cover the issue."""

    def __repr__(self) -> str:
        return f"Absence.{self.name}"


RankOrAbsence: TypeAlias = int | Absence


class Notation(NamedTuple):
    """What a notation says: ranks and absences, and whether the chart has nothing around them."""

    ranks: tuple[RankOrAbsence, ...]
    opens: bool
    closes: bool


_MORE, _EDGE = "...", "|"
# The days up to the year 9999; more would only fill the memory.
_MOST = 3_652_059
_ISSUE = re.compile(r"(\[)?([1-9][0-9]{0,8})(?(1)\])|([x?/])([1-9][0-9]{0,6})?", re.ASCII)
_SAME = str.maketrans({**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), "X": "x"})
_EXPECTED = "a rank such as 12 or [1], x for not on the list, ? for unknown, / for not covered"


def write_notation(notation: Notation) -> str:
    """The text of a notation, in the one form that `to_notation` writes."""
    parts = [_EDGE if notation.opens else _MORE]
    peak = min(rank for rank in notation.ranks if isinstance(rank, int))
    for value, group in groupby(notation.ranks):
        times = len(list(group))
        if isinstance(value, int):
            parts += [f"[{value}]" if value == peak else str(value)] * times
        else:
            parts.append(value.value + (str(times) if times > 1 else ""))
    parts.append(_EDGE if notation.closes else _MORE)
    return "-".join(parts)


def parse_notation(text: str) -> Notation:
    """What a text says; besides what is written, dashes, blanks and a bare list of ranks do.

    Raises:
        ValueError: The text is not a notation.
    """
    if not isinstance(text, str):
        raise checks.refuse("text", "a notation", text, kind=TypeError)
    plain = text.translate(_SAME).replace("\u2026", _MORE)
    items = [item.strip() for item in plain.split("-")]
    edges = [False, False]
    for side, at in enumerate((0, -1)):
        if items and items[at] in (_MORE, _EDGE):
            edges[side] = items.pop(at) == _EDGE
    ranks: list[RankOrAbsence] = []
    marked: list[int] = []
    for number, item in enumerate(items, 1):
        where = f"issue {number} of the notation"
        ranks += _issues(item, where, marked)
        if len(ranks) > _MOST:
            raise checks.refuse(where, f"{_MOST:,} issues in all at most", item)
    if not any(isinstance(rank, int) for rank in ranks):
        raise checks.refuse("text", "a notation with at least one rank", text)
    _check_peaks(ranks, marked)
    return Notation(tuple(ranks), *edges)


def _issues(item: str, where: str, marked: list[int]) -> Sequence[RankOrAbsence]:
    """The issues that one item means."""
    match = _ISSUE.fullmatch(item)
    if match is None:
        raise checks.refuse(where, _EXPECTED, item)
    bracket, rank, absence, count = match.groups()
    if absence:
        return [Absence(absence)] * int(count or 1)
    if bracket:
        marked.append(int(rank))
    return [int(rank)]


def _check_peaks(ranks: Sequence[RankOrAbsence], marked: Sequence[int]) -> None:
    peak = min(rank for rank in ranks if isinstance(rank, int))
    for rank in marked:
        if rank != peak:
            raise checks.refuse("the notation", f"brackets at the best rank, {peak}", f"[{rank}]")


@final
@public
@frozen
class Run:
    """One stretch of consecutive published lists that hold a title, at whatever ranks.

    Attributes:
        start: The date of its first issue.
        end: The date of its last issue.
        ranks: The rank on each.
    """

    start: dt.date
    end: dt.date
    ranks: tuple[int, ...]

    def __attrs_post_init__(self) -> None:
        checks.check_order(self, "start", "end")

    @property
    def length(self) -> int:
        """The number of its issues."""
        return len(self.ranks)


def _check_ranks(_instance: object, _attribute: object, value: object) -> None:
    where = "ChartRun.ranks"
    if not isinstance(value, tuple):
        raise checks.refuse(where, "a tuple of ranks and absences", value, kind=TypeError)
    listed = cast("tuple[object, ...]", value)
    ranks = [each for each in listed if not isinstance(each, Absence)]
    for each in ranks:
        checks.check_count(where, each, 1)
    if not ranks:
        raise checks.refuse(where, "at least one rank", listed)


@final
@public
@frozen
class ChartRun:
    """The chart run of a title: its rank on every issue of a chart that the data cover.

    Attributes:
        title: The work.
        chart: The chart.
        calendar: The calendar that numbers its issues.
        start: The first issue that the data cover.
        ranks: The rank on each issue from `start` on, the best where the title is on a list
            twice; where there is none, why: not on the list, unknown, or outside the data.
        opens: Whether `start` is the chart's first issue ever; otherwise nothing is known of
            what came before.
        closes: Whether the last of these issues is the chart's last one.

    Raises:
        TypeError: A field has a value of the wrong type.
        NotAnIssueError: The calendar has no issue on `start`, or too few after it.
        ValueError: There is no rank at all.
    """

    title: Title = field(validator=checks.a(Title, "a Title"))
    chart: Chart = field(validator=checks.a(Chart, "a Chart"))
    calendar: Calendar = field(validator=checks.a(Calendar, "a Calendar"))
    start: dt.date = field(validator=checks.day)
    ranks: tuple[RankOrAbsence, ...] = field(validator=_check_ranks)
    opens: bool = field(default=False, kw_only=True, validator=checks.a(bool, "True or False"))
    closes: bool = field(default=False, kw_only=True, validator=checks.a(bool, "True or False"))

    def __attrs_post_init__(self) -> None:
        self._date(0)
        self._date(len(self.ranks) - 1)

    @classmethod
    def parse(
        cls,
        text: str,
        /,
        *,
        title: Title,
        chart: Chart,
        start: dt.date | str,
        calendar: Calendar | None = None,
    ) -> "ChartRun":
        """The chart run that a notation says: the inverse of `to_notation`.

        What chart followers write is read too: dashes of any width, blanks, a list of ranks
        without dots at its ends, and peaks with or without brackets.

        Args:
            text: The notation, such as "12-3-[1]-[1]-4-x2-20".
            title: The title that it is of.
            chart: The chart that it is on.
            start: The date of its first issue.
            calendar: The chart's calendar; daily, or weekly on the weekday of `start`, where it
                is left out.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The text is not a notation; the issue that is wrong is named.
            NotAnIssueError: The calendar does not have these issues.

        >>> from kcharts import Title, sample
        >>> world = sample().chart("world")
        >>> run = ChartRun.parse("9-3-1-1-x-7", title=Title("A"), chart=world, start="2022-01-01")
        >>> run.peak, run.periods, run.to_notation()
        (1, 5, '...-9-3-[1]-[1]-x-7-...')
        """
        if not isinstance(chart, Chart):
            raise checks.refuse("chart", "a Chart", chart, kind=TypeError)
        ranks, opens, closes = parse_notation(text)
        day = checks.as_day(start, "start")
        daily = chart.series.frequency is Frequency.DAILY
        calendar = calendar or Calendar.fitting([day], daily=daily)
        return cls(title, chart, calendar, day, ranks, opens=opens, closes=closes)

    def to_notation(self) -> str:
        """The run as chart followers write it; docs/explanation/chart-runs.md has the grammar.

        `parse`, given the same title, chart, start and calendar, gives an equal run.

        >>> from kcharts import chart_runs, sample
        >>> chart_runs(sample(), "All of Us Are Dead", country="KR")[0].to_notation()
        '...-4-[1]-[1]-[1]-...'
        """
        return write_notation(Notation(self.ranks, self.opens, self.closes))

    def _date(self, index: int) -> dt.date:
        return self.calendar.date(self.calendar.number(self.start) + index)

    def _listed(self) -> list[tuple[int, int]]:
        """(index, rank) of every available list that holds the title."""
        return [(at, rank) for at, rank in enumerate(self.ranks) if isinstance(rank, int)]

    @property
    def unit(self) -> str:
        """The unit that issues are counted in: "day" or "week"."""
        return self.chart.series.frequency.unit

    @property
    def end(self) -> dt.date:
        """The last issue that the data cover."""
        return self._date(len(self.ranks) - 1)

    @property
    def issues(self) -> tuple[tuple[dt.date, RankOrAbsence], ...]:
        """Every issue's date, with the rank, or why there is none."""
        return tuple((self._date(at), rank) for at, rank in enumerate(self.ranks))

    @property
    def debut(self) -> dt.date:
        """The first available list that holds the title."""
        return self._date(self._listed()[0][0])

    @property
    def debut_known(self) -> bool:
        """Whether it is the first ever: all issues from the chart's first on are available."""
        before = self.ranks[: self._listed()[0][0]]
        return self.opens and set(before) <= {Absence.NOT_ON_LIST}

    @property
    def peak(self) -> int:
        """The best rank on any available list."""
        return min(rank for _, rank in self._listed())

    @property
    def peak_known(self) -> bool:
        """Whether it cannot have been at a better rank on an issue whose list is not usable."""
        return self.peak == 1 or self.periods_upper == self.periods

    @property
    def peak_dates(self) -> tuple[dt.date, ...]:
        """The issues on which it was at its peak."""
        peak = self.peak
        return tuple(self._date(at) for at, rank in self._listed() if rank == peak)

    @property
    def periods(self) -> int:
        """The number of available lists that hold the title, over all absences."""
        return len(self._listed())

    @property
    def periods_at_peak(self) -> int:
        """The number of available lists that have it at its peak."""
        return self.ranks.count(self.peak)

    @property
    def unknown(self) -> int:
        """The number of issues whose list is missing, defective or stale."""
        return self.ranks.count(Absence.UNKNOWN)

    @property
    def covered(self) -> bool:
        """Whether the data cover every issue since the chart's first."""
        return self.opens and Absence.OUTSIDE not in self.ranks

    @property
    def periods_upper(self) -> int | None:
        """The most issues that it can have been on; None where the data do not cover them all."""
        return self.periods + self.unknown if self.covered else None

    @property
    def periods_at_peak_upper(self) -> int | None:
        """The most issues that it can have been at that rank; None like `periods_upper`."""
        return self.periods_at_peak + self.unknown if self.covered else None

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its runs, in order: an absence ends one, and so does a list that is not known."""
        runs: list[Run] = []
        for held, group in groupby(enumerate(self.ranks), lambda each: isinstance(each[1], int)):
            if held:
                listed = list(group)
                ranks = tuple(rank for _, rank in listed if isinstance(rank, int))
                runs.append(Run(self._date(listed[0][0]), self._date(listed[-1][0]), ranks))
        return tuple(runs)

    @property
    def reentries(self) -> tuple[dt.date, ...]:
        """The issues on which it is known to be back: the list before is available and lacks it."""
        debut = self._listed()[0][0]
        return tuple(
            self._date(at)
            for at, _ in self._listed()
            if at > debut and self.ranks[at - 1] is Absence.NOT_ON_LIST
        )

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        yield Basis(self.title, self.chart, self.start, self.end, None)

    def as_row(self) -> dict[str, Any]:
        """The chart run as named cells."""
        return {
            **whose(self.title, self.chart),
            "since": self.start,
            "until": self.end,
            "debut": self.debut,
            "peak": self.peak,
            "periods": self.periods,
            "periods_upper": self.periods_upper,
            "periods_at_peak": self.periods_at_peak,
            "runs": len(self.runs),
            "notation": self.to_notation(),
        }

    def __str__(self) -> str:
        since = None if self.opens else self.chart.series.when(self.start)
        doubt = words.doubt(self.periods, self.unknown, since, covered=self.covered)
        return (
            f"{self.title}: {self.to_notation()}, peak No. {self.peak} "
            f"({words.quantity(self.periods_at_peak, self.unit)}), "
            f"{words.quantity(self.periods, self.unit)} on the list{doubt}, "
            f"{self.chart.series.when(self.start, self.end)}, {self.chart.name}"
        )


@public
@narrowed_by(Where)
def chart_runs(
    history: ChartHistory,
    title: Title | str | None = None,
    /,
    **where: Unpack[Where],
) -> Results[ChartRun]:
    """The chart run of each title on each chart: its rank on every issue.

    Args:
        history: The lists.
        title: A title, or its name; all titles where it is left out.

    Returns:
        The runs of titles that some published list holds, the best peak first, then the most
        issues at it, then the most issues on the list.

    Raises:
        UnknownTitleError: The history does not hold the title.
        UnknownChartError: It holds no chart that fits.

    >>> from kcharts import chart_runs, sample
    >>> print(chart_runs(sample(), "All of Us Are Dead", country="KR")[0])
    All of Us Are Dead: ...-4-[1]-[1]-[1]-..., peak No. 1 (3 days), 4 days on the list (perhaps \
more: the data begin on 2022-01-28), 2022-01-28 to 2022-01-31, Netflix TV in South Korea \
(by reconstruction of FlixPatrol)
    """
    scope = scoped(history, title, **where)
    store, charts, titles = scope
    raws: list[tuple[_Order, int, int, _Stood]] = []  # plain: named ones cost an eighth more
    for chart in charts:
        for code, stood in _best_ranks(store, chart, titles).items():
            ranks = [rank for _, rank in stood]
            peak = min(ranks)
            order = (peak, -ranks.count(peak), -len(ranks), chart, store.titles[code].key)
            raws.append((order, chart, code, stood))
    raws.sort(key=itemgetter(0))
    return Results(raws, lambda raw: _run(store, _RawRun._make(raw)))


_Stood = list[tuple[int, int]]
"""The positions of the published lists that hold a title, and its best rank on each."""


_Order = tuple[int, int, int, int, str]


class _RawRun(NamedTuple):
    """A chart run in codes."""

    order: _Order
    """What runs are sorted by."""
    chart: int
    title: int
    stood: _Stood


def _best_ranks(store: Store, chart: int, titles: list[int] | None) -> dict[int, _Stood]:
    """Where each title stood on the published lists of a chart."""
    stood: dict[int, _Stood] = {}
    wanted = None if titles is None else frozenset(titles)
    for position, (low, high) in enumerate(store.published(chart)):
        codes, ranks = store.title_codes[low:high], store.ranks[low:high]
        if wanted is not None and wanted.isdisjoint(codes):
            continue
        # From the last rank up, so that the best of several is what stays.
        for code, rank in dict(zip(reversed(codes), reversed(ranks), strict=True)).items():
            if wanted is None or code in wanted:
                stood.setdefault(code, []).append((position, rank))
    return stood


def _run(store: Store, raw: _RawRun) -> ChartRun:
    times = timeline(store, raw.chart)
    start, end = times.due()
    # Each of these overrides the ones before: a rank is what is known best.
    known: dict[int, RankOrAbsence] = dict.fromkeys(times.numbers, Absence.NOT_ON_LIST)
    known.update(dict.fromkeys(times.outside, Absence.OUTSIDE))
    known.update((times.numbers[position], rank) for position, rank in raw.stood)
    return ChartRun(
        store.titles[raw.title],
        store.charts[raw.chart],
        times.calendar,
        start,
        tuple(known.get(n, Absence.UNKNOWN) for n in range(times.first, times.last + 1)),
        opens=start == times.calendar.first,
        closes=end == times.calendar.last or end.toordinal() == store.closings[raw.chart],
    )
