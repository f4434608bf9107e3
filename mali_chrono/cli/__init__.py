"""The command line: thin commands, shared options in one place, one error boundary.

Only here does anything print, exit, or ask for the time, the terminal or the environment.
"""

import sys


def main() -> None:
    """Run `chrono` and end the process with its exit code."""
    from mali_chrono.cli.app import run

    sys.exit(run(sys.argv[1:]))
