"""Writes a file whole or not at all, and a stream until all is written."""

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from io import FileIO
from pathlib import Path
from typing import Any

from mali_chrono.paths import is_file, is_folder

# Patterns are compiled where they are used: every command imports this.
# A draft's name owes nothing to its file's, which may be as long as a name can be.
_DRAFT = r"\.chrono-[0-9a-f]{16}\.draft"
# A draft is written within seconds and each write makes it younger: one of that age is a killed run's. By age and not
# by whether its process lives, since another machine or container may share the folder.
_ABANDONED = 600
_STREAM = r"/dev/(stdout|stderr)|/(?:dev|proc/self)/fd/([0-9]{1,6})"
_STREAMS = {"stdout": 1, "stderr": 2}
# Windows writes \r\n for \n to a file that is opened without it.
_BINARY = getattr(os, "O_BINARY", 0)


def write_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file so that its name holds all of the old content or all of the new one at every moment.

    Raises OSError, and what a content that comes in pieces raises. What a symbolic link leads to is written, and the
    link kept; a file keeps its mode and, where that is allowed, its owner; a new one gets the usual mode. A file that
    is read-only stays as it is, for root too, and so does one in whose folder nothing can be made. Another hard link to
    the file keeps the old content. A device or a pipe is written straight. /dev/stdout and its like are written as
    they were opened: opened anew they would be cut.
    """
    pieces = (content,) if isinstance(content, bytes) else content
    if stream := re.fullmatch(_STREAM, str(path)):
        with FileIO(_STREAMS[stream[1]] if stream[1] else int(stream[2]), "w", closefd=False) as raw:
            _write_pieces(raw, pieces)
        return
    try:
        old = path.stat()
    except FileNotFoundError:
        old = None
    if old and not stat.S_ISREG(old.st_mode):
        with FileIO(os.open(path, os.O_WRONLY | _BINARY), "w") as raw:
            _write_pieces(raw, pieces)
        return
    write_files({path: pieces})


def write_files(contents: Mapping[Path, Iterable[bytes]]) -> None:
    """Write several regular files as `write_file` does, each draft whole and on the disk before the first is renamed.

    What fails before that leaves all as they were. The renames follow one another at once, in the order given: where
    the machine fails between two of them the first files are new and the rest are old. Raises OSError.
    """
    drafts: list[tuple[Path, Path]] = []
    try:
        for path, pieces in contents.items():
            old, target = _old(path), real(path)
            drafts.append((target.with_name(f".chrono-{os.urandom(8).hex()}.draft"), target))
            _write_draft(drafts[-1][0], pieces, old)
        for draft, target in drafts:
            draft.replace(target)
    except BaseException:
        for draft, _ in drafts:
            with contextlib.suppress(OSError):
                draft.unlink()
        raise
    for folder in dict.fromkeys(target.parent for _, target in drafts):
        _sweep(folder)


def real(path: Path) -> Path:
    """Where a path leads. Raises OSError where links turn in a circle, and where `..` follows what is not there.

    pathlib takes such a path for a shorter one, where the system finds nothing.
    """
    if ".." in path.parts:
        path.parent.stat()
    found = Path(os.path.realpath(path))
    if os.path.islink(found):  # noqa: PTH114 - pathlib's raises before Python 3.14 what is told of later, and better
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return found


def _old(path: Path) -> os.stat_result | None:
    """What is known of the file that is to be replaced; None where there is none. Raises PermissionError."""
    try:
        old = path.stat()
    except FileNotFoundError:
        return None
    if not (old.st_mode & 0o222 and os.access(path, os.W_OK)):
        raise PermissionError(None, "it is read-only")
    return old


@contextlib.contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """A path beside another where its new content, a file or a folder, is made; it takes the other's place at the end.

    Where making it fails nothing changes. A folder that is there already is moved away first, and deleted after. Raises
    OSError.
    """
    target = real(path)
    if is_folder(target) is not None and not os.access(target, os.W_OK):
        raise PermissionError(None, "it is read-only")
    # What makes the draft may tell of neither: SQLite says that it is unable to open it.
    if not os.access(target.parent, os.W_OK | os.X_OK):
        fault = errno.EACCES if is_folder(target.parent) else errno.ENOENT
        raise OSError(fault, os.strerror(fault))
    draft, old = (target.with_name(f".chrono-{os.urandom(8).hex()}.draft") for _ in range(2))
    try:
        yield draft
        for file in draft.iterdir() if is_folder(draft) else [draft]:
            if is_file(file):
                with file.open("r+b") as raw:  # Windows syncs only what is open for writing
                    _sync(raw.fileno())
        if is_folder(target):
            target.rename(old)
        draft.replace(target)
    finally:
        if is_folder(old) is not None and is_folder(target) is None:
            old.rename(target)
        for left in (draft, old):
            _delete(left)
    _sweep(target.parent)


@contextlib.contextmanager
def begun(folder: Path, last: str) -> Iterator[Path]:
    """A path where the content of a new folder is made, which has all of it at the end, or nothing.

    A folder that is there already and empty stays the one it is, since someone may stand in it: its content is made
    inside and moved out, `last` at the end. Raises OSError, also where something came into its place meanwhile.
    """
    target = real(folder)
    is_there = is_folder(target)
    name = f".chrono-{os.urandom(8).hex()}.draft"
    draft = target / name if is_there else target.with_name(name)
    moved: list[Path] = []
    draft.mkdir()
    try:
        yield draft
        if not is_there:
            draft.rename(target)
            return
        for entry in sorted(draft.iterdir(), key=lambda entry: entry.name == last):
            moved.append(_move_into(entry, target))  # noqa: PERF401 - those before a failure are taken back
    except BaseException:
        for path in moved:
            _delete(path)
        raise
    finally:
        _delete(draft)
    _sweep(target.parent)


def _move_into(entry: Path, folder: Path) -> Path:
    """Move what is in a draft to where nothing of its name is yet. Raises OSError."""
    place = folder / entry.name
    if os.path.lexists(place):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    return entry.rename(place)


def is_draft(name: str) -> bool:
    """Whether a file or a folder of such a name is what a run writes or left behind."""
    return bool(re.fullmatch(_DRAFT, name))


def _delete(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    with contextlib.suppress(OSError):
        if is_folder(path) and not path.is_symlink():
            import shutil

            shutil.rmtree(path)
        else:
            path.unlink()


def _sync(file: int) -> None:
    """Have a file on the disk, as far as its file system can promise that."""
    try:
        # Else a machine that fails soon after may keep the new name and lose what was to stand under it.
        os.fsync(file)
    except OSError as fault:
        if fault.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
            raise


def _write_draft(draft: Path, pieces: Iterable[bytes], old: os.stat_result | None) -> None:
    """Write a new file beside the one it will replace, so that no file system lies between them."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
    with FileIO(os.open(draft, flags, 0o600 if old else 0o666), "w") as raw:
        _write_pieces(raw, pieces)
        if old:
            with contextlib.suppress(OSError, AttributeError):  # not everywhere, and not to everyone's files
                os.fchown(raw.fileno(), old.st_uid, old.st_gid)
            with contextlib.suppress(OSError):
                draft.chmod(stat.S_IMODE(old.st_mode))
        _sync(raw.fileno())


def _sweep(folder: Path) -> None:
    """Delete the drafts that killed runs left in a folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for draft in [entry for entry in entries if is_draft(entry.name)]:
            with contextlib.suppress(OSError):
                if _touched(draft) < time.time() - _ABANDONED:
                    _delete(Path(draft.path))


def _touched(draft: "os.DirEntry[str]") -> float:
    """When a draft was last written to, or any file of it."""
    files = [*os.scandir(draft)] if draft.is_dir(follow_symlinks=False) else []
    return max(float(file.stat(follow_symlinks=False).st_mtime) for file in (draft, *files))


def _write_pieces(raw: Any, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        write_all(raw, piece)


def write_all(raw: Any, content: bytes) -> None:
    """Write bytes to an unbuffered stream until all are written. Raises OSError.

    One write may take a part of them (a full disk, a limit), or nothing yet (a pipe that does not block).
    """
    rest = memoryview(content)
    while rest:
        taken = raw.write(rest)
        if taken is None:
            import select

            select.select([], [raw], [])
        rest = rest[taken or 0 :]
