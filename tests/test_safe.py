"""Someone else's chronology hides nothing and runs nothing: cases/hostile has what a terminal obeys or hides, and what
Markdown and spreadsheets read, in every text.

Its reader refuses most of it; here it lets everything pass, so that what is printed is safe whatever the reader does.
"""

import csv
import io
import json
import re
import shutil
from html import unescape
from html.parser import HTMLParser

import pytest
from conftest import CASES, first_of_each, posix
from helpers.picturing import KINDS as PICTURES
from helpers.picturing import cut_off, overlaps, sheet
from markdown_it import MarkdownIt

from mali_chrono.plot.vega import spec
from mali_chrono.render.look import Column
from mali_chrono.render.markdown import escape, lines
from mali_chrono.text import one_line, visible, width

STORE = CASES / "hostile"
# What no text for people may hold: controls but the line feed that ends a line, what reorders a line, takes no room or
# fills it unseen, tag characters, halves of characters.
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
STYLE = re.compile(r"\x1b\[[0-9;]*m")  # what chrono itself writes; the store's escapes are others
RECORDS = {"actor": "army", "place": "town", "period": "war", "source": "book", "type": "clash"}
EVENTS = ("bc-900-e1", "2011-05-01-e2", "2011-06-e3", "2011-07-02-e4", "2011-08-e5", "2011-09-e6", "2012-e7")
KINDS = ("actors", "categories", "outlets", "periods", "places", "regions", "roles", "sources", "tags", "types")
LINES = (
    "timeline",
    "timeline --in 2011",
    "timeline --fields when,title,places,actors,tolls,summary,note,outlets,tags,region,cites,type",
    f"show {' '.join(EVENTS)}",
    *(f"show {kind}:{ident}" for kind, ident in RECORDS.items()),
    *(f"list {kind}" for kind in KINDS),
    "actor",
    *(f"actor {name}" for name in ("army", "front", "leader", "union")),
    "lineage",
    "lineage front",
    "source",
    "source book",
    "at 2011",
    "at 2011-05-01",
    "summary --by place --sum killed,displaced",
    "summary --by outlet,actor",
    "summary --by region --of army",
    "verify documents -v",
    "diff ../good .",
    "diff . ../good",
    "compare rows.csv --as acled",
)
EVERY = ("plain", "table", "csv", "tsv", "json", "jsonl", "md", "html")
OWN = {"lineage": ("tree", "mermaid", "dot"), "verify": ("text",), "diff": ("text",)}
SHAPES: dict[str, tuple[str, ...]] = {line: (*OWN.get(line.split()[0], ()), *EVERY) for line in LINES}
SHAPES["brief"] = ("md", "html")
FOR_PROGRAMS = {"json", "jsonl", "csv", "tsv"}


@pytest.fixture
def hostile(chrono, lenient, monkeypatch):
    monkeypatch.chdir(STORE)

    def run(line: str, shape: str):
        return chrono(*line.split(), "-f", shape, "--store", ".")

    return run


def forbidden(text: str) -> list[str]:
    return [ascii(text[max(m.start() - 20, 0) : m.end() + 20]) for m in FORBIDDEN.finditer(text)]


@pytest.mark.parametrize(
    ("line", "shape"),
    first_of_each([(line, shape) for line, shapes in SHAPES.items() for shape in shapes], 4),
    ids=str,
)
def test_no_answer_holds_what_a_terminal_obeys_or_hides(hostile, line, shape):
    ended = hostile(line, shape)
    assert (ended.code, ended.err) == (1 if line.startswith("verify") else 0, "")
    hides_nothing(ended.out, shape)


def hides_nothing(out: str, shape: str) -> None:
    """Whether an answer in a format shows all that it holds, and is read row by row."""
    if shape not in FOR_PROGRAMS:
        assert forbidden(out) == []
        # a table is wrapped, wherever that is
        assert shape == "table" or not any(text.startswith("::") for text in out.splitlines())
    elif shape == "csv":
        lengths = {len(row) for row in csv.reader(io.StringIO(out, newline=""))}
        assert len(lengths) == 1
    elif shape == "tsv":
        assert len({text.count("\t") for text in out.split("\n")[:-1]}) == 1
        assert "\r" not in out
    else:
        assert out.replace("\n", "").isprintable()
        for text in [out] if shape == "json" else out.split("\n")[:-1]:
            json.loads(text)


@pytest.fixture(scope="module")
def commanding(tmp_path_factory):
    """The same store, in which names, titles, outlets and regions begin as commands to a log on GitHub do."""
    folder = tmp_path_factory.mktemp("commanding") / "hostile"
    shutil.copytree(STORE, folder)
    shutil.copytree(CASES / "good", folder.parent / "good")
    for file in (folder / "data").glob("*.yaml"):
        said = re.sub(
            r'((?:title|name|region): |outlets: \[)"', r'\1"::error::forged ##[error] ', file.read_text("utf-8")
        )
        file.write_text(said, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("line", "shape"),
    first_of_each([(line, shape) for line, shapes in SHAPES.items() for shape in shapes
                   if shape in {"plain", "table", "tree", "text", "md", "csv", "tsv"}], 8),
    ids=str,
)  # fmt: skip
def test_no_answer_commands_a_log(chrono, lenient, monkeypatch, commanding, line, shape):
    monkeypatch.chdir(commanding)
    ended = chrono(*line.split(), "-f", shape, "--store", ".")
    if shape in FOR_PROGRAMS:  # a cell is exact but for its beginning, and may have lines of its own
        rows = csv.reader(io.StringIO(ended.out, newline=""), delimiter="," if shape == "csv" else "\t")
        assert [row for row in rows if row and row[0].startswith(("::", "##["))] == []
    else:
        lines = [text.strip() for text in ended.out.splitlines()]
        assert [text for text in lines if text.startswith("::") or "##[" in text] == []


@pytest.mark.parametrize("width", first_of_each([40, 120], 2))
@pytest.mark.parametrize("line", [line for line, shapes in SHAPES.items() if "table" in shapes or "tree" in shapes])
def test_no_answer_on_a_terminal_does(hostile, terminal, line, width):
    terminal(width, color=True)
    ended = hostile(line, "tree" if line.startswith("lineage") else "table")
    assert (ended.code, ended.err) == (1 if line.startswith("verify") else 0, "")
    assert forbidden(STYLE.sub("", ended.out)) == []


@pytest.mark.parametrize("kind", PICTURES)
def test_no_picture_does(hostile, kind):
    picture = sheet(kind, STORE, title="a\x1b[2J\n::error::\u202e\u200b")
    assert forbidden(json.dumps(spec(picture), ensure_ascii=False)) == []
    assert (overlaps(picture), cut_off(picture)) == ([], [])


def test_rows_stay_rows(hostile):
    """Seven events under a header, whatever line ends are in them."""
    assert len(hostile("timeline", "plain").out.split("\n")) == 1 + 7 + 1
    assert len(hostile("timeline", "md").out.split("\n")) == 2 + 7 + 1
    assert len(list(csv.reader(io.StringIO(hostile("timeline", "csv").out, newline="")))) == 1 + 7
    assert len(hostile("timeline", "tsv").out.split("\n")) == 1 + 7 + 1
    assert len(hostile("timeline", "jsonl").out.split("\n")) == 7 + 1
    assert len(hostile("list places", "plain").out.split("\n")) == 1 + 2 + 1
    assert len(hostile("source", "plain").out.split("\n")) == 1 + 1 + 1


def test_texts_for_programs_are_exact(hostile):
    titles = [
        "Town \x1b[2J\x1b]0;pwned\a\x08\x7f\x9b2J\x85begins",
        "a\rb\n::error::forged\u2028c\u2029d\x0be\x0cf\tg",
        "\u202eevil\u202c\u2066x\u2069\u200e\u200f\u061c",
        "z\u200bz\xadz\u2060z\ufeffz\u200dz\u034fz\u3164z\ufe0fz\U000e0041\U000e007fz\U000e0100",
    ]
    answer = json.loads(hostile("timeline", "json").out)
    assert [event["title"] for event in answer["events"]][:4] == titles
    (show, *_) = json.loads(hostile(f"show {EVENTS[0]}", "json").out)["events"]
    assert show["title"] == titles[0]
    rows = list(csv.DictReader(io.StringIO(hostile("timeline --fields id,date,title", "csv").out, newline="")))
    assert [row["title"] for row in rows][:4] == titles
    assert rows[0]["date"] == "-0899"
    assert [row["title"][:3] for row in rows][4:] == ["'-2", "'\uff1d1", "'@S"]
    places = list(csv.DictReader(io.StringIO(hostile("timeline --fields lat,killed_low", "csv").out, newline="")))
    assert {row["lat"] for row in places} == {"-10.5"}


# --- characters


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, naïve façade 万里 – “so”", "plain, naïve façade 万里 – “so”"),
        ("a\x1b[31mb\x9b2J\x00\x7f", r"a\x1b[31mb\x9b2J\x00\x7f"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("a\u2028b\u2029\x85c\x0b", r"a\u2028b\u2029\x85c\x0b"),
        ("\u202eevil\u202c\u2066\u2069\u200e\u200f\u061c", r"\u202eevil\u202c\u2066\u2069\u200e\u200f\u061c"),
        ("s\xado\u200bf\u2060t\ufeff", r"s\xado\u200bf\u2060t\ufeff"),
        ("t\U000e0041\U000e007f", r"t\U000e0041\U000e007f"),
        ("\u3164\u115f\uffa0\u034f\u180b", r"\u3164\u115f\uffa0\u034f\u180b"),
        ("half \ud800, of a name \udcff", r"half \ud800, of a name \udcff"),
        ("private \ue000, unassigned \U000e0fff", r"private \ue000, unassigned \U000e0fff"),
        # blanks of every width show as what they are
        ("20\xa0000\u2009\u3000", "20\xa0000\u2009\u3000"),
        # a backslash stays: who must know reads json
        (r"\x1b C:\new", r"\x1b C:\new"),
        # joiners where their scripts need them, and nowhere else
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("J\u200dNIM \u200cx ن\u200c", r"J\u200dNIM \u200cx ن\u200c"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3", "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3"),
        ("a\ufe0f 1\ufe0f ❤\ufe0f\ufe0f", r"a\ufe0f 1\ufe0f ❤" + "\ufe0f" + r"\ufe0f"),
        ("葛\U000e0100 g\U000e0100", "葛\U000e0100 " + r"g\U000e0100"),
    ],
)
def test_what_is_obeyed_or_hidden_is_shown(text, shown):
    assert visible(text) == shown
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, ""),
        (3, "3"),
        # lines that are wrapped where they are written are one
        ("one\ntwo\n\n  three\tfour\n", "one two three four"),
        ("  ▁ ▂  ▃", "  ▁ ▂  ▃"),
        ("one\rtwo\u2028three\x0bfour\x85", r"one\rtwo\u2028three\x0bfour\x85"),
        ("one\r\ntwo", r"one\r two"),
        ("é\nb\x1b", r"é b\x1b"),
    ],
)
def test_a_value_is_one_line(value, line):
    assert one_line(value) == line


def test_every_character_is_shown_or_a_blank():
    """Each one alone, between letters."""
    every = (f"a{chr(number)}b" for number in (*range(0x10000), *range(0xE0000, 0xE1000)))
    assert [ascii(text) for text in every if visible(text) == text and FORBIDDEN.search(text)] == []


def test_width_counts_no_marks_and_joiners():
    assert [width(text) for text in ("abc", "é", "e\u0301", "万里", "ن\u200cن", "❤\ufe0f", "कु")] == [
        3,
        1,
        1,
        4,
        2,
        1,
        1,
    ]


# --- Markdown

MARKDOWN = [
    # (text, as written)
    ("plain, (text). 1. it's - so!", "plain, (text). 1. it's - so!"),
    ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
    ("[x](javascript:alert(1)) ![i](u)", r"\[x\](javascript:alert(1)) !\[i\](u)"),
    ("*b* __i__ ~~s~~ `c`", r"\*b\* \_\_i\_\_ \~\~s\~\~ \`c\`"),
    ("a|b \\| c\\", r"a\|b \\\| c\\"),
    ("&copy; &#60; A&B &amp;", "&amp;copy; &amp;\\#60; A&amp;B &amp;amp;"),
    ("http://evil.example https://x.y/?q=1", r"http\://evil.example https\://x.y/?q=1"),
    ("ftp://x.y xmpp:x", r"ftp\://x.y xmpp:x"),
    ("www.evil.example WWW.x.y (www.x.y) awww.", r"www\.evil.example WWW\.x.y (www\.x.y) awww."),
    ("<http://x.y>", r"\<http\://x.y\>"),
    ("# h $x^2$ #1", r"\# h \$x\^2\$ \#1"),
    ("me@x.y", r"me\@x.y"),
    ("two  blanks\nand a line\x1b", r"two blanks and a line\\x1b"),
]


@pytest.mark.parametrize(("text", "written"), MARKDOWN)
def test_markdown_is_written(text, written):
    assert escape(text) == written


def read_cells(html: str) -> list[list[str]]:
    """The cells of the rows of a table, the html of each."""
    return [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in html.split("<tr>")[2:]]


@pytest.fixture(params=["markdown-it", pytest.param("cmark-gfm", marks=pytest.mark.judge)])
def render(request):
    """A renderer of Markdown with tables: CommonMark's, or GitHub's own, which makes links of bare addresses."""
    if request.param == "markdown-it":
        return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render
    return pytest.importorskip("cmarkgfm").github_flavored_markdown_to_html


@pytest.mark.parametrize("text", [text for text, _ in MARKDOWN if "@" not in text])
def test_markdown_shows_just_the_text(render, text):
    shown = " ".join(one_line(text).split())
    html = render("".join(lines([Column("a"), Column("b", right=True)], [[text, "x"], ["y", text]])))
    assert [[unescape(cell) for cell in row] for row in read_cells(html)] == [[shown, "x"], ["y", shown]]
    assert not re.search(r"<(a|em|strong|del|code|img|script)\b", html)


def test_an_address_of_mail_is_at_most_a_link_to_itself(render):
    html = render("".join(lines([Column("a")], [["me@x.yz"]])))
    assert read_cells(html) in ([["me@x.yz"]], [['<a href="mailto:me@x.yz">me@x.yz</a>']])


@pytest.mark.parametrize("line", first_of_each((line for line, shapes in SHAPES.items() if "md" in shapes), 2))
def test_markdown_of_a_hostile_store_is_text(render, hostile, line):
    html = render(hostile(line, "md").out)
    own = ("em", "code") * (line == "brief")  # what is ours in a text: doubts, and the command that asks the same
    assert {*re.findall(r"<(a|em|del|code|img|script|http)\b", html)} <= {*own}
    for part in html.split("<table>")[1:]:
        assert len({len(row) for row in read_cells(part) if row}) <= 1


@pytest.mark.parametrize("line", [line for line in SHAPES if not line.startswith("timeline") or "--fields" in line])
def test_html_of_a_hostile_store_is_text(hostile, line):
    """No tag, no attribute and no address that is not the page's own; a table's rows are of one length.

    The page of events has other tags of its own: test_html.py.
    """
    page = Page(hostile(line, "html").out)
    assert page.tags & {"a", "img", "iframe", "object", "embed", "link", "base", "form", "b", "i", "http"} <= {"a"}
    assert not {name for name, _ in page.attributes if name.startswith("on") or name in ("style", "src", "srcset")}
    assert {value for name, value in page.attributes if name == "href" and not value.startswith("#")} == set()
    for lengths in page.tables:
        assert len(set(lengths)) <= 1


class Page(HTMLParser):
    """The tags and attributes of a page, and how many cells each row of its tables has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.tables: list[list[int]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append(0)
        elif tag in ("td", "th"):
            self.tables[-1][-1] += 1


# --- what a shell is offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("line", ["timeline --actor ", "timeline --outlet ", "timeline --region ", "list ", "show "])
def test_a_shell_is_offered_only_what_it_shows(hostile, chrono, monkeypatch, shell, line):
    monkeypatch.setenv("CHRONO_STORE", str(STORE))
    monkeypatch.setenv("_CHRONO_COMPLETE", shell)
    monkeypatch.setenv("_CHRONO_LINE", f"chrono {line}")
    ended = chrono()
    assert (ended.code, ended.err) == (0, "")
    told = [text.partition("\t")[2] if shell != "bash" else "" for text in ended.out.split("\n")]
    assert forbidden(ended.out.replace("\t", " ")) == []
    assert not set("".join(told)) & set("\\$`'\"")


# --- graphs


def test_graphs_keep_their_quotes(hostile):
    for text in hostile("lineage", "mermaid").out.splitlines()[1:]:
        assert re.fullmatch(r' +(a\d+\["[^"]*"\]|a\d+ -\.?->\|"[^"]*"\| a\d+|style a\d+ stroke-width:4px)', text)
    for text in hostile("lineage", "dot").out.splitlines()[3:-1]:
        assert re.fullmatch(r' +("[a-z-]+"|"[a-z-]+" -> "[a-z-]+") \[label="([^"\\]|\\.)*"(, [a-z]+=\w+)?\];', text)


# --- problems and errors


@pytest.mark.parametrize("shape", ["text", *EVERY])
def test_check_of_a_hostile_store(chrono, shape):
    ended = chrono("check", "--store", str(STORE), "-f", shape)
    assert ended.code == 1
    hides_nothing(ended.out, shape)


FORGED = "soc\\n::error file=x::forged\\r\\e[2J\\u200b\\U000e0041"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("events.yaml", "type: armed-clash", f'type: "{FORGED}"'),
        ("events.yaml", "places: [town]", f'places: ["{FORGED}"]'),
        ("events.yaml", "title: ", f'"{FORGED}": x\n  title: '),
        ("events.yaml", "date: ", f'date: "{FORGED}"\n  dat: '),
        ("actors.yaml", "kind: ", f'kind: "{FORGED}"\n  kin: '),
    ],
)
def test_no_value_forges_a_line_of_check(chrono, lenient, good, file, old, new):
    path = good / "data" / file
    path.write_text(path.read_text().replace(old, new, 1))
    ended = chrono("check", "--store", str(good))
    assert ended.code == 1
    assert r"soc\n::error file=x::forged\r\x1b[2J\u200b\U000e0041" in ended.out
    for shape in ("text", *EVERY):
        hides_nothing(chrono("check", "--store", str(good), "-f", shape).out, shape)
    ended = chrono("timeline", "--store", str(good))
    assert (ended.code, ended.out) == (1, "")
    assert forbidden(ended.err) == []
    assert all(text.startswith(("error: ", "  ", "run ")) for text in ended.err.splitlines())


def test_the_caret_stands_under_its_column(chrono, lenient, good):
    """What is shown as an escape, or is wide, moves it."""
    path = good / "data" / "events.yaml"
    path.write_text('- {id: x, title: "万\u200b", nothing: 1}\n')
    lines = chrono("check", "--store", str(good)).out.splitlines()
    at = next(i for i, text in enumerate(lines) if "nothing" in text and "error" in text)
    assert lines[at + 1].endswith(r'- {id: x, title: "万\u200b", nothing: 1}')
    assert width(lines[at + 1].split("nothing")[0]) == lines[at + 2].index("^")


@posix
def test_names_of_files_and_folders(chrono, good, tmp_path, monkeypatch):
    (good / "data" / "a\x1b[2J\u202e\nb.yaml").write_text("- x: [\n")
    (good / "seeds" / "\u200bc\r.yaml").write_text("x: 1")
    ended = chrono("check", "--store", str(good))
    assert ended.code == 1
    assert r"data/a\x1b[2J\u202e\nb.yaml" in ended.out
    assert r"seeds/\u200bc\r.yaml" in ended.out
    assert forbidden(ended.out) == []
    named = shutil.copytree(CASES / "good", tmp_path / "s\x1b[2J\u202e\n::x")
    monkeypatch.setenv("CHRONO_STORE", str(named))
    for words in (
        ("timeline", "-f", "table"),
        ("at", "2012", "-f", "table"),
        ("timeline", "-f", "json"),
        ("--version",),
    ):
        ended = chrono(*words)
        assert (ended.code, forbidden(ended.out), ended.err) == (0, [], "")


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", "--store", "HOSTILE"),
        ("timeline", "--actor", "HOSTILE"),
        ("timeline", "--since", "HOSTILE"),
        ("timeline", "--fields", "HOSTILE"),
        ("timeline", "-f", "HOSTILE"),
        ("timeline", "--HOSTILE"),
        ("timeline", "HOSTILE"),
        ("timeline", "-n", "HOSTILE"),
        ("timeline", "-o", "/nowhere/HOSTILE.csv"),
        ("timeline", "--color", "HOSTILE"),
        ("HOSTILE",),
        ("show", "HOSTILE"),
        ("summary", "--by", "HOSTILE"),
        ("verify", "HOSTILE"),
        ("source", "HOSTILE"),
    ],
    ids=" ".join,
)
def test_errors_show_what_was_typed_on_one_line(chrono, words):
    typed = "x\x1b[2J\n::error::forged\r\u202e\u200b"
    ended = chrono(*(word.replace("HOSTILE", typed) for word in words))
    assert ended.code in (1, 2)
    assert ended.out == ""
    assert forbidden(ended.err) == []
    assert not any(text.startswith("::") for text in ended.err.splitlines())


def test_a_name_that_is_no_utf8_is_json(hostile, chrono, tmp_path):
    named = shutil.copytree(STORE / "documents", tmp_path / "s\udcff")
    answer = json.loads(chrono("verify", str(named), "-f", "json", "--store", ".").out)
    assert answer["query"]["documents"] == str(named)
    assert chrono("verify", f"{named}/x", "--store", ".").err.startswith(rf"error: '{tmp_path}/s\udcff/x' is no folder")
