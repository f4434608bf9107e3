"""What each rule finds, why that matters, and an example of wrong and of right: the pages in `pages/`.

`chrono check --explain`, SARIF and docs/rules.md are made of them; a test holds each example against its rule.
"""

import re
from pathlib import Path
from typing import NamedTuple

from mali_chrono.errors import UsageError, did_you_mean
from mali_chrono.store.rules.table import MAPS, PROOF, READING, RECORDS, RULES
from mali_chrono.text import listing

_PAGES = Path(__file__).parent / "pages"
_FENCE = re.compile(r"^```(?:sh|\w+ (?P<file>\S+))\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SCOPES = {
    READING: ("What reading finds", "Told by `chrono check`, and by every command that needs the store."),
    RECORDS: ("What records say", "Told by `chrono check`; errors also by every command that needs the store."),
    MAPS: (
        "What maps say",
        "Told by `chrono check`; `chrono import`, `compare` and `verify` stop where they need such a map.",
    ),
    PROOF: ("What documents say", "Told by `chrono verify DIR`, which has the documents."),
}


class Page(NamedTuple):
    """The help of a rule: its whole text without the heading, its first sentence, the reason after it.

    `wrong` and `right` are files that show the rule, by their path in a store (of a document, `documents/NAME`); what
    no text shows stands under no path, as lines for a shell in the store's folder.
    """

    slug: str
    text: str
    sentence: str
    reason: str
    wrong: dict[str, str]
    right: dict[str, str]


def known(slug: str) -> str:
    """The same slug. Raises UsageError where there is no such rule."""
    if slug not in RULES:
        low = slug.casefold()
        hint = did_you_mean(low, (low,) if low in RULES else tuple(RULES)) or "`chrono check --list` lists them"
        raise UsageError(f"there is no rule '{slug}': {hint}")
    return slug


def read_page(slug: str) -> Page:
    """The page of a rule there is."""
    whole = (_PAGES / f"{slug}.md").read_text("utf-8")
    text = whole.removeprefix(f"# {slug}\n").strip() + "\n"
    sentence, reason, *_ = text.split("\n\n")
    told, _, right = text.partition("\nRight:\n")
    _, _, wrong = told.partition("\nWrong:\n")
    return Page(slug, text, _line(sentence), _line(reason), _files(wrong), _files(right))


def _line(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _files(text: str) -> dict[str, str]:
    return {match["file"] or "": match["text"] for match in _FENCE.finditer(text)}


def tellers(slug: str) -> tuple[str, ...]:
    """The commands that tell what a rule finds; whether an exception serves is told by each of its own rules."""
    if slug == "unused-ignore":
        return "check", "verify"
    return ("verify",) if RULES[slug].scope == PROOF else ("check",)


def manner(slug: str) -> str:
    """How grave a rule is, when it is asked and by whom, as a line."""
    rule = RULES[slug]
    usual = "on by default" if rule.on else f"off by default, asked by --select {slug}"
    return f"{rule.severity}, {usual}, told by " + listing([f"`chrono {command}`" for command in tellers(slug)])


def explain(slug: str) -> str:
    """The page of a rule as it is printed. Raises UsageError where there is no such rule."""
    return f"# {known(slug)}\n\n({manner(slug)})\n\n{read_page(slug).text}"


def document() -> str:
    """The page of all rules, docs/rules.md."""
    parts = [_HEAD]
    for scope, (heading, told) in _SCOPES.items():
        slugs = sorted(slug for slug, rule in RULES.items() if rule.scope == scope)
        parts.append(f"## {heading}\n\n{told}\n")
        parts += [f"### {slug}\n\n*{manner(slug)}*\n\n{read_page(slug).text}" for slug in slugs]
    return "\n".join(parts)


_HEAD = """\
# The rules

What `chrono check` and `chrono verify` look for, each with an example of wrong and right. `chrono check --explain RULE`
prints one of these, `chrono check --list` lists them all; [checking.md](checking.md) tells how they are chosen and how
an exception is written. This page is made from `mali_chrono/store/rules/pages/`.
"""
