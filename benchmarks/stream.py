"""A stream of general news: nine parts stories without conflict (benchmarks/stream/*.txt), one part of a conflict archive.

The stories were written for this project. What stands in braces in them (names, towns, firms, numbers, days) is filled by a
seeded function, the same in all places of one story, so that a stream of any length holds distinct texts and the same seed
gives the same stream. Run as a program it times ``Reader.read_all`` with and without the skim against bare spaCy, each in a
process of its own, on one stream.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "benchmarks" / "stream"
NINE = 9  # stories without conflict for one of the archive
_SLOT = re.compile(r"\{([^{}]+)\}")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "second third fourth fifth sixth seventh".split()
_OUTLETS = ("Daily Courier", "Evening Post", "Wire Service", "The Chronicle")
_FIRST_DAY = date(2019, 1, 1)


@lru_cache(maxsize=1)
def stories() -> tuple[str, ...]:
    """Return the stories with their slots, in the order of the files: a headline, an empty line, paragraphs."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt")))
    return tuple(story.strip() for text in texts for story in text.split("\n====\n"))


@lru_cache(maxsize=1)
def names() -> Mapping[str, Sequence[str]]:
    """Return what slots are filled with, by kind."""
    return tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))


def told(story: str, seed: int) -> str:
    """Return a story with its slots filled; one story and seed always give one text.

    >>> told("{M1} met {M1s}'s coach on {day}.", 3) == told("{M1} met {M1s}'s coach on {day}.", 3)
    True
    """
    random_ = random.Random(seed)
    filled: dict[str, str] = {}

    def fill(match: re.Match[str]) -> str:
        slot = match.group(1)
        key = slot.removesuffix("s") if slot[:1] in "MW" and slot[1:2].isdigit() else slot
        if key[:1].islower() or key[:1].isdigit():
            return _number(key, random_) if key not in ("day", "day2", "mon") else _once(key, filled, random_)
        name = _once(key, filled, random_)
        return name.split(" ", 1)[-1] if slot != key else name

    text = _SLOT.sub(fill, story)
    return text[:1].upper() + text[1:]


def general(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield ``count`` stories without conflict as records (text, published, outlet), every story equally often, all distinct."""
    every, order = stories(), list[int]()
    for number in range(count):
        if not order:
            order = random.Random(f"{seed}/{number}").sample(range(len(stories())), len(every))
        yield {
            "text": told(every[order.pop()], seed * 1_000_003 + number),
            "published": (_FIRST_DAY + timedelta(days=number % 365)).isoformat(),
            "outlet": _OUTLETS[number % len(_OUTLETS)],
        }


def stream(archive: Sequence[dict[str, str]], seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield each report of an archive after nine stories without conflict."""
    stories_ = general(NINE * len(archive), seed)
    for report in archive:
        for _ in range(NINE):
            yield next(stories_)
        yield report


def _once(key: str, filled: dict[str, str], random_: random.Random) -> str:
    if key not in filled:
        taken = set(filled.values())
        filled[key] = next(name for name in _drawn(key, random_) if name not in taken)
    return filled[key]


def _drawn(key: str, random_: random.Random) -> Iterator[str]:
    """Yield names of a slot's kind, by its first letter; a slot of no kind is its own name."""
    lists = names()
    while True:
        if re.fullmatch(r"[MW]\d+", key):
            given = random_.choice(lists["men" if key[0] == "M" else "women"])
            yield f"{given} {random_.choice(lists['surnames'])}"
        elif re.fullmatch(r"[TFKC]\d+", key):
            yield random_.choice(lists[{"T": "towns", "F": "firms", "K": "clubs", "C": "countries"}[key[0]]])
        elif re.fullmatch(r"U\d+", key):
            yield f"the University of {random_.choice(lists['towns'])}"
        elif key in ("day", "day2"):
            yield random_.choice(_DAYS)
        elif key == "mon":
            yield random_.choice(_MONTHS)
        else:
            yield key


def _number(slot: str, random_: random.Random) -> str:
    if found := re.fullmatch(r"(\d+)-(\d+)", slot):
        return str(random_.randint(int(found[1]), int(found[2])))
    if slot.isdigit() and len(slot) != 4:
        return str(max(2, round(int(slot) * random_.uniform(0.8, 1.3))))
    for row in (_NUMBERS, _ORDINALS):
        if slot in row:
            return random_.choice(row)
    return slot
