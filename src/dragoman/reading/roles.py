"""What the builders of verb and noun clauses share: the sentence, the clauses above, and the roles as they fill."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Clause, Phrase
from dragoman.reading.tree import Tree, Vocabulary


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
