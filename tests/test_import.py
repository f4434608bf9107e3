"""`chrono import`: rows become events that cite them, again and again, and nothing is written in part."""

import csv
import json
import os
import shutil

import pytest
from conftest import CASES, ROOT
from helpers.acledcsv import NOW, many, row, text

from mali_chrono.intake.own import figure_of
from mali_chrono.kinds import BUILT_IN_MAPS
from mali_chrono.store.load import load
from mali_chrono.store.locate import find


@pytest.fixture
def bring(chrono, good, tmp_path):
    """Import rows of ACLED's into the small store, by a file of some name, beside which its copies lie."""
    copies = tmp_path / "copies"
    copies.mkdir()

    def run(rows: list[dict[str, str]] | str, *more: str, name: str = "clashes.csv", rule: str = "acled"):
        (copies / name).write_text(rows if isinstance(rows, str) else text(rows), "utf-8")
        return chrono("import", str(copies / name), "--as", rule, "--into", str(good), *more)

    return run


@pytest.fixture
def verify(chrono, good, tmp_path):
    """What the proof fails or leaves open of one document."""

    def run(source: str = "clashes") -> list[tuple[str, str]]:
        ended = chrono("verify", str(tmp_path / "copies"), "--only", source, "--store", str(good), "-f", "json")
        assert ended.code in (0, 1), ended.err
        return [(problem["rule"], problem["message"]) for problem in json.loads(ended.out)["problems"]]

    return run


def events(good) -> dict:
    """The events of a store that came by a map, by id."""
    return {event.id: event for event in load(find(str(good), None)).chronology.events if "-acled-" in event.id}


def held(folder) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# A map of one's own.
CUTS = (
    "date: {column: when, forms: [DD.MM.YYYY]}\ntype: {column: what, categories: {else: society}}\n"
    "place: {column: where}\ntitle: '{what} in {where}'\nsummary: '{what} in {where}: {homes} homes.'\n"
    "tolls: {kind: displaced, column: homes}\n"
)
ARMY = {"actor1": "People's Front (2012-)", "actor2": "Land Army (2013-2020)", "location": "Oldtown",
        "latitude": "10.5", "longitude": "-3.25"}  # fmt: skip


def cuts(folder, *changes: tuple[str, str]) -> str:
    """A map of one's own, in a file of some folder; with other words in places."""
    text = CUTS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "cuts.yaml").write_text(text, "utf-8")
    return str(folder / "cuts.yaml")


def test_a_row_becomes_an_event_that_cites_it(bring, good, verify, chrono):
    ended = bring([row(**ARMY)])
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "clashes.csv: 1 row read (acled, since 2023; dates are YYYY-MM-DD)\n"
        "1 new event, 0 held already, 0 rows left out\n"
        "cited as clashes; chrono verify FOLDER proves it, with clashes.csv in the FOLDER\n"
    )
    assert (good / "data/events/clashes.yaml").read_text("utf-8") == (
        "- id: 2020-07-31-acled-lnd1\n"
        "  date: 2020-07-31\n"
        '  title: "Armed clash in Oldtown: People\'s Front - Land Army"\n'
        "  type: armed-clash\n"
        "  places: [town]\n"
        "  actors:\n"
        "    - {actor: front, role: participant}\n"
        "    - {actor: army, role: participant}\n"
        "  tolls:\n"
        "    - {killed: 3, of: everyone}\n"
        "  cites: [clashes:2]\n"
        "  outlets: [Radio A, Daily B]\n"
        "  summary: On 31 July 2020, rebels attacked soldiers. Three were killed.\n"
        "  ids: {acled: LND1}\n"
    )
    assert verify() == []
    assert chrono("check", "--strict", "--store", str(good)).code == 0


@pytest.mark.parametrize(
    ("name", "source"),
    [("\u0441\u043e\u0431\u044b\u0442\u0438\u0435.csv", "table"), ("2024.csv", "2024"),
     ("\u65e5\u672c2024.csv", "table-2024"), ("---.csv", "table"),
     ("\u062d\u0648\u0627\u062f\u062b x.csv", "x")],
)  # fmt: skip
@pytest.mark.parametrize("rule", ["cuts", "\u043a\u0430\u0440\u0442\u0430"])
def test_names_without_a_latin_letter_can_be_imported(bring, good, verify, tmp_path, name, source, rule):
    mine = tmp_path / f"{rule}.yaml"
    mine.write_text(CUTS)
    content = "when;what;where;homes\n03.02.2024;Cut;Town;31\n"
    ended = bring(content, name=name, rule=str(mine))
    assert (ended.code, ended.err, f"cited as {source};" in ended.out) == (0, "", True)
    assert verify(source) == []
    assert "0 new events, 1 held already" in bring(content, name=name, rule=rule).out
    more = content + "04.02.2024;Cut;Town;32\n"
    later = bring(more, name=f"{name[:-4]}.tsv", rule=rule).out
    assert f"1 new event, 1 held already, 0 rows left out\ncited as {source}-2;" in later


def test_the_file_itself_is_the_document(bring, good):
    bring([row(**ARMY)])
    (source,) = (s for s in load(find(str(good), None)).chronology.sources if s.id == "clashes")
    assert (source.file, source.format, source.map, source.lines, source.as_of.text) == (
        "clashes.csv", "csv", "acled", 2, "2020-07-31",
    )  # fmt: skip


def test_what_the_store_lacks_becomes_a_stub_to_look_at_with_its_count(bring, good):
    rows = [row(), row(event_id_cnty="LND2", actor2="Civilians (Land)", inter2="7", sub_event_type="Attack")]
    ended = bring(rows)
    assert "actors that the store had not, and that are stubs now, to be looked at (3):\n         2  rfs" in ended.out
    loaded = load(find(str(good), None)).chronology
    actors = {actor.id: actor for actor in loaded.actors}
    assert (actors["rfs"].name, actors["rfs"].short, actors["rfs"].kind) == ("Rebels for Shore", "RFS", "rebel-group")
    assert actors["civilians"].kind == "civilians"
    assert actors["rfs"].note == "To review: named by 2 events of clashes.csv; is it known under another name?"
    (harbour,) = (place for place in loaded.places if place.id == "harbour")
    assert (harbour.region, harbour.lat, harbour.lon, harbour.precision) == ("Shore", 10.5, 1.25, 1)
    assert [(kind.id, kind.category) for kind in loaded.types if kind.name == "Attack"] == [("attack", "battles")]


@pytest.mark.parametrize(
    ("longest", "title"),
    [
        (60, "Armed clash in Oldtown: People's Front - Land Army"),
        (40, "Armed clash in Oldtown: People's Front"),
        (30, "Armed clash in Oldtown"),
        (20, "Armed clash in ..."),
    ],
)
def test_a_title_is_as_long_as_the_store_lets_it_be(bring, good, longest, title):
    (good / "data/chronology.yaml").write_text(f"format: 1\ntitle_length: {longest}\n")
    (good / "data/events.yaml").write_text("[]\n")
    assert bring([row(**ARMY)]).code == 0
    assert [event.title for event in events(good).values()] == [title]


def test_warnings_that_an_import_brings_are_told(bring, chrono, good):
    """A line a rule, with its first place and how many more there are; of a dry run the same."""
    fields = ["B\u043eg", "M\u0456ll", "Qu\u0430y"]
    rows = [row(event_id_cnty=f"LND{n}", location=at) for n, at in enumerate(fields)]
    told = (
        "warning: data/events/clashes.yaml:3:10: 'B\u043eg' is written in Latin and Cyrillic letters [mixed-script] and"
        " 5 more: write all of it in one alphabet: '\u043e' (CYRILLIC SMALL LETTER O)\n"
        "6 warnings in all: `chrono check` tells each\n"
    )
    assert bring(rows, "--dry-run").err == told
    ended = bring(rows)
    assert (ended.code, ended.err) == (0, told)
    assert chrono("check", "--store", str(good)).out.count("[mixed-script]") == 6
    assert bring(rows).err == "", "they are not new any more"


def test_civilians_who_are_hit_are_victims(bring, good):
    bring(
        [row(event_type="Violence against civilians", sub_event_type="Attack", actor2="Civilians (Land)", inter2="7")]
    )
    (event,) = events(good).values()
    assert [(part.actor, part.role) for part in event.actors] == [("rfs", "perpetrator"), ("civilians", "victim")]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"location": "Town", "latitude": "10.51", "longitude": "-3.26"}, "town"),
        ({"location": "Town", "latitude": "10.51", "longitude": "-3.26", "geo_precision": "2"}, "~town"),
        # Another place of that name, far away.
        ({"location": "Town", "latitude": "12.51", "longitude": "-3.26"}, "town-shore"),
        # An area, named by its main town.
        ({"location": "Town", "admin1": "North", "geo_precision": "3"}, "north"),
        ({"location": "Town", "admin1": "South", "geo_precision": "3"}, "south-region"),
    ],
)
def test_places_are_matched_by_name_and_point(bring, good, changes, place):
    bring([row(**changes)])
    assert [str(ref) for ref in next(iter(events(good).values())).places] == [place]


def test_a_place_keeps_its_region_and_lies_in_its_country(bring, good, chrono):
    rows = [
        row(location="Shore", event_id_cnty="A"), row(location="Shore Town", event_id_cnty="B"),
        row(location="Hilltop", admin1="North", longitude="-3.2", event_id_cnty="C"),
        row(location="Farland", admin1="Coast", country="Farland", latitude="1.5", event_id_cnty="D"),
        row(location="Bay", admin1="Coast", country="Farland", latitude="1.25", geo_precision="3", event_id_cnty="E"),
    ]  # fmt: skip
    ended = bring(rows)
    assert ended.code == 0, ended.err
    assert "         2  farland  Farland\n" in ended.out
    places = {place.id: place for place in load(find(str(good), None)).chronology.places}
    assert {ident: (place.region, place.within) for ident, place in places.items()} == {
        "land": (None, None), "north": ("North", "land"), "town": ("North", "north"),
        "shore": ("Shore", "land"), "shore-town": ("Shore", "land"), "hilltop": ("North", "north"),
        "farland": (None, None), "farland-coast": ("Coast", "farland"), "coast-region": ("Coast", "farland"),
    }  # fmt: skip
    assert (places["farland"].precision, places["coast-region"].precision) == (6, 4)
    for region, count in (("Shore", "2"), ("Coast", "2"), ("North", "1")):
        asked = chrono("timeline", "--store", str(good), "--in", "2020", "--region", region, "--count")
        assert asked.out == f"{count}\n"
    told = chrono("timeline", "--store", str(good), "--in", "2020", "-f", "acled").out
    found = {line["location"]: (line["country"], line["admin1"]) for line in csv.DictReader(told.splitlines())}
    assert found == {"Shore": ("Land", "Shore"), "Shore Town": ("Land", "Shore"), "Hilltop": ("Land", "North"),
                     "Farland (Coast)": ("Farland", "Coast"), "Coast region": ("Farland", "Coast")}  # fmt: skip
    assert "places.yaml" not in chrono("check", "--strict", "--store", str(good)).out


def test_a_place_without_a_point_claims_no_precision(bring, good, chrono, tmp_path):
    assert bring("when;what;where;homes\n03.02.2024;Cut;Mill Lane;31\n", name="a.csv", rule=cuts(tmp_path)).code == 0
    assert chrono("check", "--strict", "--store", str(good)).out == ""
    (place,) = (place for place in load(find(str(good), None)).chronology.places if place.id == "mill-lane")
    assert place.precision == 5
    assert "places that the store had not" not in bring([row(location="Mill Lane")], "--dry-run").out


def test_a_map_may_say_which_id_a_name_is(bring, good, tmp_path, chrono):
    mine = tmp_path / "mine.yaml"
    mine.write_text(chrono("import", "--as", "acled", "--show-map").out + "names: {'RFS: Rebels for Shore': front}\n")
    ended = bring([row()], rule=str(mine))
    assert ended.code == 0, ended.err
    loaded = load(find(str(good), None)).chronology
    assert [e.actors[0].actor for e in loaded.events if "-mine-" in e.id] == ["front"]
    assert (good / "data/maps/mine.yaml").read_bytes() == mine.read_bytes()
    assert chrono("check", "--store", str(good)).code == 0


def test_a_table_that_names_nobody(bring, good, verify, tmp_path):
    assert bring("when;what;where;homes\n03.02.2024;Cut;Town;31\n", name="cuts.csv", rule=cuts(tmp_path)).code == 0
    told = load(find(str(good), None)).chronology.events
    (event,) = (event for event in told if event.id.startswith("2024-02-03-cuts-"))
    assert ([part.actor for part in event.actors], event.tolls[0].figure.text) == (["not-named"], "31")
    assert verify("cuts") == []
    again = bring("when;what;where;homes\n03.02.2024;Cut;Town;31\n04.02.2024;Cut;Town;9\n", name="b.csv", rule="cuts")
    assert "1 new event, 1 held already" in again.out


@pytest.mark.parametrize("homes", ["999", "1000", "1200", "1850", "2019", "2024", "2999", "3000", "12000"])
@pytest.mark.parametrize("name", ["cuts.csv", "cuts.json"])
def test_a_figure_that_could_be_a_year_is_proved_by_its_cell(bring, good, verify, tmp_path, homes, name):
    content = f"when;what;where;homes\n03.02.2024;Cut;Town;{homes}\n"
    if name.endswith("json"):
        content = json.dumps([{"when": "03.02.2024", "what": "Cut", "where": "Town", "homes": int(homes)}])
    assert bring(content, name=name, rule=cuts(tmp_path)).code == 0
    assert verify("cuts") == []
    file = good / "data/events/cuts.yaml"
    file.write_text(file.read_text("utf-8").replace(f"{homes} homes", "1201 homes"), "utf-8")
    assert [rule for rule, _ in verify("cuts")] == ["figure-not-printed"]


DEALS = "id,day,what,who,whom,where\nd1,2020-07-31,Sale,Acme,Nadir,Town\n"
DEAL_MAP = """\
id: id
date: {column: day}
type: {column: what, categories: {Sale: money}}
place: {column: where}
actors:
  - {column: who, roles: {else: maker}}
  - {column: whom, roles: {else: buyer}}
title: "{what} in {where}"
summary: "{what} in {where}."
"""


@pytest.fixture
def deal(chrono, tmp_path):
    """Import a deal into a store with words of its own, by a map with other words in places."""
    store = shutil.copytree(CASES / "stores/firm", tmp_path / "firm")
    (tmp_path / "deals.csv").write_text(DEALS, "utf-8")

    def run(*changes: tuple[str, str]):
        own = DEAL_MAP
        for old, new in changes:
            assert old in own
            own = own.replace(old, new)
        (tmp_path / "deals.yaml").write_text(own, "utf-8")
        before = held(store)
        ended = chrono(
            "import", str(tmp_path / "deals.csv"), "--as", str(tmp_path / "deals.yaml"), "--into", str(store)
        )
        if ended.code:
            assert held(store) == before
            return ended.err or ended.out
        events = {event.id: event for event in load(find(str(store), None)).chronology.events}
        return [(part.actor, part.role) for part in events["2020-07-31-deals-d1"].actors]

    return run


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([], [("acme", "maker"), ("nadir", "buyer")]),
        # What a role means, where one role means it; less where none does.
        ([("else: maker", "else: does"), ("else: buyer", "else: suffers")], [("acme", "maker"), ("nadir", "rival")]),
        ([("else: maker", "else: signs")], [("acme", "buyer"), ("nadir", "buyer")]),
        ([(", roles: {else: maker}", "")], [("acme", "buyer"), ("nadir", "buyer")]),
        ([("else: buyer", "else: buyr")], "error: deals: 'buyr' is no role of the store: did you mean 'buyer'?\n"),
        ([("Sale: money", "Sale: mony")],
         ("error: deals: 'mony' is no category of the store ('categories:' of the map, for 'Sale'):"
          " did you mean 'money'?\n")),
        ([(", categories: {Sale: money}", "")],
         ("deals.csv: 1 row read (deals; dates are YYYY-MM-DD)\n0 new events, 0 held already, 1 row left out\n\n"
          "left out (1):\n  line 2, column 3 (what): 'Sale' is no type of the store, and in no category of the map's:"
          " name one in 'categories:'\n")),
    ],
)  # fmt: skip
def test_an_import_says_of_roles_and_categories_what_its_map_says(deal, changes, told):
    assert deal(*changes) == told


@pytest.mark.parametrize("example", ["biography", "company", "outage"])
def test_where_a_store_has_no_word_for_a_category_or_role_nothing_is_made_up(chrono, tmp_path, example):
    chrono("init", str(tmp_path / "own"), "--example", example)
    (tmp_path / "clashes.csv").write_text(text([row()]), "utf-8")
    before = held(tmp_path / "own")
    ended = chrono("import", str(tmp_path / "clashes.csv"), "--as", "acled", "--into", str(tmp_path / "own"))
    assert ended.code == 1
    assert ended.err.startswith("error: acled: 'battles' is no category of the store")
    mine = tmp_path / "mine.yaml"
    own = chrono("import", "--as", "acled", "--show-map").out
    category = {"biography": "life", "company": "deals", "outage": "failure"}[example]
    mine.write_text(own.replace("Battles: battles", f"Battles: {category}"), "utf-8")
    ended = chrono("import", str(tmp_path / "clashes.csv"), "--as", str(mine), "--into", str(tmp_path / "own"))
    if example == "outage":
        assert ended.code == 0
        return
    some = {"biography": "self and companion", "company": "buyer and seller"}[example]
    assert ended.err == (
        f"error: mine: the map says 'takes-part' of 'RFS: Rebels for Shore', and in the store {some} mean that: name a"
        f" role of the store's in 'roles:' of a map of your own, like roles: {{else: {some.partition(' ')[0]}}}\n"
    )
    assert held(tmp_path / "own") == before


def test_a_store_with_other_words_keeps_what_it_has_words_for(chrono, tmp_path):
    store = shutil.copytree(CASES / "stores/firm", tmp_path / "firm")
    (tmp_path / "clashes.csv").write_text(text([row()]), "utf-8")
    mine = tmp_path / "mine.yaml"
    own = chrono("import", "--as", "acled", "--show-map").out
    mine.write_text(own.replace("Battles: battles", "Battles: rumours"), "utf-8")
    ended = chrono("import", str(tmp_path / "clashes.csv"), "--as", str(mine), "--into", str(store))
    assert "figures left out, of kinds of toll that the store has not: killed\n" in ended.out
    assert chrono("check", "--store", str(store)).code == 0
    assert chrono("verify", str(tmp_path), "--only", "clashes", "--store", str(store)).code == 0


def test_a_code_that_the_map_does_not_know_leaves_its_row_out(bring, good):
    ended = bring([row(**ARMY), row(event_id_cnty="LND2", event_type="Wars", sub_event_type="Big war", **ARMY)])
    assert (ended.code, list(events(good))) == (1, ["2020-07-31-acled-lnd1"])
    assert "line 3, column 7 (sub_event_type): 'Big war' is no type of the store" in ended.out


@pytest.mark.parametrize("between", ["", "\n"])
def test_stubs_are_parted_as_the_records_of_their_file_are(bring, good, between):
    file = good / "data/actors.yaml"
    file.write_text(file.read_text("utf-8").replace("\n- id", f"\n{between}- id"), "utf-8")
    bring([row(), row(event_id_cnty="LND2", actor2="Villagers")])
    text = file.read_text("utf-8")
    assert text.count(f"\n{between}- id: ") == text.count("\n- id: ") == 5
    assert ("\n\n" in text) == bool(between)


def test_what_is_imported_is_laid_out_and_told_apart_by_its_rows(bring, good, chrono):
    bring([row(**ARMY, event_date=f"2020-07-{day:02}", event_id_cnty=f"L{day}", notes="") for day in (1, 5, 9)])
    assert chrono("fmt", "--check", "--store", str(good)).code == 0
    assert chrono("check", "--strict", "--store", str(good)).out == ""


@pytest.mark.parametrize("is_there", [True, False])
def test_where_the_file_belongs_for_the_proof_is_told(bring, good, chrono, tmp_path, is_there):
    (good / "documents").mkdir()
    if is_there:
        (good / "documents/clashes.csv").write_text(text([row(**ARMY)]), "utf-8")
    ended = bring([row(**ARMY)])
    more = "" if is_there else "; for chrono verify, copy clashes.csv to documents/"
    assert f"\ncited as clashes{more}\n" in ended.out
    shutil.copy(tmp_path / "copies/clashes.csv", good / "documents/clashes.csv")
    assert chrono("verify", str(good / "documents"), "--only", "clashes", "--store", str(good)).code == 0


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_what_may_be_told_already_is_listed(bring, good, tmp_path, more):
    (good / "data/events.yaml").write_text(KEPT.replace("2012-north", "2020-07-kept").replace(
        "[2012-03-22..2012-04-06]", "2020-07-30/2020-08-01") % "")  # fmt: skip
    others = [row(event_id_cnty="LND2", **ARMY | {"location": "Hilltop"}), row(event_id_cnty="LND3", **ARMY,
              event_date="2020-09-01", notes="")]  # fmt: skip
    ended = bring([row(**ARMY), *others], *more)
    assert (
        "\nnew, with the day, place and type of an event that the store had: told already? (1):\n"
        "  2020-07-31-acled-lnd1 (line 2): like 2020-07-kept\n"
        f"  to hold them side by side: chrono compare {tmp_path}/copies/clashes.csv --as acled --store {good}\n"
    ) in ended.out


def test_rows_of_one_dataset_are_not_taken_for_each_other(bring):
    bring(TWO)
    assert "told already" not in bring([*TWO, row(event_id_cnty="LND3", **ARMY)], name="later.csv").out


# Rows left out.


def test_rows_that_cannot_be_read_are_told_and_the_others_come(bring, good, verify):
    ended = bring([row(**ARMY), row(event_id_cnty="LND2", fatalities="many"), row(event_id_cnty="LND3", **ARMY)])
    assert ended.code == 1
    assert "2 new events, 0 held already, 1 row left out\n" in ended.out
    assert "left out (1):\n  line 3, column 29 (fatalities): 'many' is no whole number\n" in ended.out
    assert list(events(good)) == ["2020-07-31-acled-lnd1", "2020-07-31-acled-lnd3"]
    assert verify() == []


def test_a_file_that_is_no_table_writes_nothing(bring, good):
    before = held(good)
    ended = bring(text([row()]).replace("event_date", "date"))
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert held(good) == before


def test_a_dry_run_says_the_same_and_writes_nothing(bring, good):
    before = held(good)
    dry = bring([row(), row(event_id_cnty="LND2", fatalities="x")], "--dry-run")
    assert held(good) == before
    real = bring([row(), row(event_id_cnty="LND2", fatalities="x")])
    assert dry.code == real.code == 1
    for said, meant in (("would be cited", "cited"), (" to be written", ""), ("would be stubs", "are stubs now")):
        dry = dry._replace(out=dry.out.replace(said, meant))
    assert dry.out == real.out


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no modes here")
def test_nothing_is_written_where_one_file_cannot_be(bring, good):
    (good / "data/actors.yaml").chmod(0o444)
    before = held(good)
    ended = bring([row()])
    assert (ended.code, ended.err) == (1, "error: nothing was written: it is read-only\n")
    assert held(good) == before


def test_nothing_is_written_that_check_would_refuse(bring, good):
    (good / "data/places.yaml").write_text("# nothing here\n[]\n", "utf-8")
    ended = bring([row()])
    assert (ended.code, ended.out) == (1, "")
    assert not (good / "seeds/clashes.yaml").exists()


def test_the_shipped_store_is_not_to_be_changed(chrono, tmp_path, monkeypatch):
    (tmp_path / "t.csv").write_text(text([row()]))
    monkeypatch.delenv("CHRONO_STORE")
    monkeypatch.chdir(tmp_path)
    ended = chrono("import", "t.csv", "--as", "acled")
    assert (ended.code, "not to be changed" in ended.err) == (2, True)


# Again.

TWO = [row(**ARMY), row(event_id_cnty="LND2", **ARMY)]


def test_the_same_file_again_changes_nothing(bring, good):
    bring(TWO)
    before = held(good)
    ended = bring(TWO)
    assert (ended.code, "0 new events, 2 held already, 0 rows left out\n" in ended.out) == (0, True)
    assert held(good) == before


def test_the_next_export_brings_only_what_is_not_held(bring, good, verify):
    bring(TWO)
    before = held(good)
    ended = bring([*TWO, row(event_id_cnty="LND3", event_date="2020-08-01", notes="", **ARMY)], name="later.csv")
    assert "1 new event, 2 held already, 0 rows left out\ncited as later; " in ended.out
    assert {name: held(good)[name] for name in before} == before
    assert list(events(good)) == ["2020-07-31-acled-lnd1", "2020-07-31-acled-lnd2", "2020-08-01-acled-lnd3"]
    assert verify("later") == []
    assert "- {lines: 2-3, reason: told already by an earlier document}" in (good / "seeds/later.yaml").read_text()


def test_a_row_is_held_by_the_event_that_has_its_id(bring, good, chrono):
    """One of one's own, and one whose id was changed since: neither comes twice."""
    file = good / "data/events.yaml"
    own = load(find(str(good), None)).chronology.events[0].id
    text = file.read_text("utf-8")
    file.write_text(text.replace(f"- id: {own}\n", f"- id: {own}\n  ids: {{acled: LND2}}\n"), "utf-8")
    assert "1 new event, 1 held already" in bring(TWO).out
    mine = good / "data/events/clashes.yaml"
    mine.write_text(mine.read_text("utf-8").replace("2020-07-31-acled-lnd1", "2020-07-31-battle-of-oldtown"), "utf-8")
    ended = bring([*TWO, row(event_id_cnty="LND3", event_date="2020-08-01", notes="", **ARMY)], name="later.csv")
    assert "1 new event, 2 held already" in ended.out
    assert chrono("check", "--store", str(good)).code == 0


def test_what_the_table_gives_no_id_gets_none(bring, good, tmp_path):
    bring("when;what;where;homes\n03.02.2024;Cut;Town;31\n", name="cuts.csv", rule=cuts(tmp_path))
    assert "ids:" not in (good / "data/events/cuts.yaml").read_text("utf-8")


def test_what_changed_and_what_went_is_listed_and_never_written(bring, good):
    bring(TWO)
    before = held(good)
    moved = row(event_date="2020-08-02", fatalities="4", notes="", **ARMY)
    ended = bring([moved, row(event_id_cnty="LND9", event_date="2020-07-01", notes="", **ARMY)], name="later.csv")
    assert (
        "held, and different here (nothing of it was changed) (1):\n"
        "  2020-07-31-acled-lnd1 (line 2): date 2020-08-02, held 2020-07-31; killed 4, held 3\n" in ended.out
    )
    assert "held, and gone from this file (nothing was deleted) (1):\n  2020-07-31-acled-lnd2\n" in ended.out
    assert {name: held(good)[name] for name in before} == before


def test_another_part_of_the_same_data_misses_nothing(bring):
    """The rows of another country are not those of this one, gone."""
    bring(TWO)
    ended = bring([row(event_id_cnty="FAR1", **ARMY)], name="far.csv")
    assert ("1 new event, 0 held already" in ended.out, "gone" in ended.out) == (True, False)


def test_a_document_without_the_map_is_not_silently_taken_for_one_with_it(bring, good):
    bring(TWO)
    file = good / "seeds/clashes.yaml"
    file.write_text(file.read_text("utf-8").replace("map: acled\n", ""), "utf-8")
    (good / "data/events/clashes.yaml").unlink()
    ended = bring(TWO)
    assert (ended.code, ended.err) == (
        1, "error: the store has this file as 'clashes', without 'map: acled': add that to seeds/clashes.yaml\n",
    )  # fmt: skip


@pytest.mark.parametrize("how", ["one", "renamed", "skipped", "all"])
def test_a_row_whose_event_is_gone_is_new_again(bring, good, verify, chrono, how):
    bring(TWO)
    file, paper = good / "data/events/clashes.yaml", good / "seeds/clashes.yaml"
    whole = file.read_text("utf-8")
    first, _, second = whole.partition("- id: 2020-07-31-acled-lnd2")
    if how == "renamed":
        file.write_text(first + "- id: 2020-07-31-second-clash" + second, "utf-8")
    elif how == "all":
        file.unlink()
    else:
        file.write_text(first, "utf-8")
    if how == "skipped":
        paper.write_text(paper.read_text("utf-8") + "skip:\n  - {lines: 3, reason: told elsewhere}\n", "utf-8")
    before = held(good)
    ended = bring(TWO)
    assert ended.code == 0, ended.err
    new, there = {"one": (1, 1), "renamed": (0, 2), "skipped": (0, 1), "all": (2, 0)}[how]
    assert f"{new} new event{'' if new == 1 else 's'}, {there} held already, 0 rows left out\n" in ended.out
    assert ("1 row that seeds/clashes.yaml skips\n" in ended.out) == (how == "skipped")
    assert (held(good) == before) == (new == 0)
    assert new == 0 or file.read_text("utf-8") == whole
    assert verify() == []
    assert bring(TWO).out.count("0 new events") == 1


def test_an_import_that_broke_off_goes_on_from_there(bring, good, verify):
    """The document is written before its events."""
    bring(TWO)
    whole = held(good)
    (good / "data/events/clashes.yaml").unlink()
    assert "2 new events, 0 held already" in bring(TWO).out
    assert held(good) == whole
    assert verify() == []


@pytest.mark.parametrize(
    ("ids", "ends"),
    [(["A.1", "A-1"], ["a-1-edc0", "a-1"]), (["É1", "E1"], ["e1-4b38", "e1"]), (["?", "!"], None)],
)
def test_what_identifies_rows_keeps_them_apart_though_an_id_has_few_letters(bring, good, ids, ends):
    ended = bring([row(event_id_cnty=ident, **ARMY) for ident in ids])
    assert ended.code == 0, ended.err
    found = [ident.partition("-acled-")[2] for ident in events(good)]
    assert len(set(found)) == 2
    assert ends is None or sorted(found) == sorted(ends)
    later = bring([row(event_id_cnty=ident, **ARMY) for ident in (*ids, "NEW")], name="later.csv")
    assert "1 new event, 2 held already" in later.out


def test_what_lies_beyond_the_time_of_a_file_is_not_gone(bring):
    bring(TWO)
    ended = bring([row(event_id_cnty="LND9", event_date="2021-07-01", year="2021", notes="", **ARMY)], name="later.csv")
    assert "gone" not in ended.out


def test_a_field_edited_since_is_never_touched(bring, good):
    bring(TWO)
    file = good / "data/events/clashes.yaml"
    file.write_text(file.read_text("utf-8").replace("rebels attacked", "rebels ambushed"), "utf-8")
    edited = file.read_bytes()
    bring(TWO)
    bring([*TWO, row(event_id_cnty="LND3", **ARMY)], name="later.csv")
    assert file.read_bytes() == edited


def test_what_the_tool_wrote_itself_is_not_new(chrono, tmp_path):
    store = shutil.copytree(CASES / "stores/exchange", tmp_path / "store")
    own = tmp_path / "own.csv"
    chrono("timeline", "--store", str(store), "-f", "acled", "-o", str(own))
    ended = chrono("import", str(own), "--as", "acled", "--into", str(store), "--dry-run")
    assert ended.out.endswith("\n0 new events, 5 held already, 0 rows left out\n")


def test_a_round_trip_brings_the_same_events(chrono, tmp_path):
    """What ACLED's columns and notes can say of them: not the roles in a battle."""
    store = shutil.copytree(CASES / "stores/exchange", tmp_path / "store")
    copies = tmp_path / "copies"
    copies.mkdir()
    own = copies / "own.csv"
    chrono("timeline", "--store", str(store), "-f", "acled", "-o", str(own))
    wanted = [json.loads(line) for line in chrono("timeline", "--store", str(store), "-f", "jsonl").out.splitlines()]
    (store / "data/events.yaml").write_text("[]\n")
    (store / "data/periods.yaml").unlink(missing_ok=True)
    ended = chrono("import", str(own), "--as", "acled", "--into", str(store))
    assert ended.code == 0, ended.err
    got = [json.loads(line) for line in chrono("timeline", "--store", str(store), "-f", "jsonl").out.splitlines()]
    same = {event["id"]: event for event in wanted}
    for event in got:
        other = same[event["id"]]
        assert event["type"] == other["type"]
        assert event["places"][0]["id"] in [place["id"] for place in other["places"]]
        assert {who["id"] for who in event["actors"]} <= {who["id"] for who in other["actors"]}
        assert (event["killed"] or {}).get("best", 0) == (other["killed"] or {}).get("best", 0)
        assert (event["date"], event["killed"]) == (other["date"], other["killed"])
    assert "stubs" not in ended.out
    assert chrono("verify", str(copies), "--only", "own", "--store", str(store)).code == 0


KEPT = """\
- id: 2012-north
  date: "[2012-03-22..2012-04-06]"
  title: The north fell
  type: armed-clash
  places: [town]
  actors:
    - {actor: front, role: perpetrator}
    - {actor: army, role: target}
%s  cites: [book:1]
  summary: It fell.
"""


@pytest.mark.parametrize(
    ("tolls", "back"),
    [
        (["killed: up to 100"], "up to 100"), (["killed: 10/57/144"], "10/57/144"), (["killed: 200-300"], "200-300"),
        (["killed: ~300"], "~300"), (["killed: 84+"], "84+"), (["killed: 12-131+"], "12-131+"), (["killed: 7"], "7"),
        (["killed: several"], "3+"), (["killed: 39, of: army", "killed: 30, of: front"], "69"),
        (["killed: 12", "killed: 501+"], "12-501+"),
    ],
)  # fmt: skip
def test_ids_dates_and_figures_come_back_as_they_were(good, chrono, tmp_path, tolls, back):
    parts = [f"    - {{{toll}}}\n" for toll in tolls]
    (good / "data/events.yaml").write_text(KEPT % ("  tolls:\n" + "".join(parts)))
    own = tmp_path / "own.csv"
    assert chrono("timeline", "--store", str(good), "-f", "acled", "-o", str(own)).code == 0
    same = chrono("import", str(own), "--as", "acled", "--into", str(good), "--dry-run")
    assert same.out.endswith("0 new events, 1 held already, 0 rows left out\n"), same.err
    (good / "data/events.yaml").write_text("[]\n")
    assert chrono("import", str(own), "--as", "acled", "--into", str(good)).code == 0
    (event,) = load(find(str(good), None)).chronology.events
    assert (event.id, event.date.text, event.tolls[0].figure.text) == ("2012-north", "[2012-03-22..2012-04-06]", back)
    assert event.note is None
    assert chrono("verify", str(tmp_path), "--only", "own", "--store", str(good)).code == 0
    again = chrono("timeline", "--store", str(good), "-f", "acled").out
    (first,), (second,) = (list(csv.DictReader(lines)) for lines in (own.read_text().splitlines(), again.splitlines()))
    assert [second[name] for name in ("actor1", "actor2", "event_date", "time_precision", "fatalities")] == [
        first[name] for name in ("actor1", "actor2", "event_date", "time_precision", "fatalities")
    ]


def test_who_is_in_doubt_comes_back_in_doubt(good, chrono, tmp_path):
    kept = KEPT.replace("role: perpetrator", "role: perpetrator, certainty: denied").replace(
        "role: target", "role: target, certainty: suspected")  # fmt: skip
    (good / "data/events.yaml").write_text(kept % "")
    own = tmp_path / "own.csv"
    chrono("timeline", "--store", str(good), "-f", "acled", "-o", str(own))
    assert "In doubt: People's Front (denied); Land Army (suspected). Date: " in own.read_text("utf-8")
    (good / "data/events.yaml").write_text("[]\n")
    assert chrono("import", str(own), "--as", "acled", "--into", str(good)).code == 0
    (event,) = load(find(str(good), None)).chronology.events
    assert {part.actor: part.certainty for part in event.actors} == {"front": "denied", "army": "suspected"}
    assert chrono("check", "--store", str(good)).code == 0


def test_a_best_beside_an_open_end_is_told_as_such():
    assert figure_of("It fell. Killed: 12-501+, coded as 501.", 501) == (
        "501+", "'Killed: 12-501+, coded as 501.': its best, as at least; a figure has no best beside an open end.",
    )  # fmt: skip


def test_the_opponent_of_a_battle_stands_against_it(bring, good, chrono):
    bring([row(**ARMY, assoc_actor_1="Shore Youth", assoc_actor_2="Village Guard; Police")])
    told = chrono("timeline", "--store", str(good), "--in", "2020", "-f", "acled").out
    (line,) = csv.DictReader(told.splitlines())
    assert (line["actor1"], line["actor2"], line["assoc_actor_2"]) == ("People's Front", "Land Army", "")


def test_an_area_of_ones_own_keeps_its_name(bring, good):
    bring([row(**ARMY | {"location": "Between A and B", "geo_precision": "3"}, event_id_cnty="2020-07-31-clash")])
    (event,) = (e for e in load(find(str(good), None)).chronology.events if e.id == "2020-07-31-clash")
    assert str(event.places[0]) == "between-a-and-b"


# The proof.


@pytest.mark.parametrize(
    ("changes", "edit", "problem"),
    [
        # The form of the column, not what prose prints.
        ({"event_date": "25/08/2003", "year": "2003", "notes": ""}, ("2003-08-25", "2003-08-26"),
         ("date-not-printed", "the date 2003-08-26 is not printed on clashes:2")),
        ({"event_date": "25-Aug-03", "year": "2003", "notes": ""}, ("2003-08-25", "2003-08-24"),
         ("date-not-printed", "the date 2003-08-24 is not printed on clashes:2")),
        # The precision: the 15th stands for a month.
        ({"event_date": "2020-07-15", "time_precision": "3", "notes": ""}, ("2020-07", "2020-07-15"),
         ("date-not-printed", "the date 2020-07-15 is not printed on clashes:2")),
        # A figure is that of its column: 2 is a code of inter1.
        ({}, ("killed: 3", "killed: 2"), ("figure-not-printed", "the figure '2' is not printed on clashes:2")),
        ({}, ("Three were", "Four were"), ("figure-not-printed", "'Four' in the summary is not printed on clashes:2")),
        ({}, ("Radio A", "Radio C"), ("outlet-not-printed", "the outlet 'Radio C' is not printed on clashes:2")),
    ],
)  # fmt: skip
def test_the_proof_reads_cells_as_the_map_does(bring, good, verify, changes, edit, problem):
    bring([row(**ARMY, **changes)])
    assert verify() == []
    file = good / "data/events/clashes.yaml"
    changed = file.read_text("utf-8").replace(*edit)
    assert changed != file.read_text("utf-8")
    file.write_text(changed, "utf-8")
    assert problem in [(rule, message.partition(": ")[2]) for rule, message in verify()]


def test_a_row_that_no_event_cites_is_open(bring, good, verify):
    bring(TWO)
    file = good / "data/events/clashes.yaml"
    file.write_text(file.read_text("utf-8").partition("\n- id: 2020-07-31-acled-lnd2")[0] + "\n", "utf-8")
    assert [rule for rule, _ in verify()] == ["line-open", "date-open"]


def test_a_map_that_is_not_there_is_told(bring, good, chrono, tmp_path):
    bring(TWO)
    file = good / "seeds/clashes.yaml"
    file.write_text(file.read_text("utf-8").replace("map: acled", "map: acle"), "utf-8")
    words = ("verify", str(tmp_path / "copies"), "--store", str(good))
    ended = chrono(*words)
    assert (ended.code, ": unknown map 'acle'\n" in ended.err) == (1, True)
    file.write_text(file.read_text("utf-8") + "ignore: {unknown-map: on its way}\n", "utf-8")
    ended = chrono(*words)
    assert (ended.code, ended.err) == (
        1, "error: seeds/clashes.yaml: unknown map 'acle': did you mean 'acled'?\n",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["clashes.json", "clashes.jsonl"])
def test_rows_of_json_are_proved_too(bring, verify, name, good):
    rows = [{column: each.get(column, "") for column in NOW} for each in TWO]
    content = json.dumps(rows) if name.endswith("json") else "\n".join(map(json.dumps, rows)) + "\n"
    assert bring(content, name=name).code == 0
    assert [str(event.cites[0]) for event in events(good).values()] == ["clashes:1", "clashes:2"]
    assert verify() == []
    file = good / "data/events/clashes.yaml"
    file.write_text(file.read_text("utf-8").replace("killed: 3", "killed: 5", 1), "utf-8")
    assert [rule for rule, _ in verify()] == ["figure-not-printed"]


def test_rows_of_a_workbook_are_proved_too(chrono, good, verify, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for cells in [NOW, [row(**ARMY).get(column) for column in NOW]]:
        book.active.append(cells)
    (tmp_path / "copies").mkdir()
    book.save(tmp_path / "copies/clashes.xlsx")
    ended = chrono("import", str(tmp_path / "copies/clashes.xlsx"), "--as", "acled", "--into", str(good))
    assert (ended.code, [str(event.cites[0]) for event in events(good).values()]) == (0, ["clashes:2"])
    assert verify() == []


def test_the_sheets_that_are_not_read_are_told(chrono, good, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for cells in [NOW, [row(**ARMY).get(column) for column in NOW]]:
        book.active.append(cells)
    book.create_sheet("2025").append(["more"])
    book.create_sheet("empty")
    book.save(tmp_path / "clashes.xlsx")
    ended = chrono("import", str(tmp_path / "clashes.xlsx"), "--as", "acled", "--into", str(good))
    assert (ended.code, "only the first sheet is read, and not 2025\n" in ended.out) == (0, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("command", ["import", "compare"])
def test_a_pipe_is_not_waited_for(chrono, good, tmp_path, command):
    (tmp_path / "t.csv").write_text(text([row()]))
    into = "--into" if command == "import" else "--store"
    for name, code in (("pipe.csv", 1), ("map.yaml", 2)):
        os.mkfifo(tmp_path / name)
        file, rule = ("t.csv", str(tmp_path / name)) if code == 2 else (name, "acled")
        ended = chrono(command, str(tmp_path / file), "--as", rule, into, str(good))
        assert (ended.code, ended.err.endswith("it is a pipe or a device, no file\n")) == (code, True), ended.err


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_many_rows_are_imported_and_every_statement_of_them_proved(bring, good, verify, count):
    ended = bring(many(count))
    assert f"{count:,} new events, 0 held already, 0 rows left out\n" in ended.out
    assert verify() == []
    assert len(events(good)) == count


# Misuse.


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["t.csv"], "--as is needed: acled, gdelt, ucdp-ged, or a file of your own, NAME.yaml"),
        (["--as", "acled"], "a FILE is needed: csv, tsv, json, jsonl or xlsx"),
        (["t.csv", "--as", "acle"], "there is no map 'acle': did you mean 'acled'?, or a file of your own, NAME.yaml"),
        (["t.csv", "--as", "no.yaml"], "cannot read the map 'no.yaml': No such file or directory"),
    ],
)
def test_misuse(chrono, good, args, told):
    ended = chrono("import", *args, "--into", str(good))
    assert (ended.code, ended.err) == (2, f"error: {told}\n")


def test_a_file_that_is_not_there(chrono, good):
    ended = chrono("import", "no.csv", "--as", "acled", "--into", str(good))
    assert (ended.code, ended.err) == (1, "error: cannot read 'no.csv': No such file or directory\n")


def test_a_comparison_reads_the_types_that_an_import_reads(bring, good, chrono, tmp_path):
    """A store's own name counts before what ACLED calls another type."""
    types = good / "data/types.yaml"
    own = "- {id: attack, name: Attack, category: violence, acled: Mob violence}\n"
    other = "- {id: raid, name: Raid, category: battles, acled: Attack}\n"
    types.write_text(types.read_text("utf-8") + own + other, "utf-8")
    bring([row(**ARMY, sub_event_type="Attack")])
    assert [event.type for event in events(good).values()] == ["attack"]
    words = ("compare", str(tmp_path / "copies/clashes.csv"), "--as", "acled", "--store", str(good), "-f", "json")
    (match,) = json.loads(chrono(*words, "--type", "attack").out)["matches"]
    assert "type same category" in {f"{point['feature']} {point['case']}" for point in match["points"]}


def test_what_a_terminal_would_obey_is_shown(bring):
    ended = bring([row(location="Har\x1b[31mbour\u202e", fatalities="\x1b[2J")])
    assert "\x1b" not in ended.out
    assert "\\x1b[2J" in ended.out


def test_a_map_is_printed_as_it_is_read(chrono):
    for name in BUILT_IN_MAPS:
        told = chrono("import", "--as", name, "--show-map").out
        assert told == (ROOT / f"mali_chrono/intake/maps/{name}.yaml").read_text("utf-8")


def test_a_map_of_the_stores_is_printed_and_offered_too(bring, good, tmp_path, chrono):
    (tmp_path / "mine.yaml").write_text(CUTS)
    bring("when;what;where;homes\n03.02.2024;Cut;Town;31\n", name="a.csv", rule=str(tmp_path / "mine.yaml"))
    assert chrono("import", "--as", "mine", "--show-map", "--into", str(good)).out == CUTS
    ended = chrono("import", "--as", "min", "--show-map", "--into", str(good))
    assert (ended.code, ended.err) == (
        2, "error: there is no map 'min': did you mean 'mine'?, or a file of your own, NAME.yaml\n",
    )  # fmt: skip


def test_a_map_of_ones_own_does_not_take_the_place_of_one_of_chronos(bring, good, tmp_path):
    (tmp_path / "acled.yaml").write_text(CUTS)
    before = held(good)
    ended = bring("when;what;where;homes\n03.02.2024;Cut;Town;31\n", name="a.csv", rule=str(tmp_path / "acled.yaml"))
    assert (ended.code, ended.err) == (
        1, "error: 'acled' is a map that comes with chrono: give the file of your own map another name\n",
    )  # fmt: skip
    assert held(good) == before


def test_the_map_of_a_document_is_missed_where_it_is_gone(bring, good, tmp_path, chrono):
    """By every command, also where an index was made while it was there."""
    (tmp_path / "My cuts.yaml").write_text(CUTS)
    bring("when;what;where;homes\n03.02.2024;Cut;Town;31\n", name="a.csv", rule=str(tmp_path / "My cuts.yaml"))
    assert (good / "data/maps/my-cuts.yaml").read_text() == CUTS
    assert chrono("check", "--strict", "--store", str(good), "data/maps/my-cuts.yaml") == (0, "", "")
    assert chrono("timeline", "--store", str(good)).code == 0
    (good / "data/maps/my-cuts.yaml").unlink()
    assert "error: unknown map 'my-cuts'" in chrono("check", "--store", str(good)).out
    for words in (("timeline",), ("verify", str(tmp_path / "copies"))):
        assert "the store has 1 error" in chrono(*words, "--store", str(good)).err


def test_what_is_no_map_is_named_among_the_maps(good, chrono):
    (good / "data/maps").mkdir()
    (good / "data/maps/notes.txt").write_text("to do")
    (good / "data/maps/README.md").write_text("what these are")
    told = chrono("check", "--store", str(good)).out
    assert "data/maps/notes.txt: error: nobody reads this [stray-file]" in told
    assert "a map is data/maps/<its name>.yaml" in told
    assert "README" not in told


def test_maps_are_not_laid_out(good, chrono):
    (good / "data/maps").mkdir()
    (good / "data/maps/mine.yaml").write_text(CUTS)
    assert chrono("fmt", "--check", "--store", str(good)).code == 0
