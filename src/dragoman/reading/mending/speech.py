"""Who speaks, and what stands between the speech and its content."""

from __future__ import annotations

from dragoman.reading.mending.draft import FINITE, SUBJECTS, Draft

_RESULTS = frozenset(
    "kill wound injure hurt destroy damage leave seize capture force trigger spark cause burn hit abduct arrest take set "
    "kidnap".split()
)
_SAID_AS_WELL = frozenset(
    "urge accuse call blame demand vow appeal condemn criticise criticize warn add express welcome praise thank stress ask "
    "pledge promise hail deplore reiterate".split()
)
_BLAMES = frozenset("charge claim accusation allegation assertion suggestion".split())
_DENYING = frozenset("deny reject dismiss dispute refute".split())
SAYING = frozenset({"say", "report", "add", "announce", "tell", "note", "claim"})
CONTENT_VERBS = frozenset(
    "say tell report announce warn claim add insist think believe argue suggest write ask declare note vow be seem appear reply "
    "answer quote explain state confirm admit acknowledge allege deny accord show mean know hope fear expect agree decide stress "
    "reiterate remark observe contend maintain assert testify recall predict estimate threaten promise pledge urge understand".split()
)


def trailing_speakers(tree: Draft) -> None:
    """'…, killing 35 soldiers, residents and an official said': the speakers are read as more soldiers."""
    words = tree.source.words
    for verb in range(len(words) - 1, 2, -1):
        if tree.lemmas[verb] not in SAYING or tree.tags[verb] not in ("VBD", "VBZ", "VBP"):
            continue
        start = next((t + 1 for t in range(verb - 1, 0, -1) if words[t] in (",", '"')), None)
        subject = tree.child(verb, SUBJECTS)
        if start is None or start >= verb or (subject is not None and subject >= start):
            continue
        apposed = subject is not None and words[verb - 1] == ","
        if apposed or verb - start > 14 or any(tree.tags[t][:2] in ("VB", "MD") for t in range(start, verb)):
            continue
        _speak(tree, (start, verb), subject)


def _speak(tree: Draft, span: tuple[int, int], subject: int | None) -> None:
    """Make the noun phrase of a span the subject of the verb after it, in place of the one read there."""
    start, verb = span
    nouns = [
        t
        for t in range(start, verb)
        if tree.tags[t][:1] in "NP"
        and tree.tags[t] != "POS"
        and (tree.deps[t] not in ("compound", "poss", "amod", "nmod"))
    ]
    tops = [t for t in nouns if not start <= tree.heads[t] < verb or tree.deps[t] == "conj"]
    if not tops or tree.heads[tops[0]] == tops[0]:
        return
    if subject is not None:
        above = next((t for t in range(subject - 1, -1, -1) if tree.tags[t][:2] == "VB"), None)
        if above is None:
            return
        tree.hang(subject, above, "dobj")
        if tree.heads[above] == above:  # it was the root: what is said hangs on who says it, not both on each other
            tree.hang(verb, verb, "ROOT")
            tree.hang(above, verb, "ccomp")
        elif tree.heads[above] == subject:
            tree.hang(above, verb, "ccomp")
    tree.hang(tops[0], verb, "nsubj")
    for other in tops[1:]:
        tree.hang(other, tops[0], "conj")


def told_between(tree: Draft) -> None:
    """'rebels hit the town, police said, killing five': what follows the speech goes on with what stands before it."""
    for token, dep in enumerate(tree.deps):
        said = tree.heads[token]
        done = tree.tags[token] == "VBG" and tree.lemmas[token] in _RESULTS
        if dep != "advcl" or not done or tree.lemmas[said] not in SAYING or token < said:
            continue
        told = tree.child(said, frozenset({"ccomp"}))
        bare = tree.child(token, SUBJECTS | {"mark"}) is None and "," in tree.source.words[said:token]
        if told is not None and told < said and bare:
            tree.hang(token, told, "advcl")


def speech_after_said(tree: Draft) -> None:
    """'X said that Y attacked Z and urged W to help': who said it urges, too; the parser makes Y urge."""
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep != "conj" or tree.lemmas[token] not in _SAID_AS_WELL or tree.tags[token] not in ("VBD", "VBZ"):
            continue
        if tree.child(token, SUBJECTS) is not None or tree.lemmas[head] in _SAID_AS_WELL:
            continue
        said = tree.heads[head]
        alike = tree.tags[said] == tree.tags[token] and tree.lemmas[said] in SAYING | {"deny"}
        if tree.deps[head] == "ccomp" and alike and said < head:
            tree.hang(token, said, "conj")


def speech_between(tree: Draft) -> None:
    """'If X stays away, Y warned, Z will act': the speech stands between; the condition is of what follows."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        said = dep == "ccomp" and token < head and tree.lemmas[token] in CONTENT_VERBS and tree.tags[token] in FINITE
        subject = tree.child(token, SUBJECTS) if said else None
        if subject is None or "," not in words[token:head] or tree.child(token, frozenset({"ccomp", "xcomp", "dobj"})):
            continue
        tree.hang(token, head, "parataxis")
        for child, up in enumerate(tree.heads):
            if up == token and child < subject and tree.deps[child] == "advcl":
                tree.hang(child, head, "advcl")


def blame_before_denier(tree: Draft) -> None:
    """'accused X of it, a charge Ostra denies': the charge is what is denied, not a part of the denier's name."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        blamed = dep == "compound" and tree.lemmas[token].lower() in _BLAMES and head == token + 1
        if not blamed or tree.tags[head] != "NNP" or tree.deps[head] not in SUBJECTS:
            continue
        verb = tree.heads[head]
        if tree.lemmas[verb] not in _DENYING or token < 2 or words[token - 1].lower() not in ("a", "an"):
            continue
        told = next(
            (t for t, up in enumerate(tree.heads) if up == verb and tree.deps[t] == "ccomp" and t < token), None
        )
        tree.hang(token - 1, token, "det")
        if told is not None and tree.heads[verb] == verb:
            tree.hang(told, told, "ROOT")
            tree.hang(token, told, "dobj")
            for child, up in enumerate(tree.heads):
                if up == verb and tree.deps[child] == "punct":
                    tree.hang(child, told, "punct")
        else:
            tree.hang(token, tree.heads[verb], "dobj")
        tree.hang(verb, token, "relcl")
