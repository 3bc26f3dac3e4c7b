"""A lock whose threads take turns."""

from __future__ import annotations

from collections import deque
from threading import Lock, get_ident


class Turns:
    """A lock that threads get in the order in which they ask for it; who has it may ask for it again.

    Other than with ``threading.RLock``, one that asks again and again does not keep the others waiting.

    >>> turns = Turns()
    >>> with turns, turns:
    ...     pass
    """

    def __init__(self) -> None:
        self._inner = Lock()
        self._waiting: deque[tuple[Lock, int]] = deque()
        self._whose: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        me = get_ident()
        with self._inner:
            if self._whose in (None, me):
                self._whose, self._depth = me, self._depth + 1
                return
            gate = Lock()
            gate.acquire()
            self._waiting.append((gate, me))
        gate.acquire()  # until the one before hands it over

    def __exit__(self, *_: object) -> None:
        with self._inner:
            self._depth -= 1
            if self._depth:
                return
            self._whose = None
            if self._waiting:
                gate, self._whose = self._waiting.popleft()
                self._depth = 1
                gate.release()
