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
from dragoman.corpus.plan import plan_of
from dragoman.corpus.types import File, Plan, Taking
from dragoman.errors import NO_JSON, CorpusError, ModelError
from dragoman.model import content_id
from dragoman.rulebook.loader import load_rulebook
from dragoman.settings import Settings

PLAN = "plan.json"
_GO_ON = "--resume goes on with the same only: give another folder as --out, or the options of before"
_SHOWN = 3
_WORDS = (
    ("taking", "reports are not taken in"),
    ("shard_size", "shards have not the size"),
    ("keep_parses", "parses are not kept"),
    ("skim", "paragraphs are not chosen"),
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a user asks for: which corpus, in which formats, how its reports are taken in, so many of them in a shard."""

    corpus: tuple[str, ...]
    formats: tuple[str, ...]
    taking: Taking = Taking()
    shard_size: int = 500
    keep_parses: bool = False
    skim: bool = True


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a run was asked for, and with what it is made. The plan has the files of the corpus as they were when it began."""

    version: str
    rulebook: str
    model: str
    wanted: Wanted
    plan: Plan

    def mark(self) -> str:
        """Return what tells the shards of this run from those that are made with something else."""
        made = (
            self.version,
            self.rulebook,
            self.model,
            self.wanted.formats,
            self.wanted.taking,
            self.wanted.keep_parses,
            self.wanted.skim,
        )
        return content_id(msgspec.json.encode(made).decode())


def asked_for(wanted: Wanted, settings: Settings) -> Asked:
    """Return what is asked for now, of the corpus as it is now."""
    return Asked(
        version=__version__,
        rulebook=load_rulebook(settings.roster, settings.rules).digest,
        model=model_of(settings.model),
        wanted=msgspec.structs.replace(wanted, formats=tuple(sorted(set(wanted.formats)))),
        plan=plan_of(wanted.corpus, wanted.taking, wanted.shard_size),
    )


def again(out: str, settings: Settings, formats: Iterable[str] = ()) -> Asked:
    """Return what a run was asked for, to be made once more by today's rules; other formats may be asked for.

    Raise CorpusError where the run kept no parses, or another model was used.
    """
    before = read_asked(out)
    if not before.wanted.keep_parses:
        found, remedy = "the run kept no parses", "code the corpus with --keep-parses into another folder"
        raise CorpusError(where=out, found=found, remedy=remedy)
    if before.model != model_of(settings.model):
        found = f"the parses are of the model {before.model}, the settings name {model_of(settings.model)}"
        raise CorpusError(where=out, found=found, remedy="name that model, or code the corpus into another folder")
    wanted = msgspec.structs.replace(before.wanted, formats=tuple(sorted(set(formats))) or before.wanted.formats)
    rulebook = load_rulebook(settings.roster, settings.rules).digest
    return msgspec.structs.replace(before, version=__version__, rulebook=rulebook, wanted=wanted)


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
    except NO_JSON as mistake:
        found = f"{PLAN} is damaged ({mistake})"
        raise CorpusError(where=out, found=found, remedy="begin again in another folder") from mistake


def _require_unused(out: str) -> None:
    if exists(joined(out, "done")) or exists(joined(out, "manifest.json")):
        found = f"the folder holds results of a run whose {PLAN} is gone"
        raise CorpusError(where=out, found=found, remedy="give another folder")


def _differences(before: Asked, now: Asked) -> Iterator[str]:
    """Yield what is not as it was when the run began, in words."""
    for name in ("version", "rulebook", "model"):
        if getattr(before, name) != getattr(now, name):
            yield f"the run was begun with {name} {getattr(before, name)}, this is {getattr(now, name)}"
    then, this = before.wanted, now.wanted
    if then.formats != this.formats:
        yield f"the run was begun for {', '.join(then.formats)}, now asked for is {', '.join(this.formats)}"
    for name, words in _WORDS:
        if getattr(then, name) != getattr(this, name):
            yield f"{words} as when the run was begun"
    changed = _changed(before.plan.files, now.plan.files)
    if changed:
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        yield f"the corpus has changed: {', '.join(changed[:_SHOWN])}{more}"
    elif before.plan != now.plan:
        yield "the corpus is read in another way"


def _changed(before: Iterable[File], now: Iterable[File]) -> list[str]:
    then, this = ({each.path: each for each in files} for files in (before, now))
    return sorted(name for name in then.keys() | this.keys() if then.get(name) != this.get(name))


def model_of(name: str) -> str:
    """Return a model's name and version without loading it."""
    found = find_spec(name)
    if found is None or found.origin is None:
        remedy = "install it with pip, or name an installed spaCy English pipeline (DRAGOMAN_MODEL=…)"
        raise ModelError(where="setting model", found=f"{name!r} is not installed", remedy=remedy)
    meta: dict[str, Any] = json.loads((Path(found.origin).parent / "meta.json").read_text(encoding="utf-8"))
    return f"{name} {meta['version']}"
