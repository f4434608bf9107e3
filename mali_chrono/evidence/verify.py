"""The proof: records and copies of the documents -> problems, a coverage table, and the words that were matched."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from mali_chrono.errors import Problem
from mali_chrono.evidence import coverage, proof
from mali_chrono.evidence.coverage import Tally
from mali_chrono.evidence.proof import Failure, Verdict
from mali_chrono.evidence.readings import Copies
from mali_chrono.store import references as walk
from mali_chrono.store.model import Chronology, Cite


class Scope(NamedTuple):
    """Which documents to look at (None: all), and which lines of them (None: all)."""

    sources: frozenset[str] | None = None
    lines: tuple[int, int] | None = None

    def takes(self, cites: Iterable[Cite]) -> bool:
        """Whether a cite lies in it; what has none at all lies in no part of the whole."""
        held = [self._takes(cite) for cite in cites]
        return any(held) if held else self.sources is None

    def _takes(self, cite: Cite) -> bool:
        if self.sources is not None and cite.source not in self.sources:
            return False
        return self.lines is None or (cite.first <= self.lines[1] and self.lines[0] <= cite.last)


EVERYTHING = Scope()


class Row(NamedTuple):
    """A document's line of the coverage table; `entries` counts the dates that cite it by verdict."""

    source: str
    file: str
    dates: Tally
    lines: Tally
    entries: dict[str, int]


class Report(NamedTuple):
    """What was found; nothing is failed or open when there are no problems."""

    rows: tuple[Row, ...]
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]


def verify(chronology: Chronology, copies: Copies, texts: dict[str, list[str]], scope: Scope = EVERYTHING) -> Report:
    """Prove what a store says against copies of its documents; `texts` are the store's files, for the excerpts."""
    records = list(walk.every(chronology))
    dated = [date for kind, record in records for date in proof.dates(kind, record)]
    verdicts = [proof.prove(date, copies) for date in dated if scope.takes(date.cites)]
    persons = frozenset(actor.id for actor in chronology.actors if actor.kind == "person")
    found = [
        _problem(failure)
        for kind, record in records
        for failure in proof.failures(kind, record, copies, persons)
        if scope.takes(failure.cites)
    ]
    known = coverage.told(chronology, dated, copies)
    rows: list[Row] = []
    opened: list[Problem] = []
    for source in chronology.sources:
        if source.id not in copies.documents or not (scope.sources is None or source.id in scope.sources):
            continue
        covered = coverage.cover(source, copies, known, scope.lines)
        counts = Counter(
            verdict.verdict
            for verdict in verdicts
            if Scope(frozenset({source.id}), scope.lines).takes(verdict.dated.cites)
        )
        entries = {name: counts[name] for name in (proof.PROVED, proof.RECKONED, proof.FAILED)}
        rows.append(Row(source.id, copies.documents[source.id].file, covered.dates, covered.lines, entries))
        opened += covered.problems
    problems = [*sorted(set(found)), *sorted(opened)]
    return Report(tuple(rows), tuple(verdicts), tuple(_with_excerpt(problem, texts) for problem in problems))


def _problem(failure: Failure) -> Problem:
    record = failure.record
    node = record.node.find(failure.path)
    message = f"{record.id}: {failure.message}"
    return Problem(record.path, node.line, node.column, failure.rule, message, failure.hint)


def _with_excerpt(problem: Problem, texts: dict[str, list[str]]) -> Problem:
    """A problem of a store's file with the text of its line; those of documents bring their own."""
    lines = texts.get(problem.file, [])
    if 0 < problem.line <= len(lines):
        return problem._replace(excerpt=lines[problem.line - 1].rstrip("\r"))
    return problem
