"""Commands that list what is in a ledger: events by day, claims, and who is told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    show,
    told_of,
    view_of,
    wrapped,
)
from dragoman.model import EventType

if TYPE_CHECKING:
    from dragoman.export.brief import Line
    from dragoman.views.listing import Seen, Telling

TypeOption = Annotated[EventType | None, typer.Option("--type", case_sensitive=False, help="Only events of this type.")]
PartyOption = Annotated[
    str | None, typer.Option("--party", help="Only where this party acts or is acted upon: its id or name.")
]


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
    from dragoman.views.listing import Wanted, first_day, ids_named, published, tellings
    from dragoman.views.naming import names_in

    chosen = settings_of(settings)
    with ledger_of(chosen, ledger) as kept:
        told = told_of(kept, conflict, view_of(as_of, known), chosen)
    names = names_in(told)
    wanted = Wanted(type=type_, parties=ids_named(party, names), start=day_of(start), end=day_of(end))
    found = [each for each in tellings(counted(told, date.max)) if wanted.has(each[0][1].claim, published(each[0]))]
    found.sort(key=lambda each: (first_day(each[0]), _day_words(each[0]), each[0][1].claim.event_id))
    if json:
        from dragoman.export.contract import line_of
        from dragoman.export.ledger_json import event_form

        for each in found:
            write(line_of(event_form(each)))
    else:
        show(_event_lines(found, names))


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
    from dragoman.views.listing import published

    when = telling[1].claim.date
    ends = {key: day.isoformat() if day else None for key, day in (("start", when.earliest), ("end", when.latest))}
    words = interval_words(ends, weekday=True)
    reported = published(telling)
    return words or f"day not stated{f', reported {day_words(reported)}' if reported else ''}"


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
    from dragoman.views.listing import Wanted, ids_named
    from dragoman.views.naming import names_in

    chosen = settings_of(settings)
    with ledger_of(chosen, ledger) as kept:
        told = told_of(kept, conflict, view_of(as_of, known), chosen, gone=gone)
    wanted = Wanted(type=type_, parties=ids_named(party, names_in(told)), start=day_of(start), end=day_of(end))
    for each in told:
        mine = each.kept.report
        if not mine.id.startswith(report or "") or (outlet and (mine.outlet or "").casefold() != outlet.casefold()):
            continue
        for one in each.claims:
            if wanted.has(one.claim, mine.published):
                write(line_of(ledger_claim_form(one, each.kept)))


# -- entities


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
    from dragoman.views.listing import is_called, seen_in

    chosen, view = settings_of(settings), view_of(as_of, known)
    with ledger_of(chosen, ledger) as kept:
        told = told_of(kept, conflict, view, chosen)
    found = [seen for seen in seen_in(told) if name is None or is_called(seen, name)]
    for seen in found:
        if json:
            write_json(_seen_form(seen))
        else:
            show(_seen_lines(seen, chosen.roster if name else None, whole=name is not None, day=view.until))


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
