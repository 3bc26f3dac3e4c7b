"""What stands before the API: which requests are let in at all, and what text and values in them may be."""

from __future__ import annotations

from email.message import Message as Headed
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import AfterValidator
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.desk.faults import RequestError, bad, form_of

LARGEST = 2_000_000  # bytes of a body

_DEEPEST = 20
_MOST_BITS = 63


def let_in(request: Request) -> None:
    """Let a request in whose address has no NUL and whose body, if it changes something, is JSON by its own word.

    A page of another site can send a form without asking the browser's leave, but no JSON: so it cannot decide in a user's name.
    """
    if "\x00" in request.url.path or any(
        "\x00" in each for pair in request.query_params.multi_items() for each in pair
    ):
        raise bad("address", "it has a NUL in it", "leave it out")
    if request.method == "POST" and not is_json(request.headers.get("content-type", "")):
        raise RequestError(
            where="Content-Type", found="the body is not said to be JSON", remedy="send application/json",
            status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        )  # fmt: skip


class Bounded:
    """Refuses bodies of the API that are too large, whether they say so or not: 413 in the one form of errors."""

    def __init__(self, app: ASGIApp, under: str, most: int = LARGEST) -> None:
        self.app = app
        self.under = under
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith(self.under):
            await self.app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not told.isdigit() or int(told[:20]) > self.most:
            fault = form_of(self._refused())
            await JSONResponse(fault, status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._refused().found)
            return message

        await self.app(scope, counted, send)

    def _refused(self) -> RequestError:
        found, remedy = f"the body has more than {self.most:,} bytes", "send less at a time"
        return RequestError(where="body", found=found, remedy=remedy, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def is_json(kind: str) -> bool:
    """Return whether a content type is JSON's, in UTF-8 where it says so.

    >>> is_json("application/json; charset=utf-8"), is_json("text/plain"), is_json("application/json; charset=utf-16")
    (True, False, False)
    """
    message = Headed()
    message["content-type"] = kind
    charset = str(message.get_param("charset", "utf-8")).lower()
    return message.get_content_type() == "application/json" and charset in ("utf-8", "utf8", "us-ascii")


def _without_nul(words: str) -> str:
    if "\x00" in words:
        raise ValueError("it has a NUL in it")
    return words


Words = Annotated[str, AfterValidator(_without_nul)]
"""Text that every database keeps."""


def plain(value: Any) -> Any:
    """Return a value of JSON as it is; ValueError where a ledger could not keep it: too deep, too large a number, a NUL.

    >>> plain({"event": "AID", "actor": ["un"]})
    {'event': 'AID', 'actor': ['un']}
    """
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return value
    raise ValueError(f"it is nested more than {_DEEPEST} times")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        _without_nul(value).encode()  # half of a character is no text: UnicodeEncodeError is a ValueError
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise ValueError("a number in it is too large")
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        raise ValueError("a number in it is none")
    return []


Plain = Annotated[Any, AfterValidator(plain)]
"""Any value of JSON that a ledger can keep."""
