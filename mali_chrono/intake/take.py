"""A table and a map -> what it tells, row by row, and what could not be read. Pure; nothing is looked up in a store."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from mali_chrono.dates.days import from_ordinal, iso_day
from mali_chrono.errors import DataError
from mali_chrono.intake.cells import Bad, Cells, brief, clean, whole
from mali_chrono.intake.forms import Chosen, Misread, choose, read_day
from mali_chrono.intake.heads import check_head, vintage_of
from mali_chrono.intake.maps import ABOUT, DAY, WITHIN, Map
from mali_chrono.intake.own import date_of, doubts_of, is_own
from mali_chrono.intake.parts import (
    actors_of,
    counts_of,
    days_within,
    filled,
    firsts,
    listed,
    meaning_of,
    where_of,
    written,
)
from mali_chrono.intake.tables import Row, Table
from mali_chrono.intake.told import Left, Taken, Told
from mali_chrono.progress import track
from mali_chrono.text import fold

_OPENING = re.compile(
    r"\W*(?:[\w/ -]{1,40}: ?)?On (?:or (?:about|around) )?(\d{1,2} [A-Z][a-z]+,? \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})"
)


def take(table: Table, rule: Map) -> Taken:
    """What a table tells by a map.

    Raises DataError, with line and column, where it has not the columns, or its days are in two forms or in none.
    """
    columns = table.places
    check_head(table, columns, rule)
    tags = tuple(row.first for row in table.rows[:1] if _is_tags(row))
    rows = table.rows[len(tags) :]
    if not rows:
        raise DataError(f"{table.name}:{table.lines}: no row stands under the names of the columns")
    reader = _Reader(table, rule, columns, _form(table, rule, rows, columns))
    rows_told: list[Told] = []
    for row in track("reading the rows", rows):
        try:
            rows_told.append(reader.read(row))
        except Bad as bad:
            reader.left.append(Left(row.first, bad.column, columns.get(bad.column, -1) + 1, bad.why))
    told, left = _once(rows_told, folds=rule.folds)
    return Taken(table, rule, vintage_of(rule, columns), reader.chosen.form, len(rows), told,
                 tuple(sorted([*reader.left, *left])), tuple(reader.odd), tags, reader.plain,
                 reader.chosen.century)  # fmt: skip


def _is_tags(row: Row) -> bool:
    """Whether a row is a second head of #tags, as HDX has it."""
    filled = [cell for cell in row.cells if cell.strip()]
    return bool(filled) and all(cell.lstrip().startswith("#") for cell in filled)


def _form(table: Table, rule: Map, rows: Sequence[Row], columns: Mapping[str, int]) -> Chosen:
    """How the column of days is written. Raises DataError."""
    column = next(name for name in rule.dates.columns if name in columns)
    cells = [row.cells[columns[column]] if columns[column] < len(row.cells) else "" for row in rows]
    proof = next((name for name in rule.dates.year if name in columns), None)
    years = [row.cells[columns[proof]] if columns[proof] < len(row.cells) else "" for row in rows] if proof else []
    try:
        return choose(cells, rule.dates.forms, years, rule.dates.since)
    except Misread as fault:
        line = rows[fault.at].first
        raise DataError(f"{table.name}:{line}: column {columns[column] + 1} ({column}): {fault}") from None


def _once(rows: Sequence[Told], *, folds: bool) -> tuple[tuple[Told, ...], list[Left]]:
    """Each event once: rows of one id are one where the map folds them, and otherwise left out but for the first."""
    first: dict[str, Told] = {}
    left = []
    for row in rows:
        before = first.setdefault(row.id, row)
        if before is row:
            continue
        if folds and (before.date, before.type, before.counts) == (row.date, row.type, row.counts):
            met = {(who.name, who.side) for who in before.actors}
            side = 2 * len(before.lines)
            more = [who._replace(side=who.side + side, means=_other(who.means))
                    for who in row.actors if (who.name, who.side) not in met]  # fmt: skip
            first[row.id] = before._replace(lines=before.lines + row.lines, actors=(*before.actors, *more))
        else:
            told = f"'{row.id}' stands in line {before.lines[0][0]} already" + (", with other values" if folds else "")
            left.append(Left(row.lines[0][0], "", 0, told))
    return tuple(first.values()), left


def _other(means: str) -> str:
    """What the other side does of two that stand in rows of their own."""
    return "suffers" if means == "does" else means


class _Reader:
    """Reads row after row; what is left out and what is odd is kept."""

    def __init__(self, table: Table, rule: Map, columns: Mapping[str, int], chosen: Chosen) -> None:
        self.table, self.rule, self.columns, self.chosen = table, rule, columns, chosen
        self.left: list[Left] = []
        self.odd: list[Left] = []
        self.plain = 0

    def read(self, row: Row) -> Told:
        """The event of a row. Raises Bad."""
        wide = len(self.table.columns)
        if any(cell.strip() for cell in row.cells[wide:]) or len(row.cells) < wide - 1:
            raise Bad("", f"{len(row.cells):,} cells, and {wide} names of columns: a quotation mark or comma is amiss")
        cells = Cells(self.columns, row.cells)
        kind, group, is_plain = self._type(cells)
        named = cells.first(self.rule.id)
        ident = named or sha256("\x1f".join(map(str.strip, row.cells)).encode()).hexdigest()[:12]
        own = is_own(ident)
        where = where_of(self.rule.places, cells)._replace(called=own)
        actors = tuple(actors_of(self.rule.actors, cells, where.country))
        words = {"type": kind, "place": where.told} | {
            names[0]: brief(who.name) for names, who in firsts(self.rule.actors, actors)
        }
        summary = next(iter(filled(self.rule.summary, cells, words)), "")
        doubts = doubts_of(summary) if own else {}
        actors = tuple(who._replace(certainty=doubts.get(who.written, who.certainty)) for who in actors)
        day = self._day(cells)
        date, first, last, precise = self._date(cells, day, summary, own=own)
        counts, notes = counts_of(self.rule.tolls, cells, summary, own=own)
        if is_plain:
            notes.append(f"Type: what the class '{group}' is taken for; the table says no more.")
            self.plain += 1
        titles = filled(self.rule.title, cells, words)
        for name, made in (("title", titles), ("summary", summary)):
            if not made:
                raise Bad("", f"nothing to make a {name} of: the columns of it are empty")
        if self.rule.opens and precise == DAY:
            self._check_opening(row, summary, day)
        outlets = listed(self.rule.outlets, cells) if self.rule.outlets else []
        return Told(ident, ((row.first, row.last),), date, day, first, last, precise, kind, group, where, actors,
                    tuple(counts), titles, summary, tuple(dict.fromkeys(outlets)), tuple(notes),
                    self._printed(cells), bool(named))  # fmt: skip

    def _type(self, cells: Cells) -> tuple[str, str, bool]:
        """The name of what happened, the class that it is put in, and whether it is known by that alone. Raises Bad."""
        rule = self.rule.types
        code, group = cells.first(rule.columns), cells.first(rule.plain)
        said = code or group
        if not fold(said):
            raise Bad(rule.columns[0], "empty: nothing says what happened")
        beside = f"{said} & {cells.first(rule.beside)}"
        exact = rule.codes.get(beside) or rule.codes.get(said)
        plain = None if code else rule.classes.get(beside) or rule.classes.get(said)
        return clean(exact or plain or said), group or said, bool(plain and not exact)

    def _day(self, cells: Cells) -> int:
        """The day that is written. Raises Bad."""
        rule = self.rule.dates
        name, text = cells.named(rule.columns)
        day = read_day(self.chosen.form, text, self.chosen.since)
        if day is None:
            raise Bad(name, f"'{text}' is no date in the form {self.chosen.form}" if text else "empty: no date")
        year_name, year = cells.named(rule.year)
        if year and whole(year_name, year) != from_ordinal(day)[0]:
            raise Bad(year_name, f"'{year}' is not the year of {iso_day(day)}")
        return day

    def _date(self, cells: Cells, day: int, summary: str, *, own: bool) -> tuple[str, int, int, str]:
        """The date as EDTF, its days, and what its precision means. Raises Bad."""
        rule = self.rule.dates
        name, text = cells.named(rule.end)
        end = read_day(self.chosen.form, text, self.chosen.since) if text else day
        if end is None:
            raise Bad(name, f"'{text}' is no date in the form {self.chosen.form}")
        if end < day:
            raise Bad(name, f"{iso_day(end)} is before {iso_day(day)}, where it begins")
        precise = meaning_of(rule.precision, cells) or DAY
        if own and (said := date_of(summary, day)):
            return said.text, said.earliest or day, said.latest or day, precise
        if precise == ABOUT and (span := days_within(summary, day)):
            return f"[{iso_day(span[0])}..{iso_day(span[1])}]", *span, WITHIN
        return *written(precise, day, end), precise

    def _printed(self, cells: Cells) -> tuple[str, ...]:
        """The cells that a date is read from."""
        rule = self.rule.dates
        found = (cells.first(names) for names in (rule.columns, rule.end))
        return tuple(dict.fromkeys(cell for cell in found if cell))

    def _check_opening(self, row: Row, summary: str, day: int) -> None:
        """Note where the summary begins with another date."""
        match = _OPENING.match(summary)
        if not match:
            return
        said = match[1].replace(",", "")
        begins = read_day("D Month YYYY", said) or read_day("Month D, YYYY", match[1])
        if begins is None or begins == day:
            return
        year, month, of_month = from_ordinal(day)
        swapped = from_ordinal(begins) == (year, of_month, month)
        why = f"dated {iso_day(day)}, and its notes begin with {iso_day(begins)}"
        column = next((name for name in self.rule.dates.columns if name in self.columns), "")
        told = why + (": day and month are swapped" if swapped else "")
        self.odd.append(Left(row.first, column, self.columns[column] + 1, told))
