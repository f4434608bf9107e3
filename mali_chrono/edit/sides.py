"""The files of two stores -> the records in which they may differ, and what could not be read.

What both sides have word for word is read once; an event that is written alike in both is not read at all.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mali_chrono.edit.compare import Change, compare
from mali_chrono.edit.plain import SHAPE_OF, OwnWords
from mali_chrono.errors import ERROR, Problem
from mali_chrono.kinds import Vocabulary
from mali_chrono.store.decode import decode, take_merge_marks
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.load import BREAKS, Loaded, load_files, missing, read_items, uncollected
from mali_chrono.store.locate import RECORDLESS, SINGLE, VOCABULARY, StoreFile
from mali_chrono.store.model import Named, Record
from mali_chrono.store.reader import NO_RECORD, Chunk, split
from mali_chrono.store.vocabulary import own_sections, read_grammar


class Side(NamedTuple):
    """What was read of one side: whole records by kind and id, and the ids of those that are there and not whole.

    Of the kinds in `unsure` something could not be read as far as its id: what this side seems to lack may be there.
    `problems` are those of reading, but for files that nobody reads.
    """

    records: dict[str, dict[str, Record]]
    broken: dict[str, set[str]]
    unsure: set[str]
    problems: list[Problem]


# Where one of these is told, a record may have been taken for a part of another, or stand on the other side of a merge.
_MERGED = ("merge-mark", "duplicate-key")
_Memo = dict[tuple[str, str, bytes | None, Grammar], Loaded]


def read(before: Sequence[StoreFile], after: Sequence[StoreFile]) -> tuple[Side, Side]:
    """Read the files of two sides."""
    memo: _Memo = {}
    with uncollected():
        words = _read_words(before), _read_words(after)
        whole = _read_whole(before, memo, _of_things), _read_whole(after, memo, _of_things)
        parts = _read_parts(before, after)
        if parts is None:  # something is wrong with an item, which may be whole together with what follows it
            parts = _read_whole(before, memo, _of_events), _read_whole(after, memo, _of_events)
    return _joined(words[0], whole[0], parts[0]), _joined(words[1], whole[1], parts[1])


def _of_events(file: StoreFile) -> bool:
    return file.kind == "events"


def _of_things(file: StoreFile) -> bool:
    return file.kind not in (*RECORDLESS, "events")


def _empty() -> Side:
    return Side({kind: {} for kind in SHAPE_OF}, {kind: set() for kind in SHAPE_OF}, set(), [])


def _joined(*sides: Side) -> Side:
    whole = _empty()
    for side in sides:
        for kind in SHAPE_OF:
            whole.records[kind].update(side.records[kind])
            whole.broken[kind].update(side.broken[kind])
        whole.unsure.update(side.unsure)
        whole.problems.extend(side.problems)
    return whole


def _read_whole(files: Iterable[StoreFile], memo: _Memo, wanted: Callable[[StoreFile], bool]) -> Side:
    side, files = _empty(), list(files)
    grammar = read_grammar(files, [])
    for file in filter(wanted, files):
        key = file.kind, file.relative, _content(file), grammar
        if key not in memo:
            memo[key] = load_files([file], grammar)
        loaded = memo[key]
        side.problems.extend(loaded.problems)
        records = getattr(loaded.found, file.kind)
        if file.kind in SINGLE and file.relative != "seeds":  # which is a folder that cannot be listed
            records = [record for record in records if record.id]
            if not records and any(problem.severity == ERROR for problem in loaded.problems):
                side.broken[file.kind].add(file.path.stem)
        elif _has_lost(file.kind, loaded):
            side.unsure.add(file.kind)
        _take(side, file.kind, records)
    return side


def _has_lost(kind: str, loaded: Loaded) -> bool:
    """Whether a file of a list may hold a record of which not even the id is known."""
    records = getattr(loaded.found, kind)
    if kind in loaded.unsure or any(not record.id for record in records):
        return True
    broken = {record.line: bool(record.unread) for record in records}
    starts = sorted(broken)
    for problem in loaded.problems:
        before = bisect_right(starts, problem.line)
        behind_id = before > 0 and broken[starts[before - 1]] and problem.message != NO_RECORD
        if problem.rule in _MERGED or (problem.rule in BREAKS and not behind_id):
            return True
    return False


def _read_words(files: Iterable[StoreFile]) -> Side:
    """A store's own words, as one record."""
    side, files = _empty(), list(files)
    grammar = read_grammar(files, [])
    for file in files:
        if file.kind == VOCABULARY:
            problems = load_files([file], grammar).problems if file.trouble else []
            given = Vocabulary(**({} if file.trouble else own_sections(file, problems)))
            side.problems.extend(problems)
            unread = frozenset({"given"} if problems else ())
            _take(side, VOCABULARY, [OwnWords(given=given, path=file.relative, line=1, column=1, unread=unread)])
    return side


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
    return side._replace(unsure=side.unsure.union(lists), problems=[*side.problems, *missing(lists)])


def compare_sides(before: Side, after: Side) -> list[Change]:
    """Every change between two sides, but of records that one of them has, or may have, without their being read."""
    return compare(_seen(before, after), _seen(after, before))


def _seen(side: Side, other: Side) -> dict[str, dict[str, Record]]:
    """The whole records of a side of which is known what the other has of them."""
    apart = set(uncompared_of(side, other))
    seen = {}
    for kind in SHAPE_OF:
        broken = side.broken[kind] | other.broken[kind]
        records = side.records[kind].items()
        seen[kind] = {i: record for i, record in records if i not in broken and (kind, i) not in apart}
    return seen


def uncompared_of(side: Side, other: Side) -> list[tuple[str, str]]:
    """Kind and id of each record of a side that may stand in what could not be read of the other."""
    return [
        (kind, ident)
        for kind in SHAPE_OF
        if kind in other.unsure
        for ident in sorted(
            side.records[kind].keys() - other.records[kind].keys() - side.broken[kind] - other.broken[kind]
        )
    ]


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
