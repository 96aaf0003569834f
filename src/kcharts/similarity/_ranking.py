"""What is compared: an order of titles, taken from a list or given as it is."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast, final

import attrs
from attrs import field, frozen

from kcharts._faces import public
from kcharts.errors import GapError
from kcharts.measures import _words as words
from kcharts.measures._evidence import Basis
from kcharts.model import _checks as checks
from kcharts.model.chart import Chart
from kcharts.model.snapshot import Issue, IssueStatus
from kcharts.model.title import Title

Order: TypeAlias = tuple[tuple[Hashable, int], ...]


def _check_order(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    where = f"{type(instance).__name__}.{attribute.name}"
    if not isinstance(value, tuple):
        expected = "pairs in a tuple; Ranking.of takes names in a row"
        raise checks.refuse(where, expected, value, kind=TypeError)
    order, before = cast("Order", value), 0
    for position, (item, rank) in enumerate(order, start=1):
        if rank not in (position, before):
            expected = f"rank {position}, or {before} as the one above"
            raise checks.refuse(where, expected, (item, rank))
        before = rank
    if len({item for item, _ in order}) < len(order):
        raise checks.refuse(where, "each title once", [item for item, _ in order])


@final
@public
@frozen(repr=False)
class Ranking:
    """An order of titles, the best first, in which some may share a rank.

    Attributes:
        order: The titles with their ranks: one more than there are titles above (1, 2, 2, 4).
        chart: The chart, of a list.
        date: The issue's date, of a list.

    >>> len(Ranking.of(["A Film", "B Film"]))
    2
    >>> Ranking.of({"A Film": 1, "B Film": 3, "C Film": 3}).order
    (('A Film', 1), ('B Film', 2), ('C Film', 2))
    """

    order: Order = field(validator=_check_order)
    chart: Chart | None = None
    date: dt.date | None = None

    @classmethod
    def of(cls, source: "Rankable", /) -> "Ranking":
        """The order of an issue, of names in a row, or of names with their ranks.

        Only the order counts: ranks that nobody holds are closed up. A title that is twice
        on a list counts at its better rank. Of an issue that is not PUBLISHED nothing is known:
        its order is empty.

        Raises:
            TypeError: What is given has no order, such as a set, or is a single text.
            ValueError: A name is twice in a row of names.
        """
        return ranking_of(source, "source")

    def __len__(self) -> int:
        return len(self.order)

    @property
    def name(self) -> str:
        """What it is in a sentence."""
        if self.chart is None:
            return f"an order of {words.quantity(len(self), 'title')}"
        return self.chart.name

    @property
    def when(self) -> str:
        """When the list was, in a sentence; empty where it is none."""
        if self.chart is None or self.date is None:
            return ""
        return self.chart.series.when(self.date)

    def upto(self, rank: int) -> dict[Hashable, int]:
        """The titles at a rank or better."""
        checks.check_count("rank", rank)
        return {item: held for item, held in self.order if held <= rank}

    def basis(self, top: int | None = None) -> Iterator[Basis]:
        """The rows of the list at a rank or better; nothing where it is none."""
        if top is not None:
            checks.check_count("top", top)
        if self.chart is not None and self.date is not None:
            for item, rank in self.order:
                if isinstance(item, Title) and (top is None or rank <= top):
                    yield Basis(item, self.chart, self.date, self.date, None)

    def __str__(self) -> str:
        return f"{self.name}, {self.when}" if self.when else self.name

    def __repr__(self) -> str:
        if self.chart is None:
            return f"Ranking.of({dict(self.order)!r})"
        return f"Ranking({self.order!r}, {self.chart!r}, {self.date!r})"


Rankable: TypeAlias = "Issue | Ranking | Sequence[Hashable] | Mapping[Any, int]"


def ranking_of(source: Rankable, where: str) -> Ranking:
    """The order of what an argument gives; `where` is its name."""
    if isinstance(source, Ranking):
        return source
    if isinstance(source, Issue):
        return Ranking(_of_issue(source), source.chart, source.date)
    if isinstance(source, Mapping):
        return Ranking(numbered(source.items(), where))
    if isinstance(source, (str, bytes)) or not isinstance(source, Sequence):
        expected = "an Issue, names in a row, or names with their ranks"
        raise checks.refuse(where, expected, source, kind=TypeError)
    return Ranking(numbered((item, rank) for rank, item in enumerate(source, start=1)))


def _of_issue(issue: Issue) -> Order:
    if issue.status is not IssueStatus.PUBLISHED:
        return ()
    best: dict[Hashable, int] = {}
    for row in issue.rows:
        best.setdefault(row.title, row.rank)
    return numbered(best.items())


def numbered(ranked: Iterable[tuple[Hashable, int]], where: str = "ranking") -> Order:
    """The order with ranks counted from it: 1, 2, 2, 4."""
    listed = list(ranked)
    for _, rank in listed:
        checks.check_count(f"{where}, a rank", rank, 1)
    order: list[tuple[Hashable, int]] = []
    held = counted = 0
    for position, (item, rank) in enumerate(sorted(listed, key=lambda pair: pair[1]), start=1):
        if rank != held:
            held, counted = rank, position
        order.append((item, counted))
    return tuple(order)


def pair(left: Rankable, right: Rankable) -> tuple[Ranking, Ranking]:
    """Both orders, of things that can be equal.

    Raises:
        TypeError: One is a list, whose titles no text of the other can equal.
    """
    one, other = ranking_of(left, "left"), ranking_of(right, "right")
    if (one.chart is None) != (other.chart is None):
        where, plain = ("left", one) if one.chart is None else ("right", other)
        for item, _ in plain.order:
            if not isinstance(item, Title):
                expected = "titles, as the other order is that of a list"
                raise checks.refuse(where, expected, item, kind=TypeError)
    return one, other


def known(left: Rankable, right: Rankable) -> tuple[Ranking, Ranking]:
    """Both orders, refused where nothing is known of one.

    Raises:
        GapError: A list is missing, or not usable.
        ValueError: An order has no title.
    """
    both = pair(left, right)
    given = ("left", left), ("right", right)
    for (where, source), each in zip(given, both, strict=True):
        if not each.order and each.chart is not None:
            raise GapError(f"no usable list of {each}")
        if not each.order:
            raise checks.refuse(where, "one title at least", source)
    return both


def named(left: Ranking, right: Ranking) -> str:
    """What is compared, in a sentence."""
    if left.chart is None or right.chart is None:
        return f"{left} and {right}"
    if left.chart == right.chart:
        return f"{left.name}, {left.when} and {right.when}"
    if left.when == right.when:
        return f"{left.name} and {right.name}, {left.when}"
    return f"{left}, and {right}"


def columns(left: Ranking, right: Ranking) -> dict[str, Any]:
    """What is compared, as named cells."""
    return {
        "chart": left.name,
        "date": left.date,
        "other": right.name,
        "other_date": right.date,
    }
