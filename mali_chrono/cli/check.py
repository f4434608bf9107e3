"""`chrono check`: every problem in the store."""

import sys
from typing import Annotated, NamedTuple

from typer import Exit, Option

from mali_chrono.cli.environment import find_store, today
from mali_chrono.cli.options import Color, ExpectOptions, OutputFile, StoreOption, expected, shared
from mali_chrono.cli.output import check_expectation, emit, parse_expectation, say
from mali_chrono.cli.request import pick_writer
from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import ERROR
from mali_chrono.render import problems as page
from mali_chrono.store.checks import check as find_problems
from mali_chrono.store.load import load


class CheckOptions(NamedTuple):
    """What is wrong enough, and how the problems are written."""

    strict: Annotated[bool, Option("--strict", help="Exit 1 on warnings too.", rich_help_panel="Output")] = False
    format: str | None = None
    output: OutputFile = None
    color: Color = "auto"
    store: StoreOption = None


@shared(page.FORMATS, expect=expected("problems"))
def check(options: CheckOptions, held: ExpectOptions) -> None:
    """Every problem in the store, in one run: file:line:column, what is wrong, what would mend it.

    Exits 1 when there is an error; a warning alone is no error. With --expect their number alone decides.
    """
    writer = pick_writer(options, page.FORMATS)
    parse_expectation(held.expect)
    chosen = find_store(options.store)
    with waiting("reading the store"):
        loaded = load(chosen)
        problems = find_problems(loaded, today(None))
    query: dict[str, object] = {"store": chosen.name, "strict": options.strict}
    about = writer.of_files(chosen, {"strict": True} if options.strict else {})
    emit(writer.write(page.Found(problems, query, chosen.name, about)), options.output)
    if sys.stderr is not None and sys.stderr.isatty():
        say(page.count_problems(loaded.chronology, problems, chosen.name))
    if held.expect is not None:
        check_expectation(len(problems), held.expect)
    elif any(options.strict or problem.severity == ERROR for problem in problems):
        raise Exit(1)
