"""What a catalogue says of one work: its names, its seasons, its origin and its release."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, final

import attrs
from attrs import Factory, evolve, field, frozen

from kcharts._faces import public
from kcharts.model import _checks as checks
from kcharts.model.columns.grouping import season_key
from kcharts.model.country import Country
from kcharts.model.title import Title, fold, key_of, to_nfc

# What publishers print between a work's name and its season's: Netflix a colon, others a dash.
_MARKS = " :,|-\u2013\u2014"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def _check_language(_instance: object, _attribute: object, value: Any) -> None:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise checks.refuse("Alias.language", 'a BCP 47 tag such as "ko"', value)


_texts = attrs.validators.deep_iterable(
    checks.text, checks.a(tuple, 'a tuple of texts, such as ("TV",)')
)


def _tuple_of(kind: type, expected: str) -> Any:
    return attrs.validators.deep_iterable(checks.a(kind, expected), checks.a(tuple, "a tuple"))


def _check_season(instance: object, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    checks.text(instance, attribute, value)
    # `label` cuts the marks off what lists print: with them, no title would ever have the season.
    if value.strip(_MARKS) != value:
        where = f"{type(instance).__name__}.{attribute.name}"
        raise checks.refuse(where, 'a season without marks around it, such as "Season 1"', value)


def _check_day(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    if isinstance(value, str):
        # Elsewhere a text is a date; here the value is kept as it is, and must be one already.
        where = f"{type(instance).__name__}.{attribute.name}"
        expected = "a datetime.date such as date(2022, 1, 28)"
        raise checks.refuse(where, expected, value, kind=TypeError)
    checks.day(instance, attribute, value)


def _optional_day() -> Any:
    return field(default=None, kw_only=True, validator=checks.optional(_check_day))


@final
@public
@frozen
class Alias:
    """Another text that lists print for a work.

    Attributes:
        text: The name as printed; looked up folded, and always as a whole.
        language: Its language, as a BCP 47 tag.
        start: The first issue date with this name; None for no limit.
        end: The last one.
        season: The season that this text alone means.

    >>> from datetime import date
    >>> from kcharts.catalogue import Alias
    >>> Alias("Berlin", end=date(2025, 12, 31)).covers(date(2023, 12, 31))
    True
    """

    text: str = field(validator=checks.text)
    language: str | None = field(
        default=None, kw_only=True, validator=checks.optional(_check_language)
    )
    start: dt.date | None = _optional_day()
    end: dt.date | None = _optional_day()
    season: str | None = field(default=None, kw_only=True, validator=checks.optional(_check_season))

    def __attrs_post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise checks.refuse("Alias.end", f"a date from {self.start} on", self.end)

    @property
    def is_dated(self) -> bool:
        """Whether it holds on some dates only."""
        return self.start is not None or self.end is not None

    def covers(self, date: dt.date) -> bool:
        """Whether lists of that date print it so."""
        return (self.start is None or self.start <= date) and (self.end is None or date <= self.end)

    def __str__(self) -> str:
        start = "" if self.start is None else f" {self.start}"
        end = "" if self.end is None else f" to {self.end}"
        return f"{self.text}{' from' if start and not end else ''}{start}{end}"


@final
@public
@frozen
class Season:
    """What a catalogue says of one season of a work.

    Attributes:
        name: The season without the work's name, such as "Season 1".
        released: The day of its release.
        ids: Ids in other catalogues, and keys in publishers' files.
    """

    name: str = field(validator=_check_season)
    released: dt.date | None = _optional_day()
    ids: tuple[str, ...] = field(default=(), kw_only=True, validator=_texts)

    def __str__(self) -> str:
        return self.name if self.released is None else f"{self.name} ({self.released})"


def _derived_key(entry: "CatalogueEntry") -> str:
    # This runs before the validators, which name the field: nothing here may trip over its value.
    # Without a part for the season, so that no title as printed has it.
    return key_of(next(iter(entry.kinds or ()), None), entry.name, entry.by, entry.year)


class Identity(NamedTuple):
    """What a printed title is: a work, and its season as the entry names it."""

    entry: "CatalogueEntry"
    season: str | None
    given: bool = False
    """Whether the season's name is the entry's, not one that was printed."""

    @property
    def key(self) -> str:
        """The key that titles of it get: the work's, or one for the season."""
        entry = self.entry
        return entry.key if self.season is None else season_key(entry.key, self.season)

    @property
    def released(self) -> dt.date | None:
        """The day of release, if the entry has one for the work or the season."""
        if self.season is None:
            return self.entry.released
        known = self.entry.season(self.season)
        return None if known is None else known.released

    def disputes(self, title: Title) -> list[tuple[str, object, object]]:
        """What a title says otherwise than its entry: (field, printed value, entry's value)."""
        pairs = (
            ("origin", title.origin, self.entry.origin),
            ("released", title.released, self.released),
        )
        return [each for each in pairs if None not in each[1:] and each[1] != each[2]]


class Candidate(NamedTuple):
    """What a printed title can be, by one of its names, or by its key (None)."""

    identity: Identity
    alias: Alias | None

    def holds(self, date: dt.date | None) -> bool:
        """Whether the name applies on a date; without a date, whether it always does."""
        if self.alias is None or not self.alias.is_dated:
            return True
        return date is not None and self.alias.covers(date)


@final
@public
@frozen
class CatalogueEntry:
    """A work: the names under which lists print it, and what is known about it.

    Attributes:
        name: The name that its titles get.
        kinds: What lists call such works, such as "TV": a title of another kind is another work.
            Without kinds, any kind fits.
        by: The performer, for music; a title by another one, or by none, is another work.
        year: The year; a title printed with another one is another work.
        key: Identifies the work, whatever its name; by default made from the name, kind,
            performer and year.
        origin: The country it comes from.
        released: The day of its release; `seasons` has those of its seasons.
        ids: Ids in other catalogues, and keys of titles. A title with such a key is this work,
            whatever else is printed.
        aliases: Other names, perhaps for some dates or one season only. A dated one with the text
            of `name` says on which dates the name itself applies.
        seasons: What is known about single seasons, by their names, compared folded. Others keep
            the names that are printed.

    Raises:
        TypeError: A field has a value of the wrong type.
        ValueError: A text is empty or has control characters, or a season is there twice.

    >>> entry = CatalogueEntry("Hellbound", kinds=("TV",), aliases=(Alias("지옥", language="ko"),))
    >>> print(entry)
    Hellbound, TV (지옥)
    """

    name: str = field(validator=checks.text)
    kinds: tuple[str, ...] = field(default=(), kw_only=True, validator=_texts)
    by: str | None = field(default=None, kw_only=True, validator=checks.optional(checks.text))
    year: int | None = field(default=None, kw_only=True, validator=checks.optional(checks.count(1)))
    key: str = field(
        default=Factory(_derived_key, takes_self=True), kw_only=True, validator=checks.text
    )
    origin: Country | None = field(
        default=None,
        kw_only=True,
        validator=checks.optional(checks.a(Country, 'a Country such as Country("KR")')),
    )
    released: dt.date | None = _optional_day()
    ids: tuple[str, ...] = field(default=(), kw_only=True, validator=_texts)
    aliases: tuple[Alias, ...] = field(
        default=(), kw_only=True, validator=_tuple_of(Alias, 'an Alias such as Alias("지옥")')
    )
    seasons: tuple[Season, ...] = field(
        default=(), kw_only=True, validator=_tuple_of(Season, 'a Season such as Season("Season 1")')
    )

    def __attrs_post_init__(self) -> None:
        names = [fold(season.name) for season in self.seasons]
        for season, name in zip(self.seasons, names, strict=True):
            if names.count(name) > 1:
                raise checks.refuse(f"{self.name}: seasons", "each season once", season.name)

    def season(self, name: str) -> Season | None:
        """What is known about a season, compared folded; None for an unknown one.

        >>> CatalogueEntry("Hellbound", seasons=(Season("Season 1"),)).season("season 1").name
        'Season 1'
        """
        checks.check_text("name", name)
        return next((each for each in self.seasons if fold(each.name) == fold(name)), None)

    def fits(self, title: Title) -> bool:
        """Whether kind, year and performer of a title allow this work; unprinted ones do."""
        checks.check_kind("title", title, Title, "a Title")
        kinds = {fold(kind) for kind in self.kinds}
        if title.kind is not None and kinds and fold(title.kind) not in kinds:
            return False
        if title.year is not None and self.year is not None and title.year != self.year:
            return False
        return fold(title.by or "") == fold(self.by or "")

    def identity(self, season: str | None, *, given: str | None = None) -> Identity:
        """This work, or its season: the alias's (`given`), else the printed one."""
        for name, text in (("season", season), ("given", given)):
            if text is not None:
                checks.check_text(name, text)
        wanted = given or season
        known = None if wanted is None else self.season(wanted)
        if known is not None:
            return Identity(self, to_nfc(known.name), given=True)
        return Identity(self, wanted and to_nfc(wanted), given=given is not None)

    @property
    def all_keys(self) -> set[str]:
        """Its own key, its ids, and those of its seasons."""
        return {self.key, *self.ids, *(each for season in self.seasons for each in season.ids)}

    def dated(self, text: str) -> list[Alias]:
        """The aliases with a text, compared folded, that apply on some dates only."""
        checks.check_text("text", text)
        same = fold(text)
        return [alias for alias in self.aliases if alias.is_dated and fold(alias.text) == same]

    def names(self) -> Iterator[str]:
        """All names, the own one first."""
        yield self.name
        yield from (alias.text for alias in self.aliases)

    def texts(self) -> Iterator[Alias]:
        """All names as aliases, its own first unless it is dated, and each with every season."""
        # Netflix's page prints "Squid Game: Season 1" as one name, its workbook as two cells.
        own = () if self.dated(self.name) else (Alias(self.name),)
        for alias in (*own, *self.aliases):
            yield alias
            if alias.season is None:
                for season in self.seasons:
                    yield evolve(alias, text=f"{alias.text}: {season.name}", season=season.name)

    def __str__(self) -> str:
        head = ", ".join([self.name, *([f"by {self.by}"] if self.by else []), *self.kinds])
        head += f", {self.year}" if self.year else ""
        return f"{head} ({', '.join(map(str, self.aliases))})" if self.aliases else head


def label(title: Title, names: Iterable[str] = ()) -> str | None:
    """The season of a title without the work's name before it; None where none is printed.

    `names` are other names of the work: Netflix prints seasons in English beside a name in
    another language.

    >>> label(Title("Squid Game", season="Squid Game: Season 1"))
    'Season 1'
    >>> label(Title("The Crown", season="Season 4"))
    'Season 4'
    """
    season = title.season
    if season is None:
        return None
    # The longest first: "Berlin" also begins the seasons of "Berlin and the Jewels".
    for name in sorted({title.name, *names}, key=len, reverse=True):
        rest = season[len(name) :]
        if season[: len(name)].casefold() == name.casefold() and not rest[:1].isalnum():
            season = rest
            break
    return season.strip(_MARKS) or None


_KEY_FAULTS = {
    "duplicate-key": (
        "the key {text!r} is already that {where}",
        "give each work its own key, and further names of one work to one entry",
    ),
    "nested-key": (
        "{text!r} begins with the key {where} and a #, as keys of its seasons do",
        "give it another key, or list it with the work that it is a season of",
    ),
    "shared-key": (
        "the id {text!r} is the key {where}",
        "two works? take the id out; one? make one entry of both",
    ),
}
"""What is wrong with a key, and what to do about it."""


class KeyFault(NamedTuple):
    """A key or an id of one entry by which a title could be of another entry."""

    code: Literal["duplicate-key", "nested-key", "shared-key"]
    entry: int
    other: int
    text: str

    def message(self, where: str) -> str:
        """What is wrong, given where the other key is."""
        return _KEY_FAULTS[self.code][0].format(text=self.text, where=where)

    @property
    def hint(self) -> str:
        return _KEY_FAULTS[self.code][1]


def bases(key: str) -> Iterator[str]:
    """The parts of a key before each "#": keys of works of which it can be a season."""
    return (key[:at] for at, character in enumerate(key) if character == "#")


def key_faults(entries: Sequence[CatalogueEntry]) -> Iterator[KeyFault]:
    """What is wrong with the keys of entries, by their positions."""
    first: dict[str, int] = {}
    for at, entry in enumerate(entries):
        other = first.setdefault(entry.key, at)
        if other != at:
            yield KeyFault("duplicate-key", at, other, entry.key)
    for at, entry in enumerate(entries):
        for text in sorted(entry.all_keys):
            for base in bases(text):
                if first.get(base, at) != at:
                    yield KeyFault("nested-key", at, first[base], text)
            if text != entry.key and first.get(text, at) != at:
                yield KeyFault("shared-key", at, first[text], text)
