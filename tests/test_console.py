"""What a table of given widths looks like: wrapped, never cut, aligned, coloured."""

import re
import shutil

import pytest
from conftest import ROOT

from mali_chrono.render.console import draw, fit, in_line, lay_out, rule, wrap
from mali_chrono.render.look import Column, Look

PLAIN = Look(20, color=False, unicode=True)
COLORED = Look(20, color=True, unicode=True)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 5, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one two three", 9, ["one two", "three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("x abcdefgh y", 4, ["x", "abcd", "efgh", "y"]),
        ("x abcde y", 4, ["x", "abcd", "e y"]),
        ("日本語", 4, ["日本", "語"]),
        ("日本", 1, ["日", "本"]),
        ("e\u0301te\u0301", 3, ["e\u0301te\u0301"]),
    ],
)
def test_words_stay_whole_where_a_line_can_hold_them(text, room, lines):
    assert wrap(text, room) == lines


def test_columns_stand_under_each_other():
    columns = [Column("when"), Column("what"), Column("killed", right=True)]
    rows = [
        ([("1312", "cyan")], [("Mansa Musa reigns", "bold"), ("Mali", "dim")], [("7", "red")]),
        ([("2012", "cyan")], [("", "bold")], [("144", "red")]),
        ([("日本", "cyan")], [("A coup", "bold")], []),
    ]
    assert lay_out(columns, rows, [4, 10, 3], PLAIN) == (
        "1312  Mansa Musa    7\n"
        "      reigns\n"
        "      Mali\n"
        "2012              144\n"
        "日本  A coup\n"
    )  # fmt: skip
    assert lay_out(columns[:2], [row[:2] for row in rows[:1]], [4, 10], COLORED) == (
        "\x1b[36m1312\x1b[0m  \x1b[1mMansa Musa\x1b[0m\n"
        "      \x1b[1mreigns\x1b[0m\n"
        "      \x1b[2mMali\x1b[0m\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("naturals", "least", "weights", "room", "widths"),
    [
        ([4, 10], [1, 1], [1, 1], 14, [4, 10]),  # all fits
        ([4, 10], [1, 1], [1, 1], 10, [4, 6]),  # what is less than its share stays as it is
        ([20, 20], [1, 1], [3, 1], 20, [15, 5]),  # shares by weight
        ([20, 20], [1, 9], [3, 1], 20, [11, 9]),  # never less than the least
    ],
)
def test_scarce_room_is_shared(naturals, least, weights, room, widths):
    assert fit(naturals, least, weights, room) == widths


def test_a_rule_and_a_line_break_where_they_are_too_long():
    assert draw([rule("2012", 20, PLAIN), rule("", 0, PLAIN)], 20, PLAIN) == "── 2012 " + "─" * 12 + "\n\n"
    assert draw([rule("The history of Mali in short", 20, PLAIN)], 20, PLAIN) == "── The history of\nMali in short\n"
    assert draw([in_line([("Mali  ", "cyan"), ("12  7", "")], 20, PLAIN)], 20, PLAIN) == "Mali  12  7\n"
    assert draw([in_line([("Mali, all of it  ", "cyan"), ("12  7", "")], 20, PLAIN)], 20, PLAIN) == (
        "Mali, all of it  12\n7\n"
    )


def lines_of(chrono, terminal, width, *words):
    """An answer on a terminal of so many columns."""
    terminal(width)
    return chrono(*words, "--store", str(ROOT / "mali_chrono/examples/company")).out.splitlines()


@pytest.mark.parametrize("width", [24, 40, 60, 80])
def test_an_id_of_a_list_is_whole(chrono, terminal, width):
    lines = lines_of(chrono, terminal, width, "list", "types")
    assert max(map(len, lines)) <= width
    assert {line.split()[0] for line in lines if line} >= {"closing", "acquisition", "founding", "appointment"}


def test_a_clock_time_stands_on_one_line_where_there_is_room(chrono, terminal):
    terminal(200)
    shown = chrono("timeline", "--store", str(ROOT / "mali_chrono/examples/outage")).out
    assert "5 Mar 2024 11:02 UTC+1" in shown


def test_an_empty_column_of_actors_goes_before_one_with_figures(chrono, terminal, tmp_path):
    """Everything was done to the firm, and nothing by it."""
    shutil.copytree(ROOT / "mali_chrono/examples/company", tmp_path / "s")
    for name, old, new in (
        ("vocabulary.yaml", "head, means: told-of", "head, means: suffers"),
        ("events.yaml", "lindqvist, role: owner", "lindqvist, role: head"),
    ):
        file = tmp_path / "s" / "data" / name
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    terminal(40)
    shown = chrono("actor", "--store", str(tmp_path / "s")).out
    assert re.search(r"^actor +events +own jobs cut$", shown, re.MULTILINE)
    assert "230/230/250" in shown
