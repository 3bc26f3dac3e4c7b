"""Give each clause its time and its place: which time words and which place words belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dragoman.model import Clause, When, Where
from dragoman.reading.actors import Actors
from dragoman.reading.parse import Sentence
from dragoman.reading.scenes import Scene
from dragoman.reading.when import TimePhrase, find_times, resolve
from dragoman.reading.where import Gazetteer, to_where

_PLACING = (
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "from",
    "to",
    "into",
    "on",
    "along",
    "within",
)
_BACKGROUND = timedelta(days=31)
_SCHEDULING = frozenset("expect schedule plan slate set bind tip book bill".split())
_SHARED = frozenset({"conjunct", "without", "purpose", "adverbial", "by"})
_GOING_ON = frozenset(
    "continue begin start manage fail resume refuse decline help go cease proceed appear seem prove try attempt".split()
)
_FORESEEN = frozenset("expect hope plan aim want intend need schedule promise vow pledge agree wish due likely".split())
_DAY_PARTS = frozenset({"Dawn", "Dusk", "Noon", "Midnight", "Morning", "Evening", "Night"})
_HEADING = re.compile(r"\s*[-–—:]\s")  # after the date that opens an entry of a timeline
_OPENING = 3  # characters: 'On ' stands before the date that opens a sentence
_CHRONICLE = 3  # sentences
_SUGGESTING = frozenset({"suggest", "propose", "offer", "consider", "discuss"})
_ARRANGING = frozenset({"invite", "summon", "postpone", "delay", "adjourn"})
_AHEAD = frozenset({"future", "infinitive"})


def is_background(when: When, day: date | None) -> bool:
    """Return whether an act lies more than a month before the report's day."""
    return day is not None and when.latest is not None and when.latest < day - _BACKGROUND


_SCHEDULED = frozenset("start begin open expire reconvene convene resume depart".split())
_ENTERING = frozenset({"take", "come", "go", "enter"})


class Timing:
    """The time words of one report, each with the clause that it belongs to."""

    def __init__(self, scenes: Sequence[Scene], day: date | None) -> None:
        self._day = day
        self._by_clause: dict[tuple[int, int], list[When]] = {}
        self._roles: dict[tuple[int, int], list[tuple[str, When]]] = {}
        self._at_word: dict[tuple[int, int], When] = {}
        self._before: dict[int, When | None] = {}
        self._headings: dict[int, When] = {}
        self._chronicle = _is_chronicle(scenes)
        anchor: When | None = None
        for scene in scenes:
            anchor = self._read(scene, anchor)

    def _read(self, scene: Scene, anchor: When | None) -> When | None:
        """Note the times of a sentence; ``anchor`` is the last day named before, from which 'the next day' counts."""
        s = scene.tree.s
        self._before[s.number] = anchor
        for phrase in find_times(s.text):
            if phrase.start == 0 and _HEADING.match(s.text[phrase.end :]):
                heading = resolve(phrase, self._day, past=True)
                self._headings[s.paragraph] = anchor = heading
                continue
            clause = self._owner(scene, phrase)
            if clause is None or (phrase.attributive and clause.form != "noun") or _is_name(s.text, phrase):
                continue
            past = _told_past(scene, clause)
            past = True if past is None and self._chronicle else past
            if (
                past is None
                and s.number > 1
                and clause.tense == "present"
                and (clause.lemma in _SCHEDULED or _takes_effect(scene, clause))
                and not clause.perfect
            ):
                past = False  # 'the pause starts on Friday'
            if past and clause.lemma in _ARRANGING and self._of_what_is_arranged(scene, clause, phrase):
                past = False
            when = resolve(phrase, self._day, past=False if phrase.role == "until" else past, anchor=anchor)
            if past and self._is_to_come(when):
                when = When(phrase=when.phrase)  # 'he left five days after': counted from what is told as still to come
            elif when.earliest is not None:
                anchor = when
            for token in self._tokens_of(s, phrase):
                self._at_word[s.number, token] = when
            key = (s.number, clause.index)
            self._roles.setdefault(key, []).append((phrase.role, when))
            if phrase.role in ("at", "from", "range", "until"):
                self._by_clause.setdefault(key, []).append(when)
        return anchor

    def _is_to_come(self, when: When) -> bool:
        return self._day is not None and when.earliest is not None and when.earliest > self._day

    def _of_what_is_arranged(self, scene: Scene, clause: Clause, phrase: TimePhrase) -> bool:
        """Return whether a day stands with what is arranged: 'invited X for talks in December', 'summoned him to a hearing in May'."""
        start = self._tokens_of(scene.tree.s, phrase)[0]
        return any(p.head < start and p.head - p.start < 9 for r in ("for", "to") for p in clause.roles.get(r, ()))

    def _tokens_of(self, s: Sentence, phrase: TimePhrase) -> list[int]:
        inside = (t for t in range(len(s.words)) if s.starts[t] - s.start < phrase.end)
        return [t for t in inside if s.ends[t] - s.start > phrase.start]

    def _owner(self, scene: Scene, phrase: TimePhrase) -> Clause | None:
        """Return the clause that time words belong to: the nearest above them in the tree."""
        s = scene.tree.s
        tokens = self._tokens_of(s, phrase)
        if not tokens:
            return None
        up = next((t for t in tokens if s.heads[t] not in tokens), tokens[0])
        for _ in range(len(s.words)):
            if s.heads[up] == up:
                return scene.by_index.get(up)
            up = s.heads[up]
            if up in scene.by_index:
                return _teller(scene, scene.by_index[up], tokens) or scene.by_index[up]
        return None

    def own(self, scene: Scene, clause: Clause) -> When | None:
        """Return the first time that stands with the clause itself."""
        found = self._by_clause.get((scene.tree.s.number, clause.index), ())
        known = [when for when in found if when.earliest or when.latest]
        return next(iter(known or found), None)

    def of(self, scene: Scene, clause: Clause) -> When | None:
        """Return the clause's time: its own, its light verb's, or that of a clause it shares time with."""
        found = self._told(scene, clause)
        if found is None and any(scene.tree.s.words[t].lower() == "then" for t in scene.tree.s.children[clause.index]):
            found = self._before[scene.tree.s.number]
        return found if found is not None else self._headings.get(scene.tree.s.paragraph)

    def _told(self, scene: Scene, clause: Clause) -> When | None:
        below: Clause | None = clause
        for _ in range(len(scene.clauses)):
            if below is None:
                return None
            own = self.own(scene, below)
            if own is None and (dated := self._at_word.get((scene.tree.s.number, scene.tree.s.heads[below.index]))):
                return dated
            if own is None and below.light is not None:
                own = self.own(scene, scene.by_index[below.light])
            if own is None:
                own = self._below(scene, below)
            if own is not None:
                return own
            when = below.link == "time" and below.mark in ("when", "while", "as")
            shares = (
                when
                or below.link in _SHARED
                or (below.tense in ("infinitive", "participle") and below.link == "complement")
            )
            below = scene.by_index.get(below.parent) if shares and below.parent is not None else None
        return None

    def _below(self, scene: Scene, clause: Clause) -> When | None:
        """The time on a noun of the clause ('signed a deal in Moscow on Monday' hangs it on the deal)."""
        carried = [c for c in scene.clauses if c.light == clause.index]
        for child in (*scene.below(clause), *carried):
            infinitive = child.link == "complement" and child.tense == "infinitive" and child.form != "noun"
            if (
                infinitive
                or child.light == clause.index
                or (child.form == "noun" and child.link in ("object", "subject", "in", "to", "with"))
            ):
                own = self.own(scene, child)
                if own is not None:
                    return own
        return None

    def is_deadline(self, scene: Scene, when: When) -> bool:
        """Return whether a time is the end of something asked or offered ('by 15 April'), not its day."""
        number = scene.tree.s.number
        told = (role for (at, _), items in self._roles.items() if at == number for role, item in items if item == when)
        return next(told, "") == "until"

    def all_of(self, scene: Scene, clause: Clause) -> tuple[When, ...]:
        """Return all times with the clause and the clauses below it, in text order."""
        number = scene.tree.s.number
        inside = [c for c in scene.clauses if clause.start <= c.index < clause.end]
        return tuple(when for c in inside for when in self._by_clause.get((number, c.index), ()))


def _is_chronicle(scenes: Sequence[Scene]) -> bool:
    """Return whether a report lists what happened day by day in the present tense: 'On April 4, the general orders …'."""
    opened = (s for s in scenes if any(p.start <= _OPENING and p.role == "at" for p in find_times(s.tree.s.text[:40])))
    told = (any(c.link == "root" and c.tense == "present" and not c.perfect for c in scene.clauses) for scene in opened)
    return sum(told) >= _CHRONICLE


def _is_name(text: str, phrase: TimePhrase) -> bool:
    """Return whether a part of the day is but a name's word: 'the Movement for Dawn'."""
    words = text[phrase.start : phrase.end].split()
    return phrase.start > 0 and words[-1] in _DAY_PARTS and words[-1][:1].isupper()


def _teller(scene: Scene, clause: Clause, tokens: Sequence[int]) -> Clause | None:
    """Return the clause that tells of another where the time stands before all of that: 'said on Monday it would go'."""
    parent = scene.by_index.get(clause.parent) if clause.parent is not None else None
    if (
        parent is None
        or clause.link != "complement"
        or clause.mark
        or (clause.tense == "infinitive" and not clause.modal)
    ):
        return None
    said = parent.index < tokens[0] and clause.start >= tokens[0] and clause.index > tokens[-1]
    word = scene.tree.s.words[tokens[0] - 1]
    return parent if said and parent.form == "verb" and word[-1:].isalpha() else None


def _told_past(scene: Scene, clause: Clause) -> bool | None:
    """Return whether an act is told in the past, to come (False), or without a tense that says so (None)."""
    parent = scene.by_index.get(clause.parent) if clause.parent is not None else None
    goes_on = parent is not None and parent.lemma in _GOING_ON and parent.tense == "past"
    if clause.tense == "infinitive" and clause.modal is None and (goes_on or _looks_back(clause, parent)):
        return True
    if clause.modal is None and (clause.tense == "past" or (clause.perfect and clause.tense != "infinitive")):
        return True
    if _scheduled(scene, clause):
        return False
    if (
        clause.tense == "participle"
        and clause.link == "complement"
        and parent is not None
        and parent.lemma in _SUGGESTING
    ):
        return False
    if clause.modal in ("will", "shall") or clause.tense in _AHEAD or _planned(scene, clause):
        return False
    return None


def _looks_back(clause: Clause, parent: Clause | None) -> bool:
    """Return whether an infinitive tells of what was done: 'is reported to have attacked', not 'hopes to have left'."""
    return clause.perfect and parent is not None and parent.modal is None and parent.lemma not in _FORESEEN


def _scheduled(scene: Scene, clause: Clause) -> bool:
    """Return whether a clause says that something is due: 'is expected in Geneva', 'is due on Monday'."""
    if clause.tense != "present":
        return False
    due = any(scene.tree.s.lemmas[p.head] in ("due", "set", "likely") for p in clause.roles.get("predicate", ()))
    return (clause.passive and clause.lemma in _SCHEDULING) or (clause.lemma == "be" and due)


def _takes_effect(scene: Scene, clause: Clause) -> bool:
    """Return whether something is to hold from a day on: 'takes effect on Friday', 'comes into force on Friday'."""
    fillers = [p for role in ("object", "into") for p in clause.roles.get(role, ())]
    return clause.lemma in _ENTERING and any(scene.tree.s.lemmas[p.head] in ("effect", "force") for p in fillers)


def _planned(scene: Scene, clause: Clause) -> bool:
    parent = scene.by_index.get(clause.parent) if clause.parent is not None else None
    return clause.tense == "infinitive" or (parent is not None and parent.modal in ("will", "shall"))


class Placing:
    """The place words of one report, looked up with the countries of the report breaking ties."""

    def __init__(self, gazetteer: Gazetteer, actors: Actors) -> None:
        self._gazetteer = gazetteer
        self._actors = actors
        codes = actors.cast.codes
        self._countries = frozenset(sorted(codes, key=lambda code: (-codes[code], code))[:4])

    def of(self, scene: Scene, clause: Clause) -> Where | None:
        """Return where the clause's act is set, from its own place words or those of a clause it is part of."""
        below: Clause | None = clause
        for _ in range(len(scene.clauses)):
            if below is None:
                return None
            found = self._own(scene, below)
            if found is not None:
                return found
            shares = below.link in ("conjunct", "without", "purpose", "complement") and below.tense != "past"
            below = scene.by_index.get(below.parent) if shares and below.parent is not None else None
        return None

    def _own(self, scene: Scene, clause: Clause) -> Where | None:
        for role in _PLACING:
            for phrase in clause.roles.get(role, ()):
                found = self._place(scene, phrase.head, role)
                if found is not None:
                    return found
        for role in ("object", "of", "with", "between", "subject"):
            for phrase in clause.roles.get(role, ()):
                found = self._inner(scene, phrase.head) or (
                    self._taken(scene, phrase.head) if role in ("object", "of") else None
                )
                if found is not None:
                    return found
        return None

    def _inner(self, scene: Scene, head: int) -> Where | None:
        for preposition, noun in scene.tree.prepositional(head):
            if preposition in ("in", "at", "near", "outside", "around"):
                found = self._place(scene, noun, preposition)
                if found is not None:
                    return found
        return None

    def _taken(self, scene: Scene, head: int) -> Where | None:
        """'captured Tripoli': a place itself is the object."""
        heard = self._actors.heard(scene.tree.s.number, head)
        if heard is None or heard.how == "seat":
            return self._place(scene, head, None) if scene.tree.s.tags[head].startswith("NNP") else None
        return None

    def _place(self, scene: Scene, head: int, preposition: str | None) -> Where | None:
        s = scene.tree.s
        start, end = _name_span(scene, head)
        if not s.tags[head].startswith("NNP"):
            return self._inner(scene, head)
        heard = self._actors.heard(s.number, head)
        if heard is not None and heard.how not in ("seat", "name", "acronym"):
            return None
        place = self._gazetteer.look_up(s.quote(start, end), countries=self._countries)
        if place is None:
            return None
        text = s.quote(start, end)
        if preposition is not None and start and s.words[start - 1].lower() == preposition:
            text = s.quote(start - 1, end)
        return to_where(place, text)


def _name_span(scene: Scene, head: int) -> tuple[int, int]:
    s = scene.tree.s
    start, end = head, head + 1
    while (
        start
        and s.tags[start - 1] in ("NNP", "NNPS", "HYPH")
        and s.words[start - 1][:1].isupper() | (s.words[start - 1] == "-")
    ):
        start -= 1
    return start, end
