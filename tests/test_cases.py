"""The cases in tests/cases/*.test: sentences and the claims that they must give."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from dragoman.model import Claim, EventType
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader, Reading

FOLDER = Path(__file__).parent / "cases"
KEYS = "status negated hedged quoted date place speaker content condition means casualties rule".split()


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    file: Path
    title: str
    day: date | None
    text: str
    wanted: tuple[str, ...]


def parse_cases(path: Path) -> list[Case]:
    cases = []
    for block in path.read_text(encoding="utf-8").split("\n== ")[1:]:
        head, _, claims = block.partition("\n--")
        title, *lines = head.strip().split("\n")
        day = next((date.fromisoformat(line[5:]) for line in lines if line.startswith("day: ")), None)
        text = "\n".join(line for line in lines if not line.startswith("day: ")).strip()
        wanted = tuple(line.strip() for line in claims.split("\n") if line.strip() and line.strip() != "none")
        cases.append(Case(file=path, title=title, day=day, text=text, wanted=wanted))
    return cases


CASES = [case for path in sorted(FOLDER.glob("*.test")) for case in parse_cases(path)]


def test_titles_are_unique() -> None:
    titles = [(case.file.name, case.title) for case in CASES]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file.stem}: {case.title}" for case in CASES])
def test_case(case: Case, reader: Reader, request: pytest.FixtureRequest) -> None:
    strange = strange_in(case)
    if strange:
        pytest.fail(strange, pytrace=False)
    reading = reader.read(from_text(case.text, IntakeOptions(published=case.day)))
    given = {claim.id: claim for claim in reading.claims}
    if request.config.getoption("--update"):
        _update(case, reading)
        return
    for line in case.wanted:
        found = next((c for c in given.values() if agrees(line, c, reading)), None)
        assert found is not None, f"missing: {line}\ngiven:\n" + "\n".join(shown(c, reading) for c in reading.claims)
        del given[found.id]
    assert not given, "not wanted:\n" + "\n".join(shown(c, reading) for c in given.values())


def strange_in(case: Case) -> str:
    """Return in a line which event or key of a case there is not; an empty string where there are all."""
    for line in case.wanted:
        first, *rest = [part.strip() for part in line.split("|")]
        listed = [("event", first.split(" ")[0], [*EventType.__members__])]
        listed += [("key", part.partition(":")[0].strip(), KEYS) for part in rest]
        for what, given, allowed in listed:
            if given not in allowed:
                return f"{case.file}: {case.title}: unknown {what} {given!r}; allowed: {', '.join(allowed)}"
    return ""


def test_an_event_or_key_that_there_is_not_is_told_with_file_and_title(tmp_path: Path) -> None:
    file = tmp_path / "own.test"
    file.write_text("\n== one\nA.\n--\nATTACK A\n\n== two\nB.\n--\nASSAULT B | colour: red\n", encoding="utf-8")
    first, second = map(strange_in, parse_cases(file))
    assert first.startswith(f"{file}: one: unknown event 'ATTACK'; allowed: AGREE, ")
    assert second.startswith(f"{file}: two: unknown key 'colour'; allowed: status, ")


def test_a_title_that_no_case_has_is_said_in_a_line() -> None:
    command = [sys.executable, "-m", "pytest", "-n", "0", __file__, "--case", "no such title"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, cwd=FOLDER.parent.parent)
    assert done.stderr.startswith("ERROR: no case has 'no such title' in its title; grep")
    assert done.returncode == 4


def _update(case: Case, reading: Reading) -> None:
    text = case.file.read_text(encoding="utf-8")
    start = text.index(f"\n== {case.title}\n")
    begin = text.index("\n--", start)
    end = text.find("\n== ", begin)
    lines = "\n".join(shown(claim, reading) for claim in reading.claims) or "none"
    case.file.write_text(text[:begin] + "\n--\n" + lines + "\n" + (text[end:] if end >= 0 else ""), encoding="utf-8")


def agrees(line: str, claim: Claim, reading: Reading) -> bool:
    first, *rest = [part.strip() for part in line.split("|")]
    if _plain(first) != _plain(f"{claim.event} {who(claim.actor, reading)} -> {who(claim.recipient, reading)}"):
        return False
    return all(
        value_of(claim, reading, key.strip()) == value.strip() for key, _, value in (p.partition(":") for p in rest)
    )


def _plain(who_to_whom: str) -> str:
    """Return it without needless blanks, and without an arrow that leads to nobody."""
    return " ".join(who_to_whom.split()).removesuffix(" ->")


def value_of(claim: Claim, reading: Reading, key: str) -> str:
    if key == "date":
        days = [claim.date.earliest, claim.date.latest]
        shown_days = ["" if day is None else day.isoformat() for day in days]
        return shown_days[0] if days[0] == days[1] else "..".join(shown_days)
    if key == "speaker":
        return who([link.speaker or link.text for link in claim.attribution], reading)
    if key == "place":
        return claim.place.name if claim.place else ""
    value = getattr(claim, key)
    return {True: "yes", False: "no", None: ""}.get(value, str(value)) if not isinstance(value, str) else value


def who(ids: object, reading: Reading) -> str:
    return ", ".join(reading.names.get(i, i) for i in ids)  # type: ignore[attr-defined]


def shown(claim: Claim, reading: Reading) -> str:
    parts = [_plain(f"{claim.event} {who(claim.actor, reading)} -> {who(claim.recipient, reading)}")]
    parts.append(f"status: {claim.status}")
    for key in ("negated", "hedged"):
        if getattr(claim, key):
            parts.append(f"{key}: yes")
    for key in ("date", "speaker", "condition"):
        value = value_of(claim, reading, key)
        if value:
            parts.append(f"{key}: {value}")
    return " | ".join(parts)
