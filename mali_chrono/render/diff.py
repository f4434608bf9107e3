"""What changed between two sides, as a reviewer reads it, and as rows; comment.py and changejson.py tell the same."""

from collections.abc import Iterable, Iterator

from mali_chrono.answers.differences import SumChange
from mali_chrono.edit.compare import ADDED, CHANGED, REMOVED, RENAMED, Change
from mali_chrono.edit.plain import SHAPE_OF
from mali_chrono.kinds import FAILED, UNREAD
from mali_chrono.render import changejson, comment, console, formats, jsontext
from mali_chrono.render.changes import facts_of, lines_of, title_of
from mali_chrono.render.look import Column, Look
from mali_chrono.render.review import (
    View,
    dated_title,
    head_of,
    notes_of,
    proof_lines,
    proof_words,
    sections,
    sum_words,
)
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.text import counted, one_line, width

FIELDS = ("change", "kind", "id", "title", "field", "before", "after", "at")
_SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~", RENAMED: "~"}
_SIGNED = ("+", "-", "~", "=", "!")  # how a line about a record begins
_STYLES = {"+": "green", "-": "red", "~": "yellow"}


def _text(view: View, look: Look) -> str:
    """The changes as a person reads them; nothing where there are none."""
    out = _Page(look)
    if view.changes:
        out.line(f"{view.before} -> {view.after}: {head_of(view) or 'only ids that follow'}", "bold")
    if view.sums:
        out.section("Sums")
        for name, sums in _by_years(view.sums):
            words = [f"{one.kind} {sum_words(one.before)} -> {sum_words(one.after)}" for one in sums]
            out.line(f"{name}: {'; '.join(words)}", indent=2)
    for kind, changes in sections(view):
        out.section(kind.capitalize())
        for change in changes:
            out.change(view, change)
    if view.proof is not None and view.changes:
        out.section("Proof")
        out.line(proof_words(view), indent=2)
    notes = notes_of(view)
    if notes and view.changes:
        out.section("")
    for note in notes:
        out.line(note, "dim")
    return "".join(out.lines)


def _by_years(sums: Iterable[SumChange]) -> Iterator[tuple[str, list[SumChange]]]:
    """The sums of each time, those of all events first."""
    found: dict[str, list[SumChange]] = {}
    for one in sums:
        found.setdefault(one.years or "all", []).append(one)
    yield from found.items()


class _Page:
    """Lines of text, wrapped to the width of a terminal with what follows the first set in."""

    def __init__(self, look: Look) -> None:
        self.look, self.lines = look, list[str]()

    def line(self, text: str, style: str = "", indent: int = 0, *, sign: str = "") -> None:
        """A text after so many blanks; what does not fit beside it stands two or four further in."""
        said, hang = one_line(text), indent + (4 if text[:1] in _SIGNED else 2)
        rows = [said]
        if self.look.is_terminal and self.look.width and indent + width(said) > self.look.width:
            rows = console.wrap(said, max(self.look.width - hang, 10))
        for n, row in enumerate(rows):
            painted = console.paint(row, style or _STYLES.get(sign, ""), self.look)
            self.lines.append(f"{' ' * (hang if n else indent)}{painted}\n")

    def section(self, name: str) -> None:
        if self.lines:
            self.lines.append("\n")
        if name:
            self.line(name, "bold")

    def change(self, view: View, change: Change) -> None:
        """One record: what it is called, then a line for each thing that changed, or what it holds."""
        sign = _SIGNS[change.what]
        self.line(f"{sign} {dated_title(change, view.names)}  [{change.id}]", sign=sign)
        if change.what in (ADDED, REMOVED):
            self.line(facts_of(change, view.names), indent=4)
        else:
            for line in lines_of(change, view.names):
                self.line(f"{line.sign} {line.said}", indent=2, sign=line.sign)
        for verdict, text in proof_lines(view, change):
            mark = "!" if verdict in (FAILED, UNREAD) else "="
            self.line(f"{mark} {verdict}: {text}", "red" if mark == "!" else "dim", indent=2)


def _tabular(view: View, look: Look) -> Tabular:  # noqa: ARG001
    """A row for each thing that changed of a record; a record that came or went is one row."""
    rows = [row for _, changes in sections(view) for change in changes for row in _rows(view, change)]
    objects = (jsontext.dump(changejson.row_of(change)) for change in view.changes)
    shown = [i for i, name in enumerate(FIELDS) if name not in ("title", "at")]
    tables = [Table([Column(FIELDS[i]) for i in shown], [[row[i] for i in shown] for row in rows])] if rows else []
    notes = [proof_words(view)] * (view.proof is not None) + notes_of(view)
    what = counted(len(view.changes), "change")
    return Tabular("Changes", FIELDS, rows, objects, tables, what, view.store, notes, view.about)


def _rows(view: View, change: Change) -> Iterator[list[object]]:
    record = change.new or change.old
    at = f"{record.path}:{record.line}" if record else ""
    head = [change.what, SHAPE_OF[change.kind], change.id, title_of(change, view.names)]
    if change.what in (ADDED, REMOVED):
        facts = facts_of(change, view.names)
        yield [*head, "", *((facts, "") if change.what == REMOVED else ("", facts)), at]
        return
    for line in lines_of(change, view.names):
        told = line.before or line.after
        yield [*head, line.label, line.before, line.after if told else line.words, at]


FORMATS = formats.offer({"text": _text, "md": comment.write, "json": changejson.write}, _tabular)
