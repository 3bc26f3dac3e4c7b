"""Sessions and tokens under attack: forged, altered, cut, old, used again, of others, planted before somebody signs in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import inspect
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from desking import Asking, formed
from fastapi import FastAPI
from guarding import (
    PASSWORD,
    accounts_in,
    app,
    bearer,
    desk,
    guard_in,
    log_of,
    routes,
    sign_in,
    signed_in,
    team,
    token,
)
from sqlalchemy import select

from dragoman.desk.accounts import sessions as keeping
from dragoman.desk.accounts.sessions import LONGEST, masked, unmasked
from dragoman.desk.accounts.tables import sessions, tokens
from dragoman.desk.accounts.users import enable, set_role
from dragoman.desk.who import Role

__all__ = ["app", "desk", "team"]  # fixtures
pytestmark = pytest.mark.usefixtures("quick_hashes")
READ = "/api/v1/conflicts"


@pytest.fixture
def later(team: FastAPI, monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """Return a list; what is put into it is how much later it is for the desk."""
    passed = [timedelta()]
    monkeypatch.setattr(accounts_in(team), "_clock", lambda: datetime.now(UTC) + sum(passed, timedelta()))
    return passed


def secret_of(client: Asking) -> tuple[str, str]:
    """Return name and value of the cookie of a session."""
    return next((name, value) for name, value in client.cookies.items() if "visit" not in name)


def holding(app: FastAPI, name: str, value: str) -> Asking:
    """Return a client that has a cookie and nothing else."""
    client = Asking(app)
    client.cookies.set(name, value, domain="127.0.0.1")
    return client


def is_in(client: Asking) -> bool:
    """Return whether somebody is signed in."""
    answer = client.get("/account")
    assert answer.status_code in (200, 303)
    return answer.status_code == 200


def changed(value: str) -> list[str]:
    """Return what somebody makes of a secret who has seen one."""
    middle = len(value) // 2
    other = next(letter for letter in "ABC" if letter not in (value[0], value[middle]))
    return [
        "", value[:-1], value[1:], value[: len(value) // 2], value + "A", value + "=", value + " x", value.swapcase(),
        other + value[1:], value[:middle] + other + value[middle + 1 :], value * 2, hashlib.sha256(value.encode()).hexdigest(),
        value[::-1], "null", "0", "*", "' OR 1=1 --", "%", "_" * len(value), '"' * 9, "\\" * 43, "é" * 43, "A" * 3000,
    ]  # fmt: skip


# -- forged, altered, cut


def test_a_changed_cookie_opens_nothing(team: FastAPI) -> None:
    name, value = secret_of(signed_in(team))
    assert is_in(holding(team, name, value))
    for each in changed(value):
        client = Asking(team)
        assert client.get("/account", headers={"Cookie": f"{name}={each}".encode()}).status_code == 303, each


def test_what_the_store_knows_of_a_session_opens_nothing(team: FastAPI) -> None:
    name, value = secret_of(signed_in(team))
    with accounts_in(team).reading() as connection:
        row = connection.execute(select(sessions)).one()
    assert value not in map(str, row)
    for each in (row.hash, str(row.no), row.user, f"{row.user}:{row.no}"):
        assert not is_in(holding(team, name, each))


def test_a_changed_token_opens_nothing(team: FastAPI) -> None:
    client, given = Asking(team), token(team, "analyst", "read")
    assert client.get(READ, headers=bearer(given)).status_code == 200
    for each in [*changed(given), given.removeprefix("dragoman_"), given.upper(), f"{given},{given}"]:
        assert client.get(READ, headers={"Authorization": f"Bearer {each}".encode()}).status_code == 401, each


@pytest.mark.parametrize("kind", ["", "Token", "Digest", "Negotiate", "Bearer Bearer", "bearer:", "Basic"])
def test_a_token_counts_only_as_it_is_to_be_sent(team: FastAPI, kind: str) -> None:
    given = token(team, "analyst", "read")
    assert Asking(team).get(READ, headers={"Authorization": f"{kind} {given}"}).status_code == 401
    assert Asking(team).get(f"{READ}?token={given}&access_token={given}").status_code == 401
    assert Asking(team).get(READ, headers={"Cookie": f"token={given}"}).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "RS256"])
def test_no_token_says_by_itself_what_it_opens(team: FastAPI, algorithm: str) -> None:
    """A token is looked up, never read: there is no algorithm that could be confused with another."""

    def part(given: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(given).encode()).rstrip(b"=").decode()

    head = (
        part({"alg": algorithm, "typ": "JWT"}) + "." + part({"sub": "the.admin", "scope": "admin", "exp": 4102444800})
    )
    name = secret_of(signed_in(team))[0]
    for key in (b"", b"secret", guard_in(team).key.encode()):
        signed = base64.urlsafe_b64encode(hmac.new(key, head.encode(), "sha256").digest()).rstrip(b"=").decode()
        for each in (f"{head}.", f"{head}.{signed}", f"dragoman_{head}.{signed}"):
            assert Asking(team).get(READ, headers=bearer(each)).status_code == 401
            assert not is_in(holding(team, name, each))


# -- old, and used again


def test_a_session_is_not_used_again_after_its_end(team: FastAPI, later: list[timedelta]) -> None:
    ended, replaced, old = signed_in(team), signed_in(team), signed_in(team, "analyst")
    copies = [holding(team, *secret_of(each)) for each in (ended, replaced, old)]
    assert [is_in(each) for each in copies] == [True] * 3
    ended.post("/logout")
    assert replaced.post("/login", data={"name": "the.reader", "password": PASSWORD}).status_code == 303
    later.append(timedelta(hours=13))
    assert [is_in(each) for each in copies] == [False] * 3


def test_a_session_that_is_always_used_ends_all_the_same(team: FastAPI, later: list[timedelta]) -> None:
    client = signed_in(team)
    for _ in range(LONGEST // timedelta(hours=8)):
        assert is_in(client)
        later.append(timedelta(hours=8))
    assert not is_in(client)


def test_a_token_is_not_used_after_its_end(team: FastAPI, later: list[timedelta]) -> None:
    ended, old = token(team, "reader", "read"), token(team, "reader", "read")
    client = Asking(team)
    assert [client.get(READ, headers=bearer(each)).status_code for each in (ended, old)] == [200, 200]
    assert signed_in(team).post("/account/tokens/1/revoke").status_code == 303
    assert [client.get(READ, headers=bearer(each)).status_code for each in (ended, old)] == [401, 200]
    later.append(timedelta(days=2))
    assert client.get(READ, headers=bearer(old)).status_code == 401


def test_who_may_come_back_does_not_come_back_by_an_old_session(team: FastAPI) -> None:
    client, admin = signed_in(team), signed_in(team, "admin")
    assert admin.post("/users/the.reader/disable").status_code == 303
    assert not is_in(client)
    enable(accounts_in(team), "the.reader")
    assert not is_in(client)
    client.headers.pop("x-csrf-token")
    assert sign_in(client, "the.reader").status_code == 303
    assert is_in(client)


def test_another_password_ends_sessions_and_where_it_is_asked_for_tokens(team: FastAPI) -> None:
    client, other, given = signed_in(team), signed_in(team), token(team, "reader", "read")
    words = ["some words that are new", "other words that are new"]
    form = {"old": PASSWORD, "new": words[0], "again": words[0]}
    assert client.post("/account/password", data=form).status_code == 303
    assert (is_in(client), is_in(other)) == (True, False)
    assert Asking(team).get(READ, headers=bearer(given)).status_code == 200
    form = {"old": words[0], "new": words[1], "again": words[1], "tokens": "yes"}
    assert formed(client).post("/account/password", data=form).status_code == 303
    assert Asking(team).get(READ, headers=bearer(given)).status_code == 401


def test_a_reset_by_an_admin_ends_sessions_and_tokens(team: FastAPI) -> None:
    client, given = signed_in(team), token(team, "reader", "read")
    others = token(team, "analyst", "read")
    assert signed_in(team, "admin").post("/users/the.reader/reset").status_code == 200
    assert not is_in(client)
    codes = [Asking(team).get(READ, headers=bearer(each)).status_code for each in (given, others)]
    assert codes == [401, 200]


def test_a_password_that_was_handed_over_is_changed_first(team: FastAPI) -> None:
    page = signed_in(team, "admin").post("/users/the.analyst/reset").text
    found = re.search(r'value="([\w-]{20})" readonly', page)
    assert found is not None
    client = Asking(team)
    assert sign_in(client, "the.analyst", found[1]).status_code == 303
    for method, path in routes(team):
        if path not in ("/account", "/account/password", "/logout"):
            answer = formed(client).request(method, path)
            leads = method == "GET" and not path.startswith(("/api/", "/feeds/"))
            assert (path, answer.status_code, answer.headers.get("location")) == (
                path,
                *((303, "/account") if leads else (403, None)),
            )
    assert "was handed to you" in client.get("/account").text
    own = {"old": found[1], "new": found[1], "again": found[1]}
    assert formed(client).post("/account/password", data=own).status_code == 400
    assert formed(client).post("/account/password", data={**own, "new": PASSWORD, "again": PASSWORD}).status_code == 303
    assert formed(client).get("/").status_code == 200
    assert "was handed to you" not in client.get("/account").text


# -- of others, and planted


def test_a_form_of_another_session_is_refused(team: FastAPI) -> None:
    one, other = signed_in(team, "analyst"), signed_in(team, "analyst")
    form = {"kind": "note", "about": "turkey", "note": "a", "back": "/", "csrf": other.headers["x-csrf-token"]}
    one.headers.pop("x-csrf-token")
    assert one.post("/decisions", data=form).status_code == 403


def test_a_cookie_of_another_desk_opens_nothing(team: FastAPI) -> None:
    name, value = secret_of(signed_in(team))
    for other in ("dragoman-0123456789abcdef", "dragoman", f"__Host-{name}", name.upper()):
        assert not is_in(holding(team, other, value))


def test_a_session_that_somebody_planted_is_not_taken_over(team: FastAPI) -> None:
    stranger, victim = signed_in(team, "analyst"), Asking(team)
    name, planted = secret_of(stranger)
    victim.cookies.set(name, planted, domain="127.0.0.1")
    form = {"name": "the.admin", "password": PASSWORD, "csrf": stranger.headers["x-csrf-token"]}
    assert victim.post("/login", data=form).status_code == 303
    assert secret_of(victim)[1] != planted
    assert not is_in(holding(team, name, planted))
    assert [(line.user, line.what) for line in log_of(team)][:1] == [("the.admin", "sign in")]


def test_a_visit_that_somebody_planted_is_no_session(team: FastAPI) -> None:
    visitor = Asking(team)
    visitor.get("/login")
    name, planted = next(iter(visitor.cookies.items()))
    victim = holding(team, name, planted)
    sign_in(victim, "the.reader")
    assert is_in(victim)
    assert not is_in(visitor)
    form = {"kind": "note", "about": "turkey", "note": "a", "csrf": masked(keeping.form_token(planted))}
    assert victim.post("/decisions", data=form).status_code == 403


def test_a_token_never_does_more_than_its_user_may_now(team: FastAPI) -> None:
    given = bearer(token(team, "admin", "admin", "read"))
    client = Asking(team)
    assert client.get("/api/v1/hooks", headers=given).status_code == 200
    set_role(accounts_in(team), "the.analyst", Role.ADMIN)
    set_role(accounts_in(team), "the.admin", Role.READER)
    assert client.get("/api/v1/hooks", headers=given).status_code == 403
    assert client.post("/api/v1/decisions", json={"kind": "note"}, headers=given).status_code == 403
    assert client.get(READ, headers=given).status_code == 200


def test_a_token_beside_a_session_is_what_counts(team: FastAPI) -> None:
    admin = signed_in(team, "admin")
    given = bearer(token(team, "reader", "read"))
    assert admin.get("/api/v1/hooks").status_code == 200
    assert admin.get("/api/v1/hooks", headers=given).status_code == 403
    assert admin.get("/api/v1/hooks", headers=bearer("dragoman_wrong")).status_code == 401


# -- how they are kept and compared


def test_secrets_have_256_bits_and_are_kept_as_hashes(team: FastAPI) -> None:
    made = {secret_of(signed_in(team, role))[1] for role in ("reader", "analyst", "admin")}
    given = token(team, "reader", "read")
    assert len(made) == 3
    for each in (*made, given.removeprefix("dragoman_")):
        assert len(base64.urlsafe_b64decode(each + "=")) == 32
    with accounts_in(team).reading() as connection:
        kept = set(connection.execute(select(sessions.c.hash)).scalars())
        assert kept == {hashlib.sha256(each.encode()).hexdigest() for each in made}
        assert connection.execute(select(tokens.c.hash)).scalar_one() == hashlib.sha256(given.encode()).hexdigest()


def test_what_is_compared_is_compared_in_constant_time(team: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        seen.append((one, other))
        return one == other

    client = signed_in(team, "analyst")
    monkeypatch.setattr(hmac, "compare_digest", compare)
    assert client.post("/decisions", data={}).status_code != 403
    assert client.post("/decisions", data={}, headers={"X-CSRF-Token": masked("00" * 32)}).status_code == 403
    assert [one == other for one, other in seen] == [True, False]
    assert all(len(other) == 64 for _, other in seen)
    # sessions and tokens are looked up by the hash of what was given: how far it is right is not in the time
    assert inspect.getsource(keeping).count("hash_of(given)") == 1


def test_the_token_of_forms_is_another_on_each_page(team: FastAPI) -> None:
    client = signed_in(team, "analyst")
    shown = [
        set(re.findall(r'(?:name="csrf" value|name="csrf" content)="([0-9a-f]+)"', client.get("/account").text))
        for _ in "ab"
    ]
    assert [len(each) for each in shown] == [1, 1]  # on a page it is one, so that a page packs well
    one, other = shown[0].pop(), shown[1].pop()
    assert one != other
    assert unmasked(one) == unmasked(other)
    for each in (one, other):
        assert client.post("/decisions", data={}, headers={"X-CSRF-Token": each}).status_code != 403
    assert client.post("/decisions", data={}, headers={"X-CSRF-Token": unmasked(one)}).status_code == 403
