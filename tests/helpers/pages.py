"""Pages of events, as `timeline` makes them, and what a parser that is not ours finds in them."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from conftest import TODAY

from mali_chrono.answers.about import About
from mali_chrono.exchange.html import Around, pieces
from mali_chrono.store.vocabulary import usual

VOID = {"meta", "br", "link", "img", "input", "hr"}
DOCUMENT = {"author": None, "publisher": None, "url": None, "when": "Jan 2020", "licence": "CC0"}


def about(question: dict[str, object] | None = None, documents=(), title: str | None = None) -> About:
    """What a page of a small store says of itself; `documents` are (id, title), with a licence."""
    told = tuple(DOCUMENT | {"id": ident, "title": name} for ident, name in documents)
    return About("small", "0123456789ab", "1.2.3", question or {}, TODAY, told, title, usual())


def rows_of(chrono, store: Path, *args: str) -> list[dict[str, Any]]:
    """Events as json rows, from a command line."""
    ended = chrono("timeline", *args, "-f", "json", "--store", str(store))
    assert (ended.code, ended.err) == (0, "")
    events: list[dict[str, Any]] = json.loads(ended.out)["events"]
    return events


def page_of(chrono, store: Path, *args: str, around: Around | None = None, **told) -> str:
    """The page of a timeline; its sources are documents of the same name, with CC0."""
    rows = rows_of(chrono, store, *args)
    ids = dict.fromkeys(cite.partition(":")[0] for row in rows for cite in row["cites"])
    told.setdefault("documents", [(ident, ident.capitalize()) for ident in ids])
    content = "".join(pieces(rows, about(**told), around or Around()))
    assert isinstance(content, str)
    return content


class Read(HTMLParser):
    """A page taken apart: its start tags, and the text inside each element that has an id, a class or a plain name."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[list[str]] = []  # of each tag
        self.open: list[int] = []
        self.feed(page)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {attrs}"
        self.tags.append((tag, dict(attrs)))
        self.texts.append([])
        if tag not in VOID:
            self.open.append(len(self.tags) - 1)

    def handle_endtag(self, tag):
        assert self.tags[self.open.pop()][0] == tag

    def handle_data(self, data):
        for i in self.open:
            self.texts[i].append(data)

    def text(self, tag: str, **attrs: str) -> list[str]:
        """The texts of the elements of a name that have some attributes, blanks single."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attrs.items()}
        return [
            " ".join("".join(text).split())
            for (name, has), text in zip(self.tags, self.texts, strict=True)
            if name == tag and wanted.items() <= has.items()
        ]

    def all(self, attribute: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [value or "" for _, attrs in self.tags for key, value in attrs.items() if key == attribute]
