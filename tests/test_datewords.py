"""A date as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.dates.edtf import EdtfError, parse
from mali_chrono.dates.words import describe


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
        ("../2012", "until 2012"),
        ("2012/", "from 2012"),
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
        ("1985-04-1X", "1985-04-1X"),
        ("XXXX-12-25", "XXXX-12-25"),
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
