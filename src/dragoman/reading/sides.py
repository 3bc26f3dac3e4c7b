"""Sides that a report opposes to each other: 'the two sides', 'both armies', 'the latter', 'its rival'."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Kind
from dragoman.reading.memory import Memory, Past
from dragoman.reading.tree import Tree

_FIGHTING = frozenset({"REB", "MIL", "UAF", "PTY", "OPP"})
_PAIRING = frozenset(
    {"two", "both", "warring", "rival", "opposing", "fighting", "conflicting", "feuding", "belligerent"}
)
_BODIED = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP})
_OPPOSED = {Kind.PERSON: frozenset({Kind.PERSON}), Kind.STATE: _BODIED}
_BESIDE = 7  # words: 'the army and the paramilitary Rapid Support Forces' stand side by side
_FAR = 8  # sentences: 'the three countries' are still those of a list so far back
_COUNTS = {"three": 3, "four": 4, "five": 5}
_FORCES = frozenset({"army", "military", "force", "navy"})


class Sides:
    """Who is meant by a word for the two, or for the other one: those last told of that fit."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.cast = memory.cast
        self.agents = self.cast.rulebook.agent_of

    def pair(self, tree: Tree, token: int, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'the two sides', 'both leaders', 'Libya's warring parties': the last two that fit."""
        if lemma not in self.cast.rulebook.words("pair_words"):
            return ()
        counted = set(tree.counted(token))
        each = counted & ({"each", "either", "neither"} if lemma in ("side", "party") else {"neither"})
        if tree.s.tags[token] not in ("NNS", "NNPS") and not each:
            return ()
        rivals = self.cast.rulebook.words("rival_words")
        definite = bool(counted & {"the", "both", "these"}) and (lemma in ("side", "party") or lemma in rivals)
        several = next((_COUNTS[word] for word in counted & set(_COUNTS)), 0)
        if lemma == "camp" and not counted & {"the", "both", "rival", "warring", "opposing"}:
            return ()  # 'two rebel camps' are tents
        if not counted & _PAIRING and not definite and not each and not several:
            return ()
        wanted = self._pair_kinds(lemma)
        if several:
            wanted = wanted if wanted == frozenset({Kind.PERSON}) else wanted | {Kind.OTHER}
            listed = [p for p in self.memory.past if len(p.ids) == 1 and self.cast.kind(p.ids[0]) in wanted]
            return self._listed_lately(tree, listed, several) if "the" in counted else ()
        within = (
            {self.cast.code(owner) for owner in owners} if lemma in ("party", "side", "faction", "group") else set()
        )
        if lemma == "leader" and not self._has_leaders():
            wanted = self._pair_kinds("side") - {Kind.PERSON}  # leaders without a name stand for their sides
        fitting = [p for p in self.memory.past if all(self._may_pair(i, wanted, within) for i in p.ids)]
        joined = self._joined_lately(tree, fitting)
        if joined:
            return self._forces(joined) if lemma in _FORCES else joined
        likely = [i for i in self.cast.counts if self._may_pair(i, wanted, within)]
        likely += [i for p in fitting for i in p.ids if i not in likely]
        told = [i for i in likely if self.memory.told(i)]
        likely = told if len(told) > 1 else likely
        groups = [i for i in likely if self.cast.kind(i) is not Kind.PERSON]
        likely = groups if len(groups) > 1 else likely
        others = [i for i in likely if i not in owners]
        likely = others if len(others) > 1 else likely
        found: list[str] = []
        for identity in sorted(likely, key=lambda i: (-self._weight(i), i)):
            if not self._inside(identity, found):
                found.append(identity)
        if len(found) < 2:
            return ()
        return self._forces(sorted(found[:2])) if lemma in _FORCES else tuple(sorted(found[:2]))

    def _has_leaders(self) -> bool:
        """Return whether the report has named two persons who speak for themselves."""
        named = {i for past in self.memory.past for i in past.ids if self.cast.kind(i) is Kind.PERSON}
        return sum(self.cast.speaks_for(i) is None for i in named - self.cast.third) > 1

    def _forces(self, sides: Iterable[str]) -> tuple[str, ...]:
        """'both armies' are the forces of the two sides."""
        return tuple(dict.fromkeys(self.cast.force(side) for side in sides))

    def _weight(self, identity: str) -> float:
        """How likely an entity is a side: by how often the report names it, groups and home before persons and others."""
        kind, count = self.cast.kind(identity), self.cast.counts.get(identity, 0)
        if kind in (Kind.ARMED_GROUP, Kind.GOVERNMENT) or identity == self.cast.home:
            return 1.6 * count
        return (0.5 if kind is Kind.PERSON else 1.0) * count

    def _may_pair(self, identity: str, wanted: frozenset[Kind], within: set[str | None]) -> bool:
        if identity in self.cast.third or self.cast.speaks_for(identity) is not None:
            return False
        if self.cast.kind(identity) not in wanted or (within and self.cast.code(identity) not in within):
            return False
        if self.cast.actor(identity) is not None:
            return self.cast.kind(identity) is not Kind.GROUP or bool(_FIGHTING & set(self.cast.sectors(identity)))
        return self.cast.part_of(identity) is None and self.cast.name(identity) not in self.agents

    def of_those(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the latter', 'the former', 'the pair', 'the trio': of those that were last named side by side."""
        listed = self._listed_lately(
            tree, [p for p in self.memory.past if len(p.ids) == 1], 3 if lemma == "trio" else 2
        )
        if lemma in ("pair", "duo", "trio"):
            return listed
        listed = listed or self._met_lately(tree)
        return listed[-1:] if lemma == "latter" else listed[:1]

    def _met_lately(self, tree: Tree) -> tuple[str, ...]:
        """Return the two, first and last, that the sentence before names as who acts and who is acted upon."""
        before = [p for p in self.memory.past if tree.s.number - p.sentence == 1 and len(p.ids) == 1]
        here = [p for p in self.memory.past if p.sentence == tree.s.number and len(p.ids) == 1]
        if any(p.main for p in here) and any(self._is_object(p) for p in here):
            before = here  # 'X asked Y for a truce, and the latter …'
        acting = [p.ids[0] for p in before if p.main]
        told = [p for p in before if p.token > before[0].token and self._is_object(p)] if acting else []
        return (acting[-1], told[-1].ids[0]) if told and told[-1].ids[0] != acting[-1] else ()

    def _is_object(self, past: Past) -> bool:
        tree = self.memory.trees.get(past.sentence)
        under = tree is not None and tree.governing_preposition(past.token) in ("with", "of", "on", "against", "to")
        return tree is not None and (tree.object_of(past.token) or under)

    def _listed_lately(self, tree: Tree, fitting: list[Past], count: int) -> tuple[str, ...]:
        """Return the so many that stood in one list ('Russia, Iran and Turkey') in this or the sentences before."""
        for number in range(tree.s.number, max(0, tree.s.number - _FAR), -1):
            here = [p for p in fitting if p.sentence == number]
            for first in here:
                beside = [p for p in here if p is first or self.memory.beside(p, first)]
                ids = tuple(dict.fromkeys(i for p in beside for i in p.ids))
                if len(ids) == count:
                    return ids
        return ()

    def _joined_lately(self, tree: Tree, fitting: list[Past]) -> tuple[str, ...]:
        """Return the last two that stood side by side ('Israel and Hamas') in this or the three sentences before."""
        for later in range(len(fitting) - 1, 0, -1):
            one, other = fitting[later - 1], fitting[later]
            if tree.s.number - one.sentence > 3:
                break
            near = one.sentence == other.sentence and other.token - one.token <= _BESIDE
            ids = tuple(dict.fromkeys((*one.ids, *other.ids)))
            if near and len(ids) == 2 and self.memory.beside(other, one):
                return ids
        return ()

    def _pair_kinds(self, lemma: str) -> frozenset[Kind]:
        if lemma in ("leader", "president", "minister", "man", "commander", "general"):
            return frozenset({Kind.PERSON})
        if lemma in ("country", "nation", "neighbour", "neighbor", "state", "government", "capital"):
            return frozenset({Kind.STATE, Kind.GOVERNMENT})
        return frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.PERSON, Kind.GROUP, Kind.OTHER})

    def counterpart(self, tree: Tree, token: int, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'its neighbour', 'his rival': the last other side that the report told of."""
        if lemma not in self.cast.rulebook.words("rival_words") or len(owners) != 1 or tree.possessor(token) is None:
            return ()
        several = tree.s.tags[token] == "NNS"
        if tree.s.tags[token] != "NN" and not (several and lemma not in ("neighbour", "neighbor")):
            return ()
        mine = (self.cast.camp_of(owners[0]) or owners[0]) if several else owners[0]
        kinds = frozenset({Kind.STATE}) if lemma.startswith("neighbo") else _OPPOSED.get(self.cast.kind(mine), _BODIED)
        for past in reversed(self.memory.past):
            for identity in past.ids:
                known = self.cast.kind(identity) in kinds and identity not in self.cast.third
                if known and identity != mine and not self._inside(identity, (mine,)):
                    return (identity,)
        return ()

    def _inside(self, identity: str, found: Iterable[str]) -> bool:
        """Return whether an entity is a part of one already found (or the other way round)."""
        return any(self.cast.part_of(identity) == other or self.cast.part_of(other) == identity for other in found)
