"""`chrono actor` as a user meets it: the list, one actor's history, and a history through its successors."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import CASES
from helpers.golden import compare

RELATED = """
- id: old-band
  name: Old Band
  kind: rebel-group
  active: 2009/2011
- id: new-band
  name: New Band
  kind: rebel-group
  relations:
    - {kind: renamed-from, actor: old-band, date: 2011, cite: book:2}
    - {kind: splinter-of, actor: front, certainty: suspected, says: army, cite: book:2, note: "[bold]rumour[/bold]"}
    - {kind: led-by, actor: chief, date: 2011/2012-07-25, cite: book:3}
    - {kind: rival-of, actor: army, date: 2012/.., cite: book:4}
- id: army-friends
  name: Friends of the Army
  kind: political-militia
  relations:
    - {kind: rival-of, actor: new-band, date: 2012/.., cite: book:4}
- id: chief
  name: "The \\u0301Chief"
  kind: person
  relations:
    - {kind: part-of, actor: new-band, cite: book:3, note: its chief}
    - {kind: holds, actor: army, office: head of nothing, date: 2010/2011, cite: book:3}
"""


@pytest.fixture
def related(monkeypatch, tmp_path):
    """The sample store with a few related actors more."""
    store = Path(shutil.copytree(CASES / "sample", tmp_path / "sample"))
    actors = store / "data" / "actors.yaml"
    actors.write_text(actors.read_text("utf-8").rstrip() + RELATED.replace("\\u0301", ""), "utf-8")
    monkeypatch.chdir(tmp_path)
    return ("--store", "sample")


def read(ended):
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def ids(ended):
    return [row["id"] for row in read(ended)["events"]]


@pytest.mark.parametrize("name", ["JNIM", "gsim", "jama'at nusrat al-islam WAL-muslimin", "jnim"])
def test_any_name_finds_it(chrono, name):
    assert chrono("actor", name).out == chrono("actor", "jnim").out


@pytest.mark.parametrize(("name", "title"), [("ansar al-dine", "Ansar Dine"), ("goita", "Assimi Goïta")])
def test_aliases_in_any_case_and_without_accents(chrono, name, title):
    assert chrono("actor", name).out.splitlines()[0] == title


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["jnmi"], "did you mean 'jnim'"),
        (["--follow"], "--follow needs the name"),
        (["jnim", "--fields", "id"], "--fields chooses the columns of the list"),
        (["--fields", "idd"], "did you mean 'id'"),
        (["--fields", ","], "names no field"),
        (["-f", "xml"], "table, plain, csv, tsv, json, jsonl, md, html"),
        (["--expect", "many"], "--expect takes a comparison"),
        (["jnim", "--role", "perp"], "perpetrator"),
        (["jnim", "--since", "2020-13"], "month 13"),
        (["jnim", "--sort", "killed"], "--sort is for timeline"),
    ],
)
def test_wrong_commands_exit_2_and_say_why(chrono, args, said):
    ended = chrono("actor", *args)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


FILTERS = [
    (),
    ("--since", "2020"),
    ("--in", "2012", "--must"),
    ("--type", "violence"),
    ("--role", "perpetrator"),
    ("--direct",),
    ("--place", "mopti", "--min", "killed=10"),
    ("--exclude", "type=reporting"),
    ("--match", "convoy"),
    ("--confirmed",),
    ("--in", "2012", "--covers"),
]


@pytest.mark.parametrize("options", FILTERS, ids=" ".join)
@pytest.mark.parametrize("name", ["jnim", "al-qaeda", "mali-government", "wagner"])
def test_its_events_are_those_of_the_timeline(chrono, name, options):
    found = read(chrono("actor", name, *options, "-f", "json"))
    expected = chrono("timeline", "--actor", name, *options, "-f", "json")
    assert found["events"] == read(expected)["events"]
    assert found["figures"]["events"] == len(found["events"])
    assert sum(found["figures"]["years"].values()) <= len(found["events"])


@pytest.mark.parametrize("options", FILTERS, ids=" ".join)
def test_the_list_counts_what_the_timeline_finds(chrono, options):
    found = read(chrono("actor", *options, "-f", "json"))["actors"]
    assert [row["events"] for row in found] == sorted((row["events"] for row in found), reverse=True)
    for row in found[:3] + found[-2:]:
        assert chrono("timeline", "--actor", row["id"], *options, "--count").out == f"{row['events']}\n"
        alone = read(chrono("actor", row["id"], *options, "-f", "json"))["figures"]
        assert (alone["caused"], alone["suffered"]) == (row["caused"], row["suffered"])


def test_another_actor_is_another_condition(chrono):
    both = set(ids(chrono("actor", "jnim", "--actor", "wagner", "-f", "json")))
    jnim, wagner = (set(ids(chrono("timeline", "--actor", name, "-f", "json"))) for name in ("jnim", "wagner"))
    assert both == jnim & wagner
    assert both


def test_follow_goes_from_gspc_to_jnim_and_tells_each_event_once(chrono):
    found = read(chrono("actor", "mujao", "--follow", "-f", "json"))
    line = {row["id"] for row in found["line"]}
    # What else went into al-Mourabitoun and JNIM (AMB, Ansar Dine, Katiba Macina) is neither before nor after MUJAO.
    assert line == {"gspc", "aqim", "mujao", "al-mourabitoun", "jnim"}
    told = [row["id"] for row in found["events"]]
    assert len(told) == len(set(told))
    each = {ident for name in line for ident in ids(chrono("timeline", "--actor", name, "-f", "json"))}
    assert set(told) == each


def test_follow_from_the_first_name_reaches_the_last(chrono):
    assert "jnim" in {row["id"] for row in read(chrono("actor", "gspc", "--follow", "-f", "json"))["line"]}


def read_command(told):
    """The commands that a history prints below its sums."""
    return [line.split()[1:] for line in told.splitlines() if line.lstrip().startswith("chrono summary ")]


def killed(low, best, high, *, more=False):
    return {"low": low, "best": best, "high": high, "open": more}


def test_dead_are_low_best_high_over_what_it_did_and_suffered(chrono, monkeypatch):
    """By hand, event by event: 12/19/37+ (12 or 30+, and up to 7 attackers), dozens, and 64 or 154+ at one place."""
    monkeypatch.chdir(CASES)
    front = read(chrono("actor", "front", "--store", "sample", "-f", "json"))["figures"]
    army = read(chrono("actor", "army", "--store", "sample", "-f", "json"))["figures"]
    all_of_it = killed(12 + 12 + 64, 19 + 12 + 64, 37 + 12 + 154, more=True)
    assert front["caused"] == {"killed": all_of_it, "events": 3, "without_figure": 0, "in_doubt": 1, "denied": 0}
    assert army["suffered"] == {**front["caused"], "in_doubt": 0}
    assert front["suffered"] == army["caused"] == {**front["caused"], "killed": None, "events": 0, "in_doubt": 0}


@pytest.mark.parametrize(
    ("options", "printed", "dead"),
    [
        ((), "--actor front:perpetrator --actor front:claimant", killed(88, 95, 203, more=True)),
        (("--role", "perpetrator"), "--actor front:perpetrator", killed(88, 95, 203, more=True)),
        (
            ("--confirmed",),
            "--actor front:perpetrator --actor front:claimant --confirmed",
            killed(12, 19, 37, more=True),
        ),
        # Of the battle of 25-27 July, two days lie inside: nothing for low, all of it for best and high.
        (
            ("--in", "2012-07-25..2012-07-26"),
            "--actor front:perpetrator --actor front:claimant --in 2012-07-25..2012-07-26",
            killed(0, 64, 154, more=True),
        ),
        (
            ("--since", "2012-07-26"),
            "--actor front:perpetrator --actor front:claimant --since 2012-07-26",
            killed(0, 0, 154, more=True),
        ),
    ],
    ids=str,
)
def test_the_dead_are_those_of_the_summary_it_prints(chrono, monkeypatch, options, printed, dead):
    monkeypatch.chdir(CASES)
    store = ("--store", "sample")
    assert read(chrono("actor", "front", *options, *store, "-f", "json"))["figures"]["caused"]["killed"] == dead
    (command,) = read_command(chrono("actor", "front", *options, *store).out)
    assert command == ["summary", *printed.split()]
    assert read(chrono(*command, *store, "-f", "json"))["total"]["killed"] == dead


def test_events_of_two_actors_are_what_no_summary_sums(chrono):
    assert read_command(chrono("actor", "jnim", "--actor", "fama").out) == []


def test_what_a_group_denies_is_counted_and_named(chrono, good):
    events = good / "data" / "events.yaml"
    denied = r"{actor: \1, role: perpetrator, certainty: denied}"
    events.write_text(re.sub(r"\{actor: (\w+), role: perpetrator\}", denied, events.read_text()))
    found = read(chrono("actor", "front", "--store", str(good), "-f", "json"))["figures"]
    dead = killed(12 + 12, 12 + 12, 12 + 12, more=True)  # 12, and dozens
    assert found["caused"] == {"killed": dead, "events": 2, "without_figure": 0, "in_doubt": 2, "denied": 2}
    told = chrono("actor", "front", "--store", str(good)).out
    assert "in its attacks 24 low, 24 best, 24+ high; 2 events, 2 in doubt, 2 denied\n" in told


def test_changes_stand_between_the_events_in_order(chrono):
    found = read(chrono("actor", "katiba-macina", "-f", "json"))
    texts = [row["text"] for row in found["changes"]]
    assert "Katiba Macina now part of Ansar Dine" in texts
    assert "Katiba Macina no longer part of Ansar Dine" in texts
    plain = chrono("actor", "katiba-macina").out
    assert plain.index("now part of Ansar Dine") < plain.index("no longer part of Ansar Dine")


def test_a_change_that_an_event_tells_is_told_once(chrono):
    found = read(chrono("actor", "jnim", "-f", "json"))
    assert "2017-03-jnim-founded" in found["turning"]
    assert [row for row in found["changes"] if row["kind"] == "alliance-of"] == []
    assert "2019-10-09-maychou-killing" in found["turning"]


def test_changes_obey_the_window_and_are_left_out_where_events_are_chosen_by_what_they_are(chrono):
    later = read(chrono("actor", "wagner", "--since", "2023", "-f", "json"))["changes"]
    assert later
    assert all(row["date"] >= "2023" for row in later)
    for chosen in (("--type", "violence"), ("--min", "killed=0"), ("--exclude", "type=report")):
        assert read(chrono("actor", "wagner", "--since", "2023", *chosen, "-f", "json"))["changes"] == []


def test_undated_and_doubtful_relations_are_marked(chrono, related):
    told = chrono("actor", "new-band", *related).out
    assert "split from People's Front (suspected, Army says; undated; [bold]rumour[/bold])" in told
    assert "Undated: New Band split from People's Front? (suspected, Army says; [bold]rumour[/bold])" in told
    assert "led by      The Chief (2011 to 25 Jul 2012)" in told


def test_what_rivals_are_is_told_once_from_the_side_asked_for(chrono, related):
    told = chrono("actor", "new-band", *related).out
    assert told.count("New Band now a rival of Friends of the Army and Army") == 1
    assert "Friends of the Army (since 2012)" in told


def test_a_name_taken_over_says_why_the_old_one_ends(chrono, related):
    told = chrono("actor", "old-band", *related).out
    assert "Old Band active from here on" in told
    assert "Old Band became New Band" in told
    assert "no longer active" not in told


def test_a_person_has_offices_and_whom_it_led(chrono, related):
    told = chrono("actor", "chief", *related).out
    assert "offices     head of nothing (2010-2011)" in told
    assert "led         New Band (2011 to 25 Jul 2012)" in told
    assert "offices     head of nothing: The Chief (2010-2011)" in chrono("actor", "army", *related).out


def test_an_office_taken_is_told_by_the_event_of_that_day(chrono):
    found = read(chrono("actor", "goïta", "-f", "json"))
    sworn = [row["id"] for row in found["events"] if row["date"] == "2021-06-07"]
    assert set(sworn) & set(found["turning"])
    assert not [row for row in found["changes"] if row["date"] == "2021-06-07"]


def test_limit_and_reverse_shape_the_list_and_the_timeline_not_the_figures(chrono):
    short = read(chrono("actor", "jnim", "-n", "3", "--reverse", "-f", "json"))
    whole = read(chrono("actor", "jnim", "-f", "json"))
    assert [row["id"] for row in short["events"]] == [row["id"] for row in whole["events"]][::-1][:3]
    assert short["figures"] == whole["figures"]
    assert len(read(chrono("actor", "-n", "3", "-f", "json"))["actors"]) == 3
    assert read(chrono("actor", "jnim", "-n", "0", "-f", "json"))["events"] == []


def test_count_and_expect(chrono):
    assert chrono("actor", "jnim", "--count").out == chrono("timeline", "--actor", "jnim", "--count").out
    assert chrono("actor", "jnim", "--in", "1850", "--count", "--expect", ">=1").code == 1
    assert chrono("actor", "--in", "1850").code == 0


def test_fields_choose_the_columns_of_the_list(chrono):
    lines = chrono("actor", "--fields", "id,events", "-n", "2").out.splitlines()
    assert lines[0].split() == ["id", "events"]
    assert len(lines) == 3


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 99, 100, 120, 200])
@pytest.mark.parametrize("args", [("actor", "wagner", "--since", "2023"), ("actor", "-n", "20"), ("lineage", "jnim")])
def test_fits_every_terminal_and_cuts_nothing(chrono, terminal, columns, args):
    terminal(columns)
    shown = chrono(*args).out
    assert max(len(line) for line in shown.splitlines()) <= columns
    assert "…" not in shown


CASES_OF = {
    **{f"actor-{shape}": ("actor", "front", "-f", shape) for shape in ("plain", "json", "md")},
    **{f"actors-{shape}": ("actor", "-f", shape) for shape in ("plain", "json", "md")},
}


@pytest.mark.parametrize("name", CASES_OF)
def test_shape(chrono, monkeypatch, name):
    monkeypatch.chdir(CASES)
    ended = chrono(*CASES_OF[name], "--store", "sample")
    assert (ended.code, ended.err) == (0, "")
    compare(name, ended.out)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize(("name", "args"), [("actor", ("actor", "new-band")), ("actors", ("actor",))])
def test_terminal(chrono, related, terminal, name, args, width):
    terminal(width)
    ended = chrono(*args, *related)
    assert (ended.code, ended.err) == (0, "")
    compare(f"{name}-{width}", ended.out)
