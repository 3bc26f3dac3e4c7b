"""Commands that bring reports into a ledger and show what is in it: add, recode, diff, status."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands.shared import (
    FAILED,
    MOMENTS,
    OK,
    JsonOption,
    LedgerOption,
    PublishedOption,
    SettingsOption,
    complain,
    ledger_of,
    moment_words,
    printable,
    reader_of,
    settings_of,
    taken_from,
    write_json,
)
from dragoman.errors import DragomanError, IntakeError, LedgerError

if TYPE_CHECKING:
    from dragoman.board.followed import Followed
    from dragoman.ledger.adding import Added
    from dragoman.ledger.diffing import Changed, Diff
    from dragoman.ledger.recode import Recoded
    from dragoman.ledger.status import Count, Status
    from dragoman.ledger.store import Told
    from dragoman.model import Claim, Report
    from dragoman.reading.intake import Taken

_DAYS_SHOWN = 14
_LEFT = "not added"  # of a batch that the ledger let in no further


def add(  # noqa: PLR0913  an option of the command is a parameter here
    paths: Annotated[
        list[str],
        typer.Argument(help="Reports: files, folders, patterns ('news/**/*.html'), or - for standard input."),
    ],
    ledger: LedgerOption = None,
    published: PublishedOption = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of reports that state none.")] = None,
    fetched: Annotated[
        datetime | None, typer.Option(formats=MOMENTS, help="When reports that do not say it were fetched (UTC).")
    ] = None,
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Add reports to the ledger: what is there already is left as it is, what fails is kept with why."""
    from dragoman.ledger.adding import add_with
    from dragoman.ledger.settle import settle
    from dragoman.reading.formats import in_utc
    from dragoman.reading.intake import IntakeOptions

    chosen = settings_of(settings)
    options = IntakeOptions(
        published=published.date() if published else None,
        outlet=outlet,
        fetched=in_utc(fetched) if fetched else None,
        max_chars=chosen.max_chars,
    )
    files, missing = paths_of(paths)
    for mistake in missing:
        complain(mistake)
    counts: Counter[str] = Counter()
    with ledger_of(chosen, ledger, create=True) as kept:
        batch = Batch(taken_from(files, options))
        try:
            for done in add_with(kept, lambda: reader_of(chosen), batch):
                _show_added(done, json)
                counts[done.outcome] += 1
            settle(kept)
        except LedgerError:
            counts[_LEFT] = _show_left(batch, json)
            _sum_up(counts, json)
            raise
    _sum_up(counts, json)
    raise typer.Exit(FAILED if missing or counts["failed"] else OK)


def _is_there(path: str) -> bool:
    """Return whether there is a file or folder, or somebody may not look: then reading it says so."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


class Batch:
    """Reports as they are taken in, and which are left where the ledger lets no more in."""

    def __init__(self, taken: Iterable[Taken]) -> None:
        self._rest = iter(taken)
        self._in_hand: Taken | None = None

    def __iter__(self) -> Iterator[Taken]:
        return self

    def __next__(self) -> Taken:
        self._in_hand = None
        self._in_hand = next(self._rest)
        return self._in_hand

    def left(self) -> Iterator[str]:
        """Yield the sources of the report that was taken last and of all after it."""
        for each in chain([self._in_hand] if self._in_hand is not None else [], self._rest):
            yield each.where if isinstance(each, DragomanError) else each.source


def _show_left(batch: Batch, json: bool) -> int:
    """Show what was not added, and return how many reports that are."""
    number = 0
    for source in batch.left():
        number += 1
        if json:
            write_json({"outcome": _LEFT, "source": source, **dict.fromkeys(("report", "claims", "found", "remedy"))})
        else:
            typer.echo(printable(f"{_LEFT}: {source}"))
    return number


def _sum_up(counts: Counter[str], json: bool) -> None:
    """Show how many reports were added, were there, failed, and were not added where there are such."""
    words = ("added", "already there", "failed", *([_LEFT] if counts[_LEFT] else []))
    if not json:
        typer.echo(", ".join(f"{counts[word]} {word}" for word in words))


def recode(
    everything: Annotated[
        bool, typer.Option("--all", help="Also reports that were read with today's rules and model.")
    ] = False,
    ledger: LedgerOption = None,
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Read the ledger's reports again with today's rules: claims gained and lost; decisions stay."""
    from dragoman.ledger.recode import recode as recoded
    from dragoman.ledger.settle import settle

    chosen = settings_of(settings)
    status, reports, gained, lost = OK, 0, 0, 0
    with ledger_of(chosen, ledger) as kept:
        for done in recoded(kept, reader_of(chosen), everything=everything):
            if done.fault is not None:
                complain(done.fault)
                status = FAILED
            _show_recoded(done, json)
            reports, gained, lost = reports + 1, gained + len(done.gained), lost + len(done.lost)
        settle(kept)
    if not json:
        typer.echo(f"{_many(reports, 'report')} read again: {_many(gained, 'claim')} gained, {lost} lost")
    raise typer.Exit(status)


def diff(
    report: Annotated[str, typer.Argument(help="Id of a report, or the beginning of it.")],
    ledger: LedgerOption = None,
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Show what an update added, changed and dropped against the report that it revises, in claims."""
    from dragoman.ledger.diffing import diff as found
    from dragoman.ledger.settle import settle

    with ledger_of(settings_of(settings), ledger) as kept:
        settle(kept)
        now, before, changes = found(kept, report)
    if json:
        write_json(_diff_form(now, before, changes))
        return
    typer.echo(f"{_title(now.kept.report)}")
    if before is None:
        typer.echo("revises no report of the ledger")
        return
    typer.echo(f"revises {_title(before.kept.report)}")
    typer.echo("\n".join(_diff_lines(now, before, changes)))


def status(ledger: LedgerOption = None, json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Show what is in the ledger: reports and claims by outlet, day and conflict, what is stale, what fails, what is not settled."""
    from dragoman.board.conflicts import load_conflicts
    from dragoman.board.followed import followed
    from dragoman.ledger.decided import decided
    from dragoman.ledger.decisions import by_hand, decisions
    from dragoman.ledger.status import status as found

    chosen = settings_of(settings)
    conflicts = load_conflicts(chosen.conflicts, chosen.roster).values()
    with ledger_of(chosen, ledger) as kept:
        state = found(kept)
        words = decisions(kept)
        told = decided(kept.told(), words)
        followings = followed(told, conflicts, stale=chosen.stale, hands=by_hand(words))
    if json:
        write_json({**{item.name: getattr(state, item.name) for item in fields(state)}, "conflicts": followings})
    else:
        typer.echo("\n".join(_status_lines(state, followings)))


def paths_of(given: Iterable[str]) -> tuple[list[Path], list[IntakeError]]:
    """Return the files and folders that are meant (patterns spelled out, by name), and a mistake for each that is not there."""
    found: list[Path] = []
    missing = []
    for each in given:
        if each == "-" or _is_there(each):
            found.append(Path(each))
        elif matched := sorted(glob.glob(each, recursive=True)):
            found += [Path(name) for name in matched if not Path(name).is_dir()]
        else:
            missing.append(IntakeError(where=each, found="there is no such file", remedy="check the path"))
    return list(dict.fromkeys(found)), missing


def _show_added(done: Added, json: bool) -> None:
    if json:
        report, fault = done.report, done.fault
        write_json(
            {
                "outcome": done.outcome,
                "source": done.source,
                "report": report.id if report else None,
                "claims": done.claims if done.outcome == "added" else None,
                "found": fault.found if fault else None,
                "remedy": fault.remedy if fault else None,
            }
        )
    elif done.report is not None:
        number = f" ({_many(done.claims, 'claim')})" if done.outcome == "added" else ""
        typer.echo(f"{done.outcome}: {_title(done.report)}{number}")
    if done.fault is not None:
        complain(done.fault)


def _title(report: Report) -> str:
    from dragoman.export.brief import shorten

    words = [report.outlet or "outlet unknown", str(report.published or "day unknown")]
    return printable(f"{report.id} {' · '.join(words)} · {shorten(report.headline or '(no headline)', 80)}")


def _show_recoded(done: Recoded, json: bool) -> None:
    if json:
        fault = done.fault
        write_json(
            {
                "report": done.report,
                "gained": _forms(done.gained),
                "lost": _forms(done.lost),
                "found": fault.found if fault else None,
                "remedy": fault.remedy if fault else None,
            }
        )
    elif done.gained or done.lost:
        typer.echo(printable(f"{done.report} {done.headline or done.source}"))
        for sign, claims in (("+", done.gained), ("-", done.lost)):
            for claim in claims:
                # by ids and with the rule: a name may be the same and the one who bears it another
                typer.echo(f"  {sign} {_words(claim, {})} {claim.rule}")


def _words(claim: Claim, names: Mapping[str, str]) -> str:
    """Return a claim in words, with the number of its sentence."""
    from dragoman.export.brief import act_words
    from dragoman.export.contract import claim_form
    from dragoman.export.records import Names

    return printable(f"{act_words(claim_form(claim), Names(names))} [{claim.evidence.sentence}]")


def _forms(claims: Iterable[Claim]) -> list[Any]:
    from dragoman.export.contract import claim_form

    return [claim_form(claim) for claim in claims]


def _diff_form(now: Told, before: Told | None, changes: Diff) -> dict[str, Any]:
    if before is None:
        return {"report": now.kept.report.id, "revises": None}
    return {
        "report": now.kept.report.id,
        "revises": before.kept.report.id,
        "added": _forms(changes.added),
        "changed": [_changed_form(each) for each in changes.changed],
        "dropped": _forms(changes.dropped),
        "same": changes.same,
    }


def _changed_form(changed: Changed) -> dict[str, Any]:
    before, now = _forms([changed.before, changed.now])
    return {"fields": changed.fields, "before": before, "now": now}


def _diff_lines(now: Told, before: Told, changes: Diff) -> Iterator[str]:
    names = {entity.id: entity.name for told in (before, now) for entity, _ in told.entities}
    yield from _listed("added", changes.added, names)
    yield f"changed: {len(changes.changed)}"
    for each in changes.changed:
        yield f"  {', '.join(each.fields)}: {_words(each.now, names)}"
        for label, claim in (("before", each.before), ("now", each.now)):
            yield f"    {label}{_values(claim, each.fields)}: {_quoted(claim)}"
    yield from _listed("dropped", changes.dropped, names)
    yield f"the same: {changes.same}"


def _listed(title: str, claims: Sequence[Claim], names: Mapping[str, str]) -> Iterator[str]:
    yield f"{title}: {len(claims)}"
    for claim in claims:
        yield f"  {_words(claim, names)}"
        yield f"    {_quoted(claim)}"


def _quoted(claim: Claim) -> str:
    return printable(f"[{claim.evidence.sentence}] {claim.evidence.text}")


def _values(claim: Claim, fields: Iterable[str]) -> str:
    """Return what a claim has in the fields that changed, where a word can tell it."""
    from dragoman.export.contract import claim_form
    from dragoman.export.days import interval_words

    form = claim_form(claim)
    told = {
        "date": interval_words({"start": form.date.start, "end": form.date.end}),
        "place": form.place.name if form.place else "",
        "casualties": form.casualties or "",
        "status": form.status.value,
        "hedged": "in doubt" if form.hedged else "without doubt",
    }
    words = [told[name] or f"no {name}" for name in fields if name in told]
    return f" ({printable(', '.join(words))})" if words else ""


def _status_lines(state: Status, followings: Iterable[Followed]) -> Iterator[str]:
    span = f", {state.first} to {state.last}" if state.first else ""
    gone = f" ({state.gone} more are gone: the rules no longer give them)" if state.gone else ""
    yield f"{_many(state.reports, 'report')}{span}"
    yield f"{_many(state.claims, 'claim')}{gone}"
    yield from _count_lines("by outlet", state.outlets, "outlet unknown")
    yield from _count_lines("by day", state.days[-_DAYS_SHOWN:], "day unknown")
    if len(state.days) > _DAYS_SHOWN:
        yield f"  and {len(state.days) - _DAYS_SHOWN} earlier days (--json lists all)"
    if len(state.rulebooks) > 1:
        yield from _count_lines("by rulebook (dragoman recode reads all with today's)", state.rulebooks, "unknown")
    yield from _conflict_lines(followings)
    yield f"failures: {len(state.failures)}"
    for each in state.failures:
        yield "  " + printable(str(DragomanError(where=each.source, found=each.found, remedy=each.remedy)))
    yield from _feed_lines(state)
    yield f"not settled: {f'from {state.unsettled} on' if state.unsettled else 'nothing'}"


def _feed_lines(state: Status) -> Iterator[str]:
    """Yield how many feeds are followed, and those that fail: how often, since when and why; nothing where none is followed."""
    if state.feeds:
        yield f"feeds: {state.feeds}, {len(state.failing)} of them failing"
    for each in state.failing:
        since = f" since {moment_words(each.since)}" if each.since else ""
        times = f"failed {_many(each.failed, 'time')}{since}"
        yield "  " + printable(f"{each.feed}: {times}: {each.found}{f'; {each.remedy}' if each.remedy else ''}")


def _conflict_lines(followings: Iterable[Followed]) -> Iterator[str]:
    yield "by conflict:"
    for each in followings:
        quiet = f", stale: no report in {_many(each.quiet or 0, 'day')}" if each.stale else ""
        yield "  " + printable(
            f"{each.conflict}: {_many(each.reports, 'report')}, last {each.last or 'day unknown'}{quiet}"
        )


def _count_lines(title: str, counts: Iterable[Count], unknown: str) -> Iterator[str]:
    yield f"{title}:"
    for each in counts:
        yield f"  {printable(each.of or unknown)}: {_many(each.reports, 'report')}, {_many(each.claims, 'claim')}"


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
