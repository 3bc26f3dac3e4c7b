"""What a place is: a country, a region or a town, as the gazetteer has it."""

from __future__ import annotations

from functools import lru_cache

from dragoman.export.formats.nations import nation_of
from dragoman.model import Where
from dragoman.reading.where import Feature, default_gazetteer

_NEAR = 0.02  # degrees by which the same place may differ


@lru_cache(maxsize=4096)
def feature_of(where: Where) -> Feature | None:
    """Return whether a place is a country, a region or a city; None where the gazetteer has no such place.

    >>> feature_of(Where(name="Geneva", code="CHE", lat=46.2022, lon=6.1457)), feature_of(Where(name="Libya", code="LBY"))
    ('city', 'country')
    """
    nation = nation_of(where.code)
    if nation and where.name == nation.name:
        return "country"
    for place in default_gazetteer().candidates(where.name):
        if place.code == (where.code or "") and _is_near(place.lat, where.lat) and _is_near(place.lon, where.lon):
            return place.feature
    return None


def _is_near(one: float, other: float | None) -> bool:
    return other is None or abs(one - other) <= _NEAR
