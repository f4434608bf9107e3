"""Every rule has a page of help that shows it: in a copy of cases/good its wrong example is found, its right one not.

Rules of the proof are shown in a store of which nothing but the example needs proof, with the example's own document,
whose sha256 and lines the record of the source is given. Lines for a shell are run in
that store, its files in place. `CHRONO_UPDATE_GOLDEN=1` writes docs/rules.md.
"""

import ast
import hashlib
import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

from mali_chrono.errors import ERROR
from mali_chrono.evidence import documents, readings, verify
from mali_chrono.intake import mapfiles
from mali_chrono.store.checks import check
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.rules.help import document, read_page
from mali_chrono.store.rules.table import MAPS, PROOF, READING, RULES, USUAL

PAGES = ROOT / "mali_chrono" / "store" / "rules" / "pages"
TODAY = (2025, 11, 15)
BOOK = "documents/book.txt"
# The actors of the good store, saying nothing that needs proof.
SILENT = """\
- {id: army, name: Land Army, short: Army, kind: state-forces}
- {id: front, name: People's Front, aliases: [PF], kind: rebel-group}
- {id: union, name: Union of Fronts, kind: rebel-group}
"""


def made(good: Path, files: dict[str, str]) -> Path:
    """The good store with some files replaced; one with a document says nothing else, and knows that document."""
    if BOOK in files:
        silent = {"data/events.yaml": "[]\n", "data/periods.yaml": "[]\n", "data/actors.yaml": SILENT}
        files = {**silent, "seeds/book.yaml": (good / "seeds/book.yaml").read_text("utf-8"), **files}
        text = files[BOOK]
        known = re.sub("(?<=sha256: ).*", hashlib.sha256(text.encode()).hexdigest(), files["seeds/book.yaml"])
        files["seeds/book.yaml"] = re.sub("(?<=lines: )[0-9]+(?=\n[a-z])", str(text.count("\n")), known)
    script = files.get("", "")
    for name, text in files.items():
        if not name:
            continue
        (good / name).parent.mkdir(exist_ok=True)
        (good / name).write_text(text, "utf-8")
    if script:
        if os.name != "posix":
            pytest.skip("a page shows this in a shell")
        subprocess.run(["sh", "-e", "-c", script], cwd=good, check=True)
    return good


def found(store: Path, slug: str, scope: str) -> tuple[bool, list[str]]:
    """Whether a rule finds something in a store, and every error there is."""
    loaded = load(Store(store, "store"))
    problems = check(
        loaded, TODAY, USUAL | {slug}, mapfiles.problems_of(Store(store, "store")) if scope == MAPS else ()
    )
    if scope == PROOF:
        copies, faults = documents.find(store / "documents", loaded.chronology.sources)
        lines = readings.read(copies, loaded.chronology.sources)
        scope_ = verify.Scope(rules=USUAL | {slug})
        problems += verify.verify(loaded, lines, scope_, faults).problems
    errors = [
        f"{problem.where}: {problem.message} [{problem.rule}]" for problem in problems if problem.severity == ERROR
    ]
    return any(problem.rule == slug for problem in problems), errors


# What is too long is a file of 48 MB.
@pytest.mark.parametrize(
    "slug", [pytest.param(slug, marks=[pytest.mark.slow] * (slug == "too-long")) for slug in RULES]
)
def test_the_wrong_example_is_found(good, slug):
    page = read_page(slug)
    assert page.wrong, "a page shows what is wrong"
    assert found(made(good, page.wrong), slug, RULES[slug].scope)[0]


@pytest.mark.parametrize("slug", RULES)
def test_the_right_example_is_not(good, slug):
    page = read_page(slug)
    assert page.right, "a page shows what is right"
    assert found(made(good, page.right), slug, RULES[slug].scope) == (False, [])


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert {page.stem for page in PAGES.glob("*")} == set(RULES)


@pytest.mark.parametrize("slug", RULES)
def test_a_page_is_written_as_the_others_are(slug):
    """A heading, one sentence, one paragraph, and the examples."""
    whole = (PAGES / f"{slug}.md").read_text("utf-8")
    page = read_page(slug)
    assert whole.startswith(f"# {slug}\n\n{page.text[:20]}")
    assert re.fullmatch(r"[A-Z`].*\.", page.sentence)
    assert page.sentence.count(". ") == 0
    assert page.reason
    prose = whole.partition("\nWrong:\n")[0]
    assert max(map(len, prose.split("\n"))) <= 120
    assert len(re.findall(r"\n\n", prose.strip())) == 2
    heads = re.findall(r"^(?:Wrong|Right):$", whole, re.MULTILINE)
    assert heads == ["Wrong:", "Right:"]
    assert len(re.findall("^```", whole, re.MULTILINE)) == 2 * len([*page.wrong, *page.right])


def test_a_slug_is_a_slug():
    assert [slug for slug in RULES if not re.fullmatch("[a-z]+(-[a-z]+)*", slug)] == []


def test_what_cannot_be_ignored_is_on():
    assert [slug for slug, rule in RULES.items() if rule.scope == READING and not rule.on] == []


# Where the slug stands among what a call is given; a starred one is line and column.
PLACES = {"Problem": 3, "Fault": 2, "Failure": 2, "report": 1, "problem": 1}


def slugs_raised() -> set[str]:
    """Every slug that stands as a text where a problem is made."""
    raised = set()
    for path in sorted((ROOT / "mali_chrono").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            place = PLACES.get(getattr(node.func, "id", None) or getattr(node.func, "attr", ""), 99)
            args = [one for arg in node.args for one in [arg] * (2 if isinstance(arg, ast.Starred) else 1)]
            given = [*args[place : place + 1], *(word.value for word in node.keywords if word.arg == "rule")]
            raised |= {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return raised


def test_no_part_raises_a_rule_that_is_in_no_table():
    raised = slugs_raised()
    assert raised - set(RULES) == set()
    assert {"syntax", "bad-date", "too-many", "toll-of", "unused-ignore", "cite-wide", "line-open"} <= raised


def test_the_page_of_all_rules_is_made_of_theirs():
    page = ROOT / "docs" / "rules.md"
    if os.environ.get("CHRONO_UPDATE_GOLDEN"):
        page.write_text(document(), "utf-8")
    assert page.read_text("utf-8") == document()
