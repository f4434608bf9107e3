"""What a second reader asks about: doubles, spellings, places off the map, what nothing uses.

Each table says what is found in the store under cases/good with some of it written otherwise, and what must not be.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono import near
from mali_chrono.earth import distance
from mali_chrono.store.checks import check
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.rules import doubles
from mali_chrono.store.rules.table import context_of


@pytest.fixture
def found(good):
    """The rules that find something in the good store with some files replaced, and of one rule its messages.

    What a small file leaves unused of the others is told where it is asked for.
    """

    def find(rule: str = "", unused: bool = False, **files: str) -> list[str]:
        for name, text in files.items():
            (good / "data" / f"{name}.yaml").write_text(text, "utf-8")
        problems = check(load(Store(good, "good")))
        if rule:
            return [one.message for one in problems if one.rule == rule]
        return [one.rule for one in problems if unused or not one.rule.startswith("unused-")]

    return find


def event(ident, date, title, **fields):
    """An event as YAML; each field as it is written."""
    usual = {"type": "armed-clash", "places": "[town]", "cites": "[book:4]", "summary": "It happened."}
    usual["actors"] = "[{actor: front, role: perpetrator}, {actor: army, role: target}]"
    lines = {"id": ident, "date": f'"{date}"', "title": title, **usual, **fields}
    return "- " + "\n  ".join(f"{name}: {value}" for name, value in lines.items()) + "\n"


def link(to, kind="possibly-same-as"):
    return f"[{{to: {to}, kind: {kind}}}]"


RAID = event("2011-05-01-raid", "2011-05-01", "The Front raided the barracks")


@pytest.mark.parametrize(
    ("date", "fields", "is_found"),
    [
        ("2011-05-01", {}, True),
        ("2011-05-01T13:00:00", {}, True),
        ("2011-05-01", {"links": link("2011-05-01-raid")}, False),
        ("2011-05-01", {"links": link("2011-05-01-raid", "part-of")}, False),
        ("2011-05-01", {"type": "report"}, False),
        ("2011-05-01", {"places": '["~town"]'}, False),
        ("2011-05-01", {"places": "[town, north]"}, True),
        ("2011-05-01", {"places": "[north]"}, False),
        ("2011-05-01?", {}, True),
        ("2011-05-01~", {}, False),
        ("2011-05", {}, False),
        ("2011-05-01/2011-05-02", {}, False),
        ("[2011-05-01..2011-05-02]", {}, False),
    ],
)
def test_two_events_of_one_day_place_and_type(found, date, fields, is_found):
    fields = {"cites": "[book:7]", **fields}
    other = event(f"{date[:7]}-shots", date, "Soldiers were shot", **fields)
    assert ("same-occurrence" in found(events=RAID + other)) == is_found


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        ("T09:00:00Z", "T10:00:00Z", False),
        ("T09:00:00", "T10:00:00", False),
        ("T09:00:00Z", "T10:00:00+01:00", True),
        ("", "T10:00:00", True),
    ],
)
def test_clock_times_tell_two_events_of_a_day_apart(found, one, other, is_found):
    events = [event(f"2011-05-01-{name}", f"2011-05-01{clock}", f"A {name}", cites=f"[book:{at}]")
              for at, (name, clock) in enumerate((("raid", one), ("shots", other)), 4)]  # fmt: skip
    assert ("same-occurrence" in found(events="".join(events))) == is_found


def test_a_country_is_no_one_place(found):
    events = [event(f"2011-05-01-{name}", "2011-05-01", f"A {name}", places="[land]", cites=f"[book:{at}]")
              for at, name in enumerate(("raid", "shots"), 4)]  # fmt: skip
    assert "same-occurrence" not in found(events="".join(events))


def test_each_event_of_a_day_is_told_of_those_before_it(found):
    days = [event(f"2011-05-01-{name}", "2011-05-01", f"It was {name}", cites=f"[book:{at}]")
            for at, name in enumerate(("alpha", "bravo", "charlie"), 4)]  # fmt: skip
    assert found("same-occurrence", events="".join(days)) == [
        "'2011-05-01-alpha' (data/events.yaml:1) is of the same day, place and type",
        "'2011-05-01-alpha' (data/events.yaml:1) (and 1 more) is of the same day, place and type",
    ]


@pytest.mark.parametrize(
    ("title", "other", "date", "fields", "is_found"),
    [
        ("The Front raided Town", "The Front raided Town", "2011-12-01", {}, True),
        ("The Front raided Town", "THE FRONT RAIDED TOWN", "2011-12-01", {"places": "[land]"}, True),
        ("The Front raided Town", "The Front raided Town", "2012-05-01", {}, False),
        ("The Front raided Town", "The Front raided Town", "2011-12-01", {"links": link("2011-05-01-raid")}, False),
        ("Five men were shot in Town", "Six men were shot in Town", "2011-05-04", {}, True),
        ("Five men were shot in Town", "Five men were shot dead in Town", "2011-05-04", {}, True),
        ("Five men were shot in Town", "Men were shot in Town", "2011-05-04", {}, True),
        ("Five men were shot in Town", "Five men were shot in", "2011-05-04", {}, True),
        ("Five men were shot in Town", "Six men were shot in Town", "2011-05-05", {}, False),
        ("Five men were shot in Town", "Six men were shot in Town", "2011-05-04", {"places": "[land]"}, False),
        ("Five men were shot in Town", "Six men were hanged in Town", "2011-05-04", {}, False),
        ("Five men were shot in Town", "Shot in Town five men were", "2011-05-04", {}, False),
        ("Front raided in Town", "Front raided near Town", "2011-05-04", {}, False),  # too few words to tell
    ],
)
def test_one_title_or_nearly_one(found, title, other, date, fields, is_found):
    fields = {"cites": "[book:7]", "type": "report", **fields}
    events = event("2011-05-01-raid", "2011-05-01", title) + event(f"{date}-other", date, other, **fields)
    assert ("same-title" in found(events=events)) == is_found


@pytest.mark.parametrize(
    ("date", "fields", "is_found"),
    [
        ("2011-05-04", {}, True),
        ("2011-05-04", {"cites": "[book:4-5]"}, False),
        ("2011-05-04", {"cites": "[book:4, book:9]"}, True),
        ("2011-05-04", {"type": "report"}, False),
        ("2011-05-04", {"places": "[land]"}, False),
        ("2011-05-04", {"actors": "[{actor: union, role: target}]"}, False),
        ("2011-05-04", {"links": link("2011-05-01-raid", "follow-up-of")}, False),
        ("2011-05-05", {}, False),
    ],
)
def test_two_entries_from_one_line(found, date, fields, is_found):
    events = RAID + event(f"{date}-other", date, "Another thing was told", **fields)
    assert ("same-line" in found(events=events)) == is_found


def test_doubles_are_found_between_files_and_in_any_order(good):
    """Events come file by file; what is told twice stands in two of them."""
    events = [event(f"201{year}-05-0{day}-{name}", f"201{year}-05-0{day}", f"Five men were {name} in Town")
              for year in range(1, 6) for day, name in ((1, "shot"), (2, "hanged"), (2, "killed"))]  # fmt: skip
    (good / "data/events.yaml").write_text("".join(events))
    one = doubles_in(good)
    assert {rule for rule, _, _ in one} == {"same-occurrence", "same-line", "same-title"}
    (good / "data/events.yaml").write_text("".join(reversed(events)))
    assert doubles_in(good) == one
    (good / "data/events.yaml").unlink()
    (good / "data/events/sub").mkdir(parents=True)
    for i, name in enumerate(("a", "b", "sub/c")):
        (good / f"data/events/{name}.yaml").write_text("".join(events[i::3]))
    assert doubles_in(good) == one


def doubles_in(store):
    """What is said of doubles in a store: the rule, the id of the later one and the earlier one's."""
    loaded = load(Store(store, "store"))
    faults = [fault for rule in doubles.RULES for fault in rule(context_of(loaded, None))]
    return sorted((fault.rule, fault.record.id, fault.message.split("'")[1]) for fault in faults)


ACTORS = """\
- {id: army, name: Land Army, kind: state-forces, relations: [%s]}
- {id: front, name: People's Front, kind: rebel-group, relations: [%s]}
- {id: union, name: Union of Fronts, kind: rebel-group, relations: [{kind: part-of, actor: front}]}
"""


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        # mutual relations read alike from both ends
        ("kind: rival-of, actor: front, date: 2011/2013", "kind: rival-of, actor: army, date: 2011/2013", "twice"),
        ("kind: rival-of, actor: front, date: 2011/2013", "kind: rival-of, actor: army, date: 2012/2015", "twice"),
        ("kind: rival-of, actor: front", "kind: rival-of, actor: army", "twice"),
        ("kind: rival-of, actor: front", "kind: rival-of, actor: army, date: 2012", ""),
        ("kind: rival-of, actor: front, date: 2011/2012", "kind: rival-of, actor: army, date: 2012/2013", ""),
        ("kind: rival-of, actor: front, date: 2011/2013", "kind: rival-of, actor: army, date: 2012-05-01", ""),
        ("kind: rival-of, actor: front, date: 2012-05", "kind: rival-of, actor: army, date: 2012-05", "twice"),
        ("kind: rival-of, actor: front, says: union", "kind: rival-of, actor: army", ""),
        ("kind: rival-of, actor: front, certainty: denied", "kind: rival-of, actor: army", ""),
        # the others do not
        ("kind: supported-by, actor: front, date: 2011", "kind: supported-by, actor: army, date: 2011", ""),
        # sides
        ("kind: allied-with, actor: front, date: 2011/2013", "kind: rival-of, actor: army, date: 2012/..", "sides"),
        ("kind: supported-by, actor: front, date: 2011/2013", "kind: rival-of, actor: army, date: 2012-05-01", "sides"),
        ("kind: allied-with, actor: front, date: 2011/2013", "kind: rival-of, actor: army, date: 2013/..", ""),
        ("kind: allied-with, actor: front, date: 2011", "kind: rival-of, actor: army, date: 2011", ""),
        ("kind: allied-with, actor: front, date: 2011/", "kind: rival-of, actor: army, date: 2012/2013", ""),
        ("kind: allied-with, actor: front", "kind: rival-of, actor: army, date: 2012/2013", ""),
        ("kind: allied-with, actor: front, date: 2011/.., certainty: denied",
         "kind: rival-of, actor: army, date: 2012/..", ""),
        ("kind: allied-with, actor: union, date: 2011/2013", "kind: rival-of, actor: army, date: 2012/..", ""),
    ],
)  # fmt: skip
def test_relations_that_are_given_twice_or_contradict_each_other(found, one, other, rule):
    rules = found(actors=ACTORS % (f"{{{one}}}", f"{{{other}}}"))
    assert rules == {"twice": ["relation-twice"], "sides": ["ally-and-rival"], "": []}[rule]


def test_two_offices_are_no_double(found):
    """The same person in the same state, at the same time."""
    posts = [f"{{kind: holds, actor: army, office: {office}, date: 2011/2013}}" for office in ("head", "treasurer")]
    assert found("relation-twice", actors=ACTORS % ("", ", ".join(posts))) == []
    assert found("relation-twice", actors=ACTORS % ("", ", ".join(posts[:1] * 2))) == [
        "'holds' 'head' is given twice for one time"
    ]


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("tinzaouaten", "tinzaouatene", True),
        ("tinzaouaten", "tinzauaten", True),
        ("tinzaouaten", "tinzaouatin", True),
        ("tinzaouaten", "tinzaouaetn", True),
        ("tinzaouaten", "tinzaouaten", False),
        ("tinzaouaten", "tinzawaten", False),
        ("mali", "mau", False),
        ("mali", "malo", False),
        ("gambia", "zambia", False),
        ("niger", "nigeria", False),
        ("battalion 12", "battalion 13", False),
        ("battalion 1", "battalion 11", False),
        ("battalion 12", "battalion 21", False),
        ("menaka", "menakat", True),
        ("aguelhok", "agulehok", True),
    ],
)
@pytest.mark.parametrize("among", [[], [f"filler number {n * 7919}" for n in range(near.EACH)]])
def test_one_slip_of_the_pen(one, other, is_slip, among):
    """The same, whether each word is held against each or, among many, looked up by what is left of it."""
    assert list(near.slips([one, *among, other])) == ([(one, other)] if is_slip else [])


WORD = st.text("ab1", min_size=near.SHORT, max_size=near.SHORT + 2)


@given(st.lists(WORD, max_size=near.EACH))
def test_many_words_have_the_slips_that_few_have(words):
    few = set(near.slips(words))
    many = set(near.slips([*words, *(f"x{'y' * n}{n}" for n in range(5, 5 + near.EACH))]))
    assert {pair for pair in many if "x" not in pair[0] + pair[1]} == few


NAMED = """\
- {id: army, name: Land Army, short: Army, kind: state-forces}
- {id: front, name: %s, aliases: [%s], kind: rebel-group}
- {id: union, name: Union of Fronts, kind: rebel-group, relations: [{kind: part-of, actor: front}]}
"""


@pytest.mark.parametrize(
    ("name", "aliases", "rules"),
    [
        ("People's Front", "PF, pf", ["alias-twice"]),
        ("People's Front", "pol'nost, polnost", ["alias-twice"]),
        ("People's Front", 'PF, "&PF"', []),
        ("People's Front", '"- PF", "%PF"', []),
        ("People's Front", '"P,F", "P: F"', []),
        ("People's Front", "Front du Peuplé, Front du Peuple, Peuple", ["alias-twice"]),
        ("People's Front", "P.F., PF", []),
        ("People's Front", "PEOPLE'S  FRONT", ["needless-alias"]),
        ("Péople's Front", "People's Front", []),  # a spelling of its own, as a document prints it
        ("Popular Front", "Union of Front", ["near-name"]),
        ("Popular Front", "Popular Fronts", []),  # its own name
        ("Popular Front", "Unoin of Fronts", ["near-name"]),
        ("Popular Front", "Union of Fleets", []),
        ("P\u043epular Front", "PF", ["mixed-script"]),
        ("Popular Front", "Народный фронт, Λαϊκό Μέτωπο, Front Ж", []),
        ("Popular Front", "人民戦線のフロント", []),
        ("Front Péuplaire d'Øst", "Ƒront", []),
    ],
)
def test_how_names_are_spelt(found, name, aliases, rules):
    assert found(actors=NAMED % (name, aliases)) == rules


def test_what_is_wrong_with_a_letter_is_told_in_letters_that_can_be_seen(found):
    assert found("mixed-script", actors=NAMED % ("P\u043epular Front", "PF")) == [
        "'P\u043epular' is written in Latin and Cyrillic letters"
    ]


def test_ids_of_one_day(found):
    events = [("2011-05-01-town-raid", "one"), ("2011-05-01-town-raids", "another"), ("2011-05-02-town-raid", "third")]
    texts = [event(ident, ident[:10], f"A {title} raid", cites=f"[book:{at}]", places="[land]")
             for at, (ident, title) in enumerate(events, 4)]  # fmt: skip
    assert found("near-name", events="".join(texts)) == [
        "the id '2011-05-01-town-raids' is one letter off '2011-05-01-town-raid' (data/events.yaml:1)"
    ]


@pytest.mark.parametrize(
    ("one", "other", "is_found"),
    [
        ("The Guardian", "Guardian", True),
        ("U.N. News", "UN News", True),
        ("Le Monde", "Le monde", True),
        ("Défense", "Defense", True),
        ("Defense Post", "Defence Post", False),
        ("News 24", "News24", False),  # as it is printed, which the proof demands
        ("Guardian", "Guardian", False),
    ],
)
def test_an_outlet_spelt_in_two_ways(found, one, other, is_found):
    events = event("2011-05-01-raid", "2011-05-01", "One", outlets=f"[{one}]")
    events += event("2012-05-01-raid", "2012-05-01", "Other", outlets=f"[{other}]")
    assert ("outlet-spelling" in found(events=events)) == is_found


PLACES = """\
- {id: land, name: Land, region: Land, precision: 6, lat: 12.0, lon: -1.0}
- {id: upland, name: Upland, region: Land, precision: 5, within: land}
- {id: north, name: North Region, region: North, lat: 10.0, lon: -3.0, precision: 4, within: upland}
- {id: south, name: South, region: South, precision: 4, within: land}
- {id: town, name: Town, within: %s}
"""
POINT = "region: North, lat: 10.5, lon: -3.25"


@pytest.mark.parametrize(
    ("town", "rules"),
    [
        (f"north, precision: 1, {POINT}", []),
        (f"upland, precision: 1, {POINT}", []),
        (f"land, precision: 1, {POINT}", []),
        (f"south, precision: 1, {POINT}", ["other-region"]),
        ("upland, precision: 4, region: South", []),  # the upland is in the region of the whole land
        ("north, precision: 4, region: Land", ["other-region"]),
        ("north, precision: 4, region: Atlantis", ["other-region"]),
        ("land, precision: 4, region: Atlantis", []),  # of which nothing is known
        ("north, precision: 4", []),
        ("north, precision: 1, region: North, lat: -3.25, lon: 10.5", ["far-from-region"]),
        ("north, precision: 1, region: North, lat: 10.5, lon: 3.25", ["far-from-region"]),
        ("north, precision: 1, region: North, lat: 13.0, lon: -3.0", []),  # 334 km
        ("north, precision: 1, region: North, lat: 14.0, lon: -3.0", ["far-from-region"]),  # 445 km
        ("land, precision: 1, region: Land, lat: 14.0, lon: 9.0", []),  # a country is wider
        ("land, precision: 1, region: Land, lat: -12.0, lon: 1.0", ["far-from-region"]),
        ("north, precision: 1, region: North, lat: 100.0, lon: 1.0", ["coordinates"]),
        ("north, precision: 3, region: North", ["no-point"]),
        ("north, precision: 4, region: North", []),
        ("north, precision: 1, region: North, lat: 10.12345, lon: -3.0", []),
        ("north, precision: 1, region: North, lat: 10.123456, lon: -3.0", ["false-precision"]),
        ("north, precision: 2, region: North, lat: 10.1234, lon: -3.1234", ["false-precision"] * 2),
        ("north, precision: 4, region: North, lat: 10.120000, lon: -3.0", []),
    ],
)
def test_places_on_the_map(found, town, rules):
    assert found(places=PLACES % town) == rules


@pytest.mark.parametrize(
    ("spoilt", "rules"),
    [
        ("id: Bad_Id, name: Badone, region: Gao, precision: 4", {"bad-value"}),
        ("name: Badone, region: Gao, precision: 4, lat: 40.0, lon: 70.0", {"missing-field"}),
        ("id: Bad_Id, name: Bay, region: South, precision: 4, within: south, lat: 10.0, lon: -3.0", {"bad-value"}),
        ("id: bay, name: Bay, region: Bay, precision: 4, within: nowhere", {"unknown-place"}),
        ("id: bay, name: Bay, region: Bay, precision: 4, within: [a, b]", {"wrong-kind"}),
    ],
)
def test_what_hangs_on_an_unreadable_place_is_not_judged(found, spoilt, rules):
    """Least of all by what lies within nothing, as whole countries do."""
    others = f"- {{id: sea, name: Sea, region: Sea, precision: 6, lat: 0.0, lon: 0.0}}\n- {{{spoilt}}}\n"
    places = PLACES % "south, precision: 1, region: Bay, lat: 10.5, lon: -3.25"
    away = {"other-region"} if "Badone" in spoilt else set()
    assert {*found(places=places + others)} == rules | away


@pytest.mark.parametrize(
    ("point", "hint"),
    [
        ("lat: -3.25, lon: 10.5", "correct lat and lon, which are swapped: lat 10.5, lon -3.25"),
        ("lat: 10.5, lon: 13.25", "correct them, or the region, or say why with ignore: {far-from-region: reason}"),
        ("lat: 10.5, lon: 3.25", "correct the sign of lon: lat 10.5, lon -3.25"),
        ("lat: -10.5, lon: 3.25", "correct both signs: lat 10.5, lon -3.25"),
        ("lat: 3.25, lon: 10.5", "correct lat and lon, which are swapped, and a sign: lat 10.5, lon -3.25"),
    ],
)  # fmt: skip
def test_what_would_bring_a_place_home(good, point, hint):
    (good / "data/places.yaml").write_text(PLACES % f"north, precision: 1, region: North, {point}")
    (problem,) = check(load(Store(good, "good")), None, frozenset({"far-from-region"}))
    assert (problem.rule, problem.hint) == ("far-from-region", hint)


def test_how_far_points_are():
    assert distance((0, 0), (0, 180)) == pytest.approx(20015.1, abs=0.1)
    assert distance((12.65, -8.0), (16.27, -0.04)) == pytest.approx(945.7, abs=5)  # Bamako, Gao
    assert distance((90, 17), (90, -140)) == pytest.approx(0, abs=1e-6)


IDLE = "- {id: mill, name: Old Mill, precision: 4, within: north}\n"
NAVY = "- {id: navy, name: Land Navy, kind: %s}\n"
SKIRMISH = "- {id: skirmish, name: Skirmish, category: %s, acled: %s}\n"
BROKEN = "- id: 2013-05-01-%s\n  date: 2013-15-01\n  title: Broken\n  places: [%s]\n"


@pytest.mark.parametrize(
    ("files", "rules"),
    [
        ({"places": IDLE}, ["unused-place"]),
        ({"places": IDLE + "- {id: shed, name: Shed, precision: 4, within: mill}\n"}, ["unused-place"]),  # the shed
        ({"places": IDLE, "events": BROKEN % ("mil", "mill")}, ["bad-date", "missing-field"]),
        ({"places": IDLE, "events": BROKEN % ("x", "town")}, ["bad-date", "missing-field", "unused-place"]),
        (
            {"places": IDLE, "events": event("2013-05-01-fire", "2013-05-01", "It burned", places="[mil]")},
            ["unknown-place"],
        ),
        (
            {"places": IDLE, "events": event("2013-05-01-fire", "2013-05-01", "It burned", places="[castle]")},
            ["unknown-place", "unused-place"],
        ),
        ({"actors": NAVY % "state-forces"}, ["unused-actor"]),
        ({"actors": NAVY % "state"}, ["unused-actor"]),
        ({"actors": NAVY % "state, active: 2010/2012"}, []),
        ({"actors": NAVY % "person, relations: [{kind: holds, office: admiral}]"}, []),
        ({"actors": NAVY % "person, relations: [{kind: part-of, actor: army}]"}, ["unused-actor"]),
        (
            {
                "actors": NAVY % "person",
                "events": event("2013-05-01-fire", "2013-05-01", "It burned", tolls="[{killed: 1, says: navy}]"),
            },
            [],
        ),
        ({"types": SKIRMISH % ("battles", "Armed clash")}, ["unused-type"]),
        ({"types": SKIRMISH % ("reporting", "none")}, ["unused-type"]),
        ({"types": SKIRMISH % ("battles", "Government regains territory")}, []),  # a vocabulary may be whole
        ({"types": SKIRMISH % ("society", "none")}, []),
        ({"types": SKIRMISH % ("riots", "Grenade")}, ["type-category"]),
        ({"types": SKIRMISH % ("groups", "Grenade")}, ["type-category"]),
        ({"types": SKIRMISH % ("strategic", "Other")}, []),
        ({"types": SKIRMISH % ("groups", "Change to group/activity")}, []),
        ({"types": SKIRMISH % ("battles", "Other")}, ["type-category"]),
    ],
)
def test_what_nothing_uses(found, good, files, rules):
    more = {name: (good / "data" / f"{name}.yaml").read_text("utf-8") + text for name, text in files.items()}
    assert sorted(found(unused=True, **more)) == sorted(rules)


def test_a_chronology_that_is_still_to_be_written_uses_nothing_yet(found):
    assert found(events="[]\n", unused=True) == []


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (["[siege]", "[relief]"], []),  # of a few events none need be told of
        (["[siege]", "[siege]", "[relief]"], ["no other event has the tag 'relief'"]),
        (["[siege]", "[siege, relief]", "[relief]"], []),
        (["[siege]", "[siege]", "[relief, siege, relief]"], ["no other event has the tag 'relief'"]),
        (["[siege]", "[relief, relief]"], []),
    ],
)
def test_a_tag_of_one_event(found, tags, told):
    events = [event(f"201{at}-05-01-raid", f"201{at}-05-01", f"Raid {at}", tags=each) for at, each in enumerate(tags)]
    assert found("single-tag", events="".join(events)) == told


@pytest.mark.parametrize(
    ("skip", "rules"),
    [
        ('lines: "3"', []),
        ('lines: "4"', ["skip-cited"]),
        ("lines: 1-20", ["skip-cited"]),
        ("lines: 1-20, date: 2012", []),  # of that date alone
        ("lines: 8-9", []),
        ("lines: 9-8", ["skip-form"]),
        ('lines: "0"', ["skip-form"]),
        ("lines: 20-21", ["skip-form"]),
        ("lines: 1-", []),
        ("lines: last", ["skip-form"]),
        ("date: 2012", ["skip-form"]),
    ],
)
def test_what_a_source_skips(found, good, skip, rules):
    with (good / "seeds/book.yaml").open("a") as record:
        record.write(f"skip:\n  - {{{skip}, reason: planted}}\n")
    assert found() == rules
