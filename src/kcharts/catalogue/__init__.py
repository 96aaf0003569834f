"""Catalogues: which names are of one work, where it comes from, and when it was released."""

from __future__ import annotations

from kcharts.catalogue._catalogue import Catalogue
from kcharts.catalogue._entries import Alias, CatalogueEntry, Season
from kcharts.catalogue._proposing import Proposal

__all__ = ["Alias", "Catalogue", "CatalogueEntry", "Proposal", "Season"]
