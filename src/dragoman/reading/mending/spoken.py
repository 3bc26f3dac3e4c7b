"""What speech leaves out: who is bidden ('Open the road,' he said), the verb of 'No talks with rebels' and of 'Rebels lie - army'.

A bidding hangs on its verb of speech with the label 'bid'; a 'no' or 'never' that is all of an answer is read as 'rejects'.
"""

from __future__ import annotations

from dragoman.reading.mending.draft import Draft

_BIDDING = frozenset(
    "say tell urge plead shout cry add write ask beg warn demand appeal implore order declare insist reply answer call tweet post "
    "chant yell exhort thunder command instruct scream go note explain stress announce repeat conclude continue reiterate respond "
    "state remark argue cable advise counsel entreat beseech pray bark snap fume pledge vow state rage roar retort intone".split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_MARKS = frozenset({'"', "``", "''", ":", "'"})
_LOOSE = frozenset(
    {"ccomp", "xcomp", "advcl", "parataxis", "dep", "conj", "acl", "dobj", "intj", "ROOT", "pobj", "oprd"}
)
_STARTS = frozenset({"now", "please", "just", "never", "not", "do", "n't", "also", "immediately", "then"})
_REFUSED = frozenset(
    "talk talks negotiation negotiations dialogue deal truce ceasefire cease-fire peace compromise concession concessions surrender "
    "pullout pull-out withdrawal retreat election elections recognition amnesty return handover agreement accord meeting summit "
    "settlement disarmament reconciliation mediation normalisation normalization going turning ransom discussion discussions "
    "exception exceptions preconditions release extension pardon pardons foreign troops".split()
)
_SLIGHT = frozenset(
    {"inch", "centimetre", "centimeter", "metre", "meter", "step", "grain", "millimetre", "acre", "iota"}
)
_MESSAGES = frozenset(
    "message demand demands advice call appeal order request word words answer response plea wish condition instruction warning "
    "slogan cry chant motto".split()
)
_HUNG = frozenset(
    {"ccomp", "nsubj", "dobj", "dep", "ROOT", "npadvmod", "intj", "parataxis", "advcl", "conj", "appos", "attr", "acl"}
)
_MUTE = frozenset(
    "video analysis opinion live update updates report reports timeline pictures photos comment editorial interview part".split()
)


def mend_speech(tree: Draft) -> None:
    """Mend what speech leaves out: the source at a heading's end, messages after a colon, biddings, and bare refusals."""
    _sources(tree)
    _messages(tree)
    _hands_off(tree)
    _biddings(tree)
    _bare_refusals(tree)


def _sources(tree: Draft) -> None:
    """'Rebels broke truce - army': the mark before the last name says 'says'."""
    words, last = tree.source.words, len(tree.source.words) - 1
    if last < 3 or tree.deps[last] != "dep" or tree.tags[last][:1] != "N" or words[last].lower() in _MUTE:
        return
    dash = next((t for t in range(last - 1, max(1, last - 4), -1) if words[t] in ("-", "--", ":")), None)
    if dash is None or tree.deps[dash] != "punct" or tree.heads[dash] != tree.heads[last]:
        return
    if any(tree.tags[t][:2] not in ("NN", "JJ", "DT", "PO", "IN") for t in range(dash + 1, last)):
        return
    tree.tags[dash], tree.lemmas[dash] = "VBZ", "say"
    tree.hang(dash, tree.heads[last], "parataxis")
    tree.hang(last, dash, "nsubj")


def _messages(tree: Draft) -> None:
    """'His message to the rebels was simple: lay down your arms': the message is that they lay them down."""
    words = tree.source.words
    for colon in (t for t, word in enumerate(words[:-1]) if word in (":", "--", "-")):
        root = tree.heads[colon]
        be = next((t for t in tree.children(root, frozenset({"ccomp"})) if t < colon and tree.lemmas[t] == "be"), None)
        subject = None if be is None else tree.child(be, frozenset({"nsubj"}))
        first = colon + 1 + (words[colon + 1] in _MARKS)
        if be is None or subject is None or tree.lemmas[subject].lower() not in _MESSAGES or root < first:
            continue
        if tree.tags[root] not in ("VB", "VBP", "VBD") or tree.child(root, _SUBJECTS) is not None:
            continue
        if not _opens(tree, root):
            continue
        up, label = (be, "ROOT") if tree.heads[root] == root else (tree.heads[root], tree.deps[root])
        tree.hang(be, up, label)
        tree.tags[root], tree.lemmas[root] = "VB", words[root].lower()
        tree.hang(root, be, "bid")


def _hands_off(tree: Draft) -> None:
    """'"Hands off our river," he told Kenya': they are to keep them off."""
    words = [word.lower() for word in tree.source.words[:4]]
    at = next((t for t in range(len(words) - 1) if words[t : t + 2] == ["hands", "off"]), None)
    if at is not None and tree.tags[at][:2] == "NN" and _opens(tree, at) and tree.heads[at] != at:
        tree.tags[at], tree.lemmas[at], tree.deps[at] = "VB", "keep", "ccomp"
        tree.changed = True


def _biddings(tree: Draft) -> None:
    """'"Open the road," he told the army': what is bidden is the content of the speech, and nobody's deed."""
    words = tree.source.words
    for token, tag in enumerate(tree.tags):
        if tag not in ("VB", "VBP") or tree.deps[token] not in _LOOSE or tree.child(token, _SUBJECTS) is not None:
            continue
        aux = [words[t].lower() for t in tree.children(token, frozenset({"aux", "auxpass", "mark"}))]
        if any(word != "do" for word in aux) or not _opens(tree, token):
            continue
        up = tree.heads[token]
        if tree.lemmas[up] in _BIDDING and tree.tags[up][:2] == "VB" and up != token:
            tree.hang(token, up, "bid")
        elif up == token and tag == "VB":
            tree.deps[token] = "bid"
            tree.changed = True
        else:
            continue
        tree.tags[token] = "VB"


def _opens(tree: Draft, token: int) -> bool:
    """Return whether a verb opens a sentence, a quotation or what follows a colon, but for 'please', 'do not' or who is called."""
    words = tree.source.words
    before = token - 1
    while before >= 0 and words[before].lower() in _STARTS:
        before -= 1
    if before > 0 and words[before] == "," and tree.tags[before - 1] in ("NNP", "NNS", "NNPS", "UH", "NN"):
        start = before - 1
        while start >= 0 and tree.tags[start] in ("NNP", "NNPS", "NNS", "NN", "UH", "DT", "PRP$", "JJ"):
            start -= 1
        before = start
    return before < 0 or words[before] in _MARKS


def _bare_refusals(tree: Draft) -> None:
    """'No talks with rebels, says Gondor', '"Not an inch," he said', '"Never," she replied' as 'rejects'; 'said no to X'."""
    words = tree.source.words
    for token, word in enumerate(words):
        low = word.lower()
        plain = low == "no" and token > 0 and tree.lemmas[token - 1] == "say" and words[token - 1] != ":"
        if (
            plain
            and [w.lower() for w in words[token + 1 : token + 2]] == ["to"]
            and tree.tags[token] in ("UH", "RB", "DT")
        ):
            tree.hang(token, token - 1, "prt")
            continue
        if low not in ("no", "not", "never") or not _opens(tree, token + 1 if low != "no" else token):
            continue
        noun = _refused(tree, token)
        said = _said_over(tree, noun if noun is not None else token)
        if noun is None and not _answers(tree, token):
            continue
        if said is None:
            continue
        tree.tags[token], tree.lemmas[token] = "VBP", "reject"
        tree.hang(token, said, "ccomp")
        if noun is not None:
            tree.hang(noun, token, "pobj" if tree.deps[noun] == "pobj" else "dobj")
            if words[token + 1].lower() == "to":
                tree.hang(token + 1, token, "prep")
                tree.hang(noun, token + 1, "pobj")


def _refused(tree: Draft, token: int) -> int | None:
    """Return the noun that a 'no' or a 'not an' refuses."""
    words = tree.source.words
    low = words[token].lower()
    if low == "no" and token + 2 < len(words) and words[token + 1].lower() == "to":
        return next(tree.children(token + 1, frozenset({"pobj"})), None)
    if low == "no":
        noun = tree.heads[token]
        fits = noun > token and tree.lemmas[noun].lower() in _REFUSED and tree.deps[noun] in _HUNG
        said = tree.lemmas[tree.heads[noun]] in _BIDDING  # and not 'no such meeting took place, he said'
        return noun if fits and said and tree.tags[noun][:2] == "NN" else None
    after = [word.lower() for word in words[token + 1 : token + 4]]
    if low == "not" and after[:1] in (["an"], ["one"], ["a"]):
        return next((t for t in range(token + 2, token + 4) if tree.lemmas[t].lower() in _SLIGHT), None)
    return None


def _answers(tree: Draft, token: int) -> bool:
    """Return whether a word is all that somebody says: '"Never," she replied'."""
    words = tree.source.words
    closed = token + 2 < len(words) and words[token + 1] in (",", ".", "!") and words[token + 2] in ('"', "''")
    return closed and words[token].lower() == "never" and token > 0 and words[token - 1] in ('"', "``")


def _said_over(tree: Draft, token: int) -> int | None:
    """Return the verb of speech that a word hangs on, with somebody who speaks."""
    up = token
    for _ in range(4):
        if tree.heads[up] == up:
            return None
        up = tree.heads[up]
        if tree.tags[up][:2] == "VB" and tree.lemmas[up] in _BIDDING:
            speaks = any(t != token for t in tree.children(up, frozenset({"nsubj"})))
            return up if speaks else None
    return None
