"""Comma-separated values: what a spreadsheet and Python's reader make of each value."""

import csv
import io

import pytest

from mali_chrono.render.csvtext import table

CELLS = [
    # (value, as written)
    ("plain", "plain"),
    (12, "12"),
    (None, ""),
    (True, "yes"),
    (False, ""),
    ('a "quote", and more', '"a ""quote"", and more"'),
    ("two\nlines", '"two\nlines"'),
    # what a spreadsheet would run is quoted, a date before Christ is none
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("@SUM", "'@SUM"),
    ("\tx", "'\tx"),
    ("\rx", '"\'\nx"'),
    ("one\r\ntwo\rthree", '"one\ntwo\nthree"'),
    ("=", "'="),
    ("-0499", "-0499"),
    ("a=b", "a=b"),
]


@pytest.mark.parametrize(("value", "written"), CELLS)
def test_a_value_is_written(value, written):
    assert table(["a", "b"], [[value, "x"]]) == f"a,b\n{written},x\n"


def test_rows_are_read_back():
    rows = [["Gao, Mali", "1"], ['"', ""], ["two\nlines", "2"]]
    assert list(csv.reader(io.StringIO(table(["what", "n"], rows)))) == [["what", "n"], *rows]
