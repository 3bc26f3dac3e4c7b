"""Small reports for the tests of the board, read by the real engine and kept in a real ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dragoman.ledger.store import Ledger, Made, Told
from dragoman.model import Report, content_id
from dragoman.process.board import record_of
from dragoman.reading.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnIssue:
    """An issue of a conflict of the tests."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnConflict:
    """A conflict of the tests: who is of which party, and of which side each party is."""

    parties: Mapping[str, str]
    members: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[OwnIssue, ...] = ()

    @property
    def sides(self) -> tuple[str, ...]:
        """Return the sides."""
        return tuple(dict.fromkeys(self.parties.values()))

    def party_of(self, identity: str, day: date | None = None) -> str | None:
        """Return whose somebody is."""
        assert day is None or day.year == 2020
        mine = self.members.get(identity, identity)
        return mine if mine in self.parties else None

    def side_of(self, identity: str, day: date | None = None) -> str | None:
        """Return the side of somebody."""
        mine = self.party_of(identity, day)
        return self.parties[mine] if mine else None


LIBYA = OwnConflict(
    parties={"libya-gna": "west", "libya-lna": "east"},
    members={"khalifa-haftar": "libya-lna", "fayez-al-sarraj": "libya-gna"},
    issues=(
        OwnIssue(id="turkey-role", words=("turkey", "turkish")),
        OwnIssue(id="truce", words=("truce*", "cease-fire*")),
    ),
)


class Shelf:
    """Reads reports and gives them as the ledger tells them, in the order in which they were published."""

    def __init__(self, reader: Reader, folder: Path) -> None:
        self._reader, self._folder, self._made = reader, folder, 0

    def told(self, *reports: tuple[str, str], updates: Mapping[int, int] | None = None) -> list[Told]:
        """Return reports of (day of January or ISO day, text); ``updates``: the report that each updates, by their places."""
        self._made += 1
        ledger = Ledger(str(self._folder / f"{self._made}.db"), create=True)
        ids = []
        for place, (day, text) in enumerate(reports):
            published = date.fromisoformat(day if "-" in day else f"2020-01-{int(day):02}")
            report = Report(
                id=content_id(place, text),
                headline=None,
                text=text,
                body_start=0,
                published=published,
                outlet=f"Wire {place}",
            )
            reading = self._reader.read(report)
            ledger.add(reading, record_of(reading, self._reader.rulebook), Made(rulebook="own", model="own"))
            ids.append(report.id)
        found = list(ledger.told())
        ledger.close()
        revised = {ids[later]: ids[earlier] for later, earlier in (updates or {}).items()}
        return [_revising(told, revised.get(told.kept.report.id)) for told in found]


def _revising(told: Told, earlier: str | None) -> Told:
    return replace(told, kept=replace(told.kept, revises=earlier))


def day_of(number: int) -> date:
    """Return a day of January 2020."""
    return date(2020, 1, number)


def texts_of(told: Sequence[Told]) -> dict[str, str]:
    """Return the texts of reports by their ids."""
    return {each.kept.report.id: each.kept.report.text for each in told}
