"""Times that contradict each other: what must be found, and what may be right by some reading of the dates."""

import pytest
from helpers.ruling import actor, event, found

from mali_chrono.dates.edtf import parse
from mali_chrono.dates.surely import may, must

FRONT, ARMY, UNION = actor("front"), actor("army", "state-forces"), actor("union")
PERIOD = "- id: war\n  name: The War\n  kind: war\n  date: 2011/2015\n  cites: [book:3]\n"


@pytest.mark.parametrize(
    ("date", "same"),
    [
        ("2011", "2011"),
        ("2011?", None),  # may be any day, and surely is none
        ("2011%", None),
        ("2011-05/2012?", "2011-05/"),
        ("2011?/2012-05-01", "/2012-05-01"),
        ("2011?/2012?", None),
        ("2011?/..", None),
        ("[2011,2012?]", None),
        ("2011~", "2011~"),  # widened already
    ],
)
def test_what_is_doubted_proves_nothing(date, same):
    expected = (may(parse(same)), must(parse(same))) if same else (((None, None),), None)
    assert (may(parse(date)), must(parse(date))) == expected


def test_an_open_set_may_be_any_day_and_a_gap_is_none():
    assert may(parse("[..2011-05-02]"))[0][0] is None
    assert len(may(parse("[1962,1964]"))) == 2
    assert len(may(parse("1962"), parse("1964"))) == 2
    assert len(may(parse("1962"), parse("1963"))) == 1


@pytest.mark.parametrize(
    ("whole", "part", "wrong"),
    [
        ("2011-05-01/2011-05-03", "2011-05-02", False),
        ("2011-05-01/2011-05-03", "2011-05-04", True),
        ("2011-05-01/2011-05-03", "2011-05", False),
        ("2011-05-01/2011-05-03", "2011-05-02/2011-05-09", True),  # it lasted longer
        ("2011-05-01/2011-05-03", "[2011-05-02..2011-05-09]", False),  # some day of these
        ("2011-05-01/2011-05-03", "2011-05-02/..", True),
        ("2011-05-01/2011-05-03", "2011-05-02/", False),
        ("2011-05-01/2011-05-03", "2011-05-04~", False),
        ("2011-05-01/2011-05-03", "2011-06?", False),
        ("2011-05-01/2011-05-03?", "2011-06", False),
        ("2011-05-01/..", "2019", False),
        ("2011-05-01/", "2019", False),
        ("2011-05-01/..", "2010", True),
        ("[..2011-05]", "2009", False),
        ("[1962,1964]", "1963", True),
        ("2011-05", "2011", False),
        ("2011", "2012~", False),
        ("2011-05-01", "2011-05-01T12:00:00", False),
    ],
)
def test_part_lies_inside_its_whole(good, whole, part, wrong):
    events = event("whole", whole) + event("part", part, links="[{to: whole, kind: part-of}]")
    assert found(good, "part-time", events=events) == ["part"] * wrong


@pytest.mark.parametrize(
    ("fields", "of_part", "wrong"),
    [
        ({"also": "[{date: 2011-06, kind: covers}]"}, {}, False),
        ({"also": "[{date: 2011-06, kind: told}]"}, {}, False),
        ({"also": "[{date: 2011-06, kind: announced}]"}, {}, True),
        ({"also": "[{date: 2011, kind: told}]"}, {}, True),  # the same, less exactly
        ({}, {"also": "[{date: 2011-05-01, kind: told}]"}, False),
        ({}, {"also": "[{date: 2011, kind: told}]"}, True),
        ({}, {"also": "[{date: 2011-05-01, kind: planned}]"}, True),
        ({}, {"links": "[{to: whole, kind: follow-up-of}]"}, False),
    ],
)
def test_rival_dates_and_what_a_whole_speaks_of_are_its_time(good, fields, of_part, wrong):
    events = event("whole", "2011-05-01", **fields)
    events += event("part", "2011-06-02", **{"links": "[{to: whole, kind: part-of}]", **of_part})
    assert found(good, "part-time", events=events) == ["part"] * wrong


@pytest.mark.parametrize(
    ("active", "date", "wrong"),
    [
        ("2010/2013", "2013", False),
        ("2010/2013", "2014", True),
        ("2010/2013", "2013/2015", False),  # it took part while it was there
        ("2010/2013", "[..2014]", False),
        ("2010/2013", "2014?", False),
        ("2010/2013?", "2014", False),
        ("2010/", "2019", False),
        ("/2013", "1990", False),
        ("../2013", "2014", True),
        ("[1962,1964]", "1963", True),
    ],
)
def test_actor_acts_while_it_is_active(good, active, date, wrong):
    files = {"actors": actor("front", active=f'"{active}"'), "periods": PERIOD, "events": event("raid", date)}
    assert found(good, "actor-span", **files) == ["raid"] * wrong


@pytest.mark.parametrize(
    ("kind", "role", "date", "wrong"),
    [
        ("person", "subject", "2014", False),
        ("person", "subject", "2009", True),
        ("person", "author", "2014", True),
        ("rebel-group", "subject", "2014", True),
    ],
)
def test_of_people_one_may_tell_when_they_are_gone(good, kind, role, date, wrong):
    """A person is remembered, honoured, buried elsewhere; a group that is gone is another one, or a mistake."""
    files = {"actors": actor("front", kind=kind, active="2010/2013"), "periods": PERIOD}
    assert found(good, "actor-span", **files, events=event("raid", date, f"front: {role}")) == ["raid"] * wrong


FOUNDED = event("start", "2010-05", "front: subject", type="group-founded")
DISSOLVED = event("end", "2012-05", "front: subject", type="group-dissolved")
TYPES = "".join(
    f"- id: {ident}\n  name: {ident}\n  category: {category}\n  acled: none\n{more}"
    for ident, category, more in [
        ("armed-clash", "battles", ""), ("report", "reporting", ""),
        ("group-founded", "groups", "  founds: true\n"), ("group-dissolved", "groups", "  dissolves: true\n"),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("who", "relations", "date", "wrong"),
    [
        # who comes from another begins then; the old name ends
        ("front", ["renamed-from, actor: army, date: 2011"], "2010", True),
        ("front", ["renamed-from, actor: army, date: 2011"], "2011", False),
        ("front", ["splinter-of, actor: army, date: 2011"], "2010", True),
        ("front", ["alliance-of, actor: army, date: 2011"], "2010", True),
        ("front", ["alliance-of, actor: army, date: 2011?"], "2010", False),
        ("front", ["alliance-of, actor: army, date: '[..2011]'"], "2010", False),
        ("front", ["alliance-of, actor: army"], "2010", False),
        ("army", ["renamed-from, actor: front, date: 2011"], "2012", True),
        ("army", ["renamed-from, actor: front, date: 2011"], "2011-12", False),
        # whom another one split from, or merged, may go on
        ("army", ["splinter-of, actor: front, date: 2011"], "2012", False),
        ("army", ["alliance-of, actor: front, date: 2011"], "2012", False),
        # who joined another one ceased, but may have come back
        ("front", ["joined, actor: army, date: 2011"], "2012", True),
        ("front", ["joined, actor: army, date: 2011"], "2010", False),
        ("front", ["joined, actor: army, date: 2011, certainty: disputed"], "2012", False),
        ("front", ["joined, actor: army, date: 2011", "splinter-of, actor: army, date: 2013"], "2012", False),
        ("front", ["joined, actor: army, date: 2011", "splinter-of, actor: army, date: 2013"], "2009", False),
        ("front", ["splinter-of, actor: army, date: 2010", "joined, actor: army, date: 2011"], "2009", True),
        ("front", ["splinter-of, actor: army, date: 2010", "joined, actor: army, date: 2011"], "2012", True),
        # of two that it comes from the first counts
        ("front", ["alliance-of, actor: army, date: 2011", "alliance-of, actor: union, date: 2013"], "2012", False),
        ("front", ["alliance-of, actor: army, date: 2011", "alliance-of, actor: union, date: 2013"], "2010", True),
    ],
)
def test_actor_acts_after_it_came_and_before_it_went(good, who, relations, date, wrong):
    others = [ident for ident in ("front", "army", "union") if ident != who]
    actors = actor(who, relations=", ".join(f"{{kind: {relation}}}" for relation in relations))
    files = {"actors": actors + "".join(map(actor, others)), "periods": PERIOD, "events": event("raid", date)}
    assert found(good, "actor-span", **files) == ["raid"] * wrong


def test_its_own_word_stands_above_where_an_actor_comes_from(good):
    front = actor("front", active="2005/..", relations="{kind: renamed-from, actor: army, date: 2011}")
    files = {"actors": front + ARMY, "periods": PERIOD, "events": event("raid", "2010")}
    assert found(good, "actor-span", **files) == []


@pytest.mark.parametrize(
    ("told", "was", "became", "date", "wrong"),
    [
        (FOUNDED, "", "", "2010-04", True),
        (FOUNDED, "", "", "2010-05", False),
        (DISSOLVED, "", "", "2012-06", True),
        (DISSOLVED, "", "", "2012-05", False),
        (FOUNDED, "subject", "participant", "2010-04", False),
        (FOUNDED, "subject", "subject, certainty: disputed", "2010-04", False),
        (FOUNDED, "subject}", "subject}, {actor: army, role: subject}", "2010-04", False),  # which of them?
        (FOUNDED, "type:", "certainty: claimed\n  type:", "2010-04", False),
        (FOUNDED, "type:", "also: [{date: 2009, kind: told}]\n  type:", "2010-04", False),
    ],
)
def test_founding_and_dissolution_are_told_by_events(good, told, was, became, date, wrong):
    assert was in told
    files = {"actors": FRONT + ARMY, "periods": PERIOD, "types": TYPES}
    events = told.replace(was, became, 1) + event("raid", date)
    assert found(good, "actor-span", events=events, **files) == ["raid"] * wrong


CHIEF = actor("chief", "person")
KILLED = {"tolls": "[{killed: 1, of: chief}]"}


@pytest.mark.parametrize(
    ("death", "deed", "wrong"),
    [
        (KILLED, ("2012", "chief: participant"), True),
        (KILLED, ("2012", "chief: author"), True),
        (KILLED, ("2012", "chief: target"), True),
        (KILLED, ("2012", "chief: subject"), False),
        (KILLED, ("2012", "chief: victim"), False),
        (KILLED, ("2012?", "chief: participant"), False),
        (KILLED, ("2011-05-01", "chief: participant"), False),
        (KILLED, ("2011", "chief: participant"), False),
        (KILLED, ("[..2012]", "chief: participant"), False),
        ({"tolls": "[{wounded: 1, of: chief}]"}, ("2012", "chief: participant"), False),
        ({"tolls": "[{killed: 0, of: chief}]"}, ("2012", "chief: participant"), False),
        ({"tolls": "[{killed: up to 1, of: chief}]"}, ("2012", "chief: participant"), False),
        ({"tolls": "[{killed: 1, of: chief, says: front}]"}, ("2012", "chief: participant"), False),
        ({"tolls": "[{killed: 1, of: chief, certainty: disputed}]"}, ("2012", "chief: participant"), False),
        ({**KILLED, "certainty": "suspected"}, ("2012", "chief: participant"), False),
        ({**KILLED, "type": "report"}, ("2012", "chief: participant"), False),
        ({**KILLED, "also": "[{date: 2013, kind: told}]"}, ("2012", "chief: participant"), False),
        ({"tolls": "[{killed: 1, of: front}]"}, ("2012", "front: participant"), False),  # no person
    ],
)
def test_nobody_acts_after_death(good, death, deed, wrong):
    events = event("death", "2011-05-01", "front: target, chief: target", **death) + event("deed", *deed)
    files = {"actors": FRONT + CHIEF, "periods": PERIOD, "events": events}
    assert found(good, "after-death", **files) == ["deed"] * wrong


def test_of_two_deaths_the_later_counts_and_is_none_after_the_other(good):
    events = event("one", "2011", "chief: target", **KILLED) + event("other", "2013", "chief: target", **KILLED)
    files = {"actors": CHIEF, "periods": PERIOD, "events": events + event("deed", "2012", "chief: participant")}
    assert found(good, "after-death", **files) == []


@pytest.mark.parametrize(
    ("active", "relation", "wrong"),
    [
        ("2010/2013", "part-of, actor: union, date: 2012", False),
        ("2010/2013", "part-of, actor: union, date: 2014", True),
        ("2010/2013", "part-of, actor: union, date: 2012/2015", True),
        ("2010/2013", "part-of, actor: union, date: 2012/..", True),
        ("2010/2013", "part-of, actor: union, date: 2012/", False),
        ("2010/2013", "part-of, actor: union, date: /2012", False),
        ("2010/2013", "part-of, actor: union, date: 2012/2013", False),
        ("2010/2013", "part-of, actor: union, date: 2012/2015?", False),
        ("2010/2013", "part-of, actor: union, date: 2012/2015, certainty: disputed", False),
        ("2010/2013?", "part-of, actor: union, date: 2012/..", False),
        ("2010/..", "part-of, actor: union, date: 2012/..", False),
        ("2010/2013", "part-of, actor: union", False),
        ("2010/2013", "led-by, actor: chief, date: 2011-04", False),
        ("2010/2013", "led-by, actor: chief, date: 2012", True),  # killed in May 2011
        ("2010-05-01/2013", "splinter-of, actor: union, date: 2010-04-30", False),  # the day before
        ("2010-05-01/2013", "splinter-of, actor: union, date: 2010-04-29", True),
    ],
)
def test_relation_lies_inside_both_lives(good, active, relation, wrong):
    front = actor("front", active=f'"{active}"', relations=f"{{kind: {relation}}}")
    death = event("death", "2011-05-01", "chief: target", **KILLED)
    files = {"actors": front + UNION + CHIEF, "periods": PERIOD, "events": death}
    assert found(good, "relation-span", **files) == ["front"] * wrong


@pytest.mark.parametrize(
    ("date", "wrong"),
    [("2011", 0), ("2014/2015", 0), ("2014/2016", 1), ("2016", 1), ("2010/2012", 1), ("2014/", 0), ("2014/2016?", 0)],
)
def test_side_is_taken_inside_the_period(good, date, wrong):
    period = PERIOD + f"  actors: [{{actor: front, date: {date}}}]\n"
    files = {"actors": FRONT, "periods": period, "events": event("raid", "2011")}
    assert found(good, "relation-span", **files) == ["war"] * wrong


@pytest.mark.parametrize(
    ("old", "new", "date", "wrong"),
    [
        ("2005/2010", "2010/..", "2010", False),
        ("2005/2011", "2010/..", "2010", True),  # to some day of 2011
        ("2005/..", "2010/..", "2010", True),
        ("2005/", "2010/..", "2010", False),
        ("2005/2012?", "2010/..", "2010", False),
        ("2005/2010", "2008/..", "2010", True),
        ("2005/2010", "2008?/..", "2010", False),
        ("2005/2010-05-01", "2010-05-01/..", None, False),
        ("2005/2010-05-02", "2010-05-01/..", None, True),
        ("2005/2012", None, None, False),
        (None, None, "2010", False),
        ("2005/2012", "2010/..", "2010, certainty: disputed", False),
    ],
)
def test_renamed_actor_has_one_name_at_a_time(good, old, new, date, wrong):
    when = f", date: {date}" if date else ""
    front = actor("front", relations=f"{{kind: renamed-from, actor: union{when}}}", **({"active": new} if new else {}))
    files = {"actors": actor("union", **({"active": old} if old else {})) + front, "periods": PERIOD}
    assert found(good, "renamed-active", events=event("raid", "2010", "front: target"), **files) == ["front"] * wrong


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ("2010-01-01/2012-05-01", "2012-05-01/2014-01-01", False),  # the day of the change
        ("2010-01-01/2012-05-01", "2012-04-30/2014-01-01", True),
        ("2010-01-01/2012-05-01", "2012-04-30", True),
        ("2010-01-01/2012-05-01", "2012-05-01", False),
        ("2010-01-01/2012-05-01", "2010-01-01", False),
        ("2010-01-01/2012-05-01", "2012", False),
        ("2010-01-01/2012-05-01", "2012-04-30?", False),
        ("2010-01-01/2012-05-01?", "2012-04-30", False),
        ("2010-01-01/2012-05-01", "2012-04-30, certainty: disputed", False),
        ("2010/2012", "2012/2014", False),
        ("2010/2012", "2011/2014", True),  # the new year of 2012 lies in both
        ("2010/2012", "2012-01-01/2014", False),
        ("2010/..", "2014/..", True),
        ("2010/", "2014/..", False),
        ("2010-01-01", "2010-01-01", False),
    ],
)
def test_office_has_one_holder(good, first, second, wrong):
    holds = "{{kind: holds, actor: front, office: {}, date: {}}}"
    actors = FRONT + actor("ada", "person", holds.format("head of the Front", first))
    actors += actor("ben", "person", holds.format("Head of the front", second))
    files = {"actors": actors, "periods": PERIOD, "events": event("raid", "2011")}
    assert found(good, "two-holders", **files) == ["ben"] * wrong


def test_other_offices_and_one_holder_twice_are_no_matter(good):
    holds = "{{kind: holds, actor: {}, office: {}, date: 2010/2015}}"
    ada = ", ".join([holds.format("front", "head"), holds.format("front", "head"), holds.format("army", "chief")])
    actors = FRONT + ARMY + actor("ada", "person", ada)
    actors += actor("ben", "person", holds.format("army", "head"))
    actors += actor("cat", "person", holds.format("army", "chief"))
    files = {"actors": actors, "periods": PERIOD, "events": event("raid", "2011")}
    assert found(good, "two-holders", **files) == ["cat"]


def test_holder_is_found_behind_a_short_one(good):
    holds = "{{kind: holds, office: king, date: {}}}"
    dates = {"ada": "2000-01-01/2020-01-01", "ben": "2001-01-01/2002-01-01", "cat": "2010-01-01/2030-01-01"}
    actors = FRONT + "".join(actor(name, "person", holds.format(date)) for name, date in dates.items())
    files = {"actors": actors, "periods": PERIOD, "events": event("raid", "2011")}
    assert found(good, "two-holders", **files) == ["ben", "cat"]


@pytest.mark.parametrize(
    ("front", "wrong"),
    [
        (actor("front", relations="{kind: led-by, actor: chief}"), False),
        (actor("front", relations="{kind: led-by, actor: union}"), True),
        (actor("front", relations="{kind: part-of, actor: union}"), False),
        (actor("front", relations="{kind: holds, office: king}"), True),
        (actor("front", "person", relations="{kind: holds, office: king}"), False),
    ],
)
def test_people_lead_and_hold_offices(good, front, wrong):
    files = {"actors": front + UNION + CHIEF, "periods": PERIOD, "events": event("raid", "2011")}
    assert found(good, "not-a-person", **files) == ["front"] * wrong


@pytest.mark.parametrize(
    ("date", "kind", "wrong"),
    [
        ("2011-05-01", "told", True),
        ("2011-05-01", "announced", True),
        ("2011-05-01", "covers", True),
        ("2011-05-01", "planned", False),  # it went as planned
        ("2011-05", "told", False),
        ("2011-05-01?", "told", False),
    ],
)
def test_another_date_is_another(good, date, kind, wrong):
    raid = event("raid", "2011-05-01", also=f"[{{date: {date}, kind: {kind}}}]")
    assert found(good, "same-date", events=raid) == ["raid"] * wrong


def test_open_set_that_is_covered_reaches_further_than_the_date(good):
    poll = event("poll", "[2011-05-01..]", also='[{date: "[2011-05-01..]", kind: covers}]')
    assert found(good, "same-date", events=poll) == []
