"""That nothing is invented: each quote, word, party, day and reference of what was read is held against its report.

The proofs are pure, and the same for a reading as it comes from the reader and for what a ledger keeps of one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from dragoman.model import Basis, Claim, Entity, EventType, Evidence, Report, Status, When, Where
from dragoman.process.records import ROLES, ProcessRecord, Record
from dragoman.process.ties import Ties
from dragoman.reading.reader import Reading
from dragoman.reading.when import TimePhrase, find_times, resolve, resolve_named

_SPANS = ("content", "condition", "means", "casualties")
_PLAIN = frozenset({"verb", "form", "at", "link"})  # of a claim's words: made by the reader, no quotes
_COMPOSED = frozenset({
    "content", "condition", "consequence", "means", "act", "what", "name", "document", "outcome", "mandate", "scope",
    "despite", "terms",
})  # fmt: skip
_COUNTED = (Basis.STATED, Basis.RELATIVE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_ALIKE = 4  # letters: 'refuse' of 'refusal'


class Proof(StrEnum):
    """What is proved of a report's reading."""

    QUOTE = "quote"  # a quote stands in its report at its offsets
    WORDS = "words"  # a role's words stand in the report, not after their sentence
    ENTITY = "entity"  # who is named is among the report's entities
    TIE = "tie"  # and has a tie to the text (docs/proofs.md)
    REFERENCE = "reference"  # what is referred to is of the same report
    DAY = "day"  # a day has words that mean it, and a basis
    PLACE = "place"  # a place has its words


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproved:
    """One thing that could not be proved: where (a claim, an entry, an entity), what was to be proved, and what was found."""

    where: str
    proof: Proof
    found: str

    def __str__(self) -> str:
        return f"{self.where} {self.found}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What was read of a report, to be proved. ``signs`` are the ids of what its record stands on beside claims.

    ``sentences`` are the spans of its sentences by number; a ledger does not keep them, nor the mentions of entities.
    """

    report: Report
    claims: tuple[Claim, ...]
    entities: Mapping[str, Entity]
    record: ProcessRecord
    signs: frozenset[str] = frozenset()
    sentences: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    told: frozenset[str] = field(init=False)
    """The ids of the claims."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", frozenset(claim.id for claim in self.claims))


def stated_of(reading: Reading, record: ProcessRecord) -> Stated:
    """Return what a reading and its record state; signs are proved as claims are."""
    return Stated(
        report=reading.report,
        claims=(*reading.claims, *reading.signs),
        entities={entity.id: entity for entity in reading.entities},
        record=record,
        signs=frozenset(sign.id for sign in reading.signs),
        sentences={s.number: (s.start, s.end) for s in reading.sentences},
    )


def unproved(stated: Stated, ties: Ties) -> Iterator[Unproved]:
    """Yield all that cannot be proved of what was read of a report; nothing where all is well."""
    yield from _mentions(stated)
    spans = dict(stated.sentences)
    for claim in stated.claims:
        yield from _claim(claim, stated, spans)
    yield from _in_order(spans)
    for where, entry in entries_of(stated.record):
        yield from _entry(where, entry, stated, spans)
    yield from _sides(stated, spans)
    yield from _parties(stated, ties)


def entries_of(record: ProcessRecord) -> Iterator[tuple[str, Record]]:
    """Yield each entry of a report's record but its contradictions, with how a finding calls it."""
    for kind in fields(record):
        if kind.name != "contradictions":
            yield from ((f"entry {entry.id} of its {kind.name}", entry) for entry in getattr(record, kind.name))


# -- claims


def _claim(claim: Claim, stated: Stated, spans: dict[int, tuple[int, int]]) -> Iterator[Unproved]:
    where = f"claim {claim.id}"
    yield from _quote(where, claim.evidence, stated, spans)
    before = stated.report.text[: claim.evidence.end]
    told = {name: getattr(claim, name) for name in _SPANS}
    told |= {f"role {role!r}": words for role, words in claim.words.items() if role not in _PLAIN}
    for name, words in told.items():
        if words is not None and words not in before:
            yield Unproved(where=where, proof=Proof.WORDS, found=f"has words that the text has not: {name} {words!r}")
    for link in claim.attribution:
        if link.text not in stated.report.text:
            found = f"has a speaker by words that the text has not: {link.text!r}"
            yield Unproved(where=where, proof=Proof.WORDS, found=found)
    for when in (claim.date, *claim.times):
        yield from (Unproved(where=where, proof=Proof.DAY, found=each) for each in _day(when, stated.report))
    if _after_print(claim, stated.report):
        found = f"occurred by {claim.date.earliest}, after its report was published ({stated.report.published})"
        yield Unproved(where=where, proof=Proof.DAY, found=found)
    yield from _place(where, claim.place, before)
    if claim.event_id and claim.event_id not in stated.told:
        found = f"is linked with claim {claim.event_id}, which is not in the report"
        yield Unproved(where=where, proof=Proof.REFERENCE, found=found)


def _quote(where: str, evidence: Evidence, stated: Stated, spans: dict[int, tuple[int, int]]) -> Iterator[Unproved]:
    """Yield what is wrong with a quote; the first one of a sentence says where the sentence is, where nothing else does."""
    span = (evidence.start, evidence.end)
    if stated.report.text[evidence.start : evidence.end] != evidence.text or not evidence.text.strip():
        yield Unproved(where=where, proof=Proof.QUOTE, found="quotes what is not in the text")
    elif stated.sentences and evidence.sentence not in stated.sentences:
        yield Unproved(where=where, proof=Proof.QUOTE, found=f"stands on no sentence of the text ({evidence.sentence})")
    elif spans.setdefault(evidence.sentence, span) != span:
        found = f"has another span of sentence {evidence.sentence} than the claims"
        yield Unproved(where=where, proof=Proof.QUOTE, found=found)


def _in_order(spans: Mapping[int, tuple[int, int]]) -> Iterator[Unproved]:
    """Yield which sentences run into those before them."""
    last = 0
    for number in sorted(spans):
        start, end = spans[number]
        if start < last:
            yield Unproved(where=f"sentence {number}", proof=Proof.QUOTE, found="begins before the one before it ends")
        last = max(last, end)


def _place(where: str, place: Where | None, text: str) -> Iterator[Unproved]:
    if place is not None and not (place.text and place.text in text):
        yield Unproved(
            where=where, proof=Proof.PLACE, found=f"has a place by words that the text has not: {place.text!r}"
        )


# -- days


def _day(when: When, report: Report) -> Iterator[str]:
    """Yield what is wrong with a day: it has words of the report that mean it, and says what it is counted from."""
    if when.phrase is not None and when.phrase not in report.text:
        yield f"has a day by words that the text has not: {when.phrase!r}"
    if when.earliest is None and when.latest is None:
        return
    days = f"{when.earliest or ''}..{when.latest or ''}"
    if when.basis not in _COUNTED:
        yield f"has a day without a basis ({days})"
    elif when.phrase is None:
        yield f"has a day without words ({days})"
    elif when.phrase in report.text and not _means(when, report):
        yield f"has a day that its words do not mean: {days} by {when.phrase!r} in a report of {report.published}"


def _after_print(claim: Claim, report: Report) -> bool:
    """Return whether an act is told to have occurred after its report; an arrangement has the day of what is arranged."""
    if claim.event is EventType.AGREE:
        return False
    first, told = claim.date.earliest, claim.status in (Status.OCCURRED, Status.HISTORICAL)
    return told and first is not None and report.published is not None and first > report.published


def _means(when: When, report: Report) -> bool:
    """Return whether a day's words mean it, whatever the tense; 'that day' counts from another day of the text."""
    phrase = str(when.phrase)
    wanted = (when.earliest, when.latest)
    if any((each.earliest, each.latest) == wanted for each in _readings(find_times(phrase), report.published)):
        return True
    there = find_times(report.text)  # a bare '2016' is a time by the words around it
    same = [each for each in there if each.text == phrase] or find_times(phrase)
    anchors = {(each.earliest, each.latest): each for each in _readings(there, report.published)}
    return any(
        (each.earliest, each.latest) == wanted
        for anchor in (None, *anchors.values())
        for each in _readings(same, report.published, anchor)
    )


def _readings(phrases: Iterable[TimePhrase], day: date | None, anchor: When | None = None) -> Iterator[When]:
    """Yield what time words may mean in a report of a day: told in the past, to come, or without a tense."""
    for phrase in phrases:
        for past in (None, True, False):
            yield resolve(phrase, day, past=past, anchor=anchor)
            yield resolve_named(phrase, day, past=past, anchor=anchor)


# -- the record


def _entry(where: str, entry: Record, stated: Stated, spans: dict[int, tuple[int, int]]) -> Iterator[Unproved]:
    yield from _quote(where, entry.evidence, stated, spans)
    text = stated.report.text
    for name in (each.name for each in fields(entry)):
        value = getattr(entry, name)
        if isinstance(value, When) and value.phrase is not None and value.phrase not in text:
            found = f"has a day by words that the text has not: {value.phrase!r}"
            yield Unproved(where=where, proof=Proof.DAY, found=found)
        elif isinstance(value, Where):
            yield from _place(where, value, text)
        elif name in _COMPOSED and value is not None:
            yield from _composed(where, name, (value,) if isinstance(value, str) else value, text)
    yield from _grounds(where, (*entry.claims, *entry.contrary), stated)


def _composed(where: str, name: str, values: Collection[str], text: str) -> Iterator[Unproved]:
    """Yield which words of an entry's wording neither stand in the text, in any form, nor are those of the record itself."""
    there: frozenset[str] | None = None
    for value in values:
        if value in text:
            continue
        there = there or frozenset(word[:_ALIKE].lower() for word in _WORD.findall(text))
        words = [*_WORD.findall(value)]
        strange = [w for w in words if w[:_ALIKE].lower() not in there and w.lower() not in RECORD_WORDS]
        if strange == words[:1] and name == "content" and any(w.startswith(value[:1]) for w in there):
            continue  # the verb of a position in its base form: 'send back refugees' of 'sent refugees back'
        if strange:
            found = f"has words that the text has not: {name} {value!r} ({', '.join(strange)})"
            yield Unproved(where=where, proof=Proof.WORDS, found=found)


def _grounds(where: str, claims: Collection[str], stated: Stated) -> Iterator[Unproved]:
    for claim in dict.fromkeys(claims):
        if claim not in stated.told and claim not in stated.signs:
            found = f"names claim {claim}, which does not stand in the report"
            yield Unproved(where=where, proof=Proof.REFERENCE, found=found)


def _sides(stated: Stated, spans: dict[int, tuple[int, int]]) -> Iterator[Unproved]:
    for found in stated.record.contradictions:
        where = f"entry {found.id} of its contradictions"
        for side in found.sides:
            yield from _quote(where, side.evidence, stated, spans)
            yield from _grounds(where, side.claims, stated)


# -- who


def _mentions(stated: Stated) -> Iterator[Unproved]:
    for entity in stated.entities.values():
        for mention in entity.mentions:
            if stated.report.text[mention.start : mention.end] != mention.text or not mention.text:
                found = f"is mentioned by what is not in the text: {mention.text!r}"
                yield Unproved(where=f"entity {entity.id}", proof=Proof.QUOTE, found=found)


def _parties(stated: Stated, ties: Ties) -> Iterator[Unproved]:
    """Yield who is named without being among the report's entities, or without a tie to its text."""
    here = ties.of(stated.report)
    tied: dict[str, bool] = {}
    for where, identity in named_in(stated):
        entity = stated.entities.get(identity)
        if entity is None:
            found = f"names entity {identity}, which is not among those of the report"
            yield Unproved(where=where, proof=Proof.ENTITY, found=found)
            continue
        if identity not in tied:
            tied[identity] = here.tie(entity, stated.entities) is not None
        if not tied[identity]:
            found = f"names entity {identity} ({entity.name}), for whom no words of the text stand"
            yield Unproved(where=where, proof=Proof.TIE, found=found)


def named_in(stated: Stated) -> Iterator[tuple[str, str]]:
    """Yield the entities that claims and entries name, each once for each of them."""
    for claim in stated.claims:
        speakers = (link.speaker for link in claim.attribution if link.speaker is not None)
        others = (who for ids in claim.others.values() for who in ids)
        who = dict.fromkeys((*claim.actor, *claim.recipient, *speakers, *others))
        yield from ((f"claim {claim.id}", each) for each in who)
    for where, entry in entries_of(stated.record):
        values = (getattr(entry, role, None) or () for role in sorted(ROLES - {"speakers"}))  # which may be but words
        ids = (who for value in values for who in ((value,) if isinstance(value, str) else value))
        yield from ((where, each) for each in dict.fromkeys(ids))


RECORD_WORDS = frozenset("talks signing deadline truce extension ceasefire agreement agreements".split())
"""Words that the record's rules write without the text: what an entry is called that the text calls by no name."""
