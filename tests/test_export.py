"""`chrono export`: the tables of a store, or of what filters find; what they hold is counted by hand."""

import csv
import json
import re
import shlex

import pytest
from conftest import CASES, ROOT, first_of_each
from test_plain_sums import event

from mali_chrono.exchange.tables import TABLES
from mali_chrono.figures.reckon import Range
from mali_chrono.figures.sums import Item, linked_sets, read_links
from mali_chrono.figures.terms import corrections

EXPORT = ROOT / "docs" / "export.md"


@pytest.fixture
def exported(chrono, tmp_path, database):
    """Export a store to SQLite: asks it."""

    def make(store, *filters):
        path = tmp_path / "out.sqlite"
        ended = chrono("export", str(path), *filters, "--store", str(store))
        assert ended == (0, "", "")
        opened = database(path)
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        return lambda sql: opened.execute(sql).fetchall()

    return make


def told(ident, low, best, high):
    return Item(ident, Range(low, best, high, open=False, disputed=False))


PART, TWIN = "part-of", "possibly-same-as"


@pytest.mark.parametrize(
    ("items", "links", "terms"),
    [
        # twins: together the smaller in low and best, both in high; alone each its own
        ([told("a", 5, 5, 5), told("b", 7, 7, 7)], [("b", "a", TWIN)], {"a b": (-7, -7, 0)}),
        # a part inside its whole: 3 of the 10 are counted once
        ([told("a", 10, 10, 10), told("b", 3, 3, 3)], [("b", "a", PART)], {"a b": (-3, -3, -3)}),
        # a whole of 10 with parts of 3 and 4: all of it is 10, a pair with the whole is 10, the parts are 7 together
        (
            [told("a", 10, 10, 10), told("b", 3, 3, 3), told("c", 4, 4, 4)],
            [("b", "a", PART), ("c", "a", PART)],
            {"a b": (-3, -3, -3), "a c": (-4, -4, -4)},
        ),
        # parts of 8 and 7 in a whole of 10 are 10 in low (the whole's own), 10 at best, 15 at most: 10, 10, 15 is what
        # all three come to; a pair with the whole is 10; alone 10, 8 and 7
        (
            [told("a", 10, 10, 10), told("b", 8, 8, 8), told("c", 7, 7, 7)],
            [("b", "a", PART), ("c", "a", PART)],
            {"a b": (-8, -8, -8), "a c": (-7, -7, -7), "a b c": (0, 0, 5)},
        ),
        # three that may be one: the smallest, 4; any two the smaller of both; all of them in high
        (
            [told("a", 4, 4, 4), told("b", 5, 5, 5), told("c", 6, 6, 6)],
            [("b", "a", TWIN), ("c", "b", TWIN), ("c", "a", TWIN)],
            # pairs: 4 - 9, 4 - 10, 5 - 11; the three: 4 - (15 - 5 - 6 - 6)
            {"a b": (-5, -5, 0), "a c": (-6, -6, 0), "b c": (-6, -6, 0), "a b c": (6, 6, 0)},
        ),
        # c lies in b, and a may be b: without a figure b still says that c lies in what a may be, but for high
        (
            [told("a", 10, 10, 10), Item("b", None), told("c", 3, 3, 3)],
            [("b", "a", TWIN), ("c", "b", PART)],
            {"a b c": (-3, -3, 0)},
        ),
        # a report has no say
        ([told("a", 5, 5, 5), told("b", 7, 7, 7)._replace(reporting=True)], [("b", "a", TWIN)], {}),
    ],
)
def test_what_linked_events_correct(items, links, terms):
    ready = read_links(links)
    (together,) = linked_sets(ready)
    assert together == tuple(item.id for item in items)
    assert {" ".join(term.events): (term.low, term.best, term.high) for term in corrections(items, ready)} == terms


def test_more_than_eight_have_a_term_for_all_of_them_only():
    """Nine that may be one, 1 to 9 killed: all come to 1, and 45 at most; the nine alone are 45."""
    items = [told(f"e{i}", i, i, i) for i in range(1, 10)]
    ready = read_links([(f"e{i}", "e1", TWIN) for i in range(2, 10)])
    (term,) = corrections(items, ready)
    assert (len(term.events), term.low, term.best, term.high) == (9, -44, -44, 0)


SUMS = """
    SELECT name, low, best, high FROM killed_by_year JOIN year USING (year) ORDER BY year
"""


def raid(ident, date, killed, *links):
    texts = ", ".join(f"{{to: {to}, kind: {kind}}}" for to, kind in links)
    return event(ident, date, *[f"links: [{texts}]"] * bool(links), killed=killed)


def test_three_linked_events_add_up_in_plain_sql(exported, good):
    """A whole of 10 from 2011 to 2012, parts of 3 in 2011 and 4 in 2012; a raid of 5 that stands alone.

    2011: the 3 and the 5 are sure; the whole began there and holds the 3: 10 and 5; at most that. 2012: the 4 are sure
    and began there; the whole may all have been there: 10.
    """
    whole = "2011-12-01-siege"
    (good / "data" / "events.yaml").write_text(
        raid("2011-01-01-raid", "2011-01-01", 5)
        + raid(whole, "2011-12-01/2012-02-01", 10)
        + raid("2011-12-02-raid", "2011-12-02", 3, (whole, PART))
        + raid("2012-01-02-raid", "2012-01-02", 4, (whole, PART)),
        "utf-8",
    )
    ask = exported(good)
    assert ask(SUMS) == [("2011", 8, 15, 15), ("2012", 4, 4, 10)]
    assert ask("SELECT size, low, best, high FROM sum_term WHERE size > 1 ORDER BY low") == [
        (2, -4, -4, -4),
        (2, -3, -3, -3),
    ]
    assert ask("SELECT value FROM meta WHERE key = 'sets_without_all_terms'") == [("0",)]


def test_a_linked_set_of_more_than_eight_is_named(exported, good):
    twins = [
        raid(f"2011-01-0{i}-raid", f"2011-01-0{i}", i, *[("2011-01-01-raid", TWIN)] * (i > 1)) for i in range(1, 10)
    ]
    (good / "data" / "events.yaml").write_text("".join(twins), "utf-8")
    ask = exported(good)
    assert ask(SUMS) == [("2011", 1, 1, 45)]
    assert sorted(set(ask("SELECT size, COUNT(*) FROM sum_term GROUP BY size"))) == [(1, 9), (9, 1)]
    ((_, named),) = ask("SELECT key, value FROM meta WHERE key LIKE 'set_without%'")
    assert named.startswith("killed: 2011-01-01-raid 2011-01-02-raid")


def test_days_before_christ_and_open_ends(exported, good):
    (good / "data" / "events.yaml").write_text(
        raid("bc-10000-camp", "-9999", 1) + raid("2010-raid", "2010/..", 2) + raid("2012-01-01-raid", "2012-01-01", 3),
        "utf-8",
    )
    ask = exported(good)
    # 1 January 10,000 BC is 9,999 * 365.2425 days and a year before the day numbered 1, rounded as leap years fall
    assert ask("SELECT earliest, latest, earliest_day, latest_day FROM event ORDER BY sort") == [
        ("-9999-01-01", "-9999-12-31", -3652424, -3652060),
        ("2010-01-01", None, 733773, None),
        ("2012-01-01", "2012-01-01", 734503, 734503),
    ]
    assert ask("SELECT year, sure, first FROM event_year WHERE event_id = '2010-raid'") == [
        (2010, 0, 1), (2011, 0, 0), (2012, 0, 0),
    ]  # fmt: skip
    assert ask("SELECT year, name, first_day, decade, century FROM year") == [
        (-9999, "-9999", -3652424, "-999X", "-99XX"), (2010, "2010", 733773, "201X", "20XX"),
        (2011, "2011", 734138, "201X", "20XX"), (2012, "2012", 734503, "201X", "20XX"),
    ]  # fmt: skip
    assert ask("SELECT date_prec FROM event ORDER BY sort") == [(5,), (None,), (1,)]


def test_what_a_filter_finds_and_what_it_refers_to(exported):
    ask = exported(CASES / "sample", "--type", "reporting")
    (count,) = ask("SELECT COUNT(*), COUNT(DISTINCT category), MAX(category) FROM event")
    assert count[1:] == (1, "reporting")
    whole = exported(CASES / "sample")
    assert whole("SELECT COUNT(*) FROM event")[0][0] > count[0] > 0
    assert whole("SELECT COUNT(*) FROM type")[0][0] > 1


def test_the_csv_files_say_true_and_false_and_empty(chrono, tmp_path):
    folder = tmp_path / "out"
    assert chrono("export", str(folder), "--store", str(CASES / "sample")) == (0, "", "")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert [part["path"] for part in package["resources"]] == [f"{name}.csv" for name in TABLES]
    for part in package["resources"]:
        with (folder / part["path"]).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == [field["name"] for field in part["schema"]["fields"]]
        for name, values in zip(part["schema"]["fields"], zip(*rows, strict=True), strict=False):
            if name["type"] == "boolean":
                assert set(values) <= {"true", "false"}
            if name.get("constraints"):
                assert "" not in values


def test_twice_the_same_bytes(chrono, tmp_path):
    for name in ("a.sqlite", "b.sqlite", "a", "b"):
        assert chrono("export", str(tmp_path / name)).code == 0
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_an_earlier_export_is_replaced_and_nothing_else(chrono, tmp_path, database):
    store = ("--store", str(CASES / "sample"))
    folder, file = tmp_path / "out", tmp_path / "out.db"
    for target in (folder, file):
        assert chrono("export", str(target), *store).code == 0
        assert chrono("export", str(target), "--type", "reporting", *store) == (0, "", "")
    with (folder / "event.csv").open(encoding="utf-8", newline="") as rows:
        assert {row["category"] for row in csv.DictReader(rows)} == {"reporting"}
    (folder / "mine.txt").write_text("mine", "utf-8")
    ended = chrono("export", str(folder), *store)
    assert (ended.code, ended.out) == (2, "")
    assert (
        ended.err == f"error: '{folder}' holds what is no earlier export (mine.txt); empty it, or give another name\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.db"]
    database(tmp_path / "other.db").execute("CREATE TABLE mine (x)")
    ended = chrono("export", str(tmp_path / "other.db"), *store)
    assert (ended.code, "no earlier export" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("x.sqlite", "-f", "parquet"), "'x.sqlite' is the name of a database"),
        (("x.sqlit",), "'x.sqlit' does not say its format: name it with --format (sqlite, datapackage, parquet)"),
        (("x.parquet", "--in", "2020"), "'x.parquet' does not say its format"),
        (("x.csv",), "a folder's name has no extension"),
        (("x", "-f", "parqet"), "unknown format 'parqet': did you mean 'parquet'?"),
        (("x", "--partition", "month"), "--partition takes year, not 'month'"),
        (("x", "--partition", "year"), "--partition is for parquet, not for datapackage"),
        (("data",), "'data' holds what is no earlier export (LICENSE)"),
        (("pyproject.toml",), "'pyproject.toml' is a file; datapackage is a folder"),
        (("data", "-f", "sqlite"), "'data' is a folder; a database is a file"),
        (("x.sqlite", "--actor", "nobody-at-all"), "unknown actor 'nobody-at-all'"),
    ],
)
def test_what_is_refused_leaves_nothing(chrono, monkeypatch, args, said):
    monkeypatch.chdir(ROOT)
    before = sorted(path.name for path in ROOT.iterdir())
    ended = chrono("export", *args)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert sorted(path.name for path in ROOT.iterdir()) == before


@pytest.mark.parametrize("command", first_of_each(["export", "export -f sqlite", "timeline -o", "init"], 2))
def test_what_lies_beyond_a_folder_that_is_not_there_is_kept(chrono, tmp_path, command):
    """The system finds nothing at `none/../mine`, and takes it for no other path."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious", "utf-8")
    (tmp_path / "mine.txt").write_text("precious", "utf-8")
    for name in ("mine", "mine.txt", "new"):
        ended = chrono(*command.split(), f"{tmp_path}/none/../{name}")
        assert (ended.code in (1, 2), ended.out) == (True, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "mine.txt"]
    assert (tmp_path / "mine" / "thesis.txt").read_text("utf-8") == "precious"
    assert (tmp_path / "mine.txt").read_text("utf-8") == "precious"
    assert chrono("export", f"{tmp_path}/mine/../new").code == 0


def test_a_folder_that_is_not_there_is_no_place_to_write(chrono, tmp_path):
    for name in ("x.sqlite", "x"):
        ended = chrono("export", str(tmp_path / "none" / name))
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == f"error: cannot write '{tmp_path}/none/{name}': No such file or directory\n"


def test_the_commands_of_the_documentation_run(chrono, tmp_path, database, monkeypatch):
    """Those for Parquet need DuckDB: tests/test_readers_export.py writes such folders."""
    monkeypatch.chdir(tmp_path)
    lines = [line for line in EXPORT.read_text("utf-8").splitlines() if line.startswith("$ chrono")]
    commands = [re.split(r" +[#>|] ", line)[0] for line in lines if "parquet" not in line]
    assert len(commands) == 4
    for command in commands:
        ended = chrono(*shlex.split(command)[2:])
        assert (ended.code, ended.err) == (0, "")
        if "-f sql" in command:
            assert len(database("mali.sqlite").execute(ended.out).fetchall()) > 10


def test_the_sums_of_the_documentation_are_those_of_the_view(chrono, tmp_path, database):
    statement = EXPORT.read_text("utf-8").partition("<!-- sums -->\n```sql\n")[2].partition("```")[0]
    chrono("export", str(tmp_path / "all.db"))
    exported = database(tmp_path / "all.db")
    rows = exported.execute(statement).fetchall()
    assert rows == exported.execute("SELECT year, category, low, best, high FROM killed_by_year_category").fetchall()
    assert len(rows) > 40


def test_every_column_stands_in_the_documentation():
    """docs/export.md lists the tables as tables.py holds them; write them anew with CHRONO_UPDATE_GOLDEN=1."""
    import os

    from mali_chrono.exchange.columns import described

    text = EXPORT.read_text("utf-8")
    head, _, rest = text.partition("<!-- tables -->\n")
    _, _, tail = rest.partition("<!-- end of tables -->\n")
    written = f"{head}<!-- tables -->\n{described(TABLES.values())}<!-- end of tables -->\n{tail}"
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        EXPORT.write_text(written, "utf-8")
    assert text == written


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_fails_half_way_leaves_the_old_and_no_draft(tmp_path, kind):
    from mali_chrono.cli.files import drafted

    def fill(path, text):
        if kind == "folder":
            path.mkdir()
            path /= "part"
        path.write_text(text, "utf-8")

    target = tmp_path / "target"
    for text, fails in (("old", False), ("half", True), ("new", False)):
        try:
            with drafted(target) as draft:
                fill(draft, text)
                assert not fails
        except AssertionError:
            assert fails
        assert (target if kind == "file" else target / "part").read_text("utf-8") == {"half": "old"}.get(text, text)
        assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_a_folder_that_a_killed_run_left_is_swept_away(tmp_path):
    import os

    from mali_chrono.cli.files import drafted

    left, fresh = (tmp_path / f".chrono-{letter * 16}.draft" for letter in "ab")
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "part").write_text("x", "utf-8")
        os.utime(folder, (1, 1))
    os.utime(left / "part", (1, 1))
    with drafted(tmp_path / "target") as draft:
        draft.write_text("x", "utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [fresh.name, "target"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x", "Too many levels of symbolic links"),
        ("x.sqlite", "Too many levels of symbolic links"),
        ("x/y", "No such file or directory"),
    ],
)
def test_a_link_that_turns_in_a_circle_is_no_place_to_write(chrono, tmp_path, monkeypatch, name, why):
    monkeypatch.chdir(tmp_path)
    link = name.partition("/")[0]
    (tmp_path / link).symlink_to(link)
    assert chrono("export", name) == (1, "", f"error: cannot write '{name}': {why}\n")
    assert [(path.name, path.is_symlink()) for path in tmp_path.iterdir()] == [(link, True)]
