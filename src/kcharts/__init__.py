"""Rank charts as typed, exact, checkable statements.

How many days in a row a title was No. 1, in how many countries, since when: computed from
published lists, with bounds where the lists cannot tell.

The names here are what most people need. Everything else is in a public submodule, which
`import kcharts` finds without a further import: `kcharts.formats.netflix.read_countries`,
`kcharts.records.longest_streaks`, `kcharts.errors.GapError`.
"""

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts import (
        auditing as auditing,
        catalogue as catalogue,
        errors as errors,
        formats as formats,
        measures as measures,
        model as model,
        reading as reading,
        records as records,
        samples as samples,
        similarity as similarity,
        testing as testing,
        vintages as vintages,
    )
    from kcharts.auditing import apply_findings as apply_findings, audit as audit
    from kcharts.catalogue import Catalogue as Catalogue
    from kcharts.errors import KchartsError as KchartsError, ParseErrors as ParseErrors
    from kcharts.formats._anything import read_table as read_table
    from kcharts.formats._detect import read as read
    from kcharts.measures import (
        Coverage as Coverage,
        Results as Results,
        Streak as Streak,
        StreakTracker as StreakTracker,
        Total as Total,
        chart_runs as chart_runs,
        chart_table as chart_table,
        chart_tables as chart_tables,
        coverage as coverage,
        coverage_ever as coverage_ever,
        coverage_over_time as coverage_over_time,
        current_streak as current_streak,
        days_from_release as days_from_release,
        evidence as evidence,
        first_reached as first_reached,
        first_to_reach as first_to_reach,
        least_panel as least_panel,
        peak_coverage as peak_coverage,
        points_bounds as points_bounds,
        points_chart as points_chart,
        report as report,
        streaks as streaks,
        totals as totals,
    )
    from kcharts.model import (
        WORLD as WORLD,
        Calendar as Calendar,
        Chart as Chart,
        ChartHistory as ChartHistory,
        ChartSeries as ChartSeries,
        Country as Country,
        Frequency as Frequency,
        Issue as Issue,
        IssueStatus as IssueStatus,
        Metrics as Metrics,
        RankSnapshot as RankSnapshot,
        Reported as Reported,
        SourceRef as SourceRef,
        Title as Title,
    )
    from kcharts.reading import Limits as Limits, ReadReport as ReadReport
    from kcharts.samples import sample as sample
    from kcharts.vintages import compare as compare

    __all__: list[str]
    __version__: str
else:
    _MODULES = [
        "auditing",
        "catalogue",
        "errors",
        "formats",
        "measures",
        "model",
        "reading",
        "records",
        "samples",
        "similarity",
        "testing",
        "vintages",
    ]
    _find, __dir__, __all__ = face(
        __name__,
        {
            "kcharts.auditing": "apply_findings audit",
            "kcharts.catalogue": "Catalogue",
            "kcharts.errors": "KchartsError ParseErrors",
            "kcharts.formats._anything": "read_table",
            "kcharts.formats._detect": "read",
            "kcharts.measures": (
                "Coverage Results Streak StreakTracker Total chart_runs chart_table "
                "chart_tables coverage coverage_ever coverage_over_time current_streak "
                "days_from_release evidence first_reached first_to_reach least_panel "
                "peak_coverage points_bounds points_chart report streaks totals"
            ),
            "kcharts.model": (
                "Calendar Chart ChartHistory ChartSeries Country Frequency Issue IssueStatus "
                "Metrics RankSnapshot Reported SourceRef Title WORLD"
            ),
            "kcharts.reading": "Limits ReadReport",
            "kcharts.samples": "sample",
            "kcharts.vintages": "compare",
        },
        modules=_MODULES,
        # Not in testing: it needs Hypothesis, and has strategies, not the things themselves.
        search=[f"{__name__}.{module}" for module in _MODULES if module != "testing"],
        moved={"quality": "kcharts.auditing and kcharts.vintages"},
    )

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version  # noqa: PLC0415  (costs more than kcharts)

            return version("kcharts")
        return _find(name)
