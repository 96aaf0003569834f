"""Names in files that went through other hands: what stands there in place of a name."""

from __future__ import annotations

from collections.abc import Callable

from kcharts.model import _checks as checks
from kcharts.reading import parsers as cells
from kcharts.sources.cell import CellError, Seen

_ERRORS = {"#NAME?", "#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NULL!"}


def name(text: str) -> str:
    """A name that is no error of a spreadsheet program, such as #NAME? for a title =x."""
    found = cells.name(text)
    if found.strip().upper() in _ERRORS:
        message = "a spreadsheet program has put an error in place of the name"
        raise CellError("error-cell", message, "mend it where the file was made")
    return found


def whole_name(text: str) -> str:
    """A name of which something is left: one of question marks alone could be any other's.

    >>> whole_name("Who?")
    'Who?'
    """
    found = name(text)
    if not found.replace("?", "").strip():
        message = "expected a name, found question marks alone: its letters were lost"
        raise CellError("lost-characters", message, "take a copy that was saved as UTF-8")
    return found


def maybe_whole(text: str) -> str | None:
    """A name that may be absent."""
    return None if checks.is_blank(text) else whole_name(text)


def season_parser(seen: Seen) -> Callable[[str], str | None]:
    """A parser of seasons: None where the cell is blank, or says that there is none.

    That is N/A in Netflix's files, of which programs make NaN, None, null or a dash.
    """

    def parse(text: str) -> str | None:
        if checks.is_blank(text) or text == "N/A":
            return None
        if cells.says_nothing(text):
            _note_absent(seen, "season", text)
            return None
        return name(text)

    return parse


def key_parser(seen: Seen) -> Callable[[str], str | None]:
    """A parser of a work's id: None where the cell is blank or has what stands for no id."""

    def parse(text: str) -> str | None:
        if checks.is_blank(text):
            return None
        if cells.says_nothing(text) or text.strip() == "0":
            _note_absent(seen, "key", text)
            return None
        return cells.name(text)

    return parse


def _note_absent(seen: Seen, what: str, text: str) -> None:
    seen.note("absent-word", what, f"a {what} {text!r} is taken for none")
