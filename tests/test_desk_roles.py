"""Who may ask for what: each address of the desk with each role and each token, as docs/security.md says it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from desking import Asking
from fastapi import FastAPI
from guarding import app, bearer, desk, log_of, routes, signed_in, team, token

from dragoman.desk.who import Role, Scope

__all__ = ["app", "desk", "team"]  # fixtures
pytestmark = pytest.mark.usefixtures("quick_hashes")
DOCS = Path(__file__).resolve().parent.parent / "docs" / "security.md"
_ROW = re.compile(
    r"^\| `(GET|POST) (/[^`]*)` \| (everybody|reader|analyst|admin) \| (read|decide|add|admin|–) \|$", re.M
)
_ANY = re.compile(r"{[^}]+}")


def allowed() -> dict[tuple[str, str], tuple[str, str]]:
    """Return by method and address the least role and the scope that the manual names."""
    rows = _ROW.findall(DOCS.read_text(encoding="utf-8"))
    found = {(method, path): (role, scope) for method, path, role, scope in rows}
    assert len(found) == len(rows), "an address stands twice in the table"
    return found


def _let_in(client: Asking, method: str, path: str, headers: dict[str, str] | None = None) -> bool:
    """Return whether somebody is let in; what is asked for is never there, and what is sent says nothing."""
    given: dict[str, Any] = {"json": {}} if method == "POST" else {}
    answer = client.request(method, _ANY.sub("99999", path), headers=headers or {}, **given)
    assert answer.status_code < 500
    return not _refused(answer)


def _refused(answer: httpx.Response) -> bool:
    to_sign_in = answer.headers.get("location", "").startswith("/login?back=")
    return answer.status_code in (401, 403) or to_sign_in


def test_each_address_stands_in_the_table(team: FastAPI) -> None:
    assert sorted(set(routes(team, "{}"))) == sorted(allowed())


@pytest.mark.parametrize("role", ["nobody", "reader", "analyst", "admin"])
def test_a_role_may_do_what_the_table_says(team: FastAPI, role: str) -> None:
    known = role != "nobody"
    client = signed_in(team, role) if known else Asking(team)
    wrong = []
    for (method, path), (least, _) in allowed().items():
        asking = signed_in(team, role, address="::1") if known and path == "/logout" else client
        may = least == "everybody" or (known and Role(role).may(Role(least)))
        if (path != "/login" or method == "GET") and _let_in(asking, method, path) != may:
            wrong.append(f"{role}: {method} {path}: {'refused' if may else 'let in'}")
    assert wrong == []


@pytest.mark.parametrize(
    ("role", "scope"),
    [("reader", Scope.READ), ("analyst", Scope.DECIDE), ("analyst", Scope.ADD), ("admin", Scope.ADMIN)],
)
def test_a_token_may_do_what_the_table_says(team: FastAPI, role: str, scope: Scope) -> None:
    client, given = Asking(team), bearer(token(team, role, scope))
    wrong = []
    for (method, path), (_, needed) in allowed().items():
        if path == "/login":
            continue
        may = needed != "–" and scope in (needed, Scope.ADMIN)
        if _let_in(client, method, path, given) != may:
            wrong.append(f"{role}'s token for {scope}: {method} {path}: {'refused' if may else 'let in'}")
    assert wrong == []


def test_what_is_refused_stands_in_the_log(team: FastAPI) -> None:
    reader = signed_in(team, "reader")
    reader.get("/users")
    reader.post("/api/v1/decisions", json={})
    reader.post("/add", headers={"Origin": "https://evil.example"})
    stranger = Asking(team, address="192.0.2.7", host="desk.example")
    stranger.get("/")  # who has only to sign in has tried nothing
    stranger.get("/api/v1/claims")
    stranger.get("/api/v1/claims", headers=bearer("dragoman_guessed"))
    stranger.get("/api/v1/claims", headers=bearer(token(team, "analyst", "decide")))
    stranger.get("/claims/a%0Aadmin%09did%1b[2Jit", headers={"Host": "evil.example"})
    refused = [(line.user, line.about, line.outcome) for line in reversed(log_of(team)) if line.what == "refused"]
    assert refused == [
        ("the.reader", "GET /users", "a reader may not do this"),
        ("the.reader", "POST /api/v1/decisions", "a reader may not do this"),
        ("the.reader", "POST /add", "another site sent this"),
        ("", "GET /api/v1/claims", "this token opens nothing"),
        ("the.analyst", "GET /api/v1/claims", "this token is not for read"),
        ("", "GET /claims/aadmindid [2Jit", "the desk is not called 'evil.example'"),
    ]
    assert "guessed" not in repr(log_of(team))


def test_one_who_goes_on_trying_does_not_fill_the_log(team: FastAPI) -> None:
    for number in range(30):
        Asking(team, address=f"2001:db8::{number}").get("/", headers={"Host": "evil.example"})
    assert sum(line.what == "refused" for line in log_of(team)) == 20
    Asking(team, address="2001:db9::1").get("/", headers={"Host": "evil.example"})
    assert sum(line.what == "refused" for line in log_of(team)) == 21
