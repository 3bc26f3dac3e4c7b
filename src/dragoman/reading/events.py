"""Frames on clauses -> matches. Which frame fires, with which roles; what an act takes in is no second act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.model import Clause, EventType, Phrase
from dragoman.reading.tree import Tree, Vocabulary
from dragoman.rulebook.codes import PREPOSITIONS
from dragoman.rulebook.types import Frame, Pattern, Rulebook, Test

Kinds = Callable[[Phrase], frozenset[str]]
_Ranked = tuple[int, int, Pattern, Frame]  # the more conditions the smaller the first, then its place
_PATTERNS = 1000  # more than one word has in a frame: what any verb may wake comes after what its own word wakes
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_CLAUSE_ROLES = frozenset({"complement", "condition", "reason", "time", "purpose", "or"}) | PREPOSITIONS
_FACT_NOUNS = frozenset({"during", "after", "since", "following", "before", "despite", "amid"})
_TELLING = frozenset(
    "say tell add report claim state declare announce insist argue maintain allege write note warn tweet complain suggest "
    "boast caution stress reply retort shout reiterate continue thunder".split()
)
_LAYING_DOWN = frozenset(
    "commit oblige bind require allow call provide grant give set establish create include".split()
)
_CONTENT_LINKS = frozenset({"of", "on", "about", "over", "for", "to", "into", "toward", "against", "from", "in"})
_ALLEGING = frozenset("accuse suspect charge convict blame acquit want indict".split())  # 'suspected of attacking'
_HAVING = frozenset(
    {"be", "have", "see", "find", "leave", "want"}
)  # 'there is nothing to discuss', 'sees no reason to leave'
_FACT_LINKS = frozenset(
    {
        "adverbial",
        "relative",
        "time",
        "reason",
        "aside",
        "after",
        "since",
        "following",
        "before",
        "during",
        "despite",
        "while",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A frame that fired on a clause."""

    clause: Clause
    frame: Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A frame whose verb or noun fits but which did not fire, and the condition that failed."""

    clause: Clause
    frame: Frame
    failed: str


class Scene:
    """One sentence's clauses, with roles that reach into the clauses below them."""

    def _only_days(self, phrases: Iterable[Phrase]) -> bool:
        """Return whether an 'on' only says when: 'fired a missile on Sunday' is no 'fired on somebody'."""
        return all(self.tree.s.lemmas[p.head].lower() in _WEEKDAYS for p in phrases)

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


class Matcher:
    """The frames of a rulebook, indexed by the verb or noun that wakes them."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._verbs: dict[str, list[tuple[Pattern, Frame]]] = {}
        self._nouns: dict[str, list[tuple[Pattern, Frame]]] = {}
        self._any = [(Pattern(lemma="*"), frame) for frame in rulebook.frames if frame.any_verb]
        self._likely: dict[tuple[str, str], _Likely] = {}
        self._likely_any = _Likely(self._any, after=len(rulebook.frames) * _PATTERNS)
        for frame in rulebook.frames:
            for pattern in frame.verbs:
                self._verbs.setdefault(pattern.lemma, []).append((pattern, frame))
            for pattern in frame.nouns:
                turned = noun_pattern(pattern)
                self._nouns.setdefault(turned.lemma, []).append((turned, frame))
        self.verbs = frozenset(self._verbs)
        self.vocabulary = Vocabulary(
            nouns=frozenset(self._nouns),
            lights=rulebook.words("lights"),
            happenings=rulebook.words("happenings"),
            patients=rulebook.words("patients"),
        )

    def matches(self, scene: Scene) -> tuple[Match, ...]:
        """Return the frames that fire, one a clause, without the acts that another act takes in."""
        fired = self._fired(scene)
        return tuple(m for m in fired.values() if not m.frame.silent and not _taken_in(scene, m, fired))

    def all_matches(self, scene: Scene) -> tuple[Match, ...]:
        """Return every clause's best frame, taken in or not (for ``relate`` and ``explain``)."""
        return tuple(match for match in self._fired(scene).values() if not match.frame.silent)

    def _fired(self, scene: Scene) -> dict[int, Match]:
        """Return the best frame of each clause that any fires on, by the clause's word; found once a scene."""
        if scene.fired is None:
            scene.fired = {clause.index: match for clause in scene.clauses if (match := self._best(scene, clause))}
        return scene.fired

    def near(self, scene: Scene) -> tuple[Near, ...]:
        """Return the frames whose word fits but which fail on a condition, with the condition."""
        found = []
        for clause in scene.clauses:
            for pattern, frame in self._candidates(clause):
                unmet = _unmet(scene, clause, pattern, frame)
                if unmet is not None:
                    found.append(Near(clause=clause, frame=frame, failed=unmet()))
        return tuple(found)

    def _candidates(self, clause: Clause) -> list[tuple[Pattern, Frame]]:
        if clause.form == "noun":
            return self._nouns.get(clause.lemma, [])
        return self._verbs.get(clause.lemma, []) + self._any

    def _likely_lists(self, scene: Scene, clause: Clause) -> Iterator[list[_Ranked]]:
        """Yield, list by list, the candidates that may fire on a clause: those of its word, and for a verb those of any."""
        noun = clause.form == "noun"
        own = (self._nouns if noun else self._verbs).get(clause.lemma)
        if own is not None:
            key = ("noun" if noun else "verb", clause.lemma)
            likely = self._likely.get(key)
            if likely is None:
                likely = self._likely[key] = _Likely(own)
            yield from likely.lists(scene, clause)
        if not noun:
            yield from self._likely_any.lists(scene, clause)

    def _best(self, scene: Scene, clause: Clause) -> Match | None:
        """Return the frame that fires with the most conditions, the first among equals."""
        best: _Ranked | None = None
        for ranked in self._likely_lists(scene, clause):
            for one in ranked:
                if best is not None and one[:2] >= best[:2]:
                    break
                if _unmet(scene, clause, one[2], one[3]) is None:
                    best = one
                    break
        return Match(clause=clause, frame=best[3]) if best else None


class _Likely:
    """The candidates of one word, each kept once, where the condition that fewest clauses meet leads to it; best first.

    ``plain`` have no such condition, ``beside`` need another word with the clause's, ``filled`` need a role to be filled,
    ``worded`` a role to be filled with a word.
    """

    def __init__(self, candidates: Sequence[tuple[Pattern, Frame]], after: int = 0) -> None:
        self.plain: list[_Ranked] = []
        self.beside: dict[str, list[_Ranked]] = {}
        self.filled: dict[str, list[_Ranked]] = {}
        self.worded: dict[str, dict[frozenset[str], list[_Ranked]]] = {}
        for place, (pattern, frame) in enumerate(candidates, after):
            weight = frame.weight + 2 * len(pattern.rest) + (0 if frame.any_verb else 1)
            self._home(pattern, frame).append((-weight, place, pattern, frame))
        worded = (home for lists in self.worded.values() for home in lists.values())
        for home in (self.plain, *self.beside.values(), *self.filled.values(), *worded):
            home.sort(key=lambda one: one[:2])

    def _home(self, pattern: Pattern, frame: Frame) -> list[_Ranked]:
        """Return the list in which a candidate is kept."""
        if pattern.rest:
            return self.beside.setdefault(pattern.rest[0], [])
        if not frame.tests:
            return self.plain
        test = min(frame.tests, key=_commonness)
        if test.kinds or test.anything:
            return self.filled.setdefault(test.role, [])
        return self.worded.setdefault(test.role, {}).setdefault(test.words, [])

    def lists(self, scene: Scene, clause: Clause) -> Iterator[list[_Ranked]]:
        """Yield the lists with all candidates that may fire on a clause."""
        if self.plain:
            yield self.plain
        if self.beside:
            for word in scene.beside(clause) & self.beside.keys():
                yield self.beside[word]
        for role, some in self.filled.items():
            if scene.fill(clause, role):
                yield some
        for role, lists in self.worded.items():
            phrases = scene.fill(clause, role)
            if phrases:
                said = scene.words(phrases[0]).union(*(scene.words(phrase) for phrase in phrases[1:]))
                yield from (some for words, some in lists.items() if not words.isdisjoint(said))


def _commonness(test: Test) -> tuple[bool, int]:
    """How many clauses may meet a test, roughly: words are rarer than kinds, a subject is more often there than 'against'."""
    return bool(test.kinds or test.anything), {"subject": 2, "object": 1}.get(test.role, 0)


def noun_pattern(pattern: Pattern) -> Pattern:
    """Return a noun's pattern with its head as lemma: 'prisoner swap' -> swap (prisoner).

    >>> noun_pattern(Pattern(lemma="exchange", rest=("of", "fire")))
    Pattern(lemma='exchange', rest=('of', 'fire'))
    >>> noun_pattern(Pattern(lemma="prisoner", rest=("swap",)))
    Pattern(lemma='swap', rest=('prisoner',))
    """
    words = [pattern.lemma, *pattern.rest]
    cut = next((number for number, word in enumerate(words) if word in PREPOSITIONS and number), len(words))
    return Pattern(lemma=words[cut - 1], rest=(*words[: cut - 1], *words[cut:]))


def _unmet(scene: Scene, clause: Clause, pattern: Pattern, frame: Frame) -> Callable[[], str] | None:
    """Return what tells the condition of a frame that a clause does not meet, or None where it meets all.

    The words are made only where somebody asks: most frames of a word fail on most clauses.
    """
    beside = scene.beside(clause) if pattern.rest else frozenset()
    for word in pattern.rest:
        if word not in beside:
            return lambda: f"no '{word}' with '{pattern.lemma}'"
    if frame.modal and clause.modal not in frame.modal:
        return lambda: f"modal is {clause.modal}, not one of {', '.join(sorted(frame.modal))}"
    if frame.tense and (clause.tense not in frame.tense or clause.perfect):
        return lambda: f"tense is {clause.tense}, not {', '.join(sorted(frame.tense))}"
    if frame.negated is not None and clause.negated != frame.negated:
        return lambda: f"negated is {clause.negated}"
    if frame.passive is not None and clause.passive != frame.passive:
        return lambda: f"passive is {clause.passive}"
    for test in frame.tests:
        if not _holds(scene, clause, test):
            return lambda: f"{test.role} is none of {_describe(test)}"
    for test in frame.unless:
        if _holds(scene, clause, test):
            return lambda: f"{test.role} is one of {_describe(test)} (unless)"
    return None


def _describe(test: Test) -> str:
    return ", ".join(sorted(test.words | test.kinds)[:6]) or "anything"


def _holds(scene: Scene, clause: Clause, test: Test) -> bool:
    phrases = scene.fill(clause, test.role)
    if test.anything and phrases:
        return True
    for phrase in phrases:
        if test.words and not test.words.isdisjoint(scene.words(phrase)):
            return True
        if test.kinds and not test.kinds.isdisjoint(scene.labels(phrase)):
            return True
    return False


def _taken_in(scene: Scene, match: Match, fired: dict[int, Match]) -> bool:
    """Return whether an act is what another act is about: a demand's content, a promise, the talks that were left."""
    clause = match.clause
    if _ends_by_deal(scene, match, fired):
        return True
    if clause.form == "noun" and any(mark.startswith("alignment.") for mark in match.frame.gives.marks):
        return False  # whose backer somebody is holds whatever he does
    for _ in range(len(scene.clauses)):
        if clause.light is not None and clause.light in fired and clause.light != match.clause.index:
            return True
        parent = scene.by_index.get(clause.parent) if clause.parent is not None else None
        if (
            parent is None
            or (clause.link in (_FACT_NOUNS if clause.form == "noun" else _FACT_LINKS))
            or (
                clause.light is not None and clause.link in ("time", "reason", "relative") and "subject" in clause.roles
            )
            or (clause.link == "modifier" and clause.tense not in ("infinitive", "participle"))
        ):
            return False
        above = fired.get(parent.index) or _carried(parent, fired)
        if clause.tense == "participle" and clause.link in ("of", "for", "with") and parent.lemma in _ALLEGING:
            return True
        if above is not None and clause.tense == "participle" and clause.link in _CONTENT_LINKS:
            return True
        if clause.link == "conjunct":
            if _goes_on_asking(fired.get(parent.index), clause) or _or_else(scene, fired.get(parent.index), clause):
                return True
            clause = parent
            continue
        if above is not None and (above.frame.gives.keeps or clause.form == "noun" or clause.link == "purpose"):
            return True
        clause = parent
    return False


def _goes_on_asking(asked: Match | None, clause: Clause) -> bool:
    """Return whether a clause goes on with what somebody said should be: 'should free them and put them on trial'."""
    return (
        asked is not None
        and "speaker" in asked.frame.gives.actor
        and clause.modal in (None, "bid")
        and clause.tense == "infinitive"
    )


def _or_else(scene: Scene, above: Match | None, clause: Clause) -> bool:
    """Return whether a clause tells the harm that stands beside yielding: 'must surrender or face attack'."""
    threat = above is not None and above.frame.gives.event is EventType.THREATEN
    return threat and scene.tree.joined_by(clause.index) == "or"


def _carried(carrier: Clause, fired: dict[int, Match]) -> Match | None:
    """Return the nominal act that a light verb carries, where it fired ('launched an offensive to …')."""
    return next((m for m in fired.values() if m.clause.light == carrier.index), None)


def _ends_by_deal(scene: Scene, match: Match, fired: dict[int, Match]) -> bool:
    """Return whether a yielding is only what a deal is said to bring: 'signed a pact, ending the war'."""
    clause = match.clause
    above = fired.get(clause.parent) if clause.parent is not None else None
    return (
        above is not None
        and clause.link == "adverbial"
        and clause.tense == "participle"
        and (match.frame.gives.event is EventType.RETREAT or clause.lemma in _LAYING_DOWN)
        and above.frame.gives.event in (EventType.SUPPORT, EventType.AGREE, EventType.CONCEDE)
    )
