"""Catalogues: which work a printed title is, and histories whose titles are works."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, final

from attrs import Factory, evolve, field, frozen

from kcharts._faces import public
from kcharts.catalogue._entries import (
    Alias,
    Candidate,
    CatalogueEntry,
    Identity,
    bases,
    key_faults,
    label,
)
from kcharts.catalogue._relabelling import Resolver, relabel, resolver, unknown_titles
from kcharts.errors import (
    AmbiguousTitleError,
    ConflictError,
    UnknownTitleError,
    UnsupportedBackendError,
)
from kcharts.model import _checks as checks
from kcharts.model.history import ChartHistory
from kcharts.model.lookup import close
from kcharts.model.title import Title, fold
from kcharts.sources.limits import LIMITS, Limits
from kcharts.sources.source import Source

OnRepeat = Literal["raise", "keep"]


def _checked(entries: Iterable[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    listed = checks.as_list("entries", entries, CatalogueEntry, "CatalogueEntry values in a row")
    for fault in key_faults(listed):
        message = fault.message(f"of {listed[fault.other]}")
        raise ValueError(f"entries: {listed[fault.entry]}: {message}; {fault.hint}")
    return tuple(listed)


class _Index(NamedTuple):
    """The entries of a catalogue by key, by id and by folded name."""

    keys: dict[str, CatalogueEntry]
    ids: dict[str, list[tuple[CatalogueEntry, str | None]]]
    names: dict[str, list[tuple[CatalogueEntry, Alias]]]


def _index_of(catalogue: "Catalogue") -> _Index:
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
@public
@frozen
class Proposal:
    """A title that the catalogue does not know, and a work with a similar name.

    Attributes:
        title: The title as printed.
        entry: The work it might be.
        name: The similar name of the work.
        score: From 0 to 100: the share of characters that agree, with the words in any order.
    """

    title: Title
    entry: CatalogueEntry
    name: str
    score: float = field(eq=False)

    @property
    def numbers_differ(self) -> bool:
        """Whether the two names have different numbers in them, as those of two parts do."""
        return _numbers(self.title.name) != _numbers(self.name)

    @property
    def alias(self) -> Alias:
        """The alias that accepts it: `catalogue.with_alias(proposal.entry.key, proposal.alias)`.

        It applies on all dates. If the entry has a dated alias with that text, date this one too.
        """
        return Alias(self.title.name)

    def as_row(self) -> dict[str, Any]:
        """The proposal as named cells."""
        return {
            "title": self.title.name,
            "season": self.title.season,
            "kind": self.title.kind,
            "key": self.entry.key,
            "name": self.name,
            "score": round(self.score, 1),
        }

    def __str__(self) -> str:
        remark = f"{self.score:.0f} of 100 like {self.name!r}"
        remark += "; the numbers differ" if self.numbers_differ else ""
        for alias in self.entry.dated(self.title.name):
            remark += f"; the entry has {str(alias)!r} already: date this alias, too"
        return f".with_alias({self.entry.key!r}, {self.title.name!r})  # {remark}"


def _proposals(
    entries: Iterable[CatalogueEntry], titles: Iterable[Title], at_least: float
) -> tuple[Proposal, ...]:
    """The pairs whose names are similar enough, the best first, other numbers last."""
    if isinstance(at_least, bool) or not isinstance(at_least, int | float):
        raise checks.refuse("at_least", "a number from 0 to 100", at_least, kind=TypeError)
    if not 0 <= at_least <= 100:  # noqa: PLR2004  (the message says it)
        raise checks.refuse("at_least", "a number from 0 to 100", at_least)
    try:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  (only where it is asked for)
    except ImportError as fault:
        raise UnsupportedBackendError(
            "propose needs rapidfuzz, which is not installed",
            hints=["pip install kcharts[match]"],
        ) from fault
    # Folded as look-ups fold: a title that differs only in case is known already.
    names = [(entry, alias.text) for entry in entries for alias in entry.texts()]
    folded = [fold(name) for _, name in names]
    proposals: list[Proposal] = []
    for title in titles:
        like = process.extract(
            fold(title.name),
            folded,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=at_least,
            limit=None,
        )
        for _, score, position in like:
            entry, name = names[position]
            if entry.fits(title):
                proposals.append(Proposal(title, entry, name, score))
    # A work is proposed once for all titles of one name: the seasons of a show differ in nothing
    # that a name is compared by.
    best: dict[tuple[str, str, str], Proposal] = {}
    for each in sorted(proposals, key=_order):
        best.setdefault((each.title.name, each.title.by or "", each.entry.key), each)
    return tuple(best.values())


def _order(proposal: Proposal) -> tuple[bool, float, str, str]:
    # Names with other numbers come last: "Part 1" is 94 of 100 like "Part 2", and another work.
    title, entry = proposal.title, proposal.entry
    return proposal.numbers_differ, -proposal.score, title.key, entry.key


def _numbers(name: str) -> list[str]:
    return re.findall("[0-9]+", fold(name))


@final
@public
@frozen
class Catalogue:
    """Works, each with the names that lists print for it; immutable.

    Names are compared folded and as a whole, never by similarity. A name that two works claim on
    one date is refused, and the error says what would decide. `Catalogue([*one, *other])` joins
    two catalogues.

    Attributes:
        entries: The works; no two share a key.

    Raises:
        ValueError: Two entries share a key, or one has the other's key among its ids.

    >>> from kcharts import Country, Title
    >>> works = Catalogue([CatalogueEntry("Hellbound", key="hellbound", origin=Country("KR"))])
    >>> works.entry(Title("HELLBOUND", season="Season 2")).origin
    Country("KR")
    """

    entries: tuple[CatalogueEntry, ...] = field(default=(), converter=_checked)
    _index: _Index = field(
        init=False, eq=False, repr=False, default=Factory(_index_of, takes_self=True)
    )

    def __reduce__(self) -> tuple[Any, ...]:
        return Catalogue, (self.entries,)  # the index is larger than the entries, and made quickly

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[CatalogueEntry]:
        return iter(self.entries)

    def __str__(self) -> str:
        works = "1 work" if len(self) == 1 else f"{len(self):,} works"
        names = sum(len(entry.aliases) for entry in self.entries)
        return f"a catalogue of {works} with {names:,} other {'name' if names == 1 else 'names'}"

    @classmethod
    def from_tsv(
        cls,
        source: Source,
        /,
        *,
        encoding: str | None = None,
        date_format: str | None = None,
        limits: Limits = LIMITS,
    ) -> "Catalogue":
        r"""Read a catalogue from a table: tab-separated text, CSV, or the sheet of a workbook.

        Each line belongs to the entry with its `key`: a line with a `name` is the entry itself,
        one with an `alias` another name, and one with a `season` alone a season. Several texts in
        a cell are separated by `|`.

        Args:
            source: A path, an open file, or bytes; gzip and zip are unpacked.
            encoding: The text's, if not UTF-8.
            date_format: Of dates that are not YYYY-MM-DD, such as "%m/%d/%Y".
            limits: How much is read before the source is refused.

        Raises:
            ParseErrors: All that is wrong, each with its line and column.

        >>> works = Catalogue.from_tsv(b"key\tname\torigin\nhellbound\tHellbound\tKR\n")
        >>> print(works.entries[0])
        Hellbound
        """
        from kcharts.catalogue import _files  # noqa: PLC0415  (readers cost as much again)

        entries = _files.read_tsv(source, encoding=encoding, date_format=date_format, limits=limits)
        return cls(entries)

    @classmethod
    def from_json(
        cls,
        source: Source,
        /,
        *,
        encoding: str | None = None,
        date_format: str | None = None,
        limits: Limits = LIMITS,
    ) -> "Catalogue":
        """Read a catalogue from JSON, as `to_json` writes it; with the arguments of `from_tsv`.

        Raises:
            ParseErrors: All that is wrong, each with its line and the path to it.
        """
        from kcharts.catalogue import _files  # noqa: PLC0415  (readers cost as much again)

        entries = _files.read_json(
            source, encoding=encoding, date_format=date_format, limits=limits
        )
        return cls(entries)

    def to_tsv(self) -> str:
        """The catalogue as a table, which `from_tsv` reads.

        >>> works = Catalogue([CatalogueEntry("Hellbound", key="hellbound")])
        >>> Catalogue.from_tsv(works.to_tsv().encode()) == works
        True
        """
        from kcharts.catalogue import _files  # noqa: PLC0415  (readers cost as much again)

        return _files.as_tsv(self.entries)

    def to_json(self) -> str:
        """The catalogue as JSON, which `from_json` reads."""
        from kcharts.catalogue import _files  # noqa: PLC0415  (readers cost as much again)

        return _files.as_json(self.entries)

    def entry(self, title: Title, /, *, date: dt.date | str | None = None) -> CatalogueEntry | None:
        """The work that a printed title is; None if the catalogue does not know it.

        Without the list's `date`, names that apply on some dates only do not count.

        Raises:
            AmbiguousTitleError: Two works claim it on that date.
            ConflictError: It is printed with another origin or release than its work has.
        """
        checks.check_kind("title", title, Title, 'a Title such as Title("A Show")')
        day = None if date is None else checks.as_day(date)
        identity = self._decide(title, self._candidates(title), day)
        return None if identity is None else identity.entry

    def _candidates(self, title: Title) -> list[Candidate]:
        """All that a printed title can be, on whatever date."""
        # A publisher's id is surer than any name: names are looked up where no id decides. A key
        # that was made from the name is none, and says no more than the name does.
        keys, ids, names = self._index
        season = label(title)
        own = title.key if title.has_own_key else ""
        if own in keys:
            entry = keys[own]
            return [Candidate(entry.identity(label(title, entry.names())), None)]
        for base in bases(own):
            if base in keys and keys[base].identity(season).key == own:
                return [Candidate(keys[base].identity(season), None)]
        if title.key in ids:
            return [
                Candidate(entry.identity(label(title, entry.names()), given=given), None)
                for entry, given in ids[title.key]
            ]
        # The alias of a season is the full text, "Squid Game: Season 1"; one of the work is the
        # name before it.
        by = "" if title.by is None else f" by {title.by}"
        full = fold(title.full_name.removesuffix(by))
        return [
            Candidate(entry.identity(label(title, entry.names()), given=alias.season), alias)
            for text in dict.fromkeys([full, fold(title.name)])
            for entry, alias in names.get(text, ())
            if entry.fits(title) and (alias.season is None or text == full)
        ]

    def _decide(
        self, title: Title, candidates: Iterable[Candidate], date: dt.date | None
    ) -> Identity | None:
        """What a printed title is on a date; raises if it could be several works."""
        claims = [each for each in candidates if each.holds(date)]
        # A key decides whatever is printed; a name does not, where an origin or a release differs.
        holding = [
            each.identity
            for each in claims
            if each.alias is None or not each.identity.disputes(title)
        ]
        if not claims:
            return None
        if not holding:
            raise _disputed(title, claims[0])
        # Two names of one work are no conflict, unless each gives another season.
        entries = {identity.entry.key: identity.entry for identity in holding}
        given = {identity.key: identity for identity in holding if identity.given}
        if len(entries) > 1 or len(given) > 1:
            raise _ambiguous(title, date, entries, [*given.values()])
        return next(iter(given.values()), holding[0])

    def unknown(self, history: ChartHistory, /) -> list[Title]:
        """The titles of a history that the catalogue does not know on some date they are listed.

        >>> from kcharts import sample
        >>> works = Catalogue(CatalogueEntry(title.name) for title in sample().titles)
        >>> works.unknown(sample())
        []
        """
        return unknown_titles(history, self._resolver(history))

    def _resolver(self, history: ChartHistory) -> Resolver:
        expected = "a ChartHistory, such as read or ChartHistory.from_snapshots gives"
        checks.check_kind("history", history, ChartHistory, expected)
        return resolver(history, self._candidates, self._decide)

    def relabel(self, history: ChartHistory, /, *, on_repeat: OnRepeat = "raise") -> ChartHistory:
        """Give the titles of a history the identity of the catalogue's works.

        A title that the catalogue knows gets the entry's name, key, origin, release and ids, and
        all names of one season of a work become one title. What was printed stays in each row's
        `extras`, as "title as printed" and "season as printed". A season is called by the entry's
        name and its own; the seasons of a work remain separate (`by_show` joins them). Unknown
        titles stay as they are: `unknown` lists them. Titles to which their publisher gives
        different keys, origins or releases become one only if `ids` has their keys.

        Args:
            history: The lists.
            on_repeat: If a list has two titles that are one work, "raise", or "keep" both rows,
                of which measures take the better one.

        Raises:
            AmbiguousTitleError: Two works claim a title on one date; or one work claims titles
                with different keys of one publisher, or, if it has no kinds or year, titles with
                different ones.
            ConflictError: Two titles of one list are one work; or the origins or releases of
                titles differ from each other or from the entry; or an unknown title has the key
                of a work.
        """
        resolve = self._resolver(history)
        if on_repeat not in ("raise", "keep"):
            raise checks.refuse("on_repeat", '"raise" or "keep"', on_repeat)
        return relabel(history, resolve, on_repeat)

    def propose(self, history: ChartHistory, /, *, at_least: float = 85) -> tuple[Proposal, ...]:
        """Pairs of an unknown title and a work with a similar name, for a person to review.

        Nothing is merged: only an alias that you add with `with_alias` decides. The pairs are
        sorted by similarity, from 100 down to `at_least`; those with different numbers in their
        names, such as "Part 1" and "Part 2", come last.

        Raises:
            UnsupportedBackendError: rapidfuzz is not installed: `pip install kcharts[match]`.
        """
        return _proposals(self.entries, self.unknown(history), at_least)

    def with_alias(self, key: str, alias: Alias | str, /) -> "Catalogue":
        """The catalogue with one more name for the work of that key.

        Raises:
            UnknownTitleError: No work has the key.

        >>> works = Catalogue([CatalogueEntry("Hellbound", key="hellbound")])
        >>> print(works.with_alias("hellbound", Alias("지옥", language="ko")).entries[0])
        Hellbound (지옥)
        """
        checks.check_text("key", key)
        if key not in self._index.keys:
            hints = [f"did you mean {near!r}?" for near in close(key, self._index.keys)]
            raise UnknownTitleError(f"no entry of {self} has the key {key!r}", hints=hints)
        added = Alias(alias) if isinstance(alias, str) else alias
        checks.check_kind("alias", added, Alias, "an Alias, or a name")
        return Catalogue(
            evolve(entry, aliases=(*entry.aliases, added)) if entry.key == key else entry
            for entry in self.entries
        )


def _disputed(title: Title, claim: Candidate) -> ConflictError:
    """The error for a title that is printed with another origin or release than its entry has."""
    identity = claim.identity
    name, printed, said = identity.disputes(title)[0]
    key, work = title.key, f"{identity.entry} [{identity.key}]"
    return ConflictError(
        f"{title!r} is printed with {name} {printed}, and {work} has {said}",
        hints=[
            f"one work? list the title's key in the ids of the entry: {key!r}",
            f"two works? give the other one an entry, with its own key= and {name}=",
        ],
    )


def _ambiguous(
    title: Title,
    date: dt.date | None,
    entries: dict[str, CatalogueEntry],
    given: list[Identity],
) -> AmbiguousTitleError:
    when = "" if date is None else f" on {date}"
    works: list[Any] = list(entries.values())
    if len(works) == 1:
        seasons = " and ".join(repr(identity.season) for identity in given)
        message = f"{works[0]} takes {str(title)!r}{when} for {len(given)} seasons: {seasons}"
        return AmbiguousTitleError(message, hints=["leave one of the two names out, or date them"])
    message = f"{len(works)} works of the catalogue claim {str(title)!r}{when}"
    hints = [f"key {each.key!r}: {each}" for each in works]
    hints.append("what decides: kinds=, by=, year=, a printed origin or release, an id that is")
    hints.append("the title's key, or, for a name that passed from one to another, an alias of")
    hints.append("that text with start= or end=, also where it is the entry's own name")
    return AmbiguousTitleError(message, hints=hints)
