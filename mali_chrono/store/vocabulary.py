"""A store's own words: data/vocabulary.yaml, section by section in place of the usual ones, -> a Grammar."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from mali_chrono.errors import Problem
from mali_chrono.kinds import TAKEN, Vocabulary
from mali_chrono.store.build import build_vocabulary
from mali_chrono.store.decode import decode
from mali_chrono.store.grammar import Grammar
from mali_chrono.store.locate import VOCABULARY, StoreFile
from mali_chrono.store.nodes import Node
from mali_chrono.store.reader import read_map
from mali_chrono.store.shapes import shapes_of

_USUAL = Path(__file__).with_name("vocabulary.yaml")
_ID = re.compile("[a-z][a-z0-9-]{0,39}")
# Titles of offices are words as sources print them; all else is an id.
_WORDS = ("titles",)


@lru_cache(1)
def usual() -> Vocabulary:
    """The words that every store has unless it gives its own."""
    problems: list[Problem] = []
    sections, _ = _read(_USUAL.read_bytes(), _USUAL.name, problems)
    if problems:
        raise ValueError(problems)
    return Vocabulary(**sections)


@lru_cache(8)
def grammar_of(words: Vocabulary) -> Grammar:
    """How a store with such words is read."""
    return Grammar(words)


def read_grammar(files: Iterable[StoreFile], problems: list[Problem]) -> Grammar:
    """How a store is read, by its file of words where it has one; what is wrong with that goes to `problems`."""
    words = usual()
    for file in files:
        if file.kind == VOCABULARY and not file.trouble:
            words = words._replace(**own_sections(file, problems))
    return grammar_of(words)


def own_sections(file: StoreFile, problems: list[Problem]) -> dict[str, tuple[Any, ...]]:
    """The sections that a file of words gives, by name; what is wrong with it goes to `problems`."""
    try:
        content = file.path.read_bytes()
    except OSError as fault:
        problems.append(Problem(file.relative, 0, 0, "unreadable", f"cannot be read: {fault.strerror}"))
        return {}
    sections, root = _read(content, file.relative, problems)
    if root is not None:
        problems += _check(sections, root, file.relative)
    return {
        name: tuple(entry for entry in entries if entry.id and not (name == "tolls" and entry.id in _taken()))
        for name, entries in sections.items()
    }


def _read(content: bytes, name: str, problems: list[Problem]) -> tuple[dict[str, tuple[Any, ...]], Node | None]:
    text, told = decode(content, name)
    problems += told
    item = next(read_map(text, name, problems), None)
    if item is None:
        return {}, None
    return build_vocabulary(item, name, problems), item.node


@lru_cache(1)
def _taken() -> frozenset[str]:
    """What no kind of toll may be called."""
    return TAKEN.union(field.name for shape in ("toll", "event") for field in shapes_of(Vocabulary())[shape])


def _check(sections: Mapping[str, Sequence[Any]], root: Node, file: str) -> Iterator[Problem]:
    """Ids that are none, that stand twice, or that another field has."""
    for section, entries in sections.items():
        seen: set[str] = set()
        for i, entry in enumerate(entries):
            message = hint = ""
            if section not in _WORDS and entry.id and not _ID.fullmatch(entry.id):
                message, hint = f"'{entry.id}' is no id", "up to 40 small letters, digits and hyphens, a letter first"
            elif section == "tolls" and entry.id in _taken():
                message, hint = f"'{entry.id}' is a field of an event", "give this kind of toll another id"
            elif entry.id in seen:
                message, hint = f"'{entry.id}' stands twice in {section}", "delete one"
            seen.add(entry.id)
            if message:
                node = root.find((section, i))
                yield Problem(file, node.line, node.column, "vocabulary", message, hint)
