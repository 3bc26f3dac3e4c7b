"""Why a sentence is read as it is: clauses in roles, entities, frames that fired, near frames and what failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dragoman.model import Claim, Clause, Entity, Mention, Phrase, Report, Span
from dragoman.reading.actors import Actors
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reader
from dragoman.reading.scenes import Scene
from dragoman.rulebook.loader import OWN_RULES

NEAREST = 8

Facts = tuple[tuple[str, str], ...]
"""Names with their values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenClause:
    """A clause: its verb, in words what it is, and what fills each role."""

    verb: str
    words: str
    roles: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFrame:
    """A frame that fired on a verb (``why`` says where it stands), or that came near (``why`` is the condition that failed)."""

    frame: str
    verb: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenClaim:
    """A claim in words, with what else it says."""

    claim: Claim
    words: str
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSentence:
    """A sentence as it is read; ``more`` frames came near beside those that are told."""

    number: int
    text: str
    clauses: tuple[SeenClause, ...]
    fired: tuple[SeenFrame, ...]
    near: tuple[SeenFrame, ...]
    more: int
    claims: tuple[SeenClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A text as it is read: sentence by sentence, and who is in it."""

    sentences: tuple[SeenSentence, ...]
    entities: tuple[Entity, ...]


def explained(reader: Reader, report: Report, nearest: int = NEAREST, only: Span | None = None) -> Explained:
    """Return, sentence by sentence, what was seen in a report and why the frames fired or not.

    ``nearest``: how many frames that came near are told for a sentence; ``only``: of the sentences that meet a span.
    """
    scenes, actors = reader.scenes(
        report, reader.parser.sentences(report.text, report.dateline.span if report.dateline else None)
    )
    reading = reader.read(report)
    wanted = (scene for scene in scenes if only is None or _meets(scene.tree.s, only))
    return Explained(
        sentences=tuple(_sentence(reader, scene, actors, reading.claims, nearest) for scene in wanted),
        entities=tuple(each for entity in reading.entities if (each := _within(entity, only)) is not None),
    )


def explained_text(reader: Reader, text: str, published: date | None = None, nearest: int = NEAREST) -> Explained:
    """Return the same of a text that is no report."""
    report = Report(id="example", headline=None, text=text, body_start=0, published=published)
    return explained(reader, report, nearest)


def _within(entity: Entity, only: Span | None) -> Entity | None:
    """Return an entity with its mentions that meet a span; None where it has none there."""
    here = tuple(mention for mention in entity.mentions if only is None or _meets(mention, only))
    return replace(entity, mentions=here) if here or only is None else None


def _meets(part: Sentence | Mention, span: Span) -> bool:
    return part.start < span.end and span.start < part.end


def explain(reader: Reader, text: str, published: date | None = None, nearest: int = NEAREST) -> str:
    """Return in plain text what ``explained_text`` tells."""
    return explained_words(explained_text(reader, text, published, nearest))


def explained_words(found: Explained) -> str:
    """Return in plain text what was seen."""
    lines = [line for sentence in found.sentences for line in (*_sentence_lines(sentence), "")]
    lines.append("entities")
    for entity in found.entities:
        mentions = ", ".join(f"{m.text} ({m.how})" for m in entity.mentions)
        codes = " ".join([entity.kind, entity.code or "", *entity.sectors]).strip()
        lines.append(f"  {entity.id} [{codes}]{'' if entity.roster else ' not on the roster'}: {mentions}")
    return "\n".join(lines)


def _sentence_lines(sentence: SeenSentence) -> Iterator[str]:
    yield f"[{sentence.number}] {sentence.text}"
    for clause in sentence.clauses:
        yield f"  clause '{clause.verb}' ({clause.words})"
        yield from (f"    {role}: {filler}" for role, filler in clause.roles)
    yield from (f"  fired: {each.frame} on '{each.verb}' ({each.why})" for each in sentence.fired)
    yield from (f"  near: {each.frame} on '{each.verb}': {each.why}" for each in sentence.near)
    if sentence.more:
        whole = sentence.more + len(sentence.near)
        yield f"  near: {sentence.more} more frames for these words (--near {whole} shows all)"
    for claim in sentence.claims:
        yield f"  claim: {claim.words}"
        yield from (f"    {name}: {value}" for name, value in claim.facts)


def _sentence(reader: Reader, scene: Scene, actors: Actors, claims: tuple[Claim, ...], nearest: int) -> SeenSentence:
    number = scene.tree.s.number
    # a rule for any verb, or one that lacks the words of its own pattern ('no … with …'), was not near
    near = [n for n in reader.matcher.near(scene) if not n.frame.any_verb and not n.failed.startswith("no '")]
    near.sort(key=lambda n: not n.frame.place.startswith(OWN_RULES))  # whoever asks most often writes one of them
    return SeenSentence(
        number=number,
        text=scene.tree.s.text,
        clauses=tuple(_clause(scene, clause, actors) for clause in scene.clauses),
        fired=tuple(_fired(reader, scene)),
        near=tuple(SeenFrame(frame=n.frame.id, verb=n.clause.lemma, why=n.failed) for n in near[:nearest]),
        more=max(0, len(near) - nearest),
        claims=tuple(_claim(claim) for claim in claims if claim.evidence.sentence == number),
    )


def _clause(scene: Scene, clause: Clause, actors: Actors) -> SeenClause:
    marks = [
        clause.form,
        "negated" if clause.negated else "",
        clause.tense if clause.tense != "none" else "",
        f"modal {clause.modal}" if clause.modal else "",
        "passive" if clause.passive else "",
    ]
    above = scene.by_index.get(clause.parent) if clause.parent is not None else None
    hangs = f", {clause.link} of '{above.lemma}'" if above is not None else ""
    roles = ((role, phrase) for role in sorted(clause.roles) for phrase in clause.roles[role])
    return SeenClause(
        verb=" ".join([clause.lemma, *sorted(clause.particles)]),
        words=f"{', '.join(mark for mark in marks if mark)}{hangs}",
        roles=tuple((role, _filler(scene, phrase, actors)) for role, phrase in roles),
    )


def _filler(scene: Scene, phrase: Phrase, actors: Actors) -> str:
    who = actors.resolve(scene.tree.s.number, phrase)
    quote = scene.tree.s.quote(phrase.start, phrase.end)
    return f"{quote} = {', '.join(who)}" if who else quote


def _fired(reader: Reader, scene: Scene) -> Iterator[SeenFrame]:
    stated = reader.matcher.matches(scene)
    for match in reader.matcher.all_matches(scene):
        taken = "" if match in stated else ", part of another act: no claim of its own"
        yield SeenFrame(frame=match.frame.id, verb=match.clause.lemma, why=f"{match.frame.place}{taken}")


def _claim(claim: Claim) -> SeenClaim:
    marks = [
        claim.status.value,
        "negated" if claim.negated else "",
        "hedged" if claim.hedged else "",
        "quoted" if claim.quoted else "",
    ]
    who = ", ".join(claim.actor) or "nobody named"
    whom = f" -> {', '.join(claim.recipient)}" if claim.recipient else ""
    words = f"{claim.event} {who}{whom} ({', '.join(mark for mark in marks if mark)}; {claim.rule})"
    said = [link.speaker or link.text for link in claim.attribution]
    notes = (
        ("said by", ", ".join(said)),
        (
            "date",
            f"{claim.date.earliest or '?'}..{claim.date.latest or '?'} ({claim.date.phrase})"
            if claim.date.phrase
            else None,
        ),
        ("place", claim.place.name if claim.place else None),
        ("content", claim.content),
        ("condition", claim.condition),
        ("means", claim.means),
        ("casualties", claim.casualties),
        ("marks", ", ".join(claim.marks)),
    )
    return SeenClaim(claim=claim, words=words, facts=tuple((name, value) for name, value in notes if value))
