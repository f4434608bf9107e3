"""HTML: a page that is one file, asks for nothing, runs nothing but its own script, and reads well without it."""

import re
from collections.abc import Iterable, Sequence
from html import escape as _escape
from pathlib import Path
from typing import Any

from mali_chrono.answers.about import About, question_words
from mali_chrono.cites import source_of
from mali_chrono.render.look import Column
from mali_chrono.text import one_line

# Ids of a page's own begin with a character that no record's id holds.
OWN = "_"


def escape(value: object) -> str:
    """A value as text of HTML, or inside a quoted attribute: it shows just what it says. None is empty."""
    return _escape(one_line(value))


def document(title: str, body: str, about: About) -> str:
    """A whole page: a heading, the body (HTML), and at its foot of what, when and by which version it was made."""
    before, after = frame(title, about)
    return f"{before}{body}{after}"


def frame(title: str, about: About) -> tuple[str, str]:
    """What stands before and after the body of a page.

    The policy allows the very style and script that stand in it and nothing else (Content Security Policy 3, hashes);
    a `style=` or `on...=` in the body would do nothing. The script gives tables of class `list` sortable columns, and
    the first of them a filter for all.
    """
    style, script = _part("page.css"), _part("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    before = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="chrono {escape(about.version)}">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<p class="faint">Asked: {escape(question_words(about))}</p>
</header>
<main>
"""
    after = f"""</main>
<footer>
<p>Made by chrono {escape(about.version)} from the chronology {escape(about.store)}, revision {escape(about.revision)},
as asked on {escape(about.today)}.</p>
</footer>
<script>{script}</script>
</body>
</html>
"""
    return before, after


def table(columns: Sequence[Column], rows: Iterable[Iterable[object]], noun: str = "rows") -> str:
    """A table of escaped cells that can be filtered and sorted; on a phone each row is a card.

    `noun` is what the filter counts. A cell sorts by what it says; numbers within it as numbers.
    """
    marks = [' class="right"' if column.right else "" for column in columns]
    labels = [f' data-label="{escape(column.heading)}"' for column in columns]
    head = "".join(f"<th{mark}>{escape(c.heading)}</th>" for c, mark in zip(columns, marks, strict=True))
    lines = (
        "".join(
            f"<td{mark}{label}>{_linked(value)}</td>"
            for value, mark, label in zip(row, marks, labels, strict=True)
        )
        for row in rows
    )  # fmt: skip
    body = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return (
        f'<table class="list cards" data-noun="{escape(noun)}">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>\n"
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names (text) and what they are (HTML), side by side; empty where there is nothing to tell."""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{told}</dd>" for name, told in pairs if told)
    return f'<dl class="facts">{items}</dl>\n' if items else ""


def totals(pairs: Iterable[tuple[str, str]]) -> str:
    """Names (text) and their numbers (HTML), large, as they stand over an answer."""
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{told}</dd></div>" for name, told in pairs)
    return f'<dl class="totals">{items}</dl>\n'


def figure(n: int, words: str, svg: str) -> str:
    """The n-th picture of a page under its words; ids within it are made its own, since each is drawn by itself."""
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{OWN}{n}", svg[svg.index("<svg") :])
    return f"<figure>\n<figcaption>{escape(words)}</figcaption>\n{svg.strip()}\n</figure>\n"


def documents(sources: Iterable[dict[str, Any]]) -> str:
    """The documents an answer rests on, with their day and licence, each where `cite_link` leads; empty for none."""
    items = "".join(f'<dt id="{OWN}{escape(source["id"])}">{escape(source["id"])}</dt>'
                    f"<dd>{_document(source)}</dd>" for source in sources)  # fmt: skip
    return f'<section>\n<h2>Documents</h2>\n<dl class="facts">{items}</dl>\n</section>\n' if items else ""


def cite_link(cite: str) -> str:
    """A cite ("book:110-111") as a link to its document on the page."""
    return f'<a href="#{OWN}{escape(source_of(cite))}">{escape(cite)}</a>'


def link(url: str) -> str:
    """An address as a link; nothing tells its owner where it stood."""
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>'


def _linked(value: object) -> str:
    """A cell; an address at its end is a link."""
    found = re.fullmatch(r"(|.* )(https?://[^\s<>\"]+)", str(value))
    return escape(found[1]) + link(found[2]) if found else escape(value)


def _document(source: dict[str, Any]) -> str:
    title = f"<b>{escape(source['title'])}</b>"
    by = ", ".join(escape(name) for name in dict.fromkeys((source["author"], source["publisher"])) if name)
    parts = [title, by, f"as of {escape(source['when'])}", f"licence: {escape(source['licence'] or 'not told')}"]
    url = source["url"] or ""
    if url.startswith(("https://", "http://")):
        parts.append(link(url))
    return "; ".join(filter(None, parts))


def _part(name: str) -> str:
    """The style or the script, as a browser's parser hands it to the hash: with line feeds alone, none at the end."""
    return Path(__file__).with_name(name).read_text("utf-8").strip()


def _digest(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
