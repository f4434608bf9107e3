"""What a command takes, read from the signature of its function: no command is built for it."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, get_args, get_origin

from typer.models import ArgumentInfo, OptionInfo

from mali_chrono.cli.completion import Offer


class Param(NamedTuple):
    """An option by its names, or an argument (which has none).

    `takes` a value; `many` of them; `metavar` stands for it; `offer` is its completion, of the words before and the
    text typed so far.
    """

    names: tuple[str, ...]
    takes: bool
    many: bool
    metavar: str
    help: str
    offer: Offer | None


def read_params(function: Callable[..., Any]) -> list[Param]:
    """The parameters of a command's function that are not hidden, in order."""
    params = []
    for parameter in inspect.signature(function).parameters.values():
        if get_origin(parameter.annotation) is None:
            continue
        hint, *notes = get_args(parameter.annotation)
        info = next((note for note in notes if isinstance(note, ArgumentInfo | OptionInfo)), None)
        if info is None or info.hidden:
            continue
        # In an annotation Typer keeps the first name as the default.
        names = [name for name in (info.default, *(info.param_decls or ())) if isinstance(name, str)]
        many = any(get_origin(kind) is list for kind in (hint, *get_args(hint)))
        params.append(
            Param(tuple(names), hint is not bool, many, info.metavar or "", info.help or "", info.autocompletion)
        )
    return params


def find_option(params: Sequence[Param], name: str) -> Param | None:
    """The option of a name, if there is one."""
    return next((param for param in params if name in param.names), None)


def read_arguments(params: Sequence[Param], words: Sequence[str]) -> list[str]:
    """The words of a command line after the command's name that are neither options nor values of options."""
    found: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            return [*found, *rest]
        if not word.startswith("-") or word == "-":
            found.append(word)
        elif (param := find_option(params, word)) and param.takes:
            next(rest, None)
    return found
