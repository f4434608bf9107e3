"""iCalendar (RFC 5545): a calendar of what can be told as days, at most a month of them, of our era.

What happened on some day within is tentative, and its title begins with its date in words. The days are shown as free,
a time of day with an offset stands in UTC, one without floats. UIDs come from the ids and DTSTAMP from the day of the
question, so that a calendar that is read again has no twins.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from mali_chrono.answers.about import About
from mali_chrono.dates.clock import read_clock
from mali_chrono.dates.days import from_ordinal
from mali_chrono.dates.edtf import Date, parse
from mali_chrono.dates.runs import runs
from mali_chrono.dates.words import describe
from mali_chrono.exchange.telling import Row, details, is_sure, origin_line, pointed, titles, unsayable, where
from mali_chrono.exchange.written import Written
from mali_chrono.text import visible

_OCTETS = 75  # a line has no more, its end not counted (3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})  # 3.3.11
_TOWN = 2  # the coarsest precision of a place that is told as a point
_DAY = 86400


def write(rows: Iterable[Row], about: About) -> Written:
    """A calendar with an entry for each event, and for each run of days of one that has several."""
    left: Counter[str] = Counter()
    named = titles(about)
    texts = ["".join(map(_folded, _head(about)))]
    for row in rows:
        date = parse(row["date"])
        if reason := unsayable(date):
            left[reason] += 1
        else:
            texts.append("".join(map(_folded, _entries(row, date, about, named))))
    texts.append(_folded("END:VCALENDAR"))
    return Written(iter(texts), tuple(left.most_common()))


def _head(about: About) -> Iterator[str]:
    name, told = _text(about.title or about.store), _text(origin_line(about))
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//mali-chrono//chrono {about.version}//EN")
    yield "CALSCALE:GREGORIAN"
    yield from (f"NAME:{name}", f"X-WR-CALNAME:{name}")  # RFC 7986, and what is read for it
    yield from (f"DESCRIPTION:{told}", f"X-WR-CALDESC:{told}")


def _entries(row: Row, date: Date, about: About, named: Mapping[str, str]) -> Iterator[str]:
    """An entry for the days of an event; for what happened on several days apart, one for each."""
    if date.kind == "all-of":
        for number, run in enumerate(runs(date), 1):
            part = date._replace(earliest=run.span[0], latest=run.span[1], core=run.core)
            yield from _entry(row, part, row["id"] + (f".{number}" if number > 1 else ""), about, named)
    else:
        yield from _entry(row, date, row["id"], about, named)


def _entry(row: Row, date: Date, uid: str, about: About, named: Mapping[str, str]) -> Iterator[str]:
    sure = is_sure(date)
    title = row["title"] if sure else f"{describe(date)}: {row['title']}"
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@mali-chrono"
    yield f"DTSTAMP:{about.today.replace('-', '')}T000000Z"
    yield from _time(date)
    yield f"SUMMARY:{_text(title)}"
    told = "\n".join(
        f"{label}: {text}" if label else text for label, text in details(row, named, about.words.toll_kinds)
    )
    yield f"DESCRIPTION:{_text(told)}"
    if row["places"]:
        yield f"LOCATION:{_text(where(row))}"
    if len(row["places"]) == 1 and (towns := [p for p in pointed(row["places"]) if p["precision"] <= _TOWN]):
        yield f"GEO:{towns[0]['lat']};{towns[0]['lon']}"
    yield f"CATEGORIES:{_text(row['category'])},{_text(row['type'])}"
    yield f"STATUS:{'CONFIRMED' if sure else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _time(date: Date) -> Iterator[str]:
    first, last = date.earliest or 0, date.latest or 0
    clock = read_clock(date.text) if "T" in date.text else None
    if clock is None:
        yield f"DTSTART;VALUE=DATE:{_day(first)}"
        yield f"DTEND;VALUE=DATE:{_day(last + 1)}"  # the first day that is no longer in it (3.6.1)
    else:
        days, seconds = divmod(clock.instant, _DAY)
        time = f"{seconds // 3600:02d}{seconds // 60 % 60:02d}{seconds % 60:02d}"
        yield f"DTSTART:{_day(first + days)}T{time}" + ("" if clock.offset is None else "Z")


def _day(number: int) -> str:
    return "{:04d}{:02d}{:02d}".format(*from_ordinal(number))


def _text(text: str) -> str:
    """A text as a value: no line of it ends the line, and nothing unseen is in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(visible, lines)).translate(_ESCAPED)


def _folded(line: str) -> str:
    """A line with its end, folded between characters so that none is too long (3.1)."""
    octets = line.encode("utf-8", "replace")
    pieces, room = [], _OCTETS
    while len(octets) > room:
        at = room
        while octets[at] & 0xC0 == 0x80:  # inside a character
            at -= 1
        pieces.append(octets[:at])
        octets, room = octets[at:], _OCTETS - 1  # a blank begins what goes on
    return b"\r\n ".join((*pieces, octets)).decode() + "\r\n"
