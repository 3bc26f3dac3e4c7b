"""Adding reports at the desk: a pasted text, files, or an address; what became of each is told, with the remedy."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman.desk import taking
from dragoman.desk.asked import Asked, day_in
from dragoman.desk.faults import FaultForm, RequestError, form_of, status_of
from dragoman.desk.guard import audit
from dragoman.desk.paper import desk_of, page
from dragoman.desk.taking import Done, Given, Upload, take
from dragoman.desk.who import Role, User, needs
from dragoman.errors import DragomanError
from dragoman.ledger.adding import Outcome

router = APIRouter()

_TEXT = 5_000_000  # bytes of a text field; the whole is bounded before (bounds.py)
_FIELDS = 12

Analyst = Annotated[User, Depends(needs(Role.ANALYST))]


@router.get("/add")
def add_page(request: Request, _: Analyst) -> Response:
    """Show the form."""
    return _page(request, Given(), "")


@router.post("/add")
async def add_reports(request: Request, _: Analyst) -> Response:
    """Add what is sent, and tell what became of each report; a text that was refused stays in the form."""
    given, published = Given(), ""
    try:
        form = await form_in(request)
        published, given = _word(form, "published"), await _given(form)
        given = replace(given, published=day_in(published, "day"))
        if not given:
            raise _refused("nothing is given", "paste a text, choose files, or give an address", HTTPStatus.BAD_REQUEST)
        done = await run_in_threadpool(take, desk_of(request), given)
    except DragomanError as fault:
        return _page(request, given, published, fault=fault)
    for each in done:
        if each.outcome is Outcome.ADDED:
            await run_in_threadpool(audit, request, "report added", each.report or "")
    return _page(request, given, published, done)


async def form_in(request: Request) -> FormData:
    """Return the form of a request; RequestError where it has too many files, or is none."""
    try:
        return await request.form(max_files=taking.FILES + 1, max_fields=_FIELDS, max_part_size=_TEXT)
    except HTTPException as mistake:
        found, remedy = str(mistake.detail).rstrip("."), f"give at most {taking.FILES} files at a time"
        raise _refused(found, remedy, HTTPStatus(mistake.status_code)) from mistake


async def _given(form: FormData) -> Given:
    files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    # one byte more than may be, so that it is seen that there is more
    uploads = [Upload(name=each.filename or "", data=await each.read(taking.LARGEST + 1)) for each in files]
    await form.close()
    return Given(
        text=_word(form, "text"), headline=_word(form, "headline").strip(), address=_word(form, "address").strip(),
        outlet=_word(form, "outlet").strip(), files=tuple(uploads),
    )  # fmt: skip


def _word(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _refused(found: str, remedy: str, status: HTTPStatus) -> RequestError:
    return RequestError(where="what was sent", found=found, remedy=remedy, status=status)


def _page(
    request: Request, given: Given, published: str, done: list[Done] | None = None, fault: DragomanError | None = None
) -> Response:
    """Return the form with what became of what was sent; what was refused of it stands in the form once more."""
    told: FaultForm | None = form_of(fault) if fault else None
    failed = {each.source for each in done or () if each.outcome is Outcome.FAILED}
    keep = fault is not None
    shown = {
        "done": done, "counts": Counter(each.outcome for each in done or ()), "fault": told, "outcomes": list(Outcome),
        "text": given.text if keep or taking.PASTED in failed else "",
        "headline": given.headline if keep or taking.PASTED in failed else "",
        "address_given": given.address if keep or given.address in failed else "",
        "outlet": given.outlet, "published": published, "endings": ", ".join(taking.ENDINGS),
        "files": taking.FILES, "largest": taking.LARGEST // 1_000_000,
    }  # fmt: skip
    whole = fault is None or bool(request.headers.get("HX-Request"))
    return page(request, "add.html", shown, Asked(), status=200 if whole or fault is None else int(status_of(fault)))
