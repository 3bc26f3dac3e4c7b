"""Sentence -> clauses in plain roles: subject, object, complement, or a preposition by its own name; frames speak in these."""

from __future__ import annotations

from dragoman.model import Clause
from dragoman.reading.nouns import NounClause
from dragoman.reading.parse import Sentence
from dragoman.reading.repair import repair
from dragoman.reading.tree import Tree, Vocabulary
from dragoman.reading.verbs import VerbClause


def clauses_of(sentence: Sentence, vocabulary: Vocabulary) -> tuple[Tree, tuple[Clause, ...]]:
    """Return the sentence's mended tree, and its clauses in text order."""
    mended = repair(sentence)
    tree = Tree(mended)
    verbs = {token: None for token in range(len(mended.words)) if tree.is_predicate(token)}
    found: dict[int, Clause] = {}
    for token in sorted(verbs, key=tree.depth):
        found[token] = VerbClause(tree, token, found, vocabulary).clause()
    nouns = [
        token
        for token in range(len(mended.words))
        if mended.lemmas[token] in vocabulary.nouns and mended.tags[token] in ("NN", "NNS", "NNP", "NNPS")
        and mended.deps[token] != "compound"
    ]  # fmt: skip
    for token in sorted(nouns, key=tree.depth):
        found[token] = NounClause(tree, token, found, vocabulary).clause()
    return tree, tuple(found[token] for token in sorted(found))
