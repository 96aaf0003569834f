"""What published lists are worth: what does not add up in them, and what was changed afterwards."""

from kcharts.quality._audit import audit
from kcharts.quality._audit_apply import apply_findings as apply
from kcharts.quality._audit_finding import Finding, FindingKind
from kcharts.quality._revisions import Revisions, compare
from kcharts.quality._revisions_records import (
    ListRevision,
    Revision,
    RevisionKind,
    SeriesRevision,
)

__all__ = [
    "Finding",
    "FindingKind",
    "ListRevision",
    "Revision",
    "RevisionKind",
    "Revisions",
    "SeriesRevision",
    "apply",
    "audit",
    "compare",
]
