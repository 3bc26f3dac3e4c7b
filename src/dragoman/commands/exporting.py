"""The command that writes a ledger in a format of the field."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from dragoman.commands.shared import JsonOption, LedgerOption, SettingsOption, ledger_of, settings_of, write_json
from dragoman.commands.views import (
    AsOfOption,
    ConflictOption,
    FromOption,
    KnownOption,
    ToOption,
    conflict_named,
    day_of,
    view_of,
)
from dragoman.durable import whole
from dragoman.errors import ExportError, SettingsError, install


def export(  # noqa: PLR0913  an option of the command is a parameter here
    format_: Annotated[str | None, typer.Option("--format", help="Name of the format: see --list.")] = None,
    out: Annotated[str, typer.Option(help="File or address to write to; - is standard output.")] = "-",
    conflict: ConflictOption = None,
    as_of: AsOfOption = None,
    known: KnownOption = None,
    start: FromOption = None,
    end: ToOption = None,
    list_: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
    json: JsonOption = False,
    ledger: LedgerOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write a ledger in a format: reports as they stand with what people decided, events over all of them, entries of boards."""
    if list_:
        _list(json=json)
        return
    if format_ is None:
        raise SettingsError(where="export", found="no --format", remedy="give one: dragoman export --list shows them")
    from dragoman.export.formats.table import format_of
    from dragoman.views.content import Exported, ledger_content

    write = format_of(format_).writer()
    chosen = settings_of(settings)
    of = conflict_named(conflict, chosen) if conflict else None
    asked = Exported(view=view_of(as_of, known), conflict=of, start=day_of(start), end=day_of(end))
    with ledger_of(chosen, ledger) as kept:
        content = ledger_content(kept, asked, chosen)
    with _opened(out) as file:
        write(content, file)


def _list(*, json: bool) -> None:
    from dragoman.export.formats.table import FORMATS

    for each in FORMATS.values():
        if json:
            form = {"name": each.name, "ending": each.ending, "media": each.media, "about": each.about}
            write_json({**form, "missing": each.missing})
        else:
            needs = f" (needs {', '.join(each.missing)}: {install(each.extra or 'formats')})" if each.missing else ""
            typer.echo(f"{each.name:18} {each.about}{needs}")


@contextmanager
def _opened(out: str) -> Iterator[BinaryIO]:
    """Give what is to be written to: standard output, or a file that bears its name only when all of it is written."""
    if out == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if "://" in out:
        from dragoman.corpus.places import written

        with written(out) as file:
            yield file
        return
    try:
        with _whole(Path(out)) as file:
            yield file
    except OSError as mistake:
        reason = mistake.strerror or str(mistake)
        raise ExportError(
            where=out, found=f"it cannot be written ({reason})", remedy="check path and room"
        ) from mistake


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():  # a pipe or a device is written to and not replaced
        with path.open("wb") as file:
            yield file
        return
    with whole(path, path.with_name(f"{path.name}.{os.getpid()}.part")) as file:
        yield file
