"""Sentence -> clauses in plain roles. With repair.py the only module that knows dependency labels.

A role is the subject, the object, the complement, or a preposition by its own name; frames speak in these alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dragoman.model import Clause, Phrase
from dragoman.reading.parse import Sentence
from dragoman.reading.repair import repair
from dragoman.rulebook.codes import PREPOSITIONS, ROLES

_SAME = {
    "upon": "on",
    "onto": "on",
    "towards": "toward",
    "till": "until",
    "amongst": "among",
    "amidst": "amid",
}
_CONDITIONAL = frozenset({"if", "unless", "should", "had", "were", "provided", "providing", "once", "lest"})
_REASON = frozenset({"because", "as", "since"})
_TEMPORAL = frozenset({"after", "before", "when", "while", "until", "till", "whenever", "as", "since"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_NEGATORS = frozenset({"not", "n't", "never", "nor", "neither"})
_CALL_ON = frozenset({"on", "upon", "to", "for", "with"})
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "pledge", "swear"})
_SPEECH_ASIDE = frozenset(
    {"say", "report", "add", "tell", "claim", "quote", "write", "announce", "warn", "note"}
)
_AS_VERB_PREPOSITIONS = frozenset({"including", "following", "regarding", "concerning"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that make a noun a nominal act, a verb light, and an adjective a predicate of its own."""

    nouns: frozenset[str]
    lights: frozenset[str]
    happenings: frozenset[str]
    patients: frozenset[str]


def clauses_of(sentence: Sentence, vocabulary: Vocabulary) -> tuple[Tree, tuple[Clause, ...]]:
    """Return the sentence's mended tree, and its clauses in text order."""
    mended = repair(sentence)
    tree = Tree(mended)
    verbs = {token: None for token in range(len(mended.words)) if tree.is_predicate(token)}
    found: dict[int, Clause] = {}
    for token in sorted(verbs, key=tree.depth):
        found[token] = _Verb(tree, token, found, vocabulary).clause()
    nouns = [
        token
        for token in range(len(mended.words))
        if mended.lemmas[token] in vocabulary.nouns and mended.tags[token] in ("NN", "NNS", "NNP", "NNPS")
        and mended.deps[token] != "compound"
    ]  # fmt: skip
    for token in sorted(nouns, key=tree.depth):
        found[token] = _Noun(tree, token, found, vocabulary).clause()
    return tree, tuple(found[token] for token in sorted(found))


class Tree:
    """A mended sentence with the edges of each token's subtree and the walks that clauses need."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        size = len(sentence.words)
        self.left = list(range(size))
        self.right = [token + 1 for token in range(size)]
        self._depth = [0] * size
        for token in range(size):
            seen = 0
            up = token
            while sentence.heads[up] != up and seen < size:
                up = sentence.heads[up]
                seen += 1
                self.left[up] = min(self.left[up], token)
                self.right[up] = max(self.right[up], token + 1)
            self._depth[token] = seen
        self._breaks = self._cuts()

    def _cuts(self) -> dict[int, int]:
        """For each token with a conjunct, where its own stretch ends: before the first comma or conjunction."""
        cuts: dict[int, int] = {}
        for token, children in enumerate(self.s.children):
            if any(self.s.deps[child] == "conj" for child in children):
                marks = [c for c in children if c > token and (self.s.deps[c] in ("cc", "conj", "preconj"))]
                cut = min(self.left[c] if self.s.deps[c] == "conj" else c for c in marks)
                while cut - 1 > token and self.s.words[cut - 1] == ",":
                    cut -= 1
                cuts[token] = cut
        return cuts

    def depth(self, token: int) -> tuple[int, int]:
        return self._depth[token], token

    def children(self, token: int, *deps: str) -> list[int]:
        return [child for child in self.s.children[token] if self.s.deps[child] in deps]

    def is_predicate(self, token: int) -> bool:
        tag, dep = self.s.tags[token], self.s.deps[token]
        if not tag.startswith("VB"):
            return dep in ("ROOT", "conj", "relcl", "advcl", "ccomp") and bool(
                self.children(token, "nsubj", "nsubjpass")
            )
        if dep in ("aux", "auxpass", "compound", "case"):
            return False
        if dep == "prep":
            return self.s.words[token].lower() not in _AS_VERB_PREPOSITIONS
        if dep == "amod":
            return tag == "VBN" and bool(
                self.children(token, "npadvmod", "compound", "amod", "nmod", "nsubj")
            )
        return True

    def phrase(self, head: int, *, before: int | None = None) -> Phrase:
        """Return the phrase of a head token: its subtree without its conjuncts and outer punctuation."""
        start = self.left[head]
        end = self._breaks.get(head, self.right[head])
        if before is not None and before > head:
            end = min(end, before)
        while end - 1 > head and self.s.tags[end - 1] in (",", ".", ":", "''", "``"):
            end -= 1
        while start < head and (self.s.tags[start] in (",", ".", ":", "''", "``", "CC")):
            start += 1
        return Phrase(head=head, start=start, end=max(end, head + 1))

    def conjuncts(self, head: int) -> list[int]:
        """Return the head and all that is joined to it by 'and', 'or' or a comma, nouns only, in text order."""
        found = [head]
        for child in self.children(head, "conj", "appos"):
            if self.s.deps[child] == "conj" and not self.is_predicate(child):
                found.extend(self.conjuncts(child))
        return sorted(found)

    def phrases(self, head: int, *, before: int | None = None) -> tuple[Phrase, ...]:
        return tuple(self.phrase(item, before=before) for item in self.conjuncts(head))

    def prepositional(self, head: int) -> Iterator[tuple[str, int]]:
        """Yield (preposition, object token) for what hangs on a token by a preposition, chains included."""
        for prep in self.children(head, "prep", "agent", "dative", "prt"):
            name = _SAME.get(self.s.words[prep].lower(), self.s.words[prep].lower())
            yield from self._objects(prep, name)
        for prep in self.children(head, "cc"):
            if self.s.tags[prep] == "IN":
                yield from self._objects(prep, self.s.words[prep].lower())

    def _objects(self, prep: int, name: str) -> Iterator[tuple[str, int]]:
        if name == "according":
            name = "speaker"
        for child in self.s.children[prep]:
            dep = self.s.deps[child]
            if dep in ("pobj", "pcomp") and not self.s.tags[child].startswith("VB"):
                if name in ROLES:
                    yield name, child
            elif dep == "prep" or (dep == "conj" and self.s.tags[child] == "IN"):
                inner = _SAME.get(self.s.words[child].lower(), self.s.words[child].lower())
                if name in _DOUBLE:
                    yield from ((name, noun) for _, noun in self._objects(child, inner))
                yield from self._objects(child, name if name == "speaker" else inner)

    # -- what the other steps may ask of a noun phrase, so that none of them knows a label

    def is_noun_head(self, token: int) -> bool:
        """Return whether a token heads a noun phrase of its own (a noun, name or pronoun, no mere modifier)."""
        tag, dep = self.s.tags[token], self.s.deps[token]
        if tag in ("PRP", "PRP$", "WP"):
            return True
        if tag in ("CD", "DT", "JJ", "NNS", "NN", "NNP", "NNPS", "JJS"):
            nominal = tag.startswith("N") or dep in (
                "nsubj",
                "nsubjpass",
                "pobj",
                "dobj",
                "poss",
                "conj",
                "appos",
            )
            return nominal and dep not in (
                "compound",
                "amod",
                "nmod",
                "npadvmod",
                "det",
                "nummod",
                "quantmod",
            )
        return False

    def modifiers(self, head: int) -> list[int]:
        """Return the words before a noun that qualify it (compounds, adjectives, and theirs), nearest first."""
        found: list[int] = []
        for child in self.children(head, "compound", "amod", "nmod", "npadvmod"):
            if child < head:
                found.append(child)
                if self.s.tags[child] not in ("VBN", "VBG"):
                    found.extend(self.modifiers(child))
        return sorted(found, reverse=True)

    def possessor(self, head: int) -> int | None:
        """Return the possessor of a noun: 'Haftar' of 'Haftar's demands', 'his' of 'his push'."""
        owners = self.children(head, "poss")
        return owners[0] if owners else None

    def antecedent(self, token: int) -> int | None:
        """Return the noun that the relative clause around a token hangs on: 'Hamas' of 'Hamas, whose fighters'."""
        for _ in range(len(self.s.words)):
            if self.s.deps[token] == "relcl":
                return self.s.heads[token]
            if self.s.heads[token] == token:
                return None
            token = self.s.heads[token]
        return None

    def appositives(self, head: int) -> list[int]:
        """Return the nouns set beside a noun to say who it is."""
        return [child for child in self.children(head, "appos") if not self.is_predicate(child)]

    def subject_of(self, token: int) -> bool:
        """Return whether the noun phrase of a token stands as a subject."""
        return self.s.deps[token] in ("nsubj", "nsubjpass")

    def adverbs(self, token: int) -> frozenset[str]:
        """Return the adverbs that stand with a word, lower case."""
        return frozenset(self.s.words[c].lower() for c in self.children(token, "advmod", "npadvmod"))

    def object_of(self, token: int) -> bool:
        """Return whether the noun phrase of a token stands as an object."""
        return self.s.deps[token] in ("dobj", "dative")

    def determiner(self, head: int) -> str | None:
        """Return the article or quantity before a noun, lower case: the, a, two, both, some, many."""
        dets = [c for c in self.s.children[head] if self.s.deps[c] in ("det", "predet", "nummod")]
        return self.s.words[dets[0]].lower() if dets else None

    def counted(self, head: int) -> list[str]:
        """Return all determiners, quantities and adjectives before a noun, lower case."""
        return [
            self.s.words[c].lower()
            for c in self.s.children[head]
            if c < head and self.s.deps[c] in ("det", "predet", "nummod", "amod", "compound")
        ]

    def words_of(self, phrase: Phrase) -> frozenset[str]:
        """Return the dictionary forms that a test on a role looks at: head, modifiers, and what follows 'of'."""
        return frozenset(self._content(phrase.head, 0))

    def _content(self, head: int, level: int) -> Iterator[str]:
        s = self.s
        yield s.lemmas[head].lower()
        for child in s.children[head]:
            dep = s.deps[child]
            if dep in ("compound", "amod", "nmod"):
                yield s.lemmas[child].lower()
            elif dep in ("dobj", "pobj") and s.tags[head].startswith("VB"):
                yield from self._content(child, level + 1)
            elif dep == "prep" and s.words[child].lower() == "of" and level < 3:
                for noun in self.children(child, "pobj"):
                    yield from self._content(noun, level + 1)

    def governing_preposition(self, token: int) -> str | None:
        """Return the preposition that a noun stands under, lower case, or None."""
        up = self.s.heads[token]
        while self.s.deps[token] == "conj" and up != token:
            token, up = up, self.s.heads[up]
        return self.s.words[up].lower() if self.s.deps[token] == "pobj" else None


class _Verb:
    """Builds the clause of one verb; ``found`` holds the clauses above it."""

    def __init__(self, tree: Tree, token: int, found: dict[int, Clause], vocabulary: Vocabulary) -> None:
        self.tree = tree
        self.s = tree.s
        self.token = token
        self.found = found
        self.words = vocabulary
        self.roles: dict[str, list[Phrase]] = {}

    def clause(self) -> Clause:
        s, token = self.s, self.token
        link, parent, mark = self._link()
        aux = self.tree.children(token, "aux", "auxpass")
        passive = self._is_passive(aux)
        self._collect(passive)
        self._antecedent(link, parent, passive)
        self._share(link, parent, passive)
        base = self.found.get(parent) if parent is not None and link == "conjunct" else None
        modal = self._modal(aux)
        tense = self._tense(aux)
        return Clause(
            index=token,
            lemma=s.lemmas[token],
            form="verb" if s.tags[token].startswith("VB") else "adjective",
            roles={role: tuple(phrases) for role, phrases in self.roles.items()},
            parent=parent,
            link=link,
            mark=mark,
            particles=self._particles(),
            negated=self._negated(aux) or (base is not None and base.negated and not aux and self._joined_by_or()),
            tense=base.tense if base is not None and not aux and tense in ("infinitive", "none") else tense,
            modal=modal or (base.modal if base is not None and not aux and s.tags[token] == "VB" else None),
            perfect=any(s.lemmas[t] == "have" for t in aux),
            passive=passive,
            start=self.tree.left[token],
            end=self.tree.right[token],
        )  # fmt: skip

    def _particles(self) -> frozenset[str]:
        """Return the small words that belong to the verb: particles, adverbs of direction, prepositions without object."""
        s, tree = self.s, self.tree
        found = {s.words[t].lower() for t in tree.children(self.token, "prt")}
        found |= {w for t in tree.children(self.token, "advmod") if (w := s.words[t].lower()) in _ADVERB_PARTICLES}
        bare = (t for t in tree.children(self.token, "prep") if not tree.children(t, "pobj", "pcomp"))
        return frozenset(found | {s.words[t].lower() for t in bare})

    # -- roles that hang on the verb itself

    def _collect(self, passive: bool) -> None:
        tree, s = self.tree, self.s
        for child in s.children[self.token]:
            role = _CHILD_ROLES.get(s.deps[child])
            if (
                role == "subject"
                and passive
                and s.deps[child] == "nsubj"
                and s.tags[child] not in ("WDT", "WP")
            ):
                role = "object"
            if role is not None and not (s.tags[child].startswith("VB") and role == "object"):
                self._add(role, tree.phrases(child))
            elif s.deps[child] == "advmod" and s.words[child].lower() == "home":
                self._add("to", (tree.phrase(child),))
        for name, noun in tree.prepositional(self.token):
            by_agent = name == "by" and passive
            self._add("subject" if by_agent else name, tree.phrases(noun))
        for noun in [phrase.head for phrase in self.roles.get("object", ())]:
            for name, inner in tree.prepositional(noun):
                if name not in self.roles and name != "of":
                    self._add(name, tree.phrases(inner))
        for role in ("subject", "object", *sorted(PREPOSITIONS & set(self.roles))):
            for noun in [phrase.head for phrase in self.roles.get(role, ())]:
                self._lend(noun)
        for adjective in tree.children(self.token, "acomp", "attr", "oprd"):
            for name, inner in tree.prepositional(adjective):
                if name not in self.roles:
                    self._add(name, tree.phrases(inner))

    def _lend(self, noun: int, depth: int = 0) -> None:
        """Take over what hangs on a nominal act: the 'with' of 'walked out of talks with', 'a round of talks with'."""
        acts = self.s.lemmas[noun] in self.words.nouns
        for name, inner in self.tree.prepositional(noun):
            if acts and name in _LENT and name not in self.roles:
                self._add(name, self.tree.phrases(inner))
            if name == "of" and depth == 0:
                self._lend(inner, depth + 1)

    def _add(self, role: str, phrases: Iterable[Phrase]) -> None:
        known = self.roles.setdefault(role, [])
        known.extend(phrase for phrase in phrases if phrase not in known)

    def _antecedent(self, link: str, parent: int | None, passive: bool) -> None:
        """Put the noun that a relative or participle clause hangs on into the role that it fills."""
        s, token = self.s, self.token
        if link not in ("relative", "modifier"):
            return
        filler = self._filler(s.heads[token])
        pronoun = next(
            (role for role in ("subject", "object") if any(s.words[p.head].lower() in _RELATIVE for p in self.roles.get(role, ()))),
            None,
        )  # fmt: skip
        if pronoun:
            self.roles[pronoun] = list(filler)
            if passive and pronoun == "subject":
                self._add("object", self.roles.pop("subject"))
        elif s.deps[token] == "amod":
            self._hyphenated(filler)
        elif s.tags[token] == "VBN" or passive:
            self._add("object", filler if "object" not in self.roles else ())
            if "by" in self.roles:
                self._add("subject", self.roles["by"])
        elif s.tags[token] == "VBG":
            self._add("subject", filler if "subject" not in self.roles else ())
        elif "subject" in self.roles and "object" not in self.roles:
            self._add("object", filler)

    def _filler(self, noun: int) -> tuple[Phrase, ...]:
        """Return the noun before a relative clause; all that are joined to it where the verb is plural."""
        s, before = self.s, self.tree.left[self.token]
        first = noun
        while s.deps[first] == "conj" and not self.tree.is_predicate(s.heads[first]):
            first = s.heads[first]
        plural = any(s.tags[t] == "VBP" for t in (self.token, *self.tree.children(self.token, "aux", "auxpass")))
        nouns = [t for t in self.tree.conjuncts(first) if t <= noun] if plural and first != noun else [noun]
        return tuple(self.tree.phrase(t, before=before) for t in nouns)

    def _hyphenated(self, filler: tuple[Phrase, ...]) -> None:
        """'the Iran-backed rebels': the word before the hyphen acts on the noun."""
        self._add("object", filler)
        for child in self.tree.children(self.token, "npadvmod", "compound", "amod", "nmod", "nsubj"):
            if child < self.token:
                self._add("subject", (self.tree.phrase(child),))

    def _share(self, link: str, parent: int | None, passive: bool) -> None:
        """Take over the subject (or object) that the grammar leaves unsaid."""
        above = self.found.get(parent) if parent is not None else None
        if above is None or self.tree.children(self.token, "expl"):
            return
        if above.lemma in _GIVING and link in ("purpose", "modifier") and "to" in above.roles:
            self._give(above.roles["to"], passive)
        elif link == "conjunct":
            self._share_joined(above, passive)
        elif (
            link == "complement"
            and "subject" not in self.roles
            and "object" not in self.roles
            or (link == "complement" and "subject" not in self.roles and not passive)
        ):
            self._give(self._controller(above), passive)
        elif (
            link in ("adverbial", "purpose", "time", "reason", "condition", *PREPOSITIONS)
            and "subject" not in self.roles
        ):
            if not (passive and "object" in self.roles) and self.s.tags[self.token] in ("VBG", "VBN", "VB"):
                self._give(above.roles.get("subject", ()), passive)
        elif link == "modifier" and self.s.tags[self.token] == "VB" and "subject" not in self.roles:
            self._give(above.roles.get("subject", ()), passive)

    def _share_joined(self, above: Clause, passive: bool) -> None:
        if "subject" not in self.roles and not (passive and "object" in self.roles):
            source = above.roles.get("object" if above.passive else "subject", ())
            self._give(source, passive)
        if passive and above.passive and "object" not in self.roles:
            self._add("object", above.roles.get("object", ()))
        doer = self.roles.get("subject", ())
        if passive and above.passive and doer and not above.roles.get("subject"):
            self.found[above.index] = replace(above, roles={**above.roles, "subject": tuple(doer)})

    def _give(self, phrases: tuple[Phrase, ...], passive: bool) -> None:
        role = "object" if passive else "subject"
        if phrases and role not in self.roles:
            self._add(role, phrases)

    def _controller(self, above: Clause) -> tuple[Phrase, ...]:
        """Who does the infinitive: 'urged X to leave', 'called on X to leave', 'vowed to leave'."""
        if above.lemma in _SUBJECT_CONTROL:
            return above.roles.get("subject", ())
        for role in ("object", *sorted(_CALL_ON & set(above.roles))):
            phrases = above.roles.get(role, ())
            if (
                phrases
                and phrases[0].head < self.token
                and (role == "object" or role == "on" or above.lemma in _CALL_LEMMAS)
            ):
                return phrases
        return above.roles.get("subject", ())

    # -- how the clause hangs in the sentence

    def _link(self) -> tuple[str, int | None, str | None]:
        s, token = self.s, self.token
        dep = s.deps[token]
        mark = self._mark()
        parent = self._parent()
        if dep in ("prep", "pcomp"):
            prep = s.heads[token] if dep == "pcomp" else token
            word = s.words[prep].lower()
            return _SAME.get(word, word) if word in ROLES or word in _SAME else "adverbial", parent, mark
        if mark == "for" and dep in ("advcl", "relcl", "acl") and parent is not None:
            return "complement", parent, mark
        if dep == "ccomp" and parent is not None and token < parent and ";" in s.words[token:parent]:
            return "conjunct", parent, mark
        if mark == "that" and dep in ("acl", "relcl") and parent is not None:
            return "complement", parent, mark
        if dep == "advcl":
            return self._adverbial(mark), parent, mark
        if dep in ("ROOT", "dep", "parataxis") or parent is None:
            aside = dep != "ROOT" and s.lemmas[token] in _SPEECH_ASIDE and parent is not None
            return ("aside" if aside else "conjunct" if parent is not None else "root"), parent, mark
        return _LINKS.get(dep, "adverbial"), parent, mark

    def _adverbial(self, mark: str | None) -> str:
        s, token = self.s, self.token
        if mark == "if" and self._asks():
            return "complement"
        if mark in _CONDITIONAL or (mark == "long"):
            return "condition"
        if (
            mark is None
            and s.lemmas[token] in _SPEECH_ASIDE
            and not self.tree.children(token, "ccomp")
            and s.tags[token] in ("VBD", "VBZ", "VBP")
        ):
            return "aside"
        if mark == "because":
            return "reason"
        if mark in _TEMPORAL:
            return "time"
        if any(s.words[t].lower() == "to" for t in self.tree.children(token, "aux")):
            return "purpose"
        return "adverbial"

    def _asks(self) -> bool:
        """Return whether an if-clause is a question told ('asked if', 'it is not clear if'), not a condition."""
        head = self.s.heads[self.token]
        predicates = [self.s.lemmas[t] for t in self.tree.children(head, "acomp", "attr")]
        return self.s.lemmas[head] in _ASKING or any(word in _ASKING for word in predicates)

    def _mark(self) -> str | None:
        for child in self.s.children[self.token]:
            word = self.s.words[child].lower()
            if self.s.deps[child] == "mark":
                return word
            if self.s.deps[child] == "advmod" and word in (
                "when",
                "once",
                "whenever",
                "long",
                "after",
                "before",
            ):
                return word
        return None

    def _parent(self) -> int | None:
        up = self.token
        for _ in range(len(self.s.words)):
            if self.s.heads[up] == up:
                return None
            up = self.s.heads[up]
            if up in self.found:
                return up
        return None

    # -- negation, tense, voice

    def _negated(self, aux: list[int]) -> bool:
        s = self.s
        negators = [c for c in s.children[self.token] if s.words[c].lower() in _NEGATORS]
        if any(s.words[c].lower() in ("neither", "nor") for c in negators) or len(negators) % 2:
            return True
        if any(
            s.words[c].lower() == "longer" and s.words[c - 1].lower() == "no"
            for c in s.children[self.token]
            if c
        ):
            return True
        return any(
            s.words[c].lower() in ("no", "neither", "nobody", "none", "nothing")
            for role in ("subject", "object")
            for phrase in self.roles.get(role, ())
            if s.heads[phrase.head] == self.token
            for c in (*s.children[phrase.head], phrase.head)
        )

    def _joined_by_or(self) -> bool:
        return any(
            self.s.words[c].lower() in ("or", "nor") for c in self.s.children[self.s.heads[self.token]]
        )

    def _is_passive(self, aux: list[int]) -> bool:
        s, token = self.s, self.token
        if any(s.deps[t] == "auxpass" for t in aux) or self.tree.children(token, "nsubjpass", "agent"):
            return True
        reduced = s.tags[token] == "VBN" and s.deps[token] in ("acl", "advcl", "amod") and not aux
        return reduced

    def _modal(self, aux: list[int]) -> str | None:
        s = self.s
        modal = next((s.lemmas[t] for t in aux if s.tags[t] == "MD"), None)
        return {"'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(modal or "", modal)

    def _tense(self, aux: list[int]) -> str:
        s = self.s
        if any(s.words[t].lower() == "to" for t in aux):
            return "infinitive"
        tags = [s.tags[t] for t in aux if s.tags[t] != "MD"] + [s.tags[self.token]]
        if self._modal(aux) in ("will", "shall"):
            return "future"
        return next((_TENSES[tag] for tag in tags if tag in _TENSES), "none")


class _Noun:
    """Builds the clause of a nominal act: 'the attack on X by Y', 'launched an offensive', 'talks between A and B'."""

    def __init__(self, tree: Tree, token: int, found: Mapping[int, Clause], vocabulary: Vocabulary) -> None:
        self.tree = tree
        self.s = tree.s
        self.token = token
        self.found = found
        self.words = vocabulary
        self.roles: dict[str, list[Phrase]] = {}

    def clause(self) -> Clause:
        s, token = self.s, self.token
        self._own_roles()
        parent = self._governor()
        above = self.found[parent] if parent is not None else None
        link = self._role_in(above) if above is not None else "root"
        carrier = self._carrier(above, link)
        if carrier is not None:
            self._borrow(carrier, link)
        negated = any(s.words[c].lower() == "no" and s.deps[c] == "det" for c in s.children[token])
        clause = Clause(
            index=token,
            lemma=s.lemmas[token],
            form="noun",
            roles={role: tuple(phrases) for role, phrases in self.roles.items()},
            parent=parent,
            link=link,
            negated=negated,
            tense="nominal",
            start=self.tree.left[token],
            end=self.tree.right[token],
        )
        if carrier is None:
            return clause
        return replace(
            clause,
            light=carrier.index,
            parent=carrier.parent,
            link=carrier.link,
            mark=carrier.mark,
            negated=negated or carrier.negated,
            tense=carrier.tense,
            modal=carrier.modal,
            perfect=carrier.perfect,
        )

    def _own_roles(self) -> None:
        tree, s, token = self.tree, self.s, self.token
        patient = s.lemmas[token] in self.words.patients
        for child in s.children[token]:
            dep = s.deps[child]
            if dep == "poss" and s.words[child].lower() != "whose":
                self._add("object" if patient else "subject", tree.phrases(child))
            elif dep in ("compound", "amod", "nmod", "npadvmod"):
                self._add("modifier", (tree.phrase(child),))
        for name, noun in tree.prepositional(token):
            self._add("subject" if name == "by" else name, tree.phrases(noun))
        if "of" in self.roles:
            agent = self.roles["of"] if "subject" not in self.roles and s.lemmas[token] in _AGENT_OF else None
            self._add("subject" if agent else "object", self.roles["of"])

    def _add(self, role: str, phrases: Iterable[Phrase]) -> None:
        known = self.roles.setdefault(role, [])
        known.extend(phrase for phrase in phrases if phrase not in known)

    def _governor(self) -> int | None:
        up = self.token
        for _ in range(len(self.s.words)):
            if self.s.heads[up] == up:
                return None
            up = self.s.heads[up]
            if up in self.found and self.found[up].form != "noun":
                return up
        return None

    def _role_in(self, above: Clause) -> str:
        for role, phrases in above.roles.items():
            if any(phrase.head == self.token for phrase in phrases):
                return role
        inside = next(
            (role for role, ps in above.roles.items() for p in ps if p.start <= self.token < p.end), None
        )
        return f"within {inside}" if inside else "adverbial"

    def _carrier(self, above: Clause | None, link: str) -> Clause | None:
        """The verb that lends its subject and tense to the act: light, or one of happening."""
        if above is None:
            return None
        light = above.lemma in self.words.lights and link in ("object", "in", "into", "to", "under", "on")
        if (
            light
            and link in ("object", "to", "into", "in", "under", "on")
            and (link == "object" or "object" not in above.roles)
        ):
            return above
        happens = above.lemma in self.words.happenings and link in ("subject", "object")
        named = above.lemma == "be" and link == "predicate"
        return above if happens or named else None

    def _borrow(self, carrier: Clause, link: str) -> None:
        if link != "subject" and "subject" not in self.roles:
            self._add("subject", carrier.roles.get("subject", ()))
        for role, phrases in carrier.roles.items():
            if role in PREPOSITIONS and role != link and role not in self.roles:
                self._add(role, phrases)
        for role in ("to", "indirect"):
            if role in carrier.roles and role not in self.roles:
                self._add(role, carrier.roles[role])


_CHILD_ROLES = {
    "nsubj": "subject", "csubj": "subject", "nsubjpass": "object", "csubjpass": "object", "dobj": "object",
    "obj": "object", "dative": "to", "iobj": "to", "attr": "predicate", "acomp": "predicate", "oprd": "predicate",
    "npadvmod": "time", "tmod": "time",
}  # fmt: skip
_LINKS = {
    "ccomp": "complement", "xcomp": "complement", "conj": "conjunct", "relcl": "relative", "acl": "modifier",
    "amod": "modifier", "csubj": "subject", "csubjpass": "subject", "dobj": "object", "nsubj": "subject",
    "pobj": "adverbial", "intj": "root", "oprd": "complement", "acomp": "complement", "attr": "complement",
}  # fmt: skip
_TENSES = {
    "VBD": "past",
    "VBZ": "present",
    "VBP": "present",
    "VB": "infinitive",
    "VBG": "participle",
    "VBN": "past",
}
_ADVERB_PARTICLES = frozenset(
    "back out off away up down together apart forward aside over ahead home".split()
)
_CALL_LEMMAS = frozenset("call appeal press prevail plead demand ask urge lean".split())
_DOUBLE = frozenset({"out", "off", "ahead"})
_ASKING = frozenset({"ask", "know", "wonder", "see", "clear", "unclear", "sure", "certain", "uncertain", "doubt", "unknown"})
_LENT = frozenset({"between", "with", "among", "over", "on", "against"})
_GIVING = frozenset({"give", "grant", "allow", "offer"})
_AGENT_OF = frozenset(
    "withdrawal retreat pullout pullback departure exit return refusal visit arrival resignation deployment "
    "participation offer decision advance".split()
)
