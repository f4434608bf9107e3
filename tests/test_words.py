"""Whose words they are: what a record may share with its lines, and what it may not."""

import pytest

from mali_chrono.evidence import words
from mali_chrono.store.model import Actor, Chronology, Place

NAMES = words.names_of(
    Chronology(
        actors=(
            Actor(id="front", name="People's Front", kind="rebel-group"),
            Actor(id="jnim", name="Jama'at Nusrat al-Islam", short="JNIM", kind="rebel-group"),
        ),
        places=(Place(id="town", name="Town", precision=1, region="The Far North"),),
    )
)
LINE = "On that day JNIM's men came down from the hills and burned every house in Town before dawn"


@pytest.mark.parametrize(
    ("text", "run"),
    [
        # seven are still one's own, eight are not
        ("They came down from the hills and burned it", ""),
        ("They came down from the hills and burned every roof", "came down from the hills and burned every"),
        # case, accents, marks and line feeds make no difference
        ("CAME down, from the hills - and\nbürned: every", "CAME down, from the hills - and bürned: every"),
        # a name neither counts nor parts a run, whichever it is
        ("Burned every house in Town before dawn", ""),
        ("From the hills and burned every house in Town", "From the hills and burned every house in"),
        ("men came down from the hills and Jama'at Nusrat al-Islam burned every",
         "men came down from the hills and Jama'at Nusrat al-Islam burned every"),
        ("men came down from the hills of the Far North and burned", ""),
        ("The People's Front's men came down from the hills and Town burned",
         "men came down from the hills and Town burned"),
        # the whole of it is shown, and the first of two
        ("All that day men came down from the hills and burned every house in Town before dawn: on that day",
         "that day men came down from the hills and burned every house in Town before dawn:"),
        # other words between are one's own
        ("men came down from the high hills and burned every house in town", ""),
        ("", ""),
        ("JNIM", ""),
    ],
)  # fmt: skip
def test_more_than_seven_words_in_a_row(text, run):
    assert words.shared(text, [words.plain(LINE, NAMES)], NAMES) == run


def test_words_of_two_stretches_are_in_no_row():
    text = "They came from the hills and burned every house"
    assert words.shared(text, [words.plain("they came from the hills and burned every house", NAMES)], NAMES) == text
    assert words.shared(text, [words.plain(half, NAMES) for half in (text[:24], text[25:])], NAMES) == ""


def test_a_longer_name_goes_before_a_shorter_one_in_it():
    assert words.words_of("the Far North, north of Town's walls", NAMES) == ["north", "of", "walls"]
