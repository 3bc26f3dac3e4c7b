"""Who is let in, by what, and for how long: roles, signing in and out, sessions, passwords, admins."""

from __future__ import annotations

import re

import httpx
import pytest
from desking import Asking, formed
from fastapi import FastAPI
from guarding import (
    NOTE,
    PASSWORD,
    accounts_in,
    app,
    bearer,
    desk,
    log_of,
    routes,
    sign_in,
    signed_in,
    team,
)

from dragoman.desk.accounts.users import disable, set_role
from dragoman.desk.who import Role

__all__ = ["app", "desk", "team"]  # fixtures
pytestmark = pytest.mark.usefixtures("quick_hashes")


# -- who is let in


def test_who_has_not_signed_in_sees_nothing(team: FastAPI) -> None:
    client = Asking(team)
    for method, path in routes(team):
        answer = client.request(method, path, headers={"X-CSRF-Token": ""})
        if path == "/login":
            continue
        expected = 303 if method == "GET" and not path.startswith(("/api/", "/feeds/")) else 401
        assert (method, path, answer.status_code) == (method, path, expected)
        if expected == 303:
            assert answer.headers["location"].startswith("/login?back=%2F")
    assert client.get("/nowhere").status_code == 303
    assert client.get("/reports?q=a", headers={"HX-Request": "true"}).headers["hx-redirect"] == "/login"


def test_the_way_in_says_nothing_of_what_is_kept(team: FastAPI) -> None:
    page = Asking(team).get("/login")
    assert [word for word in ("Sorvia", "Libya", "/reports", "the.reader", "search") if word in page.text] == []


MAY = {  # what changes something, and who may do it; whatever else there is, an analyst may do and a reader not
    "reader": {
        "/login", "/logout", "/account/password", "/account/tokens", "/account/tokens/1/revoke", "/account/sessions/1/end",
        "/api/v1/read",
    },
    "admin": {"/users", "/users/1/role", "/users/1/disable", "/users/1/enable", "/users/1/reset"},
}  # fmt: skip


@pytest.mark.parametrize("role", ["reader", "analyst", "admin"])
def test_each_role_may_do_what_it_is_for(team: FastAPI, role: str) -> None:
    client = signed_in(team, role)
    changing = [path for method, path in routes(team) if method not in ("GET", "HEAD", "OPTIONS")]
    assert {"/decisions", "/api/v1/decisions", "/users"} <= set(changing)
    for path in sorted(
        set(changing) - {"/logout", "/login", "/account/sessions/1/end"}
    ):  # which end what is tried here
        needed = next((one for one, paths in MAY.items() if path in paths), "analyst")
        answer = client.post(path, json={})
        assert (path, answer.status_code == 403) == (path, not Role(role).may(Role(needed)))
    for path in ("/users", "/audit"):
        assert client.get(path).status_code == (200 if role == "admin" else 403)


def test_a_role_and_a_disabled_user_count_at_once(team: FastAPI) -> None:
    client = signed_in(team, "reader")
    assert client.post("/api/v1/decisions", json=NOTE).status_code == 403
    set_role(accounts_in(team), "the.reader", Role.ANALYST)
    assert client.post("/api/v1/decisions", json=NOTE).status_code == 201
    disable(accounts_in(team), "the.reader")
    assert client.get("/").status_code == 303


def test_who_adds_the_first_user_has_to_sign_in_next(app: FastAPI) -> None:
    client = formed(Asking(app))
    page = client.post("/users", data={"name": "Miriam", "role": "reader"})
    found = re.search(r'value="([\w-]{20})" readonly', page.text)
    assert found is not None
    client = Asking(app)
    assert client.get("/").status_code == 303
    assert sign_in(client, "miriam", found[1]).status_code == 303
    assert client.get("/users").headers["location"] == "/account"
    own = {"old": found[1], "new": PASSWORD, "again": PASSWORD}
    assert formed(client).post("/account/password", data=own).status_code == 303
    assert client.get("/users").status_code == 200
    assert [(line.user, line.what, line.about) for line in reversed(log_of(app))] == [
        ("tester", "user added", "miriam, admin"),
        ("miriam", "sign in", ""),
        ("miriam", "password changed", "miriam"),
    ]


# -- signing in and out


def test_one_signs_in_and_out(team: FastAPI) -> None:
    client = Asking(team)
    answer = sign_in(client, " The.Reader", back="/reports?q=a")
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports?q=a")
    assert client.get("/").headers["cache-control"] == "private, no-store"
    assert client.get("/login").headers["location"] == "/"
    kept = dict(client.cookies)
    assert formed(client).post("/logout").headers["location"] == "/login"
    assert client.get("/").status_code == 303
    client.cookies.update(kept)  # a copy of the cookie opens nothing any more
    assert client.get("/").status_code == 303
    assert [(line.user, line.what) for line in log_of(team)] == [("the.reader", "sign out"), ("the.reader", "sign in")]


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/\t/evil.example"]
)
def test_signing_in_leads_back_to_this_desk_only(team: FastAPI, back: str) -> None:
    assert sign_in(Asking(team), "the.reader", back=back).headers["location"] == "/"


def test_whatever_is_wrong_the_answer_is_the_same(team: FastAPI) -> None:
    disable(accounts_in(team), "the.analyst")
    shown = set()
    for name, password in (
        ("the.reader", "wrong"),
        ("nobody.here", PASSWORD),
        ("the.analyst", PASSWORD),
        ("a" * 999, ""),
    ):
        answer = sign_in(Asking(team), name, password)
        shown.add((answer.status_code, re.sub(r"[0-9a-f]{64}", "", answer.text)))
    assert len(shown) == 1
    assert next(iter(shown))[0] == 401
    assert {line.user for line in log_of(team)} == {"the.reader", "the.analyst", ""}
    assert {(line.what, line.outcome, line.address) for line in log_of(team)} == {("sign in", "refused", "127.0.0.1")}


def test_a_password_takes_as_long_to_compare_for_a_name_that_nobody_has(
    team: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.desk.accounts import passwords

    tried: list[str] = []
    real = passwords._hasher

    class Seen:
        def verify(self, kept: str, password: str) -> bool:
            tried.append(kept)
            return real.verify(kept, password)

        def hash(self, password: str) -> str:
            return real.hash(password)

    passwords._nobody.cache_clear()
    monkeypatch.setattr(passwords, "_hasher", Seen())
    for name in ("the.reader", "nobody"):
        sign_in(Asking(team), name, "wrong")
    passwords._nobody.cache_clear()
    assert len(tried) == 2
    assert len({kept.rpartition("$")[0].rpartition("$")[0] for kept in tried}) == 1  # as much work


def test_tries_to_sign_in_are_few(team: FastAPI) -> None:
    client = Asking(team)
    answers = [sign_in(client, "the.reader", "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert sign_in(client, "the.reader").status_code == 429
    assert sign_in(client, "the.analyst").status_code == 303
    assert sign_in(Asking(team, address="192.0.2.7", host="desk.example"), "the.reader").status_code == 303
    many = [sign_in(Asking(team), f"name{number}", "wrong").status_code for number in range(20)]
    assert many[0] == 401
    assert many[-1] == 429


def test_each_sign_in_begins_a_session_of_its_own(team: FastAPI) -> None:
    client = Asking(team)
    sign_in(client, "the.reader")
    name = next(name for name in client.cookies if "visit" not in name)
    first = client.cookies[name]
    client.cookies.delete(name)
    sign_in(client, "the.reader")
    second = client.cookies[name]
    assert first != second
    client.cookies.set(
        name, "chosen-by-somebody-else", domain="127.0.0.1"
    )  # what stood in the cookie before is not taken over
    sign_in(client, "the.reader")
    assert client.cookies[name] not in (first, second, "chosen-by-somebody-else")


def _set_cookies(answer: httpx.Response) -> list[str]:
    return answer.headers.get_list("set-cookie")


def test_cookies_are_kept_from_scripts_and_other_sites(team: FastAPI) -> None:
    for scheme, address in (("http", "127.0.0.1"), ("https", "192.0.2.1")):
        client = Asking(team, scheme=scheme, address=address, host="desk.example")
        given = [*_set_cookies(client.get("/login")), *_set_cookies(sign_in(client, "the.reader"))]
        made = [each for each in given if "Max-Age=0" not in each]
        assert len(made) == 2
        for each in made:
            assert "HttpOnly" in each
            assert "SameSite=lax" in each
            assert "Path=/" in each
            assert "Domain" not in each
            assert (each.startswith("__Host-"), "Secure" in each) == (scheme == "https",) * 2
        sealed = client.get("/").headers.get("strict-transport-security")
        assert (sealed is not None) == (scheme == "https")


def test_a_password_is_changed_by_who_knows_it(team: FastAPI) -> None:
    client, other = signed_in(team), signed_in(team)
    new = {"new": "some words that are new", "again": "some words that are new"}
    assert client.post("/account/password", data={"old": "wrong", **new}).status_code == 400
    assert client.post("/account/password", data={"old": PASSWORD, "new": "a b c", "again": "a b c"}).status_code == 400
    assert client.post("/account/password", data={"old": PASSWORD, **new, "again": "another"}).status_code == 400
    assert client.post("/account/password", data={"old": PASSWORD, **new}).status_code == 303
    assert (client.get("/").status_code, other.get("/").status_code) == (200, 303)
    assert sign_in(Asking(team, address="::1"), "the.reader").status_code == 401
    assert sign_in(Asking(team, address="::1"), "the.reader", new["new"]).status_code == 303


def test_own_sessions_and_tokens_are_ended_and_those_of_others_are_not(team: FastAPI) -> None:
    one, other, stranger = signed_in(team), signed_in(team), signed_in(team, "admin")
    sent = one.post("/account/tokens", data={"name": "cron", "scope": ["read"], "days": "30"})
    found = re.search(r'value="(dragoman_[\w-]{43})"', sent.text)
    assert found is not None
    assert found[1] not in one.get("/account").text
    assert one.get("/api/v1/conflicts", headers=bearer(found[1])).status_code == 200
    for path in ("/account/tokens/1/revoke", "/account/sessions/2/end", "/account/tokens/99999999999999999999/revoke"):
        assert stranger.post(path).status_code == 404
    assert one.post("/account/tokens/1/revoke").status_code == 303
    assert one.get("/api/v1/conflicts", headers=bearer(found[1])).status_code == 401
    assert one.post("/account/sessions/2/end").status_code == 303
    assert (one.get("/").status_code, other.get("/").status_code) == (200, 303)
    assert one.post("/account/tokens", data={"name": "cron", "scope": ["decide"]}).status_code == 400


def test_admins_say_who_may_do_what(team: FastAPI) -> None:
    admin = signed_in(team, "admin")
    page = admin.post("/users", data={"name": "Rita", "role": "reader"})
    password = re.search(r'value="([\w-]{20})" readonly', page.text)
    assert password is not None
    assert page.headers["cache-control"] == "private, no-store"
    rita = Asking(team)
    assert sign_in(rita, "rita", password[1]).status_code == 303
    assert admin.post("/users/rita/reset").status_code == 200
    assert rita.get("/").status_code == 303
    assert admin.post("/users/rita/role", data={"role": "analyst"}).status_code == 303
    assert admin.post("/users/rita/role", data={"role": "nobody"}).status_code == 400
    assert admin.post("/users/rita/disable").status_code == 303
    assert admin.post("/users/rita/enable").status_code == 303
    assert admin.post("/users/none/disable").status_code == 400
    assert admin.post("/users/the.admin/disable").status_code == 400
    assert admin.post("/users", data={"name": "a b", "role": "reader"}).status_code == 400
    done = [(line.what, line.about) for line in log_of(team) if line.user == "the.admin"]
    assert done[:5] == [
        ("user enabled", "rita"), ("user disabled", "rita"), ("role changed", "rita, analyst"), ("password reset", "rita"),
        ("user added", "rita, reader"),
    ]  # fmt: skip
