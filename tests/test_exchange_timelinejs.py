"""TimelineJS3: a slide for each event with its date as far as it is known, at most six groups, nothing read as html."""

import functools
import http.server
import json
import os
import shutil
import threading
from pathlib import Path

import pytest
from conftest import CASES

from mali_chrono.dates.edtf import parse
from mali_chrono.exchange.timelinejs import _dates, _groups


def told(asked):
    return json.loads(asked.write("timelinejs").content)


def day(text):
    """{"year": ...} for "2020-06-01"."""
    sign, numbers = (-1, text[1:]) if text.startswith("-") else (1, text)
    moment = dict(zip(("year", "month", "day"), map(int, numbers.split("-")), strict=False))
    return moment | {"year": sign * moment["year"]}


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("-9999", "-9999", None),  # 10,000 BC: years as EDTF numbers them
        ("-9399~", "-9399", None),  # as written, not widened
        ("[..-4999]", "-4999", None),
        ("[-0999..0000]", "-999", "0"),
        ("2020-06", "2020-06", None),
        ("2020-02-25/2020-03-02", "2020-02-25", "2020-03-02"),
        ("[2020-05-17..2020-05-21]", "2020-05-17", "2020-05-21"),
        ("{2020-08-01,2020-08-05}", "2020-08-01", "2020-08-05"),
        ("2011/..", "2011", None),
        ("2011/", "2011", None),
        ("../2012-03", "2012-03", None),
        ("196X", "1960", "1969"),
        ("1950S2", "1900", "1999"),
        ("2004-XX", "2004", None),
        ("2004-06-XX", "2004-06", None),
        ("2018-40", "2018-01", "2018-06"),  # its first half
        ("2010-24", "2010-12", "2011-02"),  # winter
        ("2015?/2017", "2015", "2017"),
        ("2023/2024-03", "2023", "2024-03"),
    ],
)
def test_dates_go_as_far_as_they_are_known(date, start, end):
    expected = {"start_date": day(start)} | ({"end_date": day(end)} if end else {})
    assert _dates(parse(date)) == expected


def test_a_year_and_a_day_in_it_are_two_times():
    assert _dates(parse("2023/2023-12-11")) == {
        "start_date": {"year": 2023, "month": 1, "day": 1, "hour": 0, "minute": 0}, "end_date": day("2023-12-11"),
    }  # fmt: skip


def test_a_time_of_day_stands_as_printed():
    assert _dates(parse("2020-07-01T00:30:05+01:00")) == {
        "start_date": {"year": 2020, "month": 7, "day": 1, "hour": 0, "minute": 30, "second": 5}
    }


def test_the_date_is_shown_in_our_words(exchange):
    words = {slide["unique_id"]: slide["display_date"] for slide in told(exchange("exchange"))["events"]}
    assert (words["bc-0500-walls"], words["2011-hostages"]) == ("c. 500 BC", "since 2011")
    assert words["2020-05-17-raid"] == "one of 17-21 May 2020"


def test_every_event_is_a_slide_and_nothing_is_left_out(exchange):
    asked = exchange("exchange")
    assert [slide["unique_id"] for slide in told(asked)["events"]] == [row["id"] for row in asked.rows]
    assert asked.write("timelinejs").left_out == ()


def test_filters_are_heeded(exchange):
    assert [slide["unique_id"] for slide in told(exchange("exchange", "--type raid"))["events"]] == [
        "2020-01-31-raid", "2020-05-17-raid",
    ]  # fmt: skip


def test_text_is_no_html(exchange):
    slides = {slide["unique_id"]: slide for slide in told(exchange("exchange"))["events"]}
    text = slides["2020-01-31-raid"]["text"]
    assert text["headline"] == (
        "=HYPERLINK(&quot;http://evil.example&quot;;&quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;), or not; a\\b"
    )
    assert text["text"].startswith("<p>A line, a semicolon; a backslash \\ and https://example.org/x?a=1&amp;b=2 stand")
    assert "<p>Killed: 5-12+</p>" in text["text"]
    assert all(slide["autolink"] is False for slide in slides.values())


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ({"battles": 3, "custody": 1}, {"battles": "battles", "custody": "custody"}),
        (
            {"a": 9, "b": 8, "c": 7, "d": 6, "e": 5, "f": 5},
            {"a": "a", "b": "b", "c": "c", "d": "d", "e": "e", "f": "f"},
        ),
        (
            {"a": 9, "b": 8, "c": 7, "d": 6, "f": 4, "e": 5, "g": 5},
            {"a": "a", "b": "b", "c": "c", "d": "d", "e": "e", "g": "other", "f": "other"},
        ),
    ],
)
def test_there_are_at_most_six_groups(counts, groups):
    assert _groups(counts) == groups


def test_periods_that_meet_the_events_are_eras(exchange):
    # The crisis has no beginning; the war goes on until the day of the question.
    assert told(exchange("exchange"))["eras"] == [
        {"start_date": {"year": -299}, "end_date": {"year": 200}, "text": {"headline": "Empire of Shore"}},
        {
            "start_date": {"year": 2019, "month": 5},
            "end_date": {"year": 2025, "month": 11, "day": 15, "hour": 0, "minute": 0},
            "text": {"headline": "War &lt;b&gt;of&lt;/b&gt; Shore"},
        },
        # An era whose ends are written alike, or as 2021 and 31 December 2021, is refused.
        {
            "start_date": {"year": 2021, "month": 1, "day": 1, "hour": 0, "minute": 0},
            "end_date": {"year": 2021, "month": 12, "day": 31, "hour": 23, "minute": 59},
            "text": {"headline": "Famine of 2021"},
        },
    ]  # fmt: skip
    assert [era["start_date"]["year"] for era in told(exchange("exchange", "--since 2020 --until 2021"))["eras"]] == [
        2019, 2021,
    ]  # fmt: skip
    assert told(exchange("exchange", "--in 1700")) | {"title": None} == {"title": None, "events": [], "eras": []}


def test_the_title_slide_says_where_it_comes_from(exchange):
    asked = exchange("exchange", "--in 2020", title="Raids & more")
    text = told(asked)["title"]["text"]
    assert text["headline"] == "Raids &amp; more"
    assert text["text"].startswith(f"<p>Store: exchange</p><p>Revision: {asked.about.revision}</p>")


PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="css/timeline.css">
<div id="timeline" style="width: 1200px; height: 800px"></div><script src="js/timeline.js"></script><script>
fetch("x.json").then((answer) => answer.json()).then((told) => {
  window.timeline = new TL.Timeline("timeline", told, {font: null});
});</script>"""


@pytest.fixture
def chromium():
    """A page of a browser of the system."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the extra 'readers' is not installed")
    program = os.environ.get("CHRONO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium: install it or name it in CHRONO_CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1200, "height": 800})
        browser.close()


@pytest.mark.readers
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("store", ["exchange", CASES / "hostile", CASES.parent.parent])
def test_timelinejs_shows_as_many_slides_as_events_and_no_error(exchange, lenient, store, tmp_path, chromium):
    place = os.environ.get("CHRONO_TIMELINEJS")
    if place is None:
        pytest.skip("CHRONO_TIMELINEJS names no folder in which @knight-lab/timelinejs is installed")
    site = tmp_path / "site"
    shutil.copytree(Path(place) / "node_modules/@knight-lab/timelinejs/dist", site)
    asked = exchange(store)
    (site / "x.json").write_text(asked.write("timelinejs").content, encoding="utf-8")
    (site / "index.html").write_text(PAGE, encoding="utf-8")
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    dialogs = []
    chromium.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    try:
        chromium.goto(f"http://127.0.0.1:{server.server_address[1]}/index.html")
        chromium.wait_for_selector(".tl-timemarker", state="attached", timeout=60_000)
        chromium.wait_for_function("window.timeline && window.timeline.ready", timeout=60_000)
        assert chromium.evaluate("window.timeline.config.messages.errors") == []
        assert chromium.locator(".tl-timemarker").count() == len(asked.rows)
        assert chromium.locator(".tl-slide").count() == len(asked.rows) + 1  # and the title
        assert chromium.evaluate("window.timeline.config.eras.length") == len(told(asked)["eras"])
        assert chromium.locator(".tl-slide script, .tl-slide img").count() == 0
    finally:
        server.shutdown()
        server.server_close()
    assert dialogs == []


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *args):
        pass
