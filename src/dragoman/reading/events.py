"""Frames on clauses -> matches. Which frame fires, with which roles; what an act takes in is no second act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.model import Clause, EventType
from dragoman.reading.scenes import Match, Scene
from dragoman.reading.tree import Vocabulary
from dragoman.reading.unmet import unmet
from dragoman.rulebook.codes import PREPOSITIONS
from dragoman.rulebook.types import Frame, Pattern, Rulebook, Test

_Ranked = tuple[int, int, Pattern, Frame]  # the more conditions the smaller the first, then its place
_PATTERNS = 1000  # more than one word has in a frame: what any verb may wake comes after what its own word wakes
_FACT_NOUNS = frozenset({"during", "after", "since", "following", "before", "despite", "amid"})
_LAYING_DOWN = frozenset(
    "commit oblige bind require allow call provide grant give set establish create include".split()
)
_CONTENT_LINKS = frozenset({"of", "on", "about", "over", "for", "to", "into", "toward", "against", "from", "in"})
_ALLEGING = frozenset("accuse suspect charge convict blame acquit want indict".split())  # 'suspected of attacking'
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
class Near:
    """A frame whose verb or noun fits but which did not fire, and the condition that failed."""

    clause: Clause
    frame: Frame
    failed: str


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
                failed = unmet(scene, clause, pattern, frame)
                if failed is not None:
                    found.append(Near(clause=clause, frame=frame, failed=failed()))
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
                if unmet(scene, clause, one[2], one[3]) is None:
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
