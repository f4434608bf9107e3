"""Times of day (EDTF level 0, ISO 8601): "T08:46:00-04:00" is 31,560 seconds into its day, 4 hours behind UTC."""

import re
from typing import NamedTuple

DAY = 86400  # seconds
_TIME = r"(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d(?::?\d\d)?)?"


class Clock(NamedTuple):
    """Seconds since midnight as printed, and how many seconds that clock is ahead of UTC; None: it does not say."""

    seconds: int
    offset: int | None

    @property
    def instant(self) -> int:
        """Seconds since the printed day's midnight in UTC; as printed where no offset is given."""
        return self.seconds - (self.offset or 0)

    def before(self, other: "Clock") -> bool:
        """Whether it is earlier on one printed day: by the instant where both say their offset, else as printed."""
        if self.offset is None or other.offset is None:
            return self.seconds < other.seconds
        return self.instant < other.instant


def placed(first: int, last: int, clock: Clock | None) -> tuple[int, int, int]:
    """What a date is sorted by: its first and last day, and its second of the day, days before the times of a day.

    A clock time stands on the day that it is in UTC, whatever day its zone prints; one without a zone as printed.
    """
    if clock is None:
        return first, last, -1
    days, second = divmod(clock.instant, DAY)
    return first + days, last + days, second


def read_clock(text: str) -> Clock | None:
    """The time of day of a date written with T, or of a time alone; None where there is none, or none that can be."""
    match = re.fullmatch(_TIME, text.rpartition("T")[2])
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > 86400:
        return None
    return Clock(total, _offset(match[4]))


def clock_words(text: str) -> str:
    """A time of day as people write it: "08:46:00-04:00" as "08:46 UTC-4"; seconds stand where they are not none."""
    match = re.fullmatch(_TIME, text)
    if match is None:
        return text
    hours, minutes, seconds, zone = match.groups()
    time = f"{hours}:{minutes}" + (f":{seconds}" if seconds not in (None, "00") else "")
    if zone is None:
        return time
    ahead = _offset(zone) or 0
    hours_ahead, rest = divmod(abs(ahead) // 60, 60)
    shift = f"{'-' if ahead < 0 else '+'}{hours_ahead}" + f":{rest:02d}" * (rest > 0)
    return f"{time} UTC" + shift * (ahead != 0)


def _offset(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return None if zone is None else 0
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    return (hours * 3600 + minutes * 60) * (-1 if zone[0] == "-" else 1)
