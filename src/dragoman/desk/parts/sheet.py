"""The page of one actor, made: who it is, which entries of boards it is in, what was decided of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain

from dragoman.board.conflicts import Conflict
from dragoman.board.types import Board, Cited, Paper, Turn
from dragoman.desk.charts.strips import Bar, Scale, scale_of
from dragoman.desk.faults import not_found
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.parts.lines import claim_words
from dragoman.desk.parts.paging import Paged, paged
from dragoman.export.brief import clean
from dragoman.export.ledger_words import KINDS, Said, Tongue, spaced, tame
from dragoman.ledger.decided import State
from dragoman.ledger.renaming import renaming
from dragoman.ledger.store import View
from dragoman.ledger.verdicts import OF_ENTITIES, Decision, DecisionKind
from dragoman.model import Claim, Kind
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Actor, Office
from dragoman.views import actors as who
from dragoman.views.listing import Seen, Telling
from dragoman.views.naming import issues_of

_WORDS = dict(KINDS)
_EVENTS = 20
_SHORT, _LONG = 6, 50
_HOLDERS = 12
_DECIDED = {
    DecisionKind.SAME_ENTITY: "one and the same", DecisionKind.OTHER_ENTITY: "not the same", DecisionKind.NOTE: "note"
}  # fmt: skip
SECTIONS: tuple[tuple[str, str, tuple[tuple[str, str | None], ...]], ...] = (
    ("backs", "Backs", (("backings", "backs"),)),
    ("backed", "Backed by", (("backings", "backed"),)),
    ("denies", "Backing denied", (("backings", "denies it"),)),
    ("threats", "Threats", (("menaces", None),)),
    ("papers", "Documents", (("papers", None),)),
    ("truces", "Ceasefires", (("truces", None),)),
    ("accused", "Accused of violations", (("breaches", "accused"),)),
    ("accuses", "Accuses of violations", (("breaches", "accuses"),)),
    ("found", "Violations denied or verified", (("breaches", "denies it"), ("breaches", "verified it"))),
    ("talks", "Talks", (("rounds", "took part"), ("rounds", "mediated"), ("rounds", "host"))),
    ("declined", "Talks declined", (("rounds", "declined"),)),
    ("asked", "Demands made of this side", (("stances", "asked of"),)),
    ("bodies", "Mechanisms", (("bodies", None),)),
    ("due", "Ahead", (("calendar", None),)),
    ("told", "Contradictions", (("disputes", None),)),
)  # fmt: skip
_MIXED = frozenset(key for key, _, kinds in SECTIONS if len(kinds) > 1 or kinds[0][1] is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry that somebody is in: as what, in words, with one of the sentences that say so."""

    conflict: str
    role: str
    said: Said
    via: str | None
    origins: int
    cited: Cited | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries of one kind that somebody is in, the newest first; ``key`` asks for all. Lines are made of those that are shown."""

    key: str
    title: str
    parts: tuple[tuple[int, who.Part], ...]
    make: Callable[[int, who.Part], Line]

    @property
    def mixed(self) -> bool:
        """Return whether somebody is in its entries as several things, so that each must say as what."""
        return self.key in _MIXED

    @property
    def count(self) -> int:
        """Return how many entries it has."""
        return len(self.parts)

    def page(self, show: str, skip: int) -> Paged[Line]:
        """Return its first lines, or a page of all where this section is asked for."""
        shown = paged(self.parts, skip, _LONG) if show == self.key else paged(self.parts, 0, _SHORT)
        lines = tuple(self.make(place, part) for place, part in shown.items)
        return Paged(items=lines, skip=shown.skip, count=shown.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One turn of a position: where it is on the strip, and its sentence."""

    turn: Turn
    state: str
    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Where somebody stands on one issue, and by which turns it came there."""

    conflict: str
    entry: str
    issue: str
    state: str
    of: str
    via: str | None
    origins: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """An office or tie with its stretch of the strip."""

    held: who.Held
    of: str
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision on who is who, or a note, with the names as they were then."""

    decision: Decision
    state: State
    words: str
    about: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event that somebody is in: what, when, told by how many origins in how many reports."""

    id: str
    claim: Claim
    words: str
    origins: int
    reports: int
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a sheet is made from: a picture, and the conflicts that are shown with their boards."""

    desk: Desk
    view: View
    picture: Picture
    shown: tuple[tuple[Conflict, Board, Picture], ...]
    roster: Mapping[str, Actor]
    listed: Sequence[Decision]
    states: Mapping[str, State]
    ids: Mapping[str, str]

    def name(self, identity: str) -> str:
        """Return the name of somebody: of reports, else of the roster, else as it was when it was decided on."""
        if identity in self.picture.names:
            return clean(self.picture.names[identity])
        if identity in self.roster:
            return self.roster[identity].name
        named = (e for d in self.listed for e in d.verdict.entities if e.id == identity)
        return next((clean(e.name) for e in named), identity)


class Sheet:
    """All that is told of one actor. Each part is made when a page asks for it."""

    def __init__(self, identity: str, around: Around, conflict: str | None) -> None:
        self.id = identity
        self.conflict = conflict
        self._around = around
        self.into = around.ids.get(identity)
        self.group = who.group_of(identity, around.ids)
        self.name = around.name(identity)
        self.seen = seen_by_id(around.picture).get(identity)
        self.actor = around.roster.get(identity)
        self.names = tuple(_called(around, identity, self.group))
        self.day = around.view.until or datetime.now(UTC).date()

    @property
    def kind(self) -> str:
        """Return what kind of actor it is."""
        kind = self.actor.kind if self.actor else self.seen.entity.kind if self.seen else Kind.OTHER
        return who.kind_words(kind)

    @property
    def known(self) -> tuple[str, ...]:
        """Return the names that only the roster has."""
        return who.other_names(self.actor, (each.name for each in self.names))

    @property
    def merged(self) -> tuple[tuple[str, str], ...]:
        """Return the other ids that are one with it, with the names that they had."""
        others = sorted(self.group - {self.id})
        had = {e.id: e.name for d in self._around.listed for e in d.verdict.entities}
        return tuple((each, clean(had.get(each, each))) for each in others)

    def name_of(self, identity: str) -> str:
        """Return the name of somebody else."""
        return self._around.name(identity)

    @property
    def into_name(self) -> str:
        """Return the name of the one that it was merged into."""
        return self._around.name(self.into or self.id)

    @property
    def sides(self) -> tuple[tuple[str, str, str], ...]:
        """Return whose it is in each conflict: the conflict's id and name, and words."""
        around = self._around
        last = around.view.until or max(self.seen.days if self.seen else (), default=None)
        listed = ((one.id, one.name, who.side_words(self.id, one, last, board.names)) for one, board, _ in around.shown)
        return tuple(each for each in listed if each[2])

    # -- offices

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """Return its offices and ties in time."""
        held = who.offices(self.actor, self.day)
        scale = self._scale(held)
        return tuple(
            Tenure(held=each, of=self._around.name(each.of), bar=scale.bar(each.start, each.end)) for each in held
        )

    @property
    def today(self) -> float:
        """Return where the day asked for is on the strip of offices."""
        return self._scale(who.offices(self.actor, self.day)).at(self.day)

    def _scale(self, held: Sequence[who.Held]) -> Scale:
        days = chain.from_iterable((each.start, each.end) for each in held)
        return scale_of(days, self.day) or Scale(first=self.day, last=self.day)

    @property
    def holders(self) -> tuple[tuple[str, str, str, date | None, date | None], ...]:
        """Return who holds an office of it, or is tied to it, on the day asked for: id, name, office and days."""
        found = _holders(self._around)
        mine = [each for each in found.get(self.id, ()) if each[1].held_on(self.day)]
        listed = [(i, self._around.name(i), spaced(o.title), o.start, o.end) for i, o in mine]
        return tuple(sorted(listed, key=lambda each: (each[2], each[1])))[:_HOLDERS]

    # -- the entries that it is in

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the entries that it is in, section by section; those without any are left out."""
        parts = self._parts()
        made = (self._section(key, title, wanted, parts) for key, title, wanted in SECTIONS)
        return tuple(each for each in made if each.parts)

    def _parts(self) -> list[tuple[int, who.Part]]:
        return [
            (place, part)
            for place, (conflict, board, picture) in enumerate(self._around.shown)
            for part in parts_of(conflict, board, picture).get(self.id, ())
        ]

    def _section(
        self, key: str, title: str, wanted: Iterable[tuple[str, str | None]], parts: Iterable[tuple[int, who.Part]]
    ) -> Section:
        kinds = tuple(wanted)
        mine = [each for each in parts if any(_is(each[1], kind, role) for kind, role in kinds)]
        mine.sort(key=lambda each: (_ordinal(each[1].entry.last), each[1].entry.id), reverse=True)
        return Section(key=key, title=title, parts=tuple(mine), make=self._line)

    def _line(self, place: int, part: who.Part) -> Line:
        conflict, board, picture = self._around.shown[place]
        cited = next(iter(who.own_sentences(part)), None)
        said = _WORDS[part.kind](part.entry, Tongue(board.names, issues_of(conflict)))
        return Line(
            conflict=conflict.id, role=_role(part, self.id), said=said,
            via=self._around.name(part.via) if part.via else None, origins=_origins(part), cited=cited,
            text=quoted(picture, cited) if cited else "",
        )  # fmt: skip

    @property
    def moves(self) -> tuple[Moves, ...]:
        """Return where it stands on each issue, with its turns; those with most turns first."""
        mine = [(place, part) for place, part in self._parts() if _is(part, "stances", "holds it")]
        turns = {id(part): who.own_turns(part) for _, part in mine}
        scale = scale_of((turn.day for each in turns.values() for turn in each), self._around.view.until)
        listed = [self._moved(place, part, turns[id(part)], scale) for place, part in mine if turns[id(part)]]
        return tuple(sorted(listed, key=lambda each: (-len(each.steps), each.issue, each.entry)))

    def _moved(self, place: int, part: who.Part, turns: Iterable[Turn], scale: Scale | None) -> Moves:
        conflict, board, picture = self._around.shown[place]
        stance, issues = part.entry, issues_of(conflict)
        tongue, issue = Tongue(board.names, issues), getattr(stance, "issue", "")
        steps = tuple(
            Step(turn=turn, state=spaced(turn.state), x=scale.at(turn.day) if scale and turn.day else 0.0,
                 text=quoted(picture, turn.cited))
            for turn in turns
        )  # fmt: skip
        return Moves(
            conflict=conflict.id, entry=stance.id,
            issue=tongue.issue(issue) if issue in issues else tame(steps[-1].turn.text or issue),
            state=steps[-1].state, of=tongue.all(getattr(stance, "of", ())),
            via=self._around.name(part.via) if part.via else None, origins=_origins(part), steps=steps,
        )  # fmt: skip

    # -- events, outlets

    def events_page(self, skip: int) -> Paged[Happened]:
        """Return a page of the events with it, the newest first."""
        picture = self._around.picture
        shown = paged(_events(picture).get(self.id, ()), skip, _EVENTS)
        items = tuple(_happened(picture.events[each], picture.names) for each in shown.items)
        return Paged(items=items, skip=shown.skip, count=shown.count)

    @property
    def outlets(self) -> tuple[tuple[str, int], ...]:
        """Return which outlets tell of it, in how many reports each, the most first."""
        return tuple(sorted(self.seen.outlets.items(), key=lambda each: (-each[1], each[0]))) if self.seen else ()

    # -- who is who

    @property
    def decisions(self) -> tuple[Decided, ...]:
        """Return what was decided of it, the newest first."""
        around = self._around
        return tuple(_decided(each, around) for each in who.of_entities(around.listed, self.group | {self.id}))

    @property
    def alike(self) -> tuple[Seen, ...]:
        """Return others whose names share a word with its name and of whom nothing was decided."""
        if self.seen is None:
            return ()
        spoken = {i for each in self.decisions if each.state == "stands" for i in each.decision.about}
        found = who.alike(self.seen, self._around.picture.once("by word", lambda picture: who.by_word(picture.seen)))
        return tuple(each for each in found if each.id not in spoken)

    def other(self, identity: str) -> tuple[str, str]:
        """Return the id and name of somebody that this may be one with; RequestError where nobody has the id."""
        around = self._around
        if identity not in around.picture.names and identity not in around.roster:
            raise not_found(identity, "actor", "choose one of the list")
        return identity, around.name(identity)


def sheet(desk: Desk, identity: str, conflict: str | None, view: View) -> Sheet:
    """Return the sheet of an actor, in one conflict or all; RequestError where nobody has the id."""
    around = _around(desk, conflict, view)
    known = identity in seen_by_id(around.picture) or identity in around.roster or identity in around.ids
    if not known:
        raise not_found(identity, "actor", "search the list of actors; as of another day it may be there")
    return Sheet(identity, around, conflict)


def _around(desk: Desk, conflict: str | None, view: View) -> Around:
    asked_for = (conflict,) if conflict is not None else tuple(desk.conflicts)
    shown = ((desk.shown(each, view), each) for each in asked_for)
    carried, listed, _ = desk.boards.decisions(view)
    picture = desk.picture(conflict, view)
    live = [each for each in listed if each.kind in OF_ENTITIES and each.withdrawn_at is None]
    return Around(
        desk=desk, view=view, picture=picture,
        shown=tuple((one.conflict, one.board, desk.picture(each, view)) for one, each in shown if one.board.reports),
        roster=load_rulebook(desk.settings.roster).roster, listed=listed, states=carried.states,
        ids=picture.once("who is who", lambda _: renaming(live).ids),
    )  # fmt: skip


# -- what is looked up in pictures


def seen_by_id(picture: Picture) -> Mapping[str, Seen]:
    """Return who is told of by id."""
    return picture.once("seen by id", lambda made: {each.id: each for each in made.seen})


def parts_of(conflict: Conflict, board: Board, picture: Picture) -> Mapping[str, Sequence[who.Part]]:
    """Return by id the entries of a board that somebody is in."""
    return picture.once("parts", lambda made: who.parts_in(board, conflict, made.claims))


def quoted(picture: Picture, cited: Cited) -> str:
    """Return the sentence that is cited."""
    told = picture.reports.get(cited.report)
    return told.kept.report.text[cited.start : cited.end] if told else ""


def _events(picture: Picture) -> Mapping[str, Sequence[str]]:
    return picture.once("events with", lambda made: who.events_with(made.events))


def _holders(around: Around) -> Mapping[str, Sequence[tuple[str, Office]]]:
    return around.picture.once("holders", lambda _: who.holders(around.roster))


def _called(around: Around, identity: str, group: frozenset[str]) -> Iterator[who.Called]:
    """Yield the names of somebody and of those that are one with him, as reports were read before anybody decided."""
    picture = around.picture
    mine = picture.once("reports with", lambda made: _reports_with(made)).get(around.ids.get(identity, identity), ())
    told = around.desk.boards.all_as_read(mine) if len(group) > 1 else [picture.reports[each] for each in mine]
    wanted = group if identity not in around.ids else frozenset({identity})
    yield from who.called(told, wanted)


def _reports_with(picture: Picture) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for told in picture.told:
        for entity, _ in told.entities:
            found.setdefault(entity.id, []).append(told.kept.report.id)
    return found


# -- lines


def _is(part: who.Part, kind: str, role: str | None) -> bool:
    return part.kind == kind and role in (None, part.role)


def _role(part: who.Part, identity: str) -> str:
    """Return as what somebody is in an entry; of a paper, what he did with it."""
    if isinstance(part.entry, Paper):
        of = part.via or identity
        done = dict.fromkeys(spaced(each.status) for each in part.entry.signings if each.party == of)
        return " / ".join(done) or "party, signature not told of"
    return part.role


def _origins(part: who.Part) -> int:
    """Return how many origins tell that somebody is in an entry."""
    return len({cited.origin for cited in who.own_sentences(part)})


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _happened(tellings: Sequence[Telling], names: Mapping[str, str]) -> Happened:
    kept, first = tellings[0]
    return Happened(
        id=first.claim.event_id, claim=first.claim, words=claim_words(first.claim, names),
        origins=len({each.origin for each, _ in tellings}), reports=len({each.report.id for each, _ in tellings}),
        published=kept.report.published,
    )  # fmt: skip


def _decided(decision: Decision, around: Around) -> Decided:
    had = {each.id: clean(each.name) for each in decision.verdict.entities}
    return Decided(
        decision=decision, state=around.states.get(decision.id, "without object"), words=_DECIDED[decision.kind],
        about=tuple((each, had.get(each) or around.name(each)) for each in decision.about),
    )  # fmt: skip
