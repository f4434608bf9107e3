"""An export as a data package: a folder of csv files and a `datapackage.json` that says what their columns hold.

Frictionless Data Package 1.0 with Tabular Data Resources (https://specs.frictionlessdata.io).
"""

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from mali_chrono.exchange.columns import Table
from mali_chrono.exchange.tables import TABLES
from mali_chrono.exchange.views import views_of

FILE = "datapackage.json"
_TYPES = {"text": "string", "integer": "integer", "real": "number", "boolean": "boolean"}
Row = tuple[object, ...]


def write(folder: Path, rows: Iterable[tuple[str, Row]]) -> None:
    """Write the rows of an export into a folder. Raises OSError."""
    meta = write_tables(folder, rows)
    describe(folder, meta, {name: f"{name}.csv" for name in TABLES})


def write_tables(folder: Path, rows: Iterable[tuple[str, Row]]) -> dict[str, str]:
    """Write a csv file a table; gives the rows of `meta`."""
    meta: dict[str, str] = {}
    with ExitStack() as stack:
        writers = {}
        for name, table in TABLES.items():
            file = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            # Before Python 3.13 a carriage return is put into quotes only where lines end with one.
            writers[name] = csv.writer(file, lineterminator="\r\n")
            writers[name].writerow([column.name for column in table.columns])
        for name, row in rows:
            writers[name].writerow([_cell(value) for value in row])
            if name == "meta":
                meta[str(row[0])] = str(row[1])
    return meta


def _cell(value: object) -> object:
    return ("false", "true")[value] if isinstance(value, bool) else value


def describe(folder: Path, meta: dict[str, str], paths: dict[str, str], **more: Any) -> None:
    """Write what the files of an export hold, and beside it the views."""
    package = {
        "profile": "data-package",
        "name": "chronology",
        "title": f"{meta['store']}: {meta['events']} events",
        "chrono": meta,
        **more,
        "resources": [_resource(table, paths[table.name]) for table in TABLES.values()],
    }
    (folder / FILE).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    queries = views_of(tuple(kind for kind in (meta.get("toll"),) if kind))
    views = "".join(f"CREATE VIEW {name} AS\n{query};\n\n" for name, query in queries.items())
    (folder / "views.sql").write_text(views.rstrip("\n") + "\n", "utf-8", newline="\n")


def _resource(table: Table, path: str) -> dict[str, Any]:
    keys = [
        {"fields": column, "reference": {"resource": other, "fields": TABLES[other].key[0]}}
        for column, other in table.references
    ]
    fields = [
        {"name": column.name, "type": _TYPES[column.type]}
        | ({"description": column.about} if column.about else {})
        | ({"constraints": {"required": True}} if column.required else {})
        for column in table.columns
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key), "foreignKeys": keys}
    plain = path.endswith(".csv")
    kind = {"profile": "tabular-data-resource", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}}
    return {"name": table.name, "path": path, "description": table.about, **(kind if plain else {}), "schema": schema}


def files_of(folder: Path) -> set[str] | None:
    """The names in a folder that an export put there; None where it is no export."""
    try:
        package = json.loads((folder / FILE).read_text("utf-8"))
        if not str(package["chrono"]["tables"]).startswith("chrono-export/"):
            return None
        return {FILE, "views.sql", *(str(part["path"]).partition("/")[0] for part in package["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None
