"""The words that figures are printed with."""

from __future__ import annotations

from collections.abc import Sequence


def quantity(number: int, unit: str) -> str:
    """A number with its unit: "1 day", "3 days", "2 countries"."""
    if number == 1:
        return f"1 {unit}"
    return f"{number:,} {unit[:-1] + 'ies' if unit.endswith('try') else unit + 's'}"


def ordinal(number: int) -> str:
    """A place in an order: "1st", "2nd", "3rd", "11th"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{'th' if number % 100 in (11, 12, 13) else ending}"


def at(top: int | None) -> str:
    """Where on a list: "at No. 1", "in the top 10", "on the list"."""
    return "at No. 1" if top == 1 else standing(top)


def standing(top: int | None) -> str:
    """Where on a list, without a verb: "No. 1", "in the top 10", "on the list"."""
    if top is None:
        return "on the list"
    return "No. 1" if top == 1 else f"in the top {top:,}"


def enumeration(items: Sequence[object], most: int = 3) -> str:
    """The items in a row, joined by commas and "and"; past `most` only counted."""
    texts = [str(item) for item in items[:most]]
    if len(items) > most:
        texts.append(f"{len(items) - most:,} more")
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def doubt(periods: int, unknown: int, since: str | None, *, covered: bool) -> str:
    """What lists cannot tell of a count of issues, in brackets; nothing where they tell it all."""
    parts: list[str] = []
    if unknown:
        most = f"{periods + unknown} at most: " if covered else ""
        parts.append(f"{most}{quantity(unknown, 'list')} not usable")
    if not covered:
        why = f"the data begin {since}" if since else "not every issue is covered"
        parts.append(f"perhaps more: {why}")
    return f" ({'; '.join(parts)})" if parts else ""
