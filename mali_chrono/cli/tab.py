"""Answers the Tab key: a command line as far as it is typed -> what may follow, for a shell to read.

Nothing that comes from a store may run or break anything in a shell: a value that no line of a terminal can show is
left out, one with characters that a shell reads is quoted, a help text loses them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from mali_chrono.cli.completion import SHELLS, begin_with
from mali_chrono.cli.grammar import Param, find_option, read_arguments, read_params
from mali_chrono.text import visible

Load = Callable[[str], Callable[..., Any]]
FILES, FOLDERS = "files", "folders"
_PATHS = {"FILE": FILES, "DIR": FOLDERS}
_HELP = ("--help", "Show this message and exit.")
_BARE = re.compile(r"[\w@%+=:,./-]")
_MUTE = str.maketrans("'", "’", '\\$"`')


class Tab(NamedTuple):
    """What may follow: values with what they are; or `paths`, the names of files or folders."""

    pairs: Sequence[tuple[str, str]] = ()
    paths: str = ""


class Line(NamedTuple):
    """A command line up to the cursor: its words, and the one that is typed, as it stands and without its quotes.

    `quote` is the quotation mark that is open in it, `at` where that stands.
    """

    words: list[str]
    raw: str
    word: str
    quote: str
    at: int


def read_line(text: str, escape: str = "\\") -> Line:
    """Take a command line apart as a shell does, an open quotation at its end allowed."""
    words: list[str] = []
    word, quote, start, at = "", "", None, -1
    i = 0
    while i < len(text):
        c = text[i]
        if quote:
            if c == quote:
                quote = ""
            elif c == escape and quote == '"' and i + 1 < len(text) and text[i + 1] in '\\"$`':
                i += 1
                word += text[i]
            else:
                word += c
        elif c.isspace():
            if start is not None:
                words.append(word)
            word, start = "", None
        else:
            start = i if start is None else start
            if c in "\"'":
                quote, at = c, i - start
            elif c == escape:
                i += 1
                word += text[i : i + 1]
            else:
                word += c
        i += 1
    return Line(words, text[start:] if start is not None else "", word, quote, at if quote else -1)


def find_tab(words: Sequence[str], typed: str, commands: Mapping[str, str], load: Load, own: Any) -> Tab:
    """What may follow some words of a command line, `chrono` apart.

    `commands` are names with what they do, `load` gives the function of one, `own` is that of `chrono` itself.
    """
    if (words and re.fullmatch(r"[0-9&]*[<>]{1,2}", words[-1])) or typed[:1] in ("<", ">"):
        return Tab(paths=FILES)
    at = next((i for i, word in enumerate(words) if word in commands or word == "help"), None)
    if at is None or words[at] == "help":
        params = read_params(own)
        if (not words or at is not None) and not typed.startswith("-"):
            return Tab(begin_with(commands.items(), typed))
        return _find_value(params, words, typed) if not words or words[0].startswith("-") else Tab()
    params = read_params(load(words[at]))
    return _find_value(params, words[at:], typed)


def _find_value(params: Sequence[Param], words: Sequence[str], typed: str) -> Tab:
    option = find_option(params, words[-1]) if words and "--" not in words else None
    if option and option.takes:
        return _offer(option, words[:-1], typed)
    if typed.startswith("-") and "--" not in words:
        name, equals, value = typed.partition("=")
        if not equals:
            return Tab(begin_with(_options(params), typed))
        option = find_option(params, name)
        offered = _offer(option, words, value) if option and option.takes else Tab()
        return offered._replace(pairs=[(f"{name}={found}", told) for found, told in offered.pairs])
    arguments = [param for param in params if not param.names]
    count = len(read_arguments(params, words[1:]))
    left = arguments[count:] or [param for param in arguments[-1:] if param.many]
    return _offer(left[0], words, typed) if left else Tab(() if typed else _options(params))


def _options(params: Sequence[Param]) -> list[tuple[str, str]]:
    return [(max(param.names, key=len), param.help) for param in params if param.names] + [_HELP]


def _offer(param: Param, words: Sequence[str], typed: str) -> Tab:
    if param.offer:
        return Tab(param.offer(list(words), typed))
    return Tab(paths=_PATHS.get((param.metavar or "").strip("[]."), ""))


def write_tab(shell: str, tab: Tab, line: Line, breaks: str = "") -> str:
    """What a script reads: a line with how to take them (open: no space follows; menu; files; folders), then a value
    a line, for all but bash with a tab and what to show.

    `breaks` are the characters at which bash parts words.
    """
    pairs = [(value, told) for value, told in dict(tab.pairs).items() if value and visible(value) == value]
    how = [tab.paths] if tab.paths else []
    if pairs and all(value[-1] in "=-:" for value, _ in pairs):
        how.append("open")
    if shell == "bash":
        lines = _for_bash([value for value, _ in pairs], line, breaks)
    else:
        if not _extends(line.word, [value for value, _ in pairs]):
            how.append("menu")
        lines = [f"{_quote_power(value) if shell == 'powershell' else value}\t{_show(shell, value, mute(told))}"
                 for value, told in pairs]  # fmt: skip
    return "".join(f"{text}\n" for text in (" ".join(how) or "-", *lines))


def mute(text: str) -> str:
    """A help text on one line without what a shell or a terminal would obey."""
    return " ".join("".join(c for c in text.translate(_MUTE) if visible(c) == c or c.isspace()).split())


def _show(shell: str, value: str, told: str) -> str:
    if shell == "zsh":
        return f"{value}  -- {told}" if told else value
    return told or (value if shell == "powershell" else "")


def _extends(typed: str, values: Sequence[str]) -> bool:
    """Whether what all values begin with goes on from what was typed, so that a shell may put it there."""
    return len(values) == 1 or all(value.casefold().startswith(typed.casefold()) for value in values)


def _for_bash(values: Sequence[str], line: Line, breaks: str) -> list[str]:
    """Values as bash puts them: quoted, and without what stands before the part of the word that it replaces."""
    if line.quote:
        kept = read_line(line.raw[: line.at]).word
        inner = [value[len(kept) :] for value in values if value.startswith(kept)]
        # Within double quotes nothing quotes a "!"; after a quotation mark bash puts none to close what is open.
        fitting = [text for text in inner if not text.endswith(line.quote) and (line.quote == "'" or "!" not in text)]
        offered = [_escape_inside(text, line.quote) for text in fitting]
        typed = line.raw[line.at + 1 :]
    else:
        part = max((i for i, c in enumerate(line.raw) if c in breaks and c in ":=@"), default=-1) + 1
        offered = [text[part:] for text in map(_escape, values) if text.startswith(line.raw[:part])]
        typed = line.raw[part:]
    # Where the beginning that all share would take away from what was typed, a blank keeps bash from putting it there.
    return offered if len(offered) < 2 or _extends(typed, offered) else [*offered, " "]


def _escape(text: str) -> str:
    return "".join(c if _BARE.match(c) else f"\\{c}" for c in text)


def _escape_inside(text: str, quote: str) -> str:
    return text.replace("'", "'\\''") if quote == "'" else re.sub(r'([\\"$`])', r"\\\1", text)


def _quote_power(text: str) -> str:
    return text if re.fullmatch(r"[\w.:=/+-]+", text) else "'" + re.sub("(['‘’‚‛])", r"\1\1", text) + "'"


def answer_tab(environ: Mapping[str, str], commands: Mapping[str, str], load: Load, own: Any) -> str:
    """The answer to a script of cli/shells.py; also to Typer's of old: plain values to bash, a hint to zsh."""
    asked = environ["_CHRONO_COMPLETE"]
    shell = asked.removeprefix("complete_")
    if asked == "complete_zsh":
        return "_message -r 'chrono --install-completion renews this completion'\n"
    text = environ.get("_CHRONO_LINE")
    if text is None and shell == "bash":
        words = re.split(r"[\n ]", environ.get("COMP_WORDS", ""))
        text = " ".join(words[: int(environ.get("COMP_CWORD", "0")) + 1])
    if text is None or shell not in SHELLS:
        return ""
    line = read_line(text, "`" if shell == "powershell" else "\\")
    tab = find_tab(line.words[1:], line.word, commands, load, own)
    answer = write_tab(shell, tab, line, environ.get("_CHRONO_BREAKS", ""))
    return answer if "_CHRONO_LINE" in environ else answer.partition("\n")[2]
