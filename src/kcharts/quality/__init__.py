"""What published lists are worth: what their publishers changed, and what does not add up."""

from kcharts.quality._revisions import Revisions, compare
from kcharts.quality._revisions_records import (
    ListRevision,
    Revision,
    RevisionKind,
    SeriesRevision,
)

__all__ = [
    "ListRevision",
    "Revision",
    "RevisionKind",
    "Revisions",
    "SeriesRevision",
    "compare",
]
