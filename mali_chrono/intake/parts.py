"""The parts of an event from the cells of a row: date, place, actors, figures, texts; Bad where one cannot be read."""

import re
from collections.abc import Iterator, Mapping, Sequence

from mali_chrono.dates.days import from_ordinal, iso_day, month_length, ordinal
from mali_chrono.evidence import phrases
from mali_chrono.figures import denials
from mali_chrono.intake.cells import Bad, Cells, clean, names_of, number, whole
from mali_chrono.intake.heads import NAME
from mali_chrono.intake.maps import ABOUT, ELSE, MONTH, WITHIN, YEAR, Actors, Coded, Names, Places, Tolls
from mali_chrono.intake.own import figure_of
from mali_chrono.intake.told import Count, Where, Who
from mali_chrono.text import fold

_LONGEST_SPAN = 31  # of the days that notes give for a day that is not known
_CODED = re.compile(r"\bcoded (?:here )?as (?:a total of )?(\d+)\b", re.IGNORECASE)
_APART = re.compile(r"\bcoded separately\b", re.IGNORECASE)


def written(precise: str, day: int, end: int) -> tuple[str, int, int]:
    """A date as EDTF, and its first and last day, from the days that are written and what their precision means."""
    year, month, _ = from_ordinal(day)
    if precise == MONTH:
        return iso_day(day)[:-3], ordinal(year, month, 1), ordinal(year, month, month_length(year, month))
    if precise == YEAR:
        return iso_day(day)[:-6], ordinal(year, 1, 1), ordinal(year, 12, 31)
    if precise == WITHIN and end > day:
        for wider in (MONTH, YEAR):  # all days of a month or year
            if written(wider, day, end)[1:] == (day, end):
                return written(wider, day, end)
        return f"[{iso_day(day)}..{iso_day(end)}]", day, end
    mark = "~" if precise == ABOUT else ""
    return (f"{iso_day(day)}{mark}" if day == end else f"{iso_day(day)}{mark}/{iso_day(end)}{mark}"), day, end


def meaning_of(rule: Coded, cells: Cells) -> str:
    """What a code means; empty where there is no such column. Raises Bad."""
    name, code = cells.named(rule.columns)
    code = re.sub(r"\.0$", "", code)
    if code and code not in rule.codes:
        raise Bad(name, f"'{code}' is none of the codes {', '.join(rule.codes)}")
    return rule.codes[code] if code else ""


def days_within(summary: str, day: int) -> tuple[int, int] | None:
    """The days that a summary gives for something that happened on one of them, the written one among them."""
    for printed in phrases.read(summary):
        for meaning in printed.meanings:
            if meaning.first and meaning.last:
                first, last = meaning.first[0], meaning.last[1]
                if first <= day <= last and 1 <= last - first < _LONGEST_SPAN:
                    return first, last
    return None


def where_of(rule: Places, cells: Cells) -> Where:
    """The place of a row. Raises Bad."""
    _, name = cells.named(rule.columns)
    if not name:
        raise Bad(rule.columns[0], "empty: no place")
    ending = name.rpartition(" ")
    name = ending[0] if ending[0] and ending[2].lower() in rule.cut else name
    if not fold(name):
        raise Bad(rule.columns[0], f"'{name}' is no name: it has no letter or digit")
    lat, lon = (number(*cells.named(names), most) for names, most in ((rule.lat, 90.0), (rule.lon, 180.0)))
    code = meaning_of(rule.precision, cells) or "1"
    return Where(clean(name), clean(cells.first(rule.region)), clean(cells.first(rule.country)), lat,
                 lon if lat is not None else None, int(code[-1]), code.startswith("~"))  # fmt: skip


def actors_of(rules: Sequence[Actors], cells: Cells, country: str) -> Iterator[Who]:
    """The actors of a row, each once in what it did. Raises Bad."""
    met = set()
    for side, rule in enumerate(rules):
        group = cells.first(rule.by)
        means = rule.roles.get(group) or rule.roles.get(ELSE) or "takes-part"
        code = cells.first(rule.kind.columns)
        kind = rule.kind.codes.get(re.sub(r"\.0$", "", code), code)
        for written_name in listed(rule, cells):
            names = names_of(written_name, country)
            for name, whole_name in names:
                if fold(name) and (name, means) not in met:
                    met.add((name, means))
                    yield Who(name, whole_name, kind, means, side, "confirmed" if len(names) == 1 else "suspected")


def listed(rule: Actors, cells: Cells) -> list[str]:
    """The names of a cell."""
    text = cells.first(rule.columns)
    parts = text.split(rule.parted.strip()) if rule.parted.strip() else [text]
    return [clean(part) for part in parts if fold(part)]


def firsts(rules: Sequence[Actors], actors: Sequence[Who]) -> Iterator[tuple[Names, Who]]:
    """The first actor of each column, for titles."""
    for side, rule in enumerate(rules):
        if who := next((who for who in actors if who.side == side), None):
            yield rule.columns, who


def counts_of(rules: Sequence[Tolls], cells: Cells, summary: str, *, own: bool) -> tuple[list[Count], list[str]]:
    """The figures of a row, and what is to be noted of them; `own` is one that chrono wrote. Raises Bad."""
    counts: list[Count] = []
    notes: list[str] = []
    for rule in rules:
        best, low, high = (_whole(cells, names) for names in (rule.columns, rule.low, rule.high))
        if best is None or (best == 0 and not high and not _tells_none(rule.zero, summary)):
            continue
        figure = str(best)
        if low is not None and high is not None and (low, high) != (best, best):
            if not low <= best <= high:
                raise Bad(rule.columns[0], f"{best} does not lie between {low} and {high}")
            figure = f"{low}/{best}/{high}"
        coded = _CODED.search(summary)
        if own and (said := figure_of(summary, best)):
            figure = said[0]
            notes += filter(None, said[1:])
        elif coded and int(coded[1]) == best:
            figure = f"{best}+"
            notes.append(f"'{coded[0]}': the table's number for what is told without one.")
        if best and _APART.search(summary):
            notes.append("'Coded separately': one total, told in parts by several rows.")
        counts.append(Count(rule.kind, figure, rule.of))
    return counts, notes


def _whole(cells: Cells, names: Names) -> int | None:
    name, text = cells.named(names)
    return whole(name, text) if text else None


def _tells_none(zero: str, summary: str) -> bool:
    return zero == "none" or (zero == "denied" and denials.denies_deaths(summary))


def filled(templates: Sequence[str], cells: Cells, words: Mapping[str, str]) -> tuple[str, ...]:
    """The texts in which no name in braces is empty; else the last one as it is, unless nothing is left of it."""
    found, text = [], ""
    for template in templates:
        names = {name: words.get(name.lower()) or cells.first((name.lower(),)) for name in NAME.findall(template)}
        text = clean(NAME.sub(lambda match: names[match[1]], template))  # noqa: B023 - called at once
        if text and all(names.values()):
            found.append(text)
    return tuple(found or filter(None, [text]))
