"""The group of commands. Only the invoked one is built: building all of them costs more than most answers."""

import importlib
from collections.abc import Sequence
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from mali_chrono import __version__
from mali_chrono.cli import output

# Each command's function is named like its module.
COMMANDS = {
    "timeline": "What happened: matching events, oldest first.",
    "show": "Everything about an event: claims side by side, sources, links.",
    "actor": "The actors; or one's history: lineage, leaders, allies, figures, timeline.",
    "lineage": "Who came from whom: mergers, splits, renames and umbrellas.",
    "source": "The documents, and which of their lines are cited by which events.",
    "at": "The state of play on a day: periods, offices, armed groups, alliances.",
    "summary": "Counts and sums by year, type, actor, place and more; cross tables.",
    "check": "Every problem in the store, in one run.",
    "verify": "Is everything printed where it is cited, and everything printed told.",
}
HELP = "Answers questions about a chronology and proves its answers."
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(TyperCommand):
    """A command whose help groups its options under headings."""

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


class Commands(TyperGroup):
    """A group that knows its commands' names and imports one only to run it."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands = cast("Any", dict.fromkeys(COMMANDS))  # names, for did-you-mean

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is Typer's
        """The commands' names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import and build one command; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        function = getattr(importlib.import_module(f"mali_chrono.cli.{cmd_name}"), cmd_name)
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name=cmd_name, cls=Command, context_settings=SETTINGS)(function)
        return typer.main.get_command(app)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write each command's line without building it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _say_version(wanted: bool) -> None:
    if wanted:
        from mali_chrono.cli.environment import store_version

        output.emit(f"chrono {__version__}\n{store_version()}\n")
        raise typer.Exit


app = typer.Typer(cls=Commands, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=SETTINGS)


@app.callback(invoke_without_command=True, help=HELP, epilog="chrono COMMAND -h tells all about a command.")
def chrono(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool,
        typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version and the store, and end."),
    ] = False,
) -> None:
    """Show the help when no command is named."""
    if ctx.invoked_subcommand is None:
        output.emit(ctx.get_help() + "\n")


def run(args: Sequence[str]) -> int:
    """Run a command line and give its exit code; every error that is a person's to mend is told in one message."""
    try:
        typer.main.get_command(app)(args=list(args), prog_name="chrono")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # Typer ends so where its own writing meets one
            return 0
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except OSError as fault:  # Typer's own writing, of a help text: ours is caught where it happens
        output.silence()
        output.say(f"error: cannot write to standard output: {fault.strerror or fault}")
        return 1
    return 0
