"""Two clauses read as one in another: inverted conditions ('should he attack'), headings spliced by a comma."""

from __future__ import annotations

from dragoman.reading.mending.draft import FINITE, SUBJECTS, Draft
from dragoman.reading.mending.speech import CONTENT_VERBS

_INVERTERS = frozenset({"should", "had", "were"})


def inverted_conditions(tree: Draft) -> None:
    """'X will pay should he attack': the parser makes the condition the main verb; turn it round."""
    words = [word.lower() for word in tree.source.words]
    if words[-1] == "?":
        return
    for token, word in enumerate(words):
        if word in _INVERTERS and tree.deps[token] in ("aux", "auxpass"):
            if token:
                _invert(tree, token, words)
            elif tree.deps[tree.heads[0]] in ("advcl", "ccomp") and "," in words:
                tree.hang(0, tree.heads[0], "mark")
                tree.deps[tree.heads[0]] = "advcl"


def _invert(tree: Draft, aux: int, words: list[str]) -> None:
    verb = tree.heads[aux]
    if tree.heads[verb] < aux and tree.heads[verb] != verb:
        _after_main(tree, aux, verb)
        return
    subject = tree.child(verb, SUBJECTS)
    if subject is None or not aux < subject < verb or words[aux - 1] in ("what", "how", "why", "where"):
        return
    main = next(
        (
            t
            for t in range(aux)
            if tree.heads[t] == verb and tree.tags[t][:2] in ("VB", "MD") and tree.deps[t] in ("ccomp", "conj", "advcl")
        ),
        None,
    )
    if main is None:
        return
    tree.hang(main, tree.heads[verb] if tree.heads[verb] != verb else main, tree.deps[verb])
    if tree.deps[main] == "ROOT":
        tree.hang(main, main, "ROOT")
    tree.hang(verb, main, "advcl")
    tree.deps[aux] = "mark"
    for token, head in enumerate(tree.heads):
        if head == verb and token < main and tree.deps[token] in ("punct", "mark", "cc"):
            tree.hang(token, main, tree.deps[token])


def _after_main(tree: Draft, aux: int, verb: int) -> None:
    """'X would act should Y attack': the verb already hangs on the main one; free its subject, mark the condition."""
    main = tree.heads[verb]
    between = [t for t in range(aux + 1, verb) if tree.tags[t][:1] in "NP" and tree.heads[t] in (main, verb)]
    if not between or tree.tags[main][:2] != "VB" or tree.child(verb, SUBJECTS) not in (None, *between):
        return
    tree.hang(between[-1], verb, "nsubj")
    tree.hang(verb, main, "advcl")
    tree.hang(aux, verb, "mark")


def spliced(tree: Draft) -> None:
    """'X pull back, blame each other', 'X reach deal, Y calls it a mistake': two clauses side by side, none the other's content."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        finite = tree.tags[token] in FINITE and tree.tags[head] in FINITE
        if not finite or head == token or tree.lemmas[head] in CONTENT_VERBS:
            continue
        if dep == "ccomp" and token < head and "," in words[token:head] and '"' not in words[token:head]:
            up, label = tree.heads[head], tree.deps[head]
            tree.hang(token, token if up == head else up, label)
            tree.hang(head, token, "conj")
        bare = tree.child(token, SUBJECTS | {"mark", "advmod"}) is None
        if dep == "advcl" and token > head and words[token - 1] == "," and bare:
            tree.hang(token, head, "conj")
