"""What a wrong name is answered with, to the letter: small stores, where few enough things are listed in full."""

import pytest

ROLES = "author, claimant, mediator, participant, perpetrator, signatory, subject, supporter, target, victim"
REFUSED = [
    ("names", "--actor kieta", "unknown actor 'kieta': did you mean 'keita' (Ibrahim Keita)?"),
    (
        "names",
        "--actor zzzz",
        "unknown actor 'zzzz': one of army, assimi, goggle, goggle-plus, helpers, keita, mercury, someone",
    ),
    ("names", "--role xx", f"unknown role 'xx': one of {ROLES}"),
    ("names", "--region zzz", "unknown region 'zzz': the store has no regions"),
    ("names", "--source zz", "unknown source 'zz': one of book"),
    ("words", "--outlet zz", "unknown outlet 'zz': one of voice of america"),
    (
        "names",
        "--actor 'Operation Thunder'",
        "'Operation Thunder' is no actor but a period; ask for its time: --in operation-thunder --actor army",
    ),
    (
        "names",
        "--exclude id=2013-05-01-cop",
        "no event '2013-05-01-cop': did you mean '2013-05-01-coup', '2003-03-01-orbit' or '2015-05-02-after'?",
    ),
    ("names", "--exclude id=zzzz", "no event 'zzzz'"),
    (
        "names",
        "--exclude colour=red",
        "--exclude knows no 'colour': one of: actor, role, place, region, type, tag, source, outlet, id",
    ),
    ("names", "--exclude typ=red", "--exclude knows no 'typ': did you mean 'type'?"),
    (
        "names",
        "--sort xyz",
        (
            "--sort knows no 'xyz': one of: date, killed, wounded, abducted, missing, captured, released, arrested,"
            " displaced"
        ),
    ),
]


@pytest.mark.parametrize(("store", "options", "said"), REFUSED)
def test_a_wrong_name_is_answered_with_those_there_are(ask, store, options, said):
    assert ask.refusal(store, f"timeline {options}").strip() == f"error: {said}"


# The shipped store has more than can be listed.
SHIPPED = [
    ("--actor zzzzzz", "unknown actor 'zzzzzz': give an id, a name or an alias"),
    ("--outlet BCC", "unknown outlet 'BCC': did you mean 'BBC'?"),
]


@pytest.mark.parametrize(("options", "said"), SHIPPED)
def test_where_there_are_many_the_nearest_are_offered(chrono, options, said):
    ended = chrono("timeline", *options.split())
    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {said}\n")


def test_no_more_than_six_are_offered_and_those_with_the_whole_word_first(chrono):
    said = chrono("timeline", "--actor", "keita").err
    offered = said.removeprefix("error: unknown actor 'keita': did you mean ").split(", ")
    assert offered[:3] == ["'modibo-keita'", "'ibrahim-boubacar-keita'", "'sundiata-keita'"]
    assert said.count("'") == 2 + 2 * 6
    assert said.endswith(" or 'assimi-goita'?\n")
