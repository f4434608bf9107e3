"""Days as numbers: proleptic Gregorian ordinals, counted like `datetime.date.toordinal` and on through year 0 (1 BC).

The standard library's dates end at year 1; these go as far back as is asked.
"""

from datetime import date

Today = tuple[int, int, int]  # year, month and day of what a person calls today

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LAST = date.max.toordinal()  # of the year 9999
_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def month_length(year: int, month: int) -> int:
    """Give the number of days in a month of a proleptic Gregorian year."""
    return _LENGTHS[month - 1] + (month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def ordinal(year: int, month: int, day: int) -> int:
    """Give the ordinal of a day, like `datetime.date.toordinal` but for any year (0 is 1 BC)."""
    before = year - 1
    leap_day = month > 2 and month_length(year, 2) == 29
    return before * 365 + before // 4 - before // 100 + before // 400 + _BEFORE[month - 1] + leap_day + day


def from_ordinal(number: int) -> tuple[int, int, int]:
    """Give (year, month, day) of an ordinal; the standard library is much faster where it reaches."""
    if 1 <= number <= LAST:
        plain = date.fromordinal(number)
        return plain.year, plain.month, plain.day
    cycles, rest = divmod(number - 1, 146097)
    year = cycles * 400 + rest // 365 + 1  # or the next: leap days are not taken out
    if ordinal(year, 1, 1) > number:
        year -= 1
    month = next(month for month in range(12, 0, -1) if ordinal(year, month, 1) <= number)
    return year, month, number - ordinal(year, month, 1) + 1


def iso_day(number: int) -> str:
    """Write an ordinal as an ISO 8601-1 day; years outside 0000-9999 carry a sign and at least four digits."""
    year, month, day = from_ordinal(number)
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day:02d}"


def moved(number: int, months: int) -> int:
    """Move a day by months, to the last day of the month where it does not exist."""
    year, month, day = from_ordinal(number)
    year, month = divmod(year * 12 + month - 1 + months, 12)
    return ordinal(year, month + 1, min(day, month_length(year, month + 1)))
