"""Pictures in numbers: what they count and leave out, that nothing overlaps and nothing is cut. Nothing is drawn."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from conftest import CASES, ROOT, first_of_each
from helpers.picturing import KINDS, covered, cut_off, overlaps, said, sheet, table, texts

from mali_chrono.answers.pictures import span_name, unit_of
from mali_chrono.dates.days import ordinal
from mali_chrono.plot.axis import Scale, every, number_ticks, time_ticks
from mali_chrono.plot.geo import Frame, OutlineError, cut_line, cut_ring, framed, read_outline
from mali_chrono.plot.letters import text_width, wrap
from mali_chrono.plot.packing import Round, label, pack, radius_of, round_numbers, swarm
from mali_chrono.plot.sheet import Dot, Line, area, meet
from mali_chrono.plot.sheet import Path as Shape

STORE = CASES / "stores" / "pictures"
pytestmark = pytest.mark.usefixtures("chrono")  # its cache folder


# --- what a picture of the small store tells, counted by hand


def test_years_tell_what_each_period_holds():
    """Months for two years, centuries for long ages."""
    picture = sheet("years", STORE)
    assert picture.title == "Events and people killed, 2012-2013"
    assert picture.body.columns[1:6] == [
        "battles",
        "explosions, shelling",
        "violence against civilians",
        "politics",  # the only one of all others
        "reports",
    ]
    by_month = table(picture)
    assert [row[0] for row in by_month[:2]] == ["Jan 2012", "Feb 2012"]
    picture = sheet("years", CASES / "stores" / "eras")
    assert picture.body.columns[0] == "century"


@pytest.mark.parametrize(
    ("first", "last", "unit", "words"),
    [
        ((2024, 7, 25), (2024, 7, 27), "month", "Jul 2024"),
        ((2024, 1, 5), (2024, 3, 9), "month", "Jan-Mar 2024"),
        ((2020, 1, 5), (2021, 12, 9), "month", "2020-2021"),
        ((2012, 1, 5), (2025, 11, 15), "year", "2012-2025"),
        ((1901, 1, 1), (2000, 1, 1), "decade", "1901-2000"),
        ((-899, 1, 1), (-500, 1, 1), "decade", "900-501 BC"),
        ((-9999, 1, 1), (2025, 1, 1), "century", "10000 BC-2025"),
    ],
)
def test_the_unit_and_the_title_follow_the_span(first, last, unit, words):
    days = ordinal(*first), ordinal(*last)
    assert (unit_of(days), span_name(days)) == (unit, words)


def test_bars_and_bands_of_the_year():
    from mali_chrono.answers import pictures
    from mali_chrono.answers.filters import Filters, ask
    from mali_chrono.cli.environment import answer, find_store
    from mali_chrono.plot.years import periods_of

    def read(connection):
        return periods_of(pictures.by_period(connection, ask(connection, Filters()), Filters(), "year"))

    found = answer(find_store(str(STORE)), read)
    assert [(p.name, p.counts, p.must, p.toll[:4]) for p in found] == [
        ("2012", (2, 1, 0, 0, 0), 2, (15, 20, 22, False)),
        ("2013", (2, 0, 2, 1, 1), 5, (33, 33, 37, True)),
    ]


def test_years_say_what_they_count():
    words = said(sheet("years", STORE))
    assert "8 events, 1 report among them: reports add no figures." in words
    assert "3 dates may fall in several months and count in each" in words
    assert "Killed in all: 52-55+" in words
    assert "2 events tell no figure of killed." in words


def test_years_of_bars_add_up():
    """What the subtitle says the bars hold is what stands in them."""
    picture = sheet("years", STORE)
    hold = sum(int(row[picture.body.columns.index("events")]) for row in table(picture))
    assert f"the bars hold {hold};" in said(picture)
    assert all(sum(map(int, row[1:6])) == int(row[6]) for row in table(picture))


def test_lanes_tell_who_took_part_in_what():
    picture = sheet("lanes", STORE, top=2)
    assert table(picture) == [["Front", "6", "6", "5", "30"], ["Army", "3", "2", "2", "10"]]
    words = said(picture)
    assert "The 2 actors with most of 7 events; 1 other not drawn." in words
    assert "1 report left out." in words
    assert "in no lane" not in words
    (arrow,) = [mark for mark in picture.marks if isinstance(mark, Shape)]
    assert arrow.path.startswith("M0,0L-6")  # the siege has no end that is known
    assert "The War" in [text.text for text in texts(picture)]
    assert "1 period of that time not named above." in words  # the kingdom began long before and ended long after


def test_lanes_say_what_is_in_none():
    assert "1 event is in no lane." in said(sheet("lanes", STORE, top=1))  # the general


def test_a_dot_has_the_area_of_its_dead():
    """Of 30, 10, 6, 4 and 3 dead: areas as their numbers, unless a dot would be too small to see."""
    picture = sheet("lanes", STORE, top=1)
    radii = sorted(mark.radius for mark in picture.marks if isinstance(mark, Dot) and mark.y > 200)
    assert radii[-1] == 20
    assert radii[-2] == pytest.approx(20 * (10 / 30) ** 0.5)
    assert len(radii) == 5


def test_the_map_tells_towns_and_what_has_none():
    """In the town 10 and 5/6/8; in the village the same shelling and 4; the port is off the map."""
    picture = sheet("map", STORE)
    assert sorted(table(picture)) == [
        ["Port", "1", "3", "3", "3"], ["Town", "4", "15", "16", "18"], ["Village", "2", "9", "10", "12"],
    ]  # fmt: skip
    words = said(picture)
    assert "In a town or district: 6 of 8 events, 1 event in several: it counts in each." in words
    assert "2 events with 30+ dead have no town and are not drawn." in words
    assert picture.body.below == ["Off the map: Port (1 event, 3 dead)."]


def test_the_map_of_what_is_far_away_is_a_graticule():
    picture = sheet("map", STORE, place=["port"])
    assert "No outline is known of this part of the world." in said(picture)
    assert [row[0] for row in table(picture)] == ["Port"]
    assert "2.3°E" in [text.text for text in texts(picture)]


def test_an_empty_map_of_a_store_elsewhere_shows_no_outline(tmp_path):
    store = shutil.copytree(STORE, tmp_path / "store")
    places = store / "data" / "places.yaml"
    places.write_text(re.sub(r"lon: -?[0-9.]+", "lon: 100", places.read_text("utf-8")), "utf-8")
    shown = {mark.text for mark in texts(sheet("map", store, within=["1000"]))}
    assert "100°E" in shown
    assert "ALGERIA" not in shown


def test_the_matrix_counts_an_actor_in_a_period():
    picture = sheet("matrix", STORE, top=1)
    ((name, *cells, total),) = table(picture)
    months = dict(zip(picture.body.columns[1:-1], cells, strict=True))
    assert (name, total) == ("Front", "6")
    assert {month: n for month, n in months.items() if n != "0"} == {
        "Jan 2012": "1", "Feb 2012": "1", "Dec 2012": "1", "Jan 2013": "1", "Mar 2013": "1", "Jun 2013": "1",
        **dict.fromkeys(["Jul 2013", "Aug 2013", "Sep 2013", "Oct 2013", "Nov 2013", "Dec 2013"], "1"),
    }  # fmt: skip
    assert "The 1 actor with most; 2 others not drawn (5 events)." in said(picture)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_answer_is_an_empty_picture_with_its_title(kind):
    picture = sheet(kind, STORE, title="Nothing at all", within=["1000"])
    assert said(picture) == "No event matches."
    assert texts(picture)[0].text == "Nothing at all"
    assert table(picture) == []
    assert (overlaps(picture), cut_off(picture)) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_the_foot_says_where_it_comes_from(kind):
    words = " ".join(text.text for text in texts(sheet(kind, STORE)))
    assert "chrono 1.0, chronology store, revision abcdef, 2025-11-15. Asked: since 2012." in words


# --- nothing overlaps, nothing is cut: the shipped store by every filter that the documentation names, and more

ASKED = {
    "all": {},
    "since 2012": {"since": ["2012"]},
    "two years": {"within": ["2020..2021"]},
    "a month": {"within": ["2024-07"]},
    "before 1960": {"until": ["1960"]},
    "before Christ": {"until": ["1 BC"]},
    "violence": {"since": ["2012"], "type": ["violence"]},
    "JNIM": {"since": ["2017"], "actor": ["jnim"], "direct": True},
    "Mopti": {"place": ["mopti"], "since": ["2012"]},
    "Burkina Faso": {"region": ["Burkina Faso"]},
    "one event": {"within": ["2024-07-25"], "actor": ["wagner"]},
}


@pytest.mark.parametrize("asked", first_of_each(ASKED, 4))
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_overlaps_and_nothing_is_cut(kind, asked):
    picture = sheet(kind, ROOT, **ASKED[asked])
    assert overlaps(picture) == []
    assert cut_off(picture) == []
    assert covered(picture) == []


@pytest.mark.parametrize("store", first_of_each(sorted(path.name for path in (CASES / "stores").iterdir()), 2))
def test_every_small_store_can_be_drawn(store):
    """Eras, sets with gaps, open ends, no places, no reports."""
    for kind in KINDS:
        picture = sheet(kind, CASES / "stores" / store)
        assert (overlaps(picture), cut_off(picture), covered(picture)) == ([], [], []), kind


@pytest.mark.parametrize("kind", KINDS)
def test_long_names_and_titles_are_written_in_full(good, kind):
    """A name of 300 letters without a blank is broken, not cut."""
    actors = good / "data" / "actors.yaml"
    actors.write_text(actors.read_text("utf-8").replace("short: ", "# "), "utf-8")
    text = actors.read_text("utf-8")
    name = next(line for line in text.splitlines() if line.strip().startswith("name: ")).strip()
    actors.write_text(text.replace(name, f"name: {'W' * 300}"), "utf-8")
    picture = sheet(kind, good, title="x" * 700 + " and " * 50)
    assert (overlaps(picture), cut_off(picture)) == ([], [])
    assert "".join(text.text for text in texts(picture)).count("x") >= 700


# --- the parts


def test_widths_are_those_of_the_letters():
    assert text_width("Wi", 1000) == 944 + 222
    assert text_width("é", 10) == text_width("e", 10)
    assert text_width("中", 10) == 10


@pytest.mark.parametrize(
    ("text", "lines"),
    [("one two three", ["one two", "three"]), ("", []), ("aaaaaaaaaaaaaaaaaaaa", ["aaaaaaaaa", "aaaaaaaaa", "aa"])],
)
def test_texts_are_broken_between_words_or_inside_a_long_one(text, lines):
    assert wrap(text, 10, 52) == lines


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(0, [0, 1]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (1199, [0, 200, 400, 600, 800, 1000, 1200])],
)
def test_numbers_on_an_axis_are_round_and_reach_the_top(most, ticks):
    assert number_ticks(most) == ticks


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ((2020, 1, 1), (2020, 6, 30), ["Jan 2020", "Feb", "Mar", "Apr", "May", "Jun"]),
        ((2012, 1, 1), (2016, 12, 31), ["2012", "2013", "2014", "2015", "2016"]),
        ((-2999, 1, 1), (2000, 12, 31), ["3000 BC", "2000 BC", "1000 BC", "1 AD", "1000", "2000"]),
    ],
)
def test_ticks_of_time_choose_their_unit(first, last, labels):
    ticks = time_ticks(Scale(ordinal(*first), ordinal(*last), 0, 500), 11)
    assert [tick.label for tick in ticks] == labels


def test_every_label_or_every_other():
    assert every(["2012", "2013"], 60, 11) == 1
    assert every(["2012", "2013"], 20, 11) == 2


def test_dots_do_not_touch():
    dots = [(float(x % 7), 3.0 + x % 4) for x in range(60)]
    placed = [dot for dot in swarm(dots, 500) if dot]
    assert len(placed) == 60
    for i, one in enumerate(placed):
        for two in placed[:i]:
            assert (one.x - two.x) ** 2 + (one.y - two.y) ** 2 >= (one.radius + two.radius) ** 2


def test_a_dot_without_room_is_told():
    assert [dot is None for dot in swarm([(0, 5), (0, 5), (0, 5), (0, 5)], 18)] == [False, False, False, True]


def test_spans_stand_in_the_first_row_with_room():
    assert pack([(0, 10), (5, 20), (12, 30), (0, 40)], 1, 2) == [0, None, 0, 1]


def test_labels_keep_clear_of_dots_and_of_each_other():
    dots = [(Round(50, 50, 10), "Middle"), (Round(75, 50, 5), "Right"), (Round(50, 52, 3), "Inside")]
    names, without = label(dots, 11, [], (0, 0, 200, 100))
    assert [name.text for name in names][:2] == ["Middle", "Right"]
    rooms = [area(name) for name in names]
    assert not any(meet(one, two) for i, one in enumerate(rooms) for two in rooms[:i])
    assert len(names) + len(without) == 3


def test_radius_and_legend():
    assert radius_of(25, 100, 20, 1) == 10
    assert radius_of(0, 0, 20, 3) == 3
    assert round_numbers(501) == [5, 50, 500]
    assert round_numbers(0) == []


def test_outlines_are_cut_to_the_frame():
    frame = Frame(0, -1, 10, 1, 100)
    ring = cut_ring([(-5, -5), (5, -5), (5, 5), (-5, 5)], frame)
    assert (min(x for x, _ in ring), max(x for x, _ in ring)) == (0, 50)
    assert (min(y for _, y in ring), max(y for _, y in ring)) == (0, frame.height)
    (line,) = cut_line([(-10, 0), (20, 0)], frame)
    assert [round(x) for x, _ in line] == [0, 100]
    assert list(cut_line([(-10, 0), (-5, 0)], frame)) == []


def test_a_frame_holds_its_box_and_stays_on_the_earth():
    frame = framed((-12, 10, 4, 25), 800)
    assert (frame.west < -12, frame.east > 4) == (True, True)
    assert (frame.south < 10, frame.north > 25) == (True, True)
    assert framed((0, 89, 1, 90), 800).north <= 90


# --- a store's own outline

SQUARE = {"type": "Polygon", "coordinates": [[[-6, 13], [-1, 13], [-1, 18], [-6, 18], [-6, 13]]]}
WRONG = {
    "{": "data/outline.geojson:1:2: this is no JSON",
    "[]": 'it is no "FeatureCollection" with a list of "features"',
    json.dumps({"type": "FeatureCollection", "features": [{}]}):
        "feature 1 has no geometry of [longitude, latitude] points",
    json.dumps({"type": "FeatureCollection", "features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}):
        "feature 1 is a Point: only polygons and lines are drawn",
    json.dumps({"type": "FeatureCollection", "features": [
        {"geometry": {"type": "LineString", "coordinates": [[1, 200], [2, 3]]}}]}): "feature 1 has no geometry",
    "\udcff": "this is no UTF-8",
}  # fmt: skip


def outline(store: Path, text: str) -> None:
    (store / "data" / "outline.geojson").write_text(text, "utf-8", errors="surrogateescape")


@pytest.mark.parametrize("text", WRONG)
def test_an_outline_that_is_none_is_one_clear_error(good, chrono, monkeypatch, tmp_path, text):
    monkeypatch.setitem(sys.modules, "vl_convert", object())
    outline(good, text)
    ended = chrono("plot", "map", "-o", str(tmp_path / "x.svg"), "--store", str(good))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("error: data/outline.geojson")
    assert WRONG[text] in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_store_brings_its_own_outline(tmp_path):
    good = shutil.copytree(STORE, tmp_path / "store")
    features = [{"type": "Feature", "geometry": SQUARE, "properties": None}]
    outline(good, json.dumps({"type": "FeatureCollection", "features": features}))
    before = [mark for mark in sheet("map", STORE).marks if isinstance(mark, Shape)]
    after = [mark for mark in sheet("map", good).marks if isinstance(mark, Shape)]
    assert len(before) > 5 > len(after) == 2  # the square, the frame


def test_no_land_marked_means_every_land():
    with pytest.raises(OutlineError):
        read_outline({"type": "FeatureCollection"})
    read = read_outline({"type": "FeatureCollection", "features": [{"geometry": SQUARE}, {"geometry": None}]})
    assert [home for _, home, _ in read.lands] == [True]


# --- the command

REFUSED = {
    "plot": "missing argument",
    "plot pie -o x.svg": "plot draws no 'pie': one of: years, lanes, map, matrix",
    "plot year -o x.svg": "did you mean 'years'?",
    "plot years": "plot needs a file to draw into: -o FILE.svg|png|pdf|html",
    "plot years -o x.gif": "'x.gif' does not say its format: name it with --format (svg, png, pdf, html)",
    "plot years -f gif -o x.gif": "unknown format 'gif': one of: svg, png, pdf, html",
    "plot years -f svg": "plot needs a file to draw into",
    "plot years -o x.svg --covers": "--covers is for timeline and actor",
    "plot years -o x.svg -n 3": "--limit is for timeline: a picture shows all that the filters find",
    "plot years -o x.svg --reverse": "--reverse is for timeline",
    "plot map -o x.svg --top 3": "--top is for lanes and matrix: map has no rows of actors",
    "plot years -o x.svg --since nonsense": "--since",
}


@pytest.mark.parametrize("line", REFUSED)
def test_wrong_commands_exit_2_and_say_why(chrono, monkeypatch, tmp_path, line):
    monkeypatch.setitem(sys.modules, "vl_convert", object())
    monkeypatch.chdir(tmp_path)
    ended = chrono(*line.split())
    assert (ended.code, ended.out) == (2, "")
    assert REFUSED[line] in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "html"])
def test_without_the_extra_the_command_names_it(chrono, monkeypatch, tmp_path, ending):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    ended = chrono("plot", "years", "-o", str(tmp_path / f"x.{ending}"))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: `chrono plot` draws with the extra plots: pip install 'mali-chrono[plots]'\n"


def test_nothing_that_draws_is_imported_by_the_others(process):
    code = (
        "import sys; from mali_chrono.cli.app import run; run(['summary', '--by', 'year'])\n"
        "print([m for m in sys.modules if 'plot' in m or 'vl_convert' in m])"
    )
    ended = process(program=(sys.executable, "-c", code))
    assert ended.stdout.splitlines()[-1] == "[]"


def test_lines_of_marks_are_numbers():
    """Every mark has finite numbers: a drawing program draws nothing of one that has none, and says nothing."""
    for kind in KINDS:
        for mark in sheet(kind, STORE).marks:
            numbers = [value for value in mark if isinstance(value, float | int)]
            assert all(abs(number) < 10_000 for number in numbers), mark
            assert not isinstance(mark, Line) or mark.width > 0


@pytest.fixture
def mills(tmp_path):
    """A chronology of mills in its own words: two places 3 km apart at 56 N, a disaster, a building, an inquiry."""
    shutil.copytree(ROOT / "mali_chrono/examples/company", tmp_path / "mills")
    data = tmp_path / "mills" / "data"
    for name, replaced in {
        "vocabulary.yaml": {
            "{id: organisation, turns: true, stack: organisation}": "{id: disaster, violent: true}",
            "{id: deals, stack: deals}": "{id: building, stack: building}",
            "{id: rumours, adds: false}": "{id: inquiry, adds: false}",
        },
        "types.yaml": {"category: organisation": "category: disaster", "category: deals": "category: building",
                       "category: rumours": "category: inquiry"},
    }.items():  # fmt: skip
        text = (data / name).read_text("utf-8")
        for old, new in replaced.items():
            assert old in text
            text = text.replace(old, new)
        (data / name).write_text(text, "utf-8")
    places = (data / "places.yaml").read_text("utf-8")
    for old, new in (("62.1", "56.45"), ("15.3", "-2.98"), ("61.3", "56.43"), ("17.1", "-2.95")):
        places = places.replace(old, new)
    (data / "places.yaml").write_text(places, "utf-8")
    return tmp_path / "mills"


def test_legends_speak_the_words_of_the_store(mills):
    assert [text for _, text in sheet("lanes", mills).body.keys][:2] == ["disaster", "building, products, people"]
    names = [text for _, text in sheet("years", mills).body.keys]
    assert {"building", "products", "people", "disaster", "inquiry"} >= {*names[:4]}
    assert not {"violence", "other", "reports"} & {*names}


def test_lanes_of_a_store_without_violence_say_nothing_of_it():
    picture = sheet("lanes", ROOT / "mali_chrono/examples/company")
    assert "violence" not in " ".join([*picture.body.columns, *(text for _, text in picture.body.keys)])


def test_a_map_of_near_places_is_no_tower(mills):
    """As high as 1.25 times its width at most, and what is 3 km apart is seen apart."""
    picture = sheet("map", mills)
    assert picture.body.height <= 1.25 * picture.body.width + 1
    dots = [mark.x for mark in picture.marks if isinstance(mark, Dot)]
    assert max(dots) - min(dots) > picture.body.width / 5


@pytest.mark.parametrize("latitude", [-80, -56, 0, 14, 56, 70, 84])
@pytest.mark.parametrize(("wide", "high"), [(0, 0), (0.01, 0.5), (3, 0.01), (5, 5), (0.01, 8)])
def test_a_frame_is_bounded_at_every_latitude(latitude, wide, high):
    frame = framed((10, latitude - high / 2, 10 + wide, latitude + high / 2), 860)
    assert 0.49 <= frame.height / frame.width <= 1.26
