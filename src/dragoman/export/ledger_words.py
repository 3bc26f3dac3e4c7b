"""Each kind of entry of a board in words: a title, and facts by name; the brief prints them, and tells what changed by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dragoman.board.types import (
    Backing,
    Board,
    Body,
    Breach,
    Cited,
    Dispute,
    Due,
    Entry,
    Menace,
    Paper,
    Round,
    Signing,
    Stance,
    Track,
    Truce,
    Turn,
    Turning,
    cited_in,
)
from dragoman.export.brief import clean, shorten
from dragoman.export.days import day_words, interval_words
from dragoman.export.records import Names, led
from dragoman.model import When

_LONGEST = 110
_QUIET = "unknown"
ASKED = {
    "polarity": "whether",
    "day": "which day",
    "place": "where",
    "number": "how many",
    "signer": "who signed",
    "perpetrator": "by whom",
}
_OPEN = {ord("["): "(", ord("]"): ")"}  # numbers in brackets are ours alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that an entry says: ``name`` tells what changed, ``lead`` goes before the value in the line."""

    name: str
    value: str
    lead: str = ""

    @property
    def words(self) -> str:
        """Return the value after its lead."""
        return f"{self.lead} {self.value}" if self.lead else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An entry in words. ``kind`` is its section's name for people, in the singular; ``who``: the parties that it is about."""

    id: str
    kind: str
    title: str
    facts: tuple[Fact, ...]
    cited: tuple[Cited, ...]
    against: tuple[Cited, ...]
    last: date | None
    who: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return 'title: fact; fact'."""
        tail = "; ".join(fact.words for fact in self.facts)
        return f"{self.title}: {tail}" if tail else self.title


class Tongue:
    """Words for entries of one board: names of parties and issues, and which of them are the conflict's own."""

    def __init__(
        self,
        names: Mapping[str, str],
        issues: Mapping[str, str] | None = None,
        parties: frozenset[str] = frozenset(),
        *,
        ids: bool = False,
    ) -> None:
        self._names = Names(names)
        self._parties = parties
        self._ids = ids
        self._issues = issues or {}

    def of(self, identity: str) -> str:
        """Return the name of a party."""
        return tame(self._names.of(identity))

    def all(self, identities: Iterable[str]) -> str:
        """Return names with commas and 'and'."""
        return tame(self._names.all(identities))

    def has(self, *identities: str) -> bool:
        """Return whether one of these is a party of the conflict; where none is known, all are."""
        return not self._parties or not self._parties.isdisjoint(identities)

    def mark(self, identity: str) -> tuple[str, ...]:
        """Return what names an entry in its line, where ids are wanted."""
        return (f"id {identity}",) if self._ids else ()

    def issue(self, identity: str) -> str:
        """Return the name of an issue; what is none of the conflict's file stands for itself."""
        return tame(self._issues.get(identity, identity))


def tame(text: str, longest: int = _LONGEST) -> str:
    """Return text of reports fit for a line: cleaned, cut, its square brackets round, so that it can cite nothing.

    >>> tame("the deal [7]\\x1b[2J")
    'the deal (7)(2J'
    """
    return shorten(clean(text).translate(_OPEN), longest)


def spaced(word: str | None) -> str:
    """Return a word of a closed list as people write it."""
    return (word or "").replace("_", " ")


def days_of(when: When | None) -> str:
    """Return days in words, or the words of the text where no day is known, or nothing."""
    if when is None:
        return ""
    ends = {"start": when.earliest, "end": when.latest}
    known = interval_words({key: day.isoformat() if day else None for key, day in ends.items()})
    return known or tame(when.phrase or "", 40)


def _facts(*found: tuple[str, str | None, str]) -> tuple[Fact, ...]:
    return tuple(Fact(name=name, value=value, lead=lead) for name, value, lead in found if value)


def _said(entry: Entry, kind: str, title: str, facts: tuple[Fact, ...], who: tuple[str, ...] = ()) -> Said:
    return Said(
        id=entry.id, kind=kind, title=title[:1].upper() + title[1:], facts=facts, cited=entry.cited,
        against=entry.against, last=entry.last, who=who,
    )  # fmt: skip


def since_when(history: Iterable[Turn], state: str) -> date | None:
    """Return the day from which the last turns have all been of that state."""
    day = None
    for turn in reversed(tuple(history)):
        if turn.state != state:
            break
        day = turn.day or day
    return day


def truce_state(truce: Truce) -> str:
    """Return the status with the day from which it has been so; an unknown one with the day and state of the last word."""
    if truce.status == _QUIET:
        last = [turn.state for turn in truce.history if turn.state != _QUIET][-1:]
        since = f" since {day_words(truce.since)}" if truce.since else ""
        return f"unknown{since}" + (f" (last word: {spaced(last[0])})" if last else "")
    since_day = since_when(truce.history, truce.status)
    return spaced(truce.status) + (f" since {day_words(since_day)}" if since_day else "")


def truce_words(truce: Truce, tongue: Tongue) -> Said:
    """Return a ceasefire: its status and since when, declared, in force, until."""
    parties = tongue.all(truce.parties)
    facts = _facts(
        ("status", truce_state(truce), ""),
        ("declared", days_of(truce.declared) or "day not said", "declared"),
        ("in force", days_of(truce.from_) or "day not said", "in force from"),
        ("until", days_of(truce.until) or "not said", "until"),
        ("scope", tame(truce.scope or ""), "scope"),
    )
    return _said(truce, "truce", f"Ceasefire of {parties}" if parties else "Ceasefire", facts)


def turning_words(turning: Turning, _: Tongue) -> Said:
    """Return what a rule over time found, and the day."""
    return _said(turning, "turning point", tame(turning.words), _facts(("day", _day(turning.day), "")))


def paper_words(paper: Paper, tongue: Tongue) -> Said:
    """Return an agreement: its status, parties, place, day and terms; who did what with it, as one fact a party."""
    kind = spaced(paper.kind)
    name = tame(paper.name, 70)
    signed = tuple(
        Fact(name=tongue.of(party), value=value, lead=f"{tongue.of(party)}:") for party, value in signatures(paper)
    )
    facts = _facts(
        ("status", spaced(paper.status), ""),
        ("parties", tongue.all(paper.parties), ""),
        ("place", tame(paper.place.name) if paper.place else "", "in"),
        ("day", days_of(paper.date), ""),
        ("terms", "; ".join(tame(term, 60) for term in paper.terms[:3]), "terms:"),
    )
    title = f"{name} ({kind})" if kind and kind not in name.lower() else name
    said = _said(paper, "agreement", title, (*facts, *signed))
    return replace(said, cited=_once(paper.cited, *(signing.cited for signing in paper.signings)))


def _once(*groups: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return the sentences of all groups once each, in order."""
    found: dict[tuple[str, int], Cited] = {}
    for cited in (cited for group in groups for cited in group):
        found.setdefault((cited.report, cited.sentence), cited)
    return tuple(found.values())


def signatures(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield each party with what it did with the paper; where reports differ, all of it."""
    for party, signings in signings_by_party(paper).items():
        yield party, " / ".join(dict.fromkeys(spaced(signing.status) for signing in signings))


def signings_by_party(paper: Paper) -> dict[str, list[Signing]]:
    """Return the signings of a paper by party, in their order."""
    found: dict[str, list[Signing]] = {}
    for signing in paper.signings:
        found.setdefault(signing.party, []).append(signing)
    return found


def round_words(talks: Round, tongue: Tongue) -> Said:
    """Return one round of talks: when, where, how it went, who mediated, who was there and who was not."""
    where = f" in {tame(talks.place.name)}" if talks.place else ""
    kind = spaced(talks.format)
    name = tame(talks.name, 60)
    title = name if not kind or kind in name.lower() else f"{kind} {name}"
    facts = _facts(
        ("status", spaced(talks.status), ""),
        ("days", days_of(talks.date), ""),
        ("host", tongue.of(talks.host) if talks.host else "", "host"),
        ("mediators", tongue.all(talks.mediators), "mediated by"),
        ("parties", tongue.all(talks.parties), "with"),
        ("declined", tongue.all(talks.declined), "declined by"),
        ("outcome", tame(talks.outcome or ""), "outcome:"),
    )
    return _said(talks, "talks", title + ("" if where.strip().lower() in title.lower() else where), facts)


def stance_words(stance: Stance, tongue: Tongue) -> Said:
    """Return where a party stands on an issue, and by which steps it came there."""
    steps = [f"{spaced(turn.state)}{f' {_short(turn.day)}' if turn.day else ''}" for turn in _steps(stance.history)]
    to = tongue.all(stance.of)
    facts = _facts(
        ("state", ", then ".join(steps[-4:]) or spaced(stance.state), ""),
        ("to", to, "to"),
        ("content", tame(stance.content), ""),
        ("condition", tame(led("if", stance.condition)), ""),
    )
    return _said(
        stance, "position", f"{tongue.of(stance.party)} on {tongue.issue(stance.issue)}", facts, (stance.party,)
    )


def _steps(history: Iterable[Turn]) -> Iterator[Turn]:
    """Yield the turns at which the state became another."""
    before = None
    for turn in history:
        if turn.state != before:
            yield turn
        before = turn.state


def menace_words(menace: Menace, tongue: Tongue) -> Said:
    """Return who threatens whom with what, on which condition, by when, and what became of it."""
    whom = tongue.all(menace.whom)
    facts = _facts(
        ("consequence", tame(menace.consequence or ""), ""),
        ("condition", tame(led("if", menace.condition)), ""),
        ("deadline", days_of(menace.deadline), "deadline"),
        ("outcome", spaced(menace.outcome), ""),
    )
    title = f"{tongue.of(menace.party)} against {whom}" if whom else tongue.of(menace.party)
    return _said(menace, "threat", title, facts, (menace.party, *menace.whom))


def backing_words(backing: Backing, tongue: Tongue) -> Said:
    """Return who backs whom with what, and who says that it is not so."""
    facts = _facts(
        ("kind", spaced(backing.kind), ""),
        ("status", "" if backing.status == "stated" else spaced(backing.status), ""),
        ("means", tame(backing.means or "", 60), ""),
        ("denied", tongue.all(backing.denied_by), "denied by"),
    )
    return _said(
        backing, "backing", f"{tongue.of(backing.backer)} → {tongue.of(backing.backed)}", facts, (backing.backed,)
    )


def breach_words(breach: Breach, tongue: Tongue) -> Said:
    """Return what somebody is said to have done against the truce: accuser, accused, denied and verified apart."""
    accused = tongue.all(breach.accused) or "nobody named"
    facts = _facts(
        ("act", tame(breach.act), ""),
        ("place", tame(breach.place.name) if breach.place else "", "in"),
        ("day", days_of(breach.date), ""),
        ("accused by", tongue.all(breach.accusers), "accused by"),
        ("denied", tongue.all(breach.denied_by) or "no", "denied:"),
        ("verified", tongue.all(breach.verified_by) or "no", "verified:"),
    )
    return _said(breach, "violation", accused, facts, breach.accused)


def body_words(body: Body, tongue: Tongue) -> Said:
    """Return a mechanism: its state, what for, who is in it, whom somebody wants in or out."""
    name = tame(body.name, 60)
    facts = _facts(
        ("status", spaced(body.status), ""),
        ("mandate", tame(body.mandate or ""), ""),
        ("members", tongue.all(body.members), "members:"),
        ("asked in", tongue.all(body.asked_in), "wanted in:"),
        ("asked out", tongue.all(body.asked_out), "wanted out:"),
        ("asked by", tongue.all(body.asked_by), "by"),
    )
    kind = spaced(body.kind)
    return _said(body, "mechanism", name if not kind or kind in name.lower() else f"{name} ({kind})", facts)


def due_words(due: Due, tongue: Tongue) -> Said:
    """Return what is due: when, where, who, and what became of it."""
    facts = _facts(
        ("days", days_of(due.window) or "day not said", ""),
        ("outcome", "passed, no report tells of it" if due.outcome == "passed" else spaced(due.outcome), ""),
        ("place", tame(due.place.name) if due.place else "", "in"),
        ("due", tongue.all(due.due), "due:"),
    )
    return _said(due, "calendar", tame(due.what, 80), facts)


def dispute_words(dispute: Dispute, tongue: Tongue) -> Said:
    """Return what reports tell in several ways, one fact a way."""
    who, _, what = dispute.about.partition(": ")
    about = f"{tongue.of(who)}: {tame(what)}" if what else tongue.of(who)
    ways = tuple(Fact(name="versions", value=_way(value, tongue)) for value, _ in dispute.versions)
    return _said(dispute, "dispute", f"{ASKED.get(dispute.kind, spaced(dispute.kind))}, {about}", ways)


def _way(value: str, tongue: Tongue) -> str:
    """Return one of the values that are told: a day in words, a party by its name, or as it stands."""
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return tongue.of(value)


def _day(day: date | None) -> str:
    return day_words(day) if day else ""


def _short(day: date) -> str:
    return day_words(day).rpartition(" ")[0]


Words = Callable[[Any, Tongue], Said]
KINDS: tuple[tuple[str, Words], ...] = (
    ("truces", truce_words),
    ("turnings", turning_words),
    ("papers", paper_words),
    ("rounds", round_words),
    ("stances", stance_words),
    ("menaces", menace_words),
    ("backings", backing_words),
    ("breaches", breach_words),
    ("bodies", body_words),
    ("calendar", due_words),
    ("disputes", dispute_words),
)


def entries_of(board: Board, kind: str) -> tuple[Entry, ...]:
    """Return the entries of a kind; 'rounds' are those of all tracks."""
    if kind == "rounds":
        return tuple(each for track in board.tracks for each in track.rounds)
    found: tuple[Entry, ...] = getattr(board, kind)
    return found


def all_said(board: Board, tongue: Tongue, report: str | None = None) -> Iterator[Said]:
    """Yield all entries of a board in words, kind by kind; with ``report`` those that have a sentence of it."""
    for kind, words in KINDS:
        for entry in entries_of(board, kind):
            if report is None or any(cited.report == report for cited in cited_in(entry)):
                yield words(entry, tongue)


def track_title(track: Track, tongue: Tongue) -> str:
    """Return whose talks a track is, with the number of its rounds."""
    number = f"{len(track.rounds)} round{'s' if len(track.rounds) != 1 else ''}"
    parties = tongue.all(track.parties)
    return f"{parties or 'Parties not said'}: {number}"
