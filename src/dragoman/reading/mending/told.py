"""More mends of the tree: who speaks before a heading's colon, verbs read as nouns or qualities, what is told after names."""

from __future__ import annotations

from dragoman.reading.mending.draft import Draft

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_DEMANDING = frozenset(
    "demand urge call condemn welcome express warn accuse denounce reaffirm request insist vow threaten order ask".split()
)
_HELPS = frozenset({"aid", "support", "help", "trade", "access"})
_ORDERING = frozenset("say tell warn order shout vow declare add threaten".split())
_NAMING = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "POS", "HYPH", "DT", "TO", "IN"})
_SPEAKING = frozenset({"we", "i", "you", "us", "our", "your"})
_LONGEST_SOURCE = 6  # words before a heading's colon


def mend_told(tree: Draft) -> None:
    """Mend a tree in place, after ``strayed.mend``."""
    _verb_before_object(tree)
    _aid_first(tree)
    _made_plain(tree)
    _or_face(tree)
    _inverted_before_noun(tree)
    _orders_told(tree)
    _colon_speakers(tree)
    _to_free(tree)
    _has_since_done(tree)
    _told_after_names(tree)
    _and_demanded(tree)
    _done_when(tree)


def _inverted_before_noun(tree: Draft) -> None:
    """'X would march should talks fail': the parser hangs the 'should' of a condition on its subject."""
    for token in range(1, len(tree.tags) - 2):
        noun = tree.heads[token]
        verb = tree.heads[noun]
        inverted = tree.source.words[token].lower() == "should" and tree.tags[noun][:1] == "N" and token < noun < verb
        if (
            inverted
            and tree.deps[noun] in _SUBJECTS
            and tree.heads[verb] < token
            and tree.deps[verb] in ("ccomp", "advcl")
        ):
            tree.hang(token, verb, "mark")
            tree.deps[verb] = "advcl"


def _verb_before_object(tree: Draft) -> None:
    """'The Front swore revenge': a past form between two nouns, read as the second's adjective, is the verb."""
    root = next((t for t, up in enumerate(tree.heads) if up == t), 0)
    for verb in list(tree.children(root, frozenset({"amod", "compound", "nmod"}))):
        if tree.tags[verb] != "VBD" or tree.tags[root] not in ("NN", "NNS") or not 0 < verb < root:
            continue
        if any(tree.tags[t] not in _NAMING for t in range(verb)) or tree.tags[verb - 1][:2] != "NN":
            return
        for token in range(verb - 1):
            if tree.heads[token] in (root, verb):
                tree.hang(token, verb - 1, "det" if tree.tags[token] == "DT" else "compound")
        for token in range(root, len(tree.tags)):
            if tree.heads[token] == root and tree.deps[token] in ("punct", "advcl", "npadvmod"):
                tree.hang(token, verb, tree.deps[token])
        tree.hang(verb - 1, verb, "nsubj")
        tree.hang(verb, verb, "ROOT")
        tree.hang(root, verb, "dobj")
        return


def _aid_first(tree: Draft) -> None:
    """'Aid to Kenya was cut': the noun that opens the sentence is read as a verb."""
    for token in (0, 1):
        verbal = token < len(tree.tags) - 1 and tree.tags[token] == "VB" and tree.deps[token] in ("csubjpass", "csubj")
        if (
            verbal
            and tree.source.words[token].lower() in _HELPS
            and tree.child(token, frozenset({"dobj", "aux"})) is None
        ):
            tree.tags[token] = "NN"
            tree.hang(token, tree.heads[token], "nsubjpass" if tree.deps[token] == "csubjpass" else "nsubj")


def _made_plain(tree: Draft) -> None:
    """'made plain that it would act': how it is said is read as what is said."""
    for token, word in enumerate(tree.source.words):
        if (
            word.lower() in ("plain", "clear")
            and tree.deps[token] == "ccomp"
            and tree.lemmas[tree.heads[token]] == "make"
        ):
            tree.hang(token, tree.heads[token], "oprd")


def _or_face(tree: Draft) -> None:
    """'must surrender or face attack': the parser reads 'face attack' as two nouns."""
    for token in range(1, len(tree.tags) - 1):
        word, noun = tree.source.words[token].lower(), tree.heads[token]
        if word not in ("face", "risk"):
            continue
        nominal = tree.tags[token] in ("NN", "NNP") and tree.deps[token] in ("compound", "nmod", "amod", "conj")
        if tree.source.words[token - 1].lower() != "or" or not nominal:
            continue
        if tree.deps[token] == "conj":  # 'or risk being shot', 'or face a trial'
            noun = next(
                (t for t in range(token + 1, len(tree.tags)) if tree.tags[t] in ("NN", "NNS", "VBG", "VBN")), token
            )
            if tree.source.words[token + 1].lower() == "being":
                noun = tree.heads[token + 1]
        verb = tree.heads[token if tree.deps[token] == "conj" else noun]
        while tree.tags[verb][:2] != "VB" and tree.heads[verb] != verb:
            verb = tree.heads[verb]
        if noun > token > verb and tree.tags[verb] in ("VB", "VBP"):
            tree.tags[token], tree.lemmas[token] = "VB", word
            tree.hang(token, verb, "conj")
            tree.hang(token - 1, verb, "cc")
            tree.hang(noun, token, "dobj" if tree.tags[noun][:2] == "NN" else "xcomp")


def _orders_told(tree: Draft) -> None:
    """'Surrender or be killed, army tells rebels': an order that opens a sentence is what is told, no deed of the teller."""
    first = next((t for t, tag in enumerate(tree.tags) if tag not in ("``", "''", ":", "RB", ",")), 0)
    for token in (first, first + 1):
        if token >= len(tree.tags) or tree.tags[token] not in ("VB", "VBP") or tree.deps[token] not in ("advcl", "dep"):
            continue
        said = tree.heads[token]
        teller = tree.child(said, frozenset({"nsubj"}))
        bare = tree.child(token, _SUBJECTS | {"aux", "mark"}) is None
        if tree.lemmas[said] in _ORDERING and bare and teller is not None and first < token + 1 < teller < said + 3:
            tree.tags[token] = "VB"
            tree.hang(token, said, "ccomp")
            return


def _colon_speakers(tree: Draft) -> None:
    """'Doe: rebels will pay', 'Kenya to Chad: pull out or face war': who says it stands before a heading's colon."""
    words, tags = tree.source.words, tree.tags
    colon = next((t for t in range(1, min(len(words), _LONGEST_SOURCE + 1)) if words[t] == ":"), 0)
    if not colon or words[-1] in (".", "!", "?") or any(tag not in _NAMING for tag in tags[:colon]):
        return
    to = next((t for t in range(1, colon) if words[t] == "to"), None)
    if any(tags[t] in ("IN", "TO") and t != to for t in range(colon)) or (to is None and not _speaks_out(tree, colon)):
        return
    root = next((t for t, up in enumerate(tree.heads) if up == t and t > colon), None)
    if root is None or tags[root][:2] != "VB":
        return
    noun = (to or colon) - 1
    for token in (noun, colon - 1):
        if words[token][0].isupper() and tags[token] == "NN":
            tags[token] = "NNP"
    for token in range(colon):
        if tree.heads[token] >= colon or tree.heads[token] == token:
            tree.hang(token, noun, "compound")
    tree.hang(noun, root, "source")
    if to is not None and to < colon - 1:
        tree.hang(colon - 1, to, "pobj")
        tree.hang(to, root, "prep")


def _speaks_out(tree: Draft, colon: int) -> bool:
    """Return whether what follows a colon is somebody's word: of 'we' or 'you', an order, what will be or must be done."""
    after = range(colon + 1, len(tree.tags))
    told = any(tree.tags[t] == "MD" or tree.source.words[t].lower() in _SPEAKING for t in after)
    return told or (colon + 1 < len(tree.tags) and tree.tags[colon + 1] == "VB")


def _to_free(tree: Draft) -> None:
    """'urged the rebels to free aid workers': 'free' is read as what the workers are."""
    for to, tag in enumerate(tree.tags):
        if tag not in ("TO", "IN") or tree.deps[to] != "prep" or tree.source.words[to : to + 2] != ("to", "free"):
            continue
        noun = tree.child(to, frozenset({"pobj"}))
        if noun is None or tree.deps[to + 1] != "amod" or not tree.inside(to + 1, noun):
            continue
        verb = tree.heads[to]
        tree.tags[to], tree.tags[to + 1] = "TO", "VB"
        tree.hang(to + 1, verb, "xcomp" if tree.tags[verb][:2] == "VB" else "acl")
        tree.hang(noun, to + 1, "dobj")
        tree.hang(to, to + 1, "aux")


def _has_since_done(tree: Draft) -> None:
    """'The coalition has since bombed Ostra positions': the verb is read as what the positions are."""
    for verb, tag in enumerate(tree.tags):
        noun = tree.heads[verb]
        if tag != "VBN" or tree.deps[verb] != "amod" or tree.tags[noun][:2] != "NN" or noun < verb:
            continue
        aux = next((t for t in range(verb - 1, max(-1, verb - 4), -1) if tree.lemmas[t] == "have"), None)
        subject = tree.child(noun, _SUBJECTS)
        subject = subject if subject is not None else tree.child(verb, _SUBJECTS)
        if aux is None or subject is None or subject > aux or tree.deps[aux] != "aux":
            continue
        up, label = tree.heads[noun], tree.deps[noun]
        tree.hang(verb, verb if up == noun else up, label)
        for child in [t for t in range(len(tree.heads)) if tree.heads[t] == noun and t not in (noun, verb)]:
            if child < verb or tree.deps[child] == "punct":
                tree.hang(child, verb, tree.deps[child])
        tree.hang(aux, verb, "aux")
        tree.hang(subject, verb, "nsubj")
        tree.hang(noun, verb, "dobj")


def _told_after_names(tree: Draft) -> None:
    """'Ostra's ruling party, the National Union, called on its supporters': the sentence has its verb in what seems an aside."""
    words = tree.source.words
    root = next((t for t, head in enumerate(tree.heads) if head == t), None)
    if root is None or tree.tags[root][:2] != "NN" or words[-1] not in (".", "!", '"', "”"):
        return
    beside = tree.child(root, frozenset({"appos"}))
    verb = tree.child(root, frozenset({"acl"}))
    if beside is None or verb is None or tree.tags[verb] != "VBD" or not root < beside < verb or words[verb - 1] != ",":
        return
    if any(tag in ("VBD", "VBZ", "VBP", "MD") for t, tag in enumerate(tree.tags) if not tree.inside(t, verb)):
        return
    tree.hang(verb, verb, "ROOT")
    tree.hang(root, verb, "nsubj")


def _and_demanded(tree: Draft) -> None:
    """'condemned the attack, in which four men died, and demanded': who condemned demands, not the men."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        joined = dep == "conj" and tree.tags[token] == "VBD" and tree.lemmas[token] in _DEMANDING
        if not joined or words[token - 2 : token] != (",", "and"):
            continue
        if tree.tags[head] == "VBG" and tree.deps[head] in ("advcl", "acl"):
            root = next(t for t, up in enumerate(tree.heads) if up == t)
            if tree.tags[root] == "VBD" and tree.child(root, _SUBJECTS) is not None and root < head:
                tree.hang(token, root, "conj")  # 'said that they were there, fighting with X, and accused Y'
            continue
        if tree.tags[head] != "VBD" or tree.deps[head] != "relcl":
            continue
        own = tree.child(head, frozenset({"nsubj", "nsubjpass"}))
        above = tree.heads[head]
        while tree.heads[above] != above and tree.tags[above] != "VBD":
            above = tree.heads[above]
        speaks = tree.tags[above] == "VBD" and tree.child(above, _SUBJECTS) is not None
        if own is not None and tree.tags[own] not in ("WP", "WDT") and speaks and above < head:
            tree.hang(token, above, "conj")


def _done_when(tree: Draft) -> None:
    """'Ties have been low since May, when X closed the port, cut the wires and fled': all that is what X did."""
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep not in ("conj", "advcl") or tree.tags[token] != "VBD":
            continue
        root = tree.lemmas[head] == "be" and tree.heads[head] == head
        if not root or tree.child(token, _SUBJECTS | {"mark", "advmod"}) is not None:
            continue
        for verb in range(token - 1, head, -1):
            told = tree.tags[verb] == "VBD" and tree.deps[verb] in ("relcl", "advcl")
            if told and tree.child(verb, frozenset({"nsubj"})) is not None:
                tree.hang(token, verb, "conj")
                break
