"""What libyaml says of a text it cannot read -> where a person should look, what is wrong there, what would mend it."""

from typing import Any

_CLOSING = {"[": "]", "{": "}"}


def told(fault: Any, text: str) -> tuple[int, int, str, str]:
    """Line and column, from 0, message and hint of a MarkedYAMLError about a text."""
    lines = text.splitlines()
    context, problem = fault.context or "", fault.problem or str(fault)
    mark = fault.problem_mark or fault.context_mark
    at = _inside(lines, mark.line, mark.column) if mark else (0, 0)
    if fault.context_mark:
        opened = _inside(lines, fault.context_mark.line, fault.context_mark.column)
        if "quoted scalar" in context and ("end of stream" in problem or "document indicator" in problem):
            return *opened, "this quote is not closed", "close it at the end of the text"
        if "flow sequence" in context or "flow mapping" in context:
            return _bracket(lines, opened, at, ended=mark.line >= len(lines))
        if "could not find expected ':'" in problem:
            return *opened, "a colon is missing on this line", "write field: value"
    if "did not find expected key" in problem or "expected <block end>" in problem:
        return *at, "this does not belong to the value before it", _hint_after(lines, at)
    if "mapping values are not allowed" in problem:
        hint = "quote the text; if this is a field of its own, indent it like the fields above"
        return *at, "': ' stands in a text without quotes", hint
    message = problem.replace("found character '\\t' that", "a tab").replace("found a tab character that", "a tab")
    return *at, f"not readable as YAML: {message}", _hint(problem)


def _inside(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """A mark of libyaml's; one at the very end of a text counts as the end of its last line."""
    return (line, column) if line < len(lines) else (max(len(lines) - 1, 0), len(lines[-1]) if lines else 0)


def _bracket(
    lines: list[str], opened: tuple[int, int], at: tuple[int, int], *, ended: bool
) -> tuple[int, int, str, str]:
    """A list or map in brackets that does not go on as it should: never closed, or a comma is missing."""
    mark = lines[opened[0]][opened[1] : opened[1] + 1]
    closing = _CLOSING.get(mark, "")
    if closing and (ended or at[0] > opened[0]):
        hint = f"close it with '{closing}', or put the comma that is missing inside"
        return *opened, f"this '{mark}' is not closed", hint
    found = lines[at[0]][at[1] : at[1] + 1]
    if found == ":":
        return *at, f"a ',' or '{closing}' was expected, not ':'", "a comma is missing, or quote a text that holds ': '"
    return *at, f"a ',' or '{closing}' was expected", "a comma is missing, or a bracket is not closed"


def _hint_after(lines: list[str], at: tuple[int, int]) -> str:
    line = lines[at[0]] if lines else ""
    if line[: at[1]].strip():
        return "put the whole text into single quotes, and double each ' inside"
    return "indent it like the fields above"


def _hint(problem: str) -> str:
    if "tab" in problem or "\\t" in problem:
        return "indent with spaces"
    if "expected '-' indicator" in problem:
        return "indent it like the fields above"
    if "cannot start any token" in problem:
        return "quote a text that begins with a special character"
    if "unknown escape" in problem:
        return "write \\\\ for a backslash, or use single quotes"
    return ""
