"""Countries by their ISO 3166-1 code, their names in many languages, and the world chart.

The table is package data that is read on first use, never when this module is imported.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Final, NamedTuple, final

import attrs

from kcharts._faces import public
from kcharts.errors import UnknownCountryError
from kcharts.model import _checks as checks

_MAX_HINTS: Final = 5

_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES: Final = "'`\u2018\u2019\u02bb\u02bc"
_PLAIN: Final = {
    **dict.fromkeys(map(ord, f"{_DASHES}_,()\u00b7\u30fb\u060c"), " "),
    **dict.fromkeys(map(ord, f".{_APOSTROPHES}")),
    ord("&"): " and ",
}

# Publishers differ: Netflix and Spotify print "global", FlixPatrol "World" and "worldwide".
_WORLD_NAMES: Final = frozenset({"global", "international", "world", "worldwide"})
NO_COUNTRY: Final = _WORLD_NAMES | {"all countries", "average", "total"}
"""Folded words that tables print in a column of countries, and that are not one."""

# Parts of a country, with the country whose chart covers them.
_NEAR: Final = dict.fromkeys(("england", "northern ireland", "scotland", "wales"), "GB")


@final
@public
class World(Enum):
    """The place of a world-wide chart; `WORLD` is its one value, and not a `Country`.

    A checker narrows `Country | World` by `place is WORLD` as well as by `isinstance`.
    """

    WORLD = "WORLD"

    @property
    def in_sentence(self) -> str:
        """The words for it inside a sentence, as `Country.in_sentence` has them.

        >>> WORLD.in_sentence
        'the world'
        """
        return "the world"

    def __repr__(self) -> str:
        return "WORLD"

    def __str__(self) -> str:
        return "the world"


WORLD: Final = World.WORLD


def _is_listed(_: object, __: object, alpha2: str) -> None:
    """Refuse all but the upper-case alpha-2 codes of the table, as a validator of attrs."""
    checks.check_text("Country.alpha2", alpha2)
    if alpha2 not in _table():
        raise UnknownCountryError(
            "Country: expected an ISO 3166-1 alpha-2 code such as 'KR', "
            f"found {checks.show(alpha2)}",
            hints=_hints(alpha2, _read(alpha2, None), None),
        )


@final
@public
# Its hash is kept: countries are keys of every panel.
@attrs.frozen(repr=False, cache_hash=True)
class Country:
    """A country or territory of ISO 3166-1, or Kosovo under its user-assigned code XK.

    Its names are those of the Unicode CLDR, its regions those of the UN's M49 standard.

    Args:
        alpha2: The upper-case ISO 3166-1 alpha-2 code; names are for `Country.parse`.

    Raises:
        UnknownCountryError: If no country of the table has that code.
        TypeError: If the code is not a string.

    >>> korea = Country("KR")
    >>> print(korea)
    South Korea
    >>> korea.alpha3, korea.numeric, korea.region, korea.subregion
    ('KOR', '410', 'Asia', 'Eastern Asia')
    """

    alpha2: str = attrs.field(validator=_is_listed)

    @property
    def name(self) -> str:
        """The English name, without an article."""
        return _table()[self.alpha2].name

    @property
    def in_sentence(self) -> str:
        """The English name with the article that a sentence needs.

        >>> f"No. 1 in {Country('US').in_sentence} and {Country('KR').in_sentence}"
        'No. 1 in the United States and South Korea'
        """
        row = _table()[self.alpha2]
        return f"{row.article} {row.name}" if row.article else row.name

    @property
    def alpha3(self) -> str:
        """The ISO 3166-1 alpha-3 code; XKX, which is not in ISO, for Kosovo."""
        return _table()[self.alpha2].alpha3

    @property
    def numeric(self) -> str | None:
        """The ISO 3166-1 numeric code as its three digits; None for Kosovo."""
        return _table()[self.alpha2].numeric or None

    @property
    def region(self) -> str | None:
        """The region of UN M49, such as "Asia"; None for Antarctica.

        M49 does not list Taiwan and Kosovo: they are placed with their neighbours.
        """
        return _table()[self.alpha2].region or None

    @property
    def subregion(self) -> str | None:
        """The sub-region of UN M49, such as "Eastern Asia"; None for Antarctica."""
        return _table()[self.alpha2].subregion or None

    @classmethod
    def parse(cls, text: str, /, *, locale: str | None = None) -> "Country":
        """Read a country from a name or code as charts, newsrooms and standards print it.

        Exact but for case, accents, punctuation and a leading "the": English names of CLDR
        and ISO 3166-1 and common other names; ISO 3166-1 codes of two or three letters, all
        upper or all lower case ("na" excepted, which tables write for a missing value).

        Args:
            text: The name or code.
            locale: Read the names of that language too, such as "ko" or "zh-Hant".

        Raises:
            UnknownCountryError: If the text names no country, or could name more than one;
                the hints are close names, and none is ever taken.
            TypeError: If the text is not a string.
            ValueError: If the table has no names in that language; the message lists it.

        >>> Country.parse("the U.S."), Country.parse("south-korea"), Country.parse("KOR")
        (Country("US"), Country("KR"), Country("KR"))
        >>> Country.parse("대한민국", locale="ko")
        Country("KR")
        >>> Country.parse("Nigera")
        Traceback (most recent call last):
            ...
        kcharts.errors.UnknownCountryError: Country.parse: expected the name or code of a \
country, found 'Nigera'
          hint: Nigeria is Country("NG")
          hint: Niger is Country("NE")
        """
        checks.check_text("Country.parse: text", text)
        if locale is not None:
            checks.check_text("Country.parse: locale", locale)
        codes = _read(text, locale)
        if len(codes) == 1:
            return cls(codes[0])
        what = "the name or code of a country" if not codes else "a name that only one country has"
        raise UnknownCountryError(
            f"Country.parse: expected {what}, found {checks.show(text)}",
            hints=_hints(text, codes, locale),
        )

    @classmethod
    def all(cls) -> tuple["Country", ...]:
        """Every country of the table, in the order of the alpha-2 codes.

        >>> Country.all()[:3]
        (Country("AD"), Country("AE"), Country("AF"))
        """
        return tuple(map(cls, _table()))

    def __repr__(self) -> str:
        return f'Country("{self.alpha2}")'

    def __str__(self) -> str:
        return self.name


class _Row(NamedTuple):
    """One country of countries.tsv, its columns as text; empty where there is no value."""

    alpha2: str
    alpha3: str
    numeric: str
    name: str
    article: str
    region: str
    subregion: str
    aliases: str


def country_key(text: str) -> str:
    """Fold a country's name to the key under which it is looked up.

    NFKC and casefold; marks stripped from Latin and Greek letters; format characters, dots
    and apostrophes dropped; dashes, underscores, commas, parentheses and runs of white space
    made one space; "&" made "and"; a leading "the" dropped. Other punctuation stays, so that
    "Germany?" is not Germany.

    >>> country_key("The  U.S. Virgin-Islands"), country_key("Réunion")
    ('us virgin islands', 'reunion')
    """
    folded = text.casefold() if text.isascii() else _without_marks(text)
    return " ".join(folded.translate(_PLAIN).split()).removeprefix("the ")


def names_world(text: str) -> bool:
    """Whether a text names the world: "world", "global", "worldwide" or "international".

    >>> names_world("The World"), names_world("all countries")
    (True, False)
    """
    return country_key(text) in _WORLD_NAMES


def _without_marks(text: str) -> str:
    """Fold case and width, strip marks from Latin and Greek letters, drop format characters."""
    kept: list[str] = []
    strips = True
    # The capital of Turkish's dotless i folds to a dotted one, so the dotless one must too.
    folded = unicodedata.normalize("NFKC", text.replace("\u0131", "i")).casefold()
    for character in unicodedata.normalize("NFD", folded):
        if unicodedata.combining(character):
            if strips:
                continue
        elif unicodedata.category(character) == "Cf":
            continue
        else:
            strips = character < "\u0400"  # Latin and Greek come before Cyrillic
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _lines(name: str) -> Iterator[list[str]]:
    """The rows of one file of package data, header first, each a list of its cells."""
    from pkgutil import get_data  # noqa: PLC0415  # costs 1 ms, needed once or never

    data = get_data("kcharts", f"data/{name}")
    if data is None:
        raise FileNotFoundError(f"kcharts is installed without its data file {name!r}")
    return (line.split("\t") for line in data.decode().splitlines())


@cache
def _table() -> Mapping[str, _Row]:
    """The countries by alpha-2 code, in that order."""
    lines = _lines("countries.tsv")
    next(lines)
    return {row.alpha2: row for row in map(_Row._make, lines)}


@cache
def _codes() -> Mapping[str, str]:
    """Every code in upper and lower case, with its alpha-2 code."""
    codes = {code: row.alpha2 for row in _table().values() for code in (row.alpha2, row.alpha3)}
    codes |= {code.lower(): alpha2 for code, alpha2 in codes.items()}
    del codes["na"]  # more often a missing value than Namibia
    return codes


@cache
def _names(locale: str | None) -> Mapping[str, tuple[str, ...]]:
    """The alpha-2 codes by the folded names of one language; English without a locale."""
    if locale is None:
        named = [(row.alpha2, f"{row.name}|{row.aliases}") for row in _table().values()]
    else:
        lines = _lines("country_names.tsv")
        _, *locales = next(lines)
        if locale not in locales:
            raise checks.refuse("Country.parse: locale", f"one of {', '.join(locales)}", locale)
        column = locales.index(locale) + 1
        named = [(row[0], row[column]) for row in lines]
    keys: dict[str, tuple[str, ...]] = {}
    for alpha2, names in named:
        for key in {country_key(name) for name in names.split("|") if name}:
            keys[key] = (*keys.get(key, ()), alpha2)
    return keys


def _read(text: str, locale: str | None) -> tuple[str, ...]:
    """The alpha-2 codes of all countries that a text can name, in order."""
    key = country_key(text)
    code = _codes().get(text.strip())
    coded = () if code is None else (code,)
    local = _names(locale).get(key, ()) if locale is not None else ()
    # "Nga" is Russia in Vietnamese, and "NGA" also the code of Nigeria: then both are found.
    return tuple(sorted({*local, *coded})) or _names(None).get(key, ())


def _hints(text: str, codes: tuple[str, ...], locale: str | None) -> list[str]:
    """What the caller may have meant, a line each: the candidates, else the close names."""
    key = country_key(text)
    if not codes and key in NO_COUNTRY:
        return ["the world chart is kcharts.WORLD, not a Country"]
    meant = dict.fromkeys(codes or _close(text, key, locale))
    if not meant and locale is None and not text.isascii():
        return ['locale= reads names in other languages, such as locale="ko"']
    return [f'{_table()[alpha2].name} is Country("{alpha2}")' for alpha2 in meant][:_MAX_HINTS]


def _close(text: str, key: str, locale: str | None) -> Iterator[str]:
    """The alpha-2 codes of countries whose code or name is close to a text, closest first."""
    from difflib import get_close_matches  # noqa: PLC0415  # costs 2 ms, needed on failure only

    if (code := _codes().get(text.strip().upper())) is not None:
        yield code
    if key in _NEAR:
        yield _NEAR[key]
    # Typing errors are as likely in English as in the language asked for.
    names = {**_names(None), **(_names(locale) if locale is not None else {})}
    words = set(key.split())
    if not words:
        return
    for name, alpha2s in names.items():
        if words <= set(name.split()):
            yield from alpha2s
    for name in get_close_matches(key, names, n=_MAX_HINTS, cutoff=0.75):
        yield from names[name]
