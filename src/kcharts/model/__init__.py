"""The values: countries, titles, charts, calendars, snapshots and histories.

>>> from kcharts.model import Title
>>> print(Title("Dynamite", by="BTS"))
Dynamite by BTS
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.model.calendar import Calendar as Calendar
    from kcharts.model.chart import (
        Chart as Chart,
        ChartSeries as ChartSeries,
        Frequency as Frequency,
    )
    from kcharts.model.country import WORLD as WORLD, Country as Country, World as World
    from kcharts.model.history import ChartHistory as ChartHistory
    from kcharts.model.snapshot import (
        Issue as Issue,
        IssueStatus as IssueStatus,
        Metrics as Metrics,
        RankSnapshot as RankSnapshot,
        Reported as Reported,
        SourceRef as SourceRef,
    )
    from kcharts.model.title import Title as Title
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {
            "calendar": "Calendar",
            "chart": "Chart ChartSeries Frequency",
            "country": "Country WORLD World",
            "history": "ChartHistory",
            "snapshot": "Issue IssueStatus Metrics RankSnapshot Reported SourceRef",
            "title": "Title",
        },
        modules=("calendar", "chart", "country", "history", "snapshot", "title"),
    )
