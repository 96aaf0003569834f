"""What comes with kcharts: a reconstruction of the lists behind one report, and its works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kcharts.catalogue import Catalogue
from kcharts.formats.kcharts_table import read_kcharts
from kcharts.model.history import ChartHistory

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def sample() -> ChartHistory:
    """The bundled reconstruction, not published data.

    A daily series over 88 countries, built so that the figures of a news report of 2022-02-01 on
    *All of Us Are Dead* come out exactly. Only those figures are facts; the titles around it are
    invented. Its `str`, and every report made of it, begin with that.

    >>> from kcharts import sample
    >>> str(sample()).startswith("A reconstruction, not published data")
    True
    """
    return read_kcharts(_bundled("reconstruction.csv"))


def korean_series() -> Catalogue:
    """A small catalogue: four Korean series that led Netflix's lists in 2021 and 2022.

    Their origin, the days on which they and their first seasons were released, and their Korean
    names. A history whose titles do not say where they come from can be relabelled with it, and
    then asked for the first from South Korea.

    >>> from kcharts.samples import korean_series
    >>> for entry in korean_series():
    ...     print(entry, entry.released)
    Squid Game, TV, TV Show (오징어 게임) 2021-09-17
    Hellbound, TV, TV Show (지옥) 2021-11-19
    The Silent Sea, TV, TV Show (고요의 바다) 2021-12-24
    All of Us Are Dead, TV, TV Show (지금 우리 학교는) 2022-01-28
    """
    return Catalogue.from_tsv(_bundled("korean_series.tsv"))


def _bundled(name: str) -> Traversable:
    from importlib.resources import files  # noqa: PLC0415  (costs as much as all of kcharts)

    return files("kcharts") / "data" / "samples" / name
