"""Parts of lists: a cursor names the last item before, so that reports that come in shift nothing."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Depends, Query
from starlette.requests import Request

from dragoman.desk.api.forms import Page
from dragoman.desk.faults import RequestError, bad
from dragoman.desk.search.finding import Found
from dragoman.desk.search.indexes import Key

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

    def page(self, found: Found[Item], form: Callable[[Item], Form]) -> Page[Form]:
        """Return the forms of this part of what was found."""
        try:
            start = bisect_right(found.rows, self.after, key=found.key) if self.after is not None else 0
        except TypeError as mistake:  # no key of this list
            raise _broken() from mistake
        shown = found.rows[start : start + self.limit]
        more = start + len(shown) < len(found.rows)
        last = cursor_of(found.key(shown[-1]), self.of) if more else None
        return Page(items=tuple(map(form, shown)), next=last)


def part_of(
    request: Request,
    cursor: Annotated[
        str | None, Query(max_length=2000, description="The `next` of the part before; leave it out to begin.")
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
        raise _broken() from mistake
    if mine != of:
        raise bad("cursor", "the cursor is of another list", "keep the filters, or begin anew without a cursor")
    return tuple(key)


def _broken() -> RequestError:
    return bad("cursor", "the cursor is broken", "give the next of an answer as it is, or begin anew")


def _check(body: bytes) -> bytes:
    """Return the check of a cursor's body, which also holds it to this version of the keys."""
    return hashlib.sha256(b"cursor 1" + body).digest()[:_CHECK]
