"""Where answers go: standard output or a file, whole or not at all; and the one error boundary."""

import contextlib
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

import typer

from mali_chrono.cli.files import write_all, write_file
from mali_chrono.errors import DataError, UsageError, as_error
from mali_chrono.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.render.formats import Content

# How the system says that nobody reads standard output any more; Windows as if the command were wrong.
_CLOSED = (errno.EPIPE, errno.EINVAL) if sys.platform == "win32" else (errno.EPIPE,)
_PIECE = 1 << 16  # characters that are written at once
_EXPECT = r"(?P<sign>>=|<=|==|!=|=|>|<)?\s*(?P<number>[0-9]{1,18})|(?P<low>[0-9]{0,18})\s*\.\.\s*(?P<high>[0-9]{0,18})"
_NO_END = float("inf")


def say(text: str) -> None:
    """Talk: to standard error, where it never spoils an answer."""
    with contextlib.suppress(OSError, ValueError):
        if sys.stderr is not None:
            shown = "\n".join(map(visible, text.split("\n")))
            write_whole(sys.stderr, f"{shown}\n".encode(sys.stderr.encoding or "utf-8", "replace"))


@contextlib.contextmanager
def boundary() -> Iterator[None]:
    """Turn every error that is a person's to mend into one message and its exit code."""
    try:
        yield
    except Exception as fault:
        code = explain(fault)
        if code is None:
            raise
        raise typer.Exit(code) from None


def explain(fault: Exception) -> int | None:
    """Say an error that is a person's to mend and give its exit code; None, and nothing said, for any other."""
    error = as_error(fault)
    if error is None:
        return None
    say(f"error: {error}")
    return error.exit_code


def emit(content: "Content", file: str | None = None, *, paged: bool = True) -> None:
    """Write an answer to standard output, or to a file that is replaced whole. Raises DataError where it cannot.

    One that comes in pieces is written while it comes, but to a terminal. A long one goes through the pager of a
    terminal, if `paged`. A reader who has seen enough (`| head`, a pager that is left) is no error: what the command
    has to say by its exit code is still to come.
    """
    to_file = file is not None and file != "-"
    try:
        if to_file:
            write_file(Path(str(file)), _encoded(content, "utf-8"))
        else:
            _show(content, paged=paged)
    except (OSError, ValueError) as fault:
        if getattr(fault, "errno", None) not in ((errno.EPIPE,) if to_file else _CLOSED):
            target = f"'{file}'" if to_file else "to standard output"
            raise DataError(f"cannot write {target}: {getattr(fault, 'strerror', None) or fault}") from None


def _show(content: "Content", *, paged: bool) -> None:
    stream = sys.stdout
    if stream is None:
        raise DataError("standard output is closed")
    if not stream.isatty():
        _pour(stream, _encoded(content, "utf-8"))  # in a pipe the same everywhere
        return
    encoding = stream.encoding or "utf-8"
    if isinstance(content, bytes):
        write_whole(stream, content)
        return
    text = content if isinstance(content, str) else "".join(content)
    if not (paged and _page(text, encoding)):
        write_whole(stream, text.encode(encoding, "replace"))


def _encoded(content: "Content", encoding: str) -> Iterator[bytes]:
    """An answer as bytes, in pieces of some size."""
    if isinstance(content, bytes):
        yield content
        return
    waiting: list[str] = []
    size = 0
    for text in (content,) if isinstance(content, str) else content:
        waiting.append(text)
        size += len(text)
        if size >= _PIECE:
            yield "".join(waiting).encode(encoding, "replace")
            waiting.clear()
            size = 0
    yield "".join(waiting).encode(encoding, "replace")


def _pour(stream: TextIO, pieces: Iterator[bytes]) -> None:
    """Write pieces while they come. An index that fails once some are written is not asked again: that is no answer."""
    written = False
    try:
        for piece in pieces:
            write_whole(stream, piece)
            written = True
    except Exception as fault:
        sqlite3 = sys.modules.get("sqlite3")
        if written and sqlite3 and isinstance(fault, sqlite3.Error):
            raise DataError(f"the answer is not whole: SQLite says '{fault}'; ask again") from fault
        raise


def _page(text: str, encoding: str) -> bool:
    """Show an answer in the pager; False where it fits the screen, or where there is no pager."""
    from mali_chrono.cli.pager import choose_pager, is_long, page

    size = shutil.get_terminal_size()
    if not is_long(text, size.columns, size.lines):
        return False
    command = choose_pager(os.environ)
    return bool(command) and page(text.encode(encoding, "replace"), command)


def write_whole(stream: TextIO, content: bytes) -> None:
    """Write bytes past the buffers of a stream until all are written. Raises OSError."""
    stream.flush()
    write_all(getattr(stream.buffer, "raw", stream.buffer), content)


class Expectation(NamedTuple):
    """What a count is held against: how that is said, and the least and the most it may be, or may not be."""

    said: str
    low: float
    high: float
    outside: bool = False

    def allows(self, count: int) -> bool:
        """Whether a count satisfies it."""
        return (self.low <= count <= self.high) is not self.outside


def check_expectation(count: int, condition: str | None) -> None:
    """Hold a count against `--expect`. Raises DataError when it does not satisfy it, UsageError when it is none."""
    expected = parse_expectation(condition)
    if expected and not expected.allows(count):
        raise DataError(f"expected {expected.said}, found {count}")


def parse_expectation(condition: str | None) -> Expectation | None:
    """A comparison (`>=1`, `==0`, `7`) or a range (`10..20`, `10..`, `..20`); None for none. Raises UsageError."""
    if condition is None:
        return None
    match = re.fullmatch(_EXPECT, condition.strip())
    if match and match["number"]:
        sign, number = match["sign"] or "==", int(match["number"])
        sign = "==" if sign == "=" else sign
        low, high = {
            ">=": (number, _NO_END), ">": (number + 1, _NO_END), "<=": (0, number), "<": (0, number - 1),
        }.get(sign, (number, number))  # fmt: skip
        return Expectation(f"{sign}{number}", low, high, sign == "!=")
    if match and (match["low"] or match["high"]):
        low, high = int(match["low"] or 0), int(match["high"]) if match["high"] else _NO_END
        if low <= high:
            return Expectation(f"{match['low']}..{match['high']}", low, high)
        raise UsageError(f"--expect '{condition}' runs backwards")
    raise UsageError(f"--expect takes a comparison like '>=1' or '==0', or a range like '10..20', not '{condition}'")
