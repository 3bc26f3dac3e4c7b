"""The command that finds reports of a ledger by words in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.shared import (
    FAILED,
    OK,
    JsonOption,
    LedgerOption,
    SettingsOption,
    ledger_of,
    printable,
    settings_of,
    write,
)
from dragoman.commands.views import (
    AsOfOption,
    ConflictOption,
    FromOption,
    KnownOption,
    ToOption,
    day_of,
    followed,
    show,
    view_of,
    wrapped,
)
from dragoman.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.export.brief import Line
    from dragoman.ledger.search import Hit


def search(  # noqa: PLR0913  an option of the command is a parameter here
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help='Words, "phrases" and -words that must not be there.'),
    ],
    outlet: Annotated[str | None, typer.Option(help="Only of this outlet.")] = None,
    start: FromOption = None,
    end: ToOption = None,
    conflict: ConflictOption = None,
    limit: Annotated[int, typer.Option(min=1, help="So many reports at most.")] = 20,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    json: JsonOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Find reports by words in them, the best first: all of the words, in any form, and none of the -words."""
    from dataclasses import replace

    from dragoman.export.contract import line_of
    from dragoman.export.ledger_json import hit_form
    from dragoman.ledger.search import Filter, query_of
    from dragoman.ledger.search import search as found_in

    for word in words:
        if word.startswith("--"):
            raise SettingsError(where="search", found=f"no such option: {word}", remedy="see dragoman search --help")
    query = query_of(" ".join(words))
    chosen, view = settings_of(settings), view_of(as_of, known)
    with ledger_of(chosen, ledger) as kept:
        if conflict is not None:
            told = followed(kept, conflict, view, chosen).told
            view = replace(view, ids=frozenset(each.kept.report.id for each in told))
        only = Filter(outlet=outlet, start=day_of(start), end=day_of(end))
        hits = found_in(kept, query, only, view, limit)
    for hit in hits:
        if json:
            write(line_of(hit_form(hit)))
        else:
            show(_lines(hit))
    if not hits and not json:
        typer.echo("no report has these words", err=True)
    raise typer.Exit(OK if hits else FAILED)


def _lines(hit: Hit) -> Iterator[Line]:
    from dragoman.export.brief import shorten

    day = hit.published.isoformat() if hit.published else "day unknown"
    title = f"{hit.report} {hit.outlet or 'outlet unknown'} · {day} · {shorten(hit.headline or '(no headline)', 100)}"
    yield from wrapped(printable(title), style="day")
    yield from wrapped(f"…{printable(hit.snippet)}…", 2, "item", 0)
