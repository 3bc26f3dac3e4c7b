"""Mechanisms: committees, missions, monitors; what they are for, who is in them, whom somebody wants in or out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dragoman.board.citing import Conflict, cited, counted, entries, parties, together, words_of
from dragoman.board.types import Body
from dragoman.ledger.store import Told
from dragoman.model import content_id, merged
from dragoman.process.records import Mechanism
from dragoman.process.standing import longest

_STATES = {"planned": "proposed"}
_Word = tuple[Told, Mechanism]


def bodies(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Body, ...]:
    """Return the mechanisms told of by a day, in the order in which they were first told; one goes by several names."""
    threads: list[list[_Word]] = []
    for word in entries(counted(told, day), "mechanisms", Mechanism):
        home = _home(threads, word[1])
        if home is None:
            threads.append([word])
        else:
            home.append(word)
    return tuple(_body(thread, conflict) for thread in threads)


def _home(threads: list[list[_Word]], record: Mechanism) -> list[_Word] | None:
    """Return the body that a record is of: of like name, or the only one that a bare name ('the committee') can mean."""
    found = [thread for thread in threads if any(_is_same(known.name, record.name) for _, known in thread)]
    if len(found) == 1 or not found:
        return found[0] if found else None
    exact = [thread for thread in found if any(words_of(known.name) == words_of(record.name) for _, known in thread)]
    return exact[0] if exact else found[-1]


def _is_same(one: str, other: str) -> bool:
    """Return whether two names can be of one body: of the same last word, the longer having all words of the shorter."""
    first, second = words_of(one), words_of(other)
    return _last(one) == _last(other) and (first <= second or second <= first)


def _last(name: str) -> str:
    words = name.lower().split()
    return words[-1].rstrip("s") if words else ""


def _body(thread: Sequence[_Word], conflict: Conflict) -> Body:
    records = [record for _, record in thread]
    name = longest(record.name for record in records) or records[0].name
    return Body(
        id=content_id("body", records[0].name, thread[0][0].kept.report.id),
        name=name,
        kind=records[-1].kind,
        mandate=longest(record.mandate for record in records),
        members=merged(parties(record.members, each, conflict) for each, record in thread),
        asked_in=merged(parties(record.asked_in, each, conflict) for each, record in thread),
        asked_out=merged(parties(record.asked_out, each, conflict) for each, record in thread),
        asked_by=merged(parties(record.asked_by, each, conflict) for each, record in thread),
        status=next((_STATES.get(record.status, record.status) for record in reversed(records) if record.status), None),
        cited=together(cited(each, record) for each, record in thread),
        against=together(cited(each, record, contrary=True) for each, record in thread),
    )
