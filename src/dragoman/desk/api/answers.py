"""Answers of the API: bytes of msgspec with a strong ETag, 304 where the asker has them, and what OpenAPI says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

JSON = "application/json"
COMPONENT = "#/components/schemas/{name}"


def answer(request: Request, form: Any, *, status: int = 200) -> Response:
    """Return a form as JSON."""
    return answered(request, msgspec.json.encode(form), JSON, status=status)


def answered(request: Request, body: bytes, kind: str, *, status: int = 200) -> Response:
    """Return bytes of a kind; 304 without them where a GET names their ETag: the digest of these very bytes."""
    tag = etag(body)
    if request.method in ("GET", "HEAD") and is_known(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, status_code=status, media_type=kind, headers={"ETag": tag})


def streamed(request: Request, pieces: Iterable[bytes], kind: str, name: str, grounds: Iterable[object]) -> Response:
    """Return bytes as they are made, as a file of that name; its ETag is made from what alone decides of the bytes."""
    tag = etag("\n".join(map(str, grounds)).encode("utf-8", "backslashreplace"))
    if is_known(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    headers = {"ETag": tag, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=kind, headers=headers)


def etag(body: bytes) -> str:
    """Return the strong tag of bytes.

    >>> etag(b"")
    '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c"'
    """
    return f'"{hashlib.sha256(body).hexdigest()[:48]}"'


def is_known(request: Request, tag: str) -> bool:
    """Return whether a request names the tag among those that its asker has."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in given.split(","))


# -- what is published of them


def told(form: str, what: str, *, status: int = 200, kind: str = JSON) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of an answer: the name of its schema, and in words what it is."""
    schema: dict[str, Any] = {"$ref": COMPONENT.format(name=form)}
    return {status: {"description": what, "content": {kind: {"schema": schema}}}, **_FAULTS}


def told_as(kinds: Iterable[str], what: str) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of an answer that is no JSON."""
    content = {kind: {"schema": {"type": "string"}} for kind in kinds}
    return {200: {"description": what, "content": content}, **_FAULTS}


def _fault(what: str) -> dict[str, Any]:
    return {"description": what, "content": {JSON: {"schema": {"$ref": COMPONENT.format(name="FaultForm")}}}}


_FAULTS: dict[int | str, dict[str, Any]] = {
    304: {"description": "The asker has it already (If-None-Match)."},
    400: _fault("What is asked for cannot be understood, or is not allowed."),
    401: _fault("Nobody is signed in, or the token does not hold."),
    403: _fault("The user may not do this."),
    404: _fault("There is no such thing."),
    405: _fault("This address has no such method."),
    413: _fault("The body is too large."),
    415: _fault("The body is no JSON by its Content-Type."),
    422: _fault("The body or a parameter has not the form that is asked for."),
    429: _fault("Too much was asked for in a short time."),
    503: _fault("The ledger is in use by another; try again."),
}
