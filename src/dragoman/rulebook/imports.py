"""Another project's list of actors -> files of a user's own roster, layered over ours (docs/roster.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import IntakeError
from dragoman.rulebook.drafts import HEADER, Draft, Fault, Taken, slug, toml_of
from dragoman.rulebook.ftm import read_ftm
from dragoman.rulebook.petrarch import read_petrarch
from dragoman.rulebook.spelling import forms
from dragoman.rulebook.types import Actor, Rulebook

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import wrote, and what it left out."""

    path: Path
    entries: int
    faults: tuple[Fault, ...]


def import_file(source: Path, folder: Path, rulebook: Rulebook) -> Imported:
    """Read a dictionary and write the actors that the roster does not know into a file of the folder."""
    text = _text_of(source)
    reading = read_ftm if text.lstrip("\ufeff \t\r\n").startswith("{") else read_petrarch
    taken = reading(text.removeprefix("\ufeff"), rulebook.states)
    drafts = _fresh(taken, rulebook.roster)
    path = folder / f"{slug(source.stem) or 'roster'}.toml"
    if drafts:
        _write(path, toml_of(drafts))
    faults = sorted(taken.faults, key=lambda fault: fault.line)
    return Imported(path=path, entries=len(drafts), faults=tuple(faults))


def _text_of(source: Path) -> str:
    try:
        data = source.read_bytes()
    except OSError as mistake:
        found = f"the file cannot be read ({mistake.strerror or mistake})"
        raise IntakeError(where=str(source), found=found, remedy="check the path") from mistake
    if b"\0" in data:
        raise IntakeError(where=str(source), found="the file is binary", remedy="give a text file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _fresh(taken: Taken, roster: Mapping[str, Actor]) -> list[Draft]:
    """Return the drafts that are new; one that the roster or the file has already is a fault that says so."""
    known: dict[str, str] = {}
    for actor in roster.values():
        for name in (actor.name, *actor.aliases, *actor.demonyms, *(seat.name for seat in actor.seats)):
            for form in forms(name):
                known.setdefault(form, actor.id)
    seen: dict[str, int] = {}
    named: dict[str, str] = {}
    kept: list[Draft] = []
    for draft in taken.drafts:
        same = draft.id if draft.id in roster else next((known[f] for f in forms(draft.name) if f in known), None)
        if not _ID.fullmatch(draft.id):
            taken.fault(draft.line, f"{draft.name!r} has no Latin letters to make an id of; left out")
        elif same is not None:
            taken.fault(draft.line, f"{draft.name!r} is in the roster already ({same}); left out")
            named[draft.id] = same
        elif draft.id in seen:
            taken.fault(draft.line, f"{draft.name!r} is there already in line {seen[draft.id]}; left out")
        else:
            seen[draft.id] = draft.line
            draft.aliases = [name for name in draft.aliases if not any(form in known for form in forms(name))]
            kept.append(draft)
    for draft in kept:
        ties = [(kind, named.get(of, of), start, end) for kind, of, start, end in draft.ties]
        draft.ties = [tie for tie in ties if tie[1] in seen or tie[1] in roster]
    return kept


def _write(path: Path, text: str) -> None:
    try:
        if path.exists() and not path.read_text(encoding="utf-8").startswith(HEADER):
            found = "there is a file of this name that no import made"
            raise IntakeError(where=str(path), found=found, remedy="give another folder or move it away")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except (OSError, UnicodeError) as mistake:
        found = f"the file cannot be written ({mistake})"
        raise IntakeError(where=str(path), found=found, remedy="give a folder that you may write to") from mistake
