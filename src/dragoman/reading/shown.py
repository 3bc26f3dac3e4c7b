"""What a report claims, for a notebook: flat rows for a data frame, and a table in HTML in which all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from dragoman.model import Claim, Report, When

_SHOWN = ("event", "actor", "recipient", "told_as", "days", "place", "said_by")
_HEADS = ("event", "who", "to whom", "told as", "when", "where", "who says so", "sentence")
_MOST = 200
"""Rows that a notebook shows: more are in ``rows()``."""


def rows_of_claims(report: Report, claims: Iterable[Claim], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a flat row for each claim, ready for pandas.DataFrame: names joined by '; ', days as dates, offsets in the text."""
    return [_row(report, claim, names) for claim in claims]


def table_of_claims(report: Report, claims: Sequence[Claim], names: Mapping[str, str]) -> str:
    """Return the claims of a report as a table in HTML; every text in it is escaped."""
    rows = rows_of_claims(report, claims[:_MOST], names)
    about = [report.headline or report.text[:80], report.outlet, report.published and report.published.isoformat()]
    head = "".join(f"<th>{each}</th>" for each in _HEADS)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    more = f"<p>… and {len(claims) - _MOST} more: see rows()</p>" if len(claims) > _MOST else ""
    caption = " · ".join(escape(each) for each in about if each)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if rows else "<p>no claims</p>"
    return f"<div class='dragoman'><p><b>{caption}</b></p>{table}{more}</div>"


def _row(report: Report, claim: Claim, names: Mapping[str, str]) -> dict[str, Any]:
    place = claim.place
    return {
        "id": claim.id,
        "event_id": claim.event_id,
        "event": claim.event.value,
        "modes": "; ".join(claim.modes),
        "actor": _named(claim.actor, names),
        "recipient": _named(claim.recipient, names),
        "actor_ids": "; ".join(claim.actor),
        "recipient_ids": "; ".join(claim.recipient),
        "status": claim.status.value,
        "negated": claim.negated,
        "hedged": claim.hedged,
        "said_by": _named((link.speaker or link.text for link in claim.attribution), names),
        "earliest": claim.date.earliest,
        "latest": claim.date.latest,
        "place": place.name if place else None,
        "country": place.code if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "content": claim.content,
        "published": report.published,
        "outlet": report.outlet,
        "report": report.id,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "sentence": claim.evidence.text,
        "rule": claim.rule,
    }


def _named(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return "; ".join(names.get(each, each) for each in ids)


def _cells(row: Mapping[str, Any]) -> str:
    """Return the cells of a row as the table shows them."""
    told = [row["status"].lower(), *(word for word in ("negated", "hedged") if row[word])]
    days = When(earliest=row["earliest"], latest=row["latest"])
    shown = {**row, "told_as": ", ".join(told), "days": _days(days)}
    cells = [*(shown[key] or "" for key in _SHOWN), row["sentence"]]
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)


def _days(when: When) -> str:
    """Return days in a table's cell.

    >>> from datetime import date
    >>> _days(When(earliest=date(2020, 1, 12), latest=date(2020, 1, 14))), _days(When())
    ('2020-01-12 – 2020-01-14', '')
    """
    ends = [day.isoformat() if day else "…" for day in (when.earliest, when.latest)]
    if ends == ["…", "…"]:
        return ""
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)
