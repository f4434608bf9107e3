"""`chrono verify`: is everything printed where it is cited, and is everything printed told."""

import re
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from typer import Exit, Option

from mali_chrono.cli import output
from mali_chrono.cli import request as asked
from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import find_store, terminal
from mali_chrono.cli.options import Color, StoreOption, shared
from mali_chrono.errors import DataError, UsageError, did_you_mean
from mali_chrono.evidence import documents, readings
from mali_chrono.evidence import verify as evidence
from mali_chrono.render import coverage as render
from mali_chrono.store.checks import sound
from mali_chrono.store.load import Loaded

FORMATS = ("text", "json")


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
    format: Annotated[
        str, Option("--format", "-f", metavar="FORMAT", help="text or json.", rich_help_panel="Output",
                    autocompletion=complete(*FORMATS)),
    ] = "text"  # fmt: skip
    output: Annotated[
        str | None, Option("--output", "-o", metavar="FILE", help="Write to FILE.", rich_help_panel="Output")
    ] = None
    color: Color = "auto"
    store: StoreOption = None


@shared
def verify(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder with copies of the source documents.")],
    options: ProofOptions,
) -> None:
    """Is each date, figure and outlet printed where it is cited, and is all that is printed told?

    DIR holds copies of the documents, recognised by their sha256. Exits 1 when anything failed or is open.
    """
    look = terminal(asked.color(options.color), to_file=options.output not in (None, "-"))
    if options.format not in FORMATS:
        raise UsageError(f"unknown format '{options.format}': one of: {', '.join(FORMATS)}")
    store = find_store(options.store)
    loaded = sound(store)
    scope = _scope(loaded, options.only, options.lines)
    report = _report(_folder(folder), loaded, scope)
    if options.format == "json":
        query = {"store": store.name, "documents": folder, "only": sorted(scope.sources or ()), "lines": scope.lines}
        text = render.as_json(report, query, verbose=options.verbose)
    else:
        text = render.text(report, look, verbose=options.verbose)
    output.emit(text, options.output)
    if report.problems:
        raise Exit(1)


def _report(folder: Path, loaded: Loaded, scope: evidence.Scope) -> evidence.Report:
    """The proof, begun with what is wrong with the copies. Raises UsageError where the folder holds none of them."""
    sources = loaded.chronology.sources
    try:
        found, problems = documents.find(folder, sources)
    except OSError as fault:
        raise DataError(f"cannot read '{folder}': {fault.strerror or fault}") from None
    if not found and not any(problem.rule == "document-differs" for problem in problems):
        raise UsageError(f"'{folder}' holds none of the store's documents")
    report = evidence.verify(loaded.chronology, readings.read(found, sources), loaded.texts, scope)
    wanted = {source.path for source in sources if scope.sources is None or source.id in scope.sources}
    return report._replace(problems=(*(p for p in problems if p.file in wanted), *report.problems))


def _folder(name: str) -> Path:
    folder = Path(name)
    if not name or not folder.is_dir():
        raise UsageError(f"'{name}' is no folder: DIR holds copies of the source documents")
    return folder


def _scope(loaded: Loaded, only: list[str] | None, lines: str | None) -> evidence.Scope:
    known = [source.id for source in loaded.chronology.sources]
    for name in only or ():
        if name not in known:
            raise UsageError(f"unknown source '{name}': {did_you_mean(name, known) or 'one of: ' + ', '.join(known)}")
    sources = frozenset(only) if only else None
    if lines is None:
        return evidence.Scope(sources)
    match = re.fullmatch(r"([0-9]{1,7})(?:-([0-9]{1,7}))?", lines)
    if not match or int(match[1]) < 1 or int(match[2] or match[1]) < int(match[1]):
        raise UsageError(f"--lines takes a line or two like 95-161, not '{lines}'")
    if sources is None or len(sources) > 1:
        raise UsageError("--lines needs --only SOURCE: it is lines of one document")
    return evidence.Scope(sources, (int(match[1]), int(match[2] or match[1])))
