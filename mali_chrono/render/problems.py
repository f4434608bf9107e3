"""Problems as a person or an editor reads them: where, what, the line with a caret, what would mend it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mali_chrono.errors import ERROR, WARNING, Problem
from mali_chrono.render import formats, jsontext
from mali_chrono.render.found import Found, short
from mali_chrono.render.look import Column, Look
from mali_chrono.render.tabular import Table, Tabular
from mali_chrono.store.model import Chronology
from mali_chrono.text import counted, listing, visible, width

EXCERPT, LEAST = 100, 20  # letters of a line that are quoted
FIELDS = ("file", "line", "column", "severity", "rule", "message", "hint", "record")  # of a row for a program
COLUMNS = [*map(Column, ("where", "severity", "message", "rule", "hint"))]
MOST = 100  # of one rule: what is wrong a thousand times is mended as one
FEW = 5  # rules that are told beside what a command is about


def list_problems(problems: Sequence[Problem], look: Look) -> str:
    """Each problem's `file:line:column: severity: message [rule]`, its line with a caret under the column, its hint.

    Of one rule the first `MOST`; a line at the end counts the rest.
    """
    told: Counter[str] = Counter()
    lines = []
    for problem in problems:
        told[problem.rule] += 1
        if told[problem.rule] <= MOST:
            lines.append(_problem(problem, look))
    lines += [f"and {count - MOST:,} more '{rule}'\n" for rule, count in sorted(told.items()) if count > MOST]
    return "".join(lines)


def _problem(problem: Problem, look: Look) -> str:
    mark = (lambda text, code: f"\x1b[{code}m{text}\x1b[0m") if look.color else (lambda text, _: text)
    severity = mark(problem.severity, "31;1" if problem.severity == ERROR else "33;1")
    text = f"{mark(visible(problem.where), '1')}: {severity}: {short(problem.message)} [{problem.rule}]\n"
    if problem.excerpt.strip():
        gutter = f"{problem.line:>6} | "
        quoted, before = _quote(problem, look, len(gutter))
        text += f"{gutter}{quoted}\n"
        if problem.column:
            text += " " * (len(gutter) - 2) + "| " + " " * width(before) + mark("^", "32;1") + "\n"
    if hint := problem.hint:  # which may take long to make
        text += f"       = {short(hint)}\n"
    return text


def told_beside(warnings: Sequence[Problem]) -> list[str]:
    """Warnings beside what a command is about: a line a rule, with its first one and how many more there are.

    Where some are left out the last line counts them all.
    """
    by_rule: dict[str, list[Problem]] = {}
    for problem in warnings:
        by_rule.setdefault(problem.rule, []).append(problem)
    lines = [
        f"{first.severity}: {first.where}: {in_a_line(first, len(more))}" for first, *more in by_rule.values()
    ][:FEW]  # fmt: skip
    if len(warnings) > len(lines):
        lines.append(f"{counted(len(warnings), 'warning')} in all: `chrono check` tells each")
    return lines


def in_a_line(problem: Problem, more: int = 0) -> str:
    """What is wrong, by which rule, how many more are so, and what would mend it."""
    return (
        f"{problem.message} [{problem.rule}]"
        + (f" and {more:,} more" if more else "")
        + (f": {hint}" if (hint := problem.hint) else "")
    )


def _quote(problem: Problem, look: Look, taken: int) -> tuple[str, str]:
    """As much of a problem's line as there is room for around its column, and what of that stands before the column.

    What is left out shows by a mark.
    """
    cut = "…" if look.unicode else "..."
    room = max(min(EXCERPT, (look.width or EXCERPT * 2) - taken - 2 * len(cut)), LEAST)
    start = max(problem.column - 1 - room * 2 // 3, 0)
    line = problem.excerpt[start : start + room].replace("\t", " ")
    head, tail = cut * (start > 0), cut * (len(problem.excerpt) > start + room)
    return f"{head}{visible(line)}{tail}", f"{head}{visible(line[: problem.column - 1 - start])}"


def count_problems(chronology: Chronology, problems: Sequence[Problem], store: str) -> str:
    """One line that counts what the store holds and what is wrong with it."""
    kinds = ("events", "actors", "places", "periods", "types", "sources")
    held = ", ".join(f"{len(getattr(chronology, kind))} {kind}" for kind in kinds)
    counts = Counter(problem.severity for problem in problems)
    wrong = listing([counted(count, severity) for severity, count in sorted(counts.items())])
    return f"{visible(store)}: {held}: {wrong or 'no problems'}"


def problem_rows(problems: Iterable[Problem]) -> Iterator[list[object]]:
    """The problems for a program, all of them."""
    for problem in problems:
        known = problem.fields()
        yield [known[field] for field in FIELDS]


def problem_objects(problems: Iterable[Problem]) -> Iterator[str]:
    """The json objects of the problems."""
    return (jsontext.dump(problem.fields()) for problem in problems)


def problem_table(problems: Iterable[Problem], heading: str = "") -> Table:
    """The problems for a person."""
    rows = [[p.where, p.severity, p.message, p.rule, p.hint] for p in problems]
    return Table(COLUMNS, rows, heading)


def _text(view: Found, look: Look) -> str:
    return list_problems(view.problems, look)


def _json(view: Found, look: Look) -> Iterator[str]:  # noqa: ARG001
    counts: dict[str, Any] = dict.fromkeys((ERROR, WARNING), 0)
    counts |= Counter(problem.severity for problem in view.problems)
    return jsontext.pieces(view.query, {"counts": jsontext.dump(counts), "problems": problem_objects(view.problems)})


def _tabular(view: Found, look: Look) -> Tabular:  # noqa: ARG001
    """A row a problem."""
    found, what = view.problems, counted(len(view.problems), "problem")
    tables = (problem_table(found) for _ in "1")
    return Tabular(
        "Problems", FIELDS, problem_rows(found), problem_objects(found), tables, what, view.store, (), view.about
    )


FORMATS = formats.offer({"text": _text, "json": _json}, _tabular, problems=lambda view: view)
