"""Plain events are added up by SQL, odd ones one by one: rows and totals in which both stand, all counted by hand."""

import pytest
from helpers.asking import ends
from test_summary import answer


def event(ident, date, *lines, kind="armed-clash", killed=None):
    tolls = [f"tolls: [{{killed: {killed}}}]"] if killed is not None else []
    fields = [
        f"- id: {ident}", f"date: {date}", "title: Something happened", f"type: {kind}", "places: [town]",
        "actors: [{actor: front, role: perpetrator}]", "cites: [book:7]", "summary: Something happened.",
        *tolls, *lines,
    ]  # fmt: skip
    return "\n  ".join(fields) + "\n"


TWIN = "links: [{to: 2011-03-01-raid, kind: possibly-same-as}]"
EVENTS = (
    event("bc-4-12-31-raid", "-0003-12-31", killed=1),
    event("bc-3-01-01-raid", "-0002-01-01", killed=1),
    event("2011-03-01-raid", "2011-03-01", killed=5),
    event("201-two-days", '"[2011-05-01,2012-05-01]"', killed=2),  # one of two days
    event("2011-07-01-raid", "2011-07-01", TWIN, killed=7),
    event("2011-09-01-raid", "2011-09-01", killed=3),
    event("2011-12-30-siege", "2011-12-30/2012-01-02", killed=4),
    event("2012-blockade", "2012/..", killed=6),
    event("2012-02-01-report", "2012-02-01", kind="report", killed=50),
    event("2012-03-01-raid", "2012-03-01"),
    event("2012-04-01-raid", "2012-04-01", killed=11),
    event("2012-04-02-flight", "2012-04-02", "tolls: [{displaced: 300}]"),
    event("2012-04-03-flight", "2012-04-03", "tolls: [{displaced: 200}]"),
)


@pytest.fixture
def store(good):
    (good / "data" / "events.yaml").write_text("".join(EVENTS), "utf-8")
    return ("--store", str(good))


def row(group, kind="killed"):
    return group["must"], group["events"], ends(group[kind]), group["no_figure"], group["reports"]


# must, events, low/best/high, without a figure, reports
ROWS = {
    "-0003": (1, 1, "1/1/1", 0, 0),
    "-0002": (1, 1, "1/1/1", 0, 0),
    # the twins once: 5, with 3; the siege began and 2 may have died: 4 and 2 at best; 12 + 3 + 4 + 2 at most
    "2011": (4, 5, "8/14/21", 0, 0),
    # 11 surely; 6 began; 4 and 2 may have died in this year; one raid and two flights without a figure
    "2012": (7, 8, "11/17/23", 3, 1),
}
TOTAL = "33/33/40"  # 1 + 1 + 5 + 2 + 3 + 4 + 6 + 11; the twins at most 12


def test_a_row_of_plain_and_odd_events(chrono, store):
    found = answer(chrono, "--by", "year", *store)
    assert {group["year"]: row(group) for group in found["groups"] if group["events"]} == ROWS
    assert row(found["total"]) == (13, 13, TOTAL, 3, 1)
    assert [group["spanning"] for group in found["groups"] if group["events"]] == [0, 0, 2, 3]


def test_a_year_is_in_its_decade_and_its_century(chrono, store):
    """Before Christ as people count: 4 and 3 BC lie in the years 10 to 1 BC."""
    for key in ("decade", "century"):
        found = [group for group in answer(chrono, "--by", key, *store)["groups"] if group["events"]]
        assert [group["events"] for group in found] == [2, 11]
        assert [ends(group["killed"]) for group in found] == ["2/2/2", "25/31/38"]  # the blockade goes on


@pytest.mark.parametrize(("key", "rows"), [
    ("category", {"battles": (12, TOTAL, 3, 0), "reporting": (1, "-", 0, 1)}),
    ("type", {"armed-clash": (12, TOTAL, 3, 0), "report": (1, "-", 0, 1)}),
    ("actor", {"front": (13, TOTAL, 3, 1), "union": (8, "23/23/23", 3, 1)}),
])  # fmt: skip
def test_a_row_of_what_is_no_period(chrono, store, key, rows):
    found = answer(chrono, "--by", key, *store)
    groups = {
        group[key]: (group["events"], ends(group["killed"]), group["no_figure"], group["reports"])
        for group in found["groups"]
    }
    assert groups == rows
    assert ends(found["total"]["killed"]) == TOTAL


def test_a_cell_and_the_margins_of_a_cross_table(chrono, store):
    found = answer(chrono, "--by", "category,year", *store)
    cells = {(group["category"], group["year"]): ends(group["killed"]) for group in found["groups"] if group["events"]}
    battles = {("battles", year): figures for year, (_, _, figures, _, _) in ROWS.items()}
    assert cells == battles | {("reporting", "2012"): "-"}
    margins = {group["year"]: row(group) for group in found["margins"]["year"] if group["events"]}
    assert margins == ROWS


def test_a_window_that_cuts_through_a_period(chrono, store):
    """3 and 4 lie inside; the blockade began inside, and goes on; the report and a raid have no figure that counts."""
    found = answer(chrono, "--by", "category", "--since", "2011-07-02", "--until", "2012-03", *store)
    assert row(found["total"] | {"must": 0}) == (0, 5, "7/13/13", 1, 1)


def test_what_is_left_out_counted_once_and_in_several_rows_is_said(chrono, store):
    notes = {note["text"].partition(" ")[2]: note["ids"] for note in answer(chrono, *store)["notes"]}
    assert notes == {
        "of 13 events have no figure of killed.": [],
        "event of reporting adds nothing to the sums.": ["2012-02-01-report"],
        "and 2011-07-01-raid are possibly the same and count once, the smaller (killed: 5 and 7).": [
            "2011-03-01-raid", "2011-07-01-raid",
        ],
        "events stand in several rows, and once in the total.": ["201-two-days", "2011-12-30-siege"],
    }  # fmt: skip


@pytest.mark.parametrize("key", ["year", "category", "actor", "place"])
def test_a_level_is_its_latest_report_whatever_the_rows_are(chrono, store, key):
    found = answer(chrono, "--by", key, "--sum", "displaced", *store)
    assert (found["total"]["displaced"]["best"], found["total"]["no_figure"]) == (200, 11)
    assert 200 in [group["displaced"] and group["displaced"]["best"] for group in found["groups"]]


def test_a_thousand_filters_are_answered_and_far_more_refused(chrono, store):
    for option, found in (("--actor=front", 13), ("--exclude=type=report", 12), ("--match=happened", 13)):
        assert chrono("timeline", *[option] * 1000, "--count", *store).out == f"{found}\n"
    ended = chrono("timeline", *["--match=happened"] * 10001, "--count", *store)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "10,000" in ended.err
    # More than SQLite takes in a statement, beside another filter.
    ended = chrono("timeline", *["--actor=front"] * 33_000, "--type=report", "--count", *store)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: the filters hold 33,003 values; one command takes up to 10,000\n"


def test_a_twin_that_began_before_takes_nothing_from_the_one_that_surely_lies_in_a_row(chrono, good):
    """7 in 2012 or 2013, 5 in 2013, possibly the same: the 5 of 2013 are sure, the 7 belong to 2012 at best."""
    twin = "links: [{to: 201-raid, kind: possibly-same-as}]"
    pair = event("201-raid", '"[2012..2013]"', killed=7) + event("2013-03-01-raid", "2013-03-01", twin, killed=5)
    (good / "data" / "events.yaml").write_text(pair, "utf-8")
    found = answer(chrono, "--by", "year", "--store", str(good))
    assert [ends(group["killed"]) for group in found["groups"]] == ["0/7/7", "5/5/12"]
    assert ends(found["total"]["killed"]) == "5/5/12"


def test_a_row_with_some_of_three_linked_events_sums_those_up(chrono, good):
    """A whole of 20 and its parts of 15, one of them the year after: 20 in the first row, 15 in the other."""
    part = "links: [{to: 2011-03-01-siege, kind: part-of}]"
    linked = (
        event("2011-03-01-siege", "2011-03-01", killed=20),
        event("2011-04-01-raid", "2011-04-01", part, killed=15),
        event("2012-05-01-raid", "2012-05-01", part, killed=15),
    )
    (good / "data" / "events.yaml").write_text("".join(linked), "utf-8")
    found = answer(chrono, "--by", "year", "--store", str(good))
    assert [ends(group["killed"]) for group in found["groups"]] == ["20/20/20", "15/15/15"]
    assert ends(found["total"]["killed"]) == "20/20/30"


def test_two_linked_events_in_two_columns_count_once_where_both_are(chrono, good):
    """Twins of 5 and 7 in two years: each in its cell, the smaller once in the row that has both."""
    pair = event("2011-03-01-raid", "2011-03-01", killed=5) + event("2012-07-01-raid", "2012-07-01", TWIN, killed=7)
    (good / "data" / "events.yaml").write_text(pair, "utf-8")
    found = answer(chrono, "--by", "category,year", "--store", str(good))
    assert [ends(group["killed"]) for group in found["groups"]] == ["5/5/5", "7/7/7"]
    assert [ends(group["killed"]) for group in found["margins"]["category"]] == ["5/5/12"]
    assert [ends(group["killed"]) for group in found["margins"]["year"]] == ["5/5/5", "7/7/7"]
