"""What a publisher changed afterwards: two vintages of one file, compared."""

from kcharts.vintages._compare import Revisions, compare
from kcharts.vintages._records import ListRevision, Revision, RevisionKind, SeriesRevision

__all__ = [
    "ListRevision",
    "Revision",
    "RevisionKind",
    "Revisions",
    "SeriesRevision",
    "compare",
]
