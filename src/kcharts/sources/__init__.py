"""From whatever a user names to a table of cells: files, workbooks, JSON, web pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.sources.limits import Limits as Limits
    from kcharts.sources.report import ReadReport as ReadReport
else:
    __getattr__, __dir__, __all__ = face(__name__, {"limits": "Limits", "report": "ReadReport"})
