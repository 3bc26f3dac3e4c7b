"""What the words around a noun call it: 'a faction that calls itself X', 'speaking for the Union, X said'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dragoman.reading.memory import Heard
from dragoman.reading.tree import Tree

Names = Callable[[int], tuple[tuple[str, ...], str] | None]

_CALLING = frozenset({"call", "style", "name", "dub", "term"})
_REFLEXIVE = frozenset({"itself", "themselves", "himself", "herself"})


def self_named(tree: Tree, token: int, names: Names) -> tuple[str, ...]:
    """Return whom a noun means by the name that it gives itself: 'the hackers, who call themselves X'."""
    for verb in tree.children(token, "relcl", "acl"):
        own = any(tree.s.words[t].lower() in _REFLEXIVE for t in tree.children(verb, "dobj", "nsubj", "dative"))
        if tree.s.lemmas[verb] not in _CALLING or not own:
            continue
        for noun in tree.children(verb, "oprd", "attr", "dobj", "ccomp", "xcomp"):
            hit = names(noun)
            if hit is not None and hit[1] != "demonym":
                return hit[0]
    return ()


def spoken_for(tree: Tree, head: int, heard: Mapping[tuple[int, int], Heard]) -> Iterator[tuple[str, ...]]:
    """Yield whom a subject says he speaks for: 'Speaking for the Union, X said', 'X, speaking on behalf of Y, said'."""
    if not tree.subject_of(head):
        return
    for verb in (*tree.children(tree.s.heads[head], "advcl"), *tree.children(head, "acl")):
        if tree.s.lemmas[verb] != "speak":
            continue
        for preposition, noun in tree.prepositional(verb):
            behalf = preposition == "on" and tree.s.lemmas[noun] == "behalf"
            inner = [n for p, n in tree.prepositional(noun) if p == "of"] if behalf else []
            for meant in inner or ([noun] if preposition == "for" else []):
                told = heard.get((tree.s.number, meant))
                if told is not None:
                    yield told.ids
