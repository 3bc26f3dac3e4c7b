"""What changed on a board: entries that are new, changed or gone against the board of an earlier day, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dragoman.board.types import Board, Cited
from dragoman.export.ledger_words import Fact, Said, Tongue, all_said

AGAINST = "sentences against it"
_NOT_TOLD = "not said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry that is ``new``, ``changed`` or ``gone``; ``facts``: name, value before, value now of what changed.

    ``cited``: the sentences that the change stands on: those that are new, or all where there are none.
    """

    how: str
    entry: Said
    facts: tuple[tuple[str, str, str], ...] = ()
    cited: tuple[Cited, ...] = ()


def changes(before: Board, now: Board, tongue: Tongue) -> tuple[Change, ...]:
    """Return the changes from one board to a later one, in the order of the board's sections; gone entries come last.

    An entry is the one of its id; of those that are left, the one of its kind that is called the same.
    """
    old, new = (list(all_said(board, tongue)) for board in (before, now))
    pairs = _pairs(old, new)
    found = [change for said in new if (change := _change(pairs.get(_key(said)), said)) is not None]
    kept = {_key(was) for was in pairs.values()}
    return (*found, *(Change(how="gone", entry=was, cited=was.cited) for was in old if _key(was) not in kept))


def _change(was: Said | None, said: Said) -> Change | None:
    if was is None:
        return Change(how="new", entry=said, cited=said.cited)
    facts = differing(was, said)
    return Change(how="changed", entry=said, facts=facts, cited=_new(was, said)) if facts else None


def _key(said: Said) -> tuple[str, str]:
    return said.kind, said.id


def _pairs(old: list[Said], new: list[Said]) -> dict[tuple[str, str], Said]:
    """Return the former entry of each later one that has one: the same id, or else the same title where one has it."""
    by_id = {_key(was): was for was in old}
    pairs = {_key(said): by_id[_key(said)] for said in new if _key(said) in by_id}
    left = [[said for said in listed if _key(said) not in pairs] for listed in (old, new)]
    titled = [Counter((said.kind, said.title) for said in listed) for listed in left]
    once = {title for title, number in titled[0].items() if number == titled[1][title] == 1}
    by_title = {(was.kind, was.title): was for was in left[0]}
    return pairs | {_key(said): by_title[said.kind, said.title] for said in left[1] if (said.kind, said.title) in once}


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
