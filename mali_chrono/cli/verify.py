"""`chrono verify`: is everything printed where it is cited, and is everything printed told."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from typer import Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import find_store, inside_repository
from mali_chrono.cli.options import Color, ExpectOptions, OutputFile, StoreOption, expected, shared
from mali_chrono.cli.output import parse_expectation
from mali_chrono.cli.request import pick_writer
from mali_chrono.cli.reviewing import RuleOptions, tell
from mali_chrono.cli.waiting import waiting
from mali_chrono.dates.spoken import speak
from mali_chrono.dates.tongues import NoTongueError
from mali_chrono.errors import DataError, UsageError, offer
from mali_chrono.evidence import documents, readings
from mali_chrono.evidence import verify as evidence
from mali_chrono.intake.maps import Map
from mali_chrono.paths import is_folder
from mali_chrono.render import coverage as page
from mali_chrono.store.checks import sound
from mali_chrono.store.load import Loaded
from mali_chrono.store.locate import Store
from mali_chrono.store.model import Source
from mali_chrono.store.references import Fault


class ProofOptions(NamedTuple):
    """What to prove, and how the proof is written."""

    only: Annotated[
        list[str] | None,
        Option("--only", metavar="SOURCE", help="This document only.", rich_help_panel="What",
               autocompletion=complete(kind="source")),
    ] = None  # fmt: skip
    lines: Annotated[
        str | None, Option("--lines", metavar="A-B", help="These of its lines only.", rich_help_panel="What")
    ] = None
    verbose: Annotated[
        bool, Option("--verbose", "-v", help="Show the words each date rests on.", rich_help_panel="Output")
    ] = False
    format: str | None = None
    output: OutputFile = None
    color: Color = "auto"
    store: StoreOption = None


@shared(page.FORMATS, expect=expected("problems"))
def verify(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder with copies of the source documents.")],
    options: ProofOptions,
    rules: RuleOptions,
    held: ExpectOptions,
) -> None:
    """Is each date, figure and outlet printed where it is cited, and is all that is printed told?

    DIR holds copies of the documents, recognised by their sha256. Exits 1 when anything failed or is open;
    with --expect their number alone decides.
    In csv, tsv and jsonl a row is a problem; the coverage of each document stands in the other formats.
    """
    asked = rules.asked("verify")
    writer = pick_writer(options, page.FORMATS)
    parse_expectation(held.expect)
    store = find_store(options.store)
    with waiting("reading the store"):
        loaded = sound(store)
        speak(loaded.tongue)
        scope = _scope(loaded, options.only, options.lines)._replace(rules=asked)
        report = _report(documents_folder(folder), loaded, scope, maps_of(store, loaded.chronology.sources))
    query = {"store": store.name, "documents": folder, "only": sorted(scope.sources or ()), "lines": scope.lines}
    query |= rules.given()
    narrowed = {"only": query["only"], "lines": query["lines"]}
    about = writer.of_files(store, {key: value for key, value in narrowed.items() if value} | rules.given())
    view = page.Proof(report, query, options.verbose, store.name, about, rules.strict, inside_repository(store))
    tell(writer, view, page.found(view), options.output, held.expect)


def maps_of(store: Store, sources: Iterable[Source]) -> dict[str, Map]:
    """The maps that sources name. Raises DataError where there is none of that name."""
    from mali_chrono.intake.mapfiles import map_names, named_map

    maps = {}
    for source in sources:
        if source.map and source.map not in maps:
            found = named_map(source.map, store.root)
            if found is None:
                hint = offer(source.map, map_names(store.root))
                raise DataError(f"{source.path}: unknown map '{source.map}': {hint}")
            maps[source.map] = found
    return maps


def _report(folder: Path, loaded: Loaded, scope: evidence.Scope, maps: dict[str, Map]) -> evidence.Report:
    """The proof, begun with what is wrong with the copies. Raises UsageError where the folder holds none of them."""
    sources = loaded.chronology.sources
    copies, faults = find_copies(folder, sources, maps)
    return evidence.verify(loaded, read_copies(copies, sources, loaded.settings.language), scope, faults)


def read_copies(copies: Mapping[str, documents.Document], sources: Sequence[Source], language: str) -> readings.Copies:
    """The copies as read, in the language of their store. Raises UsageError where nobody here knows that."""
    try:
        return readings.read(copies, sources, language)
    except NoTongueError as fault:
        raise UsageError(f"{fault}: {fault.hint}") from None


def find_copies(
    folder: Path, sources: Sequence[Source], maps: dict[str, Map]
) -> tuple[dict[str, documents.Document], list[Fault]]:
    """The copies that a folder holds, and what is wrong with them; a store may have no documents yet.

    Raises UsageError where the folder holds none of them.
    """
    try:
        copies, faults = documents.find(folder, sources, maps)
    except OSError as fault:
        raise DataError(f"cannot read '{fault.filename or folder}': {fault.strerror or fault}") from None
    held = [source for source in sources if not source.unverifiable]
    if held and not copies and not any(fault.rule == "document-differs" for fault in faults):
        raise UsageError(f"'{folder}' holds none of the store's documents")
    return copies, faults


def documents_folder(name: str) -> Path:
    """The folder that is named. Raises UsageError where there is none, DataError where that cannot be seen."""
    folder = Path(name)
    try:
        found = bool(name) and is_folder(folder)
    except OSError as fault:
        raise DataError(f"cannot read '{name}': {fault.strerror}") from None
    if not found:
        raise UsageError(f"'{name}' is no folder: DIR holds copies of the source documents")
    return folder


def _scope(loaded: Loaded, only: list[str] | None, lines: str | None) -> evidence.Scope:
    ids = [source.id for source in loaded.chronology.sources]
    for name in only or ():
        if name not in ids:
            raise UsageError(f"unknown source '{name}': {offer(name, ids)}")
    sources = frozenset(only) if only else None
    if lines is None:
        return evidence.Scope(sources)
    match = re.fullmatch(r"([0-9]{1,7})(?:-([0-9]{1,7}))?", lines)
    if not match or int(match[1]) < 1 or int(match[2] or match[1]) < int(match[1]):
        raise UsageError(f"--lines takes a line or two like 95-161, not '{lines}'")
    if sources is None or len(sources) > 1:
        raise UsageError("--lines needs --only SOURCE: it is lines of one document")
    return evidence.Scope(sources, (int(match[1]), int(match[2] or match[1])))
