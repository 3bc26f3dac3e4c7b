"""Reports of a made-up war, and a corpus of them in files of many forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from dragoman.corpus.plan import plan_of
from dragoman.corpus.sources.reading import read_part
from dragoman.corpus.types import Part, Plan, Taking
from dragoman.errors import IntakeError
from dragoman.model import Report

PLACES = ("Osgiliath", "Minas Tirith", "Dale", "Esgaroth", "Edoras", "Umbar")


def story(number: int) -> dict[str, str]:
    """Return a record whose text is like no other number's."""
    place = PLACES[number % len(PLACES)]
    said = f'Mordor\'s "envoy" said, for the {number}th time, that he would not return.'
    return {
        "headline": f"Round {number} of talks ends in {place}",
        "text": f"The Gondor delegation left the talks in {place} on Monday.\n\n{said}",
        "published": f"2020-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "outlet": "The Palantir",
        "url": f"https://palantir.example/{number}",
    }


def as_lines(records: Iterable[object]) -> bytes:
    """Return records as JSON lines."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def as_table(records: Sequence[dict[str, str]], names: Sequence[str] | None = None, delimiter: str = ",") -> bytes:
    """Return records as CSV, with other names at their head where they are given."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(names or list(records[0]))
    writer.writerows(record.values() for record in records)
    return file.getvalue().encode()


def read_all(plan: Plan, taking: Taking | None = None) -> list[Report | IntakeError]:
    """Return what all parts of a plan give, in its order."""
    parts = (part for shard in plan.shards for part in shard.parts)
    return [taken for part in parts for taken in read_part(part, taking or Taking())]


def planned(*paths: Path | str, size: int = 500, taking: Taking | None = None) -> Plan:
    """Return the plan of some paths."""
    return plan_of([str(path) for path in paths], taking or Taking(), size)


def reports(*paths: Path | str, size: int = 500, taking: Taking | None = None) -> list[Report]:
    """Return the reports of some paths, none of which may be unreadable."""
    plan = planned(*paths, size=size, taking=taking)
    assert plan.faults == ()
    taken = read_all(plan, taking)
    assert not [each for each in taken if isinstance(each, IntakeError)]
    return [each for each in taken if isinstance(each, Report)]


def mixed(taken: Iterable[Report | IntakeError]) -> list[str]:
    """Return headline or mistake of each, to look at."""
    return [each.headline or each.text if isinstance(each, Report) else f"{each.where}: {each.found}" for each in taken]


def whole(path: Path | str, form: str, taking: Taking | None = None) -> list[Report | IntakeError]:
    """Return what a file gives as one part."""
    return list(read_part(Part(path=str(path), form=form), taking or Taking()))
