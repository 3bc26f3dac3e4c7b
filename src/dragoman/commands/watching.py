"""The command that follows news feeds: what is new in them is added to the ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.shared import (
    FAILED,
    OK,
    JsonOption,
    LedgerOption,
    SettingsOption,
    complain,
    ledger_of,
    moment_words,
    printable,
    reader_of,
    settings_of,
    write_json,
)

if TYPE_CHECKING:
    from dragoman.feeds.watch import Looked


def watch(
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS.toml", help="[[feed]] with url, outlet and every.")],
    once: Annotated[bool, typer.Option("--once", help="Look at each feed once, and end.")] = False,
    ledger: LedgerOption = None,
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Follow RSS and Atom feeds and add what is new; without --once until it is stopped."""
    from dragoman.feeds.clock import Clock
    from dragoman.feeds.config import load_feeds
    from dragoman.feeds.fetch import Fetcher
    from dragoman.feeds.robots import Polite
    from dragoman.feeds.watch import Watch, follow, look_at_all
    from dragoman.reading.intake import IntakeOptions

    followed = load_feeds(feeds)
    chosen = settings_of(settings)
    status, clock = OK, Clock()
    with ledger_of(chosen, ledger, create=True) as kept:
        watching = Watch(
            ledger=kept,
            reader=lambda: reader_of(chosen),
            feeds=followed,
            polite=Polite(Fetcher(), clock=clock),
            options=IntakeOptions(max_chars=chosen.max_chars),
            clock=clock,
        )
        for looked in look_at_all(watching) if once else follow(watching):
            _show(looked, json=json)
            status = FAILED if looked.fault is not None else status
    raise typer.Exit(status)


def _show(looked: Looked, *, json: bool) -> None:
    if json:
        write_json(_form(looked))
    else:
        typer.echo(printable(_words(looked)))
    for each in looked.added:
        if each.fault is not None:
            complain(each.fault)
    if looked.fault is not None:
        complain(looked.fault)


def _words(looked: Looked) -> str:
    from dragoman.feeds.watch import counts

    found = counts(looked)
    details = {
        "read": ", ".join(
            [f"{looked.items} items", f"{found.get('added', 0)} added", f"{found.get('failed', 0)} failed"]
        ),
        "failed": f"asked again from {_time(looked.due)}",
        "waiting": f"it failed before and is asked again from {_time(looked.due)}",
    }
    detail = details.get(looked.look.value)
    return f"{looked.feed.url}: {looked.look.value}{f' ({detail})' if detail else ''}"


def _form(looked: Looked) -> dict[str, object]:
    return {
        "feed": looked.feed.url,
        "look": looked.look.value,
        "items": looked.items,
        "added": [each.report.id for each in looked.added if each.outcome == "added" and each.report],
        "failed": [{"source": each.fault.where, "found": each.fault.found} for each in looked.added if each.fault],
        "found": looked.fault.found if looked.fault else None,
        "due": looked.due.isoformat() if looked.due else None,
    }


def _time(moment: datetime | None) -> str:
    return moment_words(moment) if moment else "now"
