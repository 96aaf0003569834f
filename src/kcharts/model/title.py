"""Titles: which work a row of a list is about, and how a text finds it."""

import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any, final

import attrs
from attrs import Factory, field, frozen

from kcharts._faces import public
from kcharts.model import _checks as checks
from kcharts.model.country import Country

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
        "&": " and ",
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", None),
    }
)


# Lists repeat their names from week to week, and every look-up folds them all.
@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A text as look-ups compare it; what was printed is never changed by it.

    NFKC, case folded, marks taken off Latin and Greek letters only, zero-width characters
    dropped, curly quotes, dashes, the ellipsis and "&" made plain, white space made single.

    >>> fold("Pok\u00e9mon  \u2013 Sun & Moon")
    'pokemon - sun and moon'
    >>> fold("\u30d0\u30ca\u30ca") == fold("\u30cf\u30ca\u30ca")
    False
    """
    if text.isascii():
        return " ".join(text.casefold().replace("&", " and ").replace("`", "'").split())
    # Signs are replaced twice: NFKC would make an acute accent a space and a mark, and it makes
    # a full-width "&" the plain one that is still to be replaced.
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).casefold().translate(_PLAIN)
    kept: list[str] = []
    base_is_plain = False
    for character in unicodedata.normalize("NFD", plain):
        # Latin marks are spelling; elsewhere they make another letter, as in the second example.
        if unicodedata.combining(character):
            if base_is_plain:
                continue
        else:
            base_is_plain = unicodedata.name(character, "").startswith(("LATIN", "GREEK"))
        kept.append(character)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def to_nfc(text: str) -> str:
    """A text in Unicode's NFC: the form in which keys are made and compared."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def key_of(*parts: object) -> str:
    """A key made of parts; other parts, or more or fewer of them, give another key."""
    texts = [str(part or "") for part in parts]
    key = "|".join(texts)
    # Escaped only where a name has such a sign: derived keys are printed in tables and files.
    if key.count("|") > len(texts) - 1 or "\\" in key:
        key = "|".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)
    return to_nfc(key)


def _derived_key(title: "Title") -> str:
    # This runs before the validators, which name the field: nothing here may trip over its value.
    return key_of(title.kind, title.name, title.by, title.season, title.year)


def _check_ids(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    checks.a(tuple, "a tuple of texts")(instance, attribute, value)
    for each in value:
        checks.a(str, "texts")(instance, attribute, each)


_TEXT = checks.optional(checks.text)


@final
@public
@frozen(repr=False)
class Title:
    """A work on a chart: a film, a series or one season of it, a song.

    Two titles are equal when their `key` is. The key is an id where the publisher has one that
    identifies a work; otherwise it is derived from kind, name, by, season and year as printed
    (in Unicode's NFC, nothing else), because two spellings are a fact about the lists.

    Attributes:
        name: The name as printed.
        by: The performer as printed, for music.
        season: The season's title as printed; None where the list has none.
        kind: What the publisher calls such works, such as "Film" or "TV".
        year: The year printed with the name.
        key: The identity, an opaque text.
        origin: The country it comes from; no part of the identity.
        released: The day of its release; no part of the identity.
        ids: Ids in other catalogues, such as "imdb:tt10919420"; no part of the identity.

    Raises:
        TypeError: A field has a value of the wrong type.
        ValueError: A text is empty or holds control characters.

    >>> Title("Squid Game", kind="TV") == Title("Squid Game", kind="TV", origin=Country("KR"))
    True
    >>> Title("Squid Game") == Title("squid game")
    False
    >>> str(Title("Dynamite", by="BTS"))
    'Dynamite by BTS'
    """

    name: str = field(validator=checks.text, eq=False)
    by: str | None = field(default=None, kw_only=True, eq=False, validator=_TEXT)
    season: str | None = field(default=None, kw_only=True, eq=False, validator=_TEXT)
    kind: str | None = field(default=None, kw_only=True, eq=False, validator=_TEXT)
    year: int | None = field(
        default=None, kw_only=True, eq=False, validator=checks.optional(checks.count(1))
    )
    key: str = field(
        default=Factory(_derived_key, takes_self=True), kw_only=True, validator=checks.text
    )
    origin: Country | None = field(
        default=None,
        kw_only=True,
        eq=False,
        validator=checks.optional(checks.a(Country, 'a Country such as Country("KR")')),
    )
    released: date | None = field(
        default=None, kw_only=True, eq=False, validator=checks.optional(checks.day)
    )
    ids: tuple[str, ...] = field(default=(), kw_only=True, eq=False, validator=_check_ids)

    @property
    def has_own_key(self) -> bool:
        """Whether the key was given, an id say, rather than derived from what was printed."""
        return self.key != _derived_key(self)

    @property
    def full_name(self) -> str:
        """The name that tells it apart in a sentence: with season and performer.

        >>> Title("Squid Game", season="Squid Game: Season 1").full_name
        'Squid Game: Season 1'
        >>> Title("The Crown", season="Season 4").full_name
        'The Crown: Season 4'
        """
        name = self.name
        if self.season is not None and self.season != name:
            name = self.season if self.season.startswith(name) else f"{name}: {self.season}"
        return name if self.by is None else f"{name} by {self.by}"

    def __str__(self) -> str:
        return self.full_name

    def __repr__(self) -> str:
        names = ["by", "season", "kind", "year", "origin", "released"]
        names = [name for name in names if getattr(self, name) is not None]
        names += ["ids"] * bool(self.ids) + ["key"] * self.has_own_key
        details = [f"{name}={getattr(self, name)!r}" for name in names]
        return f"Title({', '.join([repr(self.name), *details])})"
