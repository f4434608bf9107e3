"""What a person asked for with the shared options, resolved: filters, format, fields, looks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from mali_chrono.cli.environment import iso_today, terminal, today
from mali_chrono.cli.options import COLORS, FilterOptions, OutputOptions
from mali_chrono.cli.output import check_expectation, emit, parse_expectation, say
from mali_chrono.errors import UsageError, did_you_mean, offer
from mali_chrono.render.formats import FORMATS, Content, Write, meant_by
from mali_chrono.render.look import Look
from mali_chrono.text import counted

if TYPE_CHECKING:
    import sqlite3

    from mali_chrono.answers.about import About
    from mali_chrono.answers.filters import Filters
    from mali_chrono.store.locate import Store

Formats = Mapping[str, Write]  # a page's, the usual one first


class Wanted(Protocol):
    """Options that say how an answer is written, and where."""

    @property
    def format(self) -> str | None: ...  # noqa: D102
    @property
    def output(self) -> str | None: ...  # noqa: D102
    @property
    def color(self) -> str: ...  # noqa: D102


class Writer(NamedTuple):
    """How an answer is written: the format chosen, its page's formats, and what it is shown on, what --today says."""

    format: str
    formats: Formats
    look: Look
    now: str | None = None

    def write(self, view: Any) -> Content:
        """A view in the format; what the format cannot say, and so leaves out, is said on standard error."""
        written = self.formats[self.format](view, self.look)
        if isinstance(written, str | bytes | Iterator):
            return written
        if written.left_out:
            say(_tell_left_out(self.format, written.left_out, len(view.rows)))
        return written.content

    def read_about(self, connection: "sqlite3.Connection", store: str, query: Mapping[str, object]) -> "About | None":
        """What the answer says of itself; None in a format that says nothing."""
        if not FORMATS[self.format].dated:
            return None
        from mali_chrono.answers.about import read_about

        return read_about(connection, store, query, iso_today(self.now))

    def of_files(self, store: "Store", query: Mapping[str, object]) -> "About | None":
        """The same of an answer that no index gave."""
        if not FORMATS[self.format].dated:
            return None
        from mali_chrono.answers.about import about_files
        from mali_chrono.index.stamps import hashes
        from mali_chrono.store.locate import files

        return about_files(hashes(files(store)), store.name, query, iso_today(self.now))


def _tell_left_out(name: str, left_out: Sequence[tuple[str, int]], total: int) -> str:
    """Such as: "ics: 151 of 536 events are left out: 46 have no end, 105 last over 31 days"."""
    count = sum(number for _, number in left_out)
    reasons = ", ".join(f"{number} {reason}" for reason, number in left_out)
    return f"{name}: {count} of {counted(total, 'event')} {'is' if count == 1 else 'are'} left out: {reasons}"


def read_filters(options: FilterOptions) -> "Filters":
    """The filter options as filters. Raises UsageError on a bad --today or --exclude, and on an option of old."""
    from mali_chrono.answers.asking import read_given

    if options.no_members:
        raise UsageError("--no-members is now --direct, for places too")
    if options.min_killed is not None:
        raise UsageError(f"--min-killed is now --min: --min killed={options.min_killed}")
    dated = options.since or options.until or options.in_
    return read_given(options._asdict(), today(options.today) if dated else (1, 1, 1))


def pick_output(options: OutputOptions, formats: Formats, now: str | None = None) -> Writer:
    """Resolve the output options. Raises UsageError on an unknown format or colour, and on what is no expectation."""
    parse_expectation(options.expect)
    return pick_writer(options, formats, now)


def pick_writer(options: Wanted, formats: Formats, now: str | None = None) -> Writer:
    """Resolve format and colour; `now` is what --today says. Raises UsageError."""
    file = None if options.output == "-" else options.output
    look = pick_look(options.color, file)
    name = pick_format(options.format, file, formats, look)
    refuse_binary(name, look)
    return Writer(name, formats, look, now)


def refuse_binary(name: str, look: Look) -> None:
    """Keep bytes from a terminal. Raises UsageError."""
    if FORMATS[name].binary and look.is_terminal:
        raise UsageError(f"{name} is for a file: -o FILE.{FORMATS[name].extensions[0]}")


def pick_look(color: str, file: str | None) -> Look:
    """What an answer is shown on. Raises UsageError on an unknown colour."""
    if color not in COLORS:
        raise UsageError(f"--color takes auto, always or never, not '{color}'")
    return terminal(color, to_file=file is not None)


def pick_format(name: str | None, file: str | None, formats: Iterable[str], look: Look) -> str:
    """The format named, else what the output file's extension says, else the usual one. Raises UsageError."""
    formats = tuple(formats)
    if name is not None:
        if name in formats:
            return name
        alike = [known for known in formats if known[0] == name[:1].lower()]  # svg is no tsv
        meant = meant_by(name.lower(), formats)
        hint = f"did you mean '{meant}'?" if meant else did_you_mean(name, alike, 1)
        hint = hint or _drawn(name.lower()) or "one of: " + ", ".join(formats)
        raise UsageError(f"unknown format '{name}': {hint}")
    if file is None:
        return "plain" if not look.is_terminal and formats[0] == "table" else formats[0]
    extension = file.rpartition(".")[2].lower()
    for known in formats:
        if extension in FORMATS[known].extensions:
            return known
    hint = _drawn(extension) or f"name it with --format ({', '.join(formats)})"
    raise UsageError(f"'{file}' does not say its format: {hint}")


def _drawn(format_: str) -> str:
    """Which command draws a picture, for those who ask an answer in words for one."""
    return f"`chrono plot KIND -o FILE.{format_}` draws pictures" if format_ in ("svg", "png") else ""


def pick_fields(
    text: str | None, fields: Sequence[str], headings: Mapping[str, str] | None = None
) -> tuple[str, ...] | None:
    """The fields of --fields, each once; None when the option is not given. Raises UsageError on one there is not.

    `headings` are fields by what stands above their columns.
    """
    if text is None:
        return None
    names = (name.strip() for name in text.split(",") if name.strip())
    chosen = tuple(dict.fromkeys((headings or {}).get(name, name) if name not in fields else name for name in names))
    for name in chosen:
        if name not in fields:
            raise UsageError(f"unknown field '{name}': {offer(name, fields)}")
    if not chosen:
        raise UsageError("--fields names no field; the fields are: " + ", ".join(fields))
    return chosen


def emit_counted(options: OutputOptions, count: int, content: Content) -> None:
    """Write an answer, or with --count only how many it holds; then hold that against --expect. Raises DataError."""
    emit(f"{count}\n" if options.only_count else content, options.output)
    check_expectation(count, options.expect)
