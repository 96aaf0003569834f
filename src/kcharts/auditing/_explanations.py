"""The explanations of printed counters that are not what the lists give.

Each is a function that changes nothing: it is given what is known and the differences that are
left, and returns what it explains and the rest. `POLICY` says which is tried when, and why then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal, NamedTuple

from attrs import evolve

from kcharts.auditing._faults import (
    BegunBefore,
    Blank,
    Case,
    CategoryGone,
    ClosedUp,
    CountedBelow,
    Differences,
    Fault,
    Homonym,
    RanksLacking,
    Rename,
    Revision,
    RowLost,
    ShortList,
    StaleList,
    TitlesLost,
    Unexplained,
)
from kcharts.auditing._lists import AT_PEAK, LAST, NONE, PEAK, PERIODS, PublishedLists
from kcharts.auditing._recount import Difference, Recount

SEVERAL = 2
"""How many titles prove what one alone does not: a publisher can slip once."""
# The publishers' slips are of one title on a list. In one workbook somebody translated 17 names
# of a week: so many that differ at once have another reason, and stay unexplained.
_FEW = 2
"""The most titles of a list that the publisher can have revised one by one."""


class Scene(NamedTuple):
    """What an explanation can use: all that is known of a chart up to one of its lists."""

    lists: PublishedLists
    recount: Recount
    """The counters as they were printed up to the list before."""
    blanks: Sequence[Blank]
    broken: Mapping[int, Case]
    """What is wrong with the rows of a list, by its position."""
    repeated: Mapping[int, Case]
    """The titles that were at several ranks of a list."""
    suspects: Sequence[int]
    """The lists with fewer titles than a full one: too short, or with one title twice."""
    position: int
    """The list that is looked at; after the last one, the position that a next one would have."""
    previous: int
    earlier: int | None
    """The list before it, and the one before that, stale ones left out."""


class Explanation(NamedTuple):
    case: Case
    """A case that is known already, or a new one."""
    differences: Sequence[Difference]
    blank: Blank | None = None
    """The gap that the case leaves in the lists."""
    fault: Fault | None = None
    """What the fault of a known case now proves to be."""


Explained = tuple[list[Explanation], list[Difference]]
"""The explanations of some differences, and the differences that are left."""


def _parted(
    differences: Differences, chosen: Callable[[Difference], bool]
) -> tuple[list[Difference], list[Difference]]:
    """The differences that are chosen, and the others."""
    sides: tuple[list[Difference], list[Difference]] = ([], [])
    for each in differences:
        sides[not chosen(each)].append(each)
    return sides


def _here(scene: Scene, differences: Differences) -> list[Difference]:
    """The differences of the list that is looked at."""
    return [each for each in differences if each.position == scene.position]


# -- what is known of earlier lists ---------------------------------------------------------------


def explain_by_blanks(scene: Scene, differences: Differences) -> Explained:
    """Explain what differs by just the gaps that earlier lists are known to have."""
    explained: list[Explanation] = []
    rest: list[Difference] = []
    for each in differences:
        blank = _blank_behind(scene.blanks, each) if each.position == scene.position else None
        if blank is None:
            rest.append(each)
        else:
            explained.append(Explanation(blank.case, [each]))
    return explained, rest


def _blank_behind(blanks: Sequence[Blank], each: Difference) -> Blank | None:
    """The last gap between a title's row and the one before, if the gaps explain a difference."""
    position, seen = each.position, each.seen
    if each.counter == LAST:
        between = [b for b in blanks if b.is_whole and position - 1 <= b.at < position]
        return between[-1] if between else None
    between = [b for b in blanks if b.at < position and (seen is None or seen < b.at)]
    if between and each.fits(sum(blank.issues for blank in between)):
        return between[-1]
    return None


# -- lists that were closed up --------------------------------------------------------------------


class _Claims(NamedTuple):
    """What other figures say about the ranks of a list that may be closed up."""

    shifted: Sequence[int]
    """Ranks that they call worse, but by no more than the rows which the list lacks."""
    same: Sequence[int]
    """Ranks that they confirm."""
    lost: Sequence[int]
    """Ranks that they give to titles which are not on the list."""
    against: int
    """How many of them say something else."""

    def hole(self) -> int | None:
        """The rank that fits best: from it on, all ranks are one too good."""

        # A lost title's last rank names the hole, so it counts twice; a shifted one only bounds
        # it. Of holes that fit as well, the last one calls the fewest ranks wrong.
        def fitting(rank: int) -> tuple[int, int]:
            fits = sum(each >= rank for each in self.shifted)
            fits += sum(each < rank for each in self.same) + 2 * self.lost.count(rank)
            return fits, rank

        rank = max({*self.shifted, *self.lost}, key=fitting, default=None)
        if rank is None:
            return None
        proof = sum(each >= rank for each in self.shifted) + self.lost.count(rank)
        against = self.against + sum(each < rank for each in self.shifted)
        against += sum(each >= rank for each in self.same)
        # Three quarters, as for missing issues: a misprinted last rank must not hide the hole.
        return rank if 3 * against <= proof else None


def find_closed_up(scene: Scene, differences: Differences) -> Explained:
    """Find the hole of a short list, by what its rows and the next list say of its ranks.

    The Hot 100 of 1976 and 1977 has 13 such lists, of 99 rows each.
    """
    lists, at = scene.lists, scene.previous
    short = lists.short(at)
    if not short or at in scene.broken:
        return [], [*differences]
    ranks = lists.ranks(at)
    claims = _claims(scene, differences, ranks, short)
    hole = claims.hole()
    if hole is None:
        return [], [*differences]
    if short > 1:
        # Each hole moves the ranks below it once more, so none of the ranks can be used.
        case = Case(ShortList(positions=(at,), lacking=short))
        takes, rest = _parted(differences, lambda each: _rests_on_ranks(each, at))
        return [Explanation(case, takes, Blank(at, 1, case, is_whole=True))], rest
    shifted = sum(each >= hole for each in claims.shifted)
    case = Case(ClosedUp(positions=(at,), hole=hole, shifted=shifted))
    takes, rest = _parted(differences, lambda each: _is_shifted(scene, each, ranks, hole))
    return [Explanation(case, takes, Blank(at, 1, case, is_whole=False))], rest


def _claims(
    scene: Scene, differences: Differences, ranks: Mapping[int, int], short: int
) -> _Claims:
    shifted: list[int] = []
    same: list[int] = []
    lost: list[int] = []
    against = 0
    for title, claimed in _claimed_ranks(scene, differences):
        rank = ranks.get(title)
        if rank is None:
            lost.append(claimed)
        elif claimed == rank:
            same.append(rank)
        elif rank < claimed <= rank + short:
            shifted.append(rank)
        else:
            against += 1
    return _Claims(shifted, same, lost, against)


def _claimed_ranks(scene: Scene, differences: Differences) -> Iterator[tuple[int, int]]:
    """The ranks that titles have on the previous list, by printed counters."""
    lists, at, after = scene.lists, scene.previous, scene.position
    titles, (periods, peak, _, last) = lists.store.title_codes, lists.counters
    if peak is not None and periods is not None:
        for row in lists.rows(at):  # the peak of a debut is its rank
            if periods[row] == 1 and peak[row] != NONE:
                yield titles[row], peak[row]
    for each in differences:
        rank = lists.store.ranks[each.row]
        if each.position == at and each.counter == PEAK and each.printed > rank == each.high:
            yield each.title, each.printed
    if after == len(lists.bounds) or last is None or not lists.follows(after):
        return
    for row in lists.rows(after):
        if last[row] != NONE:
            yield titles[row], last[row]


def _rests_on_ranks(each: Difference, position: int) -> bool:
    """Whether a counter depends on the ranks of its list, which cannot be trusted."""
    return each.position == position and each.counter in (PEAK, AT_PEAK)


def _is_shifted(scene: Scene, each: Difference, ranks: Mapping[int, int], hole: int) -> bool:
    """Whether a counter is what a hole makes of it, on its own list or on the one after."""
    rank = ranks.get(each.title, 0)
    if each.position == scene.previous:
        below = rank >= hole
        is_worse_peak = each.counter == PEAK and each.printed == rank + 1
        return below and (is_worse_peak or each.counter == AT_PEAK)
    if each.position != scene.position or each.counter != LAST:
        return False
    if each.title not in ranks:
        return each.printed == hole
    return rank >= hole and each.printed == rank + 1


# -- titles under another name --------------------------------------------------------------------


def find_renames(scene: Scene, differences: Differences, *, counter: str) -> Explained:
    """Find titles whose last rank, or count, goes on from a title that has just left."""
    lists, position = scene.lists, scene.position
    here = _here(scene, differences)
    # After a missing list, a title can have left or come on a list that nobody has.
    if not here or lists.elapsed(scene.previous, position) != 1:
        return [], [*differences]
    on_list = set(lists.titles(position))
    gone = {t: r for t, r in lists.ranks(scene.previous).items() if t not in on_list}
    explained: list[Explanation] = []
    rest = [*differences]
    for title in dict.fromkeys(each.title for each in here):
        own = {each.counter: each for each in here if each.title == title}
        old = _old_name(scene, own, gone, counter)
        if old is not None:
            case = Case(Rename(positions=(position,), titles=(old, title)))
            taken = [each for each in own.values() if _is_taken_over(scene, each, old)]
            rest = [each for each in rest if each not in taken]
            explained.append(Explanation(case, taken))
    return explained, rest


def _old_name(
    scene: Scene, own: Mapping[str, Difference], gone: Mapping[int, int], counter: str
) -> int | None:
    """The one title that has left and whose counters a new one continues."""
    each = own.get(counter)
    if each is None or each.title in scene.repeated or each.seen == scene.previous:
        return None
    if counter == LAST:
        names = [name for name, rank in gone.items() if rank == each.printed]
    elif LAST not in own and _may_be_renamed(scene, each):
        names = list(gone)
    else:
        return None
    strict = counter == PERIODS
    names = [name for name in names if _count_goes_on(scene, name, each.row, strict=strict)]
    return names[0] if len(names) == 1 else None


def _may_be_renamed(scene: Scene, each: Difference) -> bool:
    """Whether a count alone can show a rename: nothing else is printed or explains it."""
    lists = scene.lists
    if each.seen is None and lists.unknown_first(each.position) is None:
        return False
    if lists.is_counted_below or _is_taken_back(lists, each):
        return False
    last = lists.counters.last
    return last is None or all(last[row] == NONE for row in lists.rows(each.position))


def _is_taken_back(lists: PublishedLists, each: Difference) -> bool:
    """Whether the title's next row does not go on with a count: then it was a slip."""
    periods, row = lists.counters.periods, lists.next_row(each.title, each.position)
    return row != NONE and periods is not None and NONE != periods[row] <= each.printed


def _count_goes_on(scene: Scene, old: int, row: int, *, strict: bool) -> bool:
    """Whether a row's count is one more than the old title's."""
    periods = scene.lists.counters.periods
    held = scene.recount.periods.get(old)
    if periods is None or held is None or periods[row] == NONE:
        return not strict
    return periods[row] == held + 1


def _is_taken_over(scene: Scene, each: Difference, old: int) -> bool:
    peaks = scene.recount.peaks
    if each.counter == PEAK and old in peaks:
        return each.printed == min(peaks[old], scene.lists.store.ranks[each.row])
    return True


# -- titles that a list lacks ---------------------------------------------------------------------


def find_lost_titles(scene: Scene, differences: Differences) -> Explained:
    """Find titles that the previous list lacks, though their counters say they were on it."""
    lists, at = scene.lists, scene.previous
    missed, rest = _parted(differences, lambda each: _is_lost(scene, each))
    titles = tuple(dict.fromkeys(each.title for each in missed))
    if not titles or lists.is_counted_below:
        return [], [*differences]
    known = scene.broken.get(at)
    if known is not None:
        fault = _with_lost(lists, at, known.fault, titles)
        return [Explanation(known, missed, fault=fault)], rest
    new = _fault_of_lost(lists, at, titles)
    if new is None:
        return [], [*differences]
    case, is_whole = Case(new), not isinstance(new, RowLost)
    if is_whole:
        ranked, rest = _parted(rest, lambda each: _rests_on_ranks(each, at))
        missed += ranked
    return [Explanation(case, missed, Blank(at, 1, case, is_whole))], rest


def _is_lost(scene: Scene, each: Difference) -> bool:
    """Whether a counter says that its title was on the list before, and it was not."""
    lists = scene.lists
    if each.position != scene.position or each.title in scene.repeated:
        return False
    if each.counter == LAST:
        carried = each.seen is not None and each.seen == each.position - 1
        return not carried and each.printed != NONE and lists.follows(each.position)
    if each.counter != PERIODS or each.seen is None or each.seen != scene.earlier:
        return False
    return each.printed == each.low - 1 + lists.elapsed(each.seen, each.position)


def _with_lost(lists: PublishedLists, at: int, fault: Fault, lost: tuple[int, ...]) -> Fault:
    """The fault of a list that is known to be broken and lacks these titles too."""
    titles = tuple(dict.fromkeys([*fault.titles, *lost]))
    several = len(lost) >= SEVERAL or _category_gone(lists, at, lost) is not None
    if several and isinstance(fault, RanksLacking) and fault.lacking >= SEVERAL:
        return TitlesLost(positions=fault.positions, titles=titles, hole=fault.hole)
    return evolve(fault, titles=titles)


def _fault_of_lost(lists: PublishedLists, at: int, titles: tuple[int, ...]) -> Fault | None:
    """What is wrong with a list that lacks some titles; None where it is not clear."""
    category, short = _category_gone(lists, at, titles), lists.short(at)
    if len(titles) == short == 1:
        return RowLost(positions=(at,), titles=titles)
    if category is not None:
        return CategoryGone(positions=(at,), titles=titles, category=category)
    if short or len(titles) >= SEVERAL:
        return TitlesLost(positions=(at,), titles=titles)
    return None


def _category_gone(lists: PublishedLists, position: int, titles: Sequence[int]) -> str | None:
    """The one category that all of the titles have and a list has none of."""
    [category, *others] = {lists.kinds[title] for title in titles}
    if others or category in lists.categories(position):
        return None
    return category


def find_returns(scene: Scene, differences: Differences) -> Explained:
    """Find the lists that lack titles which come back later, by their counters."""
    lists, blanks = scene.lists, [*scene.blanks]
    known = {*scene.broken, *(blank.at for blank in blanks)}
    suspects = [position for position in scene.suspects if position not in known]
    rest = [*differences]
    explained: list[Explanation] = []
    if not suspects or lists.is_counted_below:
        return explained, rest
    # A last rank goes first: what it shows explains the count beside it, but not conversely.
    for each in sorted(_here(scene, differences), key=lambda each: each.counter != LAST):
        at = _list_lacking(scene, suspects, each)
        if at is None or each not in rest:
            continue
        suspects.remove(at)
        case = _case_of_return(scene, at, each.title)
        blanks.append(Blank(at, 1, case, is_whole=False))
        explained.append(Explanation(case, [each], blanks[-1]))
        rest.remove(each)
        more, rest = explain_by_blanks(scene._replace(blanks=blanks), rest)
        explained += more
    return explained, rest


def _list_lacking(scene: Scene, suspects: Sequence[int], each: Difference) -> int | None:
    """The one list that can lack the title of a difference."""
    if each.title in scene.repeated:
        return None
    if each.counter == LAST:
        able = [p for p in suspects if p == each.position - 1 and _holds_rank(scene, p, each)]
    elif each.counter == PERIODS and each.printed == each.high + 1:
        able = [p for p in suspects if each.seen is None or each.seen < p]
    else:
        return None
    return able[0] if len(able) == 1 else None


def _holds_rank(scene: Scene, position: int, each: Difference) -> bool:
    """Whether a title that is on a list twice has the rank that another one had."""
    store = scene.lists.store
    return any(
        store.ranks[row] == each.printed and store.title_codes[row] in scene.repeated
        for row in scene.lists.rows(position)
    )


def _case_of_return(scene: Scene, position: int, title: int) -> Case:
    """The case of a list that lacks a title: if it is full, the case of one that is on it twice."""
    short, titles = scene.lists.short(position), scene.lists.titles(position)
    if not short:
        return next(scene.repeated[each] for each in titles if titles.count(each) > 1)
    fault = RowLost if short == 1 else TitlesLost
    return Case(fault(positions=(position,), titles=(title,)))


# -- after the last list --------------------------------------------------------------------------


def explain_by_repeats(scene: Scene, differences: Differences) -> Explained:
    """Explain all that differs about a title since it was at several ranks of a list."""

    def is_of_repeated(each: Difference) -> bool:
        case = scene.repeated.get(each.title)
        return case is not None and each.position >= case.fault.positions[0]

    taken, rest = _parted(differences, is_of_repeated)
    return [Explanation(scene.repeated[each.title], [each]) for each in taken], rest


class _Counted(NamedTuple):
    position: int
    row: int
    periods: int


def find_homonyms(scene: Scene, differences: Differences) -> Explained:
    """Divide the rows of titles whose counts fall back among several works.

    Netflix's world-wide lists have four such names, *Dragon* and *Noise* among them.
    """
    rest = [*differences]
    explained: list[Explanation] = []
    for title in sorted({e.title for e in rest if e.counter == PERIODS and e.printed < e.low}):
        later = _later_works(scene, title)
        if later:
            positions = tuple(each.position for each in later)
            rows = {each.row for each in later}
            case = Case(Homonym(positions=positions, titles=(title,)), rows)
            taken = {e for e in rest if e.title == title and e.position >= positions[0]}
            explained.append(Explanation(case, [each for each in rest if each in taken]))
            rest = [each for each in rest if each not in taken]
    return explained, rest


def _later_works(scene: Scene, title: int) -> list[_Counted]:
    """The rows of a title that are not of the first work; none where all are of one."""
    chains: list[list[_Counted]] = []
    # The first work, and where the lists do not go back to the first issue, a second one.
    can_be_older = 1 if scene.lists.unknown_first(0) is None else 0
    for each in _counted_rows(scene, title):
        held = [chain for chain in chains if _continues(scene, chain[-1], each)]
        if held:
            # A work comes back more often soon than late: the one seen last goes on.
            max(held, key=lambda chain: chain[-1].position).append(each)
        elif each.periods == 1 or len(chains) <= can_be_older:
            chains.append([each])
        else:
            return []
    first, *later = chains
    # A second work that began before the data was counted beside the first, not after it.
    ended = first[-1].position
    if any(work[0].periods > 1 and work[0].position > ended for work in later[:1]):
        return []
    return sorted(each for work in later for each in work)


def _continues(scene: Scene, last: _Counted, each: _Counted) -> bool:
    slack = scene.lists.unknown(last.position, each.position)
    slack += sum(b.issues for b in scene.blanks if last.position < b.at < each.position)
    return 1 <= each.periods - last.periods <= 1 + slack


def _counted_rows(scene: Scene, title: int) -> Iterator[_Counted]:
    """Every row of a title with a count, but for those of stale lists."""
    lists = scene.lists
    periods, titles = lists.counters.periods, lists.store.title_codes
    for position in range(len(lists.bounds)):
        broken = scene.broken.get(position)
        if broken is not None and isinstance(broken.fault, StaleList):
            continue
        for row in lists.rows(position):
            if titles[row] == title and periods is not None and periods[row] != NONE:
                yield _Counted(position, row, periods[row])


def set_aside_begun_before(scene: Scene, differences: Differences) -> Explained:
    """Set aside what began before the data, or while a title was below the list."""
    # A slip with its correction fits a beginning by chance: the correction proves it a slip.
    groups = _with_corrections(scene.lists, differences)
    corrected = {each for group in groups if len(group) > 1 for each in group}
    by_kind: dict[type[_NoFault], list[Difference]] = {}
    rest: list[Difference] = []
    for each in differences:
        kind = None if each in corrected else _beginning_of(scene, each)
        (rest if kind is None else by_kind.setdefault(kind, [])).append(each)
    explained: list[Explanation] = []
    for kind, those in by_kind.items():
        positions = tuple(each.position for each in those)
        titles = len({each.title for each in those})
        explained.append(Explanation(Case(kind(positions=positions, number=titles)), those))
    return explained, rest


_NoFault = BegunBefore | CountedBelow


def _beginning_of(scene: Scene, each: Difference) -> type[_NoFault] | None:
    """How a counter can have begun where the lists do not show it."""
    below = scene.lists.is_counted_below
    if _is_begun_before(scene.lists, each):
        return CountedBelow if below and each.position > 0 else BegunBefore
    return CountedBelow if below and _is_counted_below(scene, each) else None


def _is_begun_before(lists: PublishedLists, each: Difference) -> bool:
    if each.seen is not None or lists.unknown_first(0) is not None:
        return False
    if each.counter == LAST:
        return each.position == 0
    if each.counter == PERIODS:
        return each.printed > 1
    return each.counter == AT_PEAK or each.printed < each.low


def _is_counted_below(scene: Scene, each: Difference) -> bool:
    if each.counter != PERIODS or each.seen is None:
        return False
    most = each.low - 1 + scene.lists.elapsed(each.seen, each.position)
    most += sum(b.issues for b in scene.blanks if each.seen < b.at < each.position)
    return each.low < each.printed <= most


def _with_corrections(
    lists: PublishedLists, differences: Differences
) -> list[tuple[Difference, ...]]:
    """Each difference, alone or, if it is a slip, with the one that only corrects it."""
    by_row = {(each.row, each.counter): each for each in differences}
    groups: list[tuple[Difference, ...]] = []
    corrections: set[Difference] = set()
    for each in differences:
        if each in corrections:
            continue
        after = None
        if each.counter != LAST:
            after = by_row.get((lists.next_row(each.title, each.position), each.counter))
        if after is not None and _corrects(lists, after, each):
            groups.append((each, after))
            corrections.add(after)
        else:
            groups.append((each,))
    return groups


def _corrects(lists: PublishedLists, after: Difference, each: Difference) -> bool:
    """Whether a counter goes on as if the difference before it had not been."""
    slack = after.high - after.low
    if each.counter == PEAK:
        return after.printed == min(each.high, lists.store.ranks[after.row])
    least = each.low if each.counter == AT_PEAK else each.low + 1
    return least <= after.printed <= each.high + 1 + slack


def find_revisions(scene: Scene, differences: Differences) -> Explained:
    """Find slips and corrections of the publisher, for a title or two of a list."""
    groups = _with_corrections(scene.lists, differences)
    astray: dict[int, set[int]] = {}
    for each, *_ in groups:
        astray.setdefault(each.position, set()).add(each.title)
    revisions: dict[tuple[int | None, int], tuple[list[int], list[Difference]]] = {}
    for group in groups:
        each = group[0]
        if len(astray[each.position]) > _FEW or not _may_be_revised(scene.lists, *group):
            continue
        key, before = (each.position, each.title), (each.seen, each.title)
        if each.counter in (LAST, AT_PEAK) and key not in revisions and before in revisions:
            # One slip can show twice. The Hot 100 of 1961-12-25 prints a title at No. 71; its own
            # peak there and the last rank on 1962-01-06 are 70. A wrong peak has wrong counts too.
            revisions[key] = revisions[before]
            revisions[key][0].append(each.position)
        _, taken = revisions.setdefault(key, ([each.position], []))
        taken += group
    explained: list[Explanation] = []
    # A slip that shows twice is held under both of its lists.
    for at, taken in {id(each): each for each in revisions.values()}.values():
        fault = Revision(positions=tuple(at), titles=(taken[0].title,), differences=taken)
        explained.append(Explanation(Case(fault), taken))
    revised = {each for explanation in explained for each in explanation.differences}
    return explained, [each for each in differences if each not in revised]


def _may_be_revised(
    lists: PublishedLists, each: Difference, correction: Difference | None = None
) -> bool:
    """Whether a single slip or correction of the publisher explains it."""
    if correction is not None:
        return True
    if each.counter == LAST:
        return each.seen == each.position - 1
    if each.counter != PERIODS:
        return True
    if each.seen is None:
        return False
    elapsed = lists.elapsed(each.seen, each.position)
    return elapsed == 1 or not each.low < each.printed <= each.low - 1 + elapsed


def gather_unexplained(scene: Scene, differences: Differences) -> Explained:
    """Put what is left of each list into one finding, corrections with what they correct."""
    by_list: dict[int, list[Difference]] = {}
    for group in _with_corrections(scene.lists, differences):
        by_list.setdefault(group[0].position, []).extend(group)
    explained: list[Explanation] = []
    for position, those in by_list.items():
        titles = tuple(dict.fromkeys(each.title for each in those))
        fault = Unexplained(positions=(position,), titles=titles, differences=those)
        explained.append(Explanation(Case(fault), those))
    return explained, []


# -- the policy -----------------------------------------------------------------------------------

Explain = Callable[[Scene, Differences], Explained]
When = Literal["at each list", "after the last list"]

POLICY: tuple[tuple[When, Explain], ...] = (
    # What is known already costs no new finding. It is tried again after each explanation that
    # finds another gap.
    ("at each list", explain_by_blanks),
    # A list that was closed up makes last ranks and peaks of many titles wrong at once: before
    # any title is thought to be renamed or lost by one of them.
    ("at each list", find_closed_up),
    # A last rank names the one title that was there; a count only says that some title was. So
    # renames by last ranks come before titles that a list lacks, and renames by counts after
    # all that: a title that one list lost has a count that may well fit another that left.
    ("at each list", partial(find_renames, counter=LAST)),
    ("at each list", find_lost_titles),
    # The list just before explains more than one further back does.
    ("at each list", find_returns),
    ("at each list", partial(find_renames, counter=PERIODS)),
    # The last list has no other after it, and is closed up by its own counters alone.
    ("after the last list", find_closed_up),
    # What follows needs all rows of a title. One that was on a list twice is two works under one
    # name, or one printed twice: none of its counts proves anything else.
    ("after the last list", explain_by_repeats),
    # A count that falls back is no slip if the rows fall apart into works that count on by
    # themselves. Both works may have begun before the data: homonyms come before those.
    ("after the last list", find_homonyms),
    # No fault, and common: set aside before anything is called a revision of the publisher's.
    ("after the last list", set_aside_begun_before),
    ("after the last list", find_revisions),
    ("after the last list", gather_unexplained),
)
"""Which explanation is tried when, each on what those before it have left."""
