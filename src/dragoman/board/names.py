"""What everybody in the reports of a conflict is called: by the roster, or as most reports have it."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dragoman.board.folding import ANY, Fold, Now
from dragoman.ledger.store import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """One name of an entity, whether the roster has it, and how often it was told."""

    name: str
    roster: bool
    count: int


@dataclass(frozen=True, kw_only=True, eq=False)
class _Called:
    """What an entity is called in the reports so far."""

    names: tuple[_Name, ...] = ()

    @cached_property
    def name(self) -> str:
        return max(self.names, key=lambda each: (each.roster, each.count, each.name)).name


@dataclass(slots=True, kw_only=True)
class _State:
    """``called`` by id; ``ids`` are sorted."""

    called: dict[str, _Called] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)


def names_of(told: Sequence[Told]) -> dict[str, str]:
    """Return what each entity of the reports is called: by the roster, or as most reports have it, by id."""
    fold = Names(ANY)
    fold.add(told, date.max)
    return dict(fold.entries(Now(day=date.max)))


class Names(Fold[_State, tuple[str, str]]):
    """What each entity is called, with its id, by id: of all reports, those too that a later one updates."""

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in whom a report names."""
        called = self.state.called
        for entity, count in told.entities:
            if entity.id not in called:
                insort(self.state.ids, entity.id)
            former = called.get(entity.id, _Called())
            called[entity.id] = _Called(names=_counted(former.names, entity.name, count, roster=entity.roster))

    def entries(self, now: Now) -> tuple[tuple[str, str], ...]:
        """Return the names by all that was taken."""
        return tuple((identity, self.state.called[identity].name) for identity in self.state.ids)


def _counted(names: tuple[_Name, ...], name: str, count: int, *, roster: bool) -> tuple[_Name, ...]:
    """Return names of which one was told so often again."""
    place = next((at for at, each in enumerate(names) if (each.name, each.roster) == (name, roster)), len(names))
    before = names[place].count if place < len(names) else 0
    return (*names[:place], _Name(name=name, roster=roster, count=before + count), *names[place + 1 :])
