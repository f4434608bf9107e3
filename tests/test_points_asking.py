"""Right commands, lists, formats and columns, on small stores."""

import csv
import io
import re

import pytest

# chrono list KIND: value, name, how many events, the first and the last.
LISTS = {
    ("parts", "actors"): "front 9, union 9, army 4, hirelings 3, band 2, guild 1, villagers 1",
    ("places", "places"): "land 7, coast 5, town 3, camp 2, ford 1, isle 1, reef 1",
    ("places", "regions"): "Coast 5, Sea 2, Hills 1",
    ("parts", "types"): "armed-clash 10, talks 1",
    ("parts", "categories"): "battles 10, politics 1",
    ("names", "periods"): "helpers 3, goggle 3, operation-thunder 3",
    ("words", "sources"): "book 13, ukraine-ties 1",
    ("tolls", "outlets"): "Daily 1",
    ("words", "tags"): "peace-talks 1",
    ("tolls", "tolls"): "killed 11, displaced 2, wounded 2",
    ("parts", "roles"): "perpetrator 10, target 7, claimant 1, mediator 1, supporter 1, victim 1",
}


@pytest.mark.parametrize(("store", "kind"), LISTS)
def test_list(ask, store, kind):
    answer = ask.json(store, f"list {kind}")
    (values,) = (rows for rows in answer.values() if isinstance(rows, list))
    told = [f"{value['id']} {value['events']}" for value in values if value["events"]]
    assert sorted(told) == sorted(LISTS[store, kind].split(", "))
    for form in ("plain", "csv", "md"):
        text = ask(store, f"list {kind} -f {form}")
        assert all(str(value["name"]) in text for value in values)
    assert ask(store, f"list {kind} --count") == f"{len(values)}\n"


def test_a_list_says_first_and_last(ask):
    rows = list(csv.DictReader(io.StringIO(ask("parts", "list actors -f csv"))))
    front = next(row for row in rows if row["id"] == "front")
    assert (front["first"], front["last"]) == ("1 May 2011", "1 Aug 2014")


def test_a_list_of_nothing_there_is_is_refused(ask):
    assert "actors" in ask.refusal("parts", "list aktors")
    assert "timeline" in ask.refusal("parts", "list events")


# Columns of the dead stand only where an event of the answer has dead.
@pytest.mark.parametrize("form", ["plain", "md"])
@pytest.mark.parametrize(("options", "stands"), [("--in 2012-01", True), ("--in 2012-10", False), ("-n 0", False)])
def test_the_dead_have_a_column_where_there_are_any(ask, form, options, stands):
    head = ask("tolls", f"timeline {options} -f {form}").splitlines()[0].lower()
    assert ("dead" in head) is stands


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize(("options", "stands"), [("--in 2012-01", True), ("--in 2012-10", False)])
def test_the_dead_have_a_column_on_a_terminal_where_there_are_any(ask, terminal, width, options, stands):
    terminal(width)
    assert ("dead" in ask("tolls", f"timeline {options}")) is stands


def test_no_formula_reaches_a_spreadsheet(ask):
    rows = list(csv.DictReader(io.StringIO(ask("forms", "timeline -f csv"))))
    assert [row["title"] for row in rows] == [
        "'=SUM(A1:A9)", "'+1 more", "'@home", 'He said "no", twice', "Plain = plain",
    ]  # fmt: skip
    titles = ask("forms", "timeline --fields title -f csv").splitlines()[1:]
    assert all(not re.match(r'"?[=+@\t\r]', title) for title in titles)
    assert ask.rows("forms")[0]["title"] == "=SUM(A1:A9)"  # json is no spreadsheet


# A cross table of tolls by type and month: events, then the dead; the army's own part.
def cells(text):
    return {line.split()[0]: line.split()[1:] for line in text.splitlines() if line.strip()}


@pytest.mark.parametrize("width", [80, 120])
def test_the_cells_of_a_cross_table(ask, terminal, width):
    terminal(width)
    text = ask("tolls", "summary --by type,actor")
    lines = {line.split()[0]: line for line in text.splitlines() if line[:1].isalpha()}
    assert re.match(r"armed-clash +11 +11 +1 +11 ", lines["armed-clash"])
    assert re.match(r"massacre +1 +1 +1 ", lines["massacre"])
    assert re.match(r"report +2 +1 +3 ", lines["report"])
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("width", "heads", "report"),
    [
        (80, ["Army", "People's Front", "Villagers"], ["2", "1", "3"]),
        (40, ["Army", "People's Front", "1 other"], ["2", "1", "3"]),
        (30, [], ["3"]),  # told below: a column of all would say what stands beside it
    ],
)
def test_a_cross_table_puts_into_one_column_what_has_no_room(ask, terminal, width, heads, report):
    terminal(width)
    text = ask("tolls", "summary --by type,actor")
    above = text[: text.index("armed")]
    assert [name for name in ("Army", "People's Front", "Villagers", "1 other", "3 others") if name in above] == heads
    (line,) = (line.split() for line in text.splitlines() if line.startswith("report"))
    assert line[1 : 1 + len(report)] == report
    assert max(map(len, text.splitlines())) <= width
    assert ("the 3 columns by actor" in text.replace("\n", " ")) is (not heads)


def test_a_cross_table_without_rows_has_its_totals(ask, terminal):
    terminal(80)
    assert re.search(r"^all +13 +12 +3 +15 ", ask("tolls", "summary --by type,actor -n 0"), re.MULTILINE)


def test_the_cells_of_a_cross_table_of_the_dead(ask, terminal):
    terminal(120)
    lines = {
        line.split()[0]: line.split()
        for line in ask("tolls", "summary --by type,actor --sum killed").splitlines()
        if line[:1].isalpha()
    }
    # front, army, villagers; then all with low, best, high
    assert lines["armed-clash"][1:] == ["113-173+", "113-173+", "9", "11", "113", "128", "173+"]
    assert lines["massacre"][1:5] == ["7", "7", "1", "7"]
    assert "7" in lines["massacre"]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_cells_of_a_cross_table_for_a_program(ask, form):
    if form == "csv":
        rows = csv.DictReader(io.StringIO(ask("tolls", "summary --by type,actor -f csv")))
    else:
        rows = ask.json("tolls", "summary --by type,actor")["groups"]
    counts = {(row["type"], row["actor"]): int(row["events"]) for row in rows if row["type"] and row["actor"]}
    assert {key: count for key, count in counts.items() if count} == {
        ("armed-clash", "front"): 11, ("armed-clash", "army"): 11, ("armed-clash", "villagers"): 1,
        ("massacre", "front"): 1, ("massacre", "villagers"): 1, ("report", "army"): 2, ("report", "villagers"): 1,
    }  # fmt: skip


def bars(text):
    return {line.split()[0]: line.count("#") for line in text.splitlines() if "#" in line}


def test_bars_are_of_the_events_or_of_the_dead_where_those_were_asked_for(ask, terminal):
    terminal(100, unicode=False)
    events = bars(ask("spans", "summary --by year"))
    assert (events["2017"], events["2018"], events["2019"]) == (15, 30, 30)  # 2, 4 and 4 of 4
    dead = bars(ask("spans", "summary --by year --sum killed"))
    assert (dead["2017"], dead["2018"], dead["2019"]) == (30 * 40 // 118, 30, 30 * 7 // 118)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "plain", "md"])
def test_every_format_has_the_same_events(ask, form):
    text = ask("parts", f"timeline --actor front --fields id -f {form}")
    found = re.findall(r"\d{4}-\d\d-\d\d-([a-z-]+)", text)
    assert " ".join(found) == "dawn siege raid mixed band claim denial rumour twice"


def test_expectations_hold_the_count(ask, chrono):
    from helpers.asking import STORES

    store = str(STORES / "parts")
    assert chrono("timeline", "--actor", "front", "--expect", "==9", "--count", "--store", store).code == 0
    assert chrono("timeline", "--actor", "front", "--expect", ">9", "--count", "--store", store).code == 1
