"""Catalogues: which names are of one work, where it comes from, and when it was released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts._faces import face

if TYPE_CHECKING:
    from kcharts.catalogue._catalogue import Catalogue as Catalogue, Proposal as Proposal
    from kcharts.catalogue._entries import (
        Alias as Alias,
        CatalogueEntry as CatalogueEntry,
        Season as Season,
    )
else:
    __getattr__, __dir__, __all__ = face(
        __name__,
        {"_catalogue": "Catalogue Proposal", "_entries": "Alias CatalogueEntry Season"},
    )
