"""`chrono fmt`: one layout, every comment kept, no meaning changed."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
import yaml
from conftest import CASES, IMPORTS, ROOT
from helpers.messy import Messy
from hypothesis import given, settings
from hypothesis import strategies as st

from mali_chrono.edit import formatting
from mali_chrono.edit.comments import find_comments
from mali_chrono.edit.formatting import lay_out
from mali_chrono.store.locate import SINGLE, Store, files
from mali_chrono.store.vocabulary import grammar_of, usual

GRAMMAR = grammar_of(usual())
SHIPPED = [file for file in files(Store(ROOT, "shipped")) if file.kind]
GOOD = [file for file in files(Store(CASES / "good", "good")) if file.kind]
by_name = {"ids": lambda file: file.relative}


def laid(text: str, kind: str = "events") -> str:
    """A text laid out, in which nothing is wrong."""
    content, problems = lay_out(kind, text.encode(), "x.yaml", GRAMMAR)
    assert problems == []
    assert lay_out(kind, content, "x.yaml", GRAMMAR).content == content
    return content.decode()


@pytest.mark.parametrize("case", sorted((CASES / "layout").glob("*.txt")), ids=lambda case: case.stem)
def test_a_case(case):
    """Events as they are written, a line `=>`, events as they are laid out."""
    written, expected = case.read_text("utf-8").split("=>\n")
    assert laid(written) == expected


def test_other_records_keep_their_order():
    assert laid("- {id: w, name: W}\n- {id: b, name: B}\n", "actors") == "- id: w\n  name: W\n- id: b\n  name: B\n"


def test_a_source_is_laid_out_too():
    text = "# head\n\n# a\ntitle: T  # b\n\n\nid: x\nlines: '20'\n# c\nskip:\n- {lines: 27,\n   reason: a map}\n# d\n"
    assert laid(text, "sources") == (
        '# head\n\nid: x\n# a\ntitle: T  # b\nlines: 20\n# c\nskip:\n  - {lines: "27", reason: a map}\n# d\n'
    )


@pytest.mark.parametrize("kind", ["sources", "types"])
def test_nothing_in_braces(kind):
    text = {"sources": "# c\n{}  # d\n", "types": "# c\n- {}  # d\n"}[kind]
    assert laid(text, kind) == {"sources": "# c\n# d\n\n{}\n", "types": text}[kind]


def test_events_whose_date_cannot_be_read_keep_their_order():
    text = "- id: b\n  date: 2012\n- id: a\n  date: soon\n"
    assert laid(text) == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"- {id: x}\r\n- {id: z}\r\n", b"- id: x\r\n- id: z\r\n"),
        (b"- {id: x}\r- {id: z}\r", b"- id: x\n- id: z\n"),
        (b"- {id: x}\n- {id: z}\r\n", b"- id: x\n- id: z\n"),
        (b"- id: x\n# c", b"- id: x\n# c\n"),
        (b"\xef\xbb\xbf- {id: x}", b"\xef\xbb\xbf- id: x\n"),
        (b"\xef\xbb\xbf# c\r\n- {id: x}", b"\xef\xbb\xbf# c\r\n- id: x\r\n"),
        (b"", None),
        (b"# nothing\n", None),
        (b"- id: \xff\n", None),
        (b"- id: x\n  note: a\x1bb\n", None),
        ("- id: x\n".encode("utf-16"), None),
    ],
)
def test_bytes(written, expected):
    assert lay_out("events", written, "x.yaml", GRAMMAR).content == (written if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("- id: x\n  title: a: b\n", "syntax"),
        ("- id: x\n  id: z\n", "duplicate-key"),
        ("- id: &a x\n  note: *a\n", "anchor"),
        ("- id: !!str x\n", "tag"),
        ("<<<<<<< ours\n- id: x\n=======\n- id: z\n>>>>>>> theirs\n", "merge-mark"),
        ("- id: x\n  title: the battle #5\n", "cut-off"),
        ("- id: x\n  title: the battle # 5\n", "cut-off"),
        ("- id: x\n- only text\n", "syntax"),
        ("id: x\n", "syntax"),
    ],
)
def test_what_could_lose_something_stays_as_it_is(text, rule):
    content, problems = lay_out("events", text.encode(), "x.yaml", GRAMMAR)
    assert content.decode() == text
    assert rule in [problem.rule for problem in problems]


def test_what_is_wrong_but_can_be_read_is_laid_out_and_stays_wrong():
    text = "- {title: [1], id: X y, date: [2011..2012], surplus: {b: '1', a: [z, {c: d}]}, note: , actors: army}\n"
    assert laid(text) == (
        '- id: X y\n  date: [2011..2012]\n  title: ["1"]\n  actors: army\n  note: ""\n'
        '  surplus: {b: "1", a: [z, {c: d}]}\n'
    )  # fmt: skip


def test_a_result_that_says_something_else_is_thrown_away(monkeypatch):
    monkeypatch.setattr(formatting, "record_text", lambda *_: "- id: z\n")
    with pytest.raises(formatting.DataError, match="stays as it is"):
        lay_out("events", b"- {id: x}\n", "x.yaml", GRAMMAR)


def test_a_comment_that_would_be_lost_is_an_error(monkeypatch):
    monkeypatch.setattr(formatting, "record_text", lambda *_: "- id: x\n")
    with pytest.raises(formatting.DataError, match="stays as it is"):
        lay_out("events", b"- {id: x}  # c\n", "x.yaml", GRAMMAR)


@pytest.mark.parametrize("file", SHIPPED, **by_name)
def test_the_shipped_store_is_laid_out(file):
    content = file.path.read_bytes()
    assert lay_out(file.kind, content, file.relative, GRAMMAR) == (content, [])


@pytest.mark.parametrize("file", GOOD, **by_name)
def test_the_small_store_is_laid_out(file):
    content = file.path.read_bytes()
    assert lay_out(file.kind, content, file.relative, GRAMMAR) == (content, [])


def plain(text: str):
    return yaml.load(text, yaml.CBaseLoader)


def scattered(random, kind: str, text: str, likely: float = 0.2) -> Messy:
    messy = Messy(random, likely)
    messy.text = (messy.map_file if kind == "sources" else messy.list_file)(plain(text))
    return messy


@pytest.mark.parametrize("file", GOOD, **by_name)
@given(random=st.integers(0, 2**32).map(Random), likely=st.sampled_from([0, 0.05, 0.3]))
def test_however_a_file_is_written_it_is_laid_out_alike(file, random, likely):
    canonical = file.path.read_text("utf-8")
    messy = scattered(random, file.kind, canonical, likely)
    text = laid(messy.text, file.kind)
    assert plain(text) == plain(canonical)
    assert sorted(words(text)) == sorted(messy.comments)
    if not messy.comments:
        assert text == canonical


def words(text: str) -> list[str]:
    return [comment for note in find_comments(text).values() for part in note for comment in part]


@settings(max_examples=10)
@given(random=st.integers(0, 2**32).map(Random), which=st.integers(0, 10**6))
def test_pieces_of_the_shipped_store_are_laid_out_alike(random, which):
    file = SHIPPED[which % len(SHIPPED)]
    if file.kind in SINGLE:
        return
    records = plain(file.path.read_text("utf-8"))
    start = which % len(records)
    text = yaml.dump(records[start : start + 8], Dumper=yaml.CSafeDumper, allow_unicode=True)
    messy = scattered(random, file.kind, text)
    found = laid(messy.text, file.kind)
    assert plain(found) == plain(text)
    assert sorted(words(found)) == sorted(messy.comments)


UNTIDY = "- name: Land\n  id: land   # the whole\n  precision: 6\n"
TIDY = "- id: land  # the whole\n  name: Land\n  precision: 6\n"


@pytest.fixture
def untidy(good, monkeypatch):
    """The small store with one file that is not laid out, as the current folder."""
    monkeypatch.chdir(good)
    path = good / "data" / "places.yaml"
    rest = path.read_text("utf-8").split("- id: north")[1]
    path.write_text(f"{UNTIDY}- id: north{rest}", "utf-8")
    return path


def test_what_is_rewritten_is_named(chrono, untidy):
    before = untidy.read_text("utf-8")
    assert chrono("fmt", "--store", ".") == (0, "rewrote data/places.yaml\n", "")
    assert untidy.read_text("utf-8") == before.replace(UNTIDY, TIDY)
    assert chrono("fmt", "--store", ".") == (0, "", "")


def test_check_names_what_would_be_and_writes_nothing(chrono, untidy):
    before = untidy.read_text("utf-8")
    assert chrono("fmt", "--check", "--store", ".") == (1, "would rewrite data/places.yaml\n", "")
    assert untidy.read_text("utf-8") == before
    chrono("fmt", "--store", ".")
    assert chrono("fmt", "--check", "--store", ".") == (0, "", "")


@pytest.mark.parametrize("options", [["--diff"], ["--diff", "--check"]])
def test_diff_shows_what_would_be_and_writes_nothing(chrono, untidy, options):
    before = untidy.read_text("utf-8")
    ended = chrono("fmt", *options, "--store", ".")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out == (
        "--- data/places.yaml\n"
        "+++ data/places.yaml\n"
        "@@ -1,5 +1,5 @@\n"
        "-- name: Land\n"
        "-  id: land   # the whole\n"
        "+- id: land  # the whole\n"
        "+  name: Land\n"
        "   precision: 6\n"
        " - id: north\n"
        "   name: North Region\n"
    )
    assert untidy.read_text("utf-8") == before


@pytest.mark.skipif(not shutil.which("patch"), reason="no patch")
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_patch_takes_the_diff(chrono, untidy, ends):
    untidy.write_bytes(untidy.read_bytes().rstrip().replace(b"\n", ends.encode()))
    diff = chrono("fmt", "--diff", "--store", ".").out
    subprocess.run(["patch", "--binary", "-p0"], input=diff.encode(), check=True, capture_output=True)
    assert chrono("fmt", "--check", "--store", ".") == (0, "", "")
    assert untidy.read_bytes().count(b"\r\n") == (untidy.read_bytes().count(b"\n") if ends == "\r\n" else 0)


def test_on_a_terminal_files_are_counted_and_a_diff_is_coloured(chrono, untidy, terminal, monkeypatch):
    terminal(100, color=True)
    monkeypatch.setattr(sys, "stderr", type(sys.stdout)(sys.stderr, "utf-8"))
    ended = chrono("fmt", "--diff", "--store", ".")
    assert "\x1b[31m-- name: Land\x1b[0m\n" in ended.out
    assert ended.err == "1 file would be rewritten, 5 laid out already\n"
    assert chrono("fmt", "--store", ".").err == "1 file rewritten, 5 laid out already\n"
    assert chrono("fmt", "--store", ".").err == "6 files laid out already\n"


def test_only_the_files_that_are_named(chrono, untidy):
    book = Path("seeds/book.yaml")
    book.write_text(book.read_text("utf-8").replace("title: The Book", 'title: "The Book"'), "utf-8")
    assert chrono("fmt", "--check", "seeds/book.yaml", "--store", ".").out == "would rewrite seeds/book.yaml\n"
    assert chrono("fmt", "data", "--store", ".").out == "rewrote data/places.yaml\n"
    assert chrono("fmt", "--check", "data", "--store", ".") == (0, "", "")


def test_what_is_no_file_of_the_store_is_passed_over(chrono, untidy):
    Path("README.md").write_text("# Ours\n")
    told = "passed over: 'README.md' is no file of the store\n"
    assert chrono("fmt", "README.md", "--store", ".") == (0, "", told)


def test_a_file_that_cannot_be_read_stays_and_the_others_are_done(chrono, untidy):
    actors = Path("data/actors.yaml")
    actors.write_text("- id: army\n  name: Land: Army\n", "utf-8")
    ended = chrono("fmt", "--store", ".")
    assert (ended.code, ended.out) == (1, "rewrote data/places.yaml\n")
    assert ended.err.splitlines()[0] == ("data/actors.yaml:2:13: error: ': ' stands in a text without quotes [syntax]")
    assert ended.err.splitlines()[-1] == "data/actors.yaml stays as it is"
    assert actors.read_text("utf-8") == "- id: army\n  name: Land: Army\n"


def test_a_store_with_errors_is_laid_out(chrono, good):
    path = good / "data" / "events.yaml"
    path.write_text(path.read_text("utf-8").replace("type: armed-clash", "type:   nonsense"), "utf-8")
    assert chrono("fmt", "--store", str(good)) == (0, "rewrote data/events.yaml\n", "")


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_mode_and_links_stay(chrono, untidy):
    untidy.chmod(0o640)
    real = untidy.rename(untidy.parent.parent / "elsewhere.yaml")
    untidy.symlink_to(real)
    assert chrono("fmt", "--store", ".").code == 0
    assert untidy.is_symlink()
    assert (real.stat().st_mode & 0o777, TIDY in real.read_text("utf-8")) == (0o640, True)


def test_a_read_only_file_is_told(chrono, untidy):
    before = untidy.read_text("utf-8")
    untidy.chmod(0o444)
    assert chrono("fmt", "--store", ".") == (1, "", "error: data/places.yaml cannot be written: it is read-only\n")
    assert untidy.read_text("utf-8") == before


def test_what_was_changed_meanwhile_is_not_overwritten(chrono, untidy, monkeypatch):
    def lay_out_slowly(kind, content, file, grammar):
        answer = lay_out(kind, content, file, grammar)
        if file == "data/places.yaml":
            untidy.write_text("- {id: land, name: Lands, precision: 6}\n", "utf-8")
        return answer

    monkeypatch.setattr(formatting, "lay_out", lay_out_slowly)
    assert chrono("fmt", "--store", ".") == (
        1,
        "",
        "error: data/places.yaml stays as it is: it was changed meanwhile; run `chrono fmt` again\n",
    )
    assert "Lands" in untidy.read_text("utf-8")


def test_the_shipped_store_is_not_rewritten(chrono, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHRONO_STORE")
    ended = chrono("fmt")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: the store that came with chrono is not to be changed")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["data/place.yaml"], "error: there is no file 'data/place.yaml': did you mean 'data/places.yaml'?\n"),
        (["--chek"], "error: chrono fmt has no option '--chek': did you mean '--check'?\n"),
    ],
)
def test_a_wrong_command(chrono, untidy, line, said):
    ended = chrono("fmt", *line, "--store", ".")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == said


def begun(folder: Path, *args: str) -> subprocess.Popen:
    """A command that runs by itself."""
    command = [sys.executable, "-m", "mali_chrono", "fmt", *args, "--store", "."]
    environment = {**os.environ, **IMPORTS}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_killed_at_any_moment_a_file_is_the_old_or_the_new_one(tmp_path):
    store = Path(shutil.copytree(CASES / "good", tmp_path / "store"))
    path = store / "data" / "places.yaml"
    old = "".join(f"- {{name: Place {n}, id: place-{n}, precision: 6}}\n" for n in range(400)).encode()
    new = lay_out("places", old, "x.yaml", GRAMMAR).content
    seen = set()
    for delay in range(10):
        path.write_bytes(old)
        running = begun(store, "data/places.yaml")
        until = time.monotonic() + delay * 0.1
        while running.poll() is None and time.monotonic() < until and path.read_bytes() == old:
            time.sleep(0.002)
        running.kill()
        running.communicate()
        seen.add(path.read_bytes())
    assert seen <= {old, new}
    begun(store, "data/places.yaml").communicate()
    assert path.read_bytes() == new


def test_many_at_once_leave_what_one_does(untidy):
    running = [begun(untidy.parent.parent) for _ in range(4)]
    told = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0] * 4
    assert sorted(told) == ["", "", "", "rewrote data/places.yaml\n"]
    assert untidy.read_text("utf-8").startswith(TIDY)
