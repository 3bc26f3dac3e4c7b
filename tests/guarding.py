"""A desk without users and one with a team, and what its tests do as a user or a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from desking import SETTINGS, Asking, formed
from fastapi import FastAPI
from fastapi.routing import APIRoute

from dragoman.desk.accounts.log import Filter, Line, lines
from dragoman.desk.accounts.store import Accounts
from dragoman.desk.accounts.tokens import make_token, wanted
from dragoman.desk.accounts.users import add_user
from dragoman.desk.app import app_of
from dragoman.desk.guard import Guard
from dragoman.desk.kept import Desk
from dragoman.desk.who import Role
from dragoman.ledger.store import Ledger, Made
from dragoman.model import Entity, Kind, Report
from dragoman.process.records import ProcessRecord
from dragoman.reading.reader import Reading

PASSWORD = "correct horse battery"
NOTE = {"kind": "note", "about": ["turkey"], "note": "a"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the desk of a ledger with one report, in which nothing was read but one actor."""
    ledger = Ledger(str(tmp_path / "test.ledger"), create=True)
    text = "Turkey is in this report, and nobody says what it did."
    report = Report(id="0123456789abcdef", headline=None, text=text, body_start=0, published=date(2020, 1, 14))
    known = Entity(id="turkey", name="Turkey", kind=Kind.STATE)
    reading = Reading(report=report, sentences=(), entities=(known,), claims=(), unread=())
    ledger.add(reading, ProcessRecord(), Made(rulebook="sha256:" + "0" * 64, model="test"))
    yield Desk(ledger, SETTINGS)
    ledger.close()


@pytest.fixture
def app(desk: Desk) -> Iterator[FastAPI]:
    """Return the application of a desk without users."""
    made = app_of(desk, "tester", ["desk.example"])
    yield made
    guard_in(made).accounts.close()


@pytest.fixture
def team(app: FastAPI) -> FastAPI:
    """Return the application of a desk with an admin, an analyst and a reader."""
    for role in (Role.ADMIN, Role.ANALYST, Role.READER):
        add_user(accounts_in(app), f"the.{role}", role, PASSWORD)
    return app


def guard_in(app: FastAPI) -> Guard:
    kept: Guard = app.state.guard
    return kept


def accounts_in(app: FastAPI) -> Accounts:
    return guard_in(app).accounts


def log_of(app: FastAPI) -> tuple[Line, ...]:
    return lines(accounts_in(app), Filter())


def signed_in(app: FastAPI, role: str = "reader", **given: Any) -> Asking:
    """Return a client who has signed in, and sends the token of forms."""
    client = Asking(app, **given)
    assert sign_in(client, f"the.{role}").status_code == 303
    return formed(client)


def sign_in(client: Asking, name: str, password: str = PASSWORD, **given: str) -> httpx.Response:
    page = client.get("/login")
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert found is not None
    return client.post("/login", data={"name": name, "password": password, "csrf": found[1], **given})


def token(app: FastAPI, role: str, *scopes: str) -> str:
    return make_token(accounts_in(app), f"the.{role}", wanted("a program", scopes, 1))


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def routes(app: FastAPI, place: str = "1") -> Iterator[tuple[str, str]]:
    """Yield method and address of all pages and of the API, something in place of each parameter."""
    pending: list[tuple[str, Any]] = [("", route) for route in app.routes]
    while pending:
        before, route = pending.pop()
        if isinstance(route, APIRoute):
            path = before + re.sub(r"{[^}]+}", place, route.path)
            yield from ((method, path) for method in sorted(route.methods or ()))
        elif hasattr(route, "original_router"):
            prefix = before + (route.include_context.prefix or "")
            pending += [(prefix, each) for each in route.original_router.routes]
