"""Totals: how many issues a title has been at a rank or better, never reset."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any, Unpack, final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.measures._results import Results, whose
from kcharts.measures._scope import check_top, scoped
from kcharts.measures._timeline import timeline
from kcharts.measures._where import Where, narrowed_by
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.columns.store import Store
from kcharts.model.history import ChartHistory
from kcharts.model.title import Title


@final
@public
@frozen
class Total:
    """The number of issues in which a title is at a rank or better: cumulative, never reset.

    Attributes:
        title: The work.
        chart: The chart.
        top: The rank that counts, or a better one; None is any place on the list.
        observed: How many published lists hold the title there.
        upper: That, and the issues due whose lists are not known.
        since: The first issue that the data cover.
        until: The last one.
    """

    title: Title
    chart: Chart
    top: int | None
    observed: int = field(validator=checks.count(0))
    upper: int
    since: dt.date
    until: dt.date

    def __attrs_post_init__(self) -> None:
        checks.check_order(self, "since", "until")
        checks.check_order(self, "observed", "upper")

    @property
    def unit(self) -> str:
        """The unit that issues are counted in: "day" or "week"."""
        return self.chart.series.frequency.unit

    def basis(self) -> Iterator[Basis]:
        """The rows that it rests on."""
        yield Basis(self.title, self.chart, self.since, self.until, self.top)

    def as_row(self) -> dict[str, Any]:
        """The total as named cells."""
        return {
            **whose(self.title, self.chart),
            "top": self.top,
            "observed": self.observed,
            "upper": self.upper,
            "since": self.since,
            "until": self.until,
        }

    def __str__(self) -> str:
        lacking = self.upper - self.observed
        bound = ""
        if lacking:
            lists = words.quantity(lacking, "list")
            bound = f" ({self.upper} at most: {lists} not usable)"
        head = (
            f"{self.title}: {words.quantity(self.observed, self.unit)} {words.at(self.top)} in all"
        )
        dates = self.chart.series.when(self.since, self.until)
        return f"{head}{bound}, counted {dates}, {self.chart.name}"


@public
@narrowed_by(Where)
def totals(
    history: ChartHistory,
    title: Title | str | None = None,
    /,
    *,
    top: int | None = 1,
    **where: Unpack[Where],
) -> Results[Total]:
    """How many issues each title has been at `top` or better, on each chart.

    Re-entries count on, nothing is ever reset: Netflix's "weeks in Top 10" and Billboard's
    "weeks on chart" are totals with `top=None`. Only PUBLISHED lists are counted.

    Args:
        history: The lists.
        title: A title, or its name; all titles where it is left out.
        top: The worst rank that counts; None is any place on the list.

    Returns:
        The totals above 0, largest first.

    Raises:
        UnknownTitleError: The history does not hold the title.
        UnknownChartError: It holds no chart that fits.

    >>> from kcharts import sample, totals
    >>> totals(sample(), "Squid Game", country="world")[0].observed
    47
    """
    scope = scoped(history, title, **where)
    check_top(top, scope)
    store, charts, titles = scope
    # In the order of results, so that sorting needs no key; each is a figure when asked for.
    raws: list[tuple[int, int, str, int]] = []
    for chart in charts:
        for code, count in counts(store, chart, top).items():
            if titles is None or code in titles:
                raws.append((-count, chart, store.titles[code].key, code))
    raws.sort()

    def make(raw: tuple[int, int, str, int]) -> Total:
        minus_count, chart, _, code = raw
        return total_of(store, chart, code, top, -minus_count)

    return Results(raws, make)


def total_of(store: Store, chart: int, code: int, top: int | None, observed: int) -> Total:
    """The total of a title that was counted."""
    times = timeline(store, chart)
    upper = observed + times.unknown
    return Total(store.titles[code], store.charts[chart], top, observed, upper, *times.due())


def counts(store: Store, chart: int, top: int | None) -> Counter[int]:
    """The number of published lists of a chart on which each title qualifies."""
    counts: Counter[int] = Counter()
    for low, high in store.published(chart, top=top):
        counts.update(set(store.title_codes[low:high]))
    return counts
