"""A small corpus of reports that are made here, and what a folder of results has in it."""

from __future__ import annotations

import json
from pathlib import Path

from dragoman.corpus.asked import Asked, Wanted, asked_for
from dragoman.corpus.run import Run
from dragoman.settings import Settings

SHARD = 6
_PARTIES = ("Arland", "Bortavia", "Cassia", "Dorne", "Elvania", "Forland")
_PLACES = ("Vellin", "Morro", "Tarsk", "Quill")
_TOLD = (
    "{a} and {b} signed a ceasefire agreement in {place} on Monday after {n} days of talks.",
    "{a} rejected the demand of {b} that its troops leave {place}, and accused it of shelling {n} villages.",
    "{a}'s army shelled the port of {place} on Tuesday and killed {n} people, {b} said.",
    "{a} threatened to leave the talks in {place} if {b} does not release {n} prisoners.",
)


def report(number: int) -> dict[str, str]:
    """Return the record of a report; no two are alike."""
    a, b = _PARTIES[number % 6], _PARTIES[(number * 5 + 1) % 6]
    told = _TOLD[number % 4].format(a=a, b=b, place=_PLACES[number % 3], n=number + 2)
    more = f"The foreign minister of {b} welcomed envoy number {number}. {_TOLD[(number + 1) % 4]}"
    text = f"{told}\n\n{more.format(a=b, b=a, place=_PLACES[(number + 1) % 4], n=number + 40)}"
    return {
        "headline": f"News of day {number}",
        "text": text,
        "published": f"2021-03-{number % 27 + 1:02}",
        "outlet": "Post",
    }


def corpus_in(folder: Path, reports: int = 30) -> Path:
    """Return a folder with so many reports in JSON lines, and one that cannot be read."""
    place = folder / "corpus"
    place.mkdir(parents=True)
    lines = [json.dumps(report(number)) for number in range(reports)]
    lines[4] = '{"headline": "no text"}'
    (place / "news.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def asked_of(
    corpus: Path, *, formats: tuple[str, ...] = ("claims", "records"), settings: Settings | None = None
) -> Asked:
    """Return what a run of a corpus is asked for."""
    wanted = Wanted(corpus=(str(corpus),), formats=formats, shard_size=SHARD)
    return asked_for(wanted, settings or Settings())


def run_of(corpus: Path, out: Path) -> Run:
    """Return a run of a corpus."""
    return Run(out=str(out), asked=asked_of(corpus))


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder: path in it -> what it holds."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
