"""Figures that contradict each other: what must be found, and what may stand beside each other."""

import pytest
from helpers.ruling import actor, event, found

from mali_chrono.store.checks import check
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.rules.titles import harmed

ACTORS = actor("front") + actor("army", "state-forces") + actor("union")
ACTORS += actor("chief", "person") + actor("scribe", "person")
BOTH = "front: perpetrator, army: target"


def tolls(*given: str) -> str:
    """Tolls as they stand in a file."""
    return "[" + ", ".join(f"{{{toll}}}" for toll in given) + "]"


@pytest.mark.parametrize(
    ("whole", "part", "wrong"),
    [
        (("killed: 20",), ("killed: 20",), False),
        (("killed: 20",), ("killed: 21",), True),
        (("killed: 20",), ("killed: 15-25",), False),
        (("killed: 20",), ("killed: up to 25",), False),
        (("killed: 20",), ("killed: dozens",), False),  # 12 or more
        (("killed: 20+",), ("killed: 25",), False),
        (("killed: dozens",), ("killed: 300",), False),
        (("killed: ~20",), ("killed: 22",), False),
        (("killed: ~20",), ("killed: 23",), True),
        (("killed: 20",), ("killed: ~21",), False),
        (("killed: 20",), ("wounded: 25",), False),
        ((), ("killed: 25",), False),
        (("killed: 20", "killed: 30, says: front"), ("killed: 25",), False),  # one of two claims allows it
        (("killed: 20", "killed: 10, of: attackers"), ("killed: 25",), False),
        (("killed: 20, who: Chadians",), ("killed: 25",), False),  # a detail is no figure of the whole
    ],
)
def test_part_of_an_event_is_not_above_it(good, whole, part, wrong):
    events = event("whole", "2011", BOTH, tolls=tolls(*whole))
    events += event("part", "2011", BOTH, tolls=tolls(*part), links="[{to: whole, kind: part-of}]")
    events = events.replace("cites: [book:4-5]", "cites: [book:4]")
    assert found(good, "part-above-whole", actors=ACTORS, events=events) == ["part"] * wrong


@pytest.mark.parametrize(
    ("total", "detail", "wrong"),
    [
        ("killed: 20", "killed: 21, of: army", True),
        ("killed: 20", "killed: 21, who: Chadians", True),
        ("killed: 20", "killed: 21, at: town", True),
        ("killed: 20", "killed: 20, of: army", False),
        ("killed: 20", "wounded: 21, of: army", False),
        ("killed: 20", "killed: dozens, of: army", False),
        ("killed: 20", "killed: ~22, of: army", False),
        ("killed: ~20", "killed: 22, of: army", False),
        ("killed: ~20", "killed: 23, of: army", True),
        ("killed: 20", "killed: 30-40, of: army", True),
        ("killed: 20", "killed: 10-40, of: army", False),
        ("killed: 20+", "killed: 21, of: army", False),
        ("killed: up to 20", "killed: 21, of: army", True),
        ("killed: 20", "killed: 21, of: attackers", False),  # reckoned apart
        ("killed: 20", "killed: 21, of: front", False),  # so is the perpetrator
        ("killed: 20", "killed: 21, of: everyone", False),
        ("killed: 20", "killed: 21, of: army, says: union", False),  # another account
        ("killed: 20, says: union", "killed: 21, of: army, says: union", True),
        ("killed: 20, cite: book:4", "killed: 21, of: army, cite: book:5", False),
        ("killed: 20, cite: book:4", "killed: 21, of: army, cite: [book:4, book:5]", True),
        ("killed: 20, as_of: 2011-05", "killed: 21, of: army", False),
    ],
)
def test_some_people_are_not_more_than_all_in_one_account(good, total, detail, wrong):
    raid = event("raid", "2011", BOTH, tolls=tolls(total, detail))
    raid = raid if "cite:" in total else raid.replace("cites: [book:4-5]", "cites: [book:4]")
    raid = raid.replace("cites: [book:4-5]", "cites: [book:4, book:5]")
    assert found(good, "part-above-whole", actors=ACTORS, events=raid) == ["raid"] * wrong


@pytest.mark.parametrize(
    ("part", "toll", "wrong"),
    [
        ("front: target", "killed: 3, of: attackers", True),
        ("front: participant", "killed: 3, of: attackers", True),
        ("front: perpetrator", "killed: 3, of: attackers", False),
        ("front: claimant", "killed: 3, of: attackers", False),
        ("front: target", "killed: 3", False),
    ],
)
def test_attackers_are_somebody(good, part, toll, wrong):
    raid = event("raid", "2011", part, tolls=tolls(toll))
    assert found(good, "attackers-unnamed", actors=ACTORS, events=raid) == ["raid"] * wrong


@pytest.mark.parametrize(
    ("places", "at", "wrong"),
    [
        ("[town]", "town", False),
        ("[~town]", "town", False),
        ("[north]", "town", False),  # it lies within
        ("[land]", "town", False),
        ("[town]", "north", True),
        ("[port]", "town", True),
        ("[port, town]", "town", False),
    ],
)
def test_toll_is_at_a_place_of_its_event(good, places, at, wrong):
    text = (good / "data" / "places.yaml").read_text("utf-8")
    (good / "data" / "places.yaml").write_text(text + "- id: port\n  name: Port\n  precision: 1\n", "utf-8")
    raid = event("raid", "2011", tolls=tolls(f"killed: 3, at: {at}"), places=places.replace("~town", '"~town"'))
    assert found(good, "toll-place", events=raid) == ["raid"] * wrong


@pytest.mark.parametrize(("places", "wrong"), [("  places: [land]\n", 0), ("  places: [north]\n", 1), ("", 0)])
def test_toll_of_a_period_too_where_it_names_places(good, places, wrong):
    (good / "data" / "places.yaml").write_text(
        "".join(f"- id: {name}\n  name: {name}\n  precision: 4\n" for name in ("land", "north", "town")), "utf-8"
    )
    war = "- id: war\n  name: The War\n  kind: war\n  date: 2011\n  tolls: [{killed: 9, at: land}]\n  cites: [book:3]\n"
    assert found(good, "toll-place", periods=war + places) == ["war"] * wrong


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("killed: 12, cite: book:4", "killed: 15, cite: book:5", True),
        ("killed: 12, cite: book:4", "killed: 15, says: union", True),
        ("killed: 12, cite: book:4", "killed: 15, cite: book:4", True),
        ("killed: 12, cite: book:4", "wounded: 15, cite: book:5", False),
        ("killed: 12, of: army, cite: book:4", "killed: 15, of: chief, cite: book:4", False),  # they add up
        ("killed: 12, of: army, cite: book:4", "killed: 15, of: army, cite: book:4", True),
        ("killed: 12, of: army, cite: book:4", "killed: 15, of: chief, cite: book:5", True),  # rival accounts
        ("killed: 12, of: army, says: union", "killed: 15, of: chief, says: union", False),
        ("killed: 12, cite: book:4", "killed: 15, of: attackers, cite: book:5", False),
        ("killed: 12, cite: book:4", "killed: 15, of: front, cite: book:5", False),  # the perpetrator's
        ("killed: 12, cite: book:4", "killed: 15, who: Chadians, cite: book:5", False),
    ],
)
def test_one_figure_is_best(good, one, other, wrong):
    given = [f"{toll}, best: true" if "cite" in toll else f"{toll}, cite: book:4, best: true" for toll in (one, other)]
    actors = "front: perpetrator, army: target, chief: target"
    raid = event("raid", "2011", actors, tolls=tolls(*given), note="Counted.", cites="[book:4, book:5]")
    assert found(good, "two-best", actors=ACTORS, events=raid) == ["raid"] * wrong


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("killed: 12", "killed: 14", True),
        ("killed: 12", "killed: dozens", True),
        ("killed: 12, says: union", "killed: 14, says: union", True),
        ("killed: 12, cite: book:5", "killed: 14, cite: book:5", True),
        ("killed: 12", "wounded: 14", False),
        ("killed: 12", "killed: 14, says: union", False),
        ("killed: 12", "killed: 14, of: army", False),
        ("killed: 12", "killed: 14, who: Chadians", False),
        ("killed: 12", "killed: 14, at: town", False),
        ("killed: 12, as_of: 2011-05", "killed: 14, as_of: 2011-06", False),
        ("killed: 12", "killed: 14, certainty: disputed", False),
        ("killed: 12, cite: book:4", "killed: 14, cite: book:5", False),
        ("killed: 12, cite: book:4-5", "killed: 14, cite: book:4-5", False),  # a line each, it may be
        ("killed: 12, cite: [book:4, book:5]", "killed: 14, cite: book:5", False),
    ],
)
def test_one_voice_has_one_figure_on_a_line(good, one, other, wrong):
    cites = "[book:4-5]" if "cite" in one else "[book:4]"
    raid = event("raid", "2011", BOTH, tolls=tolls(one, other), cites=cites)
    assert found(good, "two-figures", actors=ACTORS, events=raid) == ["raid"] * wrong


@pytest.mark.parametrize(
    ("fields", "given", "wrong"),
    [
        ({"certainty": "claimed", "says": "front"}, ["killed: 12"], True),
        ({"certainty": "claimed", "says": "front"}, ["killed: 12, says: front"], False),
        ({"certainty": "claimed", "says": "front"}, ["killed: 12, says: union"], False),
        ({"certainty": "suspected", "says": "front"}, ["killed: 12"], False),
        ({"certainty": "claimed"}, ["killed: 12"], False),  # nobody is named
        ({}, ["killed: 12, certainty: claimed"], True),
        ({}, ["killed: 12, certainty: claimed, says: front"], False),
        ({}, ["killed: 12, certainty: suspected"], False),
        ({}, ["killed: 12, says: front", "killed: 12"], True),
        ({}, ["killed: 12", "killed: 12, says: front"], True),
        ({}, ["killed: 12, says: front", "killed: 13"], False),
        ({}, ["killed: 12, says: front", "wounded: 12"], False),
        ({}, ["killed: 12, says: front", "killed: 12, of: army"], False),
        ({"cites": "[book:4-5]"}, ["killed: 12, says: front", "killed: 12"], False),  # a line each, it may be
        ({"cites": "[book:4-5]"}, ["killed: 12, says: front, cite: book:4", "killed: 12, cite: book:5"], False),
    ],
)
def test_claim_is_not_told_as_a_fact(good, fields, given, wrong):
    raid = event("raid", "2011", BOTH, tolls=tolls(*given), **{"cites": "[book:4]", **fields})
    assert found(good, "claim-as-fact", actors=ACTORS, events=raid) == ["raid"] * wrong


@pytest.mark.parametrize(
    ("kind", "actors", "toll", "wrong"),
    [
        ("report", "union: author, army: subject", "killed: 12", True),
        ("report", "union: author, army: subject", "killed: 12, says: union", False),
        ("report", "army: subject", "killed: 12", False),
        ("armed-clash", "front: perpetrator, union: author", "killed: 12", False),
        ("armed-clash", "front: perpetrator, army: target, army: claimant", "killed: 12, of: attackers", True),
        ("armed-clash", "front: perpetrator, army: target, army: claimant", "killed: 12", False),
        ("armed-clash", "front: perpetrator, front: claimant, army: target", "killed: 12, of: attackers", False),
    ],
)
def test_who_tells_a_figure_is_known_by_the_event(good, kind, actors, toll, wrong):
    raid = event("raid", "2011", actors, type=kind, tolls=tolls(toll), cites="[book:4]")
    assert found(good, "claim-as-fact", actors=ACTORS, events=raid) == ["raid"] * wrong


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("The Front killed 12 soldiers in Town", [12]),
        ("The Front killed at least twelve soldiers in Town", [12]),
        ("The Front killed a dozen soldiers", [12]),
        ("The Front killed 1,200 people", [1200]),
        ("The Front killed between 200 and 300 civilians", [200, 300]),
        ("Between 11 and 23 people died after protests", [11, 23]),
        ("Three guards and 23 people died", [23]),
        ("Twelve soldiers were killed in Town", [12]),
        ("12 Malian army soldiers killed", [12]),
        ("Five people abducted with the Chief were released", [5]),
        ("The court freed 46 soldiers", [46]),
        ("The UN reported 395 civilian deaths in six months", [395]),
        ("A raid on Town left 14 dead", [14]),
        ("The Front killed two and wounded three", [2, 3]),
        ("The Front killed one soldier", []),
        ("14 hostages were taken", [14]),
        ("14 tourists were taken hostage in Town", [14]),
        ("The Front took 14 hostages in Town", [14]),
        ("The Front took 14 UN peacekeepers hostage", [14]),
        ("Mob lynched 14 men", [14]),
        ("The bomb claimed 14 lives", [14]),
        ("The flood cost at least 14 lives", [14]),
        ("14 soldiers lost their lives", [14]),
        ("14 hostages were rescued", [14]),
        ("The Front took 14 villages and hostages", []),
        ("The Front claimed 14 attacks", []),
        ("The Front seized 14 trucks and prisoners", []),
        ("Hostages were taken to 14 camps", []),
        ("Three devices killed nine soldiers within two months", [9]),
        ("The Front raided six villages and killed 20 people", [20]),
        ("More than 100 fighters attacked a post and killed several", []),
        ("The army killed the Front's number two in Town", []),
        ("The Front killed soldiers of the 5th battalion", []),
        ("The Front killed soldiers in 2012", []),
        ("The Front released 12% of its hostages", []),
        ("The army freed the hostages after 3 years", []),
        ("He was released 3 years after the coup of 2012", []),
        ("The court sentenced four men for killing a soldier", []),
        ("France released $5 million for the wounded", []),
        ("France released 5 million euros for the wounded", []),
        ("The Front attacked three buses and killed the drivers", []),
        ("Suspected jihadists killed 10 pro-government militiamen", [10]),
        ("Ten pro-government militiamen killed in Kadji", [10]),
        pytest.param("12" + "-a" * 9000 + " killed", [], id="long word"),
        pytest.param("killed 12 " * 2000, [12] * 2000, id="many numbers"),
        ("Resolution 2391 was passed", []),
        ("Four states founded the G5", []),
        ("", []),
    ],
)
def test_numbers_of_a_title_that_count_people(title, numbers):
    assert harmed(title) == numbers


@pytest.mark.parametrize(
    ("title", "given", "wrong"),
    [
        ("The Front killed 21 soldiers", ["killed: 12"], True),
        ("The Front killed 21 soldiers", [], True),
        ("The Front killed 12 soldiers", ["killed: 12"], False),
        ("The Front killed 12 soldiers", ["killed: over 11"], False),
        ("The Front killed over 11 soldiers", ["killed: over 11"], False),
        ("The Front killed 12 soldiers", ["killed: dozens"], False),
        ("The Front killed 7 people", ["killed: 5/7/12"], False),
        ("The Front killed 12 soldiers", ["wounded: 12"], False),  # the number is there
        ("The Front killed 12 people", ["killed: 8, of: army", "killed: 4, of: chief"], False),  # what they come to
        ("The Front killed 12 people", ["killed: 10", "killed: 12, who: Chadians"], False),
        ("The Front abducted two", ["killed: 9"], False),  # two persons are named
        ("The Front abducted three", ["killed: 9"], True),
        ("The Front raided 21 villages", ["killed: 12"], False),
    ],
)
def test_title_has_the_figures_of_the_tolls(good, title, given, wrong):
    actors = "front: perpetrator, army: target, chief: target, scribe: target"
    raid = event("raid", "2011", actors, title=title, tolls=tolls(*given), cites="[book:4]")
    assert found(good, "title-number", actors=ACTORS, events=raid) == ["raid"] * wrong


@pytest.mark.parametrize(
    ("cites", "given", "wrong"),
    [
        ("[book:4]", "killed: 50", True),
        ("[book:4, book:9]", "killed: 50+", True),
        ("[book:4]", "killed: 49", False),
        ("[book:4]", "wounded: 90", False),
        ("[book:4, paper:1]", "killed: 50, cite: book:4", False),
    ],
)
def test_many_dead_have_a_second_source(good, cites, given, wrong):
    book = (good / "seeds" / "book.yaml").read_text("utf-8")
    (good / "seeds" / "paper.yaml").write_text(book.replace("id: book", "id: paper"), "utf-8")
    toll = given if "cite" in given else f"{given}, cite: book:4"
    raid = event("raid", "2011", tolls=tolls(toll), cites=cites)
    assert found(good, "single-source", events=raid) == ["raid"] * wrong


def test_single_source_is_told_only_where_it_is_asked_for(chrono, good):
    raid = event("2011-raid", "2011", BOTH, tolls=tolls("killed: 500"), cites="[book:4]")
    (good / "data" / "events.yaml").write_text(raid, "utf-8")
    assert chrono("check", "--store", str(good), "--strict") == (0, "", "")


@pytest.mark.parametrize("rule", ["toll-place", "two-figures", "claim-as-fact", "title-number", "part-above-whole"])
def test_what_could_not_be_read_proves_nothing(good, rule):
    """A toll that is no figure stands as 0 while the rest is checked."""
    given = tolls("killed: 12, at: port", "killed: lots")
    raid = event("2011-raid", "2011", BOTH, title="The Front killed 21", tolls=given, cites="[book:4]")
    (good / "data" / "events.yaml").write_text(raid, "utf-8")
    assert rule not in {problem.rule for problem in check(load(Store(good, "made")))}


def test_many_dead_without_a_cite_are_another_fault(good):
    raid = event("2011-raid", "2011", tolls=tolls("killed: 500"), cites="[]")
    (good / "data" / "events.yaml").write_text(raid, "utf-8")
    rules = {problem.rule for problem in check(load(Store(good, "made")))}
    assert ("empty-field" in rules, "single-source" in rules) == (True, False)
