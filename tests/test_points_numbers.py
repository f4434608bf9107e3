"""One question, one number, on small stores. The right answers were written by hand."""

import shlex

import pytest
from helpers.asking import ends

# Rows of a summary: how many events each holds, members and places within included.
ROWS = [
    ("parts", "--by actor", "front 9, union 9, army 4, hirelings 3, band 2, guild 1, villagers 1"),
    ("parts", "--by actor --direct", "front 8, army 4, hirelings 3, band 2, guild 1, union 1, villagers 1"),
    ("parts", "--by actor --role target", "army 4, front 3, union 3"),
    ("parts", "--by actor --role target --direct", "army 4, front 3"),
    # of those in which the Front was a target: who else was there
    ("parts", "--by actor --actor front:target", "front 3, union 3, hirelings 1"),
    ("parts", "--by actor --confirmed", "front 7, union 7, army 3, hirelings 2, band 2, guild 1, villagers 1"),
    # the roles of the actor asked for; of nobody, the roles there are
    ("parts", "--by role --actor front", "perpetrator 6, target 3, claimant 1"),
    ("parts", "--by role --actor front --direct", "perpetrator 5, target 3, claimant 1"),
    ("parts", "--by role --actor union --direct", "perpetrator 1"),
    ("parts", "--by role --actor hirelings", "perpetrator 2, supporter 1"),
    ("parts", "--by role", "perpetrator 10, target 7, claimant 1, mediator 1, supporter 1, victim 1"),
    ("parts", "--by type", "armed-clash 10, talks 1"),
    ("parts", "--by category", "battles 10, politics 1"),
    ("parts", "--by year", "2011 1, 2012 3, 2013 1, 2014 6"),
    ("places", "--by place", "land 7, coast 5, town 3, camp 2, ford 1, isle 1, reef 1"),
    ("places", "--by place --direct", "town 3, camp 2, coast 1, ford 1, isle 1, land 1, reef 1"),
    ("places", "--by place --place camp", "camp 2, coast 2, land 2, town 1"),
    ("places", "--by region", "Coast 5, Sea 2, Hills 1, none 1"),
    ("places", "--by region --place camp:50km", "Coast 4"),
    ("tolls", "--by outlet", "Daily 1, none 14"),
    ("covers", "--by year", "2020 3, 2021 1, 2022 4"),
    ("times", "--by year --since 1962 --until 1964", "1962 2, 1963 1, 1964 2"),
]  # fmt: skip


@pytest.mark.parametrize(("store", "options", "rows"), ROWS)
def test_rows(ask, store, options, rows):
    groups = ask.groups(store, options)
    told = sorted(rows.split(", "))
    assert sorted(f"{row} {group['events']}" for row, group in groups.items()) == told


# Notes: what a total leaves out or counts once, with the ids.
def notes(ask, store, options):
    return ask.json(store, f"summary {options}")["notes"]


@pytest.mark.parametrize(
    ("options", "ids", "words"),
    [
        ("--by year", {"2012-12-31-shot", "2013-02-01-echo"}, "possibly the same"),
        ("--by type", {"2012-12-31-shot", "2013-02-01-echo"}, "possibly the same"),
        ("--by year", {"2013-03-01-count"}, "to the sums"),
        ("--by year", {"2015-03-01-raid", "2014-03-01-campaign"}, "part of"),
        ("--by year", {"2015-04-01-squad", "2015-03-01-raid"}, "part of"),
        ("--by place", {"2014-03-01-campaign"}, "several rows"),
    ],
)
def test_what_a_total_leaves_out_it_says(ask, terminal, options, ids, words):
    assert [note for note in notes(ask, "links", options) if words in note["text"] and set(note["ids"]) == ids]
    assert words in ask("links", f"summary {options} -f md")
    terminal(200)
    assert words in ask("links", f"summary {options}")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--by year --until 2012", "possibly the same"),
        ("--by year --in 2014", "part of"),
        ("--by year --exclude type=report", "to the sums"),
        ("--by year", "several rows"),
    ],
)
def test_no_note_of_what_is_not_so(ask, options, words):
    assert not [note for note in notes(ask, "links", options) if words in note["text"]]


LINKED = {
    # a pair counts once where both are in the row, and apart where not; 500 of a report never
    "--by year": {"2012": "100/100/100", "2013": "82/82/82", "2014": "50/50/50", "2015": "20/20/20", "2016": "1/1/1",
                  "all": "133/133/233"},
    "--by type": {"incident": "133/133/233", "report": "-", "all": "133/133/233"},
    # the hill: 82, the campaign's 50 with the raid's 20 inside; the town: 100, 50 with the squad's 5 inside, 1
    "--by place": {"town": "151/151/151", "hill": "132/132/132", "all": "133/133/233"},
    "--by decade --since 2013": {"201X": "133/133/133", "all": "133/133/133"},
    "--by year --in 2015": {"2015": "20/20/20", "all": "20/20/20"},
}  # fmt: skip


@pytest.mark.parametrize("options", LINKED)
def test_a_pair_or_a_whole_counts_together_only_where_both_are_in_the_row(ask, options):
    assert ask.sums("links", options) == LINKED[options]


@pytest.mark.parametrize(
    ("actor", "events", "caused"),
    [
        # what summary --actor X:perpetrator --actor X:claimant counts; Front's claim and what it denies are in it
        ("front", 9, 7),
        ("band", 2, 2),
        ("hirelings", 3, 2),
        ("army", 4, 0),
    ],
)
def test_a_history_counts_what_the_command_it_prints_counts(ask, actor, events, caused):
    text = ask("parts", f"actor {actor}")
    options = f"--actor {actor}:perpetrator --actor {actor}:claimant"
    assert ask.count("parts", options) == caused
    assert ask.count("parts", f"--actor {actor}") == events
    if caused:
        line = next(line for line in text.splitlines() if "chrono summary" in line)
        command = shlex.split(line[line.index("chrono summary") :].rstrip(" .)"))[1:]
        assert ask.json("parts", shlex.join(command))["total"]["events"] == caused


# A level: tests/cases/stores/tolls tells of 1000 displaced on 10 November 2012 (the army), 400 on the 20th (Daily).
def test_a_level_is_the_latest_report_and_no_sum(ask):
    total = ask.json("tolls", "summary --sum displaced")["total"]["displaced"]
    assert (total["best"], total["event"], total["by"]) == (400, "2012-11-20-returns", "Daily")
    row = ask.groups("tolls", "--sum displaced --by month --in 2012-11")["2012-11"]["displaced"]
    assert row["best"] == 400
    row = ask.groups("tolls", "--sum displaced --by type --until 2012-11-15")["report"]["displaced"]
    assert (row["best"], row["by"]) == (1000, "Army")
    assert "level" in ask.refusal("tolls", "summary --sum displaced --by year,type")
    assert "level" in ask.refusal("tolls", "summary --sum killed,displaced --by year,type")
    assert "1400" not in ask("tolls", "summary --sum displaced")


def test_whose_deeds_the_dead_of_actors_are_is_said(ask, terminal):
    terminal(100)
    whoever = "in events with them, whoever did it"
    assert whoever in ask("tolls", "summary --by actor")
    assert whoever not in ask("tolls", "summary --by actor --role perpetrator")
    assert whoever not in ask("tolls", "summary --by type")


@pytest.mark.parametrize("form", ["plain", "md", "csv"])
def test_a_row_says_how_many_surely_in_every_format(ask, form):
    text = ask("spans", f"summary --by year -f {form}")
    assert ("2018,1,2018" if form == "csv" else "3-4") in text or "3" in text.split("2018", 1)[1][:9]


def test_every_kind_of_record_can_be_shown(ask):
    for ident, words in (
        ("2013-05-01-coup", "Coup"), ("army", "Land Army"), ("town", "Town"), ("operation-thunder", "13105"),
        ("book", "The Book"), ("incident", "Incident"),
    ):  # fmt: skip
        assert words in ask("names", f"show {ident}")
        assert ask.json("names", f"show {ident}")


def test_a_period_carries_its_tolls_in_json(ask):
    (period,) = [p for p in ask.json("names", "timeline --in 2013-06")["periods"] if p["id"] == "operation-thunder"]
    assert ends(period["killed"]) == "13105/13105/13105"
    assert period["tolls"][0]["killed"] == "13105"


@pytest.mark.parametrize(
    "options", ["", "--in 2018", "--in 2019", "--since 2018", "--in 2017 --in 2019", "--must --in 2018"]
)
def test_a_history_sums_over_a_window_as_a_summary_does(ask, options):
    total = ask.sums("spans", f"--actor front:perpetrator {options}")["all"]
    history = ask.json("spans", f"actor front {options}")
    (listed,) = [entry for entry in ask.json("spans", f"actor {options}")["actors"] if entry["id"] == "front"]
    assert ends(history["figures"]["caused"]["killed"]) == ends(listed["caused"]["killed"]) == total
