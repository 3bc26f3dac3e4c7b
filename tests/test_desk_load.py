"""Twenty readers and two writers at once: no error, no decision lost or kept twice, boards that are those made anew."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from loading import loaded, wrong_in

from dragoman.ledger.store import Ledger, Made
from dragoman.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 5.0
_MADE = Made(rulebook="sha256:" + "0" * 64, model="test")


def test_readers_and_writers_at_once(target: str, corpus: Any, tmp_path: Path) -> None:
    ledger = Ledger(target, create=True)
    for reading, record in corpus:
        ledger.add(reading, record, _MADE)
    ledger.close()
    settings = tmp_path / "dragoman.toml"
    settings.write_text(f"conflicts = '{ROOT / 'samples' / 'conflicts'}'\nboards = ''\n", encoding="utf-8")
    load = loaded(target, settings, SECONDS)
    chosen = Settings(conflicts=str(ROOT / "samples" / "conflicts"), boards="")
    assert wrong_in(load, target, chosen) == []
    assert len(load.took["read"]) > 20
    assert load.made, load.figures()


def test_as_many_as_a_desk_has_threads_may_read_at_once_and_one_may_write(target: str) -> None:
    ledger = Ledger(target, create=True, wait=2)
    with ExitStack() as open_ones:
        for _ in range(45):
            open_ones.enter_context(ledger.reading())
        open_ones.enter_context(ledger.writing())
    ledger.close()
