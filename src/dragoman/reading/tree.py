"""A sentence's tree and the walks that clauses and actors need. Only this, mending, verbs and nouns know labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.model import Phrase
from dragoman.reading.parse import Sentence
from dragoman.rulebook.codes import ROLES

_DEEMING = frozenset({"make", "find", "consider", "think", "deem", "leave"})
SAME = {
    "upon": "on",
    "round": "around",
    "onto": "on",
    "towards": "toward",
    "till": "until",
    "amongst": "among",
    "amidst": "amid",
}
_FIRSTS = frozenset({"first", "last", "latest", "only", "second", "third"})
_AS_VERB_PREPOSITIONS = frozenset({"including", "following", "regarding", "concerning"})
_BESIDES = frozenset({"only", "just", "merely", "simply", "alone", "least"})  # 'not only X but Y'
_DOUBLE = frozenset({"out", "off", "ahead"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that make a noun a nominal act, a verb light, and an adjective a predicate of its own."""

    nouns: frozenset[str]
    lights: frozenset[str]
    happenings: frozenset[str]
    patients: frozenset[str]


class Tree:
    """A mended sentence with the edges of each token's subtree and the walks that clauses need."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        heads = sentence.heads
        size = len(heads)
        left, right, depth = list(range(size)), list(range(1, size + 1)), [0] * size
        for token, up in enumerate(heads):
            below, seen = token, 0
            while up != below and seen < size:
                seen += 1
                if token < left[up]:
                    left[up] = token
                if token >= right[up]:
                    right[up] = token + 1
                below, up = up, heads[up]
            depth[token] = seen
        self.left, self.right, self._depth = left, right, depth
        self._breaks = self._cuts()
        self._prepositional: dict[int, tuple[tuple[str, int], ...]] = {}  # asked for again and again
        self._modifiers: dict[int, tuple[int, ...]] = {}

    def _cuts(self) -> dict[int, int]:
        """For each token with a conjunct, where its own stretch ends: before the first comma or conjunction."""
        cuts: dict[int, int] = {}
        deps = self.s.deps
        if "conj" not in deps:
            return cuts
        for token, children in enumerate(self.s.children):
            if children and any(deps[child] == "conj" for child in children):
                marks = [c for c in children if c > token and (self.s.deps[c] in ("cc", "conj", "preconj"))]
                if not marks:  # a conjunct that stands before its head
                    continue
                cut = min(self.left[c] if self.s.deps[c] == "conj" else c for c in marks)
                while cut - 1 > token and self.s.words[cut - 1] == ",":
                    cut -= 1
                cuts[token] = cut
        return cuts

    def depth(self, token: int) -> tuple[int, int]:
        return self._depth[token], token

    def children(self, token: int, *deps: str) -> list[int]:
        below = self.s.children[token]
        if not below:
            return []
        labels = self.s.deps
        return [child for child in below if labels[child] in deps]

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
            return tag == "VBN" and bool(self.children(token, "npadvmod", "compound", "amod", "nmod", "nsubj"))
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
            elif self.s.deps[child] == "appos" and self.s.tags[head] not in ("NNS", "NNPS"):
                found.extend(self._listed(child))
        return sorted(found)

    def _listed(self, beside: int) -> list[int]:
        """Return the names that go on after an apposition: C of 'the minister, A, his colleague, B, and C'."""
        further = [c for c in self.children(beside, "conj") if self.s.tags[c] == "NNP" and not self.is_predicate(c)]
        inner = [c for c in self.appositives(beside) if self.s.tags[c][:1] == "N"]
        rest = [name for c in inner for name in self._listed(c)]
        return [*further, *rest, *(inner if rest else [])]

    def joined_by(self, token: int) -> str | None:
        """Return the 'and' or 'or' that joins a token to what stands before it."""
        first = self.s.heads[token]
        links = (t for t in self.children(first, "cc") if first < t < token)
        return next((self.s.words[t].lower() for t in reversed(list(links))), None)

    def phrases(self, head: int, *, before: int | None = None) -> tuple[Phrase, ...]:
        joined = self.conjuncts(head)
        if len(joined) > 1 and self.ruled_out(head):
            joined.remove(head)
        return tuple(self.phrase(item, before=before) for item in joined)

    def ruled_out(self, head: int) -> bool:
        """Return whether another is named in a noun's stead: X of 'not X but Y'; 'not only X but Y' names both."""
        ahead = [word.lower() for word in self.s.words[max(0, self.left[head] - 1) : head]]
        return "not" in ahead and not _BESIDES & set(ahead) and self._joined_by_but(head)

    def _joined_by_but(self, head: int) -> bool:
        return any(self.s.words[child].lower() == "but" for child in self.children(head, "cc"))

    def prepositional(self, head: int) -> tuple[tuple[str, int], ...]:
        """Return (preposition, object token) for what hangs on a token by a preposition, chains included."""
        found = self._prepositional.get(head)
        if found is None:
            below = self.s.children[head]
            found = self._prepositional[head] = tuple(self._hanging(head)) if below else ()
        return found

    def _hanging(self, head: int) -> Iterator[tuple[str, int]]:
        for prep in self.children(head, "prep", "agent", "dative", "prt"):
            name = SAME.get(self.s.words[prep].lower(), self.s.words[prep].lower())
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
                inner = SAME.get(self.s.words[child].lower(), self.s.words[child].lower())
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

    def modifiers(self, head: int) -> tuple[int, ...]:
        """Return the words before a noun that qualify it (compounds, adjectives, and theirs), nearest first."""
        known = self._modifiers.get(head)
        if known is not None:
            return known
        found: list[int] = []
        for child in self.children(head, "compound", "amod", "nmod", "npadvmod"):
            if child < head:
                found.append(child)
                if self.s.tags[child] not in ("VBN", "VBG"):
                    found.extend(self.modifiers(child))
        self._modifiers[head] = known = tuple(sorted(found, reverse=True))
        return known

    def possessor(self, head: int) -> int | None:
        """Return the possessor of a noun: 'Haftar' of 'Haftar's demands', 'his' of 'his push'."""
        deps = self.s.deps
        return next((child for child in self.s.children[head] if deps[child] == "poss"), None)

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
        deps = self.s.deps
        return [child for child in self.s.children[head] if deps[child] == "appos" and not self.is_predicate(child)]

    def subject_of(self, token: int) -> bool:
        """Return whether the noun phrase of a token stands as a subject."""
        return self.s.deps[token] in ("nsubj", "nsubjpass")

    def adverbs(self, token: int) -> frozenset[str]:
        """Return the adverbs that stand with a word, lower case."""
        return frozenset(self.s.words[c].lower() for c in self.children(token, "advmod", "npadvmod"))

    def tells_a_deed(self, token: int) -> bool:
        """Return whether an infinitive tells what its noun did: 'the first minister to visit Rohan'."""
        noun = self.s.heads[token]
        return self.s.tags[noun][:2] == "NN" and any(self.s.lemmas[t].lower() in _FIRSTS for t in self.s.children[noun])

    def governor(self, token: int) -> str:
        """Return the dictionary form of the word that a word hangs on."""
        return self.s.lemmas[self.s.heads[token]]

    def is_main_subject(self, token: int) -> bool:
        """Return whether a noun is the subject of the sentence's main verb."""
        head = self.s.heads[token]
        return self.subject_of(token) and self.s.heads[head] == head

    def owner_ahead(self, token: int) -> int | None:
        """Return the subject that a possessive of the clause before it means: 'Since launching its raid, X has fled'."""
        if self.s.tags[token] != "PRP$":
            return None
        up = self.s.heads[token]
        while self.s.tags[up] != "VBG" and self.s.heads[up] != up:
            up = self.s.heads[up]
        if self.s.tags[up] != "VBG" or self.s.deps[up] not in ("pcomp", "advcl") or self.children(up, "nsubj"):
            return None
        verb = self.s.heads[self.s.heads[up]] if self.s.deps[up] == "pcomp" else self.s.heads[up]
        subjects = self.children(verb, "nsubj", "nsubjpass") if self.s.tags[verb][:2] == "VB" and verb > up else []
        return next((t for t in subjects if t > token and self.s.tags[t] != "PRP"), None)

    def first_joined(self, token: int) -> int:
        """Return the first of the nouns that a noun is joined to by 'and' or a comma."""
        heads = self.s.heads
        while self.s.deps[token] == "conj" and heads[token] != token and not self.is_predicate(heads[token]):
            token = heads[token]
        return token

    def object_of(self, token: int) -> bool:
        """Return whether the noun phrase of a token stands as an object."""
        return self.s.deps[token] in ("dobj", "dative")

    def done_to(self, token: int) -> str | None:
        """Return the verb whose bare object a word is: 'rescue' of 'rescued 58'."""
        bare = self.s.deps[token] in ("dobj", "nsubjpass") and not self.s.children[token]
        return self.s.lemmas[self.s.heads[token]] if bare else None

    def is_expletive(self, token: int) -> bool:
        """Return whether an 'it' only stands for the clause that follows ('it was learnt that …')."""
        head = self.s.heads[token]
        if self.s.tags[head] == "JJ" and head == token + 1 and self.s.lemmas[token - 1] in _DEEMING and token:
            return True  # 'made it clear that'
        below = [self.s.deps[c] for c in self.s.children[head] if c > token]
        copular = self.s.lemmas[head] in ("be", "seem", "appear") or self.s.deps[token] == "nsubjpass"
        return copular and any(dep in ("ccomp", "csubj", "xcomp", "advcl") for dep in below)

    def determiner(self, head: int) -> str | None:
        """Return the article or quantity before a noun, lower case: the, a, two, both, some, many."""
        deps = self.s.deps
        first = next((c for c in self.s.children[head] if deps[c] in ("det", "predet", "nummod")), None)
        return self.s.words[first].lower() if first is not None else None

    def counted(self, head: int) -> list[str]:
        """Return all determiners, quantities and adjectives before a noun, lower case."""
        return [
            self.s.words[c].lower()
            for c in self.s.children[head]
            if c < head and self.s.deps[c] in ("det", "predet", "nummod", "amod", "compound")
        ]

    def words_of(self, phrase: Phrase) -> frozenset[str]:
        """Return the dictionary forms that a test on a role looks at: head, modifiers, what follows 'of', and these in pairs.

        The pairs are modifier and head ('house arrest') and what 'of' joins ('exchange of fire').
        """
        return frozenset(self._content(phrase.head, 0))

    def _content(self, head: int, level: int) -> Iterator[str]:
        s = self.s
        word = s.lemmas[head].lower()
        yield word
        yield from self._hyphenated(head)
        for child in s.children[head]:
            dep = s.deps[child]
            if dep in ("compound", "amod", "nmod"):
                inner = s.lemmas[child].lower()
                yield inner
                yield f"{inner} {word}"
                yield from self._hyphenated(child)
            elif dep in ("dobj", "pobj") and s.tags[head].startswith("VB"):
                yield from self._content(child, level + 1)
            elif dep == "prep" and s.words[child].lower() == "of" and level < 3:
                for noun in self.children(child, "pobj"):
                    yield f"{word} of {s.lemmas[noun].lower()}"
                    yield from self._content(noun, level + 1)

    def _hyphenated(self, token: int) -> Iterator[str]:
        """A word with the one before its hyphen: the 'power-sharing' of 'a power-sharing deal', a 'pull-out'."""
        words = self.s.words
        if token > 1 and words[token - 1] == "-" and words[token - 2].isalpha():
            yield f"{self.s.lemmas[token - 2].lower()}-{words[token].lower()}"

    def governing_preposition(self, token: int) -> str | None:
        """Return the preposition that a noun stands under, lower case, or None."""
        up = self.s.heads[token]
        while self.s.deps[token] == "conj" and up != token:
            token, up = up, self.s.heads[up]
        return self.s.words[up].lower() if self.s.deps[token] == "pobj" else None
