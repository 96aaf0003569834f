"""Catalogues: look-up by whole names, and what is done to a history with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, final

from attrs import Factory, evolve, field, frozen

from kcharts.catalogue._entries import Alias, CatalogueEntry, Found, label
from kcharts.catalogue._json import read_json
from kcharts.catalogue._keys import bases, key_faults
from kcharts.catalogue._proposing import Proposal, proposals
from kcharts.catalogue._reading import Source
from kcharts.catalogue._relabelling import relabelled, unclaimed
from kcharts.catalogue._tables import read_tsv
from kcharts.catalogue._writing import as_json, as_tsv
from kcharts.errors import AmbiguousTitleError, ConflictError, UnknownTitleError
from kcharts.model import _checks as checks
from kcharts.model.history import ChartHistory
from kcharts.model.lookup import close
from kcharts.model.title import Title, fold

OnRepeat = Literal["raise", "keep"]


def _checked(entries: Iterable[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    """The entries, whose keys tell them apart."""
    listed = tuple(entries)
    for entry in listed:
        if not isinstance(entry, CatalogueEntry):
            raise checks.refuse("entries", "CatalogueEntry values", entry, kind=TypeError)
    for fault in key_faults(listed):
        told = fault.told(f"of {listed[fault.other]}")
        raise ValueError(f"entries: {listed[fault.entry]}: {told}; {fault.hint}")
    return listed


class Candidate(NamedTuple):
    """What a printed title may be, and the name that says so; None where its key does."""

    found: Found
    alias: Alias | None

    def holds(self, date: dt.date | None) -> bool:
        """Whether it is so on a date; without one, whether it always is."""
        if self.alias is None or not self.alias.is_dated:
            return True
        return date is not None and self.alias.covers(date)


class _Index(NamedTuple):
    keys: dict[str, CatalogueEntry]
    ids: dict[str, list[tuple[CatalogueEntry, str | None]]]
    names: dict[str, list[tuple[CatalogueEntry, Alias]]]


def _indexed(catalogue: Catalogue) -> _Index:
    index = _Index({}, {}, {})
    for entry in catalogue.entries:
        index.keys[entry.key] = entry
        for name in dict.fromkeys(entry.ids):
            index.ids.setdefault(name, []).append((entry, None))
        for season in entry.seasons:
            for name in dict.fromkeys(season.ids):
                index.ids.setdefault(name, []).append((entry, season.name))
        for alias in entry.texts():
            index.names.setdefault(fold(alias.text), []).append((entry, alias))
    return index


@final
@frozen
class Catalogue:
    """Works, each with the names that lists print for it; immutable.

    Names are compared folded and as a whole, never by likeness. A name that two works claim on
    one date is refused, with what would decide. Two catalogues are joined by
    `Catalogue([*one, *other])`.

    Attributes:
        entries: The works; no two have one key.

    Raises:
        ValueError: Two entries have one key, or one has the other's among its ids.

    >>> from kcharts import Country, Title
    >>> works = Catalogue([CatalogueEntry("Hellbound", key="hellbound", origin=Country("KR"))])
    >>> works.entry(Title("HELLBOUND", season="Season 2")).origin
    Country("KR")
    """

    entries: tuple[CatalogueEntry, ...] = field(default=(), converter=_checked)
    _index: _Index = field(
        init=False, eq=False, repr=False, default=Factory(_indexed, takes_self=True)
    )

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[CatalogueEntry]:
        return iter(self.entries)

    def __str__(self) -> str:
        works = "1 work" if len(self) == 1 else f"{len(self):,} works"
        names = sum(len(entry.aliases) for entry in self.entries)
        return f"a catalogue of {works} with {names:,} other {'name' if names == 1 else 'names'}"

    # -- files ----------------------------------------------------------------------------

    @classmethod
    def from_tsv(cls, source: Source, /) -> Catalogue:
        r"""The catalogue of a table: a path, an open file, or bytes.

        Each line is of the entry whose `key` it has: with a `name`, the entry itself; with an
        `alias`, another name; with a `season` alone, what is known of a season. Cells that hold
        several texts separate them by `|`.

        Raises:
            ParseErrors: What is wrong, each with its line and column.

        >>> works = Catalogue.from_tsv(b"key\tname\torigin\nhellbound\tHellbound\tKR\n")
        >>> print(works.entries[0])
        Hellbound
        """
        return cls(read_tsv(source))

    @classmethod
    def from_json(cls, source: Source, /) -> Catalogue:
        """The catalogue of a JSON text, as `to_json` writes it: a path, an open file, or bytes.

        Raises:
            ParseErrors: What is wrong, each with its place.
        """
        return cls(read_json(source))

    def to_tsv(self) -> str:
        """The catalogue as a table, which `from_tsv` reads.

        >>> works = Catalogue([CatalogueEntry("Hellbound", key="hellbound")])
        >>> Catalogue.from_tsv(works.to_tsv().encode()) == works
        True
        """
        return as_tsv(self.entries)

    def to_json(self) -> str:
        """The catalogue as JSON, which `from_json` reads."""
        return as_json(self.entries)

    # -- looking up -----------------------------------------------------------------------

    def entry(self, title: Title, /, *, date: dt.date | str | None = None) -> CatalogueEntry | None:
        """The work that a printed title is, or None where the catalogue does not know it.

        Args:
            title: The title as a list prints it.
            date: The date of the list; without it, names that hold for some dates do not count.

        Raises:
            AmbiguousTitleError: Two works claim it on that date.
            ConflictError: It is printed with another origin or release than its work has.
        """
        if not isinstance(title, Title):
            raise checks.refuse("title", 'a Title such as Title("A Show")', title, kind=TypeError)
        day = None if date is None else checks.as_day(date)
        found = self.decide(title, self.candidates(title), day)
        return None if found is None else found.entry

    def candidates(self, title: Title, /) -> list[Candidate]:
        """All that a printed title may be, on whatever date, for kcharts' own use."""
        keys, ids, names = self._index
        season = label(title)
        own = title.key if title.has_own_key else ""  # what was printed decides by its names
        if own in keys:
            entry = keys[own]
            return [Candidate(entry.found(label(title, entry.names())), None)]
        for base in bases(own):
            if base in keys and keys[base].found(season).key == own:
                return [Candidate(keys[base].found(season), None)]
        if title.key in ids:
            known = ids[title.key]
            return [
                Candidate(entry.found(label(title, entry.names()), given=each), None)
                for entry, each in known
            ]
        by = "" if title.by is None else f" by {title.by}"
        full = fold(title.full_name.removesuffix(by))
        return [
            Candidate(entry.found(label(title, entry.names()), given=alias.season), alias)
            for text in dict.fromkeys([full, fold(title.name)])
            for entry, alias in names.get(text, ())
            if entry.fits(title) and (alias.season is None or text == full)
        ]

    def decide(
        self, title: Title, candidates: Iterable[Candidate], date: dt.date | None
    ) -> Found | None:
        """What a printed title is on a date, for kcharts' own use; several works are refused."""
        claims = [each for each in candidates if each.holds(date)]
        holding = [
            each.found for each in claims if each.alias is None or not each.found.disputes(title)
        ]
        if not claims:
            return None
        if not holding:
            raise _disputed(title, claims[0])
        entries = {found.entry.key: found.entry for found in holding}
        given = {found.key: found for found in holding if found.given}
        if len(entries) > 1 or len(given) > 1:
            raise _ambiguous(title, date, entries, [*given.values()])
        return next(iter(given.values()), holding[0])

    def unknown(self, history: ChartHistory, /) -> list[Title]:
        """The titles of a history of which the catalogue does not know, on some date or ever.

        >>> from kcharts import sample
        >>> works = Catalogue(CatalogueEntry(title.name) for title in sample().titles)
        >>> works.unknown(sample())
        []
        """
        _check_history(history)
        return unclaimed(self, history)

    # -- what is done with it -------------------------------------------------------------

    def relabel(self, history: ChartHistory, /, *, on_repeat: OnRepeat = "raise") -> ChartHistory:
        """The history whose titles are the works of the catalogue.

        A title that the catalogue knows gets the entry's name, key, origin, release and ids;
        names that are of one work, and of one season of it, become one title. What was printed
        instead stays in each row's `extras`, as "title as printed" and "season as printed". The
        season is called by the entry's name and its own; the seasons of a work remain apart
        (`by_show` joins them). Titles that the catalogue does not know stay as they are: `unknown`
        lists them. Titles that their publisher tells apart by a key, an origin or a release
        become one only where their keys stand in `ids`.

        Args:
            history: The lists.
            on_repeat: What to do where a list has two titles that are one work: "raise", or
                "keep" both rows, of which measures take the better one.

        Raises:
            AmbiguousTitleError: Two works claim a title on one date; or a work claims titles of
                one publisher with different keys, or, being without kinds (or year), titles that
                are printed with different ones.
            ConflictError: Two titles of one list are one work; or titles tell other origins or
                release dates than each other or the entry; or a title that the catalogue does
                not know has the key of a work.
        """
        _check_history(history)
        if on_repeat not in ("raise", "keep"):
            raise checks.refuse("on_repeat", '"raise" or "keep"', on_repeat)
        return relabelled(self, history, on_repeat)

    def propose(self, history: ChartHistory, /, *, at_least: float = 85) -> tuple[Proposal, ...]:
        """Pairs of an unknown title and a work of a like name, for a person to review.

        Nothing is merged by it: an alias that you add with `with_alias` is what decides.

        Args:
            history: The lists.
            at_least: The least likeness, from 0 to 100.

        Returns:
            The pairs, the likest first; those whose names have different numbers, as "Part 1"
            and "Part 2", after the others.

        Raises:
            UnsupportedBackendError: rapidfuzz is not installed: `pip install kcharts[match]`.
        """
        return proposals(self.entries, self.unknown(history), at_least)

    def with_alias(self, key: str, alias: Alias | str, /) -> Catalogue:
        """The catalogue with one more name for the work of that key.

        Raises:
            UnknownTitleError: No work has the key.

        >>> works = Catalogue([CatalogueEntry("Hellbound", key="hellbound")])
        >>> print(works.with_alias("hellbound", Alias("지옥", language="ko")).entries[0])
        Hellbound (지옥)
        """
        if key not in self._index.keys:
            hints = [f"did you mean {near!r}?" for near in close(key, self._index.keys)]
            raise UnknownTitleError(f"no entry of {self} has the key {key!r}", hints=hints)
        added = Alias(alias) if isinstance(alias, str) else alias
        return Catalogue(
            evolve(entry, aliases=(*entry.aliases, added)) if entry.key == key else entry
            for entry in self.entries
        )


def _check_history(history: object) -> None:
    if not isinstance(history, ChartHistory):
        expected = "a ChartHistory, such as read or ChartHistory.from_snapshots gives"
        raise checks.refuse("history", expected, history, kind=TypeError)


def _disputed(title: Title, claim: Candidate) -> ConflictError:
    """What is printed with a title of that name stands against what its entry says."""
    found = claim.found
    name, printed, said = found.disputes(title)[0]
    key = title.key
    return ConflictError(
        f"{title!r} is printed with {name} {printed}, and {found.entry} [{found.key}] has {said}",
        hints=[
            f"one work? list the title's key in the ids of the entry: {key!r}",
            f"two works? give the other one an entry, with its own key= and {name}=",
        ],
    )


def _ambiguous(
    title: Title, date: dt.date | None, entries: dict[str, CatalogueEntry], given: list[Found]
) -> AmbiguousTitleError:
    when = "" if date is None else f" on {date}"
    works: list[Any] = list(entries.values())
    if len(works) == 1:
        seasons = " and ".join(repr(found.season) for found in given)
        message = f"{works[0]} takes {str(title)!r}{when} for {len(given)} seasons: {seasons}"
        return AmbiguousTitleError(message, hints=["leave one of the two names out, or date them"])
    message = f"{len(works)} works of the catalogue claim {str(title)!r}{when}"
    hints = [f"key {each.key!r}: {each}" for each in works]
    hints.append("what decides: kinds=, by=, year=, a printed origin or release, an id that is")
    hints.append("the title's key, or, for a name that passed from one to another, an alias of")
    hints.append("that text with start= or end=, also where it is the entry's own name")
    return AmbiguousTitleError(message, hints=hints)
