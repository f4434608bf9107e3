"""What to type instead: wrong options, arguments and commands answered with those that exist."""

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mali_chrono.cli.grammar import Param, find_option, read_arguments, read_params
from mali_chrono.errors import ChronoError, did_you_mean
from mali_chrono.render.formats import meant_by
from mali_chrono.text import listing

Load = Callable[[str], Callable[..., Any]]

# Names that people give to options, by the option that exists.
_OTHER_NAMES = {
    "--since": ("from", "after", "start", "begin", "start-date", "newer"),
    "--until": ("to", "before", "end", "till", "end-date", "older"),
    "--in": ("on", "during", "when", "date", "year", "month", "period", "between"),
    "--actor": ("who", "by-actor", "name", "party"),
    "--with": ("and", "against", "versus", "vs"),
    "--place": ("where", "location", "near", "at", "city", "town"),
    "--region": ("country", "state", "admin1"),
    "--type": ("kind", "category", "event-type", "sub-event-type"),
    "--match": ("search", "find", "grep", "text", "query", "word", "words", "keyword", "contains", "title"),
    "--source": ("document", "cites", "cite"),
    "--outlet": ("publisher", "newspaper", "media"),
    "--min": ("deaths", "dead", "killed", "fatalities", "min-deaths", "min-dead"),
    "--by": ("group-by", "group", "per"),
    "--limit": ("max", "head", "first"),
    "--top": ("limit",),
    "--sort": ("order", "order-by", "sort-by"),
    "--reverse": ("desc", "descending", "newest-first"),
    "--fields": ("columns", "cols", "select"),
    "--output": ("out", "file", "save", "save-as"),
    "--store": ("data", "dir", "folder"),
}
# Formats that people ask for; those there are, with their other names, stand in render/formats.py.
_ASKED_FORMATS = ("ics", "geojson", "kml", "gpx", "tex", "latex", "xml", "yaml")
_NEGATIONS = ("not", "no", "exclude", "without", "except", "ignore", "skip")
# Words that people take for commands, by what answers them; `{}` is for the words that follow.
_COMMANDS = {
    "search": "timeline -m {}", "find": "timeline -m {}", "grep": "timeline -m {}", "query": "timeline -m {}",
    "events": "timeline", "event": "show {}", "log": "timeline", "ls": "timeline", "history": "actor {}",
    "info": "show {}", "get": "show {}", "view": "show {}", "cat": "show {}", "open": "show {}",
    "actors": "actor", "groups": "actor", "who": "actor {}", "sources": "source", "documents": "source",
    "places": "list places", "regions": "list regions", "types": "list types", "categories": "list categories",
    "periods": "list periods", "tags": "list tags", "roles": "list roles", "outlets": "list outlets",
    "tree": "lineage", "family": "lineage {}", "state": "at {}", "on": "at {}", "count": "summary",
    "stats": "summary", "sum": "summary", "validate": "check", "lint": "check", "prove": "verify",
    "version": "--version", "add": "new {}", "create": "new {}", "insert": "new {}",
    "changes": "diff", "changelog": "diff", "review": "diff",
}  # fmt: skip
_MEANT = {"event": "ID", "history": "NAME", "info": "ID", "get": "ID", "view": "ID", "cat": "ID", "open": "ID",
          "who": "NAME", "family": "NAME", "state": "DATE", "on": "DATE", "add": "KIND", "create": "KIND",
          "insert": "KIND"}  # fmt: skip

# Arguments that are never several words.
_ONE_WORD = ("KIND", "FILE|DIR")


def explain_command(words: Sequence[str], commands: Mapping[str, str]) -> str:
    """What to type instead of a command that there is not; `words` begin with its name."""
    name, *rest = words
    told = f"chrono has no command '{name}'"
    meant = _COMMANDS.get(name.lower(), "")
    if meant.split(" ")[0] in commands or meant.startswith("-"):
        words = rest if meant.startswith(("show", "new")) else [" ".join(rest)]
        return f"{told}: use `chrono {meant.format(_joined(words) or _MEANT.get(name.lower(), 'TEXT'))}`"
    return f"{told}: {did_you_mean(name.lower(), commands, 1) or 'it has ' + listing(list(commands))}"


def explain_option(name: str, words: Sequence[str], commands: Mapping[str, str], load: Load) -> str:
    """What to type instead of an option that there is not, in a command line of some words (without `chrono`)."""
    command = words[0] if words[0] in commands else ""
    told = f"chrono {command}".rstrip() + f" has no option '{name}'"
    if not command:
        if find_option(read_params(load("timeline")), name):
            return f"{told}; options follow a command: `chrono timeline {_joined(words)}`"
        return told
    params = read_params(load(command))
    value = _value_after(name, words)
    if instead := _instead(name, value, params):
        return f"{told}: {instead}"
    others = [f"`chrono {other}`" for other in commands if find_option(read_params(load(other)), name)]
    if others:
        return f"{told}, but {listing(others)} {'has' if len(others) == 1 else 'have'}"
    names = [option for param in params for option in param.names if option.startswith("--")]
    if hint := did_you_mean(name, names):
        return f"{told}: {hint}"
    return f"{told}; `chrono {command} -h` lists them"


def _instead(name: str, value: str, params: Sequence[Param]) -> str:
    word = name.lstrip("-").lower().replace("_", "-")
    option = find_option(params, "--format")
    if option and option.offer and (meant_by(word) or word in _ASKED_FORMATS):
        formats = [offered for offered, _ in option.offer([], "")]
        shape = meant_by(word, formats)
        return f"use --format {shape}" if shape else f"--format takes {listing(formats, 'or')}"
    negation, _, key = word.partition("-")
    if negation in _NEGATIONS and find_option(params, "--exclude"):
        key = key or ("actor" if negation == "without" else "")
        keys = [offered[:-1] for offered, _ in _offer(params, "--exclude")]
        if key in keys:
            return f"use --exclude {shlex.quote(f'{key}={value}') if value else f'{key}={key.upper()}'}"
    for other, names in _OTHER_NAMES.items():
        if word in names and (param := find_option(params, other)):
            return "use " + " ".join(filter(None, [other, (_joined([value]) or param.metavar) if param.takes else ""]))
    return ""


def _offer(params: Sequence[Param], name: str) -> list[tuple[str, str]]:
    param = find_option(params, name)
    return param.offer([], "") if param and param.offer else []


def _value_after(name: str, words: Sequence[str]) -> str:
    """What was typed as the value of an option: after its `=`, or the next word."""
    for i, word in enumerate(words):
        if word.startswith(f"{name}="):
            return word[len(name) + 1 :]
        if word == name:
            following = words[i + 1 : i + 2]
            return following[0] if following and not following[0].startswith("-") else ""
    return ""


def explain_arguments(command: str, extra: Sequence[str], words: Sequence[str], load: Load) -> str:
    """What to type instead of arguments that a command does not take; `words` are those after its name."""
    params = read_params(load(command))
    taken = [param.metavar.strip("[]") for param in params if not param.names]
    typed = read_arguments(params, words)
    if len(taken) > 1:
        return f"chrono {command} takes {listing(taken)}, not '{extra[0]}' too"
    if taken and taken[0] not in _ONE_WORD:
        return f"chrono {command} takes one {taken[0]}: `chrono {command} {_joined([' '.join(typed)])}`"
    told = f"chrono {command} takes {f'one {taken[0]}, not' if taken else 'no argument'} '{extra[0]}'"
    if not find_option(params, "--match"):
        return f"{told}; `chrono {command} -h` tells its options"
    text = " ".join(extra)
    kinds = [*_kinds_of(text, words), "match"]
    begun = _joined([command, *typed[: len(taken)]])
    offers = [f"`chrono {begun} {'-m' if kind == 'match' else '--' + kind} {_joined([text])}`" for kind in kinds]
    return f"{told}: use {listing(offers, 'or')}"


def _kinds_of(text: str, words: Sequence[str]) -> Iterable[str]:
    """The filters whose name a text is, in the store that would be read."""
    from mali_chrono.answers.names import KINDS, ids_of
    from mali_chrono.cli.completion import chosen_store
    from mali_chrono.cli.environment import answer, find_store

    if text[:4].isdecimal():
        return ["in"]
    try:
        store = find_store(chosen_store(words))
        return answer(store, lambda asked: [key for key, kinds in KINDS.items() if ids_of(asked, kinds, text)])
    except ChronoError:
        return ["actor"]


def _joined(words: Sequence[str]) -> str:
    """Words as a shell takes them; quoted where they have to be."""
    return shlex.join(word for word in words if word)
