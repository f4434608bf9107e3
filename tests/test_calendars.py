"""Dates of other calendars: converted, held against the date beside them, shown both ways, proved as printed."""

import json
import re
import shutil

import pytest
from conftest import CASES, first_of_each
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("convertdate")

from mali_chrono.dates.calendars import CALENDARS, foreign_words, read_foreign, unit_of
from mali_chrono.dates.days import from_ordinal, iso_day, month_length, ordinal
from mali_chrono.evidence import phrases

STORE = CASES / "stores" / "calendars"


# What almanacs and encyclopaedias have.
@pytest.mark.parametrize(
    ("calendar", "text", "first", "last", "words"),
    [
        ("julian", "1616-04-23", "1616-05-03", "1616-05-03", "23 Apr 1616 (Julian)"),
        ("julian", "1582-10-05", "1582-10-15", "1582-10-15", "5 Oct 1582 (Julian)"),
        ("julian", "1066-10-14", "1066-10-20", "1066-10-20", "14 Oct 1066 (Julian)"),
        ("julian", "1917-10-25", "1917-11-07", "1917-11-07", "25 Oct 1917 (Julian)"),
        ("julian", "1900-02-29", "1900-03-13", "1900-03-13", "29 Feb 1900 (Julian)"),
        ("julian", "-0043-03-15", "-0043-03-13", "-0043-03-13", "15 Mar 44 BC (Julian)"),
        ("julian", "0000-02-29", "0000-02-27", "0000-02-27", "29 Feb 1 BC (Julian)"),
        ("julian", "1616-04", "1616-04-11", "1616-05-10", "Apr 1616 (Julian)"),
        ("julian", "1616", "1616-01-11", "1617-01-10", "1616 (Julian)"),
        ("julian", "1616-04-23/1616-04-25", "1616-05-03", "1616-05-05", "23 Apr 1616 to 25 Apr 1616 (Julian)"),
        ("julian", "[1616-04-23..1616-04-25]", "1616-05-03", "1616-05-05",
         "within 23 Apr 1616 to 25 Apr 1616 (Julian)"),
        ("julian", "1917-10-25/..", "1917-11-07", "..", "from 25 Oct 1917 (Julian)"),
        ("julian", "/1917-10-25", "..", "1917-11-07", "until 25 Oct 1917 (Julian)"),
        ("islamic", "0001-01-01", "0622-07-19", "0622-07-19", "1 Muharram 1 AH"),
        ("islamic", "0001-03-12", "0622-09-27", "0622-09-27", "12 Rabi' al-Awwal 1 AH"),
        ("islamic", "1445-09", "2024-03-11", "2024-04-09", "Ramadan 1445 AH"),
        ("islamic", "1433", "2011-11-27", "2012-11-14", "1433 AH"),
        ("hebrew", "5708-02-05", "1948-05-14", "1948-05-14", "5 Iyar 5708 AM"),
        ("hebrew", "5784-07-01", "2023-09-16", "2023-09-16", "1 Tishri 5784 AM"),
        ("hebrew", "5784", "2023-09-16", "2024-10-02", "5784 AM"),
        ("hebrew", "5784-13-14", "2024-03-24", "2024-03-24", "14 Adar II 5784 AM"),
        ("republican", "0001-01-01", "1792-09-22", "1792-09-22", "1 Vendémiaire year 1"),
        ("republican", "0002-11-09", "1794-07-27", "1794-07-27", "9 Thermidor year 2"),
        ("republican", "0008-02-18", "1799-11-09", "1799-11-09", "18 Brumaire year 8"),
        ("republican", "0014-04-10", "1805-12-31", "1805-12-31", "10 Nivôse year 14"),
        ("republican", "0003-13-06", "1795-09-22", "1795-09-22", "6 Sansculottides year 3"),
    ],
)  # fmt: skip
def test_a_date_is_converted_and_told(calendar, text, first, last, words):
    foreign = read_foreign(calendar, text)
    assert [".." if day is None else iso_day(day) for day in foreign.days] == [first, last]
    assert foreign_words(foreign) == words


@pytest.mark.parametrize(
    ("calendar", "text", "said"),
    [
        ("julian", "1617-02-29", "Feb 1617 has 28 days in the Julian calendar"),
        ("julian", "1617-13-01", "the Julian year 1617 has no month 13"),
        ("julian", "1617-00-01", "the Julian year 1617 has no month 0"),
        ("julian", "1617-01-00", "Jan 1617 has 31 days in the Julian calendar"),
        ("julian", "1616-4-23", "write year-month-day in numbers"),
        ("julian", "1616-04-23~", "write year-month-day in numbers"),
        ("julian", "23 April 1616", "write year-month-day in numbers"),
        ("julian", "1616/1617/1618", "write year-month-day in numbers"),
        ("julian", "1617/1616", "ends before it begins"),
        ("julian", "../..", "no end that is known"),
        ("islamic", "0000-01-01", "begin with 0001"),
        ("islamic", "-001-01-01", "write year-month-day in numbers"),
        ("islamic", "0001-02-30", "Safar 1 AH has 29 days"),
        ("hebrew", "5783-13-01", "the Hebrew year 5783 has no month 13"),
        ("republican", "0001-13-06", "has 5 days"),
        ("republican", "0001-01-31", "has 30 days"),
    ],
)
def test_what_is_no_date_of_a_calendar_is_refused(calendar, text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        read_foreign(calendar, text)


@pytest.mark.parametrize("calendar", first_of_each(("julian", "islamic", "hebrew"), 2))
@given(year=st.integers(1, 3000), month=st.integers(1, 12), day=st.integers(1, 28))
def test_days_follow_each_other_and_months_fill_the_year(calendar, year, month, day):
    (first, _), (_, last) = unit_of(calendar, year, month, None), unit_of(calendar, year, month, None)
    assert unit_of(calendar, year, month, day) == (first + day - 1, first + day - 1)
    whole = unit_of(calendar, year, None, None)
    assert whole[0] <= first <= last <= whole[1]
    assert unit_of(calendar, year + 1, None, None)[0] == whole[1] + 1


@given(st.integers(-4000, 4000), st.integers(1, 12), st.integers(1, 28))
def test_a_julian_day_is_as_the_leap_days_say(year, month, day):
    """The Julian calendar has a leap day every four years; the two calendars agree in the third century."""
    gone = year - (month < 3)
    away = gone // 100 - gone // 400 - 2
    assert unit_of("julian", year, month, day) == (ordinal(year, month, day) + away,) * 2


def test_calendars_are_not_asked_of_stores_without_them(process):
    code = "import sys; from mali_chrono.cli.app import run; run(['timeline', '-n', '1']); "
    code += "print([name for name in sys.modules if name.partition('.')[0] in ('convertdate', 'pymeeus', 'babel')])"
    for _ in range(2):  # when the index is made, and after
        done = process("-c", code, program=(__import__("sys").executable,))
        assert done.stdout.splitlines()[-1] == "[]"


# How it is printed -> the days it is; what must stay what it was.
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on 12 Rabi' al-Awwal 1 AH.", "0622-09-27"),
        ("the 10th of Muharram, 61 AH", "0680-10-13"),
        ("Muharram 10, 61 A.H.", "0680-10-13"),
        ("12 Rabi\u02bf al-awwal 11", "0632-06-10"),
        ("4 Rabi II 920", "1514-06-08"),
        ("1 Dhul-Hijjah 1435", "2014-09-26"),
        ("1 Dhu al-Hijja 1435", "2014-09-26"),
        ("27 Sha'ban 1445 AH", "2024-03-08"),
        ("5 Iyar 5708", "1948-05-14"),
        ("Iyar 5, 5708", "1948-05-14"),
        ("14 Adar II 5784", "2024-03-24"),
        ("18 Brumaire, year VIII", "1799-11-09"),
        ("18 brumaire an VIII", "1799-11-09"),
        ("9 Thermidor II", "1794-07-27"),
        ("1 Vend\u00e9miaire, year I", "1792-09-22"),
        ("25 October 1917, Old Style", "1917-11-07"),
        ("October 25, 1917 (O.S.)", "1917-11-07"),
        ("29 February 1900 (Julian)", "1900-03-13"),
        # A day that the Gregorian calendar has not is one of the Julian.
        ("On 29 February 1900.", "1900-03-13"),
        ("Feb. 29, 1700", "1700-03-11"),
        ("1500-02-29", "1500-03-10"),
        ("29 February 1600", "1600-02-29"),
        ("On 15 March 44 BC he died.", "-0043-03-15"),
        ("On March 15, 44 B.C. he died", "-0043-03-15"),
        ("15 March 44 BCE", "-0043-03-15"),
        ("In March 44 BC", "-0043-03-01"),
        ("the 24th of August 79 AD", "0079-08-24"),
        ("In Ramadan 1445", "2024-03-11"),
        # A date that nothing marks, a feast in a year of ours, and a man's name.
        ("23 April 1616", "1616-04-23"),
        ("23 April 1616 Julian died", "1616-04-23"),
        ("10 Muharram 2023", "2023-01-01"),
        ("during Ramadan 2012", "2012-01-01"),
        ("in Germinal 1885", "1885-01-01"),
    ],
)
def test_a_printed_date_is_read_as_the_days_it_is(text, days):
    (found,) = phrases.read(text)
    assert iso_day(found.meanings[0].units[0][0][0]) == days


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("On 25 October (7 November) 1917 they took the palace.", "1917-10-25", "1917-11-07"),
        ("on October 25 (November 7), 1917", "1917-10-25", "1917-11-07"),
        ("7 November [O.S. 25 October] 1917", "1917-10-25", "1917-11-07"),
        ("on 19 February (3 March) 1861", "1861-02-19", "1861-03-03"),
        ("on 3 (15) June 1815", "1815-06-03", "1815-06-15"),
        ("on June 3 (15), 1815", "1815-06-03", "1815-06-15"),
        ("25 December (6 January) 1813", "1812-12-25", "1813-01-06"),
        ("29 February (13 March) 1900", "1900-03-13", "1900-03-13"),
    ],
)
def test_a_day_printed_by_two_calendars_is_each_of_both(text, old, new):
    (found,) = phrases.read(text)
    days = [iso_day(meaning.first[0]) for meaning in found.meanings]
    assert sorted(set(days)) == sorted({old, new})
    assert all(meaning.units == ((meaning.first, meaning.last),) for meaning in found.meanings)


def test_a_range_of_days_before_christ():
    (found,) = phrases.read("13-15 March 44 BC")
    assert [iso_day(end[0]) for end in (found.meanings[0].first, found.meanings[0].last)] == [
        "-0043-03-13",
        "-0043-03-15",
    ]


@pytest.mark.parametrize("text", ["30 Shawwal 220", "31 Brumaire, year VIII", "30 Adar II 5784"])
def test_a_day_that_never_was_is_no_date(text):
    assert phrases.read(text) == []


def test_a_day_that_never_was_is_not_typed(chrono):
    assert chrono("timeline", "--in", "29 February 1900").code == 2


@pytest.fixture
def store(tmp_path):
    return shutil.copytree(STORE, tmp_path / "calendars")


def test_the_store_of_calendars_is_sound_and_proved(chrono):
    assert chrono("check", "--strict", "--store", str(STORE)) == (0, "", "")
    ended = chrono("verify", str(STORE / "documents"), "--store", str(STORE), "-v")
    assert ended.code == 0
    assert "proved: 1616-05-03-shakespeare: 1616-05-03 <- almanac:7: 23 April 1616\n" in ended.out
    assert "proved: 1616-05-03-shakespeare: julian 1616-04-23 <- almanac:7: 23 April 1616\n" in ended.out


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        # Printed is the 23rd, and only that: neither field may say otherwise.
        ("julian: 1616-04-23", "julian: 1616-04-24", ["calendar"]),
        ("  julian: 1616-04-23\n", "", ["date-not-printed", "date-open"]),
        ("islamic: 0061-01-10", "islamic: 0061-01-13", ["calendar"]),
        ("islamic: 0061-01-10", "islamic: 0061-01-12", ["date-not-printed"]),  # the moon may be late, the page is not
        ("0680-10-13-karbala\n  date: 0680-10-13", "0680-10-14-karbala\n  date: 0680-10-14", []),
        ("  islamic: 0061-01-10\n", "", []),  # converted, a date whose words tell its calendar proves by itself
    ],
)
def test_each_date_must_agree_and_be_printed(chrono, store, old, new, rules):
    path = store / "data/events.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    ended = chrono("check", "--store", str(store))
    if ended.code == 0:
        ended = chrono("verify", str(store / "documents"), "--store", str(store))
    assert re.findall(r"error: .* \[(\S+)\]$", ended.out, re.MULTILINE) == rules


def test_it_is_shown_both_ways(ask):
    (row,) = ask.rows("calendars", "--actor shakespeare")
    assert row["date"] == "1616-05-03"
    assert row["calendars"] == [
        {"calendar": "julian", "date": "1616-04-23", "when": "23 Apr 1616 (Julian)", "earliest": "1616-05-03",
         "latest": "1616-05-03"},
    ]  # fmt: skip
    shown = ask("calendars", "show 1616-05-03-shakespeare")
    assert re.search(r"when +3 May 1616  \[1616-05-03, day\]\n +23 Apr 1616 \(Julian\)  \[julian 1616-04-23\]\n", shown)
    told = ask("calendars", "timeline --actor shakespeare --actor cervantes --fields when,calendars -f csv")
    assert told == "when,calendars\n22 Apr 1616,\n3 May 1616,23 Apr 1616 (Julian)\n"
    told = ask("calendars", "timeline --actor shakespeare --fields calendars -f json")
    assert json.loads(told)["events"] == [{"calendars": row["calendars"]}]
    assert "1 Vendémiaire year 1 to 10 Nivôse year 14" in ask("calendars", "show republic")


def test_every_calendar_has_a_field_of_its_own_in_the_schema(ask):
    properties = json.loads(ask("calendars", "schema events"))["$defs"]["event"]["properties"]
    assert set(CALENDARS) <= set(properties)


@given(st.integers(-2000, 3000), st.integers(1, 12), st.integers(1, 31))
def test_the_day_of_any_year_is_found_by_rests_alone(year, month, day):
    """The SQL of `--in XXXX-03-22`, by Python's own rest of a division, on every day."""
    from mali_chrono.answers.matching import _is_day

    if day > month_length(year, month):
        return
    at = ordinal(year, month, day)
    for asked in {(month, day), (3, 1), (2, 29), (2, 28), (1, 1), (12, 31)}:
        expression = _is_day(str(at), *asked).replace(" = ", " == ").replace("AND NOT", "and not").replace("OR", "or")
        assert bool(eval(expression)) is (from_ordinal(at)[1:] == asked)


@pytest.mark.parametrize("form", ["html", "ics", "geojson", "jsonld", "md", "brief"])
def test_every_format_that_tells_it_all_tells_the_date_as_printed(ask, form):
    fields = " --fields when,calendars" if form == "md" else ""
    line = "brief --actor shakespeare" if form == "brief" else f"timeline --actor shakespeare -f {form}{fields}"
    told = ask("calendars", line).replace("\r\n ", "")
    assert re.search(r"3 May 1616|16160503|1616-05-03", told)
    assert re.search(r"23 Apr(il)? 1616(, Julian| \(Julian\))", told)
