"""The measures: pure functions from histories to figures.

Each module is imported when one of its names is first asked for.

>>> from kcharts import sample
>>> from kcharts.measures import streaks
>>> streaks(sample(), "Squid Game", country="world")[0].length
46
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.measures._coverage import (
        Coverage as Coverage,
        CoverageEver as CoverageEver,
        PeakCoverage as PeakCoverage,
        PlaceRanks as PlaceRanks,
        coverage as coverage,
        coverage_ever as coverage_ever,
        coverage_over_time as coverage_over_time,
        peak_coverage as peak_coverage,
    )
    from kcharts.measures._evidence import Basis as Basis, evidence as evidence
    from kcharts.measures._milestones import (
        DaysFromRelease as DaysFromRelease,
        FirstReached as FirstReached,
        FirstToReach as FirstToReach,
        Reached as Reached,
        days_from_release as days_from_release,
        first_reached as first_reached,
        first_to_reach as first_to_reach,
    )
    from kcharts.measures._points import (
        LeastPanel as LeastPanel,
        Points as Points,
        PointsBounds as PointsBounds,
        least_panel as least_panel,
        points_bounds as points_bounds,
        points_chart as points_chart,
    )
    from kcharts.measures._report import Report as Report, Statement as Statement, report as report
    from kcharts.measures._results import Results as Results
    from kcharts.measures._runs import (
        Absence as Absence,
        ChartRun as ChartRun,
        Run as Run,
        chart_runs as chart_runs,
    )
    from kcharts.measures._streaks import (
        Streak as Streak,
        current_streak as current_streak,
        streaks as streaks,
    )
    from kcharts.measures._table_columns import (
        ChartTables as ChartTables,
        chart_table as chart_table,
        chart_tables as chart_tables,
    )
    from kcharts.measures._tables import (
        ChartEntry as ChartEntry,
        ChartTable as ChartTable,
        Departure as Departure,
        Movement as Movement,
        MovementKind as MovementKind,
    )
    from kcharts.measures._totals import Total as Total, totals as totals
    from kcharts.measures._tracker import (
        Change as Change,
        ChangeKind as ChangeKind,
        StreakTracker as StreakTracker,
    )
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {
            "_coverage": (
                "Coverage CoverageEver PeakCoverage PlaceRanks coverage "
                "coverage_ever coverage_over_time peak_coverage"
            ),
            "_evidence": "Basis evidence",
            "_milestones": (
                "DaysFromRelease FirstReached FirstToReach Reached days_from_release "
                "first_reached first_to_reach"
            ),
            "_points": "LeastPanel Points PointsBounds least_panel points_bounds points_chart",
            "_report": "Report Statement report",
            "_results": "Results",
            "_runs": "Absence ChartRun Run chart_runs",
            "_streaks": "Streak current_streak streaks",
            "_table_columns": "ChartTables chart_table chart_tables",
            "_tables": "ChartEntry ChartTable Departure Movement MovementKind",
            "_totals": "Total totals",
            "_tracker": "Change ChangeKind StreakTracker",
        },
    )
