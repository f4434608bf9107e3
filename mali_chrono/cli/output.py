"""Where answers go: standard output or a file, whole or not at all; and the one error boundary."""

import contextlib
import errno
import operator
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

import typer

from mali_chrono.cli.pager import choose_pager, is_long, page
from mali_chrono.errors import ChronoError, DataError, UsageError
from mali_chrono.text import visible

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_EXPECT = re.compile(r"(>=|<=|==|!=|=|>|<)?\s*([0-9]+)")


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
    except ChronoError as fault:
        say(f"error: {fault}")
        raise typer.Exit(fault.exit_code) from None
    except RecursionError:
        say("error: the data is nested too deep")
        raise typer.Exit(1) from None


def emit(text: str, file: str | None = None, *, paged: bool = True) -> None:
    """Write an answer to standard output, or to a file that is replaced whole. Raises DataError where it cannot.

    A long one goes through the pager of a terminal, if `paged`. A reader who has seen enough (`| head`, a pager that
    is left) is no error: what the command has to say by its exit code is still to come.
    """
    if file is not None and file != "-":
        _write_file(Path(file), text)
        return
    stream = sys.stdout
    if stream is None:
        raise DataError("standard output is closed")
    try:
        shown = stream.isatty()
        content = text.encode((shown and stream.encoding) or "utf-8", "replace")  # in a pipe the same everywhere
        if not (shown and paged and _page(text, content)):
            write_whole(stream, content)
    except (OSError, ValueError) as fault:
        if getattr(fault, "errno", None) != errno.EPIPE:
            raise DataError(f"cannot write to standard output: {getattr(fault, 'strerror', None) or fault}") from None


def _page(text: str, content: bytes) -> bool:
    """Show an answer in the pager; False where it fits the screen, or where there is no pager."""
    size = shutil.get_terminal_size()
    if not is_long(text, size.columns, size.lines):
        return False
    command = choose_pager(os.environ)
    return bool(command) and page(content, command)


def write_whole(stream: TextIO, content: bytes) -> None:
    """Write bytes past the buffers of a stream until all are written. Raises OSError.

    One write may take a part of them (a full disk, a limit), or nothing yet (a pipe that does not block).
    """
    stream.flush()
    raw = getattr(stream.buffer, "raw", stream.buffer)
    rest = memoryview(content)
    while rest:
        taken = raw.write(rest)
        if taken is None:
            import select

            select.select([], [raw], [])
        rest = rest[taken or 0 :]


def _write_file(path: Path, text: str) -> None:
    content = text.encode("utf-8", "replace")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
            path.write_bytes(content)
            return
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            draft.write_bytes(content)
            if path.exists():
                draft.chmod(path.stat().st_mode & 0o7777)
            draft.replace(path.resolve() if path.is_symlink() else path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise
    except (OSError, ValueError) as fault:
        raise DataError(f"cannot write '{path}': {getattr(fault, 'strerror', None) or fault}") from None


def check_expectation(count: int, condition: str | None) -> None:
    """Hold a count against `--expect`. Raises DataError when it does not satisfy it, UsageError when it is none."""
    if condition is None:
        return
    sign, number = parse_expectation(condition)
    if not _COMPARE[sign](count, number):
        raise DataError(f"expected {sign}{number}, found {count}")


def parse_expectation(condition: str) -> tuple[str, int]:
    """A comparison sign and a number. Raises UsageError."""
    match = _EXPECT.fullmatch(condition.strip())
    if not match or len(match[2]) > 18:
        raise UsageError(f"--expect takes a comparison like '>=1', '==0' or '<10', not '{condition}'")
    sign = match[1] or "=="
    return ("==" if sign == "=" else sign), int(match[2])
