"""The lock on a folder: one at a time, gone with its process, and where a folder cannot be locked."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import IMPORTS

from mali_chrono.cli import locks
from mali_chrono.cli.locks import locked
from mali_chrono.errors import DataError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="flock")
HOLD = "import sys, pathlib; from mali_chrono.cli.locks import locked\nwith locked(pathlib.Path(sys.argv[1])):\n"
TOLD = "    print('held', flush=True); sys.stdin.read()\n"


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder until its input ends."""
    process = subprocess.Popen([sys.executable, "-c", HOLD + TOLD, str(tmp_path)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True, env={**IMPORTS})  # fmt: skip
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.stdin.close()
    process.stdout.close()
    process.wait()


def test_another_waits_and_says_so_at_last(holder, tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0)
    with pytest.raises(DataError, match="another chrono has been changing"), locked(tmp_path):
        pytest.fail("two have it")


@pytest.mark.parametrize("end", ["close", "kill"])
def test_it_ends_with_its_process(holder, tmp_path, end):
    if end == "close":
        holder.stdin.close()
    else:
        holder.kill()
    with locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_it_ends_with_its_block_however_that_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0)
    for _ in range(3):
        with pytest.raises(KeyError), locked(tmp_path):
            raise KeyError


def test_a_read_only_folder_is_locked(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0)
    tmp_path.chmod(0o555)
    with locked(tmp_path), pytest.raises(DataError), locked(tmp_path):
        pytest.fail("two have it")
    tmp_path.chmod(0o755)


def test_where_a_folder_cannot_be_locked_a_file_in_it_is(tmp_path, monkeypatch):
    """NFS makes of flock a lock that wants what is open for writing: flock(2)."""
    flock = locks.fcntl.flock

    def on_nfs(handle: int, how: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112
            raise OSError(errno.EBADF, "Bad file descriptor")
        flock(handle, how)

    monkeypatch.setattr(locks.fcntl, "flock", on_nfs)
    monkeypatch.setattr(locks, "PATIENCE", 0)
    with locked(tmp_path), pytest.raises(DataError), locked(tmp_path):
        pytest.fail("two have it")
    assert [path.name for path in tmp_path.iterdir()] == [".chrono.lock"]


def test_the_file_is_no_part_of_a_store(chrono, good):
    (good / "data/.chrono.lock").touch()
    assert chrono("check", "--store", str(good)) == (0, "", "")


def test_where_nothing_can_be_locked_there_is_none(tmp_path):
    with locked(Path(tmp_path / "not there")):
        pass
