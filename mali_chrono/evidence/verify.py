"""The proof: records and copies of the documents -> problems, a coverage table, and the words that were matched."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mali_chrono.cites import LINE
from mali_chrono.errors import Problem
from mali_chrono.evidence import coverage, proof, statements, words
from mali_chrono.evidence.coverage import Tally
from mali_chrono.evidence.dated import dates
from mali_chrono.evidence.proof import Failure, Verdict
from mali_chrono.evidence.readings import Copies
from mali_chrono.kinds import FAILED, PROVED, RECKONED, UNVERIFIABLE
from mali_chrono.progress import track
from mali_chrono.store import references
from mali_chrono.store.load import Loaded
from mali_chrono.store.model import Chronology, Cite, Record, Source
from mali_chrono.store.references import Fault
from mali_chrono.store.rules.table import BLINDING, PROOF, RULES, USUAL, Use, is_ignored, placed, unused, used
from mali_chrono.store.texts import Texts


class Scope(NamedTuple):
    """Which documents to look at (None: all), which lines of them (None: all), and the rules that are asked."""

    sources: frozenset[str] | None = None
    lines: tuple[int, int] | None = None
    rules: frozenset[str] = USUAL

    @property
    def is_whole(self) -> bool:
        """Whether it is every document from end to end."""
        return self.sources is None and self.lines is None

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
        return self.lines is None or (cite.unit == LINE and cite.first <= self.lines[1] and self.lines[0] <= cite.last)


EVERYTHING = Scope()


class Row(NamedTuple):
    """A document's line of the coverage table; `entries` counts what entries state that cites it, by verdict.

    That is each date, figure and outlet; a text or a cite too where it failed.
    """

    source: str
    file: str
    dates: Tally
    lines: Tally
    entries: dict[str, int]


class Resting(NamedTuple):
    """A document that no copy proves something of, why, and how many dates, figures and outlets rest on it."""

    source: str
    why: str
    statements: int


class Report(NamedTuple):
    """The proof; nothing failed or is open when there are no problems.

    `unverifiable` counts the statements that rest on what has no copy, `resting` the same by document.
    """

    rows: tuple[Row, ...]
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]
    texts: Texts
    unverifiable: int
    resting: tuple[Resting, ...]


def verify(loaded: Loaded, copies: Copies, scope: Scope = EVERYTHING, missing: Sequence[Fault] = ()) -> Report:
    """Prove what a store says against copies of its documents; `missing` is what is wrong with these."""
    chronology, texts = loaded.chronology, loaded.texts
    records = list(references.records(chronology))
    dated = [date for record in records for date in dates(record)]
    verdicts = [
        proof.prove(date, copies) for date in track("holding dates against the lines", dated) if scope.takes(date.cites)
    ]
    persons = frozenset(actor.id for actor in chronology.actors if actor.kind in loaded.grammar.words.persons)
    lines = words.Lines(copies, words.names_of(chronology))
    failed: list[Fault] = []
    stated = [(verdict.dated.cites, verdict.verdict) for verdict in verdicts]
    for record in track("holding records against the lines", records):
        if scope.takes(cite for _, cite in references.cites(record)):
            failures = [*proof.failures(record, copies, persons), *words.failures(record, lines)]
            failed += [_fault(record, failure) for failure in failures if scope.takes(failure.cites)]
            stated += statements.beside_dates(record, copies, failures)
    counts = Counter((source, verdict) for cites, verdict in stated for source in scope.sources_of(cites))
    cited = coverage.gather(chronology, dated, copies)
    rows: list[Row] = []
    opened: list[Problem] = []
    skips: list[Fault] = []
    for source in track("looking for what is not told", chronology.sources):
        if source.id not in copies.documents or not (scope.sources is None or source.id in scope.sources):
            continue
        covered = coverage.cover(source, copies, cited, scope.lines)
        entries = {name: counts[source.id, name] for name in (PROVED, RECKONED, FAILED)}
        rows.append(Row(source.id, copies.documents[source.id].file, covered.dates, covered.lines, entries))
        opened += covered.problems
        skips += covered.faults
    faults = _Faults(missing, failed, skips, opened)
    problems = _told(faults, chronology, copies, texts, scope)
    found = [cites for cites, verdict in stated if verdict == UNVERIFIABLE and scope.takes(cites)]
    return Report(
        tuple(rows),
        tuple(verdicts),
        tuple(texts.whole(problem) for problem in problems),
        texts,
        len(found),
        tuple(_resting(found, chronology, copies)),
    )


def _fault(record: Record, failure: Failure) -> Fault:
    return Fault(record, failure.path, failure.rule, f"{record.id}: {failure.message}", failure.hint)


def _resting(found: Iterable[tuple[Cite, ...]], chronology: Chronology, copies: Copies) -> Iterator[Resting]:
    """How many statements rest on each document without a copy, in the order of the store."""
    counts = Counter(source for cites in found for source in {cite.source for cite in copies.unprovable(cites)})
    for source in chronology.sources:
        if counts[source.id]:
            yield Resting(source.id, source.unverifiable or "cited by pages", counts[source.id])


class _Faults(NamedTuple):
    """What was found: of the copies, of records, of skips, and what no entry tells, which lies in the documents."""

    missing: Sequence[Fault]
    failed: Sequence[Fault]
    skips: Sequence[Fault]
    opened: Sequence[Problem]


def _told(found: _Faults, chronology: Chronology, copies: Copies, texts: Texts, scope: Scope) -> list[Problem]:
    """What is asked of what was found and ignored by no record, and the exceptions that serve nothing."""
    silent = {(source.id, rule): source for source in chronology.sources for rule in source.ignore}
    missing = [fault for fault in found.missing if scope.sources is None or fault.record.id in scope.sources]

    def told(faults: Iterable[Fault]) -> list[Problem]:
        return placed(texts, (fault for fault in faults if fault.rule in scope.rules and not is_ignored(fault)))

    opened = [one for one in found.opened if one.rule in scope.rules and (one.record, one.rule) not in silent]
    problems = [*told(missing), *sorted(set(told(found.failed))), *sorted([*opened, *told(found.skips)])]
    if scope.is_whole and "unused-ignore" in scope.rules:
        uses = used([*missing, *found.failed, *found.skips])
        hidden = (silent.get((one.record, one.rule)) for one in found.opened)
        uses |= {(source.path, source.id, one.rule) for source, one in zip(hidden, found.opened, strict=True) if source}
        problems += placed(texts, _wasted(references.records(chronology), copies, uses))
    return problems


def _wasted(records: Iterable[Record], copies: Copies, uses: set[Use]) -> Iterator[Fault]:
    """Exceptions to rules of the proof that serve nothing."""
    for record in records:
        for rule in record.ignore:
            if rule in RULES and RULES[rule].scope == PROOF and _is_known(record, rule, copies):
                yield from unused(record, rule, uses)


def _is_known(record: Record, rule: str, copies: Copies) -> bool:
    """Whether the documents by which a rule goes are at hand."""
    if isinstance(record, Source):
        return rule in BLINDING or record.id in copies.documents
    return not copies.missing(cite for _, cite in references.cites(record))
