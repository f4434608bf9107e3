"""`chrono check`: every problem in the store."""

import sys
from typing import Annotated

from typer import Exit, Option

from mali_chrono.cli.environment import find_store, today
from mali_chrono.cli.options import Color, StoreOption, shared
from mali_chrono.cli.output import emit, say
from mali_chrono.cli.request import pick_look
from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import ERROR
from mali_chrono.render.problems import count_problems, list_problems
from mali_chrono.store.checks import check as find_problems
from mali_chrono.store.load import load


@shared()
def check(
    strict: Annotated[bool, Option("--strict", help="Exit 1 on warnings too.", rich_help_panel="Output")] = False,
    color: Color = "auto",
    store: StoreOption = None,
) -> None:
    """Every problem in the store, in one run: file:line:column, what is wrong, what would mend it.

    Exits 1 when there is an error; a warning alone is no error.
    """
    chosen = find_store(store)
    look = pick_look(color, None)
    with waiting("reading the store"):
        loaded = load(chosen)
        problems = find_problems(loaded, today(None))
    emit(list_problems(problems, look))
    if sys.stderr is not None and sys.stderr.isatty():
        say(count_problems(loaded.chronology, problems, chosen.name))
    if any(strict or problem.severity == ERROR for problem in problems):
        raise Exit(1)
