"""Mechanisms: committees, missions, monitors; what they are for, who is in them, whom somebody wants in or out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

from dragoman.board.citing import Conflict, cited, entries, parties, together, words_of
from dragoman.board.folding import Fold, Now, folded
from dragoman.board.types import Body, Cited
from dragoman.ledger.store import Told
from dragoman.model import content_id, merged
from dragoman.process.records import Mechanism
from dragoman.process.standing import longest

_STATES = {"planned": "proposed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What one report says of a body."""

    name: str
    kind: str
    mandate: str | None
    members: tuple[str, ...]
    asked_in: tuple[str, ...]
    asked_out: tuple[str, ...]
    asked_by: tuple[str, ...]
    status: str | None
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Thread:
    """One body, so far: the words that tell of it in the order of print."""

    id: str
    words: tuple[_Word, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word.name for word in self.words))


@dataclass(slots=True, kw_only=True)
class _State:
    threads: list[_Thread] = field(default_factory=list)


def bodies(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Body, ...]:
    """Return the mechanisms told of by a day, in the order in which they were first told; one goes by several names."""
    return folded(Bodies(conflict), told, day)


class Bodies(Fold[_State, Body]):
    """The mechanisms that reports tell of, in the order in which they were first told."""

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report says of mechanisms."""
        threads = self.state.threads
        for word in _words(told, self.conflict):
            place = _home(threads, word.name)
            if place is None:
                threads.append(_Thread(id=content_id("body", word.name, told.kept.report.id), words=(word,)))
            else:
                threads[place] = _Thread(id=threads[place].id, words=(*threads[place].words, word))

    def entries(self, now: Now) -> tuple[Body, ...]:
        """Return the mechanisms of all that was taken."""
        self._kept.turn()
        return tuple(self._kept.get((thread,), partial(_body, thread)) for thread in self.state.threads)


def _words(told: Told, conflict: Conflict) -> Iterator[_Word]:
    for _, record in entries([told], "mechanisms", Mechanism):
        yield _Word(
            name=record.name,
            kind=record.kind,
            mandate=record.mandate,
            members=parties(record.members, told, conflict),
            asked_in=parties(record.asked_in, told, conflict),
            asked_out=parties(record.asked_out, told, conflict),
            asked_by=parties(record.asked_by, told, conflict),
            status=record.status,
            cited=cited(told, record),
            against=cited(told, record, contrary=True),
        )


def _home(threads: Sequence[_Thread], name: str) -> int | None:
    """Return the place of the body that a name is of: of like name, or the only one that a bare name ('the committee') can mean."""
    found = [n for n, thread in enumerate(threads) if any(_is_same(known, name) for known in thread.names)]
    if len(found) == 1 or not found:
        return found[0] if found else None
    exact = (n for n in found if any(words_of(known) == words_of(name) for known in threads[n].names))
    return next(exact, found[-1])


def _is_same(one: str, other: str) -> bool:
    """Return whether two names can be of one body: of the same last word, the longer having all words of the shorter."""
    first, second = words_of(one), words_of(other)
    return (first <= second or second <= first) and _last(one) == _last(other)


def _last(name: str) -> str:
    words = name.lower().split()
    return words[-1].rstrip("s") if words else ""


def _body(thread: _Thread) -> Body:
    words = thread.words
    return Body(
        id=thread.id,
        name=longest(thread.names) or words[0].name,
        kind=words[-1].kind,
        mandate=longest(word.mandate for word in words),
        members=merged(word.members for word in words),
        asked_in=merged(word.asked_in for word in words),
        asked_out=merged(word.asked_out for word in words),
        asked_by=merged(word.asked_by for word in words),
        status=next((_STATES.get(word.status, word.status) for word in reversed(words) if word.status), None),
        cited=together(word.cited for word in words),
        against=together(word.against for word in words),
    )
