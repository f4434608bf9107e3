"""A workbook: every text is text, dates are text or days, the headings stay on the screen."""

import datetime as dt
import io
import sys

import pytest
from conftest import CASES

from mali_chrono.errors import UsageError


@pytest.fixture
def book(exchange):
    """Write an answer and read it back."""
    pytest.importorskip("xlsxwriter", reason="the extra 'xlsx' is not installed")
    openpyxl = pytest.importorskip("openpyxl", reason="the extra 'readers' is not installed")

    def read(store, line="", title=None):
        asked = exchange(store, line, title)
        return asked, openpyxl.load_workbook(io.BytesIO(asked.write("xlsx").content))

    return read


def table(sheet):
    header, *rows = sheet.iter_rows(values_only=True)
    return [{key: value for key, value in zip(header, row, strict=True) if value is not None} for row in rows]


def test_sheets(book):
    asked, read = book("exchange", "--in 2020", "The year")
    assert read.sheetnames == ["events", "claims", "documents", "about"]
    assert [row["id"] for row in table(read["events"])] == [row["id"] for row in asked.rows]
    assert [row["id"] for row in table(read["documents"])] == ["annals", "book", "unread"]
    assert {row["what"]: row["says"] for row in table(read["about"])} == {
        "Title": "The year", "Store": "exchange", "Revision": asked.about.revision, "Day": "2025-11-15",
        "Question": "in 2020 (from 2020-01-01 to 2020-12-31)", "Made by": f"chrono {asked.about.version}",
    }  # fmt: skip


def test_an_event(book):
    _, read = book("exchange")
    rows = {row["id"]: row for row in table(read["events"])}
    row = rows["2020-01-31-raid"]
    told = {key: row.get(key) for key in (
        "date", "when", "day", "earliest", "precision", "category", "where", "region", "lat", "lon",
        "place_precision", "who", "killed_low", "killed_best", "killed_high", "killed_open", "disputed", "cites",
        "outlets", "tags", "note", "wounded_low",
    )}  # fmt: skip
    assert told == {
        "date": "2020-01-31", "when": "31 Jan 2020", "day": dt.datetime(2020, 1, 31), "earliest": "2020-01-31",  # noqa: DTZ001
        "precision": "day", "category": "violence", "where": "Town", "region": "Shore", "lat": 16.77, "lon": -3.01,
        "place_precision": 1, "who": "Rebels of Shore (perpetrator, suspected); Villagers (victim)", "killed_low": 5,
        "killed_best": 5, "killed_high": 12, "killed_open": True, "disputed": True, "cites": "book:2-4",
        "outlets": "The Crier, Radio", "tags": "market", "note": "The accounts differ.", "wounded_low": None,
    }  # fmt: skip


def test_dates_that_no_sheet_knows_are_text(book):
    _, read = book("exchange")
    rows = {row["id"]: row for row in table(read["events"])}
    walls = rows["bc-0500-walls"]
    assert (walls["date"], walls["earliest"], walls["latest"], walls["when"]) == (
        "-0499~", "-0500-01-01", "-0498-12-31", "c. 500 BC",
    )  # fmt: skip
    # A day stands only where one is known: not for a week, a month, a set.
    assert [ident for ident, row in rows.items() if "day" in row] == ["2020-01-31-raid", "2020-07-01-morning"]


def test_claims(book):
    _, read = book("exchange", "--type raid --in 2020-01")
    assert table(read["claims"]) == [
        {
            "event_id": "2020-01-31-raid", "kind": "killed", "figure": "5", "says": "army", "certainty": "confirmed",
            "best": False, "cites": "book:2-4",
        },
        {
            "event_id": "2020-01-31-raid", "kind": "killed", "figure": "12+", "says": "rebels",
            "certainty": "confirmed", "best": False, "cites": "book:4",
        },
    ]  # fmt: skip


@pytest.mark.parametrize("store", ["exchange", CASES / "hostile"])
def test_nothing_is_a_formula_or_a_link(book, lenient, store):
    asked, read = book(store)
    cells = [cell for sheet in read for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
    assert not any(cell.hyperlink for cell in cells)
    titles = [row.get("title") for row in table(read["events"])]
    assert len(titles) == len(asked.rows)
    if store == "exchange":
        assert titles == [row["title"] for row in asked.rows]


def test_headings_stay_on_the_screen_and_columns_can_be_filtered(book):
    _, read = book("exchange")
    assert [sheet.freeze_panes for sheet in read] == ["B2"] * 4
    assert read["documents"].auto_filter.ref == read["documents"].dimensions
    assert read["documents"].dimensions == "A1:P4"  # three documents, of which 16 things are told


def test_an_empty_answer_is_a_workbook_too(book):
    _, read = book("exchange", "--in 1700")
    assert [table(read[name]) for name in ("events", "claims")] == [[], []]


def test_the_same_question_gives_the_same_bytes(exchange):
    pytest.importorskip("xlsxwriter", reason="the extra 'xlsx' is not installed")
    asked = exchange("exchange")
    assert asked.write("xlsx").content == asked.write("xlsx").content


def test_what_is_too_long_for_a_cell_says_so(exchange):
    pytest.importorskip("xlsxwriter", reason="the extra 'xlsx' is not installed")
    openpyxl = pytest.importorskip("openpyxl", reason="the extra 'readers' is not installed")
    asked = exchange("exchange", "--type raid --in 2020-01")
    asked.rows[0]["note"] = "x" * 40_000
    read = openpyxl.load_workbook(io.BytesIO(asked.write("xlsx").content))
    note = table(read["events"])[0]["note"]
    assert (len(note), note[-31:]) == (32_767, "xxx [cut: a cell holds no more]")


def test_without_its_package_the_extra_is_named(exchange, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"pip install 'mali-chrono\[xlsx\]'"):
        exchange("exchange").write("xlsx")
