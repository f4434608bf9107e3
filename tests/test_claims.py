"""Claims of a store on their way to figures: when they were said, of everyone, and low, best and high in one."""

import json

import pytest

from mali_chrono.index.claims import Names, tolls_of
from mali_chrono.store.checks import check
from mali_chrono.store.claims import ranges_of
from mali_chrono.store.load import load
from mali_chrono.store.locate import find

EVENT = """\
- id: 2015-03-07-town-raid
  date: 2015-03-07
  title: The Front raided Town
  type: armed-clash
  places: [town]
  actors:
    - {actor: front, role: perpetrator}
    - {actor: army, role: target}
  tolls:
%s
  cites: [book:1, book:2]
  summary: The Front raided Town.
"""


@pytest.fixture
def store(good):
    """The good store with one event of these tolls; gives what is wrong with it, and the store."""

    def store(*tolls: str):
        lines = "\n".join(f"    - {{{toll}}}" for toll in tolls)
        (good / "data" / "events.yaml").write_text(EVENT % lines)
        return load(find(str(good), None)), good

    return store


def killed(loaded):
    found = ranges_of(loaded.chronology.events[0], loaded.grammar.words)["killed"]
    return found and (found.low, found.best, found.high)


def test_the_later_of_one_claimant_stands(store):
    loaded, _ = store("killed: 10, says: front, as_of: 2015-03-08, cite: book:1",
                      "killed: 12, says: front, as_of: 2015-04, cite: book:2")  # fmt: skip
    assert [problem for problem in check(loaded) if problem.path == "data/events.yaml"] == []
    assert killed(loaded) == (12, 12, 12)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("2015-03-08", "2015-03-09"), ("2015-03", "2015-03-02"), ("2014", "2015"), ("-0043", "0900"), ("../2015", "2015")],
)
def test_dates_are_compared_by_their_earliest_day(store, earlier, later):
    loaded, _ = store(f'killed: 12, says: front, as_of: "{later}", cite: book:1',
                      f'killed: 10, says: front, as_of: "{earlier}", cite: book:1')  # fmt: skip
    assert killed(loaded) == (12, 12, 12)


def test_both_are_shown(store, chrono):
    _, good = store("killed: 10, says: front, as_of: 2015-03-08, cite: book:1",
                    "killed: 12, says: front, as_of: 2015-04, cite: book:2")  # fmt: skip
    (row,) = json.loads(chrono("timeline", "--store", str(good), "-f", "json").out)["events"]
    assert [(toll["killed"], toll["as_of"]) for toll in row["tolls"]] == [("10", "2015-03-08"), ("12", "2015-04")]
    assert row["killed"] == {"low": 12, "best": 12, "high": 12, "open": False}


def test_of_everyone_is_a_total_and_what_stands_beside_it_detail(store):
    loaded, _ = store("killed: 25, of: everyone, cite: book:1", "killed: 5, of: front, cite: book:1",
                      "killed: 20, of: army, cite: book:1")  # fmt: skip
    assert [problem.rule for problem in check(loaded) if problem.rule.startswith("toll")] == []
    assert killed(loaded) == (25, 25, 25)


def test_a_group_beside_an_actor_it_holds_is_still_refused(store):
    loaded, _ = store("killed: 25, of: everyone, cite: book:1", "killed: 20, of: forces, cite: book:1",
                      "killed: 20, of: army, cite: book:1")  # fmt: skip
    assert [problem.rule for problem in check(loaded) if problem.rule.startswith("toll")] == ["toll-overlap"]


def test_everyone_is_of_no_group_and_untold_where_nothing_else_is_said(store):
    loaded, _ = store("killed: 25, of: everyone, cite: book:1", "killed: 5, of: front, cite: book:1",
                      "wounded: 9, of: everyone, cite: book:1")  # fmt: skip
    (event,) = loaded.chronology.events
    names = Names(loaded.chronology, loaded.grammar.words)
    told = {key: figures.best for key, figures in tolls_of(event, names, ranges_of(event, names.words))}
    assert told == {
        ("killed", ""): 25, ("killed", "attackers"): 5, ("killed", "front"): 5,
        ("wounded", ""): 9, ("wounded", "untold"): 9,
    }  # fmt: skip


def test_low_best_and_high_are_one_figure(store):
    loaded, _ = store("killed: 5/7/12, cite: book:1")
    assert killed(loaded) == (5, 7, 12)
    assert loaded.chronology.events[0].tolls[0].figure.text == "5/7/12"


@pytest.mark.parametrize("text", ["12/7/5", "7/5/12", "7/7/7", "05/7/12", "5/7"])
def test_three_numbers_that_fall_are_refused(store, text):
    loaded, _ = store(f"killed: {text}, cite: book:1")
    (problem,) = [problem for problem in loaded.problems if problem.rule == "bad-figure"]
    assert repr(text) in problem.message


def test_a_date_that_is_none_is_refused(store):
    loaded, _ = store("killed: 5, as_of: 2015-13, cite: book:1")
    assert [problem.rule for problem in loaded.problems] == ["bad-date"]
