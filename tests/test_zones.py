"""Clock times around midnight in several zones: in the order of their instants, and found by them."""

import json

import pytest

# Their instants in UTC: 30 June 15:10, 1 July 01:00, 1 July 04:30; and of 30 June and 1 July no more than the day.
TOLD = {
    "2024-06-30-day": "2024-06-30",
    "2024-06-30-night": "2024-06-30T23:30:00-05:00",
    "2024-07-01-day": "2024-07-01",
    "2024-07-01-local": "2024-07-01T03:00:00",
    "2024-07-01-morning": "2024-07-01T00:10:00+09:00",
    "2024-07-01-utc": "2024-07-01T01:00:00Z",
}
ORDER = ["2024-06-30-day", "2024-07-01-morning", "2024-07-01-day", "2024-07-01-utc", "2024-07-01-local",
         "2024-06-30-night"]  # fmt: skip


def event(ident: str) -> str:
    return (
        f"- id: {ident}\n  date: {TOLD[ident]}\n  title: Told of {ident[5:]}\n  type: armed-clash\n  places: [town]\n"
        f"  actors: [{{actor: front, role: perpetrator}}]\n  cites: [book:4]\n  summary: It was.\n"
    )


@pytest.fixture
def ids(good, chrono):
    """The ids of the events that a question finds, in its order."""
    (good / "data/events.yaml").write_text("".join(map(event, ORDER)), "utf-8")

    def ask(*words: str) -> list[str]:
        ended = chrono("timeline", "--store", str(good), "-f", "json", *words)
        assert (ended.code, ended.err) == (0, "")
        return [one["id"] for one in json.loads(ended.out)["events"]]

    return ask


def test_they_stand_in_the_order_of_their_instants(ids, chrono, good):
    """One without a zone as if it were UTC; a day before the times of it."""
    assert ids() == ORDER
    assert chrono("check", "--store", str(good), "--select", "event-order") == (0, "", "")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("--since 2024-07-01T00:00:00Z", ["day", "utc", "local", "night"]),
        ("--since 2024-07-01T04:30:00Z", ["day", "night"]),
        ("--since 2024-07-01T04:30:01Z", ["day"]),
        ("--since 2024-07-01T02:00:00+01:00 --until 2024-07-01T01:00:00Z", ["day", "utc"]),
        ("--since 2024-06-30T15:00:00Z --until 2024-06-30T16:00:00Z", ["day", "morning"]),
        ("--since 2024-06-30T16:00:00Z --until 2024-07-01T00:30:00Z", ["day", "day"]),
        ("--until 2024-06-30T16:00:00Z", ["day", "morning"]),
        # By the day as it is printed, and so with a time of day without a zone.
        ("--since 2024-07-01", ["morning", "day", "utc", "local"]),
        ("--since 2024-07-01T00:30:00", ["day", "utc", "local"]),
        ("--in 2024-06-30", ["day", "night"]),
    ],
)
def test_they_are_found_by_their_instants(ids, words, found):
    assert [ident.rpartition("-")[2] for ident in ids(*words.split())] == found


def test_what_a_zone_brings_into_the_time_must_fall_into_it(good, chrono, ids):
    ids()
    words = ("--since", "2024-07-01T00:00:00Z", "--fields", "id,match")
    lines = chrono("timeline", "--store", str(good), *words).out.splitlines()
    assert [line.split()[-1] for line in lines if "night" in line] == ["must"]
    assert ids(*words[:2], "--must") == ids(*words[:2])


def test_an_edit_keeps_their_order(good, ids):
    assert ids() == ORDER
    file = good / "data/events.yaml"
    file.write_text(file.read_text("utf-8").replace("Told of 06-30-night", "Told anew of a night"), "utf-8")
    assert ids() == ORDER


def test_a_question_as_sql_finds_them_too(good, chrono, ids, tmp_path, database):
    ids()
    assert chrono("export", str(tmp_path / "it.sqlite"), "--store", str(good)).code == 0
    words = ("--since", "2024-06-30T15:00:00Z", "--until", "2024-07-01T01:00:00Z")
    sql = chrono("timeline", "--store", str(good), "-f", "sql", *words, "--fields", "id,match").out
    assert database(tmp_path / "it.sqlite").execute(sql).fetchall() == [(ident, "must") for ident in ids(*words)]
