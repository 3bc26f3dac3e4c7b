"""Sentence -> clauses in plain roles: subject, object, complement, or a preposition by its own name; frames speak in these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dragoman.model import Clause
from dragoman.reading.mending.repair import repair
from dragoman.reading.nouns import NounClause
from dragoman.reading.parse import Sentence
from dragoman.reading.tree import Tree, Vocabulary
from dragoman.reading.verbs import VerbClause

_PAPERS = frozenset(
    "statement letter resolution motion declaration communique communiqué message petition note memo memorandum tweet post video "
    "report appeal text amendment manifesto proclamation dispatch cable editorial telegram leaflet release".split()
)
_WRITING = frozenset(
    "issue send pass adopt approve release publish write sign deliver submit table put make circulate draft sponsor hand read file "
    "endorse cosponsor back broadcast air tweet introduce present launch unveil produce author address dispatch say tell "
    "post announce vote support prepare agree forward compile post add declare reiterate".split()
)
_WORDED = frozenset(
    "demand call urge condemn denounce accuse reject criticise criticize warn threaten express welcome praise hail ask appeal request "
    "blame deplore support endorse oppose protest recognise recognize order ban authorise authorize impose insist plead beg implore "
    "exhort press invite rule refuse decline vow pledge promise propose offer thank apologise apologize slam decry rebuke "
    "censure back approve renounce repudiate dismiss deny reaffirm reiterate affirm declare give set remind require tell allege "
    "charge lambast chide admonish "
    "commend salute object forbid prohibit instruct direct recommend advise counsel caution accept agree".split()
)
_NO_WAY = frozenset(
    {"circumstance", "circumstances", "way", "condition", "conditions", "account", "case", "event", "time", "point"}
)


def clauses_of(sentence: Sentence, vocabulary: Vocabulary) -> tuple[Tree, tuple[Clause, ...]]:
    """Return the sentence's mended tree, and its clauses in text order."""
    mended = repair(sentence)
    tree = Tree(mended)
    verbs = {token: None for token in range(len(mended.words)) if tree.is_predicate(token)}
    found: dict[int, Clause] = {}
    for token in sorted(verbs, key=tree.depth):
        made = _in_no_way(tree, VerbClause(tree, token, found, vocabulary).clause())
        found[token] = _by_its_writers(tree, made, found)
    nouns = [
        token
        for token in range(len(mended.words))
        if mended.lemmas[token] in vocabulary.nouns and mended.tags[token] in ("NN", "NNS", "NNP", "NNPS")
        and mended.deps[token] != "compound"
    ]  # fmt: skip
    for token in sorted(nouns, key=tree.depth):
        found[token] = NounClause(tree, token, found, vocabulary).clause()
    return tree, tuple(found[token] for token in sorted(found))


def _by_its_writers(tree: Tree, clause: Clause, found: Mapping[int, Clause]) -> Clause:
    """'The council passed a resolution demanding X', 'In a letter urging X, Kenya said': who wrote the paper demands and urges."""
    subject = clause.roles.get("subject", ())
    above = found.get(clause.parent) if clause.parent is not None else None
    if above is None or clause.link not in ("modifier", "relative") or clause.passive or len(subject) != 1:
        return clause
    if (
        clause.lemma not in _WORDED
        or tree.s.lemmas[subject[0].head].lower() not in _PAPERS
        or above.lemma not in _WRITING
        or above.negated
    ):
        return clause
    writers = above.roles.get("subject", ())
    if not writers or any(tree.s.lemmas[p.head].lower() in _PAPERS or p.head == subject[0].head for p in writers):
        return clause
    named = any(name in ("by", "from", "of") for name, _ in tree.prepositional(subject[0].head))
    if named or tree.possessor(subject[0].head) is not None:
        return clause
    return replace(clause, roles={**clause.roles, "subject": tuple(writers)})


def _in_no_way(tree: Tree, clause: Clause) -> Clause:
    """'will under no circumstances withdraw' says that it will not."""
    s = tree.s
    for role in ("under", "in", "on", "at"):
        for phrase in clause.roles.get(role, ()):
            none = any(s.words[t].lower() == "no" for t in s.children[phrase.head])
            if none and s.lemmas[phrase.head].lower() in _NO_WAY and not clause.negated:
                return replace(clause, negated=True)
    return clause
