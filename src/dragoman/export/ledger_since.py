"""What changed on a board: entries that are new, changed or gone against the board of an earlier day, in words."""

from __future__ import annotations

from collections.abc import Iterator
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
    """Return the changes from one board to a later one, in the order of the board's sections; gone entries come last."""
    old = {(said.kind, said.id): said for said in all_said(before, tongue)}
    found = list(_new_and_changed(old, now, tongue))
    kept = {(said.kind, said.id) for said in all_said(now, tongue)}
    gone = [Change(how="gone", entry=said, cited=said.cited) for key, said in old.items() if key not in kept]
    return (*found, *gone)


def _new_and_changed(old: dict[tuple[str, str], Said], now: Board, tongue: Tongue) -> Iterator[Change]:
    for said in all_said(now, tongue):
        was = old.get((said.kind, said.id))
        if was is None:
            yield Change(how="new", entry=said, cited=said.cited)
        elif facts := differing(was, said):
            yield Change(how="changed", entry=said, facts=facts, cited=_new(was, said))


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
