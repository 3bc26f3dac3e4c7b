"""What headings leave out: the verb that is read as a noun, 'was', the source at the end."""

from __future__ import annotations

from dragoman.reading.mending.draft import FINITE, SUBJECTS, Draft
from dragoman.reading.mending.past import SUFFERED, TOLD_TO

_ATTACKING = frozenset({"attack", "raid", "bomb", "shell", "storm", "ambush", "torch", "mortar", "rocket"})
_STRUCK = frozenset({"deal", "plan", "offer", "call", "pact", "truce", "aid", "talk", "visit", "demand"})
_STRIKING = frozenset(
    "signs seals strikes inks reaches clinches rejects offers accepts backs makes urges demands".split()
)


def paired_peoples(tree: Draft) -> None:
    """'Thai, Cambodian troops trade fire': two peoples before one noun."""
    tags, words = tree.tags, tree.source.words
    if len(words) < 5 or words[1] != "," or tree.deps[0] != "ROOT" or not words[2][:1].isupper():
        return
    noun = tree.heads[2]
    verb = tree.heads[noun]
    if noun <= 2 or tree.deps[2] not in ("amod", "compound") or tags[noun][:2] != "NN" or tree.heads[verb] != 0:
        return
    if tree.deps[noun] not in SUBJECTS or tags[verb][:2] != "VB":
        return
    for child, up in enumerate(tree.heads):
        if up == 0 and child > verb:
            tree.hang(child, verb, tree.deps[child])
    tree.hang(verb, verb, "ROOT")
    tree.hang(0, noun, "amod")
    tree.hang(2, 0, "conj")
    tree.hang(1, 0, "punct")


def verbs_of_headings(tree: Draft) -> None:
    """'Thailand signs deal with rebels', 'Tigers attack navy base': the verb of a heading is read as a noun."""
    words = [word.lower() for word in tree.source.words]
    if words[-1] in (".", "!", "?") or len(words) < 4:
        return
    for token in range(1, len(words) - 1):
        after = token + 1
        struck = words[token] in _STRIKING and tree.tags[token] == "NNS" and words[after] in _STRUCK
        if struck and tree.heads[token] == after and tree.deps[after] == "ROOT" and tree.tags[after][:2] == "VB":
            name = tree.child(token, frozenset({"compound"}))
            if name is None or name > token:
                continue
            tree.tags[token], tree.lemmas[token] = "VBZ", words[token].removesuffix("s")
            tree.tags[after], tree.lemmas[after] = "NN", words[after]
            tree.hang(token, token, "ROOT")
            tree.hang(after, token, "dobj")
            tree.hang(name, token, "nsubj")
            return
        struck = words[token] in _ATTACKING and tree.tags[token] == "NN" and tree.deps[token] == "compound"
        plural = tree.tags[token - 1] in ("NNS", "NNPS") and tree.deps[token - 1] == "compound"
        if struck and plural and not any(tag in FINITE or tag == "MD" for tag in tree.tags):
            _attacking(tree, token)
            return


def _attacking(tree: Draft, token: int) -> None:
    """Make a verb of the noun between the plural before it and the noun that it is read as a part of."""
    base = tree.heads[token]
    while tree.deps[base] == "compound" and tree.heads[base] != base:
        base = tree.heads[base]
    if tree.deps[base] != "ROOT":
        return
    for child, up in enumerate(tree.heads):
        if up in (token, base) and child != base and (child < token or child > base):
            tree.hang(child, token, "nsubj" if child == token - 1 else tree.deps[child])
    tree.hang(token - 1, token, "nsubj")
    for child in range(token - 1):
        if tree.heads[child] == token and tree.deps[child] in ("compound", "amod", "det"):
            tree.hang(child, token - 1, tree.deps[child])
    tree.tags[token], tree.lemmas[token] = "VBP", tree.source.words[token].lower()
    tree.hang(token, token, "ROOT")
    tree.hang(base, token, "dobj")


def headline_sources(tree: Draft) -> None:
    """'Raid kills five in Varosh - army': the source at a heading's end is no part of the last noun."""
    words, size = tree.source.words, len(tree.source.words)
    dash = next((t for t in range(size - 2, max(1, size - 5), -1) if words[t] in ("-", ":", "--")), None)
    if dash is None or tree.tags[-1][:1] != "N" or any(tree.tags[t][:1] not in "NJD" for t in range(dash + 1, size)):
        return
    if tree.source.starts[dash] == tree.source.ends[dash - 1] and words[dash] != ":":
        return  # a hyphen
    root = next((t for t, up in enumerate(tree.heads) if up == t), 0)
    if root > dash:
        return
    last = size - 1
    for token in range(dash):
        if tree.heads[token] > dash:
            inside = tree.heads[last] < dash and tree.heads[token] == last
            tree.hang(token, tree.heads[last] if inside else root, tree.deps[last] if inside else "dep")
    tree.hang(last, root, "dep")
    tree.hang(dash, root, "punct")


def headline_passives(tree: Draft) -> None:
    """'Three soldiers killed in ambush': in a headline a transitive past form without an object is a passive."""
    if tree.source.words[-1] in (".", "!", "?", '"', "''"):
        return
    for token, tag in enumerate(tree.tags):
        if tag not in ("VBD", "VBN") or tree.lemmas[token] not in SUFFERED | TOLD_TO:
            continue
        below = {"dobj", "ccomp", "xcomp", "aux", "auxpass", "prt"}
        below -= {"xcomp"} if tree.lemmas[token] in TOLD_TO else set()
        if tree.child(token, frozenset(below)) is None:
            subject = tree.child(token, frozenset({"nsubj"}))
            if subject is not None:
                tree.hang(subject, token, "nsubjpass")
