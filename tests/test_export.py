"""dragoman export: a ledger as it stands with what people decided, in every format; what the command says and where it writes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from decision_reports import filled, helps_of
from format_contents import bytes_of

from dragoman.cli import run
from dragoman.export.content import Content
from dragoman.export.formats import cameo, plover
from dragoman.export.formats.table import FORMATS
from dragoman.export.process_form import ProcessForm
from dragoman.ledger.adding import add
from dragoman.ledger.decisions import decide, withdraw
from dragoman.ledger.store import Ledger, View
from dragoman.ledger.verdicts import Asked, DecisionKind, Source
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, from_text, read_path
from dragoman.reading.reader import Reader
from dragoman.settings import Settings
from dragoman.views.content import Exported, ledger_content

CORPUS = ROOT / "samples" / "corpus" / "libya.jsonl"


@pytest.fixture
def ledger(reader: Reader, tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger with three short reports of three days: 14 to 16 January 2020, recorded an hour apart."""
    made = filled(tmp_path / "ledger.sqlite", reader)
    yield made
    made.close()


@pytest.fixture(scope="module")
def libya(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger with the sample corpus of Libya up to 20 January 2020."""
    path = tmp_path_factory.mktemp("export") / "libya.sqlite"
    made = Ledger(str(path), create=True, clock=lambda: datetime(2020, 2, 1, tzinfo=UTC))
    reports = [each for each in read_path(CORPUS, IntakeOptions()) if isinstance(each, Report)]
    early = [each for each in reports if each.published and each.published <= date(2020, 1, 20)]
    assert {done.outcome for done in add(made, reader, early)} == {"added"}
    made.close()
    return path


def content(ledger: Ledger, **asked: Any) -> Content:
    return ledger_content(ledger, Exported(**asked), Settings())


def of_libya(path: Path, **asked: Any) -> Content:
    made = Ledger(str(path))
    try:
        return content(made, **asked)
    finally:
        made.close()


def acts(found: Content) -> set[tuple[str, tuple[str, ...], tuple[str, ...], bool]]:
    claims = (each.claim for event in found.events for each in event.tellings)
    return {(claim.event.value, claim.actor, claim.recipient, claim.negated) for claim in claims}


def events(found: Content) -> list[dict[str, Any]]:
    return [json.loads(line) for line in bytes_of(plover.write, found).splitlines()]


def claim_of(found: Content, event: str, actor: str) -> str:
    claims = (claim for coded in found.reports for claim in coded.claims)
    return next(claim.id for claim in claims if (claim.event.value, claim.actor) == (event, (actor,)))


# -- what is exported


def test_an_event_of_several_reports_is_one_led_by_what_was_printed_first(ledger: Ledger) -> None:
    shield = [event for event in content(ledger).events if event.lead.claim.actor == ("fezzan-shield",)]
    assert [[each.coded.report.published for each in event.tellings] for event in shield] == [
        [date(2020, 1, 14), date(2020, 1, 15)]
    ]
    (row,) = [row for row in cameo.cameo_rows(content(ledger)) if row.get("Actor1Name") == "FEZZAN SHIELD"]
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"]) == (2, 2, 2)


def test_what_one_report_tells_is_an_event_and_what_another_denies_is_none(ledger: Ledger) -> None:
    found = content(ledger)
    assert {negated for event, actor, _, negated in acts(found) if (event, actor) == ("AID", ("turkey",))} == {
        False,
        True,
    }
    (sent,) = [each for each in events(found) if each["event"] == ["AID"]]
    assert sent["pub_date"] == "2020-01-15"


def test_what_a_person_rejected_is_not_exported_and_is_again_when_it_is_withdrawn(ledger: Ledger) -> None:
    before = acts(content(ledger))
    wrong = claim_of(content(ledger), "SUPPORT", "egypt")
    made = decide(ledger, Asked(kind=DecisionKind.WRONG_CLAIM, about=(wrong,), user="ana"))
    after = content(ledger)
    assert before - acts(after) == {("SUPPORT", ("egypt",), ("khalifa-haftar",), False)}
    assert wrong not in {claim.id for coded in after.reports for claim in coded.claims}
    withdraw(ledger, made.id, user="ana")
    assert acts(content(ledger)) == before


def test_what_a_person_corrected_and_added_is_exported_so(ledger: Ledger, reader: Reader) -> None:
    found = content(ledger)
    wrong = claim_of(found, "SUPPORT", "egypt")
    decide(
        ledger,
        Asked(kind=DecisionKind.CORRECTED_FIELD, about=(wrong,), user="ana", field="event", value="AID"),
        helps_of(reader),
    )
    value = {"event": "CONSULT", "actor": ["turkey"], "recipient": ["egypt"]}
    added = Asked(
        kind=DecisionKind.ADDED_CLAIM, about=(found.reports[0].report.id,), user="ana", value=value,
        source=Source(quote="Egypt backed Haftar"),
    )  # fmt: skip
    decide(ledger, added, helps_of(reader))
    told = acts(content(ledger))
    assert ("AID", ("egypt",), ("khalifa-haftar",), False) in told
    assert ("SUPPORT", ("egypt",), ("khalifa-haftar",), False) not in told
    assert ("CONSULT", ("turkey",), ("egypt",), False) in told
    (line,) = [event for event in events(content(ledger)) if event["event"] == ["CONSULT"]]
    assert line["event_text"] == ["Egypt backed Haftar."]


def test_as_of_a_day_and_a_moment_nothing_later_is_exported(ledger: Ledger) -> None:
    early = content(ledger, view=View(until=date(2020, 1, 14)))
    assert {each.report.published for each in early.reports} == {date(2020, 1, 14)}
    known = content(ledger, view=View(known=datetime(2020, 1, 20, 12, 30, tzinfo=UTC)))
    assert len(known.reports) < len(content(ledger).reports)


def test_a_report_that_an_update_supersedes_does_not_count(ledger: Ledger, reader: Reader) -> None:
    text = "Libyan commander Khalifa Haftar left Moscow on Tuesday without signing the ceasefire. Egypt backed Haftar. More came."
    options = IntakeOptions(published=date(2020, 1, 15), outlet="Wire 0")
    list(add(ledger, reader, [from_text(text, options, headline="UPDATE 1-Haftar leaves")]))
    found = content(ledger)
    assert [each.report.published for each in found.reports if each.report.outlet == "Wire 0"] == [date(2020, 1, 15)]
    left = [event for event in found.events if event.lead.claim.actor == ("khalifa-haftar",)]
    assert {each.coded.report.published for event in left for each in event.tellings} == {
        date(2020, 1, 15),
        date(2020, 1, 16),
    }


def test_from_and_to_are_of_the_days_that_are_told(ledger: Ledger) -> None:
    found = content(ledger, start=date(2020, 1, 12), end=date(2020, 1, 12))
    assert acts(found) == {("ASSAULT", ("fezzan-shield",), (), False)}
    assert found.reports == ()
    late = content(ledger, start=date(2020, 1, 16))
    assert {each.report.published for each in late.reports} == {date(2020, 1, 16)}


def test_a_conflict_has_its_reports_and_its_entries_with_their_sentences(libya: Path) -> None:
    found = of_libya(libya, conflict=_conflict("libya"))
    assert {entry.conflict for entry in found.entries} == {"libya"}
    assert {entry.kind for entry in found.entries} >= {
        "ceasefires",
        "agreements",
        "signatures",
        "talks",
        "positions",
        "alignments",
    }
    for entry in found.entries:
        assert entry.sentences
        for sentence in entry.sentences:
            assert sentence.report.text[sentence.start : sentence.end] == sentence.text
    papers = {entry.id for entry in found.entries if entry.kind == "agreements"}
    assert {entry.form["agreement"] for entry in found.entries if entry.kind == "signatures"} <= papers


def test_entries_have_the_fields_of_the_contract(libya: Path) -> None:
    lists = {kind.encode_name: kind.type for kind in _fields(ProcessForm)}
    for entry in of_libya(libya).entries:
        (form,) = lists[entry.kind].__args__[:1]
        wanted = {each.encode_name for each in _fields(form)}
        if entry.kind != "contradictions":
            assert wanted <= set(entry.form), entry.kind


def test_who_is_of_the_roster_is_as_the_roster_has_them(libya: Path) -> None:
    found = of_libya(libya)
    known = {each.id for coded in found.reports for each in coded.entities if each.roster}
    assert known
    assert all(found.entities[identity].roster for identity in known)


def test_all_formats_are_written_from_a_ledger_the_same_each_time(libya: Path) -> None:
    found = of_libya(libya)
    for name in FORMATS:
        first, second = (bytes_of(FORMATS[name].writer(), each) for each in (found, of_libya(libya)))
        assert first == second
        assert len(first) > 1_000, name


def test_ids_are_not_used_twice_and_all_that_is_tied_is_there(libya: Path) -> None:
    found = of_libya(libya)
    lines = [json.loads(line) for line in bytes_of(FORMATS["annotations"].writer(), found).splitlines()]
    assert len({line["id"] for line in lines}) == len(lines) > 100
    features = json.loads(bytes_of(FORMATS["geojson"].writer(), found))["features"]
    assert len({feature["id"] for feature in features}) == len(features) > 10
    made = json.loads(bytes_of(FORMATS["prov"].writer(), found))
    there = {name for section in ("entity", "activity", "agent") for name in made[section]}
    ties = [tie for name, section in made.items() if name.startswith(("was", "used")) for tie in section.values()]
    assert {end for tie in ties for name, end in tie.items() if name.startswith("prov:")} <= there
    kinds = [name.partition(":")[0] for name in made["entity"]]
    assert (kinds.count("event"), kinds.count("record")) == (len(found.events), len(found.entries))


def test_what_people_decided_is_in_the_record_of_how_it_came_to_be(ledger: Ledger, reader: Reader) -> None:
    found = content(ledger)
    wrong = claim_of(found, "SUPPORT", "egypt")
    value = {"event": "CONSULT", "actor": ["turkey"], "recipient": ["egypt"]}
    report = found.reports[0].report.id
    added = decide(
        ledger,
        Asked(
            kind=DecisionKind.ADDED_CLAIM, about=(report,), user="ana", value=value, source=Source(quote="Egypt backed Haftar")
        ),
        helps_of(reader),
    )  # fmt: skip
    right = decide(ledger, Asked(kind=DecisionKind.RIGHT_CLAIM, about=(wrong,), user="ben"))
    made = json.loads(bytes_of(FORMATS["prov"].writer(), content(ledger)))
    by = {tie["prov:entity"]: tie["prov:activity"] for tie in made["wasGeneratedBy"].values()}
    (new,) = [name for name, activity in by.items() if activity == f"decision:{added.id}"]
    assert made["entity"][new]["prov:label"] == "CONSULT"
    assert {"prov:influencee": f"claim:{wrong}", "prov:influencer": f"decision:{right.id}"} in [
        *made["wasInfluencedBy"].values()
    ]
    late = content(ledger, start=date(2020, 1, 16))
    assert {each.id for each in late.decisions} <= {added.id, right.id}
    assert len(content(ledger, start=date(2030, 1, 1)).decisions) == 0


def _conflict(identity: str) -> Any:
    from dragoman.board.conflicts import load_conflicts

    return load_conflicts()[identity]


def _fields(form: Any) -> tuple[Any, ...]:
    import msgspec

    return msgspec.structs.fields(form)


# -- the command


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What the command did."""

    status: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(capsysbinary: pytest.CaptureFixture[bytes], libya: Path) -> Call:
    """Return what runs the command on the ledger of Libya."""

    def called(*arguments: str | Path, ledger: Path | None = libya) -> Done:
        given = [*map(str, arguments), *(["--ledger", str(ledger)] if ledger else [])]
        status = run(["export", *given])
        out, err = capsysbinary.readouterr()
        return Done(status=status, out=out.decode(), err=err.decode())

    return called


def test_it_is_written_to_standard_output_or_to_a_file(call: Call, tmp_path: Path) -> None:
    shown = call("--format", "plover", "--conflict", "libya")
    assert shown.status == 0
    assert all(json.loads(line)["id"] for line in shown.out.splitlines())
    path = tmp_path / "libya.jsonl"
    done = call("--format", "plover", "--conflict", "libya", "--out", path)
    assert (done.status, done.out, path.read_text(encoding="utf-8")) == (0, "", shown.out)
    assert os.listdir(tmp_path) == ["libya.jsonl"]


def test_the_formats_are_listed(call: Call) -> None:
    shown = call("--list")
    assert [line.split()[0] for line in shown.out.splitlines()] == list(FORMATS)
    listed = [json.loads(line) for line in call("--list", "--json").out.splitlines()]
    assert [each["name"] for each in listed] == list(FORMATS)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "no --format"),
        (("--format", "nosuch"), 2, "no format 'nosuch'"),
        (("--format", "acled", "--conflict", "nosuch"), 1, "nosuch"),
        (("--format", "acled", "--as-of", "yesterday"), 2, "yesterday"),
    ],
)
def test_what_cannot_be_is_said(call: Call, arguments: tuple[str, ...], status: int, said: str) -> None:
    done = call(*arguments)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_ledger_that_is_not_there_and_a_folder_that_is_not_there_are_said(call: Call, tmp_path: Path) -> None:
    missing = call("--format", "acled", ledger=tmp_path / "none.sqlite")
    assert (missing.status, missing.out) == (1, "")
    done = call("--format", "acled", "--out", tmp_path / "none" / "a.csv")
    assert (done.status, "cannot be written" in done.err) == (1, True)


def test_a_file_that_is_there_stays_whole_where_the_writing_fails(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dragoman.export.formats.acled.acled_rows", failing)
    done = call("--format", "acled", "--out", path)
    assert (done.status, path.read_text(encoding="utf-8")) == (1, "old")
    assert os.listdir(tmp_path) == ["a.csv"]
    assert "No space left" in done.err


def test_a_pipe_is_written_to_and_stays_one(call: Call, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert call("--format", "agreements", "--out", pipe).status == 0
        assert os.read(reading, 100_000).startswith(b"Con,")
        assert pipe.is_fifo()
    finally:
        os.close(reading)
