"""What coding a corpus costs: ``dragoman code`` against bare spaCy on the same reports, in one run.

Each measurement is a process of its own, in turn; the figures are medians. Bare spaCy is the same model's full pipeline as installed
(``spacy.load(model)``, ``nlp.pipe`` with its defaults). Measured are the Guardian sample, a general news stream (nine parts stories
without conflict, one part of that sample), one process and all cores, coding once more after a change of a rule, and memory.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import DEFAULT_MODEL, Run, bare_command, machine, measured, median, put, reports_of
from stream import stream
from varied import samples, varied

SAMPLE_RATIO, STREAM_RATIO, TWO, RECODE, GROWTH = 0.6, 0.2, 1.8, 10.0, 1.15
_LONGER = 3
_CORE_HOURS = 1_000_000 / 3600
_NEW_FRAME = """
[[frame]]
id = "bench"
when = {{ verb = ["{verb}"], object = [{objects}] }}
gives = {{ event = "SANCTION", recipient = ["on", "against"] }}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A figure that must be kept: at most ``most``, or at least it."""

    name: str
    value: float
    bound: float
    least: bool = False

    @property
    def kept(self) -> bool:
        """Return whether the figure is within its bound."""
        return self.value >= self.bound if self.least else self.value <= self.bound


def main() -> int:
    """Print the tables; exit status 1 where a bound is not kept."""
    options = _options()
    print(f"coding; {machine()}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        bounds = [*_sample(options, home), *_stream(options, home), *_recode(options, home), *_memory(options, home)]
    for each in bounds:
        word = "at least" if each.least else "bound"
        print(f"{'kept' if each.kept else 'NOT KEPT':<9}{each.name} {each.value:.2f} ({word} {each.bound})")
    return 0 if all(each.kept for each in bounds) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="zip with a CSV of date, text, source; without it, samples/")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    parser.add_argument(
        "--large", type=int, default=10_000, help="reports of the larger corpus whose memory is measured"
    )
    parser.add_argument("--model", default=os.environ.get("DRAGOMAN_MODEL", DEFAULT_MODEL))
    return parser.parse_args()


def _code(corpus: Path, out: Path, *more: str) -> list[str]:
    """Return the command that codes a corpus into a folder that is emptied first."""
    shutil.rmtree(out, ignore_errors=True)
    return [sys.executable, "-m", "dragoman", "code", str(corpus), "--out", str(out), *more]


def _coded(corpus: Path, out: Path, runs: int, *more: str) -> list[Run]:
    return [measured(_code(corpus, out, *more)) for _ in range(runs)]


def _against(options: argparse.Namespace, corpus: Path, out: Path) -> tuple[list[Run], list[Run]]:
    """Return the runs of coding on one process and of bare spaCy, in turn."""
    ours, bare = [], []
    for _ in range(options.runs):
        ours += _coded(corpus, out, 1, "--workers", "1")
        bare.append(measured(bare_command(options.model, corpus)))
    return ours, bare


def _counts(out: Path) -> dict[str, int]:
    counts: dict[str, int] = json.loads((out / "manifest.json").read_bytes())["counts"]
    return counts


def _table(title: str, counts: dict[str, int], rows: Sequence[tuple[str, Sequence[Run]]]) -> None:
    """Print what the commands took on the same reports, each against the last of them."""
    reports, sentences = counts["reports"], counts["sentences"]
    print(f"\n{title}: {reports:,} reports, {sentences:,} sentences, {counts['claims']:,} claims")
    print(
        f"{'':<26}{'CPU s':>9}{'wall s':>9}{'ratio':>8}{'reports/s':>11}{'sentences/s':>13}{'peak MiB':>10}{'core h/1M':>11}"
    )
    base = median(rows[-1][1], "cpu")
    for name, runs in rows:
        cpu, wall, peak = (median(runs, what) for what in ("cpu", "wall", "peak"))
        rates = f"{cpu / base:>8.2f}{reports / wall:>11.1f}{sentences / wall:>13.0f}"
        print(f"{name:<26}{cpu:>9.1f}{wall:>9.1f}{rates}{peak:>10.0f}{cpu / reports * _CORE_HOURS:>11.1f}", flush=True)


def _sample(options: argparse.Namespace, home: Path) -> list[Bound]:
    corpus, out = home / "sample.jsonl", home / "out"
    put(corpus, reports_of(options.corpus))
    ours, bare = _against(options, corpus, out)
    _table("sample", _counts(out), (("dragoman code, 1 process", ours), ("bare spaCy", bare)))
    return [
        Bound(
            name="sample, CPU against bare spaCy", value=median(ours, "cpu") / median(bare, "cpu"), bound=SAMPLE_RATIO
        )
    ]


def _stream(options: argparse.Namespace, home: Path) -> list[Bound]:
    """Nine parts of stories without conflict, one part of the sample: one process and bare spaCy; on a longer one, all cores."""
    corpus, out = home / "stream.jsonl", home / "out"
    stories = list(stream(reports_of(options.corpus)))
    put(corpus, stories)
    ours, bare = _against(options, corpus, out)
    _table("general news stream", _counts(out), (("dragoman code, 1 process", ours), ("bare spaCy", bare)))
    ratio = median(ours, "cpu") / median(bare, "cpu")
    return [
        Bound(name="stream, CPU against bare spaCy", value=ratio, bound=STREAM_RATIO),
        *_cores(options, home, stories),
    ]


def _cores(options: argparse.Namespace, home: Path, stories: Sequence[dict[str, str]]) -> list[Bound]:
    """One process and all cores, on a stream so long that the seconds in which each process loads count for little."""
    corpus, out, cores = home / "long.jsonl", home / "out", os.cpu_count() or 1
    put(corpus, varied(stories, _LONGER * len(stories)))
    both, one = [], []
    for _ in range(options.runs):
        both += _coded(corpus, out, 1, "--workers", str(cores), "--shard-size", "50")
        one += _coded(corpus, out, 1, "--workers", "1", "--shard-size", "50")
    rows = ((f"dragoman code, {cores} processes", both), ("dragoman code, 1 process", one))
    _table("a longer stream", _counts(out), rows)
    gain = median(one, "wall") / median(both, "wall")
    return [Bound(name="two processes against one", value=gain, bound=TWO, least=True)] if cores == 2 else []


def _recode(options: argparse.Namespace, home: Path) -> list[Bound]:
    """Code with parses kept, then once more with a new frame in the user's own rules."""
    corpus, out, rules = home / "kept.jsonl", home / "kept", home / "rules"
    sample = reports_of(options.corpus)
    put(corpus, varied(sample, 4 * len(sample)))
    rules.mkdir()
    (rules / "own.toml").write_text("# own rules\n", encoding="utf-8")
    settings = home / "dragoman.toml"
    settings.write_text(f'rules = "{rules}"\n', encoding="utf-8")
    first = _coded(corpus, out, 1, "--workers", "1", "--keep-parses", "--settings", str(settings))

    def changed(verb: str, objects: str) -> Run:
        (rules / "own.toml").write_text(_NEW_FRAME.format(verb=verb, objects=objects), encoding="utf-8")
        return measured(_again(out, settings))

    again = [changed(verb, '"embargo", "blockade"') for verb in ("impose", "order", "want")[: options.runs]]
    wide = [changed("say", '"*"')]
    rows = (("coded again", again), ("again, a rule on 'say'", wide), ("first time", first))
    _table("coded once more after a change of a rule", _counts(out), rows)
    ratio = median(first, "cpu") / median(again, "cpu")
    return [Bound(name="first time against again", value=ratio, bound=RECODE, least=True)]


def _again(out: Path, settings: Path) -> list[str]:
    """Return the command that codes once more what a folder holds."""
    program = [sys.executable, "-m", "dragoman", "code", "--recode", "--workers", "1"]
    return [*program, "--out", str(out), "--settings", str(settings)]


def _memory(options: argparse.Namespace, home: Path) -> list[Bound]:
    """Short reports, 1,000 and many: the peak must not grow."""
    peaks = []
    for count in (1_000, options.large):
        corpus, out = home / f"{count}.jsonl", home / "out"
        put(corpus, varied(samples(), count))
        run = measured(_code(corpus, out, "--workers", "1"))
        peaks.append(run.peak)
        print(f"\npeak memory with {count:,} reports: {run.peak:.0f} MiB; {count / run.wall:.1f} reports/s", flush=True)
    return [Bound(name="memory growth", value=peaks[1] / peaks[0], bound=GROWTH)]


if __name__ == "__main__":
    sys.exit(main())
