"""The reader of printed dates, against the table of CURATING.md: words as printed, and the EDTF written for them."""

import re

import pytest
from conftest import ROOT

from mali_chrono.dates.edtf import EdtfError
from mali_chrono.dates.edtf import parse as parse_date
from mali_chrono.dates.phrasetable import TABLE
from mali_chrono.evidence import phrases
from mali_chrono.evidence.phrases import Context

# Words in a sentence; what each expression in it is, as EDTF; what the context leaves out: a year, or more.
TOLD = Context(years=(2020,))
SAID = [
    # Days
    ("On March 7, 2015, a gunman opened fire", ["2015-03-07"]),
    ("on 7 March 2015 a gunman", ["2015-03-07"]),
    ("7 September 2023, JNIM militants attacked", ["2023-09-07"]),
    ("March 7 2015", ["2015-03-07"]),
    ("the 7th of March 2015", ["2015-03-07"]),
    ("Date16 January 2012 - present", ["2012-01-16/.."]),
    ("published 2015-03-07 online", ["2015-03-07"]),
    ("at 2015-03-07T08:30:00Z and 2015-03-08 09:00:00.000", ["2015-03-07", "2015-03-08"]),
    ("On Feb. 29, 2020 and Sept. 5, 2020", ["2020-02-29", "2020-09-05"]),
    # Days that lasted, and days one of which it was
    ("July 25-27, 2024", ["2024-07-25/2024-07-27"]),
    ("25-27 July 2024", ["2024-07-25/2024-07-27"]),
    ("July 25, 2024 - July 27, 2024: On July 25, rebels", ["2024-07-25/2024-07-27", "2024-07-25"]),
    ("December 30, 2021 - January 2, 2022", ["2021-12-30/2022-01-02"]),
    ("from March 23 until March 31, 2022", ["2022-03-23/2022-03-31"]),
    ("From 22 March through 26 March 1991, mass rallies", ["1991-03-22/1991-03-26"]),
    ("sometime between August 17 and August 21, 2021", ["[2021-08-17..2021-08-21]"]),
    ("between 17 and 21 August 2021", ["[2021-08-17..2021-08-21]"]),
    ("from December 28 to January 3, 2021", ["2020-12-28/2021-01-03"]),
    # Months
    ("in March 2017", ["2017-03"]),
    ("launched in January of 2013", ["2013-01"]),
    ("the March 2022 rebrand", ["2022-03"]),
    ("From January to March 2012, Mali", ["2012-01/2012-03"]),
    ("between May and July of 2012", ["2012-05/2012-07"]),
    ("from January 2019 until November.", ["2019-01/2019-11"]),
    ("from November 2019 to February", ["2019-11/2020-02"]),
    ("published in January/February 2015", ["[2015-01..2015-02]"]),
    ("an August/September 2014 poll", ["[2014-08..2014-09]"]),
    ("By October 2012, up to 1,000 child soldiers", ["[..2012-10]"]),
    ("since October 2011", ["2011-10/.."]),
    ("after March 2019", ["[2019-03..]"]),
    # Parts of months
    ("early March 2020", ["[2020-03-01..2020-03-10]"]),
    ("mid-March 2020", ["[2020-03-10..2020-03-20]"]),
    ("in the middle of March 2020", ["[2020-03-10..2020-03-20]"]),
    ("late January 2025", ["[2025-01-15..2025-01-31]"]),
    ("at the end of February 2020", ["[2020-02-15..2020-02-29]"]),
    ("During the first week of October 2019", ["[2019-10-01..2019-10-07]"]),
    ("in the last week of June 2021", ["[2021-06-24..2021-06-30]"]),
    ("the second half of March 2020", ["[2020-03-16..2020-03-31]"]),
    # Parts of years
    ("By the first half of 2018, attacks", ["[..2018-40]"]),
    ("in the second half of 2018", ["2018-41"]),
    ("in the first quarter of 2022", ["2022-33"]),
    ("in the first six months of 2019", ["2019-40"]),
    ("in the first three months of 2022, 543 civilians", ["2022-33"]),
    ("summer 2020", ["2020-22"]),
    ("by the summer of 2020", ["[..2020-22]"]),
    ("the winter of 2010", ["2010-24"]),
    ("early 2019", ["[2019-01..2019-04]"]),
    ("mid-2014", ["[2014-05..2014-08]"]),
    ("in late 2012", ["[2012-09..2012-12]"]),
    ("at the end of 2012", ["[2012-09..2012-12]"]),
    ("in late 2012 and early 2013", ["[2012-09..2012-12]", "[2013-01..2013-04]"]),
    # Years
    ("in 2012", ["2012"]),
    ("the 2013 presidential election", ["2013"]),
    ("for his role in two 2016 terror attacks", ["2016"]),
    ("since 2012", ["2012/.."]),
    ("CMI (2017-)", ["2017/.."]),
    ("Native militia 2014-", ["2014/.."]),
    ("(until 2025)", ["../2025"]),
    ("By 1905, most of the area", ["[..1905]"]),
    ("As of 2023, they rival each other", ["2023"]),
    ("2012-2017", ["2012/2017"]),
    ("2015-23", ["2015/2023"]),
    ("2013-2022/23", ["2013/2023"]),
    ("in 1738-1756, when", ["1738/1756"]),
    ("from 1968 to 1974", ["1968/1974"]),
    ("between 2022 and 2023", ["2022/2023"]),
    ("from 2022 to August 2023", ["2022/2023-08"]),
    ("In 2022 and 2023, the group", ["2022", "2023"]),
    ("c. 1312 - c. 1337", ["1312/1337"]),
    ("circa 1591", ["1591"]),
    # Decades, centuries, before Christ
    ("in the 1680s", ["168X"]),
    ("during the 1980s", ["198X"]),
    ("in the late 1980s", ["[1985..1989]"]),
    ("in the early 2020s", ["[2020..2024]"]),
    ("in the late '90s", ["[1995..1999]"]),
    ("in the 1800s", ["18XX"]),
    ("in the 14th century", ["13XX"]),
    ("In the late 14th century", ["[1350..1399]"]),
    ("from the eighth century until 1078", ["07XX/1078"]),
    ("In the first millennium BC", ["[-0999..0000]"]),
    ("the 6th century BC", ["[-0599..-0500]"]),
    ("Through approximately 6th century BC and 4th century BC", ["[-0599..-0300]"]),
    ("inhabited since 10,000 BC", ["-9999/.."]),
    ("dating to about 9,400 BC", ["-9399"]),
    ("by 5000 BC and iron by around 500 BC", ["[..-4999]", "[..-0499]"]),
    ("lasted from around 300 BC to 900 AD", ["-0299/0900"]),
    # The year stands elsewhere: here 2020
    ("On April 3, troops", ["2020-04-03"]),
    ("On 30 January, the advance", ["2020-01-30"]),
    ("In March, an officer", ["2020-03"]),
    ("That January, men dressed as hunters", ["2020-01"]),
    ("the March and April elections", ["2020-03", "2020-04"]),
    ("protests from 10 to 13 June", ["2020-06-10/2020-06-13"]),
    ("Starting from 1 July, attacks", ["2020-07-01/.."]),
    ("In early September the union", ["[2020-09-01..2020-09-10]"]),
    ("by July of that year", ["[..2020-07]"]),
    ("in November of the same year", ["2020-11"]),
    ("By the end of the year, hundreds", ["[..2020-12]"]),
    ("Reinstated by August 6 at midnight", ["[..2020-08-06]"]),
    ("in June that the mission", ["2020-06"]),
]
# No dates: amounts, designations, names, verbs.
TRAPS = [
    "2,000 soldiers",
    "about 2000 soldiers and 1500 civilians",
    "1,000 additional soldiers",
    "The 5,000-troop force",
    "$15 million and \\$2000",
    "Resolution 2085 of the Security Council",
    "up to 1,000 child soldiers of 13,105 killed",
    "2,800-6,000 men",
    "25-82+ killed",
    "39.9 percent and 2012.5 points",
    "B2Gold, G5 Sahel, AK-47s, WWII",
    "the March Revolution",
    "They may march again",
    "villages of Yoro and Gangafani 2",
    "13 years, 8 months and 3 days",
    "the second half of the game, the first quarter",
    "a two-thirds majority of 1994 members",
    "in the last two years, three days after",
    "February 30, 2020",
    "a 12-15 lead in the 3rd round",
    "at 12:30, on route 1100km",
]


def ends(text):
    """The first and the last end of an EDTF date, None where it is open."""
    date = parse_date(text)
    first, last = date.ranges[0][0], date.ranges[-1][1]
    return first and (first.first, first.last), last and (last.first, last.last)


def read(text, context=TOLD):
    return [expression for expression in phrases.read(text, context) if expression.needs_entry]


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_reads_what_is_printed(text, expected):
    found = [(e.meanings[0].first, e.meanings[0].last) for e in read(text)]
    assert found == [ends(date) for date in expected]


@pytest.mark.parametrize("text", TRAPS)
def test_ordinary_numbers_are_no_dates(text):
    assert [expression.words for expression in read(text)] == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.printed)
def test_every_row_reads_its_own_words(row):
    for words in row.printed.split("; "):
        assert row.pattern.search(f"in {words} they"), words
        assert any(need in words.casefold() for need in row.needs)


def test_words_stand_where_they_say():
    text = "From January to March 2012, and on March 22, they fought."
    assert [text[e.start : e.stop] for e in read(text)] == [e.words for e in read(text)]


def test_a_date_without_a_year_takes_those_of_its_line_else_the_last_before():
    def years(text, context):
        (*_, expression) = read(text, context)
        return [str(meaning.first[0]) for meaning in expression.meanings]

    here = ends("2022-09-27")[0][0], ends("2019-09-27")[0][0]
    text = "On July 10, 2022, under a contract of July 2019. As of September 27"
    assert years(text, Context(before=2017)) == [str(day) for day in here]
    assert years("As of September 27", Context(before=2022)) == [str(here[0])]
    assert read("As of September 27", Context()) == []


def test_a_range_within_names_its_units():
    (expression,) = read("July 25, 2024 - July 27, 2024")
    assert {unit for meaning in expression.meanings for unit in meaning.units} >= {
        ends("2024-07-25"),
        ends("2024-07-27"),
        ends("2024-07-25/2024-07-27"),
    }


def test_a_part_of_a_year_names_none_of_its_months():
    (expression,) = read("late 2012")
    assert expression.meanings[0].units == (ends("[2012-09..2012-12]"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On October 17, 2022 a bomb; he died the following day", ["2022-10-18"]),
        ("On August 8, 2021 villages; a patrol was sent the next day", ["2021-08-09"]),
        ("On August 8, 2021, and the day before", ["2021-08-07"]),
        ("On 18 August 2020, and shortly after midnight", ["2020-08-19", "2020-08-17"]),
        ("On January 11, 2013. Later that month", ["2013-01"]),
        ("the next day", []),
    ],
)
def test_neighbours_prove_but_are_not_asked_for(text, expected):
    found = [e for e in phrases.read(text, Context()) if not e.needs_entry]
    assert [unit for e in found for m in e.meanings for unit in m.units] == [ends(date) for date in expected]


def test_a_day_alone_is_of_the_month_told_last():
    found = read("In July 2020 it began, and on the 22nd it ended", Context())
    assert [(e.meanings[0].first, e.meanings[0].last) for e in found] == [ends("2020-07"), ends("2020-07-22")]
    assert read("on the 22nd it ended", Context()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("killed soldiers late last month.", "[2024-07-20..2024-07-31]"),
        ("last month", "2024-07"),
        ("from the CSP last year", "2023"),
        ("this year", "2024"),
    ],
)
def test_a_text_that_says_when_it_speaks_has_a_last_year(text, expected):
    (expression,) = read(text, Context(now=(2024, 8)))
    assert (expression.meanings[0].first, expression.meanings[0].last) == ends(expected)
    assert read(text, Context()) == []


def test_the_year_may_be_that_of_the_line_before():
    (expression, _) = read("By the end of the year they came. In February 2022", Context(before=2021))
    assert ends("[..2021-12]")[1] in [meaning.last for meaning in expression.meanings]


def written(cell):
    """The EDTF dates in a cell of the table."""
    for text in re.findall(r"`\"?([^`\"]+)\"?`", cell):
        try:
            yield parse_date(text)
        except EdtfError:
            continue


DATES = re.search(r"^## Dates$[\s\S]*?\n((?:\|.*\n)+)", (ROOT / "CURATING.md").read_text("utf-8"), re.MULTILINE)
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in DATES[1].splitlines()[2:]]


@pytest.mark.parametrize(("said", "write"), ROWS, ids=[said for said, _ in ROWS])
def test_the_table_for_people_is_the_table_of_the_code(said, write):
    """What CURATING.md has a curator write for a phrase is proved by that phrase."""
    found = [m for e in phrases.read(said, Context(years=(2024,), now=(2024, 8))) for m in e.meanings]

    def within(end, part):
        return end is not None and part.first <= end[0] and end[1] <= part.last

    for date in written(write):
        for first, last in date.ranges:
            if first is last:
                assert any(within(u[0], first) and within(u[1], first) for m in found for u in m.units), str(date)
            else:
                assert first is None or any(within(m.first, first) for m in found), str(date)
                assert last is None or any(within(m.last, last) for m in found), str(date)


def test_the_table_for_people_is_read():
    assert sum(len(list(written(write))) for _, write in ROWS) >= 20
