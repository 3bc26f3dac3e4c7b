"""Countries as formats name them: codes of ISO 3166 and FIPS 10-4, English names, regions."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """A country; what it has no code for is empty. ``region`` is one of ACLED's names (tools/build_countries.py)."""

    alpha3: str
    alpha2: str
    numeric: str
    fips: str
    name: str
    region: str


def nation_of(code: str | None) -> Nation | None:
    """Return a country by its ISO 3166 alpha-3 code; None where the code is no country's.

    >>> nation = nation_of("LBY")
    >>> nation and (nation.alpha2, nation.numeric, nation.fips, nation.name, nation.region)
    ('LY', '434', 'LY', 'Libya', 'Northern Africa')
    """
    return _nations().get(code or "")


@lru_cache(maxsize=1)
def _nations() -> dict[str, Nation]:
    text = (files("dragoman.export.formats") / "data" / "countries.csv").read_text(encoding="utf-8")
    return {row["alpha3"]: Nation(**row) for row in csv.DictReader(text.splitlines())}
