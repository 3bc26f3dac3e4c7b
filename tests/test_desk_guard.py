"""What stands before the pages: who may ask, by which name, how much and how often, and what is the desk's own."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from desking import Asking, formed, serving_app
from fastapi import FastAPI, Form, UploadFile
from guarding import (
    NOTE,
    PASSWORD,
    accounts_in,
    app,
    bearer,
    desk,
    log_of,
    sign_in,
    signed_in,
    team,
    token,
)

from dragoman.desk.accounts.users import add_user, set_role
from dragoman.desk.kept import Desk
from dragoman.desk.serve import Place, configured, require_safe
from dragoman.desk.who import Role
from dragoman.errors import SettingsError

__all__ = ["app", "desk", "team"]  # fixtures
pytestmark = pytest.mark.usefixtures("quick_hashes")


# -- by which name, and from where


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST", "localhost:1", "[::1]:8765", "desk.example:443"]
)
def test_the_desk_answers_to_its_names(app: FastAPI, host: str) -> None:
    assert Asking(app).get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "a b", "[::1", "::"]
)
@pytest.mark.parametrize("path", ["/", "/static/desk.css", "/api/v1/conflicts", "/login", "/nowhere"])
def test_under_another_name_nothing_is_answered(app: FastAPI, host: str, path: str) -> None:
    answer = Asking(app).get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "Sorvia" not in answer.text


@pytest.mark.parametrize("address", ["192.168.1.5", "2001:db8::1", "testclient"])
def test_without_users_only_this_machine_may_ask(app: FastAPI, address: str) -> None:
    assert Asking(app, address=address).get("/").status_code == 403
    for path in ("/", "/api/v1/conflicts"):
        assert Asking(app).get(path, headers={"X-Forwarded-For": address}).status_code == 403
    assert Asking(app, address="::1").get("/").status_code == 200


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (Place(host="0.0.0.0", port=1), "has no admin"),
        (Place(host="192.168.1.5", port=1), "has no admin"),
        (Place(host="desk.example", port=1), "has no admin"),
        (Place(host="127.0.0.1", port=1, names=("desk.example",)), "has no admin"),
        (Place(host="127.0.0.1", port=1, proxies=("127.0.0.1",)), "has no admin"),
    ],
)
def test_a_public_address_needs_an_admin(app: FastAPI, place: Place, found: str) -> None:
    with pytest.raises(SettingsError, match=found):
        require_safe(place, accounts_in(app))
    add_user(accounts_in(app), "a", Role.ADMIN, PASSWORD)
    if place.host == "0.0.0.0":
        with pytest.raises(SettingsError, match="by which name"):
            require_safe(place, accounts_in(app))
    else:
        require_safe(place, accounts_in(app))
    require_safe(Place(host="0.0.0.0", port=1, names=("desk.example",)), accounts_in(app))


def test_on_loopback_no_user_is_needed(app: FastAPI) -> None:
    for host in ("127.0.0.1", "localhost", "::1"):
        require_safe(Place(host=host, port=1), accounts_in(app))


def test_the_command_refuses_to_open_a_desk_to_all(dragoman: Any, desk: Desk) -> None:
    done = dragoman("desk", "--ledger", desk.ledger.where, "--host", "0.0.0.0")
    assert done.returncode == 2
    assert b"dragoman desk users add" in done.stderr


def test_the_word_of_a_proxy_is_taken_only_where_it_is_named(desk: Desk) -> None:
    behind = configured(desk, "a", Place(host="127.0.0.1", port=1, proxies=("10.0.0.1",)))
    alone = configured(desk, "a", Place(host="127.0.0.1", port=1))
    assert (behind.proxy_headers, behind.forwarded_allow_ips, alone.proxy_headers) == (True, ["10.0.0.1"], False)
    assert (behind.server_header, behind.limit_concurrency, behind.timeout_graceful_shutdown) == (False, 200, 10)


# -- the desk's own pages, and those of others


def test_a_form_needs_its_token(app: FastAPI, team: FastAPI) -> None:
    client = signed_in(team, "analyst")
    own = client.headers.pop("x-csrf-token")
    form = {"kind": "note", "about": "turkey", "note": "a", "back": "/"}
    for given in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "é"}, {"csrf": own[:-1]}):
        assert client.post("/decisions", data={**form, **given}).status_code == 403
        assert (
            client.post("/decisions", data=form, headers={"X-CSRF-Token": given.get("csrf", "").encode()}).status_code
            == 403
        )
    other = signed_in(team, "analyst").headers["x-csrf-token"]
    assert other != own
    assert client.post("/decisions", data={**form, "csrf": other}).status_code == 403
    assert client.post("/decisions", data={**form, "csrf": own}).status_code == 303
    assert client.post("/decisions", data=form, headers={"X-CSRF-Token": own}).status_code == 303


def test_the_single_user_gives_tokens_back_too(app: FastAPI) -> None:
    client = Asking(app)
    form = {"kind": "note", "about": "turkey", "note": "a", "back": "/"}
    assert client.post("/decisions", data=form).status_code == 403
    assert formed(client).post("/decisions", data=form).status_code == 303


@pytest.mark.parametrize(
    "given",
    [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:81"}, {"Origin": "http://[::1"},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "cross-site"},
    ],
)  # fmt: skip
def test_nothing_is_changed_for_another_site(app: FastAPI, given: dict[str, str]) -> None:
    client = formed(Asking(app))
    form = {"kind": "note", "about": "turkey", "note": "a", "back": "/"}
    assert client.post("/decisions", data=form, headers=given).status_code == 403
    assert client.post("/api/v1/decisions", json=NOTE, headers=given).status_code == 403
    own = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/decisions", data=form, headers=own).status_code == 303


def test_a_page_of_another_site_cannot_have_somebody_signed_in(team: FastAPI) -> None:
    sent = {"name": "the.reader", "password": PASSWORD}
    assert Asking(team).post("/login", data=sent).status_code == 403
    client = Asking(team)
    client.get("/login")
    assert client.post("/login", data=sent).status_code == 403


def test_a_cookie_is_not_enough_for_the_api(team: FastAPI) -> None:
    client = signed_in(team, "analyst")
    own = client.headers.pop("x-csrf-token")
    assert client.get("/api/v1/decisions").status_code == 200
    assert client.post("/api/v1/decisions", json=NOTE).status_code == 403
    assert client.post("/api/v1/decisions", json=NOTE, headers={"X-CSRF-Token": own}).status_code == 201


def test_programs_of_the_single_user_send_what_no_form_can(app: FastAPI) -> None:
    client = Asking(app)
    assert client.post("/api/v1/decisions", json=NOTE).status_code == 201
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", ""):
        answer = client.post("/api/v1/decisions", content=b'{"kind": "note"}', headers={"Content-Type": kind})
        assert answer.status_code in (400, 403)


def test_the_token_is_found_in_a_form_with_files_which_the_page_reads_whole(app: FastAPI) -> None:
    @app.post("/try")
    def tried(word: str = Form(), file: UploadFile | None = None) -> dict[str, Any]:
        return {"word": word, "size": len(file.file.read()) if file else None}

    client = formed(Asking(app))
    own = client.headers.pop("x-csrf-token")
    files = {"file": ("a.txt", io.BytesIO(b"x" * 300_000))}
    assert client.post("/try", data={"word": "a"}, files=files).status_code == 403
    answer = client.post("/try", data={"word": "a", "csrf": own}, files={"file": ("a.txt", io.BytesIO(b"x" * 300_000))})
    assert answer.json() == {"word": "a", "size": 300_000}
    broken = {"Content-Type": "multipart/form-data; boundary=a"}
    for content in (b"--a\r\nrubbish", b"", b"--a--", b"\xff" * 99):
        assert 400 <= client.post("/try", content=content, headers=broken).status_code < 500


# -- programs


def test_a_token_may_do_what_it_is_for_and_no_more_than_its_user(team: FastAPI) -> None:
    client = Asking(team)
    answers = {
        "no token": client.post("/api/v1/decisions", json=NOTE),
        "to read": client.post("/api/v1/decisions", json=NOTE, headers=bearer(token(team, "analyst", "read", "add"))),
        "to decide": client.post("/api/v1/decisions", json=NOTE, headers=bearer(token(team, "analyst", "decide"))),
        "of an admin": client.post("/api/v1/decisions", json=NOTE, headers=bearer(token(team, "admin", "admin"))),
        "wrong": client.post("/api/v1/decisions", json=NOTE, headers=bearer("dragoman_x")),
        "to look": client.get("/api/v1/decisions", headers=bearer(token(team, "reader", "read"))),
        "to decide, looks": client.get("/api/v1/decisions", headers=bearer(token(team, "analyst", "decide"))),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "no token": 401, "to read": 403, "to decide": 201, "of an admin": 201, "wrong": 401, "to look": 200,
        "to decide, looks": 403,
    }  # fmt: skip
    assert answers["wrong"].headers["www-authenticate"] == "Bearer"
    assert set(answers["wrong"].json()) == {"error", "detail", "where"}
    demoted = token(team, "analyst", "decide")
    set_role(accounts_in(team), "the.analyst", Role.READER)
    assert client.post("/api/v1/decisions", json=NOTE, headers=bearer(demoted)).status_code == 403
    assert [line.user for line in log_of(team) if line.what == "decision"] == ["the.admin", "the.analyst"]


def test_a_token_opens_no_page(team: FastAPI) -> None:
    for path in ("/", "/users", "/decisions"):
        assert Asking(team).get(path, headers=bearer(token(team, "admin", "admin"))).status_code == 303


def test_calendars_give_a_token_as_the_password(team: FastAPI) -> None:
    client, given = Asking(team), token(team, "reader", "read")
    known = httpx.BasicAuth("the.reader", given)
    assert (
        client.get("/feeds/none", auth=httpx.BasicAuth("the.reader", "x"))
        .headers["www-authenticate"]
        .startswith("Basic ")
    )
    assert client.get("/feeds/none", auth=known).status_code == 404
    assert client.get("/api/v1/conflicts", auth=known).status_code == 200
    assert client.get("/feeds/none", headers={"Authorization": "Basic !"}).status_code == 401


# -- how much and how often


@pytest.mark.parametrize(
    ("path", "most"),
    [("/decisions", 1_000_000), ("/login", 1_000_000), ("/api/v1/read", 2_000_000), ("/add", 25_000_000)],
)
def test_what_is_too_large_is_not_read(app: FastAPI, path: str, most: int) -> None:
    client = formed(Asking(app))

    async def pieces() -> Any:
        for _ in range(most // 500_000 + 1):
            yield b"x" * 500_000

    told = client.post(path, content=b"", headers={"Content-Length": str(most + 1), "Content-Type": "application/json"})
    untold = client.post(path, content=pieces(), headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert told.status_code == 413
    # /add refuses a field of such a size before all of it has come, and the API what is no JSON
    assert untold.status_code == (400 if path == "/add" else 413) or path.startswith("/api/")
    client.headers.pop("x-csrf-token")
    answer = client.post(path, content=pieces(), headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413 or path.startswith("/api/")
    assert "more than" in answer.text


def test_requests_are_counted_by_user(team: FastAPI, desk: Desk) -> None:
    one, other = signed_in(team), signed_in(team, "analyst")
    codes = [one.get("/account").status_code for _ in range(600)]
    answer = one.get("/account")
    assert (codes[0], answer.status_code, other.get("/account").status_code) == (200, 429, 200)
    assert int(answer.headers["retry-after"]) > 0
    assert "too many in one minute" in answer.text
    writes = [other.post("/decisions", data={"kind": "none"}).status_code for _ in range(61)]
    assert (writes[59], writes[60]) == (400, 429)
    readings = [other.post("/api/v1/read", json={}) for _ in range(31)]
    assert [readings[29].status_code, readings[30].status_code] == [422, 429]
    assert readings[30].json()["error"] == "too_many_requests"


def test_files_that_ship_with_the_desk_are_not_counted(team: FastAPI) -> None:
    client = Asking(team)
    assert {client.get("/static/mark.svg").status_code for _ in range(650)} == {200}


# -- what is said


SEALS = {
    "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}  # fmt: skip


def test_every_answer_is_sealed(team: FastAPI) -> None:
    @team.get("/fails")
    def fails() -> None:
        raise RuntimeError("SELECT secret FROM users")

    client = signed_in(team)
    answers = [
        client.get("/"), client.get("/nowhere"), client.get("/static/desk.css"), client.get("/static/none"), client.get("/fails"),
        Asking(team).get("/"), Asking(team).get("/login"), Asking(team).get("/", headers={"Host": "evil.example"}),
        client.post("/decisions", headers={"Origin": "null"}), client.get("/api/v1/conflicts"), client.get("/users"),
    ]  # fmt: skip
    for answer in answers:
        assert {name: answer.headers.get(name) for name in SEALS} == SEALS
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert [answer.status_code for answer in answers[:5]] == [200, 404, 200, 404, 500]
    assert answers[0].headers["cache-control"] == "private, no-store"


def test_a_fault_shows_no_more_than_a_number(team: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    @team.get("/fails")
    def fails() -> None:
        raise RuntimeError("SELECT secret FROM users")

    text = signed_in(team).get("/fails").text
    assert [word for word in ("SELECT", "RuntimeError", "Traceback", ".py") if word in text] == []
    found = re.search(r"fault ([0-9a-f]{8})", text)
    assert found is not None
    assert found[1] in caplog.text
    assert "SELECT secret" in caplog.text


def test_the_log_is_for_admins_and_has_no_secret(team: FastAPI) -> None:
    admin = signed_in(team, "admin")
    sign_in(Asking(team), PASSWORD, "a password in the wrong field")
    made = admin.post("/account/tokens", data={"name": "cron", "scope": ["read"], "days": "30"}).text
    secret = re.search(r"dragoman_[\w-]{43}", made)
    assert secret is not None
    page = admin.get("/audit").text
    log = repr(log_of(team)) + page
    assert [word for word in (PASSWORD, "wrong field", secret[0]) if word in log] == []
    assert "token made" in page
    assert "token made" not in admin.get("/audit?what=sign+in").text.partition("<table>")[2]
    assert "Nothing is noted" in admin.get("/audit?user=none").text
    assert admin.get("/audit?first=x").status_code == 400
    for _ in range(60):
        sign_in(Asking(team, address="::1"), "nobody")
    older = re.search(r'href="(/audit\?[^"]+)" rel="next"', admin.get("/audit").text)
    assert older is not None
    assert "token made" in admin.get(older[1].replace("&amp;", "&")).text


def test_what_was_done_stands_where_the_log_cannot_be_written(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr(accounts_in(app), "_target", str(tmp_path / "no" / "such"))
    assert Asking(app).post("/api/v1/decisions", json=NOTE).status_code == 201
    assert "the audit log was not written (tester: decision)" in caplog.text


def test_a_desk_that_is_served_keeps_to_it(team: FastAPI) -> None:
    with serving_app(team) as where:
        answer = httpx.get(f"{where}/", headers={"Host": "evil.example"})
        assert answer.status_code == 400
        late = httpx.post(f"{where}/login", content=iter([b"x" * 600_000] * 3), headers={"Content-Type": "text/plain"})
        assert late.status_code in (403, 413)
        assert httpx.get(f"{where}/").headers["location"].startswith("/login")
