"""A lock on a folder whose files are to be changed: one process at a time, and it ends with its process."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import DataError

# Seconds to wait for another process, which needs few, and between two tries.
PATIENCE, PACE = 120, 0.05
# Hidden, and so no part of a store.
_FILE = ".chrono.lock"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only process that holds a folder. Raises DataError where another one does for too long.

    The system takes the lock from a process that ends, however it ends, so that none is left behind. It is on the
    folder itself, which may be read-only, and leaves nothing there; on a hidden file inside where a folder cannot be
    locked: on Windows, and on NFS, where only what is open for writing can be. Where neither can, there is no lock.
    """
    handle = _acquire(folder)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _acquire(folder: Path) -> int | None:
    """A handle that holds the lock until it is closed; None where nothing can be locked."""
    file = (folder / _FILE, os.O_RDWR | os.O_CREAT)
    for path, flags in [file] if sys.platform == "win32" else [(folder, os.O_RDONLY), file]:
        with contextlib.suppress(OSError):
            handle = os.open(path, flags, 0o666)
            try:
                _wait(handle, folder)
            except BaseException:
                os.close(handle)
                raise
            return handle
    return None


def _wait(handle: int, folder: Path) -> None:
    """Try until the lock is held. Raises OSError where this cannot be locked, DataError after some time."""
    if _take(handle):
        return
    until = time.monotonic() + PATIENCE
    with waiting("waiting for another chrono that changes this store"):
        while not _take(handle):
            if time.monotonic() > until:
                raise DataError(f"another chrono has been changing '{folder}' for {PATIENCE} seconds: end it, or wait")
            time.sleep(PACE)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:  # another process has it
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
