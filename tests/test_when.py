"""The dates people type: what each comes to, and what each refusal says."""

import string
import subprocess
import sys

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.dates import typed as when
from mali_chrono.dates.days import iso_day
from mali_chrono.dates.phrasetable import TABLE
from mali_chrono.evidence import phrases

TODAY = (2025, 11, 15)  # a Saturday
# Words of a document that could mean two things when they stand alone, an EDTF code; days of two calendars; a day that
# is a slip where it is typed.
NOT_TYPED = {
    "2015-23", "25 October (7 November) 1917", "October 25 (November 7), 1917", "3 (15) June 1815", "June 3 (15), 1815",
    "29 February 1900", "February 29, 1900", "1900-02-29",
}  # fmt: skip


def days(text: str) -> tuple[str | None, str | None]:
    first, last = when.span(text, TODAY)
    return tuple(None if day is None else iso_day(day) for day in (first, last))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-06", "2020-06-01", "2020-06-30"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-06-15", "2020-06-15", "2020-06-15"),
        (" 2020-06-15 ", "2020-06-15", "2020-06-15"),
        ("2020-Q2", "2020-04-01", "2020-06-30"),
        ("15 March 44 BC", "-0043-03-15", "-0043-03-15"),
        ("march 44 bc", "-0043-03-01", "-0043-03-31"),
        ("24 August 79 AD", "0079-08-24", "0079-08-24"),
        ("2020q4", "2020-10-01", "2020-12-31"),
        ("Q2 2020", "2020-04-01", "2020-06-30"),
        ("2020-H1", "2020-01-01", "2020-06-30"),
        ("2020-H2", "2020-07-01", "2020-12-31"),
        ("1990s", "1990-01-01", "1999-12-31"),
        ("1680s", "1680-01-01", "1689-12-31"),
        ("14th century", "1300-01-01", "1399-12-31"),
        ("6th century BC", "-0599-01-01", "-0500-12-31"),
        ("March 2020", "2020-03-01", "2020-03-31"),
        ("mar 2020", "2020-03-01", "2020-03-31"),
        ("Sept. 2024", "2024-09-01", "2024-09-30"),
        ("17 September 2024", "2024-09-17", "2024-09-17"),
        ("17th September 2024", "2024-09-17", "2024-09-17"),
        ("September 17, 2024", "2024-09-17", "2024-09-17"),
        ("500 BC", "-0499-01-01", "-0499-12-31"),
        ("500bce", "-0499-01-01", "-0499-12-31"),
        ("1 BC", "0000-01-01", "0000-12-31"),
        ("9,400 BC", "-9399-01-01", "-9399-12-31"),
        ("AD 900", "0900-01-01", "0900-12-31"),
        ("c. 1312", "1311-01-01", "1313-12-31"),
        ("circa 500 BC", "-0500-01-01", "-0498-12-31"),
        ("17-Sep-2024", "2024-09-17", "2024-09-17"),
        ("today", "2025-11-15", "2025-11-15"),
        ("now", "2025-11-15", "2025-11-15"),
        ("Yesterday", "2025-11-14", "2025-11-14"),
        ("30d", "2025-10-16", "2025-10-16"),
        ("6w", "2025-10-04", "2025-10-04"),
        ("18m", "2024-05-15", "2024-05-15"),
        ("5y", "2020-11-15", "2020-11-15"),
        ("2 weeks ago", "2025-11-01", "2025-11-01"),
        ("last week", "2025-11-03", "2025-11-09"),
        ("this week", "2025-11-10", "2025-11-16"),
        ("last month", "2025-10-01", "2025-10-31"),
        ("this month", "2025-11-01", "2025-11-30"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("2020..2021", "2020-01-01", "2021-12-31"),
        ("March 2020..17 Sep 2024", "2020-03-01", "2024-09-17"),
        ("10,000 BC..500 BC", "-9999-01-01", "-0499-12-31"),
        ("1312..1337", "1312-01-01", "1337-12-31"),
        ("2020..", "2020-01-01", None),
        ("2020-01-01..2020-01-01", "2020-01-01", "2020-01-01"),
        ("XXXX..2020", "0000-01-01", "2020-12-31"),
        ("c. 2012/..", "2012-01-01", None),
        ("c. 2012..2013", "2011-01-01", "2013-12-31"),
        ("AD 12", "0012-01-01", "0012-12-31"),
        ("12 AD", "0012-01-01", "0012-12-31"),
        ("H2 2020", "2020-07-01", "2020-12-31"),
        ("H1 2020", "2020-01-01", "2020-06-30"),
        ("..500 BC", None, "-0499-12-31"),
        # spans in words
        ("between 1914 and 1918", "1914-01-01", "1918-12-31"),
        ("Between March 2020 and 17 September 2024", "2020-03-01", "2024-09-17"),
        ("from 2012 to 2014", "2012-01-01", "2014-12-31"),
        ("from 2012 until 2014", "2012-01-01", "2014-12-31"),
        ("2020 to 2022", "2020-01-01", "2022-12-31"),
        ("2012 through March 2014", "2012-01-01", "2014-03-31"),
        ("from March 2020 to today", "2020-03-01", "2025-11-15"),
        ("from 2012 to the present", "2012-01-01", "2025-11-15"),
        ("2012 - 2014", "2012-01-01", "2014-12-31"),
        ("from the 1990s to 2014", "1990-01-01", "2014-12-31"),
        ("c. 1312 to c. 1337", "1311-01-01", "1338-12-31"),
        ("from 500 to 400 BC", "-0499-01-01", "-0399-12-31"),
        ("between 1000 and 500 BC", "-0999-01-01", "-0499-12-31"),
        ("from 500 BC to AD 500", "-0499-01-01", "0500-12-31"),
        ("900-501 BC", "-0899-01-01", "-0500-12-31"),
        ("10-1 BC", "-0009-01-01", "0000-12-31"),
        # the side without a year has the other's
        ("between 17 and 21 August 2021", "2021-08-17", "2021-08-21"),
        ("between August 17 and August 21, 2021", "2021-08-17", "2021-08-21"),
        ("from March to May 2020", "2020-03-01", "2020-05-31"),
        ("March-May 2020", "2020-03-01", "2020-05-31"),
        ("28 Jul-3 Aug 2024", "2024-07-28", "2024-08-03"),
        ("Dec 2012-Jan 2013", "2012-12-01", "2013-01-31"),
        ("25-27 July 2024", "2024-07-25", "2024-07-27"),
        ("July 25-27, 2024", "2024-07-25", "2024-07-27"),
        # two years
        ("1914-1918", "1914-01-01", "1918-12-31"),
        ("1914-18", "1914-01-01", "1918-12-31"),
        ("1914\u201318", "1914-01-01", "1918-12-31"),
        ("1914 - 18", "1914-01-01", "1918-12-31"),
        ("2012-14", "2012-01-01", "2014-12-31"),
        ("1939-45", "1939-01-01", "1945-12-31"),
        ("2020-2021", "2020-01-01", "2021-12-31"),
        ("2022/23", "2022-01-01", "2023-12-31"),
        ("1914-12", "1914-12-01", "1914-12-31"),
        ("2001-05", "2001-05-01", "2001-05-31"),
        ("1998-01", "1998-01-01", "1998-01-31"),
        # parts, as CURATING.md reads them in a document
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("late 1980s", "1985-01-01", "1989-12-31"),
        ("the late '90s", "1995-01-01", "1999-12-31"),
        ("the 14th century", "1300-01-01", "1399-12-31"),
        ("the fourteenth century", "1300-01-01", "1399-12-31"),
        ("late 14th century", "1350-01-01", "1399-12-31"),
        ("first century", "0001-01-01", "0099-12-31"),
        ("1st century", "0001-01-01", "0099-12-31"),
        ("early 1st century", "0001-01-01", "0049-12-31"),
        ("early 2019", "2019-01-01", "2019-04-30"),
        ("Early 2019", "2019-01-01", "2019-04-30"),
        ("mid-2019", "2019-05-01", "2019-08-31"),
        ("mid 2019", "2019-05-01", "2019-08-31"),
        ("late 2012", "2012-09-01", "2012-12-31"),
        ("the end of 2012", "2012-09-01", "2012-12-31"),
        ("beginning of 2012", "2012-01-01", "2012-04-30"),
        ("spring 2020", "2020-03-01", "2020-05-31"),
        ("summer 2020", "2020-06-01", "2020-08-31"),
        ("the Summer of 2020", "2020-06-01", "2020-08-31"),
        ("autumn 2020", "2020-09-01", "2020-11-30"),
        ("fall 2020", "2020-09-01", "2020-11-30"),
        ("winter 2019", "2019-12-01", "2020-02-29"),
        ("the first half of 2018", "2018-01-01", "2018-06-30"),
        ("second half of 2018", "2018-07-01", "2018-12-31"),
        ("third quarter of 2018", "2018-07-01", "2018-09-30"),
        ("the first six months of 2019", "2019-01-01", "2019-06-30"),
        ("early March 2020", "2020-03-01", "2020-03-10"),
        ("mid-March 2020", "2020-03-10", "2020-03-20"),
        ("mid-mar 2020", "2020-03-10", "2020-03-20"),
        ("late march 2020", "2020-03-15", "2020-03-31"),
        ("end of February 2020", "2020-02-15", "2020-02-29"),
        ("first half of March 2020", "2020-03-01", "2020-03-15"),
        ("second half of March 2020", "2020-03-16", "2020-03-31"),
        ("first week of October 2019", "2019-10-01", "2019-10-07"),
        ("last week of June 2021", "2021-06-24", "2021-06-30"),
        ("January/February 2015", "2015-01-01", "2015-02-28"),
        ("from early 2019 to late 2020", "2019-01-01", "2020-12-31"),
        # counted from today
        ("last 3 months", "2025-08-15", "2025-11-15"),
        ("the last three months", "2025-08-15", "2025-11-15"),
        ("past 2 weeks", "2025-11-01", "2025-11-15"),
        ("last 30 days", "2025-10-16", "2025-11-15"),
        ("last 10 years", "2015-11-15", "2025-11-15"),
        ("past year", "2024-11-15", "2025-11-15"),
        ("two weeks ago", "2025-11-01", "2025-11-01"),
        ("this year", "2025-01-01", "2025-12-31"),
        # eras
        ("2nd millennium BC", "-1999-01-01", "-1000-12-31"),
        ("1st millennium BC", "-0999-01-01", "0000-12-31"),
        ("first millennium BC", "-0999-01-01", "0000-12-31"),
        ("2nd millennium", "1000-01-01", "1999-12-31"),
        ("66000000 BC", "-65999999-01-01", "-65999999-12-31"),
        ("66,000,000 BC", "-65999999-01-01", "-65999999-12-31"),
        ("1st century BC", "-0099-01-01", "0000-12-31"),
        ("2nd century BC", "-0199-01-01", "-0100-12-31"),
        ("-000X", "-0009-01-01", "0000-12-31"),
        ("-00XX", "-0099-01-01", "0000-12-31"),
        ("-0043-Q2", "-0043-04-01", "-0043-06-30"),
        # EDTF
        ("-0499", "-0499-01-01", "-0499-12-31"),
        ("2012/2013", "2012-01-01", "2013-12-31"),
        ("2012/..", "2012-01-01", None),
        ("1312~", "1311-01-01", "1313-12-31"),
        ("13XX", "1300-01-01", "1399-12-31"),
        ("[2021-08-17..2021-08-21]", "2021-08-17", "2021-08-21"),
        ("Y-17000", "-17000-01-01", "-17000-12-31"),
    ],
)
def test_typed_date_means_all_of_its_days(typed, first, last):
    assert days(typed) == (first, last)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "a date is missing"),
        ("..", "at least one side"),
        ("2020-13", "months go from 01 to 12"),
        ("2020-02-30", "February 2020 has 29 days"),
        ("2021-02-29", "February 2021 has 28 days"),
        ("-500", "write '500 BC' (in EDTF, -0500 is 501 BC)"),
        ("-12345", "write '12345 BC'"),
        ("0 BC", "there is no year 0"),
        ("03/04/2020", "2020-04-03 (3 April) or 2020-03-04 (4 March)"),
        ("3.4.2020", "2020-04-03 (3 April) or 2020-03-04 (4 March)"),
        ("25/12/2020", "write 2020-12-25 (25 December)"),
        ("5/5/2020", "write 2020-05-05 (5 May)"),
        ("2020/01/02", "2020-01-02"),
        ("3/2020", "write 2020-03"),
        ("1/2/20", "four digits"),
        ("2020-21", "2020-03..2020-05 or 2020..2021"),
        ("1936-39", "1936-09..1936-12 or 1936..1939"),
        ("2015\u201323", "2015-09..2015-11 or 2015..2023"),
        ("1914\u201312", "write 1914-12"),
        ("2001\u201305", "2001-05 or 2001..2005"),
        ("2005/06", "write 2005-06"),
        ("2014-13", "months go from 01 to 12"),
        ("2021-2020", "ends before it begins; write 2020..2021"),
        ("from 2014 to 2012", "ends before it begins; write 2012..2014"),
        ("from 28 December to 3 January 2021", "write the year of '28 December' too"),
        ("from March to May", "which year?"),
        ("between 2012 and", "no date"),
        ("since 2012", "write 2012.."),
        ("from March 2012", "write March 2012.."),
        ("until 2012", "write ..2012"),
        ("by August 2022", "write ..August 2022"),
        ("up to 2012", "write ..2012"),
        ("2012 to 2014 to 2016", "more than two sides"),
        ("2020 -", "'2020 -'"),
        ("monday", "which Monday? write its date: the last one was 2025-11-10"),
        ("last Sat.", "which Saturday? write its date: the last one was 2025-11-08"),
        ("next tues", "which Tuesday? write its date: the last one was 2025-11-11"),
        ("early 1900s", "1900..1904 or 1900..1949"),
        ("late 2000s", "2005..2009 or 2050..2099"),
        ("the '00s", "write the years"),
        ("summer", "which year?"),
        ("early March", "which year?"),
        ("last decade", "is no date"),
        ("the day after", "is no date"),
        ("2018-40", "2018-H1"),
        ("2020-33", "2020-Q1"),
        ("2021..2020", "ends before it begins; write 2020..2021"),
        ("March", "which year? write it like 'March 2020'"),
        ("17 September", "which year?"),
        ("Marhc 2020", "did you mean 'March'?"),
        ("Octember 2020", "no month"),
        ("32 March 2020", "March 2020 has 31 days"),
        ("20200615", "2020-06-15"),
        ("99999y", "before the year 1"),
        ("someday", "'someday'"),
        ("2020..2021..2022", "more than one '..'"),
        ("1900s", "1900..1909 or 1900..1999"),
        ("17 Sep 24", "four digits"),
        ("2020-Q5", "Q1 to Q4"),
        ("2020-H3", "H1 and H2"),
        ("2020/06", "write 2020-06"),
        ("03-04-2020", "2020-04-03 (3 April) or 2020-03-04 (4 March)"),
        ("spring 44 BC", "like 44 BC, March 44 BC"),
        ("c. March 2020", "only a year"),
        ("last mont", "did you mean 'last month'?"),
        ("500", "500 BC or AD 500"),
    ],
)
def test_what_could_mean_two_things_is_refused(typed, said):
    with pytest.raises(when.WhenError) as caught:
        when.span(typed, TODAY)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "text", ["2020", "2020-06", "March 2020", "1990s", "14th century", "500 BC", "2020-Q2", "2020..2021"]
)
@given(today=st.dates())
def test_nothing_is_completed_from_today(text, today):
    assert when.span(text, (today.year, today.month, today.day)) == when.span(text, TODAY)


WORDS = [
    "between", "and", "from", "to", "the", "early", "mid", "late", "end", "of", "first", "second", "last", "half",
    "week", "quarter", "century", "summer", "March", "3", "17", "1914", "2020", "-18", "-", "1990s", "BC", "past",
    "months", "ago", "c.", "since", "monday", "500", "today", "..", "/",
]  # fmt: skip


@given(
    st.text(st.sampled_from(string.digits + "-/.~?%X[]{},YSETQH sdwmybc "), max_size=20)
    | st.text(max_size=12)
    | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
)
def test_any_text_is_a_span_or_refused(text):
    try:
        first, last = when.span(text, TODAY)
    except when.WhenError as refused:
        assert str(refused)
    else:
        assert first is None or last is None or first <= last


@pytest.mark.parametrize("typed", ["monday", "Mon", "last monday"])
def test_a_weekday_is_no_month(typed):
    with pytest.raises(when.WhenError) as caught:
        when.span(typed, TODAY)
    assert "'May'" not in str(caught.value)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.printed)
def test_what_is_read_in_a_document_is_read_when_typed(row):
    """One table for both: whoever types a row's words means what it says there, or is told what to write."""
    for words in row.printed.split("; "):
        printed = [date for date in phrases.read(words) if date.needs_entry and date.words not in NOT_TYPED]
        for date in printed:
            (meaning,) = date.meanings
            assert when.span(date.words, TODAY) == (meaning.first[0], meaning.last[1])
        if not printed or words in NOT_TYPED:
            with pytest.raises(when.WhenError):
                when.span(words, TODAY)


@pytest.mark.parametrize(("words", "module"), [("2020-06", "mali_chrono.dates.edtf"), ("500 BC", "dateutil")])
def test_what_a_date_does_not_need_is_not_imported(words, module):
    code = (
        f"import sys; from mali_chrono.dates import typed as when; when.span('{words}', (2025, 1, 1));"
        f"print('{module}' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
