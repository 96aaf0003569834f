"""FlixPatrol's samples cut up at random: a reader answers with a history or with ParseErrors."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, strategies as st

from kcharts import ParseErrors
from kcharts.formats import flixpatrol
from kcharts.reading.spec import Layout
from tests.formats.made import conserves

pytestmark = pytest.mark.filterwarnings(
    "ignore::kcharts.errors.IncompleteListsWarning"  # what is left of a list is seldom whole
)
_PIECES = re.compile(r"[A-Za-z0-9.–%-]+|\s+|.", re.DOTALL)
_ODD = st.sampled_from(
    [
        *("", "0", "-1", "11", "\x00", "\x1f", "\u202e", "\ud800", '"', "<", "</", "<tr>", "<h3>"),
        *("{", "]", "null", "1e5", "١", "2022-02-30", "Atlantis", "\n", "9" * 40, "TOP 10 Movies"),
    ]
)


@st.composite
def mutations(draw: st.DrawFn, text: str) -> bytes:
    """The text with up to six pieces cut out, made odd, swapped or said twice."""
    pieces = _PIECES.findall(text)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(pieces) - 1))
        other = draw(st.integers(0, len(pieces) - 1))
        match draw(st.sampled_from(("cut", "odd", "swap", "twice", "cut many", "end"))):
            case "cut":
                pieces[at] = ""
            case "odd":
                pieces[at] = draw(_ODD)
            case "swap":
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "twice":
                pieces[at] += pieces[other]
            case "cut many":
                pieces[at : at + draw(st.integers(1, 400))] = [""]
            case _:
                pieces[at + 1 :] = []
    return "".join(pieces).encode("utf-8", "surrogatepass")


def reader(layout: Layout) -> Any:
    return getattr(flixpatrol, layout.reader)


@pytest.mark.parametrize("layout", flixpatrol.SPEC.layouts, ids=lambda layout: layout.name)
@given(data=st.data())
def test_a_sample_cut_up_is_answered(layout: Layout, data: st.DataObject) -> None:
    content = data.draw(mutations(layout.sample))
    source = io.BytesIO(content)
    source.name = layout.file_name or "sample"
    read = reader(layout)
    assert conserves(read(source, on_error="collect"))
    source.seek(0)
    with suppress(ParseErrors):
        read(source)
