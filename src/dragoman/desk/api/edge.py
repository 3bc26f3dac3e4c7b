"""What stands before the API: which requests are let in at all, and what text and values in them may be."""

from __future__ import annotations

from email.message import Message as Headed
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import AfterValidator
from starlette.requests import Request

from dragoman.desk.faults import RequestError, bad

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
