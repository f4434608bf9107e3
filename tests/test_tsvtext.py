r"""Tab-separated values: a line is a row and a tab ends a cell, whatever is in it; what each value is written as."""

import pytest

from mali_chrono.render.tsvtext import lines

CELLS = [
    # (value, as written)
    ("plain", "plain"),
    (12, "12"),
    (None, ""),
    (True, "yes"),
    (False, ""),
    ('a "quote", and more', 'a "quote", and more'),
    ("two\nlines", r"two\nlines"),
    ("one\r\ntwo\rthree", r"one\r\ntwo\rthree"),
    ("a\tb", r"a\tb"),
    ("a\\b", r"a\\b"),
    ("a\\nb", r"a\\nb"),
    # what a spreadsheet would run is quoted as in csv
    ("=1+1", "'=1+1"),
    ("\tx", r"'\tx"),
    ("-0499", "-0499"),
]


@pytest.mark.parametrize(("value", "written"), CELLS)
def test_a_value_is_written(value, written):
    assert "".join(lines(["a", "b"], [[value, "x"]])) == f"a\tb\n{written}\tx\n"


def test_a_line_is_a_row():
    texts = [value for value, _ in CELLS]
    assert len("".join(lines(["a", "b"], [[text, text] for text in texts])).split("\n")) == 1 + len(texts) + 1
