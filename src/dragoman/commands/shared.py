"""What all commands share: options, settings, readers, what is read from files, and how mistakes are told."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.errors import DragomanError, IntakeError, RulebookError

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger
    from dragoman.reading.intake import IntakeOptions, Taken
    from dragoman.reading.reader import Reader
    from dragoman.settings import Settings

OK, FAILED, USAGE, STOPPED = 0, 1, 2, 130
_SETTINGS_FILE = "dragoman.toml"
_MANY = 4
DAYS = ["%Y-%m-%d"]
MOMENTS = [*DAYS, *(f"%Y-%m-%dT{clock}{zone}" for clock in ("%H:%M", "%H:%M:%S") for zone in ("", "%z"))]

SettingsOption = Annotated[Path | None, typer.Option("--settings", help="Settings file (default: dragoman.toml here).")]
LedgerOption = Annotated[
    str | None, typer.Option("--ledger", help="Ledger: a file, or a URL of PostgreSQL (default: of the settings).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
PublishedOption = Annotated[
    datetime | None, typer.Option("--published", formats=DAYS, help="Day of reports that state none.")
]


def settings_of(path: Path | None) -> Settings:
    from dragoman.settings import load_settings

    return load_settings(path or (Path(_SETTINGS_FILE) if os.path.isfile(_SETTINGS_FILE) else None))


def reader_of(settings: Settings) -> Reader:
    from dragoman.reading.reader import default_reader

    return default_reader(settings)


@contextmanager
def ledger_of(settings: Settings, target: str | None, *, create: bool = False) -> Iterator[Ledger]:
    """Give the ledger that an option or the settings name, and let go of it at the end."""
    from dragoman.ledger.store import Ledger

    ledger = Ledger(target or settings.ledger, create=create, wait=settings.wait)
    try:
        yield ledger
    finally:
        ledger.close()


def bytes_of(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as mistake:
        reason = mistake.strerror or str(mistake)
        raise IntakeError(
            where=str(file), found=f"the file cannot be read ({reason})", remedy="check the path"
        ) from mistake


def taken_from(files: Iterable[Path], options: IntakeOptions) -> Iterator[Taken]:
    from dragoman.reading.intake import read_path, read_stream

    for file in with_progress(list(files)):
        if str(file) == "-":
            yield from read_stream(sys.stdin.buffer.read(), "-", options)
        else:
            yield from read_path(file, options)


def with_progress(files: list[Path]) -> Iterable[Path]:
    """Return the files; a bar shows how far they are where standard error is a terminal and free for it."""
    if len(files) < _MANY or not sys.stderr.isatty() or sys.stdout.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, "reading", console=Console(stderr=True), transient=True)


class _Unheard(io.FileIO):
    """A file whose reader may go away: what is written from then on is lost."""

    def write(self, data: Any) -> int:
        """Write bytes, and return how many."""
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            return memoryview(data).nbytes


@contextmanager
def going_on() -> Iterator[None]:
    """Have the work go on where whoever reads standard output goes away."""
    before = sys.stdout
    try:
        number = before.fileno()
    except (OSError, ValueError):  # it is no file of the system's
        yield
        return
    before.flush()
    own = io.TextIOWrapper(
        io.BufferedWriter(_Unheard(number, "wb", closefd=False)), before.encoding, before.errors, newline="\n"
    )
    sys.stdout = own
    try:
        yield
    finally:
        own.flush()
        sys.stdout = before


def write(data: bytes) -> None:
    """Write bytes to standard output: UTF-8 whatever the locale says."""
    typer.echo(data, nl=False)


def write_json(form: Any) -> None:
    """Print a form as one line of JSON."""
    import msgspec

    write(msgspec.json.encode(form) + b"\n")


def moment_words(moment: datetime) -> str:
    """Return an instant to the minute, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def complain(mistake: DragomanError) -> None:
    typer.echo(one_line(mistake), err=True)


def one_line(mistake: DragomanError) -> str:
    """Return a mistake in one line; a rulebook's mistakes take one line each."""
    if isinstance(mistake, RulebookError):
        return "\n".join(printable(each) for each in mistake.mistakes)
    return printable(str(mistake))


def printable(text: str) -> str:
    from dragoman.export.brief import clean

    return clean(text)
