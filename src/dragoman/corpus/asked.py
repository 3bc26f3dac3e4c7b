"""What a run was asked for, kept with its plan, so that it is gone on with only where the same is asked again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.corpus.manifest import write_json
from dragoman.corpus.places import exists, joined, read_bytes
from dragoman.corpus.types import File, Plan, Taking
from dragoman.errors import CorpusError, ModelError
from dragoman.rulebook.loader import load_rulebook
from dragoman.settings import Settings

PLAN = "plan.json"
_GO_ON = "--resume goes on with the same only: give another folder as --out, or the options of before"
_SHOWN = 3


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a run was asked for and with what it is made. The plan has the files of the corpus as they were when it began."""

    version: str
    rulebook: str
    model: str
    formats: tuple[str, ...]
    taking: Taking
    keep_parses: bool
    plan: Plan


def asked_for(
    plan: Plan, formats: Iterable[str], taking: Taking, settings: Settings, keep_parses: bool = False
) -> Asked:
    """Return what is asked for now, of the corpus as it is now."""
    return Asked(
        version=__version__,
        rulebook=load_rulebook(settings.roster).digest,
        model=_model(settings.model),
        formats=tuple(sorted(set(formats))),
        taking=taking,
        keep_parses=keep_parses,
        plan=plan,
    )


def begin(out: str, asked: Asked, resume: bool) -> None:
    """Keep what is asked for in a folder of results, or find the same in it; raise CorpusError where it holds another run."""
    if not exists(joined(out, PLAN)):
        _require_unused(out)
        write_json(out, PLAN, asked)
        return
    if not resume:
        found, remedy = "the folder holds the results of a run", "go on with it by --resume, or give another folder"
        raise CorpusError(where=out, found=found, remedy=remedy)
    wrong = list(_differences(read_asked(out), asked))
    if wrong:
        raise CorpusError(where=out, found="; ".join(wrong), remedy=_GO_ON)


def read_asked(out: str) -> Asked:
    """Return what a run was asked for; raise CorpusError where the folder holds none."""
    try:
        return msgspec.json.decode(read_bytes(joined(out, PLAN)), type=Asked)
    except FileNotFoundError as mistake:
        remedy = "give the folder of a run, or a corpus to begin one"
        raise CorpusError(where=out, found=f"the folder has no {PLAN}", remedy=remedy) from mistake
    except msgspec.DecodeError as mistake:
        found = f"{PLAN} is damaged ({mistake})"
        raise CorpusError(where=out, found=found, remedy="begin again in another folder") from mistake


def _require_unused(out: str) -> None:
    if exists(joined(out, "done")) or exists(joined(out, "manifest.json")):
        found = f"the folder holds results of a run whose {PLAN} is gone"
        raise CorpusError(where=out, found=found, remedy="give another folder")


def _differences(before: Asked, now: Asked) -> Iterator[str]:
    """Yield what is not as it was when the run began, in words."""
    for name in ("version", "rulebook", "model"):
        then, this = getattr(before, name), getattr(now, name)
        if then != this:
            yield f"the run was begun with {name} {then}, this is {this}"
    if before.formats != now.formats:
        yield f"the run was begun for {', '.join(before.formats)}, now asked for is {', '.join(now.formats)}"
    for name, words in (("taking", "how reports are taken in"), ("keep_parses", "whether parses are kept")):
        if getattr(before, name) != getattr(now, name):
            yield f"{words} is not as it was"
    changed = _changed(before.plan.files, now.plan.files)
    if changed:
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        yield f"the corpus has changed: {', '.join(changed[:_SHOWN])}{more}"
    elif before.plan != now.plan:
        yield "the corpus is divided in another way"


def _changed(before: Iterable[File], now: Iterable[File]) -> list[str]:
    then, this = ({each.path: each for each in files} for files in (before, now))
    return sorted(name for name in then.keys() | this.keys() if then.get(name) != this.get(name))


def _model(name: str) -> str:
    """Return a model's name and version without loading it."""
    found = find_spec(name)
    if found is None or found.origin is None:
        remedy = "install it with pip, or name an installed spaCy English pipeline (DRAGOMAN_MODEL=…)"
        raise ModelError(where="setting model", found=f"{name!r} is not installed", remedy=remedy)
    meta: dict[str, Any] = json.loads((Path(found.origin).parent / "meta.json").read_text(encoding="utf-8"))
    return f"{name} {meta['version']}"
