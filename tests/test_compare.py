"""`chrono compare`: a record beside a dataset. tests/cases/stores/held has a pair, or an event alone, for each weight.

Who wrote events.yaml and rows.csv judged by hand which row is of which event, and what that rests on.
"""

import csv
import json
import shutil
from pathlib import Path

import pytest
from conftest import CASES

from mali_chrono.answers import weights
from mali_chrono.answers.sounds import alike, sound
from mali_chrono.answers.weights import TABLE, WEIGHTS

HELD = CASES / "stores" / "held"
ROWS = HELD / "rows.csv"

# Of each event: the row that is of it, and the cases that it was made for.
PAIRS = {
    "2015-01-10-same": ("R01", ("date same; place within 5 km; name the row's place; done to fits; doer fits;"
                               " toll equal; figures one in the row's words; type same category")),
    "2015-02-10-reported": ("R02", ("date the record a day later; place within 15 km; name in the row's words;"
                                   " doer unidentified in the row; toll between low and high; type neighbour")),
    "2015-03-10-early": ("R03", "date the record a day earlier; place within 30 km; toll near"),
    "2015-04-10-figures": ("R04", "date two days apart; place within 60 km; figures two or more"),
    "2015-05-10-three": ("R05", "date three days apart"),
    "2015-06-01-weeks": ("R06", "date within a span of over a week"),
    "2015-07-10-vague-day": ("R07", "date near a vague day"),
    "2015-08-10-distant": ("R08", "place within 100 km"),
    "2015-09-10-same-region": ("R09", "place same region"),
    "2015-11-10-in-the-country": ("R11", "place vague"),
    "2015-12-10-district": ("R12", "place a district of that name"),
    "2016-03-10-taken": ("R15", "type the same, and telling"),
    "2016-04-10-looted": ("R16", "type another"),
    "2016-06-10-one-incident": ("R18a", ""),
    "2016-11-10-crowd": ("R21", ""),
    "2016-12-10-first": ("R22", ""),
    "2017-01-10-told": ("R23", ""),
    "2017-01-12-told-again": ("R23", ""),  # linked with the one before it
    "2017-03-10-spelling": ("R24", ""),
    "2017-08-10-near": ("R28", "place within 5 km"),  # 24 km from the town that it was near
    "2017-09-10-same-words": ("R29a", ""),
    "2017-10-10-one-party": ("R30", ""),
    "2017-11-10-printed": ("R31", "figures one in the row's words"),
    "2018-01-10-known": ("R32", "id the row's own"),  # whatever else the row says
}  # fmt: skip
# Events that have no row: why, those most like them, and the cases that they were made for.
ALONE = {
    "2015-10-10-elsewhere": ("unlike", "R10", "place further; toll far"),
    "2016-01-10-others-hit": ("unlike", "R13", "done to another; toll none against three or more"),
    "2016-02-10-turned": ("unlike", "R14", "done to the row's doer; doer another"),
    "2016-05-10-alike": ("alike", "R17a R17b", ""),
    "2016-07-01-long": ("long", "R19", ""),
    "2016-10-10-crowd-near": ("nothing", "", ""),  # the only row near it is of a riot
    "2016-12-12-second": ("taken", "R22", ""),
    "2017-02-01-open": ("open", "", ""),
    "2018-06-10-more-like": ("taken", "R32", "id the row's own"),
    "2017-06-10-quiet": ("nothing", "", ""),
    "2019-01-01-outside": ("outside", "", ""),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the command says of the made-up file, as json."""
    from mali_chrono import api

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return dict(api.open(HELD).compare(ROWS, "acled"))


def _cases(like) -> set[str]:
    return {f"{point['feature']} {point['case']}" for point in like["points"]}


def _made_for(text: str) -> set[str]:
    return set(filter(None, text.split("; ")))


def test_each_event_has_its_row(found):
    assert {match["event"]["id"]: match["row"]["id"] for match in found["matches"]} == {
        event: row for event, (row, _) in PAIRS.items()
    }


@pytest.mark.parametrize("event", PAIRS)
def test_a_pair_rests_on_what_it_was_made_for(found, event):
    (match,) = (match for match in found["matches"] if match["event"]["id"] == event)
    assert _made_for(PAIRS[event][1]) <= _cases(match)


@pytest.mark.parametrize("event", ALONE)
def test_an_event_alone_says_why(found, event):
    (alone,) = (alone for alone in found["events"] if alone["id"] == event)
    reason, rows, cases = ALONE[event]
    assert (alone["reason"], " ".join(like["row"] for like in alone["likest"])) == (reason, rows)
    assert _made_for(cases) <= {case for like in alone["likest"] for case in _cases(like)}


def test_no_other_event_is_compared(found):
    """The election is of no violent category, and nobody asked for it."""
    assert {alone["id"] for alone in found["events"]} == set(ALONE)


def test_every_weight_has_its_pair():
    made = [_made_for(cases) for *_, cases in (*PAIRS.values(), *ALONE.values())]
    assert {f"{weight.feature} {weight.case}" for weight in TABLE} == set().union(*made)


def test_the_points_are_those_of_the_table_and_add_up(found):
    for like in [*found["matches"], *(like for alone in found["events"] for like in alone["likest"])]:
        assert all(WEIGHTS[point["feature"], point["case"]] == point["value"] for point in like["points"])
        assert like["likeness"] == pytest.approx(sum(point["value"] for point in like["points"]))
        assert len({point["feature"] for point in like["points"]}) == len(like["points"])


def test_the_table_has_each_case_once():
    assert len(WEIGHTS) == len(TABLE)


def test_rows_of_one_incident_stand_with_the_one_that_is_offered(found):
    others = {match["event"]["id"]: [row["id"] for row in match["others"]] for match in found["matches"]}
    assert {event: rows for event, rows in others.items() if rows} == {
        "2016-06-10-one-incident": ["R18b"],  # of one day and near
        "2017-09-10-same-words": ["R29b"],  # 111 km apart
    }


def test_whom_a_row_does_not_name_speaks_against_nothing(found):
    (match,) = (match for match in found["matches"] if match["row"]["id"] == "R30")
    assert {point["feature"] for point in match["points"]} == {"date", "place", "name", "doer", "type"}


def test_a_far_number_of_dead_counts_nothing_where_the_row_prints_the_records_own(found):
    (match,) = (match for match in found["matches"] if match["row"]["id"] == "R31")
    assert "toll" not in {point["feature"] for point in match["points"]}
    assert match["differs"] == ["dead: 12, the row 40"]


def test_rows_alone_are_those_in_the_countries_of_the_record_the_most_dead_first(found):
    """R16 is an event's, R26 lies in another country; those near an event are not like it, or as like it as another."""
    alone = [(row["id"], row["reason"]) for row in found["rows"]]
    assert alone[:2] == [("R25", "nothing"), ("R10", "unlike")]
    told = {match["row"]["id"] for match in found["matches"]} | {
        other["id"] for match in found["matches"] for other in match["others"]
    }
    read = {row["event_id_cnty"] for row in csv.DictReader(ROWS.read_text().splitlines())}
    assert {ident for ident, _ in alone} == read - told - {"R26"}
    dead = [row["counts"]["killed"] for row in found["rows"]]
    assert dead == sorted(dead, reverse=True)
    apart = "1 of a category that was not asked for and 1 of other countries"
    assert found["notes"][1:] == [f"Rows neither listed alone nor added up: {apart}."]


@pytest.fixture
def many(tmp_path):
    """A file of so many rows of 2016 that no event has, of 1 dead each; for a person more than are shown unasked."""

    def write(count: int) -> str:
        head, first, *_ = ROWS.read_text().splitlines()
        row = next(csv.DictReader([head, first]))
        days = [f"2016-{month:02}-{day:02}" for month in (7, 8) for day in range(1, 29)]
        file = tmp_path / "rows.csv"
        with file.open("w", newline="") as out:
            writer = csv.DictWriter(out, row)
            writer.writeheader()
            writer.writerow(row)
            for n, day in enumerate(days[:count]):
                told = {"event_id_cnty": f"M{n:02}", "event_date": day, "year": "2016", "fatalities": "1",
                        "notes": "They met."}  # fmt: skip
                writer.writerow(row | told)
        return str(file)

    return write


@pytest.mark.parametrize("shape", ["plain", "table", "md", "html"])
@pytest.mark.parametrize(("count", "hidden"), [(20, ""), (21, "1 more row without an event: --all shows it"),
                                               (23, "3 more rows without an event: --all shows them")])  # fmt: skip
def test_people_are_told_of_rows_that_they_are_not_shown(chrono, many, shape, count, hidden):
    words = ("compare", many(count), "--as", "acled", "--store", str(HELD), "-f", shape)
    told = chrono(*words).out
    assert f"M{min(count, 20) - 1:02}" in told
    assert "M20" not in told
    assert hidden in " ".join(told.split())
    assert ("--all" in told) is bool(hidden)
    full = chrono(*words, "--all").out
    assert all(f"M{n:02}" in full for n in range(count))
    assert "--all" not in full


@pytest.mark.parametrize("shape", ["csv", "tsv", "json", "jsonl"])
def test_programs_are_given_every_row(chrono, many, shape):
    words = ("compare", many(23), "--as", "acled", "--store", str(HELD), "-f", shape)
    told = chrono(*words).out
    assert all(f"M{n:02}" in told for n in range(23))
    assert "--all" not in told
    assert chrono(*words, "--all").out == told


def test_both_sides_are_added_up(found):
    months = {total["name"]: total for total in found["months"]}
    assert {key: months["2015-01"][key] for key in ("events", "rows", "counts", "matched")} == {
        "events": 1, "rows": 1, "counts": {"killed": 10}, "matched": 1,
    }  # fmt: skip
    may = months["2017-05"]
    assert (may["rows"], may["counts"], may["matched"]) == (1, {"killed": 45}, 0)
    assert (min(months), max(months)) == ("2015-01", "2018-06")  # no month outside the file's time
    # R16 is a strategic development, of no category that was asked for; R26 lies elsewhere.
    rows = [row for row in csv.DictReader(ROWS.read_text().splitlines()) if row["event_id_cnty"] not in ("R16", "R26")]
    for totals in (found["months"], found["regions"]):
        assert sum(total["rows"] for total in totals) == len(rows)
        assert sum(total["counts"]["killed"] for total in totals) == sum(int(row["fatalities"]) for row in rows)


# R01's event lies in North; R25, of 45 dead, is no event's.
@pytest.mark.parametrize(
    ("told", "instead", "North", "none"),
    [
        ("", "", 28, 0),
        ("North,Town,12.000,10.000,1,Paper,On 10", ",Town,12.000,10.000,1,Paper,On 10", 28, 0),
        ("North,Town,12.000,10.000,1,Paper,They fought.,45", ",Town,12.000,10.000,1,Paper,They fought.,45", 27, 1),
    ],
)  # fmt: skip
def test_a_row_without_a_region_counts_where_its_event_does(chrono, tmp_path, told, instead, North, none):  # noqa: N803
    file = tmp_path / "rows.csv"
    file.write_text(ROWS.read_text().replace(told, instead, 1) if told else ROWS.read_text())
    words = ("compare", str(file), "--as", "acled", "--store", str(HELD), "-f", "json")
    regions = {total["name"]: total for total in json.loads(chrono(*words).out)["regions"]}
    assert (regions["North"]["rows"], regions.get("none", {"rows": 0})["rows"]) == (North, none)
    assert regions["North"]["matched"] == 20


def test_a_row_counts_with_its_event_that_has_no_region(chrono, tmp_path):
    store = shutil.copytree(HELD, tmp_path / "held")
    places = store / "data" / "places.yaml"
    places.write_text(places.read_text().replace("Old Town], region: North,", "Old Town],"))
    words = ("compare", str(ROWS), "--as", "acled", "--store", str(store))
    regions = {total["name"]: total for total in json.loads(chrono(*words, "-f", "json").out)["regions"]}
    assert regions["none"]["matched"] > 0
    assert regions["none"]["rows"] == regions["none"]["matched"]
    assert sum(total["rows"] for total in regions.values()) == 33
    assert "not told" not in chrono(*words).out.partition("By region")[2]


def test_why_a_row_is_alone_is_so(found):
    why = {row["id"]: row["why"] for row in found["rows"]}
    assert why["R20"] == "no event of its kind within 3 days"  # of a riot
    assert why["R19"].startswith("like 2016-07-01-long (")  # which spans over 40 days


@pytest.mark.parametrize(
    ("event", "differs"),
    [
        ("2015-01-10-same", []),
        ("2015-02-10-reported", ["the row is 1 day earlier", "12 km apart: Mill", "dead: 2-8, the row 6",
                                 "who did it: the row has Unidentified Armed Group, Military Forces of Land",
                                 "type: bomb, the row Armed clash"]),
        ("2015-11-10-in-the-country", ["the row's place is Town"]),
        ("2016-06-10-one-incident", ["dead: 9, the row 6 (9 with 1 other row of the incident)"]),
        ("2017-01-12-told-again", ["the row is 2 days earlier"]),
    ],
)  # fmt: skip
def test_what_differs_is_told(found, event, differs):
    (match,) = (match for match in found["matches"] if match["event"]["id"] == event)
    assert match["differs"] == differs


def test_nobody_is_called_wrong(chrono):
    told = chrono("compare", str(ROWS), "--as", "acled", "--store", str(HELD)).out
    assert not {"wrong", "error", "false", "incorrect", "mistake"} & set(told.lower().split())


def test_what_matches_have_in_common(found):
    dates = {each["what"]: (each["matches"], each["of"]) for each in found["common"] if each["feature"] == "date"}
    assert dates == {
        "same day": (17, 24), "the record 2 days later": (2, 24), "the record 1 day later": (1, 24),
        "the record 1 day earlier": (1, 24), "the record 3 days earlier": (1, 24), "the record 4 days earlier": (1, 24),
        "the record 151 days earlier": (1, 24),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("--in 2015", "11"), ("--in 2015 --type explosions", "1"), ("--type election", "0"), ("--region South", "4"),
        ("--actor army:perpetrator", "0"), ("--min killed=20", "1"),
    ],
)  # fmt: skip
def test_filters_choose_the_events(chrono, words, count):
    ended = chrono("compare", str(ROWS), "--as", "acled", "--store", str(HELD), "--count", *words.split())
    assert (ended.code, ended.out, ended.err) == (0, f"{count}\n", "")


def test_a_filter_that_rows_cannot_be_asked_lists_no_rows(chrono):
    words = ("compare", str(ROWS), "--as", "acled", "--store", str(HELD), "-f", "json", "--region", "North")
    told = json.loads(chrono(*words).out)
    assert (told["rows"], told["dataset"]["counted"], "months" in told) == ([], None, False)
    assert "rows without an event are not listed" in told["notes"][1]


def test_nothing_is_changed(chrono):
    before = {path: path.read_bytes() for path in HELD.rglob("*") if path.is_file()}
    assert chrono("compare", str(ROWS), "--as", "acled", "--store", str(HELD)).code == 0
    assert {path: path.read_bytes() for path in HELD.rglob("*") if path.is_file()} == before


def test_an_expectation_is_held_against_the_matches(chrono):
    words = ("compare", str(ROWS), "--as", "acled", "--store", str(HELD), "--count", "--expect")
    assert chrono(*words, ">=24").code == 0
    assert chrono(*words, ">=25").err == "error: expected >=25, found 24\n"


@pytest.mark.parametrize("shape", ["plain", "table", "csv", "tsv", "jsonl", "md", "html"])
def test_every_format_tells_all_parts(chrono, shape):
    told = chrono("compare", str(ROWS), "--as", "acled", "--store", str(HELD), "-f", shape)
    assert (told.code, told.err) == (0, "")
    words = ("2015-02-10-reported", "R02", "2016-05-10-alike", "R17b", "R25", "2017-05", "North")
    assert all(word in told.out for word in words)


def test_a_row_for_a_program_says_of_which_part_it_is(chrono):
    words = ("compare", str(ROWS), "--as", "acled", "--store", str(HELD), "-f", "csv", "--fields", "part,event")
    told = chrono(*words)
    parts = [row["part"] for row in csv.DictReader(told.out.splitlines())]
    assert list(dict.fromkeys(parts)) == ["matches", "common", "events", "rows", "months", "regions"]
    assert parts.count("matches") == len(PAIRS)


def test_ucdp_is_compared_by_its_map(chrono, tmp_path):
    file = tmp_path / "ged.csv"
    file.write_text(
        "id,year,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,country,latitude,longitude,date_prec,"
        "date_start,date_end,best,high,low\n"
        "7,2015,1,Government of Land,RS,1,Town town,North region,Land,12.0,10.0,1,2015-01-10,2015-01-10,10,12,8\n"
        "8,2015,1,Government of Land,RS,1,Town town,North region,Land,12.0,10.0,5,2015-01-01,2015-12-31,50,60,40\n"
    )
    words = ("compare", str(file), "--as", "ucdp-ged", "--store", str(HELD), "--in", "2015-01", "-f", "json")
    told = json.loads(chrono(*words).out)
    assert [(row["id"], row["why"]) for row in told["rows"]] == [("8", "it spans over 40 days")]
    (match,) = told["matches"]
    assert (match["event"]["id"], match["row"]["id"], match["row"]["region"]) == ("2015-01-10-same", "7", "North")


def test_its_own_export_finds_its_events_again(chrono, tmp_path):
    """An export's rows have the ids of their events, so that each pair is judged; 19 in 20 have enough in common."""
    file = tmp_path / "rows.csv"
    types = [word for kind in ("battles", "explosions", "violence", "riots") for word in ("--type", kind)]
    chrono("timeline", *types, "-f", "acled", "-o", str(file))
    found = json.loads(chrono("compare", str(file), "--as", "acled", "-f", "json").out)
    assert [pair for pair in found["matches"] if pair["event"]["id"] != pair["row"]["id"]] == []
    assert len(found["matches"]) >= 0.95 * found["dataset"]["events"]


@pytest.mark.parametrize(
    ("content", "words", "code", "message"),
    [
        (None, "--as acled", 1, "cannot read"),
        ("", "--as acled", 1, "rows.csv:1:1: the file is empty"),
        ("a,b\n1,2\n", "--as acled", 1, "no column 'event_date'"),
        ("a,b\n1,2\n", "--as aclde", 2, "there is no map 'aclde': did you mean 'acled'?"),
        ("a,b\n1,2\n", "", 2, "missing option '--as'"),
        ("a,b\n1,2\n", "--as acled --covers", 2, "--covers is for timeline"),
        ("a,b\n1,2\n", "--as acled -n 3", 2, "no --limit"),
        (ROWS.read_text(), "--as acled --fields row,sum", 2, "unknown field 'sum'"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_message(chrono, tmp_path, content, words, code, message):
    file = tmp_path / "rows.csv"
    if content is not None:
        file.write_text(content)
    ended = chrono("compare", str(file), "--store", str(HELD), *words.split())
    assert (ended.code, ended.out) == (code, "")
    assert message in ended.err
    assert ended.err.count("error:") == 1


def test_rows_that_cannot_be_read_are_told(chrono, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text(ROWS.read_text().replace("They fought.,8", "They fought.,eight"))
    ended = chrono("compare", str(file), "--as", "acled", "--store", str(HELD), "--in", "2015-03")
    assert "1 row could not be read: line 4, column 21 (fatalities): 'eight' is no whole number." in ended.out


def test_what_a_terminal_would_obey_is_shown(chrono, terminal, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text(ROWS.read_text().replace("R25", "R\x1b[31m25").replace("Mill", "M\u202ell"))
    for width in (40, 80, 200):
        terminal(width)
        told = chrono("compare", str(file), "--as", "acled", "--store", str(HELD)).out
        assert "\x1b" not in told
        assert "\u202e" not in told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ouagadougou", "Wagadugu", True), ("Boukary", "Bukari", True), ("Hombori", "Ombori", True),
        ("N'Gorkou", "Ngorku", True), ("Tessalit", "Tesalit", True), ("Aguelhok", "Agelok", True),  # one letter off
        ("Town", "Tawn", False), ("Mill", "Mills", False), ("Menaka", "Mopti", False), ("", "", False),
    ],
)  # fmt: skip
def test_names_that_sound_alike(one, other, same):
    assert alike(sound(one), sound(other)) is same
    assert alike(sound(other), sound(one)) is same


@pytest.fixture(scope="module")
def kin(tmp_path_factory):
    from mali_chrono.answers.kin import read_kin
    from mali_chrono.answers.vocabulary import words_of
    from mali_chrono.index import cache
    from mali_chrono.store.locate import Store

    def look_up(connection):
        return read_kin(connection, words_of(connection), {"Boys of the Bay": "rebels", "Nobody": "none"})

    return cache.answer(Store(HELD, "held"), None, 0, look_up)


@pytest.mark.parametrize(
    ("actor", "name", "kind", "fits"),
    [
        ("rebels", "RS: Rebels of Shore", "Rebel group", True),
        ("rebels", "RS", "", True),
        ("rebels", "Black Band", "Rebel group", True),  # part of them
        ("black-band", "RS", "Rebel group", True),
        ("rebels", "Union of Shore", "Rebel group", True),  # what they went into
        ("rebels", "Front of Marsh", "Rebel group", True),  # a name nobody has: by its class
        ("rebels", "Front of Marsh", "Political militia", False),
        ("rebels", "Unidentified Armed Group", "Rebel group", False),
        ("army", "Military Forces of Land", "State forces", True),  # by whose they are
        ("army", "Military Forces of Land Border Guard", "State forces", True),
        ("army", "Peace Mission", "State forces", False),  # somebody else, whatever the class
        ("mission", "Military Forces of Land", "External/Other forces", False),
        ("villagers", "Civilians", "Civilians", True),
        ("chief", "Civilians", "Civilians", True),  # a person may be one
        ("hill-people", "Hillmen Ethnic Group", "", True),  # the beginning of the name
        ("hill-people", "Farmers", "", False),
        ("rebels", "Boys of the Bay", "", True),  # by the map's own table of names
        ("army", "Boys of the Bay", "State forces", False),
        ("army", "Nobody", "State forces", True),  # an id that the store has not
        ("raiders", "RS", "Rebel group", True),  # of whom no name is told: by the class
        ("raiders", "Military Forces of Land", "State forces", False),
        ("raiders", "Raiders, group not named", "Rebel group", True),  # the very one
    ],
)
def test_who_may_be_who(kin, actor, name, kind, fits):
    from mali_chrono.answers.pairs import Party

    assert kin.fits(actor, Party(name, kind)) is fits


def test_limits_are_those_that_the_page_tells():
    page = (Path(__file__).parent.parent / "docs" / "compare.md").read_text("utf-8")
    for weight in TABLE:
        assert f"| {weight.feature} | {weight.case} | {weight.value:g} |" in page
    assert f"{weights.LEAST} or more" in page
    assert f"{weights.LEAD} above" in page
