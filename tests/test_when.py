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

TODAY = (2025, 11, 15)  # a Saturday


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
        ("2018-40", "2018-H1"),
        ("2020-33", "2020-Q1"),
        ("2020-2021", "2020..2021"),
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
        ("March 44 BC", "EDTF takes months"),
        ("c. March 2020", "only a year"),
        ("2020 to 2022", "2020..2022"),
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


@given(st.text(st.sampled_from(string.digits + "-/.~?%X[]{},YSETQH sdwmybc "), max_size=20) | st.text(max_size=12))
def test_any_text_is_a_span_or_refused(text):
    try:
        first, last = when.span(text, TODAY)
    except when.WhenError as refused:
        assert str(refused)
    else:
        assert first is None or last is None or first <= last


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        ({"since": "2020"}, "2020-01-01", None),
        ({"until": "2020"}, None, "2020-12-31"),
        ({"within": "2020-06"}, "2020-06-01", "2020-06-30"),
        ({"since": "March 2020", "until": "2020-06"}, "2020-03-01", "2020-06-30"),
        ({"since": "2020-06-15", "until": "2020-06-15"}, "2020-06-15", "2020-06-15"),
        ({"since": "2020-03", "within": "2020"}, "2020-03-01", "2020-12-31"),
        ({"within": "30d"}, "2025-10-16", "2025-11-15"),
        ({"since": "5y"}, "2020-11-15", None),
    ],
)
def test_options_make_one_window(options, first, last):
    found = when.window(**{"since": None, "until": None, "within": None, **options}, today=TODAY)
    echo = found.echo()
    assert (echo["first"], echo["last"]) == (first, last)


def test_no_option_is_no_window():
    assert when.window(None, None, None, TODAY) is None


def test_window_without_a_day_is_refused():
    with pytest.raises(when.WhenError, match=r"--since 2024 --until 2020: no day is left"):
        when.window("2024", "2020", None, TODAY)


@pytest.mark.parametrize(("since", "until"), [("..2020", None), (None, "2020..")])
def test_bound_without_a_day_on_its_side_is_refused(since, until):
    with pytest.raises(when.WhenError, match="write --in"):
        when.window(since, until, None, TODAY)


def test_fault_names_its_option():
    with pytest.raises(when.WhenError, match=r"^--until '2020-13'"):
        when.window("2019", "2020-13", None, TODAY)


def test_dateutil_waits_until_it_is_needed():
    code = (
        "import sys; from mali_chrono.dates import typed as when; when.span('2020-06', (2025, 1, 1));"
        "when.span('500 BC', (2025, 1, 1)); print('dateutil' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
