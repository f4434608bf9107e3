"""A deterministic corpus of EDTF-like strings, valid and invalid, for the comparison with edtf-validate."""

import random
from itertools import product

QUALIFIERS = ("?", "~", "%")
# The examples of the specification itself, by level.
EXAMPLES = {
    "L0": (
        "1985-04-12", "1985-04", "1985", "1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30-04",
        "1985-04-12T23:20:30+04:30", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08", "2004-02-01/2005-02",
        "2004-02-01/2005", "2005/2006-02",
    ),
    "L1": (
        "Y170000002", "Y-170000002", "2001-21", "1984?", "2004-06~", "2004-06-11%", "201X", "20XX", "2004-XX",
        "1985-04-XX", "1985-XX-XX", "1985-04-12/..", "1985-04/..", "1985/..", "../1985-04-12", "../1985-04",
        "../1985", "1985-04-12/", "1985-04/", "1985/", "/1985-04-12", "/1985-04", "/1985", "-1985",
    ),
    "L2": (
        "Y-17E7", "1950S2", "Y171010000S3", "Y3388E2S3", "2001-34", "[1667,1668,1670..1672]", "[..1760-12-03]",
        "[1760-12..]", "[1760-01,1760-02,1760-12..]", "[1667,1760-12]", "[..1984]", "{1667,1668,1670..1672}",
        "{1960,1961-12}", "{..1984}", "2004-06~-11", "2004?-06-11", "?2004-06-~11", "2004-%06-11", "156X-12-25",
        "15XX-12-25", "XXXX-12-XX", "1XXX-XX", "1XXX-12", "1984-1X", "2004-06-~01/2004-06-~20",
        "2004-06-XX/2004-07-03",
    ),
}  # fmt: skip
DRAFT_OF_2012 = (
    "199u", "19uu", "2004-uu", "1999-01-uu", "uuuu-12-uu", "156u-12-25", "unknown/2006", "2004-06-01/unknown",
    "2004-01-01/open", "open/2004", "unknown/open", "2004?~", "2004-06?~", "y170000002", "y-170000002", "y17e7",
    "y-17e7", "y17101e4p3", "196x", "19xx", "196x-06", "(2004)?", "2004-(06)?", "2004-06-(01)~", "(2004-06)?-11",
    "2001-21^southernHemisphere", "1950p2", "Y17e7", "Y170000002p3", "[667,1668,1670..1672]", "{1667,1668,..}",
)  # fmt: skip
NOT_DATES = (
    "", " ", "hello", "March 2020", "2020-Q2", "today", "20120322", "201203", "12345", "500", "-500", "-0000",
    "-0000-01", "Y2006", "Y-2006", "Y02006", "Y012345", "Y0", "Y", "Y-", "S2", "1950S", "1950S0", "E7", "YE7",
    "Y1E0", "Y17E", "Y17E-7", " 1863-03-29", "1863-03-29 ", "1863 -03-29", "1863-03-29\n", "2016-13-08",
    "1960-06-31", "20067890%", "2012-10-10T1:10:10", "2012-10-10t10:10:10", "2012/10/10", "2012-1", "2012-1-1",
    "2012-01-1", "2012--01", "2012-", "-2012-", "--2012", "+2012", "2012-01-01-01", "?", "~", "%", "??", "2004??",
    "2004~~", "2004-?", "2004-?-11", "2004?06", "2004/", "/", "//", "../..", "/..", "../", "..", ".",
    "2004/2005/2006", "2004..2005", "2004/..2005", "[", "]", "[]", "{}", "[,]", "[..]", "{..}", "[2004", "2004]",
    "[2004}", "{2004]", "[[2004,2005]]", "[2004,{2005,2006}]", "[2004,,2005]", "[2004,]", "[,2004]", "[2004 ,2005]",
    "[ 2004,2005]", "[2004,2005 ]", "[1667,1668, 1670..1672]", "[2004/2005]", "[2004.2005]", "[2004...2005]",
    "[2004..2005..2006]", "２０２０", "2004-06-11Z", "2004Z", "2004-06T10:10:10", "2004T10:10:10",
)  # fmt: skip


def corpus() -> list[str]:
    """Give the corpus, without repetitions, always in the same order."""
    drawn = random.Random(20190204)  # the day of the specification
    made = [example for level in EXAMPLES.values() for example in level]
    made += [*DRAFT_OF_2012, *NOT_DATES]
    for part in (dates(), qualified(), unspecified(), seasons(), long_years(), times(), intervals(), sets()):
        made += part
    valid = [text for text in made if text]
    made += [mutated(drawn, drawn.choice(valid)) for _ in range(1500)]
    return list(dict.fromkeys(made))


def dates() -> list[str]:
    """Years, months and days around the edges of the calendar, before and after year 0."""
    years = (
        "0000",
        "0001",
        "0004",
        "0100",
        "1312",
        "1900",
        "2000",
        "2001",
        "2004",
        "9999",
        "-0001",
        "-0004",
        "-0044",
        "-9999",
    )
    months = ("00", "01", "02", "04", "12", "13", "20")
    days = ("00", "01", "28", "29", "30", "31", "32")
    made = [*years, *(f"{y}-{m}" for y, m in product(years, months))]
    return [*made, *(f"{y}-{m}-{d}" for y, m, d in product(years, months[1:5], days)), "2004-13-01", "2004-00-01"]


def qualified() -> list[str]:
    """Every way to put at most one qualifier on a side of each component, and some that put two."""
    sides = [("", ""), *((q, "") for q in QUALIFIERS), *(("", q) for q in QUALIFIERS)]
    made = []
    for date in (("2004",), ("-0044",), ("2004", "06"), ("2004", "06", "11")):
        for marks in product(sides, repeat=len(date)):
            made += ["-".join(left + part + right for part, (left, right) in zip(date, marks, strict=True))]
    made += [f"{a}2004{b}-{c}06{d}" for a, b, c, d in product(QUALIFIERS[:2], repeat=4)]
    made += [
        f"{y}{q}-{m}-{d}"
        for q, (y, m, d) in product(QUALIFIERS, (("2004", "02", "30"), ("2001", "02", "29"), ("2004", "04", "31")))
    ]
    made += [
        f"{y}-{m}-{d}{q}"
        for q, (y, m, d) in product(QUALIFIERS, (("2004", "02", "30"), ("2001", "02", "29"), ("2004", "04", "31")))
    ]
    return [
        *made,
        *(f"201X{q}" for q in QUALIFIERS),
        "2004-XX~",
        "?201X-06",
        "201X-~06",
        "156X-12-25~",
        "156X-12-~25",
        "~XXXX-12",
    ]


def unspecified() -> list[str]:
    """Unspecified digits in every place of the year and in months and days that exist, or do not."""
    years = [
        "".join("X" if hidden else digit for digit, hidden in zip("1964", mask, strict=True))
        for mask in product((0, 1), repeat=4)
    ]
    years += ["-196X", "-19XX", "-XXXX", "-000X", "000X", "00XX", "200X", "19X1", "X900"]
    months = ("XX", "0X", "1X", "X0", "X1", "X3", "2X", "X9", "12", "02", "13", "06")
    days = ("XX", "0X", "1X", "2X", "3X", "X0", "X1", "X9", "25", "29", "31", "4X")
    made = [*years, *(f"{y}-{m}" for y, m in product(years, months))]
    made += [
        f"{y}-{m}-{d}"
        for y, m, d in product(("1964", "196X", "1XXX", "XXXX", "19X1", "X900", "1900", "-196X"), months, days)
    ]
    return made


def seasons() -> list[str]:
    """Sub-year groupings and their neighbours."""
    made = [f"{year}-{code}" for year, code in product(("2010", "0000", "-0500"), range(14, 45))]
    made += [f"2010-{code}{q}" for code, q in product((21, 24, 25, 33, 40, 41), QUALIFIERS)]
    made += [f"{q}2010-{code}" for code, q in product((21, 25, 40), QUALIFIERS)]
    return [*made, "2010~-21", "2010-~21", "201X-21", "2010-21-01", "2010-21-XX", "2010-40-01"]


def long_years() -> list[str]:
    """Y, exponents and significant digits."""
    numbers = ("1", "17", "999", "1234", "9999", "10000", "12345", "170000002", "0123", "012345", "9999999999999999")
    made = [f"Y{sign}{number}" for sign, number in product(("", "-"), numbers)]
    made += [
        f"Y{sign}{number}E{e}" for sign, number, e in product(("", "-"), numbers[:6], ("0", "1", "3", "4", "7", "12"))
    ]
    made += [
        f"{text}S{s}"
        for text, s in product(("1950", "0850", "0000", "-1950", "-0000", "Y12345", "Y-12345", "Y17E4"), range(10))
    ]
    made += [f"{text}{q}" for text, q in product(("Y12345", "Y17E4", "1950S2"), QUALIFIERS)]
    return [
        *made,
        "Y12345-06",
        "Y12345-06-11",
        "Y12345E2S3",
        "201XS2",
        "1950-06S2",
        "Y123X5",
        "Y1E99",
        "Y1E999999999",
        "12345S2",
    ]


def times() -> list[str]:
    """Times of day and zones at their limits."""
    clocks = (
        "00:00:00",
        "23:59:59",
        "24:00:00",
        "24:00:01",
        "24:01:00",
        "25:00:00",
        "10:60:00",
        "10:00:60",
        "10:10",
        "10",
        "1:10:10",
        "10:10:10.5",
    )
    zones = (
        "",
        "Z",
        "z",
        "+00",
        "-00",
        "+00:00",
        "-00:00",
        "+00:30",
        "-04",
        "+04:30",
        "+13:59",
        "+14",
        "+14:00",
        "+14:30",
        "-15",
        "+04:60",
        "+0430",
        "+4",
    )
    made = [f"2004-02-29T{clock}" for clock in clocks] + [f"1985-04-12T23:20:30{zone}" for zone in zones]
    made += [
        f"{day}T{clock}"
        for day, clock in product(
            ("-0044-03-15", "0000-02-29", "2001-02-29", "2004-02-30", "2004-06", "2004", "-0044"), clocks[:3]
        )
    ]
    return [*made, "2004-XX-11T10:10:10", "2004-06-11~T10:10:10", "2004-06-11T10:10:10~", "2004-06-11T", "T10:10:10",
            "2004-06-11T10:10:10/2005", "2004/2005-06-11T10:10:10", "[2004-06-11T10:10:10,2005]"]  # fmt: skip


def intervals() -> list[str]:
    """Every pair of a list of ends, and so every order and overlap; then ends beyond the specification's examples."""
    ends = (
        "", "..", "0000", "0000-06-15", "-0044", "-0044-03", "-0044-03-15", "-0009", "0044", "1964", "1964-06",
        "1964-06-11", "1964-06-30", "1964-07", "1965", "1964~", "1964-06?", "1964-06-11%", "196X", "19XX", "1964-XX",
        "1964-06-XX", "1964-06-~11", "~1964-06", "1964-21", "1964-24", "1964-22~", "1963-12-31", "1965-01-01~",
    )  # fmt: skip
    made = [f"{a}/{b}" for a, b in product(ends, repeat=2)]
    rare = ("1964-34", "1964-40", "Y12345", "Y-12345", "1950S2")
    return (
        made
        + [f"{a}/{b}" for a, b in product(rare, ("", "..", "1964", "1965-06", *rare))]
        + [f"1964/{b}" for b in rare]
    )


def sets() -> list[str]:
    """Sets of one to three members, of both kinds; then members beyond the specification's examples."""
    members = (
        "1667", "1668-12", "1760-12-03", "1670..1672", "1760-01..1760-03", "1760-12-01..1760-12-05", "..1984",
        "1984..", "-0044", "0000", "1670..1672-03", "1667~", "1668-12?", "1760-12%", "166X", "1760-12-XX",
        "1760-12-~03", "-0044..-0033", "9999",
    )  # fmt: skip
    made = [*members, *(f"{a},{b}" for a, b in product(members, repeat=2))]
    made += [
        f"{a},{b},{c}"
        for a, b, c in product(
            ("1667", "..1666", "1668..1670"), ("1671", "1668..", "..1672"), ("1673", "1673..", "1673..1675")
        )
    ]
    rare = ("1672..1670", "-0033..-0044", "1760-21", "1760-34", "Y12345", "1950S2", "1667~..1672~", "1312~..", "..166X")
    made += [*rare, *(f"1667,{a}" for a in rare), *(f"{a},1760-12" for a in rare)]
    return [f"[{text}]" for text in made] + [f"{{{text}}}" for text in made[::2]]


def mutated(drawn: random.Random, text: str) -> str:
    """Change one character."""
    at = drawn.randrange(len(text))
    letter = drawn.choice("0123456789-/.X?~%[]{},YESTZ: +")
    return drawn.choice(
        (text[:at] + text[at + 1 :], text[:at] + letter + text[at:], text[:at] + letter + text[at + 1 :])
    )
