"""What each filter means, on stores made for it: the sentences of design.md and CONTRIBUTING.md as cases.

The right answers were written by hand, from those sentences.
"""

import pytest

# tests/cases/stores/parts: Front is part of Union from 2012 on, Guild always (no date), Band was attested as part of
# Front in 2013. Hirelings, Army and Villagers are part of nobody.
WHO = [
    # options, the events they find
    ("--actor front", "dawn siege raid mixed band claim denial rumour twice"),
    ("--actor 'People’s Front'", "dawn siege raid mixed band claim denial rumour twice"),
    ("--actor PF", "dawn siege raid mixed band claim denial rumour twice"),
    # a member counts while part of it: an interval from its beginning, a point only then, no date always
    ("--actor union", "siege raid mixed band guild claim denial rumour twice"),
    ("--actor band", "band lone"),
    # the actor itself
    ("--actor front --direct", "dawn siege raid mixed claim denial rumour twice"),
    ("--actor union --direct", "mixed"),
    # a repeated option gives alternatives
    ("--actor guild --actor band", "band lone guild"),
    # with --role: that actor in that role, not someone else
    ("--actor front --role target", "raid mixed twice"),
    ("--actor front:target", "raid mixed twice"),
    ("--actor 'front: TARGET'", "raid mixed twice"),
    ("--actor union:target", "raid mixed twice"),
    ("--actor union:perpetrator", "siege mixed band denial rumour twice"),
    ("--actor union:target --direct", ""),
    ("--actor front --role target --role claimant", "raid mixed claim twice"),
    ("--role mediator", "guild"),
    ("--role mediator --role supporter", "siege guild"),
    # --role is for the names without a role of their own; :ROLE is split at the last colon if a role follows
    ("--actor front:claimant --actor hirelings --role supporter", "siege claim"),
    ("--actor front:claimant --actor hirelings:supporter", "siege claim"),
    ("--actor Front:Liberation", "dawn siege raid mixed band claim denial rumour twice"),
    ("--actor Front:Liberation:target", "raid mixed twice"),
    # --with: took part too, in another part than the one that matched; all of several
    ("--actor front --with army", "dawn siege denial rumour"),
    ("--actor front --with hirelings", "siege raid claim"),
    ("--actor front:perpetrator --with hirelings:supporter", "siege"),
    ("--actor front --with hirelings:target", ""),
    ("--actor front --with army --with hirelings", "siege"),
    ("--actor front --with front", "twice"),
    ("--actor front --with band", ""),  # the part that matches is Band's own
    ("--actor union --with front", "mixed twice"),
    ("--actor union --with union", "mixed twice"),
    ("--with army --with hirelings", "siege"),
    ("--with guild", "guild"),
    ("--actor villagers --with union", "band"),
    ("--actor villagers --with union --direct", ""),
    ("--role target --with hirelings", "siege raid"),
    # --confirmed: the event is, and the part that matches
    ("--confirmed", "dawn siege raid mixed band lone guild claim denial twice"),
    ("--confirmed --actor front", "dawn siege raid mixed band claim twice"),
    ("--confirmed --actor hirelings", "siege raid"),
    ("--confirmed --actor front --with hirelings", "siege raid"),
    ("--confirmed --role perpetrator", "dawn siege raid mixed band lone twice"),
    # --exclude: all but what its filter finds
    ("--exclude actor=front", "lone guild"),
    ("--exclude actor=front --direct", "band lone guild"),
    ("--exclude actor=front:target", "dawn siege band lone guild claim denial rumour"),
    ("--exclude actor=front --exclude actor=guild", "lone"),
    ("--exclude role=perpetrator", "guild"),
    ("--exclude type=talks", "dawn siege raid mixed band lone claim denial rumour twice"),
    ("--exclude type=politics --exclude actor=army", "raid mixed band lone claim twice"),
    ("--exclude id=2011-05-01-dawn --actor army", "siege denial rumour"),
    # different options must all hold
    ("--actor union --role perpetrator --in 2013", "band"),
    ("--actor front --in 2013", "band"),
    ("--actor front --in 2013 --direct", ""),
    ("--actor union --until 2011", ""),
]


@pytest.mark.parametrize(("options", "found"), WHO)
def test_who(ask, options, found):
    assert ask.events("parts", options) == found


# tests/cases/stores/places: Town and Camp lie in the Coast Region, all but Isle and Reef in Land. Camp is 44.5 km south
# of Town, Ford 55.6 km east, Isle 22.2 km from Reef over the date line. The region's middle is Town's point.
WHERE = [
    ("--place town", "town both near"),
    ("--place 'old town'", "town both near"),
    ("--place coast", "town camp both near coast"),
    ("--place coast --direct", "coast"),
    ("--place land", "town camp both near coast land ford"),
    ("--place land --direct", "land"),
    ("--place camp --place isle", "camp both isle"),
    ("--region coast", "town camp both near coast"),
    ("--region COAST --region Sea", "town camp both near coast isle reef"),
    ("--region coast --place camp", "camp both"),
    ("--exclude place=coast", "land ford isle reef"),
    ("--exclude place=coast --direct", "town camp both near land ford isle reef"),
    ("--exclude region=coast", "land ford isle reef"),
    # around a point; what is known only by its region has none that could be near
    ("--place town:1km", "town both near"),
    ("--place town:44km", "town both near"),
    ("--place town:44.6km", "town camp both near"),
    ("--place 'Town:50 KM'", "town camp both near"),
    ("--place town:55km", "town camp both near"),
    ("--place town:56km", "town camp both near ford"),
    ("--place ford:56km", "town both near ford"),
    ("--place ford:70km", "town both near ford"),
    ("--place ford:72km", "town camp both near ford"),
    ("--place isle:22km", "isle"),
    ("--place isle:23km", "isle reef"),
    ("--place reef:23km", "isle reef"),
    ("--place isle:20100km", "town camp both near ford isle reef"),
    ("--place camp:50km --exclude place=town", "camp"),
    ("--exclude place=town:50km", "coast land ford isle reef"),
]


@pytest.mark.parametrize(("options", "found"), WHERE)
def test_where(ask, options, found):
    assert ask.events("places", options) == found


@pytest.mark.parametrize(
    ("store", "options", "told"),
    [
        ("places", "--place land:50km", "no point"),
        ("places", "--place nowhere:50km", "unknown place"),
        ("places", "--place town:50", "unknown place"),
        ("places", "--place town:-5km", "unknown place"),
        ("parts", "--actor front:sideways", "unknown actor"),
        ("parts", "--role sideways", "unknown role"),
        ("parts", "--with nobody", "unknown actor"),
        ("parts", "--exclude actor=nobody", "unknown actor"),
        ("parts", "--exclude actor", "KEY=VALUE"),
        ("parts", "--exclude aktor=front", "actor"),
        ("parts", "--exclude min=3", "one of"),
        ("parts", "--exclude id=2011-05-01-dusk", "2011-05-01-dawn"),
    ],
)
def test_what_nobody_knows_is_refused_not_empty(ask, store, options, told):
    assert told in ask.refusal(store, f"timeline {options}")


@pytest.mark.parametrize(
    ("options", "via"),
    [
        ("--actor union", {"siege": ["front"], "raid": ["front"], "band": ["band"], "guild": ["guild"],
                           "claim": ["front"], "denial": ["front"], "rumour": ["front"], "twice": ["front"]}),
        ("--actor front", {"band": ["band"]}),
        ("--actor union:target", {"raid": ["front"], "mixed": ["front"], "twice": ["front"]}),
        ("--actor union --direct", {}),
        ("--with union --actor villagers", {}),  # villagers themselves match
    ],
)  # fmt: skip
def test_json_says_through_whom(ask, options, via):
    rows = ask.rows("parts", options)
    assert {row["id"][11:]: row["via"] for row in rows if "via" in row} == via


# tests/cases/stores/tolls, all of 2012: what each event comes to is written beside it.
FIGURES = {
    "plain": "10/10/10", "modest": "5/5/20", "boast": "5/20/20", "village": "7/7/7", "mixed": "9/9/9",
    "report": "100/100/100", "first-telling": "30/30/30", "second-telling": "22/22/22", "whole": "50/50/50",
    "part": "20/20/20", "dozens": "12/12/12+", "wounded": "-", "camps": "-", "returns": "-", "nothing": "-",
}  # fmt: skip


def test_what_each_event_comes_to(ask):
    from helpers.asking import ends, short

    rows = ask.rows("tolls")
    assert {short(row["id"]): ends(row["killed"]) for row in rows} == FIGURES
    assert {short(row["id"]) for row in rows if row["disputed"]} == {"modest", "boast"}


WHAT = [
    # at least so many by the best figure: not by the low (Boast: 5), not by the high (Modest: 20)
    ("--min killed=20 --type battles", "boast first-telling second-telling whole part"),
    ("--min killed=21", "report first-telling second-telling whole"),
    ("--min killed=6 --until 2012-03", "plain boast"),
    ("--min killed=0 --since 2012-09", "dozens"),
    ("--min killed=101", ""),
    ("--min killed=99999999999999999999", ""),
    ("--disputed", "modest boast"),
    ("--type massacre", "village"),
    ("--type violence --type report", "village report camps returns"),
    ("--type Reporting", "report camps returns"),
    ("--outlet daily", "returns"),
    ("--outlet daily --type battles", ""),
    ("--exclude outlet=Daily --type report", "report camps"),
    ("--source book --type report", "report camps returns"),
    ("--source 'the book' -n 2", "plain modest"),
    # -n --reverse --sort choose no events
    ("-n 0", ""),
    ("--reverse -n 2", "nothing returns"),
    ("--sort date --reverse -n 2", "nothing returns"),
    # figures: largest best first, then date; what has none last, under --reverse too
    ("--sort killed --type battles -n 4", "whole first-telling second-telling boast"),
    ("--sort killed --type battles --until 2012-05", "boast plain mixed modest"),
    ("--sort killed --type battles --since 2012-08", "whole part dozens wounded nothing"),
    ("--sort killed --type battles --since 2012-08 --reverse", "dozens part whole nothing wounded"),
    ("--sort killed -n 3", "report whole first-telling"),
    ("--sort wounded -n 3", "wounded mixed plain"),
    ("--sort displaced -n 3", "camps returns plain"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "found"), WHAT)
def test_what(ask, options, found):
    assert ask.events("tolls", options) == found


def test_the_count_is_of_what_is_shown(ask):
    assert [ask.count("tolls", f"-n {n}") for n in (0, 2, 15, 99)] == [0, 2, 15, 15]


def test_a_sort_of_nothing_there_is_is_refused_with_the_nearest(ask):
    assert "killed" in ask.refusal("tolls", "timeline --sort kiled")
