"""An index is trusted only while it is whole and as new as its files; it is its owner's alone."""

import contextlib
import os
import random
import sqlite3
import stat
from pathlib import Path

import pytest

from mali_chrono.index import cache, stamps
from mali_chrono.store.locate import files, find

NOW = 10**18
TITLES = "SELECT title FROM event ORDER BY n"


@pytest.fixture
def titles(good, tmp_path):
    """What an index says all events are called, at a time in nanoseconds."""
    store = find(str(good), None)

    def ask(now: int = NOW) -> list[str]:
        return cache.answer(store, tmp_path / "kept", now, lambda c: [title for (title,) in c.execute(TITLES)])

    return ask


def kept(tmp_path: Path) -> Path:
    (index,) = (tmp_path / "kept").glob("*.sqlite3")
    return index


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def test_no_flipped_bit_is_ever_an_answer(titles, tmp_path):
    right = titles()
    chance = random.Random(11)
    for _ in range(40):
        index = kept(tmp_path)
        flip(index, chance.randrange(index.stat().st_size * 8))
        assert titles() == right
    assert stamps.is_whole(kept(tmp_path))


def forge(index: Path) -> None:
    """Change a row, and leave the checksum as it was."""
    with contextlib.closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("UPDATE event SET title = 'forged'")


@pytest.mark.parametrize(
    ("size", "later", "trusted"),
    [
        (stamps.ALWAYS, 0, False),
        (stamps.ALWAYS, stamps.DAY - 1, False),
        (stamps.ALWAYS + 1, 0, True),
        (stamps.ALWAYS + 1, stamps.DAY - 1, True),
        (stamps.ALWAYS + 1, stamps.DAY, False),
        (stamps.ALWAYS + 1, -1, False),  # a note from the future says nothing
    ],
)
def test_up_to_8_mb_an_index_is_always_summed_up_and_above_once_a_day(size, later, trusted):
    note = stamps.Note("made", NOW, (), NOW)
    assert stamps.ALWAYS == 8 * 1024 * 1024
    assert stamps.was_whole(note, "made", size, NOW + later) is trusted
    assert not stamps.was_whole(note, "made anew", size, NOW + later)


def test_a_large_index_that_was_written_to_is_summed_up(titles, tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "ALWAYS", 0)
    right = titles()
    assert titles() == right
    forge(kept(tmp_path))
    assert titles() == right


def test_an_edit_of_the_same_size_and_second_is_seen(titles, good, monkeypatch):
    """As on a file system that counts whole seconds: nothing but the content tells."""
    events = good / "data" / "events.yaml"
    second = 10**9

    def mark(path: Path | str) -> str:
        seen = Path(path).stat()
        return f"{seen.st_size} {NOW // second * second} {NOW // second * second} {seen.st_ino}"

    monkeypatch.setattr(stamps, "mark", mark)
    assert "Front raids Town again" in titles()
    assert "Front raids Town again" in titles()
    text = events.read_text().replace("Front raids Town again", "Front burns Town again")
    with events.open("r+") as file:
        file.write(text)
    assert "Front burns Town again" in titles()


def test_every_file_of_a_store_is_looked_at(good):
    store = find(str(good), None)
    assert {line.split(" ")[0] for line in stamps.marks(files(store))} >= {str(path) for path in good.rglob("*.yaml")}


@pytest.mark.skipif(os.name != "posix", reason="no file modes")
def test_the_cache_is_its_owners_alone(titles, tmp_path):
    old = os.umask(0)
    try:
        titles()
    finally:
        os.umask(old)
    folder = tmp_path / "kept"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("size", [0, 1, 60, 63, 64, 100])
def test_a_file_of_zeros_is_whole_at_no_size(tmp_path, size):
    (tmp_path / "index").write_bytes(bytes(size))
    assert not stamps.is_whole(tmp_path / "index")
