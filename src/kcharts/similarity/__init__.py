"""Similarity: how alike two lists are, between places, dates and publishers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.similarity._many_lists import (
        similar_places as similar_places,
        similarity_between as similarity_between,
        similarity_over_time as similarity_over_time,
    )
    from kcharts.similarity._ranking import Ranking as Ranking
    from kcharts.similarity._two_lists import (
        KendallDistance as KendallDistance,
        Overlap as Overlap,
        RankBiasedOverlap as RankBiasedOverlap,
        kendall_distance as kendall_distance,
        overlap as overlap,
        rank_biased_overlap as rank_biased_overlap,
        rbo_weight as rbo_weight,
    )
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {
            "_many_lists": "similar_places similarity_between similarity_over_time",
            "_ranking": "Ranking",
            "_two_lists": (
                "KendallDistance Overlap RankBiasedOverlap "
                "kendall_distance overlap rank_biased_overlap rbo_weight"
            ),
        },
    )
