"""What everybody in the reports of a conflict is called: by the roster, or as most reports have it."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from datetime import date

from dragoman.board.citing import Conflict
from dragoman.board.folding import Fold, Now
from dragoman.ledger.store import Told

_Name = tuple[str, bool, str]
"""An id, whether the roster has it, and a name that it goes by."""


@dataclass(slots=True, kw_only=True)
class _State:
    """How often each name was told, the names by id, and the ids in their order."""

    counts: dict[_Name, int] = field(default_factory=dict)
    names: dict[str, tuple[_Name, ...]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)


class Names(Fold[_State, tuple[str, str]]):
    """What each entity is called, with its id, by id: of all reports, those too that a later one updates."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict)
        self._chosen: dict[str, str] = {}
        self._of = self.state  # the state that they are chosen in

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in whom a report names."""
        counts = self.state.counts
        for entity, count in told.entities:
            name = (entity.id, entity.roster, entity.name)
            if name in counts:
                counts[name] += count
            else:
                counts[name] = count
                self._put(name)
            self._chosen.pop(entity.id, None)

    def _put(self, name: _Name) -> None:
        names = self.state.names
        if name[0] not in names:
            insort(self.state.ids, name[0])
        names[name[0]] = (*names.get(name[0], ()), name)

    def entries(self, now: Now) -> tuple[tuple[str, str], ...]:
        """Return the names by all that was taken."""
        if self._of is not self.state:
            self._chosen, self._of = {}, self.state
        for identity in self.state.ids:
            if identity not in self._chosen:
                self._chosen[identity] = self._name(identity)
        return tuple((identity, self._chosen[identity]) for identity in self.state.ids)

    def _name(self, identity: str) -> str:
        """Return the name that the roster has, or the one told most often, the last by letters among equals."""
        counts = self.state.counts
        return max(self.state.names[identity], key=lambda name: (name[1], counts[name], name[2]))[2]
