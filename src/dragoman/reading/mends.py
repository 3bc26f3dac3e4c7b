"""The open tree that repairs change, and the mends of clauses that news piles up: late subjects, late objects, 'what it called'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.reading.parse import Sentence, children_of

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
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
_DEMANDING = frozenset(
    "demand urge call condemn welcome express warn accuse denounce reaffirm request insist vow threaten order ask".split()
)
_COMPRISING = frozenset({"comprising", "including", "grouping", "uniting"})
_MUTUAL = frozenset({"between", "among"})
_HELPS = frozenset({"aid", "support", "help", "trade", "access"})
_ORDERING = frozenset("say tell warn order shout vow declare add threaten".split())
_NAMING = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "POS", "HYPH", "DT", "TO", "IN"})
_SPEAKING = frozenset({"we", "i", "you", "us", "our", "your"})
_LONGEST_SOURCE = 6  # words before a heading's colon
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_FUNCTION = frozenset({"and", "or", "by", "as", "when", "if", "once", "not", "never", "newly", "now"})


class Draft:
    """A sentence's tags, labels and heads, open to change; sentence() freezes them again."""

    def __init__(self, sentence: Sentence) -> None:
        self.source = sentence
        self.tags = list(sentence.tags)
        self.deps = list(sentence.deps)
        self.heads = list(sentence.heads)
        self.lemmas = list(sentence.lemmas)
        self.changed = False

    def hang(self, token: int, head: int, dep: str) -> None:
        self.heads[token] = head
        self.deps[token] = dep
        self.changed = True

    def child(self, head: int, deps: frozenset[str]) -> int | None:
        return next(self.children(head, deps), None)

    def children(self, head: int, deps: frozenset[str]) -> Iterator[int]:
        pairs = enumerate(zip(self.heads, self.deps, strict=True))
        return (token for token, (up, dep) in pairs if up == head and dep in deps and token != head)

    def inside(self, token: int, top: int) -> bool:
        """Return whether a token hangs on another, directly or not."""
        for _ in range(len(self.heads)):
            if token == top:
                return True
            if self.heads[token] == token:
                return False
            token = self.heads[token]
        return False

    def edge(self, top: int) -> int:
        """Return the token after the last that hangs on a token."""
        return 1 + max(token for token in range(len(self.heads)) if self.inside(token, top))

    def finite_beside(self, token: int) -> bool:
        """Return whether any verb but the one told is finite."""
        return any(tag in _FINITE for t, tag in enumerate(self.tags) if t != token)

    def make_root(self, verb: int, noun: int) -> None:
        """Make a verb the root and the noun that was it its subject; what stands after the verb goes with it."""
        for child, up in enumerate(self.heads):
            if up == noun and child > verb and child != noun:
                self.hang(child, verb, self.deps[child])
        if self.tags[verb] == "VBN":
            self.tags[verb] = "VBD"
        self.hang(verb, verb, "ROOT")
        self.hang(noun, verb, "nsubj")

    def sentence(self) -> Sentence:
        if not self.changed:
            return self.source
        return replace(
            self.source,
            tags=tuple(self.tags),
            deps=tuple(self.deps),
            heads=tuple(self.heads),
            lemmas=tuple(self.lemmas),
            children=children_of(self.heads),
        )


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
        subject = next((t for t in range(token) if tree.heads[t] in (token, noun) and tree.deps[t] in _SUBJECTS), None)
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
        if tree.child(verb, _SUBJECTS) is not None or (tag == "VBN" and not _has_aux(tree, verb)):
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
        marks = (words[t].lower() for t in tree.children(head, frozenset({"mark"})))
        if dep != "ccomp" or token > head or "so" not in marks:
            continue
        up, label = tree.heads[head], tree.deps[head]
        tree.hang(token, token if up == head else up, label)
        tree.hang(head, token, "advcl")


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
        nominal = tree.tags[token] in ("NN", "NNP") and tree.deps[token] in ("compound", "nmod", "amod", "conj")
        if word not in ("face", "risk") or tree.source.words[token - 1].lower() != "or" or not nominal:
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
        root = tree.lemmas[head] == "be" and tree.heads[head] == head
        free = tree.child(token, _SUBJECTS | {"mark", "advmod"}) is None
        if dep not in ("conj", "advcl") or tree.tags[token] != "VBD" or not root or not free:
            continue
        for verb in range(token - 1, head, -1):
            told = tree.tags[verb] == "VBD" and tree.deps[verb] in ("relcl", "advcl")
            if told and tree.child(verb, frozenset({"nsubj"})) is not None:
                tree.hang(token, verb, "conj")
                break
