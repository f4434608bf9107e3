"""Reads the times of day that a line prints ("9:40 pm", "0958 UTC", "21h40", "noon"), and which prove one.

An hour of twelve that no word assigns may be of either half of the day. Where a time stands in brackets beside another
("11:02 in Frankfurt (10:02 UTC)") both are one instant, so the zone of one tells that of the other.
"""

import re
from bisect import bisect
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from mali_chrono.dates.clock import DAY, Clock
from mali_chrono.evidence.cells import BETWEEN
from mali_chrono.figures import numerals
from mali_chrono.figures.numerals import Number

_HALF_DAY = 12
_QUARTERS = {"half past": 30, "quarter past": 15, "quarter to": -15}
_HOUR_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_BEFORE = r"(?<!\d[.,:])(?:(?<=\dT)|(?<![\w$€£]))"
_HOUR = r"(?=\d)(?P<hour>[01]?\d|2[0-4])"
_NAMED_HOUR = rf"(?P<hour>1[0-2]|[1-9]|(?i:{'|'.join(_HOUR_WORDS)}))"
_MINUTE = r"(?P<minute>[0-5]\d)"
_SECOND = r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?(?P<offset>[+-]\d\d(?::?[0-5]\d)?(?!\d))?)?"
_HALF = r"(?P<half>(?i:[ap])(?:\. ?(?i:m)\b\.?|(?i:m)\b))"
_PART = r"(?: (?:in the|that|the same|this|next|of the|on the) (?P<part>morning|afternoon|evening)\b)"
_ZONE = r"(?P<zone>(?:UTC|GMT)(?: ?[+-] ?\d{1,2}(?::?[0-5]\d)?)?(?!\w)|Z\b)"
_AT = "(?:" + "|".join(rf"(?<=\bat {word})" for word in ("", "about ", "around ", "approximately ", "nearly ")) + ")"
# What tells that two numbers with a point between them are a time.
_TOLD = re.sub(r"\?P<[a-z]+>", "?:", rf" ?{_HALF}|{_PART}| ?{_ZONE}| (?:hours|hrs|Uhr|o'clock)\b")
_ZONES = ("utc", "gmt", "z")
_PARTS = ("morning", "afternoon", "evening")
_HALVES = ("am", "pm", "a. m", "a.m", "p. m", "p.m")
# Each way to print a time, and what a text must hold in small letters to have it: most texts hold little of it.
_PATTERNS = [
    (re.compile(_BEFORE + pattern), needs)
    for pattern, needs in (
        (rf"{_HOUR}:{_MINUTE}{_SECOND}(?![:\d]|\.\d)(?: ?{_HALF})?{_PART}?(?: ?{_ZONE})?", (":",)),
        (rf"{_HOUR}\.{_MINUTE}(?={_TOLD})(?: ?{_HALF})?{_PART}?(?: ?{_ZONE})?", (".",)),
        (rf"(?P<quarter>(?i:half past|quarter past|quarter to)) {_NAMED_HOUR}\b(?: ?{_HALF}|{_PART})?(?: ?{_ZONE})?",
         tuple(_QUARTERS)),
        (rf"{_NAMED_HOUR} ?(?:{_HALF}|o'clock\b){_PART}?(?: ?{_ZONE})?", ("o'clock", *_HALVES)),
        (rf"(?P<hour>[01]\d|2[0-4]){_MINUTE} ?{_ZONE}", _ZONES),
        (rf"(?P<hour>0\d){_MINUTE} ?(?:hours|hrs|h)\b", ("h",)),
        (rf"(?<=\bat )(?P<hour>1\d|2[0-4]){_MINUTE} ?(?:hours|hrs|h)\b", ("at 1", "at 2")),
        (rf"{_HOUR} ?(?P<full>h) ?{_MINUTE}\b(?: ?{_ZONE})?", ("h",)),
        (rf"{_HOUR} (?P<full>Uhr)\b", ("uhr",)),
        (rf"{_AT}{_NAMED_HOUR}{_PART}", _PARTS),
        (rf"(?P<word>(?i:noon|midday|midnight))\b(?: ?{_ZONE})?", ("noon", "midday", "midnight")),
    )
]  # fmt: skip
# The first of two hours that share one half of the day: "from 2 to 4 a.m.".
_SHARED = re.compile(rf"{_BEFORE}(?P<hour>1[0-2]|[1-9])(?:[:.]{_MINUTE})? ?(?:-|to|until|or|and) ?$")
_LEAD = 12
_BESIDE = re.compile(r"[^().;]*\(")
_FARTHEST = -12 * 3600, 14 * 3600  # the zones there are
_STEP = 900
_BARE = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")


class Printed(NamedTuple):
    """A time of day in a text: where it stands, its words, and each time it may be."""

    start: int
    stop: int
    words: str
    readings: tuple[Clock, ...]

    @property
    def is_word(self) -> bool:
        """Whether it is told without a number, like noon."""
        return not numerals.read(self.words)


class Span(Protocol):
    """Something that stands in a text."""

    @property
    def start(self) -> int: ...  # noqa: D102

    @property
    def stop(self) -> int: ...  # noqa: D102


def read(text: str) -> list[Printed]:
    """Every time of day that a text prints, in order."""
    found: list[Printed] = []
    small = text.casefold()
    for pattern, needs in _PATTERNS:
        for match in pattern.finditer(text) if any(need in small for need in needs) else ():
            for each in _of(match):
                at = bisect(found, each.stop, key=lambda one: one.start)  # none reaches into another
                if at == 0 or found[at - 1].stop <= each.start:
                    found.insert(at, each)
    return _paired(text, found)


def bare(text: str) -> Iterator[Printed]:
    """The cells of a table's line that may be times and hold four digits alone: 0958. They are numbers all the same."""
    start = 0
    for cell in text.split(BETWEEN):
        if _BARE.fullmatch(cell):
            yield Printed(start, start + len(cell), cell, (Clock(int(cell[:2]) * 3600 + int(cell[2:]) * 60, None),))
        start += len(cell) + len(BETWEEN)


def numbers(text: str, told: Iterable[Span]) -> Iterator[Number]:
    """The numbers of a text outside the dates and times that it prints."""
    taken = deque(sorted((each.start, each.stop) for each in told))
    for number in numerals.read(text):
        while taken and taken[0][1] <= number.start:
            taken.popleft()
        if not taken or number.stop <= taken[0][0]:
            yield number


def proves(printed: Printed, clock: Clock) -> bool:
    """Whether a printed time is that of a clock, or finer; by the instant where both tell their zone."""
    return any(_is_same(reading, clock) for reading in printed.readings)


def is_printed(clock: Printed, lines: Iterable[Printed]) -> bool:
    """Whether a time that a text prints is printed on lines, or a finer one."""
    return any(proves(each, reading) for each in lines for reading in clock.readings)


def _is_same(printed: Clock, clock: Clock) -> bool:
    knows = printed.offset is not None and clock.offset is not None
    value, wanted = (each.instant if knows else each.seconds for each in (printed, clock))
    return value % DAY == wanted % DAY or (wanted % 60 == 0 and (value - value % 60) % DAY == wanted % DAY)


def _of(match: re.Match[str]) -> Iterator[Printed]:
    """A match as a time, and the hour before it that it shares its half of the day with."""
    parts = match.groupdict()
    times = tuple(Clock(seconds, _offset(parts)) for seconds in _seconds(parts))
    yield Printed(match.start(), match.end(), match[0].rstrip(), times)
    if parts.get("half"):
        shared = _SHARED.search(match.string, max(match.start() - _LEAD, 0), match.start())
        if shared and (" and" not in shared[0] or match.string.endswith("between ", 0, shared.start())):
            first = {**shared.groupdict(), "part": None, "half": None}
            times = tuple(Clock(seconds, _offset(parts)) for seconds in _seconds(first))
            yield Printed(shared.start(), shared.end("minute") if shared["minute"] else shared.end("hour"),
                          f"{shared[0]}{match[0]}", times)  # fmt: skip


def _seconds(parts: dict[str, str | None]) -> Iterator[int]:
    """The seconds of a day that a time may be."""
    if word := parts.get("word"):
        yield 0 if word.lower() == "midnight" else _HALF_DAY * 3600
        return
    hours, minutes, seconds = (parts.get(name) or "0" for name in ("hour", "minute", "second"))
    hour = int(hours) if hours.isdecimal() else _HOUR_WORDS.index(hours.lower()) + 1
    quarter = _QUARTERS.get((parts.get("quarter") or "").lower(), 0)
    is_of_day = hours.startswith("0") or hour > _HALF_DAY or "full" in parts
    for each in _hours(hour, parts, is_of_day=is_of_day):
        yield (each * 3600 + (int(minutes) + quarter) * 60 + int(seconds)) % DAY


def _hours(hour: int, parts: dict[str, str | None], *, is_of_day: bool) -> tuple[int, ...]:
    """The hours that a printed one may be: the one of its half of the day where that is told, else of both."""
    half = (parts.get("half") or "")[:1].lower() or {"morning": "a", None: ""}.get(parts.get("part"), "p")
    first = hour % _HALF_DAY
    if is_of_day:
        return (hour,)
    if half:
        return (first + _HALF_DAY * (half == "p"),)
    return (hour,) if parts.get("zone") or parts.get("offset") else (first, first + _HALF_DAY)


def _offset(parts: dict[str, str | None]) -> int | None:
    """How far a printed zone is ahead of UTC; None where none is told in figures."""
    zone = parts.get("offset") or parts.get("zone")
    if not zone:
        return None
    shift = re.search(r"([+-]) ?(\d{1,2}):?(\d\d)?", zone)
    if not shift:
        return 0
    return (int(shift[2]) * 3600 + int(shift[3] or 0) * 60) * (-1 if shift[1] == "-" else 1)


def _paired(text: str, found: Sequence[Printed]) -> list[Printed]:
    """The times, with the zone of one that stands in brackets beside another of the same instant."""
    told = list(found)
    for at, (first, second) in enumerate(pairwise(found)):
        if _BESIDE.fullmatch(text, first.stop, second.start):
            told[at] = _told_by(first, second)
            told[at + 1] = _told_by(second, first)
    return told


def _told_by(one: Printed, other: Printed) -> Printed:
    """A time with the zone that another time of the same instant gives it, where it tells none itself."""
    if any(each.offset is not None for each in one.readings):
        return one
    zoned = [
        Clock(each.seconds, offset)
        for each in one.readings
        for known in other.readings
        if known.offset is not None
        for offset in _between(each.seconds - known.instant)
    ]
    return one._replace(readings=tuple(zoned)) if zoned else one


def _between(ahead: int) -> Iterator[int]:
    """The zones in which a clock is so far ahead of UTC, by days or not."""
    for offset in (ahead % DAY - DAY, ahead % DAY):
        if _FARTHEST[0] <= offset <= _FARTHEST[1] and offset % _STEP == 0:
            yield offset
