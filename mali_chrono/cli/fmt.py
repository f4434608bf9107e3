"""`chrono fmt`: a store's files in one layout, every comment kept."""

import contextlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from typer import Exit, Option

from mali_chrono.cli.environment import find_store, refuse_shipped, terminal
from mali_chrono.cli.files import write_file
from mali_chrono.cli.locks import locked
from mali_chrono.cli.options import Color, StoreOption, shared
from mali_chrono.cli.output import emit, say
from mali_chrono.cli.storefiles import pick_files
from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import ChronoError, DataError
from mali_chrono.progress import track
from mali_chrono.render.look import Look
from mali_chrono.text import counted, visible

if TYPE_CHECKING:
    from mali_chrono.store.grammar import Grammar
    from mali_chrono.store.locate import StoreFile


_PLAIN = Look(None, color=False, unicode=True)


class LayoutOptions(NamedTuple):
    """Whether files are written, and what is said of them."""

    check: Annotated[
        bool, Option("--check", help="Write nothing: name what would change, and exit 1.", rich_help_panel="Output")
    ] = False
    diff: Annotated[
        bool, Option("--diff", help="Write nothing: show what would change, and exit 1.", rich_help_panel="Output")
    ] = False
    color: Color = "auto"
    store: StoreOption = None


class _Change(NamedTuple):
    """A file as it is and as it should be."""

    file: str
    before: bytes
    after: bytes


@shared()
def fmt(
    given: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="These files of the store; without, all of them.")
    ] = None,
    *,
    options: LayoutOptions,
) -> None:
    """The store's files in one layout: order of fields and events, quotes, line breaks.

    Every comment is kept and no meaning changed; what is rewritten is named. A file that cannot be
    read stays as it is, with what is wrong there told. Exits 1 for such a file, for a store that has
    no events or no types, and with --check or --diff where one would change.
    """
    from mali_chrono.render.problems import list_problems
    from mali_chrono.store.load import load_files, missing, refuse_newer
    from mali_chrono.store.locate import MAPS, files, lost
    from mali_chrono.store.vocabulary import read_grammar

    store = find_store(options.store)
    asks = options.check or options.diff
    if not asks:
        refuse_shipped(store)
    names = pick_files(given, store).names if given else None
    there = files(store)
    refuse_newer(load_files([file for file in there if file.kind == "settings"]))
    if torn := missing(lost(there)):
        say(list_problems(torn, _PLAIN).removesuffix("\n"))
    grammar = read_grammar(there, [])
    wanted = sorted(
        (file for file in there if file.kind not in ("", MAPS) and (names is None or file.relative in names)),
        key=lambda file: file.relative,
    )
    with contextlib.nullcontext() if asks else locked(store.root / "data"), waiting("laying out the store"):
        found = [_lay_out(file, grammar, writes=not asks) for file in track("laying out", wanted)]
    changes = [change for change in found if change and change.before != change.after]
    emit(_tell(changes, options), paged=options.diff)
    if sys.stderr is not None and sys.stderr.isatty():
        say(_count(len(changes), len(found) - found.count(None) - len(changes), asks=asks))
    if torn or None in found or (asks and changes):
        raise Exit(1)


def _lay_out(file: "StoreFile", grammar: "Grammar", *, writes: bool) -> _Change | None:
    """A file laid out, and written where that changes it; None, and why is said, where it cannot be."""
    from mali_chrono.edit.formatting import lay_out
    from mali_chrono.render.problems import list_problems

    try:
        if file.trouble:
            raise DataError(f"{file.relative}: {file.trouble}")
        before = file.path.read_bytes()
        after, problems = lay_out(file.kind, before, file.relative, grammar)
        if problems:
            say(f"{list_problems(problems, _PLAIN)}{file.relative} stays as it is")
            return None
        if writes and after != before:
            _write(file, before, after)
    except OSError as fault:
        say(f"error: {file.relative} cannot be read: {fault.strerror}")
        return None
    except ChronoError as fault:
        say(f"error: {fault}")
        return None
    return _Change(file.relative, before, after)


def _write(file: "StoreFile", before: bytes, after: bytes) -> None:
    """Write a file, unless it was changed meanwhile. Raises DataError."""
    try:
        if file.path.read_bytes() != before:
            raise DataError(f"{file.relative} stays as it is: it was changed meanwhile; run `chrono fmt` again")
        write_file(file.path, after)
    except OSError as fault:
        raise DataError(f"{file.relative} cannot be written: {fault.strerror or fault}") from None


def _tell(changes: Sequence[_Change], options: LayoutOptions) -> str:
    """What is written to standard output: the names of files, or their diffs."""
    if options.diff:
        from mali_chrono.render.patch import write_patch

        look = terminal(options.color, to_file=False)
        return "".join(write_patch(change.file, change.before, change.after, look) for change in changes)
    did = "would rewrite" if options.check else "rewrote"
    return "".join(f"{did} {visible(change.file)}\n" for change in changes)


def _count(changed: int, same: int, *, asks: bool) -> str:
    """One line for a person: how many files are rewritten, how many are as they were."""
    did = "would be rewritten" if asks else "rewritten"
    parts = [f"{counted(changed, 'file')} {did}"] if changed else []
    return ", ".join([*parts, f"{same} laid out already" if parts else f"{counted(same, 'file')} laid out already"])
