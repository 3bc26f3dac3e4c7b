"""Somebody whom the report does not name: 'several ministers', 'the rebel leader', 'the church', 'rights groups'."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.model import Kind
from dragoman.reading.groups import Groups
from dragoman.reading.tree import Tree

Names = Callable[[int], tuple[tuple[str, ...], str] | None]
_SOME = frozenset("several many some other most various numerous few certain such senior top".split())
_PARTISAN = frozenset({"REB", "UAF", "MIL", "OPP", "GOV", "LAB"})
_MEN_AT_LEAST = 6  # letters: 'boatmen', 'clansmen'


class Nameless:
    """Makes entities of people and bodies under the words that the text has for them."""

    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.cast = groups.cast
        self._words = groups.cast.rulebook.words
        self._endings = tuple(self._words("person_endings"))

    def found(self, tree: Tree, token: int, lemma: str, names: Names, *, owned: bool) -> tuple[str, ...]:
        """Return who is meant by a noun phrase that no name and nobody told of before answers; ``owned``: it has an owner."""
        some = self._civic(tree, token, lemma) or self._people(tree, token, lemma, names)
        return some or (() if owned else self._body(tree, token, lemma))

    def _civic(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'a rights group accused X', 'an Islamist faction': a body that the report does not name, under the words for it."""
        some = tree.determiner(token) in ("a", "an", "another") and tree.subject_of(token)
        if not some or tree.s.tags[token] != "NN" or lemma not in self._words("group_words"):
            return ()
        before = [m for m in tree.modifiers(token) if tree.s.tags[m][:2] in ("NN", "JJ") and m == token - 1]
        called = " ".join(tree.s.words[t].lower() for t in (*before, token))
        civic = self._words("civic_words") & {tree.s.words[m].lower() for m in tree.modifiers(token)}
        return (self.cast.body(None, called, Kind.NGO if civic else Kind.GROUP, ("CVL",) if civic else ()),)

    def _people(self, tree: Tree, token: int, lemma: str, names: Names) -> tuple[str, ...]:
        """'several ministers', 'Western countries', 'an opposition leader': somebody without a name, under the words of the text."""
        s, words = tree.s, self._words
        word = s.words[token].lower()
        human = (
            lemma in words("person_words")
            or lemma in words("related_words")
            or (lemma.endswith(self._endings) and lemma not in words("not_persons"))
        )
        human = human or (
            word.endswith("men") and len(word) > _MEN_AT_LEAST and s.tags[token] == "NNS" and word != "women"
        )
        if (
            lemma in ("people", "person")
            and (kind := _kind_of_people(tree, token, words("kinds_of_people"))) is not None
        ):
            return (self.cast.body(None, f"{kind} people", Kind.GROUP, ("CVL",)),)
        if s.tags[token] == "NN" and lemma in words("person_words"):
            spoken = self._of_unnamed(tree, token, lemma) if lemma in words("spokesperson_words") else ()
            if spoken and tree.determiner(token) in ("the", "a"):
                return spoken
            camp = any(
                tree.s.words[m].lower() in words("camp_words") | words("local_words") for m in tree.modifiers(token)[:1]
            )
            led = any(s.tags[m] == "NNP" and names(m) is None for m in tree.modifiers(token)[:1])  # 'the CIA director'
            one = (
                "a",
                "an",
                "another",
                "one",
                *(("the", None) if camp else ("the",) if led else ()),
            )  # 'the rebel leader'
            some = tree.determiner(token) in one and not tree.appositives(token)
            alone = some and (camp or tree.subject_of(token) or tree.object_of(token))
            if not alone and tree.determiner(token) == "the" and tree.subject_of(token) and not tree.appositives(token):
                return self._of_unnamed(tree, token, lemma)
            return (self.cast.body(None, label(tree, token), Kind.PERSON, ("CVL",)),) if alone else ()
        told = tree.subject_of(token) or any(s.tags[c] in ("DT", "CD", "JJ") for c in s.children[token])
        if (
            s.tags[token] == "NN"
            and lemma in words("civil_bodies")
            and (tree.subject_of(token) or tree.object_of(token))
        ):
            known = tree.determiner(token) in ("the", "a", "an")
            return (self.cast.body(None, label(tree, token), Kind.GROUP, ("CVL",)),) if known else ()
        if (
            s.tags[token] == "NNS"
            and lemma in words("cause_groups")
            and any(s.lemmas[m].lower() in words("cause_words") for m in tree.modifiers(token))
        ):
            return (self.cast.body(None, label(tree, token).lower(), Kind.GROUP, ("CVL",)),)  # 'rights groups'
        told = told or tree.governing_preposition(token) == "of"
        if s.tags[token] != "NNS" or not word.isalpha() or not told:
            return ()
        if lemma == "member" and tree.subject_of(token):
            return (self.cast.body(None, word, Kind.GROUP, ("GOV",)),)
        if lemma in words("land_words") and (label(tree, token) != word or tree.counted(token)):
            return (self.cast.body(None, label(tree, token), Kind.GROUP, ("GOV",)),)
        return (self.cast.body(None, word, Kind.GROUP, ("CVL",)),) if human else ()

    def _body(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the church', 'rights groups', 'a vigilante group': a body without a name that the report told of before."""
        s, bodies = tree.s, self._words("unnamed_bodies")
        before = f"{s.lemmas[token - 1].lower()} {lemma}" if token and token - 1 in tree.modifiers(token) else ""
        if s.tags[token] not in ("NN", "NNS") or not {s.words[token].lower(), before} & bodies:
            return ()
        if lemma == "group" and tree.determiner(token) == "the":
            return ()  # one that was told of
        start = token - 1 if before in bodies else token
        return (self.cast.body(None, s.quote(start, token + 1).lower(), Kind.GROUP, ("CVL",)),)

    def _of_unnamed(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the rebel leader', 'the army spokesman' whom the report nowhere names: by the body that the word before tells."""
        for modifier in tree.modifiers(token):
            agent = self.groups.agents.get(tree.s.words[modifier].lower())
            if agent is None or not set(agent.sectors) & _PARTISAN:
                continue
            if lemma in self._words("spokesperson_words"):
                return self.groups.agent(tree, modifier, ())
            return (self.cast.body(None, label(tree, token), Kind.PERSON, tuple(agent.sectors)),)
        return ()


def _kind_of_people(tree: Tree, token: int, kinds: frozenset[str]) -> str | None:
    """Return what people are by the word before: 'displaced people', 'indigenous people' are somebody, 'people' nobody."""
    before = token - 1
    known = before >= 0 and before in tree.s.children[token] and tree.s.words[before].lower() in kinds
    return tree.s.words[before].lower() if known else None


def label(tree: Tree, token: int) -> str:
    """Return a noun with the adjectives and nouns right before it: 'Western countries'."""
    start = token
    while start and tree.s.tags[start - 1][:2] in ("JJ", "NN") and start - 1 in tree.s.children[token]:
        if tree.s.lemmas[start - 1].lower() in _SOME:
            break
        start -= 1
    return tree.s.quote(start, token + 1)
