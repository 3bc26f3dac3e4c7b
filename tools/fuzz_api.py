"""Ask the API of a desk for what its OpenAPI allows and for what it does not, case by case, and say what went wrong.

Cases are made by schemathesis; half of them have ids that the ledger has, so that what they ask for is there. The ledger is written
to: give a copy. Exit status 1 where an answer was a server error, or not what OpenAPI says.

    python tools/fuzz_api.py --ledger COPY.ledger --cases 5000
    python tools/fuzz_api.py --ledger COPY.ledger --minutes 30     other cases again and again, until the time is up
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.ledger.store import Ledger
from dragoman.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
MANY = 1_000_000  # requests a minute: what is tried here is not how often one may ask


@dataclass(slots=True, kw_only=True)
class Findings:
    """How many cases were tried, by operation and by status, and the first case of each kind of failure."""

    operations: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        """Return how many cases were tried."""
        return self.statuses.total()

    def add(self, other: Findings) -> None:
        """Take in what another round found."""
        self.operations += other.operations
        self.statuses += other.statuses
        self.failures = {**other.failures, **self.failures}


def fuzz(desk: Desk, cases: int, start: int = 0) -> Findings:
    """Return what came of so many cases (or a few more) against the API of a desk."""
    load_all_checks()
    app = app_of(desk, "fuzz", ["testserver"])
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", _as_loopback(app))
    operations = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    each_has = -(-cases // (2 * len(operations)))
    found, ids = Findings(), _ids(desk)
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _try(operation, mode, each_has, start, found, ids)
    while found.cases < cases:  # some operations have fewer different cases than their share
        start, share = start + 1, -(-(cases - found.cases) // len(operations))
        for operation in operations:
            _try(operation, GenerationMode.POSITIVE, share, start, found, ids)
    return found


def fuzz_for(desk: Desk, minutes: float, cases: int, start: int = 0) -> Findings:
    """Return what came of a round of so many cases, and of further rounds, each by another lot, until the time is up."""
    until, found = time.monotonic() + 60 * minutes, fuzz(desk, cases, start)
    while time.monotonic() < until:
        start += 1000  # a round draws again and again where an operation has few cases
        found.add(fuzz(desk, cases, start))
    return found


def fuzz_settings(given: Settings) -> Settings:
    """Return settings with which a desk can be asked as often as cases are made."""
    return replace(given, desk_reads=MANY, desk_writes=MANY, desk_readings=MANY)


def _try(  # noqa: PLR0913  what one run needs
    operation: Any, mode: GenerationMode, number: int, start: int, found: Findings, ids: dict[str, Iterator[str]]
) -> None:
    turns = itertools.count()

    @seed(start)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        if next(turns) % 2:
            _with_ids(case, ids)
        _check(case, found)

    with suppress(Unsatisfiable):  # what takes nothing has nothing that could be wrong in it
        one()


def _with_ids(case: Any, ids: dict[str, Iterator[str]]) -> None:
    """Give a case ids that the ledger has, where it asks for some."""
    for name in case.path_parameters or {}:
        if name in ids:
            case.path_parameters[name] = next(ids[name])
    if isinstance(case.body, dict) and isinstance(case.body.get("about"), list):
        case.body["about"] = [next(ids["claim"]) for _ in case.body["about"][:2]]


def _check(case: Any, found: Findings) -> None:
    label = case.operation.label
    found.operations[label] += 1
    try:
        answer = case.call()
    except Exception as fault:  # noqa: BLE001  a server that runs in this process hands on what it answers with 500
        found.statuses[500] += 1
        found.failures.setdefault((label, f"status 500: {type(fault).__name__}: {fault}"[:300]), _shown(case))
        return
    found.statuses[answer.status_code] += 1
    if answer.status_code >= 500:
        found.failures.setdefault((label, f"status {answer.status_code}"), _shown(case))
    for check in (status_code_conformance, content_type_conformance, response_schema_conformance):
        try:
            case.validate_response(answer, checks=[check])
        except (Failure, FailureGroup) as fault:
            faults = fault.exceptions if isinstance(fault, FailureGroup) else (fault,)
            for each in faults:
                found.failures.setdefault((label, str(each)[:300]), _shown(case))
    if answer.status_code >= 400 and set(json.loads(answer.content)) != {"error", "detail", "where"}:
        found.failures.setdefault((label, "error of another form"), _shown(case))


def _shown(case: Any) -> str:
    command: str = case.as_curl_command()
    return command[:2000]


def _ids(desk: Desk) -> dict[str, Iterator[str]]:
    """Return ids of each kind that the ledger has, again and again."""
    picture = desk.picture()
    listed: dict[str, Sequence[str]] = {
        "report": list(picture.reports), "claim": list(picture.claims), "event": list(picture.events),
        "entity": list(picture.names), "conflict": ["libya", "sorvia"], "identity": list(picture.claims),
    }  # fmt: skip
    return {name: itertools.cycle(each[:50]) for name, each in listed.items() if each}


def _as_loopback(app: ASGIApp) -> ASGIApp:
    """Return an application that is asked from this machine."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": ("127.0.0.1", 50000)}
        await app(scope, receive, send)

    return asked


def told(found: Findings) -> Iterator[str]:
    """Yield what was found, in lines."""
    yield f"{found.cases} cases of {len(found.operations)} operations"
    yield "statuses: " + ", ".join(f"{status} × {number}" for status, number in sorted(found.statuses.items()))
    for (label, what), case in found.failures.items():
        yield f"{label}: {what}\n    {case}"
    yield f"{len(found.failures)} kinds of failure"


def main(write: Callable[[str], object] = print) -> int:
    """Run the tool."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--ledger", required=True, help="A copy of a ledger; it is written to.")
    options.add_argument("--cases", type=int, default=5000, help="of a round (5000)")
    options.add_argument("--minutes", type=float, default=0, help="further rounds until so many minutes are over")
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    ledger = Ledger(asked.ledger)
    desk = Desk(ledger, fuzz_settings(Settings(conflicts=str(ROOT / "samples/conflicts"), ledger=asked.ledger)))
    found = fuzz_for(desk, asked.minutes, asked.cases, asked.seed)
    for line in told(found):
        write(line)
    ledger.close()
    return 1 if found.failures else 0


if __name__ == "__main__":
    sys.exit(main())
