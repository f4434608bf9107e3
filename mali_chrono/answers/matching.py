"""What it means to fall into a window: may, must and within, as SQL and as functions, side by side.

A window is the days asked about: spans without overlap, in order. A date has runs of days it may touch, most of them
one, and in each the days it surely covers, its core, or None. It *may* fall into a window when a run meets it. It
*must* when all of it lies inside, each run in one span of the window, or a core meets it; it lies *within* when all
of it lies inside.
"""

from collections.abc import Iterable, Sequence

from mali_chrono.dates.spans import Span, bounds, inside, opened, overlap

MUST, MAY, COVERS = "must", "may", "covers"
Window = tuple[Span, ...]
Condition = tuple[str, list[object]]
ALWAYS, NEVER = "TRUE", "FALSE"
LISTED = "n IN (SELECT value FROM json_each(?))"
_CHAIN = 100  # as many as stand in one bracket
EVER: Window = ((None, None),)


def matches(runs: Sequence[tuple[Span, Span | None]], window: Window) -> str | None:
    """How what has a date falls into a window: MUST, MAY, or None where it does not."""
    if lies_within(runs, window):
        return MUST
    if any(core is not None and overlap(core, part) for _, core in runs for part in window):
        return MUST
    return MAY if any(overlap(span, part) for span, _ in runs for part in window) else None


def lies_within(runs: Sequence[tuple[Span, Span | None]], window: Window) -> bool:
    """Whether all of a date lies inside a window."""
    return all(any(inside(span, part) for part in window) for span, _ in runs)


def match_one(span: Span, core: Span | None, days: Span) -> str | None:
    """The same for a date with one run and a window of one span."""
    return matches([(span, core)], (days,))


def met(window: Window, first: str = "lo", last: str = "hi") -> Condition:
    """The SQL for two columns of days that meet a window."""
    return any_of((f"({first} <= ? AND {last} >= ?)", [high, low]) for low, high in map(bounds, window))


def held(window: Window, first: str = "lo", last: str = "hi") -> Condition:
    """The SQL for two columns of days that lie inside one span of a window."""
    return any_of((f"({first} >= ? AND {last} <= ?)", [low, high]) for low, high in map(bounds, window))


def any_of(conditions: Iterable[Condition]) -> Condition:
    """The SQL for at least one of some conditions; of none, never."""
    return _joined("OR", conditions, NEVER)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """The SQL for all of some conditions; of none, always."""
    return _joined("AND", conditions, ALWAYS)


def _joined(word: str, conditions: Iterable[Condition], empty: str) -> Condition:
    """Conditions in brackets; many in brackets of brackets, since SQLite takes a chain of a thousand for too deep."""
    parts = list(conditions)
    texts = [sql for sql, _ in parts] or [empty]
    while len(texts) > 1:
        chains = (texts[i : i + _CHAIN] for i in range(0, len(texts), _CHAIN))
        texts = [f"({f' {word} '.join(chain)})" for chain in chains]
    return texts[0], [value for _, values in parts for value in values]


def touching(table: str, asked: str) -> str:
    """The SQL from FROM on for rows of `span` or `cover` that meet a day of some windows: `asked` has `first`, `last`.

    Each class of lengths is read from the first day on which one of its rows could begin, and so costs what it finds.
    """
    return (
        f"FROM {asked} AS asked CROSS JOIN reach CROSS JOIN {table} WHERE {table}.bits = reach.bits"
        f" AND {table}.lo BETWEEN asked.first - longest AND asked.last AND {table}.hi >= asked.first"
    )


def listed(numbers: Sequence[int]) -> Condition:
    """The SQL for some events, however many, as one bound value."""
    return LISTED, [f"[{','.join(map(str, numbers))}]"]


def numbers_meeting(table: str, window: Window, narrower: str = "") -> Condition:
    """The SQL that selects the numbers of the events with a row of `span` or `cover` that meets a window."""
    if not window:
        return f"SELECT n FROM {table} WHERE {NEVER}", []
    asked = "(SELECT column1 AS first, column2 AS last FROM (VALUES " + ", ".join(["(?, ?)"] * len(window)) + "))"
    values: list[object] = [day for span in window for day in bounds(span)]
    return f"SELECT {table}.n {touching(table, asked)}{narrower}", values


def event_has(table: str, condition: Condition) -> Condition:
    """The SQL for events with such a row of a table, asked of each by itself."""
    sql, values = condition
    return f"EXISTS (SELECT 1 FROM {table} WHERE {table}.n = event.n AND {sql})", values


def event_within(window: Window) -> Condition:
    """The SQL for events all of whose days lie inside a window."""
    condition, values = held(window)
    return f"NOT EXISTS (SELECT 1 FROM span WHERE span.n = event.n AND NOT {condition})", values


def event_must(window: Window) -> Condition:
    """The SQL for events that surely fall into a window, asked of each by itself."""
    return any_of([event_within(window), event_has("span", met(window, "core_lo", "core_hi"))])


def event_match(window: Window, *, covers: bool) -> Condition:
    """The SQL for how an event that was found falls into a window; with `covers` it may only speak of it."""
    (must, values), (may, may_values) = event_must(window), event_has("span", met(window))
    if not covers:
        return f"CASE WHEN {must} THEN '{MUST}' ELSE '{MAY}' END", values
    return f"CASE WHEN {must} THEN '{MUST}' WHEN {may} THEN '{MAY}' ELSE '{COVERS}' END", [*values, *may_values]


def on_days(days: Sequence[tuple[int, int]], window: Window | None = None) -> Condition:
    """The SQL for events that surely were, began or ended on a day of any year (month, day), and inside a window."""
    sides = [("core_lo = lo", "lo"), ("core_hi = hi", "hi")]
    asked = [
        all_of([(known, []), (_is_day(side, *day), []), *([held(window, side, side)] if window else [])])
        for day in days
        for known, side in sides
    ]
    condition, values = any_of(asked)
    return f"n IN (SELECT n FROM span WHERE {condition})", values


def _is_day(column: str, month: int, day: int) -> str:
    """The SQL for a day that is one of a month, with no more than rests of divisions, which every engine does alike.

    Counted from a 1 March, a cycle of 400 years has four centuries of 36,524 days and a leap day at its end, a century
    spans of four years with 1,461 days, the last of them a leap day; so what is left of 365 is the day of the year.
    """
    from mali_chrono.dates.days import ordinal

    # From a first of March before every year in which a day can be named, so that no rest is negative.
    cycle = f"(({column} + {146097 * 100 - ordinal(0, 3, 1)}) % 146097)"
    in_four = f"({cycle} % 36524 % 1461)"
    at = (ordinal(2000, month, day) if month > 2 else ordinal(2001, month, day)) - ordinal(2000, 3, 1)
    leap = f"({cycle} = 146096 OR {in_four} = 1460)"
    if (month, day) == (2, 29):
        return leap
    return f"({in_four} % 365 = {at}" + f" AND NOT {leap}" * (at == 0) + ")"


def intersection(window: Window, other: Window) -> Window:
    """The days of both windows."""
    pairs = ((max(a, c), min(b, d)) for a, b in map(bounds, window) for c, d in map(bounds, other))
    return tuple(opened(*pair) for pair in sorted(pairs) if pair[0] <= pair[1])
