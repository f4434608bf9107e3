"""`chrono summary`: groups, marks, sums and totals, on the shipped store."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.answers import summary


def answer(chrono, *args):
    ended = chrono("summary", *args, "-f", "json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


def count(chrono, *args):
    return int(chrono("timeline", *args, "--count").out)


FILTERS = {
    "--actor": ["jnim", "al-qaeda", "fama", "minusma", "Government of Mali"],
    "--role": ["perpetrator", "target", "mediator"],
    "--place": ["mopti", "mali", "gao"],
    "--type": ["violence", "battles", "reporting", "coup"],
    "--source": ["cep-mali", "history-of-mali"],
    "--match": ["attack", "peace"],
    "--in": ["2012", "2015..2020", "2021-05", "14th century"],
    "--since": ["2019", "2011-06-15"],
    "--min-killed": ["1", "20"],
    "--limit": ["0", "7"],
    "--exclude": ["type=reporting", "actor=wagner"],
}
OPTIONS = [(flag, value) for flag, values in FILTERS.items() for value in values]
FLAGS = ["--disputed", "--reverse", "--must", "--no-members"]
BY = [*summary.KEYS, "year,category", "actor,role", "role,actor", "place,region", "month,actor", "tag,decade"]


@given(
    chosen=st.lists(st.sampled_from(OPTIONS), max_size=3, unique_by=lambda option: option[0]),
    flags=st.lists(st.sampled_from(FLAGS), max_size=2, unique=True),
    by=st.sampled_from(BY),
)
def test_total_is_the_timelines_count_and_every_event_has_a_group(chrono, chosen, flags, by):
    args = [part for option in chosen for part in option] + flags
    if "--in" in args and "--since" in args:
        return
    found = answer(chrono, "--by", by, *args)
    total = found["total"]["events"]
    assert total == count(chrono, *args)
    sides = [found["groups"]] if "," not in by else list(found["margins"].values())
    for groups in sides:
        assert all(group["events"] <= total for group in groups)
        assert sum(group["events"] for group in groups) >= total
    keys = set(by.split(","))
    if "," not in by and keys & {"type", "category"}:
        assert sum(group["events"] for group in found["groups"]) == total


@pytest.mark.parametrize("by", ["year", "quarter", "month", "decade", "century"])
def test_a_period_holds_what_timeline_finds_in_it(chrono, by):
    groups = [g for g in answer(chrono, "--by", by, "--since", "2012", "--until", "2016")["groups"] if g["events"]]
    for group in groups[:12]:
        window = group[by] if by in ("year", "quarter", "month") else "2012..2016"
        assert group["events"] == count(chrono, "--in", window)


@pytest.mark.parametrize(
    ("by", "option"),
    [("type", "--type"), ("category", "--type"), ("region", "--region"), ("source", "--source"), ("tag", "--tag"),
     ("outlet", "--outlet"), ("role", "--role"), ("actor", "--actor")],
)  # fmt: skip
def test_a_group_holds_what_timeline_finds_with_its_filter(chrono, by, option):
    groups = [group for group in answer(chrono, "--by", by)["groups"] if group[by] is not None]
    for group in groups[:6]:
        assert group["events"] == count(chrono, option, group[by], "--no-members")


def test_actor_and_role_belong_together(chrono):
    for group in answer(chrono, "--by", "actor,role", "--since", "2022")["groups"][:25]:
        args = ("--actor", group["actor"], "--role", group["role"], "--no-members", "--since", "2022")
        assert group["events"] == count(chrono, *args)
    roles = {group["role"]: group["events"] for group in answer(chrono, "--by", "role", "--actor", "jnim")["groups"]}
    assert roles["perpetrator"] == count(chrono, "--actor", "jnim", "--role", "perpetrator")
    assert sum(roles.values()) < answer(chrono, "--by", "actor", "--actor", "jnim")["groups"][0]["events"] * 3


def test_three_actors_count_three_times_and_once_in_the_total(chrono, good):
    found = answer(chrono, "--by", "actor", "--match", "tinzaouaten", "--min-killed", "12", "--in", "2024-07")
    event = json.loads(chrono("timeline", "--match", "tinzaouaten", "--min-killed", "12", "--in", "2024-07", "-f",
                              "json").out)["events"]  # fmt: skip
    actors = {actor["id"] for row in event for actor in row["actors"]}
    assert found["total"]["events"] == len(event)
    assert {group["actor"] for group in found["groups"]} == actors
    assert len(actors) >= 3


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


def test_a_date_over_several_periods_counts_in_each_with_a_mark(chrono, built):
    store = built(("2011-12-30-siege", "2011-12-30/2012-01-02"), ("2012-05-01-raid", "2012-05-01"))
    found = answer(chrono, "--by", "year", *store)
    rows = [(row["year"], row["events"], row["spanning"]) for row in found["groups"]]
    assert rows == [("2011", 1, 1), ("2012", 2, 1)]
    assert found["total"]["events"] == 2
    plain = chrono("summary", "--by", "year", *store).out.splitlines()
    assert [line.split()[:2] for line in plain] == [["year", "events"], ["2011", "1*"], ["2012", "2*"], ["all", "2"]]


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
        (["--fields", "title"], "unknown field 'title'"),
        (["--top", "0"], "--top"),
        (["--format", "xml"], "table, plain, csv, json, md"),
        (["--actor", "jnmi"], "did you mean 'jnim'"),
    ],
)
def test_wrong_commands_exit_2_and_say_why(chrono, args, said):
    ended = chrono("summary", *args)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
@pytest.mark.parametrize("by", ["year,category", "year,actor", "actor", "outlet,type", "month"])
def test_table_fits_the_terminal(chrono, terminal, by, columns):
    terminal(columns)
    shown = chrono("summary", "--by", by, "--since", "2012").out
    assert all(len(line) <= columns for line in shown.splitlines())
    assert "…" not in shown


def test_year_by_category_shows_every_category_at_100_columns(chrono, terminal):
    terminal(100)
    shown = chrono("summary", "--by", "year,category").out
    heads = " ".join(shown.splitlines()[:3])
    for category in ("battles", "violence", "explosions", "politics", "reporting", "custody", "society"):
        assert category in heads
    assert "other" not in heads


def test_bars_are_as_long_as_their_share(chrono, terminal):
    terminal(100)
    shown = chrono("summary", "--by", "category").out
    bars = [line.count("█") for line in shown.splitlines() if "█" in line]
    assert bars == sorted(bars, reverse=True)
    assert bars[0] == 30
