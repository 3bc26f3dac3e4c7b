"""The tests that rules carry: each frame must fire on what it ``says`` and stay silent on what it must ``never`` take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model import Report
from dragoman.reading.reader import Reader
from dragoman.rulebook.types import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A frame's example that fails: where the frame stands, the sentence, and what is wrong."""

    place: str
    frame: str
    sentence: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.place}: {self.frame}: {self.wrong}: {self.sentence}"


def check_frames(reader: Reader, frames: Sequence[Frame] | None = None) -> tuple[Failure, ...]:
    """Return the examples that fail, in the order of the rulebook."""
    failures = []
    for frame in reader.rulebook.frames if frames is None else frames:
        for sentence in frame.says:
            fired = fired_rules(reader, sentence)
            if frame.id not in fired:
                instead = ", ".join(fired) or "no frame"
                failures.append(_failure(frame, sentence, f"does not fire ({instead} does)"))
        failures += [
            _failure(frame, sentence, "fires and must not")
            for sentence in frame.never
            if frame.id in fired_rules(reader, sentence)
        ]
    return tuple(failures)


def fired_rules(reader: Reader, text: str) -> tuple[str, ...]:
    """Return the ids of the frames that give a claim of their own in a text, in text order."""
    report = Report(id="example", headline=None, text=text, body_start=0)
    scenes, _ = reader.scenes(report, reader.parser.sentences(text))
    return tuple(match.frame.id for scene in scenes for match in reader.matcher.matches(scene))


def _failure(frame: Frame, sentence: str, wrong: str) -> Failure:
    return Failure(place=frame.place, frame=frame.id, sentence=sentence, wrong=wrong)
