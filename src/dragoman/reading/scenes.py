"""A sentence's clauses as frames see them: roles that reach into the clauses below, kinds of fillers, words beside a verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.model import Clause, Phrase
from dragoman.reading.tree import Tree
from dragoman.rulebook.codes import PREPOSITIONS
from dragoman.rulebook.types import Frame

Kinds = Callable[[Phrase], frozenset[str]]
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_CLAUSE_ROLES = frozenset({"complement", "condition", "reason", "time", "purpose", "or"}) | PREPOSITIONS
_TELLING = frozenset(
    "say tell add report claim state declare announce insist argue maintain allege write note warn tweet complain suggest "
    "boast caution stress reply retort shout reiterate continue thunder".split()
)
_HAVING = frozenset(
    {"be", "have", "see", "find", "leave", "want"}
)  # 'there is nothing to discuss', 'sees no reason to leave'


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A frame that fired on a clause."""

    clause: Clause
    frame: Frame


class Scene:
    """One sentence's clauses, with roles that reach into the clauses below them."""

    def __init__(self, tree: Tree, clauses: Sequence[Clause], kinds: Kinds) -> None:
        self.tree = tree
        self.clauses = tuple(clauses)
        self.kinds = kinds
        self.by_index = {clause.index: clause for clause in clauses}
        self._below: dict[int, list[Clause]] = {}
        self._carries: dict[int, list[Clause]] = {}  # the nominal acts that a light verb carries
        self._filled: dict[tuple[int, str], tuple[Phrase, ...]] = {}
        self._said: dict[int, frozenset[str]] = {}
        self._beside: dict[int, frozenset[str]] = {}
        self.fired: dict[int, Match] | None = None  # the best frame of each clause, once a matcher has looked
        for clause in clauses:
            if clause.parent is not None:
                self._below.setdefault(clause.parent, []).append(clause)
            if clause.light is not None:
                self._carries.setdefault(clause.light, []).append(clause)

    def below(self, clause: Clause) -> list[Clause]:
        """Return the clauses that hang directly on a clause."""
        return self._below.get(clause.index, [])

    def fill(self, clause: Clause, role: str) -> tuple[Phrase, ...]:
        """Return the fillers of a role; 'complement.subject' looks into the clause that fills the first part."""
        key = (clause.index, role)
        found = self._filled.get(key)
        if found is None:
            found = self._filled[key] = self._fill(clause, role)
        return found

    def _fill(self, clause: Clause, role: str) -> tuple[Phrase, ...]:
        first, _, rest = role.partition(".")
        if first == "speaker" and not rest:
            return self._speakers(clause)
        found = clause.roles.get(first, ())
        linked = self._linked(clause, first) if first in _CLAUSE_ROLES else ()
        if rest:
            inner = tuple(phrase for child in linked for phrase in self.fill(child, rest))
            return inner or tuple(phrase for noun in found for phrase in self._with(noun.head, rest))
        below = [Phrase(head=child.index, start=child.start, end=child.end) for child in linked if child.form != "noun"]
        return (*found, *below)

    def _with(self, noun: int, role: str) -> Iterator[Phrase]:
        """Yield what stands with a noun that is no clause: 'by X' after it, or its owner ('X's plan', 'the X plan')."""
        owner = self.tree.possessor(noun)
        if role in ("subject", "owner") and owner is not None:
            yield self.tree.phrase(owner)
        elif role == "modifier":
            yield from (self.tree.phrase(token) for token in self.tree.modifiers(noun))
        for name, inner in self.tree.prepositional(noun):
            if name == role or (role == "subject" and name == "by"):
                yield from self.tree.phrases(inner)

    def _speakers(self, clause: Clause) -> tuple[Phrase, ...]:
        """Return who says a clause: the subject of the speech verb above it, or who stands after 'according to'."""
        above: Clause | None = clause
        for _ in range(len(self.clauses)):
            if above is None:
                break
            accord = above.roles.get("speaker")
            parent = self.by_index.get(above.parent) if above.parent is not None else None
            if accord:
                return accord
            aside = next((c for c in self.below(above) if c.link == "aside" and c.roles.get("subject")), None)
            if aside is not None:
                return aside.roles["subject"]
            if parent is not None and parent.lemma in _TELLING and above.link == "complement":
                return parent.roles.get("subject", ())
            above = parent if above.link in ("complement", "conjunct", "reason") else None
        return ()

    def _linked(self, clause: Clause, role: str) -> Iterator[Clause]:
        """Yield the clauses that fill one of the roles that clauses can fill."""
        if role in PREPOSITIONS:  # the act of a light verb hangs where its verb hangs: 'came under fire from X'
            carried = self._carries.get(clause.index, ())
            yield from (c for c in carried if any(p.head == c.index for p in clause.roles.get(role, ())))
        carrier = self.by_index.get(clause.light) if clause.light is not None and role == "complement" else None
        for child in (*self.below(clause), *(self.below(carrier) if carrier is not None else ())):
            if child.index == clause.index:
                continue
            if role == "or":
                if child.link == "conjunct" and self.tree.joined_by(child.index) == "or":
                    yield child
            elif child.link == role:
                yield child
                yield from (c for c in self.below(child) if c.link == "conjunct")
            elif (
                role == "complement"
                and (child.link == "modifier" or (child.link == "relative" and clause.lemma in _HAVING))
                and (clause.form == "noun" or child.tense == "infinitive")
            ):
                yield child

    def labels(self, phrase: Phrase) -> frozenset[str]:
        """Return the kinds of a filler: of the entities meant (#actor), or of a clause (#infinitive, #that, #negated)."""
        clause = self.by_index.get(phrase.head)
        if clause is None or clause.form == "noun":
            return self.kinds(phrase)
        shape = {"infinitive": "#infinitive", "participle": "#gerund"}.get(clause.tense, "#that")
        shape = "#that" if clause.modal not in (None, "bid") else shape
        first = "object" if clause.passive else "subject"
        own = any(clause.start <= p.head < clause.index for p in clause.roles.get(first, ()))
        told = {"#past"} if clause.modal is None and (clause.tense == "past" or clause.perfect) else set()
        labels = {shape} | told | ({"#negated"} if clause.negated else set()) | ({"#own"} if own else set())
        return frozenset(labels)

    def words(self, phrase: Phrase) -> frozenset[str]:
        """Return the dictionary forms of a filler that tests look at."""
        said = self._said.get(phrase.head)
        if said is None:
            said = self._said[phrase.head] = self.tree.words_of(phrase)
        return said

    def beside(self, clause: Clause) -> frozenset[str]:
        """Return the words that stand with a clause's verb or noun, for patterns of several words."""
        words = self._beside.get(clause.index)
        if words is None:
            words = self._beside[clause.index] = frozenset(self._companions(clause))
        return words

    def _companions(self, clause: Clause) -> Iterator[str]:
        lemmas = self.tree.s.lemmas
        noun = clause.form == "noun"
        yield from clause.particles
        prepositions = ((role, phrases) for role, phrases in clause.roles.items() if role in PREPOSITIONS)
        yield from (role for role, phrases in prepositions if role != "on" or not self._only_days(phrases))
        yield from (child.link for child in self.below(clause) if child.link in PREPOSITIONS)
        for role in ("modifier", "object", "of", "subject") if noun else ("object", "predicate", "complement"):
            yield from (lemmas[phrase.head].lower() for phrase in self.fill(clause, role))
        if noun:
            if clause.light is not None:
                yield self.by_index[clause.light].lemma
            return
        yield from self.tree.adverbs(clause.index)
        for role, phrases in clause.roles.items():
            if role in PREPOSITIONS:
                yield from (lemmas[phrase.head].lower() for phrase in phrases)

    def _only_days(self, phrases: Iterable[Phrase]) -> bool:
        """Return whether an 'on' only says when: 'fired a missile on Sunday' is no 'fired on somebody'."""
        return all(self.tree.s.lemmas[p.head].lower() in _WEEKDAYS for p in phrases)
