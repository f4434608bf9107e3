"""The state of play as a page: sections of lines, each a name and what is said of it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.answers.state import LISTED, Entry, State
from mali_chrono.dates.edtf import iso_day
from mali_chrono.figures.reckon import KINDS, Range, range_text
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.look import Look
from mali_chrono.text import width as text_width

DOUBT = "?"
VERBS = {
    "allied-with": "allied with",
    "supported-by": "supported by",
    "supports": "supporting",
    "rival-of": "against",
}
LEGEND = f"{DOUBT} the dates allow it and do not prove it."


class Page(NamedTuple):
    """A state of play, the date as it was typed, the store."""

    state: State
    typed: str
    store: str


class Line(NamedTuple):
    """A line of a section: how deep it stands, a name, and what is said of it."""

    depth: int
    name: str
    text: str


def page(shape: str, view: Page, look: Look) -> str:
    """The page in one of the shapes: table, plain, md or json."""
    if shape == "json":
        return _json(view)
    sections = [(title, list(lines)) for title, lines in _sections(view.state, view.typed)]
    title = f"State of play, {view.state.words}"
    if shape == "md":
        return _markdown(title, sections)
    if shape == "plain":
        return _plain(title, sections)
    from mali_chrono.render.console import draw

    width = min(look.width or 100, 120)
    return draw(_table(title, sections, view, width, look), width, look)


def _json(view: Page) -> str:
    found = view.state
    first, last = found.window
    head = {
        "schema": SCHEMA,
        "query": {"store": view.store, "at": view.typed, "first": iso_day(first), "last": iso_day(last)},
    }
    parts = (
        "periods",
        "foreign",
        "offices",
        "armed",
        "unplaced",
        "alliances",
        "rivalries",
        "before",
        "during",
        "after",
    )
    body = head | {name: getattr(found, name) for name in parts} | {"toll": found.toll}
    lines = []
    for key, value in body.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            text = "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in value) + "]"
        lines.append(f"{json.dumps(key)}: {text}")
    return "{" + ",\n".join(lines) + "}\n"


def _sections(found: State, typed: str) -> Iterator[tuple[str, list[Line]]]:
    """Titles and lines of what there is; what the store is silent about is said in one line at the end."""
    named = {
        "Running": [Line(0, _name(e), _joined(e["words"], e["kind"])) for e in found.periods],
        "Foreign missions and forces": [Line(0, _name(e), _foreign(e)) for e in found.foreign],
        "Offices": list(_offices(found.offices)),
        "Armed actors": [*_trees(found.armed, 0), *_lone(found.unplaced)],
        "Alliances and support": [Line(0, _pair(e), _held(e)) for e in found.alliances],
        "Rivalries": [Line(0, _pair(e), _held(e)) for e in found.rivalries],
    }
    yield from ((title, lines) for title, lines in named.items() if lines)
    yield "Before", [_event(e) for e in found.before]
    yield "In this time", list(_during(found, typed))
    yield "After", [_event(e) for e in found.after]
    so_far = "" if found.toll["last"].endswith("-12-31") else " so far"
    yield f"The year{so_far}, {found.toll['words']}", list(_toll(found.toll))
    silent = [title.lower() for title, lines in named.items() if not lines]
    if silent:
        yield "The store has nothing dated then on", [Line(0, ", ".join(silent), "")]


def _name(entry: Entry) -> str:
    return f"{entry['name']}{DOUBT * (entry['match'] == 'may')}"


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _foreign(entry: Entry) -> str:
    title = entry.get("title")
    title = None if title and entry["name"] in title else title
    basis = _basis(entry) if "basis" in entry else entry["words"]
    return _joined(basis, title, ", ".join(dict.fromkeys(map(_name, entry["actors"]))))


def _basis(entry: Entry) -> str | None:
    """When an actor was there and what says so; None where the lines around it show that."""
    if entry["basis"] == "side":
        return f"side: {entry['detail']['side']} {entry['words']}"
    if entry["basis"] == "relation":
        verb = VERBS.get(entry["detail"]["kind"])
        return f"{verb} {entry['detail']['name']} {_dated(entry)}" if verb else None
    words: str | None = entry["words"]
    return words


def _offices(entries: Sequence[Entry]) -> Iterator[Line]:
    above: object = ...
    for entry in entries:
        of = entry["of"]["name"] if entry["of"] else "Elsewhere"
        if of != above:
            yield Line(0, of, "")
            above = of
        title, _, whole = entry["office"].rpartition(" of ")
        office = title if title and whole in of else entry["office"]
        note = f" ({entry['note']})" if entry["note"] else ""
        yield Line(1, office, f"{_name(entry)}, {_dated(entry)}{note}")


def _dated(entry: Entry) -> str:
    """How an entry with a relation's date holds: since when, or where it is attested."""
    words = entry["words"] or "undated"
    if not entry.get("lasting", True) and entry["match"] in ("attested", "may", "around"):
        return f"attested {words}"
    told = {"before": f"last attested {words}", "after": f"first attested {words}"}
    return told.get(entry["match"], words)


def _trees(entries: Sequence[Entry], depth: int) -> Iterator[Line]:
    for entry in entries:
        # The side in one war, the one that says most; the json has all.
        sides = [side for side in entry["sides"] if side["period"] == entry["sides"][0]["period"]]
        dates = entry["basis"] != "active"
        sided = [f"{side['side']}{DOUBT * (side['match'] == 'may')}" + f" {side['words']}" * dates for side in sides]
        basis = None if entry["basis"] == "side" else _basis(entry)
        leaders = ", ".join(f"{_name(leader)} ({_dated(leader)})" for leader in entry["leaders"])
        member = entry.get("membership")
        part = "membership undated" if member and member["match"] == "undated" else None
        if member and member["match"] == "may":
            part = f"member{DOUBT} {member['words']}"
        side = f"side: {', '.join(dict.fromkeys(sided))}" if sided else None
        text = "" if entry["kind"] == "state" else _joined(basis, side, leaders and f"led by {leaders}", part)
        yield Line(depth, entry["name"] if entry["kind"] == "state" else _name(entry), text)
        yield from _trees(entry["members"], depth + 1)


def _lone(entries: Sequence[Entry]) -> Iterator[Line]:
    if entries:
        yield Line(0, "Told of in events only", ", ".join(_name(entry) for entry in entries))


def _held(entry: Entry) -> str:
    return _joined(_dated(entry), entry["certainty"] if entry["certainty"] != "confirmed" else None)


def _pair(entry: Entry) -> str:
    verb = "supported by" if entry["kind"] == "supported-by" else "and" if entry["kind"] == "allied-with" else "against"
    return f"{entry['name']} {verb} {entry['with']['name']}{DOUBT * (entry['match'] == 'may')}"


def _event(entry: Entry) -> Line:
    killed = f" ({entry['killed']} killed)" if entry["killed"] not in (None, "0") else ""
    return Line(0, entry["words"] + DOUBT * (entry["match"] == "may"), entry["title"] + killed)


def _during(found: State, typed: str) -> Iterator[Line]:
    if not found.during:
        yield Line(0, "none recorded", "")
    elif len(found.during) <= LISTED:
        yield from map(_event, found.during)
    else:
        sure = [entry for entry in found.during if entry["match"] == "must"]
        counts = ", ".join(f"{name} {n}" for name, n in sorted(found.counted.items(), key=lambda pair: -pair[1]))
        if 0 < len(sure) <= LISTED:
            yield from map(_event, sure)
        yield Line(0, f"{len(found.during)} events", f"{len(sure)} of them surely; {counts}")
        from shlex import quote

        yield Line(0, "to list them", f"chrono timeline --in {quote(typed)}")


def _toll(toll: Entry) -> Iterator[Line]:
    sure, maybe = toll["must"], toll["may"]
    if not maybe["events"]:
        yield Line(0, "no event recorded", "")
        return
    if sure["events"]:
        yield Line(0, f"{sure['events']} event{'s' * (sure['events'] != 1)}", _sums(sure) or "no figures told")
    more = maybe["events"] - sure["events"]
    if more:
        changed = _sums(maybe) != _sums(sure)
        label = f"{more} more{DOUBT}" if sure["events"] else f"{more} event{'s' * (more != 1)}{DOUBT}"
        yield Line(0, label, f"all together {_sums(maybe)}" if changed else "adding no figures")


def _sums(part: Entry) -> str:
    said = []
    for kind in KINDS:
        if kind in part:
            figures = Range(**part[kind], disputed=False)
            best = f" (best {figures.best})" if figures.low != figures.high else ""
            said.append(f"{kind} {range_text(figures)}{best}")
    return ", ".join(said)


def _plain(title: str, sections: Sequence[tuple[str, list[Line]]]) -> str:
    text = [f"{title}\n"]
    for head, lines in sections:
        names = ["  " * (line.depth + 1) + line.name for line in lines]
        room = max((text_width(name) for name, line in zip(names, lines, strict=True) if line.text), default=0)
        text.append(f"\n{head}\n")
        for name, line in zip(names, lines, strict=True):
            pad = " " * (room - text_width(name) + 2) if line.text else ""
            text.append(f"{name}{pad}{line.text}\n")
    return "".join(text) + f"\n{LEGEND}\n"


def _markdown(title: str, sections: Sequence[tuple[str, list[Line]]]) -> str:
    from mali_chrono.render.markdown import escape

    text = [f"# {escape(title)}\n"]
    for head, lines in sections:
        text.append(f"\n## {escape(head)}\n\n")
        for line in lines:
            rest = f": {escape(line.text)}" if line.text else ""
            text.append(f"{'  ' * line.depth}- **{escape(line.name)}**{rest}\n")
    return "".join(text) + f"\n{escape(LEGEND)}\n"


def _table(title: str, sections: Sequence[tuple[str, list[Line]]], view: Page, width: int, look: Look) -> Iterator[Any]:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from mali_chrono.render.console import plain_text, rule

    yield Text(plain_text(title), style="bold")
    for head, lines in sections:
        yield Text()
        yield rule(plain_text(head), width, look)
        natural = max((2 * line.depth + text_width(line.name) for line in lines if line.text), default=width)
        made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), collapse_padding=True)
        made.add_column(width=min(natural, width * 2 // 5), overflow="fold")
        made.add_column(ratio=1, overflow="fold")
        for line in lines:
            name = Text(plain_text(line.name), style="cyan" if line.text else "bold")
            made.add_row(Padding(name, (0, 0, 0, 2 * line.depth)), Text(plain_text(line.text)))
        yield made
    yield Text()
    yield Text(LEGEND, style="dim")
    yield Text(f"From the store: {plain_text(view.store)}", style="dim")
