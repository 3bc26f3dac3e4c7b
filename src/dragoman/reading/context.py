"""What governs a clause changes what it means: negated, hedged, planned, possible. Cues with a scope, once for all frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.model import Clause, Status
from dragoman.reading.scenes import Scene
from dragoman.rulebook.types import Cue, Pattern, Rulebook

_POSSIBILITIES = frozenset(
    "prospect possibility chance risk likelihood danger fear hope potential idea option effort attempt need wish "
    "desire ability right opportunity aim goal bid capacity power pretext excuse".split()
)
_ORDER = {Status.OCCURRED: 0, Status.HISTORICAL: 1, Status.FUTURE: 2, Status.HYPOTHETICAL: 3}
_BELOW = frozenset({"advcl", "ccomp", "conj", "relcl", "xcomp"})  # clauses of their own: 'after they reported'
_GOVERNED = frozenset(
    {
        "complement",
        "object",
        "within object",
        "from",
        "to",
        "for",
        "of",
        "on",
        "in",
        "predicate",
        "at",
        "with",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """How a clause is meant. ``denier`` is the token of the clause whose subject denies it, if any."""

    negated: bool = False
    hedged: bool = False
    status: Status = Status.OCCURRED
    denier: int | None = None

    def with_status(self, status: Status | None) -> Context:
        """Return the context with the weaker of two statuses."""
        if status is None or _ORDER[status] <= _ORDER[self.status]:
            return self
        return replace(self, status=status)


class Contexts:
    """The cues of a rulebook, indexed by the word that wakes them."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._over: dict[str, list[tuple[Pattern, Cue]]] = {}
        self._inside: dict[str, Cue] = {}
        self._modal: dict[str, Cue] = {}
        for cue in rulebook.cues:
            for pattern in cue.words:
                if cue.over == "complement":
                    self._over.setdefault(pattern.lemma, []).append((pattern, cue))
                elif cue.over == "clause":
                    self._inside[pattern.lemma] = cue
                else:
                    self._modal[pattern.lemma] = cue
        self._says = rulebook.words("say")

    def of(self, scene: Scene, clause: Clause) -> Context:
        """Return the context of a clause from its own words and all that governs it."""
        context = Context(negated=clause.negated)
        context = self._own(scene, clause, context)
        below = clause
        for _ in range(len(scene.clauses)):
            parent = self._above(scene, below)
            if parent is None:
                break
            context, go_on = self._governed(scene, below, parent, context)
            if not go_on:
                break
            below = parent
        return context

    def _above(self, scene: Scene, clause: Clause) -> Clause | None:
        if clause.light is not None and clause.link == "conjunct":
            clause = scene.by_index[clause.light]
        return scene.by_index.get(clause.parent) if clause.parent is not None else None

    # -- the clause's own words

    def _own(self, scene: Scene, clause: Clause, context: Context) -> Context:
        modal = self._modal.get(clause.modal or "")
        if modal is not None and not self._could_not(scene, clause):
            context = context.with_status(Status.FUTURE if self._reported_will(scene, clause) else modal.status)
        tokens = scene.tree.s.children[clause.index]
        if clause.light is not None:
            tokens = (*tokens, *scene.tree.s.children[clause.light])
        for child in tokens:
            cue = self._inside.get(scene.tree.s.words[child].lower())
            if cue is not None and scene.tree.s.deps[child] not in _BELOW:
                status = None if cue.status is Status.FUTURE and clause.tense == "past" else cue.status
                context = replace(context, hedged=context.hedged or cue.hedged).with_status(status)
        if clause.tense == "infinitive" and clause.link in ("root", "conjunct") and clause.modal is None:
            context = context.with_status(self._bare_infinitive(scene, clause))
        on_a_noun = clause.link in ("modifier", "relative") and clause.tense == "infinitive"
        if clause.link == "purpose" or (on_a_noun and not scene.tree.tells_a_deed(clause.index)):
            context = context.with_status(Status.HYPOTHETICAL)
        if clause.link == "complement" and clause.mark in ("if", "whether"):
            context = context.with_status(Status.HYPOTHETICAL)
        if clause.link == "without":
            context = replace(context, negated=not context.negated)
        if clause.mark in ("until", "till", "before") and clause.link == "time" and clause.tense != "past":
            context = context.with_status(Status.HYPOTHETICAL)
        return context

    def _could_not(self, scene: Scene, clause: Clause) -> bool:
        """'X and Y could not agree' tells that they did not."""
        told = clause.modal == "could" and clause.negated and not clause.perfect
        return told and not scene.fill(clause, "condition")

    def _reported_will(self, scene: Scene, clause: Clause) -> bool:
        """'said it would host': the 'will' of what was said, unless a condition hangs on it."""
        if clause.modal != "would" or clause.perfect or scene.fill(clause, "condition"):
            return False
        above = clause
        for _ in range(len(scene.clauses)):
            parent = scene.by_index.get(above.parent) if above.parent is not None else None
            if parent is None:
                return any(c.link == "aside" and c.lemma in self._says for c in scene.below(above))
            if above.link == "complement":
                return parent.lemma in self._says and parent.tense in ("past", "present")
            if above.link != "conjunct":
                return False
            above = parent
        return False

    def _bare_infinitive(self, scene: Scene, clause: Clause) -> Status | None:
        """A headline's 'Germany to host talks' is planned."""
        words = scene.tree.s.words
        marked = any(words[c].lower() == "to" for c in scene.tree.s.children[clause.index])
        return Status.FUTURE if marked else None

    # -- what stands above

    def _governed(self, scene: Scene, below: Clause, parent: Clause, context: Context) -> tuple[Context, bool]:
        link = below.link
        if link == "conjunct":
            return context, True
        if link == "condition":
            return context.with_status(Status.HYPOTHETICAL), False
        told = (link == "relative" and _is_said_of_it(scene, below, parent)) or (
            link == "modifier" and (below.tense == "infinitive" or parent.form == "noun" or _has_doer(scene, below))
        )
        if link not in _GOVERNED and not told:
            return context, False
        if _under_possibility(scene, below, parent):
            context = context.with_status(Status.HYPOTHETICAL)
        if parent.lemma == "have" and below.tense == "infinitive" and _has_yet(scene, parent):
            return replace(context, negated=not context.negated), False
        cue = self._cue(scene, parent)
        if parent.lemma == "be" and below.tense == "infinitive" and "predicate" not in parent.roles:
            context = context.with_status(Status.FUTURE)
            return replace(context, negated=context.negated != parent.negated), True
        if cue is None:
            return self._ungoverned(below, parent, context), True
        context = replace(context, hedged=context.hedged or cue.hedged)
        if cue.negated:
            context = replace(
                context,
                negated=not context.negated if not parent.negated else context.negated,
                denier=parent.index if cue.speaker else context.denier,
            )
        elif parent.negated and (cue.transparent or cue.status in (Status.FUTURE, None)):
            context = replace(context, negated=not context.negated)
        done = below.tense == "past" or below.perfect
        if not (cue.status is Status.FUTURE and done):
            context = context.with_status(cue.status)
        modal = self._modal.get(parent.modal or "")
        if modal is not None and parent.lemma not in self._says:
            will = parent.lemma != "have" and self._reported_will(scene, parent)  # 'would have to' is a duty
            context = context.with_status(Status.FUTURE if will else modal.status)
        return context, True

    def _ungoverned(self, below: Clause, parent: Clause, context: Context) -> Context:
        """Under a verb that no cue knows: an infinitive is only possible, and a negation reaches down."""
        if parent.lemma in self._says:
            return context
        if below.tense == "infinitive" and below.link == "complement" and below.form != "noun":
            context = context.with_status(Status.HYPOTHETICAL)
        modal = self._modal.get(parent.modal or "")
        if modal is not None:
            context = context.with_status(modal.status)
        return context

    def _cue(self, scene: Scene, parent: Clause) -> Cue | None:
        lemma = parent.lemma
        best: tuple[int, Cue] | None = None
        for pattern, cue in self._over.get(lemma, ()):
            if not _stands(scene, parent, pattern.rest):
                continue
            if any(e.lemma == lemma and _stands(scene, parent, e.rest) for e in cue.exceptions):
                continue
            if best is None or len(pattern.rest) > best[0]:
                best = (len(pattern.rest), cue)
        return best[1] if best else None


def _is_said_of_it(scene: Scene, below: Clause, parent: Clause) -> bool:
    """Return whether a whole clause is called something, though the parser hangs it on the noun: 'it is a lie that X left'."""
    words = scene.tree.s.words
    of_it = parent.lemma == "be" and any(words[head].lower() == "it" for head in parent.heads("subject"))
    return of_it and _has_doer(scene, below)


def _has_doer(scene: Scene, clause: Clause) -> bool:
    """Return whether a clause has a subject of its own: 'claims it attacked', and not 'men attacking', 'a lie that killed'."""
    subjects = scene.tree.children(clause.index, "nsubj", "nsubjpass")
    return any(scene.tree.s.tags[t] not in ("WDT", "WP") for t in subjects)


def _has_yet(scene: Scene, clause: Clause) -> bool:
    """Return whether 'yet' stands with a 'have': 'has yet to free the men' is that it has not."""
    s = scene.tree.s
    return any(s.words[child].lower() == "yet" for child in s.children[clause.index])


def _under_possibility(scene: Scene, below: Clause, parent: Clause) -> bool:
    """Return whether a noun such as 'prospect' or 'risk' stands between an act and what governs it."""
    up = scene.tree.s.heads[below.index]
    for _ in range(6):
        if up == parent.index or scene.tree.s.heads[up] == up:
            return False
        if scene.tree.s.lemmas[up] in _POSSIBILITIES:
            return True
        up = scene.tree.s.heads[up]
    return False


def _stands(scene: Scene, clause: Clause, rest: Iterable[str]) -> bool:
    """Return whether each word stands with the clause's verb: a particle, an object, a predicate."""
    s = scene.tree.s
    for word in rest:
        if word in clause.particles:
            continue
        heads = [p.head for role in ("object", "predicate") for p in clause.roles.get(role, ())]
        if any(s.lemmas[h].lower() == word or s.words[h].lower() == word for h in heads):
            continue
        if clause.passive and any(s.lemmas[c].lower() == word for c in s.children[clause.index]):
            continue
        if clause.lemma == "be" and any(c.link == "complement" and c.lemma == word for c in scene.below(clause)):
            continue
        return False
    return True
