"""What a reader can be given, and what becomes of what it was given."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from kcharts.errors import ParseErrors
from kcharts.formats.netflix import read_countries
from kcharts.sources.limits import Limits
from kcharts.sources.source import Payload, Source, UnreadableError, load
from tests.formats.made import country_rows, tsv

DATA = tsv(country_rows())


class Opener:
    """An object with `open`, as importlib.resources has."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.opened: list[IO[Any]] = []

    def open(self, mode: str = "r", /) -> IO[Any]:
        stream: IO[Any] = self.path.open(mode)
        self.opened.append(stream)
        return stream


class Slow(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self.rest = data

    def read(self, size: int = -1, /) -> bytes:
        part, self.rest = self.rest[: min(size, 1000)], self.rest[min(size, 1000) :]
        return part


class FsPath(os.PathLike[str]):
    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return str(self.path)


SOURCES: dict[str, Callable[[Path], Any]] = {
    "path": lambda path: path,
    "text path": str,
    "PathLike": FsPath,
    "open": Opener,
    "binary handle": lambda path: path.open("rb"),
    "text handle": lambda path: path.open(encoding="utf-8"),
    "StringIO": lambda path: io.StringIO(path.read_text(encoding="utf-8")),
    "slow stream": lambda path: Slow(path.read_bytes()),
    "bytes": lambda path: path.read_bytes(),
    "payload": lambda path: Payload("x", path.read_bytes()),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lists.tsv"
    path.write_bytes(DATA)
    return path


@pytest.mark.parametrize("kind", SOURCES)
def test_every_kind_of_source_gives_the_same_history(kind: str, file: Path) -> None:
    source = SOURCES[kind](file)
    assert read_countries(source) == read_countries(DATA)
    if isinstance(source, io.IOBase):
        assert not source.closed
        source.close()


def test_what_the_reader_opens_it_closes(file: Path) -> None:
    opener = Opener(file)
    read_countries(opener)
    assert [stream.closed for stream in opener.opened] == [True]


def test_rows_are_named_by_file_and_line(file: Path) -> None:
    source = read_countries(file)[1].source
    assert source is not None
    assert str(source) in ("lists.tsv, line 3", "lists.tsv, line 13")
    with file.open("rb") as stream:
        again = read_countries(stream)[1].source
    assert again is not None
    assert again.name == "lists.tsv"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_size_is_capped_also_while_unpacking(pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ParseErrors, match=r"(?s)limit-exceeded.*larger than 1,000 bytes"):
        read_countries(pack(DATA), limits=Limits(file_bytes=1_000))
    assert len(read_countries(pack(DATA), limits=Limits(file_bytes=len(DATA)))) == 60


def test_an_endless_stream_is_stopped() -> None:
    with open("/dev/zero", "rb") as stream, pytest.raises(ParseErrors, match="limit-exceeded"):  # noqa: PTH123  (a device)
        read_countries(stream, limits=Limits(file_bytes=10_000))


@pytest.mark.parametrize("name", ["nowhere.tsv", "."])
def test_what_cannot_be_opened_keeps_the_systems_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(ParseErrors, match="unreadable-source") as caught:
        read_countries(tmp_path / name)
    assert isinstance(caught.value.__cause__, OSError)
    _, report = read_countries(tmp_path / name, on_error="collect")
    assert dict(report.counts) == {"unreadable-source": 1}


def test_a_path_with_nul_is_no_path() -> None:
    with pytest.raises(ParseErrors, match="unreadable-source"):
        read_countries("a\0b")


def test_text_in_place_of_a_path_is_told_how_to_be_given() -> None:
    with pytest.raises(ParseErrors, match=r"(?s)<text>: 1 problem.*text\.encode\(\)"):
        read_countries(DATA.decode())


def test_a_name_that_cannot_be_shown_is_shown_escaped(tmp_path: Path) -> None:
    path = tmp_path / "evil\x1b[31m.tsv"
    path.write_bytes(b"")
    with pytest.raises(ParseErrors) as caught:
        read_countries(path)
    assert "\x1b" not in str(caught.value)


def test_a_name_in_bytes_is_not_shown() -> None:
    stream = io.BytesIO(DATA)
    stream.name = 3  # a descriptor, as pipes have
    source = read_countries(stream)[0].source
    assert source is not None
    assert source.name == "<stream>"


def test_a_text_handle_in_another_encoding_is_told_to_be_binary(tmp_path: Path) -> None:
    path = tmp_path / "lists.tsv"
    path.write_bytes("Réunion".encode("latin-1"))
    with (
        path.open(encoding="utf-8") as stream,
        pytest.raises(ParseErrors, match=r'(?s)bad-encoding.*mode "rb"') as caught,
    ):
        read_countries(stream)
    assert isinstance(caught.value.__cause__, UnicodeDecodeError)


@pytest.mark.parametrize("source", [None, 3, ["a.tsv"]])
def test_nothing_to_read_from_is_a_type_error(source: Any) -> None:
    with pytest.raises(TypeError, match="expected a path"):
        read_countries(source)


def test_an_unknown_way_with_errors_is_refused() -> None:
    with pytest.raises(ValueError, match='"raise" or "collect"'):
        read_countries(DATA, on_error="ignore")  # type: ignore[call-overload]  # the point


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (zipped(a=DATA, b=DATA), "wrong-format", "one file, found 2: a, b"),
        (
            zipped(**{"[Content_Types].xml": b"<x/>", "b": b""}),
            "wrong-format",
            "that is not a workbook",
        ),
        (zipped(), "wrong-format", "an empty zip archive"),
        (zipped(**{"folder/": b""}), "wrong-format", "found 0: none"),
        (zipped(a=DATA)[:-30], "corrupt-file", "cannot be unpacked"),
        (zipped(a=gzip.compress(DATA)), "wrong-format", "inside another archive"),
        (gzip.compress(DATA)[:-20], "corrupt-file", "cannot be unpacked"),
        (b"\x1f\x8bnonsense that is no gzip", "corrupt-file", "cannot be unpacked"),
        (b"%PDF-1.4", "wrong-format", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1", "wrong-format", r"old Excel workbook \(.xls\)"),
        (b"PAR1", "wrong-format", "Parquet"),
        (b"BZh91AY", "wrong-format", "unpack or export"),
        (b"a.tsv".ljust(257, b"\0") + b"ustar\0", "wrong-format", "a tar archive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_text_is_named(data: bytes, code: str, said: str) -> None:
    with pytest.raises(ParseErrors, match=f"(?s){code}.*{said}"):
        read_countries(data)


def test_a_source_that_is_loaded_is_not_loaded_again() -> None:
    payload = Payload("name", b"\x1f\x8b")
    assert load(payload) is payload


def test_unreadable_sources_say_why() -> None:
    source: Source = b"%PDF"
    with pytest.raises(UnreadableError) as caught:
        load(source)
    assert pickle.loads(pickle.dumps(caught.value.problem)) == caught.value.problem


def test_a_list_dated_after_its_file_was_written_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(DATA)
    for day, codes in (("2022-01-01", ["future-date"]), ("2022-02-01", [])):
        moment = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
        os.utime(path, (moment, moment))
        history, report = read_countries(path, on_error="collect")
        assert [note.code for note in report.notes] == codes
        assert history == read_countries(DATA)
    assert not read_countries(DATA, on_error="collect")[1].notes
