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
from mali_chrono.cli.options import Color, FilterOptions, OutputFile, StoreOption, shared
from mali_chrono.cli.output import emit
from mali_chrono.cli.request import pick_writer, read_filters
from mali_chrono.cli.sides import Compared, sides
from mali_chrono.cli.waiting import waiting
from mali_chrono.edit.compare import Change
from mali_chrono.edit.sides import Side, compare_sides, names_of, read, unread_of, without
from mali_chrono.errors import ERROR, BrokenStoreError, DataError, Problem, UsageError
from mali_chrono.kinds import FAILED
from mali_chrono.render import diff as page
from mali_chrono.render.review import View
from mali_chrono.store.locate import lost
from mali_chrono.store.model import Actor, Source

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
    """What a question finds in both states, what was asked, and why there is none of that."""

    before: State
    after: State
    query: Mapping[str, object]
    trouble: str = ""

    def concerns(self, change: Change) -> bool:
        """Whether a change is about an event that was found on either side."""
        ids = self.before.ids | self.after.ids
        return change.kind == "events" and not ids.isdisjoint((change.id, change.was))


def _found(trouble: str = "") -> Found:
    """Nothing asked, or nothing told."""
    return Found(NOTHING, NOTHING, {}, trouble)


@shared(page.FORMATS, covers="", limit="", sort="", reverse="")
def diff(
    filters: FilterOptions,
    options: DiffOptions,
    one: Annotated[
        str | None, typer.Argument(metavar="[A]", help="A git revision, a folder or a file. [default: HEAD]")
    ] = None,
    other: Annotated[str | None, typer.Argument(metavar="[B]", help="The same. [default: the store as it is]")] = None,
) -> None:
    """What changed between two states of a chronology: records added, removed, renamed, changed field by field.

    A and B are git revisions (A..B both, A...B from where they parted), folders or files. With filters, only what is
    about events that match on either side. Sums are those of `summary --by year`. --verify DIR tells whether the new
    statements are proved.

    \b
    chrono diff
    chrono diff main --format md --exit-code
    chrono diff v1.0..HEAD --since 2020 --actor jnim
    """  # noqa: D301 - Click takes a paragraph after a real backspace as it is
    writer = pick_writer(options, page.FORMATS)
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
    problems = [*_problems(before, old), *_problems(after, new)]
    unread = [
        (side.label, kind, ident) for side, read_ in ((before, old), (after, new)) for kind, ident in unread_of(read_)
    ]
    view = View(
        before.label, after.label, shown, len(changes) - len(shown),
        None if found.trouble else compare_sums(found.before, found.after), found.trouble, problems, unread, proof,
        names_of(old, new), {"from": before.said, "to": after.said, **found.query}, after.label, about,
    )  # fmt: skip
    emit(writer.write(view), options.output)
    failed = any(each.verdict == FAILED for each in proof or ())
    if problems or found.trouble or failed or (options.exit_code and shown):
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
    return [(compared.label, p) for p in (*compared.problems, *side.problems) if p.severity == ERROR]


def _ask(before: Compared, after: Compared, filters: Filters, *, filtered: bool) -> Found:
    """What filters find on both sides. Raises DataError where that cannot be told, and is needed."""
    try:
        return _ask_near(before, after, filters)
    except DataError as fault:
        if filtered:
            raise
        return _found(" ".join(map(str.strip, str(fault).split("\n"))))


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
