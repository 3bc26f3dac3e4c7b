"""What the builders of verb and noun clauses share: the sentence, the clauses above, and the roles as they fill."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Clause, Phrase
from dragoman.reading.tree import Tree, Vocabulary

_STARTING = frozenset({"start", "begin", "resume", "proceed"})
SPEECH_ASIDE = frozenset({"say", "report", "add", "tell", "claim", "quote", "write", "announce", "warn", "note"})


class Roles:
    """The roles of one predicate while its clause is built; ``found`` holds the clauses of the sentence so far."""

    def __init__(self, tree: Tree, token: int, found: dict[int, Clause], vocabulary: Vocabulary) -> None:
        self.tree = tree
        self.s = tree.s
        self.token = token
        self.found = found
        self.words = vocabulary
        self.roles: dict[str, list[Phrase]] = {}

    def _add(self, role: str, phrases: Iterable[Phrase]) -> None:
        known = self.roles.setdefault(role, [])
        known.extend(phrase for phrase in phrases if phrase not in known)

    def _modal_above(self, link: str | None, parent: int | None) -> str | None:
        """Return the modal that a verb has from the one above: 'will start withdrawing', 'is to withdraw', 'are due to sign'."""
        above = self.found.get(parent) if parent is not None and link == "complement" else None
        if above is None or above.negated or self.s.tags[self.token] not in ("VB", "VBG"):
            return None
        if above.lemma in _STARTING:
            return above.modal
        if self.s.tags[self.token] == "VBG" or above.tense != "present" or above.perfect or above.modal is not None:
            return None
        bare = above.lemma == "be" and not above.roles.get("predicate") and above.form == "verb"
        return "will" if bare else None
