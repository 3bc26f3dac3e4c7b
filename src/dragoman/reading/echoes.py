"""Acts told by an echo: 'So did China', 'neither did the rebels', 'the army did not' repeat the act told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model import Claim, Clause, content_id, merged
from dragoman.reading.claims import Stage, evidence_of
from dragoman.reading.scenes import Scene

_AUXILIARIES = frozenset({"do", "have", "be", "will", "would"})
_OPENERS = frozenset({"so", "neither", "nor"})
_RULE = "echo"


def with_echoes(stage: Stage, scenes: Sequence[Scene], found: Sequence[Claim]) -> list[Claim]:
    """Return the claims in text order, with the acts that an elliptic clause says of somebody else as well, or denies of him."""
    echoes = {scene.tree.s.number: clauses for scene in scenes if (clauses := _echoes(scene))}
    if not echoes:
        return list(found)
    given: list[Claim] = []
    for scene in scenes:
        number = scene.tree.s.number
        given += [claim for claim in found if claim.evidence.sentence == number]
        for clause in echoes.get(number, ()):
            given += _echoed(stage, scene, clause, given)
    return given


def _echoes(scene: Scene) -> tuple[Clause, ...]:
    return tuple(c for c in scene.clauses if c.form == "verb" and c.lemma in _AUXILIARIES and _is_bare(scene, c))


def _is_bare(scene: Scene, clause: Clause) -> bool:
    """Return whether a clause is but a subject and an auxiliary, opened by 'so' or 'neither', or closed by 'not'."""
    s = scene.tree.s
    if not set(clause.roles) <= {"subject", "time"} or scene.below(clause):
        return False
    opened = any(s.words[t].lower() in _OPENERS for t in s.children[clause.index])
    return bool(clause.roles.get("subject")) and (opened or (clause.negated and _ends_there(scene, clause)))


def _ends_there(scene: Scene, clause: Clause) -> bool:
    """Return whether nothing but punctuation follows the 'not' of a clause."""
    words = scene.tree.s.words[clause.index + 1 :]
    rest = [w.lower() for w in words if any(c.isalnum() for c in w)]
    return not rest or (rest[0] in ("not", "n't") and (len(rest) == 1 or words[1] in (":", ";", ".")))


def _echoed(stage: Stage, scene: Scene, clause: Clause, told: Sequence[Claim]) -> list[Claim]:
    s = scene.tree.s
    phrases = clause.roles["subject"]
    actor = merged(stage.actors.resolve(s.number, p) for p in phrases)
    near = [c for c in told if 0 <= s.number - c.evidence.sentence <= 1 and c.words.get("form") == "verb"]
    main = [c for c in near if c.words.get("link") in ("root", "conjunct")] or near
    if not actor or not main or set(actor) & set(main[-1].actor):
        return []
    act = main[-1]
    opener = next((s.words[t].lower() for t in s.children[clause.index] if s.words[t].lower() in _OPENERS), None)
    negated = act.negated if opener is not None else not act.negated
    rule = f"{_RULE}:{act.rule}"
    return [
        replace(
            act,
            id=content_id(stage.report.id, rule, s.number, clause.index, act.event, *actor, *act.recipient),
            actor=actor,
            negated=negated,
            evidence=evidence_of(scene),
            rule=rule,
            words={**act.words, "at": str(clause.index)},
        )
    ]
