"""Asks a board what the hand-made truth of a day says, kind by kind, and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.board.conflicts import Conflict
from dragoman.board.types import Backing, Board, Body, Breach, Due, Entry, Menace, Round, Stance, Truce
from dragoman.model import When

Said = Mapping[str, Any]


class Judge:
    """Asks a board what the truth of a day says, and counts."""

    def __init__(self, conflict: Conflict, sides: Mapping[str, Sequence[str]], texts: Mapping[str, str]) -> None:
        self._conflict, self._sides, self._texts = conflict, sides, texts
        self.held: list[tuple[str, bool, str]] = []

    def named(self, listed: Sequence[str], side: str) -> bool:
        """Return whether one of the ids is that side, or the party to which it belongs."""
        ids = self._sides.get(side, [side])
        return any(i in listed or self._conflict.party_of(i) in listed for i in ids)

    def say(self, kind: str, what: object, *, holds: bool) -> None:
        """Count a judgement."""
        self.held.append((kind, holds, str(what)))

    def day(self, found: Board, said: Said) -> None:
        """Judge all that the truth says of a day."""
        self.truce(found, said["truce"])
        for one in said.get("signatures", ()):
            self.signature(found, one)
        if said.get("signatures") == []:
            self.say("signature", found.papers, holds=not any(paper.signings for paper in found.papers))
        if "earlier_truce" in said:
            self.earlier(found, said["earlier_truce"])
        if "paper" in said:
            status = {paper.name: paper.status for paper in found.papers}
            self.say("paper", status, holds=status.get(said["paper"]["name"]) in said["paper"]["status"])
        for key, judge in self._lists().items():
            for one in said.get(key, ()):
                judge(found, one)

    def _lists(self) -> Mapping[str, Callable[[Board, Said], None]]:
        return {
            "talks": self.talks, "positions": self.position, "no_positions": self.no_position, "threats": self.threat,
            "backers": self.backer, "no_backers": self.no_backer, "violations": self.violation,
            "no_violations": self.no_violation, "planned": self.planned, "mechanisms": self.mechanism,
        }  # fmt: skip

    def truce(self, found: Board, said: Mapping[str, Any]) -> None:
        """Judge the truce of a day: the last that is not over, or the last."""
        plain = [truce for truce in found.truces if truce.scope is None]
        open_ = [truce for truce in plain if truce.status != "ended"] or plain
        truce = open_[-1] if open_ else None
        self.say("truce", ("status", truce), holds=(truce.status if truce else "none") in said["status"])
        if truce is None:
            return
        self.say("truce", ("parties", truce), holds=all(self.named(truce.parties, p) for p in said["parties"]))
        days = {"declared": truce.declared, "from": truce.from_, "until": truce.until}
        for key, when in days.items():
            if key in said:
                self.say("truce", (key, when), holds=last(when) == said[key])
        self._history(truce, said)

    def earlier(self, found: Board, said: Mapping[str, Any]) -> None:
        """Judge the truce before: its status, the day from which it was in force, and that on which it ended."""
        right = [
            truce for truce in found.truces if last(truce.from_) == said["from"] and truce.status in said["status"]
        ]
        over = [turn.day for truce in right for turn in truce.history if turn.state == "ended"]
        self.say("truce", ("earlier", right), holds=len(right) == 1 and over == [said["ended"]])

    def _history(self, truce: Truce, said: Mapping[str, Any]) -> None:
        states = [turn.state for turn in truce.history]
        if "history" in said:
            self.say("truce", ("history", states), holds=states == said["history"])
        if "ended" in said:
            over = [turn.day for turn in truce.history if turn.state == "ended"]
            self.say("truce", ("ended", over), holds=over == [said["ended"]])

    def signature(self, found: Board, said: Mapping[str, Any]) -> None:
        """Judge one cell of the table of signatures."""
        words = set(said["document"].lower().split())
        cells = [
            signing for paper in found.papers if words & set(paper.name.lower().split())
            for signing in paper.signings if self.named([signing.party], said["party"])
        ]  # fmt: skip
        right = [s for s in cells if s.status in said["status"] and ("day" not in said or within(said["day"], s.date))]
        fits = any(s.against or not said.get("against") for s in right) or ("none" in said["status"] and not cells)
        self.say("signature", (said, cells), holds=fits)

    def talks(self, found: Board, said: Mapping[str, Any]) -> None:
        """Judge one round: that it is there with its status, then its days, format, host, mediators and parties."""
        rounds = [each for track in found.tracks for each in track.rounds if is_there(each, said)]
        right = [each for each in rounds if each.status in said["status"]]
        self.say("talks", (said, rounds), holds=bool(right))
        if not right:
            return
        one = right[0]
        if "from" in said:
            self.say(
                "talks", (said, one.date), holds=(one.date.earliest, one.date.latest) == (said["from"], said["to"])
            )
        if "format" in said:
            self.say("talks", (said, one.format), holds=one.format == said["format"])
        who = {"host": (one.host or "",), "mediators": one.mediators, "parties": one.parties}
        for key in who.keys() & said.keys():
            wanted = [said[key]] if isinstance(said[key], str) else said[key]
            self.say("talks", (said, who[key]), holds=all(self.named(who[key], side) for side in wanted))

    def position(self, found: Board, said: Said) -> None:
        """Judge a position: that the party has it in that state, and what it was before."""
        of = [each for each in found.stances if self.named([each.party], said["party"])]
        right = [each for each in of if each.state in said["state"] and holds_word(said["words"], told_of(each))]
        self.say("position", (said, of), holds=bool(right))
        if "before" in said:
            held = [turn.state for each in right for turn in each.history]
            self.say("position before", (said, held), holds=said["before"] in held)

    def no_position(self, found: Board, said: Said) -> None:
        """Judge that a party has no position on something."""
        of = [each for each in found.stances if self.named([each.party], said["party"])]
        wrong = [each for each in of if holds_word([said["about"]], told_of(each))]
        self.say("no position", wrong, holds=not wrong)

    def threat(self, found: Board, said: Said) -> None:
        """Judge a threat: that it is there, then its outcome, deadline, condition and whom it is against."""
        of = [each for each in found.menaces if self.named([each.party], said["party"])]
        right = [each for each in of if holds_word(said["words"], [each.consequence, each.condition])]
        self.say("threat", (said, of), holds=bool(right))
        self.say("outcome", (said, right), holds=any(each.outcome in said["outcome"] for each in right))
        checks: dict[str, Callable[[Menace], bool]] = {
            "deadline": lambda each: last(each.deadline) == said["deadline"],
            "condition": lambda each: holds_word([said["condition"]], [each.condition]),
            "against": lambda each: self.named(each.whom, said["against"]),
        }
        for key in checks.keys() & said.keys():
            self.say("threat", (key, said, right), holds=any(checks[key](each) for each in right))

    def backer(self, found: Board, said: Said) -> None:
        """Judge that one backs another with one of the kinds of support."""
        of = self._backings(found, said)
        self.say("backer", (said, of), holds=any(each.kind in said["kinds"] for each in of))

    def no_backer(self, found: Board, said: Said) -> None:
        """Judge that one does not stand there as backing another with a kind of support."""
        wrong = [each for each in self._backings(found, said) if each.kind == said["kind"]]
        self.say("no backer", wrong, holds=not wrong)

    def _backings(self, found: Board, said: Said) -> list[Backing]:
        return [
            each for each in found.backings
            if self.named([each.backer], said["backer"]) and self.named([each.backed], said["backed"])
        ]  # fmt: skip

    def violation(self, found: Board, said: Said) -> None:
        """Judge a violation: that it is there, then who denies it and who verified it."""
        right = [each for each in found.breaches if self._is_breach(each, said)]
        self.say("violation", (said, found.breaches), holds=bool(right))
        columns: dict[str, Callable[[Breach], Sequence[str]]] = {
            "denied_by": lambda each: each.denied_by,
            "verified_by": lambda each: each.verified_by,
        }
        for key in columns.keys() & said.keys():
            lists = [columns[key](each) for each in right]
            self.say(key, (said, lists), holds=any(self._all_named(listed, said[key]) for listed in lists))

    def no_violation(self, found: Board, said: Said) -> None:
        """Judge that something does not stand there as a violation."""
        wrong = [each for each in found.breaches if self._is_breach(each, said)]
        self.say("no violation", wrong, holds=not wrong)

    def _is_breach(self, each: Breach, said: Said) -> bool:
        return (
            ("accuser" not in said or self.named(each.accusers, said["accuser"]))
            and self.named(each.accused, said["accused"])
            and holds_word(said["words"], [each.act, *self._cited(each)])
            and ("day" not in said or within(said["day"], each.date))
        )

    def _all_named(self, listed: Sequence[str], sides: Sequence[str]) -> bool:
        """Return whether a column has all these sides, and nobody where there are none."""
        return all(self.named(listed, side) for side in sides) and (bool(sides) or not listed)

    def planned(self, found: Board, said: Said) -> None:
        """Judge a line of the calendar: that it is there, and what came of it."""
        right = [each for each in found.calendar if self._is_due(each, said)]
        self.say("planned", (said, found.calendar), holds=bool(right))
        if "outcome" in said:
            self.say("planned outcome", (said, right), holds=any(each.outcome == said["outcome"] for each in right))

    def _is_due(self, each: Due, said: Said) -> bool:
        at, first, end = each.place, each.window.earliest, each.window.latest
        return (
            holds_word([said["what"]], [each.what, each.kind, *self._cited(each)])
            and ("place" not in said or at is None or at.name.lower() == said["place"].lower())
            and ("from" not in said or bool(first and end and first <= said["to"] and said["from"] <= end))
        )

    def mechanism(self, found: Board, said: Said) -> None:
        """Judge a body: that it is there with its status, then its members, whom somebody wants out, and who."""
        right = [each for each in found.bodies if holds_word(said["words"], [each.name])]
        there = [each for each in right if (each.status or "none") in said["status"]]
        self.say("mechanism", (said, found.bodies), holds=bool(there) or ("none" in said["status"] and not right))
        who: dict[str, Callable[[Body], Sequence[str]]] = {
            "members": lambda each: each.members,
            "asked_out": lambda each: each.asked_out,
            "asked_by": lambda each: each.asked_by,
        }
        for key in who.keys() & said.keys():
            lists = [who[key](each) for each in right]
            holds = any(self._all_named(listed, said[key]) for listed in lists)
            self.say("mechanism", (key, said, lists), holds=holds)

    def _cited(self, entry: Entry) -> list[str]:
        return [self._texts[each.report][each.start : each.end] for each in entry.cited]


def told_of(stance: Stance) -> list[str | None]:
    """Return the words of a position and of its turns."""
    return [stance.content, stance.condition, *(turn.text for turn in stance.history)]


def holds_word(words: Sequence[str], texts: Iterable[str | None]) -> bool:
    """Return whether one of the words stands in one of the texts."""
    return any(word.lower() in text.lower() for text in texts if text for word in words)


def last(when: When | None) -> date | None:
    """Return the last day of a time."""
    return when.latest if when is not None else None


def within(day: date, when: When) -> bool:
    """Return whether a day is one of a time's."""
    return when.earliest is not None and when.latest is not None and when.earliest <= day <= when.latest


def is_there(one: Round, said: Mapping[str, Any]) -> bool:
    """Return whether a round is at the place that the truth names, on days that can be its."""
    if one.place is None or one.place.name.lower() != said["place"].lower():
        return False
    first, end = one.date.earliest, one.date.latest
    return "from" not in said or bool(first and end and first <= said["to"] and said["from"] <= end)
