"""The contract of a format finds what a stranger's reader does wrong."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, cast

import pytest
from attrs import evolve

from kcharts.errors import ParseErrors
from kcharts.formats import netflix
from kcharts.testing import check_format

READ: Callable[..., Any] = netflix.read_countries  # whatever the options


def strange(read: Callable[..., Any], **changes: Any) -> ModuleType:
    """A module with one layout of Netflix's, and a reader of its own."""
    module = ModuleType("a_package.singles")
    module.SPEC = evolve(  # type: ignore[attr-defined]
        netflix.SPEC, layouts=(evolve(netflix.SPEC.layouts[0], reader="read_singles", **changes),)
    )
    read.__name__, read.__module__, read.__doc__ = "read_singles", module.__name__, "Read."
    module.read_singles = read  # type: ignore[attr-defined]
    return module


def test_a_reader_that_keeps_every_promise_passes() -> None:
    def read(source: Any, /, **options: Any) -> Any:
        return READ(source, **options)

    check_format(strange(read))


def test_a_module_without_a_spec_is_told_so() -> None:
    with pytest.raises(AssertionError, match=r"empty: expected a constant SPEC"):
        check_format(ModuleType("empty"))


def test_a_layout_whose_reader_is_missing_is_told_so() -> None:
    def read(source: Any, /, **options: Any) -> Any:
        return READ(source, **options)

    module = strange(read)
    delattr(module, "read_singles")
    with pytest.raises(AssertionError, match="has no function read_singles"):
        check_format(module)


def loses_a_row(source: Any, /, *, on_error: str = "raise") -> Any:
    history, report = READ(source, on_error="collect")
    return (history, evolve(report, rows_read=max(0, report.rows_read - 1)))[
        : 1 + (on_error != "raise")
    ]


def raises_what_it_likes(source: Any, /, **options: Any) -> Any:
    try:
        return READ(source, **options)
    except ParseErrors as fault:
        raise KeyError("rank") from fault


def closes_the_file(source: Any, /, **options: Any) -> Any:
    answer = READ(source, **options)
    if hasattr(source, "close"):
        source.close()
    return answer


def takes_anything(source: Any, /, *, on_error: str = "raise") -> Any:
    answer = READ(source, on_error="collect")
    return answer if on_error == "collect" else answer[0]


@pytest.mark.parametrize(
    ("read", "broken"),
    [
        (loses_a_row, "reads its sample"),
        (raises_what_it_likes, "answers what it cannot read: KeyError"),
        (closes_the_file, "closes a file that it did not open"),
        (takes_anything, "it is accepted, but the report is not clean"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_a_reader_does_wrong_is_named(read: Callable[..., Any], broken: str) -> None:
    with pytest.raises(AssertionError, match=f"singles: all-weeks-countries: .*{broken}"):
        check_format(strange(read))


def test_a_sample_that_another_format_takes_is_named() -> None:
    def read(source: Any, /, **options: Any) -> Any:
        return cast("Callable[..., Any]", netflix.read_global)(source, **options)

    with pytest.raises(AssertionError, match="reads its sample"):
        check_format(strange(read))


def test_a_chart_that_says_it_is_none_is_named() -> None:
    def read(source: Any, /, **options: Any) -> Any:
        return READ(source, **options)

    with pytest.raises(AssertionError, match=r"kcharts\.read takes it, though"):
        check_format(strange(read, is_chart=False))


def test_a_sample_may_have_semicolons() -> None:
    def read(source: Any, /, **options: Any) -> Any:
        return READ(source, **options)

    check_format(strange(read, sample=netflix.SPEC.sample.replace("\t", ";")))


def test_a_layout_without_a_sample_is_told_so() -> None:
    def read(source: Any, /, **options: Any) -> Any:
        return READ(source, **options)

    with pytest.raises(AssertionError, match="the layout has no sample"):
        check_format(strange(read, sample=""))
