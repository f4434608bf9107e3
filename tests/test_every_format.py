"""Every answer in every format, read back by readers that are not ours: how many rows and which, the same in all.

How many there are was counted by hand in cases/sample.
"""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from conftest import CASES, TODAY
from markdown_it import MarkdownIt

from mali_chrono import __version__
from mali_chrono.render.formats import FORMATS, ROWS

RAIDS = ("2011-05-01-town-raid", "2012-07-25-battle")
# Words, rows in csv and tsv, objects in jsonl, rows of each table in html (and in md, where that is a table).
ANSWERS = {
    "timeline": (6, 6, [6]),
    "timeline --in 2012": (2, 2, [2]),
    "timeline --in 1999": (0, 0, [0]),
    "timeline --fields id,date,title,killed,cites": (6, 6, [6]),
    "list actors": (3, 3, [3]),
    "list places --fields id,events": (3, 3, [3]),
    "actor": (3, 3, [3]),
    "actor --fields id,dead_by_best": (3, 3, [3]),
    "actor front": (5, 5, [11, 5]),
    "summary --by year --since 2011": (3, 3, [4]),
    "summary --by year,type --since 2011": (3, 3, [4]),
    "summary --by type --fields type,events": (2, 2, [2]),
    "at 2012-07-26": (12, 10, [1, 3, 4, 1, 1, 1, 1]),
    "source": (1, 1, [1]),
    "source book": (8, 8, [10, 8]),
    f"show {RAIDS[1]}": (15, 1, [13, 2]),
    "show front army": (20, 2, [11, 9]),
    "lineage": (1, 1, [1]),
    "lineage front": (1, 1, [1]),
    "compare sample/rows.csv --as acled": (13, 13, [1, 6, 2, 1, 2, 1]),
    "verify documents": (6, 6, [6, 1, 1, 1]),
    "check": (0, 0, [0]),
    "diff good sample": (18, 7, [18]),
}  # fmt: skip
each_answer = pytest.mark.parametrize("line", ANSWERS)
EVENTS_PAGE = "timeline"  # its html is a page of events: test_html.py
# Their Markdown is lists: groups stand in groups, facts beside a timeline, what changed under its record.
NESTED = ("at", "actor front", "diff")


class Tables(HTMLParser):
    """The tables of a page: a list of rows of cells each, the headings first; and every tag there was."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.tags: set[str] = set()
        self.cell: list[str] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell = []

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append("".join(self.cell or ()))
            self.cell = None


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def read_tsv(text: str) -> list[list[str]]:
    r"""Lines and tabs alone; then `\t`, `\n`, `\r` and `\\` in a cell are read."""
    marks = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    reader = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", quoting=csv.QUOTE_NONE)
    return [[re.sub(r"\\(.)", lambda m: marks[m[1]], cell) for cell in row] for row in reader]


def read_md(text: str) -> list[list[list[str]]]:
    html = MarkdownIt("commonmark").enable("table").render(text)
    return Tables(html).tables


@pytest.fixture
def sample(chrono, monkeypatch):
    """What a command prints of the small store; its proof finds six faults."""
    monkeypatch.chdir(CASES)

    def run(line: str, shape: str, *more: str) -> str:
        ended = chrono(*line.split(), "-f", shape, *more, "--store", "sample")
        assert (ended.code, ended.err) == (1 if line.startswith("verify") else 0, "")
        return ended.out

    return run


@each_answer
def test_csv_and_tsv_hold_the_same_rows(sample, line):
    rows = read_csv(sample(line, "csv"))
    assert len(rows) == 1 + ANSWERS[line][0]
    assert len({len(row) for row in rows}) == 1
    assert read_tsv(sample(line, "tsv")) == rows


@each_answer
def test_jsonl_holds_the_rows_of_json(sample, line):
    rows = [json.loads(text) for text in sample(line, "jsonl").split("\n")[:-1]]
    assert len(rows) == ANSWERS[line][1]
    whole = json.loads(sample(line, "json"))
    objects = [value for value in whole.values() if isinstance(value, dict)]
    objects += [row for value in whole.values() if isinstance(value, list) for row in value]
    objects += [row for family in whole.get("families", ()) for row in family["relations"]]
    objects += [{"document": d["id"], **row} for d in whole.get("documents", ()) for row in d.get("stretches", ())]
    for row in rows:
        part = row.pop("part", None)
        assert row in objects
        assert part is None or row in (whole[part] if isinstance(whole[part], list) else [whole[part]])


@each_answer
def test_html_holds_tables(sample, line):
    if line.startswith(EVENTS_PAGE):
        return
    read = Tables(sample(line, "html"))
    assert [len(table) - 1 for table in read.tables] == ANSWERS[line][2]
    assert {"html", "head", "title", "body", "h1", "table", "th"} <= read.tags


@each_answer
def test_md_and_html_hold_the_same_tables(sample, line):
    if line.startswith((*NESTED, EVENTS_PAGE)):
        return
    tables = Tables(sample(line, "html")).tables
    assert read_md(sample(line, "md")) == [
        [[" ".join(cell.split()) for cell in row] for row in table] for table in tables
    ]  # fmt: skip


@each_answer
def test_plain_and_table_hold_as_many_rows_as_there_are(sample, line):
    """For one table without facts around it, a line a row."""
    for shape in ("plain", "table"):
        assert sample(line, shape).endswith("\n")
    counts = ANSWERS[line][2]
    if len(counts) == 1:
        assert len(sample(line, "plain").splitlines()) >= 1 + counts[0]


@pytest.mark.parametrize("shape", ["csv", "tsv"])
def test_a_row_says_what_the_store_does(sample, shape):
    head, *rows = {"csv": read_csv, "tsv": read_tsv}[shape](sample("timeline", shape, "--in", "2012-07"))
    (battle,) = (dict(zip(head, row, strict=True)) for row in rows)
    wanted = {
        "id": "2012-07-25-battle", "date": "2012-07-25/2012-07-27", "latest": "2012-07-27", "places": "Town",
        "killed_low": "64", "killed_high": "154", "disputed": "yes", "cites": "book:8, book:9",
    }  # fmt: skip
    assert {key: battle[key] for key in wanted} == wanted


@pytest.mark.parametrize("shape", ["csv", "tsv"])
def test_dead_are_numbers(sample, shape):
    head, *rows = {"csv": read_csv, "tsv": read_tsv}[shape](sample("actor", shape))
    front = next(dict(zip(head, row, strict=True)) for row in rows if row[0] == "front")
    assert [front[f"dead_by_{end}"] for end in ("low", "best", "high")] == ["88", "95", "203"]
    assert front["dead_of_low"] == ""


def test_fields_are_chosen_in_every_format(sample):
    line = "actor --fields id,dead_by_best,events"
    rows = [("union", 76, 5), ("army", None, 4), ("front", 88 + 7, 3)]
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    assert read_csv(sample(line, "csv")) == [["id", "dead_by_best", "events"], *texts]
    assert read_md(sample(line, "md"))[0][1:] == texts
    assert Tables(sample(line, "html")).tables[0][1:] == texts
    objects = [dict(zip(("id", "dead_by_best", "events"), row, strict=True)) for row in rows]
    assert [json.loads(text) for text in sample(line, "jsonl").splitlines()] == objects
    assert json.loads(sample(line, "json"))["actors"] == objects


@pytest.mark.parametrize("shape", [name for name, row in FORMATS.items() if row.takes == ROWS or name == "json"])
@pytest.mark.parametrize("line", ["timeline --in 2012", "actor", "list places", "summary --in 2012"])
def test_a_count_and_what_is_expected_of_it(chrono, monkeypatch, line, shape):
    monkeypatch.chdir(CASES)
    count = {"timeline": "2", "actor": "3", "list": "3", "summary": "2"}[line.split()[0]]
    asked = (*line.split(), "-f", shape, "--store", "sample")
    assert chrono(*asked, "--count") == (0, f"{count}\n", "")
    ended = chrono(*asked, "--expect", f">{count}")
    assert (ended.code, ended.err) == (1, f"error: expected >{count}, found {count}\n")
    assert ended.out == chrono(*asked).out


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("a.tsv", "tsv"), ("a.tab", "tsv"), ("a.csv", "csv"), ("a.CSV", "csv"), ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"), ("a.json", "json"), ("a.md", "md"), ("a.markdown", "md"), ("a.html", "html"),
        ("a.b.htm", "html"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line", ["timeline", "check", "show army", "at 2012"])
def test_an_extension_says_the_format(chrono, tmp_path, monkeypatch, line, name, shape):
    monkeypatch.chdir(CASES)
    file = tmp_path / name
    words = (*line.split(), "--store", "sample")
    assert chrono(*words, "-o", str(file)) == (0, "", "")
    assert file.read_text("utf-8") == chrono(*words, "-f", shape).out


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("timeline", "when"),
        ("lineage", "The family"),
        ("at 2012", "State of play"),
        ("show army", "what"),
        ("check", ""),
    ],
)
def test_a_text_is_the_usual_one(chrono, tmp_path, monkeypatch, line, begins):
    monkeypatch.chdir(CASES)
    file = tmp_path / "a.txt"
    words = (*line.split(), "--store", "sample")
    assert chrono(*words, "-o", str(file)) == (0, "", "")
    assert file.read_text("utf-8") == chrono(*words).out
    assert file.read_text("utf-8").startswith(begins)


@pytest.mark.parametrize("line", ["timeline --in 2012", "list actors", "check", "verify {cases}/documents", "at 2012"])
def test_a_page_says_of_what_and_when_it_is_and_no_path(chrono, line):
    words = line.format(cases=CASES).split()
    page = chrono(*words, "-f", "html", "--store", str(CASES / "sample")).out
    assert str(CASES) not in page
    for told in ("sample", __version__, TODAY):
        assert told in page


@pytest.mark.parametrize("line", ["timeline", "actor", "actor front", "summary", "at 2012"])
def test_a_page_is_of_the_day_that_was_asked_for(sample, line):
    assert "2012-08-01" in sample(f"{line} --today 2012-08-01", "html")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (
            "timeline --in 2012 --confirmed -n 3 --reverse",
            "in 2012; confirmed; limit 3; reverse (from 2012-01-01 to 2012-12-31)",
        ),
        ("actor --until 2012 --exclude type=report -n 2", "until 2012; exclude type=report; limit 2 (to 2012-12-31)"),
        (
            "actor front --follow --must --in 2012",
            "name front; follow; in 2012; must (from 2012-01-01 to 2012-12-31)",
        ),
        ("summary --by type,actor --sum killed,wounded --with front --with army",
         "by type and actor; sum killed and wounded; with front and army"),
        ("summary --type battles --type report", "by year; type battles or report"),
        ("at 2012", "at 2012 (from 2012-01-01 to 2012-12-31)"),
        ("show army front", "show actor:army and actor:front"),
        ("source", "all there is"),
    ],
)  # fmt: skip
def test_a_page_says_all_that_was_asked(sample, line, asked):
    """Alternatives with "or", what must all hold with "and"."""
    assert f"Asked: {asked}<" in sample(line, "html")


def test_problems_of_a_store(chrono, monkeypatch):
    """`check` tells them in each format: three errors in cases/wrong."""
    monkeypatch.chdir(CASES)
    ends = {shape: chrono("check", "--store", "wrong", "-f", shape) for shape in ("csv", "tsv", "json", "jsonl", "md")}
    assert {ended.code for ended in ends.values()} == {1}
    wanted = [
        ["data/actors.yaml", "8", "17", "error", "name-clash"],
        ["data/events.yaml", "8", "15", "error", "unknown-actor"],
        ["data/events.yaml", "10", "24", "error", "toll-of"],
    ]
    assert [row[:5] for row in read_csv(ends["csv"].out)[1:]] == wanted
    assert [row[:5] for row in read_tsv(ends["tsv"].out)[1:]] == wanted
    rows = [json.loads(text) for text in ends["jsonl"].out.splitlines()]
    assert [[row["file"], str(row["line"]), str(row["column"]), row["severity"], row["rule"]] for row in rows] == wanted
    told = json.loads(ends["json"].out)
    assert (told["schema"], told["counts"], told["problems"]) == ("chrono/1", {"error": 3, "warning": 0}, rows)
    assert [row[0] for row in read_md(ends["md"].out)[0][1:]] == [":".join(row[:3]) for row in wanted]


@pytest.mark.parametrize("shape", ["csv", "tsv", "jsonl", "json", "md", "html"])
def test_the_shipped_store_is_read_back(chrono, shape):
    """All of it: as many rows as events, each of its event."""
    count = int(chrono("timeline", "--count").out)
    out = chrono("timeline", "-f", shape, "--fields", "id,title").out
    ids = json.loads(chrono("timeline", "-f", "json", "--fields", "id").out)["events"]
    match shape:
        case "csv" | "tsv":
            rows = {"csv": read_csv, "tsv": read_tsv}[shape](out)[1:]
        case "jsonl":
            rows = [list(json.loads(text).values()) for text in out.splitlines()]
        case "json":
            rows = [list(event.values()) for event in json.loads(out)["events"]]
        case _:
            rows = ({"md": read_md}.get(shape) or (lambda text: Tables(text).tables))(out)[0][1:]
    assert [row[0] for row in rows] == [event["id"] for event in ids]
    assert len(rows) == count
