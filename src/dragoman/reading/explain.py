"""Why a sentence is read as it is: clauses in roles, entities, frames that fired, near frames and what failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dragoman.model import Claim, Clause, Entity, Mention, Phrase, Report, Span
from dragoman.reading.actors import Actors
from dragoman.reading.events import Scene
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reader

NEAREST = 8


def explain(reader: Reader, text: str, published: date | None = None, nearest: int = NEAREST) -> str:
    """Return plain text that tells, sentence by sentence, what was seen and why the frames fired or not.

    ``nearest``: how many frames that came near are shown for a sentence.
    """
    report = Report(id="example", headline=None, text=text, body_start=0, published=published)
    return explained(reader, report, nearest)


def explained(reader: Reader, report: Report, nearest: int = NEAREST, only: Span | None = None) -> str:
    """Return the same of a whole report; of the sentences that meet a span, and who is told of in them, where one is given."""
    scenes, actors = reader.scenes(
        report, reader.parser.sentences(report.text, report.dateline.span if report.dateline else None)
    )
    reading = reader.read(report)
    lines: list[str] = []
    for scene in (scene for scene in scenes if only is None or _meets(scene.tree.s, only)):
        number = scene.tree.s.number
        lines.append(f"[{number}] {scene.tree.s.text}")
        for clause in scene.clauses:
            lines += _clause_lines(scene, clause, actors)
        lines += _frame_lines(reader, scene, nearest)
        lines += [line for claim in reading.claims if claim.evidence.sentence == number for line in _claim_lines(claim)]
        lines.append("")
    lines.append("entities")
    for entity in reading.entities:
        here = [m for m in entity.mentions if only is None or _meets(m, only)]
        if only is None or here:
            lines.append(_entity_line(entity, here))
    return "\n".join(lines)


def _meets(part: Sentence | Mention, span: Span) -> bool:
    return part.start < span.end and span.start < part.end


def _entity_line(entity: Entity, here: Iterable[Mention]) -> str:
    mentions = ", ".join(f"{m.text} ({m.how})" for m in here)
    codes = " ".join([entity.kind, entity.code or "", *entity.sectors]).strip()
    return f"  {entity.id} [{codes}]{'' if entity.roster else ' not on the roster'}: {mentions}"


def _clause_lines(scene: Scene, clause: Clause, actors: Actors) -> Iterator[str]:
    verb = " ".join([clause.lemma, *sorted(clause.particles)])
    marks = [
        clause.form,
        "negated" if clause.negated else "",
        clause.tense if clause.tense != "none" else "",
        f"modal {clause.modal}" if clause.modal else "",
        "passive" if clause.passive else "",
    ]
    above = scene.by_index.get(clause.parent) if clause.parent is not None else None
    hangs = f", {clause.link} of '{above.lemma}'" if above is not None else ""
    yield f"  clause '{verb}' ({', '.join(mark for mark in marks if mark)}{hangs})"
    for role in sorted(clause.roles):
        for phrase in clause.roles[role]:
            yield f"    {role}: {_filler(scene, phrase, actors)}"


def _filler(scene: Scene, phrase: Phrase, actors: Actors) -> str:
    who = actors.resolve(scene.tree.s.number, phrase)
    quote = scene.tree.s.quote(phrase.start, phrase.end)
    return f"{quote} = {', '.join(who)}" if who else quote


def _frame_lines(reader: Reader, scene: Scene, nearest: int) -> Iterator[str]:
    stated = reader.matcher.matches(scene)
    for match in reader.matcher.all_matches(scene):
        taken = "" if match in stated else ", part of another act: no claim of its own"
        yield f"  fired: {match.frame.id} on '{match.clause.lemma}' ({match.frame.place}{taken})"
    # a rule for any verb, or one that lacks the words of its own pattern ('no … with …'), was not near
    near = [n for n in reader.matcher.near(scene) if not n.frame.any_verb and not n.failed.startswith("no '")]
    for item in near[:nearest]:
        yield f"  near: {item.frame.id} on '{item.clause.lemma}': {item.failed}"
    if len(near) > nearest:
        yield f"  near: {len(near) - nearest} more frames for these words (--near {len(near)} shows all)"


def _claim_lines(claim: Claim) -> Iterator[str]:
    marks = [
        claim.status.value,
        "negated" if claim.negated else "",
        "hedged" if claim.hedged else "",
        "quoted" if claim.quoted else "",
    ]
    who = ", ".join(claim.actor) or "nobody named"
    whom = f" -> {', '.join(claim.recipient)}" if claim.recipient else ""
    yield f"  claim: {claim.event} {who}{whom} ({', '.join(mark for mark in marks if mark)}; {claim.rule})"
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
    for name, value in notes:
        if value:
            yield f"    {name}: {value}"
