"""Near-duplicates of a corpus: those that a ledger would find, whatever shards the reports are in, and none more."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from dragoman.corpus.duplicates import Duplicate, duplicates
from dragoman.corpus.prints import prints_of
from dragoman.ledger.origins import Origins, print_of, runs_of
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, from_text

_WORDS = (
    "talks truce envoy border convoy minister port rebels army council harbour bridge deal prisoners fuel camp".split()
)


def _text(chance: Random, sentences: int = 14) -> list[str]:
    words = [f"{chance.choice(_WORDS)}{chance.randrange(60)}" for _ in range(sentences * 9)]
    return [" ".join(words[at : at + 9]).capitalize() + "." for at in range(0, len(words), 9)]


def _report(sentences: list[str], number: int, outlet: str | None = None) -> Report:
    from datetime import date

    options = IntakeOptions(published=date(2021, 1, 1 + number % 28), outlet=outlet)
    return from_text("\n\n".join(sentences), options, headline=f"News {number}")


def _reports(families: int = 30) -> list[Report]:
    """Return texts with their copies, cuts, longer versions and mere neighbours, in no order."""
    chance = Random(7)
    made = []
    for family in range(families):
        text, number = _text(chance), family * 9
        made.append(_report(text, number, "Post"))
        kinds = [
            text,
            text[:6],
            [*text, *_text(chance, 4)],
            [*text[:7], *_text(chance, 7)],
            [*text[:2], *_text(chance, 14)],
            [chance.choice(text[:3]), *_text(chance, 5)],
        ]
        made += [_report(each, number + at, chance.choice(["Post", "Wire", None])) for at, each in enumerate(kinds, 1)]
    chance.shuffle(made)
    return made


def _found(folder: Path, shards: list[list[Report]]) -> list[Duplicate]:
    names = [f"{number:06}" for number, _ in enumerate(shards, 1)]
    (folder / "prints").mkdir(parents=True)
    for name, reports in zip(names, shards, strict=True):
        (folder / "prints" / f"{name}.msgpack").write_bytes(prints_of(reports))
    return list(duplicates(str(folder), names))


def _shards(reports: list[Report], size: int) -> list[list[Report]]:
    return [reports[at : at + size] for at in range(0, len(reports), size)]


def _in_ledger(reports: list[Report]) -> dict[str, str]:
    by_id = {each.id: each for each in reports}
    origins = Origins(lambda identity: runs_of(by_id[identity]))
    ordered = sorted(by_id.values(), key=lambda each: (str(each.published), each.id))
    placed = {each.id: origins.place(each.id, print_of(each)) for each in ordered}
    return {identity: origin for identity, origin in placed.items() if identity != origin}


def test_they_are_those_of_a_ledger(tmp_path: Path) -> None:
    reports = _reports()
    found = {each.report: each.origin for each in _found(tmp_path, _shards(reports, 40))}
    assert found == _in_ledger(reports)
    assert len(found) > 60


def test_the_size_of_shards_changes_nothing(tmp_path: Path) -> None:
    reports = _reports(12)
    small, large = (_found(tmp_path / str(size), _shards(reports, size)) for size in (5, 1000))
    assert [(each.report, each.origin, each.likeness) for each in small] == [
        (each.report, each.origin, each.likeness) for each in large
    ]
    assert {each.shard for each in large} == {"000001"}
    assert len({each.shard for each in small}) > 5


def test_a_report_in_two_shards_is_said(tmp_path: Path) -> None:
    one, other = (_report(_text(Random(seed)), seed) for seed in (1, 2))
    found = _found(tmp_path, [[one], [other, one], [one]])
    assert [(each.report, each.origin, each.shard, each.origin_shard, each.likeness) for each in found] == [
        (one.id, one.id, "000002", "000001", 1.0),
        (one.id, one.id, "000003", "000001", 1.0),
    ]


@pytest.mark.parametrize("shards", [[], [[]], [[], []]])
def test_nothing_gives_nothing(shards: list[list[Report]], tmp_path: Path) -> None:
    assert _found(tmp_path, shards) == []


def test_texts_without_words_are_like_nothing(tmp_path: Path) -> None:
    empty = [Report(id=f"{number}", headline=None, text="—", body_start=0) for number in range(3)]
    assert _found(tmp_path, [empty]) == []


def test_many_copies_of_one_text_have_one_origin(tmp_path: Path) -> None:
    text = _text(Random(3))
    reports = [
        _report([*text, f"This is print {number} of it, with {number} words more."], number) for number in range(300)
    ]
    found = _found(tmp_path, _shards(reports, 50))
    first = min(reports, key=lambda each: (str(each.published), each.id))
    assert {each.origin for each in found} == {first.id}
    assert len(found) == 299
