"""Features: every event is one, longitude first, null where no point is known, and how exact a point is beside it."""

import json

import pytest
from conftest import CASES

TOWN, CAMP, SHORE, LAND = [-3.01, 16.77], [-1.40, 17.03], [-2.50, 16.90], [-4.00, 17.00]
# id -> geometry, the coarsest precision of what is drawn, whether it is near one of them.
DRAWN = {
    "bc-0500-walls": ({"type": "Point", "coordinates": TOWN}, 1, False),
    "2011-hostages": (None, None, False),
    "2020-01-31-raid": ({"type": "Point", "coordinates": TOWN}, 1, False),
    "2020-02-25-clash": ({"type": "MultiPoint", "coordinates": [TOWN, CAMP]}, 3, True),
    "2020-05-17-raid": ({"type": "Point", "coordinates": SHORE}, 4, False),
    "2020-06-pact": ({"type": "Point", "coordinates": LAND}, 6, False),
    "2020-07-01-morning": (None, None, False),
    "2020-08-01-twice": ({"type": "Point", "coordinates": CAMP}, 3, False),
    "2020-09-drought": ({"type": "Point", "coordinates": SHORE}, 4, False),
    "2021-report": ({"type": "MultiPoint", "coordinates": [LAND, TOWN]}, 6, False),
    # Of its three places one has no point.
    "2021-03-long": ({"type": "MultiPoint", "coordinates": [TOWN, CAMP]}, 3, False),
}


def features(asked):
    return {feature["id"]: feature for feature in json.loads(asked.write("geojson").content)["features"]}


def test_every_event_is_a_feature_at_the_points_of_its_places(exchange):
    found = {
        ident: (feature["geometry"], *(feature["properties"][f"where_{key}"] for key in ("precision", "near")))
        for ident, feature in features(exchange("exchange")).items()
    }
    assert found == DRAWN
    assert list(found) == list(DRAWN)


def test_nothing_is_left_out(exchange):
    assert exchange("exchange").write("geojson").left_out == ()


def test_filters_are_heeded(exchange):
    assert list(features(exchange("exchange", "--place camp --must --in 2020"))) == [
        "2020-02-25-clash", "2020-08-01-twice",
    ]  # fmt: skip


def test_properties_are_plain_values_for_the_table_of_a_map(exchange):
    properties = features(exchange("exchange"))["2020-01-31-raid"]["properties"]
    told = {key: properties[key] for key in (
        "date", "when", "precision", "type", "category", "where", "who", "killed_low", "killed_best", "killed_high",
        "killed_open", "wounded_low", "disputed", "places", "sources",
    )}  # fmt: skip
    assert told == {
        "date": "2020-01-31", "when": "31 Jan 2020", "precision": "day", "type": "raid", "category": "violence",
        "where": "Town", "who": "Rebels of Shore (perpetrator, suspected); Villagers (victim)", "killed_low": 5,
        "killed_best": 5, "killed_high": 12, "killed_open": True, "wounded_low": None, "disputed": True,
        "places": [{"id": "town", "name": "Town", "near": False, "precision": 1}],
        "sources": "The Book; its <i>lines</i>, and more, lines 2-4",
    }  # fmt: skip


def test_the_collection_says_where_it_comes_from_and_has_no_crs(exchange):
    asked = exchange("exchange", "--in 2020", title="The year")
    collection = json.loads(asked.write("geojson").content)
    assert set(collection) == {"type", "chrono", "features"}
    assert collection["chrono"] == {
        "title": "The year", "store": "exchange", "revision": asked.about.revision, "version": asked.about.version,
        "question": {"in": "2020", "first": "2020-01-01", "last": "2020-12-31"}, "today": "2025-11-15",
    }  # fmt: skip


@pytest.mark.parametrize("store", ["exchange", CASES / "hostile"])
def test_geojson_reads_what_was_written(exchange, lenient, store):
    geojson = pytest.importorskip("geojson", reason="the extra 'readers' is not installed")
    asked = exchange(store)
    read = geojson.loads(asked.write("geojson").content)
    assert isinstance(read, geojson.FeatureCollection)
    assert (read.errors(), len(read["features"])) == ([], len(asked.rows))
    assert all(isinstance(feature, geojson.Feature) for feature in read["features"])
    # RFC 7946: longitude, latitude in degrees of WGS84; there is no polygon whose winding could be wrong.
    drawn = [feature for feature in read["features"] if feature["geometry"]]
    assert {feature["geometry"]["type"] for feature in drawn} <= {"Point", "MultiPoint"}
    points = [point for feature in drawn for point in geojson.utils.coords(feature)]
    assert points
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)
