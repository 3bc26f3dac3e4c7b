"""How much of two public lists the roster knows: parties of PA-X as they stand there, and leaders of REIGN by month.

python tools/roster_coverage.py --paax paax_actors.csv --reign reign_leaders_2021-03.csv [--missing]

The lists are no part of Dragoman (their licences do not allow it); give your own copies.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dragoman.model import Kind
from dragoman.reading.names import NameIndex, fold
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Rulebook

_LEADING = frozenset(
    {"president", "prime minister", "king", "emir", "sultan", "supreme leader", "chancellor", "head of state", "leader",
     "head of government", "chairperson", "vice president", "crown prince"}
)  # fmt: skip
_ARMED = re.compile(r"armed|rebel|non-?state|state actor|opposition|militia", re.IGNORECASE)
_STATE = re.compile(r"country|state$", re.IGNORECASE)
_SINCE = date(2005, 1, 1)


def main() -> None:
    """Print the shares, and with --missing what is not known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paax", type=Path)
    parser.add_argument("--reign", type=Path)
    parser.add_argument("--missing", action="store_true", help="list what is not known")
    options = parser.parse_args()
    rulebook = load_rulebook(None)
    index = NameIndex(rulebook.roster)
    if options.paax:
        _report("PA-X states and armed groups", list(_parties(options.paax, index)), options.missing)
    if options.reign:
        _report("REIGN leaders since 2005", list(_leaders(options.reign, rulebook)), options.missing)


def _report(title: str, found: list[tuple[str, bool]], missing: bool) -> None:
    known = sum(hit for _, hit in found)
    print(f"{title}: {known} of {len(found)} known, {known / max(1, len(found)):.1%}")
    if missing:
        print("\n".join(f"  {name}" for name, hit in sorted(found) if not hit))


def _parties(path: Path, index: NameIndex) -> Iterator[tuple[str, bool]]:
    """Yield the states and armed groups of PA-X, and whether the name as it stands is found by the roster."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind = row["actor_type"]
            if _STATE.search(kind) or _ARMED.search(kind):
                yield f"{row['actor_name']} ({kind})", bool(index.find(row["actor_name"]))


def _leaders(path: Path, rulebook: Rulebook) -> Iterator[tuple[str, bool]]:
    """Yield the leaders of REIGN since 2005, and whether somebody of that name leads a state in any of their months."""
    terms = _terms(rulebook)
    names = sorted(terms)
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            first = max(_SINCE, date(int(row["syear"]), int(row["smonth"]), 1))
            last = date(int(row["eyear"]), int(row["emonth"]), 28) if row["eyear"].strip() else date(2021, 3, 31)
            if last < _SINCE:
                continue
            words = [w for w in _words(row["leader"]) if len(w) > 3] or _words(row["leader"])
            alike = {near for word in words for near in difflib.get_close_matches(word, names, 5, 0.8)}
            held = (term for name in alike for term in terms[name])
            yield f"{row['stateabb']}: {row['leader']}", any(start <= last and end >= first for start, end in held)


def _terms(rulebook: Rulebook) -> dict[str, list[tuple[date, date]]]:
    """Return for each word of a leader's names the terms in which he led a state."""
    found: dict[str, list[tuple[date, date]]] = {}
    for actor in rulebook.roster.values():
        held = [o for o in actor.offices if o.title in _LEADING and rulebook.roster[o.of].kind is Kind.STATE]
        for word in {w for name in (actor.name, *actor.aliases) for w in _words(name)}:
            found.setdefault(word, []).extend((o.start or date.min, o.end or date.max) for o in held)
    return {word: terms for word, terms in found.items() if terms}


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", fold(name).lower().replace("'", ""))


if __name__ == "__main__":
    main()
