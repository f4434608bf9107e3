"""EDTF: values in tables, properties, refusals, and agreement with edtf-validate."""

import copy
import datetime as dt
import json
import os
import pickle
import time
import warnings

import pytest
from conftest import CASES
from helpers.edtf_corpus import EXAMPLES, corpus
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.dates.days import from_ordinal, iso_day, month_length, ordinal
from mali_chrono.dates.edtf import EdtfError, Part, parse

NEVER = (None, None)


def iso(days):
    return days and tuple(None if day is None else iso_day(day) for day in days)


@pytest.mark.parametrize("text", [text for level in EXAMPLES.values() for text in level])
def test_examples_of_the_specification__are_valid(text):
    date = parse(text)
    assert parse(str(date)) == date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2017-03", "2017-03-01", "2017-03-31", "month"),
        ("2015-03-07", "2015-03-07", "2015-03-07", "day"),
        ("2004-02", "2004-02-01", "2004-02-29", "month"),
        ("1900-02", "1900-02-01", "1900-02-28", "month"),
        ("2000-02-29", "2000-02-29", "2000-02-29", "day"),
        ("2012-10-10T24:00:00+14:00", "2012-10-10", "2012-10-10", "day"),
        # before Christ: year 0 is 1 BC and a leap year
        ("0000", "0000-01-01", "0000-12-31", "year"),
        ("0000-02-29", "0000-02-29", "0000-02-29", "day"),
        ("-0004-02", "-0004-02-01", "-0004-02-29", "month"),
        ("-0001-02", "-0001-02-01", "-0001-02-28", "month"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15", "day"),
        ("-9999", "-9999-01-01", "-9999-12-31", "year"),
        ("Y-10000", "-10000-01-01", "-10000-12-31", "year"),
        ("Y-17E7", "-170000000-01-01", "-170000000-12-31", "year"),
        ("Y12345E3", "+12345000-01-01", "+12345000-12-31", "year"),
        ("Y1E15", "+1000000000000000-01-01", "+1000000000000000-12-31", "year"),
        # significant digits
        ("1950S2", "1900-01-01", "1999-12-31", "century"),
        ("1950S3", "1950-01-01", "1959-12-31", "decade"),
        ("1950S9", "1950-01-01", "1950-12-31", "year"),
        ("0850S2", "0850-01-01", "0859-12-31", "decade"),
        ("0000S1", "0000-01-01", "0000-12-31", "year"),
        ("-0599S1", "-0599-01-01", "-0500-12-31", "century"),
        ("Y-12000S2", "-12999-01-01", "-12000-12-31", "millennium"),
        ("Y171010000S3", "+171000000-01-01", "+171999999-12-31", "1000000 years"),
        # parts of a year
        ("2020-21", "2020-03-01", "2020-05-31", "season"),
        ("2020-22", "2020-06-01", "2020-08-31", "season"),
        ("2020-23", "2020-09-01", "2020-11-30", "season"),
        ("2010-24", "2010-12-01", "2011-02-28", "season"),
        ("2011-28", "2011-12-01", "2012-02-29", "season"),
        ("2020-25", "2020-03-01", "2020-05-31", "season"),
        ("2020-29", "2020-09-01", "2020-11-30", "season"),
        ("2019-30", "2019-12-01", "2020-02-29", "season"),
        ("2020-31", "2020-03-01", "2020-05-31", "season"),
        ("2020-32", "2020-06-01", "2020-08-31", "season"),
        ("2020-33", "2020-01-01", "2020-03-31", "quarter"),
        ("2020-36", "2020-10-01", "2020-12-31", "quarter"),
        ("2020-37", "2020-01-01", "2020-04-30", "quadrimester"),
        ("2020-39", "2020-09-01", "2020-12-31", "quadrimester"),
        ("2018-40", "2018-01-01", "2018-06-30", "half"),
        ("2018-41", "2018-07-01", "2018-12-31", "half"),
        ("-0500-40", "-0500-01-01", "-0500-06-30", "half"),
        # unspecified digits
        ("168X", "1680-01-01", "1689-12-31", "decade"),
        ("13XX", "1300-01-01", "1399-12-31", "century"),
        ("-05XX", "-0599-01-01", "-0500-12-31", "century"),
        ("-000X", "-0009-01-01", "-0001-12-31", "decade"),
        ("1XXX", "1000-01-01", "1999-12-31", "millennium"),
        ("XXXX", "0000-01-01", "9999-12-31", "10000 years"),
        ("2004-XX", "2004-01-01", "2004-12-31", "year"),
        ("2004-1X", "2004-10-01", "2004-12-31", "year"),
        ("2004-X2", "2004-02-01", "2004-12-31", "year"),
        ("2004-06-XX", "2004-06-01", "2004-06-30", "month"),
        ("2004-02-2X", "2004-02-20", "2004-02-29", "month"),
        ("1985-XX-XX", "1985-01-01", "1985-12-31", "year"),
        ("1985-XX-31", "1985-01-31", "1985-12-31", "year"),
        ("1984-X5-31", "1984-05-31", "1984-05-31", "year"),
        ("156X-12-25", "1560-12-25", "1569-12-25", "decade"),
        ("200X-02-29", "2000-02-29", "2008-02-29", "decade"),
        ("19XX-02-29", "1904-02-29", "1996-02-29", "century"),
        ("XXXX-12-XX", "0000-12-01", "9999-12-31", "10000 years"),
        # approximate: one unit of the finest approximate part on each side
        ("2003~-02-28", "2002-02-28", "2004-02-28", "day"),
        ("2004~-06-?11", "2003-06-11", "2005-06-11", "day"),
        ("2004~-?06", "2003-06-01", "2005-06-30", "month"),
        ("2004-06-?11", "2004-06-11", "2004-06-11", "day"),
        ("156X~-12-25", "1550-12-25", "1579-12-25", "decade"),
        ("156X-12~-25", "1560-11-25", "1570-01-25", "decade"),
        ("156X-~12", "1560-11-01", "1570-01-31", "decade"),
        ("156X~-12-?25", "1550-12-25", "1579-12-25", "decade"),
        ("156X~-?12", "1550-12-01", "1579-12-31", "decade"),
        ("1312~", "1311-01-01", "1313-12-31", "year"),
        ("-9399~", "-9400-01-01", "-9398-12-31", "year"),
        ("1312%", "1311-01-01", "1313-12-31", "year"),
        ("1312?", "1312-01-01", "1312-12-31", "year"),
        ("2004-06~", "2004-05-01", "2004-07-31", "month"),
        ("2004-02~", "2004-01-01", "2004-03-31", "month"),
        ("2004-06-11~", "2004-06-10", "2004-06-12", "day"),
        ("2004-01-01~", "2003-12-31", "2004-01-02", "day"),
        ("168X~", "1670-01-01", "1699-12-31", "decade"),
        ("2004-XX~", "2003-01-01", "2005-12-31", "year"),
        ("2004-06-XX~", "2004-05-01", "2004-07-31", "month"),
        ("2018-40~", "2017-07-01", "2018-12-31", "half"),
        ("2018-21~", "2017-12-01", "2018-08-31", "season"),
        ("2004-06-~11", "2004-06-10", "2004-06-12", "day"),
        ("2004-~06-11", "2004-05-11", "2004-07-11", "day"),
        ("2004-~01-31", "2003-12-31", "2004-02-29", "day"),
        ("2004~-06-11", "2003-06-11", "2005-06-11", "day"),
        ("~2004-02-29", "2003-02-28", "2005-02-28", "day"),
        ("2004-06~-11", "2004-05-11", "2004-07-11", "day"),
        ("156X-12-~25", "1560-12-24", "1569-12-26", "decade"),
        ("156X-12-25~", "1560-12-24", "1569-12-26", "decade"),
    ],
)
def test_date__earliest_latest_precision(text, earliest, latest, precision):
    date = parse(text)
    assert (iso(date.span), date.precision, date.kind) == ((earliest, latest), precision, "date")
    assert (date.earliest, date.latest) == date.span
    assert date.core == (date.span if earliest == latest else None)


@pytest.mark.parametrize(
    ("text", "span", "core"),
    [
        ("2024-07-25/2024-07-27", ("2024-07-25", "2024-07-27"), ("2024-07-25", "2024-07-27")),
        ("2015/2017", ("2015-01-01", "2017-12-31"), ("2015-12-31", "2017-01-01")),
        ("2012/2012", ("2012-01-01", "2012-12-31"), None),
        ("2004-06/2006-08-03", ("2004-06-01", "2006-08-03"), ("2004-06-30", "2006-08-03")),
        ("2012/..", ("2012-01-01", None), ("2012-12-31", None)),
        ("../2012", (None, "2012-12-31"), (None, "2012-01-01")),
        ("1985/", ("1985-01-01", None), None),
        ("1985-04-12/", ("1985-04-12", None), ("1985-04-12", "1985-04-12")),
        ("/1985", (None, "1985-12-31"), None),
        ("/1985-04-12", (None, "1985-04-12"), ("1985-04-12", "1985-04-12")),
        ("-0599/-0500", ("-0599-01-01", "-0500-12-31"), ("-0599-12-31", "-0500-01-01")),
        ("Y-12000/-3000", ("-12000-01-01", "-3000-12-31"), ("-12000-12-31", "-3000-01-01")),
        ("2018-21/2018-23", ("2018-03-01", "2018-11-30"), ("2018-05-31", "2018-09-01")),
        ("1235~/1670~", ("1234-01-01", "1671-12-31"), ("1236-12-31", "1669-01-01")),
        ("2004-06-~01/2004-06-~20", ("2004-05-31", "2004-06-21"), ("2004-06-02", "2004-06-19")),
        # ends that overlap: each bounds the other
        ("2004-06-11/2004-06", ("2004-06-11", "2004-06-30"), ("2004-06-11", "2004-06-11")),
        ("2004-06-11%/2004-06~", ("2004-06-10", "2004-07-31"), None),
    ],
)
def test_interval__span_and_core(text, span, core):
    date = parse(text)
    assert (iso(date.span), iso(date.core), date.kind) == (span, core, "interval")
    assert (date.earliest, date.latest) == date.span
    assert date.ongoing == text.endswith("..")


@pytest.mark.parametrize(
    ("text", "touches", "span", "core"),
    [
        ("[2021-08-17..2021-08-21]", ("2021-08-17", "2021-08-21"), ("2021-08-17", "2021-08-21"), None),
        ("[1667,1668,1670..1672]", ("1667-01-01", "1672-12-31"), ("1667-01-01", "1672-12-31"), None),
        ("[2024-01-05,2023-12-31]", ("2023-12-31", "2024-01-05"), ("2023-12-31", "2024-01-05"), None),
        ("[2024-07-25,2024-07-25]", ("2024-07-25", "2024-07-25"), ("2024-07-25",) * 2, ("2024-07-25",) * 2),
        # open on one side: matches and sorts by the end that is known, and claims no day
        ("[..2022-08]", (None, "2022-08-31"), ("2022-08-01", "2022-08-31"), None),
        ("[..2022-08-09]", (None, "2022-08-09"), ("2022-08-09", "2022-08-09"), None),
        ("[2019-03-24..]", ("2019-03-24", None), ("2019-03-24", "2019-03-24"), None),
        ("[1760-01,1760-02,1760-12..]", ("1760-01-01", None), ("1760-01-01", "1760-12-31"), None),
        ("[..1984,1990]", (None, "1990-12-31"), ("1984-01-01", "1990-12-31"), None),
        ("[..1984,1990..]", NEVER, ("1984-01-01", "1990-12-31"), None),
        ("[1312~..]", ("1311-01-01", None), ("1311-01-01", "1313-12-31"), None),
        # all of: the days that are named, never the gaps between them
        ("{2024-07-25..2024-07-27}", *[("2024-07-25", "2024-07-27")] * 3),
        ("{2024-07-25,2024-07-27}", ("2024-07-25", "2024-07-27"), ("2024-07-25", "2024-07-27"), ("2024-07-25",) * 2),
        ("{2024-07-01,2024-07-05,2024-07-06}", *[("2024-07-01", "2024-07-06")] * 2, ("2024-07-05", "2024-07-06")),
        ("{2024-07-01..2024-07-05,2024-07-03..2024-07-10}", *[("2024-07-01", "2024-07-10")] * 3),
        ("[2024-07-06..2024-07-06]", *[("2024-07-06",) * 2] * 3),
        ("{2024-07-06,2024-07-05}", *[("2024-07-05", "2024-07-06")] * 3),
        ("{2024-07-25~,2024-07-27}", ("2024-07-24", "2024-07-27"), ("2024-07-24", "2024-07-27"), ("2024-07-27",) * 2),
        ("{1960,1961-12}", ("1960-01-01", "1961-12-31"), ("1960-01-01", "1961-12-31"), None),
        ("{..1984}", (None, "1984-12-31"), (None, "1984-12-31"), None),
        ("{..2024-07-25}", (None, "2024-07-25"), (None, "2024-07-25"), (None, "2024-07-25")),
        ("{2024-07-25..}", ("2024-07-25", None), ("2024-07-25", None), ("2024-07-25", None)),
    ],
)  # fmt: skip
def test_set__touches_span_core(text, touches, span, core):
    date = parse(text)
    assert iso((date.earliest, date.latest)) == touches
    assert (iso(date.span), iso(date.core)) == (span, core)
    assert date.kind == ("one-of" if text[0] == "[" else "all-of")


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2004-02-01/2005", "year"),
        ("2024-07-25/2024-07", "month"),
        ("2012-01-16/..", "day"),
        ("[1667,1760-12]", "year"),
        ("{13XX,1401}", "century"),
    ],
)
def test_precision__is_the_coarsest_of_the_parts(text, precision):
    assert parse(text).precision == precision


@pytest.mark.parametrize(
    ("text", "canonical", "uncertain", "approximate"),
    [
        ("2004-06-11", "2004-06-11", False, False),
        ("?2004", "2004?", True, False),
        ("?2004-06-~11", "2004?-06-~11", True, True),
        ("?2004-?06-?11", "2004-06-11?", True, False),
        ("2004~-06~-11~", "2004-06-11~", False, True),
        ("2004-06~-11?", "2004-06%-?11", True, True),
        ("2004?-06~", "2004%-~06", True, True),
        ("2004-~06-~11", "2004-~06-~11", False, True),
        ("2018-40?", "2018-40?", True, False),
        ("1984~/2004-06", "1984~/2004-06", False, True),
        ("[1667?,1668]", "[1667?,1668]", True, False),
        ("Y-17E7", "Y-170000000", False, False),
        ("Y3388E2S3", "Y338800S3", False, False),
        ("-1950S9", "-1950S4", False, False),
        ("1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", False, False),
    ],
)
def test_canonical_text_and_qualifiers(text, canonical, uncertain, approximate):
    date = parse(text)
    assert (str(date), date.uncertain, date.approximate) == (canonical, uncertain, approximate)


def test_parts__for_display():
    ((first, last),) = parse("2024-07-25/2024-08").ranges
    assert (first.year, first.month, first.day, first.precision, str(first)) == (2024, 7, 25, "day", "2024-07-25")
    assert (last.year, last.month, last.day, last.precision, last.months) == (2024, 8, None, "month", 1)
    ((half, same),) = parse("2018-40").ranges
    assert half is same
    assert (half.year, half.month, half.season) == (2018, None, 40)
    assert [tuple(p and p.text for p in pair) for pair in parse("[..1666,1668,1670..1672]").ranges] == [
        (None, "1666"),
        ("1668", "1668"),
        ("1670", "1672"),
    ]
    ((about, _),) = parse("1312~").ranges
    assert iso((about.first, about.last)) == ("1312-01-01", "1312-12-31")
    assert iso((about.earliest, about.latest)) == ("1311-01-01", "1313-12-31")
    ((hidden, _),) = parse("156X-XX-2X").ranges
    assert (hidden.year, hidden.month, hidden.day) == (1560, None, None)
    ((halfway, _),) = parse("156X-12-25").ranges
    assert (halfway.year, halfway.month, halfway.day, halfway.months) == (1560, 12, 25, 120)
    ((long, _),) = parse("Y-17E7").ranges
    assert (long.year, long.season, long.uncertain, long.approximate) == (-170000000, 0, False, False)
    assert long.months == 12
    ((rounded, _),) = parse("1950S2").ranges
    assert rounded.months == 1200


def test_value__equal_by_canonical_text_frozen_and_copied():
    date = parse("?2004-?06")
    assert date == parse("2004-06?")
    assert len({date, parse("2004-06?"), parse("2004-06")}) == 2
    assert pickle.loads(pickle.dumps(date)) == copy.deepcopy(date) == date
    with pytest.raises(AttributeError):
        date.earliest = 0
    with pytest.raises(AttributeError):
        date.ranges[0][0].year = 0
    assert isinstance(date.ranges[0][0], Part)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("2016-13-08", 5, "month 13 in '2016-13-08' (column 6): months go from 01 to 12"),
        (
            "2020-99",
            5,
            "month 99 in '2020-99' (column 6): months go from 01 to 12, seasons, quarters and halves from 21 to 41",
        ),
        ("2001-02-29", 8, "day 29 in '2001-02-29' (column 9): February 2001 has 28 days"),
        ("1960-06-31", 8, "June 1960 has 30 days"),
        ("2012/2013-02-30", 13, "February 2013 has 28 days"),
        ("[2012,2013-02-30]", 14, "February 2013 has 28 days"),
        ("19X1-02-29", 0, "no day of the calendar is written so"),
        ("202X-21", 0, "a season needs a year without X"),
        ("2020-21-01", 8, "it has no days"),
        ("?2020-21", 0, "one qualifier, at the end"),
        ("20120322", 0, "EDTF needs hyphens; write 2012-03-22"),
        ("201203", 0, "a month is 2012-03, the year Y201203"),
        ("20067890%", 0, "write Y20067890"),
        ("2012-3-22", 5, "months and days have two digits"),
        ("500", 0, "-0499 is 500 BC"),
        ("-500", 0, "-0499 is 500 BC"),
        ("-0000", 0, "the year before 0001 is 0000, which is 1 BC"),
        ("-0000-01-01", 0, "the year before 0001 is 0000, which is 1 BC"),
        ("", 0, "one is expected here"),
        (" 1863-03-29", 0, "EDTF has no spaces"),
        ("1863-03-29\n", 10, "EDTF has no spaces"),
        ("[1667,1668, 1670..1672]", 11, "EDTF has no spaces"),
        ("199u", 3, "draft of 2012; unspecified is X"),
        ("1950p2", 4, "significant digits are S"),
        ("unknown/2000", 0, "draft of 2012"),
        ("2000/open", 5, "open is '..'"),
        ("(2004)?", 0, "draft of 2012"),
        ("2004?~", 4, "uncertain and approximate together are %"),
        ("y17e7", 0, "capitals"),
        ("201x", 3, "capitals"),
        ("?2004?", 5, "each part takes one"),
        ("Y2006", 0, "Y is only for years beyond four digits; write 2006"),
        ("Y-2E2", 0, "write -0200"),
        ("Y012345", 1, "begin with 1 to 9"),
        ("Y12345~", 6, "S rounds"),
        ("Y12345-06", 6, "a year alone"),
        ("Y17E9999999999", 0, "years have at most 16 digits here"),
        ("Y1E16", 0, "years have at most 16 digits here"),
        ("2013/2012", 5, "write it the other way round: 2012/2013"),
        ("1313~/1312~", 6, "an end before the start"),
        ("-0043/-0044", 6, "an end before the start"),
        ("../..", 0, "at least one known end"),
        ("/", 0, "at least one known end"),
        ("2004/2005/2006", 9, "an interval has two ends"),
        ("2012-10-10T10:10:10/2013", 0, "intervals and sets take days, without a time"),
        ("2012-10-10T1:10:10", 11, "00:00:00 to 24:00:00"),
        ("2012-10-10T19:15", 16, "EDTF has them; write 2012-10-10T19:15:00"),
        ("2012-10-10T19:15+01:00", 16, "write 2012-10-10T19:15:00+01:00"),
        ("-0043-10-10T19:15Z", 17, "write -0043-10-10T19:15:00Z"),
        ("2012-10-10T25:15", 11, "or a zone, -14:00 to +14:00"),
        ("2012-10-10T24:00:01", 11, "00:00:00 to 24:00:00"),
        ("2012-10-10T10:00:00-00:00", 11, "then nothing, Z (UTC) or a zone"),
        ("2012-10T10:10:10", 7, "only a whole day has one"),
        ("2001-02-29T10:10:10", 8, "February 2001 has 28 days"),
        ("[1667", 4, "a set that begins with [ ends with ]"),
        ("{1667,1668]", 10, "a set that begins with { ends with }"),
        ("[1667]", 0, "write the date alone: 1667"),
        ("[1670..1667]", 7, "write it as 1667..1670"),
        ("[1667..1668-01]", 7, "not one a year, the other a month"),
        ("[1984..,1985]", 5, "only at the start"),
        ("[1985,..1984]", 6, "only at the start"),
        ("[..]", 1, "never on both sides"),
        ("[1985/1990]", 5, "write a range with '..'"),
        ("2020..2021", 4, "stands alone at an end of an interval"),
        ("２０２０", 0, "a date is a year, year-month or year-month-day"),
        ("2020-", 5, "a date is a year, year-month or year-month-day"),
    ],
)
def test_refused__says_what_where_and_why(text, column, message):
    with pytest.raises(EdtfError) as caught:
        parse(text)
    fault = caught.value
    assert (fault.text, fault.column) == (text, column)
    assert message in str(fault)
    assert f"(column {column + 1})" in str(fault)


@pytest.mark.parametrize(
    "text",
    [
        "Y" * 200_000, "9" * 200_000, "Y" + "9" * 200_000, "Y1E" + "9" * 200_000, "1950S" + "9" * 200_000,
        "[" * 200_000,
        "[.." * 100_000, "/" * 200_000, "2004-" * 50_000, "?" * 200_000, "2004T" * 50_000, "-" * 200_000,
        "YT" * 100_000,
        "[2004.." + "2" * 200_000 + "]", "[" + ",".join(["2004-06-11"] * 20_000) + "]", " " * 200_000, "XXX1-02-29",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_text__takes_bounded_time_and_message(text):
    began = time.process_time()
    try:
        parse(text)
    except EdtfError as fault:
        assert len(str(fault)) < 300
    assert time.process_time() - began < 5


# -- calendar


def test_ordinals__agree_with_the_standard_library():
    for number in range(1, dt.date.max.toordinal() + 1, 97):
        day = dt.date.fromordinal(number)
        assert from_ordinal(number) == (day.year, day.month, day.day)
        assert ordinal(day.year, day.month, day.day) == number
        assert iso_day(number) == day.isoformat()


@given(st.integers(-(10**18), 10**18))
def test_ordinals__go_there_and_back_in_any_year(number):
    year, month, day = from_ordinal(number)
    assert ordinal(year, month, day) == number
    assert 1 <= month <= 12
    assert 1 <= day <= month_length(year, month)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ((0, 2, 29), "0000-02-29"),
        ((-1, 12, 31), "-0001-12-31"),
        ((-9399, 1, 1), "-9399-01-01"),
        ((-12000, 1, 1), "-12000-01-01"),
        ((9999, 12, 31), "9999-12-31"),
        ((10000, 1, 1), "+10000-01-01"),
        ((44, 3, 15), "0044-03-15"),
    ],
)
def test_iso_day__expands_years_beyond_four_digits(day, written):
    assert iso_day(ordinal(*day)) == written


# -- properties

texts = st.sampled_from(corpus())
letters = st.text("0123456789-/.X?~%[]{},YESTZ:+ ", max_size=24)


def order_holds(date):
    known = [day for day in (date.earliest, *date.span, date.latest) if day is not None]
    return known == sorted(known) and (date.core is None or within(date.core, (date.earliest, date.latest)))


def within(inner, outer):
    (a, b), (first, last) = inner, outer
    return (first is None or (a is not None and a >= first)) and (last is None or (b is not None and b <= last))


def check(text):
    try:
        date = parse(text)
    except EdtfError as fault:
        assert fault.text == text
        assert 0 <= fault.column <= len(text)
        return
    again = parse(str(date))
    assert (again, hash(again), repr(again)) == (date, hash(date), repr(date))
    assert str(again) == str(date)
    assert order_holds(date), text


@given(st.one_of(st.text(), letters, st.text("0123456789-X", min_size=4, max_size=10)))
def test_any_text__gives_a_value_that_comes_back_or_an_edtf_error(text):
    check(text)


@given(texts, texts)
def test_intervals_and_sets_of_anything__come_back_in_order(one, other):
    for text in (f"{one}/{other}", f"[{one},{other}]", f"{{{one}..{other}}}"):
        check(text)


@given(st.dates(), st.sampled_from("~%"))
def test_approximate_day__is_a_day_wider_on_each_side(day, mark):
    date = parse(f"{day.isoformat()}{mark}")
    assert date.span == (day.toordinal() - 1, day.toordinal() + 1)
    assert date.core is None


@given(st.integers(-9998, 9998))
def test_approximate_year__is_a_year_wider_on_each_side(year):
    text = f"{'-' * (year < 0)}{abs(year):04d}"
    assert parse(f"{text}~").span == (ordinal(year - 1, 1, 1), ordinal(year + 1, 12, 31))


# -- the judge

DISAGREEMENTS = json.loads((CASES / "edtf_disagreements.json").read_text("utf-8"))
VERDICTS = json.loads((CASES / "edtf_verdicts.json").read_text("utf-8"))


def chrono_takes(text):
    try:
        parse(text)
    except EdtfError:
        return False
    return True


def test_corpus__comes_back():
    for text in corpus():
        check(text)


def test_edtf_validate__agrees_but_for_the_listed_disagreements():
    """Nothing unlisted differs, and nothing listed has stopped to differ."""
    assert list(VERDICTS) == corpus()
    assert len(VERDICTS) >= 5000
    assert 2000 < sum(VERDICTS.values()) < len(VERDICTS) - 2000
    differing = {
        text: "invalid" if valid else "valid" for text, valid in VERDICTS.items() if chrono_takes(text) != valid
    }
    listed = {text: group["chrono"] for group in DISAGREEMENTS.values() for text in group["strings"]}
    assert differing == listed


@pytest.mark.judge
def test_edtf_validate__judges_as_it_is_kept():
    """Asks edtf-validate anew, for half a minute; `CHRONO_UPDATE_GOLDEN=1` writes its verdicts anew."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf_validate.valid_edtf import is_valid

        judged = {text: bool(is_valid(text)) for text in corpus()}
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        (CASES / "edtf_verdicts.json").write_text(json.dumps(judged, indent=0) + "\n", "utf-8")
    assert judged == json.loads((CASES / "edtf_verdicts.json").read_text("utf-8"))


def test_disagreements__have_each_a_reason_and_one_class():
    strings = [text for group in DISAGREEMENTS.values() for text in group["strings"]]
    assert len(strings) == len(set(strings))
    assert all(group["reason"] and group["chrono"] in ("valid", "invalid") for group in DISAGREEMENTS.values())
