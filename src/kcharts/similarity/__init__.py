"""Similarity: how alike two lists are, between places, dates and publishers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcharts.similarity._many_lists import similar_places as similar_places
    from kcharts.similarity._many_lists import similarity_between as similarity_between
    from kcharts.similarity._many_lists import similarity_over_time as similarity_over_time
    from kcharts.similarity._ranking import Ranking as Ranking
    from kcharts.similarity._two_lists import KendallDistance as KendallDistance
    from kcharts.similarity._two_lists import Overlap as Overlap
    from kcharts.similarity._two_lists import RankBiasedOverlap as RankBiasedOverlap
    from kcharts.similarity._two_lists import kendall_distance as kendall_distance
    from kcharts.similarity._two_lists import overlap as overlap
    from kcharts.similarity._two_lists import rank_biased_overlap as rank_biased_overlap
    from kcharts.similarity._two_lists import rbo_weight as rbo_weight

# Where each public name lives; its module is imported when the name is first asked for.
_HOMES = {
    "_many_lists": ("similar_places", "similarity_between", "similarity_over_time"),
    "_ranking": ("Ranking",),
    "_two_lists": (
        "KendallDistance",
        "Overlap",
        "RankBiasedOverlap",
        "kendall_distance",
        "overlap",
        "rank_biased_overlap",
        "rbo_weight",
    ),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:  # a checker that saw it would accept any name
    __all__ = list(_HOME)

    def __getattr__(name: str) -> object:
        if name not in _HOME:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
