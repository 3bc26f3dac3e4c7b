"""Denials that reach back: 'An army spokesman denied this' denies the act told before, and makes it a negated claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dragoman.model import Attribution, Claim, Clause, EventType, Status, content_id, merged
from dragoman.reading.cast import Cast
from dragoman.reading.claims import Stage, claim_of, evidence_of
from dragoman.reading.events import Matcher
from dragoman.reading.scenes import Match, Scene

_REACH = 3  # sentences: a denial answers what was told lately
_WORDS_ONLY = frozenset({EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.AGREE})
_BLAMED = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.AID, EventType.SUPPORT}
)  # what somebody may be blamed for
_VIOLENCE = frozenset(
    "attack strike airstrike raid bombing shelling blast explosion killing massacre assassination murder ambush assault abduction "
    "kidnapping shooting bombardment incident crash".split()
)
_RULE = "denial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim with the clause that told it and the acts that its clause takes in ('accused X of shelling Y')."""

    claim: Claim
    inner: tuple[Claim, ...] = ()


def with_denials(stage: Stage, matcher: Matcher, scenes: Sequence[Scene], found: Sequence[Claim]) -> list[Claim]:
    """Return the claims in text order, each bare denial turned into the negated act that it denies.

    A denial of what is no coded act, or of nothing told in the three sentences before, makes no claim.
    """
    denials = {scene.tree.s.number: clauses for scene in scenes if (clauses := _denials(stage, scene))}
    if not denials:
        return list(found)
    by_sentence: dict[int, list[Claim]] = {}
    for claim in found:
        by_sentence.setdefault(claim.evidence.sentence, []).append(claim)
    told: list[Told] = []
    given: list[Claim] = []
    for scene in scenes:
        number = scene.tree.s.number
        clauses = denials.get(number, ())
        kept = [c for c in by_sentence.get(number, ()) if not any(_is_of(c, clause) for clause in clauses)]
        inner = _inner(stage, matcher, scene) if any(n > number for n in denials) or clauses else {}
        told += [Told(claim=c, inner=inner.get(_verb_place(c), ())) for c in kept]
        given += kept
        for clause in clauses:
            given += _denied(stage, scene, clause, told) or _outright(stage, scene, clause, by_sentence.get(number, ()))
    return given


def _outright(stage: Stage, scene: Scene, clause: Clause, found: Sequence[Claim]) -> list[Claim]:
    """'denied responsibility for the strike', told of nowhere else: what the denial's own clause says."""
    return [claim for claim in found if _is_of(claim, clause)] if _named_acts(scene, clause) else []


def _named_acts(scene: Scene, clause: Clause) -> frozenset[str]:
    """Return the violence that a denial names: the strike of 'denied responsibility for the strike'."""
    nouns = (p for role in ("for", "in", "behind") for p in clause.roles.get(role, ()))
    return frozenset(lemma for p in nouns if (lemma := scene.tree.s.lemmas[p.head].lower()) in _VIOLENCE)


def _denials(stage: Stage, scene: Scene) -> tuple[Clause, ...]:
    return tuple(clause for clause in scene.clauses if clause.form == "verb" and _is_denial(stage, scene, clause))


def _is_denial(stage: Stage, scene: Scene, clause: Clause) -> bool:
    """Return whether a clause denies something told elsewhere: 'denied it', 'dismissed the accusations as baseless'."""
    words = stage.rulebook.words
    if clause.negated or not clause.roles.get("subject"):
        return False
    objects = [scene.tree.s.lemmas[p.head].lower() for p in clause.roles.get("object", ())]
    if clause.link == "relative" and _takes_up_all(scene, clause):
        objects = ["which"]
    if any(child.link == "complement" and child.form == "verb" for child in scene.below(clause)):
        return False
    if clause.lemma in words("denying_words"):
        return bool(objects) and all(o in words("told_back") | words("blame_words") for o in objects)
    return clause.lemma in words("dismissing_words") and bool(set(objects) & words("blame_words"))


def _takes_up_all(scene: Scene, clause: Clause) -> bool:
    """Return whether what is denied is all that was said: 'accuses X of it, which X denies'."""
    s = scene.tree.s
    return any(s.tags[t] == "WDT" and s.deps[t] == "dobj" and s.words[t - 1] == "," for t in s.children[clause.index])


def _is_of(claim: Claim, clause: Clause) -> bool:
    """Return whether a claim was made from the clause of a denial itself."""
    return _verb_place(claim) == str(clause.index)


def _verb_place(claim: Claim) -> str:
    return claim.words.get("at", "")


def _inner(stage: Stage, matcher: Matcher, scene: Scene) -> dict[str, tuple[Claim, ...]]:
    """Return for each accusing clause of a sentence the acts inside it, as the claims that they would be."""
    outer = [m for m in matcher.matches(scene) if m.frame.gives.event is EventType.ACCUSE]
    found: dict[str, tuple[Claim, ...]] = {}
    for match in outer:
        clause = match.clause
        acts = [m for m in matcher.all_matches(scene) if _is_inside(m, clause)]
        claims = (claim_of(stage, scene, m) for m in acts)
        found[str(clause.index)] = tuple(c for c in claims if c is not None and c.event not in _WORDS_ONLY)
    return found


def _is_inside(match: Match, clause: Clause) -> bool:
    return clause.index < match.clause.index < clause.end


def _denied(stage: Stage, scene: Scene, clause: Clause, told: Sequence[Told]) -> list[Claim]:
    phrases = clause.roles["subject"]
    number = scene.tree.s.number
    deniers = merged(stage.actors.resolve(number, p) for p in phrases)
    cast = stage.actors.cast
    near = [t for t in told if 0 <= number - t.claim.evidence.sentence <= _REACH]
    mine = {_side(cast, i) for i in deniers}
    acts = _named_acts(scene, clause)
    if acts:
        near = [t for t in near if t.claim.event is not EventType.ACCUSE and _tells(t.claim, acts)] or [
            t for t in near if t.claim.event is EventType.ACCUSE
        ]
    blamed = (_by_noun(cast, mine, deniers),) if acts else ()
    for choose in (_by_side(cast, mine, number), *blamed, _by_saying(deniers, number)):
        for past in reversed(near):
            denied = choose(past)
            if denied:
                text = scene.tree.s.quote(phrases[0].start, clause.index + 1)
                return [_turned_down(stage, scene, clause, act, _links(cast, deniers, text)) for act in denied]
    return []


def _tells(claim: Claim, acts: frozenset[str]) -> bool:
    """Return whether a claim is of violence and its sentence has one of these words for it."""
    return claim.event is EventType.ASSAULT and any(act in claim.evidence.text.lower() for act in acts)


def _by_noun(cast: Cast, mine: set[str], deniers: tuple[str, ...]) -> Callable[[Told], tuple[Claim, ...]]:
    """The violence, told of nobody, that the denier says was not his."""

    def choose(past: Told) -> tuple[Claim, ...]:
        claim = past.claim
        free = not claim.actor and not claim.negated and not mine & {_side(cast, i) for i in claim.recipient}
        return (replace(claim, actor=deniers),) if free else ()

    return choose


def _by_side(cast: Cast, mine: set[str], number: int) -> Callable[[Told], tuple[Claim, ...]]:
    """The acts of the denier's own side: told outright, or inside an accusation of it."""

    def choose(past: Told) -> tuple[Claim, ...]:
        claim = past.claim
        if claim.event is EventType.ACCUSE and mine & {_side(cast, i) for i in claim.recipient}:
            return past.inner
        passing = claim.evidence.sentence == number and claim.words.get("link") in ("relative", "modifier")
        own = not passing and bool(mine & {_side(cast, i) for i in claim.actor})
        return (claim,) if own and claim.event in _BLAMED and not claim.negated else ()

    return choose


def _by_saying(deniers: tuple[str, ...], number: int) -> Callable[[Told], tuple[Claim, ...]]:
    """The act that somebody else told in the sentence before."""

    def choose(past: Told) -> tuple[Claim, ...]:
        claim = past.claim
        said = any(link.speaker is not None and link.speaker not in deniers for link in claim.attribution)
        fits = said and claim.event not in (*_WORDS_ONLY, EventType.ACCUSE) and not claim.negated
        return (claim,) if fits and number - claim.evidence.sentence <= 1 else ()

    return choose


def _side(cast: Cast, identity: str) -> str:
    return cast.camp_of(identity) or cast.part_of(identity) or identity


def _links(cast: Cast, deniers: tuple[str, ...], text: str) -> tuple[Attribution, ...]:
    return tuple(Attribution(speaker=i, text=text) for i in deniers) or (Attribution(speaker=None, text=text),)


def _turned_down(stage: Stage, scene: Scene, clause: Clause, act: Claim, links: tuple[Attribution, ...]) -> Claim:
    s = scene.tree.s
    rule = f"{_RULE}:{act.rule}"
    return replace(
        act,
        id=content_id(stage.report.id, rule, s.number, clause.index, act.event, *act.actor, *act.recipient),
        negated=True,
        hedged=False,
        status=Status.OCCURRED,
        attribution=links,
        quoted=stage.speech.quoted(s.number, clause.index),
        evidence=evidence_of(scene),
        rule=rule,
        words={**act.words, "at": str(clause.index)},
    )
