"""Nouns and adjectives that are read as verbs, and bare verbs that are read as nouns."""

from __future__ import annotations

from dragoman.reading.mending.draft import FINITE, SUBJECTS, Draft

_FIRING = frozenset({"shelling", "bombing", "firing", "shooting", "sniping", "strafing", "pounding"})
_SHOT = frozenset({"ammunition", "ammo", "rounds", "bullets", "fire", "shells", "shots"})
_DEMANDING = frozenset("demand insist urge request require propose recommend ask order".split())
_PLURAL_ACTS = frozenset({
    "talks", "attacks", "strikes", "demands", "raids", "clashes", "threats", "calls", "claims", "airstrikes",
    "protests", "moves", "plans", "visits", "forces", "troops", "fighters", "rebels", "militants", "soldiers", "leaders",
    "protesters", "officials", "ministers", "envoys", "rivals", "powers", "allies", "mutineers", "separatists", "insurgents",
    "guerrillas", "jihadists", "militias", "factions", "negotiators", "mediators", "observers", "monitors", "diplomats",
})  # fmt: skip


def plural_nouns(tree: Draft) -> None:
    """'after ceasefire talks ended': 'talks' read as the verb, the real verb left without a subject."""
    for token, word in enumerate(tree.source.words):
        if tree.tags[token] not in ("VBZ", "VBP") or word.lower() not in _PLURAL_ACTS:
            continue
        if tree.deps[token] in SUBJECTS:
            _compound_before(tree, token)
        else:
            _to_noun(tree, token)


def _retag(tree: Draft, token: int) -> None:
    tree.tags[token] = "NNS"
    tree.lemmas[token] = tree.source.words[token].lower().removesuffix("s")


def _compound_before(tree: Draft, token: int) -> None:
    """'NATO airstrikes killed': the tag is a verb's, the place a subject's."""
    _retag(tree, token)
    for child, up in enumerate(tree.heads):
        if up == token and child < token and tree.deps[child] in SUBJECTS:
            tree.hang(child, token, "compound")


def _to_noun(tree: Draft, token: int) -> None:
    verb = next(
        (
            t
            for t in range(token + 1, len(tree.heads))
            if tree.tags[t] in ("VBD", "VBZ", "VBP", "VBN")
            and tree.deps[t] in ("advcl", "ccomp", "conj", "ROOT", "dep")
            and tree.heads[t] in (tree.heads[token], token, t)
            and tree.child(t, SUBJECTS) is None
        ),
        None,
    )
    if verb is None:
        return
    head, dep = tree.heads[token], tree.deps[token]
    tree.hang(verb, verb if head == token else head, dep)
    tree.hang(token, verb, "nsubj")
    _retag(tree, token)
    for child, up in enumerate(tree.heads):
        if up == token and child < token:
            moves = {"nsubj": (token, "compound"), "mark": (verb, "mark"), "advmod": (verb, "advmod")}
            if tree.deps[child] in moves:
                tree.hang(child, *moves[tree.deps[child]])
        elif up == token and child != verb and tree.deps[child] in ("advcl", "xcomp"):
            tree.hang(child, token, "acl")


def listed_adjectives(tree: Draft) -> None:
    """'the release of sick, wounded, and younger soldiers': a participle among adjectives is one of them, no verb."""
    tags, words = tree.tags, tree.source.words
    for token in range(2, len(words) - 3):
        if tags[token] not in ("VBN", "VBD") or words[token - 1] != "," or tags[token - 2][:2] != "JJ":
            continue
        after = token + 1 + (words[token + 1] == ",")
        if words[after].lower() not in ("and", "or"):
            continue
        end = after + 1
        while end < len(words) and (tags[end][:2] == "JJ" or tags[end] == "VBN"):
            end += 1
        if end == after + 1 or end == len(words) or tags[end][:2] != "NN":
            continue
        first = token - 2
        if not first <= tree.heads[first] < end:
            tree.hang(end, tree.heads[first], tree.deps[first])
        tree.tags[token] = "JJ"
        for t in range(first, end):
            tree.hang(t, end, {",": "punct", "and": "cc", "or": "cc"}.get(words[t].lower(), "amod"))


def live_rounds(tree: Draft) -> None:
    """'fired tear gas and live ammunition': the parser reads 'live' as a verb."""
    for token, word in enumerate(tree.source.words[:-1]):
        shot = token + 1
        if word.lower() != "live" or tree.tags[token][:2] != "VB" or tree.source.words[shot].lower() not in _SHOT:
            continue
        head = tree.heads[token]
        noun = tree.child(head, frozenset({"dobj"}))
        tree.tags[token] = "JJ"
        for child, up in enumerate(tree.heads):
            if up in (token, shot) and child > shot and tree.deps[child] in ("acl", "advcl", "xcomp", "prep"):
                tree.hang(child, head, "advcl" if tree.deps[child] == "acl" else tree.deps[child])
        tree.hang(shot, noun if noun is not None and noun < token else head, "conj" if noun is not None else "dobj")
        tree.hang(token, shot, "amod")


def gerund_nouns(tree: Draft) -> None:
    """'in heavy shelling', 'the killing of': a gerund with an article, an adjective or 'of' is a noun."""
    for token, tag in enumerate(tree.source.tags):
        if tag != "VBG" or tree.deps[token] not in ("pobj", "pcomp", "nsubj", "nsubjpass", "dobj"):
            continue
        below = [t for t, head in enumerate(tree.heads) if head == token and t != token]
        labels = {tree.deps[t] for t in below}
        nominal = labels & {"det", "amod", "compound", "poss"} and all(
            t > token or tree.deps[t] != "aux" for t in below
        )
        of = any(tree.deps[t] == "prep" and tree.source.words[t].lower() == "of" for t in below)
        nominal = nominal or _demonym(tree, token) is not None
        if (nominal or of) and not labels & {"dobj", "ccomp", "xcomp", "prt", "aux"} and _owned(tree, token, below):
            tree.tags[token] = "NN"
            tree.lemmas[token] = tree.source.words[token].lower()
            tree.hang(token, tree.heads[token], "pobj" if tree.deps[token] == "pcomp" else tree.deps[token])


def _demonym(tree: Draft, token: int) -> int | None:
    """Return the 'Kenyan' of 'were killed by Kenyan shelling', which the parser may make the gerund's subject."""
    subject = tree.child(token, frozenset({"nsubj"}))
    told = subject is not None and subject == token - 1 and tree.source.tags[subject] in ("JJ", "NNP", "NN")
    return subject if told and tree.source.words[token].lower() in _FIRING else None


def _owned(tree: Draft, token: int, below: list[int]) -> bool:
    """Return whether a gerund has no subject of its own, once an adjective read so is made its modifier."""
    adjective = _demonym(tree, token)
    if adjective is not None:
        tree.hang(adjective, token, "amod" if tree.tags[adjective] == "JJ" else "compound")
    return all(tree.deps[t] != "nsubj" for t in below)


def nouns_after_to(tree: Draft) -> None:
    """'agreed to talks with X': a noun read as an infinitive is what the preposition governs."""
    for token, tag in enumerate(tree.tags):
        if tag not in ("NN", "NNS") or tree.deps[token] not in ("xcomp", "advcl", "ccomp") or not token:
            continue
        if tree.source.words[token - 1].lower() == "to" and tree.deps[token - 1] == "aux":
            tree.hang(token - 1, tree.heads[token], "prep")
            tree.hang(token, token - 1, "pobj")


def demanded_verbs(tree: Draft) -> None:
    """'demanded that the president resign': the parser reads the bare verb as a noun; give it its subject back."""
    if "ccomp" not in tree.deps:
        return
    words = [word.lower() for word in tree.source.words]
    for token, (tag, dep) in enumerate(zip(tree.tags, tree.deps, strict=True)):
        if tag not in ("NN", "NNP") or dep != "ccomp" or tree.lemmas[tree.heads[token]] not in _DEMANDING:
            continue
        mark = next((t for t, head in enumerate(tree.heads) if head == token and words[t] == "that"), None)
        before = token - 1
        if mark is None or tree.heads[before] != token or tree.tags[before][:2] != "NN" or words[token].endswith("ion"):
            continue
        tree.tags[token] = "VB"
        tree.hang(before, token, "nsubj")
        for t, head in enumerate(tree.heads):
            if head == token and mark < t < before and tree.deps[t] in ("compound", "amod", "det", "poss"):
                tree.hang(t, before, tree.deps[t])


def nominal_bases(tree: Draft) -> None:
    """'blocks return to Ostra': a bare verb that a verb has as its object is a noun."""
    for token, (tag, dep) in enumerate(zip(tree.tags, tree.deps, strict=True)):
        if (
            tag in ("VB", "VBP")
            and dep in ("dobj", "pobj")
            and token
            and tree.child(token, SUBJECTS | {"aux", "dobj", "prt", "xcomp", "ccomp"}) is None
        ):
            tree.tags[token] = "NN"
            tree.lemmas[token] = tree.source.words[token].lower()
            tree.changed = True


def stray_objects(tree: Draft) -> None:
    """'as Ostra urges halt': a bare noun right after a verb that has no object is its object."""
    for token, (tag, dep) in enumerate(zip(tree.tags, tree.deps, strict=True)):
        verb = token - 1
        if tag not in ("NN", "NNS") or dep not in ("dep", "conj") or verb < 0 or tree.tags[verb] not in FINITE:
            continue
        free = tree.child(verb, frozenset({"dobj", "ccomp", "xcomp", "attr", "acomp"})) is None
        if free and tree.heads[token] not in (verb, token):
            tree.hang(token, verb, "dobj")
