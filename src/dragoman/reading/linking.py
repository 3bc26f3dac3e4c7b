"""How a clause hangs in its sentence: its link, the clause above, the word that opens it."""

from __future__ import annotations

from dragoman.reading.roles import SPEECH_ASIDE, Roles
from dragoman.reading.tree import SAME
from dragoman.rulebook.codes import ROLES

_CONDITIONAL = frozenset({"if", "unless", "should", "had", "were", "provided", "providing", "once", "lest"})
_TEMPORAL = frozenset({"after", "before", "when", "while", "until", "till", "whenever", "as", "since"})
_LINKS = {
    "ccomp": "complement", "xcomp": "complement", "conj": "conjunct", "relcl": "relative", "acl": "modifier",
    "amod": "modifier", "csubj": "subject", "csubjpass": "subject", "dobj": "object", "nsubj": "subject",
    "pobj": "adverbial", "intj": "root", "oprd": "complement", "acomp": "complement", "attr": "complement",
    "bid": "complement",
}  # fmt: skip
_SIGNING = frozenset(
    "sign ratify initial accept reject refuse approve draft propose broker mediate negotiate violate break breach".split()
)
_SIGNED = frozenset(
    "text agreement deal accord treaty pact document truce ceasefire plan proposal draft roadmap resolution".split()
)
_ASKING = frozenset(
    {"ask", "know", "wonder", "see", "clear", "unclear", "sure", "certain", "uncertain", "doubt", "unknown"}
)


class Linking(Roles):
    """Finds the link, parent and mark of one predicate."""

    def _link(self) -> tuple[str, int | None, str | None]:
        s, token = self.s, self.token
        dep = s.deps[token]
        mark = self._mark()
        parent = self._parent()
        if dep in ("prep", "pcomp"):
            prep = s.heads[token] if dep == "pcomp" else token
            word = s.words[prep].lower()
            return SAME.get(word, word) if word in ROLES or word in SAME else "adverbial", parent, mark
        if mark == "for" and dep in ("advcl", "relcl", "acl") and parent is not None:
            return "complement", parent, mark
        if dep == "ccomp" and parent is not None and token < parent and ";" in s.words[token:parent]:
            return "conjunct", parent, mark
        if mark == "that" and dep in ("acl", "relcl") and parent is not None and not self._lacks_object():
            return "complement", parent, mark
        if dep == "advcl":
            return self._adverbial(mark), parent, mark
        if dep == "parataxis" and parent is not None and token < parent and s.lemmas[parent] in SPEECH_ASIDE:
            return "complement", parent, mark
        if dep in ("ROOT", "dep", "parataxis") or parent is None:
            if parent is None:
                return "root", parent, mark
            return ("aside" if s.lemmas[token] in SPEECH_ASIDE else "conjunct"), parent, mark
        return _LINKS.get(dep, "adverbial"), parent, mark

    def _lacks_object(self) -> bool:
        """Say whether the clause is 'a text that Torvek had signed', and not 'a proposal that the rebels sign the text'."""
        s = self.s
        on_a_document = s.lemmas[self.token] in _SIGNING and s.lemmas[s.heads[self.token]] in _SIGNED
        return on_a_document and not self.tree.children(self.token, "dobj", "nsubjpass", "csubjpass", "ccomp", "xcomp")

    def _adverbial(self, mark: str | None) -> str:
        s, token = self.s, self.token
        if mark == "if" and self._asks():
            return "complement"
        if mark in _CONDITIONAL or (mark == "as" and s.words[s.heads[token]].lower() == "long"):
            return "condition"
        if (
            mark is None
            and s.lemmas[token] in SPEECH_ASIDE
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
