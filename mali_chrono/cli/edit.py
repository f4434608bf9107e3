"""`chrono edit`: a record in the editor, the store checked after."""

import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Annotated, NamedTuple

from typer import Argument, Exit

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import find_store, refuse_shipped, today
from mali_chrono.cli.options import Color, StoreOption, shared
from mali_chrono.cli.output import emit
from mali_chrono.cli.request import pick_look
from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import ERROR, DataError, UsageError
from mali_chrono.paths import is_folder

# How editors are told a line, by the names of their programs: `+12 FILE`, else `FILE:12` after these options, which
# have one with windows wait until the file is closed.
_PLUS = ("vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "ne", "mg")
_COLON = {"code": ("--wait", "--goto"), "codium": ("--wait", "--goto"), "cursor": ("--wait", "--goto"),
          "code-insiders": ("--wait", "--goto"), "subl": ("--wait",), "sublime_text": ("--wait",), "zed": ("--wait",),
          "hx": (), "helix": ()}  # fmt: skip


class EditOptions(NamedTuple):
    """How the problems are written."""

    color: Color = "auto"
    store: StoreOption = None


@shared()
def edit(
    ident: Annotated[
        str,
        Argument(metavar="ID", help="An id, the beginning of one, or a name.", autocompletion=complete(kind="record")),
    ],
    options: EditOptions,
) -> None:
    """Open a record's file at its line in $VISUAL, else $EDITOR, and then tell the problems of that file, and new ones.

    The editor writes the file, chrono does not. It opens a record in a store with errors too; KIND:ID
    picks one of several kinds that share an id. Exits 1 where the file then has an error, or the edit
    brought one elsewhere, as where an id is gone that others name.

    \b
    chrono edit 2024-07-25-tinzaouaten
    EDITOR="code --wait" chrono edit actor:jnim
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.edit.addition import brought
    from mali_chrono.edit.naming import find
    from mali_chrono.render.problems import list_problems
    from mali_chrono.store.checks import check
    from mali_chrono.store.load import load, refuse_newer
    from mali_chrono.store.locate import files

    look = pick_look(options.color, None)
    store = find_store(options.store)
    refuse_shipped(store)
    day = today(None)
    with waiting("reading the store"):
        loaded = load(store)
        refuse_newer(loaded)
        record = find(loaded.found, ident)
    path = next(file.path for file in files(store) if file.relative == record.path)
    command = editor_command(os.environ, path, record.line)
    if command is None:
        told = f"the record stands at {record.path}:{record.line}"
        raise UsageError(f"no editor is set: say EDITOR=nano, or $VISUAL; {told}")
    with waiting("checking the store"):
        before = check(loaded, day)
    code = _run(command)
    with waiting("checking the store"):
        after = check(load(store), day)
    new = {*brought(before, after)}
    problems = [problem for problem in after if problem.file == record.path or problem in new]
    emit(list_problems(problems, look), paged=False)
    if code:
        raise DataError(f"'{command[0]}' ended with {code}; {record.path} is what it left")
    if is_folder(path) is None:
        raise DataError(f"{record.path} is gone: the editor left no file")
    if any(problem.severity == ERROR for problem in problems):
        raise Exit(1)


def editor_command(environ: Mapping[str, str], path: Path, line: int) -> list[str] | None:
    """The command that opens a file at a line, by $VISUAL or else $EDITOR, which may hold options; None without them.

    Raises UsageError where it is no command.
    """
    name = next((name for name in ("VISUAL", "EDITOR") if environ.get(name, "").strip()), None)
    if name is None:
        return None
    try:
        # On Windows a backslash parts folders, and quotes stay on what they hold.
        words = [word.strip('"') for word in shlex.split(environ[name], posix=os.name == "posix")]
    except ValueError as fault:
        raise UsageError(f"${name} cannot be read: {str(fault).lower()}: {environ[name]}") from None
    program = PurePath(words[0]).stem.lower()
    if program in _PLUS:
        return [*words, f"+{line}", str(path)]
    if program in _COLON:
        return [*words, *(option for option in _COLON[program] if option not in words), f"{path}:{line}"]
    return [*words, str(path)]


def _run(command: Sequence[str]) -> int:
    """Run an editor to its end; an interrupt is its own business. Raises UsageError where it cannot be run."""
    import signal
    import subprocess

    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as fault:
        raise UsageError(f"cannot run the editor '{command[0]}': {fault.strerror}") from None
    finally:
        signal.signal(signal.SIGINT, before)
