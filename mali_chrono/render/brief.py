"""A brief as a text: title, scope and totals, the dead by category, what happened, the documents, how it was made."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from shlex import quote
from typing import Any, NamedTuple

from mali_chrono.answers.brief import Brief, Told
from mali_chrono.answers.matching import MAY
from mali_chrono.answers.measures import Measure
from mali_chrono.cites import split_cite
from mali_chrono.dates.edtf import parse
from mali_chrono.dates.words import describe, spelt_out
from mali_chrono.figures.reckon import Range, read_range
from mali_chrono.figures.sums import TWIN
from mali_chrono.kinds import LEVEL, TollKind, spoken
from mali_chrono.render.card import list_claims
from mali_chrono.render.html import OWN
from mali_chrono.render.look import Column, Look
from mali_chrono.render.measures import View, margin
from mali_chrono.render.prose import (
    BOLD,
    CITE,
    CODE,
    ITALIC,
    LINK,
    Block,
    Heading,
    Paragraph,
    Picture,
    Points,
    Run,
    Table,
    as_html,
    as_markdown,
)
from mali_chrono.text import counted, listing

COUNTRY = 6  # the precision of a place that is only a country (UCDP's where_prec)


# How figures come about (CURATING.md), for readers who have only the brief.
FIGURES = (
    "Figures are claims. Low is the smallest account and high the largest, with + or “at least” where there may be "
    "more. Best is the account that the records mark; else, of what the documents say in their own voice, the largest "
    "number if all can be true at once, and otherwise the smallest. An event is disputed where no number satisfies all."
)
SUMS = (
    "Nothing is added twice: of events that are possibly the same the smaller counts in low and best, and both in high;"
    " a part lies within its whole; what is only reported adds nothing."
)
LEVELS = " A level, of which the latest report stands and nothing is added: {}."
TIME = (
    "Of what does not lie wholly inside the time asked for, nothing counts in low, the best only if it began in that "
    "time, and the high in full."
)
CITES = (
    "In brackets stand the number of a document and its lines or pages; “c.” is about, and a question mark after a date"
    " is a doubt."
)


class Page(NamedTuple):
    """A brief, and the pictures that stand after its text."""

    brief: Brief
    pictures: Sequence[Picture] = ()
    plots: Sequence[str] = ()  # their kinds


class Documents:
    """The documents by the number under which they are cited, given as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def lines(self, cites: Iterable[str]) -> str:
        """Cites ("book:110-111") by number, each document once: "1: 110-111, 114; 2: 119"."""
        found: dict[int, list[str]] = {}
        for cite in cites:
            source, where = split_cite(cite)
            found.setdefault(self.numbers.setdefault(source, len(self.numbers) + 1), []).append(where)
        return "; ".join(f"{number}: {', '.join(where)}" for number, where in sorted(found.items()))


def tell(page: Page) -> Iterator[Block]:
    """The blocks of a brief under its title."""
    brief = page.brief
    yield from _tell_scope(brief)
    if not brief.events:
        yield Paragraph([Run("No event matches.")])
    else:
        yield from _tell_figures(brief)
        yield Heading("Chronology")
        documents = Documents()
        yield from (_tell_event(told, documents, brief) for told in brief.events)
        yield from page.pictures
        yield Heading("Documents")
        yield from _tell_documents(brief, documents)
        yield Heading("How to read it")
        levels = listing(sorted(map(spoken, brief.about.words.levels)))
        yield Points(
            [
                FIGURES,
                SUMS + (LEVELS.format(levels) if levels else ""),
                *[TIME] * (brief.summary.window is not None),
                CITES,
            ]
        )


def _tell_scope(brief: Brief) -> Iterator[Block]:
    told = len(brief.events)
    events = counted(told, "event") if told == brief.found else f"{told} of the {brief.found:,} events that match"
    sums = [text for kind in brief.totals.sums if (text := _total_words(kind, brief))]
    yield Paragraph([Run(f"{events}.", BOLD), *(Run(f"{text}.") for text in sums)])
    yield Paragraph([Run(f"Scope: {'; '.join(brief.scope) or 'the whole store'}.")])


def _total_words(kind: str, brief: Brief) -> str:
    """What a kind of toll comes to: "Killed: 12 to at least 131, best 12"; empty where nothing is told."""
    told = brief.totals.sums[kind]
    if told.latest:
        _, words, by, _ = told.latest
        (row,) = (
            json.loads(event.row) for event in brief.events if event.row.startswith(f'{{"id": "{told.latest.id}"')
        )
        report = ", ".join(filter(None, ("the latest report", spelt_out(words), by)))
        return f"{spoken(kind).capitalize()}: {_figure_words(row, kind)} ({report})"
    return f"{spoken(kind).capitalize()}: {range_words(told.figures)}" if told.figures else ""


def range_words(figures: Range) -> str:
    """A range in words that say how much is known: "21", "at least 21", "12 to at least 131, best 12"."""
    high = f"at least {figures.high:,}" if figures.open else f"{figures.high:,}"
    return high if figures.low == figures.high else f"{figures.low:,} to {high}, best {figures.best:,}"


def _tell_figures(brief: Brief) -> Iterator[Block]:
    summary = brief.summary
    view = View(summary, brief.notes, figures=False, fields=None, limit=None, query={}, store="")

    main = summary.words.main if summary.kinds else None

    def row(name: str, measure: Measure, told: int) -> list[str]:
        events, *ends = margin(view, measure)[: 4 if main else 1]
        with_figure = [f"{told:,}"] if main else []
        return [name, events, *with_figure, *(re.sub(r"\d+", lambda found: f"{int(found[0]):,}", end) for end in ends)]

    rows = [row(group.name, summary.measure(group), brief.dead.get(group.name, 0)) for group in summary.rows]
    rows.append(row("all", summary.total, sum(brief.dead.values())))
    yield Heading("Figures")
    yield Table(_columns(main), [[name.capitalize(), *cells] for name, *cells in rows])
    titles = dict(_titles(brief.events))
    points = [_with_titles(note.text, titles) for note in brief.notes]
    if any("-" in events for _, events, *_ in rows):
        points.insert(0, "“12-21” events: 12 surely fall into that time, and 21 may.")
    if points:
        yield Points(points)


def _columns(main: TollKind | None) -> list[Column]:
    """The columns of the table of categories."""
    heads = [("events", "Events")]
    if main:
        heads += [("told", f"With {main.heading}"), ("low", f"{spoken(main.id).capitalize()}, low")]
        heads += [("best", "Best"), ("high", "High")]
    return [Column("category", "Category"), *(Column(key, head, right=True) for key, head in heads)]


def _titles(events: Iterable[Told]) -> Iterator[tuple[str, str]]:
    """The titles of the events that are tied to others, by id."""
    for told in events:
        if told.ties:
            row = json.loads(told.row)
            yield row["id"], row["title"]
            yield from ((tie.id, tie.title) for tie in told.ties)


def _with_titles(text: str, titles: Mapping[str, str]) -> str:
    """A note with titles in place of ids."""
    ids = "|".join(map(re.escape, sorted(titles, key=len, reverse=True)))
    return re.sub(rf"(?<![\w-])(?:{ids})(?![\w-])", lambda found: f"“{titles[found[0]]}”", text) if ids else text


def _tell_event(told: Told, documents: Documents, brief: Brief) -> Paragraph:
    """An event as a paragraph: when and where, what, its summary, figures, documents, and what must be known of it."""
    row, words = json.loads(told.row), brief.about.words
    where = [("near " if place["near"] else "") + place["name"] for place in _towns(row)]
    when = told.when if told.when.startswith("c. ") else told.when[:1].upper() + told.when[1:]
    if row["calendars"]:
        when += f" ({listing([spelt_out(date['when']).replace(' (', ', ').rstrip(')') for date in row['calendars']])})"
    runs = [Run(f"{', '.join([when, *where])}. {_sentence(row['title'])}", BOLD), Run(_sentence(row["summary"] or ""))]
    facts = [f"{spoken(kind)}: {_figure_words(row, kind)}" for kind in words.toll_kinds if row[kind]]
    if row["outlets"]:
        facts.append(f"reported by {listing(row['outlets'])}")
    said = "; ".join(facts)
    runs += [Run(said[:1].upper() + said[1:]), Run(documents.lines(row["cites"]), CITE, ".")]
    runs += _tell_claims(told, row, documents, brief)
    runs += [Run(text, ITALIC) for text in _tell_doubts(told, row, brief)]
    return Paragraph([run for run in runs if run.text], row["id"])


def _towns(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The places that say more than the country."""
    return [place for place in row["places"] if place["precision"] != COUNTRY]


def _figure_words(row: Mapping[str, Any], kind: str) -> str:
    """What an event has of a kind of toll; "about" where that is all that anybody says."""
    claims = [toll[kind] for toll in row["tolls"] if kind in toll]
    about = "about " if all(claim.startswith(("~", "nearly")) for claim in claims) else ""
    return about + range_words(read_range(row[kind]))


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _tell_claims(told: Told, row: dict[str, Any], documents: Documents, brief: Brief) -> Iterator[Run]:
    """The claims by claimant, where no number satisfies them all."""
    claims = list_claims(row, brief.names, brief.about.words.tolls)
    for kind in brief.about.words.toll_kinds:
        if kind not in told.disputed:
            continue
        mine = [claim for claim in claims if claim[1] == kind]
        yield Run(f"Disputed ({kind}):")
        for claim in mine:
            figure, _, whom, place, who, cites = claim
            of = "" if whom == "all" else f" of {whom}"
            yield Run(f"{who}: {figure}{of}{f' at {place}' if place else ''}")
            yield Run(documents.lines(cites.split(", ")), CITE, "." if claim is mine[-1] else ";")


def _tell_doubts(told: Told, row: Mapping[str, Any], brief: Brief) -> Iterator[str]:
    words = brief.about.words
    if row["certainty"] != "confirmed":
        yield f"The event is {row['certainty']}" + (f", by {brief.names[row['says']]}." if row["says"] else ".")
    if row["match"] == MAY:
        yield "It may fall into that time, and may not."
    added = any(row[toll.id] for toll in words.tolls if toll.sum != LEVEL)
    if row["category"] in words.reporting and added:
        yield "Only told: its figures are not added up."
    for tie in told.ties:
        lead = "Possibly the same as" if tie.kind == TWIN else "Part of"
        yield f"{lead} “{tie.title}” ({tie.when}{'' if tie.told else ', not told here'})."


def _tell_documents(brief: Brief, documents: Documents) -> Iterator[Block]:
    """Each document that is cited, by its number."""
    bodies = {body["id"]: body for body in brief.about.documents}
    for ident, number in documents.numbers.items():
        body = bodies[ident]
        author = f"{body['author']}," if body["author"] else ""
        publisher = body["publisher"] if body["publisher"] != body["author"] else ""
        facts = [
            publisher or "",
            f"As of {spelt_out(describe(parse(body['as_of'])))}" if body["as_of"] else "",
            f"Licence: {body['licence']}" if body["licence"] else "",
        ]
        texts = [f"{author} “{body['title']}”.".strip(), *map(_sentence, filter(None, facts))]
        yield Paragraph(
            [Run(f"[{number}]", BOLD), *map(Run, texts), *_link(body["url"]), Run(ident, CODE)], f"{OWN}{number}"
        )


def _link(url: str | None) -> list[Run]:
    return [Run(url, LINK)] if url else []


def _title(brief: Brief) -> str:
    return brief.about.title or "Chronology"


def _command(page: Page) -> Run:
    """The command that asks the same."""
    brief = page.brief
    title = ["--title", quote(brief.about.title)] if brief.about.title else []
    plot = ["--plot", ",".join(page.plots)] if page.plots else []
    return Run(" ".join(["chrono brief", *brief.asked, *title, *plot]), CODE)


def _markdown(page: Page, look: Look) -> str:  # noqa: ARG001
    brief, about = page.brief, page.brief.about
    day = spelt_out(describe(parse(about.today)))
    made = f"Made by chrono {about.version} from the store “{about.store}”, revision {about.revision}, on {day}:"
    return as_markdown([Heading(_title(brief), 1), *tell(page), Paragraph([Run(made), _command(page)])])


def _html(page: Page, look: Look) -> str:  # noqa: ARG001
    from mali_chrono.render.html import document

    brief = page.brief
    return document(_title(brief), as_html([*tell(page), Paragraph([_command(page)])]), brief.about)


FORMATS = {"md": _markdown, "html": _html}
