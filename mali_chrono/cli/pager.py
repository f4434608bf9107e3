"""Shows a long answer on a terminal through a pager, as git does."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping

from mali_chrono.text import width

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
# Characters that only a shell understands: a command with one of them cannot be looked up before it is run.
_SHELL = re.compile(r"[|&;<>()$`\\\"'*?\[#~=%]")
# What a shell ends with when it finds no such command, or may not run it.
_NOT_RUN = (126, 127)


def choose_pager(environ: Mapping[str, str]) -> str:
    """The pager's command: $CHRONO_PAGER, else $PAGER, else less; empty where nothing is to be paged."""
    if environ.get("TERM", "") in ("", "dumb"):
        return ""
    command = environ.get("CHRONO_PAGER", environ.get("PAGER", "less")).strip()
    if command in ("", "cat"):
        return ""
    return command if _SHELL.search(command) or shutil.which(command.split()[0]) else ""


def is_long(text: str, columns: int, lines: int) -> bool:
    """Whether a text takes more lines of a terminal than it has, its prompt counted."""
    rows = 0
    for row in _rows(text, columns):
        rows += row
        if rows >= lines:
            return True
    return False


def _rows(text: str, columns: int) -> Iterator[int]:
    for line in text.splitlines():
        yield max(-(-width(_ESCAPE.sub("", line)) // max(columns, 1)), 1)


def page(content: bytes, command: str) -> bool:
    """Hand bytes to a pager and wait until it ends; whether it ran. That it is left early is no error."""
    import signal
    import subprocess

    environ = {"LESS": "FRX", **os.environ}
    handler = signal.signal(signal.SIGINT, lambda *_: None)  # an interrupt is for the pager
    try:
        process = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environ)  # noqa: S602 - the user's own
        process.communicate(content)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, handler)
    return process.returncode not in _NOT_RUN
