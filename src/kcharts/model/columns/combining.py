"""Titles of one key taken together: what any of them knows, in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from kcharts.errors import ConflictError
from kcharts.model.title import Title, composed

T = TypeVar("T")
Clash: TypeAlias = Callable[[str, Any, Any], Any]
"""Which of two values holds, given what differs; it raises where neither may."""

# What of a title a row keeps in its extras, where the title is called otherwise.
PRINTED = {
    "name": "title as printed",
    "by": "by as printed",
    "season": "season as printed",
    "kind": "kind as printed",
    "year": "year as printed",
    "origin": "origin as printed",
    "released": "released as printed",
}
_said = attrgetter(*PRINTED, "ids")


def alike(one: Title, two: Title) -> bool:
    """Whether two titles of one key say the same."""
    return one is two or bool(_said(one) == _said(two))


def _forms(title: Title) -> tuple[str, ...]:
    """What the names of one key are ordered by: the alphabet, and how they are encoded."""
    texts = title.name, title.season or ""
    return (*map(composed, texts), *texts)


def _least(values: Iterable[T | None]) -> T | None:
    """The first in order of what is known; None where nothing is."""
    found: list[Any] = [value for value in values if value is not None]
    return min(found, default=None)


def _either(name: str, one: Title, two: Title, clash: Clash) -> Any:
    ours, theirs = getattr(one, name), getattr(two, name)
    if ours is None or theirs is None or ours == theirs:
        return theirs if ours is None else ours
    return clash(f"the {name} of {min(one, two, key=_forms)}", ours, theirs)


def combined(one: Title, two: Title, clash: Clash) -> Title:
    """One title of two of one key: what either knows of it.

    Of two names with their seasons the first by the alphabet stands, and so of two kinds,
    performers or years: whose they are makes no difference.
    """
    named = min(one, two, key=_forms)
    return Title(
        named.name,
        season=named.season,
        by=_least((one.by, two.by)),
        kind=_least((one.kind, two.kind)),
        year=_least((one.year, two.year)),
        key=one.key,
        origin=_either("origin", one, two, clash),
        released=_either("released", one, two, clash),
        ids=tuple(sorted({*one.ids, *two.ids})),
    )


def refused(what: str, one: object, two: object) -> Any:
    """Refuse what two rows of one key say of their title."""
    hint = "are they two works? give each its own key="
    raise ConflictError(f"{what} differs: {one} against {two}", hints=[hint])


def of_each_key(titles: Iterable[Title]) -> dict[str, Title]:
    """The one title of each key of which there are several, made of all of them.

    Raises:
        ConflictError: They tell different origins or release dates.
    """
    first: dict[str, Title] = {}
    found: dict[str, Title] = {}
    for title in titles:
        key = title.key
        known = first.setdefault(key, title)
        if known is not title and not alike(known, title):
            found[key] = combined(found.get(key, known), title, refused)
    return found


def first_printed(
    held: str | None, was: object, now: object, form: Callable[[str], str] = str
) -> str | None:
    """What an extra says of a row whose title gets another name, season, or the like.

    Args:
        held: What the extra says already: that was printed first.
        was: What the title said.
        now: What the new title says; an extra that says the same goes.
        form: The form in which texts are compared.
    """
    if was == now:
        return held
    text = held
    if held is None and was is not None and (now is None or form(str(was)) != form(str(now))):
        text = str(was)
    return None if text == str(now) else text


def kept(extras: Mapping[str, str], was: Title, now: Title) -> dict[str, str]:
    """The extras of a row whose title gets other names: what was printed first stays."""
    texts: dict[str, str | None] = {**extras}
    for name, extra in PRINTED.items():
        values = getattr(was, name), getattr(now, name)
        texts[extra] = first_printed(extras.get(extra), *values, composed)
    return {extra: text for extra, text in texts.items() if text is not None}
