"""What a sum means, on stores made for it: nobody counted twice, nothing sure that is not, and whose dead they are.

The right answers were written by hand, from the sentences of design.md, CURATING.md and CONTRIBUTING.md.
"""

import pytest

# tests/cases/stores/tolls; each event's own figures stand in test_decisions.FIGURES.
SUMS = [
    # options, low/best/high of all
    ("--in 2012-01", "10/10/10"),
    ("--in 2012-02", "5/5/20"),
    ("--in 2012-03", "5/20/20"),
    ("--in 2012-05", "9/9/9"),  # the attackers' dead on top of the others
    ("--type report", "-"),  # reports never add
    ("--in 2012-07", "22/22/52"),  # a pair counts once in low and best, the smaller, and twice in high
    ("--in 2012-07-10", "30/30/30"),  # only where both are there
    ("--in 2012-08", "50/50/50"),  # a part lies inside its whole
    ("--in 2012-08-12", "20/20/20"),
    ("--in 2012-09", "12/12/12+"),
    ("--in 2012-10", "-"),
    ("", "120/135/180+"),  # 10+5+5+7+9+22+50+12, 10+5+20+7+9+22+50+12, 10+20+20+7+9+52+50+12
    ("--exclude type=battles", "7/7/7"),
]


@pytest.mark.parametrize(("options", "total"), SUMS)
@pytest.mark.parametrize("by", ["type", "actor", "year"])
def test_nobody_counts_twice(ask, options, total, by):
    assert ask.sums("tolls", f"{options} --by {by}")["all"] == total


@pytest.mark.parametrize(
    ("of", "theirs", "untold"),
    [
        # no word of whose: the civilians' where every target and victim is one, else not told whose
        ("civilians", "11/11/11", "104-164+"),
        ("forces", "3/3/3", "104-164+"),
        ("army", "3/3/3", "104-164+"),
        ("ARMY", "3/3/3", "104-164+"),
        ("attackers", "2/2/2", "104-164+"),
        ("untold", "104/119/164+", None),
        ("villagers", "-", "104-164+"),
    ],
)
def test_whose_dead(ask, of, theirs, untold):
    assert ask.sums("tolls", f"--of {of}")["all"] == theirs
    (row,) = ask("tolls", f"summary --of {of} -f csv --fields year,killed_untold").splitlines()[1:]
    assert row == f"2012,{untold or ''}"


def test_where_not_all_of_the_struck_are_civilians_it_is_not_told_whose(ask):
    # Mixed strikes soldiers and villagers: 3 wounded, no word of whose; of the 8 of October neither
    assert ask.sums("tolls", "--sum wounded --of civilians", "wounded")["all"] == "-"
    assert ask.sums("tolls", "--sum wounded --of untold", "wounded")["all"] == "11/11/11"


def test_a_group_that_is_none_is_refused(ask):
    assert "attakers" in ask.refusal("tolls", "summary --of attakers")


def test_several_kinds_at_once(ask):
    total = ask.json("tolls", "summary --sum killed,wounded --in 2012-09/2012-10")["total"]
    assert (total["killed"]["best"], total["wounded"]["best"]) == (12, 8)
    assert (total["killed_no_figure"], total["wounded_no_figure"]) == (1, 1)


# tests/cases/stores/spans, each with its killed: ../2018 3, [2017,2019] 40, [2018..2019] 100, 2018-06 5,
# 2018-12-31/2019-01-01 10, 2019/.. 7. Nothing is told of a day in 2017 alone.
YEARS = {
    # nothing to the low but what lies wholly inside; the best to the first day's year, or the known end's of an
    # open one; the high to each year it may touch
    "2017": "0/40/43",  # 40 at best; 3 of ../2018 at most
    "2018": "5/118/118",  # June surely; 3 that ended here, 100, 10
    "2019": "0/7/157",
    "all": "165/165/165",
}


def test_what_does_not_lie_wholly_inside_a_year(ask):
    assert ask.sums("spans", "--by year") == YEARS
    assert sum(int(YEARS[year].split("/")[1]) for year in ("2017", "2018", "2019")) == 165


@pytest.mark.parametrize("year", ["2017", "2018", "2019"])
@pytest.mark.parametrize("by", ["year", "type", "decade"])
def test_a_window_is_a_period(ask, year, by):
    assert ask.sums("spans", f"--in {year} --by {by}")["all"] == YEARS[year]
    assert ask.sums("spans", f"--since {year} --until {year} --by {by}")["all"] == YEARS[year]


@pytest.mark.parametrize(
    ("options", "total"),
    [
        ("--in 2018/2019", "115/125/165"),  # 100, 5 and 10 lie inside; 3 ended there, 7 began there; 40 may lie before
        ("--in 2017 --in 2019", "40/47/160"),  # the set of both years lies inside both together
        ("--since 2018", "122/125/165"),  # what goes on lies inside all time to come
        ("--in 2018-06", "5/5/108"),
        ("--in 2018 --must", "5/18/18"),
        ("--in 2018 --within", "5/5/5"),
    ],
)
def test_what_does_not_lie_wholly_inside_a_window(ask, options, total):
    assert ask.sums("spans", f"{options} --by type")["all"] == total


@pytest.mark.parametrize(("row", "must", "events"), [("2017", 1, 2), ("2018", 3, 4), ("2019", 2, 4)])
def test_a_row_says_how_many_surely_and_how_many_may(ask, row, must, events):
    group = ask.groups("spans", "--by year")[row]
    assert (group["must"], group["events"]) == (must, events)
    assert ask("spans", f"timeline --in {row} --must --count") == f"{must}\n"
    assert ask("spans", f"timeline --in {row} --count") == f"{events}\n"
    assert f"{must}-{events}" in ask("spans", f"summary --by year --in {row}")


# tests/cases/stores/clip: a whole of [2012..2013] with 50 dead, a part of it of 1 May 2013 with 20.
def test_a_part_is_sure_where_its_whole_only_may_be(ask):
    assert ask.sums("clip", "--by year") == {"2012": "0/50/50", "2013": "20/20/50", "all": "50/50/50"}
    assert ask.sums("clip", "--in 2013 --by type")["all"] == "20/20/50"
    assert ask.sums("clip", "--in 2012/2013 --by type")["all"] == "50/50/50"
