"""Pictures as they are drawn; needs the extra plots: `pip install -e '.[plots,test]'`."""

import json
import re
import runpy
import xml.etree.ElementTree as ET

import pytest
from conftest import CASES, ROOT, first_of_each
from helpers.picturing import KINDS, sheet

from mali_chrono.plot.letters import text_width
from mali_chrono.plot.vega import FONT, draw_svg, spec

vl_convert = pytest.importorskip("vl_convert", reason="needs the extra plots")

STORE = CASES / "stores" / "pictures"
DRAWN = ROOT / "docs" / "pictures"
SVG = "{http://www.w3.org/2000/svg}"
BEGINS = {"svg": b"<svg ", "png": b"\x89PNG\r\n", "pdf": b"%PDF-", "html": b"<!DOCTYPE html>"}


@pytest.mark.parametrize("ending", first_of_each(BEGINS, 2))
@pytest.mark.parametrize("kind", first_of_each(KINDS, 2))
def test_every_picture_in_every_format(chrono, tmp_path, kind, ending):
    file = tmp_path / f"x.{ending}"
    ended = chrono("plot", kind, "-o", str(file), "--store", str(STORE), "--title", 'Of <all> & "some"')
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert file.read_bytes().startswith(BEGINS[ending])


@pytest.mark.parametrize("kind", first_of_each(KINDS, 4))
def test_svg_is_the_same_run_by_run_and_in_a_pipe(chrono, process, tmp_path, kind):
    file = tmp_path / "x.svg"
    chrono("plot", kind, "--since", "2012", "-o", str(file), "--store", str(STORE))
    again = process("plot", kind, "--since", "2012", "-o", "-", "--store", str(STORE))
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == file.read_text("utf-8")


def test_a_format_may_be_named(process):
    ended = process("plot", "years", "-f", "png", "-o", "-", "--store", str(STORE), text=False, encoding=None)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.startswith(BEGINS["png"])


@pytest.mark.parametrize("kind", KINDS)
def test_svg_runs_nothing_and_asks_for_nothing(chrono, kind):
    svg = draw_svg(sheet(kind, STORE))
    tree = ET.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= {"svg", "g", "path", "rect", "text", "line"}
    assert not [name for element in tree.iter() for name in element.attrib if name == "style" or name.startswith("on")]
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", svg)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_the_sheet_is_drawn(chrono, kind):
    picture = sheet(kind, ROOT, since=["2012"])
    drawn = [element.text for element in ET.fromstring(draw_svg(picture)).iter(f"{SVG}text")]
    assert drawn == [mark.text for mark in picture.marks if hasattr(mark, "text")]


@pytest.mark.parametrize(
    "text", ["Government of Mali", "CSP-DPA, JNIM & FAMa", "1,234–5,678+", "Ménaka (Ségou)", "lilt fjord"]
)
def test_letters_take_the_room_that_is_reckoned_with(text):
    """Vega measures as the font does."""
    values = {"text": text, "font": FONT, "fontSize": 100, "x": 0}
    encode = {channel: {"value": value} for channel, value in values.items()}
    scene = vl_convert.vega_to_scenegraph({
        "$schema": "https://vega.github.io/schema/vega/v5.json", "autosize": "pad", "padding": 0,
        "width": 10, "height": 10, "marks": [{"type": "text", "encode": {"enter": encode}}],
    })  # fmt: skip
    assert scene["width"] == pytest.approx(text_width(text, 100), rel=0.03)


def test_a_page_holds_the_picture_and_its_numbers(chrono, tmp_path):
    file = tmp_path / "x.html"
    chrono("plot", "map", "-o", str(file), "--store", str(STORE))
    page = file.read_text("utf-8")
    assert "default-src 'none'" in page
    assert page.count("<svg ") == 1
    assert re.search(r"<td[^>]*>Village</td><td[^>]*>2</td><td[^>]*>9</td><td[^>]*>10</td><td[^>]*>12</td>", page)
    assert "style=" not in page


def test_values_of_a_store_are_data_and_no_expression(chrono):
    """What Vega would reckon with (signals, expressions) is in no specification."""
    written = json.dumps(spec(sheet("lanes", STORE, title="datum.x + signal('a')")))
    assert '"signal"' not in written.replace("signal('a')", "")
    assert '"expr"' not in written
    assert "datum.x + signal('a')" in draw_svg(sheet("lanes", STORE, title="datum.x + signal('a')")).replace(
        "&#39;", "'"
    )


def test_the_gallery_is_what_its_commands_draw(chrono, tmp_path):
    """Every command draws, into a picture that is there and shown; those kept may be of an older chronology."""
    namespace = runpy.run_path(str(ROOT / "docs" / "gallery.py"), run_name="gallery")
    text = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    names = set()
    for command in namespace["commands"]():
        at = command.index("-o") + 1
        name = command[at].removeprefix("docs/pictures/")
        names.add(name)
        command[at] = str(tmp_path / name)
        ended = chrono(*command)
        assert (ended.code, ended.out, ended.err) == (0, "", ""), command
        assert f"](pictures/{name})" in text
    assert names == {path.name for path in DRAWN.iterdir()}


def test_the_foot_says_all_that_was_asked(chrono):
    words = ("--since", "2012", "--type", "battles", "--exclude", "id=2012-01-10-clash", "--must")
    page = chrono("plot", "years", *words, "-o", "-", "-f", "html", "--store", str(STORE))
    assert (page.code, page.err) == (0, "")
    assert "Asked: since 2012; type battles; must; exclude id=2012-01-10-clash (from 2012-01-01)<" in page.out
