"""Past forms that are read as participles, and participles as main verbs."""

from __future__ import annotations

from dragoman.reading.mending.draft import FINITE, SUBJECTS, Draft
from dragoman.reading.mending.nameverbs import gone
from dragoman.reading.mending.past import SUFFERED, TOLD_TO
from dragoman.reading.mending.speech import SAYING
from dragoman.reading.mending.strayed import told_without_verb

_LIKENING = frozenset("disguise dress pose masquerade know describe identify brand label list".split())
_GIVING = frozenset(
    "give award send offer pay deny call name elect appoint deem make grant hand owe teach show".split()
)
_LINKING = frozenset("link affiliate ally align tie back lead arm head base support dress accuse suspect".split())


def told_after_as(tree: Draft) -> None:
    """'Gunmen disguised as soldiers stormed a hotel': the gunmen stormed it, not the soldiers whom they looked like."""
    for verb, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        root = tree.heads[head]
        if dep != "advcl" or tree.tags[verb] not in FINITE or tree.lemmas[head] not in _LIKENING:
            continue
        mark = tree.child(verb, frozenset({"mark"}))
        subject = tree.child(verb, SUBJECTS)
        alike = mark == head + 1 and subject is not None and tree.source.words[mark].lower() == "as"
        if not alike or subject is None or mark is None or tree.deps[head] != "acl" or tree.deps[root] != "ROOT":
            continue
        tree.hang(mark, head, "prep")
        tree.hang(subject, mark, "pobj")
        for child, up in enumerate(tree.heads):
            if up == head and child > verb:
                tree.hang(child, verb, tree.deps[child])
        tree.make_root(verb, root)


def told_of_root(tree: Draft) -> None:
    """'Junta airstrikes killed nine', 'X, a rebel envoy, handed over the first rifle': a root noun whose participle tells
    what it did is that verb's subject."""
    root = next((t for t, dep in enumerate(tree.deps) if dep == "ROOT"), 0)
    if tree.tags[root][:2] != "NN":
        return
    beside = [t for t, up in enumerate(tree.heads) if up == root and t != root]
    if any(tree.tags[t] in FINITE and tree.deps[t] not in ("relcl", "appos", "acl") for t in beside):
        return
    for token in beside:
        if tree.deps[token] != "acl" or tree.tags[token] not in ("VBN", "VBD") or token < root:
            continue
        has_object = tree.child(token, frozenset({"dobj"})) is not None
        next_to = token == root + 1 and tree.lemmas[token] not in _GIVING and not tree.finite_beside(token)
        parted = tree.source.words[token - 1] == "," and "," in tree.source.words[root : token - 1]
        told = has_object or tree.child(token, frozenset({"prt", "xcomp", "ccomp", "prep"})) is not None
        handed = tree.child(token, frozenset({"prt"})) is not None and not tree.finite_beside(token)
        if (next_to and has_object) or (parted and told and tree.child(token, frozenset({"agent"})) is None):
            tree.make_root(token, root)
            return
        if handed and has_object and token == root + 1:
            tree.make_root(token, root)
            return
    told_without_verb(tree, root, SUFFERED | TOLD_TO | _GIVING)
    gone(tree, root)


def reduced(tree: Draft) -> None:
    """'Gondor forces neutralised five rebels, the ministry said': a past form with an object that is read as a participle."""
    for token, dep in enumerate(tree.deps):
        noun = tree.heads[token]
        said = tree.heads[noun]
        if dep != "acl" or tree.tags[token] not in ("VBN", "VBD") or tree.deps[noun] != "nsubj" or token < noun:
            continue
        other = any(u == said and t > token and tree.deps[t] == "nsubj" for t, u in enumerate(tree.heads))
        if other and tree.lemmas[said] in SAYING and tree.child(token, frozenset({"dobj"})) is not None:
            tree.tags[token] = "VBD"
            tree.hang(token, said, "ccomp")
            tree.hang(noun, token, "nsubj")


def rooted_participles(tree: Draft) -> None:
    """'Rockets fired by the Front killed two': the participle is read as the main verb, the main verb as joined to it."""
    root = next((t for t, up in enumerate(tree.heads) if up == t), 0)
    noun = tree.child(root, frozenset({"nsubj"}))
    agent = tree.child(root, frozenset({"agent"}))
    if tree.tags[root] not in ("VBN", "VBD") or noun is None or agent is None or noun > root:
        return
    if tree.child(root, frozenset({"aux", "auxpass", "cc", "dobj"})) is not None:
        return
    verb = tree.child(root, frozenset({"conj"}))
    if verb is None or tree.tags[verb] not in FINITE or tree.child(verb, SUBJECTS) is not None:
        return
    for token, up in enumerate(tree.heads):
        if up == root and token > verb:
            tree.hang(token, verb, tree.deps[token])
    tree.hang(verb, verb, "ROOT")
    tree.hang(noun, verb, "nsubj")
    tree.hang(root, noun, "acl")


def participles_under(tree: Draft) -> None:
    """'in exchange for 150 men held in Ostra': the men are what the preposition governs, who are held."""
    for token, (tag, dep) in enumerate(zip(tree.tags, tree.deps, strict=True)):
        subject = tree.child(token, SUBJECTS) if tag == "VBN" and dep in ("relcl", "ccomp", "advcl") else None
        if (
            subject is None
            or subject != token - 1
            or tree.child(token, frozenset({"aux", "auxpass", "mark", "dobj"})) is not None
        ):
            continue
        start = min([subject, *(t for t, head in enumerate(tree.heads) if head == subject and t < subject)])
        governor = start - 1
        if (
            governor < 0
            or tree.tags[governor] != "IN"
            or tree.child(governor, frozenset({"pobj", "pcomp"})) is not None
        ):
            continue
        if tree.deps[governor] == "prep":
            tree.hang(subject, governor, "pobj")
            tree.hang(token, subject, "acl")


def linked_subjects(tree: Draft) -> None:
    """'Insurgents linked to the League beheaded four': who they are linked to stands with them; the second verb is the main one."""
    for token, (tag, lemma) in enumerate(zip(tree.tags, tree.lemmas, strict=True)):
        subject = tree.child(token, SUBJECTS) if tag in ("VBD", "VBN") and lemma in _LINKING else None
        if (
            subject is None
            or not subject < token
            or tree.child(token, frozenset({"aux", "auxpass", "dobj", "mark"})) is not None
        ):
            continue
        below = (
            t for t, up in enumerate(tree.heads) if up == token and t > token and tree.tags[t] in ("VBD", "VBZ", "VBP")
        )
        main = next((t for t in below if tree.deps[t] in ("advcl", "ccomp", "conj", "dep")), None)
        if (
            main is None
            or tree.child(main, SUBJECTS | {"mark"}) is not None
            or tree.source.words[main - 1] in (",", "and", "but")
        ):
            continue
        tree.hang(main, main if tree.heads[token] == token else tree.heads[token], tree.deps[token])
        for child, up in enumerate(tree.heads):
            if up == token and (child < subject or child > main):
                tree.hang(child, main, tree.deps[child])
        tree.hang(subject, main, "nsubj")
        tree.hang(token, subject, "acl")
        tree.tags[token] = "VBN"
