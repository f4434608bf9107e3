"""New and changed statements, held against copies of the documents: which are proved, reckoned, failed."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mali_chrono.edit.compare import Change
from mali_chrono.evidence import proof
from mali_chrono.evidence.dated import dates
from mali_chrono.evidence.proof import Failure
from mali_chrono.evidence.readings import Copies
from mali_chrono.kinds import FAILED, PROVED, UNREAD, UNVERIFIABLE
from mali_chrono.store import model, references
from mali_chrono.store.nodes import Path


class Statement(NamedTuple):
    """Something that a record says now and did not say before, or on other lines, and what the documents say to it.

    `kind` and `id` are the record's; `field` says where it stands in it, `text` what it says. `words` are those that
    prove it, each with its line; or `message` and `hint` say what failed. UNREAD: no copy of the document is there;
    UNVERIFIABLE: nobody has one.
    """

    kind: str
    id: str
    field: str
    text: str
    verdict: str
    words: tuple[tuple[str, str], ...] = ()
    message: str = ""
    hint: str = ""


_Key = tuple[object, ...]


def prove(changes: Iterable[Change], copies: Copies, persons: frozenset[str]) -> list[Statement]:
    """Every new or changed statement of some changes; `persons` are the ids of actors that are one person."""
    return [one for change in changes if change.new and not change.follows for one in _new(change, copies, persons)]


def _new(change: Change, copies: Copies, persons: frozenset[str]) -> Iterator[Statement]:
    record = change.new
    if not isinstance(record, model.Record):  # gone; or what a store says of itself, which no document prints
        return
    before = set(dict(_keys(change.old)).values()) if change.old else set()
    keys = dict(_keys(record))
    known = {_said(failure) for failure in proof.failures(change.old, copies, persons)} if change.old else set()
    failures = [one for one in proof.failures(record, copies, persons) if _said(one) not in known]
    dated = {each.path: proof.prove(each, copies) for each in dates(record)}
    told: set[Path] = set()
    for path, key in keys.items():
        if key in before:
            continue
        failed = next((one for one in failures if one.path[: len(path)] == path), None)
        told.add(path)
        text = str(key[1])
        if failed:
            told.add(failed.path)
            yield _failure(change, failed, text)
        elif path in dated:
            verdict = dated[path]
            yield Statement(change.kind, change.id, _spell(path), text, verdict.verdict, verdict.words)
        else:
            cites = _cites(key)
            verdict_of = UNVERIFIABLE if copies.unprovable(cites) else UNREAD if copies.missing(cites) else PROVED
            yield Statement(change.kind, change.id, _spell(path), text, verdict_of)
    for failure in failures:
        if failure.path not in told:
            yield _failure(change, failure, "")


def _said(failure: Failure) -> tuple[str, str]:
    return failure.rule, failure.message


def _cites(key: _Key) -> tuple[model.Cite, ...]:
    cites = key[2]
    return cites if isinstance(cites, tuple) else ()


def _failure(change: Change, failure: Failure, text: str) -> Statement:
    where = _spell(failure.path)
    return Statement(change.kind, change.id, where, text, FAILED, (), failure.message, failure.hint)


def _spell(path: Path) -> str:
    return ".".join(map(str, path))


def _keys(record: model.Record) -> Iterator[tuple[Path, _Key]]:
    """Every statement that is looked for by itself: where it stands, and what it says on which lines."""
    for each in dates(record):
        yield each.path, (_names(each.path), each.written, each.cites)
    for path, part in references.parts(record):
        if isinstance(part, model.Toll | model.Strength):
            kind = part.kind if isinstance(part, model.Toll) else "figure"
            yield (*path, kind), ((*_names(path), kind), part.figure.text, part.cite or record.cites, *_of(part))
    for i, outlet in enumerate(record.outlets if isinstance(record, model.Event) else ()):
        yield ("outlets", i), (("outlets",), outlet, record.cites)


def _of(part: model.Toll | model.Strength) -> tuple[object, ...]:
    return (part.of, part.who, part.says) if isinstance(part, model.Toll) else (part.who, part.says)


def _names(path: Path) -> tuple[str, ...]:
    return tuple(step for step in path if isinstance(step, str))
