"""Rank charts as typed, exact, checkable statements.

How many days in a row a title was No. 1, in how many countries, since when: computed from
published lists, with bounds where the lists cannot tell.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcharts import records
    from kcharts.auditing import Finding, FindingKind, apply_findings, audit
    from kcharts.catalogue import Alias, Catalogue, CatalogueEntry, Proposal, Season
    from kcharts.errors import (
        AmbiguousChartError,
        AmbiguousTitleError,
        ConflictError,
        GapError,
        IncompleteListsWarning,
        KchartsError,
        KchartsWarning,
        NotAnIssueError,
        ParseErrors,
        Problem,
        RowError,
        UnknownChartError,
        UnknownCountryError,
        UnknownPeriodError,
        UnknownTitleError,
        UnsupportedBackendError,
    )
    from kcharts.formats._anything import read_table
    from kcharts.formats._detect import read
    from kcharts.measures import (
        Absence,
        Change,
        ChangeKind,
        ChartEntry,
        ChartRun,
        ChartTable,
        ChartTables,
        Coverage,
        CoverageEver,
        DaysFromRelease,
        Departure,
        FirstReached,
        FirstToReach,
        LeastPanel,
        Movement,
        MovementKind,
        PeakCoverage,
        PlaceRanks,
        Points,
        PointsBounds,
        Reached,
        Report,
        Results,
        Run,
        Statement,
        Streak,
        StreakTracker,
        Total,
        chart_runs,
        chart_table,
        chart_tables,
        coverage,
        coverage_ever,
        coverage_over_time,
        current_streak,
        days_from_release,
        evidence,
        first_reached,
        first_to_reach,
        least_panel,
        peak_coverage,
        points_bounds,
        points_chart,
        report,
        streaks,
        totals,
    )
    from kcharts.model.calendar import Calendar
    from kcharts.model.chart import Chart, ChartSeries, Frequency
    from kcharts.model.country import WORLD, Country, World
    from kcharts.model.history import ChartHistory
    from kcharts.model.snapshot import (
        Issue,
        IssueStatus,
        Metrics,
        RankSnapshot,
        Reported,
        SourceRef,
    )
    from kcharts.model.title import Title
    from kcharts.samples import korean_series, sample
    from kcharts.similarity import (
        KendallDistance,
        Overlap,
        RankBiasedOverlap,
        Ranking,
        kendall_distance,
        overlap,
        rank_biased_overlap,
        rbo_weight,
        similar_places,
        similarity_between,
        similarity_over_time,
    )
    from kcharts.sources.limits import Limits
    from kcharts.sources.report import ReadReport
    from kcharts.vintages._compare import Revisions, compare
    from kcharts.vintages._records import (
        ListRevision,
        Revision,
        RevisionKind,
        SeriesRevision,
    )

    __version__: str

__all__ = [
    "Absence",
    "Alias",
    "AmbiguousChartError",
    "AmbiguousTitleError",
    "Calendar",
    "Catalogue",
    "CatalogueEntry",
    "Change",
    "ChangeKind",
    "Chart",
    "ChartEntry",
    "ChartHistory",
    "ChartRun",
    "ChartSeries",
    "ChartTable",
    "ChartTables",
    "ConflictError",
    "Country",
    "Coverage",
    "CoverageEver",
    "DaysFromRelease",
    "Departure",
    "Finding",
    "FindingKind",
    "FirstReached",
    "FirstToReach",
    "Frequency",
    "GapError",
    "IncompleteListsWarning",
    "Issue",
    "IssueStatus",
    "KchartsError",
    "KchartsWarning",
    "KendallDistance",
    "LeastPanel",
    "Limits",
    "ListRevision",
    "Metrics",
    "Movement",
    "MovementKind",
    "NotAnIssueError",
    "Overlap",
    "ParseErrors",
    "PeakCoverage",
    "PlaceRanks",
    "Points",
    "PointsBounds",
    "Problem",
    "Proposal",
    "RankBiasedOverlap",
    "RankSnapshot",
    "Ranking",
    "Reached",
    "ReadReport",
    "Report",
    "Reported",
    "Results",
    "Revision",
    "RevisionKind",
    "Revisions",
    "RowError",
    "Run",
    "Season",
    "SeriesRevision",
    "SourceRef",
    "Statement",
    "Streak",
    "StreakTracker",
    "Title",
    "Total",
    "UnknownChartError",
    "UnknownCountryError",
    "UnknownPeriodError",
    "UnknownTitleError",
    "UnsupportedBackendError",
    "WORLD",
    "World",
    "apply_findings",
    "audit",
    "chart_runs",
    "chart_table",
    "chart_tables",
    "compare",
    "coverage",
    "coverage_ever",
    "coverage_over_time",
    "current_streak",
    "days_from_release",
    "evidence",
    "first_reached",
    "first_to_reach",
    "kendall_distance",
    "korean_series",
    "least_panel",
    "overlap",
    "peak_coverage",
    "points_bounds",
    "points_chart",
    "rank_biased_overlap",
    "rbo_weight",
    "read",
    "read_table",
    "records",
    "report",
    "sample",
    "similar_places",
    "similarity_between",
    "similarity_over_time",
    "streaks",
    "totals",
]

# Where each public name lives; its module is imported when the name is first asked for.
_HOMES = {
    "kcharts.catalogue": ("Alias", "Catalogue", "CatalogueEntry", "Proposal", "Season"),
    "kcharts.errors": (
        "AmbiguousChartError",
        "AmbiguousTitleError",
        "ConflictError",
        "GapError",
        "IncompleteListsWarning",
        "KchartsError",
        "KchartsWarning",
        "NotAnIssueError",
        "ParseErrors",
        "Problem",
        "RowError",
        "UnknownChartError",
        "UnknownCountryError",
        "UnknownPeriodError",
        "UnknownTitleError",
        "UnsupportedBackendError",
    ),
    "kcharts.formats._anything": ("read_table",),
    "kcharts.sources.limits": ("Limits",),
    "kcharts.formats._detect": ("read",),
    "kcharts.sources.report": ("ReadReport",),
    "kcharts.measures": (
        "Absence",
        "Change",
        "ChangeKind",
        "ChartEntry",
        "ChartRun",
        "ChartTable",
        "ChartTables",
        "Coverage",
        "CoverageEver",
        "DaysFromRelease",
        "Departure",
        "FirstReached",
        "FirstToReach",
        "LeastPanel",
        "Movement",
        "MovementKind",
        "PeakCoverage",
        "PlaceRanks",
        "Points",
        "PointsBounds",
        "Reached",
        "Report",
        "Results",
        "Run",
        "Statement",
        "Streak",
        "StreakTracker",
        "Total",
        "chart_runs",
        "chart_table",
        "chart_tables",
        "coverage",
        "coverage_ever",
        "coverage_over_time",
        "current_streak",
        "days_from_release",
        "evidence",
        "first_reached",
        "first_to_reach",
        "least_panel",
        "peak_coverage",
        "points_bounds",
        "points_chart",
        "report",
        "streaks",
        "totals",
    ),
    "kcharts.model.calendar": ("Calendar",),
    "kcharts.model.chart": ("Chart", "ChartSeries", "Frequency"),
    "kcharts.model.country": ("Country", "WORLD", "World"),
    "kcharts.model.history": ("ChartHistory",),
    "kcharts.model.snapshot": (
        "Issue",
        "IssueStatus",
        "Metrics",
        "RankSnapshot",
        "Reported",
        "SourceRef",
    ),
    "kcharts.model.title": ("Title",),
    "kcharts.auditing": ("Finding", "FindingKind", "apply_findings", "audit"),
    "kcharts.vintages._compare": ("Revisions", "compare"),
    "kcharts.vintages._records": (
        "ListRevision",
        "Revision",
        "RevisionKind",
        "SeriesRevision",
    ),
    "kcharts.samples": ("korean_series", "sample"),
    "kcharts.similarity": (
        "KendallDistance",
        "Overlap",
        "RankBiasedOverlap",
        "Ranking",
        "kendall_distance",
        "overlap",
        "rank_biased_overlap",
        "rbo_weight",
        "similar_places",
        "similarity_between",
        "similarity_over_time",
    ),
}
# Public modules that are names of the package.
_MODULES = ("records",)
_HOME = {name: module for module, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:  # a checker that saw it would accept any name

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version  # noqa: PLC0415  (costs more than kcharts)

            value = version("kcharts")
        elif name in _MODULES:
            value = import_module(f"{__name__}.{name}")
        elif name in _HOME:
            value = getattr(import_module(_HOME[name]), name)
        else:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
