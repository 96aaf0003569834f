"""What does not add up in published lists: every printed counter recomputed and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.auditing._audit import audit as audit
    from kcharts.auditing._finding import (
        Finding as Finding,
        FindingKind as FindingKind,
        apply_findings as apply_findings,
    )
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {"_audit": "audit", "_finding": "Finding FindingKind apply_findings"},
    )
