"""The page as Chromium shows and prints it, and as Nu's checker reads it.

`python -m pytest -m readers tests/test_readers_html.py`; Chromium is at CHRONO_CHROMIUM, or else /usr/bin/chromium,
Nu's checker (the vnu.jar of npm's vnu-jar; Java runs it) at CHRONO_VNU.
"""

import json
import os
import re
import shutil
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import CASES, ROOT
from helpers.pages import about, page_of, rows_of

from mali_chrono.exchange.html import Around, pieces
from mali_chrono.render.html import document, table
from mali_chrono.render.look import Column

pytestmark = pytest.mark.readers

CHROMIUM = os.environ.get("CHRONO_CHROMIUM", "/usr/bin/chromium")
VNU = os.environ.get("CHRONO_VNU", "")
# It asks nobody on the network for anything but the page.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS = {390: 844, 1280: 900}
AMBUSH = "2024-07-25-tinzaouaten-ambush"
TOTAL = {"killed": {"low": 173, "best": 173, "high": 352, "open": True}}
# A picture wider than any phone.
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 200" width="1600" height="200">'
    '<rect id="bar" width="1600" height="200" fill="#ccc"/></svg>'
)


# The colour of each text, and that of what is behind it.
COLOURS = """() => {
    const of = (element, what) => getComputedStyle(element)[what];
    const texts = document.querySelectorAll('h1, p, a, td, th, dt, dd, summary, button, output, .toll, .faint');
    return Array.from(texts).map((text) => {
        let behind = text;
        while (behind && of(behind, 'backgroundColor') === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
        return [of(text, 'color'), of(behind, 'backgroundColor')];
    });
}"""


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def pages(chrono, lenient, tmp_path):
    """Pages, each written to a file: an answer, a whole chronology, hostile texts, another list, nothing."""
    rows = [[f"Town {n}", n] for n in range(30)]
    made = {
        "answer": page_of(chrono, ROOT, "--in", "2024", around=Around({}, TOTAL, [("By year", PICTURE)])),
        "whole": page_of(chrono, ROOT),
        "hostile": page_of(chrono, CASES / "hostile", title="</title><img src=x onerror=alert(1)>"),
        "list": document("Places", table([Column("place"), Column("events", right=True)], rows), about()),
        "empty": page_of(chrono, CASES / "good", "--in", "1900"),
    }
    for name, text in made.items():
        (tmp_path / f"{name}.html").write_text(text, "utf-8")
    return tmp_path


NAMES = ("answer", "whole", "hostile", "list", "empty")


class Visit:
    """A page opened in a browser: what it asked for, and what it told the console."""

    def __init__(self, browser, address: str, width: int = 1280, **options) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": WIDTHS.get(width, 900)}, **options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.goto(address)

    def shown(self) -> list[str]:
        """The ids of the rows that are shown, from top to bottom."""
        ids: list[str] = self.page.eval_on_selector_all(
            "tbody > tr", "rows => rows.filter(row => row.offsetHeight).map(row => row.id)"
        )
        return ids

    def filter(self, words: str) -> list[str]:
        self.page.fill("input", words)
        self.page.wait_for_timeout(400)  # it waits for the typing to end
        return self.shown()


@pytest.fixture
def visit(browser, pages):
    opened = []

    def go(name: str, width: int = 1280, *, fragment: str = "", **options) -> Visit:
        opened.append(Visit(browser, (pages / f"{name}.html").as_uri() + fragment, width, **options))
        return opened[-1]

    yield go
    for seen in opened:
        seen.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_it_fits_asks_for_nothing_and_is_quiet(visit, name, width, scheme, scripts):
    seen = visit(name, width, color_scheme=scheme, java_script_enabled=scripts)
    seen.page.wait_for_timeout(100)
    assert len(seen.asked) == 1
    assert seen.said == []
    if not scripts:  # measured by a picture of the whole page, which is as wide as it scrolls
        picture = seen.page.screenshot(full_page=True)
        assert int.from_bytes(picture[16:20], "big") == width
        assert seen.page.locator("input, button").count() == 0
        return
    assert seen.page.evaluate("document.documentElement.scrollWidth") == width
    if seen.page.locator("details").count():
        seen.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert seen.page.evaluate("document.documentElement.scrollWidth") == width
    paper = seen.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 24, 26)"}[scheme]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_texts_stand_out(visit, scheme):
    """Contrast of text to what is behind it is 4.5 at least (WCAG 2.2, 1.4.3)."""
    seen = visit("answer", color_scheme=scheme, fragment=f"#{AMBUSH}")
    pairs = seen.page.evaluate(COLOURS)
    weak = {pair for pair in map(tuple, pairs) if contrast(*pair) < 4.5}
    assert weak == set()


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, as WCAG 2.2 defines it."""
    lights = []
    for colour in (one, other):
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_served_it_is_one_request(browser, pages):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(pages))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        seen = Visit(browser, f"http://127.0.0.1:{server.server_address[1]}/answer.html")
        seen.page.wait_for_timeout(300)
        server.shutdown()
    seen.context.close()
    assert (len(seen.asked), seen.said) == (1, [])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        pass


@pytest.mark.parametrize("width", WIDTHS)
def test_the_filter(visit, chrono, width):
    seen = visit("whole", width)
    everything = seen.shown()
    assert len(everything) == len(rows_of(chrono, ROOT))
    assert seen.page.inner_text("output") == f"{len(everything)} of {len(everything)} events"
    found = seen.filter("TINZAOUATEN wagner")
    assert AMBUSH in found
    assert 1 < len(found) < 20
    assert seen.page.inner_text("output") == f"{len(found)} of {len(everything)} events"
    assert seen.filter("menaka") == seen.filter("Ménaka") != []
    assert seen.filter("jamaat nusrat") == seen.filter("Jama'at nusrat") != []
    assert seen.filter("no such word") == []
    assert seen.filter("") == everything


@pytest.mark.parametrize("width", WIDTHS)
def test_the_columns_sort(visit, chrono, width):
    rows = rows_of(chrono, ROOT, "--in", "2024")
    ids = [row["id"] for row in rows]
    dead = {row["id"]: row["killed"]["best"] for row in rows if row["killed"]}
    untold = [ident for ident in ids if ident not in dead]
    seen = visit("answer", width)
    head = seen.page.locator("th").filter(has_text="Dead")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert seen.shown() == [*sorted(dead, key=lambda ident: -dead[ident]), *untold]
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert seen.shown() == [*sorted(dead, key=lambda ident: dead[ident]), *untold]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") is None
    assert seen.shown() == ids
    when = seen.page.locator("th button").first
    when.click()
    assert seen.shown() == ids
    when.click()
    assert seen.shown() == ids[::-1]
    seen.page.locator("th button").nth(1).click()
    titles = [title.casefold() for title in seen.page.locator(".title").all_text_contents()]
    assert [title[0] for title in titles] == sorted(title[0] for title in titles)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_permalink_shows_its_event_under_the_bar(visit, width):
    seen = visit("whole", width, fragment=f"#{AMBUSH}")
    seen.page.wait_for_timeout(300)
    row = seen.page.locator(f"[id='{AMBUSH}']")
    bottom = max(seen.page.locator(name).bounding_box()["y"] + seen.page.locator(name).bounding_box()["height"]
                 for name in (".search", "thead"))  # fmt: skip
    assert bottom - 1 <= row.bounding_box()["y"] < bottom + 40
    assert row.locator("details").evaluate("fold => fold.open")
    assert seen.page.locator("details[open]").count() == 1
    # what the filter hides comes back
    assert AMBUSH not in seen.filter("pottery")
    seen.page.evaluate("location.hash = ''")
    seen.page.evaluate(f"location.hash = '#{AMBUSH}'")
    seen.page.wait_for_timeout(300)
    assert AMBUSH in seen.shown()
    assert seen.page.input_value("input") == ""


@pytest.mark.parametrize("fragment", ["#", "#%", "#%3Cscript%3E", "#no-such-event", "#_cep-mali"])
def test_any_other_address_is_quiet(visit, fragment):
    seen = visit("answer", fragment=fragment)
    seen.page.wait_for_timeout(100)
    assert seen.said == []
    assert seen.page.locator("tbody details[open]").count() == 0


def test_all_opens_and_closes(visit):
    seen = visit("answer")
    button = seen.page.locator(".search button")
    count = seen.page.locator("tbody details").count()
    button.click()
    assert seen.page.locator("tbody details[open]").count() == count
    assert button.inner_text() == "Close all"
    button.click()
    assert seen.page.locator("tbody details[open]").count() == 0


def test_without_scripts_all_is_there(visit, chrono):
    seen = visit("whole", java_script_enabled=False)
    ids = [row["id"] for row in rows_of(chrono, ROOT)]
    assert seen.page.locator("tbody > tr").count() == len(ids)
    row = seen.page.locator(f"[id='{AMBUSH}']")
    assert not row.locator("dl").is_visible()
    row.locator("summary").click()
    assert row.locator("dl").is_visible()
    assert "84+ killed" in row.inner_text()


def test_hostile_titles_are_inert(visit):
    seen = visit("hostile")
    seen.page.locator(".search button").click()
    seen.filter("<script>")
    seen.page.locator("th button").first.click()
    seen.page.wait_for_timeout(200)
    assert (len(seen.asked), seen.said) == (1, [])
    assert seen.page.title() == "</title><img src=x onerror=alert(1)>"
    assert seen.page.locator("main script, main img, main b:has-text('<b>')").count() == 0
    assert "<script>alert(1)</script>" in seen.page.inner_text("tbody")


def test_what_a_text_could_plant_does_not_run(browser, pages):
    """Were something not escaped, the policy would still hold it."""
    planted = "<script>alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(2)><p style='color:red' id=p>x</p>"
    page = document("Title", planted, about())
    (pages / "planted.html").write_text(page, "utf-8")
    seen = Visit(browser, (pages / "planted.html").as_uri())
    seen.page.wait_for_timeout(300)
    assert not [text for text in seen.said if text in ("1", "2")]
    assert len([text for text in seen.said if "Content Security Policy" in text]) >= 3
    assert seen.page.evaluate("getComputedStyle(document.querySelector('p[id=p]')).color") != "rgb(255, 0, 0)"
    seen.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext")
def test_printed_it_is_a_table_with_its_head_on_every_page(visit, chrono, tmp_path, scheme):
    seen = visit("whole", color_scheme=scheme)
    seen.page.pdf(path=str(tmp_path / "whole.pdf"), format="A4")
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "whole.pdf"), "-"], capture_output=True, text=True, check=True
    )
    sheets = text.stdout.split("\f")[:-1]
    events = len(rows_of(chrono, ROOT))
    assert events / 10 < len(sheets) < events / 6
    headed = [bool(re.match(r"\s*When +What +Where +Who +Dead\n", sheet)) for sheet in sheets[1:-2]]
    assert all(headed)
    assert "Filter" not in text.stdout
    assert "cep-mali:110-111" in text.stdout  # a fold that is closed still names its sources
    assert "Made by chrono" in sheets[-1]


def test_a_list_on_a_phone_is_cards(visit):
    seen = visit("list", 390)
    label = seen.page.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label.replace('" "', "") == '"place: "'
    seen.filter("town 29")
    assert seen.page.inner_text("output") == "1 of 30 rows"


def test_of_several_tables_each_sorts_and_one_filter_serves_all(browser, pages):
    columns = [Column("place"), Column("events", right=True)]
    body = table(columns, [["Gao", 2], ["Kidal", 10]]) + "<h2>Towns</h2>" + table(columns, [["Bamba", 3], ["Gao", 4]])
    (pages / "two.html").write_text(document("Places", body, about()), "utf-8")
    seen = Visit(browser, (pages / "two.html").as_uri(), 390)
    cells = "tbody tr:not([hidden]) td:first-child"
    seen.page.locator("th button").nth(1).click()
    assert seen.page.locator(cells).all_text_contents() == ["Kidal", "Gao", "Bamba", "Gao"]
    seen.page.locator("th button").nth(3).click()
    assert seen.page.locator(cells).all_text_contents() == ["Kidal", "Gao", "Gao", "Bamba"]
    seen.filter("gao")
    assert seen.page.locator(cells).all_text_contents() == ["Gao", "Gao"]
    assert seen.page.locator("input").count() == 1
    assert seen.page.inner_text("output") == "2 of 4 rows"
    seen.context.close()


def test_ten_thousand_events_stay_usable(browser, chrono, tmp_path):
    """Only so far as no step takes many seconds, which a machine with much else to do also keeps."""
    rows = rows_of(chrono, ROOT)
    many = [row | {"id": f"{row['id']}-{n}", "links": []} for n in range(10_000 // len(rows) + 1) for row in rows][
        :10_000
    ]
    (tmp_path / "many.html").write_text("".join(pieces(many, about())), "utf-8")
    seen = Visit(browser, (tmp_path / "many.html").as_uri(), 390)
    for words, count in (("tinzaouaten", sum("inzaouaten" in str(row) for row in many)), ("", 10_000)):
        seen.page.fill("input", words)
        seen.page.locator("output", has_text=f"{count} of 10000 events").wait_for(timeout=10_000)
    seen.page.locator("th button").last.click()
    assert seen.page.locator("tbody tr").first.inner_text(timeout=10_000)
    seen.context.close()


@pytest.mark.skipif(not VNU, reason="CHRONO_VNU names no vnu.jar")
def test_nu_finds_nothing(pages):
    files = [str(pages / f"{name}.html") for name in NAMES]
    ended = subprocess.run(
        ["java", "-jar", VNU, "--format", "json", *files], capture_output=True, text=True, check=False
    )
    assert json.loads(ended.stderr)["messages"] == []
