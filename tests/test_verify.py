"""`chrono verify` and `chrono source`, as a user meets them."""

import hashlib
import json
import os
import shutil

import pytest
from conftest import ROOT, SEEDS, linux

from mali_chrono.evidence import documents

needs_documents = pytest.mark.skipif(not SEEDS.is_dir(), reason="no copies of the source documents at ../shared/seeds")
TEXT = "On March 7, 2015 the Front raided Town and killed 84.\nTold in 2016.\n"
EVENT = """\
- id: 2015-03-07-town-raid
  date: 2015-03-07
  title: The Front raided Town
  type: armed-clash
  places: [town]
  actors:
    - {actor: front, role: perpetrator}
  tolls:
    - {killed: 84}
  cites: [book:1]
  summary: The Front killed 84 people.
"""


@pytest.fixture
def world(good):
    """A store with one event about a document of two lines, and a folder with its copy."""
    book = good / "seeds" / "book.yaml"
    sha = hashlib.sha256(TEXT.encode()).hexdigest()
    book.write_text(book.read_text().replace("0123456789abcdef" * 4, sha).replace("lines: 20", "lines: 2"))
    (good / "data" / "events.yaml").write_text(EVENT)
    (good / "data" / "periods.yaml").unlink()
    actors = (good / "data" / "actors.yaml").read_text()
    (good / "data" / "actors.yaml").write_text(
        actors.replace("date: 2012/.., cite: book:2", "cite: book:1").replace("book:2", "book:1")
    )
    copies = good.parent / "copies"
    copies.mkdir()
    (copies / "book.txt").write_text(TEXT)
    return good, copies


def skip(store, reason="told again"):
    with (store / "seeds" / "book.yaml").open("a") as file:
        file.write(f'skip:\n  - {{lines: "2", reason: {reason}}}\n')


def test_all_proved_and_told_is_exit_0(chrono, world):
    store, copies = world
    skip(store)
    ended = chrono("verify", str(copies), "--store", str(store))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "document  dates  covered  skipped  open  lines  covered  skipped  open",
        "book          2        1        1     0      2        1        1     0",
        "",
        "document  statements  proved  reckoned  failed",
        "book               2       2         0       0",
    ]


FAULTS = {
    "killed: 84": ("killed: 85", 1),
    "2015-03-07": ("2015-03-08", 1),
    "  cites": ("  outlets: [Reuters]\n  cites", 1),
    "84 people": ("84 people, 85 in all", 1),
    "[book:1]": ("[book:3]", 4),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_failed_of_an_entry_is_counted_beside_what_is_proved(chrono, world, fault):
    """A date, a figure, an outlet or a text: who reads "failed 0" trusts that nothing did."""
    store, copies = world
    skip(store)
    with (copies / "book.txt").open("a") as file:
        file.write("\nNothing more.\n")
    book = store / "seeds" / "book.yaml"
    sha = hashlib.sha256((copies / "book.txt").read_bytes()).hexdigest()
    known = book.read_text().replace("lines: 2\n", "lines: 4\n").replace(hashlib.sha256(TEXT.encode()).hexdigest(), sha)
    book.write_text(known)
    right, (wrong, failed) = fault, FAULTS[fault]
    (store / "data" / "events.yaml").write_text(EVENT.replace(right, wrong))
    ended = chrono("verify", str(copies), "--store", str(store), "-f", "json")
    (document,) = json.loads(ended.out)["documents"]
    assert document["entries"]["failed"] == failed
    out = chrono("verify", str(copies), "--store", str(store)).out
    assert out.splitlines()[-1].split()[-4:] == [
        str(n) for n in (sum(document["entries"].values()), *document["entries"].values())
    ]


@pytest.mark.parametrize(
    ("form", "width", "tables"),
    [("text", 40, 3), ("text", 80, 2), ("text", 100, 2), ("text", 200, 1), ("table", 80, 3), ("table", 200, 3)],
)
def test_the_counts_fit_a_terminal_and_break_no_head(chrono, world, monkeypatch, form, width, tables):
    store, copies = world
    skip(store)
    for file in (store / "seeds" / "book.yaml", *(store / "data").glob("*.yaml")):
        file.write_text(file.read_text().replace("id: book", "id: the-tay-bridge").replace("book:", "the-tay-bridge:"))
    (store / "seeds" / "book.yaml").rename(store / "seeds" / "the-tay-bridge.yaml")
    monkeypatch.setenv("COLUMNS", str(width))
    ended = chrono("verify", str(copies), "--store", str(store), "-f", form)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    heads = [line.split() for line in lines if line.startswith("document")]
    assert [head for row in heads for head in row if head != "document"] == [
        "dates", "covered", "skipped", "open", "lines", "covered", "skipped", "open",
        "statements", "proved", "reckoned", "failed",
    ]  # fmt: skip
    assert len(heads) == tables
    assert max(len(line) for line in lines) <= max(width, 60)


def test_what_is_open_is_listed_and_exit_1(chrono, world):
    store, copies = world
    ended = chrono("verify", str(copies), "--store", str(store))
    assert (ended.code, ended.err) == (1, "")
    assert (
        "book.txt:2: error: no entry cites this line, and no skip says why [line-open]\n     2 | Told in 2016."
        in ended.out
    )
    assert "book.txt:2:9: error: '2016' is the date of no entry that cites this line [date-open]" in ended.out


def test_what_fails_is_said_at_its_place(chrono, world):
    store, copies = world
    events = store / "data" / "events.yaml"
    events.write_text(EVENT.replace("killed: 84", "killed: 85").replace("2015-03-07", "2015-03-08"))
    ended = chrono("verify", str(copies), "--store", str(store))
    assert ended.code == 1
    assert (
        "data/events.yaml:2:9: error: 2015-03-08-town-raid: the date 2015-03-08 is not printed on book:1" in ended.out
    )
    assert "= printed there: March 7, 2015" in ended.out
    assert "data/events.yaml:9:16: error: 2015-03-08-town-raid: the figure '85' is not printed on book:1" in ended.out
    assert "\x1b" not in ended.out
    assert "\x1b[" in chrono("verify", str(copies), "--store", str(store), "--color", "always").out


def test_verbose_shows_the_words(chrono, world):
    store, copies = world
    ended = chrono("verify", str(copies), "--store", str(store), "-v")
    assert "data/events.yaml:2: proved: 2015-03-07-town-raid: 2015-03-07 <- book:1: March 7, 2015" in ended.out


def test_json_says_the_same(chrono, world, tmp_path):
    store, copies = world
    args = ("verify", str(copies), "--store", str(store), "--format", "json", "-v")
    ended = chrono(*args)
    answer = json.loads(ended.out)
    assert (ended.code, ended.err, answer["schema"]) == (1, "", "chrono/1")
    (document,) = answer["documents"]
    assert document["dates"] == {"printed": 2, "covered": 1, "skipped": 0, "open": 1}
    assert document["entries"] == {"proved": 2, "reckoned": 0, "failed": 0}
    assert [problem["rule"] for problem in answer["problems"]] == ["line-open", "date-open"]
    assert answer["dates"][0]["words"] == [{"at": "book:1", "words": "March 7, 2015"}]
    written = chrono(*args, "-o", str(tmp_path / "proof.json"))
    assert (written.code, written.out) == (1, "")
    assert json.loads((tmp_path / "proof.json").read_text())["problems"] == answer["problems"]


def test_a_copy_is_known_by_its_sum_not_its_name(chrono, world):
    store, copies = world
    skip(store)
    (copies / "book.txt").rename(copies / "a copy.md")
    assert chrono("verify", str(copies), "--store", str(store)).code == 0


@linux
@pytest.mark.slow
def test_a_copy_among_big_and_odd_files(process, world):
    """What is no file is no copy, what is too big is none under another name, and none is held but a copy."""
    store, copies = world
    skip(store)
    (copies / "book.txt").rename(copies / "yet another.txt")
    os.mkfifo(copies / "pipe")
    (copies / "device").symlink_to("/dev/zero")
    (copies / "nowhere").symlink_to("nothing")
    (copies / "circle").symlink_to("circle")
    (copies / "folder").mkdir()
    for number in range(8):
        with (copies / f"{number}.bin").open("wb") as file:
            file.truncate(31_000_000)
    with (copies / "film.bin").open("wb") as file:
        file.truncate(2**31)
    import resource

    room = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_AS, (240_000_000,) * 2)}
    ended = process("verify", str(copies), "--store", str(store), **room)
    assert (ended.returncode, ended.stderr) == (0, "")


@linux
@pytest.mark.slow
def test_a_big_text_under_the_right_name_is_another(process, world):
    store, copies = world
    with (copies / "book.txt").open("wb") as file:
        file.truncate(300_000_000)
    import resource

    room = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_AS, (240_000_000,) * 2)}
    ended = process("verify", str(copies), "--store", str(store), **room)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "'book.txt' is another text: it has another sha256 [document-differs]" in ended.stdout
    assert f"found {hashlib.sha256(bytes(300_000_000)).hexdigest()}" in ended.stdout


def test_other_files_are_read_only_where_a_copy_is_missing(chrono, world, monkeypatch):
    store, copies = world
    skip(store)
    (copies / "other.txt").write_text("Another.\n")
    read = []
    reading = documents._hash
    monkeypatch.setattr(documents, "_hash", lambda path: read.append(path.name) or reading(path))
    assert chrono("verify", str(copies), "--store", str(store)).code == 0
    assert read == ["book.txt"]
    (copies / "book.txt").rename(copies / "a.txt")
    assert chrono("verify", str(copies), "--store", str(store)).code == 0
    assert read == ["book.txt", "a.txt", "other.txt"]


def test_what_may_not_be_read_is_told_or_no_copy(process, world, bound):
    store, copies = world
    skip(store)
    (copies / "other.txt").write_text("Another.\n")
    (copies / "other.txt").chmod(0o000)
    (copies / "book.txt").rename(copies / "copy.txt")
    args = ("verify", str(copies), "--store", str(store))
    assert process(*args, **bound).returncode == 0
    (copies / "other.txt").rename(copies / "book.txt")
    ended = process(*args, **bound)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"error: cannot read '{copies}/book.txt': Permission denied\n"


def test_another_text_under_the_right_name_is_an_error(chrono, world):
    store, copies = world
    (copies / "book.txt").write_text(TEXT + "More.\n")
    ended = chrono("verify", str(copies), "--store", str(store))
    assert ended.code == 1
    assert (
        "seeds/book.yaml:4:9: error: 'book.txt' is another text: it has another sha256 [document-differs]" in ended.out
    )


def test_a_missing_copy_is_said(chrono, world):
    store, copies = world
    skip(store)
    more = (store / "seeds" / "book.yaml").read_text().replace("id: book", "id: diary").replace("book.txt", "diary.txt")
    sha = next(line for line in more.splitlines() if line.startswith("sha256"))
    (store / "seeds" / "diary.yaml").write_text(more.replace(sha, f"sha256: {'0' * 64}"))
    ended = chrono("verify", str(copies), "--store", str(store))
    assert ended.code == 1
    assert "seeds/diary.yaml:3:7: error: no copy of 'diary' in the folder [document-missing]" in ended.out
    assert chrono("verify", str(copies), "--store", str(store), "--only", "book").code == 0


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nowhere"], "'nowhere' is no folder"),
        ([""], "is no folder"),
        (["{empty}"], "holds none of the store's documents"),
        (["{copies}", "--only", "bok"], "did you mean 'book'?"),
        (["{copies}", "--lines", "1-2"], "--lines needs --only SOURCE"),
        (["{copies}", "--only", "book", "--lines", "2-1"], "--lines takes"),
        (["{copies}", "--only", "book", "--lines", "0"], "--lines takes"),
        (["{copies}", "--format", "xml"], "unknown format 'xml'"),
        (["{copies}", "--color", "red"], "--color takes"),
        ([], "missing argument"),
    ],
)
def test_wrong_commands_are_exit_2(chrono, world, tmp_path, args, says):
    store, copies = world
    (tmp_path / "empty").mkdir()
    given = [arg.format(copies=copies, empty=tmp_path / "empty") for arg in args]
    ended = chrono("verify", *given, "--store", str(store))
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


def test_a_broken_store_is_not_proved(chrono, world):
    store, copies = world
    (store / "data" / "events.yaml").write_text(EVENT.replace("front", "frnt"))
    ended = chrono("verify", str(copies), "--store", str(store))
    assert (ended.code, ended.out) == (1, "")
    assert "the store has 1 error" in ended.err


def test_one_document_and_its_lines(chrono, world):
    store, copies = world
    args = ("verify", str(copies), "--store", str(store), "--only", "book", "--lines")
    assert chrono(*args, "1").code == 0
    assert chrono(*args, "1-2").code == 1


@needs_documents
def test_the_shipped_store_against_its_documents(process):
    """The whole record holds: nothing fails, and nothing that the documents print is left open."""
    ended = process("verify", str(SEEDS), "--format", "json")
    answer = json.loads(ended.stdout)
    assert ended.stderr == ""
    assert (ended.returncode, answer["problems"]) == (0, [])
    assert {document["id"] for document in answer["documents"]} == {
        path.stem for path in (ROOT / "seeds").glob("*.yaml")
    }


# chrono source


def test_source_lists_the_documents(chrono, world):
    store, _ = world
    ended = chrono("source", "--store", str(store))
    assert ended.out.splitlines() == [
        "document  title     as of     lines  cited  events",
        "book      The Book  Jan 2020      2      1       1",
    ]
    (row,) = json.loads(chrono("source", "--store", str(store), "-f", "json").out)["documents"]
    assert (row["id"], row["lines"], row["cited"], row["events"]) == ("book", 2, 1, 1)


def test_source_says_which_events_cite_which_lines(chrono, world):
    store, _ = world
    ended = chrono("source", "book", "--store", str(store))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[-3:] == ["lines  events", "    1  2015-03-07-town-raid", "    2  -"]
    (row,) = json.loads(chrono("source", "book", "--store", str(store), "-f", "json").out)["documents"]
    assert row["stretches"] == [
        {"lines": "1", "events": ["2015-03-07-town-raid"], "others": 2},
        {"lines": "2", "events": [], "others": 0},
    ]
    assert "2015-03-07-town-raid" in chrono("source", "book", "--store", str(store), "-f", "table").out


def test_source_that_is_unknown_is_refused(chrono, world):
    store, _ = world
    ended = chrono("source", "bok", "--store", str(store))
    assert (ended.code, ended.out) == (2, "")
    assert "did you mean 'book'" in ended.err


def test_source_needs_no_documents(chrono, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    ended = chrono("source", "cep-mali", "--store", str(tmp_path))
    assert ended.code == 0
    assert "2024-07-25-tinzaouaten-ambush" in ended.out
