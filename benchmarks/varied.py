"""Reports by the thousand: real and sample reports with names and numbers varied, so that no two have the same text.

A name that the roster does not know becomes another one throughout a report; numbers change, years stay. Seeded: the same call gives
the same reports.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta
from pathlib import Path

import msgspec
from measuring import ROOT, put, reports_of

from dragoman.reading.names import NameIndex
from dragoman.rulebook.loader import load_rulebook

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_WORD = re.compile(r"\b[a-z]+\b")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]*\d)")
_NAMES = (
    "Abara Adel Amira Bakary Belko Celia Corvin Dawit Dresa Elbaz Elena Farid Fortuna Gavril Goran Hamid Haskel "
    "Idrisov Ines Jaramo Jonas "
    "Kestrel Kofi Leila Lomani Madruk Milan Nadia Novar Omar Orlic Pavane Petra Quiroz Rashid Rasmin Selma Sokolan Tarrow Tomas"
).split()
_DATES = frozenset(
    "January February March April June July August September October November December Monday Tuesday Wednesday Thursday Friday "
    "Saturday Sunday".split()
)
_DAYS = 31
_LAST_DAY = 28


def varied(reports: Sequence[dict[str, str]], count: int) -> Iterator[dict[str, str]]:
    """Yield so many reports: the given ones in turn, each time with other names, numbers and days."""
    index = NameIndex(load_rulebook(None).roster)
    common = {word for report in reports for word in _WORD.findall(report["text"])}
    for number, report in zip(range(count), itertools.cycle(reports), strict=False):
        turn = number // len(reports)
        chance = random.Random(number)
        text = _numbered(_renamed(report["text"], index, common, chance), turn) if turn else report["text"]
        day = date.fromisoformat(report["published"][:10]) + timedelta(days=turn % _DAYS)
        yield {**report, "text": f"{text}\n\nFile {number} of the archive.", "published": day.isoformat()}


def _renamed(text: str, index: NameIndex, common: Set[str], chance: random.Random) -> str:
    """Return the text with other names for whom the roster does not know; words that are common nouns somewhere stay."""
    known = {word for hit in index.find(text) for word in text[hit.start : hit.end].split()} | _DATES
    found = [word for word in dict.fromkeys(_NAME.findall(text)) if word not in known and word.lower() not in common]
    others = dict(zip(found, chance.sample(_NAMES, len(_NAMES)), strict=False))
    return re.sub(r"\b[A-Z][a-z]{3,}\b", lambda match: others.get(match.group(), match.group()), text)


def _numbered(text: str, turn: int) -> str:
    """Return the text with other numbers: days of a month stay days, years stay as they are."""

    def other(match: re.Match[str]) -> str:
        number = int(match.group())
        if number > 1000:
            return match.group()
        return str(1 + (number + turn) % _LAST_DAY if number <= _DAYS else number + turn)

    return _NUMBER.sub(other, text)


def samples() -> list[dict[str, str]]:
    """Return the reports of the sample corpus."""
    files = sorted((ROOT / "samples" / "corpus").glob("*.jsonl"))
    lines = [line for path in files for line in path.read_bytes().splitlines()]
    records = [msgspec.json.decode(line, type=dict[str, str | None]) for line in lines]
    return [{key: value for key, value in each.items() if value and key != "id"} for each in records]


def main() -> None:
    """Write a corpus of so many reports: one of so many from the given zip, the others from the sample corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpus", type=Path, help="zip with a CSV of date, text, source; without it, samples/")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument(
        "--one-of", type=int, default=10, help="share of the zip's reports: one of so many (default 10)"
    )
    parser.add_argument("--files", type=int, default=20)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    share = options.one_of
    long = varied(reports_of(options.corpus), options.count // share)
    short = varied(samples(), options.count - options.count // share)
    mixed = itertools.chain.from_iterable(zip(long, *[short] * (share - 1), strict=False))
    each = -(-options.count // options.files)
    for number in range(options.files):
        put(options.folder / f"part-{number:03}.jsonl", itertools.islice(mixed, each))


if __name__ == "__main__":
    main()
