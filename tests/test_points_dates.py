"""Windows, sets, clock times, eras and reports of another time, on small stores.

The right answers were written by hand.
"""

import pytest

# tests/cases/stores/times. "Either" is [1962,1964], "both" {1962,1964}, "christmas" 156X-12-25, "twentyfifth"
# 2004-XX-25, "after" [2019-03-24..].
SETS = [
    # sets have gaps
    ("--in 1963", "between"),
    ("--in 1962", "both either"),
    ("--in 1964", "both either"),
    ("--in 1962/1964 --must", "both either between"),
    ("--in 1962 --within", ""),
    ("--in 1962/1963 --must --exclude id=1962-both", "between"),
    ("--in 1563-06", ""),
    ("--in 1563-12", "christmas"),
    ("--in 1563-12-25", "christmas"),
    ("--in 1563-12-24", ""),
    ("--in 1563-12-25 --must", ""),
    ("--in 156X --must", "christmas"),
    ("--in 2004-03-10", ""),
    ("--in 2004-03-25", "twentyfifth"),
    ("--in 2004-03", "twentyfifth"),
    ("--in 2004-03 --must", ""),
    ("--in 2004 --must", "twentyfifth"),
    # what is typed may have gaps too
    ("--in '[1962,1964]'", "both either"),
    ("--in '{1960,1963}'", "between"),
    ("--in 156X-12-25", "christmas"),
    ("--in 156X-06-25", ""),
    # repeated --in are alternatives; --must: inside their union
    ("--in 2018 --in 2020", "in in"),
    ("--in 1962 --in 1964", "both either"),
    ("--in 1962 --in 1964 --must", "both either"),
    ("--in 1962 --in 1964 --within", "both either"),
    ("--in 2018 --in 2018", "in"),
    # times together intersect: one possible day must lie in all
    ("--since 1963 --until 1963", "between"),
    ("--in 1962 --since 1962-06", "both either"),
    ("--in 1962 --in 1964 --since 1963 --until 1964", "both either"),
    ("--in 2018 --in 2020 --since 2019", "in"),
    # a set open on one side matches by its known end; --covers finds it too
    ("--in 2020", "in"),
    ("--in 2019", "after"),
    ("--in 2019-03-24", "after"),
    ("--in 2020 --covers", "after in"),
    ("--in 2018 --covers", "in"),
    ("--in 2020 --covers --must", "in"),
]


@pytest.mark.parametrize(("options", "found"), SETS)
def test_windows(ask, options, found):
    assert ask.events("times", options) == found


# Times of 11 September 2001, printed and in UTC: first 08:46 (12:46), paris 15:00 (13:00), second 09:03 (13:03), late
# 23:30 (03:30 on the 12th); "day" has none; early is of 00:10 UTC on the 12th.
CLOCK = [
    # no time before a time, then the instant, whatever day a zone prints
    ("--in 2001-09", "day z-first paris a-second early late"),
    ("--in 2001-09 --reverse", "late early a-second paris z-first day"),
    ("--in 2001-09-11", "day z-first paris a-second late"),
    # a time typed without an offset is that of the printed clock
    ("--since 2001-09-11T09:00 --until 2001", "day paris a-second early late"),
    ("--since 2001-09-11T09:00:00 --until 2001", "day paris a-second early late"),
    ("--since 2001-09-11T09:03 --until 2001", "day paris a-second early late"),
    ("--since 2001-09-11T09:03:01 --until 2001", "day paris early late"),
    ("--since 2001 --until 2001-09-11T09:00", "day z-first"),
    # with one, it is an instant
    ("--since 2001-09-11T13:00Z --until 2001", "day paris a-second early late"),
    ("--since 2001-09-11T09:01:00-04:00 --until 2001", "day a-second early late"),
    ("--since 2001-09-11T15:01:00+02:00 --until 2001", "day a-second early late"),
    ("--since 2001 --until 2001-09-11T13:00Z", "day z-first paris"),
]


@pytest.mark.parametrize(("options", "found"), CLOCK)
def test_times_of_day(ask, options, found):
    rows = ask.rows("times", options)
    assert [row["id"].removeprefix("2001-09-11-").removeprefix("2001-09-12-") for row in rows] == found.split()


def test_json_says_the_time_and_keeps_days(ask):
    row = next(row for row in ask.rows("times", "--in 2001-09-11") if row["id"].endswith("z-first"))
    assert (row["earliest"], row["latest"], row["time"]) == ("2001-09-11", "2001-09-11", "08:46:00-04:00")
    assert ask.rows("times", "--in 2018")[0]["time"] is None


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--since 2018 --since 2019", "--since"),
        ("--until 2018 --until 2019", "--until"),
        ("--since 2020 --until 2019", "no day"),
        ("--in 2018 --since 2019", "no day"),
        ("--since ..2018", "first day"),
        ("--until 2018..", "last day"),
    ],
)
def test_a_time_that_cannot_be_is_refused(ask, options, told):
    assert told in ask.refusal("times", f"timeline {options}")


# tests/cases/stores/covers: "deed" is of 10 January 2020, "wide" of 2020, and so is "yearbook", a report that covers
# January. early-report (February 2021) covers January
# 2020, report (May 2022) all of 2020. Told, planned and announced have an `also` of 10 January 2020 of that kind.
COVERS = [
    ("--in 2020", "wide yearbook deed"),
    ("--in 2020-01", "wide yearbook deed"),
    ("--in 2020-01 --must", "deed"),
    ("--in 2020-01 --within", "deed"),
    ("--in 2020 --covers", "wide yearbook deed early-report report"),
    ("--in 2020-01 --covers", "wide yearbook deed early-report report"),
    ("--in 2020-03 --covers", "wide yearbook report"),
    ("--in 2020 --covers --type report", "yearbook early-report report"),
    ("--in 2020-01 --covers --must", "deed"),
    ("--in 2020-01 --covers --within", "deed"),
    ("--in 2020-01 --covers --reverse", "report early-report deed yearbook wide"),
    ("--covers", "wide yearbook deed early-report report told planned announced"),
    ("--in 2021-02 --covers", "early-report"),
]


@pytest.mark.parametrize(("options", "found"), COVERS)
def test_what_a_report_covers_is_no_date_of_it(ask, options, found):
    assert ask.events("covers", options) == found


def test_json_says_how_each_matches(ask):
    matches = [row["match"] for row in ask.rows("covers", "--in 2020-01 --covers")]
    assert matches == ["may", "may", "must", "covers", "covers"]
    assert [row["match"] for row in ask.rows("covers", "--in 2020")] == ["must"] * 3
    assert {row["match"] for row in ask.rows("covers")} == {"must"}


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ("--in 2020", "2 later reports speak of this time: --covers"),
        ("--in 2020-03", "1 later report speaks of this time: --covers"),
        ("--in 2020 --type incident", None),
        ("--in 2020 --covers", None),
        ("--in 2021-02", None),
        ("", None),
    ],
)
def test_a_table_says_how_many_reports_speak_of_its_time(ask, terminal, options, line):
    terminal(100)
    text = ask("covers", f"timeline {options}")
    assert (line in text) if line else ("this time" not in text)


def test_sums_never_look_at_what_a_report_covers(ask):
    assert ask.count("covers", "--in 2020") == ask.json("covers", "summary --in 2020")["total"]["events"] == 3
    assert "--covers" in ask.refusal("covers", "summary --covers --in 2020")


def test_rows_that_may_match_carry_a_mark(ask, terminal):
    terminal(100)
    lines = ask("covers", "timeline --in 2020-01 --covers").splitlines()
    marked = {name: next(line for line in lines if name in line) for name in ("2020-wide", "10-deed", "report")}
    assert "*" in marked["2020-wide"]
    assert "^" in marked["report"]
    assert not {"*", "^"} & set(marked["10-deed"])


# tests/cases/stores/eras: comet 66,000,000 BC, flint 12,000 BC, century 101 BC, decade 11 BC, temple 10 BC, birth 1 BC,
# then AD 1, 9, 10 and 100.
ERAS = {
    "decade": {"-010X": "century", "-001X": "decade", "-000X": "temple birth", "0001/0009": "first ninth",
               "001X": "tenth", "010X": "hundredth"},
    "century": {"-01XX": "century", "-00XX": "decade temple birth", "0001/0099": "first ninth tenth",
                "01XX": "hundredth"},
    "year": {"-0009": "temple", "0000": "birth", "0001": "first"},
    "quarter": {"0000-Q1": "birth", "0009-Q4": "ninth"},
    "month": {"0000-01": "birth", "-0009-12": "temple"},
}  # fmt: skip


@pytest.mark.parametrize("by", ERAS)
def test_rows_before_christ_are_those_people_count(ask, by):
    groups = ask.groups("eras", f"--by {by} --since '200 BC'")
    for key, found in ERAS[by].items():
        assert groups[key]["events"] == len(found.split()), key
        assert ask.events("eras", f"--in {key}") == found


@pytest.mark.parametrize("by", ERAS)
def test_ten_thousand_years_and_more_can_be_counted(ask, by):
    answer = ask.json("eras", f"summary --by {by}")
    assert answer["total"]["events"] == 10
    first, second = [group for group in answer["groups"] if group["events"]][:2]
    assert (first["events"], second["events"]) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1st century BC", "decade temple birth"),
        ("2nd century BC", "century"),
        ("10 BC", "temple"),
        ("1 BC", "birth"),
        ("AD 1", "first"),
        ("66000000 BC", "comet"),
        ("66,000,000 BC", "comet"),
        ("1st millennium BC", "century decade temple birth"),
        ("2nd millennium BC", ""),
        ("1st millennium", "first ninth tenth hundredth"),
        ("1st century", "first ninth tenth"),
        ("12000 BC", "flint"),
    ],
)
def test_eras_can_be_typed(ask, typed, found):
    assert ask.events("eras", f"--in '{typed}'") == found


@pytest.mark.parametrize("store", ["eras", "times", "spans"])
def test_a_date_takes_at_most_14_columns_where_room_is_scarce(ask, terminal, store):
    terminal(60)
    lines = ask(store, "timeline").splitlines()
    head = next(line for line in lines if line.split()[:1] in (["when"], ["id"]))
    start = head.index("when")
    assert head.index("what") - start <= 14 + 2


@pytest.mark.parametrize("width", [80, 120, 200])
def test_a_date_is_whole_where_all_has_room(ask, terminal, width):
    terminal(width)
    assert "31 Dec 2018-1 Jan 2019  " in ask("spans", "timeline")
