"""What a publisher changed afterwards: two vintages of one file, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.vintages._compare import Revisions as Revisions, compare as compare
    from kcharts.vintages._revisions import (
        ListRevision as ListRevision,
        Revision as Revision,
        RevisionKind as RevisionKind,
        SeriesRevision as SeriesRevision,
    )
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {
            "_compare": "Revisions compare",
            "_revisions": "ListRevision Revision RevisionKind SeriesRevision",
        },
    )
