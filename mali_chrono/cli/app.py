"""The group of commands. Only the invoked one is built: building all of them costs more than most answers."""

import importlib
import os
from collections.abc import Callable, Sequence
from functools import cache
from keyword import iskeyword
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from mali_chrono import __version__
from mali_chrono.cli import output
from mali_chrono.cli.completion import SHELLS, complete
from mali_chrono.errors import UsageError
from mali_chrono.text import visible

# Each command's function is named like its module, which is named like the command; a keyword gets a `_`.
COMMANDS = {
    "timeline": "What happened: matching events, oldest first.",
    "show": "Everything about an event, actor, place, period, document or type.",
    "list": "Every value of a kind: types, places, tags, outlets, how often each.",
    "actor": "The actors; or one's history: lineage, leaders, allies, figures, timeline.",
    "lineage": "Who came from whom: mergers, splits, renames and umbrellas.",
    "source": "The documents, and which of their lines are cited by which events.",
    "at": "The state of play on a day: periods, offices, groups, alliances.",
    "summary": "Counts and sums by year, type, actor, place and more; cross tables.",
    "plot": "A picture of what filters find: years, lanes, map or matrix.",
    "brief": "A dated text of what happened, with figures and numbered documents.",
    "compare": "The record beside a dataset: which event is which row, what differs.",
    "export": "The store, or what filters find, as tables: SQLite, csv, Parquet.",
    "import": "The rows of a table as events, each citing its row: ACLED, UCDP, yours.",
    "init": "A new chronology in a folder, empty or with an example.",
    "new": "A record to fill in, or put into its file at its place.",
    "edit": "Open a record in your editor, and check its file after.",
    "check": "Every problem in the store, in one run.",
    "diff": "What changed between two revisions or folders, record by record.",
    "verify": "Is everything printed where it is cited, and everything printed told.",
    "fmt": "The store's files in one layout, every comment kept.",
    "schema": "What a store's files and chrono's answers hold, as JSON Schema.",
}
HELP = "Answers questions about a chronology and proves its answers."
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def load_command(name: str) -> Callable[..., None]:
    """The function of a command, its module imported."""
    module = importlib.import_module(f"mali_chrono.cli.{name}{'_' * iskeyword(name)}")
    function = getattr(module, name, None) or getattr(module, f"{name}_")  # no builtin is hidden
    return cast("Callable[..., None]", function)


def _show_help(ctx: Any, param: Any, wanted: bool) -> None:  # noqa: ARG001 - the signature is Typer's
    if wanted and not ctx.resilient_parsing:
        output.emit(ctx.get_help() + "\n", paged=False)
        raise typer.Exit


class _Helpful:
    """What has a help that is written as answers are."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows it."""
        option = cast("Any", super()).get_help_option(ctx)
        option.callback = _show_help
        return option


class Command(_Helpful, TyperCommand):
    """A command whose help groups its options under headings, and that says what to type instead of an argument."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse the arguments that are left over."""
        words = list(args)
        extra = super().parse_args(ctx, args)
        if extra:
            from mali_chrono.cli.misuse import explain_arguments

            raise UsageError(explain_arguments(str(self.name), extra, words, load_command))
        return extra

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options of each heading (their `rich_help_panel`)."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record:
                heading = getattr(param, "rich_help_panel", None) or "Other"
                groups.setdefault("Arguments" if param.param_type_name == "argument" else heading, []).append(record)
        for heading, records in groups.items():
            with formatter.section(heading):
                formatter.write_dl(records)


class Commands(_Helpful, TyperGroup):
    """A group that knows its commands' names and imports one only to run it."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands = cast("Any", dict.fromkeys(COMMANDS))  # names, for did-you-mean

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is Typer's
        """The commands' names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import and build one command; None when there is none of that name."""
        return _built(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named. Raises UsageError that says what to type instead where there is none."""
        if args[0] not in COMMANDS:
            from mali_chrono.cli.misuse import explain_command

            raise UsageError(explain_command(args, COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write each command's line without building it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@cache
def _built(name: str) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    settings = {**SETTINGS, "allow_extra_args": True}  # refused by the command, in better words
    app.command(name=name, cls=Command, context_settings=settings)(load_command(name))
    return typer.main.get_command(app)


def _say_version(wanted: bool) -> None:
    if wanted:
        from mali_chrono.cli.environment import store_version

        output.emit(f"chrono {__version__}\n{store_version()}\n", paged=False)
        raise typer.Exit


def _show_completion(shell: str | None) -> None:
    if shell is not None:
        from mali_chrono.cli.shells import script_for

        output.emit(script_for(shell), paged=False)
        raise typer.Exit


def _install_completion(shell: str | None) -> None:
    if shell is not None:
        from mali_chrono.cli.shells import install

        output.emit(install(shell) + "\n", paged=False)
        raise typer.Exit


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)


@app.callback(invoke_without_command=True, help=HELP, epilog="chrono COMMAND -h tells all about a command.")
def chrono(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback answers, as those below
        bool,
        typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version and the store, and end."),
    ] = False,
    install_completion: Annotated[  # noqa: ARG001
        str | None,
        typer.Option(
            "--install-completion",
            metavar="[SHELL]",
            is_eager=True,
            callback=_install_completion,
            help="Let this shell, or bash, zsh or fish, complete what is typed.",
            autocompletion=complete(*SHELLS),
        ),
    ] = None,
    show_completion: Annotated[  # noqa: ARG001
        str | None,
        typer.Option(
            "--show-completion",
            metavar="[SHELL]",
            is_eager=True,
            callback=_show_completion,
            help="Write the script that does it.",
            autocompletion=complete(*SHELLS),
        ),
    ] = None,
) -> None:
    """Show the help when no command is named."""
    if ctx.invoked_subcommand is None:
        output.emit(ctx.get_help() + "\n", paged=False)


@cache
def _whole() -> Any:
    return typer.main.get_command(app)


def run(args: Sequence[str]) -> int:
    """Run a command line and give its exit code; every error that is a person's to mend is told in one message."""
    try:
        if os.environ.get("_CHRONO_COMPLETE"):
            from mali_chrono.cli.tab import answer_tab

            output.emit(answer_tab(os.environ, COMMANDS, load_command, chrono), paged=False)
            return 0
        ended = _whole()(args=_spell_out(args), prog_name="chrono", standalone_mode=False)
    except UnicodeEncodeError:  # Python keeps such bytes as halves of characters, which nothing can look up
        what = "an argument" if any(not _is_text(arg) for arg in args) else "a path"
        output.say(f"error: {what} holds bytes that are no UTF-8")
        return 2
    except Exception as fault:
        code = output.explain(fault)
        if code is not None:
            return code
        if not hasattr(fault, "format_message"):  # what Typer tells a person has this
            raise
        output.say(f"error: {visible(_explain(fault, args))}")
        return 2
    return ended if isinstance(ended, int) else 0


def _is_text(arg: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in arg)


def _spell_out(args: Sequence[str]) -> list[str]:
    """Arguments as Typer takes them: `help COMMAND` is its -h; a completion without a shell is for this one."""
    args = list(args)
    if args[:1] == ["help"]:
        return [*args[1:2], "--help"]
    return [*args, "auto"] if args[-1:] in (["--install-completion"], ["--show-completion"]) else args


def _explain(fault: Any, args: Sequence[str]) -> str:
    """What is wrong with a command line in Typer's eyes, and what to type instead."""
    if name := getattr(fault, "option_name", "") if hasattr(fault, "possibilities") else "":
        from mali_chrono.cli.misuse import explain_option

        return explain_option(name, args, COMMANDS, load_command)
    said = fault.format_message().rstrip(".")
    ctx = getattr(fault, "ctx", None)
    return f"{said[:1].lower()}{said[1:]}" + (f"; `{ctx.command_path} -h` tells more" if ctx else "")
