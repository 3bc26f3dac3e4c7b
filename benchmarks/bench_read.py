"""Time and peak memory of ``dragoman read --json`` against bare spaCy on the same reports, in one run.

Each measurement is a process of its own, in turn A B A B A B; the figures are medians. Bare spaCy is the same model's
full pipeline as installed: ``spacy.load(model)``, ``nlp.pipe`` with its defaults. Memory growth: N reports against 4 N.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measuring import DEFAULT_MODEL, Run, bare_command, in_turn, machine, measured, median, put, reports_of

RATIO, MEBIBYTES, GROWTH = 0.9, 600.0, 1.15


def main() -> int:
    """Print the table; exit status 1 where a bound is not kept."""
    options = _options()
    reports = reports_of(options.corpus)
    with tempfile.TemporaryDirectory() as folder:
        once, four = Path(folder, "once.jsonl"), Path(folder, "four.jsonl")
        put(once, reports)
        put(four, reports * 4)
        print(f"{len(reports)} reports, {sum(len(r['text']) for r in reports):,} characters; {machine()}", flush=True)
        ours, bare = in_turn(_ours(once), bare_command(options.model, once), options.runs)
        status = _table(ours, bare, measured(_ours(four)))
        if options.rows is not None and options.rows.exists():
            status |= _relate_table(*_related(options, Path(folder)))
    return status


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="zip with a CSV of date, text, source; without it, samples/")
    parser.add_argument("--rows", type=Path, help="judged rows (TSV with sentence): times dragoman relate as well")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    parser.add_argument("--model", default=os.environ.get("DRAGOMAN_MODEL", DEFAULT_MODEL))
    return parser.parse_args()


def _related(options: argparse.Namespace, folder: Path) -> tuple[int, list[Run], list[Run]]:
    """Return how many rows there are, and the runs of ``relate`` and of bare spaCy on their sentences.

    ``relate`` leaves with 1 where it has listed rows that cannot be used; it has read the others.
    """
    with options.rows.open(encoding="utf-8", newline="") as file:
        sentences = [row["sentence"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    texts = folder / "rows.jsonl"
    put(texts, [{"text": sentence} for sentence in sentences])
    ours = [sys.executable, "-m", "dragoman", "relate", str(options.rows)]
    return len(sentences), *in_turn(ours, bare_command(options.model, texts), options.runs, listed=1)


def _relate_table(rows: int, ours: Sequence[Run], bare: Sequence[Run]) -> int:
    """Print what ``relate`` takes against bare spaCy; exit status 1 where it takes longer."""
    mine, theirs = median(ours, "cpu"), median(bare, "cpu")
    print(f"relate, {rows} rows: CPU seconds {mine:.1f} against {theirs:.1f}, ratio {mine / theirs:.2f} (bound 1.0)")
    return int(mine >= theirs)


def _ours(path: Path) -> list[str]:
    return [sys.executable, "-m", "dragoman", "read", "--json", str(path)]


def _table(ours: Sequence[Run], bare: Sequence[Run], grown: Run) -> int:
    print(f"{'':<22}{'dragoman':>10}{'spaCy':>10}{'ratio':>8}   runs (dragoman | spaCy)")
    for name, title in (("cpu", "CPU seconds"), ("wall", "wall seconds"), ("peak", "peak memory MiB")):
        mine, theirs = median(ours, name), median(bare, name)
        all_mine, all_theirs = (" ".join(f"{getattr(run, name):.1f}" for run in runs) for runs in (ours, bare))
        print(f"{title:<22}{mine:>10.1f}{theirs:>10.1f}{mine / theirs:>8.2f}   {all_mine} | {all_theirs}")
    growth = grown.peak / median(ours, "peak")
    print(f"peak memory with 4 times the reports: {grown.peak:.1f} MiB, {growth:.2f} times as much")
    checks = (
        ("CPU ratio", median(ours, "cpu") / median(bare, "cpu"), RATIO),
        ("wall ratio", median(ours, "wall") / median(bare, "wall"), RATIO),
        ("peak memory MiB", max(run.peak for run in (*ours, grown)), MEBIBYTES),
        ("memory growth", growth, GROWTH),
    )
    for name, value, bound in checks:
        print(f"{'kept' if value <= bound else 'NOT KEPT':<9}{name} {value:.2f} (bound {bound})")
    return 0 if all(value <= bound for _, value, bound in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
