"""Ledgers for the benchmarks: reports that were read once, and copies of them under other ids, days and words."""

from __future__ import annotations

import gc
import itertools
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec

from dragoman.ledger.store import Ledger, Made
from dragoman.model import Claim, Entity, Report, content_id
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reading, default_reader

MADE = Made(rulebook="sha256:" + "0" * 64, model="bench")
FIRST = date(2020, 1, 1)
_HASH = re.compile(rb'"[0-9a-f]{16}"')
_DAY = re.compile(rb'"((?:19|20)\d\d-\d\d-\d\d)"')
_WORD = re.compile(r"\b[a-z]{5,}\b")
STORY = timedelta(days=42)  # from one telling of the sample corpus to the next
_TWELFTH = 12
_OTHER = 3  # every third longer word of a copy is another one, so that it is no copy of a text
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a reading, as JSON takes it."""

    report: Report
    sentences: int
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    record: ProcessRecord


def kept_of(path: Path) -> tuple[list[Kept], float]:
    """Return what is kept of the readings of reports, and how many CPU seconds their reading took."""
    reader = default_reader()
    found = []
    spent = 0.0
    for place, report in enumerate(read_path(path, IntakeOptions(published=FIRST))):
        if not isinstance(report, Report):
            raise report
        began = time.process_time()
        reading = reader.read(report)
        record = record_of(reading, reader.rulebook)
        if place:  # the first one loads what is loaded on first use
            spent += time.process_time() - began
        claims = tuple(replace(claim, words={}, times=(), others={}) for claim in reading.claims)
        found.append(Kept(report, len(reading.sentences), reading.entities, claims, record))
    return found, spent * len(found) / max(1, len(found) - 1)


def copies(kept: Sequence[Kept], count: int) -> Iterator[Kept]:
    """Yield so many reports, twenty a day: those that were read, then copies of them with other ids and days."""
    encoded = [msgspec.json.encode(each) for each in kept]
    for number in range(count):
        turn, place = divmod(number, len(kept))
        copied = msgspec.json.decode(_renamed(encoded[place], turn), type=Kept)
        day = FIRST + timedelta(days=number // 20)
        yield msgspec.structs.replace(copied, report=replace(copied.report, published=day))


def later(kept: Sequence[Kept], turn: int, gap: timedelta) -> Iterator[Kept]:
    """Yield copies of reports that tell the same story in other words, ``turn`` times ``gap`` later."""
    for each in kept:
        encoded = _renamed(msgspec.json.encode(each), turn)
        moved = _DAY.sub(
            lambda found: b'"%s"' % (date.fromisoformat(found[1].decode()) + turn * gap).isoformat().encode(), encoded
        )
        copied = msgspec.json.decode(moved, type=Kept)
        report = replace(
            copied.report,
            id=content_id(each.report.id, turn),
            text=_reworded(copied.report.text, turn),
            url=f"{copied.report.url}/{turn}" if copied.report.url else None,
        )
        yield msgspec.structs.replace(copied, report=report)


def roundups(corpus: Path, into: Path) -> Path:
    """Write the reports of a file of the sample corpus joined, as a day's roundup has them, and return the file.

    Two are joined, every twelfth time three, so that each has ten claims in the mean.
    """
    listed = sorted((msgspec.json.decode(line) for line in corpus.read_bytes().splitlines()), key=_place)
    joined: list[dict[str, str]] = []
    while listed:
        many = 3 if len(joined) % _TWELFTH == 0 else 2
        part, listed = listed[:many], listed[many:]
        joined.append({**part[0], "text": "\n\n".join(each["text"] for each in part)})
    into.write_bytes(b"\n".join(msgspec.json.encode(each) for each in joined))
    return into


def _place(report: dict[str, str]) -> tuple[str, str]:
    return report["published"], report["id"]


def roundup_stream(corpus: Sequence[Path], folder: Path) -> Iterator[Kept]:
    """Yield the reports of several conflicts, joined to roundups, in one order; then their next telling, and so on."""
    read: list[Kept] = []
    for path in corpus:
        read += kept_of(roundups(path, folder / path.name))[0]
    ordered = sorted(read, key=lambda each: (str(each.report.published), each.report.id))
    for turn in itertools.count():
        yield from later(ordered, turn, STORY)


def _renamed(encoded: bytes, turn: int) -> bytes:
    return _HASH.sub(lambda found: b'"%s"' % content_id(found[0], turn).encode(), encoded) if turn else encoded


def _reworded(text: str, turn: int) -> str:
    """Return a text of the same length in which every third longer word has other letters: no other of 75 turns has them."""
    times, at = divmod(turn - 1, len(_LETTERS) - 1)
    at, place = (at + 1, times % _OTHER) if turn else (0, 0)
    table = str.maketrans(_LETTERS, _LETTERS[at:] + _LETTERS[:at])
    count = 0

    def other(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return found[0].translate(table) if count % _OTHER == place else found[0]

    return _WORD.sub(other, text) if at else text


def put(ledger: Ledger, kept: Kept) -> float:
    """Add what is kept of a reading, and return the CPU seconds that it took."""
    reading = _reading(kept)
    began = time.process_time()
    ledger.add(reading, kept.record, MADE)
    return time.process_time() - began


def _reading(kept: Kept) -> Reading:
    sentence = Sentence(
        number=1, start=0, end=0, text="", words=(), lemmas=(), tags=(), deps=(), heads=(), starts=(), ends=(), children=()
    )  # fmt: skip
    return Reading(
        report=kept.report, sentences=(sentence,) * kept.sentences, entities=kept.entities, claims=kept.claims, unread=()
    )  # fmt: skip


def median_time(task: Callable[[], object], times: int = 5) -> float:
    """Return the median of the CPU times that a task takes."""
    found = []
    for _ in range(times):
        gc.collect()
        began = time.process_time()
        task()
        found.append(time.process_time() - began)
    return statistics.median(found)
