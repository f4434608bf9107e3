"""The formats of answers: one table, which pages, options, extensions, completion, help and refusals read.

A further format is a row here and a module. Cheap to import: it is on every command's path.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.exchange.written import Written
    from mali_chrono.render.found import Found
    from mali_chrono.render.look import Look
    from mali_chrono.render.tabular import Tabular

# What a format takes: a page of its own for each answer; any answer as rows (render/tabular.py); events as json rows;
# problems of a store (render/found.py).
PAGE, ROWS, EVENTS, PROBLEMS = "page", "rows", "events", "problems"
Content = str | bytes | Iterator[str]
Write = Callable[[Any, "Look"], "Content | Written"]  # (view, look) -> what is written, in pieces where it may be long


class Format(NamedTuple):
    """A format: its name, what it takes, the module that writes it (`write`), the extensions of its files.

    `others` are names that people give it. A `dated` one leaves the terminal for good, and says of what and when it is
    (answers/about.py); a `binary` one is bytes and no terminal's. `write` takes (tabular, look) for ROWS and
    the problems for PROBLEMS; for EVENTS it takes (rows, about), or (rows, about, background) where it asks for what
    stands `behind` events (answers/background.py), and gives back `Written`.
    """

    name: str
    takes: str
    module: str = ""
    extensions: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    dated: bool = False
    binary: bool = False
    behind: bool = False


TABLE = (
    Format("table", ROWS, "mali_chrono.render.console"),
    Format("text", PAGE, "", ("txt",)),
    Format("tree", PAGE, "", ("txt",)),
    Format("plain", ROWS, "mali_chrono.render.plain", ("txt",), ("text", "txt")),
    Format("csv", ROWS, "mali_chrono.render.csvtext", ("csv",)),
    Format("tsv", ROWS, "mali_chrono.render.tsvtext", ("tsv", "tab"), ("tab", "tabs")),
    Format("json", PAGE, "", ("json",)),
    Format("jsonl", ROWS, "mali_chrono.render.jsontext", ("jsonl", "ndjson"), ("ndjson",)),
    Format("md", ROWS, "mali_chrono.render.markdown", ("md", "markdown"), ("markdown",)),
    Format("html", ROWS, "mali_chrono.render.htmltable", ("html", "htm"), ("htm",), dated=True),
    Format("ics", EVENTS, "mali_chrono.exchange.ics", ("ics",), ("ical", "icalendar", "calendar"), dated=True),
    Format("geojson", EVENTS, "mali_chrono.exchange.geojson", ("geojson",), ("map",), dated=True),
    Format("timelinejs", EVENTS, "mali_chrono.exchange.timelinejs", dated=True, behind=True),
    Format("acled", EVENTS, "mali_chrono.exchange.acled", dated=True, behind=True),
    Format("jsonld", EVENTS, "mali_chrono.exchange.jsonld", ("jsonld",), ("json-ld", "rdf"), dated=True),
    Format("csl", EVENTS, "mali_chrono.exchange.csl", (), ("csl-json", "bibliography"), dated=True),
    Format("xlsx", EVENTS, "mali_chrono.exchange.xlsx", ("xlsx",), ("excel", "xls"), dated=True, binary=True),
    Format("github", PROBLEMS, "mali_chrono.exchange.github", (), ("gha", "actions")),
    Format("sarif", PROBLEMS, "mali_chrono.exchange.sarif", ("sarif",)),
    Format("junit", PROBLEMS, "mali_chrono.exchange.junit", ("xml",), ("xml", "xunit")),
    Format("sql", PAGE, "", ("sql",)),
    Format("mermaid", PAGE, "", ("mmd", "mermaid"), ("mmd",)),
    Format("dot", PAGE, "", ("dot", "gv"), ("gv", "graphviz")),
    Format("svg", PAGE, "", ("svg",)),
    Format("png", PAGE, "", ("png",), binary=True),
    Format("pdf", PAGE, "", ("pdf",), binary=True),
)
FORMATS = {format_.name: format_ for format_ in TABLE}
# What programs read: every value whole, a row written as soon as it is known.
FOR_PROGRAMS = frozenset(("csv", "tsv", "json", "jsonl"))


def as_written(view: str, look: "Look") -> str:  # noqa: ARG001
    """An answer that is a text already: a question as SQL (exchange/sqltext.py)."""
    return view


def offer(
    own: Mapping[str, Write],
    tabular: "Callable[[Any, Look], Tabular]",
    *,
    events: bool = False,
    problems: "Callable[[Any], Found] | None" = None,
) -> dict[str, Write]:
    """The formats of a page: its own, the first of which is the usual one, and those written from its rows.

    With `events` also those for other programs: then a view has its events as json objects (`rows`), what the answer
    says of itself (`about`) and what stands behind the events, where a format asks for it (`background`). `problems`
    gives those of a view, for the formats of such.
    """
    usual = next(iter(own))
    names = [usual, *(name for name in FORMATS if name != usual)]
    made: dict[str, Write] = {}
    for format_ in map(FORMATS.__getitem__, names):
        if format_.name in own:
            made[format_.name] = own[format_.name]
        elif format_.takes == ROWS:
            made[format_.name] = _of_rows(format_, tabular)
        elif format_.takes == EVENTS and events:
            made[format_.name] = _of_events(format_)
        elif format_.takes == PROBLEMS and problems:
            made[format_.name] = _of_problems(format_, problems)
    return made


def _of_rows(format_: Format, tabular: "Callable[[Any, Look], Tabular]") -> Write:
    def write(view: Any, look: "Look") -> Content:
        content: Content = _module(format_).write(tabular(view, look), look)
        return content

    return write


def _of_events(format_: Format) -> Write:
    def write(view: Any, look: "Look") -> "Written":  # noqa: ARG001
        behind = (view.background,) if format_.behind else ()
        written: Written = _module(format_).write(view.rows, view.about, *behind)
        return written

    return write


def _of_problems(format_: Format, problems: "Callable[[Any], Found]") -> Write:
    def write(view: Any, look: "Look") -> Content:  # noqa: ARG001
        content: Content = _module(format_).write(problems(view))
        return content

    return write


def _module(format_: Format) -> Any:
    from importlib import import_module

    return import_module(format_.module)


def meant_by(word: str, offered: Iterable[str] = FORMATS) -> str:
    """The format, of those offered, that a word means: by its own name, or by another that people give it; or ""."""
    names = tuple(offered)
    return word if word in names else next((name for name in names if word in FORMATS[name].others), "")
