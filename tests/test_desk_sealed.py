"""What goes with every answer of the desk, and what is not answered at all: methods, websockets, folders."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from desking import Asking
from fastapi import FastAPI
from guarding import app, bearer, desk, routes, signed_in, team, token

from dragoman.desk.guard import scope_of
from dragoman.desk.serve import Place, configured

__all__ = ["app", "desk", "team"]  # fixtures
pytestmark = pytest.mark.usefixtures("quick_hashes")
ODD = ("TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "PROPFIND")


def test_every_answer_says_what_it_is(team: FastAPI) -> None:
    client = signed_in(team, "admin", scheme="http")
    for method, path in sorted(routes(team)):
        if method != "GET":
            continue
        answer = client.get(path)
        kind = answer.headers.get("content-type", "")
        assert (path, bool(kind) or not answer.content) == (path, True)
        assert (path, "charset=utf-8" in kind or not kind.startswith("text/")) == (path, True)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert (path, answer.headers["cache-control"].startswith("private")) == (path, True)
        assert "access-control-allow-origin" not in answer.headers
        assert "server" not in answer.headers


@pytest.mark.parametrize("method", ODD)
def test_other_methods_are_not_served(team: FastAPI, method: str) -> None:
    client, given = signed_in(team, "admin"), bearer(token(team, "admin", "admin"))
    for path in ("/", "/users", "/static/desk.css"):
        assert client.request(method, path).status_code == 405
    for path in ("/api/v1/claims", "/api/v1/decisions", "/api/v1/openapi.json"):
        assert client.request(method, path, headers=given).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/static/", "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/vendor"],
)
def test_no_folder_is_listed_and_none_is_left(team: FastAPI, path: str) -> None:
    answer = signed_in(team, "admin").get(path)
    assert answer.status_code in (404, 405)
    assert "FastAPI" not in answer.text


def test_no_websocket_is_opened(team: FastAPI) -> None:
    sent: list[dict[str, Any]] = []

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "websocket",
            "path": "/static/desk.css",
            "headers": [],
            "query_string": b"",
            "scheme": "ws",
            "subprotocols": [],
        }
        await team(scope, receive, send)

    with ThreadPoolExecutor(1) as aside:  # a browser of other tests may have a loop in this thread
        aside.submit(asyncio.run, ask()).result()
    assert [message["type"] for message in sent] == ["websocket.close"]
    assert configured(team.state.desk, "a", Place(host="127.0.0.1", port=1)).ws == "none"


def test_where_tls_is_it_is_said_for_the_host_and_those_under_it(team: FastAPI) -> None:
    client = Asking(team, scheme="https", host="desk.example", address="192.0.2.1")
    for path in ("/login", "/", "/static/desk.css", "/api/v1/claims", "/nowhere"):
        assert client.get(path).headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "strict-transport-security" not in Asking(team).get("/login").headers


def test_nothing_stays_in_the_browser_of_who_signs_out(team: FastAPI) -> None:
    answer = signed_in(team).post("/logout")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert "Max-Age=0" in answer.headers["set-cookie"]


def test_openapi_names_the_keys_and_the_scope_of_each_operation(team: FastAPI) -> None:
    published = json.loads(signed_in(team).get("/api/v1/openapi.json").text)
    keys = published["components"]["securitySchemes"]
    assert {name: (each["type"], each["scheme"]) for name, each in keys.items()} == {
        "token": ("http", "bearer"), "name_and_token": ("http", "basic"),
    }  # fmt: skip
    client = Asking(team)
    scopes = {"read": "reader", "decide": "analyst", "add": "analyst", "admin": "admin"}
    given = {scope: bearer(token(team, role, scope)) for scope, role in scopes.items()}
    for path, methods in published["paths"].items():
        for method, operation in methods.items():
            (needed,) = {scope for each in operation["security"] for scopes_ in each.values() for scope in scopes_}
            assert needed == scope_of(method.upper(), path)
            body: dict[str, Any] = {} if method == "get" else {"json": {}}
            place = path.replace("{", "").replace("}", "")
            for scope in scopes:
                status = client.request(method.upper(), place, headers=given[scope], **body).status_code
                assert (path, scope, status == 403) == (path, scope, scope not in (needed, "admin"))
