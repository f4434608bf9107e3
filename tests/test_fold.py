"""Folding: what it says of names by hand, and character by character the same as text by text, over all of Unicode."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mali_chrono.text import fold

LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ɔ": "o", "ɛ": "e"}
)
APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻʿʾ`´ˈ＇"))


def fold_text(text: str) -> str:
    """The definition: the whole text at once, in plain steps."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(APOSTROPHES)).translate(APOSTROPHES)
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.translate(LETTERS).split())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Jama'at  Nuṣrat", "jamaat nusrat"),
        ("Ménaka", "menaka"),
        ("Straße", "strasse"),
        ("CSP-DPA (2024)", "csp dpa 2024"),
        ("Łódź, Ærø", "lodz aero"),
        ("ﬁve ½", "five 1 2"),
        ("İstanbul", "istanbul"),
        ("각", "\u1100\u1161\u11a8"),
        ("'’", ""),
    ],
)
def test_names_fold(text, folded):
    assert fold(text) == folded


def test_every_character_folds_as_the_definition_says():
    assigned = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) not in ("Cn", "Co", "Cs")]
    texts = ["a".join(assigned[at : at + 1000]) for at in range(0, len(assigned), 1000)]
    assert len(texts) > 100
    assert [fold(text) for text in texts] == [fold_text(text) for text in texts]


@given(st.text())
@example("각각")
@example("ệ")
def test_texts_fold_as_the_definition_says(text):
    assert fold(text) == fold_text(text)
