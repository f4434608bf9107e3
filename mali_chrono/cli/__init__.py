"""The command line: thin commands, shared options in one place, one error boundary.

Only here does anything print, exit, or ask for the time, the terminal or the environment.
"""

import gc
import os
import signal
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run `chrono` and end the process with its exit code; an interrupt ends it at any time without a word."""
    # Most commands end before there is garbage worth a search; by its usual threshold Python searches 70 times.
    gc.set_threshold(100_000)
    # No exception: an import may swallow one, and tell of it.
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from mali_chrono.cli.app import run

    code = run(sys.argv[1:])
    # At once: answers are written past every buffer, and while Python tidies up an interrupt would kill it.
    os._exit(code)
