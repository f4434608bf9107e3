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
    # what a spreadsheet would run is quoted (OWASP, "CSV injection")
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("@SUM", "'@SUM"),
    ("\tx", "'\tx"),
    ("\nx", '"\'\nx"'),
    ("\rx", '"\'\rx"'),
    ("\uff1d1", "'\uff1d1"),
    ("\uff0b1", "'\uff0b1"),
    ("\uff0d1", "'\uff0d1"),
    ("\uff20SUM", "'\uff20SUM"),
    ("=", "'="),
    ("-", "'-"),
    ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
    ("-1-1", "'-1-1"),
    ("--1", "'--1"),
    ("-x", "'-x"),
    ("- a list", "'- a list"),
    ("-0499x", "'-0499x"),
    ("-0499\n", '"\'-0499\n"'),
    # a number below nothing, and a date before Christ, is none of that
    (-3.25, "-3.25"),
    (-1, "-1"),
    ("-3.25", "-3.25"),
    ("-0499", "-0499"),
    ("-0499-03-15", "-0499-03-15"),
    ("-0499~", "-0499~"),
    ("-00XX", "-00XX"),
    ("-0012/0010", "-0012/0010"),
    ("-0499/..", "-0499/.."),
    # what stands further in is as it is, and every line end stays what it is
    ("a=b", "a=b"),
    ("a\rb", '"a\rb"'),
    ("one\r\ntwo\rthree", '"one\r\ntwo\rthree"'),
    ("a\u2028b\x1b", "a\u2028b\x1b"),
]


@pytest.mark.parametrize(("value", "written"), CELLS)
def test_a_value_is_written(value, written):
    assert table(["a", "b"], [[value, "x"]]) == f"a,b\n{written},x\n"


def test_rows_are_read_back():
    rows = [["Gao, Mali", "1"], ['"', ""], ["two\nlines", "2"], ["a\rb\r\nc", ""]]
    assert list(csv.reader(io.StringIO(table(["what", "n"], rows), newline=""))) == [["what", "n"], *rows]
