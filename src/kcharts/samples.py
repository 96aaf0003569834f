"""The bundled sample: a reconstruction of the lists behind one news report."""

from __future__ import annotations

from kcharts.formats.table import read_kcharts
from kcharts.model.history import ChartHistory


def sample() -> ChartHistory:
    """The bundled reconstruction, not published data.

    A daily series over 88 countries in which the figures hold that a news report of 2022-02-01
    gave for *All of Us Are Dead*. Only those figures are facts; which titles stand around it is
    invented. Its `str`, and every report made of it, begin with that.

    >>> from kcharts import sample
    >>> str(sample()).startswith("A reconstruction, not published data")
    True
    """
    from importlib.resources import files  # noqa: PLC0415  (costs as much as all of kcharts)

    return read_kcharts(files("kcharts") / "data" / "samples" / "reconstruction.csv")
