"""How the months of a store's language are printed in dates, as rows like those of `phrasetable.TABLE`.

A day, days from-to, a month with its year; all other phrases are English ones.
"""

import re
from functools import lru_cache

from mali_chrono.dates.phrasetable import Ends, Match, Row, both, day, month
from mali_chrono.dates.spoken import Tongue

_DAY = r"(?<![\d,.$-])(?P<d>[0-3]?\d)(?:er|º|\.)?"
_LAST = r"(?P<last>[0-3]?\d)(?:er|º|\.)?"
_OF = r" (?:de |del |d')?"
_YEAR = r"(?P<year>[12]\d{3})(?![\d%]|,\d{3}|\.\d)"


def rows_of(tongue: Tongue) -> tuple[Row, ...]:
    """The rows of a language; none of one that counts its months instead of naming them."""
    return _rows(tuple(map(tuple, (tongue.months, tongue.alone, tongue.alone_full, tongue.full))))


@lru_cache(4)
def _rows(written: tuple[tuple[str, ...], ...]) -> tuple[Row, ...]:
    numbers = {
        name.rstrip(".").casefold(): number
        for names in written
        for number, name in enumerate(names, 1)
        if not any(letter.isdigit() for letter in name)
    }
    if not numbers:
        return ()
    names = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    name = rf"(?P<name>{names})(?!\w)\.?"

    def read_days(match: Match, default: int) -> Ends | None:
        year, number = int(match["year"] or default), numbers[match["name"].casefold()]
        first = day(year, number, int(match["d"]))
        last = day(year, number, int(match["last"])) if "last" in match.re.groupindex else first
        return (first, last) if first and last and first[0] <= last[1] else None

    def read_month(match: Match, _: int) -> Ends | None:
        return both(month(int(match["year"]), numbers[match["name"].casefold()]))

    ending = rf"(?:,?{_OF}{_YEAR})?"
    needs = tuple(numbers)
    return (
        Row("", "", re.compile(rf"(?i){_DAY} ?- ?{_LAST}{_OF}{name}{ending}"), read_days, needs),
        Row("", "", re.compile(rf"(?i){_DAY}{_OF}{name}{ending}"), read_days, needs),
        Row("", "", re.compile(rf"(?i)(?<!\w){name}{_OF}{_YEAR}"), read_month, needs),
    )
