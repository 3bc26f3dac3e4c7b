"""The open tree that repairs change, and freeze again."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.reading.parse import Sentence, children_of

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
ALL_SUBJECTS = SUBJECTS | {"csubj", "csubjpass", "expl"}
FINITE = frozenset({"VBZ", "VBP", "VBD"})


class Draft:
    """A sentence's tags, labels and heads, open to change; sentence() freezes them again."""

    def __init__(self, sentence: Sentence) -> None:
        self.source = sentence
        self.tags = list(sentence.tags)
        self.deps = list(sentence.deps)
        self.heads = list(sentence.heads)
        self.lemmas = list(sentence.lemmas)
        self.changed = False
        self._below = [list(tokens) for tokens in sentence.children]

    def hang(self, token: int, head: int, dep: str) -> None:
        if self.heads[token] != token:
            self._below[self.heads[token]].remove(token)
        if head != token:
            insort(self._below[head], token)
        self.heads[token] = head
        self.deps[token] = dep
        self.changed = True

    def child(self, head: int, deps: frozenset[str]) -> int | None:
        for token in self._below[head]:
            if self.deps[token] in deps:
                return token
        return None

    def children(self, head: int, deps: frozenset[str]) -> Iterator[int]:
        return (token for token in tuple(self._below[head]) if self.deps[token] in deps)

    def inside(self, token: int, top: int) -> bool:
        """Return whether a token hangs on another, directly or not."""
        for _ in range(len(self.heads)):
            if token == top:
                return True
            if self.heads[token] == token:
                return False
            token = self.heads[token]
        return False

    def edge(self, top: int) -> int:
        """Return the token after the last that hangs on a token."""
        return 1 + max(token for token in range(len(self.heads)) if self.inside(token, top))

    def finite_beside(self, token: int) -> bool:
        """Return whether any verb but the one told is finite."""
        return any(tag in FINITE for t, tag in enumerate(self.tags) if t != token)

    def make_root(self, verb: int, noun: int) -> None:
        """Make a verb the root and the noun that was it its subject; what stands after the verb goes with it."""
        for child, up in enumerate(self.heads):
            if up == noun and child > verb and child != noun:
                self.hang(child, verb, self.deps[child])
        if self.tags[verb] == "VBN":
            self.tags[verb] = "VBD"
        self.hang(verb, verb, "ROOT")
        self.hang(noun, verb, "nsubj")

    def sentence(self) -> Sentence:
        """Return the sentence as it is mended; as it was where the mendings together have tied words in a ring."""
        if not self.changed or not is_tree(self.heads):
            return self.source
        return replace(
            self.source,
            tags=tuple(self.tags),
            deps=tuple(self.deps),
            heads=tuple(self.heads),
            lemmas=tuple(self.lemmas),
            children=children_of(self.heads),
        )


def is_tree(heads: Sequence[int]) -> bool:
    """Return whether each word hangs, directly or not, on one that hangs on itself.

    >>> is_tree([1, 1, 1]), is_tree([1, 2, 0])
    (True, False)
    """
    sound = [token == head for token, head in enumerate(heads)]
    for first in range(len(heads)):
        way: list[int] = []
        token = first
        while not sound[token]:
            if len(way) > len(heads):
                return False
            way.append(token)
            token = heads[token]
        for each in way:
            sound[each] = True
    return True
