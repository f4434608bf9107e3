"""`chrono show`: any record in full."""

import json
import re
import shlex
import shutil

import pytest
from conftest import CASES, ROOT


@pytest.mark.parametrize(
    "ident", ["2024-07-25-tinzaouaten-ambush", "2023-09-07-boat-and-bamba", "2015-11-20-radisson-blu"]
)
def test_every_claim_stands_beside_its_rivals(chrono, ident):
    (row,) = json.loads(chrono("show", ident, "--format", "json").out)["events"]
    shown = chrono("show", ident).out
    claims = shown.splitlines()[-len(row["tolls"]) :]
    for toll in row["tolls"]:
        kind = next(key for key in toll if key not in ("of", "who", "says", "at", "as_of", "certainty", "cite", "best"))
        assert any(
            toll[kind] in line and kind in line and all(cite in line for cite in toll["cite"]) for line in claims
        )


def test_links_are_told_from_both_ends(chrono):
    later = chrono("show", "2024-08-05-mali-cuts-ukraine-ties").out
    earlier = chrono("show", "2024-07-25-tinzaouaten-ambush").out
    assert "follow up of 2024-07-25-tinzaouaten-ambush" in later
    assert "followed by 2024-08-05-mali-cuts-ukraine-ties" in earlier


def test_says_where_the_entry_stands(chrono):
    shown = chrono("show", "2024-07-25-tinzaouaten-ambush").out
    file, line = re.search(r"^entry +(\S+):(\d+)$", shown, re.MULTILINE).groups()
    assert file == "data/events.yaml"
    assert (ROOT / file).read_text("utf-8").splitlines()[int(line) - 1].endswith("id: 2024-07-25-tinzaouaten-ambush")


def test_several_events_in_the_order_asked(chrono):
    ids = ["2024-09-17-bamako-attacks", "2024-07-25-tinzaouaten-ambush"]
    rows = json.loads(chrono("show", *ids, "--format", "json").out)["events"]
    assert [row["id"] for row in rows] == ids


RAID, AGAIN, BATTLE = "2011-05-01-town-raid", "2012-06-town-raid", "2012-07-25-battle"
# Each argument is an id, else the unique beginning of one, else a name; otherwise all are words of one record.
SHOWN = {
    RAID: {"events": [RAID]},
    "2011": {"events": [RAID]},
    "2012-07": {"events": [BATTLE]},
    "raid again": {"events": [AGAIN]},
    "the villages": {"events": [AGAIN]},
    "front": {"actors": ["front"]},
    "fron": {"actors": ["front"]},
    "pf": {"actors": ["front"]},
    "'union of fronts'": {"actors": ["union"]},
    "town": {"places": ["town"]},
    "Oldtown": {"places": ["town"]},
    "war": {"periods": ["war"]},
    "period:war": {"periods": ["war"]},
    "'the book'": {"sources": ["book"]},
    "armed-clash": {"types": ["armed-clash"]},
    f"town {BATTLE} front 2011": {"places": ["town"], "events": [BATTLE, RAID], "actors": ["front"]},
}


@pytest.mark.parametrize("words", SHOWN)
def test_what_each_argument_shows(chrono, monkeypatch, words):
    monkeypatch.chdir(CASES)
    ended = chrono("show", *shlex.split(words), "--store", "sample", "-f", "json")
    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert {kind: [row["id"] for row in found[kind]] for kind in SHOWN[words]} == SHOWN[words]
    assert set(found) == {"schema", *SHOWN[words]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("town raid", f"2 records have 'town raid': {AGAIN}; {RAID}"),
        ("fronts", f"5 records have 'fronts': bc-900-town-begins; 168-famine; {AGAIN}; 2013-08-report; actor:union\n"),
        ("nothing-at-all", "no record 'nothing-at-all': name one by its id, a name, or words of it\n"),
        ("2011-05-01-town-raids", f"no record '2011-05-01-town-raids': did you mean '{RAID}'"),
        (f"{BATTLE} nothing-at-all", "no record 'nothing-at-all'"),
        ("event:war", "no record"),
        ("''", "no record ''"),
    ],
)
def test_what_is_none_or_several_is_refused_with_candidates(chrono, monkeypatch, words, said):
    monkeypatch.chdir(CASES)
    ended = chrono("show", *shlex.split(words), "--store", "sample")
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_one_id_of_several_kinds_is_all_of_them(chrono, good):
    """A period and a type may share an id: KIND:ID picks one."""
    periods = good / "data" / "periods.yaml"
    periods.write_text(periods.read_text("utf-8").replace("id: war", "id: front").replace("The War", "Front War"))
    store = ("--store", str(good), "-f", "json")
    both = json.loads(chrono("show", "front", *store).out)
    assert [row["id"] for kind in ("actors", "periods") for row in both[kind]] == ["front", "front"]
    assert "actors" not in json.loads(chrono("show", "period:front", *store).out)


def test_needs_an_id(chrono):
    assert chrono("show").code == 2


@pytest.mark.parametrize("look", ["plain", "table"])
def test_a_long_kind_of_toll_stands_apart_from_its_figures(chrono, tmp_path, look):
    """Its label is the vocabulary's, never cut and never glued to the value."""
    shutil.copytree(CASES / "stores" / "firm", tmp_path / "firm")
    for file in (tmp_path / "firm" / "data").iterdir():
        text = file.read_text("utf-8").replace("staffed", "apprenticeships")
        file.write_text(text.replace("jobs-lost", "places-of-work-lost"), "utf-8")
    shown = chrono("show", "2001-02-closing-of-the-foundry", "--store", str(tmp_path / "firm"), "-f", look).out
    assert re.search(r"^jobs +40-50 +\(low", shown, re.MULTILINE)
    assert re.search(r"^apprenticeships +\d", shown, re.MULTILINE)
