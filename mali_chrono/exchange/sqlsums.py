"""`chrono summary` as one SQL statement: which events are in each row, what each adds, and what linked ones take away.

What an event adds by itself is its term of size 1: its figure, unless it is a report.
"""

from collections.abc import Mapping, Sequence

from mali_chrono.answers import keyrows, matching
from mali_chrono.answers.filters import FACETS, Filters, Question
from mali_chrono.answers.matching import ALWAYS, EVER, Window
from mali_chrono.answers.parts import strictly
from mali_chrono.answers.summary import Grouping
from mali_chrono.dates.spans import FAR, bounds
from mali_chrono.dates.units import UNITS
from mali_chrono.errors import UsageError
from mali_chrono.exchange.columns import unquoted
from mali_chrono.exchange.sqltext import DAY, conditions, flag, inline, tables, write
from mali_chrono.kinds import ENDS, Vocabulary

# The first and the last day of each month of a common year, counted from its first day.
_MONTHS = ((0, 30), (31, 58), (59, 89), (90, 119), (120, 150), (151, 180), (181, 211), (212, 242), (243, 272),
           (273, 303), (304, 333), (334, 364))  # fmt: skip
_MUST = flag("inside = 1 OR surely = 1")


def summary(
    question: Question,
    filters: Filters,
    grouping: Grouping,
    asked: Mapping[str, object],
    fields: Sequence[str] | None = None,
) -> str:
    """The statement that answers `chrono summary`, a row a group or, of a cross table, a cell that has an event.

    `filters` are those the question was made of; their limit cuts the rows. Raises UsageError on what it cannot say:
    sums of a level or of a group of people, `--top`, further fields.
    """
    by, kinds = grouping.by, grouping.kinds
    _refuse(grouping, question.words)
    wanted = conditions(question, filters)
    where = " WHERE " + " AND ".join(wanted) if wanted else ""
    parts = tables(question) | {
        "chosen": f"SELECT n, type, category, adds, lo, hi, {_MUST} AS must, inside, begins FROM entry AS event{where}"
    }
    for key in by:
        parts |= _time(question, filters, key) if key in UNITS else _pairs(question, filters, key)
    parts |= {"member": _member(question, filters, by)}
    names = [f"k{i}" for i in range(1, len(by) + 1)]
    grouped = ", ".join(names)
    parts["counted"] = _counted(kinds, grouped)
    columns = {key: f"c.{name} AS {key}" for key, name in zip(by, names, strict=True)}
    columns |= {"events": "c.events", "must": "c.must"}
    source = "counted c"
    if kinds:
        parts |= _corrected(kinds, grouped)
        joined = " AND ".join(f"a.{name} = c.{name}" for name in names)
        source += f" LEFT JOIN corrected a ON {joined}"
    for kind in kinds:
        columns |= _summed(kind)
    chosen = [_column(columns, field) for field in fields or columns]
    order = _order(by, names, reverse=filters.reverse)
    cut = "" if filters.limit is None else f"\nLIMIT {filters.limit:d}"
    body = f"SELECT {', '.join(chosen)}\nFROM {source}\nORDER BY {order}{cut}"
    return write({**asked, "by": list(by), "sum": list(kinds)}, parts, body)


def _counted(kinds: Sequence[str], grouped: str) -> str:
    """The events of each group and what each adds by itself: its low if surely there, its best if it began there."""
    told, joins = "", ""
    for i, kind in enumerate(kinds, 1):
        name, f = unquoted(kind), f"f{i}"
        told += (
            f",\n    SUM(CASE WHEN m.inside = 1 THEN {f}.low WHEN {f}.low IS NOT NULL THEN 0 END) AS {name}_low,"
            f" SUM(CASE WHEN m.begins = 1 THEN {f}.best WHEN {f}.best IS NOT NULL THEN 0 END) AS {name}_best,"
            f" SUM({f}.high) AS {name}_high,"
            f" MAX(CASE WHEN {f}.open THEN 1 WHEN {f}.low IS NOT NULL THEN 0 END) AS {name}_open"
        )
        joins += f"\n    LEFT JOIN figure {f} ON {f}.event_id = m.n AND {f}.kind = '{kind}' AND m.adds = 1"
    return f"""\
SELECT {grouped}, MIN(m.since) AS since, COUNT(*) AS events, SUM(m.must) AS must{told}
  FROM member m{joins}
  GROUP BY {grouped}"""


def _corrected(kinds: Sequence[str], grouped: str) -> dict[str, str]:
    """What the terms of two and more events take away from a group that holds them; nothing but linked ones is read."""
    several = f"""\
SELECT s.event_id AS n, t.term_id, t.kind, t.size, t.low, t.best, t.high
  FROM sum_term t JOIN sum_term_event s ON s.term_id = t.term_id
  WHERE t.size > 1 AND t.kind IN ({", ".join(f"'{kind}'" for kind in kinds)})"""
    term = ", ".join(f"MIN(t.{column}) AS {column}" for column in ("size", "low", "best", "high"))
    held = f"""\
SELECT {grouped}, t.kind, {term}, SUM(m.inside) AS sures, SUM(m.begins) AS firsts
  FROM linked m JOIN several t ON t.n = m.n
  GROUP BY {grouped}, t.kind, t.term_id
  HAVING COUNT(*) = MIN(t.size)"""
    added = ",\n    ".join(map(_added, kinds))
    return {
        "several": several,
        "linked": "SELECT * FROM member WHERE n IN (SELECT n FROM several)",
        "held": held,
        "corrected": f"SELECT {grouped},\n    {added}\n  FROM held GROUP BY {grouped}",
    }


def _summed(kind: str) -> dict[str, str]:
    """The columns of a kind of toll by their fields, with what linked events take away."""
    name = unquoted(kind)
    low, best, high = (f"c.{name}_{end} + COALESCE(a.{name}_{end}, 0)" for end in ENDS[:3])
    least = f"CASE WHEN {low} > {best} THEN {best} ELSE {low} END"
    ends = dict(zip(ENDS, (least, best, high, f"c.{name}_open"), strict=True))
    return {f"{kind}_{end}": f"{sql} AS {name}_{end}" for end, sql in ends.items()}


def _refuse(grouping: Grouping, words: Vocabulary) -> None:
    if levels := [kind for kind in grouping.kinds if kind in words.levels]:
        raise UsageError(f"--sum {levels[0]}: {levels[0]} is a level, reported and never added; sql adds")
    if grouping.of:
        raise UsageError("--of is not for sql: the terms of an export are those of all people")
    if grouping.top is not None:
        raise UsageError("--top is not for sql: --limit cuts it, the others are not put together")


def _column(columns: Mapping[str, str], field: str) -> str:
    if field not in columns:
        raise UsageError(f"sql has no field '{field}'; it has " + ", ".join(columns))
    return columns[field]


def _added(kind: str) -> str:
    """What the terms of a kind come to in a group: their low where they surely lie in it, best where they began."""
    mine, name = f"kind = '{kind}'", unquoted(kind)
    return (
        f"SUM(CASE WHEN {mine} AND sures = size THEN low END) AS {name}_low,"
        f" SUM(CASE WHEN {mine} AND firsts = size THEN best END) AS {name}_best,"
        f" SUM(CASE WHEN {mine} THEN high END) AS {name}_high"
    )


def _order(by: Sequence[str], names: Sequence[str], *, reverse: bool) -> str:
    """Periods in their order, others the largest first, those without any value last."""
    if by[0] in UNITS:
        return ", ".join([f"c.since{' DESC' * reverse}", *(f"c.{name}" for name in names)])
    turned = reverse and len(by) == 1
    none_last = f"CASE WHEN c.{names[0]} = '' THEN 1 ELSE 0 END{' DESC' * turned}"
    return ", ".join([none_last, f"c.events{' DESC' * (not turned)}", *(f"c.{name}" for name in names)])


def _pairs(question: Question, filters: Filters, key: str) -> dict[str, str]:
    """The values of a key that is no period, for the chosen events."""
    if key in ("type", "category"):
        return {}
    among = ("n IN (SELECT n FROM chosen)", list[object]())
    values = inline(keyrows.values_of(question, filters, key, among))
    column = "key" if key in FACETS else key
    found = {f"{key}_of": f"SELECT DISTINCT n, {column} AS k FROM ({values}) v"}
    whatever = keyrows.whatever_role(question, filters, among) if key == "role" else None
    if whatever is None:
        return found
    return {
        "named": found["role_of"],
        "role_of": f"SELECT n, k FROM named UNION SELECT e.n, r.k FROM ({inline(whatever)}) e"
        " CROSS JOIN (SELECT DISTINCT k FROM named) r",
    }


def _member(question: Question, filters: Filters, by: Sequence[str]) -> str:
    """Which event is in which group, and how: k1 and k2 are the values, empty for none."""
    unit = next((key for key in by if key in UNITS), None)
    own = {unit: "c.k", "type": "c.type", "category": "c.category"}
    values = ", ".join(f"COALESCE({own.get(key, f'v{i}.k')}, '') AS k{i}" for i, key in enumerate(by, 1))
    since = "c.since" if unit else "0 AS since"
    joins = "".join(f"\n    LEFT JOIN {key}_of v{i} ON v{i}.n = c.n" for i, key in enumerate(by, 1) if key not in own)
    if set(by) == {"actor", "role"}:  # of one part
        strict = (f"{ALWAYS}{strictly(filters)}", list[object]())
        both = inline(keyrows.matched("n, actor, role", question, strict, ("n IN (SELECT n FROM chosen)", [])))
        joins += f"\n    JOIN ({both}) b ON b.n = c.n" + "".join(
            f" AND b.{key} = v{i}.k" for i, key in enumerate(by, 1)
        )
    source = f"{unit}_of" if unit else "chosen"
    return f"SELECT c.n, {values}, {since}, c.adds, c.must, c.inside, c.begins\n  FROM {source} c{joins}"


def _time(question: Question, filters: Filters, unit: str) -> dict[str, str]:
    """The chosen events in each period of time: whether surely, wholly, first there; cut by the window.

    An open end reaches as far as the other dates do.
    """
    window = question.window or EVER
    asked = "" if question.window is None else f" WHERE {inline(matching.met(window))}"
    parts = {"period_of": f"SELECT * FROM ({_periods(unit)}) p{asked}"}
    reached, among = "span", " WHERE n IN (SELECT n FROM chosen)" if conditions(question, filters) else ""
    if question.window is not None:
        parts |= {"asked": _asked(question.window), "reached": _REACHED}
        reached = "reached"
    parts["known"] = f"""\
SELECT MIN(CASE WHEN lo > {-FAR} THEN lo WHEN hi < {FAR} THEN hi END) AS first,
    MAX(CASE WHEN hi < {FAR} THEN hi WHEN lo > {-FAR} THEN lo END) AS last
  FROM {reached}{among}"""
    parts["placed"] = f"""\
SELECT c.n, c.adds, c.type, c.category, p.k, p.since, p.lo, p.hi,
    MAX({flag(_shared(window, "s.lo", "s.hi"))}) AS touches,
    MIN({flag(f"s.lo >= p.lo AND s.hi <= p.hi AND {inline(matching.held(window, 's.lo', 's.hi'))}")}) AS inside,
    MAX({flag(_shared(window, "s.core_lo", "s.core_hi"))}) AS surely,
    {DAY} AS day
  FROM period_of p JOIN chosen c ON c.n = p.n AND c.lo <= p.hi AND c.hi >= p.lo
    JOIN span s ON s.n = p.n CROSS JOIN known
  WHERE p.lo <= known.last AND p.hi >= known.first
  GROUP BY c.n, c.adds, c.type, c.category, p.k, p.since, p.lo, p.hi"""
    begins = f"day >= lo AND day <= hi AND {inline(matching.held(window, 'day', 'day'))}"
    narrower = " AND inside = 1" * filters.within + " AND (inside = 1 OR surely = 1)" * filters.must
    parts[f"{unit}_of"] = f"""\
SELECT n, type, category, adds, k, since, inside, {_MUST} AS must, {flag(begins)} AS begins
  FROM placed WHERE touches = 1{narrower}"""
    return parts


def _shared(window: Window, first: str, last: str) -> str:
    """Whether some days, a period and a span of the window have a day in common: each two of them do."""
    both = f"({first} <= ? AND {last} >= ? AND p.lo <= ? AND p.hi >= ?)"
    spans = matching.any_of((both, [high, low, high, low]) for low, high in map(bounds, window))
    return f"{first} <= p.hi AND {last} >= p.lo AND {inline(spans)}"


def _asked(window: Window) -> str:
    return " UNION ALL ".join(f"SELECT {low} AS lo, {high} AS hi" for low, high in map(bounds, window))


# What the events have in common with each span of the window.
_REACHED = """\
SELECT s.n, CASE WHEN s.lo > a.lo THEN s.lo ELSE a.lo END AS lo, CASE WHEN s.hi < a.hi THEN s.hi ELSE a.hi END AS hi
  FROM span s JOIN asked a ON s.lo <= a.hi AND s.hi >= a.lo"""


def _periods(unit: str) -> str:
    """The periods of a unit that each event may touch, with their days, `since` their order."""
    touched = "FROM event_year e JOIN year y ON y.year = e.year"
    if unit == "year":
        return (
            f"SELECT e.event_id AS n, y.name AS k, y.first_day AS since, y.first_day AS lo, y.last_day AS hi {touched}"
        )
    if unit in ("decade", "century"):
        days = f"y.{unit}_first_day AS since, y.{unit}_first_day AS lo, y.{unit}_last_day AS hi"
        return f"SELECT DISTINCT e.event_id AS n, y.{unit} AS k, {days} {touched}"
    length = {"quarter": 3, "month": 1}[unit]
    rows = []
    for number, i in enumerate(range(0, 12, length), 1):
        first, last = _MONTHS[i][0], _MONTHS[i + length - 1][1]
        name = f"-Q{number}" if unit == "quarter" else f"-{number:02d}"
        # What lies behind 28 February is a day later in a leap year.
        rows.append(
            f"SELECT '{name}' AS name, {first} AS lo, {int(first > 58)} AS lo_leap,"
            f" {last} AS hi, {int(last >= 58)} AS hi_leap"
        )
    leap = "(y.last_day - y.first_day - 364)"
    inner = "\n      UNION ALL ".join(rows)
    return f"""\
SELECT e.event_id AS n, y.name || m.name AS k, y.first_day + m.lo + m.lo_leap * {leap} AS since,
    y.first_day + m.lo + m.lo_leap * {leap} AS lo, y.first_day + m.hi + m.hi_leap * {leap} AS hi
  {touched}
    CROSS JOIN ({inner}) m"""
