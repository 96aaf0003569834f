"""Records: the best figure of a window, its ties, its runners-up and its challengers.

Each function gives a `Record`: the best proved value, all figures that share it, those that come
next, and those that could equal or beat it by what the lists in hand leave open. A record is one
of its window: the issues that the data cover, up to `as_of`. On the lists asked for (`country`,
`series`, `category`) it is sought among all titles, or among those of a class: `origin`, `among`
or `where`. For a window that begins later, ask `history.select(start=...)`. A history that is
narrowed to titles is refused, since it does not say what the others did.

>>> from kcharts import records, sample
>>> found = records.longest_streaks(sample(), country="world")
>>> found.value, found.unit, [str(each.title) for each in found.holders]
(46, 'day', ['Squid Game'])
>>> [f"{each.subject}: {each.bound}" for each in found.challengers]
['Show 13: no bound']
"""

from kcharts.records._climbing import ClimbToTop, longest_climb_to_top
from kcharts.records._debuts import Debut, highest_debut
from kcharts.records._lasting import longest_streaks, most_periods
from kcharts.records._moving import Move, biggest_climb, biggest_fall
from kcharts.records._record import Challenger, Record, Standing
from kcharts.records._spreading import most_countries
from kcharts.records._together import Simultaneous, TitlesOn, most_simultaneous

__all__ = [
    "Challenger",
    "ClimbToTop",
    "Debut",
    "Move",
    "Record",
    "Simultaneous",
    "Standing",
    "TitlesOn",
    "biggest_climb",
    "biggest_fall",
    "highest_debut",
    "longest_climb_to_top",
    "longest_streaks",
    "most_countries",
    "most_periods",
    "most_simultaneous",
]
