"""The command that codes a corpus: `dragoman code`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands.shared import FAILED, OK, PublishedOption, SettingsOption, complain, printable, settings_of
from dragoman.errors import CorpusError, DragomanError, SettingsError

if TYPE_CHECKING:
    from dragoman.corpus.asked import Asked, Wanted
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
    skim: Annotated[
        bool, typer.Option("--skim/--no-skim", help="Leave unparsed what by its words tells of no conflict.")
    ] = True,
    recode: Annotated[
        bool, typer.Option("--recode", help="Code a run with --keep-parses once more, by today's rules.")
    ] = False,
    shard_size: Annotated[int, typer.Option(min=1, help="Reports coded in one go.")] = _SHARD,
    published: PublishedOption = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of reports that state none.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Which column holds what: text=body; may be repeated.")
    ] = None,
    form: Annotated[str | None, typer.Option("--from", help="Form of the files (default: found from each).")] = None,
    day_first: Annotated[
        bool | None,
        typer.Option("--day-first/--month-first", help="How 04/03/2020 is read, where a file does not show it."),
    ] = None,
    merge: Annotated[
        bool, typer.Option("--merge", help="One file of each format at the end, or of a finished run.")
    ] = False,
    settings: SettingsOption = None,
) -> None:
    """Code a corpus: reports in, standard data out; what was stopped goes on with --resume."""
    chosen = settings_of(settings)
    out = out.rstrip("/") or out
    with _in_words(out):
        if recode:
            manifest = _recode(out, corpus, formats, chosen, _executor(workers, dask))
            manifest = _merge(out) if merge else manifest
        elif merge and not corpus and not resume:
            manifest = _merge(out)
        else:
            taking = _taking(chosen, published, column or (), outlet=outlet, form=form, day_first=day_first)
            wanted = _wanted(
                out, corpus, formats, resume, taking=taking, shard_size=shard_size, keep_parses=keep_parses, skim=skim
            )
            manifest = _run(out, wanted, chosen, resume, _executor(workers, dask))
            manifest = _merge(out) if merge else manifest
    _sum_up(manifest, out)
    raise typer.Exit(FAILED if manifest.aside or manifest.counts["faults"] else OK)


@contextmanager
def _in_words(out: str) -> Iterator[None]:
    """Say what a disk or a store refuses, where that ends the run."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as mistake:
        found = mistake.strerror or str(mistake)
        remedy = "see to it; what is done stays: go on with --resume"
        raise CorpusError(where=str(mistake.filename or out), found=found, remedy=remedy) from mistake


def _wanted(out: str, corpus: list[str] | None, formats: list[str] | None, resume: bool, **others: Any) -> Wanted:
    """Return which corpus is wanted in which formats; of a run that is gone on with, what was wanted then."""
    from msgspec.structs import replace

    from dragoman.corpus.asked import Wanted, read_asked

    if corpus:
        return Wanted(corpus=tuple(corpus), formats=tuple(formats or (_DEFAULT,)), **others)
    if not resume:
        raise SettingsError(where="CORPUS", found="nothing to code", remedy="give files or folders of reports")
    before = read_asked(out).wanted
    return replace(before, formats=tuple(formats)) if formats else before


def _run(out: str, wanted: Wanted, settings: Settings, resume: bool, executor: Callable[[int], Executor]) -> Manifest:
    from dragoman.corpus.asked import asked_for

    _require_formats(wanted.formats)
    asked = asked_for(wanted, settings)
    _tell_plan(asked.plan)
    return _going(_Going(out=out, asked=asked, settings=settings, resume=resume), executor)


def _recode(
    out: str,
    corpus: list[str] | None,
    formats: list[str] | None,
    settings: Settings,
    executor: Callable[[int], Executor],
) -> Manifest:
    """Code once more what a folder holds."""
    from dragoman.corpus.asked import again

    if corpus:
        found, remedy = "--recode takes no corpus: it codes what --out holds", "leave the corpus out"
        raise SettingsError(where="CORPUS", found=found, remedy=remedy)
    _require_formats(formats or ())
    asked = again(out, settings, formats or ())
    return _going(_Going(out=out, asked=asked, settings=settings, again=True), executor)


def _require_formats(formats: Iterable[str]) -> None:
    """Say what is not installed before anything is read."""
    from dragoman.export.formats.table import format_of

    for name in formats:
        format_of(name).writer()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Going:
    """A run that is to go: where to, what for, whether it goes on, whether it is made once more."""

    out: str
    asked: Asked
    settings: Settings
    resume: bool = False
    again: bool = False


def _going(going: _Going, executor: Callable[[int], Executor]) -> Manifest:
    """Let a run go to its end; say how to go on where it is stopped by hand."""
    from dragoman.corpus.run import Run

    with _progress() as tell:
        run = Run(out=going.out, asked=going.asked, settings=going.settings, tell=tell)
        try:
            return run.code(executor(len(going.asked.plan.shards)), resume=going.resume, again=going.again)
        except KeyboardInterrupt:
            on = "--recode" if going.again else "--resume"
            typer.echo(f"dragoman: stopped; what is done stays: go on with {on}", err=True)
            raise


def _tell_plan(plan: Plan) -> None:
    """Say what was guessed of a corpus; raise CorpusError where there is nothing in it."""
    for guess in plan.guesses:
        typer.echo(printable(guess), err=True)
    if not plan.shards:
        for fault in plan.faults:
            complain(DragomanError(where=fault.where, found=fault.found, remedy=fault.remedy))
        raise CorpusError(
            where=", ".join(plan.corpus), found="there is no report in it", remedy="give files or folders"
        )


def _taking(settings: Settings, published: datetime | None, column: Iterable[str], **others: Any) -> Taking:
    """Return what is known of the files of a corpus."""
    from dragoman.corpus.types import Taking

    day = published.date() if published else None
    return Taking(published=day, max_chars=settings.max_chars, columns=_columns(column), **others)


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
        return lambda _: _on_dask(dask)
    if workers is not None and workers > 1:  # while they load, the corpus is looked at
        from dragoman.corpus.local import make_ready

        make_ready()

    def made(shards: int) -> Executor:
        from dragoman.corpus.executing import Here
        from dragoman.corpus.local import Workers

        number = min(workers or _cores(), max(1, shards))
        return Here() if number == 1 else Workers(number)

    return made


def _on_dask(asked: str) -> Executor:
    from dragoman.corpus.on_dask import cluster_of

    return cluster_of(asked, say=lambda words: typer.echo(printable(words), err=True))


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
    told = [_many(counts[f"{what}s"], what) for what in ("report", "claim", "event", "record") if f"{what}s" in counts]
    typer.echo(f"{', '.join(told)}; {_many(counts['duplicates'], 'near-duplicate')}")
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
