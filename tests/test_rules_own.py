"""A frame of one's own that does not fire: what says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.reading.check import check_frames
from dragoman.reading.explain import explained_text
from dragoman.reading.reader import Reader
from dragoman.settings import Settings

FRAME = """
[[frame]]
id = "let-talks-die"
when = { verb = ["attack"], object = ["@talks"] }
gives = { event = "REJECT", content = "object" }
says = ["Gondor attacked the garden.", "Gondor attacked the talks."]
never = ["The gardener let the roses die."]
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Return a reader with a frame of one's own whose first sentence does not give it."""
    folder: Path = tmp_path_factory.mktemp("rules")
    (folder / "talks.toml").write_text(FRAME, encoding="utf-8")
    return Reader(Settings(rules=str(folder)))


def test_the_check_names_the_condition_that_failed(own: Reader) -> None:
    frames = [frame for frame in own.rulebook.frames if frame.id == "let-talks-die"]
    (failure,) = [each for each in check_frames(own, frames) if "garden" in each.sentence]
    near = next(n for n in explained_text(own, failure.sentence).sentences[0].near if n.frame == "let-talks-die")
    assert failure.wrong.startswith("does not fire (")
    assert failure.wrong.endswith(f" does; on 'attack' {near.why})")
    assert near.why


def test_own_frames_stand_first_among_those_that_came_near(own: Reader) -> None:
    sentence = explained_text(own, "Gondor attacked the garden.", nearest=1).sentences[0]
    assert [near.frame for near in sentence.near] == ["let-talks-die"]
    assert sentence.more > 0
