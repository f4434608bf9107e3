"""TimelineJS3 (its JSON): a slide for each event under a title slide, periods as eras behind them.

A date goes only as far as it is known and as it is written, never widened, and is shown in chrono's words. Years are
numbered as EDTF does: -9999 is 10,000 BC. Text is html there, so it is escaped.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from mali_chrono.answers.about import About
from mali_chrono.answers.background import Background
from mali_chrono.dates.clock import read_clock
from mali_chrono.dates.days import from_ordinal, ordinal
from mali_chrono.dates.edtf import Date, Part, parse
from mali_chrono.dates.spans import FAR, clip, overlap
from mali_chrono.dates.words import describe
from mali_chrono.exchange.telling import Row, details, origin, titles
from mali_chrono.exchange.written import Written
from mali_chrono.render.jsontext import block, dump

# It has room for no more groups beside its axis.
_GROUPS = 6
_OTHER = "other"


def write(rows: Sequence[Row], about: About, background: Background) -> Written:
    """The timeline as one json object, a slide a line; `rows` is read twice."""
    counts: Counter[str] = Counter()
    first, last = FAR, -FAR
    for row in rows:
        counts[row["category"]] += 1
        low, high = clip(parse(row["date"]).span)
        first, last = min(first, low if low > -FAR else high), max(last, high if high < FAR else low)
    eras = _eras(background, (first, last), about) if counts else ()
    return Written(_pieces(rows, about, _groups(counts), eras))


def _pieces(rows: Iterable[Row], about: About, groups: dict[str, str], eras: Iterable[dict[str, Any]]) -> Iterator[str]:
    named, tolls = titles(about), about.words.toll_kinds
    yield f'{{"title": {dump(_title(about))},\n"events": '
    yield from block(dump(_slide(row, groups, details(row, named, tolls))) for row in rows)
    yield ',\n"eras": '
    yield from block(map(dump, eras))
    yield "}\n"


def _groups(counts: Counter[str]) -> dict[str, str]:
    """The group of each category: its own, or, where there are too many, that of the rarer ones together."""
    kept = len(counts) if len(counts) <= _GROUPS else _GROUPS - 1
    ranked = sorted(counts, key=lambda category: (-counts[category], category))
    return {category: category if rank < kept else _OTHER for rank, category in enumerate(ranked)}


def _title(about: About) -> dict[str, Any]:
    told = "".join(f"<p>{escape(label)}: {escape(text)}</p>" for label, text in origin(about))
    return {"text": {"headline": escape(about.title or about.store), "text": told}, "autolink": False}


def _slide(row: Row, groups: dict[str, str], told_of: Iterable[tuple[str, str]]) -> dict[str, Any]:
    date = parse(row["date"])
    lines = (f"{label}: {text}" if label else text for label, text in told_of)
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return {
        "unique_id": row["id"],
        **_dates(date),
        "display_date": escape(describe(date)),
        "group": groups[row["category"]],
        "text": {"headline": escape(row["title"]), "text": told},
        "autolink": False,
    }


def _dates(date: Date) -> dict[str, Any]:
    """Where a date begins and, if that is another time, ends; of one open on a side the known end alone."""
    begun, ended = date.ranges[0][0], date.ranges[-1][1]
    start = _moment(begun, begun.first) if begun else None
    end = _moment(ended, ended.last) if ended else None
    if begun is None or start is None or end is None or start == end:
        return {"start_date": start or end}
    return _apart(start, end, begun.first)


def _moment(part: Part, day: int) -> dict[str, int]:
    """An end of a date as far as it is known; `day` is its first or last as written."""
    if part.month or part.precision == "year" or not part.months:
        year, month, of_month = part.year, part.month, part.day
    else:  # a season, a decade: one end of it
        year, month, of_month = from_ordinal(day)
        month, of_month = (month if part.months < 12 else None), None
    moment = {"year": year, "month": month, "day": of_month}
    clock = read_clock(part.text) if "T" in part.text else None
    if clock and clock.seconds < 86400:
        moment |= {"hour": clock.seconds // 3600, "minute": clock.seconds // 60 % 60, "second": clock.seconds % 60}
    return {name: number for name, number in moment.items() if number is not None}


def _eras(background: Background, span: tuple[int, int], about: About) -> Iterator[dict[str, Any]]:
    """The periods that share a day with the events; one that goes on ends today, one without a beginning is none."""
    now = ordinal(*map(int, about.today.split("-")))
    for period in background.periods:
        date = parse(period["date"])
        begun, ended = date.ranges[0][0], date.ranges[-1][1]
        if begun is None or begun.first > now or not overlap(date.span, span):
            continue
        last = ended.last if ended else now
        start, end = _moment(begun, begun.first), _moment(ended, last) if ended else _morning(now)
        if start == end:
            end = _morning(last) | {"hour": 23, "minute": 59}
        yield {**_apart(start, end, begun.first), "text": {"headline": escape(period["name"])}}


def _apart(start: dict[str, int], end: dict[str, int], first: int) -> dict[str, dict[str, int]]:
    """Beginning and end. TimelineJS takes 2023 and December 2023 for one time, so then the beginning is a full day."""
    if all(end.get(name) == number for name, number in start.items()):
        start = _morning(first)
    return {"start_date": start, "end_date": end}


def _morning(day: int) -> dict[str, int]:
    year, month, of_month = from_ordinal(day)
    return {"year": year, "month": month, "day": of_month, "hour": 0, "minute": 0}
