"""What a report has said so far, for later words to refer to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.model import Kind
from dragoman.reading.cast import Cast
from dragoman.reading.tree import Tree

_GROUPS = frozenset({Kind.ARMED_GROUP, Kind.GROUP, Kind.GOVERNMENT, Kind.NGO, Kind.OTHER})


_REMEMBERED = 400  # mentions: what lies further back is not referred to, and long reports stay quick


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a noun phrase was resolved to: ids and how (name, surname, description, pronoun, demonym, seat)."""

    ids: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One earlier mention, for what comes after it to refer to."""

    sentence: int
    token: int
    ids: tuple[str, ...]
    subject: bool
    lemma: str = ""
    main: bool = False


class Memory:
    """What the report has said so far: resolved mentions in text order, and the trees they stand in."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.past: list[Past] = []
        self.trees: dict[int, Tree] = {}

    def remember(self, tree: Tree, token: int, heard: Heard) -> None:
        """Keep a resolved mention for later reference."""
        self.trees[tree.s.number] = tree
        if len(self.past) > 2 * _REMEMBERED:
            del self.past[:_REMEMBERED]
        if heard.ids:
            self.past.append(
                Past(
                    sentence=tree.s.number,
                    token=token,
                    ids=heard.ids,
                    subject=tree.subject_of(token),
                    main=tree.is_main_subject(token),
                    lemma=tree.s.lemmas[token].lower() if heard.how == "description" else "",
                )
            )

    def near(self, sentence: int, back: int) -> list[Past]:
        """Return what is mentioned from so many sentences before one on; what is found last in a second look stands last."""
        first = sentence - back
        return [past for past in self.past if past.sentence >= first]

    def here(self, sentence: int) -> list[Past]:
        """Return what a sentence mentions."""
        return [past for past in self.past if past.sentence == sentence]

    def merge(self, parts: Iterable[str], whole: str) -> None:
        """Take every mention of the parts for one of the whole, which they turned out to be."""
        gone = frozenset(parts)
        for at, past in enumerate(self.past):
            if not gone.isdisjoint(past.ids):
                self.past[at] = replace(past, ids=tuple(dict.fromkeys(whole if i in gone else i for i in past.ids)))

    def beside(self, other: Past, one: Past) -> bool:
        """Return whether two mentions are joined by 'and' or a comma."""
        tree = self.trees.get(one.sentence)
        return tree is not None and other.token in tree.conjuncts(one.token)

    def called(self, lemma: str) -> str | None:
        """Return the last group whose own name has the word ('the movement' for a Movement)."""
        for past in reversed(self.past):
            for identity in past.ids:
                if self.cast.kind(identity) in _GROUPS and lemma in self.cast.name(identity).lower().split():
                    return identity
        return None

    def headed(self, lemma: str) -> str | None:
        """Return whom the last mention under this very noun meant: 'the ministry' after 'the Sarenian foreign ministry'."""
        for past in reversed(self.past):
            tree = self.trees.get(past.sentence)
            if tree is not None and past.ids and tree.s.lemmas[past.token].lower() == lemma:
                return past.ids[0]
        return None

    def labelled(self, label: str) -> str | None:
        """Return the last nameless body under a label ('rebels' after 'Syrian rebel groups'), or None."""
        for past in reversed(self.past):
            for identity in past.ids:
                if identity in self.cast.nameless and identity.endswith(f"-{label}"):
                    return identity
        return None

    def told(self, identity: str) -> int:
        """Return how often an entity was mentioned so far."""
        return sum(identity in past.ids for past in self.past)

    def last(self, kinds: frozenset[Kind], sector: str | None = None) -> str | None:
        for past in reversed(self.past):
            for identity in past.ids:
                if self.cast.kind(identity) in kinds and (sector is None or sector in self.cast.sectors(identity)):
                    return identity
        return None
