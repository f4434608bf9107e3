"""What cannot be read is told by its name and its reason, in one message; never as something that is not there."""

import os
import shutil
import sqlite3

import pytest
from conftest import ROOT, first_of_each

LONG = "x" * 256
DEEP = "x/" * 3000


def told(ended) -> tuple[int, str, str]:
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize(
    ("path", "mode", "where"),
    first_of_each(
        [
            ("data/events.yaml", 0o000, "data/events.yaml"),
            ("data/actors.yaml", 0o000, "data/actors.yaml"),
            ("data/types.yaml", 0o000, "data/types.yaml"),
            ("seeds/book.yaml", 0o000, "seeds/book.yaml"),
            ("seeds", 0o000, "seeds"),
            ("seeds", 0o444, "seeds/book.yaml"),
            ("data", 0o111, "data"),
            ("data/events", 0o000, "data/events"),
        ],
        3,
    ),
)
def test_an_unreadable_part_of_a_store_is_one_problem(process, good, bound, path, mode, where):
    """What the records say of it is not held against them."""
    if path == "data/events":
        (good / path).mkdir()
    (good / path).chmod(mode)
    try:
        checked = process("check", "--store", str(good), **bound)
        asked = process("timeline", "--store", str(good), **bound)
    finally:
        (good / path).chmod(0o755)
    assert told(checked) == (1, f"{where}: error: cannot be read: Permission denied [unreadable]\n", "")
    refusal = f"error: the store has 1 error:\n  {where}: cannot be read: Permission denied\n"
    assert told(asked) == (1, "", refusal + "run `chrono check` to see every problem\n")


@pytest.mark.parametrize("command", ["timeline", "check"])
def test_a_store_that_may_not_be_looked_into(process, good, bound, command):
    """Named, by the environment, or the nearest one upward: the shipped one does not take its place."""
    refused = (1, "", f"error: cannot look for a store in '{good}': Permission denied")
    (good / "data").chmod(0o000)
    try:
        for args, env in ((("--store", str(good)), {}), ((), {"CHRONO_STORE": str(good)})):
            assert told(process(command, *args, env=env, **bound)) == (*refused[:2], refused[2] + "\n")
        ended = process(command, env={"CHRONO_STORE": None}, cwd=good, **bound)
        assert told(ended) == (*refused[:2], refused[2] + "; name one with --store DIR\n")
    finally:
        (good / "data").chmod(0o755)


def test_a_parent_that_may_not_be_searched(process, good, bound, tmp_path):
    shut = tmp_path / "shut"
    shut.mkdir()
    shutil.move(good, shut / "good")
    shut.chmod(0o000)
    try:
        for command in ("timeline", "check"):
            ended = process(command, "--store", str(shut / "good"), **bound)
            assert told(ended) == (1, "", f"error: cannot look for a store in '{shut}/good': Permission denied\n")
        ended = process("verify", str(shut / "copies"), **bound)
        assert told(ended) == (1, "", f"error: cannot read '{shut}/copies': Permission denied\n")
    finally:
        shut.chmod(0o755)


@pytest.fixture
def shut(good, tmp_path):
    """A folder that is shut, and the small store with its copies beside it."""
    folder = tmp_path / "shut"
    (folder / "events").mkdir(parents=True)
    (folder / "file").write_text("x")
    folder.chmod(0o000)
    yield folder
    folder.chmod(0o755)


def test_a_link_into_a_shut_folder_is_no_file_that_is_not_there(process, good, bound, shut, tmp_path):
    (good / "data/maps").mkdir()
    (good / "data/maps/acled.yaml").symlink_to(shut / "file")
    shown = process("import", "--as", "acled", "--show-map", "--into", str(good), **bound)
    assert told(shown) == (1, "", "error: data/maps/acled.yaml: cannot be read: Permission denied\n")
    checked = process("check", "--store", str(good), **bound)
    assert told(checked) == (
        1, "data/maps/acled.yaml: error: cannot be read: Permission denied [unreadable]\n", "",
    )  # fmt: skip
    (good / "data/maps/acled.yaml").unlink()
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies/book.txt").symlink_to(shut / "file")
    verified = process("verify", str(tmp_path / "copies"), "--store", str(good), **bound)
    assert told(verified) == (1, "", f"error: cannot read '{tmp_path}/copies/book.txt': Permission denied\n")
    (good / "data/events.yaml").rename(tmp_path / "events.yaml")
    (good / "data/events").symlink_to(shut / "events")
    asked = process("timeline", "--store", str(good), **bound)
    assert told(asked) == (1, "", f"error: cannot look for a store in '{good}': Permission denied\n")


@pytest.mark.parametrize("name", [LONG, DEEP])
def test_a_path_that_is_too_long(chrono, monkeypatch, name):
    shown = name.rstrip("/")
    refused = (1, "", f"error: cannot look for a store in '{shown}': File name too long\n")
    assert chrono("timeline", "--store", name) == refused
    assert chrono("check", "--store", name) == refused
    unread = (1, "", f"error: cannot read '{name}': File name too long\n")
    assert chrono("verify", name, "--store", str(ROOT)) == unread
    assert chrono("init", name) == (1, "", f"error: cannot make '{name}': File name too long\n")
    assert chrono("diff", name, "--store", str(ROOT)).err.startswith(f"error: cannot read '{shown}'")
    monkeypatch.setenv("CHRONO_STORE", name)
    assert chrono("timeline") == refused


def test_a_store_in_a_circle_of_links(chrono, good):
    shutil.rmtree(good / "data")
    (good / "data").symlink_to("data")
    ended = chrono("check", "--store", str(good))
    assert ended == (1, "", f"error: cannot look for a store in '{good}': Too many levels of symbolic links\n")


@pytest.mark.parametrize(
    "args",
    [
        "timeline --actor",
        "timeline --since",
        "timeline -m",
        "timeline -f",
        "show",
        "source",
        "at",
        "summary --by",
        "list",
        "",
    ],
)
def test_arguments_that_are_no_utf8(chrono, args):
    ended = chrono(*args.split(), os.fsdecode(b"\xff\xfe"))
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ended.err.startswith("error: ")


MANY = {
    "--actor": "fama", "--place": "mopti", "--type": "politics", "--region": "mopti", "--role": "target",
    "--exclude": "type=politics", "-m": "attack", "--in": "2020", "--source": "mali-war",
}  # fmt: skip


@pytest.mark.parametrize("option", first_of_each(MANY, 3))
def test_an_option_a_thousand_times(chrono, option):
    """An answer, the same as asked once, or one message."""
    many = chrono("timeline", "--count", *[option, MANY[option]] * 1000)
    if many.code == 0:
        assert many == chrono("timeline", "--count", option, MANY[option])
    else:
        assert (many.code, many.out, many.err.count("\n")) == (2, "", 1)
        assert many.err.startswith("error: too much is asked at once")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MemoryError(), "there is not enough memory for this"),
        (RecursionError(), "the data is nested too deep"),
        (sqlite3.OperationalError("disk is full"), "no answer from the index: SQLite says 'disk is full'"),
        (OSError(5, "Input/output error"), "cannot read what is needed: Input/output error"),
    ],
)
def test_what_is_too_much_for_the_machine(chrono, monkeypatch, fault, said):
    from mali_chrono.cli import check

    def fail(store):
        raise fault

    monkeypatch.setattr(check, "load", fail)
    assert chrono("check") == (1, "", f"error: {said}\n")


def test_what_nobody_foresaw_names_the_file(chrono, monkeypatch):
    """An error of reading is never one of writing."""
    from mali_chrono.cli import check, environment

    def fail(store):
        raise OSError(5, "Input/output error", "/far/events.yaml")

    monkeypatch.setattr(check, "load", fail)
    monkeypatch.setattr(environment, "find_store", fail)
    assert chrono("--version") == chrono("check")
    assert chrono("check") == (1, "", "error: cannot read '/far/events.yaml': Input/output error\n")
