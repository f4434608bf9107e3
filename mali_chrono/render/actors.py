"""The list of actors: who, what, when active, how many events, the dead by it and of it, a bar per year."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.kinds import CLAIMS, DOES, ENDS, SUFFERS, TollKind, Vocabulary
from mali_chrono.render import chart, console, formats, jsontext, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular, too_wide
from mali_chrono.text import counted, listing, one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About
    from mali_chrono.answers.history import Listed
    from mali_chrono.figures.reckon import Range

_NUMBERS = ENDS[:3]
LONGEST = 24  # years of bars
# From so many columns on: the years that bars stand for, and what a table leaves out (`SUFFERED`: the toll of what was
# done to it). Kind and active stand under the name then.
SUFFERED = "suffered"
ROOMS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (150, LONGEST, ()),
    (100, 16, ("kind", "active")),
    (60, 12, ("kind", "active", "first", "last")),
    (0, 12, ("kind", "active", "first", "last", SUFFERED, "years")),
)


def sides_of(words: Vocabulary) -> dict[str, str]:
    """The fields of the first kind of toll, of what an actor did and of what was done to it, with their headings."""
    return words.main.sides if words.main else {}


def all_columns(words: Vocabulary) -> dict[str, Column]:
    """Every column by its field."""
    sides = sides_of(words)
    columns = (
        Column("actor", style="bold"),
        Column("id"),
        Column("name"),
        Column("kind"),
        Column("active"),
        Column("events", right=True, style="bold", whole=True),
        Column("first"),
        Column("last"),
        *(Column(field, heading, right=True, style="red", whole=True) for field, heading in sides.items()),
        Column("years", style="cyan", whole=True),
        *(Column(f"{side}_{end}", right=True) for side in sides for end in _NUMBERS),
    )
    return {column.key: column for column in columns}


def shown_fields(words: Vocabulary) -> tuple[str, ...]:
    """The fields that a person is shown; of the sums those that a role of the store can fill."""
    roles = words.roles_that(DOES, CLAIMS), words.roles_that(SUFFERS)
    sides = (field for field, some in zip(sides_of(words), roles, strict=False) if some)
    return ("actor", "kind", "active", "events", "first", "last", *sides, "years")


def plain_fields(words: Vocabulary) -> tuple[str, ...]:
    """The fields for a program: what is a number or a name. "1/2/3" is a date to a spreadsheet."""
    return ("id", *(field for field in all_columns(words) if field not in ("id", *sides_of(words), "years")))


def _legend(main: TollKind, shown: Collection[str]) -> str:
    sides = zip(main.sides, (main.doing, main.done), strict=True)
    told = listing([words for field, words in sides if field in shown], "and")
    return f"{main.heading}: low/best/high, {told}" + ", whoever they were" * main.fatal


class Actors(NamedTuple):
    """A list: the actors shown, the fields chosen, how many actors have an event and how many none, query and store.

    `words` is the store's vocabulary, `about` what the answer says of itself.
    """

    listed: "Sequence[Listed]"
    fields: tuple[str, ...] | None
    total: int
    others: int
    query: dict[str, object]
    store: str
    words: Vocabulary
    about: "About | None" = None


def three(figures: "Range | None") -> str:
    """Low, best and high: "10/57/144", "84+" where they are one number."""
    if figures is None:
        return ""
    low, best, high = figures.low, figures.best, figures.high
    return (str(low) if low == best == high else f"{low}/{best}/{high}") + "+" * figures.open


def _axis(view: Actors, longest: int = LONGEST) -> tuple[int, int]:
    """The years that bars stand for: the last ones of the list."""
    years = [year for listed in view.listed for year in listed.years if year is not None]
    last = max(years, default=0)
    return max(min(years, default=0), last - longest + 1), last


def _columns(view: Actors, fields: Sequence[str], axis: tuple[int, int]) -> list[Column]:
    columns = all_columns(view.words)
    years = columns["years"]._replace(header=f"{axis[0]}-{axis[1]}" if axis[1] else "")
    return [years if field == "years" else columns[field] for field in fields]


def _texts(listed: "Listed", axis: tuple[int, int], words: Vocabulary, *, unicode: bool) -> dict[str, str]:
    """The text of every field of one actor; in its bars a blank is a year without an event."""
    actor = listed.actor
    told = dict(zip(sides_of(words), (listed.caused.figures, listed.suffered.figures), strict=False))
    return {
        "actor": actor.short,
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "active": actor.active or "",
        "events": str(listed.events),
        "first": listed.first,
        "last": listed.last,
        **{side: three(figures) for side, figures in told.items()},
        **{field: text for side, figures in told.items() for field, text in _ends(side, figures).items()},
        "years": chart.bars(chart.binned(_per_year(listed).items(), *axis, 1), unicode=unicode),
    }


def _ends(side: str, figures: "Range | None") -> dict[str, str]:
    """Low, best and high by themselves; empty where there is no figure."""
    numbers = (figures.low, figures.best, figures.high) if figures else ("", "", "")
    return {f"{side}_{end}": str(number) for end, number in zip(_NUMBERS, numbers, strict=True)}


def _per_year(listed: "Listed") -> Counter[int]:
    return Counter(year for year in listed.years if year is not None)


def _plain(view: Actors, look: Look) -> str:  # noqa: ARG001
    fields = view.fields or ("id", *shown_fields(view.words))
    axis = _axis(view)
    # Bars of letters: in a pipe they are of one width everywhere, and need no font.
    texts = [_texts(listed, axis, view.words, unicode=False) for listed in view.listed]
    return plain.table(_columns(view, fields, axis), [[row[field] for field in fields] for row in texts])


def _tabular(view: Actors, look: Look) -> Tabular:  # noqa: ARG001
    """A row an actor."""
    fields = view.fields or plain_fields(view.words)
    values = (_values(listed, fields, view.words) for listed in view.listed)
    tables = (_document_table(view) for _ in "1")
    return Tabular("Actors", fields, values, _objects(view), tables, _what(view), view.store, (), view.about)


def _document_table(view: Actors) -> Table:
    fields = view.fields or shown_fields(view.words)
    axis = _axis(view)
    texts = [_texts(listed, axis, view.words, unicode=True) for listed in view.listed]
    return Table(_columns(view, fields, axis), [[row[field] for field in fields] for row in texts])


def _values(listed: "Listed", fields: Sequence[str], words: Vocabulary) -> list[object]:
    """The values of some fields for a program: years with their counts, not a picture of them."""
    texts = _texts(listed, (0, 0), words, unicode=False)
    texts["years"] = ", ".join(f"{year}: {n}" for year, n in sorted(_per_year(listed).items()))
    return [texts[field] for field in fields]


def _table(view: Actors, look: Look) -> str:
    from rich.text import Text

    width = look.width or console.UNKNOWN
    least, years, left_out = next(room for room in ROOMS if width >= room[0])
    axis = _axis(view, years)
    told = [] if view.fields else _sides_told(view)
    no_room = told[1:] if SUFFERED in left_out else []
    empty = [side for side in sides_of(view.words) if left_out and side not in told]
    left_out = (*left_out, *no_room, *empty)
    columns = _columns(
        view, view.fields or [field for field in shown_fields(view.words) if field not in left_out], axis
    )
    aside = not view.fields and "kind" in left_out
    rows = []
    for listed in view.listed:
        texts = _texts(listed, axis, view.words, unicode=look.unicode)
        cells = {column.key: Text(one_line(texts[column.key]), style=column.style) for column in columns}
        if aside:
            about = ", ".join(part for part in (listed.actor.kind.replace("-", " "), listed.actor.active) if part)
            cells["actor"].append(f"\n{about}", style="not bold dim")
        rows.append(list(cells.values()))
    wrapped = not least  # with next to no room even numbers are
    grid = console.grid([column._replace(whole=column.whole and not wrapped) for column in columns], rows)
    parts: list[Any] = [grid if rows else Text("No event matches."), Text()]
    main = view.words.main
    shown = {column.key for column in columns}
    if main and rows and shown.intersection(main.sides):
        parts.append(Text(_legend(main, shown), style="dim"))
    if no_room:
        parts.append(Text(too_wide([sides_of(view.words)[side] for side in no_room]), style="dim"))
    return console.draw([*parts, console.closing(_what(view), view.store)], width, look)


def _sides_told(view: Actors) -> list[str]:
    """The sides of which some actor has a figure: where only one has room it is the first of these."""
    parts = zip(sides_of(view.words), ("caused", "suffered"), strict=False)
    return [side for side, part in parts if any(getattr(listed, part).figures for listed in view.listed)]


def _what(view: Actors) -> str:
    rest = f"; {view.others} more have no event here" if view.others else ""
    part = f"{len(view.listed)} of " * (len(view.listed) < view.total)
    return f"{part}{counted(view.total, 'actor')}{rest}"


def _json(view: Actors, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope(view.query, {"actors": _objects(view)})


def _objects(view: Actors) -> Iterator[str]:
    """The json objects of the actors, or of the fields chosen."""
    for listed in view.listed:
        row = _row(listed, view.words)
        if view.fields is not None:
            main = view.words.toll_kinds[:1]
            both = (row[part][kind] for part in ("caused", "suffered") for kind in main)
            dead = dict(zip(sides_of(view.words), both, strict=True))
            row |= {"actor": row["short"], **dead}
            for side, sums in dead.items():
                row |= {f"{side}_{end}": sums and sums[end] for end in _NUMBERS}
            row = {field: row[field] for field in view.fields}
        yield jsontext.dump(row)


def _row(listed: "Listed", words: Vocabulary) -> dict[str, Any]:
    return {
        **{key: getattr(listed.actor, key) for key in ("id", "name", "short", "kind", "active")},
        "events": listed.events,
        "first": listed.first,
        "last": listed.last,
        "years": dict(sorted(_per_year(listed).items())),
        "caused": chart.side(listed.caused, words),
        "suffered": chart.side(listed.suffered, words),
    }


FORMATS = formats.offer({"table": _table, "plain": _plain, "json": _json}, _tabular)
