"""What is derived over reports: which revises which, which print one text, which claims tell of one event.

All of it looks back only: a value of a day depends on the reports up to that day. So it is computed in the order of publication, kept
in the ledger, and made anew from the first day on which something changed; a ledger that saw fewer days has the same values for them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dragoman.ledger import rows
from dragoman.ledger.acts import Act, acts_of
from dragoman.ledger.agreement import Seen, seen
from dragoman.ledger.matching import Events, fields_of_time, prepared
from dragoman.ledger.origins import Origins, Print, print_of, runs_of
from dragoman.ledger.revisions import Head, head_of, revisions
from dragoman.ledger.schema import claims, facts, reports, rules
from dragoman.ledger.schema import marks as table
from dragoman.ledger.stamps import UNSETTLED, mark_seen, restamp
from dragoman.ledger.store import KeptClaim, Ledger, Told, View, unsettled, viewed

_FORM = b"\x03"  # of what is kept in marks; another makes them anew
_FEW = 16  # reports to be placed
_SOME = 500  # reports of which not all that others have is read
_ENCODER = msgspec.json.Encoder(order="deterministic")
_WORDS = "packing1-marks.txt"
_ACTS = msgspec.json.Decoder(tuple[Act, ...])
_PACKED = msgspec.msgpack.Decoder(tuple[Print, bytes])
_LIGHT = [column for column in reports.c if column.name not in ("text", "said")]


class Marks(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """What a report is compared by, kept with it: its text's print and the acts that it tells of."""

    text: Print
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A report as it is settled: what tells of its revisions, and what it is compared by."""

    head: Head
    marks: Marks

    @property
    def id(self) -> str:
        """Return the report's id."""
        return self.head.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Derived values. ``revises``: a report -> what it revises; ``origin``: a report -> the first print of its text, where that is
    another; ``told``: a claim -> the claim that tells of its event first, where that is another.
    """

    revises: Mapping[str, str]
    origin: Mapping[str, str]
    told: Mapping[str, str]


def settle(ledger: Ledger) -> bool:
    """Make derived values anew from the first unsettled day on, in one transaction; False where all is settled.

    Who only reads a settled ledger waits for no writer, and need not be allowed to write.
    """
    with ledger.reading() as connection:
        if unsettled(connection) is None:
            return False
    with ledger.writing() as connection:
        first = unsettled(connection)
        if first is None:
            return False
        _settle(connection, date.fromisoformat(first))
        connection.execute(delete(facts).where(facts.c.key == UNSETTLED))
    return True


def derived(ledger: Ledger, view: View | None = None) -> Derived:
    """Return the derived values of the reports of a view, as a ledger that has nothing else would have them."""
    with ledger.reading() as connection:
        papers = list(_papers(connection, connection.execute(viewed(select(*_LIGHT), view or View())).mappings().all()))
        return derive((), papers, _texts(connection), Derived(revises={}, origin={}, told={}))


def derived_by(ledger: Ledger, view: View) -> Derived:
    """Return what ``derived`` does, from what the ledger keeps as far as it holds: to the first day of which a report is lacking."""
    with ledger.reading() as connection:
        listed = connection.execute(viewed(select(*_LIGHT), view)).mappings().all()
        first = _first_missing(connection, {row["id"] for row in listed})
        kept = [row for row in listed if (row["published"] or date.min) < first]
        known = _kept(connection, kept)
        if len(kept) == len(listed):
            return known
        ids = {row["id"] for row in kept}
        papers = list(_papers(connection, listed))
        before, new = ([each for each in papers if (each.id in ids) is there] for there in (True, False))
        found = derive(before, new, _texts(connection), known)
    return Derived(
        revises={**known.revises, **found.revises}, origin={**known.origin, **found.origin},
        told={**known.told, **found.told},
    )  # fmt: skip


def _first_missing(connection: Connection, ids: Collection[str]) -> date:
    """Return the first day of which a report is not among these, or is not settled: up to it what the ledger keeps holds for them."""
    every = connection.execute(select(reports.c.id, reports.c.published))
    missing = min((row.published or date.min for row in every if row.id not in ids), default=date.max)
    open_from = unsettled(connection)
    return min(missing, date.fromisoformat(open_from)) if open_from is not None else missing


def _kept(connection: Connection, listed: Sequence[Any]) -> Derived:
    """Return the derived values that the ledger keeps of some reports."""
    numbers = {row["no"] for row in listed}
    stated = connection.execute(select(claims.c.id, claims.c.report, claims.c.told).where(claims.c.told.is_not(None)))
    return Derived(
        revises={row["id"]: row["revises"] for row in listed if row["revises"]},
        origin={row["id"]: row["origin"] for row in listed if row["origin"]},
        told={row.id: row.told for row in stated if row.report in numbers},
    )


def acts_in(ledger: Ledger, view: View | None = None) -> list[Seen]:
    """Return the acts that the reports of a view tell of, in the order in which they are settled, as ``reasons.why`` takes them."""
    with ledger.reading() as connection:
        listed = connection.execute(viewed(select(*_LIGHT), view or View())).mappings().all()
        papers = list(_papers(connection, listed))
    revises = {row["id"]: row["revises"] for row in listed if row["revises"]}
    of = {row["id"]: row["origin"] or row["id"] for row in listed}
    return [
        _seen(paper, act, frozenset({of[paper.id], _root(paper.id, revises)}))
        for paper in _in_order(papers)
        for act in paper.marks.acts
    ]


def with_derived(told: Iterable[Told], values: Derived) -> Iterator[Told]:
    """Yield reports with these derived values in place of those that the ledger keeps."""
    for each in told:
        identity, kept = each.kept.report.id, each.kept
        revises, origin = values.revises.get(identity), values.origin.get(identity, identity)
        if (revises, origin) != (kept.revises, kept.origin):
            kept = replace(kept, revises=revises, origin=origin)
        stated = tuple(_of_event(one, values.told.get(one.claim.id, one.claim.id)) for one in each.claims)
        same = kept is each.kept and all(one is other for one, other in zip(stated, each.claims, strict=True))
        yield each if same else replace(each, kept=kept, claims=stated)


def _of_event(kept: KeptClaim, event: str) -> KeptClaim:
    return kept if kept.claim.event_id == event else replace(kept, claim=replace(kept.claim, event_id=event))


def derive(
    before: Sequence[Paper], new: Sequence[Paper], runs: Callable[[str], frozenset[str]], known: Derived
) -> Derived:
    """Return the derived values of the new reports; of those published before, all of earlier days, they are known.

    ``runs`` gives the runs of words of a report by its id.
    """
    revises = revisions(paper.head for paper in (*before, *new))
    wanted = {
        key for paper in new for act in paper.marks.acts for key in fields_of_time(_seen(paper, act, frozenset()))
    }
    state = _State(origins=Origins(runs=runs, few=len(new) < _FEW), revises=revises, wanted=wanted)
    for paper in _in_order(before):
        state.put(paper, known)
    origin: dict[str, str] = {}
    told: dict[str, str] = {}
    for paper in _in_order(new):
        of_text, events = state.place(paper)
        origin |= {paper.id: of_text} if of_text != paper.id else {}
        told |= events
    ids = {paper.id for paper in new}
    return Derived(revises={i: other for i, other in revises.items() if i in ids}, origin=origin, told=told)


@dataclass(slots=True)
class _State:
    """The reports taken in so far. ``wanted``: what the acts to come may be compared by."""

    origins: Origins
    revises: Mapping[str, str]
    wanted: set[tuple[object, ...]]
    events: Events = field(default_factory=Events)
    of: dict[str, str] = field(default_factory=dict)

    def put(self, paper: Paper, known: Derived) -> None:
        """Take in a report whose values are known."""
        self.of[paper.id] = known.origin.get(paper.id, paper.id)
        self.origins.put(paper.id, paper.marks.text, self.of[paper.id])
        texts = self._texts(paper)
        for act in paper.marks.acts:
            one = _seen(paper, act, texts)
            asked_for = not self.wanted.isdisjoint(fields_of_time(one))
            self.events.put(one, known.told.get(act.id, act.id), asked_for=asked_for)

    def place(self, paper: Paper) -> tuple[str, dict[str, str]]:
        """Take in a report and return its origin, and the event of each of its claims that does not lead one."""
        former = self.of.get(self.revises.get(paper.id, ""))
        if former is None:
            self.of[paper.id] = self.origins.place(paper.id, paper.marks.text)
        else:  # an update is of the hand that wrote what it revises, however much it changed
            self.of[paper.id] = former
            self.origins.put(paper.id, paper.marks.text, former)
        texts = self._texts(paper)
        events: dict[str, str] = {}
        for act in paper.marks.acts:
            event = self.events.place(_seen(paper, act, texts))
            events |= {claim: event for claim in act.claims if claim != event}
        return self.of[paper.id], events

    def _texts(self, paper: Paper) -> frozenset[str]:
        return frozenset({self.of[paper.id], _root(paper.id, self.revises)})


def _root(identity: str, revises: Mapping[str, str]) -> str:
    while identity in revises:
        identity = revises[identity]
    return identity


def _seen(paper: Paper, act: Act, texts: frozenset[str]) -> Seen:
    return seen(act, paper.id, paper.head.day, texts)


def _in_order(papers: Iterable[Paper]) -> list[Paper]:
    return sorted(papers, key=lambda paper: paper.head.order)


# -- with the database


def _settle(connection: Connection, first: date) -> None:
    listed = connection.execute(select(*_LIGHT)).mappings().all()
    papers = list(_papers(connection, listed, keep=True))
    new = [paper for paper in papers if (paper.head.day or date.min) >= first]
    fresh = {paper.id for paper in new}
    stated = connection.execute(select(claims.c.id, claims.c.report, claims.c.place, claims.c.told)).all()
    known = Derived(
        revises={},
        origin={row["id"]: row["origin"] for row in listed if row["origin"]},
        told={row.id: row.told for row in stated if row.told},
    )
    found = derive([paper for paper in papers if paper.id not in fresh], new, _texts(connection), known)
    rows_of_new = [row for row in listed if row["id"] in fresh]
    numbers = {row["no"] for row in rows_of_new}
    changed = _keep_reports(connection, rows_of_new, found)
    changed |= _keep_claims(connection, [row for row in stated if row.report in numbers], found.told)
    restamp(connection, changed)
    mark_seen(connection)


def _keep_reports(connection: Connection, listed: Iterable[Any], found: Derived) -> set[int]:
    """Keep what the reports revise and whose text they print; return the numbers of those of which that changed."""
    values = [(row, found.revises.get(row["id"]), found.origin.get(row["id"])) for row in listed]
    changed = [
        {"number": row["no"], "revised": revised, "first": origin}
        for row, revised, origin in values
        if (row["revises"], row["origin"]) != (revised, origin)
    ]
    if changed:
        statement = update(reports).where(reports.c.no == bindparam("number"))
        connection.execute(statement.values(revises=bindparam("revised"), origin=bindparam("first")), changed)
    return {each["number"] for each in changed}


def _keep_claims(connection: Connection, stated: Iterable[Any], told: Mapping[str, str]) -> set[int]:
    """Keep which claims tell of which events; return the numbers of the reports in which that changed."""
    changed = [
        {"number": row.report, "at": row.place, "event_of": told.get(row.id)}
        for row in stated
        if row.told != told.get(row.id)
    ]
    if changed:
        mine = (claims.c.report == bindparam("number")) & (claims.c.place == bindparam("at"))
        connection.execute(update(claims).where(mine).values(told=bindparam("event_of")), changed)
    return {each["number"] for each in changed}


def _papers(connection: Connection, listed: Sequence[Any], *, keep: bool = False) -> Iterator[Paper]:
    """Yield reports as they are settled; what they are compared by is made where it is missing, and kept where wanted."""
    few = [row["no"] for row in listed] if len(listed) < _SOME else None
    packs, ids = select(table), select(claims.c.report, claims.c.id).order_by(claims.c.report, claims.c.place)
    if few is not None:
        packs, ids = packs.where(table.c.report.in_(few)), ids.where(claims.c.report.in_(few))
    kept = {row.report: row.packed for row in connection.execute(packs)}
    stated: dict[int, list[str]] = {}
    for report, claim in connection.execute(ids):
        stated.setdefault(report, []).append(claim)
    for row in listed:
        number, packed = row["no"], kept.get(row["no"], b"")
        marks = _unpacked(packed, stated.get(number, []))
        if marks is None:
            marks = _marks_of(connection, number)
            if keep:
                connection.execute(delete(table).where(table.c.report == number))
                connection.execute(insert(table).values(report=number, packed=_packed(marks, stated.get(number, []))))
        yield Paper(head=head_of(rows.report_of({**row, "text": ""})), marks=marks)


def _packed(marks: Marks, ids: Sequence[str]) -> bytes:
    """Return what a report is compared by, compressed; its claims by their places, for their ids are in the table of claims."""
    places = {identity: str(place) for place, identity in enumerate(ids)}
    press = zlib.compressobj(9, zdict=rows.common_words(_WORDS))
    acts = press.compress(acts_form(marks.acts, places)) + press.flush()
    return _FORM + msgspec.msgpack.encode((marks.text, acts))


def _unpacked(packed: bytes, ids: Sequence[str]) -> Marks | None:
    """Return what a report is compared by; None where that is missing, of another form, or damaged."""
    names = {str(place): identity for place, identity in enumerate(ids)}
    if not packed.startswith(_FORM):
        return None
    try:
        text, acts = _PACKED.decode(packed[len(_FORM) :])
        told = _ACTS.decode(zlib.decompressobj(zdict=rows.common_words(_WORDS)).decompress(acts))
        return Marks(text=text, acts=tuple(_renamed(act, names) for act in told))
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, KeyError):
        return None


def acts_form(acts: Iterable[Act], places: Mapping[str, str]) -> bytes:
    """Return acts as JSON, their claims by place."""
    return _ENCODER.encode([_renamed(act, places) for act in acts])


def _renamed(act: Act, names: Mapping[str, str]) -> Act:
    return msgspec.structs.replace(act, id=names[act.id], claims=tuple(names[claim] for claim in act.claims))


def _marks_of(connection: Connection, number: int) -> Marks:
    row = connection.execute(select(reports).where(reports.c.no == number)).mappings().one()
    said, report = rows.unpacked(row["said"], row["text"], row["id"]), rows.report_of(dict(row))
    mine = select(claims, rules.c.rule.label("rule_name")).join(rules, claims.c.rule == rules.c.no)
    listed = connection.execute(mine.where(claims.c.report == number).order_by(claims.c.place)).all()
    stated = [
        replace(claim, event_id=packed.event_id or claim.id)
        for each, packed in zip(listed, said.claims, strict=True)
        if each.gone is None
        for claim in [rows.claim_of(each, packed, each.rule_name, report.text)]
    ]
    entities = [rows.entity_of(bytes(packed)) for _, packed in said.entities]
    return Marks(text=print_of(report), acts=prepared(acts_of(report, stated, entities)))


def _texts(connection: Connection) -> Callable[[str], frozenset[str]]:
    """Return a function that gives the runs of words of a report by its id."""
    found: dict[str, frozenset[str]] = {}

    def runs(identity: str) -> frozenset[str]:
        if identity not in found:
            row = connection.execute(select(reports).where(reports.c.id == identity)).mappings().one()
            found[identity] = runs_of(rows.report_of(dict(row)))
        return found[identity]

    return runs
