"""Who is told of changes: the file that the setting ``hooks`` names, and what is remembered of what was told, beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from dragoman.durable import whole
from dragoman.errors import NO_JSON, SettingsError
from dragoman.feeds.config import require_known
from dragoman.settings import toml_of

CHANGES = ("new", "changed", "gone")
ENTRIES = (
    "truce", "turning point", "agreement", "talks", "position", "threat", "backing", "violation", "mechanism", "calendar",
    "dispute",
)  # fmt: skip
_TOP = ("every", "allow", "hook")
_HOOK = ("name", "url", "secret", "conflicts", "changes", "entries")
_USUAL, _LONGEST = 30, 86_400  # seconds between two looks
_SECRET = 16  # characters that a secret has at least
_KEPT = 100  # deliveries that are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """One who is told: where, and of what; an empty set of conflicts or entries means all. ``secret`` signs what is sent."""

    name: str
    url: str
    secret: str
    conflicts: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset(CHANGES)
    entries: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Hook(name={self.name!r}, url={self.place!r})"

    @property
    def place(self) -> str:
        """Return its address without what may be secret in it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """All who are told, and every how many seconds is looked; ``allow`` are hosts whose address need not be public."""

    hooks: tuple[Hook, ...]
    every: int = _USUAL
    allow: frozenset[str] = frozenset()


def load_hooks(path: Path) -> Hooks:
    """Return who is told; SettingsError where the file cannot be read, or a key or value is not allowed."""
    where = str(path)
    given = toml_of(path)
    require_known(given, _TOP, where)
    listed = given.get("hook")
    if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
        raise SettingsError(where=where, found="there is no hook", remedy="give [[hook]] with name, url and secret")
    hooks = tuple(_hook(each, f"{path}: hook {number}") for number, each in enumerate(listed, 1))
    if len({hook.name for hook in hooks}) < len(hooks):
        raise SettingsError(where=where, found="a name is given twice", remedy="give each hook a name of its own")
    every = given.get("every", _USUAL)
    if isinstance(every, bool) or not isinstance(every, int) or not 1 <= every <= _LONGEST:
        raise SettingsError(where=where, found=f"every = {every!r}", remedy=f"give seconds, from 1 to {_LONGEST}")
    allow = _words(given, "allow", where)
    return Hooks(hooks=hooks, every=every, allow=frozenset(each.lower() for each in allow))


def _hook(given: Mapping[str, Any], where: str) -> Hook:
    require_known(given, _HOOK, where)
    name, url, secret = (_text(given, each, where) for each in ("name", "url", "secret"))
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(where=where, found="url is no address", remedy="give https://…")
    if len(secret) < _SECRET:
        remedy = f"give at least {_SECRET} characters that nobody guesses: openssl rand -hex 32"
        raise SettingsError(where=where, found="the secret is too short", remedy=remedy)
    changes = _words(given, "changes", where, CHANGES) if "changes" in given else CHANGES
    entries = _words(given, "entries", where, ENTRIES)
    return Hook(
        name=name, url=url, secret=secret, conflicts=frozenset(_words(given, "conflicts", where)),
        changes=frozenset(changes), entries=frozenset(entries),
    )  # fmt: skip


def _text(given: Mapping[str, Any], name: str, where: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(where=where, found=f"{name} is not given", remedy=f"give {name} as text")
    return value.strip()


def _words(given: Mapping[str, Any], name: str, where: str, allowed: tuple[str, ...] = ()) -> tuple[str, ...]:
    value = given.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise SettingsError(where=where, found=f"{name} = {value!r}", remedy=f'give a list: {name} = ["…"]')
    wrong = next((each for each in value if allowed and each not in allowed), None)
    if wrong is not None:
        raise SettingsError(where=where, found=f"{name} has {wrong!r}", remedy=f"use some of: {', '.join(allowed)}")
    return tuple(each.strip() for each in value)


# -- what is remembered


class Delivery(msgspec.Struct, kw_only=True):
    """What is to be sent to a hook, as its very bytes; how often that was tried, when it is tried next, and what was wrong."""

    id: str
    hook: str
    conflict: str
    body: str
    tries: int = 0
    due: float = 0.0
    found: str | None = None
    at: str | None = None


class Remembered(msgspec.Struct, kw_only=True):
    """Up to which instant of the record each hook was told, what is still to be sent, what was sent, and what was given up."""

    ledger: str = ""
    told: dict[str, str] = {}
    pending: list[Delivery] = []
    sent: list[Delivery] = []
    failed: list[Delivery] = []

    def of(self, ledger: str, hooks: Collection[str]) -> Remembered:
        """Return what is remembered of these hooks; nothing where it was of another ledger."""
        if self.ledger != ledger:
            return Remembered(ledger=ledger)
        told = {name: until for name, until in self.told.items() if name in hooks}
        pending = [each for each in self.pending if each.hook in hooks]
        return msgspec.structs.replace(self, told=told, pending=pending)

    def keep(self, path: Path) -> None:
        """Write it whole or not at all; of what was sent and given up the last is kept, without its body."""
        self.sent, self.failed = ([_bare(each) for each in listed[-_KEPT:]] for listed in (self.sent, self.failed))
        # on the disk: else, after a loss of power, what was told might be told again in other parts
        with whole(path, path.with_name(f"{path.name}.new"), 0o600) as file:
            file.write(msgspec.json.encode(self))


def _bare(delivery: Delivery) -> Delivery:
    return msgspec.structs.replace(delivery, body="")


def remembered(path: Path) -> Remembered:
    """Return what was remembered; nothing where there is no file. SettingsError where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Remembered)
    except FileNotFoundError:
        return Remembered()
    except (OSError, *NO_JSON) as mistake:
        remedy = "delete it: what comes from now on is told"
        raise SettingsError(where=str(path), found=f"it cannot be read ({mistake})", remedy=remedy) from mistake
