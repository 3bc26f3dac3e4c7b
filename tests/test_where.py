"""Place names in the spellings of news, and what must stay unknown."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dragoman.errors import SettingsError
from dragoman.reading.where import (
    Gazetteer,
    Place,
    default_gazetteer,
    loose_key,
    plain_key,
    to_where,
    weak_key,
)

TOPONYMS = {
    "SYR": "Aleppo; Halab; Hama; Homs; Idlib; Idlib province; Tal Rifaat; Tel Rifaat; Tell Rifaat; Deir"
    " Ezzor; Deir al-Zor; Dayr az Zawr; Ras al-Ain; Ra's al-'Ayn; Ras al-Ayn; Maarat al-Numan;"
    " Maaret al-Numan; Kobani; Kobane; Ayn al-Arab; Ain al-Arab; Raqqa; al-Raqqah; Daraa; Deraa;"
    " Afrin; Manbij; al-Bab; Saraqib; Saraqeb; Qamishli; Tartus; Tartous; Suwayda; Sweida; Khan"
    " Sheikhoun; Khan Shaykhun; Golan Heights; city of Homs",
    "YEM": "Hodeidah; Hodeida; Al Hudaydah; Hudaydah; Sana'a; Sana’a; Sanaa; Aden; Taiz; Ta'izz; Marib;"
    " Ma'rib; Saada; Sa'dah; Mukalla; al-Mukalla; Shabwa; Hadramawt; Hadhramaut; Zinjibar",
    "UKR": "Kharkiv; Kharkov; Kyiv; Kiev; KYIV; Bakhmut; Artemivsk; Artemivs'k; Mariupol; Avdiivka;"
    " Luhansk; Lugansk; Odesa; Odessa; Zaporizhzhia; Sievierodonetsk; Severodonetsk; Debaltseve;"
    " Chasiv Yar; Donbas; Donbass; Crimea",
    "LBY": "Tripoli; Benghazi; Sirte; Surt; Misrata; Misurata; Tarhuna; Tarhouna; Zawiya; Bani Walid;"
    " Beni Walid; Ras Lanuf; Kufra; Fezzan; Cyrenaica; Tripolitania; the port of Tobruk",
    "SSD": "Wau; Juba; Malakal; Bentiu; Pibor; Equatoria; Jonglei",
    "SDN": "El Fasher; al-Fashir; El Geneina; Nyala; Khartoum; El Obeid; Darfur; South Kordofan; Blue Nile; Abyei",
    "COD": "Goma; Bunia; Beni; Bukavu; Ituri; North Kivu; Nord-Kivu; Masisi; Bunagana",
    "MLI": "Kidal; Gao; Timbuktu; Menaka; Ménaka",
    "NGA": "Maiduguri; Chibok; Borno; Borno State",
    "MOZ": "Pemba; Mocimboa da Praia; Mocímboa da Praia; Cabo Delgado",
    "ETH": "Mekelle; Mekele; Axum; Aksum; Shire; Tigray; Oromia",
    "SOM": "Mogadishu; Kismayo; Kismaayo; Las Anod; Puntland; Somaliland",
    "AFG": "Kandahar; Kunduz; Panjshir; Panjshir Valley; Helmand; Lashkar Gah; Mazar-i-Sharif; Mazar-e-Sharif",
    "IND": "Srinagar; Pulwama; Imphal; Kargil",
    "PAK": "Quetta; North Waziristan; Balochistan",
    "MMR": "Laiza; Sittwe; Maungdaw; Rakhine; Rakhine State; Kachin",
    "PHL": "Marawi; Cotabato; Jolo; Mindanao; Bangsamoro",
    "PSE": "Jenin; Jenin refugee camp; Rafah; Gaza; Khan Younis; Khan Yunis; Deir al-Balah; the West Bank; Gaza Strip",
    "IRQ": "Mosul; Erbil; Irbil; Arbil; Sinjar; Fallujah; Falluja; Kurdistan Region",
    "AZE": "Stepanakert; Khankendi; Shusha; Shushi; Nagorno-Karabakh; Nagorno Karabakh",
    "GEO": "Georgia; Abkhazia; South Ossetia; Tskhinvali",
    "MDA": "Transnistria; Tiraspol",
    "USA": "U.S.; United States; Washington; New York",
    "COL": "Tumaco; Cucuta; Cúcuta",
}
CASES = [(name.strip(), code) for code, names in TOPONYMS.items() for name in names.split(";")]


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = Gazetteer()
    yield opened
    opened.close()


@pytest.mark.parametrize(("name", "code"), CASES)
def test_a_conflict_toponym_is_in_its_country(gazetteer: Gazetteer, name: str, code: str) -> None:
    place = gazetteer.look_up(name)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    ("name", "countries", "code"),
    [
        ("Tripoli", "", "LBY"),
        ("Tripoli", "LBN SYR", "LBN"),
        ("Tripoli", "LBY TUR", "LBY"),
        ("Bor", "SSD SDN", "SSD"),
        ("Bor", "SRB", "SRB"),
        ("Palma", "", "ESP"),
        ("Palma", "MOZ", "MOZ"),
        ("Odessa", "USA", "USA"),
        ("Georgia", "USA", "USA"),
        ("Victoria", "", "AUS"),
        ("Victoria", "SYC", "SYC"),
        ("Congo", "", "COD"),
        ("Congo", "COG", "COG"),
        ("Salvador", "", "BRA"),
        ("El Salvador", "", "SLV"),
        ("Bab", "SYR", "SYR"),
        ("Sake", "COD RWA", "COD"),
    ],
)
def test_the_conflict_decides_between_namesakes(gazetteer: Gazetteer, name: str, countries: str, code: str) -> None:
    place = gazetteer.look_up(name, countries=frozenset(countries.split()))
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(("name", "country", "code"), [("Moscow", "SYR", "RUS"), ("Berlin", "COL", "DEU")])
def test_a_small_town_of_the_conflict_does_not_hide_a_capital(
    gazetteer: Gazetteer, name: str, country: str, code: str
) -> None:
    place = gazetteer.look_up(name, countries=frozenset({country}))
    assert place is not None
    assert place.code == code


NO_PLACES = (
    "Gondor; Osgiliath; Mordor; Denethor; Haftar; Erdogan; Putin; Hamas; Taliban; Sarraj; Zelensky; Of;"
    " Peace; March; Union; Smith; Sake; Police; Monday; Reuters; Government; Xyzzyq;"
    " NGO; OAS; Somali;"
    " Al Jazeera; Western; ; ' -; province; 阿勒颇"
)


@pytest.mark.parametrize("name", [name.strip() for name in NO_PLACES.split(";")])
def test_what_is_no_place_is_unknown(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.look_up(name) is None


@pytest.mark.parametrize(
    ("name", "feature"),
    [
        ("Aleppo", "city"),
        ("Aleppo province", "region"),
        ("Homs", "city"),
        ("Homs governorate", "region"),
        ("Moscow", "city"),
        ("Donetsk", "city"),
        ("Donetsk Oblast", "region"),
        ("Niger", "country"),
        ("Darfur", "region"),
        ("Ituri", "region"),
    ],
)
def test_a_bare_name_is_the_town_and_a_province_is_a_region(gazetteer: Gazetteer, name: str, feature: str) -> None:
    place = gazetteer.look_up(name)
    assert place is not None
    assert place.feature == feature


@pytest.mark.parametrize("name", ["Sahel", "Kashmir", "Horn of Africa", "Lake Chad Basin"])
def test_a_region_of_several_countries_has_no_code(gazetteer: Gazetteer, name: str) -> None:
    place = gazetteer.look_up(name)
    assert place is not None
    assert to_where(place, f"in {name}").code is None


def test_candidates_come_likeliest_first(gazetteer: Gazetteer) -> None:
    codes = [place.code for place in gazetteer.candidates("Tripoli")]
    assert codes[:2] == ["LBY", "LBN"]
    assert gazetteer.candidates("Xyzzyq") == ()


def test_coordinates_are_degrees(gazetteer: Gazetteer) -> None:
    place = gazetteer.look_up("Moscow")
    assert place is not None
    assert (round(place.lat, 2), round(place.lon, 2)) == (55.75, 37.62)


def test_to_where_keeps_the_words_it_was_read_from() -> None:
    place = Place(name="Moscow", code="RUS", lat=55.75, lon=37.62, population=10, feature="city")
    where = to_where(place, "in Moscow")
    assert (where.name, where.code, where.lat, where.lon, where.text) == (
        "Moscow",
        "RUS",
        55.75,
        37.62,
        "in Moscow",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sana‘a", "Sanaa"), ("Ra’s al-‘Ayn", "ras al ayn"), ("MÉNAKA", "menaka"), ("Diyarbakır", "Diyarbakir")],
)
def test_plain_keys_agree(one: str, other: str) -> None:
    assert plain_key(one) == plain_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("al bab", "el bab"), ("tell rifaat", "tal rifaat"), ("dayr az zawr", "deir zawr"), ("al", "al")],
)
def test_loose_keys_agree(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hodeidah", "hudaydah"), ("taizz", "taiz"), ("tarhouna", "tarhuna"), ("idleb", "idlib")],
)
def test_weak_keys_agree(one: str, other: str) -> None:
    assert weak_key(one) == weak_key(other)


def test_threads_share_one_gazetteer(gazetteer: Gazetteer) -> None:
    names = [name for name, _ in CASES] * 3
    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(gazetteer.look_up, names))
    assert places == [gazetteer.look_up(name) for name in names]


def test_the_default_gazetteer_is_opened_once() -> None:
    assert default_gazetteer() is default_gazetteer()


def test_the_file_is_small(gazetteer: Gazetteer) -> None:
    assert gazetteer.path.stat().st_size <= 15_000_000


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no gazetteer"):
        Gazetteer(tmp_path / "none.sqlite")
