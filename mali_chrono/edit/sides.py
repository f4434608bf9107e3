"""The files of two stores -> the records in which they may differ, and what could not be read.

What both sides have word for word is read once; an event that is written alike in both is not read at all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mali_chrono.edit.compare import Change, compare
from mali_chrono.edit.plain import SHAPE_OF, OwnWords
from mali_chrono.errors import ERROR, Problem
from mali_chrono.kinds import Vocabulary
from mali_chrono.store.decode import decode, take_merge_marks
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.load import Loaded, load_files, missing, read_items, uncollected
from mali_chrono.store.locate import VOCABULARY, StoreFile
from mali_chrono.store.model import Named, Record
from mali_chrono.store.reader import Chunk, split
from mali_chrono.store.vocabulary import own_sections, read_grammar


class Side(NamedTuple):
    """What was read of one side: whole records by kind and id, and the ids of those that are there and not whole.

    Of the kinds in `blind` a whole file could not be read, so that nothing can be said of them. `problems` are those of
    reading, but for files that nobody reads.
    """

    records: dict[str, dict[str, Record]]
    broken: dict[str, set[str]]
    blind: set[str]
    problems: list[Problem]


_Memo = dict[tuple[str, str, bytes | None, Grammar], Loaded]


def read(before: Sequence[StoreFile], after: Sequence[StoreFile]) -> tuple[Side, Side]:
    """Read the files of two sides."""
    memo: _Memo = {}
    with uncollected():
        whole = _read_whole(before, memo, _of_things), _read_whole(after, memo, _of_things)
        parts = _read_parts(before, after)
        if parts is None:  # something is wrong with an item, which may be whole together with what follows it
            parts = _read_whole(before, memo, _of_events), _read_whole(after, memo, _of_events)
    return _joined(whole[0], parts[0]), _joined(whole[1], parts[1])


def _of_events(file: StoreFile) -> bool:
    return file.kind == "events"


def _of_things(file: StoreFile) -> bool:
    return file.kind not in ("", VOCABULARY, "events")


def _empty() -> Side:
    return Side({kind: {} for kind in SHAPE_OF}, {kind: set() for kind in SHAPE_OF}, set(), [])


def _joined(one: Side, other: Side) -> Side:
    return Side(
        {kind: one.records[kind] | other.records[kind] for kind in SHAPE_OF},
        {kind: one.broken[kind] | other.broken[kind] for kind in SHAPE_OF},
        one.blind | other.blind,
        one.problems + other.problems,
    )


def _read_whole(files: Iterable[StoreFile], memo: _Memo, wanted: Callable[[StoreFile], bool]) -> Side:
    side, files = _empty(), list(files)
    grammar = read_grammar(files, [])
    if wanted is _of_things:
        _take_words(side, files)
    for file in filter(wanted, files):
        key = file.kind, file.relative, _content(file), grammar
        if key not in memo:
            memo[key] = load_files([file], grammar)
        loaded = memo[key]
        side.problems.extend(loaded.problems)
        if file.kind not in SHAPE_OF:
            continue
        records = getattr(loaded.found, file.kind)
        if not records and any(problem.severity == ERROR for problem in loaded.problems):
            side.blind.add(file.kind)
        _take(side, file.kind, records)
    return side


def _take_words(side: Side, files: Iterable[StoreFile]) -> None:
    for file in files:
        if file.kind == VOCABULARY and not file.trouble:
            problems: list[Problem] = []
            given = Vocabulary(**own_sections(file, problems))
            side.problems.extend(problems)
            if problems:
                side.blind.add("vocabulary")
            _take(side, "vocabulary", [OwnWords(given=given, path=file.relative, line=1, column=1)])


def _content(file: StoreFile) -> bytes | None:
    if file.trouble:
        return None
    try:
        return file.path.read_bytes()
    except OSError:
        return None  # told where it is read as a file of a store


def _take(side: Side, kind: str, records: Iterable[Record]) -> None:
    for record in records:
        if record.unread:
            side.broken[kind].add(record.id)
        elif record.id in side.records[kind]:
            message = f"'{record.id}' stands twice: only the first is compared"
            side.problems.append(Problem(record.path, record.line, record.column, "duplicate-id", message))
        else:
            side.records[kind][record.id] = record


def _read_parts(before: Iterable[StoreFile], after: Iterable[StoreFile]) -> tuple[Side, Side] | None:
    """The events of two sides that are not written alike in both; None where something is wrong with one."""
    sides = [_chunks(files) for files in (before, after)]
    if sides[0] is None or sides[1] is None:
        return None
    texts = [Counter(chunk.text for _, chunks in side or () for chunk in chunks) for side in sides]
    found = []
    for side, files in zip(sides, (before, after), strict=True):
        alike, grammar = texts[0] & texts[1], read_grammar(files, [])
        made = _empty()
        for file, chunks in side or ():
            own = [chunk for chunk in chunks if not _is_taken(chunk.text, alike)]
            _take(made, "events", read_items("events", own, file.relative, made.problems, grammar))
        if any(problem.severity == ERROR for problem in made.problems):
            return None
        found.append(made)
    return found[0], found[1]


def _is_taken(text: str, alike: Counter[str]) -> bool:
    alike[text] -= 1
    return alike[text] >= 0


def _chunks(files: Iterable[StoreFile]) -> list[tuple[StoreFile, list[Chunk]]] | None:
    """The items of the files of events; None where some cannot be told apart by their text alone."""
    found = []
    for file in filter(_of_events, files):
        content = _content(file)
        if content is None:
            return None
        text, problems = decode(content, file.relative)
        text = take_merge_marks(text, file.relative, problems)
        chunks = None if problems else split(text)
        if chunks is None:
            return None
        found.append((file, chunks))
    return found


def without(side: Side, kinds: Iterable[str]) -> Side:
    """A side of which whole lists were lost: nothing can be said of them."""
    lists = [*kinds]
    return side._replace(blind=side.blind.union(lists), problems=[*side.problems, *missing(lists)])


def compare_sides(before: Side, after: Side) -> list[Change]:
    """Every change between two sides, but of records and kinds of which one side could not be read."""
    blind = before.blind | after.blind
    broken = {kind: before.broken[kind] | after.broken[kind] for kind in SHAPE_OF}
    return compare(*(_seen(side, blind, broken) for side in (before, after)))


def _seen(side: Side, blind: set[str], broken: dict[str, set[str]]) -> dict[str, dict[str, Record]]:
    return {
        kind: {ident: record for ident, record in side.records[kind].items() if ident not in broken[kind]}
        for kind in SHAPE_OF
        if kind not in blind
    }


def names_of(*sides: Side) -> dict[tuple[str, str], str]:
    """What people call the things of some sides, by kind and id; the later side's name holds.

    Of two things of one side that have one name each is told with its id.
    """
    names: dict[tuple[str, str], str] = {}
    for side in sides:
        for kind in SHAPE_OF:
            records = [record for record in side.records[kind].values() if isinstance(record, Named)]
            called = {record.id: record.short or record.name for record in records}
            times = Counter(called.values())
            names |= {(kind, i): name if times[name] == 1 else f"{name} ({i})" for i, name in called.items()}
    return names


def unread_of(side: Side) -> list[tuple[str, str]]:
    """Kind and id of each record that is there and could not be read whole."""
    return [(kind, ident) for kind in SHAPE_OF for ident in sorted(side.broken[kind])]
