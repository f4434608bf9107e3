"""What a person asked for with the shared options, resolved: filters, format, fields, looks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mali_chrono.cli.environment import Terminal, terminal, today
from mali_chrono.cli.options import COLORS, CardOptions, FilterOptions, OutputOptions
from mali_chrono.cli.output import check_expectation, emit, parse_expectation
from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.index.fields import HEADINGS

if TYPE_CHECKING:
    from mali_chrono.answers.filters import Filters, Question

Formats = Mapping[str, Callable[[Any, Any], str]]  # a page's: name -> (view, look) -> text
# The formats that an extension may mean; a page has one of them at most.
EXTENSIONS = {
    "json": ("json",), "jsonl": ("jsonl",), "ndjson": ("jsonl",), "csv": ("csv",), "md": ("md",),
    "txt": ("plain", "tree"), "mmd": ("mermaid",), "mermaid": ("mermaid",), "dot": ("dot",), "gv": ("dot",),
    "sql": ("sql",),
}  # fmt: skip


class Writer(NamedTuple):
    """How an answer is written: the format chosen, its page's formats, and what it is shown on."""

    format: str
    formats: Formats
    look: Terminal

    def write(self, view: Any) -> str:
        """The text of a view."""
        return self.formats[self.format](view, self.look)


def read_filters(options: FilterOptions) -> "Filters":
    """The filter options as filters. Raises UsageError on a bad --today or --exclude, and on an option of old."""
    from mali_chrono.answers.filters import Filters
    from mali_chrono.answers.windows import When

    if options.no_members:
        raise UsageError("--no-members is now --direct, for places too")
    now = today(options.today) if options.since or options.until or options.in_ else (1, 1, 1)
    return Filters(
        when=When(tuple(options.since or ()), tuple(options.until or ()), tuple(options.in_ or ()), now),
        covers=options.covers,
        must=options.must,
        within=options.within,
        actor=options.actor or (),
        company=options.company or (),
        role=options.role or (),
        direct=options.direct,
        place=options.place or (),
        region=options.region or (),
        type=options.type or (),
        tag=options.tag or (),
        source=options.source or (),
        outlet=options.outlet or (),
        min_killed=options.min_killed,
        disputed=options.disputed,
        confirmed=options.confirmed,
        text=options.text or (),
        excluded=_pairs(options.exclude),
        limit=options.limit,
        reverse=options.reverse,
        sort=options.sort,
    )


def resolved(store: str, question: "Question") -> dict[str, object]:
    """What was asked as an answer repeats it: the store, the time, the ids of what was named."""
    return {"store": store, **question.echo, **question.resolved}


def asked(filters: "Filters", question: "Question") -> dict[str, object]:
    """All that was asked, by the names of the options: the time, the ids of what was named, and every other filter."""
    others = {
        "covers": filters.covers, "must": filters.must, "within": filters.within, "direct": filters.direct,
        "min-killed": filters.min_killed, "disputed": filters.disputed, "confirmed": filters.confirmed,
        "match": list(filters.text), "exclude": [f"{key}={value}" for key, value in filters.excluded],
        "limit": filters.limit, "reverse": filters.reverse, "sort": None if filters.sort == "date" else filters.sort,
    }  # fmt: skip
    named = {key: list(values) for key, values in question.resolved.items()}
    return {
        **question.echo,
        **named,
        **{key: value for key, value in others.items() if value is not None and value is not False and value != []},
    }


def pick_output(options: OutputOptions, formats: Formats) -> Writer:
    """Resolve the output options. Raises UsageError on an unknown format or colour, and on what is no expectation."""
    if options.expect is not None:
        parse_expectation(options.expect)
    return pick_writer(options, formats)


def pick_writer(options: CardOptions | OutputOptions, formats: Formats) -> Writer:
    """Resolve format and colour. Raises UsageError."""
    file = None if options.output == "-" else options.output
    look = pick_look(options.color, file)
    return Writer(pick_format(options.format, file, formats, look), formats, look)


def pick_look(color: str, file: str | None) -> Terminal:
    """What an answer is shown on. Raises UsageError on an unknown colour."""
    if color not in COLORS:
        raise UsageError(f"--color takes auto, always or never, not '{color}'")
    return terminal(color, to_file=file is not None)


def pick_format(name: str | None, file: str | None, formats: Iterable[str], look: Terminal) -> str:
    """The format named, else what the output file's extension says, else the usual one. Raises UsageError."""
    formats = tuple(formats)
    if name is not None:
        if name in formats:
            return name
        hint = did_you_mean(name, formats, 1) or "one of: " + ", ".join(formats)
        raise UsageError(f"unknown format '{name}': {hint}")
    if file is None:
        return "plain" if not look.is_terminal and "plain" in formats else formats[0]
    for meant in EXTENSIONS.get(file.rpartition(".")[2].lower(), ()):
        if meant in formats:
            return meant
    raise UsageError(f"'{file}' does not say its format: name it with --format ({', '.join(formats)})")


def pick_fields(text: str | None, fields: Sequence[str]) -> tuple[str, ...] | None:
    """The fields of --fields, each once; None when the option is not given. Raises UsageError on one there is not."""
    if text is None:
        return None
    names = (name.strip() for name in text.split(",") if name.strip())
    chosen = tuple(dict.fromkeys(HEADINGS.get(name, name) if name not in fields else name for name in names))
    for name in chosen:
        if name not in fields:
            hint = did_you_mean(name, fields) or "the fields are: " + ", ".join(fields)
            raise UsageError(f"unknown field '{name}': {hint}")
    if not chosen:
        raise UsageError("--fields names no field; the fields are: " + ", ".join(fields))
    return chosen


def emit_counted(options: OutputOptions, count: int, text: str) -> None:
    """Write an answer, or with --count only how many it holds; then hold that against --expect. Raises DataError."""
    emit(f"{count}\n" if options.only_count else text, options.output)
    check_expectation(count, options.expect)


def _pairs(excluded: list[str] | None) -> list[tuple[str, str]]:
    pairs = []
    for text in excluded or ():
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise UsageError(f"--exclude takes KEY=VALUE, like type=report, not '{text}'")
        pairs.append((key.strip(), value.strip()))
    return pairs
