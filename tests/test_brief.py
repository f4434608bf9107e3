"""`chrono brief`: the text a writer hands in. stores/brief is told by hand, whole, in cases/brief.md."""

import re
import shlex
import shutil
import subprocess
from html.parser import HTMLParser
from importlib.util import find_spec

import pytest
from conftest import CASES, ROOT
from markdown_it import MarkdownIt

from mali_chrono.dates.words import spelt_out
from mali_chrono.figures.reckon import Range
from mali_chrono.render.brief import range_words
from mali_chrono.render.look import Column
from mali_chrono.render.prose import (
    BOLD,
    CITE,
    CODE,
    ITALIC,
    LINK,
    Heading,
    Paragraph,
    Picture,
    Points,
    Run,
    Table,
    as_html,
    as_markdown,
)

# Battle: the army's 10 dead against the Front's 97; the attackers' 0 to 47 come on top. The blast may be the same: the
# smaller in low (10) and best (57), both in high (144 + 60). The raid lies within the battle. The report never adds.
WHOLE = (CASES / "brief.md").read_text("utf-8")


def test_a_whole_store(ask):
    text, how = re.fullmatch(
        r"(.*## How to read it\n)(.*)", ask("brief", "brief --title 'The hill'"), re.DOTALL
    ).groups()
    assert text == WHOLE
    # how sums are made, how cites are read; no time was asked for, so nothing of what lies half in one
    assert [line.split(" ", 2)[1] for line in how.splitlines() if line.startswith("- ")] == ["Figures", "Nothing", "In"]
    made = r"Made by chrono \d\S* from the store “brief”, revision [0-9a-f]{12}, on 15 November 2025: `(.*)`\n"
    assert re.fullmatch(made, how.rpartition("\n\n")[2])[1] == "chrono brief --title 'The hill'"


def paragraphs(text: str, heading: str) -> list[str]:
    """What stands under a heading, the numbers in brackets at the beginning of documents plain."""
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [line for line in part.split("\n") if line]


def test_what_was_asked_is_said(ask):
    text = ask("brief", "brief --in 2020-04 --actor front --exclude type=report")
    assert "\nScope: April 2020; actor: Front; without type report.\n" in text
    assert text.endswith(": `chrono brief --in 2020-04 --actor front --exclude type=report`\n")
    assert paragraphs(text, "Chronology") == [
        "**c. 2019. The Front rose.** Nobody knows where it began. [1: 1]. *It may fall into that time, and may not.*",
        ("**One of 5-7 April 2020, Town. Raiders came to the town.** They left as they had come. Killed: 3 [1: 6]. "
         "*Part of “The Front and the army fought for the hill” (1-3 March 2020, not told here).*"),
    ]  # fmt: skip
    assert paragraphs(text, "Figures")[2:5] == [
        "| Battles                    |       1-2 |         1 |           3 |         3 |         3 |",
        "| All                        |       1-2 |         1 |           3 |         3 |         3 |",
        "- “12-21” events: 12 surely fall into that time, and 21 may.",
    ]
    assert "- Of what does not lie wholly inside the time asked for" in text


@pytest.mark.parametrize(
    ("options", "scope"),
    [
        ("--since 2020", "since 1 January 2020"),
        ("--until 2020-06", "up to 30 June 2020"),
        ("--in 2019 --in 2021-05", "2019 or May 2021"),
        ("--actor front:perpetrator --with army", "actor: Front as perpetrator; with: the army"),
        ("--role target --place hill --place town", "role: target; place: Hill or Town"),
        ("--type battles --source book", "type: battles; source: The Book"),
        ("--min killed=5 -m hill", "at least 5 killed by the best figure; words: hill"),
        ("--disputed --direct --confirmed",
         ("actors and places themselves, not members or places within; only events whose figures contradict each "
          "other; only what is in no doubt")),
        ("--in 2020 --must --within",
         "2020; only what surely falls in that time; only what lies wholly inside that time"),
    ],
)  # fmt: skip
def test_a_scope_is_words(ask, options, scope):
    assert f"\nScope: {scope}.\n" in ask("brief", f"brief {options}")


def test_a_limit_tells_and_sums_that_many(ask):
    text = ask("brief", "brief --sort killed -n 2")
    assert "\n**2 of the 5 events that match.** Killed: 60 to at least 1,560" not in text
    assert [p[2:14] for p in paragraphs(text, "Chronology")] == ["May 2021. Th", "2 March 2020"]
    # the report does not add
    assert "\n**2 of the 5 events that match.** Killed: at least 60. Displaced: about 350,000 (" in text
    assert text.endswith(": `chrono brief --sort killed --limit 2`\n")
    # the battle is possibly the same, and not told
    assert "(1-3 March 2020, not told here)" in text


def test_documents_are_numbered_as_they_are_cited(ask):
    text = ask("brief", "brief --since 2020-03-02 --in 2020-03-02 --type blast")
    assert "Killed: at least 60 [1: 9]." in text
    assert [line[:14] for line in paragraphs(text, "Documents")] == ["**\\[1\\]** The "]


def test_nothing_matches(ask):
    text = ask("brief", "brief --in 1999")
    assert text.startswith("# Chronology\n\n**0 events.**\n\nScope: 1999.\n\nNo event matches.\n\nMade by chrono ")
    assert "#" not in text[3:]


def test_what_speaks_of_a_time_is_not_told(ask):
    assert "--covers is for timeline and actor" in ask.refusal("brief", "brief --in 2020 --covers")


def test_formats(chrono, ask, tmp_path):
    assert ask.refusal("brief", "brief -f csv") == "error: unknown format 'csv': one of: md, html\n"
    ask("brief", f"brief -o {tmp_path / 'x.html'}")
    assert (tmp_path / "x.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    ask("brief", f"brief -o {tmp_path / 'x.md'}")
    assert (tmp_path / "x.md").read_text("utf-8").startswith("# Chronology\n")


def test_sums_are_those_of_the_summary(chrono):
    """On the shipped store, for questions of every kind."""
    for words in ("", "--in 2012", "--actor jnim", "--disputed", "--since 1900 --place mopti"):
        summary = chrono("summary", "--by", "category", *words.split(), "-f", "csv").out
        (*_, total) = [line for line in chrono("brief", *words.split()).out.split("\n") if line.startswith("| All ")]
        low, best, high = re.sub("[ ,]", "", total).split("|")[4:7]
        plain = chrono("summary", "--by", "category", *words.split(), "-f", "plain").out.splitlines()[-1].split()
        assert [low, best, high] == plain[2:5], (words, summary)


# --- docs/brief.md


def test_the_documentation_is_true(chrono, tmp_path, monkeypatch):
    """Its commands run, up to the first pipe; what it shows of an answer stands in that of the command before it."""
    monkeypatch.chdir(tmp_path)
    out, shown = "", 0
    text = (ROOT / "docs" / "brief.md").read_text("utf-8")
    for language, block in re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if language == "markdown":
            assert [line for line in block.splitlines() if line and line not in out.splitlines()] == []
            shown += 1
        for line in block.splitlines() if language == "sh" else ():
            words = re.split(r" (?:\||>>) ", line)[0]
            if words.startswith("chrono ") and (find_spec("vl_convert") or "--plot" not in words):
                ended = chrono(*shlex.split(words)[1:])
                assert (ended.code, ended.err) == (0, ""), line
                out = ended.out
    assert shown


# --- words


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((21, 21, 21, False), "21"),
        ((21, 21, 21, True), "at least 21"),
        ((12, 12, 131, True), "12 to at least 131, best 12"),
        ((0, 170, 170, False), "0 to 170, best 170"),
        ((0, 0, 0, False), "0"),
        ((1000, 1500, 12000, False), "1,000 to 12,000, best 1,500"),
    ],
)
def test_a_range_in_words(figures, words):
    assert range_words(Range(*figures, disputed=False)) == words


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("25-27 Jul 2024", "25-27 July 2024"),
        ("28 Jul-3 Aug 2024", "28 July-3 August 2024"),
        ("one of 17-21 Aug 2021", "one of 17-21 August 2021"),
        ("c. Mar 1312?", "c. March 1312?"),
        ("Feb or Dec 2020", "February or December 2020"),
        ("some December", "some December"),
        ("9400 BC", "9400 BC"),
        ("first half of 2018", "first half of 2018"),
    ],
)
def test_months_are_spelt_out(short, long):
    assert spelt_out(short) == long


# --- what a renderer makes of it

HOSTILE = "[x](javascript:1) *b* `c` <script> {#a .b} $x^2$ a|b 1. #"
BLOCKS = [
    Heading(HOSTILE, 1),
    Paragraph([Run(HOSTILE, BOLD), Run(HOSTILE), Run("1: 2-3; 2: 4", CITE, "."), Run(HOSTILE, ITALIC)], "2012-x"),
    Paragraph([Run("a `b` ``c", CODE), Run("`", CODE), Run("https://x.example/a_b*c", LINK), Run("javascript:1", LINK),
               Run("http://a>b", LINK)]),
    Paragraph([Run("2. no item")]),
    Points([HOSTILE, "+ no list", "1. x", "(a) x", "B) y", ": z"]),
    Table((Column("a"), Column("b", right=True)), [[HOSTILE, "1"], ["x", HOSTILE]]),
    Picture("What [it] shows", "data:image/png;base64,AAAA", "<svg></svg>"),
]  # fmt: skip


class Reader(HTMLParser):
    """The texts of a page's elements, and its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in ("img", "meta", "br", "hr", "input"):
            self.open.append(tag)
            self.texts.append((tag, ""))

    def handle_endtag(self, tag):
        if tag not in ("img", "meta", "br", "hr", "input"):
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            i = max(i for i, (tag, _) in enumerate(self.texts) if tag == self.open[-1])
            self.texts[i] = (self.open[-1], self.texts[i][1] + data)

    def of(self, tag: str) -> list[str]:
        return [" ".join(text.split()) for name, text in self.texts if name == tag]


@pytest.mark.parametrize("write", ["md", "html"])
def test_blocks_show_just_their_texts(write):
    html = MarkdownIt("commonmark").enable("table").render(as_markdown(BLOCKS)) if write == "md" else as_html(BLOCKS)
    read = Reader(html)
    assert read.open == []
    assert (read.of("h1"), read.of("strong"), read.of("em")) == ([HOSTILE], [HOSTILE], [HOSTILE])
    assert read.of("code") == ["a `b` ``c", "`"]
    assert [text for text in read.of("a") if not text.isdigit()] == ["https://x.example/a_b*c"]
    assert [text for text in read.of("li") if text] == [HOSTILE, "+ no list", "1. x", "(a) x", "B) y", ": z"]
    assert read.of("td") == [HOSTILE, "1", "x", HOSTILE]
    assert not set(read.of("script")) | set(read.of("del"))
    addresses = [value for tag, name, value in read.attributes if tag == "img" and name == "src"]
    assert addresses == (["data:image/png;base64,AAAA"] if write == "md" else [])
    assert read.of("figcaption") == ([] if write == "md" else ["What [it] shows"])
    assert read.of("p")[0].startswith(HOSTILE)


@pytest.mark.parametrize("store", ["stores/brief", "hostile", "sample"])
def test_a_page_holds_together(chrono, monkeypatch, store):
    """Every link leads somewhere on the page, every id stands once, and all that is opened is closed."""
    from mali_chrono.store import decode, nodes

    for module in (decode, nodes):
        monkeypatch.setattr(module, "CONTROL", re.compile("(?!)"))
    ended = chrono("brief", "-f", "html", "--title", HOSTILE, "--store", str(CASES / store))
    assert (ended.code, ended.err) == (0, "")
    read = Reader(ended.out)
    ids = [value for _, name, value in read.attributes if name == "id"]
    assert len(ids) == len(set(ids)) > 0
    leads = {value for tag, name, value in read.attributes if tag == "a" and name == "href" and value.startswith("#")}
    assert leads
    assert {lead[1:] for lead in leads} <= set(ids)
    assert read.of("h1") == [HOSTILE]
    assert [name for _, name, _ in read.attributes if name.startswith("on") or name == "style"] == []


def test_pandoc_reads_the_same(ask):
    """What pandoc's own dialect takes for more than text is none: braces, dollars, at signs, definitions."""
    if not shutil.which("pandoc"):
        pytest.skip("no pandoc")
    text = as_markdown(BLOCKS[:1] + BLOCKS[3:6])
    told = subprocess.run(
        ["pandoc", "-f", "markdown-smart", "-t", "html", "--wrap=none"], input=text, capture_output=True, text=True,
        check=True,
    ).stdout  # fmt: skip
    read = Reader(told)
    assert read.of("h1") == [HOSTILE]
    assert [text for text in read.of("li") if text] == [HOSTILE, "+ no list", "1. x", "(a) x", "B) y", ": z"]
    assert read.of("td") == [HOSTILE, "1", "x", HOSTILE]
