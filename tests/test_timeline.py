"""`chrono timeline` as a user meets it, on the shipped store."""

import csv
import io
import json

import pytest


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
        (["--format", "xml"], "table, plain, json, jsonl, csv, md"),
        (["--fields", "id,titel"], "title"),
        (["--fields", ","], "names no field"),
        (["--exclude", "nonsense"], "KEY=VALUE"),
        (["--exclude", "color=red"], "--exclude knows no 'color'"),
        (["--expect", "many"], "--expect takes a comparison"),
        (["--match", "!!!"], "needs a word"),
        (["--color", "pink"], "auto, always or never"),
        (["--today", "someday", "--since", "30d"], "--today takes a day"),
        (["--store", "/nowhere"], "no store at '/nowhere'"),
        (["--limit", "-1"], "--limit"),
        (["-o", "answer.xyz"], "does not say its format"),
        (["--nonsense"], "No such option"),
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


def test_must_is_part_of_may_and_says_which(chrono):
    span = "2022-05-10..2024"
    may = rows(timeline(chrono, "--in", span))
    must = ids(timeline(chrono, "--in", span, "--must"))
    assert must == [row["id"] for row in may if row["match"] == "must"]
    assert set(ids(timeline(chrono, "--in", span, "--within"))) <= set(must)
    assert {row["match"] for row in may} == {"may", "must"}


def test_place_takes_in_what_lies_within(chrono):
    regions = {place["region"] for row in rows(timeline(chrono, "--place", "mopti")) for place in row["places"]}
    assert "Mopti" in regions
    assert len(ids(timeline(chrono, "--place", "mopti"))) > len(ids(timeline(chrono, "--place", "boni-douentza")))


def test_min_killed_takes_the_best_figure(chrono):
    found = rows(timeline(chrono, "--min-killed", "20"))
    assert found
    assert all(row["killed"]["best"] >= 20 for row in found)


def test_disputed_events(chrono):
    found = rows(timeline(chrono, "--disputed"))
    assert all(row["disputed"] for row in found)
    assert "2023-09-12-bourem-attack" in [row["id"] for row in found]


def test_actor_and_role_together_mean_that_actor_in_that_role(chrono):
    found = rows(timeline(chrono, "--actor", "wagner", "--role", "target", "--no-members"))
    assert found
    assert all(any(a["id"] == "wagner" and a["role"] == "target" for a in row["actors"]) for row in found)


def test_repeat_means_or_and_another_flag_means_and(chrono):
    either = set(ids(timeline(chrono, "--actor", "jnim", "--actor", "wagner")))
    jnim, wagner = (set(ids(timeline(chrono, "--actor", name))) for name in ("jnim", "wagner"))
    assert either == jnim | wagner
    assert set(ids(timeline(chrono, "--actor", "jnim", "--type", "battles"))) <= jnim


def test_exclude_takes_away(chrono):
    everything = set(ids(timeline(chrono)))
    reports = set(ids(timeline(chrono, "--type", "reporting")))
    rest = set(ids(timeline(chrono, *(part for kind in ("reporting",) for part in ("--exclude", f"type={kind}")))))
    assert reports
    assert rest == everything - reports


def test_members_on_the_date_are_the_umbrella_too(chrono):
    with_members = set(ids(timeline(chrono, "--actor", "al-qaeda")))
    alone = set(ids(timeline(chrono, "--actor", "al-qaeda", "--no-members")))
    assert alone < with_members


@pytest.mark.parametrize("text", ['"', "a OR b", "NEAR(x y)", "-jnim", "title:x", "x*", "(", "é'è", "\x00jnim"])
def test_search_words_are_never_query_syntax(chrono, text):
    ended = chrono("timeline", "--match", text)
    assert ended.code == (0 if any(c.isalnum() for c in text) else 2)
    assert "fts5" not in ended.err


def test_search_folds_case_and_accents(chrono):
    assert ids(timeline(chrono, "--match", "goita")) == ids(timeline(chrono, "--match", "GOÏTA"))
    assert ids(timeline(chrono, "--match", "goita"))


def test_order_and_limit(chrono):
    everything = ids(timeline(chrono))
    assert ids(timeline(chrono, "--reverse")) == everything[::-1]
    assert ids(timeline(chrono, "-n", "3")) == everything[:3]
    assert ids(timeline(chrono, "-n", "0")) == []


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
    ended = chrono("timeline", "--in", "1700", "--count", "--expect", ">=1")
    assert (ended.code, ended.out, ended.err) == (1, "0\n", "error: expected >=1, found 0\n")
    assert chrono("timeline", "--in", "1700", "--expect", "==0").code == 0


def test_nothing_found_is_no_error(chrono):
    ended = chrono("timeline", "--in", "1700")
    assert (ended.code, ended.err) == (0, "")
    assert rows(timeline(chrono, "--in", "1700")) == []


@pytest.mark.parametrize("option", ["--limit", "--min-killed"])
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
