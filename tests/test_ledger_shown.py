"""Commands that show a ledger, run on a few reports: brief, board, why, events, claims, entities, conflicts, search."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from sqlalchemy import select

from dragoman.cli import run
from dragoman.export.schema import schema
from dragoman.ledger.adding import add
from dragoman.ledger.decisions import by_hand, decisions
from dragoman.ledger.schema import filings
from dragoman.ledger.store import Ledger
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.reader import Reader

CORPUS = ROOT / "samples" / "corpus" / "libya.jsonl"
CHOSEN = (
    "ly-0112-nw-1", "ly-0113-nw-1", "ly-0114-nw-1", "ly-0114-gl-1", "ly-0114-tc-1", "ly-0118-hr-1", "ly-0119-nw-1",
    "ly-0127-tc-1",
)  # fmt: skip
START = datetime(2020, 2, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a command printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return its JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Show = Callable[..., Shown]


@pytest.fixture(scope="module")
def filled(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger with a few reports, one recorded each hour, and one that means harm."""
    path = tmp_path_factory.mktemp("shown") / "ledger.sqlite"
    hours = count()
    ledger = Ledger(str(path), create=True, clock=lambda: START + timedelta(hours=next(hours)))
    reports = [each for each in read_path(CORPUS, IntakeOptions()) if isinstance(each, Report) and each.id in CHOSEN]
    assert len(reports) == len(CHOSEN)
    harm = Report(
        id="harm", headline="Haftar [bold]signs\x1b[31m <b>truce</b> | [9]", outlet="Evil\u202e Wire", body_start=0,
        text="Khalifa Haftar demanded on Monday that Fayez al-Sarraj `resign` [7](http://evil.example).",
        published=reports[0].published,
    )  # fmt: skip
    assert all(done.outcome == "added" for done in add(ledger, reader, [*reports, harm]))
    ledger.close()
    return path


@pytest.fixture
def show(filled: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Show:
    def shown(*arguments: str, ledger: Path | None = None) -> Shown:
        status = run([*arguments, "--ledger", str(ledger or filled)])
        printed = capsysbinary.readouterr()
        return Shown(status=status, out=printed.out.decode(), err=printed.err.decode())

    return shown


def test_the_brief_tells_the_state_with_its_sources(show: Show) -> None:
    shown = show("brief", "libya", "--as-of", "2020-01-19")
    assert shown.status == 0
    assert shown.out.startswith("Libya: the peace process as of Sun 19 Jan 2020\n")
    assert "Ceasefire of" in shown.out
    assert "not signed [" in shown.out
    assert "Khalifa Haftar left Moscow" in shown.out.partition("SOURCES")[2]
    assert max(map(len, shown.out.splitlines())) <= 80


def test_the_brief_of_a_day_knows_nothing_later(show: Show) -> None:
    early = show("brief", "libya", "--as-of", "2020-01-12").out
    assert "left Moscow" not in early
    assert "2 reports" in early or "1 report" in early
    known = show("brief", "libya", "--known", "2020-02-01T00:30")
    assert "As the ledger had it at 2020-02-01 00:30 UTC" in known.out
    assert "1 report," in known.out


def test_since_begins_with_what_changed(show: Show) -> None:
    lines = show("brief", "libya", "--since", "2020-01-12").out.splitlines()
    heads = [line for line in lines if line.isupper()]
    assert heads[0].startswith("CHANGED SINCE 12 JAN 2020")
    assert any(line.startswith("  NEW ") for line in lines)


def test_what_changed_is_told_against_the_board_of_that_day(show: Show) -> None:
    (now,) = show("brief", "libya", "--since", "2020-01-13", "--as-of", "2020-01-19", "--json").lines
    (then,) = show("board", "libya", "--as-of", "2020-01-13", "--json").lines
    kinds = {
        "agreement": "papers",
        "position": "stances",
        "truce": "truces",
        "threat": "menaces",
        "violation": "breaches",
    }
    for kind, key in kinds.items():
        before, after = ({entry["id"] for entry in board[key]} for board in (then, now))
        told = {
            how: {c["id"] for c in now["changes"] if (c["kind"], c["change"]) == (kind, how)} for how in ("new", "gone")
        }
        assert told == {"new": after - before, "gone": before - after}
    assert now["changes"]
    late = show("brief", "libya", "--since", "2020-01-20", "--as-of", "2020-01-13")
    assert (late.status, late.out) == (2, "")


def test_the_brief_as_json_and_as_markdown(show: Show) -> None:
    (board,) = show("brief", "libya", "--since", "2020-01-12", "--json").lines
    jsonschema.Draft202012Validator(schema("board")).validate(board)
    assert board["since"] == "2020-01-12"
    assert {change["change"] for change in board["changes"]} & {"new", "changed"}
    markdown = show("brief", "libya", "--markdown").out
    assert markdown.startswith("# Libya: the peace process\n")
    assert "\n## Sources\n" in markdown
    assert show("brief", "libya", "--markdown", "--json").status == 2


def test_the_board_shows_all_and_why_says_what_an_entry_stands_on(show: Show) -> None:
    (board,) = show("board", "libya", "--json").lines
    jsonschema.Draft202012Validator(schema("board")).validate(board)
    listed = " ".join(show("board", "libya").out.split())
    for kind in ("truces", "papers", "stances"):
        assert board[kind], kind
        for entry in board[kind]:
            assert f"id {entry['id']}" in listed
    paper = board["papers"][0]
    why = show("why", paper["id"], "--conflict", "libya")
    assert why.status == 0
    flat = " ".join(why.out.split())
    assert f"agreement {paper['id']} of libya" in flat
    for cited in paper["cited"]:
        assert " ".join(cited["text"].split())[:150] in flat


def test_sentences_of_the_board_are_cut_from_their_reports(show: Show, filled: Path) -> None:
    (board,) = show("board", "libya", "--json").lines
    ledger = Ledger(str(filled))
    for entry in board["truces"]:
        for cited in entry["cited"]:
            report = ledger.report(cited["report"])
            assert report is not None
            assert report.report.text[cited["start"] : cited["end"]] == cited["text"]
    ledger.close()


def test_claims_are_lines_of_the_contract(show: Show) -> None:
    shown = show("claims", "--report", "ly-0114-nw-1")
    validator = jsonschema.Draft202012Validator(schema("claims"))
    assert shown.lines
    for line in shown.lines:
        validator.validate(line)
        assert (line["report"], line["outlet"], line["published"], line["gone"]) == (
            "ly-0114-nw-1", "Northern Wire", "2020-01-14", None,
        )  # fmt: skip
    outlet = show("claims", "--outlet", "harbour radio").lines
    assert {line["report"] for line in outlet} == {"ly-0118-hr-1"}
    haftar = show("claims", "--party", "Khalifa Haftar", "--type", "reject").lines
    assert haftar
    assert all(line["event"] == "REJECT" and "khalifa-haftar" in line["actor"] + line["recipient"] for line in haftar)
    day = show("claims", "--from", "2020-01-18", "--to", "2020-01-18").lines
    assert day
    assert all((line["date"]["start"] or line["published"]) <= "2020-01-18" for line in day)
    assert show("claims", "--party", "nobody-at-all").out == ""


def test_events_count_origins(show: Show) -> None:
    lines = show("events", "--conflict", "libya", "--json").lines
    validator = jsonschema.Draft202012Validator(schema("events"))
    ids = {line["id"] for line in show("claims", "--conflict", "libya").lines}
    for line in lines:
        validator.validate(line)
        assert line["origins"] <= line["reports"] <= len(line["claims"])
        assert set(line["claims"]) <= ids
    claims = [identity for line in lines for identity in line["claims"]]
    assert len(claims) == len(set(claims))
    assert max(line["reports"] for line in lines) > 1  # Haftar's leaving is told by several
    printed = show("events", "--type", "REJECT").out
    assert "REJECT" in printed
    assert "ASSAULT" not in printed


def test_why_of_a_claim_shows_its_sentence_speaker_rule_and_event(show: Show) -> None:
    line = next(line for line in show("claims", "--report", "ly-0114-nw-1").lines if line["attribution"])
    flat = " ".join(show("why", line["id"]).out.split())
    assert f"claim {line['id']}" in flat
    assert line["evidence"]["text"] in flat
    assert f"rule {line['rule']}" in flat
    assert "said by" in flat
    assert f"event {line['event_id']}" in flat


def test_why_of_a_report_says_where_it_is_filed(show: Show) -> None:
    assert "filed under libya by rule" in show("why", "ly-0114-nw-1").out


def _why(show: Show, *arguments: str) -> dict[str, Any]:
    (found,) = show("why", *arguments, "--json").lines
    jsonschema.Draft202012Validator(schema("why")).validate(found)
    return found


def test_why_of_an_event_as_json_has_its_claims_and_how_they_agree(show: Show) -> None:
    event = max(show("events", "--conflict", "libya", "--json").lines, key=lambda line: int(line["origins"]))
    found = _why(show, event["id"][:12])
    assert found["asked"] == event["id"][:12]
    assert (found["reports"], found["entries"]) == ([], [])
    (grounds,) = found["events"]
    assert (grounds["id"], grounds["origins"]) == (event["id"], event["origins"])
    lines = {line["id"]: line for line in show("claims").lines}
    told = grounds["tellings"]
    assert told[0]["id"] == event["id"]
    assert all(each == lines[each["id"]] and each["event_id"] == event["id"] for each in told)
    assert {each["id"] for each in told} >= set(event["claims"])
    printed = " ".join(show("why", event["id"]).out.split())
    assert grounds["joined"]
    for joined in grounds["joined"]:
        assert {joined["claim"], joined["with"]} <= {each["id"] for each in told}
        assert f"also in {joined['report']}" in printed
        assert joined["same_sentence"] or joined["points"] == sum(each["points"] for each in joined["agreed"]) >= 6
        for each in joined["agreed"]:
            assert f"{each['field']} {each['how']} ({each['points']:g}): {each['words']}" in printed
    for apart in grounds["apart"]:
        assert apart["claim"] not in {each["id"] for each in told}
        assert all(" ".join(words.split()) in printed for words in apart["against"])


def test_why_of_a_claim_as_json_has_what_it_speaks_for(show: Show) -> None:
    (board,) = show("board", "libya", "--json").lines
    paper = board["papers"][0]
    claim = next(identity for cited in paper["cited"] for identity in cited["claims"])
    found = _why(show, claim)
    (grounds,) = found["claims"]
    assert [grounds["claim"]] == [line for line in show("claims").lines if line["id"] == claim]
    assert grounds["first_rulebook"] == grounds["last_rulebook"]
    stand = next(each for each in grounds["entries"] if each["id"] == paper["id"])
    assert (stand["conflict"], stand["side"], stand["kind"]) == ("libya", "for", "agreement")
    assert found["events"][0]["id"] == grounds["claim"]["event_id"]


def test_why_of_an_entry_as_json_has_its_sentences(show: Show) -> None:
    (board,) = show("board", "libya", "--json").lines
    paper = board["papers"][0]
    (entry,) = _why(show, paper["id"], "--conflict", "libya")["entries"]
    assert (entry["id"], entry["conflict"], entry["kind"]) == (paper["id"], "libya", "agreement")
    for name in ("cited", "against", "origins", "reports"):
        assert entry[name] == paper[name]


def test_why_of_a_report_as_json_has_its_filings(show: Show) -> None:
    (report,) = _why(show, "ly-0114-nw-1")["reports"]
    assert (report["outlet"], report["published"]) == ("Northern Wire", "2020-01-14")
    filing = next(each for each in report["filings"] if each["conflict"] == "libya")
    assert f"by rule '{filing['rule']}'" in show("why", "ly-0114-nw-1").out
    assert filing["parties"]
    assert show("why", "0123456789abcdef", "--json").out == ""


def test_why_of_nothing_is_a_plain_error(show: Show) -> None:
    missing = show("why", "0123456789abcdef")
    assert (missing.status, missing.out) == (1, "")
    assert "no claim, event, report or entry has this id" in missing.err
    assert "too short for an id" in show("why", "a").err


def test_entities_say_who_how_often_and_where(show: Show) -> None:
    lines = show("entities", "--json").lines
    counts = [line["mentions"] for line in lines]
    assert counts == sorted(counts, reverse=True)
    (haftar,) = (line for line in show("entities", "haftar", "--json").lines if line["id"] == "khalifa-haftar")
    assert haftar["name"] == "Khalifa Haftar"
    assert sum(haftar["outlets"].values()) == haftar["reports"]
    printed = show("entities", "khalifa-haftar").out
    assert "Libyan National Army" in printed
    assert "Northern Wire (" in printed


def test_search_finds_and_says_where_it_finds_nothing(show: Show) -> None:
    hits = show("search", '"left Moscow"', "--json").lines
    validator = jsonschema.Draft202012Validator(schema("search"))
    assert {hit["report"] for hit in hits} >= {"ly-0114-nw-1"}
    for hit in hits:
        validator.validate(hit)
        assert "left Moscow" in hit["snippet"]
    narrowed = show("search", "Moscow", "--conflict", "libya", "--outlet", "Northern Wire", "--to", "2020-01-13").out
    assert "ly-0113-nw-1" in narrowed
    assert "ly-0114" not in narrowed
    assert {hit["report"] for hit in show("search", "Moscow", "-left", "--json").lines}.isdisjoint({"ly-0114-nw-1"})
    assert show("search", "Moscow", "--limt", "3").status == 2
    nothing = show("search", "xyzzy")
    assert (nothing.status, nothing.out) == (1, "")
    assert "no report has these words" in nothing.err


def test_a_report_is_filed_by_hand_and_taken_out(show: Show, reader: Reader, tmp_path: Path) -> None:
    mine = tmp_path / "own.sqlite"
    ledger = Ledger(str(mine), create=True)
    text = "Mars and Venus agreed to a truce in Dale on Monday."
    assert list(add(ledger, reader, [Report(id="faraway", headline=None, text=text, body_start=0)]))
    ledger.close()
    assert "No report of this conflict." in show("brief", "libya", ledger=mine).out
    filed = show("conflicts", "file", "faraway", "libya", "--user", "ann", ledger=mine)
    assert filed.status == 0
    assert "filed under libya" in filed.out
    assert "1 report" in show("brief", "libya", ledger=mine).out
    assert "by rule 'hand'" in show("why", "faraway", ledger=mine).out
    show("conflicts", "file", "faraway", "libya", "--out", "--user", "ann", ledger=mine)
    assert "No report of this conflict." in show("brief", "libya", ledger=mine).out


def test_all_commands_agree_on_what_is_filed_by_hand(show: Show, reader: Reader, tmp_path: Path) -> None:
    mine = tmp_path / "own.sqlite"
    ledger = Ledger(str(mine), create=True)
    text = "Mars and Venus agreed to a truce in Dale on Monday."
    assert list(add(ledger, reader, [Report(id="faraway", headline=None, text=text, body_start=0)]))

    def filed() -> bool:
        """Return whether the report is of Libya, as each of the commands has it."""
        board = bool(show("board", "libya", "--json", ledger=mine).lines[0]["reports"])
        with ledger.reading() as connection:
            rows = [row.filed for row in connection.execute(select(filings))]
        said = {
            board,
            [each["conflict"] for each in show("status", "--json", ledger=mine).lines[0]["conflicts"]] == ["libya"],
            "filed under libya by rule 'hand'" in show("why", "faraway", ledger=mine).out,
            "faraway" in show("claims", "--conflict", "libya", ledger=mine).out,
            rows == [True],
            by_hand(decisions(ledger)).get(("faraway", "libya")) is True,
        }
        assert len(said) == 1, said
        return board

    def decide(kind: str) -> str:
        return show("decide", kind, "faraway", "libya", "--user", "ann", ledger=mine).out.split()[0]

    assert not filed()
    first = decide("filed")
    assert filed()
    second = decide("not_filed")
    assert not filed()
    assert "taken out of libya by hand" in show("why", "faraway", ledger=mine).out
    states = {line["id"]: line["state"] for line in show("decide", "list", "--json", ledger=mine).lines}
    assert states == {first: "overruled", second: "stands"}
    show("decide", "--withdraw", second, "--user", "ben", ledger=mine)
    assert filed()
    show("decide", "--withdraw", first, "--user", "ben", ledger=mine)
    assert not filed()
    assert show("why", "faraway", "--json", ledger=mine).lines[0]["reports"][0]["taken_out"] == []
    assert "taken out" not in show("why", "faraway", ledger=mine).out
    ledger.close()


def test_status_files_by_what_was_decided(show: Show, reader: Reader, tmp_path: Path) -> None:
    mine = tmp_path / "own.sqlite"
    ledger = Ledger(str(mine), create=True)
    text = "Mars and Venus agreed to a truce in Dale on Monday."
    list(add(ledger, reader, [Report(id="faraway", headline=None, text=text, body_start=0)]))
    (claim,) = (kept.claim.id for kept in ledger.claims())
    ledger.close()
    show("decide", "corrected_field", claim, "--field", "actor", "--value", "libya-lna, libya-gna", ledger=mine)
    assert show("board", "libya", "--json", ledger=mine).lines[0]["reports"] == 1
    assert [each["conflict"] for each in show("status", "--json", ledger=mine).lines[0]["conflicts"]] == ["libya"]


def test_conflicts_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conflicts"]) == 0
    listed = capsys.readouterr().out
    assert "libya: Libya (LBY) from 2014-05-16" in listed
    assert run(["conflicts", "show", "libya"]) == 0
    assert "parties east:" in capsys.readouterr().out
    assert run(["conflicts", "show", "libya", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["parties"]["libya-lna"] == "east"
    assert run(["conflicts", "show", "narnia"]) == 1
    assert "there is no such conflict; there are: " in capsys.readouterr().err


def test_conflicts_are_suggested_for_reports_of_none(show: Show) -> None:
    assert show("conflicts", "suggest", "--least", "50").out.startswith("no two parties")


HARM = ("\x1b", "\u202e")


@pytest.mark.parametrize(
    "arguments",
    [
        ("brief", "libya"), ("brief", "libya", "--markdown"), ("board", "libya"), ("events",), ("why", "harm"),
        ("entities",), ("entities", "haftar"), ("search", "Haftar"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_text_that_means_harm_is_shown_as_text(show: Show, arguments: tuple[str, ...]) -> None:
    shown = show(*arguments)
    assert shown.status == 0
    assert not [sign for sign in HARM if sign in shown.out]


def test_a_demand_of_the_report_that_means_harm_cites_nothing_of_its_own(show: Show) -> None:
    body = show("board", "libya").out.partition("\nSOURCES\n")[0]
    assert "resign" in body
    assert "[7](http" not in body


def test_the_demo_follows_the_conflicts_of_the_corpus(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("demo", ROOT / "tools" / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    demo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(demo)
    monkeypatch.setenv("DRAGOMAN_CONFLICTS", str(ROOT / "samples" / "conflicts"))
    briefs = [command for command in demo.following() if command[0] == "brief"]
    assert {command[1] for command in briefs} == {path.stem for path in CORPUS.parent.glob("*.jsonl")}
    assert all(show(*command).status == 0 for command in briefs)


def test_schemas_are_printed_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "board"]) == 0
    assert json.loads(capsys.readouterr().out) == schema("board")
    assert run(["schema", "nothing"]) == 2
    assert "give one of: read, board, claims, events, why, plover, search" in capsys.readouterr().err


def test_no_ledger_is_a_plain_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["brief", "libya", "--ledger", str(tmp_path / "none.sqlite")]) == 1
    assert "there is no ledger; add reports first" in capsys.readouterr().err
