"""One actor's history: a card, its figures, its timeline with the changes of its relations between the events."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.entries import Entry
from mali_chrono.answers.history import History
from mali_chrono.dates.years import year_words
from mali_chrono.index.fields import fields_of
from mali_chrono.render import chart, console, formats, jsontext, plain, timeline
from mali_chrono.render.look import Column, Look
from mali_chrono.render.profile import BARS, tell_facts, title
from mali_chrono.render.relations import Actors, relation_row, tell_changes, tell_undated
from mali_chrono.render.tabular import Table, Tabular, in_part
from mali_chrono.render.timeline import Timeline
from mali_chrono.text import counted, one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

LABEL, WIDEST = 12, 120
MARKS = {True: ("◆ ", "◇ "), False: ("* ", "- ")}
LEGEND = "{0}a turn: what was founded, merged, split, began or ended, a leader lost; {1}attested then"


class Page(NamedTuple):
    """A history, what was asked, the store, what the answer says of itself."""

    history: History
    query: dict[str, object]
    store: str
    about: "About | None" = None


def _timeline(page: Page, marks: tuple[str, str]) -> Timeline:
    """The entries as a timeline; turns, and what no event tells, are marked."""
    rows: list[tuple[object, ...]] = []
    shown = fields_of(page.history.words.tolls).timeline
    rest = [field for field in shown if field != "when"]
    for entry in page.history.entries:
        cells: dict[str, object] = dict(zip(rest, entry.cells, strict=False)) if entry.cells else {}
        title = cells["title"] if cells else tell_changes(entry.changes, page.history.actors)
        mark = marks[0] if entry.turning else "" if entry.id else marks[1]
        cells |= {"when": entry.when, "title": f"{mark}{title}"}
        rows.append((*map(cells.get, shown), None, entry.year))
    return Timeline(shown, rows, (), page.query, page.store, page.history.words)


def _table(page: Page, look: Look) -> str:
    from rich.text import Text

    view, width = page.history, look.width or console.UNKNOWN
    narrow = min(width, WIDEST)
    facts = (
        (label, Text(text, style="cyan", no_wrap=True) if label == BARS else text)
        for label, text in tell_facts(view, narrow - LABEL, unicode=look.unicode)
    )
    parts: list[Any] = [console.rule(one_line(title(view)), narrow, look)]
    parts += [console.facts(plain.label_once(facts), LABEL), Text()]
    marks = MARKS[look.unicode]
    if view.entries:
        parts += [*timeline.draw_rows(_timeline(page, marks), width, look), Text()]
    parts += [Text(f"Undated: {one_line(tell_undated(r, view.actors))}") for r in view.undated]
    if any(entry.turning or entry.changes for entry in view.entries):
        parts.append(Text(LEGEND.format(*marks), style="dim"))
    return console.draw([*parts, console.closing(_what(view), page.store)], width, look)


def _what(view: History) -> str:
    events = sum(entry.id is not None for entry in view.entries)
    changes = len(view.entries) - events
    return counted(events, "event") + (f" and {counted(changes, 'change')}" if changes else "")


def _plain(page: Page, look: Look) -> str:
    view = page.history
    facts = tell_facts(view, console.UNKNOWN, unicode=True)
    texts = [f"{one_line(title(view))}\n", plain.facts(plain.label_once(facts), LABEL)]
    if view.entries:
        texts += ["\n", timeline.write_plain(_timeline(page, MARKS[True]), look)]
    return "".join([*texts, *(f"Undated: {one_line(tell_undated(r, view.actors))}\n" for r in view.undated)])


def _written_facts(view: History) -> list[tuple[str, str]]:
    """The facts where a bar is no picture: the years as numbers."""
    facts = [(label, text) for label, text in tell_facts(view, console.UNKNOWN, unicode=True) if label != BARS]
    years = ", ".join(f"{year_words(year)}: {n}" for year, n in view.figures.years)
    return [*facts, (BARS, years)] if years else facts


def _markdown(page: Page, look: Look) -> str:
    from mali_chrono.render.markdown import escape, write

    view = page.history
    facts = _written_facts(view)
    lines = (f"- {escape(label)}: {escape(text)}\n" if label else f"  {escape(text)}\n" for label, text in facts)
    texts = [f"## {escape(title(view))}\n\n", *lines]
    if view.entries:
        texts += ["\n", *write(timeline.tabular(_timeline(page, MARKS[True]), look), look)]
    if view.undated:
        texts += ["\n", *(f"- Undated: {escape(tell_undated(r, view.actors))}\n" for r in view.undated)]
    return "".join(texts)


def relation_rows(view: History) -> list[dict[str, Any]]:
    """The relations that touch an actor, for json."""
    return [relation_row(relation) for relation in view.relations]


def _json(page: Page, look: Look) -> str:  # noqa: ARG001
    view, figures = page.history, page.history.figures
    return jsontext.envelope(
        page.query,
        {"events": view.rows},
        actor=view.body,
        line=[{"id": ident, "name": view.actors[ident].name, "events": n} for ident, n in view.line],
        relations=relation_rows(view),
        undated=[relation_row(relation) for relation in view.undated],
        figures={
            "events": figures.events,
            "years": dict(figures.years),
            "roles": [{"role": role, "events": n, "in_doubt": unsure} for role, n, unsure in figures.roles],
            "caused": chart.side(figures.caused, view.words),
            "suffered": chart.side(figures.suffered, view.words),
            "regions": dict(figures.regions),
            "places": dict(figures.places),
        },
        turning=[entry.id for entry in view.entries if entry.turning and entry.id],
        changes=[row for entry in view.entries for row in _change_rows(entry, view.actors)],
    )


def _change_rows(entry: Entry, actors: Actors) -> Iterator[dict[str, Any]]:
    """Each change of an entry; `text` is the sentence that tells the entry's changes together."""
    keys = ("date", "edge", "kind", "actor", "target", "office", "certainty", "says", "cites")
    for change in entry.changes:
        yield {key: getattr(change, key) for key in keys} | {"text": tell_changes(entry.changes, actors)}


def _tabular(page: Page, look: Look) -> Tabular:
    """A row an entry of its timeline: an event, a change that no event tells, a descent without a date."""
    view = page.history
    main = view.words.toll_kinds[:1]
    fields = ("entry", "id", "date", "when", "title", "places", "who", *main, "turning")
    return Tabular(
        title(view), fields, _values(view), _objects(view), _tables(page, look), _what(view), page.store, (), page.about
    )


def _values(view: History) -> Iterator[Sequence[object]]:
    import json

    none = (None,) * (2 + len(view.words.toll_kinds[:1]))
    dates = {row["id"]: row["date"] for row in map(json.loads, view.rows)}
    for entry in view.entries:
        if entry.cells:
            yield "event", entry.id, dates[entry.id or ""], entry.when, *entry.cells, entry.turning
        else:
            told = tell_changes(entry.changes, view.actors)
            yield "change", None, entry.changes[0].date, entry.when, told, *none, entry.turning
    for relation in view.undated:
        yield "change", None, None, None, tell_undated(relation, view.actors), *none, True


def _objects(view: History) -> Iterator[str]:
    """The json objects of the same rows, each with the block it stands in; several changes may be one row elsewhere."""
    events = iter(view.rows)
    for entry in view.entries:
        if entry.id:
            yield in_part("events", next(events))
        yield from (in_part("changes", jsontext.dump(row)) for row in _change_rows(entry, view.actors) if not entry.id)
    yield from (in_part("undated", jsontext.dump(relation_row(relation))) for relation in view.undated)


def _tables(page: Page, look: Look) -> Iterator[Table]:
    facts = _written_facts(page.history)
    yield Table([Column("label"), Column("text")], [*plain.label_once(facts)])
    if page.history.entries:
        yield from timeline.tabular(_timeline(page, MARKS[True]), look).tables
    if page.history.undated:
        yield Table([Column("undated")], [[tell_undated(r, page.history.actors)] for r in page.history.undated])


FORMATS = formats.offer({"table": _table, "plain": _plain, "json": _json, "md": _markdown}, _tabular)
