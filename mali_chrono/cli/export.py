"""`chrono export`: the store, or the events of a question with what they refer to, as tables other engines read."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from typer import Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import answer, find_store, iso_today
from mali_chrono.cli.files import drafted
from mali_chrono.cli.options import ExpectOptions, FilterOptions, StoreOption, expected, shared
from mali_chrono.cli.output import check_expectation, parse_expectation
from mali_chrono.cli.request import read_filters
from mali_chrono.errors import DataError, UsageError, offer
from mali_chrono.paths import is_folder

_FORMATS = ("sqlite", "datapackage", "parquet")
_DATABASES = (".sqlite", ".sqlite3", ".db")


class ExportOptions(NamedTuple):
    """How the tables are written."""

    format: str | None = None
    partition: Annotated[
        str | None,
        Option("--partition", metavar="year", rich_help_panel="Output", autocompletion=complete("year"),
               help="parquet: a folder of events for each year."),
    ] = None  # fmt: skip
    store: StoreOption = None


@shared(
    _FORMATS,
    reverse="With --limit, those from the other end.",
    sort="With --limit, the first by date or by a toll.",
    expect=expected("events written"),
)
def export(
    target: Annotated[
        str, typer.Argument(metavar="FILE|DIR", help="FILE.sqlite or FILE.db for a database, else a folder.")
    ],
    filters: FilterOptions,
    out: ExportOptions,
    held: ExpectOptions,
) -> None:
    """The whole store, or the events that filters find with what they refer to, as tables.

    One SQLite database; a folder of csv files that a datapackage.json describes; or a folder of
    Parquet files. The same tables in each, with sums that plain SQL can add up: docs/export.md.
    `chrono timeline -f sql` and `chrono summary -f sql` print a question for them.

    \b
    chrono export mali.sqlite
    chrono export mali --since 2012 --type violence
    chrono export mali-parquet -f parquet --partition year
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.cli.waiting import waiting

    parse_expectation(held.expect)
    path = Path(target)
    format_ = _pick(path, out)
    _refuse(path, format_)
    wanted = read_filters(filters)
    day = iso_today(filters.today)
    store = find_store(out.store)

    def write(connection: sqlite3.Connection) -> int:
        from mali_chrono.answers import events
        from mali_chrono.answers.about import read_about
        from mali_chrono.answers.asking import asked
        from mali_chrono.answers.filters import ask
        from mali_chrono.exchange.contents import contents

        question = ask(connection, wanted)
        about = read_about(connection, store.name, asked(wanted, question), day)
        with waiting("writing"):
            _write(path, format_, lambda draft: _writer(format_, by_year=bool(out.partition))(
                draft, contents(connection, question, about)))  # fmt: skip
        return events.count(connection, question)

    check_expectation(answer(store, write), held.expect)


def _pick(path: Path, out: ExportOptions) -> str:
    """The format named, else what the target's name says. Raises UsageError."""
    database = path.suffix.lower() in _DATABASES
    format_ = out.format or ("sqlite" if database else "datapackage")
    if format_ not in _FORMATS:
        raise UsageError(f"unknown format '{format_}': {offer(format_, _FORMATS, 1)}")
    if not (out.format or database or is_folder(path) is not None) and path.suffix[1:2].isalpha():
        named = f"name it with --format ({', '.join(_FORMATS)})"
        raise UsageError(f"'{path}' does not say its format: {named}; a folder's name has no extension")
    if out.partition not in (None, "year"):
        raise UsageError(f"--partition takes year, not '{out.partition}'")
    if out.partition and format_ != "parquet":
        raise UsageError(f"--partition is for parquet, not for {format_}")
    if database and format_ != "sqlite":
        raise UsageError(f"'{path}' is the name of a database; {format_} is a folder: give it another name")
    return format_


def _refuse(path: Path, format_: str) -> None:
    """Raises UsageError where something else than an earlier export would be lost."""
    found = is_folder(path)
    if found is None:
        return
    if format_ == "sqlite":
        from mali_chrono.exchange.sqlite import is_export

        if found:
            raise UsageError(f"'{path}' is a folder; a database is a file: {path}/chronology.sqlite")
        if path.stat().st_size and not is_export(path):
            raise UsageError(f"'{path}' is no earlier export; delete it, or give another name")
        return
    if not found:
        raise UsageError(f"'{path}' is a file; {format_} is a folder: give another name")
    from mali_chrono.exchange.datapackage import files_of

    there = {file.name for file in path.iterdir()}
    if there and (others := sorted(there - (files_of(path) or set()))):
        raise UsageError(f"'{path}' holds what is no earlier export ({others[0]}); empty it, or give another name")


def _writer(format_: str, *, by_year: bool) -> Callable[..., None]:
    """What writes a format to a path."""
    if format_ == "sqlite":
        from mali_chrono.exchange import sqlite

        return sqlite.write
    if format_ == "datapackage":
        from mali_chrono.exchange import datapackage

        return datapackage.write
    from functools import partial

    from mali_chrono.exchange import parquet

    return partial(parquet.write, by_year=by_year)


def _write(path: Path, format_: str, make: Callable[[Path], None]) -> None:
    """Make a file or a folder whole or not at all. Raises DataError where it cannot be written."""
    try:
        with drafted(path) as draft:
            if format_ != "sqlite":
                draft.mkdir()
            make(draft)
    except OSError as fault:
        raise DataError(f"cannot write '{path}': {fault.strerror or fault}") from None
