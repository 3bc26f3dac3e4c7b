"""How time grows with length, and with what a report or file has many of: per unit, at one size and at ten times that size.

Linear is a ratio of 1. The bound is 1.5: caches that fill and lists that outgrow them cost up to a third; what grows with the
square would show 10, and what compares each thing with those near it shows more than 1.5 long before that. What takes less than
0.05 s at the larger size is not judged: its ratio is chance. The parser's own time is told apart; the bound is for ours.

    python benchmarks/bench_growth.py [--sizes 100000] [--only names,quotes] [--part texts|files|ledger]
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from growing import FILES, TEXTS
from measuring import machine

from dragoman.corpus.sources.reading import read_part
from dragoman.corpus.types import Part, Taking
from dragoman.export.brief import brief
from dragoman.export.contract import form_of, line_of
from dragoman.export.whole import origin_of
from dragoman.model import Report
from dragoman.process.board import record_of
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.names import NameIndex
from dragoman.reading.parse import paragraphs_of
from dragoman.reading.reader import Reader, default_reader
from dragoman.reading.skim import Skim

BOUND = 1.5
_LEAST = 0.05  # seconds
_TIMES = 10
_DAY = date(2024, 5, 15)
_STEPS = ("intake", "skim", "read", "record", "print")  # ours; "parse" is the pipeline's


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What one step took at a size and at ten times that size, in seconds, and by how much each grew."""

    what: str
    step: str
    small: float
    large: float
    times: float
    judged: bool = True

    @property
    def ratio(self) -> float:
        """Return time per unit at the larger size over that at the smaller."""
        return self.large / self.times / max(self.small, 1e-6)

    @property
    def kept(self) -> bool:
        """Return whether the bound is kept, or the time too short to say."""
        return not self.judged or self.large < _LEAST or self.ratio <= BOUND


def main() -> int:
    """Print a line for each thing that grows; exit status 1 where a bound is not kept."""
    asked = _options()
    print(machine(), flush=True)
    growths: list[Growth] = []
    for part, grown in (("texts", _texts), ("files", _files), ("ledger", _ledger)):
        if asked.part in (None, part):
            for what, found in grown(asked):
                growths += found
                print(_told(what, found), flush=True)
    broken = [growth for growth in growths if not growth.kept]
    for growth in broken:
        print(f"NOT KEPT  {growth.what}, {growth.step}: {growth.ratio:.2f} (bound {BOUND})")
    print(
        f"{'NOT KEPT' if broken else 'kept':<10}time per unit at {_TIMES} times the size, at most {BOUND} times as much"
    )
    return 1 if broken else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=20_000, help="the smaller size, in characters (default 20,000)")
    parser.add_argument(
        "--length", type=int, default=100_000, help="the smaller size of plain news (default 100,000: to 1 MB)"
    )
    parser.add_argument("--only", help="names of what grows, parted by commas")
    parser.add_argument("--part", choices=("texts", "files", "ledger"))
    return parser.parse_args()


def _chosen(listed: Mapping[str, object], asked: argparse.Namespace) -> list[str]:
    return [name for name in listed if asked.only is None or name in asked.only.split(",")]


def _texts(asked: argparse.Namespace) -> Iterator[tuple[str, list[Growth]]]:
    reader = default_reader()
    skim = Skim(reader.rulebook, NameIndex(reader.rulebook.roster), reader.parser.forms_of)
    for _ in range(2):  # what is loaded on first use is loaded
        _steps(reader, skim, TEXTS["length"](3000))
    for name in _chosen(TEXTS, asked):
        size = asked.length if name == "length" else asked.size
        texts = [TEXTS[name](size), TEXTS[name](size * _TIMES)]
        found = _grown(name, reader, skim, texts)
        if not all(each.kept for each in found):  # once more: what else the machine does only ever adds
            again = _grown(name, reader, skim, texts)
            found = [_quicker(one, other) for one, other in zip(found, again, strict=True)]
        yield name, found


def _grown(what: str, reader: Reader, skim: Skim, texts: list[str]) -> list[Growth]:
    small, large = (_steps(reader, skim, text) for text in texts)
    times = len(texts[1]) / len(texts[0])
    return [
        Growth(
            what=what, step=step, small=small[step], large=large[step], times=times, judged=step in (*_STEPS, "ours")
        )
        for step in large
    ]


def _quicker(one: Growth, other: Growth) -> Growth:
    """Return two measurements as one: of each size the quicker."""
    return replace(one, small=min(one.small, other.small), large=min(one.large, other.large))


def _steps(reader: Reader, skim: Skim, text: str) -> dict[str, float]:
    """Return what each step of reading a text takes, ours together, and the whole."""
    took: dict[str, float] = {}

    def timed(step: str, work: Callable[[], object]) -> object:
        gc.collect()
        gc.freeze()  # looking through what the steps before have made, again and again, is none of the step's own work
        began = time.process_time()
        found = work()
        took[step] = time.process_time() - began
        gc.unfreeze()
        return found

    options = IntakeOptions(published=_DAY, max_chars=10_000_000)
    report = from_text(text, options, headline="Kenya attacks Chad")
    timed("intake", lambda: from_text(text, options, headline="Kenya attacks Chad"))
    span = report.dateline.span if report.dateline else None
    timed("skim", lambda: skim.left_out(paragraphs_of(report.text, span), report.text))
    sentences = reader.parser.sentences(report.text, span)
    timed("parse", lambda: reader.parser.sentences(report.text, span))
    reading = reader.read_parsed(report, sentences)
    timed("read", lambda: reader.read_parsed(report, sentences))
    record = record_of(reading, reader.rulebook)
    timed("record", lambda: record_of(reading, reader.rulebook))

    def printed() -> None:
        form = form_of(reading, record, origin_of(reader))
        line_of(form)
        brief(form, reading.names)

    timed("print", printed)
    took["ours"] = sum(took[step] for step in _STEPS)
    took["whole"] = took["ours"] + took["parse"]
    return took


def _files(asked: argparse.Namespace) -> Iterator[tuple[str, list[Growth]]]:
    with tempfile.TemporaryDirectory() as folder:
        for name in _chosen(FILES, asked):
            form, make = FILES[name]
            files = [make(asked.size), make(asked.size * _TIMES)]
            _taken(Path(folder, "in"), files[0], form)
            small, large = (_taken(Path(folder, "in"), data, form) for data in files)
            times = len(files[1]) / len(files[0])
            yield name, [Growth(what=name, step="intake", small=small, large=large, times=times)]


def _taken(path: Path, data: bytes, form: str) -> float:
    path.write_bytes(data)
    gc.collect()
    began = time.process_time()
    for one in read_part(Part(path=str(path), form=form), Taking(max_chars=10_000_000)):
        assert isinstance(one, Report | Exception)
    return time.process_time() - began


def _ledger(asked: argparse.Namespace) -> Iterator[tuple[str, list[Growth]]]:
    """Yield how a ledger grows with the claims of one report: to add it, and to settle what it tells."""
    from growing_ledger import steps_of

    if asked.only is not None and "claims of a report" not in asked.only:
        return
    steps_of(100)
    small, large = steps_of(1000), steps_of(1000 * _TIMES)
    yield (
        "claims of a report",
        [
            Growth(what="claims of a report", step=step, small=small[step], large=large[step], times=_TIMES)
            for step in large
        ],
    )


def _told(what: str, found: list[Growth]) -> str:
    return f"{what:<22}" + "  ".join(
        f"{each.step} {each.large:.2f} s x{each.ratio:.2f}{'' if each.kept else ' !'}" for each in found
    )


if __name__ == "__main__":
    sys.exit(main())
