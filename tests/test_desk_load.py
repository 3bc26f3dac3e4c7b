"""Twenty readers and two writers at once: no error, no decision lost or kept twice, boards that are those made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from loading import loaded, wrong_in

from dragoman.ledger.store import Ledger, Made
from dragoman.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 8.0
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
