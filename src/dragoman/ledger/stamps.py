"""Stamps: each change of a report has a number, so that what was computed from reports need only look at those changed since.

A stamp is given by who writes, in his transaction, and no two write at once: a reader who has seen a stamp has seen all before it.
Derived values are no change to be told of where nobody can have seen the report since it was added: all who read settle first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, bindparam, cast, func, insert, select, update

from dragoman.ledger.schema import decisions, facts, reports

_STAMP, _SEEN, _LEDGER, _WORD = "stamp", "seen", "ledger", "word"
UNSETTLED = "unsettled"
_STANDING = select(facts.c.key, facts.c.value).where(facts.c.key.in_((_STAMP, _WORD, UNSETTLED)))
_COUNTED = select(func.count()).select_from(decisions)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a ledger has come: the number of the last change of its reports, whether they are settled, and its decisions.

    ``word`` is another one as soon as a decision was made or withdrawn.
    """

    stamp: int
    settled: bool
    word: tuple[int, int]


def standing(connection: Connection) -> Standing:
    """Return how far a ledger has come."""
    found = {row.key: row.value for row in connection.execute(_STANDING)}
    made = connection.execute(_COUNTED).scalar_one()
    return Standing(
        stamp=int(found.get(_STAMP, 0)), settled=UNSETTLED not in found, word=(made, int(found.get(_WORD, 0)))
    )


def next_word(connection: Connection) -> None:
    """Note that a decision is made or withdrawn."""
    _put(connection, _WORD, _number(connection, _WORD) + 1)


def next_stamp(connection: Connection) -> int:
    """Return the number of a change that is being made."""
    number = stamp(connection) + 1
    _put(connection, _STAMP, number)
    return number


def stamp(connection: Connection) -> int:
    """Return the number of the last change; 0 where there was none."""
    return _number(connection, _STAMP)


def mark_seen(connection: Connection) -> None:
    """Note that whoever reads from now on may see the reports as they are."""
    _put(connection, _SEEN, stamp(connection))


def restamp(connection: Connection, numbers: Iterable[int]) -> None:
    """Give those of the reports that somebody may have seen the number of a new change."""
    seen = _number(connection, _SEEN)
    shown = [{"number": number} for number in sorted(set(numbers))]
    if shown:
        mine = (reports.c.no == bindparam("number")) & (reports.c.stamp <= seen)
        connection.execute(update(reports).where(mine).values(stamp=next_stamp(connection)), shown)


def changed_since(connection: Connection, number: int) -> list[str]:
    """Return the ids of the reports that were added or changed after a stamp."""
    return sorted(connection.scalars(select(reports.c.id).where(reports.c.stamp > number)))


def name_of(connection: Connection) -> str:
    """Return the name of a ledger, which no other has."""
    return str(connection.execute(select(facts.c.value).where(facts.c.key == _LEDGER)).scalar_one())


def _number(connection: Connection, key: str) -> int:
    return connection.execute(select(cast(facts.c.value, Integer)).where(facts.c.key == key)).scalar() or 0


def _put(connection: Connection, key: str, number: int) -> None:
    changed = connection.execute(update(facts).where(facts.c.key == key).values(value=str(number)))
    if changed.rowcount == 0:
        connection.execute(insert(facts), [{"key": key, "value": str(number)}])
