"""What the record's rules may ask about one report: its words, its days, its entities, and the text of a claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from dragoman.model import Claim, Entity, Evidence, Kind, Status, When
from dragoman.process.lists import Lists, lists_of, pattern_of
from dragoman.process.sides import sides_of
from dragoman.reading.reader import Reading
from dragoman.reading.when import find_times, resolve_named
from dragoman.rulebook.types import Rulebook

if TYPE_CHECKING:
    from dragoman.process.slots import Slotted

_T = TypeVar("_T")
_PARTIES = frozenset({Kind.PERSON, Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP, Kind.OTHER})
_AHEAD = frozenset({Status.FUTURE, Status.HYPOTHETICAL})
_OWN_BODY = re.compile(
    r"(?:his|her|our) (?:government|country|nation|movement|party|group|organi[sz]ation|side|delegation|army)\b"
)
_IN = re.compile(r"\b(?:in|at|near|outside|around|(?:move|shift)(?:d|ed)?(?: \w+){0,3} to) \Z")
_LONG = re.compile(r"[^\W\d_][\w'’-]{3,}|\d[\d,.]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One report as the record's rules see it; ``words`` are the lists of process.toml, ``filed`` the dateline's place.

    ``pair``: the two sides of its war or peace, or nobody; ``towns``: states of which only a capital is named, as a place.
    What is found once is kept: ``kept``, by the function that found it in these very facts; ``slotted``, sentences by number,
    and ``slots``, by their mentions too (slots.py); ``spotted``, what words a text can have (cues.py); ``whole``, what is found
    in the text as a whole, which the sections of a long report share.
    """

    text: str
    day: date | None
    entities: Mapping[str, Entity]
    mentions: tuple[tuple[int, int, str], ...]
    words: Lists
    sides: Mapping[str, str]
    voices: frozenset[str]
    sentences: tuple[Evidence, ...] = ()
    filed: str | None = None
    pair: tuple[str, ...] = ()
    towns: frozenset[str] = frozenset()
    kept: dict[object, object] = field(init=False, default_factory=dict, repr=False, compare=False)
    slotted: dict[int, Slotted] = field(init=False, default_factory=dict, repr=False, compare=False)
    slots: dict[object, Slotted] = field(default_factory=dict, repr=False, compare=False)
    spotted: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    whole: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def has(self, text: str | None, *lists: str) -> bool:
        """Return whether any word of the lists stands in the text."""
        return self.first(text, *lists) is not None

    def first(self, text: str | None, *lists: str) -> str | None:
        """Return the first words of the text that stand in one of the lists, as the text has them."""
        found = self.where(text, *lists)
        return found.group() if found else None

    def may(self, text: str, *lists: str) -> bool:
        """Return whether words of the lists can stand in a text: False is certain, and quick to find."""
        cues = self.words.words
        bits = self.spotted.get(text)
        if bits is None:
            bits = self.spotted[text] = cues.spot(text)
        for name in lists:
            need = cues.needs[name]
            if bits & need == need:
                return True
        return False

    def where(self, text: str | None, *lists: str) -> re.Match[str] | None:
        """Return where the first words of the lists stand in the text."""
        return self.pattern(*lists).search(text) if text and self.may(text, *lists) else None

    def every(self, text: str, *lists: str) -> Iterable[re.Match[str]]:
        """Return all places where words of the lists stand in the text, in order."""
        return self.pattern(*lists).finditer(text) if self.may(text, *lists) else ()

    def tells(self, *lists: str) -> bool:
        """Return whether any word of the lists stands anywhere in the report."""
        if lists not in self.whole:
            self.whole[lists] = self.has(self.text, *lists)
        return bool(self.whole[lists])

    def counted(self, *lists: str) -> int:
        """Return how often words of the lists stand in the report."""
        key = ("counted", *lists)
        if key not in self.whole:
            self.whole[key] = len(self.pattern(*lists).findall(self.text))
        return cast("int", self.whole[key])

    def pattern(self, *lists: str) -> re.Pattern[str]:
        """Return one pattern for all words of the lists."""
        return self.words.pattern(lists)

    def once(self, find: Callable[[Facts], _T]) -> _T:
        """Return what a function finds in these facts, found once and kept with them."""
        if find not in self.kept:
            self.kept[find] = find(self)
        return cast("_T", self.kept[find])

    def kind(self, identity: str) -> Kind | None:
        """Return what an entity is, or None where the report does not have it."""
        entity = self.entities.get(identity)
        return entity.kind if entity else None

    def may_be_party(self, identity: str) -> bool:
        """Return whether an entity can be a side: a state, government, person or group; no medium, body or place."""
        kind = self.kind(identity)
        return kind is None or kind in _PARTIES

    def parties(self, identities: Iterable[str]) -> tuple[str, ...]:
        """Return those that can be sides, each once; a bare 'the parties' only where nobody is named."""
        found = tuple(dict.fromkeys(i for i in identities if self.may_be_party(i)))
        named = tuple(i for i in found if not self._is_bare(i))
        return named or found

    def voice(self, identity: str) -> str:
        """Return for whom an entity speaks: a spokesman's side, else the entity itself."""
        return self.sides[identity] if identity in self.voices else identity

    def actors(self, claim: Claim) -> tuple[str, ...]:
        """Return who acts, each for whom he speaks (a spokesman's institution)."""
        return tuple(dict.fromkeys(self.voice(i) for i in claim.actor))

    def meant(self, claim: Claim) -> tuple[str, ...]:
        """Return who acts, 'we' in the mouth of a delegate, minister or commander being his side."""
        subject = claim.words.get("subject", "").lower()
        if subject != "we" and not _OWN_BODY.match(subject):
            return self.actors(claim)
        return tuple(dict.fromkeys(self.for_side(i) for i in claim.actor))

    def for_side(self, identity: str) -> str:
        """Return the side of who says 'we', himself where he is its head."""
        return identity if self.is_head(identity) else self.sides.get(identity, identity)

    def spans(self, identity: str) -> Sequence[tuple[int, int]]:
        """Return where an entity is mentioned, in text order."""
        return self.once(_spans).get(identity, ())

    def speaks_for(self, identity: str) -> bool:
        """Return whether a person is a spokesman, delegate or official who speaks for a side."""
        spans = (self.text[max(0, s - 60) : e + 60] for s, e in self.spans(identity))
        near = any(self.has(text, "delegates") for text in spans)
        return identity in self.voices or (identity in self.sides and near and not self.is_head(identity))

    def is_sent(self, identity: str) -> bool:
        """Return whether a person of a known side is called its envoy, negotiator or delegate."""
        spans = (self.text[max(0, start - 40) : start] for start, _ in self.spans(identity))
        return identity in self.sides and any(self.has(before.rsplit(". ")[-1], "sent_people") for before in spans)

    def is_head(self, identity: str) -> bool:
        """Return whether the report calls a person president, king or leader: he acts for himself."""
        spans = (self.text[max(0, start - 40) : start] for start, _ in self.spans(identity))
        return any(self.has(before.rsplit(". ")[-1], "heads") for before in spans)

    def sided(self, identities: Iterable[str]) -> tuple[str, ...]:
        """Return sides, each once: a person's or an army's own government or group stands for him where it is told."""
        return tuple(dict.fromkeys(self.sides.get(i, i) for i in identities))

    def without_own(self, identities: Iterable[str]) -> tuple[str, ...]:
        """Return sides without the persons whose own side is among them."""
        found = tuple(dict.fromkeys(identities))
        return tuple(i for i in found if self.sides.get(i, i) == i or self.sides[i] not in found)

    def _is_bare(self, identity: str) -> bool:
        entity = self.entities.get(identity)
        return entity is not None and not entity.roster and entity.name.lower() in self.words["bare_parties"]

    def is_nobody(self, identity: str) -> bool:
        """Return whether an entity is only people in general: civilians, reporters, soldiers, residents."""
        return self.is_nameless(identity) and not self.has(self.entities[identity].name, "nameless_sides")

    def is_nameless(self, identity: str) -> bool:
        """Return whether an entity goes by a common noun alone: 'rebels', 'the army'."""
        entity = self.entities.get(identity)
        return entity is not None and not entity.roster and entity.name == entity.name.lower()

    def ids_in(self, claim: Claim, text: str | None) -> tuple[str, ...]:
        """Return who is mentioned in a stretch of the claim's sentence, in text order."""
        at = claim.evidence.text.find(text) if text else -1
        if text is None or at < 0:
            return ()
        start = claim.evidence.start + at
        return self.ids_between(start, start + len(text))

    def ids_between(self, start: int, end: int) -> tuple[str, ...]:
        """Return who is mentioned between two offsets of the report, in text order."""
        return tuple(dict.fromkeys(i for _, _, i in self.mentions_between(start, end)))

    def mentions_between(self, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
        """Return the mentions (start, end, id) wholly between two offsets of the report, in text order."""
        near = self.mentions[bisect_left(self.mentions, (start,)) : bisect_left(self.mentions, (end,))]
        return tuple(mention for mention in near if mention[1] <= end)

    def near(self, number: int, around: int = 0) -> Sequence[Evidence]:
        """Return the sentence of that number, where it is one of these, and up to so many before and after it."""
        return self.sentences[
            bisect_left(self.sentences, number - around, key=_number) : bisect_left(
                self.sentences, number + around + 1, key=_number
            )
        ]

    def kinds_of(self, name: str, *, alone: bool = False) -> frozenset[Kind]:
        """Return what kinds of entity a name stands for in the text; ``alone``: of those that bear it as their own name."""
        if _kinds not in self.whole or self.whole[_kinds][0] is not self.entities:
            self.whole[_kinds] = (self.entities, *_kinds(self.entities.values()))
        named, called = cast("tuple[_Kinds, _Kinds]", self.whole[_kinds][1:])
        own = named.get(name, frozenset())
        return own if alone else own | called.get(name, frozenset())

    def is_later(self, when: When) -> bool:
        """Return whether a time lies wholly after the report: the day of an offer or a promise itself does not."""
        return self.day is None or (when.earliest is not None and when.earliest > self.day)

    def is_name(self, claim: Claim, text: str) -> bool:
        """Return whether a stretch of the claim's sentence is nothing but somebody's name."""
        bare = text.removeprefix("the ").removeprefix("The ").split(", ")[0]
        at = claim.evidence.text.find(bare)
        start = claim.evidence.start + at
        near = self.mentions[bisect_left(self.mentions, (start,)) : bisect_left(self.mentions, (start + 1,))]
        return at >= 0 and any(last == start + len(bare) for _, last, _ in near)

    def attending(self, identities: Iterable[str]) -> tuple[str, ...]:
        """Return those that can come to talks: sides and bodies of states, no media, no places."""
        return self.parties(i for i in identities if self.kind(i) is not Kind.IGO) + tuple(
            dict.fromkeys(i for i in identities if self.kind(i) is Kind.IGO)
        )

    def time_in(self, text: str | None, role: str, *, ahead: bool = True, but: tuple[str, ...] = ()) -> When | None:
        """Return the first day or days that the text names with that role (from, until, at).

        ``but`` are prepositions of that role that do not count.
        """
        for phrase in find_times(text or ""):
            if phrase.role == role and phrase.word not in but:
                when = resolve_named(phrase, self.day, past=not ahead)
                if known(when):
                    return when
        return None


def facts_of(reading: Reading, rulebook: Rulebook) -> Facts:
    """Return the facts of one reading."""
    words = lists_of(rulebook.process)
    mentions = sorted((m.start, m.end, entity.id) for entity in reading.entities for m in entity.mentions)
    sides, voices = sides_of(reading, mentions, words, rulebook.roster)
    entities = {entity.id: _as_state(entity, reading.report.text, words) for entity in reading.entities}
    return Facts(
        text=reading.report.text,
        day=reading.report.published,
        entities=entities,
        mentions=tuple(mentions),
        words=words,
        sides=sides,
        voices=voices,
        sentences=tuple(Evidence(sentence=s.number, start=s.start, end=s.end, text=s.text) for s in reading.sentences),
        filed=reading.report.dateline.place if reading.report.dateline else None,
        towns=frozenset(
            e.id for e in reading.entities if e.kind is Kind.STATE and _is_only_town(e, reading.report.text)
        ),
    )


def _is_only_town(entity: Entity, text: str) -> bool:
    """Return whether a state is named by its capital as a town alone: 'talks in Oslo' say nothing of Norway."""
    return bool(entity.mentions) and all(
        mention.how == "seat" and _IN.search(text[max(0, mention.start - 40) : mention.start])
        for mention in entity.mentions
    )


def _number(sentence: Evidence) -> int:
    return sentence.sentence


_Kinds = Mapping[str, frozenset[Kind]]


def _kinds(entities: Iterable[Entity]) -> tuple[_Kinds, _Kinds]:
    """Return the kinds of entities by their names, and by what they are called in the text."""
    named: dict[str, frozenset[Kind]] = {}
    called: dict[str, frozenset[Kind]] = {}
    for entity in entities:
        named[entity.name] = named.get(entity.name, frozenset()) | {entity.kind}
        for text in {mention.text for mention in entity.mentions}:
            called[text] = called.get(text, frozenset()) | {entity.kind}
    return named, called


def _spans(facts: Facts) -> Mapping[str, Sequence[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end, identity in facts.mentions:
        found.setdefault(identity, []).append((start, end))
    return found


def _as_state(entity: Entity, text: str, words: Mapping[str, tuple[str, ...]]) -> Entity:
    """Return a place that has a government, a president or an army, or that says and signs, as the state that it is."""
    if entity.kind is not Kind.PLACE or entity.roster:
        return entity
    offices, acting = pattern_of(words["state_offices"]), pattern_of(words["acting_verbs"])
    for mention in entity.mentions:
        before = text[max(0, mention.start - 40) : mention.start]
        of = re.search(r"(\w+(?: \w+)?) of (?:the )?\Z", before)
        its = re.match(r"['’]s? (\w+(?: \w+)?)", text[mention.end : mention.end + 40])
        acts = acting.match(text, mention.end + 1) and not re.search(r"\b(?:in|at|near|from|of) (?:\w+ )?\Z", before)
        if acts or (of and offices.search(of.group(1))) or (its and offices.match(its.group(1))):
            return replace(entity, kind=Kind.STATE)
    return entity


def clause_text(claim: Claim) -> str:
    """Return the text of the claim's clause, or what is known of it: its roles and its content."""
    whole = claim.words.get("clause")
    if whole:
        return whole
    parts = (
        *(text for role, text in claim.words.items() if role not in ("verb", "form")),
        claim.content,
        claim.condition,
        claim.means,
    )
    return " | ".join(dict.fromkeys(part for part in parts if part))


def own_text(claim: Claim) -> str:
    """Return the words of the claim's own roles, without conditions and reasons."""
    aside = ("clause", "verb", "form", "condition", "reason", "time", "speaker")
    parts = (*(text for role, text in claim.words.items() if role not in aside), claim.content, claim.means)
    return " | ".join(dict.fromkeys(part for part in parts if part))


def verb_of(claim: Claim) -> str:
    """Return the verb or noun of the clause; where it is not kept, the rule's name with spaces."""
    return claim.words.get("verb") or claim.rule.replace("-", " ")


def marked(claim: Claim, prefix: str) -> str | None:
    """Return what follows the prefix in the claim's first mark that has it: 'signed' for 'signature.'."""
    return next((mark.removeprefix(prefix) for mark in claim.marks if mark.startswith(prefix)), None)


def is_ahead(claim: Claim) -> bool:
    """Return whether the act is planned or only possible."""
    return claim.status in _AHEAD


def known(when: When | None) -> bool:
    """Return whether a time has at least one day."""
    return when is not None and (when.earliest is not None or when.latest is not None)


def overlapping(one: When, other: When) -> bool:
    """Return whether two known times can be the same; open ends reach everywhere."""
    first, last = one.earliest or date.min, one.latest or date.max
    return first <= (other.latest or date.max) and (other.earliest or date.min) <= last


def stems(text: str | None) -> frozenset[str]:
    """Return the first five letters of each longer word, and the numbers."""
    return frozenset(word[:5].lower() for word in _LONG.findall(text or "") if word.lower() not in _COMMON)


def alike(one: str | None, other: str | None, share: float = 0.5) -> bool:
    """Return whether the shorter of two texts has at least that share of its words in the other.

    >>> alike("the withdrawal of all troops", "that troops be withdrawn")
    True
    """
    first, second = stems(one), stems(other)
    if not first or not second:
        return one == other
    return len(first & second) >= share * min(len(first), len(second))


_COMMON = frozenset({
    "that", "this", "with", "from", "into", "which", "would", "will", "have", "been", "they", "their", "them", "were",
    "should", "could", "when", "whether", "about", "over", "also", "must", "does",
})  # fmt: skip
