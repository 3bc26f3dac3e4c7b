"""add, recode, diff and status by the command line: what they print, on which stream, with which status."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from conftest import ROOT

from dragoman.cli import run
from dragoman.ledger.store import Ledger

GOOD = "Talks fail in Bree\n\nGondor left the talks with Mordor on Monday without signing the deal.\n"
OTHER = "Troops in Libya\n\nTurkey sent troops to Libya on Tuesday.\n"
GERMAN = "Die Regierung hat gestern einen Waffenstillstand mit den Rebellen geschlossen, sagte der Minister am Montag. "
ROSTER = '[[actor]]\nid = "kingdom-of-gondor"\nname = "Gondor"\nkind = "state"\n'
DOC = ROOT / "docs" / "ledger.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON objects printed."""
        return [json.loads(line) for line in self.out.splitlines()]


class Call(Protocol):
    """Runs a command in this process."""

    def __call__(self, *arguments: str | Path, given: str = "") -> Done: ...


@pytest.fixture
def call(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Return what runs a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        monkeypatch.delenv(name)

    def called(*arguments: str | Path, given: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        status = run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Done(status=status, out=out.decode(), err=err.decode())

    return called


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder with two reports and one that is none, one of them in a folder inside."""
    folder = tmp_path / "news"
    (folder / "more").mkdir(parents=True)
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (folder / "german.txt").write_text(GERMAN * 3, encoding="utf-8")
    (folder / "more" / "b.txt").write_text(OTHER, encoding="utf-8")
    return folder


def claims(where: str = "ledger.sqlite") -> list[str]:
    ledger = Ledger(where)
    found = [repr(each) for each in ledger.claims(gone=True)]
    ledger.close()
    return found


def test_a_folder_a_pattern_and_standard_input(call: Call, news: Path) -> None:
    done = call("add", "news", "news/**/b.txt", "-", "--published", "2024-05-15", "--outlet", "Wire", given=GOOD)
    assert done.status == 1
    assert [re.sub(r" [0-9a-f]{16} ", " ", line) for line in done.out.splitlines()] == [
        "added: Wire · 2024-05-15 · Talks fail in Bree (1 claim)",
        "added: Wire · 2024-05-15 · Troops in Libya (1 claim)",
        "already there: Wire · 2024-05-15 · Talks fail in Bree",
        "2 added, 1 already there, 1 failed",
    ]
    assert done.err.startswith("news/german.txt: ")
    before = claims()
    again = call("add", "news", "news/**/b.txt", "--published", "2024-05-15", "--outlet", "Wire")
    assert (again.status, again.out.splitlines()[-1]) == (1, "0 added, 2 already there, 1 failed")
    assert claims() == before != []


def test_json_has_a_line_for_each_report(call: Call, news: Path) -> None:
    done = call("add", "news", "--json", "--ledger", "own.sqlite", "--published", "2024-05-15")
    first, second = done.lines
    assert (first["outcome"], first["source"], first["claims"], first["found"]) == ("added", "news/a.txt", 1, None)
    assert (second["outcome"], second["source"], second["report"]) == ("failed", "news/german.txt", None)
    assert second["remedy"]
    assert first["report"] in claims("own.sqlite")[0]
    assert not Path("ledger.sqlite").exists()


def test_what_is_not_there_is_said_and_the_rest_is_added(call: Call, news: Path) -> None:
    done = call("add", "nosuch.txt", "none/*.html", "news/a.txt")
    assert (done.status, done.out.splitlines()[-1]) == (1, "1 added, 0 already there, 0 failed")
    assert done.err.splitlines() == [
        "nosuch.txt: there is no such file; check the path",
        "none/*.html: there is no such file; check the path",
    ]
    assert json.loads(call("status", "--json").out)["failures"] == []


def test_a_file_whose_name_is_a_pattern_is_that_file(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a1.txt").write_text(OTHER, encoding="utf-8")
    done = call("add", "a[1].txt")
    assert "Talks fail in Bree" in done.out
    assert done.out.splitlines()[-1] == "1 added, 0 already there, 0 failed"


def test_when_it_was_fetched_is_an_option(call: Call, news: Path) -> None:
    call("add", "news/a.txt", "--fetched", "2024-05-15T10:30+02:00")
    ledger = Ledger("ledger.sqlite")
    (kept,) = ledger.reports()
    ledger.close()
    assert kept.report.fetched is not None
    assert kept.report.fetched.isoformat() == "2024-05-15T08:30:00+00:00"
    assert call("add", "news/a.txt", "--fetched", "some day").status == 2


@pytest.mark.parametrize("arguments", [["status"], ["recode"], ["diff", "abc"]])
def test_without_a_ledger_there_is_one_line(call: Call, arguments: list[str]) -> None:
    done = call(*arguments)
    assert (done.status, done.out) == (1, "")
    assert done.err == "ledger.sqlite: there is no ledger; add reports first: dragoman add PATH\n"


def test_status_counts_by_outlet_and_day_and_names_failures(call: Call, news: Path) -> None:
    call("add", "news", "--published", "2024-05-15", "--outlet", "Wire")
    call("add", "news/more", "--published", "2024-05-17")
    assert call("status").out.splitlines() == [
        "2 reports, 2024-05-15 to 2024-05-17",
        "2 claims",
        "by outlet:",
        "  Wire: 1 report, 1 claim",
        "  outlet unknown: 1 report, 1 claim",
        "by day:",
        "  2024-05-15: 1 report, 1 claim",
        "  2024-05-17: 1 report, 1 claim",
        "by conflict:",
        "  libya: 1 report, last 2024-05-17",
        "failures: 1",
        f"  {call('read', 'news/german.txt').err.strip()}",
        "not settled: nothing",
    ]
    state = json.loads(call("status", "--json").out)
    assert (state["reports"], state["claims"], state["gone"], state["unsettled"]) == (2, 2, 0, None)
    assert state["outlets"][1] == {"of": None, "reports": 1, "claims": 1}
    assert [failure["source"] for failure in state["failures"]] == ["news/german.txt"]


def test_a_conflict_without_news_is_stale(call: Call, news: Path, tmp_path: Path) -> None:
    call("add", "news/more", "--published", "2024-05-01")
    call("add", "news/a.txt", "--published", "2024-05-15")
    assert "  libya: 1 report, last 2024-05-01" in call("status").out.splitlines()
    (tmp_path / "keen.toml").write_text("stale = 13\n", encoding="utf-8")
    done = call("status", "--settings", "keen.toml")
    assert "  libya: 1 report, last 2024-05-01, stale: no report in 14 days" in done.out.splitlines()
    (conflict,) = json.loads(call("status", "--json").out)["conflicts"]
    assert (conflict["conflict"], conflict["quiet"], conflict["stale"]) == ("libya", 14, False)


def test_status_counts_the_reports_of_a_conflict_as_its_brief_does(call: Call, news: Path) -> None:
    def counted() -> tuple[int, int]:
        conflicts = json.loads(call("status", "--json").out)["conflicts"]
        (board,) = call("brief", "libya", "--json").lines
        return next((each["reports"] for each in conflicts if each["conflict"] == "libya"), 0), board["reports"]

    added = call("add", "news/a.txt", "news/more", "--published", "2024-05-15", "--json").lines
    gondor, libya = (line["report"] for line in added)
    assert counted() == (1, 1)
    assert call("decide", "filed", gondor, "libya", "--user", "ann").status == 0
    assert counted() == (2, 2)
    (claim,) = (line["id"] for line in call("claims", "--report", libya).lines)
    wrong = call("decide", "wrong_claim", claim, "--user", "ann", "--json").lines[0]["id"]
    assert counted() == (1, 1)  # nothing else made it a report of the conflict
    outside = '{"event": "ASSAULT", "actor": ["libya-lna"], "recipient": ["libya-gna"]}'
    source = ("--source", "Radio", "--quote", "The LNA attacked the GNA.", "--published", "2024-05-15", "--user", "ann")
    assert call("decide", "added_claim", "--value", outside, *source).status == 0
    assert counted() == (2, 2)
    assert call("decide", "not_filed", gondor, "libya", "--user", "ann").status == 0
    assert counted() == (1, 1)
    assert call("decide", "--withdraw", wrong, "--user", "ann").status == 0
    assert counted() == (2, 2)


def test_recode_with_a_users_own_roster_and_back(call: Call, news: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "gondor.toml").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "own.toml").write_text('roster = "mine"\n', encoding="utf-8")
    call("add", "news/a.txt", "news/more", "--published", "2024-05-15")
    assert call("recode").out == "0 reports read again: 0 claims gained, 0 lost\n"
    done = call("recode", "--json", "--settings", "own.toml")
    changed = {line["report"]: line for line in done.lines if line["gained"]}
    (line,) = changed.values()
    assert [claim["actor"] for claim in line["gained"]] == [["kingdom-of-gondor"]]
    assert [claim["actor"] for claim in line["lost"]] == [["gondor"]]
    assert call("recode", "--settings", "own.toml").out == "0 reports read again: 0 claims gained, 0 lost\n"
    assert json.loads(call("status", "--json").out)["gone"] == 1
    assert call("recode").out.splitlines() == [
        f"{line['report']} Talks fail in Bree",
        "  + REJECT gondor → mordor: signing the deal [2] leave-unsigned",
        "  - REJECT kingdom-of-gondor → mordor: signing the deal [2] leave-unsigned",
        "2 reports read again: 1 claim gained, 1 lost",
    ]


def test_diff_shows_both_sentences(call: Call, tmp_path: Path) -> None:
    title = "Troops in Libya go on"
    (tmp_path / "b.txt").write_text(f"{title}\n\nTurkey sent troops to Libya on Tuesday.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"UPDATE 1-{title}\n\nTurkey sent troops to Libya on Monday.\n", encoding="utf-8")
    added = call("add", "a.txt", "b.txt", "--published", "2024-05-15", "--outlet", "Wire", "--json").lines
    update, first = (line["report"] for line in added)
    done = call("diff", update[:10])
    assert done.status == 0
    assert done.out.splitlines()[1].startswith(f"revises {first}")
    assert done.out.splitlines()[2:] == [
        "added: 0",
        "changed: 1",
        "  date: AID Turkey → Libya: troops; in Libya [2]",
        "    before (14 May 2024): [2] Turkey sent troops to Libya on Tuesday.",
        "    now (13 May 2024): [2] Turkey sent troops to Libya on Monday.",
        "dropped: 0",
        "the same: 0",
    ]
    form = json.loads(call("diff", update, "--json").out)
    assert (form["report"], form["revises"], form["changed"][0]["fields"]) == (update, first, ["date"])
    assert json.loads(call("diff", first, "--json").out) == {"report": first, "revises": None}
    assert call("diff", first).out.splitlines()[-1] == "revises no report of the ledger"
    assert call("diff", "nobody").status == 1


_BLOCK = re.compile(r"<!-- (file: (?P<file>\S+)|run) -->\n+```\n(?P<body>.*?)```\n", re.DOTALL)


def test_what_the_page_shows_is_what_the_commands_print(
    call: Call, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    page = DOC.read_text(encoding="utf-8")

    def current(block: re.Match[str]) -> str:
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
            return block.group()
        command = block["body"].splitlines()[0]
        done = call(*shlex.split(command.removeprefix("$ dragoman ")))
        return f"<!-- run -->\n\n```\n{command}\n{done.err}{done.out}```\n"

    fresh = _BLOCK.sub(current, page)
    if request.config.getoption("--update"):
        DOC.write_text(fresh, encoding="utf-8")
    assert len(_BLOCK.findall(page)) > 8
    assert fresh == page, "run pytest --update tests/test_ledger_commands.py"
