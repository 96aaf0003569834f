"""Charts: which list of which publisher, for which place."""

import datetime as dt
from enum import Enum
from typing import Literal, NamedTuple, final

from attrs import field, frozen

from kcharts._faces import public
from kcharts.model import _checks as checks
from kcharts.model.country import WORLD, Country, World


@final
@public
class Frequency(Enum):
    """How often a chart is issued.

    >>> Frequency("weekly").unit
    'week'
    """

    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def unit(self) -> str:
        """What a sentence calls the time of one issue: "day" or "week"."""
        return "day" if self is Frequency.DAILY else "week"

    def __repr__(self) -> str:
        return f"Frequency.{self.name}"


Dated = Literal["period", "issue"]


class DateWords(NamedTuple):
    """The words before one date, before a span of dates, and before several."""

    one: str
    span: str
    several: str


_ISSUES = DateWords("on the chart dated", "charts dated", "on the charts dated")
_PERIODS = {
    Frequency.DAILY: DateWords("on", "", "on"),
    Frequency.WEEKLY: DateWords("in the week ending", "weeks ending", "in the weeks ending"),
}


@final
@public
# Charts and series are keys of dictionaries everywhere, so that their hashes are kept.
@frozen(cache_hash=True)
class ChartSeries:
    """The same chart in every place: one publisher, platform, category and frequency.

    Attributes:
        publisher: Who computes and issues the lists, such as "FlixPatrol".
        platform: Where the titles were watched or heard, such as "Netflix".
        category: The list's category as printed, such as "TV".
        frequency: How often it is issued.
        depth: How many ranks a full list has.
        dated: What the date of an issue is: "period", the day or the last day of the week that
            it measures; "issue", a date printed on it, as the Hot 100 is dated days after the
            week that it measures.

    >>> print(ChartSeries("FlixPatrol", "Netflix", "TV", Frequency.DAILY))
    Netflix TV by FlixPatrol, daily
    """

    publisher: str = field(validator=checks.text)
    platform: str = field(validator=checks.text)
    category: str = field(validator=checks.text)
    frequency: Frequency = field(validator=checks.a(Frequency, "a Frequency"))
    depth: int = field(default=10, validator=checks.count(1))
    dated: Dated = field(default="period", kw_only=True, validator=checks.choice("period", "issue"))

    @property
    def name(self) -> str:
        """The series in a sentence, without its frequency."""
        base = f"{self.platform} {self.category}"
        return base if self.publisher == self.platform else f"{base} by {self.publisher}"

    def when(self, start: dt.date, end: dt.date | None = None) -> str:
        """The date of an issue in a sentence, or the dates of the issues from one to another.

        >>> weekly = ChartSeries("Netflix", "Netflix", "TV", Frequency.WEEKLY)
        >>> weekly.when(dt.date(2022, 1, 30))
        'in the week ending 2022-01-30'
        >>> weekly.when(dt.date(2022, 1, 30), dt.date(2022, 2, 6))
        'weeks ending 2022-01-30 to 2022-02-06'
        """
        checks.check_day("start", start)
        if end is not None:
            checks.check_day("end", end)
        words = self.date_words
        if end is None or end <= start:
            return f"{words.one} {start}"
        # Days need no words before them: "2022-01-30 to 2022-01-31".
        return f"{words.span} {start} to {end}".lstrip()

    @property
    def date_words(self) -> DateWords:
        """The words before dates of the series in a sentence."""
        return _ISSUES if self.dated == "issue" else _PERIODS[self.frequency]

    def __str__(self) -> str:
        return f"{self.name}, {self.frequency.value}"


@final
@public
@frozen(cache_hash=True)
class Chart:
    """A ranked list that a publisher issues for one place.

    Attributes:
        series: The chart's series.
        place: The country, or `WORLD` for the world-wide list.

    >>> series = ChartSeries("Netflix", "Netflix", "TV", Frequency.WEEKLY)
    >>> print(Chart(series, Country("US")))
    Netflix TV in the United States, weekly
    """

    series: ChartSeries = field(validator=checks.a(ChartSeries, "a ChartSeries"))
    place: Country | World = field(
        validator=checks.a((Country, World), 'a Country such as Country("KR"), or WORLD')
    )

    @property
    def country(self) -> Country | None:
        """The country, or None for the world-wide chart."""
        return self.place if isinstance(self.place, Country) else None

    @property
    def code(self) -> str:
        """The place's ISO 3166-1 code, or "WORLD"."""
        return self.place.alpha2 if isinstance(self.place, Country) else "WORLD"

    @property
    def name(self) -> str:
        """The chart in a sentence, without its frequency."""
        series, place = self.series, self.place
        where = place.in_sentence if isinstance(place, Country) else str(WORLD)
        # FlixPatrol has lists of Netflix too, which must not pass for Netflix's own.
        by = "" if series.publisher == series.platform else f" (by {series.publisher})"
        return f"{series.platform} {series.category} in {where}{by}"

    @property
    def sort_key(self) -> tuple[tuple[str, str, str, str, int, str], str]:
        """The order of charts: by series, the world first, then by code."""
        s = self.series
        series = s.publisher, s.platform, s.category, s.frequency.value, s.depth, s.dated
        return series, "" if self.place is WORLD else self.code

    def __str__(self) -> str:
        return f"{self.name}, {self.series.frequency.value}"
