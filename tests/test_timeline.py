"""`chrono timeline` as a user meets it, on the shipped store."""

import csv
import io
import json
import shlex

import pytest
from conftest import CASES

from mali_chrono.answers import sets


def rows(ended):
    assert ended.code == 0, ended.err
    return json.loads(ended.out)["events"]


def ids(ended):
    return [row["id"] for row in rows(ended)]


def timeline(chrono, *args):
    return chrono("timeline", *args, "--format", "json")


def test_plain_is_a_header_and_one_line_an_event(chrono):
    ended = chrono("timeline", "--since", "2020")
    count = int(chrono("timeline", "--since", "2020", "--count").out)
    lines = ended.out.splitlines()
    assert ended.err == ""
    assert len(lines) == count + 1
    assert lines[0].split() == ["when", "what", "where", "who", "dead"]
    assert "\x1b" not in ended.out


def test_actor_is_found_by_any_of_its_names(chrono):
    by_alias = ids(timeline(chrono, "--actor", "Group to Support Islam and Muslims", "--in", "2024"))
    assert by_alias == ids(timeline(chrono, "--actor", "JNIM", "--in", "2024"))
    assert "2024-09-17-bamako-attacks" in by_alias


@pytest.mark.parametrize("name", ["jama'at nusrat al-islam wal-muslimin", "JAMAAT NUSRAT AL ISLAM WAL MUSLIMIN"])
def test_names_fold_case_accents_and_apostrophes(chrono, name):
    assert ids(timeline(chrono, "--actor", name)) == ids(timeline(chrono, "--actor", "jnim"))


def test_unknown_actor_offers_the_nearest(chrono):
    ended = chrono("timeline", "--actor", "jnmi")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: unknown actor 'jnmi': did you mean 'jnim'")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--since", "2020-13"], "month 13"),
        (["--until", "-500"], "500 BC"),
        (["--since", "03/04/2020"], "2020-04-03"),
        (["--since", "2024", "--until", "2020"], "2020"),
        (["--place", "atlantis"], "unknown place 'atlantis'"),
        (["--type", "armed-clsh"], "armed-clash"),
        (["--role", "perp"], "perpetrator"),
        (["--format", "xml"], "table, plain, csv, tsv, json, jsonl, md, html"),
        (["--fields", "id,titel"], "title"),
        (["--fields", ","], "names no field"),
        (["--exclude", "nonsense"], "KEY=VALUE"),
        (["--exclude", "color=red"], "--exclude knows no 'color'"),
        (["--expect", "many"], "--expect takes a comparison"),
        (["--match", "!!!"], "'!!!' has no letter or digit to look for"),
        (["--match", " "], "needs a word"),
        (["--match", 'a "phrase'], "a quote is not closed"),
        (["--no-members"], "--no-members is now --direct"),
        (["--since", "2020", "--since", "2021"], "--since is given 2 times"),
        (["--in", "2020", "--until", "2019"], "no day is left that lies in all of them"),
        (["--sort", "kiled"], "killed"),
        (["--actor", "jnim:perp"], "unknown actor 'jnim:perp'"),
        (["--with", "jnmi"], "did you mean 'jnim'"),
        (["--place", "gaoo:50km"], "unknown place 'gaoo'"),
        (["--color", "pink"], "auto, always or never"),
        (["--today", "someday", "--since", "30d"], "--today takes a day"),
        (["--store", "/nowhere"], "no store at '/nowhere'"),
        (["--limit", "-1"], "--limit"),
        (["-o", "answer.xyz"], "does not say its format"),
        (["-o", "answer.svg"], "does not say its format: `chrono plot KIND -o FILE.svg` draws pictures\n"),
        (["-f", "png"], "unknown format 'png': `chrono plot KIND -o FILE.png` draws pictures\n"),
        (["--nonsense"], "has no option '--nonsense'"),
    ],
)
def test_wrong_commands_exit_2_and_say_why(chrono, args, said):
    ended = chrono("timeline", *args)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_since_a_year_means_its_first_day(chrono):
    resolved = json.loads(timeline(chrono, "--since", "2020").out)["query"]
    assert resolved["first"] == "2020-01-01"


def test_until_bc_shows_the_ancient_record_in_order(chrono):
    found = rows(timeline(chrono, "--until", "500 BC"))
    assert [row["id"] for row in found][:2] == ["bc-10000-northern-mali-inhabited", "bc-9400-ounjougou-pottery"]
    years = [int((row["earliest"] or row["latest"])[:-6]) for row in found]
    assert years == sorted(years)
    assert all(row["earliest"] is None or year <= -499 for row, year in zip(found, years, strict=True))


# The events of cases/sample, oldest first.
DIA, FAMINE, RAID, AGAIN, BATTLE, REPORT = (
    "bc-900-town-begins", "168-famine", "2011-05-01-town-raid", "2012-06-town-raid", "2012-07-25-battle",
    "2013-08-report",
)  # fmt: skip
FOUND = {
    "": (DIA, FAMINE, RAID, AGAIN, BATTLE, REPORT),
    "--reverse": (REPORT, BATTLE, AGAIN, RAID, FAMINE, DIA),
    "-n 2": (DIA, FAMINE),
    "-n 0": (),
    # Time: by an event's own dates; the report is of "by August 2013" and speaks of 2011 and 2012.
    "--in 2012": (AGAIN, BATTLE),
    "--in 2012 --must": (AGAIN, BATTLE),
    "--in 2012 --covers": (AGAIN, BATTLE, REPORT),
    "--in 2012 --covers --must": (AGAIN, BATTLE),
    "--in 2012-06-20": (AGAIN,),
    "--in 2012-06-20 --must": (),
    "--in 2012-07-26 --must": (BATTLE,),
    "--in 2012-07-26 --within": (),
    "--in 2011 --in 2012-07": (RAID, BATTLE),
    "--since 2012-07 --until 2013-07": (BATTLE,),
    "--in war": (RAID, AGAIN, BATTLE, REPORT),
    "--in 2012-06-town-raid": (AGAIN,),
    "--in 1680s": (FAMINE,),
    "--in 1685 --must": (),
    "--until 'AD 1'": (DIA,),
    # Who: the Front is part of the Union since 2012.
    "--actor union": (DIA, FAMINE, AGAIN, BATTLE, REPORT),
    "--actor union --direct": (DIA, FAMINE, AGAIN, REPORT),
    "--actor pf": (RAID, AGAIN, BATTLE),
    "--actor front --actor union": (DIA, FAMINE, RAID, AGAIN, BATTLE, REPORT),
    "--actor union --role perpetrator": (AGAIN, BATTLE),
    "--actor union --role supporter": (AGAIN,),
    "--actor union:author --actor army:target": (RAID, AGAIN, BATTLE, REPORT),
    "--actor union:author --actor army --role subject": (REPORT,),
    "--actor front --with union": (AGAIN,),
    "--actor army --with front:perpetrator": (RAID, AGAIN, BATTLE),
    "--with army --with union:author": (REPORT,),
    "--role target": (RAID, AGAIN, BATTLE),
    "--confirmed": (DIA, FAMINE, RAID, AGAIN, REPORT),
    "--confirmed --actor front": (RAID,),
    # Where
    "--place town": (RAID, AGAIN, BATTLE),
    "--place north": (DIA, RAID, AGAIN, BATTLE),
    "--place north --direct": (DIA, AGAIN),
    "--place oldtown:100km": (RAID, AGAIN, BATTLE),
    "--region north": (DIA, RAID, AGAIN, BATTLE),
    # What: best figures are 19, 12, 64 and, of the report, 500.
    "--min killed=19": (RAID, BATTLE, REPORT),
    "--min killed=20": (BATTLE, REPORT),
    "--disputed": (RAID, BATTLE),
    "--sort killed": (REPORT, BATTLE, RAID, AGAIN, DIA, FAMINE),
    "--sort killed --reverse": (AGAIN, RAID, BATTLE, REPORT, FAMINE, DIA),
    "--sort killed -n 2": (REPORT, BATTLE),
    "--type battles": (RAID, AGAIN, BATTLE),
    "--type report": (DIA, FAMINE, REPORT),
    "--type report --place north": (DIA,),
    "--exclude type=reporting": (RAID, AGAIN, BATTLE),
    "--exclude actor=union": (RAID,),
    "--exclude actor=union:author --exclude id=168-famine": (DIA, RAID, AGAIN, BATTLE),
    "--outlet 'the town crier'": (RAID,),
    "--source book --exclude role=target": (DIA, FAMINE, REPORT),
    # Words: of titles, summaries, names of actors and places, outlets; not of notes ("disagree").
    "-m raid": (AGAIN,),
    "-m raid*": (RAID, AGAIN),
    "-m OLDTOWN": (RAID, AGAIN, BATTLE),
    "-m 'oldtown -pf'": (),
    "-m '\"three days\"'": (BATTLE,),
    "-m 'days three'": (BATTLE,),
    "-m naive": (REPORT,),
    '-m "people\'s -town"': (),
    "-m crier -m famine": (FAMINE, RAID),
    "-m disagree": (),
}


@pytest.mark.parametrize("options", FOUND)
def test_what_each_filter_finds(chrono, monkeypatch, options):
    monkeypatch.chdir(CASES)
    assert tuple(ids(timeline(chrono, *shlex.split(options), "--store", "sample"))) == FOUND[options]


# Filters of which one finds a single event and others find more.
SMALL_AND_WIDE = {
    "--in 2011-05 --type battles": (RAID,),
    "--in 2011-05 --actor union --role author": (),
    "--in 2011-05 --covers --actor union --type report": (REPORT,),
    "--in 2011-05 --covers --actor army": (RAID, REPORT),
    "--in 2011-05 --covers --actor union:author": (REPORT,),
    "--in 2011-05 --exclude actor=union": (RAID,),
    "--in 2011-05 --exclude type=battles": (),
    "--outlet 'the town crier' --place north --actor pf --min killed=2": (RAID,),
    "--outlet 'the town crier' --place north --min killed=20": (),
    "--outlet 'the town crier' --in 2012": (),
    "--outlet 'the town crier' --since 2011 --must --confirmed": (RAID,),
    "--actor union:author --place north --direct": (),
    "--actor union:author --since 1000": (REPORT,),
    "--actor union:author --exclude role=perpetrator --exclude place=town": (REPORT,),
    "--in 2011-05 --actor army --with front": (RAID,),
}


@pytest.mark.parametrize("wide", [1, 2000])
@pytest.mark.parametrize("options", SMALL_AND_WIDE)
def test_what_is_asked_of_the_events_of_a_small_set_finds_the_same(chrono, monkeypatch, options, wide):
    monkeypatch.chdir(CASES)
    monkeypatch.setattr(sets, "WIDE", wide)
    assert tuple(ids(timeline(chrono, *shlex.split(options), "--store", "sample"))) == SMALL_AND_WIDE[options]


# The report is of "by August 2013": any day before may be its own, but it speaks of 2011 and 2012 alone.
@pytest.mark.parametrize(("time", "said"), [("--in 2011-07", True), ("--in 2000", False), ("--in 2013", False)])
def test_a_later_report_is_one_that_says_that_it_covers_the_time(chrono, monkeypatch, terminal, time, said):
    monkeypatch.chdir(CASES)
    terminal(100)
    text = chrono("timeline", *shlex.split(time), "--store", "sample").out
    assert ("1 later report speaks of this time" in text) is said


def test_rows_say_how_they_match_and_through_whom(chrono, monkeypatch):
    monkeypatch.chdir(CASES)
    asked = ("--in", "2012-06-20", "--in", "2012-07", "--actor", "union", "--covers", "--store", "sample")
    found = {row["id"]: (row["match"], row.get("via")) for row in rows(timeline(chrono, *asked))}
    assert found == {AGAIN: ("may", None), BATTLE: ("must", ["front"]), REPORT: ("covers", None)}


def test_disputed_events(chrono):
    found = rows(timeline(chrono, "--disputed"))
    assert all(row["disputed"] for row in found)
    assert "2023-09-12-bourem-attack" in [row["id"] for row in found]


@pytest.mark.parametrize("text", ['"', "a OR b", "NEAR(x y)", "-jnim", "title:x", "x*", "(", "é'è", "\x00jnim"])
def test_search_words_are_never_query_syntax(chrono, text):
    ended = chrono("timeline", "--match", text)
    assert ended.code == (0 if any(c.isalnum() for c in text) else 2)
    assert "fts5" not in ended.err


def test_jsonl_rows_are_the_json_rows(chrono):
    lines = chrono("timeline", "--in", "2024", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == rows(timeline(chrono, "--in", "2024"))


def test_json_row_has_the_keys_of_the_contract(chrono):
    row = rows(timeline(chrono, "--in", "2024"))[0]
    contract = (
        "id date earliest latest core match precision title summary type category places actors killed wounded abducted"
        " missing captured released arrested displaced tolls also disputed links cites outlets tags note at"
    )
    assert set(contract.split()) <= set(row)
    assert set(row["places"][0]) >= {"id", "name", "region", "lat", "lon", "precision"}
    assert set(row["actors"][0]) == {"id", "name", "role", "certainty", "says"}


def test_json_names_the_periods_of_a_window(chrono):
    found = json.loads(timeline(chrono, "--in", "2014").out)
    assert found["schema"] == "chrono/1"
    assert "mali-war" in [period["id"] for period in found["periods"]]
    assert "songhai-empire" not in [period["id"] for period in found["periods"]]


def test_fields_choose_columns_in_every_format(chrono):
    fields = "id,when,killed"
    plain = chrono("timeline", "--in", "2024-09", "--fields", fields).out.splitlines()
    assert plain[0].split() == ["id", "when", "dead"]
    picked = rows(timeline(chrono, "--in", "2024-09", "--fields", fields))
    assert set(picked[0]) == {"id", "when", "killed"}
    table = list(
        csv.DictReader(io.StringIO(chrono("timeline", "--in", "2024-09", "-f", "csv", "--fields", fields).out))
    )
    assert [row["id"] for row in table] == [row["id"] for row in picked]
    assert chrono("timeline", "--in", "2024-09", "-f", "md", "--fields", fields).out.startswith(
        "| Id | When | Dead |\n"
    )


def test_csv_reads_back(chrono):
    table = list(csv.DictReader(io.StringIO(chrono("timeline", "-f", "csv").out)))
    assert [row["id"] for row in table] == ids(timeline(chrono))


def test_markdown_has_a_row_an_event(chrono):
    lines = chrono("timeline", "--in", "2024", "-f", "md").out.splitlines()
    assert len(lines) == 2 + len(ids(timeline(chrono, "--in", "2024")))
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_count_and_expect(chrono):
    assert chrono("timeline", "--in", "2024", "--count", "--expect", ">=1").code == 0
    ended = chrono("timeline", "--in", "1700", "--must", "--count", "--expect", ">=1")
    assert (ended.code, ended.out, ended.err) == (1, "0\n", "error: expected >=1, found 0\n")
    assert chrono("timeline", "--in", "1700", "--must", "--expect", "==0").code == 0


def test_nothing_found_is_no_error(chrono):
    ended = chrono("timeline", "--in", "1700", "--must")
    assert (ended.code, ended.err) == (0, "")
    assert rows(timeline(chrono, "--in", "1700", "--must")) == []


@pytest.mark.parametrize("option", ["--limit"])
def test_huge_numbers_are_numbers(chrono, option):
    assert chrono("timeline", option, "9" * 30, "--count").code == 0


def test_output_goes_to_a_file_in_its_format(chrono, tmp_path):
    target = tmp_path / "answer.json"
    target.write_text("old")
    assert chrono("timeline", "--in", "2024", "-o", str(target)) == (0, "", "")
    assert json.loads(target.read_text("utf-8"))["events"]
    assert [path.name for path in tmp_path.iterdir() if "answer" in path.name] == ["answer.json"]


def test_output_to_a_missing_folder_is_told(chrono, tmp_path):
    ended = chrono("timeline", "-o", str(tmp_path / "no" / "answer.json"))
    assert ended.code == 1
    assert "cannot write" in ended.err
