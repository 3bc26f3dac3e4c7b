"""Past forms that a small parser takes for qualities: 'Teachers in Kenya downed tools', 'The Front barred girls from schools'."""

from __future__ import annotations

from dragoman.reading.mending.draft import SUBJECTS, Draft

_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_PARTED = frozenset(
    "cordon seal fence close shut cut block rope ring wall call put fight fend ward lop break switch turn pay lay "
    "choke kick pull cart carry strike sell finish kill".split()
)
_FROM_WHERE = frozenset("of in from at across near along around outside inside throughout".split())
_COUNTS = frozenset("hundred thousand dozen score scores ten million crowd group member".split())
_BEFALLING = frozenset(
    "strand trap see find seize destroy burn deploy feed miss force leave damage treat give bury bear hold plan hide".split()
)
SUFFERED = frozenset(
    "kill injure wound hurt arrest detain kidnap abduct jail sentence convict rescue free release accuse charge evacuate "
    "displace deport behead execute assassinate murder shoot bomb shell ambush hit tell order sanction expel suspend".split()
)
TOLD_TO = frozenset("tell order urge ask warn force invite press".split())


def tell(tree: Draft) -> None:
    """Make a past form the verb of a sentence that has no other."""
    _told_after_place(tree)
    _told_before_root(tree)


def parted_objects(tree: Draft) -> None:
    """'Police cordoned off the area': the particle is read as a preposition, what it takes is the verb's object."""
    for token, word in enumerate(tree.source.words):
        verb = tree.heads[token]
        if verb != token - 1 or tree.tags[verb][:2] != "VB":
            continue
        thing = tree.child(token, frozenset({"pobj"}))
        if thing is None:
            continue
        parted = word.lower() == "off" and tree.lemmas[verb] in _PARTED
        if (parted or tree.tags[token] == "RP") and tree.child(verb, frozenset({"dobj"})) is None:
            tree.hang(token, verb, "prt")
            tree.tags[token] = "RP"
            tree.hang(thing, verb, "dobj")


def _told_after_place(tree: Draft) -> None:
    """'Farmers from the provinces converged on the capital.', 'Teachers in Rohan downed tools.': a root noun, its place, and
    one past form, which tells what it did where no other verb tells anything."""
    words = tree.source.words
    root = next((t for t, dep in enumerate(tree.deps) if dep == "ROOT"), 0)
    if tree.tags[root] not in ("NNS", "NNPS") or words[-1] != "." or root + 1 >= len(words):
        return
    verbs = [t for t, tag in enumerate(tree.tags) if tag[:2] in ("VB", "MD")]
    if words[root + 1].lower() not in _FROM_WHERE or not verbs or verbs[0] < root or "," in words[root : verbs[0]]:
        return
    verb = verbs[0]
    if tree.tags[verb] not in ("VBN", "VBD") or tree.finite_beside(verb) or not tree.inside(verb, root):
        return
    thing = tree.heads[verb] if tree.deps[verb] == "amod" and tree.heads[verb] > verb else None
    has_object = thing is not None or tree.child(verb, frozenset({"dobj"})) is not None
    counted = words[root + 1].lower() == "of"  # 'Hundreds of migrants protested in Mexico, demanding papers.'
    if counted and not has_object and (tree.source.lemmas[root] not in _COUNTS or tree.lemmas[verb] in _BEFALLING):
        return
    if tree.child(verb, frozenset({"agent"})) is not None or (tree.lemmas[verb] in SUFFERED and not has_object):
        return
    if tree.deps[verb] not in ("acl", "amod") or (thing is None and verb < tree.heads[verb]):
        return
    tree.make_root(verb, root)
    if thing is not None:
        _place_back(tree, thing, verb)
        tree.hang(thing, verb, "dobj")


def _place_back(tree: Draft, thing: int, verb: int) -> None:
    """'Doctors across Gondor boycotted talks.': the noun before the verb, read as a quality of the talks, is where they did it."""
    where, place = tree.heads[thing], verb - 1
    if tree.deps[thing] != "pobj" or where >= place or tree.tags[place] not in _NOUNS:
        return
    for token in range(place):
        if tree.heads[token] == thing:
            tree.hang(token, place, tree.deps[token])
    tree.hang(place, where, "pobj")


def _told_before_root(tree: Draft) -> None:
    """'The Front barred girls from schools.', 'Kenya's army chief dissolved parliament.': a past form between two nouns,
    read as a quality of the second, in a sentence where no other verb tells anything."""
    root = next((t for t, dep in enumerate(tree.deps) if dep == "ROOT"), 0)
    verb, words = root - 1, tree.source.words
    if verb < 1 or words[-1] != "." or tree.tags[root][:2] != "NN" or tree.tags[verb] not in ("VBN", "VBD"):
        return
    subjects = (*tree.children(root, SUBJECTS), *tree.children(verb, SUBJECTS))
    doer = subjects[0] if subjects else verb - 1  # 'Fighters near Bree looted shops': no doing of Bree's
    if tree.deps[verb] != "amod" or tree.heads[verb] != root or not _may_do(tree, doer):
        return
    if tree.finite_beside(verb) or "," in words[:root] or "MD" in tree.tags:
        return
    tree.tags[verb] = "VBD"
    for child, up in enumerate(tree.heads):
        if up == root and child not in (verb, root):
            of = words[child].lower() == "of" and child > root
            before = (
                child < verb and child != doer and tree.deps[child] in ("det", "poss", "compound", "amod", "nummod")
            )
            if not of:
                tree.hang(child, doer if before else verb, tree.deps[child])
    tree.hang(verb, verb, "ROOT")
    tree.hang(root, verb, "dobj")
    tree.hang(doer, verb, "nsubj")
    if tree.tags[doer] == "JJ":
        tree.tags[doer] = "NNP"


def _may_do(tree: Draft, token: int) -> bool:
    """Return whether a word may be who did something: a noun, or a name that is read as a quality ('The Front')."""
    words = tree.source.words
    named = tree.tags[token] == "JJ" and words[token].istitle() and words[token - 1].lower() == "the"
    return named or tree.tags[token] in _NOUNS
