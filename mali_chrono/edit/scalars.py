"""One text -> how YAML writes it: plain where every reader takes it for that text, else quoted, folded or literal."""

import re
from collections.abc import Iterator
from functools import lru_cache

from mali_chrono.store.decode import CONTROL

# What begins a plain text in no reader, or in none that a person trusts.
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`~"
# What ends a plain text, or makes a name of it; inside brackets more does.
_ENDS = re.compile(r":(?=\s|$)|\s#")
_FLOW_ENDS = re.compile(r"[,\[\]{}?]")
# What YAML 1.1 or 1.2 (core schema) takes for something else than a text.
_OTHER = re.compile(
    r"=|<<|null|true|false|yes|no|on|off|y|n"
    r"|[-+]?(?:0b[01_]+|0o[0-7]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?)"
    r"|[-+]?\.(?:[0-9][0-9_.]*(?:e[-+]?[0-9]+)?|inf)|\.nan"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|\s+)[0-9].*)?",
    re.IGNORECASE,
)
# What may stand unquoted though readers take it for a number, a date or a truth value, by the form of its field.
_BARE = {
    "date": re.compile(r"[1-9][0-9]{3}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*)?"),
    "figure": re.compile(r"0|[1-9][0-9]*"),
    "integer": re.compile(r"0|[1-9][0-9]*"),
    "number": re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"),
    "flag": re.compile(r"true|false"),
}
# What only an escape can hold in YAML, or chrono refuses (decode.CONTROL).
_ESCAPED = re.compile(f"[\t\n\r\x85{CONTROL.pattern[1:-1]}\ud800-\udfff\ufffe\uffff]")
_ESCAPED_OR_QUOTE = re.compile(_ESCAPED.pattern[:-1] + r'"\\]')
_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0", "\x1b": "\\e", '"': '\\"', "\\": "\\\\"}
_ONE_BLANK = re.compile(r"(?<! ) (?! )")


@lru_cache(16384)  # few texts that are short differ
def scalar(text: str, form: str = "text", *, flow: bool = False) -> str:
    """A text on one line, plain or in quotes; `form` is that of its field, `flow` whether brackets stand around it."""
    return text if is_plain(text, form, flow=flow) else quoted(text)


def is_plain(text: str, form: str = "text", *, flow: bool = False) -> bool:
    """Whether a text needs no quotes."""
    bare = _BARE.get(form)
    if bare and bare.fullmatch(text):
        return True
    return not (
        not text
        or text[0] in _INDICATORS
        or text != text.strip()
        or _ENDS.search(text)
        or (flow and _FLOW_ENDS.search(text))
        or _ESCAPED.search(text)
        or _OTHER.fullmatch(text)
        or text.startswith("...")
    )


def quoted(text: str) -> str:
    """A text in double quotes, or in single ones where those need fewer escapes."""
    if _ESCAPED.search(text) or not ('"' in text or "\\" in text):
        return f'"{_ESCAPED_OR_QUOTE.sub(_escape, text)}"'
    return "'" + text.replace("'", "''") + "'"


def _escape(match: re.Match[str]) -> str:
    letter = match[0]
    code = ord(letter)
    return _ESCAPES.get(letter) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def block(text: str, room: int) -> Iterator[str] | None:
    """The lines of a text of several lines or words, the first its mark; None where only quotes can hold it.

    `room` is how wide a line may be. One with line feeds stays in its lines where they fit, else its paragraphs are
    folded as a text without is.
    """
    lines = text.split("\n")
    if text != text.strip() or any(_ESCAPED.search(line) or line != line.strip() for line in lines):
        return None
    if len(lines) > 1 and all(len(line) <= room for line in lines):
        return iter(["|-", *lines])
    if len(lines) == 1 and " " not in text:
        return None
    return _folded(lines, room)


def _folded(lines: list[str], room: int) -> Iterator[str]:
    yield ">-"
    for number, line in enumerate(lines):
        if number:
            yield ""
        words = iter(_ONE_BLANK.split(line))
        row = next(words)
        for word in words:
            if len(row) + 1 + len(word) > room:
                yield row
                row = word
            else:
                row += " " + word
        if row:
            yield row
