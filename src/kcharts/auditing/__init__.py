"""What does not add up in published lists: every printed counter recomputed and explained."""

from kcharts.auditing._apply import apply_findings
from kcharts.auditing._audit import audit
from kcharts.auditing._finding import Finding, FindingKind

__all__ = ["Finding", "FindingKind", "apply_findings", "audit"]
