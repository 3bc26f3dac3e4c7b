"""GeoJSON: the file is what RFC 7946 says, and has every event and record that has coordinates."""

from __future__ import annotations

import json
from typing import Any

import pytest
from formatting import ODD, claim_of, empty, made, written
from jsonschema import Draft202012Validator, ValidationError

from dragoman.export.content import Content
from dragoman.export.formats.wording import place_of
from dragoman.model import Where

POSITION = {
    "type": "array", "minItems": 2, "maxItems": 2,
    "prefixItems": [{"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -90, "maximum": 90}],
}  # fmt: skip
POINT = {
    "type": "object", "required": ["type", "coordinates"], "additionalProperties": False,
    "properties": {"type": {"const": "Point"}, "coordinates": POSITION},
}  # fmt: skip
FEATURE = {
    "type": "object", "required": ["type", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"}, "id": {"type": ["string", "number"]}, "geometry": POINT,
        "properties": {"type": ["object", "null"]}, "coordinates": False, "geometries": False, "features": False,
    },
}  # fmt: skip
RFC_7946 = {
    "type": "object", "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": FEATURE}, "crs": False,
        "coordinates": False, "geometries": False, "geometry": False, "properties": False,
    },
}  # fmt: skip


def _collection(content: Content) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(written("geojson", content))
    Draft202012Validator(RFC_7946).validate(collection)
    return collection


def _titled(place: Where | None) -> list[dict[str, Any]]:
    return list(_collection(made("x", [claim_of("x", place=place)]))["features"])


def test_the_samples_fit_the_schema_and_ids_are_not_used_twice(content: Content) -> None:
    features = _collection(content)["features"]
    ids = [feature["id"] for feature in features]
    assert len(set(ids)) == len(ids) > 50
    assert {feature["properties"]["what"] for feature in features} >= {"event", "talks", "planned"}


def test_the_schema_refuses_what_is_no_geojson() -> None:
    point = {"type": "Point", "coordinates": [95.0, 13.0]}
    feature = {"type": "Feature", "geometry": point, "properties": {}}
    check = Draft202012Validator(RFC_7946)
    check.validate({"type": "FeatureCollection", "features": [feature]})
    for wrong in ({**point, "coordinates": [13.0, 95.0]}, {**point, "coordinates": [13.0]}, None):
        with pytest.raises(ValidationError):
            check.validate({"type": "FeatureCollection", "features": [{**feature, "geometry": wrong}]})


def test_positions_are_longitude_then_latitude() -> None:
    (feature,) = _titled(Where(name="Tripoli", code="LBY", lat=32.9, lon=13.2, text="in Tripoli"))
    assert feature["geometry"]["coordinates"] == [13.2, 32.9]
    assert (feature["properties"]["place"], feature["properties"]["country"]) == ("Tripoli", "LBY")


def test_all_with_coordinates_are_there_and_the_others_are_counted(content: Content) -> None:
    collection = _collection(content)
    left = collection["dragoman"]["without_coordinates"]
    placed = [each for each in content.events if each.lead.claim.place and each.lead.claim.place.lat is not None]
    entries = [each for each in content.entries if (place := place_of(each.form)) and place["lat"] is not None]
    assert len(collection["features"]) == len(placed) + len(entries)
    assert left == {"events": len(content.events) - len(placed), "records": len(content.entries) - len(entries)}


@pytest.mark.parametrize(
    "place",
    [None, Where(name="Orinth"), Where(name="x", lat=91.0, lon=0.0), Where(name="x", lat=float("nan"), lon=0.0)],
)
def test_what_has_no_place_on_earth_is_left_out(place: Where | None) -> None:
    content = made("x", [claim_of("x", place=place)])
    collection = _collection(content)
    assert collection["features"] == []
    assert collection["dragoman"]["without_coordinates"] == {"events": 1, "records": 0}


def test_the_ends_of_the_earth_are_on_it() -> None:
    (feature,) = _titled(Where(name="x", lat=-90.0, lon=180.0))
    assert feature["geometry"]["coordinates"] == [180.0, -90.0]


def test_a_feature_leads_to_its_sentence(content: Content) -> None:
    texts = {coded.report.id: coded.report.text for coded in content.reports}
    for feature in _collection(content)["features"]:
        properties = feature["properties"]
        quote = texts[properties["report"]][properties["quote_start"] : properties["quote_end"]]
        assert quote == properties["quote"]
        assert properties["title"]


def test_properties_are_plain_values_and_lists(content: Content) -> None:
    for feature in _collection(content)["features"]:
        for value in feature["properties"].values():
            assert not isinstance(value, dict)
            assert not isinstance(value, list) or all(isinstance(each, str) for each in value)


def test_odd_characters_stay_in_their_strings() -> None:
    place = Where(name=ODD, lat=1.0, lon=2.0)
    (feature,) = _collection(made(ODD, [claim_of(ODD, place=place)]))["features"]
    assert feature["properties"]["place"] == ODD
    assert "\u202e" not in feature["properties"]["title"]


def test_nothing_gives_an_empty_collection() -> None:
    collection = _collection(empty())
    assert collection["features"] == []
    assert collection["dragoman"]["without_coordinates"] == {"events": 0, "records": 0}


def test_the_same_content_gives_the_same_bytes(content: Content) -> None:
    assert written("geojson", content) == written("geojson", content)
