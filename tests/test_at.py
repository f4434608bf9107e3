"""`chrono at`: the state of play, on the shipped store and on one made for it."""

import json

import pytest

DATES = ["2012-04-07", "2013-01-20", "2016-06", "2021-05-26", "2024-08", "1325", "500 BC"]


def at(chrono, date, *args):
    ended = chrono("at", date, *args, "-f", "json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


def names(entries, match=None):
    return [entry["name"] for entry in entries if match is None or entry["match"] == match]


def tree(entries):
    return {entry["name"]: entry for top in entries for entry in (top, *tree(top["members"]).values())}


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("shape", ["plain", "md", "json", "table"])
def test_every_shape_of_every_date_answers(chrono, date, shape):
    ended = chrono("at", date, "-f", shape)
    assert (ended.code, ended.err) == (0, "")
    assert "None" not in ended.out
    assert "\x1b" not in ended.out


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("date", DATES)
def test_page_fits_the_terminal(chrono, terminal, date, columns):
    terminal(columns)
    shown = chrono("at", date).out
    assert all(len(line) <= columns for line in shown.splitlines())
    assert "…" not in shown


def test_five_events_stand_before_and_after(chrono):
    for date in DATES[1:5]:
        found = at(chrono, date)
        assert len(found["before"]) == len(found["after"]) == 5
        listed = [event["id"] for part in ("before", "during", "after") for event in found[part]]
        assert len(listed) == len(set(listed))


def test_during_is_what_timeline_finds(chrono):
    """By an event's own dates: a report that speaks of that month is told where it was made."""
    found = at(chrono, "2016-06")
    rows = json.loads(chrono("timeline", "--in", "2016-06", "--covers", "-f", "json").out)["events"]
    own = [(row["id"], row["match"]) for row in rows if row["match"] != "covers"]
    assert len(own) < len(rows)
    assert own == [(event["id"], event["match"]) for event in found["during"]]


def test_2013_january_is_serval_and_an_interim_president(chrono):
    found = at(chrono, "2013-01-20")
    assert "Mali War" in names(found["periods"], "must")
    assert "Operation Serval" in names(found["foreign"], "must")
    assert "AFISMA" in names(found["foreign"], "may")
    president = next(entry for entry in found["offices"] if entry["office"] == "president of Mali")
    assert (president["name"], president["match"]) == ("Dioncounda Traoré", "must")
    armed = tree(found["armed"])
    assert armed["AQIM"]["leaders"][0]["name"] == "Abdelmalek Droukdel"
    assert "JNIM" not in armed
    assert "IS Sahel" not in armed


def test_2021_may_tells_what_must_from_what_may(chrono):
    found = at(chrono, "2021-05-26")
    offices = {(entry["office"], entry["name"]): entry["match"] for entry in found["offices"]}
    # Two days after the second coup: its leader is no vice president any more, and nobody is president yet.
    assert offices["leader of the junta", "Assimi Goïta"] == "must"
    assert not {"vice president of Mali", "president of Mali"} & {office for office, _ in offices}
    assert {"MINUSMA", "Operation Barkhane", "Takuba"} <= set(names(found["foreign"], "must"))
    armed = tree(found["armed"])
    assert "Katiba Macina" in names(armed["JNIM"]["members"])
    assert "Al-Mourabitoun" not in armed
    assert [entry["name"] for entry in found["rivalries"] if entry["match"] == "must"] == ["Bambara", "IS Sahel"]


def test_2024_august_has_the_junta_and_no_french(chrono):
    found = at(chrono, "2024-08")
    parties = [party for entry in found["foreign"] for party in entry["actors"]]
    assert "Africa Corps" in names([*found["foreign"], *parties], "must")
    assert "Operation Barkhane" not in names(found["foreign"])
    offices = {entry["office"]: entry for entry in found["offices"]}
    assert offices["president of Mali"]["name"] == "Assimi Goïta"
    assert offices["minister of foreign affairs"]["match"] == "around"
    assert "FLA" not in tree(found["armed"])


def test_1325_is_mansa_musa_and_500_bc_knows_no_groups(chrono):
    found = at(chrono, "1325")
    assert names(found["offices"], "must") == ["Mansa Musa"]
    assert names(found["periods"], "must") == ["Mali Empire", "Reign of Mansa Musa"]
    assert names(found["periods"], "may") == ["Songhai Empire"]
    for date in ("1325", "500 BC"):
        found = at(chrono, date)
        assert found["armed"] == found["foreign"] == found["alliances"] == found["rivalries"] == []
        assert found["during"]


def test_toll_of_the_year_so_far_is_what_summary_sums(chrono):
    found = at(chrono, "2020-06-30")
    sums = json.loads(chrono("summary", "--by", "year", "--in", "2020-01-01..2020-06-30", "-f", "json").out)
    assert found["toll"]["may"]["events"] == sums["total"]["events"]
    assert found["toll"]["may"]["killed"] == sums["total"]["killed"]
    assert found["toll"]["must"]["events"] <= found["toll"]["may"]["events"]


def test_a_busy_year_is_counted_and_not_listed(chrono):
    plain = chrono("at", "2020").out
    assert "chrono timeline --in 2020" in plain
    assert len(plain.splitlines()) < 110


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2020..", "no last day"),
        ("..2020", "no first day"),
        ("foo", "foo"),
        ("03/04/2020", "2020-04-03"),
        ("-500", "500 BC"),
    ],
)
def test_wrong_dates_exit_2(chrono, date, said):
    ended = chrono("at", "--", date)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_typed_dates_and_today(chrono):
    assert at(chrono, "20 January 2013")["before"] == at(chrono, "2013-01-20")["before"]
    assert at(chrono, "today", "--today", "2013-01-20")["before"] == at(chrono, "2013-01-20")["before"]


ACTORS = """- id: umbrella
  name: Umbrella
  kind: rebel-group
  active: 2010/2020
- id: band
  name: Band
  kind: rebel-group
  relations:
    - {kind: part-of, actor: umbrella, date: 2012/2014, cite: book:2}
    - {kind: part-of, actor: front, cite: book:2}
    - {kind: rival-of, actor: front, date: 2013-05-01, cite: book:2}
    - {kind: allied-with, actor: umbrella, date: 2013, cite: book:2}
    - {kind: led-by, actor: chief, date: 2011-01-01, cite: book:2}
    - {kind: led-by, actor: rival, date: 2013-01-01, cite: book:2}
- id: chief
  name: Chief
  kind: person
  relations:
    - {kind: holds, actor: umbrella, office: head, date: 2012-05-01, cite: book:2}
    - {kind: holds, actor: umbrella, office: head, date: 2013-06-01, cite: book:2}
    - {kind: holds, actor: umbrella, office: clerk, date: 2012-03/2013-03, cite: book:2}
- id: rival
  name: Rival
  kind: person
"""


@pytest.fixture
def made(good):
    """The small store with actors that hold offices and belong together for a time."""
    actors = good / "data" / "actors.yaml"
    actors.write_text(actors.read_text("utf-8").rstrip() + "\n" + ACTORS)
    return ("--store", str(good))


def test_core_and_span_are_told_apart(chrono, made):
    clerk = {date: at(chrono, date, *made)["offices"] for date in ("2012-03-15", "2012-06", "2013-03-15", "2013-04-15")}
    matches = {date: [e["match"] for e in entries if e["office"] == "clerk"] for date, entries in clerk.items()}
    assert matches == {"2012-03-15": ["may"], "2012-06": ["must"], "2013-03-15": ["may"], "2013-04-15": []}


def test_a_point_is_never_stretched_but_told_with_its_date(chrono, made):
    head = {date: at(chrono, date, *made)["offices"] for date in ("2012-04-20", "2012-05-01", "2012-08", "2016")}
    told = {
        date: [(e["match"], e["words"]) for e in entries if e["office"] == "head"] for date, entries in head.items()
    }
    assert told["2012-04-20"] == [("after", "1 May 2012")]
    assert told["2012-05-01"] == [("attested", "1 May 2012")]
    assert told["2012-08"] == [("around", "1 May 2012 and 1 Jun 2013")]
    assert told["2016"] == []


def test_membership_ends_and_the_undated_is_marked(chrono, made):
    inside = tree(at(chrono, "2013-06-01", *made)["armed"])
    assert names(inside["Umbrella"]["members"]) == ["Band"]
    assert inside["Band"]["membership"]["match"] == "must"
    assert [leader["name"] for leader in inside["Band"]["leaders"]] == ["Rival"]


def test_relations_at_a_point_hold_only_then(chrono, made):
    assert names(at(chrono, "2013-05-01", *made)["rivalries"], "attested") == ["Band"]
    assert at(chrono, "2013-05-02", *made)["rivalries"] == []
    assert names(at(chrono, "2013-05-02", *made)["alliances"], "may") == ["Band"]
    assert names(at(chrono, "2013", *made)["alliances"], "attested") == ["Band"]


def test_data_is_never_markup(chrono, made, good):
    actors = good / "data" / "actors.yaml"
    actors.write_text(actors.read_text("utf-8").replace("name: Umbrella", "name: '[bold]x[/bold] *y*'"))
    assert "[bold]x[/bold] *y*" in chrono("at", "2015", "-f", "table", *made).out
    assert r"\[bold\]x\[/bold\] \*y\*" in chrono("at", "2015", "-f", "md", *made).out
