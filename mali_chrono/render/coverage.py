"""The proof as a person or a program reads it: what failed and what is open, the coverage of each document."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from mali_chrono.evidence.proof import Verdict
from mali_chrono.evidence.verify import Report, Row
from mali_chrono.kinds import FAILED, PROVED, RECKONED
from mali_chrono.render import formats, jsontext, plain
from mali_chrono.render.found import Found
from mali_chrono.render.look import Column, Look
from mali_chrono.render.problems import FIELDS, list_problems, problem_objects, problem_rows, problem_table
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.store.texts import Texts
from mali_chrono.text import counted, one_line, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About

ENTRIES = PROVED, RECKONED, FAILED
DATES = ("at", "verdict", "id", "date")
DOCUMENT = Column("document")
# What is counted of a document: a heading, and the columns. What fits stands side by side.
GROUPS = (
    ("Dates told", ("dates", "covered", "skipped", "open")),
    ("Lines told", ("lines", "covered", "skipped", "open")),
    ("Statements proved", ("statements", *ENTRIES)),
)


class Proof(NamedTuple):
    """A report, what was asked, whether every date is told with the words it rests on, the store.

    `about` is what the answer says of itself; `strict` and `folder` are those of `Found`.
    """

    report: Report
    query: dict[str, Any]
    verbose: bool
    store: str = ""
    about: "About | None" = None
    strict: bool = False
    folder: str = ""


def found(view: Proof) -> Found:
    """The problems of a proof alone."""
    return Found(view.report.problems, view.query, view.store, view.about, "verify", view.strict, view.folder)


def _text(view: Proof, look: Look) -> str:
    """The problems; then, if asked, the words each date rests on; then the counts of each document."""
    parts = [list_problems(view.report.problems, look)]
    if view.verbose:
        parts.append("".join(f"{one_line(_words(verdict, view.report.texts))}\n" for verdict in view.report.verdicts))
    parts += _counts(view.report.rows, look.width) if view.report.rows else []
    parts.append("".join(f"{line}\n" for line in _tell_resting(view.report)))
    return "\n".join(part for part in parts if part)


def _tell_resting(report: Report) -> Iterator[str]:
    """How many statements no copy can prove, and by what documents; nothing where there is none."""
    if report.resting:
        told = "; ".join(f"{one.source} {one.statements} ({one.why})" for one in report.resting)
        verb = "rests" if report.unverifiable == 1 else "rest"
        yield one_line(f"{counted(report.unverifiable, 'statement')} {verb} on documents without a copy: {told}")


def _counts(rows: Sequence[Row], room: int | None) -> Iterator[str]:
    """A line for each document in as few tables as fit beside each other."""
    at = 0
    while at < len(GROUPS):
        for end in range(len(GROUPS), at, -1):
            written = plain.table(*_table(rows, range(at, end)))
            if room is None or end == at + 1 or max(map(width, written.splitlines())) <= room:
                break
        at = end
        yield written


def _table(rows: Sequence[Row], groups: Iterable[int]) -> tuple[list[Column], list[list[str]]]:
    """The columns of some of the groups, and the cells of each document."""
    heads = [head for group in groups for head in GROUPS[group][1]]
    cells = [[row.source, *(str(number) for group in groups for number in _numbers(row)[group])] for row in rows]
    return [DOCUMENT, *(Column(head, right=True, whole=True) for head in heads)], cells


def _numbers(row: Row) -> tuple[tuple[int, ...], ...]:
    entries = tuple(row.entries[name] for name in ENTRIES)
    return row.dates, row.lines, (sum(entries), *entries)


def _words(verdict: Verdict, texts: Texts) -> str:
    """One date on a line: where it stands, the verdict, and the words of the lines that prove it."""
    matched = "; ".join(f"{line}: {words}" for line, words in verdict.words) or "-"
    return (
        f"{_where(verdict, texts)}: {verdict.verdict}: {verdict.dated.record.id}: {verdict.dated.written} <- {matched}"
    )


def _where(verdict: Verdict, texts: Texts) -> str:
    record = verdict.dated.record
    return f"{record.path}:{texts.place(record, verdict.dated.path)[0]}"


def _json(view: Proof, look: Look) -> str:  # noqa: ARG001
    """One object: schema, what was asked, a row for each document, the problems and, if asked, every date."""
    report = view.report
    values: dict[str, Any] = {
        "documents": [_document(row) for row in report.rows],
        "problems": [problem.fields() for problem in report.problems],
    }
    values["unverifiable"] = {
        "statements": report.unverifiable,
        "documents": [{"id": one.source, "reason": one.why, "statements": one.statements} for one in report.resting],
    }
    if view.verbose:
        values["dates"] = [_date(verdict, report.texts) for verdict in report.verdicts]
    return jsontext.indented(view.query, values)


def _tabular(view: Proof, look: Look) -> Tabular:  # noqa: ARG001
    """A row a problem, as of `check`; people are told the coverage of each document too."""
    problems = view.report.problems
    what = f"{counted(len(problems), 'problem')} in {counted(len(view.report.rows), 'document')}"
    objects, notes = problem_objects(problems), tuple(_tell_resting(view.report))
    return Tabular("Proof", FIELDS, problem_rows(problems), objects, _tables(view), what, view.store, notes, view.about)


def _tables(view: Proof) -> Iterator[Table]:
    report = view.report
    if report.problems:
        yield problem_table(report.problems, "Problems")
    if view.verbose:
        dates = [_date(verdict, report.texts) for verdict in report.verdicts]
        rows = [[*map(date.get, DATES), _matched(date)] for date in dates]
        yield Table([*map(Column, (*DATES, "words"))], rows, "Dates")
    for group, (heading, _) in enumerate(GROUPS):
        yield Table(*_table(report.rows, [group]), heading)


def _matched(date: dict[str, Any]) -> str:
    return "; ".join(f"{word['at']}: {word['words']}" for word in date["words"])


FORMATS = formats.offer({"text": _text, "json": _json}, _tabular, problems=found)


def _document(row: Row) -> dict[str, Any]:
    return {
        "id": row.source,
        "file": row.file,
        "dates": row.dates._asdict(),
        "lines": row.lines._asdict(),
        "entries": row.entries,
    }


def _date(verdict: Verdict, texts: Texts) -> dict[str, Any]:
    return {
        "at": _where(verdict, texts),
        "id": verdict.dated.record.id,
        "field": ".".join(map(str, verdict.dated.path)),
        "date": verdict.dated.foreign.text if verdict.dated.foreign else str(verdict.dated.date),
        "cites": [str(cite) for cite in verdict.dated.cites],
        "verdict": verdict.verdict,
        "words": [{"at": at, "words": words} for at, words in verdict.words],
    }
