"""Sentences made by hand, so that clauses and contexts are tested without a model."""

from __future__ import annotations

from dragoman.model import Clause
from dragoman.reading.clauses import clauses_of
from dragoman.reading.parse import Columns, Sentence, build_sentence
from dragoman.reading.scenes import Scene
from dragoman.reading.tree import Tree, Vocabulary

VOCABULARY = Vocabulary(
    nouns=frozenset({"attack", "talk", "withdrawal", "killing", "shelling", "release", "visit"}),
    lights=frozenset({"launch", "hold"}),
    happenings=frozenset({"begin", "end"}),
    patients=frozenset({"release"}),
)


def sentence(tree: str, number: int = 1) -> Sentence:
    """Return the sentence of 'word|TAG|label|head|lemma …'; the lemma may be left out where it is the word."""
    rows = [item.split("|") for item in tree.split()]
    words = tuple(row[0] for row in rows)
    ends = [len(" ".join(words[: token + 1])) for token in range(len(words))]
    columns = Columns(
        words=words,
        lemmas=tuple(row[4] if len(row) > 4 else row[0].lower() for row in rows),
        tags=tuple(row[1] for row in rows),
        deps=tuple(row[2] for row in rows),
        heads=tuple(int(row[3]) for row in rows),
        starts=tuple(end - len(word) for end, word in zip(ends, words, strict=True)),
        ends=tuple(ends),
    )
    return build_sentence(number=number, text=" ".join(words), columns=columns)


def read(tree: str) -> tuple[Tree, dict[str, Clause]]:
    """Return the mended tree and its clauses by dictionary form."""
    mended, clauses = clauses_of(sentence(tree), VOCABULARY)
    found = {clause.lemma: clause for clause in clauses}
    assert len(found) == len(clauses), "a verb stands twice"
    return mended, found


def scene(tree: str) -> Scene:
    """Return the scene of a sentence in which nobody is known."""
    mended, clauses = clauses_of(sentence(tree), VOCABULARY)
    return Scene(mended, clauses, lambda phrase: frozenset())


def heads(tree: Tree, clause: Clause, role: str) -> str:
    """Return the head words that fill a role, in order, joined by a space."""
    return " ".join(tree.s.words[phrase.head] for phrase in clause.roles.get(role, ()))
