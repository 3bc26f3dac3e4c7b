"""How a truce stands by all that was said of it: the last word wins, by the day on which it was so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

POSITIVE = frozenset({"agreed", "in_force", "holding", "extended"})
_IN_FORCE = frozenset({"in_force", "holding", "violated", "extended"})
_ORDER = ("unknown", "proposed", "rejected", "agreed", "violated", "in_force", "holding", "extended", "ended")
_SURE = 2  # origins that say a truce is agreed or in force, so that a call for one does not undo it
_DATED = "dated"  # a day of the truce is as good as a second origin


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What was said of a truce and when it was so; ``dated`` where a day of the truce is told, ``at`` is its place in print."""

    status: str
    day: date
    origin: str
    dated: bool
    at: int


def steps(states: Iterable[State]) -> list[State]:
    """Return each state that changed how the truce stands, in the order of the days on which it was so.

    Of one day an accusation of a breach weighs less than the word that the truce holds, and an end more than either.
    """
    found: list[State] = []
    sure: set[str] = set()
    for state in sorted(states, key=lambda s: (s.day, _ORDER.index(s.status), s.at)):
        now = found[-1].status if found else None
        if now != state.status and _counts(state.status, now, is_sure=len(sure) >= _SURE):
            found.append(state)
        if state.status in _IN_FORCE | {"agreed"}:
            sure |= {state.origin, *([_DATED] if state.dated else [])}
    return found


def _counts(status: str, now: str | None, *, is_sure: bool) -> bool:
    """Return whether a word changes how the truce stands.

    Who calls for a truce, agrees to it or refuses to sign does not undo one that is in force; who calls for one does not
    undo that it was agreed; a breach does not revive one that is over.
    """
    if now is None or status in ("ended", "holding", "extended"):
        return True
    if status == "unknown":
        return False
    if status == "proposed" and now == "agreed":
        return not is_sure
    if status in ("proposed", "agreed", "rejected"):
        return now not in _IN_FORCE | {"ended"} or (now == "in_force" and not is_sure)
    return now not in ("holding", "extended") if status == "in_force" else now != "ended"
