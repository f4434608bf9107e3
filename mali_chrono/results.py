"""What Python is answered: rows, and pages of several blocks of them, which show themselves in a notebook."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast, overload

from mali_chrono.errors import UsageError
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.kinds import ENDS
from mali_chrono.render.html import escape, table
from mali_chrono.render.look import Column
from mali_chrono.text import counted

Row = TypeVar("Row", bound=Mapping[str, Any])
MOST = 60  # rows that a notebook shows
# What of a row a notebook shows, where that is not all.
SHOWN = {
    "events": ("date", "title", "places", "actors"),
    "actors": ("id", "name", "kind", "active", "events", "first", "last"),
    "documents": ("id", "title", "author", "publisher", "as_of", "licence", "lines", "cited", "events"),
}


class Rows(Sequence[Row], Generic[Row]):
    """The rows of an answer, dictionaries with the keys of its json; `said` is all that the json says beside them.

    `tolls` are the keys of figures, which a frame parts into columns where all are None too.
    """

    __slots__ = ("_rows", "name", "said", "tolls")

    def __init__(self, name: str, rows: Sequence[Row], said: Mapping[str, Any], tolls: Sequence[str] = ()) -> None:
        self.name, self.tolls = name, tuple(tolls)
        self.said: Mapping[str, Any] = MappingProxyType(dict(said))
        self._rows = tuple(rows)

    @property
    def query(self) -> dict[str, Any]:
        """What was asked, with names as ids and times as days."""
        return cast("dict[str, Any]", self.said.get("query", {}))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> "Rows[Row]": ...
    def __getitem__(self, at: int | slice) -> "Row | Rows[Row]":
        return Rows(self.name, self._rows[at], self.said, self.tolls) if isinstance(at, slice) else self._rows[at]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{counted(len(self), self.name.removesuffix('s'))}>"

    def _repr_html_(self) -> str:
        return _table(self.name, self._rows, self.tolls)

    def frame(self) -> Any:
        """The rows as a pandas DataFrame: figures in columns of their own (killed_low, killed_best ...).

        Raises UsageError where pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - heavy, and only here
        except ImportError:
            raise UsageError("frame() needs pandas: pip install pandas") from None
        return pd.DataFrame([flat(row, self.tolls) for row in self._rows])


class Page(Mapping[str, Any]):
    """An answer of several blocks, as its json has them; `rows` gives one of its lists as rows."""

    __slots__ = ("_said", "tolls")

    def __init__(self, said: Mapping[str, Any], tolls: Sequence[str] = ()) -> None:
        self._said, self.tolls = dict(said), tuple(tolls)

    def __getitem__(self, key: str) -> Any:
        return self._said[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def __repr__(self) -> str:
        return f"<{', '.join(f'{len(self._said[block])} {block}' for block in self._blocks())}>"

    def rows(self, block: str) -> Rows[Mapping[str, Any]]:
        """The rows of a block. Raises UsageError where it has none."""
        if block not in self._blocks():
            raise UsageError(f"no rows called '{block}': one of: {', '.join(self._blocks())}")
        return Rows(block, self._said[block], {"query": self._said.get("query", {})}, self.tolls)

    def _repr_html_(self) -> str:
        return "".join(
            f"<h4>{escape(block.capitalize())}</h4>\n{_table(block, self._said[block], self.tolls)}"
            for block in self._blocks()
            if self._said[block]
        )

    def _blocks(self) -> list[str]:
        return [key for key, value in self._said.items() if isinstance(value, list) and all(_is_row(v) for v in value)]


def _is_row(value: object) -> bool:
    return isinstance(value, dict)


def flat(row: Mapping[str, Any], tolls: Sequence[str] = ()) -> dict[str, Any]:
    """A row without figures (under `tolls`) and days inside it: killed_low, core_first; what lists something stays."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        if key in tolls and value is None:
            found |= dict.fromkeys(f"{key}_{end}" for end in ENDS)
        elif isinstance(value, dict) and key != "years":
            found |= {f"{key}_{name}": inner for name, inner in flat(value, tolls).items()}
        else:
            found[key] = value
    return found


def _table(name: str, rows: Sequence[Mapping[str, Any]], tolls: Sequence[str] = ()) -> str:
    shown = {**SHOWN, "events": (*SHOWN["events"], *tolls[:1])}
    keys = [key for key in dict.fromkeys(key for row in rows for key in row) if key in shown.get(name, (key,))]
    keys = [key for key in keys if any(row.get(key) not in (None, []) for row in rows)]
    columns = [Column(key) for key in keys]
    text = table(columns, ([_cell(row.get(key)) for key in keys] for row in rows[:MOST]), escape(name))
    more = f"<p>and {len(rows) - MOST:,} more</p>\n" if len(rows) > MOST else ""
    return text + more if rows else f"<p>no {escape(name)}</p>\n"


def _cell(value: object) -> str:
    """A value as a cell shows it: figures in short, lists of things by their names."""
    match value:
        case {"low": low, "best": best, "high": high, "open": endless}:
            return range_text(Range(low, best, high, endless, disputed=False))
        case {"name": name} | {"text": name} | {"to": name}:
            return str(name)
        case dict():
            return ", ".join(f"{key}: {_cell(inner)}" for key, inner in value.items())
        case list():
            return ", ".join(dict.fromkeys(_cell(inner) for inner in value))
        case None:
            return ""
        case _:
            return str(value)
