"""A line on the terminal for who has to wait: what is being done and how far it is, gone before the answer comes."""

import contextlib
import os
import signal
import stat
import sys
from collections.abc import Iterator
from typing import NoReturn

from mali_chrono import progress

# Seconds before the line is shown, and between two looks at how far the work is.
PATIENCE, PACE = 0.3, 0.1
_BAR = 24


@contextlib.contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show a line while a work goes on that may take long, and take it away when it ends, however it does.

    It says `what` until the work tells of itself. A thread draws it, so that it is also there for a work that tells
    nothing; whatever is heavy is imported only where there is someone to see it.
    """
    if not _is_watched():
        yield
        return
    import threading

    line = _Line(what)
    ended = threading.Event()

    def draw() -> None:
        if not ended.wait(PATIENCE):
            line.draw()
            while not ended.wait(PACE):
                line.draw()

    def interrupted(*_: object) -> NoReturn:
        line.close()
        os._exit(130)  # as mali_chrono.cli.main does

    before = signal.signal(signal.SIGINT, interrupted)
    progress.listen(line.hear)
    artist = threading.Thread(target=draw, daemon=True)
    with contextlib.suppress(RuntimeError):  # no thread is to be had: no line
        artist.start()
    try:
        yield
    finally:
        ended.set()
        if artist.is_alive():
            artist.join()
        progress.listen(None)
        line.close()
        signal.signal(signal.SIGINT, before)


def _is_watched() -> bool:
    """Whether standard error is a terminal that can go back in a line, and nothing waits for the answer in a pipe.

    A pager at its end shows the same terminal.
    """
    if os.environ.get("TERM", "") in ("", "dumb"):
        return False
    try:
        return sys.stderr.isatty() and not stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except (AttributeError, OSError, ValueError):  # one of them is closed
        return False


def _columns() -> int:
    """How wide the terminal is that the line is drawn on; standard output may be another one, or a file."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


class _Line:
    """The last line of the terminal: what was heard of the work, and what is shown of it.

    One thread draws and another closes, or an interrupt does in the midst of that; what is closed stays empty.
    """

    def __init__(self, what: str) -> None:
        import threading

        self._heard = (what, 0, 0)
        self._shown = ""
        self._closed = False
        self._lock = threading.RLock()

    def hear(self, what: str, done: int, total: int) -> None:
        self._heard = (what, done, total)

    def draw(self) -> None:
        text = describe(*self._heard)[: _columns() - 1]
        with self._lock:
            if not self._closed and text != self._shown:
                before, self._shown = len(self._shown), text
                _write(f"\r{text.ljust(before)}")

    def close(self) -> None:
        with self._lock:
            if self._shown and not self._closed:
                _write(f"\r{' ' * len(self._shown)}\r")
            self._closed = True


def _write(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        os.write(sys.stderr.fileno(), text.encode("ascii", "replace"))


def describe(what: str, done: int, total: int) -> str:
    """What is being done, with a bar where it is known how much there is."""
    if not total:
        return f"{what} ..."
    share = min(done / total, 1)
    return f"{what} [{('#' * int(share * _BAR)).ljust(_BAR, '.')}] {share:.0%}"
