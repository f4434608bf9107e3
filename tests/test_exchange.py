"""The formats for other programs on the command line: each heeds every filter, says what it leaves out, and is the same
bytes for the same question."""

import csv
import io
import json
import os
import re
import sys

import pytest
from conftest import CASES, first_of_each
from helpers.asking import STORES

from mali_chrono.exchange import telling
from mali_chrono.render.formats import EVENTS, FORMATS

NAMES = [format_.name for format_ in FORMATS.values() if format_.takes == EVENTS]
TEXTS = [name for name in NAMES if not FORMATS[name].binary]
# Filters of every kind, and how many of the eleven events each finds.
FILTERS = {
    "": 11, "--since 2020-06": 7, "--until 2020": 9, "--in 2020-06 --must": 2, "--within --in 2020": 7,
    "--actor rebels": 4, "--actor rebels:perpetrator --with army": 1, "--role victim": 4, "--place shore": 10,
    "--place town --direct": 5, "--type battles": 3, "--tag market": 1, "--source annals": 2, "--outlet Radio": 1,
    "--min killed=10": 2, "--disputed": 1, "-m rain": 1, "--exclude type=raid": 9, "-n 2": 2, "--reverse -n 3": 3,
    "--sort killed -n 1": 1,
}  # fmt: skip
LEFT = re.compile(r"(\w+): (\d+) of (\d+) events? (?:is|are) left out: .+\n")


@pytest.fixture
def write(chrono):
    """Run `chrono timeline` in a format on a small store."""

    def run(name, line="", store="exchange"):
        return chrono("timeline", *line.split(), "-f", name, "--store", str(STORES / store))

    return run


def ids(name, text):
    """The ids of the events in an answer, in order."""
    match name:
        case "ics":
            found = re.findall(r"^UID:(.+)@mali-chrono", text.replace("\r\n ", ""), re.MULTILINE)
            return list(dict.fromkeys(uid.partition(".")[0] for uid in found))
        case "geojson":
            return [feature["id"] for feature in json.loads(text)["features"]]
        case "timelinejs":
            return [slide["unique_id"] for slide in json.loads(text)["events"]]
        case "acled":
            return [row["event_id_cnty"] for row in csv.DictReader(io.StringIO(text))]
        case "jsonld":
            return [node["identifier"] for node in json.loads(text)["@graph"] if node["@type"] == "Event"]
    raise AssertionError(name)


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "csl"])
@pytest.mark.parametrize("line", first_of_each(FILTERS, 2))
def test_every_filter_is_heeded(write, name, line):
    asked = [row["id"] for row in json.loads(write("json", line).out)["events"]]
    assert len(asked) == FILTERS[line]
    ended = write(name, line)
    told = ids(name, ended.out)
    left = LEFT.fullmatch(ended.err)
    assert ended.code == 0
    assert told == [ident for ident in asked if ident in told]
    assert len(told) + (int(left[2]) if left else 0) == len(asked)
    assert left is None or (left[1], int(left[3])) == (name, len(asked))


def test_what_is_left_out_is_said_with_its_reasons(write):
    assert write("ics").err == (
        "ics: 4 of 11 events are left out: 2 of over 31 days, 1 before Christ, 1 without a first or last day\n"
    )
    assert write("acled", "--type pact --in 2020").err == (
        "acled: 1 of 1 event is left out: 1 with no place below a country\n"
    )


def test_an_actor_in_two_parts_is_named_once():
    parts = [
        {"name": "Rebels", "role": "perpetrator", "certainty": "suspected"},
        {"name": "Army", "role": "target", "certainty": "confirmed"},
        {"name": "Rebels", "role": "claimant", "certainty": "confirmed"},
    ]
    assert telling.who({"actors": parts}) == "Rebels (perpetrator, suspected; claimant); Army (target)"


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_question_gives_the_same_bytes(write, name):
    assert write(name) == write(name)


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_matching_is_an_answer_too(write, name):
    ended = write(name, "--in 1700")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("\n")


@pytest.mark.parametrize("name", TEXTS)
def test_no_path_of_the_machine_is_told(write, name):
    out = write(name).out
    assert str(CASES) not in out
    assert os.path.sep.join(("stores", "exchange")) not in out


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "acled"])
def test_store_revision_version_question_and_day_are_told(write, name):
    from mali_chrono import __version__

    out = write(name, "--in 2020").out.replace("\r\n ", "")
    assert all(said in out for said in ("exchange", "2020", "2025-11-15", __version__))
    assert re.search(r"[0-9a-f]{12}", out)


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("x.ics", "BEGIN:VCALENDAR\r\n"), ("x.geojson", '{"type": "FeatureCollection", '),
        ("x.jsonld", '{"@context": '),
    ],
)  # fmt: skip
def test_the_name_of_a_file_says_its_format(chrono, tmp_path, file, begins):
    ended = chrono("timeline", "--type", "raid", "-o", str(tmp_path / file), "--store", str(STORES / "exchange"))
    assert ended == (0, "", "")
    assert (tmp_path / file).read_bytes().decode().startswith(begins)


def test_a_workbook_is_for_a_file(chrono, terminal, tmp_path):
    pytest.importorskip("xlsxwriter", reason="the extra 'xlsx' is not installed")
    ended = chrono("timeline", "-o", str(tmp_path / "x.xlsx"), "--store", str(STORES / "exchange"))
    assert ended == (0, "", "")
    assert (tmp_path / "x.xlsx").read_bytes()[:2] == b"PK"
    terminal(80)
    ended = chrono("timeline", "-f", "xlsx", "--store", str(STORES / "exchange"))
    assert (ended.code, ended.out, ended.err) == (2, "", "error: xlsx is for a file: -o FILE.xlsx\n")


def test_without_its_package_the_extra_is_named(chrono, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    ended = chrono("timeline", "-o", str(tmp_path / "x.xlsx"), "--store", str(STORES / "exchange"))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: --format xlsx needs one more package: pip install 'mali-chrono[xlsx]'\n"
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize("name", NAMES)
def test_columns_cannot_be_chosen_where_a_format_has_its_own(write, name):
    ended = write(name, "--fields id,title")
    assert (ended.code, ended.out, ended.err) == (2, "", f"error: --fields chooses columns; {name} has its own\n")


@pytest.mark.parametrize("name", TEXTS)
def test_an_expectation_is_of_the_events_that_match(write, name):
    ended = write(name, "--type raid --expect >2")
    assert (ended.code, ended.err) == (1, "error: expected >2, found 2\n")
    assert ended.out == write(name, "--type raid").out


@pytest.mark.parametrize("name", NAMES)
def test_a_count_is_a_count_in_every_format(write, name):
    assert write(name, "--count") == (0, "11\n", "")
