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
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from mali_chrono.dates.spoken import speak, spoken
from mali_chrono.index.maker import Batch, Known, Maker, Tables
from mali_chrono.index.version import MADE_BY
from mali_chrono.store.load import uncollected

# Fewer events are done before a second process has begun.
MANY = 3000
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from mali_chrono.index.beside import serve; serve()"
# What it says first. The package may have been replaced since this process read it: another one's rows are not ours.
_GREETING = f"chrono {MADE_BY}\n".encode()
_PATIENCE = 20  # seconds that it is given to say so


def pays(events: int) -> bool:
    """Whether a second process makes the rows of so many events sooner, and one can be had.

    There are many, there is a processor for it, and this process is one of Python, which outlives a pipe that breaks.
    """
    counted = getattr(os, "process_cpu_count", None) or os.cpu_count
    allowed = getattr(os, "sched_getaffinity", None)
    processors = min(counted() or 1, len(allowed(0)) if allowed else MANY)
    is_python = Path(sys.executable or "").stem.lower().startswith(("python", "pypy")) and not hasattr(sys, "frozen")
    outlives = not hasattr(signal, "SIGPIPE") or signal.getsignal(signal.SIGPIPE) is signal.SIG_IGN
    return events >= MANY and processors > 1 and is_python and outlives


def make_beside(batches: Iterable[Batch], maker: Maker) -> Iterator[Tables]:
    """The rows of each batch, in their order, as `maker` makes them: what the second process cannot do it does."""
    helper = _Helper(maker)
    try:
        helper.begin()
        last: Batch | None = None
        for batch in batches:
            made = None if last is None else helper.receive(last)
            helper.send(batch)
            last = batch
            if made is not None:
                yield made
        if last is not None:
            yield helper.receive(last)
    finally:
        helper.end()


class _Helper:
    """The second process; where it cannot be had, or is gone, `maker` stands in for it."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self._process: subprocess.Popen[bytes] | None = None
        self._greeted = False

    def begin(self) -> None:
        """Begin the process; it is spoken to when it is first sent something, and has begun meanwhile."""
        with contextlib.suppress(OSError, ValueError):
            self._process = subprocess.Popen(  # noqa: S603 - Python itself
                command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what it cannot do is done again here, and fails here
                start_new_session=True,
            )

    def send(self, batch: Batch) -> None:
        """Have the rows of a batch made. Receive those of the last one first: the process writes before it reads on."""
        if self._process and not self._greeted:
            self._greet(self._process)
        self._write(batch)

    def receive(self, batch: Batch) -> Tables:
        """The rows of the batch that was sent last, made here where they do not come."""
        if self._process:
            # Whatever it is that came: an interpreter may be made to say things of its own.
            with contextlib.suppress(Exception):
                made: Tables = pickle.load(cast("IO[bytes]", self._process.stdout))  # noqa: S301 - of our own process
                self._maker.learn(made["thing"])
                return made
            self.end()
        return self._maker.make(batch)

    def end(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process:
            _kill(process)
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    cast("IO[bytes]", pipe).close()
            process.wait()

    def _greet(self, process: "subprocess.Popen[bytes]") -> None:
        """Hear whether the process is what it should be, and tell it what is known."""
        late = threading.Timer(_PATIENCE, _kill, [process])
        late.daemon = True
        late.start()
        try:
            said = cast("IO[bytes]", process.stdout).read(len(_GREETING))
        finally:
            late.cancel()
        self._greeted = True
        if said == _GREETING:
            self._write((self._maker.known, spoken()))
        else:
            self.end()

    def _write(self, value: Batch | tuple[Known, object]) -> None:
        if self._process:
            target = cast("IO[bytes]", self._process.stdin)
            try:
                pickle.dump(value, target, pickle.HIGHEST_PROTOCOL)
                target.flush()
            except OSError:
                self.end()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill it and all that it began: what is left of a script in its place would keep the pipes open."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def command() -> list[str]:
    """What begins the second process: this Python, alone with the folders where this process looks for modules.

    Neither the environment nor the site says more to it (-I, -S), and no folder that depends on where one stands.
    """
    folders = [folder for folder in sys.path if isinstance(folder, str) and Path(folder).is_absolute()]
    home = str(Path(__file__).parents[2])
    if home not in folders:
        folders.insert(0, home)
    kept = [f"-Xpycache_prefix={sys.pycache_prefix}"] if sys.pycache_prefix else []
    kept += ["-B"] * sys.dont_write_bytecode + ["-Xutf8"] * sys.flags.utf8_mode
    return [sys.executable, "-I", "-S", *kept, "-c", _PROGRAM, *folders]


def serve() -> None:
    """Be the second process: read what is known, then batches of events, and write their rows, while there are any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is interrupted too, and ends this one
    source, target = os.fdopen(0, "rb"), os.fdopen(1, "wb")  # no terminal: pipes of the first process
    with uncollected(), contextlib.suppress(EOFError, OSError):
        target.write(_GREETING)
        target.flush()
        known, tongue = pickle.load(source)  # noqa: S301 - of the process that began this one
        speak(tongue)
        maker = Maker(known)
        while True:
            batch: Batch = pickle.load(source)  # noqa: S301
            made = {table: [tuple(row) for row in rows] for table, rows in maker.make(batch).items()}
            pickle.dump(made, target, pickle.HIGHEST_PROTOCOL)
            target.flush()
