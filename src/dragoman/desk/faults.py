"""Errors in one form: what went wrong, in words, and where; as JSON under /api, as a page elsewhere."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TypedDict

from dragoman.errors import ConflictError, DragomanError, IntakeError, LedgerError, RefusedError, SettingsError
from dragoman.ledger.adding import of_ledger


class RequestError(DragomanError):
    """A request that is not answered. ``status`` is that of HTTP."""

    def __init__(self, *, where: str, found: str, remedy: str, status: HTTPStatus) -> None:
        self.status = status
        super().__init__(where=where, found=found, remedy=remedy)


class FaultForm(TypedDict):
    """The one form of errors: ``error`` names the kind, ``detail`` what was found and what to do, ``where`` the place."""

    error: str
    detail: str
    where: str


_LONGEST = 2_000  # characters that are told of a mistake
_ERRORS: tuple[tuple[type[DragomanError], HTTPStatus], ...] = (
    (ConflictError, HTTPStatus.NOT_FOUND),
    (RefusedError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (IntakeError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (LedgerError, HTTPStatus.BAD_REQUEST),
    (SettingsError, HTTPStatus.BAD_REQUEST),
)


def not_found(where: str, what: str, remedy: str = "check the address, or search for it") -> RequestError:
    """Return that there is no such thing.

    >>> print(not_found("1f", "report"))
    1f: there is no such report; check the address, or search for it
    """
    return RequestError(where=where, found=f"there is no such {what}", remedy=remedy, status=HTTPStatus.NOT_FOUND)


def bad(where: str, found: str, remedy: str) -> RequestError:
    """Return that a request cannot be understood."""
    return RequestError(where=where, found=found, remedy=remedy, status=HTTPStatus.BAD_REQUEST)


def refused(where: str, found: str, remedy: str, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> RequestError:
    """Return that a request is not answered, with its status."""
    return RequestError(where=where, found=found, remedy=remedy, status=status)


def status_of(fault: DragomanError) -> HTTPStatus:
    """Return the status of HTTP that a mistake has."""
    if isinstance(fault, RequestError):
        return fault.status
    if isinstance(fault, LedgerError) and of_ledger(fault):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return next((status for kind, status in _ERRORS if isinstance(fault, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def form_of(fault: DragomanError) -> FaultForm:
    """Return a mistake in the one form of errors."""
    status = status_of(fault)
    detail = _sent(f"{fault.found}; {fault.remedy}")
    where = "the ledger" if is_of_store(fault) else _sent(fault.where)
    return FaultForm(error=status.phrase.lower().replace(" ", "_"), detail=detail, where=where)


def is_of_store(fault: DragomanError) -> bool:
    """Return whether a mistake is of a database as such: then it names the place, which is nothing for who asks the desk."""
    return isinstance(fault, LedgerError) and (
        of_ledger(fault) or "://" in fault.where or Path(fault.where).is_absolute()
    )


def _sent(words: str) -> str:
    """Return words as they can be sent: cut, and half of a character as its number."""
    cut = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return cut.encode("utf-8", "backslashreplace").decode()
