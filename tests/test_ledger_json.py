"""The printed forms of a ledger: they fit their schemas, and a board's numbers are those of its entries."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import jsonschema
import msgspec
import pytest
from boards import EARLY, LATE, NAMES, SENTENCES, quote

from dragoman.board import types
from dragoman.export import ledger_form
from dragoman.export.contract import line_of
from dragoman.export.ledger_json import board_form
from dragoman.export.ledger_since import changes
from dragoman.export.ledger_words import Tongue
from dragoman.export.schema import FORMS, schema

FORM_OF: dict[type, type[msgspec.Struct]] = {
    types.Cited: ledger_form.CitedForm, types.Turn: ledger_form.TurnForm, types.Truce: ledger_form.TruceForm,
    types.Signing: ledger_form.SigningForm, types.Paper: ledger_form.PaperForm, types.Round: ledger_form.RoundForm,
    types.Track: ledger_form.TrackForm, types.Stance: ledger_form.StanceForm, types.Menace: ledger_form.MenaceForm,
    types.Backing: ledger_form.BackingForm, types.Breach: ledger_form.BreachForm, types.Body: ledger_form.BodyForm,
    types.Due: ledger_form.DueForm, types.Dispute: ledger_form.DisputeForm, types.Turning: ledger_form.TurningForm,
    types.Board: ledger_form.BoardForm,
}  # fmt: skip


@pytest.fixture(scope="module")
def board() -> dict[str, Any]:
    found = changes(EARLY, LATE, Tongue(NAMES))
    return dict(json.loads(line_of(board_form(LATE, quote, EARLY.until, found))))


@pytest.mark.parametrize("form", FORMS)
def test_each_schema_is_a_schema(form: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(form))


def test_the_board_fits_its_schema(board: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(schema("board")).validate(board)
    plain = json.loads(line_of(board_form(EARLY, quote)))
    jsonschema.Draft202012Validator(schema("board")).validate(plain)
    assert "changes" not in plain
    assert "since" not in plain


def test_the_schema_refuses_what_is_no_board(board: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(schema("board"))
    truce = board["truces"][0]
    for broken in (
        {**truce, "origins": None},
        {**truce, "cited": [{}]},
        {k: v for k, v in truce.items() if k != "from"},
    ):
        assert not validator.is_valid({**board, "truces": [broken]})
    assert not validator.is_valid({**board, "changes": [{"change": "new"}]})


@pytest.mark.parametrize("kind", FORM_OF, ids=lambda kind: str(kind.__name__))
def test_each_field_of_the_board_is_printed(kind: type) -> None:
    printed = {field.encode_name for field in msgspec.structs.fields(FORM_OF[kind])}
    assert {field.name.rstrip("_") for field in fields(kind)} <= printed


def test_sentences_are_printed_whole_and_origins_counted(board: dict[str, Any]) -> None:
    paper = board["papers"][0]
    assert (paper["origins"], paper["reports"]) == (1, 2)
    assert (paper["first"], paper["last"]) == ("2020-01-13", "2020-01-13")
    for cited in paper["cited"]:
        assert cited["text"] == SENTENCES[cited["report"], cited["sentence"]]
    assert board["truces"][0]["from"]["start"] == "2020-01-12"
    assert [version["origins"] for version in board["disputes"][0]["versions"]] == [1, 1]


def test_changes_are_those_of_the_brief(board: dict[str, Any]) -> None:
    assert board["since"] == "2020-01-13"
    truce = next(change for change in board["changes"] if change["kind"] == "truce")
    assert truce["change"] == "changed"
    assert truce["facts"] == [
        {"name": "status", "before": "in force since 12 Jan 2020", "now": "violated since 19 Jan 2020"}
    ]
