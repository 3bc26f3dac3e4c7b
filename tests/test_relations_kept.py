"""The relation of pairs in sentences of the sample reports, as records/relations.txt keeps it: what a change of ``relate`` changes.

Like the other files there it does not say that what was read is right. A line is 'what is read | source -> target | sentence'; to add
one write '?' first, then ``pytest -n 0 tests/test_relations_kept.py --update`` and look through ``git diff tests/records``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.reading.reader import Reader
from dragoman.reading.relate import Relation, Row, relate

KEPT = Path(__file__).parent / "records" / "relations.txt"
LINES = KEPT.read_text(encoding="utf-8").splitlines()
TOGETHER = 8  # so that a test is quick


@pytest.mark.parametrize("first", range(0, len(LINES), TOGETHER), ids=lambda first: f"from line {first + 1}")
def test_the_relation_of_a_pair_is_what_it_was(reader: Reader, first: int, request: pytest.FixtureRequest) -> None:
    some = LINES[first : first + TOGETHER]
    now = [
        f"{short(found)} | {_asked(line)}" for line, found in zip(some, relate(reader, map(_row, some)), strict=True)
    ]
    if request.config.getoption("--update"):
        LINES[first : first + TOGETHER] = some = now
        KEPT.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    assert now == some


def short(found: Relation) -> str:
    """Return a relation in a few words."""
    if found.event is None:
        return "none"
    return " ".join(
        [
            *(["not"] if found.negated else []),
            found.event.value,
            *found.modes,
            *([found.status.value] if found.status else []),
            f"by {found.rule}",
        ]
    )


def _asked(line: str) -> str:
    return line.partition(" | ")[2]


def _row(line: str) -> Row:
    pair, _, sentence = _asked(line).partition(" | ")
    source, _, target = pair.partition(" -> ")
    return Row(id=sentence, sentence=sentence, source=source, target=target)
