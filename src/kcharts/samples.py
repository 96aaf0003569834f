"""What comes with kcharts: a reconstruction of the lists behind one report, and its works."""

from __future__ import annotations

from kcharts.catalogue import Catalogue
from kcharts.formats.kcharts_table import read_kcharts
from kcharts.model.history import ChartHistory


def sample() -> ChartHistory:
    """The bundled reconstruction, not published data.

    A daily series over 88 countries in which the figures hold that a news report of 2022-02-01
    gave for *All of Us Are Dead*. Only those figures are facts; which titles are around it is
    invented. Its `str`, and every report made of it, begin with that.

    >>> from kcharts import sample
    >>> str(sample()).startswith("A reconstruction, not published data")
    True
    """
    from importlib.resources import files  # noqa: PLC0415  (costs as much as all of kcharts)

    return read_kcharts(files("kcharts") / "data" / "samples" / "reconstruction.csv")


def korean_series() -> Catalogue:
    """A small catalogue: four Korean series that led Netflix's lists in 2021 and 2022.

    Their origin, the days on which they and their first seasons were released, and their Korean
    names. With it a history of titles that say nothing of their origin can be asked for the
    first from South Korea.

    >>> from kcharts import korean_series
    >>> for entry in korean_series():
    ...     print(entry, entry.released)
    Squid Game, TV, TV Show (오징어 게임) 2021-09-17
    Hellbound, TV, TV Show (지옥) 2021-11-19
    The Silent Sea, TV, TV Show (고요의 바다) 2021-12-24
    All of Us Are Dead, TV, TV Show (지금 우리 학교는) 2022-01-28
    """
    from importlib.resources import files  # noqa: PLC0415  (costs as much as all of kcharts)

    return Catalogue.from_tsv(files("kcharts") / "data" / "samples" / "korean_series.tsv")
