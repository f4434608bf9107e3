"""What every refusal of a date says, to the letter: kept under cases/golden, to be read when it changes."""

from helpers.edtf_corpus import DRAFT_OF_2012, NOT_DATES
from helpers.golden import compare

from mali_chrono.dates.edtf import EdtfError, parse
from mali_chrono.dates.typed import WhenError, span

SIXTY = "[2004-06-11,2004-06-12,2004-06-13,2004-06-14,2004-06-15,XX"
EDTF = (
    *DRAFT_OF_2012, *(text for text in NOT_DATES if text != "2004/"),  # an interval
    "2020-99", "2020-20", "2001-02-29", "2012/2013-02-30", "[2012,2013-02-30]",
    "19X1-02-29", "202X-21", "202X-41", "202X-2X", "202X-99", "202X-20", "2020-21-01", "?2020-21", "2020?-21",
    "2020-?21", "Y17E9999999999",
    "Y1E16", "Y12345678901234567", "Y-2E2", "2013/2012", "1313~/1312~", "2004/2005/2006/2007",
    "2012-10-10T10:10:10/2013", "2012-10T10:10:10", "2012-10-10T24:00:01", "[1670..1667]", "[1667..1668-01]",
    "[1984..,1985]", "[1985,..1984]", "[1984..2]", "[..1984..]", "[1984..1985..1986]", "[1667]", "{1667}", "2020..2021",
    "?2004?", "2004-?06?", "2004-06-?11?", f"{SIXTY}]", f"{SIXTY}1]", f"{SIXTY}YY]", "X" * 61, "2004-06-11," * 12,
    "[" + "2004-06-11," * 12 + "2004-13-11]",
)  # fmt: skip
TYPED = (
    "", "..", "2020-13", "2020-02-30", "-500", "-12345", "-10000", "-9", "-" + "123456789" * 3, "0 BC", "03/04/2020",
    "3.4.2020", "25/12/2020", "5/5/2020", "1/1/2020", "1/2/2020", "13/1/2020", "1/13/2020", "31/12/2020", "12/31/2020",
    "1/31/2020", "32/1/2020", "1/32/2020", "0/5/2020", "12/13/2020", "13/13/2020", "2020/01/02", "3/2020", "1/2/20",
    "2020-21", "2020-24", "2018-40", "2020-33", "1932-32", "1931-32", "2031-32", "2024-24", "2023-24", "9999-24",
    "2021..2020", "March", "17 September", "17 September 17 2024", "Marhc 2020", "Marhc",
    "Jule 2020", "Octember 2020", "MayX 2020", "32 March 2020", "20200615", "99999y", "someday", "2020..2021..2022",
    "2012..2013/2014",
    "1900s", "17 Sep 24", "2020-Q5", "2020-H3", "2020/06", "03-04-2020", "30 February 44 BC", "c. March 2020",
    "since 2012", "monday", "early 1900s", "2020 or 2022", "last mont", "500", "0th century", "0 AD", "2020'01",
    "20-13'",
)  # fmt: skip


def refusal(read, text, error) -> str:
    try:
        read(text)
    except error as fault:
        return f"{text[:80]!r}\n    {fault}\n"
    raise AssertionError(text)


def test_what_is_no_edtf():
    told = [refusal(parse, text, EdtfError) for text in dict.fromkeys(EDTF)]
    compare("refusals-edtf", "".join(told))


def test_what_is_no_typed_date():
    told = [refusal(lambda text: span(text, (2025, 11, 15)), text, WhenError) for text in TYPED]
    compare("refusals-typed", "".join(told))
