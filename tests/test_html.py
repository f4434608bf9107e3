"""The page of a timeline is one file that asks for nothing, runs nothing but its own script, and says all there is.

What a browser makes of it: test_readers_html.py.
"""

import base64
import hashlib
import re
import sys

import pytest
from conftest import CASES, ROOT
from helpers.pages import Read, about, page_of, rows_of
from test_safe import forbidden

from mali_chrono.exchange.html import Around, pieces
from mali_chrono.render.html import cite_link, document, documents, escape, facts, table
from mali_chrono.render.look import Column
from mali_chrono.render.prose import Picture, as_html

STORES = CASES / "stores"
RENDER = ROOT / "mali_chrono" / "render"
PICTURE = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><clipPath id="clip0"/>'
    '<g clip-path="url(#clip0)"/></svg>'
)


@pytest.fixture
def tinzaouaten(chrono) -> Read:
    """The page of the ambush and of what is linked to it."""
    return Read(
        page_of(chrono, ROOT, "--in", "2024-07", "--place", "tinzaouaten", around=Around({"csp-dpa": "CSP-DPA"}))
    )


# --- its parts


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (12, "12"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("\"double\" 'single'", "&quot;double&quot; &#x27;single&#x27;"),
        ("&amp;", "&amp;amp;"),
        ("two\nlines", "two lines"),
        ("\x1b[2J\u202e", "\\x1b[2J\\u202e"),
        ("Ménaka", "Ménaka"),
    ],
)
def test_a_value_shows_just_what_it_says(value, shown):
    assert escape(value) == shown


def test_a_table_is_escaped():
    columns = [Column("place", "<where>"), Column("killed", right=True)]
    page = Read(table(columns, [["<b>Town</b>", 12], [None, "3-5+"]], "places"))
    assert page.text("th") == ["<where>", "killed"]
    assert page.text("td") == ["<b>Town</b>", "12", "", "3-5+"]
    assert page.text("td", class_="right") == ["12", "3-5+"]
    assert page.all("data-noun") == ["places"]
    assert page.all("data-label") == ["<where>", "killed"] * 2


def test_facts_are_told_only_where_there_are_any():
    assert Read(facts([("a & b", "<b>c</b>"), ("empty", "")])).text("dl") == ["a & bc"]
    assert facts([("empty", "")]) == ""
    assert documents([]) == ""


def test_a_document_is_where_its_cites_lead():
    source = about(documents=[("book", "The <Book>")]).documents[0]
    page = Read(
        documents([source | {"author": "An Author", "publisher": "An Author", "url": "https://e.example/?a&b"}])
    )
    assert page.text("dt", id="_book") == ["book"]
    assert page.text("dd") == ["The <Book>; An Author; as of Jan 2020; licence: CC0; https://e.example/?a&b"]
    assert page.all("href") == ["https://e.example/?a&b"]
    assert Read(cite_link("book:4-5")).all("href") == ["#_book"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//e.example", "x"])
def test_only_an_address_of_the_web_becomes_a_link(url):
    (source,) = about(documents=[("book", "The Book")]).documents
    assert Read(documents([source | {"url": url}])).all("href") == []


# --- its policy


def test_the_policy_allows_the_style_and_script_of_the_page_alone():
    page = document("Title", "<p>Body</p>\n", about())
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    texts = [text for tag in ("style", "script") for text in re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)]
    hashes = ["sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    assert len(hashes) == 2
    assert [text.strip() for text in texts] == texts  # some readers take blanks off before they hash
    assert policy == (
        f"default-src 'none'; style-src '{hashes[0]}'; script-src '{hashes[1]}'; base-uri 'none'; form-action 'none'"
    )
    assert page.index("Content-Security-Policy") < page.index("<style>")


@pytest.mark.parametrize("name", ["page.css", "page.js"])
def test_style_and_script_stand_between_their_tags(name):
    text = (RENDER / name).read_text("utf-8")
    assert not re.search(r"</|<!--|@import|url\(|https?:|\bfetch\b|innerHTML|\beval\b|cookie|localStorage", text)


@pytest.mark.parametrize(
    "needed",
    [
        "[hidden] { display: none !important; }",  # a row is a grid, and would stay
        "@media screen and (max-width: 700px)",  # paper is narrow too, and would get cards
        "@media screen and (prefers-color-scheme: dark)",
        "content-visibility: auto",  # ten thousand rows
        "scroll-margin-top",  # what is linked to stands under the bar
    ],
)
def test_the_style_keeps_what_was_learnt(needed):
    assert needed in (RENDER / "page.css").read_text("utf-8")


def test_the_style_is_of_today():
    text = (RENDER / "page.css").read_text("utf-8")
    assert "color-mix" not in text
    assert len(re.findall(r"@media \(", text)) == 0


# --- every page


@pytest.fixture(params=["shipped", "good", "eras", "tolls", "links", "spans", "hostile", "empty"])
def page(request, chrono, lenient) -> str:
    stores = {"shipped": ROOT, "good": CASES / "good", "hostile": CASES / "hostile", "empty": CASES / "good"}
    args = ("--since", "2012") * (request.param == "shipped") + ("--in", "1900") * (request.param == "empty")
    store = stores.get(request.param, STORES / request.param)
    return page_of(chrono, store, *args, around=Around(pictures=[("One", PICTURE), ("Two", PICTURE)]))


def test_every_id_stands_once_and_every_way_leads_somewhere(page):
    read = Read(page)
    ids = read.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in read.all("href") if href.startswith("#")} <= set(ids)


def test_nothing_is_run_styled_or_asked_for_from_outside(page):
    read = Read(page)
    attributes = {key for _, attrs in read.tags for key in attrs}
    assert {a for a in attributes if a.startswith("on") or a in ("style", "src", "srcset", "action", "ping")} == set()
    assert [tag for tag, _ in read.tags].count("script") == [tag for tag, _ in read.tags].count("style") == 1
    assert {tag for tag, _ in read.tags} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "script", "h1", "h2",
        "p", "a", "b", "small", "time", "div", "dl", "dt", "dd", "ul", "li", "details", "summary", "figure",
        "figcaption", "table", "thead", "tbody", "tr", "th", "td", "svg", "clippath", "g",
    }  # fmt: skip


def test_no_page_hides_anything(page):
    assert forbidden(page) == []


def test_a_page_ends_its_last_line(page):
    assert page.startswith("<!DOCTYPE html>\n")
    assert page.endswith("</html>\n")
    assert "\r" not in page


# --- events


def test_an_event_has_its_texts(tinzaouaten):
    row = "2024-07-25-tinzaouaten-ambush"
    assert row in tinzaouaten.all("id")
    (text,) = tinzaouaten.text("tr", id=row)
    assert text.startswith("25-27 Jul 2024armed clashCSP-DPA ambushed Malian and Wagner forces at Tinzaouaten")
    facts_of = tinzaouaten.text("dl", class_="facts")[0]
    for told in (
        "Dead12-131+ (low 12, best 12, high 131+)",
        "Captured7 (low 7, best 7, high 7)",
        "the source itself: dozens killed [history-of-mali:119, ukraine-ties:10]; 7 captured [cep-mali:111]",
        "CSP-DPA: 84+ killed, of wagner [cep-mali:111, ukraine-ties:14]; 47 killed, of fama [cep-mali:111]",
        "Jama'at Nusrat al-Islam wal-Muslimin: perpetrator, disputed",
        "Ukrainian military intelligence: supporter, claimed, gur says",
        "Tinzaouaten, Kidal (19.96, 2.86; precision 2)",
        "told Jul 2024 [history-of-mali:119]",
        "Cep-mali, lines 110-111",
        "History-of-mali, line 119",
        "Reported byVoice of America, Deutsche Welle, CNN",
        "NoteTwo documents name JNIM as a party",
    ):
        assert told in facts_of, told
    assert tinzaouaten.text("summary")[0] == (
        "4 claims, note, sources: cep-mali:110-111, history-of-mali:119, ukraine-ties:10-18"
    )


def test_its_columns(tinzaouaten):
    assert tinzaouaten.text("th") == ["When", "What", "Where", "Who", "Dead"]
    assert tinzaouaten.text("td", data_label="Dead") == ["12-131+"]
    assert tinzaouaten.text("td", data_label="Where")[0] == "Tinzaouaten"
    assert tinzaouaten.text("td", data_label="Who")[0].startswith(
        "CSP-DPA, Jama'at Nusrat al-Islam wal-Muslimin? against"
    )


def test_a_link_leads_to_an_event_of_the_page(chrono):
    page = page_of(chrono, CASES / "good")
    assert 'follow up of <a href="#2011-05-01-town-raid">Front raids the army in Town</a>' in page
    page = page_of(chrono, CASES / "good", "--in", "2012")
    assert "follow up of 2011-05-01-town-raid<" in page


def test_where_nobody_died_there_is_no_column_of_the_dead(chrono):
    read = Read(page_of(chrono, STORES / "eras"))
    assert read.text("th") == ["When", "What", "Where", "Who"]


def test_an_answer_of_nothing(chrono):
    read = Read(page_of(chrono, CASES / "good", "--in", "1900"))
    assert read.text("main") == ["Events0 No event matches."]


@pytest.mark.parametrize(
    ("date", "machine"),
    [
        ("2024-07-25", "2024-07-25"),
        ("2024-07", "2024-07"),
        ("2024", "2024"),
        ("0900", "0900"),
        ("2024-07-25T14:30:00", "2024-07-25T14:30:00"),
        ("2024-07-25T14:30:00Z", "2024-07-25T14:30:00Z"),
        ("2024-07-25T14:30:00-04:00", "2024-07-25T14:30:00-04:00"),
        ("2024-07-25T14:30:00-04", "2024-07-25"),
        ("2024-07-25T24:00:00", "2024-07-25"),
        ("0000", None),
        ("-0899", None),
        ("Y-65999999", None),
        ("Y12000", None),
        ("2024-21", None),  # spring
        ("2024~", None),
        ("199X", None),
        ("2024-07-25/2024-07-27", None),
        ("[2024-07-25..2024-07-27]", None),
        ("2012/..", None),
    ],
)
def test_time_is_said_to_programs_only_where_html_has_a_word_for_it(chrono, date, machine):
    row, _ = rows_of(chrono, CASES / "good")
    content = "".join(pieces([row | {"date": date}], about()))
    assert Read(content).all("datetime") == ([machine] if machine else [])


def test_columns_sort_by_keys(chrono):
    """When: by the order of the answer; the dead: by the best figure. (tolls has them by hand.)"""
    rows = rows_of(chrono, ROOT, "--in", "2012")
    read = Read("".join(pieces(rows, about())))
    whens = [attrs["data-k"] for tag, attrs in read.tags if tag == "td" and attrs.get("class") == "when"]
    assert whens == [str(n) for n in range(len(rows))]
    dead = [attrs["data-k"] for tag, attrs in read.tags if tag == "td" and attrs.get("class") == "right toll"]
    assert dead == [str(row["killed"]["best"]) for row in rows if row["killed"]]


def test_a_long_answer_has_its_years(chrono):
    read = Read(page_of(chrono, ROOT, "--in", "2012/2013"))
    (details,) = [i for i, (tag, attrs) in enumerate(read.tags) if attrs.get("class") == "years"]
    assert "2012 2013" in " ".join("".join(read.texts[details]).split())
    whole = page_of(chrono, ROOT)
    assert '">9400 BC</a>' in whole  # "c. 9400 BC" may be 9401 BC, and is not called so
    assert '">9401 BC</a>' not in whole
    assert 'class="years"' not in page_of(chrono, ROOT, "--in", "2012/2013", "--sort", "killed")
    assert 'class="years"' not in page_of(chrono, ROOT, "--in", "2012-03")


# --- what stands around them


def test_a_page_says_of_what_and_when_it_is(chrono):
    question = {"in": "2011", "first": "2011-01-01", "last": "2011-12-31", "actor": ["front", "army"], "must": True}
    read = Read(page_of(chrono, CASES / "good", question=question, title="A <small> war"))
    assert read.text("title") == read.text("h1") == ["A <small> war"]
    assert read.text("header") == [
        "A <small> war Asked: in 2011; actor front or army; must (from 2011-01-01 to 2011-12-31)"
    ]
    assert read.text("footer") == [
        "Made by chrono 1.2.3 from the chronology small, revision 0123456789ab, as asked on 2025-11-15."
    ]
    assert read.text("dt", id="_book") == ["book"]
    assert "Book; as of Jan 2020; licence: CC0" in read.text("dd")


def test_without_a_question_it_is_all_there_is(chrono):
    assert "Asked: all there is" in page_of(chrono, CASES / "good")


def test_only_documents_that_are_cited_are_told(chrono):
    page = page_of(chrono, CASES / "good", documents=[("book", "The Book"), ("other", "Another")])
    assert "The Book" in page
    assert "Another" not in page


def test_totals(chrono):
    total = {
        "events": 2,
        "killed": {"low": 24, "best": 24, "high": 1024, "open": True},
        "wounded": {"low": 3, "best": 3, "high": 3, "open": False},
        "captured": None,
    }
    read = Read(page_of(chrono, CASES / "good", around=Around(total=total)))
    assert read.text("dl", class_="totals") == ["Events2Killed24 to 1,024+best 24Wounded3"]


def test_pictures_keep_apart(chrono):
    page = page_of(chrono, CASES / "good", around=Around(pictures=[("By <year>", PICTURE), ("Map", PICTURE)]))
    assert Read(page).text("figcaption") == ["By <year>", "Map"]
    assert page.count("<?xml") == 0
    assert re.findall(r'(?:<clipPath id="|url\(#)([^")]*)', page) == ["_1clip0"] * 2 + ["_2clip0"] * 2


def test_pictures_in_a_text_keep_apart():
    text = as_html([Picture("By <year>", svg=PICTURE), Picture("Map", svg=PICTURE)])
    assert Read(text).text("figcaption") == ["By <year>", "Map"]
    assert text.count("<?xml") == 0
    own, same, other, other_same = re.findall(r'(?:<clipPath id="|url\(#)([^")]*)', text)
    assert own == same != other == other_same


def test_the_same_answer_has_the_same_bytes_and_no_path_of_the_machine(chrono):
    first, second = (page_of(chrono, ROOT, "--in", "2024-07") for _ in range(2))
    assert first == second
    assert str(ROOT) not in first


# --- hostile texts


def test_hostile_titles_are_text(chrono, lenient):
    rows = rows_of(chrono, CASES / "hostile")
    read = Read("".join(pieces(rows, about(title="</title><script>alert(1)</script>"))))
    assert read.text("h1") == read.text("title") == ["</title><script>alert(1)</script>"]
    assert read.text("div", class_="title")[0] == "Town \\x1b[2J\\x1b]0;pwned\\x07\\x08\\x7f\\x9b2J\\x85begins"
    assert "<script>alert(1)</script> [x](javascript:alert(1))" in read.text("tr", id="bc-900-e1")[0]
    assert len(read.text("tr")) == 1 + 7
    assert [href for href in read.all("href") if not href.startswith("#")] == []


def test_a_hostile_name_of_a_claimant_is_text(chrono):
    page = page_of(chrono, CASES / "good", around=Around({"front": "<img src=x onerror=alert(1)>"}))
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;</b>: 12 killed" in page


def test_nothing_heavy_is_imported(process):
    code = (
        "import sys, mali_chrono.exchange.html;"
        "print(sorted({'yaml', 'rich', 'dateutil', 'hashlib', 'importlib.resources', 'mali_chrono.store.load',"
        "'mali_chrono.store.model'} & set(sys.modules)))"
    )
    assert process("-c", code, program=(sys.executable,)).stdout == "[]\n"
