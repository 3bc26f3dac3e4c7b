"""What changed on a board: entries that are new, changed or gone against the board of an earlier day, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.board.types import Board, Cited
from dragoman.export.ledger_words import KINDS, Fact, Said, Tongue, entries_of

AGAINST = "sentences against it"
_NOT_TOLD = "not said"


_LOOSE = frozenset(
    {"truce", "agreement", "talks", "mechanism", "calendar"}
)  # called by their first word, which may become another


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry that is ``new``, ``changed`` or ``gone``; ``facts``: name, value before, value now of what changed.

    ``cited``: the sentences that the change stands on: those that are new, or all where there are none. ``one_with``: the entry of the
    later board that took in sentences of one that is gone, or that of the earlier board from which a new one parted.
    """

    how: str
    entry: Said
    facts: tuple[tuple[str, str, str], ...] = ()
    cited: tuple[Cited, ...] = ()
    one_with: Said | None = None


def changes(before: Board, now: Board, tongue: Tongue) -> tuple[Change, ...]:
    """Return the changes from one board to a later one, in the order of the board's sections; gone entries come last.

    An entry is that of its kind with which it shares most sentences (or of the earlier version or print of a report, sentences as
    long); of those that are left, the one of its id; then the one that alone is called the same.
    """
    same = _same(before, now)
    old, new = (list(_said(board, tongue, same)) for board in (before, now))
    pairs = _pairs(old, new)
    kept = {_key(was) for was in pairs.values()}
    later = {_key(was): key for key, was in pairs.items()}
    said_of = {_key(said): said for said in new}
    parted = _moved(
        [said for said in new if _key(said) not in pairs], list(pairs.values()), lambda was: said_of[later[_key(was)]]
    )
    lost = [was for was in old if _key(was) not in kept]
    joined = _moved(lost, [said for said in new if _key(said) in pairs], lambda said: pairs[_key(said)])
    found = [_change(pairs.get(_key(said)), said, parted.get(_key(said))) for said in new]
    gone = (Change(how="gone", entry=was, cited=was.cited, one_with=joined.get(_key(was))) for was in lost)
    return (*(change for change in found if change is not None), *gone)


def _change(was: Said | None, said: Said, parted: Said | None) -> Change | None:
    if was is None:
        return Change(how="new", entry=said, cited=said.cited, one_with=parted)
    facts = differing(was, said)
    return Change(how="changed", entry=said, facts=facts, cited=_new(was, said)) if facts else None


def _key(said: Said) -> tuple[str, str]:
    return said.kind, said.id


def _same(before: Board, now: Board) -> frozenset[tuple[str, str]]:
    """Return kind and id of the entries that are on both boards as they are: each is its own counterpart, and did not change.

    Most are, from one day to the next: what is left costs a fiftieth.
    """
    found: set[tuple[str, str]] = set()
    for kind, _ in KINDS:
        old, new = entries_of(before, kind), entries_of(now, kind)
        by_id = {entry.id: entry for entry in old}
        if len(by_id) == len(old) and len({entry.id for entry in new}) == len(new):
            found |= {(kind, entry.id) for entry in new if by_id.get(entry.id) == entry}
    return frozenset(found)


def _said(board: Board, tongue: Tongue, without: frozenset[tuple[str, str]]) -> Iterator[Said]:
    for kind, words in KINDS:
        for entry in entries_of(board, kind):
            if (kind, entry.id) not in without:
                yield words(entry, tongue)


# -- which entry is which


def _pairs(old: list[Said], new: list[Said]) -> dict[tuple[str, str], Said]:
    """Return the former entry of each later one that has one."""
    pairs: dict[tuple[str, str], Said] = {}
    taken: set[tuple[str, str]] = set()
    by_key = {_key(was): was for was in old}
    alike = [(old[place], new[number]) for place, number in _alike(old, new)]
    same = [(by_key[_key(said)], said) for said in new if _key(said) in by_key]
    for was, said in (*alike, *same):
        if _key(said) not in pairs and _key(was) not in taken:
            pairs[_key(said)] = was
            taken.add(_key(was))
    left = [was for was in old if _key(was) not in taken], [said for said in new if _key(said) not in pairs]
    titled = [Counter((said.kind, said.title) for said in listed) for listed in left]
    once = {title for title, number in titled[0].items() if number == titled[1][title] == 1}
    by_title = {(was.kind, was.title): was for was in left[0]}
    return pairs | {_key(said): by_title[said.kind, said.title] for said in left[1] if (said.kind, said.title) in once}


def _alike(old: Sequence[Said], new: Sequence[Said]) -> list[tuple[int, int]]:
    """Return the places of former and later entries that share sentences, those that share most first.

    Where that is equal, those of one id, then those that are called the same; an entry that its title makes what it is ('who backs
    whom') is no other than one that is called the same.
    """
    exact, like = _shared(old, new, _sentence), _shared(old, new, _length)
    found = []
    for place, number in exact.keys() | like.keys():
        was, said = old[place], new[number]
        if said.kind in _LOOSE or said.title == was.title or said.id == was.id:
            rank = -exact[place, number], -like[place, number], was.id != said.id, was.title != said.title
            found.append((rank, place, number))
    return [(place, number) for _, place, number in sorted(found)]


def _shared(
    old: Sequence[Said], new: Sequence[Said], key: Callable[[Cited], tuple[str, int]]
) -> Counter[tuple[int, int]]:
    """Return how many sentences former and later entries of one kind share, by their places."""
    where: dict[tuple[str, tuple[str, int]], list[int]] = {}
    for place, was in enumerate(old):
        for each in {key(cited) for cited in was.cited}:
            where.setdefault((was.kind, each), []).append(place)
    found: Counter[tuple[int, int]] = Counter()
    for number, said in enumerate(new):
        for each in {key(cited) for cited in said.cited}:
            found.update((place, number) for place in where.get((said.kind, each), ()))
    return found


def _sentence(cited: Cited) -> tuple[str, int]:
    return cited.report, cited.sentence


def _length(cited: Cited) -> tuple[str, int]:
    """Return what is alike in a sentence of one version of a report and of another, though its number is not."""
    return cited.origin, cited.end - cited.start


def _moved(
    left: Sequence[Said], others: Sequence[Said], partner: Callable[[Said], Said]
) -> dict[tuple[str, str], Said]:
    """Return for entries without a counterpart the one that has most of their sentences, and whose counterpart has them not."""
    shared = _shared(others, left, _sentence)
    found: dict[tuple[str, str], Said] = {}
    for place, number in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        mine = {_sentence(cited) for cited in left[number].cited}
        its = {_sentence(cited) for cited in others[place].cited} & mine
        if its - {_sentence(cited) for cited in partner(others[place]).cited}:
            found.setdefault(_key(left[number]), others[place])
    return found


# -- what is said of it


def _new(was: Said, said: Said) -> tuple[Cited, ...]:
    known = {(cited.report, cited.sentence) for cited in was.cited}
    return tuple(cited for cited in said.cited if (cited.report, cited.sentence) not in known) or said.cited


def differing(was: Said, said: Said) -> tuple[tuple[str, str, str], ...]:
    """Return name, value before and value now of the facts of an entry that differ; new sentences against it are one."""
    before, now = _by_name(was.facts), _by_name(said.facts)
    names = dict.fromkeys([*now, *before])
    found = [
        (name, before.get(name, _NOT_TOLD), now.get(name, _NOT_TOLD))
        for name in names
        if before.get(name) != now.get(name)
    ]
    if len(said.against) > len(was.against):
        found.append((AGAINST, str(len(was.against)), str(len(said.against))))
    return tuple(found)


def _by_name(facts: tuple[Fact, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for fact in facts:
        found[fact.name] = f"{found[fact.name]} / {fact.value}" if fact.name in found else fact.value
    return found
