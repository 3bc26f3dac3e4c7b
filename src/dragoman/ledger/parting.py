"""Things that are one and things that are not: groups by links, of which the first ones count and none may join what is kept apart."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Members in groups. ``join`` and ``part`` say whether they could be carried out against what was said before."""

    def __init__(self) -> None:
        self._head: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}

    def head(self, member: str) -> str:
        """Return the member that stands for the group."""
        head = member
        while (above := self._head.get(head, head)) != head:
            head = above
        while member != head:
            self._head[member], member = head, self._head.get(member, member)
        return head

    def join(self, one: str, other: str) -> bool:
        """Make two groups one; False where they are kept apart."""
        first, second = self.head(one), self.head(other)
        if first == second:
            return True
        if second in self._apart.get(first, ()):
            return False
        self._head[second] = first
        for enemy in self._apart.pop(second, set()):
            self._apart[enemy] = (self._apart[enemy] - {second}) | {first}
            self._apart.setdefault(first, set()).add(enemy)
        return True

    def part(self, one: str, other: str) -> bool:
        """Keep two groups apart; False where they are one already."""
        first, second = self.head(one), self.head(other)
        if first == second:
            return False
        self._apart.setdefault(first, set()).add(second)
        self._apart.setdefault(second, set()).add(first)
        return True

    def groups(self, members: Iterable[str]) -> dict[str, list[str]]:
        """Return the members of each group in their order, by the first of them."""
        by_head: dict[str, list[str]] = {}
        for member in members:
            by_head.setdefault(self.head(member), []).append(member)
        return {listed[0]: listed for listed in by_head.values()}
