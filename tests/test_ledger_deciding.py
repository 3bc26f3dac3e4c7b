"""dragoman decide by the command line: what it prints, on which stream, with which status."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from decision_reports import claim_of, filled

from dragoman.cli import run
from dragoman.ledger.decisions import decisions
from dragoman.ledger.store import Ledger
from dragoman.reading.reader import Reader

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reader: Reader
) -> Call:
    """Return what runs a command in a folder with a ledger: status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        monkeypatch.delenv(name)
    filled(tmp_path / "ledger.sqlite", reader).close()

    def called(*arguments: str) -> tuple[int, str, str]:
        status = run(list(arguments))
        out, err = capsysbinary.readouterr()
        return status, out.decode(), err.decode()

    return called


def claim(event: str) -> str:
    ledger = Ledger("ledger.sqlite")
    found = claim_of(list(ledger.told()), 0, event).claim.id
    ledger.close()
    return found


def test_decide_list_and_withdraw(call: Call) -> None:
    assert call("decide", "list") == (0, "nothing has been decided\n", "")
    wrong = claim("REJECT")
    status, out, err = call("decide", "wrong-claim", wrong[:6], "--user", "anna", "--note", "he\x1b[31m signed")
    assert (status, err) == (0, "")
    identity = out.split()[0]
    assert out.splitlines()[0] == f"{identity} wrong_claim {wrong} · stands"
    assert out.splitlines()[1].startswith("  anna, 20")
    assert "\x1b" not in out
    call("decide", "corrected_field", claim("SUPPORT"), "--field", "actor", "--value", "qatar", "--user", "ben")
    status, out, err = call("decide", "--withdraw", identity[:5], "--user", "ben")
    assert status == 0
    assert out.splitlines()[0].endswith("· withdrawn")
    assert out.splitlines()[2].startswith("  withdrawn by ben, 20")
    status, out, err = call("decide", "list", "--json")
    listed = [json.loads(line) for line in out.splitlines()]
    assert sorted((each["kind"], each["state"]) for each in listed) == [
        ("corrected_field", "stands"),
        ("wrong_claim", "withdrawn"),
    ]
    assert {each["field"]: each["value"] for each in listed} == {None: None, "actor": ["qatar"]}
    assert call("decide", "list", "--known", "2001-01-01") == (0, "nothing has been decided\n", "")


def test_a_claim_is_added_from_a_sentence_and_from_outside(call: Call) -> None:
    ledger = Ledger("ledger.sqlite")
    report = ledger.reports()[0].report.id
    ledger.close()
    value = '{"event": "AID", "actor": "qatar"}'
    status, out, _ = call("decide", "added_claim", report[:5], "--sentence", "3", "--value", value, "--user", "anna")
    assert status == 0
    assert out.splitlines()[0].endswith('{"event":"AID","actor":["qatar"]} [3] · stands')
    outside = ("--source", "Memoirs", "--published", "2020-01-15", "--quote", "Qatar sent money.")
    status, out, _ = call("decide", "added_claim", "--value", value, "--user", "anna", *outside)
    assert status == 0
    assert out.splitlines()[0].endswith("Memoirs 2020-01-15 ‘Qatar sent money.’ · stands")


def test_who_decides_is_the_login_name(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "carla")
    assert call("decide", "note", "egypt", "--note", "ask again")[0] == 0
    ledger = Ledger("ledger.sqlite")
    assert [(each.user, each.note) for each in decisions(ledger)] == [("carla", "ask again")]
    ledger.close()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("decide",), 2, "decide: nothing to decide is given; use one of: same_entity, other_entity"),
        (("decide", "wrong"), 2, "decide: 'wrong' is nothing to decide; use one of"),
        (("decide", "list", "--withdraw", "a"), 2, "decide: 'list' and --withdraw; give one of them"),
        (("decide", "--withdraw", "abcdef"), 1, "abcdef: there is no such decision; see dragoman decide list"),
        (("decide", "wrong_claim", "abcdefgh"), 1, "abcdefgh: there is no such claim in the ledger; see"),
        (("decide", "filed", "abc", "atlantis"), 1, "atlantis: "),
        (("decide", "filed", "abcdefgh", "libya"), 1, "abcdefgh: no report has this id"),
        (("decide", "wrong_claim"), 1, "wrong_claim: 0 given; give one id or more"),
    ],
)
def test_mistakes_are_one_line(call: Call, arguments: tuple[str, ...], status: int, said: str) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (status, "")
    assert err.startswith(said)
    assert err.count("\n") == 1
