"""Similarity: how alike two lists are, between places, dates and publishers."""

from __future__ import annotations

from kcharts.similarity._between import similar_places, similarity_between, similarity_over_time
from kcharts.similarity._kendall import KendallDistance, kendall_distance
from kcharts.similarity._overlap import Overlap, overlap
from kcharts.similarity._ranking import Ranking
from kcharts.similarity._rbo import RankBiasedOverlap, rank_biased_overlap, rbo_weight

__all__ = [
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
]
