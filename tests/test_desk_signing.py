"""Signing in, tokens and users, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from desking import NARROW, SETTINGS, WIDE, overflows, serving_app, violations

from dragoman.desk.accounts.log import Noted, note
from dragoman.desk.accounts.users import add_user
from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.desk.who import Role
from dragoman.ledger.store import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def where(tmp_path: Path) -> Iterator[str]:
    """Serve the desk of an empty ledger that has an admin."""
    ledger = Ledger(str(tmp_path / "test.ledger"), create=True)
    app = app_of(Desk(ledger, SETTINGS), "tester")
    accounts = app.state.guard.accounts
    add_user(accounts, "miriam", Role.ADMIN, PASSWORD)
    for number in range(60):
        note(
            accounts,
            Noted(user=f"user{number}", address="192.0.2.1", what="decision", about="wrong_claim " + "1f" * 40),
        )
    with serving_app(app) as served:
        yield served
    accounts.close()
    ledger.close()


@contextmanager
def window(browser: Browser, where: str, *, narrow: bool = False, dark: bool = False) -> Iterator[Page]:
    width, height = NARROW if narrow else WIDE
    context = browser.new_context(
        base_url=where, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    page.on(
        "console", lambda said: wrong.append(said.text) if said.type == "error" and "401" not in said.text else None
    )
    yield page
    context.close()
    assert wrong == []


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill("miriam")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_one_signs_in_makes_a_token_and_revokes_it(browser: Browser, where: str) -> None:
    with window(browser, where) as page:
        page.goto("/account")
        sign_in(page, "wrong")
        assert "do not belong together" in page.get_by_role("alert").inner_text()
        sign_in(page)
        assert page.url == f"{where}/account"
        assert page.evaluate("document.cookie") == ""  # scripts see nothing of the session
        page.get_by_label("What it is for").fill("the weekly list")
        page.get_by_role("button", name="Make token").click()
        known = {"Authorization": f"Bearer {page.get_by_label('Token for the weekly list').input_value()}"}
        assert httpx.get(f"{where}/api/v1/conflicts", headers=known).status_code == 200
        page.get_by_role("link", name="I have it").click()
        page.get_by_role("button", name="Revoke the weekly list").click()
        assert page.get_by_text("The token is revoked.").is_visible()
        assert httpx.get(f"{where}/api/v1/conflicts", headers=known).status_code == 401
        page.get_by_role("button", name="Sign out").click()
        assert page.url == f"{where}/login"
        page.goto("/users")
        assert page.url.startswith(f"{where}/login")


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
def test_the_pages_of_accounts_are_fit_for_all(browser: Browser, where: str, narrow: bool, dark: bool) -> None:
    with window(browser, where, narrow=narrow, dark=dark) as page:
        page.goto("/login")
        assert (violations(page), overflows(page)) == ([], [])
        sign_in(page)
        for path in ("/account", "/users", "/audit"):
            page.goto(path)
            assert (path, violations(page), overflows(page)) == (path, [], [])
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.goto("/users")
        page.get_by_label("Name").fill("rita")
        page.get_by_role("button", name="Add", exact=True).click()
        assert (violations(page), overflows(page)) == ([], [])
