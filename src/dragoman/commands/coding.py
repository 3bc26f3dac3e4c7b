"""The command that codes a corpus: `dragoman code`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.commands.shared import FAILED, OK, PublishedOption, SettingsOption, printable, settings_of
from dragoman.errors import SettingsError

if TYPE_CHECKING:
    from dragoman.corpus.executing import Executor
    from dragoman.corpus.manifest import Manifest
    from dragoman.corpus.run import Progress
    from dragoman.corpus.types import Columns, Plan, Taking
    from dragoman.settings import Settings

_SHOWN = 5
_DEFAULT = "claims"
_SHARD = 500


def code(  # noqa: PLR0913  an option of the command is a parameter here
    out: Annotated[str, typer.Option("--out", help="Folder of the results: a path, or an address (s3://…).")],
    corpus: Annotated[
        list[str] | None, typer.Argument(help="Files and folders of reports, or addresses (s3://…).")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help=f"Format of the results, may be repeated (default: {_DEFAULT})."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes (default: one a core; 1 codes in this process).")
    ] = None,
    dask: Annotated[str | None, typer.Option(help="Address of a Dask scheduler, or local:N.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    keep_parses: Annotated[
        bool, typer.Option("--keep-parses", help="Keep the parses, so that a later run need not parse again.")
    ] = False,
    shard_size: Annotated[int, typer.Option(min=1, help="Reports coded in one go.")] = _SHARD,
    published: PublishedOption = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of reports that state none.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Which column holds what: text=body; may be repeated.")
    ] = None,
    form: Annotated[str | None, typer.Option("--from", help="Form of the files (default: found from each).")] = None,
    merge: Annotated[
        bool, typer.Option("--merge", help="One file of each format at the end, or of a finished run.")
    ] = False,
    settings: SettingsOption = None,
) -> None:
    """Code a corpus: reports in, standard data out; what was stopped goes on with --resume."""
    chosen = settings_of(settings)
    asking = _Asking(
        corpus=tuple(corpus or ()),
        out=out.rstrip("/") or out,
        formats=tuple(formats or (_DEFAULT,)),
        taking=_taking(published, outlet, column or (), form, chosen),
        shard_size=shard_size,
        keep_parses=keep_parses,
    )
    if merge and not corpus and not resume:
        manifest = _merge(asking.out)
    else:
        manifest = _run(asking, chosen, resume, _executor(workers, dask))
        manifest = _merge(asking.out) if merge else manifest
    _sum_up(manifest, asking.out)
    raise typer.Exit(FAILED if manifest.aside or manifest.counts["faults"] else OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """What the options ask for."""

    corpus: tuple[str, ...]
    out: str
    formats: tuple[str, ...]
    taking: Taking
    shard_size: int
    keep_parses: bool


def _run(asking: _Asking, settings: Settings, resume: bool, executor: Callable[[int], Executor]) -> Manifest:
    from dragoman.corpus.asked import asked_for, read_asked
    from dragoman.corpus.run import Run
    from dragoman.export.formats.table import format_of

    for name in asking.formats:
        format_of(name).writer()  # what is not installed is said before anything is read
    if not asking.corpus and not resume:
        raise SettingsError(where="CORPUS", found="nothing to code", remedy="give files or folders of reports")
    plan = _plan(asking, asking.corpus or read_asked(asking.out).plan.corpus)
    asked = asked_for(plan, asking.formats, asking.taking, settings, asking.keep_parses)
    with _progress() as tell:
        run = Run(out=asking.out, asked=asked, settings=settings, tell=tell)
        try:
            return run.code(executor(len(plan.shards)), resume=resume)
        except KeyboardInterrupt:
            typer.echo("dragoman: stopped; what is done stays: go on with --resume", err=True)
            raise


def _plan(asking: _Asking, corpus: tuple[str, ...]) -> Plan:
    from dragoman.corpus.provisional import plan_of

    plan = plan_of(corpus, asking.taking, asking.shard_size)
    for guess in plan.guesses:
        typer.echo(printable(guess), err=True)
    return plan


def _taking(
    published: datetime | None, outlet: str | None, column: Iterable[str], form: str | None, settings: Settings
) -> Taking:
    from dragoman.corpus.types import Taking

    return Taking(
        published=published.date() if published else None,
        outlet=outlet,
        max_chars=settings.max_chars,
        columns=_columns(column),
        form=form,
    )


def _columns(given: Iterable[str]) -> Columns:
    """Return which column holds what, from 'text=body'."""
    from dragoman.corpus.types import Columns

    named: dict[str, str] = {}
    for each in given:
        what, mark, column = each.partition("=")
        if not mark or not column or what not in Columns.__struct_fields__:
            remedy = f"write one of {', '.join(Columns.__struct_fields__)}, =, and the column's name"
            raise SettingsError(where="--column", found=repr(each), remedy=remedy)
        named[what] = column
    return Columns(**named)


def _executor(workers: int | None, dask: str | None) -> Callable[[int], Executor]:
    """Return what makes the executor for so many shards."""
    if dask is not None:
        raise SettingsError(where="--dask", found="Dask is not there yet", remedy="use --workers")

    def made(shards: int) -> Executor:
        from dragoman.corpus.executing import Here
        from dragoman.corpus.local import Workers

        number = min(workers or _cores(), max(1, shards))
        return Here() if number == 1 else Workers(number)

    return made


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _merge(out: str) -> Manifest:
    from dragoman.corpus.merge import merge, mergeable

    manifest = merge(out)
    alone = sorted({*manifest.formats} - {form.name for form in mergeable(manifest.formats)})
    if alone:
        typer.echo(f"not put together, a file stands for itself: {', '.join(alone)}", err=True)
    return manifest


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Give what shows how far a run is: a bar where standard error is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TimeRemainingColumn

    with Bar(
        *Bar.get_default_columns()[:3], TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("coding", total=None)

        def show(progress: Progress) -> None:
            words = f"coding, {progress.reports:,} reports"
            bar.update(task, total=progress.shards, completed=progress.done + progress.aside, description=words)

        yield show


def _sum_up(manifest: Manifest, out: str) -> None:
    """Say in plain words what a run came to; what could not be read on standard error."""
    counts = manifest.counts
    typer.echo(
        f"{_many(counts['reports'], 'report')}, {_many(counts['claims'], 'claim')}, {_many(counts['events'], 'event')}, "
        f"{_many(counts['records'], 'record')}; {_many(counts['duplicates'], 'near-duplicate')}"
    )
    others = {code: number for code, number in manifest.languages.items() if code != "en"}
    if others:
        typer.echo("in other languages: " + ", ".join(f"{code} {number}" for code, number in others.items()))
    if counts["faults"]:
        typer.echo(f"{counts['faults']} not read, listed in {printable(out)}/faults.jsonl; the first:", err=True)
        for line in _first_faults(out):
            typer.echo(f"  {line}", err=True)
    for each in manifest.aside:
        reads = ", ".join(each.reads[:_SHOWN])
        typer.echo(printable(f"shard {each.shard} was set aside ({reads}): {each.why}"), err=True)
    for merged in manifest.merged:
        typer.echo(printable(f"{out}/{merged.name}"))
    typer.echo(f"{_many(len(manifest.files), 'file')} in {printable(out)}, listed in manifest.json")


def _first_faults(out: str) -> Iterator[str]:
    import msgspec

    from dragoman.corpus.manifest import FAULTS
    from dragoman.corpus.places import joined, opened
    from dragoman.corpus.types import Fault

    with opened(joined(out, FAULTS)) as file:
        for _, line in zip(range(_SHOWN), file, strict=False):
            fault = msgspec.json.decode(line, type=Fault)
            yield printable(f"{fault.where}: {fault.found}; {fault.remedy}")


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
