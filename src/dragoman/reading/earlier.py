"""Who was told of earlier: the dead, the captives, the officers, a body by the last word of its name, people by their name."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.model import Kind
from dragoman.reading.bodies import PAPERS
from dragoman.reading.memory import Heard, Memory
from dragoman.reading.pronouns import Pronouns
from dragoman.reading.tree import Tree

Names = Callable[[int], tuple[tuple[str, ...], str] | None]
_HARMED = frozenset("dead victim survivor wounded injured slain captive abductee".split())
_HURT = frozenset("kill wound injure hurt shoot behead attack ambush slay murder execute bomb maim".split())
_TAKEN = frozenset("abduct kidnap capture seize take hold snatch".split())
_NEAR_HARM = 3  # sentences: 'the dead' are those told of so far back
_DONE_TO_PEOPLE = frozenset("rescue free release evacuate abduct kidnap arrest detain kill wound injure behead".split())
TAKEN_UP = _HARMED | {"officer"}
_NAMED = frozenset({Kind.ARMED_GROUP, Kind.GROUP, Kind.NGO, Kind.IGO, Kind.MEDIA})


class Earlier:
    """Resolves nouns that only take up somebody told of before."""

    def __init__(self, memory: Memory, pronouns: Pronouns) -> None:
        self.memory = memory
        self.cast = memory.cast
        self.pronouns = pronouns

    def counted_or_pronoun(self, tree: Tree, token: int) -> Heard | None:
        """Return who 'they', 'both', 'four of the dead' are; people that are only counted are 'people'."""
        whole = [noun for preposition, noun in tree.prepositional(token) if preposition == "of"]
        if tree.s.tags[token] == "CD" and tree.done_to(token) in _DONE_TO_PEOPLE and not whole:
            return Heard(ids=(self.cast.body(None, "people", Kind.GROUP, ("CVL",)),), how="description")
        if tree.s.tags[token] in ("CD", "DT") and whole and tree.s.lemmas[whole[0]].lower() in _HARMED:
            hurt = self._harmed(tree, whole[0], tree.s.lemmas[whole[0]].lower())
            return Heard(ids=hurt, how="description") if hurt else None
        meant = next((n for n in whole if tree.s.tags[n] == "PRP"), token)
        return self.pronouns.resolve(tree, meant, tree.s.words[meant].lower())

    def taken_up(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the officers', 'the dead': the police that acted, those who were harmed."""
        if lemma == "officer":
            police = self._police(tree, token)
            return (police,) if police is not None else ()
        return self._harmed(tree, token, lemma) if tree.determiner(token) == "the" else ()

    def _police(self, tree: Tree, token: int) -> str | None:
        """'the officers' after 'police searched a school': the police just told of."""
        if tree.s.tags[token] != "NNS" or tree.determiner(token) != "the" or tree.modifiers(token):
            return None
        near = [p for p in self.memory.past if tree.s.number - p.sentence <= 2 and "COP" in self.cast.sectors(p.ids[0])]
        of_whom = any(tree.s.tags[noun][:3] == "NNP" for _, noun in tree.prepositional(token))
        return near[-1].ids[0] if near and not of_whom else None

    def _harmed(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the dead', 'the survivors', 'the captives': whom the report last told of as killed, hurt or taken."""
        wanted = _TAKEN if lemma in ("captive", "hostage", "abductee", "captured") else _HURT
        for past in reversed(self.memory.past):
            there = self.memory.trees.get(past.sentence)
            if tree.s.number - past.sentence > _NEAR_HARM:
                break
            if (past.sentence, past.token) < (tree.s.number, token) and there is not None and past.lemma != lemma:
                done = there.s.deps[past.token] in ("dobj", "nsubjpass") and past.ids[0] != "people"
                if done and there.governor(past.token) in wanted:
                    return past.ids
        return ()

    def by_its_last_word(self, tree: Tree, token: int, lemma: str) -> str | None:
        """'the Brigade' after 'the Lion Brigade': the body last told of whose name ends so."""
        capital = token and tree.s.tags[token][:3] == "NNP" and tree.s.words[token][:1].isupper()
        alone = not tree.modifiers(token) and not tree.s.children[token][1:] and lemma not in PAPERS
        if not capital or tree.determiner(token) != "the" or not alone:
            return None
        told = (i for past in reversed(self.memory.past) for i in past.ids if self.cast.kind(i) in _NAMED)
        return next(
            (i for i in told if " " in self.cast.name(i) and self.cast.name(i).lower().split()[-1] == lemma), None
        )

    def named_people(self, tree: Tree, token: int, lemma: str, names: Names) -> str | None:
        """'villages of the Dinari people': those whom a name that no list knows calls so."""
        before = names(token - 1) if lemma == "people" and token and token - 1 in tree.s.children[token] else None
        if before is None or self.cast.actor(before[0][0]) is not None or before[1] == "demonym":
            return None
        return before[0][0] if self.cast.kind(before[0][0]) in (Kind.OTHER, Kind.GROUP) else None
