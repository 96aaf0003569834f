"""Records: the best figure of a window, its ties, its runners-up and its challengers.

Each function gives a `Record`: the best proved value, all figures that share it, those that come
next, and those that could equal or beat it by what the missing lists leave open. A record is one
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

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.records._counts import (
        Simultaneous as Simultaneous,
        TitlesOn as TitlesOn,
        most_countries as most_countries,
        most_simultaneous as most_simultaneous,
    )
    from kcharts.records._debuts import (
        ClimbToTop as ClimbToTop,
        Debut as Debut,
        highest_debut as highest_debut,
        longest_climb_to_top as longest_climb_to_top,
    )
    from kcharts.records._durations import (
        longest_streaks as longest_streaks,
        most_periods as most_periods,
    )
    from kcharts.records._moves import (
        Move as Move,
        biggest_climb as biggest_climb,
        biggest_fall as biggest_fall,
    )
    from kcharts.records._record import (
        Challenger as Challenger,
        Record as Record,
        Standing as Standing,
    )
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {
            "_counts": "Simultaneous TitlesOn most_countries most_simultaneous",
            "_debuts": "ClimbToTop Debut highest_debut longest_climb_to_top",
            "_durations": "longest_streaks most_periods",
            "_moves": "Move biggest_climb biggest_fall",
            "_record": "Challenger Record Standing",
        },
    )
