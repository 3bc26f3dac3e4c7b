"""Deciding at the desk: forms that are sent, the list of what was decided, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from desking import SETTINGS, Browsed, formed, overflows, serving, violations

from dragoman.desk.kept import Desk
from dragoman.ledger.decisions import decisions
from dragoman.ledger.store import Ledger


@dataclass
class Room:
    """A desk with who asks it, and the id of a claim of it."""

    desk: Desk
    client: httpx.Client
    claim: str

    def decide(self, kind: str = "wrong_claim", **given: object) -> int:
        """Send the form, and return the status of the answer."""
        form = {"kind": kind, "about": self.claim, "back": "/decisions", **given}
        return self.client.post("/decisions", data=form).status_code


@pytest.fixture
def room(desk_ledger: Path) -> Iterator[Room]:
    ledger = Ledger(str(desk_ledger))
    desk = Desk(ledger, SETTINGS)
    claim = next(iter(desk.picture().claims))
    with serving(desk, "anna") as where, httpx.Client(base_url=where, timeout=60) as client:
        yield Room(desk, formed(client), claim)
    ledger.close()


def test_a_decision_is_kept_with_who_and_can_be_taken_back(room: Room) -> None:
    assert room.decide(note="not so") == 303
    (made,) = decisions(room.desk.ledger)
    assert (made.user, made.note, made.about) == ("anna", "not so", (room.claim,))
    assert room.claim not in room.desk.picture().claims
    answer = room.client.post(f"/decisions/{made.id}/withdraw", data={"back": "/reports#s1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports#s1")
    assert room.claim in room.desk.picture().claims


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "reports",
        "/a\r\nSet-Cookie: x=1",
    ],
)
def test_it_leads_back_to_this_desk_only(room: Room, back: str) -> None:
    assert room.decide(back=back) == 400
    assert decisions(room.desk.ledger) == []


@pytest.mark.parametrize(
    ("kind", "given", "status"),
    [
        ("burn", {}, 400),
        ("wrong_claim", {"about": "nothing"}, 400),
        ("wrong_claim", {"about": [str(n) for n in range(80)]}, 400),
        ("corrected_field", {"field": "actor", "value": "nobody-at-all"}, 400),
        ("corrected_field", {"field": "id", "value": "1"}, 400),
        ("corrected_field", {"field": "date", "value": "{" * 3000}, 400),
        ("filed", {"about": ["1", "atlantis"]}, 404),
        ("note", {"note": "\x00"}, 400),
        ("note", {"note": "x" * 5000}, 422),
    ],
)
def test_what_cannot_be_decided_is_refused(room: Room, kind: str, given: dict[str, object], status: int) -> None:
    assert room.decide(kind, **given) == status
    assert decisions(room.desk.ledger) == []


def test_a_field_is_corrected_to_none(room: Room) -> None:
    assert room.decide("corrected_field", field="place", value="") == 303
    assert room.desk.picture().claims[room.claim][1].claim.place is None


def test_the_list_says_what_it_is_about_and_what_became_of_it(room: Room) -> None:
    for kind, note in (("wrong_claim", "first"), ("right_claim", "then <b>bold</b>")):
        room.decide(kind, note=note)
    body = room.client.get("/decisions").text
    assert "overruled" in body
    assert "stands" in body
    assert "then &lt;b&gt;bold&lt;/b&gt;" in body
    assert f'href="/claims/{room.claim}"' in body
    assert "first" not in room.client.get("/decisions?kind=right_claim").text
    assert "No decision is of these" in room.client.get("/decisions?user=otto").text


def test_htmx_gets_the_part_that_changed(room: Room) -> None:
    form = {"kind": "wrong_claim", "about": room.claim, "back": "/reports"}
    sent = {"HX-Request": "true", "HX-Target": f"decide-{room.claim}"}
    part = room.client.post("/decisions", data=form, headers=sent).text
    assert f'id="decide-{room.claim}"' in part
    assert "said by anna" in part
    assert "<html" not in part


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
def test_the_list_is_fit_for_all(browsed: Browsed, served: str, room: Room, narrow: bool, dark: bool) -> None:
    first, second = list(room.desk.picture().claims)[:2]
    client = formed(httpx.Client(base_url=served))
    for form in (
        {"kind": "wrong_claim", "about": first, "note": "n" * 300},
        {"kind": "same_entity", "about": ["khalifa-haftar", "libya-lna"]},
        {"kind": "corrected_field", "about": second, "field": "actor", "value": "khalifa-haftar"},
        {"kind": "not_filed", "about": [next(iter(room.desk.picture().reports)), "libya"]},
    ):
        assert client.post("/decisions", data=form).status_code == 303
    client.close()
    page = browsed("/decisions", narrow=narrow, dark=dark)
    assert page.locator(".history > li").count() == 4
    assert (violations(page), overflows(page)) == ([], [])
