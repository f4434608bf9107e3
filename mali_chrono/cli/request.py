"""What a person asked for with the shared options, resolved: filters, format, fields, looks."""

from collections.abc import Mapping
from typing import NamedTuple

from mali_chrono.answers import filters as query
from mali_chrono.cli.environment import Terminal, terminal, today
from mali_chrono.cli.options import CardOptions, FilterOptions, OutputOptions
from mali_chrono.cli.output import parse_expectation
from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.index import fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.dates.typed import Window

EXTENSIONS = {"json": "json", "jsonl": "jsonl", "ndjson": "jsonl", "csv": "csv", "md": "md", "txt": "plain"}


class Asked(NamedTuple):
    """Filters for the query, and the window in words for the answer's `query`."""

    filters: query.Filters
    window: dict[str, str | None]


class Shape(NamedTuple):
    """How the answer is to look: its format, the fields chosen (None: the format's own), the terminal."""

    format: str
    fields: tuple[str, ...] | None
    look: Terminal


def filters(options: FilterOptions) -> Asked:
    """Resolve the filter options. Raises UsageError on a bad date or --exclude."""
    window = _window(options)
    wanted = query.Filters(
        window=window.span if window else None,
        actor=options.actor or (),
        role=options.role or (),
        place=options.place or (),
        region=options.region or (),
        type=options.type or (),
        tag=options.tag or (),
        source=options.source or (),
        outlet=options.outlet or (),
        min_killed=options.min_killed,
        disputed=options.disputed,
        text=options.text or (),
        excluded=_pairs(options.exclude),
        must=options.must,
        within=options.within,
        members=not options.no_members,
        limit=options.limit,
        reverse=options.reverse,
    )
    return Asked(wanted, window.echo() if window else {})


def _window(options: FilterOptions) -> "Window | None":
    if (options.since, options.until, options.in_) == (None, None, None):
        return None
    from mali_chrono.dates import typed as when

    try:
        return when.window(options.since, options.until, options.in_, today(options.today))
    except when.WhenError as fault:
        raise UsageError(str(fault)) from None


def shape(options: OutputOptions, formats: tuple[str, ...]) -> Shape:
    """Resolve the output options. Raises UsageError on an unknown format, field, colour or expectation."""
    if options.expect is not None:
        parse_expectation(options.expect)
    chosen = pick_fields(options.fields, fields.FIELDS)
    return card_shape(options, formats)._replace(fields=chosen)


def card_shape(options: CardOptions | OutputOptions, formats: tuple[str, ...]) -> Shape:
    """Resolve format and colour alone."""
    to_file = options.output is not None and options.output != "-"
    look = terminal(color(options.color), to_file=to_file)
    usual = "table" if look.width is not None else "plain"
    return Shape(pick_format(options.format, options.output, formats, usual), None, look)


def color(text: str) -> str:
    """The value of --color. Raises UsageError on an unknown one."""
    if text not in ("auto", "always", "never"):
        raise UsageError(f"--color takes auto, always or never, not '{text}'")
    return text


def pick_format(
    named: str | None,
    output: str | None,
    formats: tuple[str, ...],
    usual: str,
    extensions: Mapping[str, str] = EXTENSIONS,
) -> str:
    """The format named, else what the output file's extension says, else the usual one. Raises UsageError."""
    if named is not None:
        if named in formats:
            return named
        hint = did_you_mean(named, formats, 1) or "one of: " + ", ".join(formats)
        raise UsageError(f"unknown format '{named}': {hint}")
    if output is None or output == "-":
        return usual
    found = extensions.get(output.rpartition(".")[2].lower(), "")
    if found in formats:
        return found
    raise UsageError(f"'{output}' does not say its format: name it with --format ({', '.join(formats)})")


def pick_fields(text: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """The fields of --fields, each once; None when the option is not given. Raises UsageError on one not known."""
    if text is None:
        return None
    chosen = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in chosen:
        if name not in known:
            hint = did_you_mean(name, known) or "the fields are: " + ", ".join(known)
            raise UsageError(f"unknown field '{name}': {hint}")
    if not chosen:
        raise UsageError("--fields names no field; the fields are: " + ", ".join(known))
    return chosen


def _pairs(excluded: list[str] | None) -> list[tuple[str, str]]:
    found = []
    for text in excluded or ():
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise UsageError(f"--exclude takes KEY=VALUE, like type=report, not '{text}'")
        found.append((key.strip(), value.strip()))
    return found
