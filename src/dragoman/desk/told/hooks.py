"""Programs elsewhere are told what changed on boards: signed, in order, tried again where they do not answer, each change once.

Off unless the setting ``hooks`` names a file. One thread looks and sends.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.board.types import Board
from dragoman.desk.asked import address
from dragoman.desk.kept import Desk
from dragoman.desk.told.hooked import Delivery, Hook, Hooks, Remembered, load_hooks, remembered
from dragoman.errors import DragomanError, FetchError, RefusedError, SettingsError
from dragoman.export.days import NEVER
from dragoman.export.ledger_json import change_form
from dragoman.export.ledger_since import Change, changes
from dragoman.export.ledger_words import Tongue
from dragoman.feeds.fetch import Fetcher, Limits, Request
from dragoman.ledger.stamps import name_of
from dragoman.ledger.store import View, instant
from dragoman.model import content_id
from dragoman.views.naming import issues_of

WAITS = (10, 60, 300, 1_800, 7_200, 21_600)  # seconds after each try that failed; after the last one it is given up
SIGNATURE, DELIVERY = "X-Dragoman-Signature", "X-Dragoman-Delivery"
_LIMITS = Limits(seconds=20.0, size=100_000, redirects=0)
_log = logging.getLogger("dragoman.desk")


@dataclass(slots=True, kw_only=True)
class Messenger:
    """Looks what changed and tells it. ``clock`` gives seconds since 1970; tests set it."""

    desk: Desk
    hooks: Hooks
    file: Path
    clock: Callable[[], float] = time.time
    fetcher: Fetcher = field(default_factory=lambda: Fetcher(_LIMITS))
    state: Remembered = field(default_factory=Remembered)
    trouble: str | None = None
    _seen: object = None
    _known: tuple[str, dict[str, Board]] = ("", {})
    _stop: Event = field(default_factory=Event)
    _lock: RLock = field(default_factory=RLock)
    _thread: Thread | None = None

    # -- in its thread

    def start(self) -> None:
        """Begin to look and tell in a thread."""
        self._thread = Thread(target=self._run, name="hooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End with what is being sent."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_LIMITS.seconds + 5)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.turn()
            self._stop.wait(self.hooks.every)

    def turn(self) -> None:
        """Look once, and send what is due. What goes wrong is said, and tried again at the next turn."""
        try:
            self.look()
            self.send()
            self.trouble = None
        except DragomanError as fault:
            self._complain(str(fault))
        except Exception as fault:  # noqa: BLE001  the thread must go on
            _log.exception("hooks: the look failed")
            self.trouble = f"{type(fault).__name__}: {fault}"

    def _complain(self, words: str) -> None:
        if words != self.trouble:
            _log.error("hooks: %s", words)
        self.trouble = words

    # -- what changed

    def look(self) -> None:
        """Note what is to be told of what changed since each hook was told; a new hook is told from now on."""
        if self.desk.boards.mark() == self._seen:
            return
        mark, now, boards = self._looked()
        with self._lock:
            for hook in self.hooks.hooks:
                since = self.state.told.setdefault(hook.name, now)
                if since != now:
                    self.state.pending += list(self._deliveries(hook, since, now, boards))
                    self.state.told[hook.name] = now
            self.state.keep(self.file)
        self._known, self._seen = (now, boards), mark

    def _looked(self) -> tuple[object, str, dict[str, Board]]:
        """Return the boards with the instant up to which they are, seen while nothing changed."""
        while True:
            mark = self.desk.boards.mark()
            now, boards = self._latest(), {one: self.desk.shown(one).board for one in self.desk.conflicts}
            if self.desk.boards.mark() == mark:
                return mark, now, boards

    def _latest(self) -> str:
        """Return the instant of the last report or decision of the ledger: up to where the record goes that is told now."""
        reports = (told.kept.recorded for told in self.desk.picture().told)
        listed = self.desk.boards.decisions()[1]
        decided = (each for one in listed for each in (one.at, one.withdrawn_at) if each is not None)
        return instant(max((*reports, *decided), default=NEVER))

    def _deliveries(self, hook: Hook, since: str, now: str, boards: dict[str, Board]) -> Iterator[Delivery]:
        for conflict in sorted(hook.conflicts or boards):
            found = [
                form
                for change in self._changes(self._before(conflict, since), boards[conflict])
                if (form := _form(hook, conflict, change))
            ]
            if found:
                identity = content_id("hook", hook.name, conflict, since, now)
                body = {
                    "id": identity, "version": __version__, "hook": hook.name, "conflict": conflict, "since": since,
                    "until": now, "changes": found,
                }  # fmt: skip
                yield Delivery(id=identity, hook=hook.name, conflict=conflict, body=msgspec.json.encode(body).decode())

    def _changes(self, before: Board, now: Board) -> tuple[Change, ...]:
        if before is now:
            return ()
        return changes(before, now, Tongue({**before.names, **now.names}, issues_of(self.desk.conflict(now.conflict))))

    def _before(self, conflict: str, since: str) -> Board:
        """Return the board that was told of: as it was kept, or as the ledger had it at that instant."""
        instant_kept, boards = self._known
        if instant_kept == since and conflict in boards:
            return boards[conflict]
        return self.desk.shown(conflict, View(known=datetime.fromisoformat(since))).board

    # -- tell it

    def send(self) -> None:
        """Send what is due, of each hook in order: what cannot be sent holds up what comes after it."""
        for hook in self.hooks.hooks:
            while not self._stop.is_set():
                mine = next((each for each in self.state.pending if each.hook == hook.name), None)
                if mine is None or mine.due > self.clock():
                    break
                self._tried(mine, self._fault(hook, mine))

    def _tried(self, mine: Delivery, found: str | None) -> None:
        with self._lock:
            mine.tries, mine.found = mine.tries + 1, found
            mine.at = datetime.fromtimestamp(self.clock(), UTC).isoformat(timespec="seconds")
            if found is None or mine.tries > len(WAITS):
                self.state.pending.remove(mine)
                (self.state.sent if found is None else self.state.failed).append(mine)
            else:
                mine.due = self.clock() + WAITS[mine.tries - 1]
            self.state.keep(self.file)
        if found is not None:
            _log.warning("hooks: %s was not told (%s), try %d", mine.hook, found, mine.tries)

    def _fault(self, hook: Hook, delivery: Delivery) -> str | None:
        """Send a delivery; return what was wrong, None where it arrived."""
        body = delivery.body.encode()
        headers = {
            "Content-Type": "application/json", DELIVERY: delivery.id,
            SIGNATURE: signature(hook.secret, body, int(self.clock())),
        }  # fmt: skip
        try:
            answer = self.fetcher.post(Request(url=hook.url, headers=headers, allowed=self.hooks.allow), body)
        except RefusedError as fault:
            return f"{fault.found}; a host that is not public must be in allow"
        except FetchError as fault:
            return fault.found
        return None if 200 <= answer.status < 300 else f"the host answered {answer.status}"

    # -- how it stands

    def states(self) -> list[dict[str, Any]]:
        """Return how it stands with each hook, without secrets."""
        with self._lock:
            return [self._state(hook) for hook in self.hooks.hooks]

    def _state(self, hook: Hook) -> dict[str, Any]:
        waiting, sent, failed = (
            [each for each in listed if each.hook == hook.name]
            for listed in (self.state.pending, self.state.sent, self.state.failed)
        )
        return {
            "name": hook.name, "url": hook.place, "conflicts": sorted(hook.conflicts), "changes": sorted(hook.changes),
            "entries": sorted(hook.entries), "told": self.state.told.get(hook.name), "waiting": len(waiting),
            "sent": len(sent), "last": sent[-1].at if sent else None, "trouble": self.trouble,
            "failed": [_told_of(each) for each in (*failed, *(one for one in waiting if one.tries))],
        }  # fmt: skip


def _told_of(delivery: Delivery) -> dict[str, Any]:
    names = ("id", "conflict", "tries", "at", "found")
    return {**{name: getattr(delivery, name) for name in names}, "given_up": not delivery.body}


def _form(hook: Hook, conflict: str, change: Change) -> dict[str, Any] | None:
    """Return a change as it is told, with the path of its page; None where the hook does not want it."""
    kind = change.entry.kind
    if change.how not in hook.changes or (hook.entries and kind not in hook.entries):
        return None
    form: dict[str, Any] = msgspec.to_builtins(change_form(change))
    return {**form, "path": address("conflicts", conflict, "entries", change.entry.id)}


def signature(secret: str, body: bytes, moment: int) -> str:
    """Return the signature of a body that is sent at a moment (seconds since 1970).

    >>> signature("a secret of a test", b"{}", 1)[:20]
    't=1,v1=b391849bc579a'
    """
    made = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={made}"


def messenger_of(desk: Desk) -> Messenger | None:
    """Return what tells of a desk's changes, not yet at work; None where nobody is to be told."""
    if desk.settings.hooks is None:
        return None
    path = Path(desk.settings.hooks)
    hooks, file = load_hooks(path), path.with_name(f"{path.name}.state")
    strange = sorted({one for hook in hooks.hooks for one in hook.conflicts} - desk.conflicts.keys())
    if strange:
        known = ", ".join(sorted(desk.conflicts))
        raise SettingsError(
            where=str(path), found=f"there is no conflict {strange[0]!r}", remedy=f"use one of: {known}"
        )
    if path.stat().st_mode & 0o077:
        _log.warning("hooks: others on this machine may read %s, and it has secrets in it: chmod 600", path)
    with desk.ledger.reading() as connection:
        state = remembered(file).of(name_of(connection), {hook.name for hook in hooks.hooks})
    return Messenger(desk=desk, hooks=hooks, file=file, state=state)
