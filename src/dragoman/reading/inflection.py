"""How a verb is inflected: negation, tense, modal, voice."""

from __future__ import annotations

from dragoman.reading.roles import Roles

_NEGATORS = frozenset({"not", "n't", "never", "nor", "neither"})
_TENSES = {
    "VBD": "past",
    "VBZ": "present",
    "VBP": "present",
    "VB": "infinitive",
    "VBG": "participle",
    "VBN": "past",
}
_STATIVE = frozenset({"oppose"})  # 'is opposed to' says what its subject thinks


class Inflected(Roles):
    """Reads negation, tense and voice of one predicate."""

    def _negated(self, aux: list[int]) -> bool:
        s = self.s
        instead = {self.tree.left[c] - 1 for c in self.tree.children(self.token, "dobj") if self.tree.ruled_out(c)}
        negators = [c for c in s.children[self.token] if s.words[c].lower() in _NEGATORS and c not in instead]
        if any(s.words[c].lower() in ("neither", "nor") for c in negators) or len(negators) % 2:
            return True
        if any(s.words[c].lower() == "longer" and s.words[c - 1].lower() == "no" for c in s.children[self.token] if c):
            return True
        return any(
            self._denies(c)
            for role in ("subject", "object")
            for phrase in self.roles.get(role, ())
            if s.heads[phrase.head] == self.token
            for c in (
                *s.children[phrase.head],
                *(g for d in s.children[phrase.head] for g in s.children[d]),
                phrase.head,
            )
            if c == phrase.head
            or s.heads[c] == phrase.head
            or s.words[s.heads[c]].lower() in ("more", "single", "longer", "one")
        )

    def _denies(self, word: int) -> bool:
        """Return whether a word says that there is nobody or nothing; 'no fewer than 41' says that there are many."""
        words = [w.lower() for w in self.s.words[word : word + 3]]
        if words[0] == "not":  # 'not a single rebel', 'not one rebel', and not 'not one but two rebels'
            return words[1:] == ["a", "single"] or (words[1:2] == ["one"] and words[2:] not in (["but"], [","]))
        return words[0] in ("neither", "nobody", "none", "nothing") or (
            words[0] == "no" and words[1:2] not in (["fewer"], ["less"])
        )

    def _joined_by_or(self) -> bool:
        return any(self.s.words[c].lower() in ("or", "nor") for c in self.s.children[self.s.heads[self.token]])

    def _is_passive(self, aux: list[int]) -> bool:
        s, token = self.s, self.token
        if s.lemmas[token] in _STATIVE and not self.tree.children(token, "agent"):
            return False
        if any(s.deps[t] == "auxpass" for t in aux) or self.tree.children(token, "nsubjpass", "agent"):
            return True
        bare = s.tags[token] == "VBD" and s.deps[token] == "acl" and not self.tree.children(token, "nsubj", "dobj")
        if bare:
            return True  # 'a truce agreed between X and Y'
        if s.tags[token] != "VBN" or aux:
            return False
        return s.deps[token] in ("acl", "advcl", "amod") or self._joins_passive()

    def _joins_passive(self) -> bool:
        """Return whether a participle shares the 'was' of the verb before it: 'was identified and arrested'."""
        s, up = self.s, self.token
        while s.deps[up] == "conj" and s.heads[up] != up:
            up = s.heads[up]
            if any(s.deps[t] == "auxpass" for t in s.children[up]):
                return True
        return False

    def _modal(self, aux: list[int]) -> str | None:
        s = self.s
        if s.deps[self.token] == "bid":
            return "bid"
        modal = next((s.lemmas[t] for t in aux if s.tags[t] == "MD"), None)
        return {"'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(modal or "", modal)

    def _tense(self, aux: list[int]) -> str:
        s = self.s
        if any(s.lemmas[t].lower() == "to" for t in aux):  # the 'to' of a heading's plan is read as 'will'
            return "infinitive"
        tags = [s.tags[t] for t in aux if s.tags[t] != "MD"] + [s.tags[self.token]]
        if self._modal(aux) in ("will", "shall"):
            return "future"
        return next((_TENSES[tag] for tag in tags if tag in _TENSES), "none")
