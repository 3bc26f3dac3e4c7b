"""Rules over time ([[over_time]] of process.toml): what entries that follow one another come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman.rulebook import codes, keys
from dragoman.rulebook.types import OverTime, Step

KINDS: Mapping[str, frozenset[str]] = {
    "talks": frozenset({"planned", "proposed", "held", "begun", "ended", "cancelled", "postponed"}),
    "agreements": frozenset({"signed", "partly_signed", "reached", "not_signed", "not_reached", "planned"}),
    "signatures": frozenset({"signed", "accepted", "refused", "not_signed", "will_sign"}),
    "ceasefires": frozenset({
        "declared", "proposed", "agreed", "in_force", "holding", "violated", "extended", "rejected", "ended", "unknown",
    }),
    "violations": frozenset({"alleged", "verified"}),
    "claims": frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "CONSULT", "SANCTION"}),
    "marks": codes.MARKS,
}  # fmt: skip


def over_time_of(place: str, table: Mapping[str, Any], mistakes: list[str]) -> OverTime | None:
    """Return the rule of a table, or None with what is wrong with it added to the mistakes."""
    found = [*_strange(place, table)]
    mistakes += found
    if found:
        return None
    steps = tuple(
        Step(any=tuple(s["any"]), has=tuple(s.get("has", ())), after=s.get("after", 0), within=s.get("within", 0))
        for s in table["when"]
    )
    return OverTime(id=table["id"], words=table["words"], when=steps, fresh=table.get("fresh", 0))


def _strange(place: str, table: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(set(table) - keys.OVER_TIME.keys()):
        yield f"{place}: unknown key {key!r}; allowed: {', '.join(sorted(keys.OVER_TIME))}"
    steps = table.get("when")
    if not (
        isinstance(table.get("id"), str) and isinstance(table.get("words"), str) and isinstance(steps, list) and steps
    ):
        yield f"{place}: a rule over time needs id, words and when = [{{any = […]}}, …]"
        return
    for number, step in enumerate(steps):
        yield from _strange_step(place, step, follows=number > 0)


def _strange_step(place: str, step: Any, *, follows: bool) -> Iterator[str]:
    if not isinstance(step, dict) or not isinstance(step.get("any"), list) or not step["any"]:
        yield f'{place}: a step needs any = ["talks.ended", …]'
        return
    for key in sorted(set(step) - keys.STEP.keys()):
        yield f"{place}: unknown key {key!r} of a step; allowed: {', '.join(sorted(keys.STEP))}"
    for kind in step["any"]:
        head, _, state = str(kind).partition(".")
        if head != "rules" and state not in KINDS.get(head, frozenset()):
            allowed = f"{head}.{', '.join(sorted(KINDS[head]))}" if head in KINDS else f"rules.ID, {', '.join(KINDS)}"
            yield f"{place}: unknown kind {kind!r}; allowed: {allowed}"
    if follows and not (isinstance(step.get("within"), int) and step["within"] > 0):
        yield f"{place}: a step after another needs within = days"


def unknown_in(rules: Iterable[OverTime], lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield what rules name that is not there: word lists of [process], other rules."""
    listed = tuple(rules)
    known = {rule.id for rule in listed}
    for rule in listed:
        for step in rule.when:
            yield from (
                f"process.toml: {rule.id}: unknown list {name!r} of [process]" for name in step.has if name not in lists
            )
            others = (kind.removeprefix("rules.") for kind in step.any if kind.startswith("rules."))
            yield from (f"process.toml: {rule.id}: unknown rule {name!r}" for name in others if name not in known)
