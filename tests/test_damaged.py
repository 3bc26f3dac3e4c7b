"""Files that are damaged in ways that a parser does not tell as its own mistakes: each is a mistake of its file, never a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.board.conflicts import build_conflicts
from dragoman.board.grades import load_grades
from dragoman.corpus.asked import PLAN, read_asked
from dragoman.corpus.manifest import MANIFEST, clear_manifest
from dragoman.corpus.shard import read_marker
from dragoman.desk.told.hooked import load_hooks, remembered
from dragoman.errors import ConflictError, CorpusError, DragomanError, RulebookError, SettingsError
from dragoman.feeds.config import load_feeds
from dragoman.floors import read_floors
from dragoman.rulebook.loader import build_rulebook
from dragoman.settings import load_settings

TOML = {
    "a number of thousands of digits": b"every = " + b"9" * 5000,
    "too deep a nest": b"every = " + b"[" * 5000,
    "no UTF-8": b'every = "\xbf"',
}
FILES: dict[str, Callable[[Path], object]] = {
    "settings": load_settings,
    "feeds": load_feeds,
    "hooks": load_hooks,
    "grades": lambda path: load_grades(str(path)),
    "floors": read_floors,
}
NO_UTF8 = b'{"version": "\xbf"}'


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("damage", TOML)
def test_a_file_of_settings_names_itself(tmp_path: Path, kind: str, damage: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(TOML[damage])
    with pytest.raises(SettingsError) as caught:
        FILES[kind](path)
    assert caught.value.where == str(path)


@pytest.mark.parametrize("damage", ["a number of thousands of digits", "too deep a nest"])
def test_rules_and_conflicts_name_the_file(damage: str) -> None:
    text = TOML[damage].decode()
    with pytest.raises(RulebookError, match=r"words\.toml: no valid TOML"):
        build_rulebook({"words.toml": text})
    with pytest.raises(ConflictError, match=r"own\.toml: no valid TOML"):
        build_conflicts({"own.toml": text}, {})


def test_what_a_run_left_is_damaged_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "done").mkdir()
    for name in (PLAN, MANIFEST, "done/000001.json"):
        (tmp_path / name).write_bytes(NO_UTF8)
    assert read_marker(str(tmp_path), "000001") is None
    with pytest.raises(CorpusError, match="is damaged"):
        read_asked(str(tmp_path))
    clear_manifest(str(tmp_path))
    assert not (tmp_path / MANIFEST).exists()


def test_what_is_remembered_of_hooks_is_damaged_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "hooks.toml.state"
    path.write_bytes(b'{"ledger": "\xbf"}')
    with pytest.raises(DragomanError, match="cannot be read"):
        remembered(path)
