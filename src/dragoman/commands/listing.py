"""Commands that list what is in a ledger: events by day, claims, and who is told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands.shared import (
    JsonOption,
    LedgerOption,
    SettingsOption,
    ledger_of,
    printable,
    settings_of,
    write,
    write_json,
)
from dragoman.commands.views import (
    AsOfOption,
    ConflictOption,
    FromOption,
    KnownOption,
    ToOption,
    day_of,
    names_in,
    show,
    told_of,
    view_of,
    wrapped,
)
from dragoman.model import EventType

if TYPE_CHECKING:
    from dragoman.export.brief import Line
    from dragoman.ledger.store import Kept, KeptClaim, Told
    from dragoman.model import Claim, Entity

    Telling = tuple[Kept, KeptClaim]

TypeOption = Annotated[EventType | None, typer.Option("--type", case_sensitive=False, help="Only events of this type.")]
PartyOption = Annotated[
    str | None, typer.Option("--party", help="Only where this party acts or is acted upon: its id or name.")
]


_WIDEST = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims are wanted: their type, who acts or is acted upon, and the days that they tell of.

    What is told of more days than a month has is background: it is of no days from and to.
    """

    type: EventType | None = None
    parties: frozenset[str] | None = None
    start: date | None = None
    end: date | None = None

    def has(self, claim: Claim, published: date | None) -> bool:
        """Return whether a claim is wanted; one that tells no day counts as of its report's."""
        if self.type is not None and claim.event is not self.type:
            return False
        if self.parties is not None and self.parties.isdisjoint((*claim.actor, *claim.recipient)):
            return False
        first = claim.date.earliest or claim.date.latest or published
        last = claim.date.latest or claim.date.earliest or published
        if self.start is None and self.end is None:
            return True
        if first is None or last is None or (last - first).days > _WIDEST:
            return False
        return (self.start or date.min) <= last and first <= (self.end or date.max)


def events(  # noqa: PLR0913  an option of the command is a parameter here
    conflict: ConflictOption = None,
    start: FromOption = None,
    end: ToOption = None,
    type_: TypeOption = None,
    party: PartyOption = None,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    json: JsonOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """List events by day, each with how many origins tell of it; reports that an update supersedes do not count."""
    from dragoman.board.citing import counted

    chosen = settings_of(settings)
    with ledger_of(chosen, ledger) as kept:
        told = told_of(kept, conflict, view_of(as_of, known), chosen)
    names = names_in(told)
    wanted = Wanted(type=type_, parties=_named(party, names), start=day_of(start), end=day_of(end))
    found = [each for each in tellings(counted(told, date.max)) if wanted.has(each[0][1].claim, _published(each[0]))]
    found.sort(key=lambda each: (_first_day(each[0]), _day_words(each[0]), each[0][1].claim.event_id))
    if json:
        from dragoman.export.contract import line_of
        from dragoman.export.ledger_json import event_form

        for each in found:
            write(line_of(event_form(each)))
    else:
        show(_event_lines(found, names))


def tellings(told: Iterable[Told]) -> list[list[Telling]]:
    """Return for each event the claims that tell of it with their reports, in the order of publication."""
    found: dict[str, list[Telling]] = {}
    for each in told:
        for kept in each.claims:
            if kept.gone is None:
                found.setdefault(kept.claim.event_id, []).append((each.kept, kept))
    return list(found.values())


def _published(telling: Telling) -> date | None:
    return telling[0].report.published


def _first_day(telling: Telling) -> date:
    claim = telling[1].claim
    return claim.date.earliest or claim.date.latest or _published(telling) or date.min


def _named(party: str | None, names: Mapping[str, str]) -> frozenset[str] | None:
    """Return the ids of a party that is given by id or by name; itself where nobody is called so."""
    if party is None:
        return None
    asked = party.strip().casefold()
    return frozenset(i for i, name in names.items() if asked in (i.casefold(), name.casefold())) or frozenset({party})


def _event_lines(found: Sequence[list[Telling]], names: Mapping[str, str]) -> Iterator[Line]:
    from dragoman.export.brief import act_words
    from dragoman.export.contract import claim_form
    from dragoman.export.records import Names

    day = None
    for each in found:
        title = _day_words(each[0])
        if title != day:
            yield from wrapped(title, style="day")
            day = title
        origins = len({report.origin for report, _ in each})
        reports = len({report.report.id for report, _ in each})
        told = f" in {reports} reports" if reports != origins else ""
        words = printable(act_words(claim_form(each[0][1].claim), Names(names)))
        number = f"{origins} origin{'s' if origins != 1 else ''}{told}"
        yield from wrapped(f"{words} [{number}; {each[0][1].claim.event_id}]", 2)


def _day_words(telling: Telling) -> str:
    from dragoman.export.days import day_words, interval_words

    when = telling[1].claim.date
    ends = {key: day.isoformat() if day else None for key, day in (("start", when.earliest), ("end", when.latest))}
    words = interval_words(ends, weekday=True)
    published = _published(telling)
    return words or f"day not stated{f', reported {day_words(published)}' if published else ''}"


def claims(  # noqa: PLR0913  an option of the command is a parameter here
    conflict: ConflictOption = None,
    report: Annotated[str | None, typer.Option(help="Only of this report: its id, or how it begins.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only of this outlet.")] = None,
    start: FromOption = None,
    end: ToOption = None,
    type_: TypeOption = None,
    party: PartyOption = None,
    gone: Annotated[bool, typer.Option("--gone", help="Also claims that today's rules no longer give.")] = False,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print claims as JSON lines: in the form of read --json, with report, origin, outlet, day, and whether they are gone."""
    from dragoman.export.contract import line_of
    from dragoman.export.ledger_json import ledger_claim_form

    chosen = settings_of(settings)
    with ledger_of(chosen, ledger) as kept:
        told = told_of(kept, conflict, view_of(as_of, known), chosen, gone=gone)
    wanted = Wanted(type=type_, parties=_named(party, names_in(told)), start=day_of(start), end=day_of(end))
    for each in told:
        mine = each.kept.report
        if not mine.id.startswith(report or "") or (outlet and (mine.outlet or "").casefold() != outlet.casefold()):
            continue
        for one in each.claims:
            if wanted.has(one.claim, mine.published):
                write(line_of(ledger_claim_form(one, each.kept)))


# -- entities


@dataclass(slots=True, kw_only=True)
class Seen:
    """Somebody who is told of: names with how often they lead, mentions, reports by outlet, first and last day."""

    id: str
    entity: Entity
    names: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    outlets: Counter[str] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the roster's name, or the one that most reports have."""
        return self.entity.name if self.entity.roster else min(self.names, key=lambda n: (-self.names[n], n))


def entities(  # noqa: PLR0913  an option of the command is a parameter here
    name: Annotated[str | None, typer.Argument(help="Only whose id or a name of theirs has this in it.")] = None,
    conflict: ConflictOption = None,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    json: JsonOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """List who is told of: names, how often, in how many reports, from when to when; with NAME offices and outlets, too."""
    chosen, view = settings_of(settings), view_of(as_of, known)
    with ledger_of(chosen, ledger) as kept:
        told = told_of(kept, conflict, view, chosen)
    found = [seen for seen in seen_in(told) if name is None or _is_called(seen, name)]
    for seen in found:
        if json:
            write_json(_seen_form(seen))
        else:
            show(_seen_lines(seen, chosen.roster if name else None, whole=name is not None, day=view.until))


def seen_in(told: Iterable[Told]) -> list[Seen]:
    """Return all who are told of, the most often mentioned first."""
    found: dict[str, Seen] = {}
    for each in told:
        report = each.kept.report
        for entity, count in each.entities:
            seen = found.setdefault(entity.id, Seen(id=entity.id, entity=entity))
            seen.names[entity.name] += 1
            seen.mentions += count
            seen.outlets[report.outlet or "outlet unknown"] += 1
            seen.days += [report.published] if report.published else []
    return sorted(found.values(), key=lambda seen: (-seen.mentions, seen.id))


def _is_called(seen: Seen, name: str) -> bool:
    asked = name.strip().casefold()
    return any(asked in each.casefold() for each in (seen.id, *seen.names))


def _seen_form(seen: Seen) -> dict[str, Any]:
    return {
        "id": seen.id, "name": seen.name, "names": sorted(seen.names), "kind": seen.entity.kind, "code": seen.entity.code,
        "roster": seen.entity.roster, "mentions": seen.mentions, "reports": seen.outlets.total(),
        "outlets": dict(sorted(seen.outlets.items())), "first": min(seen.days, default=None),
        "last": max(seen.days, default=None),
    }  # fmt: skip


def _seen_lines(seen: Seen, roster: str | None, *, whole: bool, day: date | None) -> Iterator[Line]:
    from dragoman.rulebook.loader import load_rulebook
    from dragoman.rulebook.lookup import described

    number = seen.outlets.total()
    span = f", {min(seen.days)} to {max(seen.days)}" if seen.days else ""
    told = f"{seen.mentions} mention{'s' * (seen.mentions != 1)} in {number} report{'s' * (number != 1)}{span}"
    yield from wrapped(printable(f"{seen.id}: {seen.name}, {seen.entity.kind.replace('_', ' ')}; {told}"))
    if not whole:
        return
    entries = load_rulebook(roster).roster
    if seen.id in entries:
        for line in list(described(entries[seen.id], entries, day))[1:]:
            yield from wrapped(printable(line), 2)
    elif len(seen.names) > 1:
        yield from wrapped(printable(f"also: {'; '.join(sorted(set(seen.names) - {seen.name}))}"), 2)
    outlets = sorted(seen.outlets.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from wrapped(printable(f"told of by {', '.join(f'{outlet} ({count})' for outlet, count in outlets)}"), 2)
