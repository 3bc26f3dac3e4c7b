"""What people decided: kept with who and when, checked before, withdrawn and never deleted.

How decisions change what is read is in ``decided``; here they are written down and read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from dragoman.errors import LedgerError
from dragoman.ledger.asking import Helps, Ruled, ruled
from dragoman.ledger.schema import decisions as table
from dragoman.ledger.schema import filings, reports
from dragoman.ledger.stamps import next_word
from dragoman.ledger.store import Ledger, instant
from dragoman.ledger.verdicts import OF_FILING, OF_SOURCES, Asked, Decision, DecisionKind, Verdict, outlet_key
from dragoman.model import content_id

_SEE = "see dragoman decide list"


def decide(ledger: Ledger, asked: Asked, helps: Helps | None = None) -> Decision:
    """Keep what somebody decides and return it; LedgerError where it is about nothing, or its value is not allowed.

    ``helps`` are the roster, for entities that no report of the ledger names yet, and what finds a report's sentences, for added
    claims. The same decision at the same instant is one decision.
    """
    checked = ruled(ledger, asked, helps or Helps())
    with ledger.writing() as connection:
        decision = _made(asked, checked, ledger.now())
        if connection.execute(select(table.c.id).where(table.c.id == decision.id)).first() is None:
            connection.execute(insert(table), [_row(decision)])
            next_word(connection)
        if decision.kind in OF_FILING:
            _file(connection, decision)
    return decision


def withdraw(ledger: Ledger, identity: str, user: str) -> Decision:
    """Mark a decision as withdrawn and return it; LedgerError where there is none with this id, or it was withdrawn before."""
    with ledger.writing() as connection:
        decision = _one(connection, identity)
        if decision.withdrawn_at is not None:
            found = f"{decision.withdrawn_by} withdrew it on {decision.withdrawn_at:%Y-%m-%d %H:%M} UTC"
            raise LedgerError(where=decision.id, found=found, remedy="decide it again where it is to count")
        now = ledger.now()
        connection.execute(
            update(table).where(table.c.id == decision.id).values(withdrawn=now, withdrawn_by=_user(user))
        )
        next_word(connection)
        if decision.kind in OF_FILING:
            _file(connection, decision)
    return replace(decision, withdrawn_at=datetime.fromisoformat(now), withdrawn_by=_user(user))


def decisions(ledger: Ledger, known: datetime | None = None) -> list[Decision]:
    """Return the decisions as they were made, those withdrawn among them; with ``known`` as the ledger had them at that instant."""
    with ledger.reading() as connection:
        found = decisions_in(connection)
    return found if known is None else as_known(found, known)


def decisions_in(connection: Connection) -> list[Decision]:
    """Return all decisions as they were made."""
    found = [_decision(row) for row in connection.execute(select(table)).mappings()]
    return sorted(found, key=lambda each: (each.at, each.id))


def as_known(found: Iterable[Decision], known: datetime) -> list[Decision]:
    """Return the decisions made by an instant; one that was withdrawn later still counted then."""
    moment = datetime.fromisoformat(instant(known))
    there = [each for each in found if each.at <= moment]
    return [
        replace(each, withdrawn_at=None, withdrawn_by=None)
        if each.withdrawn_at and each.withdrawn_at > moment
        else each
        for each in there
    ]


def by_hand(found: Iterable[Decision]) -> Mapping[tuple[str, str], bool]:
    """Return what was decided of (report, conflict): whether it is of it; the last word counts."""
    standing = (each for each in found if each.kind in OF_FILING and each.withdrawn_at is None)
    ordered = sorted(standing, key=lambda each: (each.at, each.id))
    return {(each.about[0], each.about[1]): each.kind is DecisionKind.FILED for each in ordered}


def grades_by_hand(found: Iterable[Decision]) -> Mapping[str, Decision]:
    """Return the decision that says how far each outlet is trusted, by its name as ``outlet_key`` has it; the last word counts."""
    standing = (each for each in found if each.kind in OF_SOURCES and each.withdrawn_at is None)
    return {outlet_key(each.about[0]): each for each in sorted(standing, key=lambda each: (each.at, each.id))}


def _made(asked: Asked, checked: Ruled, now: str) -> Decision:
    packed = msgspec.json.encode(checked.verdict).decode()
    user, note = _user(asked.user), (asked.note or "").strip() or None
    return Decision(
        id=content_id("decision", asked.kind, *checked.about, packed, user, note, now),
        kind=asked.kind,
        about=checked.about,
        verdict=checked.verdict,
        user=user,
        at=datetime.fromisoformat(now),
        note=note,
    )


def _user(user: str) -> str:
    if not user.strip():
        raise LedgerError(where="user", found="nobody is named", remedy="give who decides")
    return user.strip()


def _row(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "kind": decision.kind.value,
        "about": msgspec.json.encode(decision.about).decode(),
        "verdict": msgspec.json.encode(decision.verdict).decode(),
        "user": decision.user,
        "recorded": instant(decision.at),
        "note": decision.note,
    }


def _decision(row: RowMapping) -> Decision:
    try:
        return Decision(
            id=row["id"],
            kind=DecisionKind(row["kind"]),
            about=msgspec.json.decode(row["about"], type=tuple[str, ...]),
            verdict=msgspec.json.decode(row["verdict"], type=Verdict),
            user=row["user"],
            at=datetime.fromisoformat(row["recorded"]),
            note=row["note"],
            withdrawn_at=datetime.fromisoformat(row["withdrawn"]) if row["withdrawn"] else None,
            withdrawn_by=row["withdrawn_by"],
        )
    except (msgspec.MsgspecError, ValueError) as mistake:
        found = f"the decision cannot be read ({mistake})"
        raise LedgerError(where=row["id"], found=found, remedy="it is of a newer version, or damaged") from mistake


def _one(connection: Connection, identity: str) -> Decision:
    query = select(table).where(func.substr(table.c.id, 1, len(identity)) == identity).order_by(table.c.id).limit(2)
    found = connection.execute(query).mappings().all()
    if not found or not identity:
        raise LedgerError(where=identity or "ID", found="there is no such decision", remedy=_SEE)
    if len(found) > 1 and found[0]["id"] != identity:
        raise LedgerError(where=identity, found="several decisions begin so", remedy="give more of its id")
    return _decision(found[0])


def _file(connection: Connection, about: Decision) -> None:
    """Write into ``filings`` what the standing decisions say of a report and a conflict: the last word, or nothing."""
    identity, conflict = about.about
    number = connection.execute(select(reports.c.no).where(reports.c.id == identity)).scalar_one()
    same = connection.execute(select(table).where(table.c.kind.in_(sorted(OF_FILING)))).mappings()
    said = [each for each in map(_decision, same) if each.about == about.about and each.withdrawn_at is None]
    connection.execute(delete(filings).where(filings.c.report == number, filings.c.conflict == conflict))
    if said:
        last = max(said, key=lambda each: (each.at, each.id))
        row = {"report": number, "conflict": conflict, "by": "hand", "filed": last.kind is DecisionKind.FILED}
        connection.execute(insert(filings), [{**row, "recorded": instant(last.at)}])


__all__ = [
    "Asked",
    "Decision",
    "DecisionKind",
    "Helps",
    "as_known",
    "by_hand",
    "decide",
    "decisions",
    "decisions_in",
    "withdraw",
]
