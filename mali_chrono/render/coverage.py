"""The proof as a person or a program reads it: what failed and what is open, the coverage of each document."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mali_chrono.errors import Problem
from mali_chrono.evidence.proof import FAILED, PROVED, RECKONED, Verdict
from mali_chrono.evidence.verify import Report, Row
from mali_chrono.render.jsontext import SCHEMA
from mali_chrono.render.look import Look
from mali_chrono.render.plain import lines
from mali_chrono.render.problems import problems

HEADERS = (
    "document", "dates", "covered", "skipped", "open", "lines", "covered", "skipped", "open", "entries proved",
    "reckoned", "failed",
)  # fmt: skip


def text(report: Report, look: Look, *, verbose: bool) -> str:
    """The problems; then, if asked, the words each date rests on; then a line for each document."""
    parts = [problems(report.problems, look)]
    if verbose:
        parts.append("".join(f"{_words(verdict)}\n" for verdict in report.verdicts))
    table = lines(HEADERS, [_cells(row) for row in report.rows], [False] + [True] * (len(HEADERS) - 1))
    return "\n".join(part for part in (*parts, table) if part)


def _cells(row: Row) -> list[str]:
    entries = [row.entries[name] for name in (PROVED, RECKONED, FAILED)]
    return [row.source, *map(str, (*row.dates, *row.lines, *entries))]


def _words(verdict: Verdict) -> str:
    """One date on a line: where it stands, the verdict, and the words of the lines that prove it."""
    matched = "; ".join(f"{line}: {words}" for line, words in verdict.words) or "-"
    return f"{_where(verdict)}: {verdict.verdict}: {verdict.dated.record.id}: {verdict.dated.date} <- {matched}"


def _where(verdict: Verdict) -> str:
    record = verdict.dated.record
    return f"{record.path}:{record.node.find(verdict.dated.path).line}"


def as_json(report: Report, query: dict[str, Any], *, verbose: bool) -> str:
    """One object: schema, what was asked, a row for each document, the problems and, if asked, every date."""
    answer: dict[str, Any] = {
        "schema": SCHEMA,
        "query": query,
        "documents": [_document(row) for row in report.rows],
        "problems": list(_problems(report.problems)),
    }
    if verbose:
        answer["dates"] = [_date(verdict) for verdict in report.verdicts]
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _document(row: Row) -> dict[str, Any]:
    return {
        "id": row.source,
        "file": row.file,
        "dates": row.dates._asdict(),
        "lines": row.lines._asdict(),
        "entries": row.entries,
    }


def _problems(found: Sequence[Problem]) -> Iterator[dict[str, Any]]:
    for problem in found:
        yield problem._asdict()


def _date(verdict: Verdict) -> dict[str, Any]:
    return {
        "at": _where(verdict),
        "id": verdict.dated.record.id,
        "field": ".".join(map(str, verdict.dated.path)),
        "date": str(verdict.dated.date),
        "cites": [str(cite) for cite in verdict.dated.cites],
        "verdict": verdict.verdict,
        "words": [{"at": at, "words": words} for at, words in verdict.words],
    }
