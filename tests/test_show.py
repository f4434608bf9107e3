"""`chrono show`: an event in full."""

import json
import re

import pytest


@pytest.mark.parametrize(
    "ident", ["2024-07-25-tinzaouaten-ambush", "2023-09-07-boat-and-bamba", "2015-11-20-radisson-blu"]
)
def test_every_claim_stands_beside_its_rivals(chrono, ident):
    (row,) = json.loads(chrono("show", ident, "--format", "json").out)["events"]
    shown = chrono("show", ident).out
    claims = shown.splitlines()[-len(row["tolls"]) :]
    for toll in row["tolls"]:
        kind = next(key for key in toll if key not in ("of", "who", "says", "at", "certainty", "cite", "best"))
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
    from conftest import ROOT

    assert (ROOT / file).read_text("utf-8").splitlines()[int(line) - 1].endswith("id: 2024-07-25-tinzaouaten-ambush")


def test_several_events_in_the_order_asked(chrono):
    ids = ["2024-09-17-bamako-attacks", "2024-07-25-tinzaouaten-ambush"]
    rows = json.loads(chrono("show", *ids, "--format", "json").out)["events"]
    assert [row["id"] for row in rows] == ids


@pytest.mark.parametrize("ident", ["2024-07-25-tinzaouaten", "tinzaouaten ambush", "nothing-at-all", ""])
def test_unknown_id_is_refused_with_the_nearest(chrono, ident):
    ended = chrono("show", ident)
    assert (ended.code, ended.out) == (2, "")
    if "tinza" in ident:
        assert "2024-07-25-tinzaouaten-ambush" in ended.err


def test_needs_an_id(chrono):
    assert chrono("show").code == 2
