"""Clauses that news piles up: subjects and objects hung in the wrong one, late objects, 'what it called'."""

from __future__ import annotations

from dragoman.reading.mending.draft import ALL_SUBJECTS, Draft

_MEASURES = frozenset(
    "day week month year hour minute second time mile kilometre metre night morning afternoon evening today tomorrow decade monday "
    "tuesday wednesday thursday friday saturday sunday season spring summer autumn winter weekend century fortnight".split()
)
_WITHIN = frozenset({"in", "on", "at", "by", "for", "with", "from", "to", "of", "and"})
_OBJECTS = frozenset({"dobj", "ccomp", "xcomp", "attr", "oprd", "acomp"})
_CALLING = frozenset("call describe term label dub brand see regard consider characterise characterize portray".split())
_SAYING = frozenset("say claim believe insist maintain".split())
_STOPPING = frozenset(
    "block stop halt foil thwart launch carry begin start stage hold sign reject prevent mark".split()
)
_VOWING = frozenset(
    "threaten vow pledge promise agree refuse offer decline undertake swear consent decide".split()
)  # what they are to do follows them: it is no purpose
_COMPRISING = frozenset({"comprising", "including", "grouping", "uniting"})
_MUTUAL = frozenset({"between", "among"})
_FUNCTION = frozenset({"and", "or", "by", "as", "when", "if", "once", "not", "never", "newly", "now"})


def mend(tree: Draft) -> None:
    """Mend subjects and objects that the parser hung in the wrong clause."""
    _perfect_nouns(tree)
    _verbs_before_roots(tree)
    _subject_before_comma(tree)
    _subject_of_participle(tree)
    _object_after_aside(tree)
    _object_before_gerund(tree)
    _what_it_called(tree)
    _members_listed(tree)
    _between_listed(tree)
    _so_that(tree)
    _what_is_vowed(tree)


def _what_is_vowed(tree: Draft) -> None:
    """'threatened on Tuesday to shell the port': with a day between, what is threatened is read as a purpose."""
    for token, dep in enumerate(tree.deps):
        verb, to = tree.heads[token], token - 1
        if dep != "advcl" or tree.tags[token] != "VB" or to <= verb or tree.source.words[to].lower() != "to":
            continue
        if tree.lemmas[verb] in _VOWING and tree.child(verb, _OBJECTS) is None and _only_times(tree, verb + 1, to):
            tree.hang(token, verb, "xcomp")


def _only_times(tree: Draft, start: int, end: int) -> bool:
    """Return whether nothing but when stands between two tokens: 'late on Monday'."""
    words = (tree.source.words[t].lower() for t in range(start, end))
    return all(
        word in _WITHIN or word in _MEASURES or tree.tags[t] in ("RB", "CD") for t, word in enumerate(words, start)
    )


def told_without_verb(tree: Draft, root: int, unlikely: frozenset[str]) -> None:
    """'The two armies disengaged at the lake.', 'The truce between X and Y held.': a whole sentence has a finite verb, and where
    the only one that could be it is a participle beside the noun, that noun did it."""
    words = tree.source.words
    participles = [t for t, tag in enumerate(tree.tags) if tag in ("VBN", "VBD") and tree.deps[t] == "acl" and t > root]
    if words[-1] != "." or len(participles) != 1:
        return
    if "MD" in tree.tags or tree.finite_beside(participles[0]):
        return
    token = participles[0]
    if tree.lemmas[token] in unlikely or "," in words[:token]:
        return
    if tree.child(token, frozenset({"agent", "auxpass", "aux"})) is not None or words[token - 1].lower() in _FUNCTION:
        return
    if tree.heads[token] == root or tree.inside(tree.heads[token], root):
        tree.make_root(token, root)


def _perfect_nouns(tree: Draft) -> None:
    """'It has overrun several bases': what follows a perfect's 'has' is a verb, though it looks like a noun."""
    for token, tag in enumerate(tree.tags):
        if tag in ("NN", "JJ") and token and tree.child(token, frozenset({"dobj"})) is not None:
            aux = tree.child(token, frozenset({"aux"}))
            if aux is not None and aux < token and tree.lemmas[aux] == "have":
                tree.tags[token] = "VBN"
                tree.changed = True


def _verbs_before_roots(tree: Draft) -> None:
    """'Kenya barred UN inspectors from the site': the main verb is read as an adjective of its object."""
    for token, tag in enumerate(tree.tags):
        noun = tree.heads[token]
        if tag != "VBD" or tree.deps[token] != "amod" or tree.heads[noun] != noun or token > noun:
            continue
        subject = next(
            (t for t in range(token) if tree.heads[t] in (token, noun) and tree.deps[t] in ALL_SUBJECTS), None
        )
        if subject is None or tree.tags[noun][:2] != "NN":
            continue
        tree.hang(token, token, "ROOT")
        tree.hang(noun, token, "dobj")
        tree.hang(subject, token, "nsubj")
        for child in list(tree.children(noun, frozenset({"prep", "punct", "advcl", "npadvmod"}))):
            if child > noun and (tree.deps[child] != "prep" or tree.source.words[child].lower() != "of"):
                tree.hang(child, token, tree.deps[child])
        return


def _subject_before_comma(tree: Draft) -> None:
    """'In a new move in Ostra, the Hill Front, a union of clans, has agreed': the subject is read as Ostra's other name."""
    words = tree.source.words
    for verb, tag in enumerate(tree.tags):
        if tag not in ("VBD", "VBZ", "VBP", "VBN") or tree.deps[verb] not in ("ROOT", "ccomp"):
            continue
        if tree.child(verb, ALL_SUBJECTS) is not None or (tag == "VBN" and not _has_aux(tree, verb)):
            continue
        for token in range(1, verb):
            beside = tree.deps[token] == "appos" and tree.tags[token][:2] == "NN" and tree.heads[token] < token
            if not beside or not _stands_before(tree, token, verb) or not _opens(tree, tree.heads[token], verb):
                continue
            first = min(t for t in range(len(words)) if tree.inside(t, token))
            if words[first].lower() not in ("the", "a", "an") and tree.tags[first] not in ("NNP", "NNPS", "CD"):
                continue
            passive = tree.child(verb, frozenset({"auxpass"})) is not None
            tree.hang(token, verb, "nsubjpass" if passive else "nsubj")
            break


def _has_aux(tree: Draft, verb: int) -> bool:
    return tree.child(verb, frozenset({"aux", "auxpass"})) is not None


def _stands_before(tree: Draft, noun: int, verb: int) -> bool:
    """Return whether nothing but commas and the verb's own auxiliaries and adverbs stand between a noun phrase and a verb."""
    light = frozenset({"aux", "auxpass", "advmod", "punct", "neg"})
    between = range(tree.edge(noun), verb)
    return all((tree.deps[t] in light and tree.source.words[t] != ";") or tree.inside(t, noun) for t in between)


def _opens(tree: Draft, noun: int, verb: int) -> bool:
    """Return whether a noun stands under a preposition that opens its clause, before the verb: 'In a blow to Ostra, …'."""
    up = noun
    while tree.heads[up] != verb and tree.heads[up] != up:
        up = tree.heads[up]
    return tree.heads[up] == verb and up < verb and tree.deps[up] == "prep"


def _subject_of_participle(tree: Draft) -> None:
    """'Troops taking cover in the village, also shelled X': the noun is the verb's subject, the participle only tells of it."""
    for gerund, tag in enumerate(tree.tags):
        verb = tree.heads[gerund]
        if tag != "VBG" or tree.deps[gerund] != "csubj" or tree.child(verb, frozenset({"nsubj"})) is not None:
            continue
        noun = tree.child(gerund, frozenset({"nsubj"}))
        if noun is not None and tree.tags[noun] in ("NNS", "NNP", "NNPS", "NN") and noun == gerund - 1:
            tree.hang(noun, verb, "nsubj")
            tree.hang(gerund, noun, "acl")


def _object_after_aside(tree: Draft) -> None:
    """'X announced that Ostra hosted, on Sunday, the talks': the talks are hosted, not announced."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep != "dobj" or tree.tags[head][:2] != "VB":
            continue
        for inner in tree.children(head, frozenset({"ccomp"})):
            later = head < inner < token and words[token - 1] != '"'
            if later and tree.child(inner, _OBJECTS) is None and tree.child(inner, frozenset({"nsubj"})) is not None:
                tree.hang(token, inner, "dobj")
                break


def _object_before_gerund(tree: Draft) -> None:
    """'The navy intercepted a vessel carrying weapons': the vessel is no measure of the carrying; it is intercepted."""
    for token, dep in enumerate(tree.deps):
        gerund = tree.heads[token]
        verb = tree.heads[gerund]
        if dep != "npadvmod" or gerund != token + 1 or tree.tags[gerund] != "VBG" or verb == gerund or verb > token:
            continue
        between = tree.source.words[verb:token]
        if tree.tags[verb][:2] != "VB" or "," in between or tree.lemmas[token].lower() in _MEASURES:
            continue
        if tree.child(verb, _OBJECTS) is None and not any(t in _WITHIN for t in between):
            tree.hang(token, verb, "dobj")
            tree.hang(gerund, token, "acl")


def _what_it_called(tree: Draft) -> None:
    """'launched what it called a final offensive': an offensive is launched; how it is called is told in passing."""
    for what, word in enumerate(tree.source.words):
        verb = tree.heads[what]
        if word.lower() != "what" or tree.tags[what] != "WP":
            continue
        if tree.lemmas[verb] in _CALLING and tree.deps[what] in ("dobj", "nsubjpass", "nsubj"):
            _put_in_place(tree, what, verb, verb)
        elif tree.lemmas[verb] == "be" and tree.lemmas[tree.heads[verb]] in _SAYING and tree.deps[verb] == "ccomp":
            said = tree.heads[verb]
            if _put_in_place(tree, what, verb, said):
                tree.hang(verb, said, "aux")
        elif tree.lemmas[verb] == "be" and tree.lemmas[tree.heads[verb]] in _STOPPING and tree.deps[verb] == "ccomp":
            _put_in_place(tree, what, verb, verb)  # 'blocked what would have been the first convoy'


def _put_in_place(tree: Draft, what: int, verb: int, top: int) -> bool:
    """Put the noun that 'what' stands for where the clause under ``top`` stands; return whether there is one."""
    under = tree.child(verb, frozenset({"prep"}))
    named = tree.child(verb, frozenset({"oprd", "attr"}))
    if named is None and under is not None and tree.source.words[under].lower() == "as":
        named = tree.child(under, frozenset({"pobj"}))
    place = {"ccomp": "dobj", "pcomp": "pobj"}.get(tree.deps[top])
    if named is None or place is None or tree.tags[named][:2] != "NN":
        return False
    above = tree.heads[top]
    for child in list(tree.children(verb, frozenset({"prep", "npadvmod", "advmod"}))):
        if child > named and place == "dobj":
            tree.hang(child, above, tree.deps[child])
    tree.hang(named, above, place)
    tree.hang(top, named, "relcl")
    tree.hang(what, named, "det")
    return True


def _members_listed(tree: Draft) -> None:
    """'The Alliance, comprising A, B and C, announced': B and C are members, too, and no further subjects."""
    for token, word in enumerate(tree.source.words):
        if word.lower() not in _COMPRISING or tree.deps[token] not in ("acl", "prep"):
            continue
        noun = tree.heads[token]
        member = tree.child(token, frozenset({"dobj", "pobj"}))
        if member is None or noun > token:
            continue
        for other in list(tree.children(noun, frozenset({"conj"}))):
            if other > member and tree.tags[other] == tree.tags[member] == "NNP" and tree.heads[noun] > other:
                tree.hang(other, member, "conj")


def _between_listed(tree: Draft) -> None:
    """'Truce between army, rebels': in a heading the comma is an 'and'."""
    for token, word in enumerate(tree.source.words):
        if word.lower() not in _MUTUAL or tree.source.words[-1] in (".", "!", "?"):
            continue
        noun = tree.child(token, frozenset({"pobj"}))
        if noun is None or tree.child(noun, frozenset({"conj"})) is not None:
            continue
        for beside in list(tree.children(noun, frozenset({"appos"}))):
            tree.hang(beside, noun, "conj")


def _so_that(tree: Draft) -> None:
    """'We urge X to open the road, so we can return': the urging is said outright; what follows is its purpose."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep != "ccomp" or token > head:
            continue
        if all(words[t].lower() != "so" for t in tree.children(head, frozenset({"mark"}))):
            continue
        up, label = tree.heads[head], tree.deps[head]
        tree.hang(token, token if up == head else up, label)
        tree.hang(head, token, "advcl")
