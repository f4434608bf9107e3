"""Tables as documents: their cells, what is read in one, and how much is read."""

import csv
import hashlib
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.evidence import documents, phrases, readings
from mali_chrono.evidence.cells import read_cells
from mali_chrono.evidence.verify import Scope, verify
from mali_chrono.store.load import load
from mali_chrono.store.locate import find


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a,b", [(1, "a", "b")]),
        ("6876,562,TST1", [(1, "6876", "562", "TST1")]),
        ('"6,876",562', [(1, "6,876", "562")]),
        ('"he said ""no""",4', [(1, 'he said "no"', "4")]),
        ('5" gun,4', [(1, '5" gun', "4")]),
        ('"a"b,c', [(1, "ab", "c")]),
        ("a,,b,", [(1, "a", "", "b", "")]),
        ("", [(1, "")]),
        ("a;b,c;d\n1;2,5;3", [(1, "a", "b,c", "d"), (2, "1", "2,5", "3")]),
        ("a\tb\n1,2\t3", [(1, "a", "b"), (2, "1,2", "3")]),
        ("alone\n1,2", [(1, "alone"), (2, "1", "2")]),
        # a cell that goes on over lines
        ('a,b\n1,"two\nlines, and",3\n4,5', [(1, "a", "b"), (2, "1", "two"), (2, "lines, and", "3"), (4, "4", "5")]),
        ('a,b\n1,"two\n\nmore"', [(1, "a", "b"), (2, "1", "two"), (2, ""), (2, "more")]),
        ('1,"open', [(1, "1", "open")]),
    ],
)
def test_cells_of_each_line(text, pieces):
    assert [(piece.head, *piece.cells) for piece in read_cells(text.split("\n"))] == pieces


CELLS = st.text(st.sampled_from('ab1 ,"'), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_cells_are_those_of_the_standard_library(rows):
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([["head", "of", "it"], *rows])
    lines = written.getvalue().removesuffix("\n").split("\n")
    assert [list(piece.cells) for piece in read_cells(lines)][1:] == rows


EVENT = """\
- id: {day}-e{n:05d}
  date: {date}
  title: Attack on Town
  type: armed-clash
  places: [town]
  actors:
    - {{actor: army, role: target}}
  tolls:
    - {{killed: {killed}}}
  cites: [book:{line}]
  summary: Attack on Town.
"""


@pytest.fixture
def world(good):
    """A store whose book is a text of some name and format, told by events of (date, killed, line)."""

    def world(text, events, file="book.csv", form="text"):
        (good / "data" / "events.yaml").write_text(
            "".join(
                EVENT.format(n=n, day=date[:10], date=date, killed=killed, line=line)
                for n, (date, killed, line) in enumerate(events)
            )
        )
        (good / "data" / "periods.yaml").unlink(missing_ok=True)
        actors = good / "data" / "actors.yaml"
        actors.write_text("- {id: army, name: Army, kind: state-forces}\n")
        (good / "seeds" / "book.yaml").write_text(
            f"id: book\ntitle: The Book\nfile: {file}\nsha256: {hashlib.sha256(text.encode()).hexdigest()}\n"
            f"lines: {len(text.splitlines())}\nformat: {form}\nas_of: 2020-01\nlicence: CC0\nsummary: A book.\n"
        )
        copies = good.parent / "copies"
        copies.mkdir(exist_ok=True)
        (copies / file).write_text(text, "utf-8")
        loaded = load(find(str(good), None))
        assert loaded.problems == []
        found, problems = documents.find(copies, loaded.chronology.sources)
        assert problems == []
        return loaded, readings.read(found, loaded.chronology.sources)

    return world


def faults(loaded, copies, scope=None):
    report = verify(loaded, copies, *([scope] if scope else []))
    return [(problem.rule, problem.line) for problem in report.problems]


HEAD = "data_id,iso,event_id,event_date,type,fatalities,timestamp\n"
ROW = "6876,562,TST1,2019-05-05,Attack,4,1557014400\n"


@pytest.mark.parametrize(
    ("text", "killed", "wrong"),
    [
        (HEAD + ROW, "4", []),
        (HEAD + ROW, "562", []),
        (HEAD + ROW, "5", ["figure-not-printed"]),
        (HEAD + ROW, "6876562", ["figure-not-printed"]),
        (HEAD + ROW.replace("6876,562", '"6,876",562'), "6876", []),
        (HEAD.replace(",", ";") + ROW.replace(",", ";"), "4", []),
        # a cell of four digits is a number, though it could be a year
        (HEAD + ROW.replace(",4,", ",1914,"), "1914", []),
        (HEAD + ROW.replace("4,1557", '"killing 31, it is said",1557'), "31", []),
        # a day with its time, and one in words
        (HEAD + ROW.replace("2019-05-05", "2019-05-05 00:00:00.000"), "4", []),
        (HEAD + ROW.replace("2019-05-05", "2019-05-05T08:30:00Z"), "4", []),
        (HEAD + ROW.replace("2019-05-05", "05 May 2019"), "4", []),
        (HEAD + ROW.replace("2019-05-05", '"May 5, 2019"'), "4", []),
        # dates of neighbouring cells are no range, and each is told
        (HEAD + ROW.replace("2019-05-05", "2019-05-05,2019-05-05"), "4", []),
        (HEAD + ROW.replace("2019-05-05", "2019-05-05,2019-05-09"), "4", ["date-open"]),
    ],
)
def test_a_cell_is_read_by_itself(world, text, killed, wrong):
    loaded, copies = world(text, [("2019-05-05", killed, 2)])
    assert [rule for rule, _ in faults(loaded, copies)] == wrong


@pytest.mark.parametrize(
    ("cell", "time", "wrong"),
    [
        ("0958", "T09:58:00", []),
        ("09:58", "T09:58:00", []),
        ("9:58 PM", "T21:58:00", []),
        ("09:58:30", "T09:58:30", []),
        ("0958", "T09:59:00", ["time-not-printed"]),
        ("0958", "", []),
        ("", "", []),
        ("", "T09:58:00", ["time-not-printed"]),
    ],
)
def test_a_column_of_times_proves_a_time_and_needs_none(world, cell, time, wrong):
    text = HEAD.replace("type", "hour,type") + ROW.replace("Attack", f"{cell},Attack")
    loaded, copies = world(text, [(f"2019-05-05{time}", "4", 2)])
    assert [rule for rule, _ in faults(loaded, copies)] == wrong


@pytest.mark.parametrize(("file", "form"), [("book.csv", "text"), ("BOOK.CSV", "text"), ("book.txt", "csv")])
def test_a_table_is_known_by_its_format_or_its_name(world, file, form):
    assert faults(*world(HEAD + ROW, [("2019-05-05", "4", 2)], file, form)) == []


def test_prose_under_another_name_is_no_table(world):
    assert ("figure-not-printed", 9) in faults(*world(HEAD + ROW, [("2019-05-05", "4", 2)], "book.txt"))


def test_a_first_row_of_values_is_no_head(world):
    assert faults(*world(ROW + ROW, [("2019-05-05", "4", 2)])) == [("line-open", 1), ("date-open", 1)]


def test_a_year_in_a_cell_proves_a_year_and_needs_no_entry(world):
    text = "year,event\n2019,Attack killing 4\n2020,Attack killing 5\n"
    assert faults(*world(text, [("2019", "4", 2)])) == [("line-open", 3)]


def test_a_row_over_lines_belongs_together(world):
    text = HEAD + '6876,562,TST1,2019-05-05,"Attack,\nin which 4 died",9,1\n'
    loaded, copies = world(text, [("2019-05-05", "4", 3)])
    assert faults(loaded, copies) == [("line-open", 2)]


def big(count):
    """A table of many rows, and the events they tell."""
    note = "On {day} March 2019, armed men attacked Town (Region, Town) and killed {n} people, wounding 12 others"
    rows = [
        f'{n},2019-03-{n % 28 + 1:02d},2019,Battles,"{note.format(day=n % 28 + 1, n=n + 1)}",{n + 1}'
        for n in range(count)
    ]
    events = sorted((f"2019-03-{n % 28 + 1:02d}", n + 1, n + 2) for n in range(count))
    return "\n".join(["id,event_date,year,type,notes,fatalities", *rows]) + "\n", events


def test_each_line_is_scanned_once(world, monkeypatch):
    loaded, copies = world(*big(60))
    lines = {line.text for line in copies.documents["book"].lines}
    scanned = []
    scan = phrases.scan
    monkeypatch.setattr(phrases, "scan", lambda text, table: scanned.append(text) or scan(text, table))
    assert faults(loaded, copies) == []
    assert sorted(text for text in scanned if text in lines) == sorted(lines - {copies.line(("book", 1)).text})


def test_only_what_is_asked_for_is_read(world, monkeypatch):
    loaded, copies = world(*big(60))
    lines = {line.text for line in copies.documents["book"].lines}
    scanned = []
    scan = phrases.scan
    monkeypatch.setattr(phrases, "scan", lambda text, table: scanned.append(text) or scan(text, table))
    assert faults(loaded, copies, Scope(frozenset({"book"}), (30, 32))) == []
    assert {copies.line(("book", n)).text for n in (30, 31, 32)} <= set(scanned)
    assert sum(text in lines for text in scanned) <= 4  # and the row before, whose year could be meant
    scanned.clear()
    assert faults(loaded, copies, Scope(frozenset())) == []
    assert scanned == []


def test_the_last_year_is_the_same_in_whatever_order_lines_are_read(world):
    text = "In 2012 it began.\n\nOn 3 May they came.\n\nThey left.\n\nOn 4 May, and in 2015.\n\nOn 5 May they came.\n"
    _, forwards = world(text, [("2012", "1", 1)], "book.txt")
    _, backwards = world(text, [("2012", "1", 1)], "book.txt")
    numbers = range(1, 10)
    one = {n: forwards.reading(("book", n)).dates for n in numbers}
    other = {n: backwards.reading(("book", n)).dates for n in reversed(numbers)}
    assert one == other
    assert [date.words for n in numbers for date in one[n]] == ["2012", "3 May", "4 May", "2015", "5 May"]


@pytest.mark.slow
def test_a_thousand_lines_take_seconds(world):
    loaded, copies = world(*big(1500))
    begun = time.perf_counter()
    assert faults(loaded, copies) == []
    assert time.perf_counter() - begun < 10
