"""SARIF 2.1.0, an OASIS standard: what code scanning of GitHub and others reads.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/; what GitHub makes of it:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
"""

from collections import Counter
from hashlib import sha256
from json import dumps
from typing import Any
from urllib.parse import quote

from mali_chrono import __version__
from mali_chrono.errors import Problem
from mali_chrono.render.found import Found, telling
from mali_chrono.render.jsontext import shown
from mali_chrono.store.rules.help import read_page
from mali_chrono.store.rules.table import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# What addresses are relative to: the repository, and the folder of documents that `verify` was given.
_BASES = {
    "%SRCROOT%": {"description": {"text": "The repository that the store lies in."}},
    "DOCUMENTS": {"description": {"text": "The folder with copies of the source documents."}},
}


def write(found: Found) -> str:
    """The log of one run, each problem a result."""
    rules = sorted({problem.rule for problem in found.problems})
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "chrono", "version": __version__, "rules": [*map(_rule, rules)]}},
        "automationDetails": {"id": f"chrono/{found.command}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": _BASES,
        "results": [_result(found, problem, rules.index(problem.rule), seen) for problem in found.problems],
    }
    text = dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
    return "".join(f"{shown(line)}\n" for line in text.split("\n"))


def _rule(slug: str) -> dict[str, Any]:
    page = read_page(slug)
    return {
        "id": slug,
        "shortDescription": {"text": page.sentence},
        "fullDescription": {"text": page.reason},
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"enabled": RULES[slug].on, "level": RULES[slug].severity},
    }


def _result(found: Found, problem: Problem, index: int, seen: Counter[str]) -> dict[str, Any]:
    base = "DOCUMENTS" if found.is_of_document(problem) else "%SRCROOT%"
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(found.path(problem), errors="surrogateescape"), "uriBaseId": base}
    }
    if problem.line:
        place["region"] = {"startLine": problem.line} | ({"startColumn": problem.column} if problem.column else {})
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": telling(problem)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": _fingerprints(found, problem, seen),
    }


def _fingerprints(found: Found, problem: Problem, seen: Counter[str]) -> dict[str, str]:
    """The rule and the record (in a document, the line's text), with a number where they meet again.

    So it stays while lines move. GitHub looks at `primaryLocationLineHash` alone.
    """
    inside = problem.excerpt if found.is_of_document(problem) else problem.record
    named = f"{problem.rule}/{inside or found.path(problem)}"
    seen[named] += 1
    digest = sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return {
        "ruleAndRecord/v1": f"{digest if found.is_of_document(problem) else named}/{seen[named]}",
        "primaryLocationLineHash": f"{digest}:{seen[named]}",
    }
