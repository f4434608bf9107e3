"""A calendar: what can be told as days, each line as RFC 5545 wants it, the same bytes for the same question."""

import datetime as dt

import pytest
from conftest import CASES
from helpers.exchanging import folded_back

# id -> first day, the first day that is no longer in it, status, title.
RAID = r'=HYPERLINK("http://evil.example";"<script>alert(1)</script>"), or not; a\b'
ENTRIES = {
    "2020-01-31-raid": ("20200131", "20200201", "CONFIRMED", RAID),
    "2020-02-25-clash": (
        "20200225", "20200303", "CONFIRMED", "Rebels and guards fought the army between Town and Camp",
    ),
    "2020-05-17-raid": ("20200517", "20200522", "TENTATIVE", "one of 17-21 May 2020: A raid on some day"),
    "2020-06-pact": ("20200601", "20200701", "TENTATIVE", "Jun 2020: The army and the rebels made a pact"),
    # Half past midnight an hour ahead of UTC.
    "2020-07-01-morning": ("20200630T233000Z", None, "CONFIRMED", "Shots at the well"),
    "2020-08-01-twice": ("20200801", "20200802", "CONFIRMED", "The camp was shelled on two days"),
    "2020-08-01-twice.2": ("20200805", "20200806", "CONFIRMED", "The camp was shelled on two days"),
    "2021-03-long": (
        "20210301", "20210401", "TENTATIVE",
        "Mar 2021: Ségou ツインテール 𐐷𐐷𐐷 żółć — naïve façade, Ménaka, Aguel'hoc, نص عربي، ਪੰਜਾਬੀ",
    ),
}  # fmt: skip


def unescaped(text):
    for escape, meant in (("\\\\", "\0"), ("\\n", "\n"), ("\\;", ";"), ("\\,", ","), ("\0", "\\")):
        text = text.replace(escape, meant)
    return text


def entries(text):
    """Each entry of a calendar as its properties, by UID."""
    found, entry = {}, {}
    for line in folded_back(text):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            entry = {}
        elif line == "END:VEVENT":
            found[entry["UID"]] = entry
        else:
            entry[name] = value
    return found


def test_every_event_that_can_be_told_as_days_is_an_entry(exchange):
    found = {
        uid.removesuffix("@mali-chrono"): (
            entry.get("DTSTART;VALUE=DATE") or entry["DTSTART"], entry.get("DTEND;VALUE=DATE"), entry["STATUS"],
            unescaped(entry["SUMMARY"]),
        )
        for uid, entry in entries(exchange("exchange").write("ics").content).items()
    }  # fmt: skip
    assert found == ENTRIES


def test_what_no_calendar_can_say_is_counted(exchange):
    # 500 BC; since 2011; September to December 2020 and all of 2021.
    assert exchange("exchange").write("ics").left_out == (
        ("of over 31 days", 2), ("before Christ", 1), ("without a first or last day", 1),
    )  # fmt: skip


def test_filters_are_heeded(exchange):
    written = exchange("exchange", "--type pact --in 2020").write("ics")
    assert ([*entries(written.content)], written.left_out) == (["2020-06-pact@mali-chrono"], ())


def test_no_entry_is_a_calendar_too(exchange):
    text = exchange("exchange", "--in 1700").write("ics").content
    assert (folded_back(text)[0], text.count("BEGIN:"), text[-15:]) == ("BEGIN:VCALENDAR", 1, "END:VCALENDAR\r\n")


def test_an_entry_tells_where_who_and_by_which_lines(exchange):
    entry = entries(exchange("exchange").write("ics").content)["2020-01-31-raid@mali-chrono"]
    assert unescaped(entry["DESCRIPTION"]).split("\n") == [
        r"A line, a semicolon; a backslash \ and https://example.org/x?a=1&b=2 stand here.",
        "Who: Rebels of Shore (perpetrator, suspected); Villagers (victim)",
        "Killed: 5-12+",
        "Note: The accounts differ.",
        "Outlets: The Crier, Radio",
        "Sources: The Book; its <i>lines</i>, and more, lines 2-4",
    ]
    assert (entry["LOCATION"], entry["GEO"], entry["CATEGORIES"]) == ("Town", "16.77;-3.01", "violence,raid")


def test_a_point_is_told_of_one_town_alone(exchange):
    found = entries(exchange("exchange").write("ics").content)
    assert [uid for uid, entry in found.items() if "GEO" in entry] == ["2020-01-31-raid@mali-chrono"]
    assert found["2020-02-25-clash@mali-chrono"]["LOCATION"] == "Town\\, near Camp"


def test_the_stamp_is_the_day_of_the_question(exchange):
    stamps = {entry["DTSTAMP"] for entry in entries(exchange("exchange").write("ics").content).values()}
    assert stamps == {"20251115T000000Z"}


def test_the_calendar_says_where_it_comes_from(exchange):
    asked = exchange("exchange", "--in 2020 --type raid", title="Raids, of 2020")
    lines = folded_back(asked.write("ics").content)
    assert "X-WR-CALNAME:Raids\\, of 2020" in lines
    (told,) = [unescaped(line) for line in lines if line.startswith("DESCRIPTION:Store")]
    assert told.startswith(
        f"DESCRIPTION:Store: exchange. Revision: {asked.about.revision}. Question: in 2020; type raid"
    )
    assert told.endswith(f" (from 2020-01-01 to 2020-12-31). Day: 2025-11-15. Made by: chrono {asked.about.version}")


@pytest.mark.parametrize("store", ["exchange", CASES / "hostile"])
def test_no_line_is_longer_than_75_octets_and_none_is_folded_inside_a_character(exchange, lenient, store):
    content = exchange(store).write("ics").content.encode()
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) == 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode("utf-8")


@pytest.mark.parametrize(
    ("date", "times"),
    [
        ("2020-02-29", ["DTSTART;VALUE=DATE:20200229", "DTEND;VALUE=DATE:20200301"]),
        ("2020-12-31", ["DTSTART;VALUE=DATE:20201231", "DTEND;VALUE=DATE:20210101"]),
        ("0999-12-31", ["DTSTART;VALUE=DATE:09991231", "DTEND;VALUE=DATE:10000101"]),
        ("2020-07-01T08:30:00", ["DTSTART:20200701T083000"]),
        ("2020-07-01T08:30:05Z", ["DTSTART:20200701T083005Z"]),
        ("2020-07-01T22:30:00-04:00", ["DTSTART:20200702T023000Z"]),
        ("2020-07-01T24:00:00", ["DTSTART:20200702T000000"]),
    ],
)
def test_times(date, times):
    from mali_chrono.dates.edtf import parse
    from mali_chrono.exchange.ics import _time

    assert list(_time(parse(date))) == times


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("2020-01", None),  # 31 days
        ("2020-01-01/2020-02-01", "of over 31 days"),
        ("2020-04-30~", None),
        ("0001-01-01", None),
        ("0000-12-31", "before Christ"),
        ("[..-4999]", "before Christ"),
        ("-0499/..", "before Christ"),
        ("[..2022-08]", "without a first or last day"),
        ("2022-08/", "without a first or last day"),
        ("Y10000", "after the year 9999"),
        ("9999-12-31", "after the year 9999"),  # its end would be
    ],
)
def test_what_can_be_told_as_days(date, reason):
    from mali_chrono.dates.edtf import parse
    from mali_chrono.exchange.telling import unsayable

    assert unsayable(parse(date)) == reason


@pytest.mark.parametrize(
    ("date", "sure"),
    [
        ("2020-05-04", True), ("2020-05-04/2020-05-06", True), ("2020-05", False), ("2020-05-04~", False),
        ("2020-05-04?", False), ("[2020-05-04,2020-05-06]", False), ("2020-05-04/2020-05", False),
    ],
)  # fmt: skip
def test_what_is_confirmed(date, sure):
    from mali_chrono.dates.edtf import parse
    from mali_chrono.exchange.telling import is_sure

    assert is_sure(parse(date)) is sure


@pytest.mark.parametrize("store", ["exchange", CASES / "hostile"])
def test_icalendar_reads_what_was_written(exchange, lenient, store):
    icalendar = pytest.importorskip("icalendar", reason="the extra 'readers' is not installed")
    asked = exchange(store)
    written = asked.write("ics")
    (calendar,) = icalendar.Calendar.from_ical(written.content, multiple=True)
    assert calendar.errors == []
    read = list(calendar.walk("VEVENT"))
    assert all(entry.errors == [] for entry in read)
    uids = [str(entry["UID"]) for entry in read]
    assert len(set(uids)) == len(uids)
    told = {uid.removesuffix("@mali-chrono").partition(".")[0] for uid in uids}
    assert len(told) + sum(number for _, number in written.left_out) == len(asked.rows)
    if store == "exchange":
        titles = {str(entry["UID"]).removesuffix("@mali-chrono"): str(entry["SUMMARY"]) for entry in read}
        assert titles == {uid: title for uid, (_, _, _, title) in ENTRIES.items()}
        week = next(entry for entry in read if entry["UID"].startswith("2020-02-25"))
        assert (week["DTSTART"].dt, week["DTEND"].dt) == (dt.date(2020, 2, 25), dt.date(2020, 3, 3))
