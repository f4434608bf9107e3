"""The command line: thin commands, shared options in one place, one error boundary.

Only here does anything print, exit, or ask for the time, the terminal or the environment.
"""

import os
import signal
import sys


def main() -> None:
    """Run `chrono` and end the process with its exit code; an interrupt ends it at any time without a word."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # an import may swallow an exception, and tell of it
    from mali_chrono.cli.app import run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))
