"""JUnit's XML, which CI servers show as tests: a suite for each file, a case for each problem.

There is no standard; this is what Jenkins takes (junit-10.xsd of its xUnit plugin), without times and hosts, so that
the same store gives the same bytes.
"""

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import quoteattr

from mali_chrono.errors import Problem
from mali_chrono.render.found import Found, telling
from mali_chrono.text import visible


def write(found: Found) -> Iterator[str]:
    """The document. What makes the command exit 1 is a failure, a warning that does not a case that was skipped."""
    name = f"chrono {found.command}"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    failures = sum(map(found.fails, found.problems))
    yield f"<testsuites{_attributes(name=name, tests=len(found.problems) or 1, failures=failures, errors=0)}>\n"
    for path, problems in groupby(sorted(found.problems, key=found.path), found.path):
        yield from _suite(found, path, list(problems))
    if not found.problems:
        yield f"  <testsuite{_attributes(name=name, tests=1, failures=0, errors=0, skipped=0)}>\n"
        yield f"    <testcase{_attributes(name='no problems', classname=name)}/>\n  </testsuite>\n"
    yield "</testsuites>\n"


def _suite(found: Found, path: str, problems: list[Problem]) -> Iterator[str]:
    failures = sum(map(found.fails, problems))
    skipped = len(problems) - failures
    counts = _attributes(name=path, tests=len(problems), failures=failures, errors=0, skipped=skipped)
    yield f"  <testsuite{counts}>\n"
    for problem in problems:
        kind = "failure" if found.fails(problem) else "skipped"
        name = f"{problem.rule} ({problem.record})" if problem.record else problem.rule
        message, _, _ = telling(problem).partition("\n")
        yield f"    <testcase{_attributes(name=name, classname=path)}>\n"
        yield f"      <{kind}{_attributes(type=problem.rule, message=message)}>"
        text = f"{visible(problem.where)}: {problem.severity}: {telling(problem)}"
        yield f"{_text(text)}</{kind}>\n    </testcase>\n"
    yield "  </testsuite>\n"


def _attributes(**values: object) -> str:
    return "".join(f" {name}={quoteattr(visible(str(value)))}" for name, value in values.items())


def _text(text: str) -> str:
    """A text of an element: XML has no sign for what `visible` shows as an escape."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
