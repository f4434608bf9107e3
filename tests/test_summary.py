"""`chrono summary`: groups, marks, sums and totals, on the shipped store."""

import csv
import io
import json
import re

import pytest
from conftest import CASES, ROOT

from mali_chrono.render.chart import band


def answer(chrono, *args):
    ended = chrono("summary", *args, "-f", "json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


def count(chrono, *args):
    return int(chrono("timeline", *args, "--count").out)


@pytest.mark.parametrize("by", ["year", "quarter", "month", "decade", "century"])
def test_a_period_holds_what_timeline_finds_in_it(chrono, by):
    groups = [g for g in answer(chrono, "--by", by, "--since", "2012", "--until", "2016")["groups"] if g["events"]]
    for group in groups[:12]:
        window = ("--since", "2012", "--until", "2016", "--in", group[by])
        assert (group["events"], group["must"]) == (count(chrono, *window), count(chrono, *window, "--must"))


@pytest.mark.parametrize(
    ("by", "option"),
    [("type", "--type"), ("category", "--type"), ("region", "--region"), ("source", "--source"), ("tag", "--tag"),
     ("outlet", "--outlet"), ("role", "--role"), ("actor", "--actor")],
)  # fmt: skip
def test_a_group_holds_what_timeline_finds_with_its_filter(chrono, by, option):
    groups = [group for group in answer(chrono, "--by", by)["groups"] if group[by] is not None]
    for group in groups[:6]:
        assert group["events"] == count(chrono, option, group[by])
        assert count(chrono, option, group[by], "--direct") <= group["events"]


def test_actor_and_role_belong_together(chrono):
    for group in answer(chrono, "--by", "actor,role", "--since", "2022")["groups"][:25]:
        args = ("--actor", group["actor"], "--role", group["role"], "--since", "2022")
        assert group["events"] == count(chrono, *args)
    roles = {group["role"]: group["events"] for group in answer(chrono, "--by", "role", "--actor", "jnim")["groups"]}
    assert roles["perpetrator"] == count(chrono, "--actor", "jnim", "--role", "perpetrator")
    assert sum(roles.values()) < answer(chrono, "--by", "actor", "--actor", "jnim")["groups"][0]["events"] * 3


def by_hand(found, key):
    return {group[key]: group["events"] for group in found["groups"]}


def test_three_actors_count_three_times_and_once_in_the_total(chrono, monkeypatch):
    """Of six events the union is named in four, and the Front, its part since 2012, acts in one more."""
    monkeypatch.chdir(CASES)
    store = ("--store", "sample")
    found = answer(chrono, "--by", "actor", *store)
    assert by_hand(found, "actor") == {"union": 5, "army": 4, "front": 3}
    assert found["total"]["events"] == 6
    assert by_hand(answer(chrono, "--by", "actor", "--direct", *store), "actor") == {"union": 4, "army": 4, "front": 3}
    # With a role, rows are actors in that role: the Front's deeds of 2012 are the union's too.
    perpetrators = by_hand(answer(chrono, "--by", "actor", "--role", "perpetrator", *store), "actor")
    assert perpetrators == {"front": 3, "union": 2}
    assert by_hand(answer(chrono, "--by", "role", "--actor", "union", *store), "role") == {
        "perpetrator": 2,
        "subject": 2,
        "author": 1,
        "supporter": 1,
    }


def test_places_count_what_lies_within(chrono, monkeypatch):
    monkeypatch.chdir(CASES)
    store = ("--by", "place", "--store", "sample")
    assert by_hand(answer(chrono, *store), "place") == {"land": 6, "north": 4, "town": 3}
    assert by_hand(answer(chrono, *store, "--direct"), "place") == {"land": 2, "north": 2, "town": 3}


def event(ident, date, extra=""):
    return f"""- id: {ident}
  date: {date}
  title: Something happened
  type: armed-clash
  places: [town]
  actors: [{{actor: front, role: perpetrator}}]
  cites: [book:7]
  summary: Something happened.
{extra}"""


@pytest.fixture
def built(good):
    """A store of made-up events: their ids, dates and further lines."""

    def build(*events):
        (good / "data" / "events.yaml").write_text("".join(event(*parts) for parts in events), "utf-8")
        return ("--store", str(good))

    return build


def test_a_date_over_several_periods_counts_in_each_surely_or_perhaps(chrono, built):
    """What lasted over New Year was in both years; a day that is one of four may be in either."""
    store = built(
        ("201-raid", '"[2011-12-30..2012-01-02]"'),
        ("2011-12-30-siege", "2011-12-30/2012-01-02"),
        ("2012-05-01-raid", "2012-05-01"),
    )
    found = answer(chrono, "--by", "year", *store)
    rows = [(row["year"], row["must"], row["events"], row["spanning"]) for row in found["groups"]]
    assert rows == [("2011", 1, 2, 2), ("2012", 2, 3, 2)]
    assert (found["total"]["must"], found["total"]["events"]) == (3, 3)
    plain = chrono("summary", "--by", "year", *store).out.splitlines()
    assert [line.split()[:2] for line in plain] == [["year", "events"], ["2011", "1-2"], ["2012", "2-3"], ["all", "3"]]
    for year, may, must in (("2011", "2", "1"), ("2012", "3", "2")):
        assert chrono("timeline", "--in", year, "--count", *store).out == f"{may}\n"
        assert chrono("timeline", "--in", year, "--must", "--count", *store).out == f"{must}\n"


def test_empty_periods_are_shown_and_long_runs_stand_together(chrono, built):
    store = built(("1900-raid", "1900"), ("1903-raid", "1903"), ("1990-raid", "1990"))
    plain = [line.split("  ")[0] for line in chrono("summary", "--by", "year", *store).out.splitlines()]
    assert plain == ["year", "1900", "1901", "1902", "1903", "86 years", "1990", "all"]
    years = [row["year"] for row in answer(chrono, "--by", "year", *store)["groups"]]
    assert years == [str(year) for year in range(1900, 1991)]
    assert [row["events"] for row in answer(chrono, "--by", "decade", *store)["groups"]] == [2, *[0] * 8, 1]


def test_a_window_shows_only_its_own_periods(chrono, built):
    store = built(("2010-war", "2010/2015"), ("2012-05-01-raid", "2012-05-01"))
    rows = answer(chrono, "--by", "year", "--since", "2012", "--until", "2013", *store)["groups"]
    assert [(row["year"], row["events"]) for row in rows] == [("2012", 2), ("2013", 1)]


def test_an_open_end_reaches_as_far_as_the_others(chrono, built):
    store = built(("2012-blockade", "2012/.."), ("2014-05-01-raid", "2014-05-01"))
    rows = answer(chrono, "--by", "year", *store)["groups"]
    assert [(row["year"], row["events"]) for row in rows] == [("2012", 1), ("2013", 1), ("2014", 2)]


def test_ten_thousand_years_by_month_are_no_burden(chrono):
    ended = chrono("summary", "--by", "month", "--until", "1900")
    assert ended.code == 0
    assert len(ended.out.splitlines()) < 300


def toll(figure):
    return f"  tolls: [{{killed: {figure}}}]\n"


def test_sums_count_nobody_twice(chrono, built):
    store = built(
        ("2012-01-01-raid", "2012-01-01", toll(10)),
        ("2012-01-02-raid", "2012-01-02", toll(8) + "  links: [{to: 2012-01-01-raid, kind: possibly-same-as}]\n"),
        ("2012-01-03-fight", "2012-01-03", toll(3) + "  links: [{to: 2012-01-01-raid, kind: part-of}]\n"),
        ("2012-01-04-talk", "2012-01-04"),
    )
    found = answer(chrono, "--by", "year", *store)
    assert found["total"]["killed"] == {"low": 8, "best": 8, "high": 18, "open": False}
    assert found["groups"][0]["killed"] == found["total"]["killed"]
    assert found["total"]["no_figure"] == 1


def test_reports_never_add(chrono):
    found = answer(chrono, "--by", "category", "--type", "reporting")
    assert found["total"]["killed"] is None
    assert found["total"]["reports"] == found["total"]["events"] > 0


def test_another_toll_can_be_summed(chrono):
    found = answer(chrono, "--by", "year", "--sum", "wounded", "--in", "2020")
    assert found["groups"][0]["wounded"]["best"] > 0
    plain = chrono("summary", "--by", "year,category", "--sum", "wounded", "--in", "2020").out.splitlines()
    assert plain[0].split()[-4:] == ["wounded_low", "wounded_best", "wounded_high", "no_figure"]


def test_top_keeps_the_largest_and_puts_the_rest_together(chrono):
    everything = answer(chrono, "--by", "actor")
    found = answer(chrono, "--by", "actor", "--top", "3")
    assert found["groups"][:3] == everything["groups"][:3]
    assert re.fullmatch(r"\d+ others", found["groups"][3]["actor_name"])
    assert found["total"] == everything["total"]


def test_csv_has_a_row_a_cell(chrono):
    rows = list(csv.DictReader(io.StringIO(chrono("summary", "--by", "year,category", "--since", "2012", "-f",
                                                  "csv").out)))  # fmt: skip
    found = answer(chrono, "--by", "year,category", "--since", "2012")
    assert len(rows) == len(found["groups"])
    assert sum(int(row["events"]) for row in rows) == sum(group["events"] for group in found["groups"])
    assert {"year", "category", "events", "spanning", "killed_low", "killed_best", "killed_high"} <= set(rows[0])


def test_fields_count_and_expect(chrono, tmp_path):
    assert chrono("summary", "--by", "category", "--fields", "category,events", "-f", "csv").out.startswith(
        "category,events\n"
    )
    assert set(answer(chrono, "--by", "year", "--in", "2020", "--fields", "year,killed_best")["groups"][0]) == {
        "year",
        "killed_best",
    }
    assert chrono("summary", "--in", "2020", "--count").out == f"{count(chrono, '--in', '2020')}\n"
    assert chrono("summary", "--in", "1450", "--type", "coup", "--expect", ">=1").code == 1
    target = tmp_path / "sums.md"
    assert chrono("summary", "--by", "region", "-o", str(target)).code == 0
    assert target.read_text("utf-8").startswith("| Region | events |")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--by", "yaer"], "did you mean 'year'"),
        (["--by", ","], "one key or two"),
        (["--by", "year,category,type"], "one key or two"),
        (["--by", "year,month"], "at most one of them a period"),
        (["--by", "type,type"], "two different keys"),
        (["--sum", "kiled"], "killed"),
        (["--sum", "displaced", "--by", "year,type"], "is a level"),
        (["--of", "fmaa"], "fama"),
        (["--covers", "--in", "2012"], "sums go by an event's own date"),
        (["--sort", "killed"], "--sort is for timeline"),
        (["--fields", "title"], "unknown field 'title'"),
        (["--top", "0"], "--top"),
        (["--format", "xml"], "table, plain, csv, tsv, json, jsonl, md, html"),
        (["--actor", "jnmi"], "did you mean 'jnim'"),
    ],
)
def test_wrong_commands_exit_2_and_say_why(chrono, args, said):
    ended = chrono("summary", *args)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
@pytest.mark.parametrize("by", ["year,category", "year,actor", "actor", "region,type", "month"])
def test_table_fits_the_terminal(chrono, terminal, by, columns):
    terminal(columns)
    shown = chrono("summary", "--by", by, "--since", "2020").out
    assert all(len(line) <= columns for line in shown.splitlines())
    assert "…" not in shown


@pytest.mark.parametrize("by", ["year", "actor", "category"])
def test_numbers_stay_whole_on_a_narrow_terminal(chrono, terminal, by):
    """In those years 302-307 events of the shipped store tell of 2041 to 3169+ dead, and 117 of them have no figure."""
    terminal(40)
    shown = chrono("summary", "--by", by, "--since", "2019", "--until", "2024").out
    lines = shown.splitlines()
    whole = next(line for line in lines if line.startswith("all"))
    above = [] if by == "year" else lines[lines.index(whole) + 1].split()  # longer names stand above their numbers
    assert [*whole.split(), *above] == ["all", "302-307", "2041", "2712", "3169+", "117"]
    assert {"year": "2021", "actor": "Government of Mali", "category": "violence"}[by] in shown
    assert all(len(line) <= 40 for line in lines)


@pytest.mark.parametrize("columns", [40, 60])
def test_many_numbers_fit_a_narrow_terminal(chrono, terminal, columns):
    terminal(columns)
    shown = chrono("summary", "--by", "actor", "--sum", "killed,wounded", "--since", "2023").out
    assert all(len(line) <= columns for line in shown.splitlines())


def test_year_by_category_shows_every_category_at_100_columns(chrono, terminal):
    terminal(100)
    shown = chrono("summary", "--by", "year,category").out
    heads = " ".join(shown.splitlines()[:3])
    for category in ("battles", "violence", "explosions", "politics", "reporting", "custody", "society"):
        assert category in heads
    assert "other" not in heads


def test_bars_are_as_long_as_their_share(chrono, terminal):
    terminal(120)
    shown = chrono("summary", "--by", "category").out
    bars = [line.count("█") for line in shown.splitlines() if "█" in line]
    assert bars == sorted(bars, reverse=True)
    assert bars[0] == 30


@pytest.mark.parametrize(
    ("ends", "most", "room", "drawn"),
    [
        ((2, 4, 8), 9, 10, "  --o----"),
        ((0, 0, 9), 9, 10, "o---------"),
        ((9, 9, 9), 9, 10, "         o"),
        ((0, 5, 1000), 1000, 10, "o---------"),
        ((0, 0, 0), 0, 10, "o"),
    ],
)
def test_a_band_runs_from_low_to_high(ends, most, room, drawn):
    assert band(ends, most, room) == drawn


def test_a_band_stands_beside_its_bar(chrono, terminal):
    """Of 20 columns for 30 dead the town's 15, 16 and 18 take those numbered 9, 10 and 11."""
    terminal(120)
    shown = chrono("summary", "--by", "place", "--direct", "--store", str(CASES / "stores" / "pictures")).out
    town = next(line for line in shown.splitlines() if line.startswith("Town"))
    assert f"█  {' ' * 9}-o-{' ' * 8}  " in town
    terminal(60)
    assert "low-o-high" not in chrono("summary", "--by", "place").out


@pytest.fixture
def narrow(chrono, terminal):
    """A company's summary on a terminal of so many columns."""

    def summary(width, *words):
        terminal(width)
        shown = chrono("summary", *words, "--store", str(ROOT / "mali_chrono/examples/company")).out
        assert max(map(len, shown.splitlines())) <= width
        return shown

    return summary


def test_columns_go_before_heads_break(narrow):
    """Two kinds of toll at 80 columns: a year takes one line, and what has no room is told."""
    shown = narrow(80, "--sum", "jobs-cut,staff")
    assert re.search(r"^1903 +1 +- +- +- +12 +1 May 1903$", shown, re.MULTILINE)
    assert "Left out for want of room: how many events of a row have no figure and who" in shown


def test_groups_stand_below_each_other_where_no_column_fits(narrow):
    shown = narrow(40, "--sum", "jobs-cut,staff")
    assert "1983: 1 event\njobs-cut low 80, jobs-cut best 80,\njobs-cut high 100" in shown


def test_a_cross_table_without_room_for_a_column_keeps_its_margin(narrow):
    shown = narrow(40, "--by", "actor,type")
    assert re.search(r"^Lindqvist +7 +230 +230 +250$", shown, re.MULTILINE)
    assert "Left out for want of room: the 6 columns" in shown


@pytest.mark.parametrize(
    ("words", "said"), [((), "; bar: events\n"), (("--sum", "jobs-cut"), "bar: best of jobs-cut\n")]
)
def test_the_bars_say_what_they_are(narrow, words, said):
    assert said in narrow(120, *words)
