"""Mend what a small parser gets wrong in news, once, for all rules: Sentence -> Sentence.

Each repair is one function that knows one construction; docs/decisions/0002-parse.md shows them with their trees.
"""

from __future__ import annotations

from dragoman.reading.mends import FINITE, mend, told_without_verb
from dragoman.reading.mends import Draft as _Tree
from dragoman.reading.mends_told import mend_told
from dragoman.reading.nameverbs import (
    gone,
    names_side_by_side,
    nouns_after_nouns,
    verbs_after_names,
    verbs_read_as_less,
)
from dragoman.reading.parse import Sentence
from dragoman.reading.past import SUFFERED, parted_objects, tell
from dragoman.reading.spoken import mend_speech

_ATTACKING = frozenset({"attack", "raid", "bomb", "shell", "storm", "ambush", "torch", "mortar", "rocket"})
_STRUCK = frozenset({"deal", "plan", "offer", "call", "pact", "truce", "aid", "talk", "visit", "demand"})
_STRIKING = frozenset(
    "signs seals strikes inks reaches clinches rejects offers accepts backs makes urges demands".split()
)
_LIKENING = frozenset("disguise dress pose masquerade know describe identify brand label list".split())
_GIVING = frozenset(
    "give award send offer pay deny call name elect appoint deem make grant hand owe teach show".split()
)
_FIRING = frozenset({"shelling", "bombing", "firing", "shooting", "sniping", "strafing", "pounding"})
_RESULTS = frozenset(
    "kill wound injure hurt destroy damage leave seize capture force trigger spark cause burn hit abduct arrest take set "
    "kidnap".split()
)
_SHOT = frozenset({"ammunition", "ammo", "rounds", "bullets", "fire", "shells", "shots"})
_INVERTERS = frozenset({"should", "had", "were"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_TOLD_TO = frozenset("tell order urge ask warn force invite press".split())
_SAID_AS_WELL = frozenset(
    "urge accuse call blame demand vow appeal condemn criticise criticize warn add express welcome praise thank stress ask "
    "pledge promise hail deplore reiterate".split()
)
_DEMANDING = frozenset("demand insist urge request require propose recommend ask order".split())
_LINKING = frozenset("link affiliate ally align tie back lead arm head base support dress accuse suspect".split())
_BLAMES = frozenset("charge claim accusation allegation assertion suggestion".split())
_DENYING = frozenset("deny reject dismiss dispute refute".split())
_SAYING = frozenset({"say", "report", "add", "announce", "tell", "note", "claim"})
_CONTENT_VERBS = frozenset(
    "say tell report announce warn claim add insist think believe argue suggest write ask declare note vow be seem appear reply "
    "answer quote explain state confirm admit acknowledge allege deny accord show mean know hope fear expect agree decide stress "
    "reiterate remark observe contend maintain assert testify recall predict estimate threaten promise pledge urge understand".split()
)
_PLURAL_ACTS = frozenset({
    "talks", "attacks", "strikes", "demands", "raids", "clashes", "threats", "calls", "claims", "airstrikes",
    "protests", "moves", "plans", "visits", "forces", "troops", "fighters", "rebels", "militants", "soldiers", "leaders",
    "protesters", "officials", "ministers", "envoys", "rivals", "powers", "allies", "mutineers", "separatists", "insurgents",
    "guerrillas", "jihadists", "militias", "factions", "negotiators", "mediators", "observers", "monitors", "diplomats",
})  # fmt: skip


def repair(sentence: Sentence) -> Sentence:
    """Return the sentence with its tree mended: inverted conditions, plural nouns read as verbs."""
    tree = _Tree(sentence)
    _inverted_conditions(tree)
    _plural_nouns(tree)
    _told_after_as(tree)
    parted_objects(tree)
    _told_of_root(tree)
    tell(tree)
    _paired_peoples(tree)
    _verbs_of_headings(tree)
    verbs_after_names(tree)
    names_side_by_side(tree)
    nouns_after_nouns(tree)
    verbs_read_as_less(tree)
    _listed_adjectives(tree)
    _trailing_speakers(tree)
    _headline_sources(tree)
    _headline_passives(tree)
    _reduced(tree)
    _rooted_participles(tree)
    _told_between(tree)
    _live_rounds(tree)
    _gerund_nouns(tree)
    _nouns_after_to(tree)
    _speech_after_said(tree)
    _speech_between(tree)
    _spliced(tree)
    _demanded_verbs(tree)
    _run_in_names(tree)
    _blame_before_denier(tree)
    _nominal_bases(tree)
    _participles_under(tree)
    _stray_objects(tree)
    _listed_names(tree)
    _linked_subjects(tree)
    mend(tree)
    mend_told(tree)
    mend_speech(tree)
    return tree.sentence()


def _inverted_conditions(tree: _Tree) -> None:
    """'X will pay should he attack': the parser makes the condition the main verb; turn it round."""
    words = [word.lower() for word in tree.source.words]
    if words[-1] == "?":
        return
    for token, word in enumerate(words):
        if word in _INVERTERS and tree.deps[token] in ("aux", "auxpass"):
            if token:
                _invert(tree, token, words)
            elif tree.deps[tree.heads[0]] in ("advcl", "ccomp") and "," in words:
                tree.hang(0, tree.heads[0], "mark")
                tree.deps[tree.heads[0]] = "advcl"


def _invert(tree: _Tree, aux: int, words: list[str]) -> None:
    verb = tree.heads[aux]
    if tree.heads[verb] < aux and tree.heads[verb] != verb:
        _after_main(tree, aux, verb)
        return
    subject = tree.child(verb, _SUBJECTS)
    if subject is None or not aux < subject < verb or words[aux - 1] in ("what", "how", "why", "where"):
        return
    main = next(
        (
            t
            for t in range(aux)
            if tree.heads[t] == verb and tree.tags[t][:2] in ("VB", "MD") and tree.deps[t] in ("ccomp", "conj", "advcl")
        ),
        None,
    )
    if main is None:
        return
    tree.hang(main, tree.heads[verb] if tree.heads[verb] != verb else main, tree.deps[verb])
    if tree.deps[main] == "ROOT":
        tree.hang(main, main, "ROOT")
    tree.hang(verb, main, "advcl")
    tree.deps[aux] = "mark"
    for token, head in enumerate(tree.heads):
        if head == verb and token < main and tree.deps[token] in ("punct", "mark", "cc"):
            tree.hang(token, main, tree.deps[token])


def _after_main(tree: _Tree, aux: int, verb: int) -> None:
    """'X would act should Y attack': the verb already hangs on the main one; free its subject, mark the condition."""
    main = tree.heads[verb]
    between = [t for t in range(aux + 1, verb) if tree.tags[t][:1] in "NP" and tree.heads[t] in (main, verb)]
    if not between or tree.tags[main][:2] != "VB" or tree.child(verb, _SUBJECTS) not in (None, *between):
        return
    tree.hang(between[-1], verb, "nsubj")
    tree.hang(verb, main, "advcl")
    tree.hang(aux, verb, "mark")


def _gerund_nouns(tree: _Tree) -> None:
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


def _headline_sources(tree: _Tree) -> None:
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


def _reduced(tree: _Tree) -> None:
    """'Gondor forces neutralised five rebels, the ministry said': a past form with an object that is read as a participle."""
    for token, dep in enumerate(tree.deps):
        noun = tree.heads[token]
        said = tree.heads[noun]
        if dep != "acl" or tree.tags[token] not in ("VBN", "VBD") or tree.deps[noun] != "nsubj" or token < noun:
            continue
        other = any(u == said and t > token and tree.deps[t] == "nsubj" for t, u in enumerate(tree.heads))
        if other and tree.lemmas[said] in _SAYING and tree.child(token, frozenset({"dobj"})) is not None:
            tree.tags[token] = "VBD"
            tree.hang(token, said, "ccomp")
            tree.hang(noun, token, "nsubj")


def _rooted_participles(tree: _Tree) -> None:
    """'Rockets fired by the Front killed two': the participle is read as the main verb, the main verb as joined to it."""
    root = next((t for t, up in enumerate(tree.heads) if up == t), 0)
    noun = tree.child(root, frozenset({"nsubj"}))
    agent = tree.child(root, frozenset({"agent"}))
    if tree.tags[root] not in ("VBN", "VBD") or noun is None or agent is None or noun > root:
        return
    if tree.child(root, frozenset({"aux", "auxpass", "cc", "dobj"})) is not None:
        return
    verb = tree.child(root, frozenset({"conj"}))
    if verb is None or tree.tags[verb] not in FINITE or tree.child(verb, _SUBJECTS) is not None:
        return
    for token, up in enumerate(tree.heads):
        if up == root and token > verb:
            tree.hang(token, verb, tree.deps[token])
    tree.hang(verb, verb, "ROOT")
    tree.hang(noun, verb, "nsubj")
    tree.hang(root, noun, "acl")


def _told_between(tree: _Tree) -> None:
    """'rebels hit the town, police said, killing five': what follows the speech goes on with what stands before it."""
    for token, dep in enumerate(tree.deps):
        said = tree.heads[token]
        done = tree.tags[token] == "VBG" and tree.lemmas[token] in _RESULTS
        if dep != "advcl" or not done or tree.lemmas[said] not in _SAYING or token < said:
            continue
        told = tree.child(said, frozenset({"ccomp"}))
        bare = tree.child(token, _SUBJECTS | {"mark"}) is None and "," in tree.source.words[said:token]
        if told is not None and told < said and bare:
            tree.hang(token, told, "advcl")


def _demonym(tree: _Tree, token: int) -> int | None:
    """Return the 'Kenyan' of 'were killed by Kenyan shelling', which the parser may make the gerund's subject."""
    subject = tree.child(token, frozenset({"nsubj"}))
    told = subject is not None and subject == token - 1 and tree.source.tags[subject] in ("JJ", "NNP", "NN")
    return subject if told and tree.source.words[token].lower() in _FIRING else None


def _owned(tree: _Tree, token: int, below: list[int]) -> bool:
    """Return whether a gerund has no subject of its own, once an adjective read so is made its modifier."""
    adjective = _demonym(tree, token)
    if adjective is not None:
        tree.hang(adjective, token, "amod" if tree.tags[adjective] == "JJ" else "compound")
    return all(tree.deps[t] != "nsubj" for t in below)


def _headline_passives(tree: _Tree) -> None:
    """'Three soldiers killed in ambush': in a headline a transitive past form without an object is a passive."""
    if tree.source.words[-1] in (".", "!", "?", '"', "''"):
        return
    for token, tag in enumerate(tree.tags):
        if tag not in ("VBD", "VBN") or tree.lemmas[token] not in SUFFERED | _TOLD_TO:
            continue
        below = {"dobj", "ccomp", "xcomp", "aux", "auxpass", "prt"}
        below -= {"xcomp"} if tree.lemmas[token] in _TOLD_TO else set()
        if tree.child(token, frozenset(below)) is None:
            subject = tree.child(token, frozenset({"nsubj"}))
            if subject is not None:
                tree.hang(subject, token, "nsubjpass")


def _live_rounds(tree: _Tree) -> None:
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


def _nouns_after_to(tree: _Tree) -> None:
    """'agreed to talks with X': a noun read as an infinitive is what the preposition governs."""
    for token, tag in enumerate(tree.tags):
        if tag not in ("NN", "NNS") or tree.deps[token] not in ("xcomp", "advcl", "ccomp") or not token:
            continue
        if tree.source.words[token - 1].lower() == "to" and tree.deps[token - 1] == "aux":
            tree.hang(token - 1, tree.heads[token], "prep")
            tree.hang(token, token - 1, "pobj")


def _trailing_speakers(tree: _Tree) -> None:
    """'…, killing 35 soldiers, residents and an official said': the speakers are read as more soldiers."""
    words = tree.source.words
    for verb in range(len(words) - 1, 2, -1):
        if tree.lemmas[verb] not in _SAYING or tree.tags[verb] not in ("VBD", "VBZ", "VBP"):
            continue
        start = next((t + 1 for t in range(verb - 1, 0, -1) if words[t] in (",", '"')), None)
        subject = tree.child(verb, _SUBJECTS)
        if start is None or start >= verb or (subject is not None and subject >= start):
            continue
        apposed = subject is not None and words[verb - 1] == ","
        if apposed or verb - start > 14 or any(tree.tags[t][:2] in ("VB", "MD") for t in range(start, verb)):
            continue
        _speak(tree, (start, verb), subject)


def _speak(tree: _Tree, span: tuple[int, int], subject: int | None) -> None:
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
        if tree.heads[above] == subject or tree.heads[above] == above:
            tree.hang(above, verb, "ccomp")
    tree.hang(tops[0], verb, "nsubj")
    for other in tops[1:]:
        tree.hang(other, tops[0], "conj")


def _plural_nouns(tree: _Tree) -> None:
    """'after ceasefire talks ended': 'talks' read as the verb, the real verb left without a subject."""
    for token, word in enumerate(tree.source.words):
        if tree.tags[token] not in ("VBZ", "VBP") or word.lower() not in _PLURAL_ACTS:
            continue
        if tree.deps[token] in _SUBJECTS:
            _compound_before(tree, token)
        else:
            _to_noun(tree, token)


def _retag(tree: _Tree, token: int) -> None:
    tree.tags[token] = "NNS"
    tree.lemmas[token] = tree.source.words[token].lower().removesuffix("s")


def _compound_before(tree: _Tree, token: int) -> None:
    """'NATO airstrikes killed': the tag is a verb's, the place a subject's."""
    _retag(tree, token)
    for child, up in enumerate(tree.heads):
        if up == token and child < token and tree.deps[child] in _SUBJECTS:
            tree.hang(child, token, "compound")


def _to_noun(tree: _Tree, token: int) -> None:
    verb = next(
        (
            t
            for t in range(token + 1, len(tree.heads))
            if tree.tags[t] in ("VBD", "VBZ", "VBP", "VBN")
            and tree.deps[t] in ("advcl", "ccomp", "conj", "ROOT", "dep")
            and tree.heads[t] in (tree.heads[token], token, t)
            and tree.child(t, _SUBJECTS) is None
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


def _told_of_root(tree: _Tree) -> None:
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
    told_without_verb(tree, root, SUFFERED | _TOLD_TO | _GIVING)
    gone(tree, root)


def _told_after_as(tree: _Tree) -> None:
    """'Gunmen disguised as soldiers stormed a hotel': the gunmen stormed it, not the soldiers whom they looked like."""
    for verb, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        root = tree.heads[head]
        if dep != "advcl" or tree.tags[verb] not in FINITE or tree.lemmas[head] not in _LIKENING:
            continue
        mark = tree.child(verb, frozenset({"mark"}))
        subject = tree.child(verb, _SUBJECTS)
        alike = mark == head + 1 and subject is not None and tree.source.words[mark].lower() == "as"
        if not alike or subject is None or mark is None or tree.deps[head] != "acl" or tree.deps[root] != "ROOT":
            continue
        tree.hang(mark, head, "prep")
        tree.hang(subject, mark, "pobj")
        for child, up in enumerate(tree.heads):
            if up == head and child > verb:
                tree.hang(child, verb, tree.deps[child])
        tree.make_root(verb, root)


def _paired_peoples(tree: _Tree) -> None:
    """'Thai, Cambodian troops trade fire': two peoples before one noun."""
    tags, words = tree.tags, tree.source.words
    if len(words) < 5 or words[1] != "," or tree.deps[0] != "ROOT" or not words[2][:1].isupper():
        return
    noun = tree.heads[2]
    verb = tree.heads[noun]
    if noun <= 2 or tree.deps[2] not in ("amod", "compound") or tags[noun][:2] != "NN" or tree.heads[verb] != 0:
        return
    if tree.deps[noun] not in _SUBJECTS or tags[verb][:2] != "VB":
        return
    for child, up in enumerate(tree.heads):
        if up == 0 and child > verb:
            tree.hang(child, verb, tree.deps[child])
    tree.hang(verb, verb, "ROOT")
    tree.hang(0, noun, "amod")
    tree.hang(2, 0, "conj")
    tree.hang(1, 0, "punct")


def _verbs_of_headings(tree: _Tree) -> None:
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


def _attacking(tree: _Tree, token: int) -> None:
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


def _listed_adjectives(tree: _Tree) -> None:
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


def _speech_after_said(tree: _Tree) -> None:
    """'X said that Y attacked Z and urged W to help': who said it urges, too; the parser makes Y urge."""
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep != "conj" or tree.lemmas[token] not in _SAID_AS_WELL or tree.tags[token] not in ("VBD", "VBZ"):
            continue
        if tree.child(token, _SUBJECTS) is not None or tree.lemmas[head] in _SAID_AS_WELL:
            continue
        said = tree.heads[head]
        alike = tree.tags[said] == tree.tags[token] and tree.lemmas[said] in _SAYING | {"deny"}
        if tree.deps[head] == "ccomp" and alike and said < head:
            tree.hang(token, said, "conj")


def _demanded_verbs(tree: _Tree) -> None:
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


def _spliced(tree: _Tree) -> None:
    """'X pull back, blame each other', 'X reach deal, Y calls it a mistake': two clauses side by side, none the other's content."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        finite = tree.tags[token] in FINITE and tree.tags[head] in FINITE
        if not finite or head == token or tree.lemmas[head] in _CONTENT_VERBS:
            continue
        if dep == "ccomp" and token < head and "," in words[token:head] and '"' not in words[token:head]:
            up, label = tree.heads[head], tree.deps[head]
            tree.hang(token, token if up == head else up, label)
            tree.hang(head, token, "conj")
        bare = tree.child(token, _SUBJECTS | {"mark", "advmod"}) is None
        if dep == "advcl" and token > head and words[token - 1] == "," and bare:
            tree.hang(token, head, "conj")


def _run_in_names(tree: _Tree) -> None:
    """'Upper Kenya President Mira Doe met …': the name after the title is who met, not a second name of the country."""
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep != "appos" or not head < token or tree.tags[head] != "NNP" or tree.tags[token] != "NNP":
            continue
        between = range(head + 1, token)
        if not between or any(tree.heads[t] != token or tree.tags[t] != "NNP" for t in between):
            continue
        up = tree.heads[head]
        tree.hang(token, token if up == head else up, tree.deps[head])
        for child, over in enumerate(tree.heads):
            if over == head and child > token:
                tree.hang(child, token, tree.deps[child])
        tree.hang(head, token, "compound")


def _blame_before_denier(tree: _Tree) -> None:
    """'accused X of it, a charge Ostra denies': the charge is what is denied, not a part of the denier's name."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        blamed = dep == "compound" and tree.lemmas[token].lower() in _BLAMES and head == token + 1
        if not blamed or tree.tags[head] != "NNP" or tree.deps[head] not in _SUBJECTS:
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


def _nominal_bases(tree: _Tree) -> None:
    """'blocks return to Ostra': a bare verb that a verb has as its object is a noun."""
    for token, (tag, dep) in enumerate(zip(tree.tags, tree.deps, strict=True)):
        if (
            tag in ("VB", "VBP")
            and dep in ("dobj", "pobj")
            and token
            and tree.child(token, _SUBJECTS | {"aux", "dobj", "prt", "xcomp", "ccomp"}) is None
        ):
            tree.tags[token] = "NN"
            tree.lemmas[token] = tree.source.words[token].lower()
            tree.changed = True


def _participles_under(tree: _Tree) -> None:
    """'in exchange for 150 men held in Ostra': the men are what the preposition governs, who are held."""
    for token, (tag, dep) in enumerate(zip(tree.tags, tree.deps, strict=True)):
        subject = tree.child(token, _SUBJECTS) if tag == "VBN" and dep in ("relcl", "ccomp", "advcl") else None
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


def _stray_objects(tree: _Tree) -> None:
    """'as Ostra urges halt': a bare noun right after a verb that has no object is its object."""
    for token, (tag, dep) in enumerate(zip(tree.tags, tree.deps, strict=True)):
        verb = token - 1
        if tag not in ("NN", "NNS") or dep not in ("dep", "conj") or verb < 0 or tree.tags[verb] not in FINITE:
            continue
        free = tree.child(verb, frozenset({"dobj", "ccomp", "xcomp", "attr", "acomp"})) is None
        if free and tree.heads[token] not in (verb, token):
            tree.hang(token, verb, "dobj")


def _listed_names(tree: _Tree) -> None:
    """'Kenya, Burkina Faso and Chad announced': a second name with an 'and' after it is one of a list, no apposition."""
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        if dep != "appos" or tree.tags[token] != "NNP" or tree.tags[head] != "NNP" or not head < token:
            continue
        opener = min([token, *(t for t, up in enumerate(tree.heads) if up == token and head < t < token)])
        listed = tree.child(token, frozenset({"cc"})) is not None and tree.child(token, frozenset({"conj"})) is not None
        if listed and tree.source.words[opener - 1] == "," and opener - 1 == head + 1:
            tree.hang(token, head, "conj")


def _linked_subjects(tree: _Tree) -> None:
    """'Insurgents linked to the League beheaded four': who they are linked to stands with them; the second verb is the main one."""
    for token, (tag, lemma) in enumerate(zip(tree.tags, tree.lemmas, strict=True)):
        subject = tree.child(token, _SUBJECTS) if tag in ("VBD", "VBN") and lemma in _LINKING else None
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
            or tree.child(main, _SUBJECTS | {"mark"}) is not None
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


def _speech_between(tree: _Tree) -> None:
    """'If X stays away, Y warned, Z will act': the speech stands between; the condition is of what follows."""
    words = tree.source.words
    for token, (head, dep) in enumerate(zip(tree.heads, tree.deps, strict=True)):
        said = dep == "ccomp" and token < head and tree.lemmas[token] in _CONTENT_VERBS and tree.tags[token] in FINITE
        subject = tree.child(token, _SUBJECTS) if said else None
        if subject is None or "," not in words[token:head] or tree.child(token, frozenset({"ccomp", "xcomp", "dobj"})):
            continue
        tree.hang(token, head, "parataxis")
        for child, up in enumerate(tree.heads):
            if up == token and child < subject and tree.deps[child] == "advcl":
                tree.hang(child, head, "advcl")
