"""Strategies for figures: each is computed from a drawn history, so that none is impossible."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, Literal, TypeAlias

from attrs import evolve, fields
from hypothesis import assume, strategies as st

from kcharts import auditing, catalogue, measures, records, similarity, sources, vintages
from kcharts.errors import KchartsError, Problem
from kcharts.model.chart import Dated
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import IssueStatus, Reported
from kcharts.model.title import Title, fold
from kcharts.testing import _values as values
from kcharts.testing._histories import completions, histories, issues

Draw: TypeAlias = st.DrawFn
Strategy: TypeAlias = st.SearchStrategy[Any]
Compute: TypeAlias = Callable[[Draw, ChartHistory], Iterable[Any]]
Rows: TypeAlias = Literal["plain", "detailed"]

_TOPS = st.sampled_from([1, None])
# Falling, as every points chart has it.
_SCHEMES = st.lists(st.integers(1, 12), min_size=1, max_size=10).map(
    lambda points: tuple(sorted(points, reverse=True))
)
_RECORDS = (
    "biggest_climb",
    "biggest_fall",
    "highest_debut",
    "longest_climb_to_top",
    "longest_streaks",
    "most_countries",
    "most_periods",
    "most_simultaneous",
)


@st.composite
def _one_of(draw: Draw, compute: Compute, *, rows: Rows = "plain") -> Any:
    """One of the figures that are computed from a history, where there is any."""
    history = draw(histories(rows=rows, cuts="sometimes"))
    try:
        figures = list(compute(draw, history))
    except KchartsError:  # the history is too short for it, say, or a calendar irregular
        figures = []
    assume(figures)
    return draw(st.sampled_from(figures))


def _title(draw: Draw, history: ChartHistory) -> Title:
    return draw(st.sampled_from(history.titles))


def _chart(draw: Draw, history: ChartHistory) -> dict[str, Any]:
    """The keywords that name one chart."""
    chart = draw(st.sampled_from(history.charts))
    return {"country": chart.place, "series": chart.series}


def _series(draw: Draw, history: ChartHistory) -> dict[str, Any]:
    """The keywords that name one series with a chart of a country."""
    some = [chart.series for chart in history.charts if chart.country is not None]
    # A history of the world chart alone has none.
    assume(some)
    return {"series": draw(st.sampled_from(some))}


def _streaks(draw: Draw, history: ChartHistory) -> Iterable[measures.Streak]:
    gaps = draw(st.sampled_from(["break", "bridge"]))
    return measures.streaks(history, top=draw(_TOPS), gaps=gaps)  # type: ignore[arg-type]  # drawn


def _coverages(draw: Draw, history: ChartHistory) -> Iterable[measures.Coverage]:
    title = _title(draw, history)
    return measures.coverage_over_time(history, title, top=draw(_TOPS), **_series(draw, history))


def _chart_runs(_: Draw, history: ChartHistory) -> Iterable[measures.ChartRun]:
    return measures.chart_runs(history)


def _tables(draw: Draw, history: ChartHistory) -> measures.ChartTables:
    return measures.chart_tables(history, **_chart(draw, history))


def _parts(compute: Compute, name: str) -> Compute:
    """What the figures have under a name, all together."""
    return lambda draw, history: chain(
        *(getattr(figure, name) or () for figure in compute(draw, history))
    )


def _of_series(measure: Callable[..., Any]) -> Compute:
    """One figure of a title in all places of a series."""

    def compute(draw: Draw, history: ChartHistory) -> Iterable[Any]:
        title = _title(draw, history)
        yield measure(history, title, top=draw(_TOPS), **_series(draw, history))

    return compute


def _first_reached(draw: Draw, history: ChartHistory) -> Iterable[measures.FirstReached]:
    return measures.first_reached(history, _title(draw, history), **_series(draw, history))


def _points(draw: Draw, history: ChartHistory) -> Iterable[measures.Points]:
    return measures.points_chart(history, scheme=draw(_SCHEMES), **_series(draw, history))


def _reports_of(draw: Draw, history: ChartHistory) -> Iterable[measures.Report]:
    yield measures.report(history, _title(draw, history))


def _reached(firsts: measures.FirstToReach) -> Iterable[measures.Reached]:
    return (*firsts.order, *firsts.unclassified)


def _firsts(draw: Draw, history: ChartHistory) -> measures.FirstToReach:
    # So that some titles are left unclassified.
    where = draw(st.sampled_from([None, _unclassified]))
    return measures.first_to_reach(history, where=where, **_chart(draw, history))


def _unclassified(_: Title) -> None:
    """Nobody knows whether the title belongs."""


def _days(draw: Draw, history: ChartHistory) -> Iterator[measures.DaysFromRelease]:
    released = draw(st.dates(dt.date(1900, 1, 1), history.dates[0]))
    days = measures.days_from_release(
        history, _title(draw, history), released=released, **_chart(draw, history)
    )
    if days is not None:
        yield days


def _changes(draw: Draw, history: ChartHistory) -> Iterator[measures.Change]:
    tracker = measures.StreakTracker(history.select(end=history.dates[0]))
    # In any order, since lists come late as well.
    for date in draw(st.permutations(history.dates)):
        for chart in history.charts:
            if history.calendar(chart.series).has(date):
                yield from tracker.update(history.issue(chart, date))


def _records(draw: Draw, history: ChartHistory) -> records.Record[Any]:
    name = draw(st.sampled_from(_RECORDS))
    where = _series if name == "most_countries" else _chart
    record: records.Record[Any] = getattr(records, name)(history, **where(draw, history))
    return record


def _holders(name: str) -> Compute:
    def compute(draw: Draw, history: ChartHistory) -> Iterable[Any]:
        return getattr(records, name)(history, **_chart(draw, history)).holders  # type: ignore[no-any-return]  # found by name

    return compute


def _revisions(draw: Draw, history: ChartHistory) -> vintages.Revisions:
    """A history compared with one where lists were added, or rows or a whole series changed."""
    chart = draw(st.sampled_from(history.charts))
    rows = list(history)
    match draw(st.sampled_from(["lists", "rows", "series"])):
        case "lists":
            return vintages.compare(history, draw(completions(history)))
        case "rows":
            peak = Reported(peak=draw(st.integers(1, 9)))
            some = draw(st.sets(st.sampled_from(range(len(rows)))))
            rows = [evolve(r, reported=peak) if i in some else r for i, r in enumerate(rows)]
        case _:
            dated: Dated = "issue" if chart.series.dated == "period" else "period"
            other = evolve(chart, series=evolve(chart.series, dated=dated))
            rows = [evolve(row, chart=other) if row.chart == chart else row for row in rows]
    known = zip(rows, history, strict=True)
    statuses = {(row.chart, row.date): history.status(was.chart, was.date) for row, was in known}
    return vintages.compare(history, ChartHistory.from_snapshots(rows, statuses=statuses))


def _orders(items: Strategy) -> Strategy:
    return st.lists(items, unique=True, min_size=1, max_size=5) | st.dictionaries(
        items, st.integers(1, 9), min_size=1
    )


# Texts, or titles as lists have them: an order of texts is not compared with a list.
_TEXTS = _orders(st.sampled_from(["A", "B", "C", 4]))
_TITLES = _orders(st.sampled_from([Title("A"), Title("B"), Title("C")])) | issues().filter(
    lambda issue: issue.status is IssueStatus.PUBLISHED  # of others no order is known
)


def _compared(measure: Callable[..., Any], **options: Strategy) -> Strategy:
    """What a measure says of two orders."""

    def compare(pair: Any, options: dict[str, Any]) -> Any:
        return measure(*pair, **options)

    pairs = st.tuples(_TEXTS, _TEXTS) | st.tuples(_TITLES, _TITLES)
    return st.builds(compare, pairs, st.fixed_dictionaries(options))


def _point_bounds() -> Strategy:
    counts = st.dictionaries(st.integers(1, 12), st.integers(0, 9), min_size=1)
    return st.builds(measures.points_bounds, counts, scheme=_SCHEMES)


def _least_panels() -> Strategy:
    """The least panels of points that the scheme can give."""
    points = st.lists(st.integers(1, 40), min_size=1, max_size=5)
    return st.builds(measures.least_panel, points)


def _entries() -> Strategy:
    """Entries of a catalogue with some aliases and seasons."""
    return st.builds(
        catalogue.CatalogueEntry,
        values.texts(),
        kinds=st.lists(values.texts(), max_size=2).map(tuple),
        by=st.none() | values.texts(),
        year=st.none() | st.integers(1, 2100),
        origin=st.none() | values.countries(),
        released=st.none() | st.dates(),
        ids=st.lists(values.texts(), max_size=2).map(tuple),
        aliases=st.lists(_aliases(), max_size=2).map(tuple),
        seasons=st.lists(_seasons(), max_size=2, unique_by=lambda each: fold(each.name)).map(tuple),
    )


def _aliases() -> Strategy:
    """Aliases for always, or from one date to another."""
    dates = st.tuples(st.dates(), st.dates()).map(sorted) | st.just((None, None))
    languages = st.sampled_from([None, "ko", "zh-Hant"])

    def make(text: str, language: str | None, dates: Any) -> catalogue.Alias:
        return catalogue.Alias(text, language=language, start=dates[0], end=dates[1])

    return st.builds(make, values.texts(), languages, dates)


def _seasons() -> Strategy:
    names = st.integers(1, 9).map("Season {}".format)
    return st.builds(catalogue.Season, names, released=st.none() | st.dates())


def _catalogues() -> Strategy:
    by_key: Strategy = st.lists(_entries(), max_size=3)
    return by_key.map(_catalogue_of).filter(lambda each: each is not None)


def _catalogue_of(entries: list[Any]) -> Any:
    try:
        return catalogue.Catalogue(entries)
    except (KchartsError, ValueError):  # two works of one key
        return None


def _proposals() -> Strategy:
    def make(title: Title, entry: catalogue.CatalogueEntry, score: float) -> catalogue.Proposal:
        return catalogue.Proposal(title, entry, entry.name, score)

    return st.builds(make, values.titles(), _entries(), st.floats(0, 100))


def _problems() -> Strategy:
    texts = st.none() | values.texts()
    return st.builds(
        Problem,
        st.sampled_from(["bad-date", "rank-out-of-range"]),
        values.texts(),
        values.texts(),
        line=st.none() | st.integers(1, 10**6),
        **dict.fromkeys(("column", "value", "hint", "row", "sheet"), texts),
    )


def _reports() -> Strategy:
    """What became of a file with some rejected rows."""

    def make(name: str, accepted: int, problems: list[Problem]) -> sources.ReadReport:
        return sources.ReadReport(
            sources=(name,),
            rows_read=accepted + len(problems),
            rows_accepted=accepted,
            rows_rejected=len(problems),
            problems=tuple(problems),
            counts=dict(Counter(problem.code for problem in problems)),
        )

    return st.builds(make, values.texts(), st.integers(0, 9), st.lists(_problems(), max_size=3))


def _limits() -> Strategy:
    names = [each.name for each in fields(sources.Limits)]
    return st.builds(sources.Limits, **dict.fromkeys(names, st.integers(1, 10**9)))


FIGURES: dict[type[Any], Callable[[], Strategy]] = {
    auditing.Finding: lambda: _one_of(lambda _, history: auditing.audit(history), rows="detailed"),
    catalogue.Alias: _aliases,
    catalogue.Catalogue: _catalogues,
    catalogue.CatalogueEntry: _entries,
    catalogue.Proposal: _proposals,
    catalogue.Season: _seasons,
    Problem: _problems,
    measures.Basis: lambda: _one_of(lambda draw, h: chain(*(s.basis() for s in _streaks(draw, h)))),
    measures.Change: lambda: _one_of(_changes),
    measures.ChartEntry: lambda: _one_of(_parts(_tables, "entries")),
    measures.ChartRun: lambda: _one_of(_chart_runs),
    measures.ChartTable: lambda: _one_of(_tables),
    measures.ChartTables: lambda: _one_of(lambda draw, history: [_tables(draw, history)]),
    measures.Coverage: lambda: _one_of(_coverages),
    measures.CoverageEver: lambda: _one_of(_of_series(measures.coverage_ever)),
    measures.DaysFromRelease: lambda: _one_of(_days),
    measures.Departure: lambda: _one_of(_parts(_tables, "out")),
    measures.FirstReached: lambda: _one_of(_first_reached),
    measures.FirstToReach: lambda: _one_of(lambda draw, history: [_firsts(draw, history)]),
    measures.LeastPanel: _least_panels,
    measures.Movement: lambda: st.from_type(measures.ChartEntry).map(lambda entry: entry.movement),
    measures.PeakCoverage: lambda: _one_of(_of_series(measures.peak_coverage)),
    measures.PlaceRanks: lambda: st.from_type(measures.Coverage).map(lambda figure: figure.ranks),
    measures.Points: lambda: _one_of(_points),
    measures.PointsBounds: _point_bounds,
    measures.Reached: lambda: _one_of(lambda draw, h: _reached(_firsts(draw, h))),
    measures.Report: lambda: _one_of(_reports_of),
    measures.Results: lambda: _one_of(lambda draw, history: [_streaks(draw, history)]),
    measures.Run: lambda: _one_of(_parts(_chart_runs, "runs")),
    measures.Statement: lambda: _one_of(_parts(_reports_of, "statements")),
    measures.Streak: lambda: _one_of(_streaks),
    measures.StreakTracker: lambda: histories().map(measures.StreakTracker),
    measures.Total: lambda: _one_of(lambda draw, h: measures.totals(h, top=draw(_TOPS))),
    records.Challenger: lambda: _one_of(lambda draw, history: _records(draw, history).challengers),
    records.ClimbToTop: lambda: _one_of(_holders("longest_climb_to_top")),
    records.Debut: lambda: _one_of(_holders("highest_debut")),
    records.Move: lambda: _one_of(_holders("biggest_climb")) | _one_of(_holders("biggest_fall")),
    records.Record: lambda: _one_of(lambda draw, history: [_records(draw, history)]),
    records.Simultaneous: lambda: _one_of(_holders("most_simultaneous")),
    records.Standing: lambda: _one_of(lambda draw, history: _records(draw, history).standings),
    records.TitlesOn: lambda: st.from_type(records.Simultaneous).flatmap(
        lambda f: st.sampled_from(f.lists)
    ),
    similarity.KendallDistance: lambda: _compared(
        similarity.kendall_distance, penalty=st.floats(0, 1)
    ),
    similarity.Overlap: lambda: _compared(similarity.overlap),
    similarity.RankBiasedOverlap: lambda: _compared(
        similarity.rank_biased_overlap, p=st.floats(0.1, 0.9)
    ),
    similarity.Ranking: lambda: (_TEXTS | _TITLES).map(similarity.Ranking.of),
    sources.Limits: _limits,
    sources.ReadReport: _reports,
    vintages.ListRevision: lambda: _one_of(lambda draw, history: _revisions(draw, history).issues),
    vintages.Revision: lambda: _one_of(
        lambda draw, h: chain(_revisions(draw, h), _revisions(draw, h).columns)
    ),
    vintages.Revisions: lambda: _one_of(lambda draw, history: [_revisions(draw, history)]),
    vintages.SeriesRevision: lambda: _one_of(
        lambda draw, history: _revisions(draw, history).series
    ),
}
