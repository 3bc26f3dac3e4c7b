"""Parts of lists: a cursor says behind which item the next part begins, so that reports that come in shift nothing."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Depends, Query
from starlette.requests import Request

from dragoman.desk.api.forms import Page
from dragoman.desk.faults import bad

Key = tuple[int | float | str, ...]
Item = TypeVar("Item")
Form = TypeVar("Form")

_CHECK = 8  # bytes that tell a whole cursor from a broken one
_APART = frozenset({"cursor", "limit"})
_USUAL, _MOST = 50, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of a list is asked for: so many items behind the one with this key. ``of`` tells one list from others."""

    limit: int
    after: Key | None
    of: str

    def taken(self, found: Iterator[Item]) -> list[Item]:
        """Return the first items of those behind the key: as many as are shown, and one more where there is one."""
        return list(islice(found, self.limit + 1))

    def page(self, found: Sequence[Item], key: Callable[[Item], Key], form: Callable[[Item], Form]) -> Page[Form]:
        """Return the forms of the items that were taken."""
        shown = found[: self.limit]
        more = len(found) > self.limit
        return Page(items=tuple(map(form, shown)), next=cursor_of(key(shown[-1]), self.of) if more else None)


def part_of(
    request: Request,
    cursor: Annotated[
        str | None, Query(max_length=2000, description="The ``next`` of the part before; leave it out to begin.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=_MOST, description="So many items at most.")] = _USUAL,
) -> Part:
    """Return which part of a list is asked for; RequestError where the cursor is broken or of another list."""
    asked = sorted((name, value) for name, value in request.query_params.multi_items() if name not in _APART)
    of = hashlib.sha256(repr((request.url.path, asked)).encode("utf-8", "backslashreplace")).hexdigest()[:12]
    return Part(limit=limit, after=key_in(cursor, of) if cursor else None, of=of)


PartOf = Annotated[Part, Depends(part_of)]


def cursor_of(key: Key, of: str) -> str:
    """Return the cursor of what comes behind a key in a list.

    >>> key_in(cursor_of((737437, "1f", 2), "a"), "a")
    (737437, '1f', 2)
    """
    body = msgspec.json.encode([of, *key])
    return urlsafe_b64encode(_check(body) + body).decode().rstrip("=")


def key_in(cursor: str, of: str) -> Key:
    """Return the key that a cursor gives; RequestError where it is no cursor of ours, or of another list."""
    try:
        whole = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        check, body = whole[:_CHECK], whole[_CHECK:]
        if check != _check(body):
            raise ValueError("it was changed")
        mine, *key = msgspec.json.decode(body, type=list[Any])
    except (ValueError, msgspec.MsgspecError) as mistake:
        raise bad("cursor", "the cursor is broken", "give the next of an answer as it is, or begin anew") from mistake
    if mine != of:
        raise bad("cursor", "the cursor is of another list", "keep the filters, or begin anew without a cursor")
    return tuple(key)


def _check(body: bytes) -> bytes:
    return hashlib.sha256(b"cursor" + body).digest()[:_CHECK]
