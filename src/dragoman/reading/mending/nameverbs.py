"""'Rohan shares intelligence with Gondor', 'Gondor, Rohan exchange prisoners': a verb after a name that is read as a noun."""

from __future__ import annotations

from dragoman.reading.mending.draft import FINITE, Draft

_FINITE = FINITE | {"MD"}
_DOES = {  # 'Rohan shares', 'Gondor supplies': words that hardly stand before another noun in this form
    f"{verb[:-1]}ies" if verb.endswith("ly") else f"{verb}s": verb
    for verb in (
        "share ship import export supply fund back aid train host support demand visit sign probe offer raid shell claim "
        "halt fine ban block bar link vote delay seal patrol order limit move fight hit test trade cut praise shelter "
        "harbour harbor free release donate airlift fly treat open reopen resume hail thank warn blame"
    ).split()
}
_DO = frozenset(
    "exchange ink trade swap share host demand offer back fund link ship claim blame seal vow slam probe order halt "
    "import export resume sign launch reopen discuss".split()
)


def verbs_after_names(tree: Draft) -> None:
    """Give a sentence without a finite verb the verb that stands right after its name or names."""
    if any(tag in _FINITE for tag in tree.tags):
        return
    words = [word.lower() for word in tree.source.words]
    for token in range(1, min(8, len(words) - 1)):
        last = token - 1
        named = tree.tags[last] in ("NNP", "NNPS") and all(_in_names(tree, words, t) for t in range(token))
        if not named or tree.tags[token + 1] in ("IN", "TO", "POS", ",", "."):
            continue
        several = any(words[t] in ("and", ",") for t in range(token))
        lemma = (words[token] if words[token] in _DO else None) if several else _DOES.get(words[token])
        base = _base(tree, token)
        if lemma is not None and base is not None:
            _make_verb(tree, token, base, lemma)
            return


def _in_names(tree: Draft, words: list[str], token: int) -> bool:
    return tree.tags[token] in ("NNP", "NNPS", "DT", "JJ") or words[token] in ("and", ",")


def _base(tree: Draft, token: int) -> int | None:
    """Return the noun that the word is read as a part of, or itself if it stands at the top."""
    base = token
    while tree.heads[base] != base and base != tree.heads[base] and tree.deps[base] in ("compound", "nmod", "amod"):
        base = tree.heads[base]
    top = tree.heads[base] == base or tree.heads[base] < token
    return base if top and base >= token else None


def _make_verb(tree: Draft, verb: int, base: int, lemma: str) -> None:
    words = tree.source.words
    starts = [t for t in range(verb) if words[t] in ("and", ",")]
    ends = [t - 1 for t in starts if t and words[t - 1] != ","] + [verb - 1]
    for token in range(len(words)):
        outside = tree.heads[token] < verb or tree.heads[token] in (verb, base)
        if token > base and outside:
            tree.hang(token, verb, tree.deps[token])
        elif verb < token < base and tree.heads[token] <= verb:
            tree.hang(token, base, "compound")
    for token in range(verb):
        end = next((e for e in ends if token <= e), ends[-1])
        if token in starts:
            tree.hang(token, ends[0], "cc" if words[token] == "and" else "punct")
        elif token != end:
            tree.hang(token, end, "det" if tree.tags[token] == "DT" else "compound")
    tree.hang(ends[0], verb, "nsubj")
    for end in ends[1:]:
        tree.hang(end, ends[0], "conj")
    tree.tags[verb], tree.lemmas[verb] = ("VBP" if len(ends) > 1 else "VBZ"), lemma
    tree.hang(verb, verb, "ROOT")
    if base != verb:
        tree.hang(base, verb, "dobj")


def names_side_by_side(tree: Draft) -> None:
    """'Gondor, rebels sign truce': in a heading the first name does it too."""
    words = tree.source.words
    if words[-1] in (".", "!", "?") or len(words) < 5:
        return
    for comma in range(1, min(4, len(words) - 1)):
        first, verb = comma - 1, tree.heads[comma - 1]
        hung = words[comma] == "," and tree.deps[first] == "dep" and tree.tags[first] in ("NNP", "NNPS", "NNS")
        subject = tree.child(verb, frozenset({"nsubj"})) if hung and tree.tags[verb] in _FINITE else None
        if subject is None or not comma < subject < verb or subject - comma > 3:
            continue
        tree.hang(first, verb, "nsubj")
        tree.hang(subject, first, "conj")
        return


_ACT_NOUNS = frozenset(
    "deal plan process offer call attack strike talk swap exchange vote raid move visit plea bid".split()
)


def nouns_after_nouns(tree: Draft) -> None:
    """'approved the ceasefire deal': a bare verb right after a singular noun that it cannot agree with is a noun."""
    for token in range(2, len(tree.tags)):
        before, up = token - 1, tree.heads[token]
        bare = tree.tags[token] in ("VB", "VBP") and tree.lemmas[token] in _ACT_NOUNS and tree.deps[token] == "ccomp"
        meant = bare and tree.tags[before] in ("NN", "NNP") and tree.heads[before] == token and up < before
        if not meant or tree.child(before, frozenset({"det", "amod", "poss"})) is None:
            continue
        if tree.child(token, frozenset({"aux", "mark", "dobj", "xcomp", "neg"})) is not None:
            continue
        for child in tree.children(before, frozenset({"det", "amod", "poss", "compound"})):
            tree.hang(child, token, tree.deps[child])
        tree.hang(before, token, "compound")
        tree.hang(token, up, "dobj")
        tree.tags[token] = "NN"
        return


_AUXILIARIES = frozenset("be have do get will would can could may might shall should must need dare".split())
_ENTERING = frozenset("enter cross visit reach invade storm approach".split())
_AT_WORK = frozenset(
    "clear build fund arm host guard seek demand block shell bomb burn plant repair distribute supply".split()
)


def verbs_read_as_less(tree: Draft) -> None:
    """'UNICEF vaccinated children', 'flew wounded soldiers', 'are clearing mines', 'entered Ostra to support': the verb is a verb."""
    _participle_of_root(tree)
    for token, dep in enumerate(tree.deps):
        if dep == "aux" and tree.tags[token] == "VBD" and tree.lemmas[token] not in _AUXILIARIES:
            _verb_before_adjective(tree, token)
        elif dep == "compound" and tree.tags[token] == "VBG" and tree.lemmas[token] in _AT_WORK:
            _at_work(tree, token)
        elif dep == "xcomp" and tree.tags[token] == "VB" and tree.lemmas[tree.heads[token]] in _ENTERING:
            tree.hang(token, tree.heads[token], "advcl")


def _participle_of_root(tree: Draft) -> None:
    root = next((t for t, up in enumerate(tree.heads) if up == t), 0)
    if tree.tags[root][:2] != "NN" or any(tag in _FINITE for tag in tree.tags):
        return
    for verb in tree.children(root, frozenset({"amod"})):
        name = tree.child(verb, frozenset({"npadvmod", "compound", "nmod", "nsubj"}))
        if tree.tags[verb] not in ("VBN", "VBD") or name is None or name != verb - 1 or verb >= root:
            continue
        if not tree.source.words[name][:1].isupper() or tree.child(root, frozenset({"det", "poss"})) is not None:
            continue
        for child, up in enumerate(tree.heads):
            if up == root and child > root:
                tree.hang(child, verb, tree.deps[child])
        tree.hang(name, verb, "nsubj")
        tree.hang(root, verb, "dobj")
        tree.hang(verb, verb, "ROOT")
        tree.tags[verb] = "VBD"
        return


def _verb_before_adjective(tree: Draft, verb: int) -> None:
    """'flew wounded soldiers to hospitals': the first is the verb, the second tells of the soldiers."""
    other = tree.heads[verb]
    noun = tree.child(other, frozenset({"dobj"}))
    if other != verb + 1 or noun is None or noun < other or tree.tags[other] not in ("VBD", "VBN", "VB"):
        return
    up, dep = (verb, "ROOT") if tree.heads[other] == other else (tree.heads[other], tree.deps[other])
    for child, head in enumerate(tree.heads):
        if head == other and child not in (other, verb):
            tree.hang(child, verb, tree.deps[child])
    tree.hang(verb, up, dep)
    tree.hang(noun, verb, "dobj")
    tree.hang(other, noun, "amod")
    tree.tags[other] = "VBN"


def _at_work(tree: Draft, verb: int) -> None:
    """'experts are clearing mines': what they do, not what they are."""
    noun = tree.heads[verb]
    be = tree.heads[noun]
    bare = noun == verb + 1 and tree.tags[noun] == "NNS" and tree.deps[noun] == "attr" and be == verb - 1
    if not bare or tree.lemmas[be] != "be":
        return
    up, dep = (verb, "ROOT") if tree.heads[be] == be else (tree.heads[be], tree.deps[be])
    for child, head in enumerate(tree.heads):
        if head == be and child not in (be, noun):
            tree.hang(child, verb, tree.deps[child])
    tree.hang(verb, up, dep)
    tree.hang(noun, verb, "dobj")
    tree.hang(be, verb, "aux")


_GOING = frozenset(
    "head travel arrive fly leave land go come journey depart gather assemble march return intercede intervene "
    "convene rally clash resign  negotiate speak protest talk surrender retreat advance collapse ".split()
)


def gone(tree: Draft, root: int) -> None:
    """'A delegation from X headed to Moscow.': a verb that has no passive is what the root noun did."""
    for token, dep in enumerate(tree.deps):
        went = dep == "acl" and tree.tags[token] in ("VBN", "VBD") and tree.lemmas[token] in _GOING and token > root
        if (
            not went
            or tree.finite_beside(token)
            or tree.child(token, frozenset({"agent", "aux", "auxpass"})) is not None
        ):
            continue
        if tree.child(token, frozenset({"prep", "prt", "advmod", "xcomp", "npadvmod"})) is not None:
            tree.make_root(token, root)
            return
