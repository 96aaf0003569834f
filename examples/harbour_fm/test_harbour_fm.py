"""Harbour FM's singles are read, and keep the promises of every reader of kcharts."""

import harbour_fm

import kcharts
from kcharts.testing import check_format


def test_the_format_keeps_every_promise() -> None:
    check_format(harbour_fm)


def test_the_sample_is_read_by_its_content() -> None:
    history = kcharts.read(harbour_fm.SPEC.sample.encode())
    [song, other] = history
    assert str(song.title) == "A Song by A Singer"
    assert song.reported.periods_on_chart == 5
    assert other.reported.last_rank is None
    assert history.calendar(song.chart.series) == harbour_fm.RECIPE.calendar
