"""`chrono diff`: what changed between two revisions, folders or files of a chronology."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Annotated, NamedTuple

import typer
from typer import Exit, Option

from mali_chrono.answers import summary as sums
from mali_chrono.answers.asking import asked
from mali_chrono.answers.differences import NOTHING, State, compare_sums, read_states
from mali_chrono.answers.filters import Filters
from mali_chrono.cli.environment import answer
from mali_chrono.cli.options import Color, ExpectOptions, FilterOptions, OutputFile, StoreOption, expected, shared
from mali_chrono.cli.output import check_expectation, emit, parse_expectation
from mali_chrono.cli.request import pick_writer, read_filters
from mali_chrono.cli.sides import Compared, sides
from mali_chrono.cli.waiting import waiting
from mali_chrono.edit.compare import Change
from mali_chrono.edit.sides import Side, compare_sides, names_of, read, uncompared_of, unread_of, without
from mali_chrono.errors import ERROR, BrokenStoreError, DataError, Problem, UsageError
from mali_chrono.kinds import FAILED
from mali_chrono.render import diff as page
from mali_chrono.render.review import View
from mali_chrono.store.locate import lost
from mali_chrono.store.model import Actor, Source
from mali_chrono.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mali_chrono.edit.proving import Statement


class DiffOptions(NamedTuple):
    """What is compared beyond the records, and how the changes are written."""

    verify: Annotated[
        str | None,
        Option("--verify", metavar="DIR", rich_help_panel="What",
               help="Are the new statements printed in the copies of the documents in DIR?"),
    ] = None  # fmt: skip
    exit_code: Annotated[
        bool, Option("--exit-code", help="Exit 1 when something differs.", rich_help_panel="Output")
    ] = False
    format: str | None = None
    output: OutputFile = None
    color: Color = "auto"
    store: StoreOption = None


class Found(NamedTuple):
    """What a question finds in both states, what was asked, and why there is none of that.

    `broken` tells that the later side is to be mended; what was wrong with the other is a matter of the past.
    """

    before: State
    after: State
    query: Mapping[str, object]
    trouble: str = ""
    broken: bool = False

    def concerns(self, change: Change) -> bool:
        """Whether a change is about an event that was found on either side."""
        ids = self.before.ids | self.after.ids
        return change.kind == "events" and not ids.isdisjoint((change.id, change.was))


def _found(trouble: str = "", *, broken: bool = False) -> Found:
    """Nothing asked, or nothing told."""
    return Found(NOTHING, NOTHING, {}, trouble, broken)


@shared(page.FORMATS, covers="", limit="", sort="", reverse="", expect=expected("changes"))
def diff(
    filters: FilterOptions,
    options: DiffOptions,
    held: ExpectOptions,
    one: Annotated[
        str | None, typer.Argument(metavar="[A]", help="A git revision, a folder or a file. [default: HEAD]")
    ] = None,
    other: Annotated[str | None, typer.Argument(metavar="[B]", help="The same. [default: the store as it is]")] = None,
) -> None:
    """What changed between two states of a chronology: records added, removed, renamed, changed field by field.

    A and B are git revisions (A..B both, A...B from where they parted), folders or files. With filters, only what is
    about events that match on either side. Sums are those of `summary --by year`. --verify DIR tells whether the new
    statements are proved. Exits 1 when the later state is broken or what was asked cannot be told.

    \b
    chrono diff
    chrono diff main --format md --exit-code
    chrono diff v1.0..HEAD --since 2020 --actor jnim
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    writer = pick_writer(options, page.FORMATS)
    parse_expectation(held.expect)
    wanted = read_filters(filters)
    sums.refuse_covers(wanted)
    _refuse_order(wanted)
    filtered = wanted != read_filters(FilterOptions(today=filters.today))
    with sides(one, other, options.store) as (before, after):
        with waiting("reading both sides"):
            old, new = read(before.files, after.files)
            if before.store and after.store:
                old, new = without(old, lost(before.files)), without(new, lost(after.files))
            changes = compare_sides(old, new)
        found = _ask(before, after, wanted, filtered=filtered) if changes or filtered else _found()
        shown = [change for change in changes if not filtered or found.concerns(change)]
        proof = None if options.verify is None else _prove(options.verify, after, new, shown)
        about = writer.of_files(after.store, found.query) if after.store else None
    amiss = _problems(after, new)
    problems = [*_problems(before, old), *amiss]
    unread = _named(before, unread_of(old)) + _named(after, unread_of(new))
    uncompared = _named(before, uncompared_of(old, new)) + _named(after, uncompared_of(new, old))
    view = View(
        before.label, after.label, shown, len(changes) - len(shown),
        None if found.trouble else compare_sums(found.before, found.after), found.trouble, problems, unread, uncompared,
        proof, names_of(old, new), {"from": before.said, "to": after.said, **found.query}, after.label, about,
    )  # fmt: skip
    emit(writer.write(view), options.output)
    check_expectation(len(shown), held.expect)
    failed = any(each.verdict == FAILED for each in proof or ())
    if amiss or found.broken or failed or (options.exit_code and (shown or problems)):
        raise Exit(1)


def _refuse_order(filters: Filters) -> None:
    """Raises UsageError where events are to be cut or sorted: changes are told in their own order, all of them."""
    for name, given in (
        ("limit", filters.limit is not None),
        ("sort", filters.sort != "date"),
        ("reverse", filters.reverse),
    ):
        if given:
            raise UsageError(f"--{name} is for timeline: a diff tells every change")


def _problems(compared: Compared, side: Side) -> list[tuple[str, Problem]]:
    return [(compared.label, problem) for problem in side.problems if problem.severity == ERROR]


def _named(compared: Compared, records: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Records of a side by its label, their kind and their id."""
    return [(compared.label, kind, ident) for kind, ident in records]


def _ask(before: Compared, after: Compared, filters: Filters, *, filtered: bool) -> Found:
    """What filters find on both sides. Raises DataError where that cannot be told, and is needed."""
    try:
        return _ask_near(before, after, filters)
    except DataError as fault:
        if filtered:
            raise
        return _found(" ".join(map(str.strip, str(fault).split("\n"))), broken=_is_broken(after))


def _is_broken(side: Compared) -> bool:
    """Whether a store has errors that stand before its sums; of a single file nobody asks for them."""
    if side.store is None:
        return False
    try:
        _index(side, None).close()
    except DataError:
        return True
    return False


def _ask_near(before: Compared, after: Compared, filters: Filters) -> Found:
    def look_up(near: sqlite3.Connection | None) -> Found:
        with closing(_index(before, near)) as old, closing(_index(after, near)) as new:
            one, other, question = read_states(old, new, filters)
            return Found(one, other, asked(filters, question))

    if after.near is None:
        return look_up(None)
    try:
        return answer(after.near, look_up)
    except BrokenStoreError:  # what is near is no side, or is as far as this goes
        return look_up(None)


def _index(side: Compared, near: sqlite3.Connection | None) -> sqlite3.Connection:
    """An index of a side. Raises DataError where it has none."""
    from mali_chrono.index import aside

    if side.store is None:
        raise DataError(f"'{side.label}' is a single file: sums and filters need a whole store")
    if hidden := [file for file in side.files if file.kind and file.trouble]:
        first = f"{hidden[0].relative}: {hidden[0].trouble}"
        raise DataError(f"{side.label} has {counted(len(hidden), 'error')}, first at {first}")
    try:
        return aside.connect(side.store, near)
    except BrokenStoreError as fault:
        raise DataError(f"{side.label} has {fault.first}") from None


def _prove(folder: str, after: Compared, side: Side, changes: Sequence[Change]) -> "list[Statement]":
    """What the documents in a folder say to the new statements of some changes."""
    from mali_chrono.cli.verify import documents_folder, find_copies, maps_of, read_copies
    from mali_chrono.edit.proving import prove
    from mali_chrono.store.locate import files
    from mali_chrono.store.vocabulary import read_grammar

    sources = tuple(one for one in side.records["sources"].values() if isinstance(one, Source))
    if after.store is None:
        raise UsageError(f"--verify needs a whole store, which knows its documents; '{after.label}' is a single file")
    copies, _ = find_copies(documents_folder(folder), sources, maps_of(after.store, sources))
    actors = [one for one in side.records["actors"].values() if isinstance(one, Actor)]
    kinds = read_grammar(files(after.store), []).words.persons
    persons = frozenset(actor.id for actor in actors if actor.kind in kinds)
    languages: list[str] = [getattr(one, "language", "") for one in side.records["settings"].values()]
    return prove(changes, read_copies(copies, sources, next(iter(languages), "en")), persons)
