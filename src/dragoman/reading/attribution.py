"""Who says so: chains through 'X said that Y denied', quotations over several sentences, 'according to X'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.model import Attribution, Clause, Kind, Phrase, merged
from dragoman.reading.actors import Actors
from dragoman.reading.authors import Authors
from dragoman.reading.describe import FIRST
from dragoman.reading.parse import Sentence
from dragoman.reading.scenes import Scene
from dragoman.rulebook.types import Rulebook

_SINGLE = frozenset({"i", "me", "my", "mine", "myself"})
_OPEN, _CLOSE, _PLAIN = "“«„", "”»", '"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """One link of a chain: the clause that says it, who speaks, and the words that tell."""

    clause: Clause | None
    ids: tuple[str, ...]
    text: str

    def link(self) -> tuple[Attribution, ...]:
        """Return the attributions of a link, one a speaker."""
        return tuple(Attribution(speaker=i, text=self.text) for i in self.ids) or (
            Attribution(speaker=None, text=self.text),
        )


class Speech:
    """The speech of one report: quoted stretches, and who speaks in each sentence and clause."""

    def __init__(self, rulebook: Rulebook, actors: Actors, scenes: Sequence[Scene]) -> None:
        self._says = rulebook.words("say")
        self._actors = actors
        self._carried: dict[int, Speaking] = {}
        self._quoted = quoted_tokens([scene.tree.s for scene in scenes])
        self._carry(scenes)
        self._first_persons(scenes)

    def quoted(self, sentence: int, token: int) -> bool:
        """Return whether a token stands inside quotation marks."""
        return token in self._quoted.get(sentence, frozenset())

    def chain(self, scene: Scene, clause: Clause) -> tuple[Speaking, ...]:
        """Return who says a clause, innermost first."""
        found: list[Speaking] = []
        for below, clauses in self._ascent(scene, clause):
            for child in clauses:
                found.append(self._speaking(scene, child))
            accord = below.roles.get("speaker")
            if accord:
                found.append(self._according(scene, accord))
        if not any(item.clause is not None for item in found):
            carried = self._carried.get(scene.tree.s.number)
            if carried is not None and self.quoted(scene.tree.s.number, clause.index):
                found.append(carried)
        return tuple(found)

    def _ascent(self, scene: Scene, clause: Clause) -> list[tuple[Clause, list[Clause]]]:
        """Return the clauses from one upward, each with the speech clauses that cover it."""
        path: list[tuple[Clause, list[Clause]]] = []
        below: Clause | None = clause
        if clause.light is not None:
            path.append((clause, []))
            below = scene.by_index[clause.light]
        while below is not None and len(path) <= len(scene.clauses) + 1:
            asides = [c for c in scene.below(below) if c.link == "aside" and c.lemma in self._says]
            parent = scene.by_index.get(below.parent) if below.parent is not None else None
            says = parent is not None and (parent.lemma in self._says or below.modal == "bid") and self._covers(below)
            says = says and not _told_by_a_noun(scene, below)
            says = says and not (parent is not None and self._names_a_topic(scene, parent, below))
            path.append((below, asides + ([parent] if says and parent is not None else [])))
            below = parent
        return path

    def _names_a_topic(self, scene: Scene, said: Clause, below: Clause) -> bool:
        """Return whether a heading's 'Libya:' says where, not who speaks: a state, and no 'we', 'must' or 'will' after it."""
        s = scene.tree.s
        if s.words[said.index] != ":" or below.modal is not None or below.lemma == "reject":
            return False
        if any(word.lower() in FIRST for word in s.words[said.index + 1 :]):
            return False
        ids = merged(self._actors.source(scene.tree, p) for p in said.roles.get("subject", ()))
        cast = self._actors.cast
        return bool(ids) and all(cast.kind(i) is Kind.STATE and cast.actor(i) is not None for i in ids)

    def _covers(self, below: Clause) -> bool:
        bare = below.tense == "infinitive" and below.modal is None
        return below.link in ("complement", "object") and not bare

    def _speaking(self, scene: Scene, clause: Clause) -> Speaking:
        phrases = clause.roles.get("subject", ())
        ids = merged(self._actors.source(scene.tree, p) for p in phrases)
        start = min([p.start for p in phrases], default=clause.index)
        end = max([p.end for p in phrases], default=clause.index + 1)
        if end <= clause.index and clause.index - end < 4:
            end = clause.index + 1
        if start > clause.index and start - clause.index < 3:
            start = clause.index
        return Speaking(clause=clause, ids=ids, text=scene.tree.s.quote(start, end).strip(" -:–—"))

    def _according(self, scene: Scene, phrases: tuple[Phrase, ...]) -> Speaking:
        ids = merged(self._actors.source(scene.tree, p) for p in phrases)
        first = phrases[0].start
        led = next(
            (t for t in range(first, max(-1, first - 3), -1) if scene.tree.s.words[t].lower() == "according"), first
        )
        return Speaking(clause=None, ids=ids, text=scene.tree.s.quote(led, phrases[-1].end))

    # -- quotations over several sentences

    def _carry(self, scenes: Sequence[Scene]) -> None:
        last: tuple[int, Speaking] | None = None
        waiting: list[int] = []
        for scene in scenes:
            s = scene.tree.s
            said = next(
                (
                    c
                    for c in reversed(scene.clauses)
                    if c.lemma in self._says and c.form == "verb" and c.roles.get("subject")
                ),
                None,
            )
            quoted = self._quoted.get(s.number, frozenset())
            if said is not None and said.index not in quoted:
                last = (s.paragraph, replace(self._speaking(scene, said), clause=None))
                if 0 in quoted and said.index > max(quoted):  # '“A. B,” said X': A is X's, too
                    self._carried.update(dict.fromkeys(waiting, last[1]))
            elif quoted and last is not None and s.paragraph - last[0] <= 1:
                self._carried[s.number] = last[1]
            goes_on = len(s.words) - 1 in quoted
            waiting = [*waiting, s.number] if goes_on and (waiting == [] or 0 in quoted) else []

    def _first_persons(self, scenes: Sequence[Scene]) -> None:
        authors = Authors(self._actors, scenes)
        for scene in scenes:
            s = scene.tree.s
            for token, word in enumerate(s.words):
                if word.lower() not in FIRST or (word.isupper() and len(word) > 1):
                    continue
                speaking = self._speaker_at(scene, token)
                if speaking is not None and speaking.ids:
                    self._actors.set_first_person(s.number, token, self._meant_by(word.lower(), speaking.ids))
                elif not self.quoted(s.number, token):
                    single = word.lower() in _SINGLE
                    self._actors.set_first_person(s.number, token, authors.of(single=single))

    def _meant_by(self, word: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Return who 'I' or 'we' is: the person, or the side that the person speaks for."""
        if word in _SINGLE:
            return ids
        return tuple(dict.fromkeys(self._actors.cast.camp_of(i) or i for i in ids))

    def _speaker_at(self, scene: Scene, token: int) -> Speaking | None:
        inside = [c for c in scene.clauses if c.start <= token < c.end and c.form != "noun"]
        for clause in sorted(inside, key=lambda c: c.end - c.start):
            chain = self.chain(scene, clause)
            if chain:
                return chain[0]
        return self._carried.get(scene.tree.s.number)


def _told_by_a_noun(scene: Scene, clause: Clause) -> bool:
    """Return whether a clause is what a noun under a preposition tells: 'spoke after the announcement that X would leave'."""
    tree = scene.tree
    noun = tree.s.heads[clause.index]
    return tree.s.tags[noun][:2] == "NN" and tree.governing_preposition(noun) is not None


def quoted_tokens(sentences: Sequence[Sentence]) -> dict[int, frozenset[int]]:
    """Return for each sentence number the tokens inside double quotation marks; an open quote runs on in its paragraph."""
    found: dict[int, frozenset[int]] = {}
    open_now, paragraph = False, -1
    for s in sentences:
        if s.paragraph != paragraph:
            open_now, paragraph = False, s.paragraph
        inside: set[int] = set()
        for token in range(len(s.words)):
            mark = s.text[s.starts[token] - s.start : s.ends[token] - s.start]
            if mark in _OPEN and mark:
                open_now = True
            elif mark in _CLOSE and mark:
                open_now = False
            elif mark in (_PLAIN, "''", "``"):
                open_now = not open_now
            elif open_now:
                inside.add(token)
        found[s.number] = frozenset(inside)
    return found
