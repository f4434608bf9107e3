"""`chrono check`: every problem in the store."""

import sys
from typing import Annotated, NamedTuple

import typer
from typer import Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.environment import find_store, inside_repository, today
from mali_chrono.cli.options import Color, ExpectOptions, OutputFile, StoreOption, expected, shared
from mali_chrono.cli.output import emit, parse_expectation, say
from mali_chrono.cli.request import pick_writer
from mali_chrono.cli.reviewing import RuleOptions, tell
from mali_chrono.cli.storefiles import pick_files
from mali_chrono.cli.waiting import waiting
from mali_chrono.errors import Problem
from mali_chrono.render import problems as page
from mali_chrono.render import rules as rules_page
from mali_chrono.render.formats import FORMATS, as_written
from mali_chrono.render.found import Found
from mali_chrono.store.checks import check as find_problems
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.rules.help import explain
from mali_chrono.store.rules.table import HIDING, RULES


class CheckOptions(NamedTuple):
    """What is told instead of problems, and how an answer is written."""

    told: Annotated[
        str | None,
        Option("--explain", metavar="RULE", help="What a rule finds and why, with an example of wrong and right.",
               rich_help_panel="Rules", autocompletion=complete(*RULES)),
    ] = None  # fmt: skip
    listed: Annotated[bool, Option("--list", help="Every rule of check and verify.", rich_help_panel="Rules")] = False
    format: str | None = None
    output: OutputFile = None
    color: Color = "auto"
    store: StoreOption = None


@shared(page.FORMATS, expect=expected("problems"))
def check(
    given: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Only what is wrong in these files of the store.")
    ] = None,
    *,
    rules: RuleOptions,
    options: CheckOptions,
    held: ExpectOptions,
) -> None:
    """Every problem in the store, in one run: file:line:column, what is wrong, what would mend it.

    Exits 1 when there is an error; a warning alone is no error. With --expect their number alone
    decides. The whole store is read, whatever FILE is, and what hides a whole file of it is told.
    """
    if options.told is not None:
        writer = pick_writer(options, dict.fromkeys(("text", "md"), as_written))
        emit(writer.write(explain(options.told)), options.output)
        return
    if options.listed:
        _list_rules(options)
        return
    asked = rules.asked("check")
    writer = pick_writer(options, page.FORMATS)
    parse_expectation(held.expect)
    chosen = find_store(options.store)
    files = pick_files(given, chosen) if given else None
    with waiting("reading the store"):
        loaded = load(chosen)
        problems = find_problems(loaded, today(None), asked, _map_problems(chosen) if loaded.maps else ())
    if files is not None:
        problems = [problem for problem in problems if problem.rule in HIDING or files.hold(problem.file)]
    narrowed = rules.given() | ({} if files is None else {"files": sorted(files.names)})
    query: dict[str, object] = {"store": chosen.name, "strict": rules.strict, **narrowed}
    about = writer.of_files(chosen, narrowed)
    found = Found(problems, query, chosen.name, about, "check", rules.strict, inside_repository(chosen))
    if sys.stderr is not None and sys.stderr.isatty():
        say(page.count_problems(loaded.chronology, problems, chosen.name))
    tell(writer, found, found, options.output, held.expect)


def _map_problems(store: Store) -> list[Problem]:
    from mali_chrono.intake.mapfiles import problems_of  # few stores have maps

    return problems_of(store)


def _list_rules(options: CheckOptions) -> None:
    writer = pick_writer(options, rules_page.FORMATS)
    about = writer.of_files(find_store(options.store), {"list": "rules"}) if FORMATS[writer.format].dated else None
    emit(writer.write(rules_page.Rules(rules_page.listed(), about)), options.output)
