"""What a decision needs beside the ledger: the roster, the sentences of a report, and the conflicts that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dragoman.board.conflicts import conflict_of, load_conflicts
from dragoman.ledger.asking import Helps
from dragoman.ledger.verdicts import OF_FILING, DecisionKind
from dragoman.model import Evidence, Report
from dragoman.reading.reader import Reading
from dragoman.rulebook.loader import load_rulebook
from dragoman.settings import Settings

Read = Callable[[Report], Reading]
"""What reads a report."""


def helps_of(settings: Settings, read: Read) -> Helps:
    """Return the roster, and what gives the sentences of a report; ``read`` is asked only where a claim is added."""

    def sentences(report: Report) -> Iterator[Evidence]:
        for each in read(report).sentences:
            yield Evidence(sentence=each.number, start=each.start, end=each.end, text=each.text)

    return Helps(roster=load_rulebook(settings.roster).roster, sentences=sentences)


def check_filing(kind: DecisionKind, about: Sequence[str], settings: Settings) -> None:
    """Raise ConflictError where a report is to be filed under a conflict that there is not."""
    if kind in OF_FILING:
        for identity in about[1:2]:
            conflict_of(identity, load_conflicts(settings.conflicts, settings.roster))
