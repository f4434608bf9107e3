"""A workbook (Office Open XML): sheets of the events, their claims, the documents, and where it comes from.

Every text is text: nothing is run as a formula and nothing becomes a link. Dates are ISO text, since a sheet's own end
at 1900; `day` is one of those, where the day is known.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mali_chrono.answers.about import About
from mali_chrono.dates.days import ordinal
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe
from mali_chrono.errors import UsageError
from mali_chrono.exchange.telling import Row, is_sure, origin, pointed, printed_as, where, who
from mali_chrono.exchange.written import Written
from mali_chrono.kinds import ENDS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# What a sheet and a cell hold at most (Microsoft, "Excel specifications and limits").
_ROWS = 1_048_576
_CHARACTERS = 32_767
_CUT = " [cut: a cell holds no more]"
# Day 0 of the workbook's calendar; its days before March 1900 are one off.
_EPOCH, _FIRST = ordinal(1899, 12, 30), ordinal(1900, 3, 1)

_BEFORE = (
    "id", "date", "when", "day", "earliest", "latest", "precision", "time", "printed_as", "match", "title",
    "type", "category", "where", "region", "lat", "lon", "place_precision", "who",
)  # fmt: skip
_AFTER = ("disputed", "certainty", "says", "cites", "outlets", "tags", "ids", "urls", "summary", "note")
_CLAIMS = ("event_id", "kind", "figure", "of", "who", "says", "at", "as_of", "certainty", "best", "cites")
_DOCUMENTS = (
    "id", "title", "author", "publisher", "url", "as_of", "licence", "file", "sha256", "lines", "pages", "format",
    "map", "unverifiable", "summary", "note",
)  # fmt: skip
_WIDTHS = {"title": 60, "summary": 60, "note": 60, "who": 40, "where": 24, "id": 28, "event_id": 28, "day": 11}
_USUAL = 14


def write(rows: Iterable[Row], about: About) -> Written:
    """The workbook as bytes. Raises UsageError where the extra is missing, or a sheet cannot hold all."""
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError("--format xlsx needs one more package: pip install 'mali-chrono[xlsx]'") from None
    content = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties(
        {"title": about.title or about.store, "created": datetime.fromisoformat(about.today).replace(tzinfo=UTC)}
    )
    tolls = about.words.toll_kinds
    columns = (*_BEFORE, *(f"{kind}_{end}" for kind in tolls for end in ENDS), *_AFTER)
    events, claims = _Sheet(book, "events", columns), _Sheet(book, "claims", _CLAIMS)
    documents, told = _Sheet(book, "documents", _DOCUMENTS), _Sheet(book, "about", ("what", "says"))
    for row in rows:
        events.add(_event(row, tolls))
        for claim in _claims(row, tolls):
            claims.add(claim)
    for document in about.documents:
        documents.add({**document})
    for label, text in (("Title", about.title), *origin(about)):
        told.add({"what": label, "says": text})
    for sheet in (events, claims, documents, told):
        sheet.end()
    book.close()
    return Written(content.getvalue())


class _Sheet:
    """A sheet under its headings, written row by row."""

    def __init__(self, book: "Workbook", name: str, columns: Sequence[str]) -> None:
        self.columns, self.name, self.row = columns, name, 0
        self.sheet = book.add_worksheet(name)
        self.date: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        for at, column in enumerate(columns):
            self.sheet.set_column(at, at, _WIDTHS.get(column, _USUAL))
            self.sheet.write_string(0, at, column, bold)
        self.sheet.freeze_panes(1, 1)

    def add(self, values: Row) -> None:
        """Write a row. Raises UsageError when the sheet is full."""
        self.row += 1
        if self.row >= _ROWS:
            raise UsageError(f"--format xlsx: a sheet holds {_ROWS - 1} {self.name}; ask for fewer")
        for at, column in enumerate(self.columns):
            self._write(at, column, values.get(column))

    def _write(self, at: int, column: str, value: object) -> None:
        match value:
            case None | "":
                pass
            case bool():
                self.sheet.write_boolean(self.row, at, value)
            case int() | float():
                self.sheet.write_number(self.row, at, value, self.date if column == "day" else None)
            case _:
                text = str(value)
                if len(text) > _CHARACTERS:
                    text = text[: _CHARACTERS - len(_CUT)] + _CUT
                self.sheet.write_string(self.row, at, text)

    def end(self) -> None:
        self.sheet.autofilter(0, 0, self.row, len(self.columns) - 1)


def _event(row: Row, tolls: Sequence[str]) -> dict[str, Any]:
    date = parse(row["date"])
    drawn = next(iter(pointed(row["places"])), {})
    known = date.earliest if is_sure(date) and date.earliest == date.latest else None
    figures = {f"{kind}_{end}": row[kind][end] for kind in tolls if row[kind] for end in ENDS}
    regions = dict.fromkeys(place["region"] for place in row["places"] if place["region"])
    return {
        **{key: row[key] for key in (*_BEFORE, *_AFTER) if key in row},
        **figures,
        "when": describe(date),
        "printed_as": printed_as(row) or None,
        "day": known - _EPOCH if known is not None and known >= _FIRST else None,
        "where": where(row),
        "region": ", ".join(regions),
        "lat": drawn.get("lat"),
        "lon": drawn.get("lon"),
        "place_precision": drawn.get("precision"),
        "who": who(row),
        **{key: ", ".join(row[key]) for key in ("cites", "outlets", "tags", "urls")},
        "ids": ", ".join(f"{scheme}:{ident}" for scheme, ident in row["ids"].items()),
    }


def _claims(row: Row, tolls: Sequence[str]) -> Iterator[dict[str, Any]]:
    for toll in row["tolls"]:
        kind = next(kind for kind in tolls if kind in toll)
        own = {**toll, "event_id": row["id"], "kind": kind, "figure": toll[kind]}
        yield {**own, "cites": ", ".join(toll["cite"] or row["cites"])}
