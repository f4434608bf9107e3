"""What figures mean, and what they add up to: tables of cases, then laws that hold for all of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mali_chrono.figures import figure as figures
from mali_chrono.figures import reckon as tolls
from mali_chrono.figures.figure import Figure, FigureError, parse_figure
from mali_chrono.figures.reckon import (
    Claim,
    Range,
    range_text,
    reckon,
)
from mali_chrono.figures.sums import (
    Item,
    Links,
    Total,
    read_links,
    total,
)

# Figures as printed


@pytest.mark.parametrize(
    ("text", "ends", "endless", "about"),
    [
        ("84", (84, 84, 84), False, False),
        ("0", (0, 0, 0), False, False),
        ("84+", (84, 84, 84), True, False),
        ("over 30", (31, 31, 31), True, False),
        ("over 0", (1, 1, 1), True, False),
        ("under 10", (0, 9, 9), False, False),
        ("up to 170", (0, 170, 170), False, False),
        ("~300", (300, 300, 300), False, True),
        ("~12", (12, 12, 12), False, True),
        ("nearly 350000", (350000, 350000, 350000), False, True),
        ("200-300", (200, 200, 300), False, False),
        ("0-5", (0, 0, 5), False, False),
        ("25-82+", (25, 25, 82), True, False),
        ("5/7/12", (5, 7, 12), False, False),
        ("0/7/12", (0, 7, 12), False, False),
        ("5/5/12", (5, 5, 12), False, False),
        ("5/12/12", (5, 12, 12), False, False),
        ("999999999", (999999999, 999999999, 999999999), False, False),
        ("some", (1, 1, 1), True, False),
        ("several", (3, 3, 3), True, False),
        ("many", (10, 10, 10), True, False),
        ("tens", (10, 10, 10), True, False),
        ("dozens", (12, 12, 12), True, False),
        ("hundreds", (100, 100, 100), True, False),
        ("thousands", (1000, 1000, 1000), True, False),
    ],
)
def test_a_figure_as_printed(text: str, ends: tuple[int, int, int], endless: bool, about: bool) -> None:
    assert parse_figure(text) == Figure(*ends, endless, about, text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,000", "1000"),
        ("2,800+", "2800+"),
        ("653 000", "653000"),
        ("over 7,000", "over 7000"),
        ("nearly 350,000", "nearly 350000"),
        ("800\u20136,000", "800-6000"),
        ("1,000 to 2,000", "1000-2000"),
        ("between 200 and 300", "200-300"),
        ("25 - 82+", "25-82+"),
        ("300-200", "200-300"),
        ("5 / 7 / 12", "5/7/12"),
        ("1,005/1,007/1,012", "1005/1007/1012"),
        ("12/7/5", "5/7/12"),
        ("7/5/12", "5/7/12"),
        ("7/7/7", "7"),
        ("5-5", "5"),
        ("007", "7"),
        ("٣٤", "34"),
        ("\uff18\uff14", "84"),
        (" 84", "84"),
        ("84\n", "84"),
        ("84 +", "84+"),
        ("Dozens", "dozens"),
        ("dozen", "dozens"),
        ("~dozens", "dozens"),
        ("thousend", "thousands"),
        ("a dozen", "12"),
        ("around a dozen", "~12"),
        ("at least 84", "84+"),
        ("84 or more", "84+"),
        (">=84", "84+"),
        ("more than 500", "over 500"),
        ("over 500+", "500+"),
        ("less than 10", "under 10"),
        ("as many as 170", "up to 170"),
        ("Approximately 500", "~500"),
        ("some 250", "~250"),
        ("~ 300", "~300"),
        ("almost 100", "nearly 100"),
        ("none", "0"),
    ],
)
def test_a_form_of_speech_is_refused_with_the_form_to_write(text: str, meant: str) -> None:
    with pytest.raises(FigureError, match=re.escape(f"did you mean {meant!r}?") + "$"):
        parse_figure(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the form is unknown"),
        ("-5", "the form is unknown"),
        ("12.5", "the form is unknown"),
        ("1e3", "the form is unknown"),
        ("unknown", "the form is unknown"),
        ("somewhat", "the form is unknown"),
        ("up to ~50", "the form is unknown"),
        ("5/7", "the form is unknown"),
        ("over 5/7/12", "the form is unknown"),
        ("5/7/12+", "the form is unknown"),
        ("5/7/1000000000000", "more than 12 digits"),
        ("~200-300", "'~' takes one plain number"),
        ("up to 40+", "'up to' takes one plain number"),
        ("1000000000000", "more than 12 digits"),
        ("5" * 40, "more than 12 digits"),
        ("0+", "it says nothing about zero; none is '0'"),
        ("under 0", "it says nothing about zero; none is '0'"),
        ("up to 0", "it says nothing about zero; none is '0'"),
        ("~0", "it says nothing about zero; none is '0'"),
        ("nearly 0", "it says nothing about zero; none is '0'"),
    ],
)
def test_what_is_no_figure_is_refused_with_the_reason_and_the_forms(text: str, reason: str) -> None:
    with pytest.raises(FigureError) as error:
        parse_figure(text)
    assert str(error.value) == f"{text!r} is not a figure: {reason}; write {figures.FORMS}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("007", "'007' is not a figure: a number has no leading zero; did you mean '7'?"),
        ("9-5", "'9-5' is not a figure: a range runs from the lower to the higher number; did you mean '5-9'?"),
        (f"{'84':40}", f"'{'84':40}' is not a figure: the form is unknown; did you mean '84'?"),
        (f"{'84':41}", f"'{'84':40}...' is not a figure: the form is unknown; write {figures.FORMS}"),
        ("9" * 5000, f"'{'9' * 40}...' is not a figure: more than 12 digits; write {figures.FORMS}"),
    ],
)
def test_a_refusal_to_the_letter(text: str, message: str) -> None:
    with pytest.raises(FigureError) as error:
        parse_figure(text)
    assert str(error.value) == message


NUMBERS = st.integers(1, 10**9 - 2)
FIGURES = st.one_of(
    NUMBERS.map(str),
    NUMBERS.map("{}+".format),
    *(NUMBERS.map(f"{head}{{}}".format) for head in ("over ", "under ", "up to ", "~", "nearly ")),
    st.lists(NUMBERS, min_size=3, max_size=3, unique=True).map(lambda ends: "/".join(map(str, sorted(ends)))),
    st.tuples(NUMBERS, NUMBERS, st.sampled_from(["", "+"]))
    .filter(lambda ends: ends[0] < ends[1])
    .map(lambda ends: f"{ends[0]}-{ends[1]}{ends[2]}"),
    st.sampled_from(["0", *figures.WORDS]),
)


@given(FIGURES)
def test_every_form_parses_round_trips_and_is_ordered(text: str) -> None:
    figure = parse_figure(text)
    assert parse_figure(figure.text) == figure
    assert 0 <= figure.low <= figure.best <= figure.high


@given(st.text() | st.text("0123456789+-~ over,undtp", max_size=12) | FIGURES)
@example("up to 0")
@example("over ٣")
def test_any_text_parses_or_is_refused_with_a_hint_that_parses(text: str) -> None:
    try:
        figure = parse_figure(text)
    except FigureError as error:
        refusal = str(error)
    else:
        assert figure.text == text
        return
    hint = re.search(r"did you mean '([^']*)'\?$", refusal)
    assert hint or refusal.endswith(figures.FORMS)
    assert not hint or parse_figure(hint[1])


def test_every_form_that_the_message_names_is_one() -> None:
    for form in figures.FORMS.replace("or ", "").split(", "):
        parse_figure(form)


# One event

PERPETRATORS = frozenset({"csp-dpa", "jnim", "cma"})


def killed(
    figure: str,
    of: str | None = None,
    *,
    says: str | None = None,
    at: str | None = None,
    cite: str = "a:1",
    who: str | None = None,
    best: bool = False,
    kind: str = "killed",
    as_of: int | None = None,
) -> Claim:
    """A claim as briefly as the store writes it; `cite` holds one cite or several parted by blanks."""
    return Claim(kind, parse_figure(figure), of, who, says, at, tuple(cite.split()), best, as_of)


def wounded(figure: str, of: str | None = None, *, says: str | None = None, cite: str = "a:1") -> Claim:
    return killed(figure, of, says=says, cite=cite, kind="wounded")


def summed_up(claims: list[Claim], kind: str = "killed") -> str | None:
    """The reckoning in the words of CURATING.md's table."""
    told = reckon(claims, kind, PERPETRATORS)
    if told is None:
        return None
    text = f"{told.low} / {told.best} / {told.high}{'+' * told.open}"
    return text + ", disputed" * told.disputed


TINZAOUATEN = [
    killed("dozens", cite="history-of-mali:119"),
    killed("84+", "wagner", says="csp-dpa", cite="cep-mali:111"),
    killed("47", "fama", says="csp-dpa", cite="cep-mali:111"),
]
MOURA = [
    killed("over 500", cite="cep-mali:201"),
    killed("over 300", cite="mali-war:180"),
    killed("~300", says="fama", cite="mali-war:181"),
    killed("~300", says="hrw", cite="mali-war:182"),
    killed("dozens", says="local-media", cite="mali-war:182"),
]
BOUREM = [
    killed("97", "fama", says="cma", cite="cep-mali:150"),
    killed("10", "fama", says="fama", cite="cep-mali:150"),
    killed("up to 47", "attackers", says="fama", cite="cep-mali:150"),
]
BOAT_AND_BAMBA = [
    killed("64", cite="cep-mali:151"),
    killed("154+", "civilians", at="niger-river", cite="history-of-mali:117", best=True),
]
RADISSON = [
    killed("20", cite="cep-mali:91 cep-mali:356"),
    killed("6", who="Russians", cite="cep-mali:91"),
    killed("3", who="Chinese", cite="cep-mali:91"),
    killed("1", who="American", cite="cep-mali:91"),
    wounded("6", cite="cep-mali:91"),
    wounded("14", cite="cep-mali:253"),
]


@pytest.mark.parametrize(
    ("claims", "kind", "expected"),
    [
        pytest.param(TINZAOUATEN, "killed", "12 / 12 / 131+", id="Tinzaouaten"),
        pytest.param(MOURA, "killed", "12 / 501 / 501+, disputed", id="Moura"),
        pytest.param(BOUREM, "killed", "10 / 57 / 144, disputed", id="Bourem"),
        pytest.param(BOAT_AND_BAMBA, "killed", "64 / 154 / 154+, disputed", id="boat and Bamba"),
        pytest.param(RADISSON, "killed", "20 / 20 / 20", id="Radisson, killed"),
        pytest.param(RADISSON, "wounded", "6 / 6 / 14, disputed", id="Radisson, wounded"),
        pytest.param(RADISSON, "abducted", None, id="Radisson, abducted"),
    ],
)
def test_the_examples_of_the_design(claims: list[Claim], kind: str, expected: str | None) -> None:
    assert summed_up(claims, kind) == expected


@pytest.mark.parametrize(
    ("why", "claims", "expected"),
    [
        ("nothing is said", [], None),
        ("another kind is said", [wounded("5")], None),
        ("details are never calculated", [killed("6", who="Russians")], None),
        ("none is a number", [killed("0")], "0 / 0 / 0"),
        # inside an account
        ("the people of one account add up", [killed("9", "civilians"), killed("4", "forces")], "13 / 13 / 13"),
        ("its places add up", [killed("10", at="gao"), killed("5+", at="bourem")], "15 / 15 / 15+"),
        (
            "its total makes the rest detail",
            [killed("20"), killed("9", "civilians"), killed("7", "fama")],
            "20 / 20 / 20",
        ),
        (
            "so does a total of one people, or of one place",
            [killed("30", "civilians"), killed("20", "civilians", at="gao"), killed("5", "fama")],
            "35 / 35 / 35",
        ),
        ("a place takes in its people", [killed("10", at="gao"), killed("4", "civilians", at="gao")], "10 / 10 / 10"),
        ("bounds add up as well", [killed("5", "wagner"), killed("up to 47", "fama")], "5 / 52 / 52"),
        ("two totals are rivals", [killed("20"), killed("30"), killed("9", "civilians")], "20 / 20 / 30, disputed"),
        (
            "so are two figures of the same people",
            [killed("10", "fama"), killed("12", "fama")],
            "10 / 10 / 12, disputed",
        ),
        (
            "a claimant has one account on all lines",
            [killed("10", "fama", says="x", cite="a:1"), killed("5", "wagner", says="x", cite="a:2")],
            "15 / 15 / 15",
        ),
        ("a claim told twice counts once", [killed("10", "fama"), killed("10", "fama", best=True)], "10 / 10 / 10"),
        (
            "a claim with two cites stands in both accounts",
            [killed("9", "civilians", cite="a:1 b:2"), killed("4", "fama", cite="b:2")],
            "9 / 13 / 13",
        ),
        ("a claim without a cite of its own", [killed("3", cite=""), killed("4", cite="")], "3 / 3 / 4, disputed"),
        # between accounts
        ("two lines that agree", [killed("20", cite="a:1"), killed("20", cite="b:1")], "20 / 20 / 20"),
        (
            "two lines that differ: the smaller",
            [killed("20", cite="a:1"), killed("30", cite="b:1")],
            "20 / 20 / 30, disputed",
        ),
        ("both can be true: the larger", [killed("20+", cite="a:1"), killed("30", cite="b:1")], "20 / 30 / 30+"),
        ("ranges that meet", [killed("20-40", cite="a:1"), killed("30-50", cite="b:1")], "20 / 30 / 50"),
        ("ranges that do not", [killed("20-29", cite="a:1"), killed("30-50", cite="b:1")], "20 / 20 / 50, disputed"),
        ("about is a tenth either way", [killed("~300", cite="a:1"), killed("330", cite="b:1")], "300 / 330 / 330"),
        ("and not more", [killed("~300", cite="a:1"), killed("331", cite="b:1")], "300 / 300 / 331, disputed"),
        ("about gives way to a number", [killed("~300", cite="a:1"), killed("280", cite="b:1")], "280 / 280 / 300"),
        ("a tenth below as well", [killed("~300", cite="a:1"), killed("270", cite="b:1")], "270 / 270 / 300"),
        ("and no more", [killed("~300", cite="a:1"), killed("269", cite="b:1")], "269 / 269 / 300, disputed"),
        (
            "a tenth in whole people, above",
            [
                *(killed("~305", of) for of in ("civilians", "fama")),
                *(killed(n, of, cite="b:1") for n, of in (("300", "civilians"), ("371", "fama"))),
            ],
            "610 / 610 / 671, disputed",
        ),
        (
            "and below",
            [killed("~305", "civilians"), killed("~305", "fama"), killed("549", cite="b:1")],
            "549 / 549 / 610, disputed",
        ),
        ("nearly likewise", [killed("nearly 100", cite="a:1"), killed("95", cite="b:1")], "95 / 95 / 100"),
        (
            "only upper bounds: the smaller",
            [killed("up to 47", cite="a:1"), killed("under 10", cite="b:1")],
            "0 / 9 / 47",
        ),
        ("an upper bound beside a number", [killed("up to 47", cite="a:1"), killed("10", cite="b:1")], "0 / 10 / 47"),
        (
            "two lower bounds of one account both hold",
            [killed("20+"), killed("30+"), killed("25", cite="b:1")],
            "20 / 25 / 30+, disputed",
        ),
        (
            "two upper bounds of one account both hold",
            [killed("up to 40"), killed("up to 30"), killed("35", cite="b:1")],
            "0 / 30 / 40, disputed",
        ),
        ("own voice comes before claimants", [killed("10", says="x"), killed("25")], "10 / 25 / 25, disputed"),
        ("no own voice: over all", [killed("10", says="x"), killed("25", says="y")], "10 / 10 / 25, disputed"),
        ("the marked one before all", [killed("10"), killed("25", says="un", best=True)], "10 / 25 / 25, disputed"),
        (
            "a mark on a part chooses its account",
            [killed("50", cite="a:1"), killed("20", "fama", best=True, cite="b:1"), killed("9", "wagner", cite="b:1")],
            "29 / 29 / 50",
        ),
        (
            "so does a mark on a detail",
            [killed("64", cite="a:1"), killed("9", "civilians", best=True, cite="a:1"), killed("50", cite="b:1")],
            "50 / 64 / 64, disputed",
        ),
        (
            "a mark decides between the figures of one account",
            [killed("20"), killed("30", best=True)],
            "20 / 30 / 30, disputed",
        ),
        # who counts whom
        (
            "some of the dead never deny the rest",
            [killed("20", cite="a:1"), killed("5", "civilians", cite="b:1")],
            "5 / 20 / 20",
        ),
        (
            "more of some than of all is denied",
            [killed("20", cite="a:1"), killed("25", "civilians", cite="b:1")],
            "20 / 20 / 25, disputed",
        ),
        (
            "some of the dead are no rival for all of them",
            [killed("20", cite="a:1"), killed("30", cite="b:1"), killed("5", "civilians", cite="c:1")],
            "5 / 20 / 30, disputed",
        ),
        ("different people", [killed("5", "civilians", cite="a:1"), killed("20", "fama", cite="b:1")], "5 / 20 / 20"),
        ("different places", [killed("5", at="gao", cite="a:1"), killed("20", at="kidal", cite="b:1")], "5 / 20 / 20"),
        (
            "forces and the name of an actor are the same people",
            [killed("97", "forces", cite="a:1"), killed("10", "fama", cite="b:1")],
            "10 / 10 / 97, disputed",
        ),
        (
            "but civilians are others",
            [killed("97", "forces", cite="a:1"), killed("10", "civilians", cite="b:1")],
            "10 / 97 / 97",
        ),
        ("and forces not all", [killed("10", "forces", cite="a:1"), killed("97", cite="b:1")], "10 / 97 / 97"),
        # low, best and high in one
        ("three numbers are one figure", [killed("5/7/12")], "5 / 7 / 12"),
        ("its best is what it says at least", [killed("5/7/12"), killed("4/9/20", cite="b:1")], "4 / 9 / 20"),
        ("as far as others allow", [killed("5/7/12"), killed("6", cite="b:1")], "5 / 6 / 12"),
        ("and it may be denied", [killed("5/7/12"), killed("20", cite="b:1")], "5 / 7 / 20, disputed"),
        ("it adds up", [killed("5/7/12", "civilians"), killed("3", "fama")], "8 / 10 / 15"),
        # when it was said
        (
            "the later of one claimant stands",
            [killed("10", says="x", as_of=1), killed("12", says="x", as_of=2)],
            "12 / 12 / 12",
        ),
        ("whichever is larger", [killed("12", says="x", as_of=1), killed("10", says="x", as_of=2)], "10 / 10 / 10"),
        (
            "two of one day compete",
            [killed("10", says="x", as_of=2), killed("12", says="x", as_of=2)],
            "10 / 10 / 12, disputed",
        ),
        (
            "another claimant's is no update",
            [killed("10", says="x", as_of=1), killed("12", says="y", as_of=2)],
            "10 / 10 / 12, disputed",
        ),
        (
            "nor is one of other people",
            [killed("10", "fama", says="x", as_of=1), killed("2", "wagner", says="x", as_of=2)],
            "12 / 12 / 12",
        ),
        (
            "nor one of another place",
            [killed("10", at="gao", says="x", as_of=1), killed("2", at="kidal", says="x", as_of=2)],
            "12 / 12 / 12",
        ),
        (
            "nor one of some of them",
            [killed("10", says="x", as_of=1), killed("2", "fama", says="x", as_of=2)],
            "10 / 10 / 10",
        ),
        (
            "nor a detail",
            [killed("10", says="x", as_of=1), killed("2", who="Russians", says="x", as_of=2)],
            "10 / 10 / 10",
        ),
        (
            "nor one of another kind",
            [killed("10", says="x", as_of=1), killed("2", says="x", as_of=2, kind="wounded")],
            "10 / 10 / 10",
        ),
        (
            "an undated one is not displaced",
            [killed("10", says="x"), killed("12", says="x", as_of=2)],
            "10 / 10 / 12, disputed",
        ),
        ("and displaces none", [killed("10", says="x", as_of=1), killed("12", says="x")], "10 / 10 / 12, disputed"),
        (
            "a document's own voice is one claimant on all its lines",
            [killed("10", cite="a:1", as_of=1), killed("12", cite="a:2", as_of=2)],
            "12 / 12 / 12",
        ),
        (
            "and another document's is another",
            [killed("10", cite="a:1", as_of=1), killed("12", cite="b:1", as_of=2)],
            "10 / 10 / 12, disputed",
        ),
        (
            "what two documents say may stand in one",
            [killed("10", cite="a:1 b:1", as_of=1), killed("12", cite="a:2", as_of=2)],
            "10 / 10 / 12, disputed",
        ),
        (
            "a mark on what stands no more says nothing",
            [killed("10", says="x", as_of=1, best=True), killed("12", says="x", as_of=2), killed("9", says="y")],
            "9 / 9 / 12, disputed",
        ),
        (
            "attackers have their updates too",
            [killed("5"), killed("1", "attackers", as_of=1), killed("3", "attackers", as_of=2)],
            "8 / 8 / 8",
        ),
        # of everyone
        ("everyone counts attackers too", [killed("25", "everyone")], "25 / 25 / 25"),
        ("nothing is added to it", [killed("25", "everyone"), killed("5", "attackers"), killed("20")], "25 / 25 / 25"),
        ("in one account the rest is detail", [killed("25", "everyone"), killed("7", "civilians")], "25 / 25 / 25"),
        (
            "so for a claimant on all lines",
            [killed("25", "everyone", says="x", cite="a:1"), killed("5", "jnim", says="x", cite="b:1")],
            "25 / 25 / 25",
        ),
        (
            "it competes with victims plus attackers",
            [killed("25", "everyone", cite="a:1"), killed("20", cite="b:1"), killed("7", "attackers", cite="b:1")],
            "25 / 25 / 27, disputed",
        ),
        (
            "which may say the same",
            [killed("25", "everyone", cite="a:1"), killed("20", cite="b:1"), killed("5", "attackers", cite="b:1")],
            "25 / 25 / 25",
        ),
        (
            "the victims alone never deny it",
            [killed("25", "everyone", cite="a:1"), killed("20", cite="b:1")],
            "20 / 25 / 25",
        ),
        (
            "more victims than everyone do",
            [killed("25", "everyone", cite="a:1"), killed("30", cite="b:1")],
            "25 / 25 / 30, disputed",
        ),
        (
            "the attackers alone never deny it",
            [killed("25", "everyone", cite="a:1"), killed("5", "jnim", cite="b:1")],
            "5 / 25 / 25",
        ),
        (
            "some of the victims and all attackers neither",
            [
                killed("25", "everyone", cite="a:1"),
                killed("5", "civilians", cite="b:1"),
                killed("2", "attackers", cite="b:1"),
            ],
            "7 / 25 / 25",
        ),
        (
            "two of everyone compete",
            [killed("25", "everyone", cite="a:1"), killed("30", "everyone", cite="b:1")],
            "25 / 25 / 30, disputed",
        ),
        (
            "everyone of two places adds up",
            [killed("25", "everyone", at="gao"), killed("30", "everyone", at="kidal")],
            "55 / 55 / 55",
        ),
        (
            "and is detail of everyone",
            [killed("60", "everyone"), killed("30", "everyone", at="kidal"), killed("7", at="gao")],
            "60 / 60 / 60",
        ),
        (
            "the one marked is best",
            [
                killed("25", "everyone", cite="a:1"),
                killed("20", cite="b:1", best=True),
                killed("7", "attackers", cite="b:1"),
            ],
            "25 / 27 / 27, disputed",
        ),
        (
            "a mark on a detail chooses everyone of its account",
            [killed("25", "everyone", cite="a:1"), killed("20", cite="a:1", best=True), killed("30", cite="b:1")],
            "25 / 25 / 30, disputed",
        ),
        (
            "and has updates",
            [killed("25", "everyone", says="x", as_of=1), killed("31", "everyone", says="x", as_of=2)],
            "31 / 31 / 31",
        ),
        # two sides
        ("the attackers are added on top", [killed("10"), killed("4", "attackers")], "14 / 14 / 14"),
        ("an actor that attacked is an attacker", [killed("10"), killed("4", "jnim")], "14 / 14 / 14"),
        (
            "the attackers' total makes their rest detail",
            [killed("10", "fama"), killed("7", "attackers"), killed("4", "jnim"), killed("1", "attackers", at="gao")],
            "17 / 17 / 17",
        ),
        ("two attackers add up", [killed("4", "jnim"), killed("3", "cma")], "7 / 7 / 7"),
        (
            "each side has its own rivals",
            [killed("10"), killed("4", "attackers", cite="a:1"), killed("9", "attackers", cite="b:1")],
            "14 / 14 / 19, disputed",
        ),
        (
            "each side has its own best",
            [killed("10", best=True), killed("25", cite="b:1"), killed("4", "attackers", says="x")],
            "14 / 14 / 29, disputed",
        ),
        (
            "who denies the victims of a place denies them, whoever else counts attackers",
            [
                killed("5", "everyone", cite="a:1", at="gao"),
                killed("20", cite="b:1", at="gao"),
                killed("3", "attackers", cite="b:1"),
            ],
            "5 / 23 / 23, disputed",
        ),
    ],
)
def test_one_event(why: str, claims: list[Claim], expected: str | None) -> None:
    assert summed_up(claims) == expected, why
    assert summed_up([*reversed(claims), *claims]) == expected, f"{why}: whatever the order and however often"


SMALL = st.one_of(
    st.integers(0, 40).map(str),
    st.integers(1, 40).flatmap(
        lambda n: st.sampled_from(
            [f"{n}+", f"over {n}", f"under {n}", f"up to {n}", f"~{n}", f"{n}-{n + 9}", f"{n}-{n + 9}+"]
        )
    ),
    st.sampled_from(["some", "dozens"]),
)
CLAIMS = st.builds(
    Claim,
    st.sampled_from(["killed", "killed", "wounded"]),
    SMALL.map(parse_figure),
    st.sampled_from([None, None, "civilians", "forces", "fama", "wagner", "attackers", "jnim", "cma", "everyone"]),
    st.sampled_from([None, None, None, "Russians"]),
    st.sampled_from([None, None, "fama", "cma"]),
    st.sampled_from([None, None, "gao", "kidal"]),
    st.sampled_from([(), ("a:1",), ("b:1",), ("a:1", "b:1")]),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([None, None, 1, 2]),
)


@given(st.lists(CLAIMS, max_size=8))
def test_low_best_and_high_are_in_order(claims: list[Claim]) -> None:
    told = reckon(claims, "killed", PERPETRATORS)
    assert told is None or 0 <= told.low <= told.best <= told.high
    assert (told is None) == all(claim.kind != "killed" or claim.who for claim in claims)


@given(st.lists(CLAIMS, max_size=6), st.data())
def test_order_and_repetition_do_not_matter(claims: list[Claim], data: st.DataObject) -> None:
    again = data.draw(st.permutations(claims + data.draw(st.lists(st.sampled_from(claims)) if claims else st.just([]))))
    assert reckon(again, "killed", PERPETRATORS) == reckon(claims, "killed", PERPETRATORS)


@given(st.lists(CLAIMS, min_size=1, max_size=6), st.lists(CLAIMS, min_size=1, max_size=3))
def test_one_more_account_never_narrows_the_range(claims: list[Claim], more: list[Claim]) -> None:
    """Of people already spoken of it widens; the first word on the attackers is added, and leaves no less unsure.

    Beside a figure of everyone that first word may bring victims and attackers to what is said of everyone.
    """
    account = [claim._replace(says="one-more") for claim in more]
    before, after = (reckon(told, "killed", PERPETRATORS) for told in (claims, claims + account))
    if before is None or after is None:
        assert before is None
        return
    assert after.high >= before.high
    assert after.open >= before.open
    assert after.disputed >= before.disputed
    told, more_told = _sides(claims, details=False), _sides(account, details=True)
    if more_told <= told or "everyone" not in told:
        assert after.high - after.low >= before.high - before.low
    if more_told <= told:
        assert after.low <= before.low


def _sides(claims: list[Claim], details: bool) -> set[str | bool]:
    """Of whom the accounts tell: of everyone, of the attackers (True), of victims (False).

    Beside a figure of everyone, the same account's others may be details of it.
    """
    accounts: dict[tuple[str | None, str], set[str | bool]] = {}
    for claim in filter(counts, claims):
        side = "everyone" if claim.of == "everyone" else claim.of in {"attackers", *PERPETRATORS}
        for cite in (claim.says is None and claim.cites) or ("",):
            accounts.setdefault((claim.says, cite), set()).add(side)
    return set().union(*({"everyone"} if "everyone" in sides and not details else sides for sides in accounts.values()))


def counts(claim: Claim) -> bool:
    """Whether a claim is of the dead, and no detail."""
    return claim.kind == "killed" and not claim.who


# A list of events


def span(text: str) -> Range:
    """A range from a figure's text, or from low/best/high."""
    if "/" in text:
        low, best, high = map(int, text.rstrip("+").split("/"))
        return Range(low, best, high, text.endswith("+"), False)
    figure = parse_figure(text)
    return Range(figure.low, figure.best, figure.high, figure.open, False)


def listed(events: str, links: str) -> Total:
    """Sum "w=20 q=? r=(9)" under "p<w q~p": ? has no figure, (9) is reporting, < is part-of, ~ possibly the same."""
    items = []
    for name, figure in (event.split("=") for event in events.split()):
        reporting = figure.startswith("(")
        items.append(Item(name, None if figure == "?" else span(figure.strip("()")), reporting))
    kinds = {"<": "part-of", "~": "possibly-same-as", ">": "follow-up-of"}
    pairs = [(*re.split("[<~>]", link), kinds[re.findall("[<~>]", link)[0]]) for link in links.split()]
    return total(items, read_links((start, to, kind) for start, to, kind in pairs))


@pytest.mark.parametrize(
    ("why", "events", "links", "expected"),
    [
        ("nothing", "", "", "- untold 0"),
        ("events add up", "a=5 b=7", "", "12/12/12 untold 0"),
        ("their ranges too", "a=5/6/8 b=7+", "", "12/13/15+ untold 0"),
        ("who has no figure is counted", "a=5 b=? c=?", "", "5/5/5 untold 2"),
        ("no figure at all is not zero", "a=? b=?", "", "- untold 2"),
        ("zero is a figure", "a=0 b=?", "", "0/0/0 untold 1"),
        ("reporting never adds", "a=5 r=(900)", "", "5/5/5 untold 0"),
        ("reporting alone", "r=(900)", "", "- untold 0"),
        ("a sequel is another event", "a=5 b=7", "b>a", "12/12/12 untold 0"),
        ("a link to what is not listed", "a=5 b=7", "b~x a<y", "12/12/12 untold 0"),
        # possibly the same
        ("a pair counts once, twice in high", "a=5 b=7", "b~a", "5/5/12 untold 0"),
        ("and so does a chain", "a=5 b=7 c=3 d=1", "b~a c~b", "4/4/16 untold 0"),
        ("a chain broken in the list", "a=5 c=3", "b~a c~b", "8/8/8 untold 0"),
        ("reporting joins nothing", "a=5 b=(7) c=3", "b~a c~b", "8/8/8 untold 0"),
        ("smallest low and smallest best", "a=1/9/9 b=5/6/7+", "b~a", "1/6/16+ untold 0"),
        ("the smallest of those with figures", "a=? b=7", "b~a", "7/7/7 untold 1"),
        ("linked both ways", "a=5 b=7", "b~a a~b", "5/5/12 untold 0"),
        ("linked to itself", "a=5", "a~a a<a", "5/5/5 untold 0"),
        # parts
        ("a part lies in its whole", "w=20 p=5", "p<w", "20/20/20 untold 0"),
        ("all parts told", "w=20 p=5 q=15", "p<w q<w", "20/20/20 untold 0"),
        ("more parts than a closed whole", "w=20 p=15 q=15", "p<w q<w", "20/20/30 disputed untold 0"),
        ("more parts than an open whole", "w=dozens p=15 q=15", "p<w q<w", "12/30/30+ untold 0"),
        ("parts within a range", "w=10/10/40 p=15 q=15", "p<w q<w", "10/30/40 untold 0"),
        ("a part as large as its whole may be", "w=10-20 p=20", "p<w", "10/20/20 untold 0"),
        ("an open part", "w=20 p=5+", "p<w", "20/20/20+ untold 0"),
        ("a whole without a figure", "w=? p=5 q=7+", "p<w q<w", "12/12/12+ untold 1"),
        ("a part whose whole is not listed", "p=5 a=1", "p<w", "6/6/6 untold 0"),
        ("a part whose whole is reporting", "p=5 w=(20)", "p<w", "5/5/5 untold 0"),
        ("parts of parts", "w=20 p=? s=5 t=30", "p<w s<p t<p", "20/20/35 disputed untold 1"),
        ("parts of parts, linked to both", "w=20 p=9 s=5", "p<w s<p s<w", "20/20/20 untold 0"),
        ("the middle is not listed", "w=20 s=5", "p<w s<p", "20/20/20 untold 0"),
        ("a part of two wholes, one told", "w=20 v=? p=5", "p<w p<v", "20/20/20 untold 1"),
        # both
        ("parts possibly the same", "w=dozens p=15 q=18", "p<w q<w q~p", "12/15/33+ untold 0"),
        ("possibly the same as a part", "w=20 p=5 q=7", "p<w q~p", "20/20/27 untold 0"),
        ("wholes possibly the same", "w=20 v=30 p=5", "v~w p<w", "20/20/50 untold 0"),
        ("a part possibly the same as its whole", "w=20 p=5", "p<w p~w", "5/5/20 untold 0"),
        ("possibly the same as a part that is not listed", "w=20 q=7", "p<w q~p", "27/27/27 untold 0"),
        ("possibly the same as a whole that is not listed", "v=20 p=5", "p<w v~w", "25/25/25 untold 0"),
        # links that make no sense
        ("a circle of parts", "a=5 b=7 c=1", "a<b b<a", "6/6/13 untold 0"),
        ("a circle outside the list", "a=5", "a<b b<c c<a", "5/5/5 untold 0"),
        ("a part of two wholes of which one holds its twin", "a=7 b=5 c=8 f=6", "a<f a<c b<f f~b", "13/15/15 untold 0"),
        ("twins that hold each other's twin", "a=1 b=2 c=3 d=4", "a~b c~d a<c d<b", "1/1/7 untold 0"),
    ],
)
def test_a_list_of_events(why: str, events: str, links: str, expected: str) -> None:
    figures, untold = listed(events, links)
    told = f"{figures.low}/{figures.best}/{figures.high}{'+' * figures.open}" if figures else "-"
    assert told + " disputed" * bool(figures and figures.disputed) + f" untold {untold}" == expected, why
    assert listed(" ".join(reversed(events.split())), links) == (figures, untold), f"{why}: in any order"


def test_a_dispute_shows_in_the_sum() -> None:
    told = total([Item("a", Range(1, 1, 2, False, True)), Item("b", Range(3, 3, 3, False, False))])
    assert told == Total(Range(4, 4, 5, False, True), 0)


@pytest.mark.parametrize(("whole", "part"), [(True, False), (False, True)])
def test_a_dispute_of_a_whole_or_of_a_part_shows_in_the_sum(whole: bool, part: bool) -> None:
    items = [Item("w", Range(9, 9, 9, False, whole)), Item("p", Range(1, 1, 2, False, part))]
    assert total(items, read_links([("p", "w", "part-of")])) == Total(Range(9, 9, 9, False, True), 0)


RANGES = st.builds(
    lambda ends, endless, torn: Range(min(ends), sorted(ends)[1], max(ends), endless, torn),
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)),
    st.booleans(),
    st.booleans(),
)
NAMES = "abcdefg"


@st.composite
def stores(draw: st.DrawFn, *, wild: bool) -> tuple[list[Item], Links]:
    """A few events and their links: any at all, or each a part of at most one other, later in the alphabet."""
    items = [Item(name, draw(st.none() | RANGES), draw(st.sampled_from([False] * 5 + [True]))) for name in NAMES]
    pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=6)
    twins = [(a, b, "possibly-same-as") for a, b in draw(pairs)]
    parts = [(a, b, "part-of") for a, b in draw(pairs) if wild or a < b]
    if not wild:
        parts = list({part[0]: part for part in parts}.values())
    return items, read_links(twins + parts)


@given(stores(wild=True), st.permutations(range(len(NAMES))))
def test_a_sum_is_in_order_and_bounded_whatever_the_links(store: tuple[list[Item], Links], order: list[int]) -> None:
    items, links = store
    figures, untold = total(items, links)
    bare, same = total(items)
    assert untold == same
    assert (figures is None) == (bare is None)
    if figures and bare:
        assert figures.low <= figures.best <= figures.high
        assert figures.low <= bare.low
        assert figures.high <= bare.high
        assert figures.open == bare.open
        assert figures.disputed >= bare.disputed
    assert total([items[n] for n in order], links) == (figures, untold)


@given(stores(wild=False), st.sampled_from(NAMES), st.sets(st.sampled_from(NAMES)))
def test_adding_an_event_never_lowers_high_nor_low_unless_it_is_a_twin_or_a_whole(
    store: tuple[list[Item], Links], added: str, left_out: set[str]
) -> None:
    items, links = store
    few = [item for item in items if item.id != added and item.id not in left_out]
    before = total(few, links).figures
    after = total([*few, *(item for item in items if item.id == added)], links).figures
    if before is None:
        return
    assert after is not None
    assert after.high >= before.high
    assert after.open >= before.open
    wholes = {whole for several in links.wholes.values() for whole in several}
    if added not in links.twins and added not in wholes:
        assert after.low >= before.low


def test_a_long_list_with_long_chains_is_summed_at_once() -> None:
    items = [Item(str(n), span("1")) for n in range(10_000)]
    chains = [(str(n), str(n + 1), "part-of") for n in range(300)]
    chains += [(str(n), str(n + 1), "possibly-same-as") for n in range(400, 700)]
    links = read_links(chains)
    start = time.perf_counter()
    assert total(items, links).figures == Range(9_400, 9_400, 9_700, False, False)
    assert time.perf_counter() - start < 2


# What a range looks like, and whether it reaches a number


@pytest.mark.parametrize(
    ("low", "high", "endless", "text"),
    [
        (84, 84, False, "84"),
        (84, 84, True, "84+"),
        (50, 84, False, "50-84"),
        (50, 84, True, "50-84+"),
        (0, 0, False, "0"),
    ],
)
def test_the_text_of_a_range(low: int, high: int, endless: bool, text: str) -> None:
    assert range_text(Range(low, high, high, endless, disputed=True)) == text


def test_importing_it_is_cheap() -> None:
    code = "import sys, mali_chrono.figures.reckon, json; print(json.dumps(sorted(sys.modules)))"
    root = Path(tolls.__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert not {"dataclasses", "difflib", "unicodedata", "datetime", "yaml"} & set(json.loads(run.stdout))
