"""Place names to places: which Tripoli, which Bor, or unknown.

The gazetteer is one read-only SQLite file, built by ``tools/build_gazetteer.py`` from GeoNames. A name is
looked up under three keys, each weaker than the one before: as folded (``plain_key``), without Arabic
articles and with one spelling of Tal, Deir, Ain (``loose_key``), and by its sound in English (``weak_key``).
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import hypot
from pathlib import Path
from typing import Literal, NamedTuple

from dragoman.errors import SettingsError
from dragoman.model import Where

Feature = Literal["country", "region", "city"]

FEATURES: tuple[Feature, ...] = ("country", "region", "city")
"""Features in the order in which the file numbers them."""

TIER_COUNTRY, TIER_CAPITAL, TIER_NOTED_REGION, TIER_REGION, TIER_NOTED_TOWN, TIER_CITY = 6, 5, 4, 3, 2, 1
"""How prominent a place is; noted are those of the hand-written lists of names in news of conflicts."""

NOTED, PRIMARY, ALTERNATE, LOOSE_PRIMARY, LOOSE_ALTERNATE, WEAK = range(6)
"""What a key is to its place: a name in news, its first name, another name; the same under weaker keys."""

DEGREE = 10_000
"""Coordinates are stored as whole ten-thousandths of a degree."""

KNOWN_AT = 100_000
"""Inhabitants from which a place is meant even where its name is an ordinary word, as Nice or Reading."""
TOWN_AT = 50_000
METROPOLIS_AT = 1_000_000
WEAK_AT = 20_000
"""Inhabitants from which a place outside the conflict is found by its weak key."""
WEAK_LENGTH = 5
ACRONYM_LENGTH = 3
"""So few capitals alone are an acronym, which only a country may have."""
SEAT_SHARE = 20
"""A bare name is the town, not its namesake region, if one in so many of the region's people lives there."""
SEAT_DEGREES = 3.0
CACHE_SIZE = 8192

_LETTERS = str.maketrans(
    dict(zip("ıłøđðəħþæœŋ", ["i", "l", "o", "d", "d", "a", "h", "th", "ae", "oe", "ng"], strict=True))
)
_APOSTROPHES = re.compile(r"['’‘`´ʻʼʽʾʿˈ′ʹ.]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ARTICLES = frozenset(
    (
        "al",
        "el",
        "ul",
        "ur",
        "ad",
        "ar",
        "as",
        "ash",
        "at",
        "az",
        "an",
        "ed",
        "er",
        "es",
        "esh",
        "et",
        "ez",
        "en",
        "ech",
    )
)
_TOKENS = {
    **dict.fromkeys(("tell", "tel", "tall"), "tal"),
    **dict.fromkeys(("dayr", "dair", "der"), "deir"),
    **dict.fromkeys(("ayn", "ein", "aayn"), "ain"),
    **dict.fromkeys(("kfar", "kafar", "kefar", "kufr", "kfr"), "kafr"),
    **dict.fromkeys(("jebel", "djebel", "gebel"), "jabal"),
    **dict.fromkeys(("bayt", "beyt", "bet", "bait"), "beit"),
    **dict.fromkeys(("um", "oum"), "umm"),
    **dict.fromkeys(("beni", "banu"), "bani"),
    **dict.fromkeys(("shaykh", "sheik", "cheikh", "shekh"), "sheikh"),
    **dict.fromkeys(("maaret", "maarrat", "maarret", "marrat"), "maarat"),
    **dict.fromkeys(("sayyid", "sayid", "sayed"), "sayyid"),
    **dict.fromkeys(("saint", "sint"), "st"),
    "abou": "abu",
    "ouadi": "wadi",
    "raas": "ras",
    "khaan": "khan",
    "fort": "ft",
    "mount": "mt",
}
_SOUNDS: tuple[tuple[str, str], ...] = (
    ("dj", "j"), ("dzh", "j"), ("zh", "j"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("ck", "k"), ("q", "k"), ("ei", "ai"), ("ey", "ai"), ("ay", "ai"), ("ou", "u"), ("oo", "u"), ("ow", "u"),
    ("aw", "u"), ("au", "u"), ("w", "u"), ("o", "u"), ("e", "i"), ("y", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_LAST_H = re.compile(r"(?<=[aiu])h$")
_REGION_WORDS = "province governorate region oblast state department prefecture wilayat valley countryside"
_TOWN_WORDS = "city town village camp district neighbourhood neighborhood suburb raion municipality county port"
_KINDS = "|".join((_REGION_WORDS + " " + _TOWN_WORDS).split())
_TAIL = re.compile(rf"^(?P<name>.+?) (?:refugee |displacement )?(?P<kind>{_KINDS})s?$")
_HEAD = re.compile(rf"^(?:(?:port|border|old|holy|capital) )?(?P<kind>{_KINDS}) of (?P<name>.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the gazetteer: ISO 3166 alpha-3 code, degrees north and east, inhabitants.

    ``code`` is empty for what lies in several countries (the Sahel); ``population`` of a region is that of
    its towns, and 0 where it is not known.
    """

    name: str
    code: str
    lat: float
    lon: float
    population: int
    feature: Feature


class _Found(NamedTuple):
    """A place, how prominent it is, and whether the name is the one it is known by."""

    place: Place
    tier: int
    primary: bool


def plain_key(name: str) -> str:
    """Return a name in plain small letters: no accents, apostrophes, dots, leading 'the'; hyphens are spaces.

    >>> plain_key("Sana‘a"), plain_key("Ra’s al-‘Ayn"), plain_key("the Gaza Strip")
    ('sanaa', 'ras al ayn', 'gaza strip')
    """
    bare = _APOSTROPHES.sub("", name).casefold().translate(_LETTERS)
    letters = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", letters).strip().removeprefix("the ")


def loose_key(plain: str) -> str:
    """Return a plain key without Arabic articles and with one spelling of common first words.

    >>> loose_key("al bab"), loose_key("tell rifaat"), loose_key("el")
    ('bab', 'tal rifaat', 'el')
    """
    words = plain.split(" ")
    kept = [_TOKENS.get(word, word) for word in words if word not in _ARTICLES]
    return " ".join(kept) or plain


def weak_key(loose: str) -> str:
    """Return how a loose key sounds: one letter for dh/d, kh/k, ou/u, ee/i, no doubled letter, no spaces.

    >>> weak_key("hodeidah") == weak_key("hudaydah"), weak_key("taizz") == weak_key("taiz")
    (True, True)
    """
    sound = loose.replace(" ", "")
    for written, spoken in _SOUNDS:
        sound = sound.replace(written, spoken)
    return _DOUBLED.sub(r"\1", _LAST_H.sub("", sound))


def to_where(place: Place, text: str) -> Where:
    """Return the place as a report's claim keeps it; ``text`` is the words it was read from."""
    return Where(name=place.name, code=place.code or None, lat=place.lat, lon=place.lon, text=text)


class Gazetteer:
    """Places by name, from a read-only file; one connection, a small cache, safe to share between threads."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(str(files("dragoman").joinpath("data", "gazetteer.sqlite")))
        if not self.path.is_file():
            raise SettingsError(
                where=str(self.path), found="there is no gazetteer", remedy="run tools/build_gazetteer.py"
            )
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._db.execute("PRAGMA query_only = 1")
        self._cached = lru_cache(maxsize=CACHE_SIZE)(self._look_up)

    def close(self) -> None:
        """Close the file; look-ups after it fail."""
        self._cached.cache_clear()
        self._db.close()

    def look_up(self, name: str, *, countries: frozenset[str] = frozenset()) -> Place | None:
        """Return the place that a report most likely means by the name, or None if there is none.

        ``countries`` are the alpha-3 codes of the conflict's countries; a place there goes before others, but
        a small town does not go before a country, capital or city of a million known by this name. Then go
        countries, capitals, regions and cities by population. A name that is an ordinary word or a person's
        gives only a place of more than 100,000 people or in ``countries``; one of up to three capitals only a
        country (US, UAE).

        >>> gazetteer = default_gazetteer()
        >>> [place.code for place in gazetteer.candidates("Tripoli")[:2]]
        ['LBY', 'LBN']
        >>> place = gazetteer.look_up("Tel Rifaat")
        >>> place and (place.name, place.code, round(place.lat, 1), round(place.lon, 1))
        ('Tall Rifat', 'SYR', 36.5, 37.1)
        """
        return self._cached(name, countries)

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Return the places the name may mean, by the strongest key that gives any, the likeliest first."""
        key = plain_key(name)
        for found in (self._plain(key), self._loose(key), self._weak(key)):
            if found:
                return tuple(one.place for one in sorted(found, key=_prominence, reverse=True))
        return ()

    def _look_up(self, name: str, countries: frozenset[str]) -> Place | None:
        key = plain_key(name)
        if len(key) <= ACRONYM_LENGTH and name.isupper():
            return _choose([one for one in self._plain(key) if one.tier == TIER_COUNTRY], countries, False)
        return self._best(key, countries) or self._best_with_kind(key, countries)

    def _best_with_kind(self, key: str, countries: frozenset[str]) -> Place | None:
        """Return the place of 'Idlib province' or 'the city of Homs', where the whole is no name itself."""
        match = _TAIL.match(key) or _HEAD.match(key)
        if not match:
            return None
        return self._best(match["name"], countries, region=match["kind"] in _REGION_WORDS.split())

    def _best(self, key: str, countries: frozenset[str], region: bool = False) -> Place | None:
        """Return the best place of the strongest key; a weaker one is tried for a place in ``countries``."""
        plain = self._plain(key)
        if self._is_ordinary(key) or self._is_ordinary(loose_key(key)):
            return _choose([one for one in plain if _known(one, countries)], countries, region)
        if _sure(plain) or _at_home(plain, countries):
            return _choose(plain, countries, region)
        for weaker in (self._loose(key), self._weakly_meant(key, countries)):
            if weaker and (not plain or _at_home(weaker, countries)):
                return _choose(weaker, countries, region)
        return _choose(plain, countries, region)

    def _weakly_meant(self, key: str, countries: frozenset[str]) -> list[_Found]:
        found = self._weak(key)
        return [one for one in found if one.place.code in countries or one.place.population >= WEAK_AT]

    def _is_ordinary(self, key: str) -> bool:
        query = "SELECT 1 FROM ordinary WHERE key = ?"
        return self._db.execute(query, (key,)).fetchone() is not None

    def _plain(self, key: str) -> list[_Found]:
        return self._find(key, NOTED, ALTERNATE)

    def _loose(self, key: str) -> list[_Found]:
        return self._find(loose_key(key), NOTED, LOOSE_ALTERNATE)

    def _weak(self, key: str) -> list[_Found]:
        sound = weak_key(loose_key(key))
        return self._find(sound, WEAK, WEAK) if len(sound) >= WEAK_LENGTH else []

    def _find(self, key: str, first: int, last: int) -> list[_Found]:
        rows = self._db.execute(
            "SELECT place.name, code, lat, lon, population, feature, tier, min(kind) FROM name"
            " JOIN place ON place.id = name.place WHERE key = ? AND kind BETWEEN ? AND ? GROUP BY place.id",
            (key, first, last),
        )
        return [_row_to_found(row) for row in rows]


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """Return the gazetteer that is shipped with the package, opened once."""
    return Gazetteer()


def _row_to_found(row: tuple[str, str, int, int, int, int, int, int]) -> _Found:
    name, code, lat, lon, population, feature, tier, kind = row
    place = Place(
        name=name,
        code=code,
        lat=lat / DEGREE,
        lon=lon / DEGREE,
        population=population,
        feature=FEATURES[feature],
    )
    noted = TIER_NOTED_TOWN if kind == NOTED else TIER_CITY
    return _Found(place, max(tier, noted), kind in (NOTED, PRIMARY, LOOSE_PRIMARY))


def _known(one: _Found, countries: frozenset[str]) -> bool:
    noted = one.tier in (TIER_COUNTRY, TIER_NOTED_REGION, TIER_NOTED_TOWN)
    return noted or one.place.population > KNOWN_AT or one.place.code in countries


def _at_home(found: Iterable[_Found], countries: frozenset[str]) -> bool:
    return any(one.place.code in countries for one in found)


def _sure(found: Iterable[_Found]) -> bool:
    """Return whether one is so prominent that no weaker key may replace it."""
    return any(one.tier > TIER_CITY or one.place.population > KNOWN_AT for one in found if one.primary)


def _prominence(one: _Found) -> tuple[int, int, str]:
    """Return tier, population and name, to sort by; a name that is not the usual one counts for less."""
    if one.primary or one.tier == TIER_COUNTRY:
        return one.tier, one.place.population, one.place.name
    return min(one.tier, TIER_CITY), one.place.population // 10, one.place.name


def _choose(found: list[_Found], countries: frozenset[str], region: bool) -> Place | None:
    if not found:
        return None
    best = max(found, key=_prominence)
    home = max((one for one in found if one.place.code in countries), key=_prominence, default=None)
    if home and not (_world_famous(best) and _small_town(home)):
        best = home
    return _of_kind(best, found, region).place


def _world_famous(one: _Found) -> bool:
    return one.primary and (one.tier >= TIER_CAPITAL or one.place.population >= METROPOLIS_AT)


def _small_town(one: _Found) -> bool:
    return one.tier <= TIER_NOTED_TOWN and (one.place.population < TOWN_AT or not one.primary)


def _of_kind(best: _Found, found: list[_Found], region: bool) -> _Found:
    """Swap a region for its namesake town, or, for 'Idlib province', a town for its namesake region."""
    wanted: Feature = "region" if region else "city"
    if best.place.feature in ("country", wanted):
        return best
    near = [one for one in found if one.place.feature == wanted and _is_namesake(one.place, best.place, region)]
    return max(near, key=_prominence, default=best)


def _is_namesake(one: Place, best: Place, region: bool) -> bool:
    close = hypot(one.lat - best.lat, one.lon - best.lon) <= SEAT_DEGREES
    return one.code == best.code and close and (region or one.population * SEAT_SHARE >= best.population)
