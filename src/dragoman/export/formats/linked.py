"""Which entries belong together: those of one report (a corpus) or of one conflict (a ledger) that share a sentence or a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.export.content import Content, Entry
from dragoman.export.formats.common import entry_trace, named
from dragoman.export.formats.nations import Nation, nation_of
from dragoman.model import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The entries of one report or conflict, by kind."""

    kinds: Mapping[str, Sequence[Entry]]

    def of(self, kind: str) -> Sequence[Entry]:
        """Return the entries of a kind."""
        return self.kinds.get(kind, ())

    def with_(self, entry: Entry, kind: str) -> list[Entry]:
        """Return the entries of a kind that share a sentence or a claim with an entry."""
        return [other for other in self.of(kind) if share(entry, other)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the entries of a content: their circles, who is told of in which report, which rule gave a claim."""

    content: Content
    circles: Mapping[str, Circle]
    people: Mapping[str, Mapping[str, Entity]]
    rules: Mapping[str, str]

    def circle(self, entry: Entry) -> Circle:
        """Return the entries of an entry's report or conflict."""
        return self.circles[circle_of(entry)]

    def who(self, identity: str, entry: Entry) -> Entity | None:
        """Return who that is as the reports of an entry have it: 'the rebels' of another report are others."""
        for sentence in entry.sentences:
            found = self.people.get(sentence.report.id, {}).get(identity)
            if found is not None:
                return found
        return self.content.entities.get(identity)

    def name(self, identity: str) -> str:
        """Return the name of an entity."""
        return named(identity, self.content)

    def country(self, entry: Entry) -> Nation | None:
        """Return the country that all parties are of whose country is known; None where none is, or they are of several."""
        codes = {who.code for each in entry.form["parties"] if (who := self.who(each, entry)) is not None}
        nations = {code: nation for code in codes if (nation := nation_of(code)) is not None}
        return next(iter(nations.values())) if len(nations) == 1 else None

    def trace(self, entry: Entry) -> dict[str, Any]:
        """Return what leads an entry back to its sentence, with the rules of its claims."""
        rules = dict.fromkeys(self.rules[each] for each in entry.form.get("claims", ()) if each in self.rules)
        return {**entry_trace(entry), "rule": tuple(rules)}


def around_of(content: Content) -> Around:
    """Return what stands around the entries of a content."""
    found: dict[str, dict[str, list[Entry]]] = {}
    for entry in content.entries:
        found.setdefault(circle_of(entry), {}).setdefault(entry.kind, []).append(entry)
    return Around(
        content=content,
        circles={name: Circle(kinds=kinds) for name, kinds in found.items()},
        people={coded.report.id: {each.id: each for each in coded.entities} for coded in content.reports},
        rules={claim.id: claim.rule for coded in content.reports for claim in coded.claims},
    )


def circle_of(entry: Entry) -> str:
    """Return what an entry is looked at together with: its conflict, else its report."""
    if entry.conflict is not None:
        return f"conflict {entry.conflict}"
    return f"report {entry.sentences[0].report.id}" if entry.sentences else f"entry {entry.id}"


def share(one: Entry, other: Entry) -> bool:
    """Return whether two entries stand on a sentence or a claim in common."""
    claims = set(one.form.get("claims", ())) & set(other.form.get("claims", ()))
    return bool(claims) or not _places(one).isdisjoint(_places(other))


def _places(entry: Entry) -> frozenset[tuple[str, int, int]]:
    return frozenset((each.report.id, each.start, each.end) for each in entry.sentences)
