"""Whether an index is whole, and whether it is as new as the files of its store.

An index holds a checksum of itself, so that no flipped bit is ever an answer. A small note beside it says which index
was last found whole, and which files it was found to be made of; the index itself is never changed in place.
"""

import contextlib
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mali_chrono.paths import is_file
from mali_chrono.store.locate import StoreFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import BufferedIOBase, RawIOBase

# SQLite's header keeps four bytes, the "user version", for whoever uses the file (Database File Format, 1.3).
_AT, _LENGTH = 60, 4
# An index of up to so many bytes is summed up at every start, a larger one once a day.
ALWAYS = 8 << 20
DAY = 86_400 * 10**9
# A file as young as the note may have been changed again within the same tick of the file system's clock: the
# coarsest one in use, FAT's, ticks every two seconds.
_TICK = 2 * 10**9
_CHUNK = 1 << 16
DRAFT = ".draft"


class Note(NamedTuple):
    """What the note beside an index says: which index was found whole, when, and what its files looked like then.

    `made` is the mark of the index, `files` are those of the store's files; times are nanoseconds since 1970.
    """

    made: str
    whole: int
    files: tuple[str, ...]
    seen: int


def mark(path: Path | str) -> str:
    """What changes when a file does: its size, times and inode. Raises OSError."""
    stat = os.stat(path)  # noqa: PTH116 - pathlib's is slower, and this is on the path of every command
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def marks(found: Sequence[StoreFile]) -> tuple[str, ...]:
    """A line for each file of a store: its path and its mark."""
    lines = []
    for file in found:
        try:
            line = f"{file.path} {mark(file.path)}"
        except OSError:
            line = f"{file.path} gone"
        lines.append(line if line.isprintable() else ascii(line))
    return tuple(lines)


def is_young(line: str, seen: int) -> bool:
    """Whether a file may have changed, without a mark of it, after it was seen: by a line of `marks`."""
    times = line.rsplit(" ", 3)[1:3]
    return len(times) == 2 and any(int(time) > seen - _TICK for time in times if time.isdecimal())


def seal(path: Path) -> None:
    """Write the checksum of a finished index into it. Raises OSError."""
    with path.open("r+b") as file:
        total = _total(file)
        file.seek(_AT)
        file.write(total.to_bytes(_LENGTH, "big"))


def is_whole(path: Path) -> bool:
    """Whether an index is what was sealed, to the bit. Raises OSError."""
    with path.open("rb", buffering=0) as file:
        file.seek(_AT)
        kept = file.read(_LENGTH)
        file.seek(0)
        return len(kept) == _LENGTH and int.from_bytes(kept, "big") == _total(file)


def _total(file: "RawIOBase | BufferedIOBase") -> int:
    """The CRC-32 of a whole file, its own four bytes taken as zeros."""
    # One small buffer all along: for each new one the system maps memory, which takes longer than the sum.
    chunk = bytearray(_CHUNK)
    view = memoryview(chunk)
    length = file.readinto(view)
    chunk[_AT : _AT + _LENGTH] = bytes(_LENGTH)
    total = zlib.crc32(view[:length])
    while length := file.readinto(view):
        total = zlib.crc32(view[:length], total)
    return total


def read_note(path: Path) -> Note | None:
    """The note beside an index; None where there is none that can be read."""
    try:
        if not is_file(path):
            return None
        made, whole, seen, *files = path.read_text("utf-8").split("\n")
        return Note(made, int(whole), tuple(files), int(seen))
    except (OSError, ValueError):
        return None


def write_note(path: Path, note: Note) -> None:
    """Write the note beside an index, whole. Raises OSError."""
    text = "\n".join([note.made, str(note.whole), str(note.seen), *note.files])
    with draft_of(path) as draft:
        write_private(draft, text.encode("utf-8", "surrogatepass"))
        draft.replace(path)


@contextlib.contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """The name of a new file beside another one, to be moved there; gone in the end, unless it was.

    No other command has that name: a process number says nothing where containers share a folder.
    """
    draft = path.with_name(f"{path.name}.{os.urandom(8).hex()}{DRAFT}")
    try:
        yield draft
    finally:
        # Windows deletes no file that is open; a later command sweeps it away.
        with contextlib.suppress(OSError):
            draft.unlink()


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read. Raises OSError."""
    path.unlink(missing_ok=True)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)


def was_whole(note: Note | None, made: str, size: int, now: int) -> bool:
    """Whether an index need not be summed up again: it is large, and was found whole less than a day ago."""
    return size > ALWAYS and note is not None and note.made == made and 0 <= now - note.whole < DAY


def hashes(found: Sequence[StoreFile]) -> dict[str, bytes]:
    """The hash of each file of a store by its relative path; what cannot be read counts by why not."""
    return {file.relative: hash_bytes(content_of(file)) for file in found}


def content_of(file: StoreFile) -> bytes:
    """What a file holds; for one that is not read, why."""
    if file.trouble:
        return f"\0{file.kind} {file.trouble}".encode()
    try:
        return file.path.read_bytes()
    except OSError as fault:
        return f"\0{fault.errno}".encode()


def hash_bytes(content: bytes) -> bytes:
    """The hash by which contents are compared: BLAKE2b, 16 bytes."""
    from hashlib import blake2b  # noqa: PLC0415 - only where something changed

    return blake2b(content, digest_size=16).digest()
