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
    from kcharts.measures._coverage import Coverage as Coverage
    from kcharts.measures._coverage import CoverageEver as CoverageEver
    from kcharts.measures._coverage import PeakCoverage as PeakCoverage
    from kcharts.measures._coverage import PlaceRanks as PlaceRanks
    from kcharts.measures._coverage import coverage as coverage
    from kcharts.measures._coverage import coverage_ever as coverage_ever
    from kcharts.measures._coverage import coverage_over_time as coverage_over_time
    from kcharts.measures._coverage import peak_coverage as peak_coverage
    from kcharts.measures._evidence import Basis as Basis
    from kcharts.measures._evidence import evidence as evidence
    from kcharts.measures._milestones import DaysFromRelease as DaysFromRelease
    from kcharts.measures._milestones import FirstReached as FirstReached
    from kcharts.measures._milestones import FirstToReach as FirstToReach
    from kcharts.measures._milestones import Reached as Reached
    from kcharts.measures._milestones import days_from_release as days_from_release
    from kcharts.measures._milestones import first_reached as first_reached
    from kcharts.measures._milestones import first_to_reach as first_to_reach
    from kcharts.measures._points import LeastPanel as LeastPanel
    from kcharts.measures._points import Points as Points
    from kcharts.measures._points import PointsBounds as PointsBounds
    from kcharts.measures._points import least_panel as least_panel
    from kcharts.measures._points import points_bounds as points_bounds
    from kcharts.measures._points import points_chart as points_chart
    from kcharts.measures._report import Report as Report
    from kcharts.measures._report import Statement as Statement
    from kcharts.measures._report import report as report
    from kcharts.measures._results import Results as Results
    from kcharts.measures._runs import Absence as Absence
    from kcharts.measures._runs import ChartRun as ChartRun
    from kcharts.measures._runs import Run as Run
    from kcharts.measures._runs import chart_runs as chart_runs
    from kcharts.measures._streaks import Streak as Streak
    from kcharts.measures._streaks import current_streak as current_streak
    from kcharts.measures._streaks import streaks as streaks
    from kcharts.measures._table_columns import ChartTables as ChartTables
    from kcharts.measures._table_columns import chart_table as chart_table
    from kcharts.measures._table_columns import chart_tables as chart_tables
    from kcharts.measures._tables import ChartEntry as ChartEntry
    from kcharts.measures._tables import ChartTable as ChartTable
    from kcharts.measures._tables import Departure as Departure
    from kcharts.measures._tables import Movement as Movement
    from kcharts.measures._tables import MovementKind as MovementKind
    from kcharts.measures._totals import Total as Total
    from kcharts.measures._totals import totals as totals
    from kcharts.measures._tracker import Change as Change
    from kcharts.measures._tracker import ChangeKind as ChangeKind
    from kcharts.measures._tracker import StreakTracker as StreakTracker
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
