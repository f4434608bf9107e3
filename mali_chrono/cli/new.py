"""`chrono new`: a record to fill in, or one put into its file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Argument, Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import find_store, refuse_shipped, today
from mali_chrono.cli.files import write_file
from mali_chrono.cli.locks import locked
from mali_chrono.cli.options import StoreOption, Today, shared
from mali_chrono.cli.output import emit, say
from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import ERROR, WARNING, DataError, UsageError, offer
from mali_chrono.kinds import RECORDS
from mali_chrono.text import counted

if TYPE_CHECKING:
    from mali_chrono.edit.addition import Addition
    from mali_chrono.store.load import Loaded
    from mali_chrono.store.locate import Store


class NewOptions(NamedTuple):
    """What becomes of the record."""

    append: Annotated[
        bool, Option("--append", rich_help_panel="Output", help="Put it at its place in the store's file; no other byte"
                     " is touched. Refused where `check` would find an error.")
    ] = False  # fmt: skip
    file: Annotated[
        str | None, Option("--file", metavar="FILE", rich_help_panel="Output",
                           help="With --append: this file of events, data/events/NAME.yaml, there or not.")
    ] = None  # fmt: skip
    today: Today = None
    store: StoreOption = None


@shared()
def new(
    kind: Annotated[str, Argument(metavar="KIND", help=f"{', '.join(RECORDS)}.", autocompletion=complete(*RECORDS))],
    given: Annotated[
        list[str] | None,
        Argument(
            metavar="[KEY=VALUE]...",
            help="Fields; for a source the copy's FILE too, which is read.",
            autocompletion=complete(kind="given"),
        ),
    ] = None,
    *,
    options: NewOptions,
) -> None:
    """A new record as YAML, with an id of its own; what it still needs is marked TODO.

    A name stands for an id. What is a list is given once for each member: actor=NAME:ROLE, toll='KIND=N of=NAME
    cite=SOURCE:LINE', KIND=N+, also=DATE:KIND, link=ID:KIND, relation=KIND:NAME:DATE, skip=LINES:REASON;
    any part also as 'key=value key=value'. Records that may tell the same are named on standard error.

    \b
    The keys of each kind, those that it needs first; a kind of toll is one too:
    event   date, title, type, place, actor, cite, summary;
            toll, also, link, outlet, tag, certainty, says
    actor   name, kind; short, alias, active, relation, strength, cite, summary
    place   name, precision; alias, kind, region, lat, lon, within
    period  name, kind, date, cite; alias, place, actor, toll, summary
    source  title, file, sha256, lines, format, as_of, licence, summary;
            author, publisher, pages, map, unverifiable, as_of_cite, skip
    type    name, category; alias, acled, removes, founds, dissolves
    any     id, note, url, ids, ignore

    \b
    chrono new event
    chrono new event date=2024-07-25 type='armed clash' place=gao actor=jnim:perpetrator
    chrono new source report.md licence=CC0 as_of=2024 --append
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    from mali_chrono.edit.addition import Wanted, add
    from mali_chrono.edit.stub import stub_text

    shape = kind.strip().lower()
    shape = shape.removesuffix("s") if shape not in RECORDS else shape
    if shape not in RECORDS:
        raise UsageError(f"chrono new writes no '{kind}': {offer(shape, RECORDS)}")
    if options.file is not None and not (options.append and shape == "event"):
        raise UsageError("--file goes with --append, for an event")
    store = find_store(options.store)
    if not options.append:
        loaded = _load(store)
        values = _read(shape, given or [], loaded)
        hints = _hints(loaded, shape, values)
        emit(stub_text(shape, values, loaded), paged=False)
        _tell(hints)
        return
    refuse_shipped(store)
    day = today(options.today)
    beside: list[str] = []
    try:
        with locked(store.root / "data"):
            loaded = _load(store)
            values = _read(shape, given or [], loaded)
            added = add(store, loaded, Wanted(shape, values, options.file), day)
            beside += _hints(loaded, shape, values)
            beside += _judge(added)
            _write(added)
        where = f"{added.file.relative}:{added.line}: {values['id']}"
        try:
            emit(f"{where}\n", paged=False)
        except DataError as fault:
            raise DataError(f"{fault}; the record is written: {where}") from None
    finally:
        _tell(beside)


def _load(store: "Store") -> "Loaded":
    """The store as read. Raises BrokenStoreError where it is written in a newer format."""
    from mali_chrono.store.load import load, refuse_newer

    with waiting("reading the store"):
        loaded = load(store)
    refuse_newer(loaded)
    return loaded


def _read(shape: str, given: Sequence[str], loaded: "Loaded") -> dict[str, Any]:
    """The values that are given, with an id; those of a source with what its copy says. Raises ChronoError."""
    from mali_chrono.edit.stub import identified
    from mali_chrono.edit.typed import read_values

    copies = [word for word in given if shape == "source" and not re.match("[a-z_]+=", word)]
    described: dict[str, str] = {}
    if len(copies) == 1:
        from mali_chrono.edit.copies import describe_copy

        described = describe_copy(Path(copies[0]))
        given = [word for word in given if word not in copies]
    return identified(shape, described | read_values(shape, given, loaded), loaded)


def _hints(loaded: "Loaded", shape: str, values: Mapping[str, Any]) -> list[str]:
    """The lines that name what may be the same."""
    from mali_chrono.edit.addition import read_record
    from mali_chrono.edit.doubles import doubles

    found = list(doubles(loaded.found, shape, read_record(shape, values, loaded.grammar)))
    return ["is it told already?", *(f"  {line}" for line in found)] if found else []


def _tell(beside: Sequence[str]) -> None:
    """Say what stands beside an answer: after it, also where a pipe takes both."""
    if beside:
        say("\n".join(beside))


def _judge(added: "Addition") -> list[str]:
    """The lines that tell what `check` would warn of. Raises DataError where it finds an error."""
    from mali_chrono.render.problems import in_a_line

    told = [
        in_a_line(problem) for severity in (ERROR, WARNING)
        for problem in added.problems if problem.severity == severity
    ]  # fmt: skip
    errors = sum(p.severity == ERROR for p in added.problems)
    if errors:
        raise DataError(f"not appended: {added.file.relative} would have {counted(errors, 'error')} more:",
                        *(f"  {line}" for line in told[:errors]))  # fmt: skip
    return [f"warning: {line}" for line in told]


def _write(added: "Addition") -> None:
    """Put the new content in the place of the old, unless that changed meanwhile. Raises DataError."""
    from mali_chrono.edit.addition import content_of

    def pieces() -> Iterator[bytes]:
        yield added.after
        if content_of(added.file.path) != added.before:  # by an editor: it takes no lock
            raise DataError(f"{added.file.relative} was changed meanwhile: nothing was written, ask again")

    try:
        added.file.path.parent.mkdir(parents=True, exist_ok=True)
        write_file(added.file.path, pieces())
    except OSError as fault:
        raise DataError(f"cannot write '{added.file.relative}': {fault.strerror or fault}") from None
