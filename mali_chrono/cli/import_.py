"""`chrono import`: the rows of a table as events of a store, each citing its row."""

import shlex
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from typer import Exit, Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import find_store, refuse_shipped, today
from mali_chrono.cli.files import write_files
from mali_chrono.cli.locks import locked
from mali_chrono.cli.options import Today, shared
from mali_chrono.cli.output import emit, say
from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import DataError, UsageError
from mali_chrono.kinds import BUILT_IN_MAPS
from mali_chrono.paths import is_file, is_folder

if TYPE_CHECKING:
    from pathlib import Path

    from mali_chrono.dates import days
    from mali_chrono.edit.appended import Appended
    from mali_chrono.intake.plan import Plan
    from mali_chrono.intake.told import Taken
    from mali_chrono.store.locate import Store


class ImportOptions(NamedTuple):
    """How the table is read, and where it goes."""

    as_: Annotated[
        str | None,
        Option("--as", metavar="MAP", rich_help_panel="What", autocompletion=complete(kind="map"),
               help=f"How its columns are read: {', '.join(BUILT_IN_MAPS)}, one of the store's, or a file, NAME.yaml."),
    ] = None  # fmt: skip
    show_map: Annotated[
        bool, Option("--show-map", help="Print that map, to begin one of your own with.", rich_help_panel="Output")
    ] = False
    dry_run: Annotated[
        bool, Option("--dry-run", help="Write nothing: say what would be.", rich_help_panel="Output")
    ] = False
    today: Today = None
    store: Annotated[
        str | None,
        Option("--into", "--store", metavar="DIR", rich_help_panel="Other",
               help="Into this store; else $CHRONO_STORE, or the nearest upward."),
    ] = None  # fmt: skip


@shared()
def import_(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="csv, tsv, json, jsonl or xlsx; a row an event.")
    ] = None,
    *,
    options: ImportOptions,
) -> None:
    """The rows of a table as events; the file becomes a source document, and each event cites its row.

    Actors, places and types are matched by name; what the store lacks becomes a stub to look at. Rows that
    an earlier import brought are left alone, also where a later export says otherwise: that is told. Events
    that came otherwise are no rows: what may be told already is listed, and compare shows it. Exits 1 where
    a row could not be read; the others are imported all the same.

    \b
    chrono import acled.csv --as acled --dry-run
    chrono import --as acled --show-map > mine.yaml
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.intake.dataset import read_by
    from mali_chrono.intake.mapfiles import find_map

    if options.as_ is None:
        raise UsageError(f"--as is needed: {', '.join(BUILT_IN_MAPS)}, or a file of your own, NAME.yaml")
    if options.show_map:
        emit(find_map(options.as_, _folder(options.store)).text, paged=False)
        return
    if file is None:
        raise UsageError("a FILE is needed: csv, tsv, json, jsonl or xlsx")
    store = find_store(options.store)
    if not options.dry_run:
        refuse_shipped(store)
    day = today(options.today)
    rule = find_map(options.as_, store.root)
    with waiting("reading the table"):
        content, taken = read_by(file, rule)
    if options.dry_run:
        planned, appended = _plan(store, taken, content, day)
    else:
        with locked(store.root / "data"):
            planned, appended = _plan(store, taken, content, day)
            _write(appended)
    words = ["chrono", "compare", file, "--as", options.as_, *(["--store", options.store] if options.store else [])]
    hints = _Hints(shlex.join(words), _proof(store, planned.taken.table.name, content))
    _tell(planned, appended, hints, dry=options.dry_run)
    if planned.taken.left:
        raise Exit(1)


def _folder(chosen: str | None) -> "Path | None":
    """The folder of the store at hand; None where there is none and none was named. Raises UsageError."""
    try:
        return find_store(chosen).root
    except UsageError:
        if chosen is not None:
            raise
        return None


def _plan(store: "Store", taken: "Taken", content: bytes, day: "days.Today") -> "tuple[Plan, Appended]":
    """What would be done, and the files as they would be. Raises ChronoError."""
    from mali_chrono.edit.appended import append
    from mali_chrono.intake.plan import plan
    from mali_chrono.store.checks import sound

    with waiting("reading the store"):
        loaded = sound(store)
        planned = plan(taken, content, loaded)
        return planned, append(store, loaded, planned.texts, day)


def _write(appended: "Appended") -> None:
    """Write all files or none, unless one changed meanwhile. Raises DataError."""
    from mali_chrono.edit.addition import content_of

    for path, before in appended.before.items():
        if content_of(path) != before:  # by an editor: it takes no lock
            raise DataError(f"'{path.name}' was changed meanwhile: nothing was written, ask again")
    try:
        for path in appended.after:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_files({path: [content] for path, content in appended.after.items()})
    except OSError as fault:
        raise DataError(f"nothing was written: {fault.strerror or fault}") from None


class _Hints(NamedTuple):
    """The command that compares, and what is to be done for the proof (empty: nothing)."""

    compare: str
    proof: str


def _proof(store: "Store", name: str, content: bytes) -> str:
    """Where the file belongs, so that `chrono verify` finds it; empty where it lies there."""
    folder = store.root / "documents"
    if not is_folder(folder):
        return f"chrono verify FOLDER proves it, with {name} in the FOLDER"
    there = folder / name
    is_there = is_file(there) and there.read_bytes() == content
    return "" if is_there else f"for chrono verify, copy {name} to documents/"


def _tell(planned: "Plan", appended: "Appended", hints: _Hints, *, dry: bool) -> None:
    """Report, and on standard error name what `check` warns of only since."""
    from mali_chrono.render.intake import write
    from mali_chrono.render.problems import told_beside

    try:
        emit("".join(f"{line}\n" for line in write(planned, dry=dry, compare=hints.compare, proof=hints.proof)))
    except DataError as fault:
        raise DataError(f"{fault}; " + ("nothing was to be written" if dry else "the events are written")) from None
    if appended.warnings:
        say("\n".join(told_beside(appended.warnings)))
