"""The proof: records and copies of the documents -> problems, a coverage table, and the words that were matched."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from mali_chrono.errors import Problem
from mali_chrono.evidence import coverage, proof
from mali_chrono.evidence.coverage import Tally
from mali_chrono.evidence.proof import Verdict
from mali_chrono.evidence.readings import Copies
from mali_chrono.kinds import FAILED, PROVED, RECKONED
from mali_chrono.progress import track
from mali_chrono.store import references
from mali_chrono.store.model import Chronology, Cite
from mali_chrono.store.references import Fault
from mali_chrono.store.texts import Texts


class Scope(NamedTuple):
    """Which documents to look at (None: all), and which lines of them (None: all)."""

    sources: frozenset[str] | None = None
    lines: tuple[int, int] | None = None

    def takes(self, cites: Iterable[Cite]) -> bool:
        """Whether a cite lies in it; what has none at all lies in no part of the whole."""
        takes = [self._takes(cite) for cite in cites]
        return any(takes) if takes else self.sources is None

    def sources_of(self, cites: Iterable[Cite]) -> set[str]:
        """The documents of the cites that lie in it."""
        return {cite.source for cite in cites if self._takes(cite)}

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
    """The proof; nothing failed or is open when there are no problems."""

    rows: tuple[Row, ...]
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]
    texts: Texts


def verify(chronology: Chronology, copies: Copies, texts: Texts, scope: Scope = EVERYTHING) -> Report:
    """Prove what a store says against copies of its documents; `texts` are the store's files."""
    records = list(references.records(chronology))
    dated = [date for record in records for date in proof.dates(record)]
    verdicts = [
        proof.prove(date, copies) for date in track("holding dates against the lines", dated) if scope.takes(date.cites)
    ]
    persons = frozenset(actor.id for actor in chronology.actors if actor.kind == "person")
    failed = [
        Fault(record, failure.path, failure.rule, f"{record.id}: {failure.message}", failure.hint)
        for record in track("holding records against the lines", records)
        if scope.takes(cite for _, cite in references.cites(record))
        for failure in proof.failures(record, copies, persons)
        if scope.takes(failure.cites)
    ]
    counts = Counter(
        (source, verdict.verdict) for verdict in verdicts for source in scope.sources_of(verdict.dated.cites)
    )
    cited = coverage.gather(chronology, dated, copies)
    rows: list[Row] = []
    uncovered: list[Problem] = []
    for source in track("looking for what is not told", chronology.sources):
        if source.id not in copies.documents or not (scope.sources is None or source.id in scope.sources):
            continue
        covered = coverage.cover(source, copies, cited, scope.lines)
        entries = {name: counts[source.id, name] for name in (PROVED, RECKONED, FAILED)}
        rows.append(Row(source.id, copies.documents[source.id].file, covered.dates, covered.lines, entries))
        uncovered += [*covered.problems, *texts.problems(covered.faults)]
    problems = [*sorted(set(texts.problems(failed))), *sorted(uncovered)]
    return Report(
        tuple(rows),
        tuple(verdicts),
        tuple(problem.with_excerpt(texts.lines(problem.file)) for problem in problems),
        texts,
    )
