"""A ledger in words that depend on nothing but what is in it: no numbers of rows, no instants, no order of adding.

Two ledgers that say the same have the same dump, on whatever database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import RowMapping, select

from dragoman.ledger.schema import decisions, failures, filings, reports
from dragoman.ledger.store import KeptClaim, Ledger, Told

_CANONICAL = msgspec.json.Encoder(order="sorted")
_INSTANTS = frozenset({"recorded", "withdrawn", "polled"})


def dump(ledger: Ledger) -> bytes:
    """Return a ledger as JSON lines, in order: reports with all that was read in them, decisions, filings, failures."""
    return b"".join(_CANONICAL.encode(line) + b"\n" for line in lines(ledger))


def lines(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Yield what ``dump`` prints, a line at a time."""
    for told in ledger.told(gone=True):
        yield {"report": _report(told), **_read_in(told)}
    with ledger.reading() as connection:
        found = connection.execute(select(decisions).order_by(decisions.c.id)).mappings().all()
        for row in found:
            yield {"decision": _lasting(row) | {"is_withdrawn": row["withdrawn"] is not None}}
        joined = select(filings, reports.c.id).join(reports, filings.c.report == reports.c.no)
        filed = [_lasting(row) for row in connection.execute(joined).mappings()]
        failed = [_lasting(row) for row in connection.execute(select(failures)).mappings()]
    for filing in sorted(filed, key=lambda each: (each["id"], each["conflict"])):
        yield {"filing": {name: value for name, value in filing.items() if name != "report"}}
    for failure in sorted(failed, key=lambda each: str(each["source"])):
        yield {"failure": failure}


def _report(told: Told) -> dict[str, Any]:
    kept = told.kept
    return {
        "report": kept.report,
        "made": kept.made,
        "sentences": kept.sentences,
        "hash": kept.hash,
        "revises": kept.revises,
        "origin": kept.origin,
    }


def _read_in(told: Told) -> dict[str, Any]:
    return {
        "claims": [_claim(each) for each in told.claims],
        "entities": told.entities,
        "records": told.records,
        "contradictions": told.contradictions,
    }


def _claim(kept: KeptClaim) -> dict[str, Any]:
    return {
        "claim": kept.claim,
        "linked": kept.linked,
        "first": kept.first_rulebook,
        "last": kept.last_rulebook,
        "gone": kept.gone,
    }


def _lasting(row: RowMapping) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if name not in _INSTANTS}
