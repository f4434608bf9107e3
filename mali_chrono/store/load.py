"""A store's files -> records and Problems. Cold: no command that finds a fresh index imports this."""

import gc
import re
from contextlib import contextmanager
from typing import Any, NamedTuple

from mali_chrono import __version__
from mali_chrono.dates.spoken import Tongue, is_english
from mali_chrono.errors import WARNING, BrokenStoreError, Problem, did_you_mean
from mali_chrono.store import model
from mali_chrono.store.build import RECORDS, Odd, build
from mali_chrono.store.decode import decode, stop, take_merge_marks
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.locate import KNOWN, MAPS, RECORDLESS, SINGLE, STRAY, Store, StoreFile, files, lost
from mali_chrono.store.reader import Chunk, Item, read_chunk, read_list, read_map, read_quickly, split
from mali_chrono.store.settings import Settings
from mali_chrono.store.shapes import FORMAT
from mali_chrono.store.texts import Texts
from mali_chrono.store.vocabulary import read_grammar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A chunk in which one of these was found may be whole together with what follows it.
BREAKS = ("syntax", "alias", "depth")
# Where one of these was found, records may have been left out.
_LEFT = ("too-many", "too-long")
_TOO_NEW = "newer-format"
_MISSING = {
    "types": "a store has the types of its events in data/types.yaml",
    "events": "a store has its events in data/events.yaml or in files under data/events/",
}


class Loaded(NamedTuple):
    """A chronology as far as it could be read, what was wrong, and the files for a look at what stands where.

    `found` holds the records that could be read in part too, with stand-ins for what their `unread` names, so that
    every fault of a record is told at once and a broken one still counts as there; `chronology` holds whole ones only.
    `unsure` are the kinds of record of which some could not be read as far as their id; `documents` are the ids that
    the files of the sources have for names, `maps` those of the store's own maps. `grammar` has the store's vocabulary.
    `tongue` is the language that its dates are told in; None is English.
    """

    chronology: model.Chronology
    problems: list[Problem]
    texts: Texts
    found: model.Chronology
    unsure: frozenset[str]
    documents: frozenset[str]
    grammar: Grammar
    tongue: Tongue | None = None
    maps: frozenset[str] = frozenset()

    @property
    def settings(self) -> Settings:
        """What the store says of itself, or what is usual."""
        return next(iter(self.chronology.settings), Settings())

    @property
    def is_too_new(self) -> bool:
        """Whether the store is written in a format that this chrono does not know."""
        return any(problem.rule == _TOO_NEW for problem in self.problems)


def load(store: Store) -> Loaded:
    """Read every file of a store; of one that is written in a newer format nothing else is read, nor found wrong."""
    with uncollected():
        found = files(store)
        loaded = load_files(found)
    return loaded if loaded.is_too_new else _without(loaded, lost(found))


@contextmanager
def uncollected() -> "Iterator[None]":
    """Without the collector, which would walk the heap again and again: with it reading takes three times as long."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def load_files(store_files: "Sequence[StoreFile]", grammar: Grammar | None = None) -> Loaded:
    """Read some files of a store, as far as the first that says that it is written in a newer format.

    They are read by their own vocabulary, unless it is known already.
    """
    problems: list[Problem] = []
    if grammar is None:
        grammar = read_grammar(store_files, problems)
    records: dict[str, list[Any]] = {kind: [] for kind in RECORDS}
    unsure = set()
    for file in store_files:
        if file.kind in RECORDLESS:
            continue
        read, is_sure = ([], False) if file.trouble else _read(file, problems, grammar)
        records[file.kind] += read
        if file.kind == "settings" and (told := [fault for fault in problems if fault.rule == _TOO_NEW]):
            problems, store_files = told, [file]
            break
        # A source's id is its file's name, whatever stands in it.
        if file.kind not in SINGLE and not is_sure:
            unsure.add(file.kind)
    copies = {f"seeds/{source.file}" for source in records["sources"]}
    problems += [
        _trouble(file)
        for file in store_files
        if file.trouble and not (file.trouble == STRAY and file.relative in copies)
    ]
    found = model.Chronology(**{kind: tuple(records[kind]) for kind in RECORDS})
    texts = Texts(store_files)
    tongue = _find_tongue(found, texts, problems)
    documents = frozenset(file.path.stem for file in store_files if file.kind == "sources")
    maps = frozenset(file.path.stem for file in store_files if file.kind == MAPS)
    for folder, kind in (("seeds", "sources"), (f"data/{MAPS}", MAPS)):
        if any(file.relative == folder for file in store_files):  # which cannot be listed
            unsure.add(kind)
    return Loaded(_whole(found), problems, texts, found, frozenset(unsure), documents, grammar, tongue, maps)


def _find_tongue(found: model.Chronology, texts: Texts, problems: list[Problem]) -> Tongue | None:
    """The language that a store asks for; English, and a warning, where it is not to be had."""
    for settings in found.settings:
        if not is_english(settings.language):
            from mali_chrono.dates.tongues import NoTongueError, find_tongue  # noqa: PLC0415 - Babel, for few stores

            try:
                return find_tongue(settings.language)
            except NoTongueError as fault:
                place = texts.place(settings, ("language",))
                message = f"dates are told in English: {fault}"
                problems.append(Problem(settings.path, *place, "language", message, fault.hint, WARNING))
    return None


def refuse_newer(loaded: Loaded) -> None:
    """Raises BrokenStoreError where a store is written in a newer format: nothing that it says is known here."""
    if loaded.is_too_new:
        raise BrokenStoreError(loaded.problems)


def _without(loaded: Loaded, kinds: "Sequence[str]") -> Loaded:
    """What was read of a store that lacks whole lists; what refers to their records is not held against it."""
    problems = [*loaded.problems, *missing(kinds)]
    return loaded._replace(problems=problems, unsure=loaded.unsure.union(kinds))


def missing(kinds: "Iterable[str]") -> list[Problem]:
    """The problems of lists that every store has, and this one has not."""
    hint = "bring it back, or write [] into it for a list of none"
    return [Problem(f"data/{kind}.yaml", 0, 0, "missing-file", _MISSING[kind], hint) for kind in kinds]


def _whole(found: model.Chronology) -> model.Chronology:
    """The same without the records of which something could not be read."""
    kinds = {kind: tuple(record for record in getattr(found, kind) if not record.unread) for kind in RECORDS}
    return model.Chronology(**kinds)


def _read(file: StoreFile, problems: list[Problem], grammar: Grammar) -> tuple[list[Any], bool]:
    """The records of one file, and whether each could be read as far as its id."""
    try:
        text, told = decode(file.path.read_bytes(), file.relative)
    except OSError as fault:
        problems.append(Problem(file.relative, 0, 0, "unreadable", f"cannot be read: {fault.strerror}"))
        return [], False
    if any(fault.rule == "encoding" for fault in told):
        problems += told
        return [], False
    text = take_merge_marks(text, file.relative, told)
    records, is_sure = read_text(file.kind, text, file.relative, told, grammar)
    problems += told
    return records, is_sure and not any(problem.rule in _LEFT for problem in told)


def read_text(kind: str, text: str, file: str, problems: list[Problem], grammar: Grammar) -> tuple[list[Any], bool]:
    """The records of a file's text, for a field of Chronology, and whether each could be read as far as its id."""
    chunks = split(text) if kind not in SINGLE else None
    if chunks is not None:
        found: list[Problem] = []
        records = list(read_items(kind, chunks, file, found, grammar))
        if not any(problem.rule in BREAKS for problem in found):
            problems += found
            return records, True
    read = read_map if kind in SINGLE else read_list
    records, is_sure = [], True
    for item in read(text, file, problems):
        if kind == "settings" and (too_new := _too_new(item, file)):
            problems.append(too_new)
            return [], False
        records.append(build(kind, item, file, problems, grammar))
        is_sure = is_sure and (item.whole or item.has_id)
    return records, is_sure


def _too_new(item: Item, file: str) -> Problem | None:
    """The problem of settings that name a format which only a newer chrono reads."""
    given = item.values.get("format")
    if item.node is None or not isinstance(given, str) or not re.fullmatch(r"[1-9][0-9]{0,99}", given.strip()):
        return None
    if int(given) <= FORMAT:
        return None
    message = f"this store has format {given.strip()}; chrono {__version__} reads up to {FORMAT}: upgrade chrono"
    return Problem(file, *item.node.place(("format",)), _TOO_NEW, message)


def read_items(
    kind: str, chunks: "Iterable[Chunk]", file: str, problems: list[Problem], grammar: Grammar
) -> "Iterator[Any]":
    """The record of each chunk of a list (`split`), one at a time; `kind` is a field of Chronology.

    A chunk that is no record, or no YAML, gives a problem and no record: then the file must be read as a whole.
    """
    for chunk in chunks:
        if stop(problems, file, chunk.line):
            return
        try:
            quick = read_quickly(chunk)
            record = build(kind, quick, file, problems, grammar) if quick else None
        except Odd:
            record = None
        if record is None and (item := read_chunk(chunk, file, problems)):
            record = build(kind, item, file, problems, grammar)
        if record is not None:
            yield record


def _trouble(file: StoreFile) -> Problem:
    """The problem of a file that is not read."""
    if file.trouble != STRAY:
        return Problem(file.relative, 0, 0, "unreadable", file.trouble)
    folder, _, name = file.relative.rpartition("/")
    if folder == "seeds":
        hint = "a source's record is seeds/<its id>.yaml"
        if name.casefold().endswith((".yaml", ".yml")):
            hint = f"name it seeds/{name.rpartition('.')[0]}.yaml"
    elif folder == "data":
        hint = did_you_mean(name, KNOWN, 1) or "delete it, or move it elsewhere; events may stand in data/events/"
    elif folder == f"data/{MAPS}":
        hint = "a map is data/maps/<its name>.yaml"
    else:
        hint = "a file of events ends in .yaml or .yml"
    return Problem(file.relative, 0, 0, "stray-file", "nobody reads this", hint)
