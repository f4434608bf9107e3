"""An index is never trusted over the files: whatever happens to it or to who makes it, the answer is the store's.

Right answers are those of the same command without a cache folder.
"""

import contextlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import CASES, IMPORTS, Ended, first_of_each

from mali_chrono.index import cache, stamps, update
from mali_chrono.index import compile as making
from mali_chrono.store.locate import Store

ASK = ("timeline", "-f", "json")
SECOND = 10**9
HOUR = 3600 * SECOND


class Kept(NamedTuple):
    """A store and its index, the note beside it, the command line in this process, and in one of its own."""

    store: Path
    index: Path
    note: Path
    start: Callable[..., Ended]
    real: Callable[..., subprocess.CompletedProcess[str]]
    told: dict[bytes, str]  # by what the file of events holds

    def tells(self) -> bool:
        """Whether the answer is the usual one, and nothing else is said."""
        ended = self.start(*ASK)
        assert (ended.code, ended.err) == (0, "")
        return ended.out == self.usual()

    def really_tells(self, **options) -> bool:
        ended = self.real(*ASK, **options)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout == self.usual()

    def usual(self) -> str:
        """The answer without a folder for an index."""
        content = (self.store / "data" / "events.yaml").read_bytes()
        if content not in self.told:
            with pytest.MonkeyPatch.context() as patched:
                patched.setenv("XDG_CACHE_HOME", "")
                patched.delenv("HOME", raising=False)
                self.told[content] = self.start(*ASK).out
        return self.told[content]

    def edit(self) -> None:
        """Change a word of one event into another one that is as long."""
        path = self.store / "data" / "events.yaml"
        content = path.read_text("utf-8")
        assert "raids Town again" in content
        path.write_text(content.replace("raids Town again", "quits Town again"), "utf-8")


@pytest.fixture
def kept(chrono, process, good, tmp_path, monkeypatch) -> Kept:
    """The good store, with its index."""
    env = {"XDG_CACHE_HOME": str(tmp_path / "kept"), "CHRONO_STORE": str(good)}
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    def real(*args: str, **options):
        return process(*args, env=env, timeout=120, **options)

    assert chrono(*ASK).code == 0
    (index,) = (tmp_path / "kept" / "chrono").glob("*.sqlite3")
    return Kept(good, index, index.with_suffix(".note"), chrono, real, {})


# --- damage


def flip(kept: Kept, seeds: range, tells: Callable[[], bool]) -> None:
    """One bit at a time, anywhere in the file."""
    content = kept.index.read_bytes()
    for seed in seeds:
        at = random.Random(seed).randrange(len(content) * 8)
        kept.index.write_bytes(content[: at // 8] + bytes([content[at // 8] ^ (1 << at % 8)]) + content[at // 8 + 1 :])
        assert tells(), f"seed {seed}: bit {at}"


def test_a_flipped_bit_is_no_answer(kept):
    flip(kept, range(40), kept.tells)
    flip(kept, range(40, 43), kept.really_tells)


@pytest.mark.slow
def test_five_hundred_flipped_bits_are_no_answer(kept):
    flip(kept, range(100, 550), kept.tells)
    flip(kept, range(550, 600), kept.really_tells)


def foreign() -> bytes:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE meta (key, value)")
        return connection.serialize()


def two_pages_swapped(content: bytes) -> bytes:
    size = int.from_bytes(content[16:18], "big")
    return content[:size] + content[2 * size : 3 * size] + content[size : 2 * size] + content[3 * size :]


DAMAGE = {
    "empty": lambda content: b"",
    "a byte short": lambda content: content[:-1],
    "a byte long": lambda content: content + b"\0",
    "half": lambda content: content[: len(content) // 2],
    "the last page zeros": lambda content: content[:-4096] + bytes(4096),
    "zeros after the head": lambda content: content[:8192] + bytes(len(content) - 8192),
    "all zeros": lambda content: bytes(len(content)),
    "two pages swapped": two_pages_swapped,
    "another database": lambda content: foreign(),
    "another database, sealed": lambda content: foreign(),
    "no database": lambda content: random.Random(0).randbytes(5000),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_no_answer(kept, damage):
    kept.index.write_bytes(DAMAGE[damage](kept.index.read_bytes()))
    if "sealed" in damage:
        stamps.seal(kept.index)
    assert kept.tells()


def test_the_index_of_another_store_is_no_answer(kept, process, tmp_path):
    other = shutil.copytree(CASES / "sample", tmp_path / "sample")
    env = {"XDG_CACHE_HOME": str(tmp_path / "other"), "CHRONO_STORE": str(other)}
    assert process(*ASK, env=env).returncode == 0
    (index,) = (tmp_path / "other" / "chrono").glob("*.sqlite3")
    shutil.copy(index, kept.index)
    shutil.copy(index.with_suffix(".note"), kept.note)
    assert kept.tells()


NO_FILES = {
    "a pipe": os.mkfifo,
    "a folder": os.mkdir,
    "a full folder": lambda path: (path / "in").mkdir(parents=True),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("kind", first_of_each(NO_FILES, 3))
@pytest.mark.parametrize("which", ["index", "note"])
def test_what_is_no_file_is_never_opened(kept, kind, which):
    path = getattr(kept, which)
    path.unlink()
    NO_FILES[kind](path)
    assert kept.really_tells()
    assert kept.tells()
    assert {path.name for path in kept.index.parent.iterdir()} <= {kept.index.name, kept.note.name}


# --- a note that lies


NOTES = {
    "nothing": lambda note: b"",
    "no text": lambda note: b"\xff\0" * 100,
    "no numbers": lambda note: b"1\n2\nx\ny",
    "a number without end": lambda note: b"1 1 1 1\n" + b"9" * 100_000 + b"\n1\n",
    "of another index": lambda note: b"1 2 3 4\n" + note.partition(b"\n")[2],
    "of before the edit": lambda note: note,
    "without files": lambda note: b"\n".join(note.split(b"\n")[:3]),
    "long": lambda note: note + b"\nx" * 100_000,
}


@pytest.mark.parametrize("lie", NOTES)
def test_a_note_that_lies_is_not_believed(kept, lie):
    note = kept.note.read_bytes()
    kept.edit()
    kept.note.write_bytes(NOTES[lie](note))
    assert kept.tells()
    assert "quits Town again" in kept.usual()


# --- who may read and write


def test_the_folder_and_its_files_are_the_owners_alone(kept):
    kept.index.parent.chmod(0o755)
    kept.index.unlink()
    assert kept.tells()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (kept.index.parent, kept.index, kept.note)]
    assert modes == [0o700, 0o600, 0o600]


def test_a_folder_that_may_not_be_written(kept, bound):
    """Nor be reached: one that is only read-only is the user's own, and is made writable."""
    kept.edit()
    kept.index.parent.parent.chmod(0o000)
    assert kept.really_tells(**bound)
    kept.index.parent.parent.chmod(0o700)
    kept.index.parent.chmod(0o500)
    assert kept.really_tells(**bound)
    assert stat.S_IMODE(kept.index.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("size", [0, 4096, 50_000])
def test_a_full_disk(kept, size):
    kept.index.unlink()
    kept.note.unlink()
    limited = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))}
    ended = kept.real("timeline", "--count", **limited)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "2\n", "")
    assert list(kept.index.parent.iterdir()) == []
    assert kept.tells()


# --- edits that leave few traces


def test_an_edit_of_the_same_size_whose_time_is_put_back(kept):
    events = kept.store / "data" / "events.yaml"
    before = events.stat()
    kept.edit()
    os.utime(events, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert events.stat().st_size == before.st_size
    assert kept.tells()
    assert "quits Town again" in kept.start(*ASK).out


@pytest.fixture
def title(good, tmp_path):
    """The title of the last event as an index in this process has it, at a time that may be told."""

    def ask(connection: sqlite3.Connection) -> str:
        return connection.execute("SELECT title FROM event ORDER BY n DESC LIMIT 1").fetchone()[0]

    def answer(now: int | None = None) -> str:
        return cache.answer(Store(good, "good"), tmp_path / "here", time.time_ns() if now is None else now, ask)

    def write(new: str) -> None:
        path = good / "data" / "events.yaml"
        head, _, tail = path.read_text("utf-8").rpartition("  title: ")
        path.write_text(f"{head}  title: {new}\n{tail.partition(chr(10))[2]}", "utf-8")

    answer.write = write
    return answer


@pytest.mark.parametrize("tick", [1, 2])
def test_on_whole_seconds_an_edit_within_the_tick_is_seen(title, monkeypatch, tick):
    """As where a file system keeps seconds, or two of them as FAT does; it keeps the inode too."""
    plain = stamps.mark
    tick *= SECOND

    def floored(path) -> str:
        size, modified, changed, inode = map(int, plain(path).split())
        return f"{size} {modified // tick * tick} {changed // tick * tick} {inode}"

    monkeypatch.setattr(stamps, "mark", floored)
    for turn in range(8):
        title.write(f"Turn {turn}")
        assert title() == f"Turn {turn}"


@pytest.mark.parametrize("off", [-(10**18), -HOUR, -1, HOUR, 10**18])
def test_a_clock_that_is_wrong_hides_no_edit(title, off):
    for turn, now in enumerate([0, off, 0, off, off]):
        title.write(f"Turn {turn}")
        assert title(time.time_ns() + now) == f"Turn {turn}"


# --- a large index is summed up once a day


@pytest.fixture
def sums(monkeypatch):
    """How often an index is summed up, as if it were a large one."""
    done = []
    plain = stamps.is_whole
    monkeypatch.setattr(stamps, "is_whole", lambda path: (done.append(path), plain(path))[1])
    monkeypatch.setattr(stamps, "ALWAYS", 0)
    return done


def test_a_large_index_is_summed_up_once_a_day(title, sums):
    now = time.time_ns() + HOUR
    title(now)
    sums.clear()
    for hours, expected in [(0, 0), (1, 0), (23, 0), (24, 1), (25, 1), (47, 1), (48, 2), (40, 3)]:
        title(now + hours * HOUR)
        assert len(sums) == expected, hours  # 40: it was summed up in the future


def test_a_note_of_the_future_says_nothing(title, sums):
    title(time.time_ns() + 100 * HOUR)
    sums.clear()
    title()
    assert len(sums) == 1


def rotten(folder: Path) -> None:
    """Put another figure into an index where no sum is looked at."""
    (index,) = folder.glob("*.sqlite3")
    content = index.read_bytes()
    assert b"First title" in content
    index.write_bytes(content.replace(b"First title", b"Wrong title"))


def test_what_is_damaged_is_never_sealed_again(title, monkeypatch, tmp_path):
    """An update of a large index begins with a copy of it, which is summed up."""
    monkeypatch.setattr(update, "MOST", 100)
    monkeypatch.setattr(update, "DEAD", 100)
    title.write("First title")
    title()
    monkeypatch.setattr(stamps, "was_whole", lambda *_: True)
    rotten(tmp_path / "here")
    assert title() == "Wrong title"  # so the damage is one that shows
    events = tmp_path / "good" / "data" / "events.yaml"
    events.write_text(events.read_text("utf-8").replace("summary: ", "summary: Once more ", 1), "utf-8")
    assert title() == "First title"


def test_an_index_that_fails_while_it_answers_is_made_anew(title, monkeypatch, tmp_path):
    title.write("First title")
    title()
    (index,) = (tmp_path / "here").glob("*.sqlite3")
    content = index.read_bytes()
    monkeypatch.setattr(stamps, "was_whole", lambda *_: True)
    for at in range(16384, len(content), 16384):
        index.write_bytes(content[:at] + b"\xff" * 200 + content[at + 200 :])
        assert title() == "First title"


def test_a_question_that_fails_says_so(title, tmp_path, good):
    title()
    (index,) = (tmp_path / "here").glob("*.sqlite3")
    before = stamps.mark(index)
    for fault in (ValueError, sqlite3.OperationalError):
        with pytest.raises(fault):
            cache.answer(Store(good, "good"), tmp_path / "here", time.time_ns(), lambda _, fault=fault: raised(fault))
    assert stamps.mark(index) == before


def raised(fault: type[Exception]) -> None:
    raise fault


# --- several at once


def test_the_index_of_a_slower_command_is_not_taken_for_ours(title, monkeypatch, tmp_path):
    """One that read the files before they were edited puts its index there right after ours."""
    title.write("First title")
    title()
    (index,) = (tmp_path / "here").glob("*.sqlite3")
    slower = index.read_bytes()
    title.write("Other title")
    plain = Path.replace

    def replace(path: Path, target: Path):
        done = plain(path, target)
        if target == index:
            path.write_bytes(slower)
            plain(path, target)
        return done

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        assert title(time.time_ns() + HOUR) == "Other title"
    assert title(time.time_ns() + HOUR) == "Other title"


@pytest.mark.parametrize("file", ["actors", "events"])
def test_a_file_that_is_edited_while_it_is_read(good, title, monkeypatch, file):
    path = good / "data" / f"{file}.yaml"
    plain = making.load_things

    def load_things(*args, **options):
        loaded = plain(*args, **options)
        path.write_text(path.read_text("utf-8").replace("Army", "Guard").replace("raids Town ", "quits Town "), "utf-8")
        return loaded

    def told(connection: sqlite3.Connection) -> str:
        rows = connection.execute("SELECT name FROM thing").fetchall()
        return str(rows + connection.execute("SELECT title FROM event").fetchall())

    with monkeypatch.context() as patched:
        patched.setattr(making, "load_things", load_things)
        title(time.time_ns() + HOUR)
    store = Store(good, "good")
    kept, right = (cache.answer(store, where, time.time_ns() + HOUR, told) for where in (good.parent / "here", None))
    assert kept == right
    assert ("Guard" if file == "actors" else "quits Town") in kept


def drafts(folder: Path) -> list[Path]:
    return list(folder.glob("*.draft"))


def killed(start: Callable[[], int], after: float) -> bool:
    """Start something and kill it after so many seconds; whether it still ran."""
    process = start()
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


def swept(title, folder: Path) -> None:
    for draft in drafts(folder):
        os.utime(draft, (time.time() - 3601,) * 2)
    title.write("The last")
    assert title() == "The last"
    assert drafts(folder) == []


@pytest.mark.parametrize("fresh", first_of_each((False, True), 2), ids=["brought up to date", "made"])
def test_killed_at_any_time(title, tmp_path, monkeypatch, fresh):
    """A child of this process, so that the time goes into the index and not into the start."""
    monkeypatch.setattr(update, "MOST", 100)
    monkeypatch.setattr(update, "DEAD", 100)
    folder = tmp_path / "here"
    title()
    started = time.monotonic()
    title.write("Turn")
    title()
    takes = time.monotonic() - started

    def start() -> int:
        child = os.fork()
        if child == 0:
            try:
                title()
            finally:
                os._exit(0)
        return child

    stopped = 0
    for turn in range(20):
        title.write(f"Turn {turn}")
        if fresh:
            for index in folder.glob("*.sqlite3"):
                index.unlink()
        stopped += killed(start, random.Random(turn).uniform(0, takes * 1.5))
        assert title() == f"Turn {turn}"
    assert stopped
    swept(title, folder)


def started(kept: Kept) -> subprocess.Popen[bytes]:
    """The real command, on its way."""
    env = {**os.environ, **IMPORTS}
    command = (sys.executable, "-m", "mali_chrono", *ASK)
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.slow
def test_the_command_killed_at_any_time(kept, title):
    before = time.monotonic()
    kept.real(*ASK)
    takes = time.monotonic() - before
    for turn in range(100):
        title.write(f"Turn {turn}")
        if turn % 2:
            kept.index.unlink(missing_ok=True)
        with started(kept) as child:
            time.sleep(random.Random(turn).uniform(0, takes * 1.5))
            child.kill()
        assert kept.tells()


@pytest.mark.parametrize("count", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_many_started_at_once_after_an_edit(kept, count):
    kept.edit()
    usual = kept.usual()
    running = [started(kept) for _ in range(count)]
    ended = {(*child.communicate(timeout=300), child.returncode) for child in running}
    assert ended == {(usual.encode(), b"", 0)}
    assert drafts(kept.index.parent) == []
    assert kept.tells()
