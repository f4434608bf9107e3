"""The rows of many events, made by a second process while this one reads the next events and writes the last rows.

A program of its own and no fork, nor multiprocessing: whoever asks may have threads, or a script whose first lines must
not run again. It ends when its input does, however this process ends.
"""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Self, cast

from mali_chrono.dates.spoken import speak, spoken
from mali_chrono.index.maker import Batch, Known, Maker, Tables
from mali_chrono.store.load import uncollected

# Fewer events are done before a second process has begun.
MANY = 3000
# It looks for modules where this one does, and nowhere else.
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from mali_chrono.index.beside import serve; serve()"


def pays(events: int) -> bool:
    """Whether a second process makes the rows of so many events sooner: there are many, and a processor to run it."""
    counted = getattr(os, "sched_getaffinity", None)
    processors = len(counted(0)) if counted else os.cpu_count() or 1
    return events >= MANY and processors > 1 and bool(sys.executable) and not hasattr(sys, "frozen")


def make_beside(batches: Iterable[Batch], maker: Maker) -> Iterator[Tables]:
    """The rows of each batch, in their order, as `maker` makes them: what the second process cannot do it does."""
    with _Helper(maker) as helper:
        last: Batch = []
        for batch in batches:
            made = helper.receive(last) if last else None
            helper.send(batch)
            last = batch
            if made:
                yield made
        if last:
            yield helper.receive(last)


class _Helper:
    """The second process; where it cannot be had, or is gone, `maker` stands in for it."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-P", "-c", _PROGRAM, *sys.path]
        with contextlib.suppress(OSError, ValueError):
            # Its errors are for nobody: what it cannot do is done again here, and then fails here.
            self._process = subprocess.Popen(  # noqa: S603 - Python itself
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        self._write((self._maker.known, spoken()))
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def send(self, batch: Batch) -> None:
        """Have the rows of a batch made. It must have been given those of the last: it writes before it reads on."""
        self._write(batch)

    def receive(self, batch: Batch) -> Tables:
        """The rows of the batch that was sent last."""
        if self._process:
            try:
                made: Tables = pickle.load(cast("IO[bytes]", self._process.stdout))  # noqa: S301 - of our own process
            except (EOFError, OSError, pickle.UnpicklingError):
                self._end()
            else:
                self._maker.learn(made["thing"])
                return made
        return self._maker.make(batch)

    def _write(self, value: Batch | tuple[Known, object]) -> None:
        if self._process:
            target = cast("IO[bytes]", self._process.stdin)
            try:
                pickle.dump(value, target, pickle.HIGHEST_PROTOCOL)
                target.flush()
            except OSError:
                self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            with contextlib.suppress(OSError):
                process.communicate()


def serve() -> None:
    """Be the second process: read what is known, then batches of events, and write their rows, while there are any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is interrupted too, and ends this one
    source, target = os.fdopen(0, "rb"), os.fdopen(1, "wb")  # the pipes it was given
    with uncollected(), contextlib.suppress(EOFError, OSError):
        known, tongue = pickle.load(source)  # noqa: S301 - of the process that began this one
        speak(tongue)
        maker = Maker(known)
        while True:
            batch: Batch = pickle.load(source)  # noqa: S301
            made = {table: [tuple(row) for row in rows] for table, rows in maker.make(batch).items()}
            pickle.dump(made, target, pickle.HIGHEST_PROTOCOL)
            target.flush()
