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
    """The entries, whose keys tell them apart."""
    try:
        listed = tuple(entries)
    except TypeError:
        expected = "CatalogueEntry values in a row"
        raise checks.refuse("entries", expected, entries, kind=TypeError) from None
    for entry in listed:
        if not isinstance(entry, CatalogueEntry):
            raise checks.refuse("entries", "CatalogueEntry values", entry, kind=TypeError)
    for fault in key_faults(listed):
        message = fault.message(f"of {listed[fault.other]}")
        raise ValueError(f"entries: {listed[fault.entry]}: {message}; {fault.hint}")
    return listed


class _Index(NamedTuple):
    """The entries of a catalogue by all that a title can be known by."""

    keys: dict[str, CatalogueEntry]
    ids: dict[str, list[tuple[CatalogueEntry, str | None]]]
    names: dict[str, list[tuple[CatalogueEntry, Alias]]]


def _index_of(catalogue: "Catalogue") -> _Index:
    """Where the entries of each key, each id and each folded name are found."""
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
    """A title that the catalogue does not know, and a work whose name is like its own.

    Attributes:
        title: The title as printed.
        entry: The work it may be.
        name: The name of the work that is like the title's.
        score: How like, from 0 to 100: the share of characters that agree, words in any order.
    """

    title: Title
    entry: CatalogueEntry
    name: str
    score: float = field(eq=False)

    @property
    def numbers_differ(self) -> bool:
        """Whether the two names have different numbers in them, as those of two parts have."""
        return _numbers(self.title.name) != _numbers(self.name)

    @property
    def alias(self) -> Alias:
        """The alias that accepts it: `catalogue.with_alias(proposal.entry.key, proposal.alias)`.

        It holds on all dates. Where the entry has a dated alias of that text, date this one, too.
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
    """The pairs whose names are as like as that: the likest first, other numbers last."""
    if isinstance(at_least, bool) or not isinstance(at_least, int | float):
        raise checks.refuse("at_least", "a number from 0 to 100", at_least, kind=TypeError)
    if not 0 <= at_least <= _ALL:
        raise checks.refuse("at_least", "a number from 0 to 100", at_least)
    try:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  (only where it is asked for)
    except ImportError as fault:
        raise UnsupportedBackendError(
            "propose needs rapidfuzz, which is not installed",
            hints=["pip install kcharts[match]"],
        ) from fault
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


_ALL = 100


@final
@public
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
        init=False, eq=False, repr=False, default=Factory(_index_of, takes_self=True)
    )

    def __reduce__(self) -> tuple[Any, ...]:
        return Catalogue, (self.entries,)  # the index is made again

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
    def from_tsv(
        cls,
        source: Source,
        /,
        *,
        encoding: str | None = None,
        date_format: str | None = None,
        limits: Limits = LIMITS,
    ) -> "Catalogue":
        r"""The catalogue of a table: tab-separated text, CSV, or the sheet of a workbook.

        Each line is of the entry whose `key` it has: with a `name`, the entry itself; with an
        `alias`, another name; with a `season` alone, what is known of a season. Cells that hold
        several texts separate them by `|`.

        Args:
            source: A path, an open file, or bytes; gzip and zip are unpacked.
            encoding: The text's, where it is not UTF-8.
            date_format: How dates are written where they are not YYYY-MM-DD: "%m/%d/%Y", say.
            limits: How much is taken before the source is refused.

        Raises:
            ParseErrors: What is wrong, each with its line and column.

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
        """The catalogue of a JSON text, as `to_json` writes it; the arguments are `from_tsv`'s.

        Raises:
            ParseErrors: What is wrong, each with its line and the path to it.
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
        identity = self._decide(title, self._candidates(title), day)
        return None if identity is None else identity.entry

    def _candidates(self, title: Title) -> list[Candidate]:
        """All that a printed title can be, on whatever date."""
        keys, ids, names = self._index
        season = label(title)
        own = title.key if title.has_own_key else ""  # what was printed decides by its names
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
        """What a printed title is on a date; several works are refused."""
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
        entries = {identity.entry.key: identity.entry for identity in holding}
        given = {identity.key: identity for identity in holding if identity.given}
        if len(entries) > 1 or len(given) > 1:
            raise _ambiguous(title, date, entries, [*given.values()])
        return next(iter(given.values()), holding[0])

    def unknown(self, history: ChartHistory, /) -> list[Title]:
        """The titles of a history that the catalogue does not know, on some date or ever.

        >>> from kcharts import sample
        >>> works = Catalogue(CatalogueEntry(title.name) for title in sample().titles)
        >>> works.unknown(sample())
        []
        """
        _check_history(history)
        return unknown_titles(history, self._resolver(history))

    def _resolver(self, history: ChartHistory) -> Resolver:
        return resolver(history, self._candidates, self._decide)

    # -- relabelling ----------------------------------------------------------------------

    def relabel(self, history: ChartHistory, /, *, on_repeat: OnRepeat = "raise") -> ChartHistory:
        """The history whose titles are the works of the catalogue.

        A title that the catalogue knows gets the entry's name, key, origin, release and ids;
        names that are of one work, and of one season of it, become one title. What was printed
        instead stays in each row's `extras`, as "title as printed" and "season as printed". The
        season is called by the entry's name and its own; the seasons of a work remain apart
        (`by_show` joins them). Titles that the catalogue does not know stay as they are: `unknown`
        lists them. Titles that their publisher tells apart by a key, an origin or a release
        become one only where `ids` has their keys.

        Args:
            history: The lists.
            on_repeat: What to do where a list has two titles that are one work: "raise", or
                "keep" both rows: measures take the better one.

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
        return relabel(history, self._resolver(history), on_repeat)

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


def _check_history(history: object) -> None:
    if not isinstance(history, ChartHistory):
        expected = "a ChartHistory, such as read or ChartHistory.from_snapshots gives"
        raise checks.refuse("history", expected, history, kind=TypeError)


def _disputed(title: Title, claim: Candidate) -> ConflictError:
    """The error of a title that is printed with something else than what its entry says."""
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
