"""The conditions of a frame on a clause: which of them is not met."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.model import Clause
from dragoman.reading.scenes import Scene
from dragoman.rulebook.types import Frame, Manner, Pattern, Test


def unmet(scene: Scene, clause: Clause, pattern: Pattern, frame: Frame) -> Callable[[], str] | None:
    """Return what tells the condition of a frame that a clause does not meet, or None where it meets all.

    The words are made only where somebody asks: most frames of a word fail on most clauses.
    """
    beside = scene.beside(clause) if pattern.rest else frozenset()
    for word in pattern.rest:
        if word not in beside:
            return lambda: f"no '{word}' with '{pattern.lemma}'"
    if frame.manner is not None and (failed := _otherwise(clause, frame.manner)) is not None:
        return failed
    if frame.barred is not None and (failed := _as_barred(clause, frame.barred)) is not None:
        return failed
    for test in frame.tests:
        if not _holds(scene, clause, test):
            return lambda: f"{test.role} is none of {_describe(test)}"
    for test in frame.unless:
        if _holds(scene, clause, test):
            return lambda: f"{test.role} is one of {_describe(test)} (unless)"
    return None


def _otherwise(clause: Clause, manner: Manner) -> Callable[[], str] | None:
    """Return what tells in what a clause does not stand as it must, or None."""
    if manner.modal and not _under(clause, manner.modal):
        return lambda: f"modal is {clause.modal}, not one of {', '.join(sorted(manner.modal))}"
    if manner.tense and not _in_tense(clause, manner.tense):
        return lambda: f"tense is {clause.tense}, not {', '.join(sorted(manner.tense))}"
    if manner.negated is not None and clause.negated != manner.negated:
        return lambda: f"negated is {clause.negated}"
    if manner.passive is not None and clause.passive != manner.passive:
        return lambda: f"passive is {clause.passive}"
    return None


def _as_barred(clause: Clause, manner: Manner) -> Callable[[], str] | None:
    """Return what tells in what a clause stands as it may not, or None."""
    if _under(clause, manner.modal):
        return lambda: f"modal is {clause.modal} (unless)"
    if _in_tense(clause, manner.tense):
        return lambda: f"tense is {clause.tense} (unless)"
    if clause.negated == manner.negated:
        return lambda: f"negated is {clause.negated} (unless)"
    if clause.passive == manner.passive:
        return lambda: f"passive is {clause.passive} (unless)"
    return None


def _under(clause: Clause, modals: frozenset[str]) -> bool:
    return clause.modal is not None and (clause.modal in modals or "*" in modals)


def _in_tense(clause: Clause, tenses: frozenset[str]) -> bool:
    return clause.tense in tenses and not clause.perfect


def _describe(test: Test) -> str:
    return ", ".join(sorted(test.words | test.kinds)[:6]) or "anything"


def _holds(scene: Scene, clause: Clause, test: Test) -> bool:
    phrases = scene.fill(clause, test.role)
    if test.anything and phrases:
        return True
    for phrase in phrases:
        if test.words and not test.words.isdisjoint(scene.words(phrase)):
            return True
        if test.kinds and not test.kinds.isdisjoint(scene.labels(phrase)):
            return True
    return False
