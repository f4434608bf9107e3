"""The list of actors: who, what, when active, how many events, the dead by it and of it, a bar per year."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from mali_chrono.render import chart, console, jsontext, markdown, plain
from mali_chrono.render.look import Column, Look
from mali_chrono.text import counted, one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.history import Listed
    from mali_chrono.figures.reckon import Range

COLUMNS = {
    column.key: column
    for column in (
        Column("actor", style="bold"),
        Column("id"),
        Column("name"),
        Column("kind"),
        Column("active"),
        Column("events", right=True, style="bold", whole=True),
        Column("first"),
        Column("last"),
        Column("dead_by", "dead, attacking", right=True, style="red", whole=True),
        Column("dead_of", "dead, attacked", right=True, style="red", whole=True),
        Column("years", style="cyan", whole=True),
    )
}
FIELDS = tuple(COLUMNS)
SHOWN = tuple(field for field in FIELDS if field not in ("id", "name"))
LONGEST = 24  # years of bars
LEGEND = "dead: low/best/high of those killed where it attacked, and where it was attacked, whoever they were"


# From so many columns on: the years that bars stand for, and what a table leaves out. Kind and active stand under the
# name then.
ROOMS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (150, LONGEST, ()),
    (100, 16, ("kind", "active")),
    (60, 12, ("kind", "active", "first", "last")),
    (0, 12, ("kind", "active", "first", "last", "dead_of", "years")),
)


class Actors(NamedTuple):
    """A list: the actors shown, the fields chosen, how many actors have an event and how many none, query and store."""

    listed: "Sequence[Listed]"
    fields: tuple[str, ...] | None
    total: int
    others: int
    query: dict[str, object]
    store: str


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


def _columns(fields: Sequence[str], axis: tuple[int, int]) -> list[Column]:
    years = COLUMNS["years"]._replace(header=f"{axis[0]}-{axis[1]}" if axis[1] else "")
    return [years if field == "years" else COLUMNS[field] for field in fields]


def _texts(listed: "Listed", axis: tuple[int, int], *, unicode: bool) -> dict[str, str]:
    """The text of every field of one actor; in its bars a blank is a year without an event."""
    actor = listed.actor
    return {
        "actor": actor.short,
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "active": actor.active or "",
        "events": str(listed.events),
        "first": listed.first,
        "last": listed.last,
        "dead_by": three(listed.caused.figures),
        "dead_of": three(listed.suffered.figures),
        "years": chart.bars(chart.binned(_per_year(listed).items(), *axis, 1), unicode=unicode),
    }


def _per_year(listed: "Listed") -> Counter[int]:
    return Counter(year for year in listed.years if year is not None)


def _plain(view: Actors, look: Look) -> str:  # noqa: ARG001
    fields = view.fields or ("id", *SHOWN)
    axis = _axis(view)
    # Bars of letters: in a pipe they are of one width everywhere, and need no font.
    texts = [_texts(listed, axis, unicode=False) for listed in view.listed]
    return plain.table(_columns(fields, axis), [[row[field] for field in fields] for row in texts])


def _markdown(view: Actors, look: Look) -> str:  # noqa: ARG001
    fields = view.fields or SHOWN
    axis = _axis(view)
    columns = [column._replace(header=column.heading.capitalize()) for column in _columns(fields, axis)]
    texts = (_texts(listed, axis, unicode=True) for listed in view.listed)
    return markdown.table(columns, ([row[field] for field in fields] for row in texts))


def _table(view: Actors, look: Look) -> str:
    from rich.text import Text

    width = look.width or console.UNKNOWN
    least, years, left_out = next(room for room in ROOMS if width >= room[0])
    axis = _axis(view, years)
    columns = _columns(view.fields or [field for field in SHOWN if field not in left_out], axis)
    aside = not view.fields and "kind" in left_out
    rows = []
    for listed in view.listed:
        texts = _texts(listed, axis, unicode=look.unicode)
        cells = {column.key: Text(one_line(texts[column.key]), style=column.style) for column in columns}
        if aside:
            about = ", ".join(part for part in (listed.actor.kind.replace("-", " "), listed.actor.active) if part)
            cells["actor"].append(f"\n{about}", style="not bold dim")
        rows.append(list(cells.values()))
    wrapped = not least  # with next to no room even numbers are
    grid = console.grid([column._replace(whole=column.whole and not wrapped) for column in columns], rows)
    parts: list[Any] = [grid if rows else Text("No event matches."), Text()]
    if rows and any(column.key in ("dead_by", "dead_of") for column in columns):
        parts.append(Text(LEGEND, style="dim"))
    rest = f"; {view.others} more have no event here" if view.others else ""
    part = f"{len(rows)} of " * (len(rows) < view.total)
    return console.draw(
        [*parts, console.closing(f"{part}{counted(view.total, 'actor')}{rest}", view.store)], width, look
    )


def _json(view: Actors, look: Look) -> str:  # noqa: ARG001
    return jsontext.envelope(view.query, {"actors": [jsontext.dump(_row(listed)) for listed in view.listed]})


def _row(listed: "Listed") -> dict[str, Any]:
    return {
        **{key: getattr(listed.actor, key) for key in ("id", "name", "short", "kind", "active")},
        "events": listed.events,
        "first": listed.first,
        "last": listed.last,
        "years": dict(sorted(_per_year(listed).items())),
        "caused": chart.side(listed.caused),
        "suffered": chart.side(listed.suffered),
    }


FORMATS = {"table": _table, "plain": _plain, "json": _json, "md": _markdown}
