"""The state of play, and chronologies of anything, on small stores. Answers by hand."""

import shutil

import pytest
from helpers.asking import STORES, ends


@pytest.fixture
def empty(tmp_path):
    """A store without any event."""
    store = shutil.copytree(STORES / "lonely", tmp_path / "empty")
    (store / "data" / "events.yaml").write_text("[]\n", "utf-8")
    return store


def armed(ask, day, store="state"):
    answer = ask.json(store, f"at {day}")
    return {row["id"]: row["match"] for key in ("armed", "unplaced") for row in answer[key]}


@pytest.mark.parametrize(
    ("day", "there"),
    [
        # seen in 1990 and in 2015: in doubt between, nothing before the first or after the last
        ("1990-05-01", {"old-guard": "must"}),
        ("1990-04-30", {}),
        ("2003-06-01", {"old-guard": "may"}),
        ("1990", {"old-guard": "must"}),
        ("2015-05-01", {"old-guard": "must"}),
        ("2015-05-02", {}),
        ("2003-05-01", {"old-guard": "may", "rebels": "must", "army": "must"}),
        # an event some day in September may be of the 10th
        ("2003-09-10", {"old-guard": "may", "maybe": "may"}),
        ("2003-09", {"old-guard": "may", "maybe": "must"}),
    ],
)
def test_nothing_is_sure_that_no_date_proves(ask, day, there):
    assert armed(ask, day) == there


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        # one person's adjoining terms in one office are one line
        ("2003-06-01", [("Ada", "2000-05-01/2004-04-30", "must")]),
        ("2004", [("Ada", "2000-05-01/2008-04-30", "must")]),
        ("2004-04-30/2004-05-01", [("Ada", "2000-05-01/2008-04-30", "must")]),
        ("2008-04-30", [("Ada", "2004-05-01/2008-04-30", "must"), ("Bo", "2008-04-30/..", "must")]),
        ("2010-01-01", [("Bo", "2008-04-30/..", "must")]),
        ("1999", []),
    ],
)
def test_one_persons_adjoining_terms_are_one_line(ask, day, holders):
    offices = [row for row in ask.json("state", f"at {day}")["offices"] if row["office"] == "president of Land"]
    assert sorted((row["name"], row["date"], row["match"]) for row in offices) == holders


@pytest.mark.parametrize(("day", "judges"), [("2001-06-01", 1), ("2003-06-01", 0), ("2005-12-31", 1)])
def test_terms_with_a_gap_are_not_one(ask, day, judges):
    offices = [row for row in ask.json("state", f"at {day}")["offices"] if row["office"] == "judge of Land"]
    assert len([row for row in offices if row["match"] in ("must", "may")]) == judges


def test_terms_with_a_gap_are_two_lines_where_both_are_asked_for(ask):
    offices = [row for row in ask.json("state", "at 2001/2006")["offices"] if row["office"] == "judge of Land"]
    assert sorted(row["date"] for row in offices) == ["2001/2002", "2005/2006"]


def test_a_store_without_armed_groups_has_its_own_state_of_play(ask):
    answer = ask.json("company", "at 2011-06-15")
    (acme,) = answer["others"]
    assert (acme["id"], acme["match"]) == ("acme", "must")
    (reader,) = acme["members"]
    assert (reader["id"], reader["match"]) == ("reader", "must")
    assert [leader["name"] for leader in reader["leaders"]] == ["Founder"]
    text = ask("company", "at 2011-06-15")
    assert "Armed" not in text
    assert "Latecomer" not in text
    assert "Reader Service" not in ask("company", "at 2013-07-02").split("Before")[0]
    assert "Latecomer" in ask("company", "at 2015-06-15")


@pytest.mark.parametrize(
    ("day", "must", "may"),
    [
        # what surely falls into the year, and with what may; sums as over any window
        ("2018-12-31", (3, "5/18/18"), (4, "5/118/118")),
        ("2017-12-31", (1, "0/0/3"), (2, "0/40/43")),
    ],
)
def test_the_year_is_a_window(ask, day, must, may):
    toll = ask.json("spans", f"at {day}")["toll"]
    assert (toll["must"]["events"], ends(toll["must"]["killed"])) == must
    assert (toll["may"]["events"], ends(toll["may"]["killed"])) == may
    assert ask.count("spans", f"--in {day[:4]} --must") == must[0]


def test_the_year_adds_no_displaced(ask):
    assert "displaced" not in str(ask.json("tolls", "at 2012-12-31")["toll"])


# tests/cases/stores/gaps: Wing is part of Host in 2012, and of Guild in [2001,2003]. A raid of [2010,2014], one of
# [2010..2014], one of 2002, one of 2003.
@pytest.mark.parametrize(
    ("options", "found"),
    [("--actor host", "wide"), ("--actor guild", "late"), ("--actor wing", "early late gapped wide")],
)
def test_a_member_is_one_on_a_possible_day_of_the_event(ask, options, found):
    assert ask.events("gaps", options) == found


@pytest.mark.parametrize(
    "line",
    [
        "timeline", "timeline -f json", "timeline -f csv", "summary", "summary --by actor", "summary --by month,type",
        "summary --sum displaced", "actor", "list types", "list actors", "list outlets", "at 2000-01-01", "source",
        "lineage", "check", "timeline --in 2000", "timeline -m x", "summary --in 2000 --by century", "actor someone",
        "show someone", "at '500 BC'", "summary --by actor,role -f json", "timeline --sort killed --reverse",
    ],
)  # fmt: skip
@pytest.mark.parametrize("store", [pytest.param("empty"), "lonely"])
def test_a_store_of_no_event_or_one_answers_everything(ask, empty, store, line):
    ask({"empty": empty}.get(store, store), line)


def test_a_store_of_no_event_counts_none(ask, empty):
    assert ask(empty, "timeline --count") == "0\n"
    assert ask.json(empty, "summary --by actor")["total"]["events"] == 0


def test_a_store_of_one_event_has_one_row(ask):
    assert ask.json("lonely", "summary --by year")["groups"][0]["year"] == "-0499"
