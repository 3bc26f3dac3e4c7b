"""Build the base map of the desk from Natural Earth: countries with their codes, their lines as TopoJSON has them, packed.

python tools/build_world.py world-atlas/  # a folder with countries-110m.json and countries-50m.json
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

from dragoman.reading.where import default_gazetteer

OUT = Path(__file__).resolve().parent.parent / "src/dragoman/desk/data"
SPELT = {
    "W. Sahara": ("Western Sahara", "ESH"), "N. Cyprus": ("Northern Cyprus", None), "Somaliland": ("Somaliland", None),
    "Siachen Glacier": ("Siachen Glacier", None), "Dem. Rep. Congo": ("DR Congo", "COD"), "Kosovo": ("Kosovo", "XKX"),
    "Central African Rep.": ("Central African Republic", "CAF"), "Eq. Guinea": ("Equatorial Guinea", "GNQ"),
    "Dominican Rep.": ("Dominican Republic", "DOM"), "Bosnia and Herz.": ("Bosnia and Herzegovina", "BIH"),
    "S. Sudan": ("South Sudan", "SSD"), "Solomon Is.": ("Solomon Islands", "SLB"), "Falkland Is.": ("Falkland Islands", "FLK"),
    "United States of America": ("United States", "USA"), "eSwatini": ("Eswatini", "SWZ"), "Macedonia": ("North Macedonia", "MKD"),
    "Czechia": ("Czechia", "CZE"), "Côte d'Ivoire": ("Côte d’Ivoire", "CIV"), "Congo": ("Congo", "COG"),
    "Timor-Leste": ("Timor-Leste", "TLS"), "Palestine": ("Palestine", "PSE"), "Georgia": ("Georgia", "GEO"),
}  # fmt: skip


def packed(path: Path) -> bytes:
    """Return a map: scale, origin, arcs, and for each country name, code and the rings of its polygons."""
    world: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    countries = [_country(each) for each in world["objects"]["countries"]["geometries"] if each["type"] is not None]
    whole = {
        "scale": world["transform"]["scale"],
        "origin": world["transform"]["translate"],
        "arcs": world["arcs"],
        "countries": sorted(countries, key=lambda each: str(each["name"])),
    }
    return gzip.compress(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def _country(geometry: dict[str, Any]) -> dict[str, Any]:
    given = geometry["properties"]["name"]
    name, code = SPELT.get(given) or (given, _code(given))
    rings = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return {"name": name, "code": code, "polygons": rings}


def _code(name: str) -> str | None:
    places = default_gazetteer().candidates(
        name.replace("Is.", "Islands").replace("Rep.", "Republic").replace("St.", "Saint")
    )
    return next((place.code for place in places if place.feature == "country"), None)


def main() -> None:
    """Write both maps."""
    OUT.mkdir(exist_ok=True)
    for scale in ("110m", "50m"):
        (OUT / f"countries-{scale}.json.gz").write_bytes(packed(Path(sys.argv[1]) / f"countries-{scale}.json"))


if __name__ == "__main__":
    main()
