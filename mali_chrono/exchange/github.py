"""Annotations of GitHub Actions: lines that the runner takes from a log and shows beside the code.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; what their parser undoes stands in
`escapeData` and `escapeProperty` of actions/toolkit, packages/core/src/command.ts.
"""

from collections import Counter

from mali_chrono.errors import ERROR, Problem
from mali_chrono.render.found import Found, telling
from mali_chrono.text import counted, listing, visible

MOST = 10  # a step shows no more of a kind


def write(found: Found) -> str:
    """An annotation a line, errors first; of many the first ten and a notice that counts the others."""
    ordered = sorted(found.problems, key=lambda problem: problem.severity != ERROR)
    left = Counter(problem.severity for problem in ordered[MOST:])
    lines = [_annotation(found, problem) for problem in ordered[:MOST]]
    if left:
        more = listing([counted(number, severity) for severity, number in sorted(left.items())])
        lines.append(f"::notice title=chrono::and {more} more: `chrono {found.command}` tells them all")
    return "".join(f"{line}\n" for line in lines)


def _annotation(found: Found, problem: Problem) -> str:
    places = {"title": f"chrono ({problem.rule})", "file": found.path(problem)}
    places |= {name: str(n) for name, n in (("line", problem.line), ("col", problem.column)) if n}
    properties = ",".join(f"{name}={_property(value)}" for name, value in places.items())
    kind = "error" if problem.severity == ERROR else "warning"
    return f"::{kind} {properties}::{_data(f'{visible(problem.where)}: {telling(problem)}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
