"""Whether what somebody wants to decide can be decided: what it is about is there, and the value is allowed.

What is found is kept in the verdict as it is then: sentences and types of claims, entities with their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, select

from dragoman.errors import LedgerError
from dragoman.ledger import verdicts as v
from dragoman.ledger.added import added_ids
from dragoman.ledger.elsewhere import said_of
from dragoman.ledger.schema import claims, reports
from dragoman.ledger.store import Kept, KeptClaim, Ledger, Told, View
from dragoman.ledger.verdicts import Anchor, Asked, DecisionKind, Source, Verdict
from dragoman.model import Entity, Evidence, Report
from dragoman.rulebook.codes import MARKS
from dragoman.rulebook.types import Actor

_VALUED = frozenset({DecisionKind.CORRECTED_FIELD, DecisionKind.GRADED_SOURCE})
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_COUNT = {
    DecisionKind.CORRECTED_FIELD: 1,
    DecisionKind.GRADED_SOURCE: 1,
    **dict.fromkeys(v.OF_ENTITIES | v.OF_EVENTS | v.OF_FILING, 2),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Helps:
    """What a decision may need beside the ledger: the roster's actors by id, and what gives the sentences of a report."""

    roster: Mapping[str, Actor] = field(default_factory=dict)
    sentences: Callable[[Report], Iterable[Evidence]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What is to be kept: whole ids and the verdict."""

    about: tuple[str, ...]
    verdict: Verdict


def ruled(ledger: Ledger, asked: Asked, helps: Helps) -> Ruled:
    """Return what is to be kept of what somebody wants to decide; LedgerError where it is about nothing, or not allowed."""
    _counted(asked)
    if asked.kind in v.OF_ENTITIES:
        return _of_entities(ledger, asked, helps)
    if asked.kind in v.OF_EVENTS or asked.kind in v.OF_CLAIMS:
        return _of_claims(ledger, asked, helps)
    if asked.kind is DecisionKind.ADDED_CLAIM:
        return _added(ledger, asked, helps)
    if asked.kind in v.OF_SOURCES:
        return _grade(ledger, asked)
    return _filing(ledger, asked) if asked.kind in v.OF_FILING else _note(ledger, asked)


def _counted(asked: Asked) -> None:
    if asked.kind is DecisionKind.ADDED_CLAIM:
        return
    wanted, given = _COUNT.get(asked.kind), len(dict.fromkeys(asked.about))
    if given == 0 or (wanted is not None and given != wanted):
        what = {None: "one id or more", 1: "one id", 2: "two different ids"}[wanted]
        what = "the name of one outlet" if asked.kind in v.OF_SOURCES else what
        raise LedgerError(where=asked.kind, found=f"{given} given", remedy=f"give {what}")
    if asked.kind not in _VALUED and (asked.field is not None or asked.value is not None):
        remedy = "only corrected_field, graded_source and added_claim have one"
        raise LedgerError(where=asked.kind, found="a field or value is given", remedy=remedy)


# -- claims and events


def _of_claims(ledger: Ledger, asked: Asked, helps: Helps) -> Ruled:
    about, anchors = [], []
    kept: KeptClaim | None = None
    for each in asked.about:
        identity, report = _claim(ledger, each)
        about.append(identity)
        if report is not None:
            told = _told(ledger, report)
            kept = next(k for k in told.claims if k.claim.id == identity)
            anchors.append(_anchor(kept, told))
    if len(set(about)) != len(asked.about):
        raise LedgerError(where=asked.kind, found="one claim is named twice", remedy="give different ids")
    verdict = Verdict(anchors=tuple(anchors))
    if asked.kind is DecisionKind.CORRECTED_FIELD:
        verdict = _corrected(ledger, asked, helps, kept, about[0], verdict)
    return Ruled(about=tuple(about), verdict=verdict)


def _corrected(  # noqa: PLR0913
    ledger: Ledger, asked: Asked, helps: Helps, kept: KeptClaim | None, claim: str, verdict: Verdict
) -> Verdict:
    where = f"claim {claim}"
    if asked.field is None or asked.value is None:
        remedy = f"give --field (one of {', '.join(v.FIELDS)}) and --value"
        raise LedgerError(where=where, found="no field or no value is given", remedy=remedy)
    value = v.value_of(asked.field, asked.value, where)
    if asked.field == "modes" and kept is not None:
        v.check_codes(kept.claim.event, value, (), where)
    if asked.field == "contexts" and kept is not None:
        v.check_codes(kept.claim.event, (), value, where)
    found = _entities(ledger, value, helps) if asked.field in v.WHO else ()
    return replace(verdict, field=asked.field, value=v.builtin(value), entities=found)


def _claim(ledger: Ledger, identity: str) -> tuple[str, str | None]:
    """Return the id of a claim and its report's, which is None for an added one; a beginning of an id will do."""
    begins = func.substr(claims.c.id, 1, len(identity)) == identity
    query = select(claims.c.id, reports.c.id).join(reports, claims.c.report == reports.c.no).where(begins)
    with ledger.reading() as connection:
        found = [(row[0], row[1]) for row in connection.execute(query.order_by(claims.c.id).limit(2))]
        ours = added_ids(connection)
    found += [(each, None) for each in sorted(ours) if each.startswith(identity)]
    exact = [each for each in found if each[0] == identity]
    return (exact or _only(found, identity, "claim", "see dragoman claims, or dragoman board"))[0]


def _only(found: list[Any], identity: str, what: str, see: str) -> list[Any]:
    if not found or not identity:
        raise LedgerError(where=identity or "ID", found=f"there is no such {what} in the ledger", remedy=see)
    if len(found) > 1:
        raise LedgerError(where=identity, found=f"several {what}s begin so", remedy="give more of the id")
    return found


def _anchor(kept: KeptClaim, told: Told) -> Anchor:
    mine = kept.claim
    beside = [
        other.claim.id
        for other in told.claims
        if other.gone is None and other.claim.event is mine.event and other is not kept and _meet(mine.evidence, other)
    ]
    return Anchor(
        claim=mine.id, report=kept.report, start=mine.evidence.start, end=mine.evidence.end, event=mine.event,
        beside=tuple(sorted(beside)), said=said_of(kept, told),
    )  # fmt: skip


def _meet(evidence: Evidence, other: KeptClaim) -> bool:
    return evidence.start < other.claim.evidence.end and other.claim.evidence.start < evidence.end


def _told(ledger: Ledger, report: str) -> Told:
    (told,) = ledger.told(View(ids=frozenset({report})), gone=True)
    return told


# -- entities


def _of_entities(ledger: Ledger, asked: Asked, helps: Helps) -> Ruled:
    found = _entities(ledger, asked.about, helps)
    return Ruled(about=asked.about, verdict=Verdict(entities=found))


def _entities(ledger: Ledger, wanted: Iterable[str], helps: Helps) -> tuple[Entity, ...]:
    """Return entities as the roster has them, or as the first report that names them has; LedgerError where one is in neither."""
    listed = tuple(dict.fromkeys(wanted))
    found = {each: _of_roster(helps.roster[each]) for each in listed if each in helps.roster}
    missing = {each for each in listed if each not in found}
    told = ledger.told() if missing else iter(())
    while missing and (report := next(told, None)) is not None:
        here = {entity.id: entity for entity, _ in report.entities if entity.id in missing}
        found |= here
        missing -= set(here)
    if missing:
        remedy = "use an id of the roster (dragoman roster find NAME) or of the ledger (dragoman entities)"
        raise LedgerError(where=min(missing), found="nobody has this id", remedy=remedy)
    return tuple(found[each] for each in listed)


def _of_roster(actor: Actor) -> Entity:
    return Entity(id=actor.id, name=actor.name, kind=actor.kind, code=actor.code, sectors=actor.sectors, roster=True)


# -- added claims


def _added(ledger: Ledger, asked: Asked, helps: Helps) -> Ruled:
    if asked.field is not None:
        raise LedgerError(where=asked.kind, found="a field is given", remedy="give the whole claim as value")
    if len(asked.about) > 1:
        raise LedgerError(where=asked.kind, found=f"{len(asked.about)} ids given", remedy="give one report, or none")
    where = asked.kind.value
    given = v.fields_of(asked.value if asked.value is not None else {}, where)
    for mark in given.get("marks", ()):
        if mark not in MARKS:
            remedy = f"use some of: {', '.join(sorted(MARKS))}"
            raise LedgerError(where=where, found=f"there is no mark {mark!r}", remedy=remedy)
    wanted = (*given.get("actor", ()), *given.get("recipient", ()))
    found = _entities(ledger, wanted, helps)
    source = asked.source or Source()
    if asked.about:
        kept = _report(ledger, asked.about[0])
        source = _sentence(kept.report, source, helps)
    else:
        source = _outside(source)
    about = (source.report,) if source.report else ()
    value = {name: v.builtin(each) for name, each in given.items()}
    return Ruled(about=about, verdict=Verdict(value=value, source=source, entities=found))


def _sentence(report: Report, source: Source, helps: Helps) -> Source:
    """Return the sentence of a report by its number or by words that stand in it."""
    if source.name or source.url or source.published:
        found = "a report and an outside source are given"
        raise LedgerError(where=report.id, found=found, remedy="give one of them")
    if helps.sentences is None:
        raise LedgerError(where=report.id, found="its sentences are not known", remedy="give what finds sentences")
    listed = list(helps.sentences(report))
    one = next(_matching(listed, source), None)
    if one is None:
        asked = f"sentence {source.sentence}" if source.sentence is not None else repr(source.quote or "")
        found = f"the report has no {asked}" if source.sentence is not None else f"no sentence has {asked}"
        remedy = f"give --sentence 1 to {len(listed)}, or --quote with words of one sentence"
        raise LedgerError(where=report.id, found=found, remedy=remedy)
    return Source(report=report.id, sentence=one.sentence, start=one.start, end=one.end)


def _matching(listed: Iterable[Evidence], source: Source) -> Iterator[Evidence]:
    words = " ".join((source.quote or "").split())
    for each in listed:
        if source.sentence is not None:
            if each.sentence == source.sentence:
                yield each
        elif words and words in " ".join(each.text.split()):
            yield each


def _outside(source: Source) -> Source:
    name, quote = (source.name or "").strip(), " ".join((source.quote or "").split())
    if not name or not quote or not any(map(str.isalpha, quote)):
        found = "the claim has no source"
        remedy = (
            "give a report's id with --sentence or --quote, or an outside source with --source NAME and --quote WORDS"
        )
        raise LedgerError(where=DecisionKind.ADDED_CLAIM, found=found, remedy=remedy)
    if source.sentence is not None:
        raise LedgerError(where=name, found="a sentence without a report", remedy="give --quote with the words")
    return Source(name=name, quote=quote, url=source.url, published=source.published)


# -- filing


def _filing(ledger: Ledger, asked: Asked) -> Ruled:
    report, conflict = asked.about
    if not _SLUG.fullmatch(conflict):
        raise LedgerError(where=conflict, found="this is no conflict's id", remedy="see dragoman conflicts")
    return Ruled(about=(_report(ledger, report).report.id, conflict), verdict=Verdict())


def _report(ledger: Ledger, identity: str) -> Kept:
    kept = ledger.report(identity) if identity else None
    if kept is None:
        found, remedy = "no report has this id, or several begin so", "see dragoman status, or give more of its id"
        raise LedgerError(where=identity or "ID", found=found, remedy=remedy)
    return kept


# -- grades and notes


def _grade(ledger: Ledger, asked: Asked) -> Ruled:
    """Return the grade of an outlet that reports of the ledger have, under the name that they have it by."""
    name, grade = " ".join(asked.about[0].split()), str(asked.value or "").strip().upper()
    if asked.field is not None:
        raise LedgerError(where=asked.kind, found="a field is given", remedy="give the grade alone")
    if grade not in v.GRADES:
        found = f"the grade {str(asked.value)[:20]!r}" if grade else "no grade is given"
        remedy = f"give one of {', '.join(f'{letter} ({words})' for letter, words in v.GRADES.items())}"
        raise LedgerError(where=name or "outlet", found=found, remedy=remedy)
    with ledger.reading() as connection:
        listed = sorted(each for (each,) in connection.execute(select(reports.c.outlet).distinct()) if each)
    known = [each for each in listed if v.outlet_key(each) == v.outlet_key(name)]
    if not known:
        raise LedgerError(where=name or "outlet", found="no report is of this outlet", remedy="see dragoman status")
    return Ruled(about=(name if name in known else known[0],), verdict=Verdict(value=grade))


def _note(ledger: Ledger, asked: Asked) -> Ruled:
    if not (asked.note or "").strip():
        raise LedgerError(where=asked.kind, found="the note is empty", remedy="give --note TEXT")
    return Ruled(about=tuple(_any(ledger, each) for each in asked.about), verdict=Verdict())


def _any(ledger: Ledger, identity: str) -> str:
    """Return the whole id of a report, claim or entity; LedgerError where it is none of the ledger's."""
    kept = ledger.report(identity) if identity else None
    if kept is not None:
        return kept.report.id
    try:
        return _claim(ledger, identity)[0]
    except LedgerError:
        if any(entity.id == identity for told in ledger.told() for entity, _ in told.entities):
            return identity
    found, remedy = "no report, claim or entity has this id", "see dragoman status, claims and entities"
    raise LedgerError(where=identity, found=found, remedy=remedy)


__all__ = ["Helps", "Ruled", "ruled"]
