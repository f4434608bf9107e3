"""What changed between two sides of a chronology, and the words that every format says of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mali_chrono.answers.differences import SumChange
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe
from mali_chrono.edit.compare import ADDED, CHANGED, REMOVED, RENAMED, Change
from mali_chrono.edit.plain import SHAPE_OF
from mali_chrono.errors import Problem
from mali_chrono.figures.reckon import Range, range_text
from mali_chrono.kinds import VERDICTS
from mali_chrono.render.changes import NONE, Names, title_of
from mali_chrono.store.model import Event, SortKey, sort_key
from mali_chrono.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.answers.about import About
    from mali_chrono.edit.proving import Statement

_ORDER = (RENAMED, CHANGED, ADDED, REMOVED)
_MOST = 5  # faults or ids of one side that are told one by one


class View(NamedTuple):
    """The changes between two sides, `before` and `after` as they are called, and the names of things.

    `others` counts changes of records that filters do not choose. `sums` is None where they were not added up, and
    `unsummed` says why. `problems` are those of reading, each with its side; `unread` are side, kind and id of records
    that are not compared since they could not be read whole, `uncompared` of those that may stand in what could not be
    read of the other side. `proof` is None where it was not asked for. `query` is
    what was asked, `about` what the answer says of itself.
    """

    before: str
    after: str
    changes: Sequence[Change]
    others: int
    sums: Sequence[SumChange] | None
    unsummed: str
    problems: Sequence[tuple[str, Problem]]
    unread: Sequence[tuple[str, str, str]]
    uncompared: Sequence[tuple[str, str, str]]
    proof: "Sequence[Statement] | None"
    names: Names
    query: Mapping[str, object]
    store: str
    about: "About | None" = None

    @property
    def told(self) -> list[Change]:
        """The changes that a person is told one by one: no more than a renamed record's new id is a count."""
        return [change for change in self.changes if not change.follows]

    @property
    def following(self) -> int:
        """How many records only follow a renamed one."""
        return len(self.changes) - len(self.told)


def head_of(view: View) -> str:
    """All changes counted: "3 events changed, 1 added; 1 actor renamed"."""
    parts = []
    for kind, shape in SHAPE_OF.items():
        counts = Counter(change.what for change in view.told if change.kind == kind)
        told = [(counts[what], what) for what in _ORDER if counts[what]]
        if told:
            first, *rest = told
            words = [f"{counted(first[0], shape)} {first[1]}", *(f"{number} {what}" for number, what in rest)]
            parts.append(", ".join(words))
    return "; ".join(parts)


def notes_of(view: View) -> list[str]:
    """What must be known of an answer besides."""
    notes = []
    if view.following:
        notes.append(f"{counted(view.following, 'record')} only follow{'s' * (view.following == 1)} a renamed one")
    if view.others:
        notes.append(f"{counted(view.others, 'other change')} not chosen by the filters")
    if view.unsummed:
        notes.append(f"sums are not told: {view.unsummed}")
    for side in dict.fromkeys(side for side, _ in view.problems):
        notes += _problem_words(side, [problem for name, problem in view.problems if name == side])
    notes += _apart_words(view.unread, "not read whole")
    notes += _apart_words(view.uncompared, "the other side could not be read whole")
    return notes


def _apart_words(records: Sequence[tuple[str, str, str]], why: str) -> Iterator[str]:
    """Which records of each side are not compared, and why."""
    for side in dict.fromkeys(side for side, _, _ in records):
        ids = [ident or "one without an id" for name, _, ident in records if name == side]
        more = f" and {len(ids) - _MOST} more" if len(ids) > _MOST else ""
        yield f"{side}: not compared, since {why}: {', '.join(ids[:_MOST])}{more}"


def _problem_words(side: str, problems: Sequence[Problem]) -> Iterator[str]:
    """What is wrong with a side: each fault once, with how often it is found; of many kinds of fault the first few."""
    faults: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        faults.setdefault((problem.rule, problem.message), []).append(problem)
    for (_, message), found in list(faults.items())[:_MOST]:
        times = f" (and {len(found) - 1} times more)" if len(found) > 1 else ""
        yield f"{side}: {found[0].where}: {message}{times}"
    if len(faults) > _MOST:
        yield f"{side}: and {len(faults) - _MOST} other faults"


def proof_words(view: View) -> str:
    """How many new or changed statements are proved, reckoned, failed; empty where nobody asked."""
    if view.proof is None:
        return ""
    counts = Counter(statement.verdict for statement in view.proof)
    told = [f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]]
    return "new or changed statements: " + (", ".join(told) or NONE)


def sum_words(figures: Range | None) -> str:
    """A sum: its best, and low to high where they differ."""
    if figures is None:
        return NONE
    best = str(figures.best)
    return best if range_text(figures) == best else f"{best} ({range_text(figures)})"


def sections(view: View) -> Iterator[tuple[str, list[Change]]]:
    """The changes of each kind: those of old records in the order of their ids, then what came and what went."""
    for kind in SHAPE_OF:
        found = [change for change in view.told if change.kind == kind]
        if found:
            yield kind, sorted(found, key=lambda change: (_ORDER.index(change.what), _when(change), change.id))


def _when(change: Change) -> SortKey | tuple[()]:
    record = change.new or change.old
    return sort_key(record) if isinstance(record, Event) else ()


def dated_title(change: Change, names: Names) -> str:
    """What a record is called; an event that came or went with its date."""
    title = title_of(change, names)
    values = change.after or change.before or {}
    if change.kind == "events" and change.what in (ADDED, REMOVED):
        return f"{describe(parse(values['date']))}: {title}"
    return title


def proof_lines(view: View, change: Change) -> list[tuple[str, str]]:
    """What the documents say to the new statements of a record: a verdict and what it is about."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in view.proof or ():
        if (one.kind, one.id) == (change.kind, change.id):
            found.setdefault((one.verdict, _label(one)), []).append(_statement(one))
    return [(verdict, f"{label} {'; '.join(told)}".strip()) for (verdict, label), told in found.items()]


def _label(one: "Statement") -> str:
    """What a statement is of: killed, also date, outlets."""
    if one.message:
        return ""
    steps = [step for step in one.field.split(".") if not step.isdecimal()]
    return " ".join(steps[1:] if steps[0] == "tolls" else steps)


def _statement(one: "Statement") -> str:
    if one.message:
        return one.message + (f"; {one.hint}" if one.hint else "")
    words = "; ".join(f"{at}: {words}" for at, words in one.words)
    return one.text + (f" <- {words}" if words else "")
