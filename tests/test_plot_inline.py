"""`--plot`: pictures inside a page or a brief, or beside a brief in Markdown."""

import re

import pytest
from conftest import CASES

STORE = ("--store", str(CASES / "good"))
REFUSED = {
    "timeline -f html --plot yers": "--plot draws no 'yers': did you mean 'years'?",
    "timeline -f csv --plot years": "--plot is for --format html; `chrono plot years -o FILE` draws a picture alone",
    "timeline -f html --fields id --plot map":
        "--plot does not go with --fields; `chrono plot map -o FILE` draws a picture alone",
    "timeline -f html --plot ,": "--plot takes years, lanes, map, matrix, with commas between",
}  # fmt: skip


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_drawn_is_refused(chrono, line):
    ended = chrono(*line.split(), *STORE)
    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {REFUSED[line]}\n")


@pytest.fixture
def drawing():
    pytest.importorskip("vl_convert", reason="drawing needs the extra 'plots'")


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("command", ["timeline", "brief"])
def test_a_page_holds_its_pictures(chrono, command):
    page = chrono(command, "-f", "html", "--plot", "years,matrix,years", *STORE)
    assert (page.code, page.err) == (0, "")
    assert len(re.findall(r"<figure>\s*<figcaption>[^<]+</figcaption>\s*<svg", page.out)) == 2
    assert not re.search(r"<img|<script[^>]*src|\sstyle=", page.out)


@pytest.mark.usefixtures("drawing")
def test_a_brief_in_markdown_has_its_pictures_beside_it(chrono, tmp_path):
    ended = chrono("brief", "--plot", "years", "-o", str(tmp_path / "brief.md"), *STORE)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief-years.png", "brief.md"]
    assert (tmp_path / "brief-years.png").read_bytes().startswith(b"\x89PNG")
    text = (tmp_path / "brief.md").read_text("utf-8")
    assert re.search(r"(?m)^!\[[^\]]+\]\(<brief-years\.png>\)$", text)
    assert text.endswith(": `chrono brief --plot years`\n")


@pytest.mark.usefixtures("drawing")
def test_pictures_beside_nothing_are_refused(chrono):
    ended = chrono("brief", "--plot", "years", *STORE)
    assert (ended.code, ended.out) == (2, "")
    assert "name its file with -o FILE.md" in ended.err
