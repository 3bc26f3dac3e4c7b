"""Score the matching of claims on judged pairs: which claims of the sample corpus tell of one act (tests/ledger_truth/pairs.toml).

Rules are tuned on the odd pairs; the even ones show what that is worth. ``--faults`` prints the pairs that are judged otherwise.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.ledger.store import Told
    from dragoman.model import Claim

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "samples" / "corpus"
PAIRS = ROOT / "tests" / "ledger_truth" / "pairs.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judged pair and whether its claims are one event; ``found`` is None where a claim of it was not read."""

    number: int
    pair: dict[str, Any]
    found: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many pairs were rightly joined, wrongly joined, missed; and how many have a claim that was not read."""

    right: int
    wrong: int
    missed: int
    unread: int

    @property
    def precision(self) -> float:
        """Return the share of joined pairs that are rightly joined."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of same pairs that are joined; those that were not read count as missed."""
        return self.right / max(1, self.right + self.missed)


def pairs() -> list[dict[str, Any]]:
    """Return the judged pairs."""
    found: list[dict[str, Any]] = tomllib.loads(PAIRS.read_text(encoding="utf-8"))["pair"]
    return found


def judged(told: Iterable[Told], listed: Sequence[dict[str, Any]]) -> list[Judged]:
    """Return the pairs with whether a settled ledger has their claims as one event."""
    claims: dict[tuple[str, str], list[Claim]] = {}
    for each in told:
        for kept in each.claims:
            claims.setdefault((each.kept.report.id, kept.claim.event.value), []).append(kept.claim)
    return [Judged(number=n, pair=pair, found=_found(claims, pair)) for n, pair in enumerate(listed)]


def score(listed: Iterable[Judged]) -> Score:
    """Return the score of judged pairs."""
    counts = {"right": 0, "wrong": 0, "missed": 0, "unread": 0}
    for each in listed:
        same = each.pair["same"]
        counts["unread"] += each.found is None
        counts["right"] += bool(each.found and same)
        counts["wrong"] += bool(each.found and not same)
        counts["missed"] += bool(same and not each.found)
    return Score(**counts)


def _found(claims: dict[tuple[str, str], list[Claim]], pair: dict[str, Any]) -> bool | None:
    """Return whether any claim of the one sentence tells of the event of another one of the other."""
    first, second = (
        [c for c in claims.get((side["report"], pair["type"]), ()) if c.evidence.text.startswith(side["begins"])]
        for side in (pair["a"], pair["b"])
    )
    if not first or not second:
        return None
    return any(one.event_id == other.event_id for one in first for other in second if one.id != other.id)


def main(arguments: list[str]) -> int:
    """Read the corpus into a ledger, settle it, and print the scores; return 1 where they are under what is aimed at."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from dragoman.ledger.adding import add
    from dragoman.ledger.settle import settle
    from dragoman.ledger.store import Ledger
    from dragoman.reading.intake import read_path
    from dragoman.reading.reader import default_reader

    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(str(Path(folder) / "pairs.sqlite"), create=True)
        for _ in add(ledger, default_reader(), read_path(CORPUS)):
            pass
        settle(ledger)
        listed = judged(ledger.told(), pairs())
        ledger.close()
    for name, some in (("odd", listed[1::2]), ("even", listed[::2]), ("all", listed)):
        one = score(some)
        print(
            f"{name:5} {len(some)} pairs: precision {one.precision:.3f}, recall {one.recall:.3f}, unread {one.unread}"
        )
    if "--faults" in arguments:
        for each in listed:
            if bool(each.found) != each.pair["same"]:
                kind = "missed" if each.pair["same"] else "wrongly joined"
                print(
                    f"{each.number} {kind} ({each.pair['why']}): {each.pair['type']} {each.pair['a']} {each.pair['b']}"
                )
    total = score(listed)
    return 0 if total.precision >= 0.95 and total.recall >= 0.80 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
