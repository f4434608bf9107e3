"""A date as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.dates.days import ordinal
from mali_chrono.dates.edtf import EdtfError, parse
from mali_chrono.dates.words import describe, describe_days


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-07-25", "25 Jul 2024"),
        ("2021-08", "Aug 2021"),
        ("2012", "2012"),
        ("2024-07-25/2024-07-27", "25-27 Jul 2024"),
        ("2024-07-28/2024-08-03", "28 Jul-3 Aug 2024"),
        ("2023-12-28/2024-01-03", "28 Dec 2023-3 Jan 2024"),
        ("2017-03/2017-08", "Mar-Aug 2017"),
        ("2017-03/2018-08", "Mar 2017-Aug 2018"),
        ("2015/2017", "2015-2017"),
        ("2015/2017-03", "2015 to Mar 2017"),
        ("2012/..", "since 2012"),
        ("../2012", "up to 2012"),
        ("/2012", "until 2012"),
        ("2012/", "from 2012"),
        ("../2012-03-05", "up to 5 Mar 2012"),
        ("/2012-03-05", "until 5 Mar 2012"),
        ("1312~", "c. 1312"),
        ("1312~/1337~", "c. 1312 to c. 1337"),
        ("1984?", "1984?"),
        ("1984%", "c. 1984?"),
        ("[2021-08-17..2021-08-21]", "one of 17-21 Aug 2021"),
        ("[2023-03-23..2023-03-24]", "23 or 24 Mar 2023"),
        ("[2023-03-23,2023-03-24]", "23 or 24 Mar 2023"),
        ("[2019-01..2019-04]", "within Jan-Apr 2019"),
        ("[1667,1760-12]", "1667 or Dec 1760"),
        ("[..2022-08]", "by Aug 2022"),
        ("[2019-03-24..]", "after 24 Mar 2019"),
        ("{1960,1961-12}", "1960 and Dec 1961"),
        ("2018-40", "first half of 2018"),
        ("2020-22", "summer 2020"),
        ("2010-24", "winter 2010-11"),
        ("2020-34", "Q2 2020"),
        ("168X", "1680s"),
        ("13XX", "14th century"),
        ("1XXX", "2nd millennium"),
        ("-9999", "10000 BC"),
        ("-9399~", "c. 9400 BC"),
        ("0000", "1 BC"),
        ("0900", "900 AD"),
        ("-05XX", "6th century BC"),
        ("-039X", "400-391 BC"),
        ("[-0599..-0500]", "within 600-501 BC"),
        ("-0299~/0900~", "c. 300 BC to c. 900 AD"),
        ("2004-06-XX", "Jun 2004"),
        # a month or a day in a year that is not wholly known
        ("XXXX-12-XX", "some December"),
        ("XXXX-12", "some December"),
        ("XXXX-12-25", "25 Dec of some year"),
        ("XXXX-XX-25", "the 25th of some month"),
        ("XXXX", "some year"),
        ("XXXX-XX", "some year"),
        ("XXXX-XX-XX", "some year"),
        ("156X-12-25", "25 Dec of the 1560s"),
        ("156X-12-25~", "c. 25 Dec of the 1560s"),
        ("156X-12-25?", "25 Dec of the 1560s?"),
        ("156X-12", "Dec of the 1560s"),
        ("156X-12-XX", "Dec of the 1560s"),
        ("156X-XX", "1560s"),
        ("156X-XX-25", "the 25th of some month of the 1560s"),
        ("15XX-12-25", "25 Dec of the 16th century"),
        ("1XXX-12", "Dec of the 2nd millennium"),
        ("-05XX-12", "Dec of the 6th century BC"),
        ("-156X-12-25", "25 Dec of 1570-1561 BC"),
        ("090X-12", "Dec of 900-909 AD"),
        ("2020-XX-11", "the 11th of some month of 2020"),
        ("2020-XX-22", "the 22nd of some month of 2020"),
        ("-0043-XX-15", "the 15th of some month of 44 BC"),
        # a month or a day half known
        ("2020-1X", "within Oct-Dec 2020"),
        ("2020-1X-XX", "within Oct-Dec 2020"),
        ("2020-0X", "within Jan-Sep 2020"),
        ("2020-X2", "Feb or Dec 2020"),
        ("2020-X5", "May 2020"),
        ("156X-X2", "Feb or Dec of the 1560s"),
        ("156X-1X", "within Oct-Dec of the 1560s"),
        ("1985-04-1X", "one of 10-19 Apr 1985"),
        ("1985-04-3X", "30 Apr 1985"),
        ("1985-01-3X", "30 or 31 Jan 1985"),
        ("1985-01-X1", "1, 11, 21 or 31 Jan 1985"),
        ("1985-02-X9", "9 or 19 Feb 1985"),
        ("1984-02-2X", "one of 20-29 Feb 1984"),
        ("198X-02-2X", "one of 20-29 Feb of the 1980s"),
        ("XXXX-02-1X", "one of 10-19 Feb of some year"),
        ("2020-X2-11", "11 Feb or Dec 2020"),
        # no plain words
        ("1X60-12-25", "1X60-12-25"),
        ("1X60", "1X60"),
        ("2020-1X-1X", "2020-1X-1X"),
        ("2020-XX-1X", "2020-XX-1X"),
        # ends of a range
        ("XXXX-12-25/XXXX-12-27", "25 Dec of some year to 27 Dec of some year"),
        ("156X-12-25/1570", "25 Dec of the 1560s to 1570"),
        ("[156X-12-25,1571]", "25 Dec of the 1560s or 1571"),
        ("1X5X", "1X5X"),
        ("[2023-03-31,2023-04-01]", "31 Mar 2023 or 1 Apr 2023"),
        ("[2023-03-20..2023-03-23,2023-03-24]", "20-23 Mar 2023 or 24 Mar 2023"),
        ("{2023-03-23,2023-03-24}", "23 Mar 2023 and 24 Mar 2023"),
        ("{1960..1962,1970,1980}", "1960-1962, 1970 and 1980"),
        ("{..1984,1990}", "until 1984 and 1990"),
        ("{1960,1961..}", "1960 and from 1961"),
        ("[1667,1668,1760-12..]", "1667, 1668 or from Dec 1760"),
        ("1985-04-12T23:20:30Z", "12 Apr 1985 23:20:30 UTC"),
        ("2001-09-11T08:46:00-04:00", "11 Sep 2001 08:46 UTC-4"),
        ("2001-09-11T08:46:00+05:30", "11 Sep 2001 08:46 UTC+5:30"),
        ("2001-09-11T08:46:00+00:00", "11 Sep 2001 08:46 UTC"),
        ("2001-09-11T24:00:00", "11 Sep 2001 24:00"),
        ("1950S2", "1900-1999"),
        ("Y171010000S3", "171000000-171999999"),
        ("0001", "1 AD"),
        ("0999", "999 AD"),
        ("1000", "1000"),
        ("099X", "990-999 AD"),
        ("100X", "1000s"),
        ("2020-25", "spring 2020"),
        ("2020-28", "winter 2020-21"),
        ("1999-24", "winter 1999-00"),
        ("-0500-24", "winter 501 BC"),
        ("2020-29", "spring 2020 (south)"),
        ("2020-30", "summer 2020-21 (south)"),
        ("2020-31", "autumn 2020 (south)"),
        ("2020-33", "Q1 2020"),
        ("2020-36", "Q4 2020"),
        ("2020-37", "first third of 2020"),
        ("09XX", "10th century"),
        ("10XX", "11th century"),
        ("11XX", "12th century"),
        ("12XX", "13th century"),
        ("19XX", "20th century"),
        ("20XX", "21st century"),
        ("22XX", "23rd century"),
        ("99XX", "100th century"),
    ],
)
def test_words(text, words):
    assert describe(parse(text)) == words


@given(st.from_regex(r"\A[?~]?-?[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?(/|\.\.)?(-?[0-9X]{4}(-[0-9]{2}){0,2})?\Z"))
def test_every_date_has_words(text):
    try:
        date = parse(text)
    except EdtfError:
        return
    assert describe(date).strip() == describe(date) != ""


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2024, 7, 25), (2024, 7, 25), "25 Jul 2024"),
        ((2024, 7, 25), (2024, 8, 2), "25 Jul-2 Aug 2024"),
        ((2012, 1, 16), None, "since 16 Jan 2012"),
        (None, (2012, 1, 16), "up to 16 Jan 2012"),
    ],
)
def test_days_are_told_as_a_date_of_them_is(first, last, words):
    assert describe_days(first and ordinal(*first), last and ordinal(*last)) == words
