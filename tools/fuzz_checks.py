"""What must hold of any input, whatever it is: no fault but those that are documented, the same twice, spans that are in the text."""

from __future__ import annotations

import json
import os
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from unicodedata import category

from dragoman.board.conflicts import build_conflicts
from dragoman.corpus.sources.forms import form_of_file
from dragoman.corpus.sources.reading import read_part
from dragoman.corpus.types import Part, Taking
from dragoman.errors import DragomanError, FetchError, IntakeError, RulebookError
from dragoman.export.brief import BriefOptions, brief
from dragoman.export.contract import Extras, form_of, line_of
from dragoman.export.whole import origin_of
from dragoman.feeds.fetch import Answer
from dragoman.feeds.items import items_of, report_of_item
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.context import Contexts
from dragoman.reading.events import Matcher
from dragoman.reading.intake import IntakeOptions, from_text, read_stream, read_upload
from dragoman.reading.names import NameIndex
from dragoman.reading.parse import Sentence, children_of, paragraphs_of
from dragoman.reading.plain import normalise
from dragoman.reading.reader import Reader, Reading, default_reader
from dragoman.reading.skim import Skim
from dragoman.reading.triggers import triggers
from dragoman.rulebook.codes import ENGINE_LISTS
from dragoman.rulebook.loader import build_rulebook, load_rulebook
from dragoman.rulebook.types import Actor, Rulebook

DAY = date(2024, 5, 15)
_NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
_OPTIONS = IntakeOptions(max_chars=20_000)
_TAKING = Taking(max_chars=20_000)
_DEPS = (
    "ROOT", "nsubj", "nsubjpass", "dobj", "pobj", "prep", "conj", "cc", "ccomp", "xcomp", "advcl", "relcl", "acl", "appos", "agent",
    "aux", "auxpass", "mark", "det", "poss", "amod", "compound", "nummod", "npadvmod", "prt", "neg", "dative", "attr", "punct",
    "dep", "parataxis",
)  # fmt: skip
_TAGS = (
    "VBD",
    "VBZ",
    "VBN",
    "VBG",
    "VB",
    "MD",
    "NN",
    "NNS",
    "NNP",
    "NNPS",
    "PRP",
    "IN",
    "CD",
    "JJ",
    "DT",
    "WDT",
    "TO",
    "''",
    "``",
)


def check_intake(made: bytes) -> None:
    """Check that bytes are read or refused in a form, twice alike."""
    form, _, data = made.partition(b"\n")
    taken = list(_taken(form.decode(), data))
    for one in taken:
        _check_taken(one)
    again = list(_taken(form.decode(), data))
    assert [_shown(one) for one in again] == [_shown(one) for one in taken], "not the same twice"


def _taken(form: str, data: bytes) -> Iterator[Report | IntakeError]:
    if form == "stream":
        yield from read_stream(data, "in", _OPTIONS)
    elif form.startswith("."):
        yield from read_upload(data, f"in{form}", _OPTIONS)
    elif form == "items":
        answer = Answer(url="https://a.example/feed", status=200, headers={}, body=data)
        try:
            found = items_of(answer, _NOW)
        except FetchError as refused:
            yield refused
            return
        for item in found:
            yield report_of_item(item, "AFP", _NOW, _OPTIONS)
    else:
        yield from _from_corpus(form, data)


def _from_corpus(form: str, data: bytes) -> Iterator[Report | IntakeError]:
    path = _scratch()
    Path(path).write_bytes(data)
    try:
        found = form_of_file(path) if form == "guessed" else form
    except IntakeError as refused:
        yield refused
        return
    yield from read_part(Part(path=path, form=found), _TAKING)


@lru_cache(maxsize=1)
def _scratch() -> str:
    """Return the file into which what is read by its path is put, in memory where that is to be had."""
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    return os.path.join(tempfile.mkdtemp(prefix="dragoman-fuzz-", dir=memory), "in")


def _check_taken(one: Report | IntakeError) -> None:
    if isinstance(one, IntakeError):
        assert one.where, "no place"
        assert one.found, "not said what was found"
        assert one.remedy, "no remedy"
        str(one).encode("utf-8", "surrogateescape")
        return
    for text in (one.id, one.text, one.headline or "", one.outlet or "", one.url or "", one.source):
        text.encode()
    assert one.text[one.body_start :].strip(), "a report without a body"
    assert one.headline is None or one.text.startswith(f"{one.headline}\n\n"), "a headline that is not in the text"
    assert normalise(one.text) == one.text, "a text that is not normal"
    if one.dateline:
        assert one.body_start <= one.dateline.span.start < one.dateline.span.end < len(one.text), "dateline outside"


def _shown(one: Report | IntakeError) -> str:
    return f"{type(one).__name__}: {one}" if isinstance(one, IntakeError) else repr(one)


def check_reading(made: bytes) -> None:
    """Check that a text is refused, or read whole: record, printed forms, brief; twice alike; with spans that are in it."""
    report = _report(made.decode("utf-8", "surrogatepass"))
    if report is None:
        return
    reader = default_reader()
    reading = reader.read(report)
    check_spans(reading)
    printed = printed_of(reader, reading)
    anew = len(report.text) % 4 == 0  # to parse takes longer than all else
    again = reader.read(report) if anew else reader.read_parsed(report, reading.sentences)
    assert printed == printed_of(reader, again), "not the same twice"
    _skim(reader).left_out(paragraphs_of(report.text, report.dateline.span if report.dateline else None), report.text)


def check_trees(made: bytes) -> None:
    """Check that a report is read whole whatever tree its sentences have."""
    given = json.loads(made)
    report = _report(given["text"])
    if report is None:
        return
    reader = default_reader()
    span = report.dateline.span if report.dateline else None
    sentences = list(reader.parser.sentences(report.text, span))
    for where, *what in given["changes"] if sentences else ():
        place = where % len(sentences)
        sentences[place] = _grafted(sentences[place], what)
    reading = reader.read_parsed(report, tuple(sentences))
    check_spans(reading)
    printed_of(reader, reading)


@lru_cache(maxsize=1)
def _skim(reader: Reader) -> Skim:
    return Skim(reader.rulebook, NameIndex(reader.rulebook.roster), reader.parser.forms_of)


def _report(text: str) -> Report | None:
    try:
        return from_text(text, IntakeOptions(published=DAY))
    except IntakeError:
        return None


def _grafted(sentence: Sentence, what: list[int]) -> Sentence:
    """Return a sentence with one token hung elsewhere, and with another tag and label; it stays a tree."""
    chance = random.Random(str(what))
    heads, tags, deps = list(sentence.heads), list(sentence.tags), list(sentence.deps)
    token, head = what[0] % len(heads), what[1] % len(heads)
    if what[2] % 4 and not _is_below(heads, head, token):
        heads[token] = head
        deps[token] = chance.choice(_DEPS)
    if what[2] % 4 == 0:
        heads[token] = token
        deps[token] = "ROOT"
    if what[2] % 3 == 0:
        tags[token] = chance.choice(_TAGS)
    elif what[2] % 3 == 1:
        deps[token] = chance.choice(_DEPS)
    return replace(sentence, heads=tuple(heads), tags=tuple(tags), deps=tuple(deps), children=children_of(heads))


def _is_below(heads: list[int], token: int, above: int) -> bool:
    while token != above and heads[token] != token:
        token = heads[token]
    return token == above


def check_spans(reading: Reading) -> None:
    """Check that all that a reading points to is there: sentences, evidence and mentions at their offsets, entities by their ids."""
    text = reading.report.text
    numbers = {sentence.number: sentence for sentence in reading.sentences}
    for sentence in reading.sentences:
        assert text[sentence.start : sentence.end] == sentence.text, f"sentence {sentence.number} is not at its offsets"
    known = {entity.id for entity in reading.entities}
    for entity in reading.entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text, f"mention {mention.text!r} is not at its offsets"
    for claim in (*reading.claims, *reading.signs):
        evidence = claim.evidence
        assert evidence.sentence in numbers, "evidence from no sentence"
        assert text[evidence.start : evidence.end] == evidence.text, "evidence is not at its offsets"
    for claim in reading.claims:
        speakers = {link.speaker for link in claim.attribution if link.speaker}
        assert {*claim.actor, *claim.recipient, *speakers} <= known, "a claim of somebody who is not listed"
    assert len({claim.id for claim in reading.claims}) == len(reading.claims), "two claims with one id"
    assert {one.sentence for one in reading.unread} <= set(numbers), "a sentence unread that is not there"


def printed_of(reader: Reader, reading: Reading) -> tuple[bytes, str]:
    """Return the printed form and the brief of a reading, after checking that they can be written and hold no control characters."""
    record = record_of(reading, reader.rulebook)
    form = form_of(reading, record, origin_of(reader), Extras(text=True))
    line = line_of(form)
    json.loads(line)
    lines = [each.text for each in brief(form, reading.names, BriefOptions(evidence=True))]
    shown = "\n".join(lines)
    assert not any(category(letter) in ("Cc", "Cf", "Cs") for text in lines for letter in text), (
        "a control in the brief"
    )
    json.dumps(reading.rows(), default=str)
    assert "<script" not in reading._repr_html_(), "markup of a report in a table"
    return line, shown


def check_rulebook(made: bytes) -> None:
    """Check that files make a rulebook that the engine can be made of, or a RulebookError that says where; twice alike."""
    texts: dict[str, str] = json.loads(made)
    assert _book(texts) == _book(texts), "not the same twice"


def _book(texts: Mapping[str, str]) -> object:
    try:
        if "conflict.toml" in texts:
            return repr(build_conflicts(texts, _few()))
        book = build_rulebook(texts)
    except RulebookError as mistake:
        found = mistake.mistakes
    else:
        return _engine_of(book)
    assert found, "no mistakes"
    assert all(": " in line for line in found), f"a mistake without a place: {found}"
    return found


@lru_cache(maxsize=1)
def _few() -> Mapping[str, Actor]:
    """Return the entries of the roster that a conflict file of ours names: the whole of it takes longer than the rest."""
    roster = load_rulebook(None).roster
    return {name: roster[name] for name in ("ukraine", "russia", "united-states")}


def _engine_of(book: Rulebook) -> str:
    """Make what reads by a rulebook that has the lists which it looks up; return the rulebook's digest."""
    if not book.lists.keys() >= ENGINE_LISTS:
        return book.digest
    NameIndex(book.roster)
    Matcher(book)
    Contexts(book)
    triggers(book)
    return book.digest


CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "intake": check_intake, "reading": check_reading, "trees": check_trees, "rulebook": check_rulebook,
}  # fmt: skip
"""What checks a made input, by target. A fault is any exception, documented ones too where they should have been given back."""

__all__ = ["CHECKS", "DragomanError", "check_intake", "check_reading", "check_rulebook", "check_spans", "check_trees"]
