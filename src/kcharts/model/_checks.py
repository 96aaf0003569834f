"""Validators that refuse a wrong value with field, expectation and value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast

import attrs

Item = TypeVar("Item")

# VT, U+0085 and U+2028 stay: real titles hold them, and no reader takes them for a line's end.
UNPRINTABLE = re.compile("[\x00-\x0a\x0c-\x1f\x7f\u202d\u202e]")
# A cell can be long: an unclosed quote swallows the rest of a file.
SHOWN = 200
SURROGATE = re.compile("[\ud800-\udfff]")


def show(value: object) -> str:
    """The value as an error shows it: its repr, cut at 200 characters.

    >>> show("x" * 300)[-24:]
    'xxxx... (302 characters)'
    """
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}... ({len(text):,} characters)"


def refuse(
    where: str, expected: str, value: object, *, kind: type[Exception] = ValueError
) -> Exception:
    """The error that says which field expected what and what it found."""
    return kind(f"{where}: expected {expected}, found {show(value)}")


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: white space and format characters only."""
    if text.isascii():
        return not text or text.isspace()
    return not any(not c.isspace() and unicodedata.category(c) != "Cf" for c in text)


def text_fault(text: str) -> str | None:
    """What makes a text unfit for a name, or None: its code among the readers' codes."""
    # Most names are plain ASCII: readers ask for every cell, and the searches below are slow.
    if text.isprintable() and not text.isspace() and text.isascii():
        return None if text else "empty-title"
    if SURROGATE.search(text):
        return "bad-text"
    if UNPRINTABLE.search(text):
        return "control-character"
    return "empty-title" if is_blank(text) else None


_FAULTS = {
    "bad-text": "text without lone surrogates",
    "control-character": "text without control or bidi-override characters",
    "empty-title": "text that shows something",
}


def _where(instance: object, attribute: attrs.Attribute[Any]) -> str:
    return f"{type(instance).__name__}.{attribute.name}"


def text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """A printable, visible string."""
    check_text(_where(instance, attribute), value)
    fault = text_fault(str(value))
    if fault:
        raise refuse(_where(instance, attribute), _FAULTS[fault], value)


def check_kind(where: str, value: object, kind: type | tuple[type, ...], expected: str) -> None:
    """Raise unless the value is of a type, which type checkers see and untyped callers do not."""
    if not isinstance(value, kind):
        raise refuse(where, expected, value, kind=TypeError)


def check_callable(where: str, value: object, expected: str) -> None:
    """Raise unless the value can be called."""
    if not callable(value):
        raise refuse(where, expected, value, kind=TypeError)


def as_list(where: str, values: Iterable[Item], kind: type | None, expected: str) -> list[Item]:
    """The values of an argument as a list, each of a type; not a text or a mapping."""
    # A text would be read letter by letter: a show called "M" is easily found that way.
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise refuse(where, expected, cast("object", values), kind=TypeError)
    listed = list(values)
    for each in listed:
        if kind is not None:
            check_kind(where, each, kind, expected)
    return listed


def check_text(where: str, value: object) -> None:
    """Raise unless the value is a string, of whatever characters."""
    check_kind(where, value, str, "text")


def a(kind: type | tuple[type, ...], expected: str) -> Callable[..., None]:
    """A value of a type; `expected` says so in words."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        check_kind(_where(instance, attribute), value, kind, expected)

    return check


def check_count(where: str, value: object, least: int = 0) -> None:
    """Raise unless the value is a whole number (no bool) of `least` or more."""
    # To Python, True is the whole number 1.
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse(where, "a whole number", value, kind=TypeError)
    if value < least:
        raise refuse(where, f"a whole number of {least} or more", value)


def count(least: int) -> Callable[..., None]:
    """A whole number, no bool, of `least` or more."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        # Where the value is right, nothing is put in words: half a history's time to iterate.
        if type(value) is not int or value < least:
            check_count(_where(instance, attribute), value, least)

    return check


def check_choice(where: str, value: object, *choices: str) -> None:
    """Raise unless the value is one of some words."""
    if value not in choices:
        *others, last = (f'"{choice}"' for choice in choices)
        raise refuse(where, f"{', '.join(others)} or {last}", value)


def choice(*choices: str) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """One of some words."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        check_choice(_where(instance, attribute), value, *choices)

    return check


def check_day(where: str, value: object) -> None:
    """Raise unless the value is a calendar date, not a datetime."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise refuse(where, "a datetime.date without a time of day", value, kind=TypeError)


def day(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """A calendar date, not a datetime."""
    if type(value) is not date:
        check_day(_where(instance, attribute), value)


def check_order(value: object, *names: str) -> None:
    """Raise where a field is less than one named before it; None is passed over."""
    before, least = "", None
    for name in names:
        number = getattr(value, name)
        if number is None:
            continue
        if least is not None and number < least:
            where = f"{type(value).__name__}.{name}"
            raise refuse(where, f"{least} or more, as {before} is", number)
        before, least = name, number


optional = attrs.validators.optional

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def as_day(value: date | str, where: str = "date") -> date:
    """A date that was given to look something up: itself, or ISO text.

    >>> as_day("2022-01-30")
    datetime.date(2022, 1, 30)
    """
    if isinstance(value, str):
        if _ISO.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise refuse(where, "a date as YYYY-MM-DD", value)
    check_day(where, value)
    return value
