"""Events as one page: a row an event, and under it, folded, its claims by claimant, its sources and its note."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

from mali_chrono.answers.about import About
from mali_chrono.answers.matching import COVERS, MAY
from mali_chrono.cites import cite_words, source_of
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe
from mali_chrono.dates.years import year_words
from mali_chrono.exchange.telling import printed_as
from mali_chrono.figures.reckon import range_text, read_range
from mali_chrono.index.parties import Party, who_words
from mali_chrono.kinds import ENDS, TollKind, Vocabulary
from mali_chrono.render.card import actor_words, list_claims, place_words, tell_figures
from mali_chrono.render.html import OWN, cite_link, documents, escape, facts, figure, frame, link, totals
from mali_chrono.schemes import address_of
from mali_chrono.text import counted

Row = dict[str, Any]

# The years of a long answer stand above it, each a link.
LONG = 40
# What HTML takes for a date (HTML, "Dates and times"): a day, a month or a year after Christ.
# What HTML takes for a date or an instant: of a zone it wants hours and minutes, and no day has a 24th hour.
_PLAIN = re.compile(
    r"((?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d(?:T(?!24)[\d:]{8}(?:Z|[+-]\d\d:\d\d|(?=$)))?)?)?)(?:T.*)?"
)
_MATCHES = {MAY: "may lie in this time", COVERS: "speaks of this time"}
_READING = (
    "A question mark after a name marks a doubt. Figures run from the lowest to the highest that the claims allow; "
    "+ says that there may be more."
)
_SUMS = " In totals, reports add nothing, and an event that may be told twice counts once, but twice in the highest."


class Around(NamedTuple):
    """What a page says beside its events.

    `names` maps ids of actors and places to their shortest names; `total` is what the events come to, by kind of toll,
    as `chrono summary` writes its total in json; `pictures` are titles and svg texts, drawn by chrono.
    """

    names: Mapping[str, str] = {}
    total: Mapping[str, Any] = {}
    pictures: Sequence[tuple[str, str]] = ()


NOTHING = Around()


class _Names(dict[str, str]):
    """Names by id; what has none is called by its id."""

    def __missing__(self, ident: str) -> str:
        return ident


class _Page(NamedTuple):
    """What a row needs to know of the rest of the page, and what stands around the rows.

    `titles` are those of the events that others link to, `words` the store's vocabulary, `told`: an event has a figure
    of the first kind of toll; `first` leads from a year to its first event, where the events are in the order of time.
    """

    names: _Names
    sources: Mapping[str, str]
    titles: Mapping[str, str]
    words: Vocabulary
    told: bool
    first: Mapping[int, str]
    cited: frozenset[str]


def pieces(rows: Collection[Row], about: About, around: Around = NOTHING) -> Iterator[str]:
    """The page of a timeline, piece by piece; its json rows are gone through twice, and need not all be in memory."""
    before, after = frame(about.title or "Timeline", about)
    page = _look_over(rows, about, around)
    yield before
    yield _totals(len(rows), around.total, about.words.toll_kinds)
    for n, (title, svg) in enumerate(around.pictures, 1):
        yield figure(n, title, svg)
    yield _years(page.first) if len(rows) >= LONG else ""
    yield from _table(rows, page)
    yield f'<p class="faint">{_READING}{_SUMS if around.total else ""}</p>\n' if rows else ""
    yield documents(source for source in about.documents if source["id"] in page.cited)
    yield after


def _look_over(rows: Collection[Row], about: About, around: Around) -> _Page:
    titles: dict[str, str] = {}
    years: dict[int, str] = {}
    linked: set[str] = set()
    cited: set[str] = set()
    main = about.words.main
    told, ordered, last = False, True, -inf
    for row in rows:
        titles[row["id"]] = row["title"]
        linked.update(link["to"] for link in row["links"])
        cited.update(source_of(cite) for cite in _all_cites(row))
        told = told or (main is not None and row[main.id] is not None)
        ordered, last = ordered and last <= _begins(row), _begins(row)
        years.setdefault(_year(row), row["id"])
    return _Page(
        _Names(around.names),
        {source["id"]: source["title"] for source in about.documents},
        {ident: titles[ident] for ident in linked if ident in titles},
        about.words,
        told,
        dict(sorted(years.items())) if ordered else {},
        frozenset(cited),
    )


def _begins(row: Row) -> int:
    """The year in which an event may begin at the earliest, or by which it was over."""
    return int((row["earliest"] or row["latest"])[:-6])


def _year(row: Row) -> int:
    """The year that its date begins with as it is written: `-9399~` is not widened to the year before."""
    ranges = parse(row["date"]).ranges
    known = ranges[0][0] or ranges[-1][1]
    return known.year if known else _begins(row)


def _all_cites(row: Row) -> Iterator[str]:
    yield from row["cites"]
    for said in (*row["tolls"], *row["also"]):
        yield from said["cite"]


def _totals(events: int, total: Mapping[str, Any], tolls: Iterable[str]) -> str:
    told = ((kind.capitalize(), _range(total[kind])) for kind in tolls if total.get(kind))
    return totals([("Events", f"{events:,}"), *told])


def _range(figures: Mapping[str, Any]) -> str:
    low, best, high, more = (figures[key] for key in ENDS)
    if low == high:
        return f"{low:,}{'+' * more}"
    return f"{low:,} to {high:,}{'+' * more}<small>best {best:,}</small>"


def _years(first: Mapping[int, str]) -> str:
    """A link to the first event of each year, where there are several."""
    if len(first) < 2:
        return ""
    links = "\n".join(f'<a href="#{escape(ident)}">{year_words(year)}</a>' for year, ident in first.items())
    return f'<details class="years"><summary>{counted(len(first), "year")}</summary>\n<p>{links}</p></details>\n'


def _table(rows: Collection[Row], page: _Page) -> Iterator[str]:
    if not rows:
        yield "<p>No event matches.</p>\n"
        return
    told = " told" * page.told
    heads = "".join(f"<th>{head}</th>" for head in ("When", "What", "Where", "Who"))
    if page.told and page.words.main:
        heads += f'<th class="right">{escape(page.words.main.heading.capitalize())}</th>'
    yield f'<table class="list events{told}" data-noun="events">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
    for n, row in enumerate(rows):
        yield _event(n, row, page)
    yield "</tbody>\n</table>\n"


def _event(n: int, row: Row, page: _Page) -> str:
    """The row of an event; `n` is its place in the order asked for, by which its first column sorts."""
    ident, when = escape(row["id"]), escape(describe(parse(row["date"])))
    if plain := _PLAIN.fullmatch(row["date"]):
        when = f'<time datetime="{plain[1]}">{when}</time>'
    small = [row["type"].replace("-", " "), _MATCHES.get(row["match"], "")]
    under = "".join(f'<p class="faint">{escape(text)}</p>' for text in small if text)
    places = ", ".join(("near " if place["near"] else "") + page.names.get(place["id"], place["name"])
                       for place in row["places"])  # fmt: skip
    parties = (Party(page.names.get(actor["id"], actor["name"]), actor["role"], actor["certainty"])
               for actor in row["actors"])  # fmt: skip
    who = who_words(parties, page.words)
    return (
        f'<tr id="{ident}"><td class="when" data-k="{n}"><a href="#{ident}">{when}</a>{under}</td>'
        f'<td><div class="title">{escape(row["title"])}</div><p>{escape(row["summary"])}</p>{_fold(row, page)}</td>'
        f'<td data-label="Where">{escape(places)}</td><td data-label="Who">{escape(who)}</td>'
        f"{_toll(row, page.words.main) if page.told and page.words.main else ''}</tr>\n"
    )


def _toll(row: Row, main: TollKind) -> str:
    """The cell of the first kind of toll."""
    if row[main.id] is None:
        return "<td></td>"
    total, label = read_range(row[main.id]), escape(main.heading.capitalize())
    return f'<td class="right toll" data-label="{label}" data-k="{total.best}">{escape(range_text(total))}</td>'


def _fold(row: Row, page: _Page) -> str:
    """What is folded under an event; the line that opens it names the lines it rests on."""
    claims = f"{counted(len(row['tolls']), 'claim')}, " if row["tolls"] else ""
    note = "note, " if row["note"] else ""
    head = f"{claims}{note}{'sources' if len(row['cites']) > 1 else 'source'}: {', '.join(row['cites'])}"
    return f"<details><summary>{escape(head)}</summary>{facts(_facts(row, page))}</details>"


def _facts(row: Row, page: _Page) -> Iterator[tuple[str, str]]:
    names = page.names
    yield from ((label.capitalize(), escape(text)) for label, text in tell_figures(row, page.words.tolls))
    yield "Claims", _items(_claims(row, names, page.words.tolls))
    if row["disputed"]:
        yield "Disputed", "no number satisfies all accounts"
    if row["certainty"] != "confirmed":
        yield "Certainty", escape(row["certainty"] + (f", {names[row['says']]} says" if row["says"] else ""))
    yield "Who", _items(escape(actor_words(actor, names)) for actor in row["actors"])
    yield "Where", _items(escape(place_words(place)) for place in row["places"])
    yield "Date as printed", escape(printed_as(row))
    yield "Other dates", _items(_also(also) for also in row["also"])
    yield "Linked", _items(_link(link, page.titles) for link in row["links"])
    yield "Sources", _items(_source(cite, page.sources) for cite in row["cites"])
    yield "Reported by", escape(", ".join(row["outlets"]))
    yield "Note", escape(row["note"])
    yield "Tags", escape(", ".join(row["tags"]))
    yield "Elsewhere", _items(_elsewhere(row))
    yield "Entry", escape(f"{row['id']}, {row['at']}")


def _elsewhere(row: Row) -> Iterator[str]:
    for scheme, ident in row["ids"].items():
        address = address_of(scheme, ident)
        yield escape(f"{scheme} {ident}") + (f": {link(address)}" if address else "")
    yield from map(link, row["urls"])


def _items(items: Iterable[str]) -> str:
    """HTML of several things: a list, or the one that there is."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _claims(row: Row, names: _Names, tolls: Sequence[TollKind]) -> Iterator[str]:
    """A claimant with all that it says."""
    said: dict[str, list[str]] = {}
    for number, kind, of, at, says, where in list_claims(row, names, tolls):
        people = "" if of == "all" else f", of {of}"
        place = f", at {at}" if at else ""
        cites = ", ".join(map(cite_link, where.split(", ") if where else ()))
        said.setdefault(says, []).append(f"{escape(f'{number} {kind}{people}{place}')} [{cites}]")
    return (f"<b>{escape(says)}</b>: {'; '.join(claims)}" for says, claims in said.items())


def _also(also: Row) -> str:
    cites = f" [{', '.join(map(cite_link, also['cite']))}]" if also["cite"] else ""
    note = f": {escape(also['note'])}" if also["note"] else ""
    printed = "".join(f", {printed}" for printed in [printed_as(also)] if printed)
    return f"{escape(also['kind'])} {escape(describe(parse(also['date'])) + printed)}{cites}{note}"


def _link(link: Row, titles: Mapping[str, str]) -> str:
    """A linked event: a way to it where it stands on the page."""
    kind, ident = escape(link["kind"].replace("-", " ")), escape(link["to"])
    if title := titles.get(link["to"]):
        return f'{kind} <a href="#{ident}">{escape(title)}</a>'
    return f"{kind} {ident}"


def _source(cite: str, sources: Mapping[str, str]) -> str:
    source, lines = cite_words(cite)
    title = escape(sources.get(source, source))
    return f'<a href="#{OWN}{escape(source)}">{title}</a>, {escape(lines)}'
