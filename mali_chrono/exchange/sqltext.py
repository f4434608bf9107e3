"""A question as one SQL statement over the tables of an export, the same text for SQLite, DuckDB and Spark SQL.

The conditions are those of `answers/filters.py`, over common table expressions that have the names of the index's
tables; only times and words, which the index finds in its own way, are said otherwise. No value is bound: ids hold
letters, digits, dots and hyphens, folded names and words letters and digits.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from mali_chrono.answers import matching
from mali_chrono.answers.filters import Filters, Question
from mali_chrono.answers.matching import COVERS, MAY, MUST, Condition, Window
from mali_chrono.answers.searching import like
from mali_chrono.dates.spans import FAR
from mali_chrono.errors import UsageError
from mali_chrono.exchange.columns import unquoted
from mali_chrono.kinds import ENDS

# What a row of a timeline can show, by the names of its fields; the columns have the names of those in the tables.
COLUMNS = {
    "id": "id AS event_id", "date": "date", "when": "date_words", "earliest": "earliest", "latest": "latest",
    "precision": "precision", "time": "time", "match": "", "title": "title", "summary": "summary",
    "type": "type AS type_id", "category": "category", "places": "where_words", "who": "who_words",
    "certainty": "certainty", "says": "says", "note": "note", "at": "file_line",
}  # fmt: skip
USUAL = ("id", "date", "when", "match", "title", "places", "who")
# Named as the index names them, so that its conditions hold here.
_SPAN = f"""\
SELECT event_id AS n, ord, COALESCE(first_day, {-FAR}) AS lo, COALESCE(last_day, {FAR}) AS hi,
    CASE WHEN has_core THEN COALESCE(core_first_day, {-FAR}) END AS core_lo,
    CASE WHEN has_core THEN COALESCE(core_last_day, {FAR}) END AS core_hi
  FROM event_span"""
_COVER = f"""\
SELECT event_id AS n, COALESCE(first_day, {-FAR}) AS lo, COALESCE(last_day, {FAR}) AS hi
  FROM event_also WHERE kind = 'covers'
  UNION ALL SELECT event_id, COALESCE(earliest_day, {-FAR}), COALESCE(latest_day, {FAR})
  FROM event WHERE earliest_day IS NULL OR latest_day IS NULL"""
_PART = "SELECT event_id AS n, ord AS part, actor_id AS actor, role, direct, certainty FROM event_actor"
_FACET = """\
SELECT event_id AS n, 'type' AS kind, type_id AS key, TRUE AS direct FROM event
  UNION ALL SELECT event_id, 'category', category, TRUE FROM event
  UNION ALL SELECT event_id, 'place', place_id, direct FROM event_place
  UNION ALL SELECT DISTINCT ep.event_id, 'region', p.region_id, TRUE
    FROM event_place ep JOIN place p ON p.place_id = ep.place_id WHERE ep.direct AND p.region_id IS NOT NULL
  UNION ALL SELECT event_id, 'tag', tag, TRUE FROM event_tag
  UNION ALL SELECT DISTINCT event_id, 'source', source_id, TRUE FROM event_cite
  UNION ALL SELECT event_id, 'outlet', outlet_id, TRUE FROM event_outlet"""
# The figures of an event's kinds of toll, as the index's view has them.
_TOLD = "SELECT event_id AS n, kind, low, best, high FROM figure"


def _entry(window: Window | None) -> str:
    """An event as the conditions ask it, and how it falls into a window: without one, wholly."""
    how, joined = "1 AS touches, 1 AS inside, 1 AS surely, 1 AS begins", ""
    if window is not None:
        begins = flag(inline(matching.held(window, "t.day", "t.day")))
        how, joined = f"t.touches, t.inside, t.surely, {begins} AS begins", " JOIN timed t ON t.n = e.event_id"
    return f"""\
SELECT e.event_id AS n, e.event_id AS id, e.sort, e.date, e.date_words, e.earliest, e.latest, e.precision, e.time,
    e.title, e.summary, e.type_id AS type, e.category, e.where_words, e.who_words, e.certainty, e.says, e.note,
    e.file_line, e.words, CASE WHEN e.disputed THEN 'yes' END AS disputed,
    CASE WHEN e.is_report THEN 0 ELSE 1 END AS adds,
    COALESCE(e.earliest_day, {-FAR}) AS lo, COALESCE(e.latest_day, {FAR}) AS hi,
    e.time_seconds AS clock, e.zone_seconds AS zone, {how}
  FROM event e{joined}"""


def inline(condition: Condition) -> str:
    """A condition with its values written out."""
    sql, values = condition
    texts = sql.split("?")
    written = [_literal(value) for value in values] + [""]
    return "".join(text + value for text, value in zip(texts, written, strict=True))


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def flag(condition: str) -> str:
    """A condition as 1 or 0, which every engine adds up."""
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


# The first day of an event, or its known end where that is open, of all its spans.
DAY = f"CASE WHEN MIN(s.lo) > {-FAR} THEN MIN(s.lo) WHEN MAX(s.hi) < {FAR} THEN MAX(s.hi) END"


def timed(window: Window, *, covers: bool = False) -> str:
    """How each event falls into a window: touches, inside, surely (by what it covers), and the day it began.

    Only of those that may touch it by their first and last day; with `covers` of all.
    """
    met, held = inline(matching.met(window)), inline(matching.held(window))
    core = inline(matching.met(window, "core_lo", "core_hi"))
    hull = inline(matching.met(window, f"COALESCE(earliest_day, {-FAR})", f"COALESCE(latest_day, {FAR})"))
    narrower = "" if covers else f"\n  WHERE s.n IN (SELECT event_id FROM event WHERE {hull})"
    return f"""\
SELECT s.n, MAX({flag(met)}) AS touches, MIN({flag(held)}) AS inside, MAX({flag(core)}) AS surely,
    {DAY} AS day
  FROM span s{narrower} GROUP BY s.n"""


def tables(question: Question, *, covers: bool = False) -> dict[str, str]:
    """The common table expressions that the conditions of a question ask, in order."""
    ways = {"part": _PART, "facet": _FACET, "cover": _COVER, "told": _TOLD}
    when = {} if question.window is None else {"timed": timed(question.window, covers=covers)}
    return {"span": _SPAN, **ways, **when, "entry": _entry(question.window)}


def conditions(question: Question, filters: Filters) -> list[str]:
    """What an entry must satisfy, called `event`."""
    found = [inline(question.named)] if question.named[0] != matching.ALWAYS else []
    if filters.text:
        found.append(like(filters.text))
    if question.window is not None:
        covered = f"event.n IN (SELECT n FROM cover WHERE {inline(matching.met(question.window))})"
        found.append(f"(touches = 1 OR {covered})" if filters.covers else "touches = 1")
        if filters.within:
            found.append("inside = 1")
        if filters.must:
            found.append("(inside = 1 OR surely = 1)")
    return found


def write(asked: Mapping[str, object], parts: Mapping[str, str], body: str) -> str:
    """A statement: what it asks, if anything, as a comment, the common table expressions it uses, and the query."""
    used: dict[str, str] = {}
    for name, sql in reversed(list(parts.items())):
        if any(f" {name}" in text for text in (body, *used.values())):
            used = {name: sql, **used}
    told = f"-- {json.dumps(asked, ensure_ascii=True)}\n" if asked else ""
    return f"{told}WITH " + ",\n".join(f"{name} AS (\n  {sql}\n)" for name, sql in used.items()) + f"\n{body};\n"


def timeline(
    question: Question, filters: Filters, asked: Mapping[str, object], fields: Sequence[str] | None = None
) -> str:
    """The statement that answers `chrono timeline`. Raises UsageError on a field that no column holds."""
    kinds = {kind: f"k{i}" for i, kind in enumerate(question.words.toll_kinds, 1)}
    ends = {f"{kind}_{end}": f"{k}.{end} AS {unquoted(kind)}_{end}" for kind, k in kinds.items() for end in ENDS[:3]}
    fields = fields or (*USUAL, *ends)
    chosen = [*_columns(question, filters, COLUMNS | ends, fields)]
    wanted = conditions(question, filters)
    where = "\nWHERE " + "\n  AND ".join(wanted) if wanted else ""
    turned = " DESC" * filters.reverse
    order = f"sort{turned}"
    parts = tables(question, covers=filters.covers)
    source = "entry AS event"
    for kind, k in kinds.items():
        if any(f"{kind}_{end}" in fields for end in ENDS[:3]):
            source += f"\n  LEFT JOIN ({_figures(kind)}) {k} ON {k}.of_event = event.n"
    if filters.sort != "date":
        source += f" LEFT JOIN ({_figures(filters.sort)}) f ON f.of_event = event.n"
        order = f"CASE WHEN f.best IS NULL THEN 1 ELSE 0 END, f.best{' DESC' * (not filters.reverse)}, {order}"
    cut = "" if question.limit is None else f"\nLIMIT {question.limit:d}"
    return write(asked, parts, f"SELECT {', '.join(chosen)}\nFROM {source}{where}\nORDER BY {order}{cut}")


def _figures(kind: str) -> str:
    """What the claims of events come to, by no name that an event has a column of."""
    return f"SELECT event_id AS of_event, low, best, high FROM figure WHERE kind = '{kind}'"


def _columns(question: Question, filters: Filters, known: Mapping[str, str], fields: Sequence[str]) -> Iterator[str]:
    for field in fields:
        if field not in known:
            raise UsageError(f"sql has no field '{field}'; it has " + ", ".join(known))
        if field != "match":
            yield known[field]
        elif question.window is None:
            yield f"'{MUST}' AS match"
        else:
            rest = f"WHEN touches = 1 THEN '{MAY}' ELSE '{COVERS}'" if filters.covers else f"ELSE '{MAY}'"
            yield f"CASE WHEN inside = 1 OR surely = 1 THEN '{MUST}' {rest} END AS match"
