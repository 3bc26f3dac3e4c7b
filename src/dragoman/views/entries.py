"""A conflict's board as entries for formats: each in the fields that the contract prints for its kind, with its sentences.

What the board knows beyond the contract stands under names of its own ('since', 'outcome', 'accusers', 'denied_by'). What a board
does not keep (the day of a position, the host of what is planned) is null. Turnings are not among them: the contract has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from dragoman.board.types import (
    Backing,
    Board,
    Body,
    Breach,
    Cited,
    Dispute,
    Due,
    Menace,
    Paper,
    Round,
    Signing,
    Stance,
    Truce,
)
from dragoman.board.types import Entry as BoardEntry
from dragoman.export.content import Entry, Sentence
from dragoman.export.contract import date_form, place_form
from dragoman.model import Report, When, Where, content_id

Form = dict[str, Any]


def entries_of(board: Board, reports: Mapping[str, Report]) -> Iterator[Entry]:
    """Yield the entries of a board; ``reports`` are those that it cites, by id."""
    rounds = [each for track in board.tracks for each in track.rounds]
    for kind, entries, form in (
        ("alignments", board.backings, _backing),
        ("positions", board.stances, _stance),
        ("threats", board.menaces, _menace),
        ("talks", rounds, _round),
        ("agreements", board.papers, _paper),
        ("ceasefires", board.truces, _truce),
        ("violations", board.breaches, _breach),
        ("mechanisms", board.bodies, _body),
        ("planned", board.calendar, _due),
        ("contradictions", board.disputes, _dispute),
    ):
        yield from (_entry(kind, entry, form, board, reports) for entry in entries)
    for paper in board.papers:
        for signing in paper.signings:
            yield _signature(paper, signing, board, reports)


def _entry(kind: str, entry: Any, form: Callable[[Any], Form], board: Board, reports: Mapping[str, Report]) -> Entry:
    cited = _all_cited(entry)
    return Entry(
        kind=kind,
        id=entry.id,
        form={"id": entry.id, **form(entry), **_stands_on(cited, entry.against, reports)},
        sentences=_sentences(cited, reports),
        conflict=board.conflict,
    )


def _all_cited(entry: BoardEntry) -> tuple[Cited, ...]:
    """Return the sentences that speak for an entry; of a dispute those of its versions."""
    versions = entry.versions if isinstance(entry, Dispute) else ()
    return entry.cited or tuple(cited for _, listed in versions for cited in listed)


def _signature(paper: Paper, signing: Signing, board: Board, reports: Mapping[str, Report]) -> Entry:
    identity = content_id("signature", paper.id, signing.party, signing.status)
    form: Form = {
        "id": identity,
        "party": signing.party,
        "document": paper.name,
        "agreement": paper.id,
        "status": signing.status,
        "place": None,
        "date": _when(signing.date),
        **_stands_on(signing.cited, signing.against, reports),
    }
    sentences = _sentences(signing.cited, reports)
    return Entry(kind="signatures", id=identity, form=form, sentences=sentences, conflict=board.conflict)


# -- the fields of each kind


def _truce(truce: Truce) -> Form:
    return {
        "parties": list(truce.parties),
        "status": truce.status,
        "scope": truce.scope,
        "despite": None,
        "declared": _when(truce.declared),
        "from": _when(truce.from_),
        "until": _when(truce.until),
        "since": truce.since.isoformat() if truce.since else None,
    }


def _paper(paper: Paper) -> Form:
    return {
        "name": paper.name,
        "kind": paper.kind,
        "terms": list(paper.terms),
        "status": paper.status,
        "parties": list(paper.parties),
        "place": _where(paper.place),
        "date": _when(paper.date),
    }


def _round(held: Round) -> Form:
    return {
        "name": held.name,
        "place": held.place.name if held.place else None,
        "where": _where(held.place),
        "date": _when(held.date),
        "format": held.format,
        "status": held.status,
        "host": held.host,
        "mediators": list(held.mediators),
        "parties": list(held.parties),
        "declined": list(held.declined),
        "outcome": held.outcome,
    }


def _stance(stance: Stance) -> Form:
    held = next((turn.state for turn in reversed(stance.history) if turn.state != "dropped"), stance.state)
    status = "dropped" if stance.state == "dropped" else "conditional" if stance.condition else "held"
    return {
        "party": stance.party,
        "stance": held,
        "of": list(stance.of),
        "content": stance.content,
        "condition": stance.condition,
        "status": status,
        "date": _when(When()),
        "issue": stance.issue,
    }


def _menace(menace: Menace) -> Form:
    return {
        "party": menace.party,
        "against": list(menace.whom),
        "condition": menace.condition,
        "consequence": menace.consequence,
        "deadline": _when(menace.deadline),
        "date": _when(When()),
        "outcome": menace.outcome,
    }


def _backing(backing: Backing) -> Form:
    return {
        "backer": backing.backer,
        "backed": backing.backed,
        "kind": backing.kind,
        "means": backing.means,
        "status": backing.status,
        "since": None,
        "denied_by": list(backing.denied_by),
    }


def _breach(breach: Breach) -> Form:
    return {
        "accuser": breach.accusers[0] if breach.accusers else None,
        "accused": list(breach.accused),
        "act": breach.act,
        "denied_by": list(breach.denied_by),
        "verified_by": list(breach.verified_by),
        "place": _where(breach.place),
        "date": _when(breach.date),
        "accusers": list(breach.accusers),
    }


def _body(body: Body) -> Form:
    return {
        "name": body.name,
        "kind": body.kind,
        "mandate": body.mandate,
        "members": list(body.members),
        "asked_in": list(body.asked_in),
        "asked_out": list(body.asked_out),
        "asked_by": list(body.asked_by),
        "status": body.status,
    }


def _due(due: Due) -> Form:
    return {
        "what": due.what,
        "kind": due.kind,
        "place": due.place.name if due.place else None,
        "where": _where(due.place),
        "window": _when(due.window),
        "host": None,
        "due": list(due.due),
        "declined": [],
        "outcome": due.outcome,
    }


def _dispute(dispute: Dispute) -> Form:
    return {
        "kind": dispute.kind,
        "about": dispute.about,
        "versions": [value for value, _ in dispute.versions],
        "sides": [
            {"value": value, "claims": _claims(cited), "speakers": _speakers(cited)}
            for value, cited in dispute.versions
        ],
    }


# -- what all have


def _stands_on(cited: Iterable[Cited], against: Iterable[Cited], reports: Mapping[str, Report]) -> Form:
    listed = tuple(cited)
    first = next((each for each in listed if each.report in reports), None)
    return {
        "claims": _claims(listed),
        "contrary": _claims(against),
        "speakers": _speakers(listed),
        "hedged": bool(listed) and all(each.hedged for each in listed),
        "sentences": sorted({each.sentence for each in listed}),
        "evidence": _evidence(first, reports) if first else None,
    }


def _evidence(cited: Cited, reports: Mapping[str, Report]) -> Form:
    text = reports[cited.report].text[cited.start : cited.end]
    return {"sentence": cited.sentence, "start": cited.start, "end": cited.end, "text": text}


def _sentences(cited: Iterable[Cited], reports: Mapping[str, Report]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            report=reports[each.report],
            claims=each.claims,
            start=each.start,
            end=each.end,
            text=reports[each.report].text[each.start : each.end],
        )
        for each in dict.fromkeys(cited)
        if each.report in reports
    )


def _claims(cited: Iterable[Cited]) -> list[str]:
    return list(dict.fromkeys(claim for each in cited for claim in each.claims))


def _speakers(cited: Iterable[Cited]) -> list[str]:
    return list(dict.fromkeys(who for each in cited for who in each.speakers))


def _when(when: When | None) -> Form | None:
    return msgspec.to_builtins(date_form(when)) if when is not None else None


def _where(where: Where | None) -> Form | None:
    return msgspec.to_builtins(place_form(where)) if where is not None else None
