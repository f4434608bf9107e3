"""The options that commands share: each declared once, packed into one value per group."""

import copy
import inspect
from collections.abc import Callable, Iterable
from typing import Annotated, Any, NamedTuple

from typer import Option

from mali_chrono.cli.completion import complete
from mali_chrono.cli.output import boundary

COLORS = ("auto", "always", "never")
_BY_ANY = "by id or any name, and who was part of it then; NAME:ROLE in that role."
_WHEN, _WHO, _WHAT, _HOW = "When", "Who and where", "What", "Output"

StoreOption = Annotated[
    str | None,
    Option("--store", metavar="DIR", help="Read this store; else $CHRONO_STORE, the nearest upward, the shipped one.",
           rich_help_panel="Other"),
]  # fmt: skip
Color = Annotated[
    str, Option("--color", metavar="WHEN", help="auto, always or never; NO_COLOR is honoured.", rich_help_panel=_HOW,
                autocompletion=complete(*COLORS)),
]  # fmt: skip
Today = Annotated[
    str | None,
    Option("--today", metavar="DATE", help="Take this day for today ($CHRONO_TODAY).", rich_help_panel=_WHEN),
]
OutputFile = Annotated[
    str | None,
    Option("--output", "-o", metavar="FILE", help="Write to FILE; its extension says the format.",
           rich_help_panel=_HOW),
]  # fmt: skip


def _name_option(kind: str, what: str, panel: str) -> Any:
    return Annotated[
        list[str] | None,
        Option(f"--{kind}", metavar="NAME", help=what, rich_help_panel=panel, autocompletion=complete(kind=kind)),
    ]


class FilterOptions(NamedTuple):
    """The shared filters: a repeated option gives alternatives, different options must all hold."""

    since: Annotated[
        list[str] | None,
        Option("--since", metavar="DATE", rich_help_panel=_WHEN, autocompletion=complete(kind="date"),
               help="From the first day of DATE on: 2020, 2020-06, 'March 2020', 1990s, '500 BC', 30d, EDTF; or the id"
               " of an event, the id or name of a period or an actor, for its time."),
    ] = None  # fmt: skip
    until: Annotated[
        list[str] | None,
        Option("--until", metavar="DATE", rich_help_panel=_WHEN, autocompletion=complete(kind="date"),
               help="Up to the last day of DATE."),
    ] = None  # fmt: skip
    in_: Annotated[
        list[str] | None,
        Option("--in", metavar="DATE", rich_help_panel=_WHEN, autocompletion=complete(kind="time"),
               help="Within DATE, or a span A..B; on a day of any year: XXXX-03-22; repeated, within one of them."),
    ] = None  # fmt: skip
    covers: Annotated[
        bool, Option("--covers", help="Also what speaks of that time, told at another.", rich_help_panel=_WHEN)
    ] = False
    must: Annotated[
        bool, Option("--must", help="Only what surely falls in that time, not what may.", rich_help_panel=_WHEN)
    ] = False
    within: Annotated[
        bool, Option("--within", help="Only what lies wholly inside that time.", rich_help_panel=_WHEN)
    ] = False
    today: Today = None
    actor: _name_option("actor", f"This actor, {_BY_ANY}", _WHO) = None  # type: ignore[valid-type]
    company: Annotated[
        list[str] | None,
        Option("--with", metavar="NAME", rich_help_panel=_WHO, autocompletion=complete(kind="actor"),
               help="This actor took part too, in another part; each of several. NAME:ROLE as for --actor."),
    ] = None  # fmt: skip
    role: _name_option("role", "In this role; for each --actor without a role of its own.", _WHO) = None  # type: ignore[valid-type]
    direct: Annotated[
        bool,
        Option("--direct", help="Actors and places themselves, not members or places within.", rich_help_panel=_WHO),
    ] = False
    no_members: Annotated[bool, Option("--no-members", hidden=True)] = False
    place: _name_option("place", "This place, or one within it; NAME:50km is around its point.", _WHO) = None  # type: ignore[valid-type]
    region: _name_option("region", "This region, or country.", _WHO) = None  # type: ignore[valid-type]
    type: _name_option("type", "This type or category of event.", _WHAT) = None  # type: ignore[valid-type]
    tag: _name_option("tag", "With this tag.", _WHAT) = None  # type: ignore[valid-type]
    source: _name_option("source", "Told by this source document.", _WHAT) = None  # type: ignore[valid-type]
    outlet: _name_option("outlet", "Reported by this outlet.", _WHAT) = None  # type: ignore[valid-type]
    min: Annotated[
        list[str] | None,
        Option("--min", metavar="KIND=N", rich_help_panel=_WHAT, autocompletion=complete(kind="least"),
               help="At least N of a kind of toll, by the best figure; each of several."),
    ] = None  # fmt: skip
    min_killed: Annotated[str | None, Option("--min-killed", hidden=True)] = None
    disputed: Annotated[
        bool, Option("--disputed", help="Only events whose figures contradict each other.", rich_help_panel=_WHAT)
    ] = False
    confirmed: Annotated[
        bool,
        Option("--confirmed", help="Only what is in no doubt, the part that matches too.", rich_help_panel=_WHAT),
    ] = False
    text: Annotated[
        list[str] | None,
        Option("--match", "-m", metavar="TEXT", rich_help_panel=_WHAT,
               help='All words of TEXT, in any case and with or without accents; "a phrase", prefix*, -not.'),
    ] = None  # fmt: skip
    exclude: Annotated[
        list[str] | None,
        Option("--exclude", metavar="KEY=VALUE", rich_help_panel=_WHAT, autocompletion=complete(kind="exclude"),
               help="Leave out, e.g. type=report or role=author."),
    ] = None  # fmt: skip
    limit: Annotated[
        int | None, Option("--limit", "-n", metavar="N", min=0, help="At most N events.", rich_help_panel=_HOW)
    ] = None
    sort: Annotated[
        str,
        Option("--sort", metavar="KEY", rich_help_panel=_HOW, autocompletion=complete("date", kind="toll"),
               help="date, or a kind of toll: the largest best figure first."),
    ] = "date"  # fmt: skip
    reverse: Annotated[bool, Option("--reverse", help="The other way round.", rich_help_panel=_HOW)] = False


class CardOptions(NamedTuple):
    """How one record in full is written, and where."""

    format: str | None = None
    output: OutputFile = None
    color: Color = "auto"
    store: StoreOption = None


class ExpectOptions(NamedTuple):
    """What is expected of a number that a command counts; the command says of which (`expected`)."""

    expect: Annotated[str | None, Option("--expect", metavar="TEST", rich_help_panel=_HOW)] = None


def expected(what: str) -> str:
    """The help of --expect where it is held against the number of something."""
    return f"Exit 1 unless the number of {what} satisfies e.g. '>=1', '==0', '10..20'."


class OutputOptions(NamedTuple):
    """How an answer is written, and where."""

    format: str | None = None
    output: OutputFile = None
    fields: Annotated[
        str | None,
        Option(
            "--fields",
            metavar="A,B,C",
            help="Show these fields; an unknown one lists them all.",
            rich_help_panel=_HOW,
            autocompletion=complete(kind="fields"),
        ),
    ] = None
    only_count: Annotated[bool, Option("--count", help="Only the number of events.", rich_help_panel=_HOW)] = False
    expect: Annotated[
        str | None,
        Option("--expect", metavar="TEST", rich_help_panel=_HOW,
               help="Exit 1 unless the count satisfies e.g. '>=1', '==0', '10..20'."),
    ] = None  # fmt: skip
    color: Color = "auto"
    store: StoreOption = None


def _format_option(formats: Iterable[str]) -> Any:
    """The option that chooses one of some formats; the first is the usual one, but for `plain` in a pipe."""
    usual, *others = formats
    if usual == "table":
        others.remove("plain")
        usual += " on a terminal, plain in a pipe"
    text = f"{usual}; {', '.join(others)}."
    return Annotated[
        str | None,
        Option("--format", "-f", metavar="FORMAT", help=text, rich_help_panel=_HOW, autocompletion=complete(*formats)),
    ]


def _reworded(hint: Any, text: str) -> Any:
    """An option with another help text; with none it is not told of."""
    option = copy.copy(hint.__metadata__[0])
    option.help, option.hidden = text, not text
    return Annotated[hint.__origin__, option]


def shared(formats: Iterable[str] = (), **helps: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of every group its parameters are annotated with, and the error boundary.

    `formats` are those of its page, `helps` what an option says here in place of its usual help. The command is called
    with one value per group; Typer sees each option by itself.
    """

    def annotate(field: str, hint: Any) -> Any:
        if field == "format":
            return _format_option(formats)
        return _reworded(hint, helps[field]) if field in helps else hint

    def wrap(function: Callable[..., None]) -> Callable[..., None]:
        own, groups = [], {}
        for name, parameter in inspect.signature(function).parameters.items():
            if hasattr(parameter.annotation, "_fields"):
                groups[name] = parameter.annotation
            else:
                own.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
        packed = [
            inspect.Parameter(
                field,
                inspect.Parameter.KEYWORD_ONLY,
                default=group._field_defaults[field],
                annotation=annotate(field, hint),
            )
            for group in groups.values()
            for field, hint in group.__annotations__.items()
        ]

        def command(**values: Any) -> None:
            with boundary():
                for name, group in groups.items():
                    values[name] = group(**{field: values.pop(field) for field in group._fields})
                function(**values)

        command.__doc__ = function.__doc__
        command.__name__ = function.__name__
        command.__signature__ = inspect.Signature([*own, *packed])  # type: ignore[attr-defined]
        return command

    return wrap
