"""What reading a catalogue takes: a source's text, its cells as values, and all that is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import IO, Any, NamedTuple, Protocol, TypeAlias

from attrs import field, frozen

from kcharts.catalogue._entries import CatalogueEntry
from kcharts.catalogue._keys import key_faults
from kcharts.errors import KchartsError, ParseErrors, Problem, RowError
from kcharts.model import _checks as checks
from kcharts.model.country import Country


class Openable(Protocol):
    """Anything with an `open` method: an `importlib.resources` file, say."""

    def open(self, mode: Any = "r", /) -> IO[Any]:
        """The file, opened."""
        ...


Source: TypeAlias = str | os.PathLike[str] | bytes | IO[str] | IO[bytes] | Openable


class Place(NamedTuple):
    """Where something stands in a source: on a line, or at a path within JSON."""

    line: int | None
    path: str = ""

    def column(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


@frozen
class Reading:
    """One source, and all that is wrong with it."""

    source: str
    problems: list[Problem] = field(factory=list[Problem])

    def note(
        self,
        code: str,
        message: str,
        place: Place,
        *,
        column: str | None = None,
        value: object = None,
        hint: str | None = None,
    ) -> None:
        named = None if column is None else place.column(column)
        text = None if value is None else str(value)
        self.problems.append(
            Problem(code, message, self.source, place.line, named or place.path or None, text, hint)
        )

    def finish(self) -> None:
        """Raise if anything is wrong."""
        if not self.problems:
            return
        count = len(self.problems)
        head = f"{self.source}: {'1 problem' if count == 1 else f'{count:,} problems'}"
        lines = [f"  {_told(problem)}" for problem in self.problems[:_SHOWN]]
        lines += [f"  ... and {count - _SHOWN:,} more"] if count > _SHOWN else []
        errors = [RowError(problem) for problem in self.problems[:_KEPT]]
        raise ParseErrors("\n".join([head, *lines]), errors)


_SHOWN, _KEPT = 5, 1_000


def _told(problem: Problem) -> str:
    # Within JSON there is no line: the column is the path to the value.
    parts = [] if problem.line is None else [f"line {problem.line:,}"]
    if problem.column is not None:
        parts.append(f"column {problem.column}" if parts else problem.column)
    where = ", ".join(parts)
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{where}: {problem.message}{hint}" if where else f"{problem.message}{hint}"


# -- text ---------------------------------------------------------------------------------------


def _name(source: Any) -> str:
    if isinstance(source, bytes):
        return "<bytes>"
    is_path = isinstance(source, str) or hasattr(source, "__fspath__")
    named = source if is_path else getattr(source, "name", None)
    return PurePath(os.fspath(named)).name if isinstance(named, str | os.PathLike) else "<stream>"


def _content(source: Any) -> bytes | str:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        with open(source, "rb") as stream:  # noqa: PTH123  (a PathLike need not be a Path)
            return stream.read()
    if hasattr(source, "read"):
        return source.read()  # type: ignore[no-any-return]  # a handle gives either
    if hasattr(source, "open"):
        with source.open("rb") as stream:
            return stream.read()  # type: ignore[no-any-return]  # opened for bytes
    raise checks.refuse(
        "source", "a path, an object with open or read, or bytes", source, kind=TypeError
    )


def text_of(source: Source) -> tuple[Reading, str]:
    """The text of a source, without a byte order mark."""
    reading = Reading(_name(source))
    text = ""
    try:
        content = _content(source)
        text = content if isinstance(content, str) else content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        reading.note("bad-encoding", "is no UTF-8", Place(line), hint="save it as UTF-8")
    except (OSError, ValueError) as fault:  # a ValueError is a path with NUL, or a closed handle
        reason = (isinstance(fault, OSError) and fault.strerror) or str(fault)
        reading.note("unreadable-source", f"cannot be opened: {reason}", Place(None))
    text = text.removeprefix("\ufeff")
    if not reading.problems and not text.strip():
        reading.note("empty-file", "the file is empty", Place(None))
    reading.finish()
    return reading, text


# -- values -------------------------------------------------------------------------------------

_ISO_HINT = "write it as YYYY-MM-DD"


def _country(value: str) -> Country:
    return Country.parse(value) if len(value) != _CODE else Country(value)


_CODE = 2
_MAKERS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "released": (checks.as_day, _ISO_HINT),
    "start": (checks.as_day, _ISO_HINT),
    "end": (checks.as_day, _ISO_HINT),
    "origin": (_country, "write a code of ISO 3166-1, such as KR"),
}
LISTS = ("kinds", "ids")


def _made(reading: Reading, place: Place, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as values; what is wrong with one is noted, and the field left out."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        make, hint = _MAKERS.get(name, (None, None))
        try:
            if make is not None and isinstance(value, str):
                found[name] = make(value)
            elif name in LISTS and isinstance(value, list):
                found[name] = tuple(value)  # pyright: ignore[reportUnknownArgumentType]  # checked by the entry
            elif make is not None or name in LISTS:
                expected = "a list of texts" if name in LISTS else "text"
                raise checks.refuse(name, expected, value, kind=TypeError)
            else:
                found[name] = value
        except (TypeError, ValueError) as fault:
            reading.note(
                "bad-value",
                said(fault),
                place,
                column=name,
                value=value,  # pyright: ignore[reportUnknownArgumentType]  # whatever JSON holds
                hint=hint,
            )
    return found


def said(fault: Exception) -> str:
    return fault.message if isinstance(fault, KchartsError) else str(fault)


def built(
    reading: Reading, place: Place, kind: Callable[..., Any], fields: Mapping[str, Any]
) -> Any:
    """The value that the fields make, or None where it is refused."""
    before = len(reading.problems)
    made = _made(reading, place, fields)
    if len(reading.problems) > before:
        return None
    try:
        return kind(**made)
    except (TypeError, ValueError) as fault:
        reading.note("bad-value", said(fault), place)
        return None


def check_keys(reading: Reading, found: list[tuple[Place, CatalogueEntry]]) -> None:
    """Note the keys that do not tell their works apart."""
    for fault in key_faults([entry for _, entry in found]):
        (place, entry), (other, _) = found[fault.entry], found[fault.other]
        where = f"on line {other.line:,}" if other.line else f"at {other.path}"
        column = "key" if fault.text == entry.key else "ids"
        reading.note(
            fault.code,
            fault.told(where),
            place,
            column=column,
            value=fault.text,
            hint=fault.hint,
        )
