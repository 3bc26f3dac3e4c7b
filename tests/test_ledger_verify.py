"""A ledger is damaged in each way that a ledger can be, and the check says where and how."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import Command
from ledger_prepared import MADE, NOON, fill, made, prepared, record_made
from msgspec import structs
from sqlalchemy import insert, select, update

from dragoman.cli import run
from dragoman.ledger import rows
from dragoman.ledger.adding import add
from dragoman.ledger.decisions import decide, withdraw
from dragoman.ledger.decisions import decisions as decided
from dragoman.ledger.dump import dump
from dragoman.ledger.recode import recode
from dragoman.ledger.schema import books, claims, decisions, facts, failures, feeds, reports
from dragoman.ledger.settle import settle
from dragoman.ledger.store import Ledger
from dragoman.ledger.verdicts import Asked, DecisionKind, Verdict
from dragoman.ledger.verify import Finding, verify
from dragoman.model import Attribution, Report
from dragoman.reading.reader import Reader

MINE, OTHER = (made(number)[0].report.id for number in (1, 2))
FIRST, SECOND = (claim.id for claim in made(1)[0].claims[:2])
START = made(1)[0].claims[0].evidence.start


@pytest.fixture
def ledger(target: str) -> Iterator[Ledger]:
    """Return a ledger of six reports, settled, with two decisions."""
    kept = Ledger(target, create=True, clock=lambda: NOON)
    fill(kept, prepared(6))
    settle(kept)
    decide(kept, Asked(kind=DecisionKind.WRONG_CLAIM, about=(FIRST,), user="ann"))
    decide(kept, Asked(kind=DecisionKind.FILED, about=(MINE, "libya"), user="ann"))
    yield kept
    kept.close()


def _change(ledger: Ledger, table: Any, where: Any, **values: Any) -> list[Finding]:
    """Return what is found after rows were changed."""
    with ledger.writing() as connection:
        assert connection.execute(update(table).where(where).values(**values)).rowcount >= 1
    return verify(ledger)


def _report(ledger: Ledger, **values: Any) -> list[str]:
    """Return what is found after a report was changed, all of it about that report."""
    found = [each for each in _change(ledger, reports, reports.c.id == MINE, **values) if each.where != "words"]
    others = [each for each in found if each.where != f"report {MINE}"]  # its copies, where it is no origin any more
    assert all(each.found.startswith(f"origin names report {MINE}") for each in others)
    return [each.found for each in found if each not in others]


def _claim(ledger: Ledger, **values: Any) -> list[str]:
    found = _change(ledger, claims, claims.c.id == SECOND, **values)
    assert {each.where for each in found} == {f"report {MINE}"}
    return [each.found for each in found]


def test_all_is_well(ledger: Ledger) -> None:
    assert verify(ledger) == []
    ledger.replace(*_halved(), MADE)
    assert verify(ledger) == []


def _halved() -> tuple[Any, Any]:
    reading, _ = made(1)
    return replace(reading, claims=reading.claims[:2]), record_made(reading.claims[:2])


def test_a_changed_text_is_found(ledger: Ledger) -> None:
    told = made(1)[0].report.text.replace("Gondor", "Mordor")
    found = _report(ledger, text=told)
    assert "its text is not the one that was added (hash)" in found
    assert any("what was read in it is damaged" in each for each in found)


def test_a_changed_hash_is_found(ledger: Ledger) -> None:
    assert _report(ledger, hash=b"\0" * 32) == ["its text is not the one that was added (hash)"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"body_start": 9999}, "its body begins outside its text"),
        ({"recorded": "yesterday"}, "the instant at which it was recorded is none (yesterday)"),
        ({"recorded": "2020-01-01T00:00:00"}, "the instant at which it was recorded is none (2020-01-01T00:00:00)"),
        ({"rest": "{"}, "its notices or dateline cannot be read"),
        ({"fetched": "soon"}, "its notices or dateline cannot be read"),
        ({"revises": "nobody"}, "revises names report nobody, which is not there"),
        ({"origin": "nobody"}, "origin names report nobody, which is not there"),
        ({"origin": MINE}, f"origin names report {MINE}, which is itself or was published later"),
        ({"revises": OTHER}, f"revises names report {OTHER}, which is itself or was published later"),
        ({"recorded": "soon"}, "the instant at which it was recorded is none (soon)"),
        ({"said": b"\x01damaged"}, "what was read in it is damaged"),
        ({"said": b"\x63"}, "what was read in it is in an unknown form (63)"),
        ({"sentences": 2}, "stands on no sentence of the text (3:"),
    ],
)  # fmt: skip
def test_a_damaged_report_is_found(ledger: Ledger, values: dict[str, Any], told: str) -> None:
    found = _report(ledger, **values)
    assert found
    assert all(told in each for each in found[:1])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"start": 5000, "end": 5001}, "stands on no sentence of the text (2: 5000..5001)"),
        ({"sentence": 99}, "stands on no sentence of the text (99:"),
        ({"sentence": 1}, "has another span of sentence 1 than the claims before it"),
        ({"place": 7}, "4 claims do not match the 4 that were read in it"),
        ({"place": 0}, "4 claims do not match the 4 that were read in it"),
        ({"told": "nobody"}, f"the event of claim {SECOND} names claim nobody, which is not there or is itself"),
        ({"told": SECOND}, f"the event of claim {SECOND} names claim {SECOND}, which is not there or is itself"),
        ({"event": "SMILE"}, f"claim {SECOND} has a type that is none (SMILE)"),
    ],
)  # fmt: skip
def test_a_damaged_claim_is_found(ledger: Ledger, values: dict[str, Any], told: str) -> None:
    assert any(told in each for each in _claim(ledger, **values))


def test_a_claim_without_packed_fields_and_the_other_way_round_are_found(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        row = dict(connection.execute(select(claims).where(claims.c.id == SECOND)).mappings().one())
        connection.execute(insert(claims).values({**row, "id": "00000000000000bb", "place": 4}))
    assert [each.found for each in verify(ledger)] == ["5 claims do not match the 4 that were read in it"]
    with ledger.writing() as connection:
        connection.execute(claims.delete().where(claims.c.report == row["report"], claims.c.place >= 3))
    found = [each.found for each in verify(ledger)]
    assert found[0] == "3 claims do not match the 4 that were read in it"
    assert all("which does not stand in the report" in each for each in found[1:])


def test_an_entry_that_quotes_another_text_is_found(ledger: Ledger) -> None:
    reading, record = made(1)
    quoted = replace(record.positions[0].evidence, text="They never said so.")
    wrong = replace(record, positions=(replace(record.positions[0], evidence=quoted),))
    said = rows.packed(rows.said_of(reading, wrong), reading.report.text)
    entry = record.positions[0].id
    assert _report(ledger, said=said) == [f"entry {entry} of its positions quotes what is not in the text"]
    moved = replace(quoted, start=quoted.start + 1, text=reading.report.text[quoted.start + 1 : quoted.end])
    wrong = replace(record, positions=(replace(record.positions[0], evidence=moved),))
    said = rows.packed(rows.said_of(reading, wrong), reading.report.text)
    assert _report(ledger, said=said) == [
        f"entry {entry} of its positions has another span of sentence 1 than the claims"
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"about": '["nobody"]'}, "it is about claim nobody, which is not there"),
        ({"about": "nobody"}, "it cannot be read"),
        ({"verdict": "{"}, "it cannot be read"),
        ({"kind": "guess"}, "it cannot be read"),
        ({"recorded": "soon"}, "an instant of it is none"),
        ({"withdrawn": "soon"}, "an instant of it is none"),
        ({"withdrawn_by": "ann"}, "it is half withdrawn: when and by whom belong together"),
        ({"kind": "filed"}, f"it is about report {FIRST}, which is not there"),
    ],
)  # fmt: skip
def test_a_decision_about_nothing_is_found(ledger: Ledger, values: dict[str, Any], told: str) -> None:
    found = _change(ledger, decisions, decisions.c.kind == "wrong_claim", **values)
    assert all(each.where.startswith("decision ") for each in found)
    assert any(told in each.found for each in found)


# -- references of a report's own record, of decisions and of derived values


def _packed(ledger: Ledger, **changes: Any) -> list[Finding]:
    """Return what is found after what was read in a report was packed anew with other values."""
    reading, record = made(1)
    said = structs.replace(rows.said_of(reading, record), **changes)
    found = _change(ledger, reports, reports.c.id == MINE, said=rows.packed(said, reading.report.text))
    assert {each.where for each in found} <= {f"report {MINE}"}
    return found


def _record(kind: str, **changes: Any) -> Any:
    record = made(1)[1]
    return replace(record, **{kind: (replace(getattr(record, kind)[0], **changes),)})


STRANGE = "0123456789abcdef"
REREAD = "read it again: dragoman recode --all"


@pytest.mark.parametrize("name", ["claims", "contrary"])
def test_an_entry_that_stands_on_no_claim_of_its_report_is_found(ledger: Ledger, name: str) -> None:
    entry = made(1)[1].positions[0].id
    for claim in (STRANGE, made(2)[0].claims[0].id):  # of nothing, and of another report
        (found,) = _packed(ledger, record=_record("positions", **{name: (claim,)}))
        assert found.found == f"entry {entry} of its positions names claim {claim}, which does not stand in the report"
        assert found.remedy == REREAD


def test_a_side_of_a_contradiction_that_stands_on_no_claim_is_found(ledger: Ledger) -> None:
    one, other = made(1)[1].contradictions[0].sides
    (found,) = _packed(ledger, record=_record("contradictions", sides=(one, replace(other, claims=(STRANGE,)))))
    assert found.found.endswith(f"of its contradictions names claim {STRANGE}, which does not stand in the report")


def test_an_entry_may_stand_on_a_mere_sign(ledger: Ledger) -> None:
    record = _record("talks", claims=(STRANGE,))
    assert _packed(ledger, record=record, signs=(STRANGE,)) == []
    assert _packed(ledger, record=record) != []
    reading, _ = made(1)
    sign = replace(reading.claims[0], id=STRANGE)
    assert rows.said_of(replace(reading, signs=(sign, replace(sign, id="f" * 16))), record).signs == (STRANGE,)


def test_an_entry_that_stands_on_a_claim_that_is_gone_is_found(ledger: Ledger) -> None:
    ledger.replace(replace(made(1)[0], claims=made(1)[0].claims[1:]), made(1)[1], MADE)
    found = [each for each in verify(ledger) if "which does not stand" in each.found]
    assert {each.found.split()[-8] for each in found} == {f"{FIRST},"}


def test_entities_that_no_report_tells_of_are_found(ledger: Ledger) -> None:
    (found,) = _packed(ledger, record=_record("positions", party="nobody"))
    entry = made(1)[1].positions[0].id
    assert found.found == f"entry {entry} of its positions names entity nobody, which is not among those of the report"
    assert found.remedy == REREAD
    assert _packed(ledger, record=_record("positions", speakers=("who said",))) == []  # mere words
    packed = rows.said_of(*made(1)).claims
    for changes in ({"actor": ("nobody",)}, {"attribution": (Attribution(speaker="nobody", text="said"),)}):
        (found,) = _packed(ledger, claims=(structs.replace(packed[0], **changes), *packed[1:]))
        assert found.found == f"claim {FIRST} names entity nobody, which is not among those of the report"


def test_a_claim_that_is_gone_may_name_whom_no_reading_knows(ledger: Ledger) -> None:
    ledger.replace(*_halved(), MADE)
    with ledger.reading() as connection:
        row = connection.execute(select(reports).where(reports.c.id == MINE)).mappings().one()
    said = rows.unpacked(row["said"], row["text"], MINE)
    lost = structs.replace(said.claims[3], actor=("nobody",))
    said = structs.replace(said, claims=(*said.claims[:3], lost))
    assert _change(ledger, reports, reports.c.id == MINE, said=rows.packed(said, row["text"])) == []


def _verdict(ledger: Ledger, **changes: Any) -> list[str]:
    """Return what is found of a decision about a claim whose anchor has other values."""
    mine = decisions.c.kind == "wrong_claim"
    with ledger.reading() as connection:
        row = connection.execute(select(decisions).where(mine)).mappings().one()
    verdict = msgspec.json.decode(row["verdict"], type=Verdict)
    anchors = (replace(verdict.anchors[0], **changes),) if changes else ()
    packed = msgspec.json.encode(replace(verdict, anchors=anchors)).decode()
    found = _change(ledger, decisions, mine, verdict=packed)
    assert {(each.where, each.remedy) for each in found} == {
        (f"decision {row['id']}", f"withdraw it: dragoman decide --withdraw {row['id']}")
    }
    return [each.found for each in found]


def test_an_anchor_that_holds_nothing_is_found(ledger: Ledger) -> None:
    assert _verdict(ledger) == [f"it keeps no anchor of claim {FIRST}"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"report": "nobody"}, ["its anchor names report nobody, which is not there"]),
        ({"report": OTHER}, [f"its anchor names claim {FIRST}, which is not of report {OTHER}"]),
        ({"end": 99_999}, [f"its anchor stands on no sentence of report {MINE} ({START}..99999)"]),
        (
            {"claim": SECOND},
            [f"it keeps no anchor of claim {FIRST}", f"it has an anchor of claim {SECOND}, which it is not about"],
        ),
    ],
)  # fmt: skip
def test_a_wrong_anchor_is_found(ledger: Ledger, changes: dict[str, Any], told: list[str]) -> None:
    assert _verdict(ledger, **changes) == told


def test_a_decision_about_nothing_is_well_once_it_is_withdrawn(ledger: Ledger) -> None:
    (one,) = [each for each in decided(ledger) if each.kind is DecisionKind.WRONG_CLAIM]
    assert _change(ledger, decisions, decisions.c.id == one.id, about='["nobody"]')
    withdraw(ledger, one.id, "ben")
    assert verify(ledger) == []


def test_a_decision_that_forgot_an_entity_is_found(ledger: Ledger) -> None:
    one, other = (entity.id for entity, _ in next(ledger.told()).entities[:2])
    made_up = decide(ledger, Asked(kind=DecisionKind.SAME_ENTITY, about=(one, other), user="ann"))
    assert verify(ledger) == []
    found = _change(ledger, decisions, decisions.c.id == made_up.id, verdict="{}")
    assert [each.found for each in found] == [f"it keeps nothing of entity {each}" for each in (one, other)]


def test_derived_values_lead_to_a_first_one_and_are_made_anew(target: str, reader: Reader) -> None:
    kept = Ledger(target, create=True)
    told = ("Gondor attacked Mordor.", "Rohan attacked Harad near Edoras.", "Dale backed Rohan.")
    taken = (Report(id=text[:4], headline=None, text=text, body_start=0, published=NOON.date()) for text in told)
    assert {each.outcome.value for each in add(kept, reader, taken)} == {"added"}
    settle(kept)
    before = dump(kept)
    one, other, third = (each.report.id for each in kept.reports())
    claim = {each.report: each.claim.id for each in kept.claims()}
    _change(kept, reports, reports.c.id == other, origin=one, revises=third)
    _change(kept, reports, reports.c.id == third, origin=other, revises=other)
    _change(kept, claims, claims.c.id == claim[other], told=claim[one])
    found = _change(kept, claims, claims.c.id == claim[third], told=claim[other])
    assert {(each.where, each.found, each.remedy) for each in found} == {
        (f"report {where}", told, "have it made anew: dragoman recode --all")
        for where, told in (
            (other, f"revises names report {third}, which revises it in turn"),
            (third, f"revises names report {other}, which revises it in turn"),
            (third, f"origin names report {other}, which is a copy of {one}"),
            (third, f"the event of claim {claim[third]} names claim {claim[other]}, which is of event {claim[one]}"),
        )
    }
    assert all(each.fault is None for each in recode(kept, reader, everything=True))
    settle(kept)
    assert verify(kept) == []
    assert dump(kept) == before
    kept.close()


def test_single_values_are_checked(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        connection.execute(insert(facts).values(key="unsettled", value="soon"))
    assert [(each.where, each.found) for each in verify(ledger)] == [
        ("facts", "the first day to be settled is none (soon)")
    ]
    assert len(_change(ledger, books, books.c.model == MADE.model, model="")) == 2
    with ledger.writing() as connection:
        connection.execute(insert(failures).values(source="a.txt", found="b", remedy="c", recorded="soon"))
        connection.execute(insert(feeds).values(url="http://x", failed=0, polled="soon"))
    found = [(each.where, each.found) for each in verify(ledger)]
    assert ("failures a.txt", "an instant of it is none (soon)") in found
    assert ("feeds http://x", "an instant of it is none (soon)") in found


# -- SQLite alone: what PostgreSQL holds by itself


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a ledger with sixty reports, closed."""
    path = tmp_path / "test.ledger"
    ledger = Ledger(str(path), create=True)
    fill(ledger, prepared(60))
    ledger.close()
    return path


def _found(path: Path) -> list[Finding]:
    ledger = Ledger(str(path))
    found = verify(ledger)
    ledger.close()
    return found


def test_a_search_index_that_lost_words_is_found(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO words(words, rowid, text) SELECT 'delete', no, text FROM reports WHERE no = 3")
    connection.close()
    (found,) = _found(file)
    assert (found.where, found.found) == ("words", "full-text search does not have the words of the reports")
    remedy = re.fullmatch(r"have it made anew: sqlite3 '(.+)' \"(.+)\"", found.remedy)
    assert remedy is not None
    with sqlite3.connect(remedy[1]) as connection:
        connection.execute(remedy[2])
    connection.close()
    assert _found(file) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("reports SET published = 'soon'", "a value of its row cannot be read (Invalid isoformat string: 'soon')"),
        ("reports SET text = x'ff'", "the value of reports.text is of another kind (bytes)"),
        ("reports SET sentences = 'many'", "the value of reports.sentences is of another kind (str)"),
        ("claims SET sentence = 'many'", "the value of claims.sentence is of another kind (str)"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_found_with_its_report_and_told_of(
    file: Path, change: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    where = f"id = '{MINE}'" if change.startswith("reports") else f"id = '{FIRST}'"
    with sqlite3.connect(file) as connection:
        connection.execute(f"UPDATE {change} WHERE {where}")
    connection.close()
    assert Finding(where=f"report {MINE}", found=told) in _found(file)
    for command in (["status"], ["brief", "libya"], ["events"], ["decide", "wrong_claim", FIRST, "--user", "ann"]):
        status = run([*command, "--ledger", str(file)])  # what it does not ask for need not hinder it
        printed = capsys.readouterr()
        assert (status, printed.err.count("\n")) in ((0, 0), (1, 1))


def test_a_row_that_refers_to_nothing_is_found(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE claims SET rule = 99 WHERE report = 3 AND place = 0")
    connection.close()
    assert _found(file) == [Finding(where="claims", found="a row refers to one that is not in rules")]


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_bytes_written_over_are_found(file: Path, place: float) -> None:
    data = bytearray(file.read_bytes())
    start = int(len(data) * place)
    data[start : start + 9000] = b"\xa5" * 9000
    file.write_bytes(data)
    assert _found(file)


def test_the_command_prints_what_is_wrong(file: Path, dragoman: Command) -> None:
    well = dragoman("check", "--ledger", file)
    assert (well.returncode, well.stdout.decode(), well.stderr) == (0, "60 reports, 240 claims: all is well\n", b"")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE reports SET hash = x'00' WHERE id = ?", (MINE,))
    connection.close()
    ill = dragoman("check", "--ledger", file)
    assert ill.returncode == 1
    told = f"report {MINE}: its text is not the one that was added (hash); restore a copy, or add the reports to a new ledger"
    assert ill.stdout.decode() == f"{told}\n"
    assert ill.stderr.decode() == f"{file}: 1 finding; see what to do about each\n"
    (line,) = dragoman("check", "--json", "--ledger", file).stdout.splitlines()
    assert set(json.loads(line)) == {"where", "found", "remedy"}
    assert "{where}: {found}; {remedy}".format(**json.loads(line)) == told
