"""The report: what the lists say of one title, as a page that a journalist can quote."""

import datetime as dt
import json
from collections.abc import Iterator
from textwrap import fill
from typing import final

from attrs import frozen

from kcharts._faces import public
from kcharts.errors import UnknownTitleError
from kcharts.measures import _words as words
from kcharts.measures._coverage import Coverage, coverage, coverage_ever, peak_coverage
from kcharts.measures._evidence import Basis, Evidenced, evidence
from kcharts.measures._milestones import days_from_release, first_to_reach
from kcharts.measures._scope import cut, scoped_title, with_title
from kcharts.measures._streaks import current_streak, streaks
from kcharts.measures._totals import totals
from kcharts.model.chart import Chart, ChartSeries
from kcharts.model.columns.summary import summary
from kcharts.model.country import WORLD
from kcharts.model.history import ChartHistory
from kcharts.model.snapshot import RankSnapshot
from kcharts.model.title import Title

_WIDTH = 92
_MEANS = {
    "streak": "in a row: consecutive issues by the chart's calendar, counted on published lists",
    "total": "in all: issues at that rank, cumulative, never reset",
    "coverage": "countries: places with a list of their own, territories included; not the world",
    "ever": "at some time: each place counted once; not the same as all on one date",
    "order": "order: by the first published list that has a title there",
    "release": "after its release: from that day to the day, or the days, that the list measures",
    "peak": "peak: the best rank on any list in hand",
}


@final
@public
@frozen
class Statement:
    """One sentence of a report, with the figure that it says and what the figure means.

    Attributes:
        section: The part of the report.
        text: The sentence.
        definition: What is counted, and how.
        figure: The figure, for `evidence`.
    """

    section: str
    text: str
    definition: str
    figure: Evidenced


@final
@public
@frozen
class Report:
    """What the lists say of one title, as of a date.

    Attributes:
        title: The work.
        data: What is available, in words; it begins with what the source says of itself.
        as_of: The last date that the available lists have.
        statements: The sentences.
    """

    title: Title
    data: str
    as_of: dt.date
    statements: tuple[Statement, ...]

    def sections(self) -> dict[str, list[Statement]]:
        """The statements by section."""
        sections: dict[str, list[Statement]] = {}
        for each in self.statements:
            sections.setdefault(each.section, []).append(each)
        return sections

    def _head(self) -> str:
        origin = self.title.origin
        facts = [f"from {origin.in_sentence}"] if origin else []
        facts += [f"released {self.title.released}"] if self.title.released else []
        return "; ".join(
            [", ".join(facts), f"as of {self.as_of}"] if facts else [f"as of {self.as_of}"]
        )

    def __str__(self) -> str:
        lines = [fill(line, _WIDTH) for line in self.data.splitlines()]
        lines += ["", str(self.title), "=" * len(str(self.title)), self._head()]
        for section, statements in self.sections().items():
            lines += ["", section]
            for each in statements:
                lines.append(fill(each.text, _WIDTH, initial_indent="- ", subsequent_indent="  "))
        lines += ["", "What is counted"]
        means = dict.fromkeys(each.definition for each in self.statements)
        lines += [fill(m, _WIDTH, initial_indent="- ", subsequent_indent="  ") for m in means]
        return "\n".join(lines)

    def to_html(self) -> str:
        """The page as HTML, without styles or scripts."""
        from html import escape  # noqa: PLC0415  (only for this)

        parts = [f"<p>{escape(line)}</p>" for line in self.data.splitlines()]
        parts += [f"<h1>{escape(str(self.title))}</h1>", f"<p>{escape(self._head())}</p>"]
        for section, statements in self.sections().items():
            rows = "".join(
                f'<li title="{escape(each.definition)}">{escape(each.text)}</li>'
                for each in statements
            )
            parts.append(f"<h2>{escape(section)}</h2><ul>{rows}</ul>")
        return f"<article>{''.join(parts)}</article>"

    def to_json(self) -> str:
        """The statements as JSON, each with its definition."""
        plain = {
            "title": str(self.title),
            "data": self.data,
            "as_of": self.as_of.isoformat(),
            "statements": [
                {"section": s.section, "text": s.text, "definition": s.definition}
                for s in self.statements
            ],
        }
        return json.dumps(plain, ensure_ascii=False, indent=2)


@public
def report(
    history: ChartHistory,
    title: Title | str,
    /,
    *,
    as_of: dt.date | str | None = None,
) -> Report:
    """What the lists say of one title: world chart, countries, milestones, with their bounds.

    Args:
        history: The lists.
        title: A title, or its name.
        as_of: Nothing dated later is looked at.

    Returns:
        A report; its `str` is a page that a journalist can quote.

    Raises:
        UnknownTitleError: The history does not hold the title.

    >>> from kcharts import report, sample
    >>> page = report(sample(), "All of Us Are Dead")
    >>> "No. 1 in 46 of 88 countries" in str(page)
    True
    """
    store = cut(history, as_of)
    scope = scoped_title(ChartHistory(store), title)
    work = store.titles[scope.title]
    known = ChartHistory(store)
    charts = [store.charts[chart] for chart in with_title(scope)]
    statements: list[Statement] = []
    for series in dict.fromkeys(chart.series for chart in charts):
        world = Chart(series, WORLD)
        if world in charts:
            statements += _of_chart(known, work, world)
        places = [c for c in charts if c.series == series and c.country is not None]
        if len(places) == 1:
            statements += _of_chart(known, work, places[0])
        elif places:
            statements += _of_places(known, work, series)
    if not statements:
        raise UnknownTitleError(f"{work} is on no usable list")
    return Report(work, summary(store), known.dates[-1], tuple(statements))


def _bare(text: object, work: Title, tail: str) -> str:
    """A figure's sentence without the title and the chart, which the page says once."""
    return str(text).removeprefix(f"{work}: ").removesuffix(f", {tail}")


def _of_chart(known: ChartHistory, work: Title, chart: Chart) -> Iterator[Statement]:
    section = f"{chart.name}, {chart.series.frequency.value}"
    only = known.select(series=chart.series, country=chart.place)

    def state(figure: Evidenced, meaning: str, lead: str = "") -> Statement:
        return Statement(section, lead + _bare(figure, work, chart.name), _MEANS[meaning], figure)

    everything = totals(only, work, top=None)
    if not everything:
        return
    reigns = streaks(only, work)
    if not reigns:
        yield _peak(evidence(only, everything[0]), section)
    else:
        yield state(reigns[0], "streak", "In a row: ")
        now = current_streak(only, work)
        if now is not None and now != reigns[0]:
            yield state(now, "streak", "At present, in a row: ")
        if len(reigns) > 1:
            yield state(totals(only, work)[0], "total")
        if work.released is not None and (first := days_from_release(only, work)) is not None:
            yield state(first, "release")
        if work.origin is not None:
            yield _order(only, work, section)
    yield state(everything[0], "total")


def _order(only: ChartHistory, work: Title, section: str) -> Statement:
    order = first_to_reach(only, origin=work.origin)
    place = order.position(work)
    before = [each.title for each in order.order if each.date < place.date]
    after = f", after {words.enumeration(before, 5)}" if before else ""
    doubt = f" ({words.ordinal(place.latest)} at worst)" if place.latest > place.position else ""
    lists = (
        f"; {words.quantity(order.unknown, 'list')} in between not usable" if order.unknown else ""
    )
    since = (
        f"since {order.since}, where the data begin" if order.censored else f"since {order.since}"
    )
    rank = f"{place.ordinal}{doubt} title {order.what} at No. 1"
    text = f"{rank}{after}, {since}{lists}"
    return Statement(section, text, _MEANS["order"], order)


def _peak(rows: list[RankSnapshot], section: str) -> Statement:
    best = min(rows, key=lambda row: (row.rank, row.date))
    when = best.chart.series.when(best.date)
    text = f"At No. 1 on no list in hand; its peak was No. {best.rank}, first {when}"
    basis = Basis(best.title, best.chart, best.date, best.date, best.rank)
    return Statement(section, text, _MEANS["peak"], basis)


def _of_places(known: ChartHistory, work: Title, series: ChartSeries) -> Iterator[Statement]:
    section = f"Countries: {series}"
    now = coverage(known, work, series=series)
    definition = _MEANS["coverage"]
    for text in _ranks(now):
        yield Statement(section, text, definition, now)
    peak = peak_coverage(known, work, series=series)
    if peak.at[-1].date != now.date and peak.count:
        yield Statement(section, _bare(peak, work, series.name), definition, peak)
    ever = coverage_ever(known, work, series=series)
    if ever.count > max(peak.count, now.count):
        yield Statement(section, _bare(ever, work, series.name), _MEANS["ever"], ever)


def _ranks(now: Coverage) -> Iterator[str]:
    """Where the title is at No. 1, at No. 2, in either, and anywhere on the list."""
    size = words.quantity(len(now.panel), "country")
    when = now.series.when(now.date)
    unknown = words.enumeration([c.name for c in now.unknown], 5) if now.unknown else ""
    bound = f" ({now.bounds[1]} at most: no usable list of {unknown})" if unknown else ""
    first, second = (now.by_rank.get(rank, ()) for rank in (1, 2))
    names = [", ".join(sorted(c.name for c in places)) for places in (first, second)]

    def most(count: int) -> str:
        return f" ({count + len(now.unknown)} at most)" if now.unknown else ""

    home = now.title.origin
    including = f", {home.name} among them" if home is not None and home in first else ""
    said = f"No. 1 in {len(first)} of {size}{bound} {when}{including}"
    yield said + (f": {names[0]}" if first else "")
    if second:
        others = "others" if first else "countries"
        yield f"No. 2 in {len(second)} {others}{most(len(second))}: {names[1]}"
        if first:
            both = len(first) + len(second)
            yield f"So one of the top two spots in {both} of {size}{most(both)}"
    yield f"Somewhere on the list in {len(now.ranks)} of {size}{most(len(now.ranks))}"
