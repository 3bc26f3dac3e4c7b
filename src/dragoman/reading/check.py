"""The tests that rules carry: each frame must fire on what it ``says`` and stay silent on what it must ``never`` take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.model import Report
from dragoman.reading.reader import Reader, default_reader
from dragoman.reading.scenes import Scene
from dragoman.rulebook.loader import OWN_RULES, load_rulebook
from dragoman.rulebook.types import Frame, Rulebook
from dragoman.settings import Settings

_TOGETHER = 500  # examples whose parses are held at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A frame's example that fails: where the frame stands, the sentence, and what is wrong."""

    place: str
    frame: str
    sentence: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.place}: {self.frame}: {self.wrong}: {self.sentence}"


def check_rules(settings: Settings) -> tuple[Rulebook, tuple[Failure, ...]]:
    """Return the rulebook of a user, and the examples in it that fail.

    The frames that ship are tried with the roster that ships: their invented names may be actors in another. A user's own
    are tried with both.
    """
    shipped = default_reader(replace(settings, roster=None))
    own = [frame for frame in shipped.rulebook.frames if frame.place.startswith(OWN_RULES)]
    theirs = [frame for frame in shipped.rulebook.frames if not frame.place.startswith(OWN_RULES)]
    failures = check_frames(shipped, theirs)
    if own:
        failures += check_frames(default_reader(settings), own)
    return load_rulebook(settings.roster, settings.rules), failures


def check_frames(reader: Reader, frames: Sequence[Frame] | None = None) -> tuple[Failure, ...]:
    """Return the examples that fail, in the order of the rulebook."""
    listed = reader.rulebook.frames if frames is None else frames
    examples = [
        (frame, sentence, says)
        for frame in listed
        for says, sentences in ((True, frame.says), (False, frame.never))
        for sentence in sentences
    ]
    seen = _seen(reader, [sentence for _, sentence, _ in examples])
    failures = (_judged(reader, *example, scenes) for example, scenes in zip(examples, seen, strict=True))
    return tuple(failure for failure in failures if failure is not None)


def fired_rules(reader: Reader, text: str) -> tuple[str, ...]:
    """Return the ids of the frames that give a claim of their own in a text, in text order."""
    return _fired(reader, next(_seen(reader, [text])))


def _fired(reader: Reader, scenes: Iterable[Scene]) -> tuple[str, ...]:
    return tuple(match.frame.id for scene in scenes for match in reader.matcher.matches(scene))


def _seen(reader: Reader, texts: Sequence[str]) -> Iterator[list[Scene]]:
    """Yield for each text its sentences as frames see them; they are parsed together, so many at a time."""
    for first in range(0, len(texts), _TOGETHER):
        some = texts[first : first + _TOGETHER]
        parsed = reader.parser.sentences_of([(text, None) for text in some])
        for text, sentences in zip(some, parsed, strict=True):
            report = Report(id="example", headline=None, text=text, body_start=0)
            scenes, _ = reader.scenes(report, sentences)
            yield scenes


def _judged(reader: Reader, frame: Frame, sentence: str, says: bool, scenes: Sequence[Scene]) -> Failure | None:
    """Return what is wrong with an example, if anything; of a frame that does not fire which of its conditions failed."""
    fired = _fired(reader, scenes)
    if says and frame.id not in fired:
        failed = "; ".join([f"{', '.join(fired) or 'no frame'} does", *_unmet(reader, frame, scenes)])
        return _failure(frame, sentence, f"does not fire ({failed})")
    return _failure(frame, sentence, "fires and must not") if not says and frame.id in fired else None


def _unmet(reader: Reader, frame: Frame, scenes: Iterable[Scene]) -> list[str]:
    """Return in words on which of its verbs a frame fails, and why."""
    near = [each for scene in scenes for each in reader.matcher.near(scene) if each.frame.id == frame.id]
    return list(dict.fromkeys(f"on '{each.clause.lemma}' {each.failed}" for each in near))


def _failure(frame: Frame, sentence: str, wrong: str) -> Failure:
    return Failure(place=frame.place, frame=frame.id, sentence=sentence, wrong=wrong)
