"""`chrono diff` on the small store: what a reviewer reads of each kind of edit, told by hand."""

import html
import json
import shutil
from pathlib import Path

import pytest
from conftest import CASES
from markdown_it import MarkdownIt

RAID, AGAIN = "2011-05-01-town-raid", "2012-06-town-raid"
FRONT_RAIDS = "Front raids the army in Town"
HEADS = {
    RAID: f"~ {FRONT_RAIDS}  [{RAID}]",
    AGAIN: f"~ Front raids Town again  [{AGAIN}]",
    "front": "~ People's Front  [front]",
    "town": "~ Town  [town]",
    "war": "~ The War  [war]",
    "report": "~ Report  [report]",
    "book": "~ The Book  [book]",
}


@pytest.fixture
def edited(good, monkeypatch, tmp_path):
    """Change the text of a file of the copy `after`; `before` is as it was."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(good, "before")
    good.rename("after")

    def edit(file: str, *changes: tuple[str, str]) -> None:
        path = Path("after") / file
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")

    return edit


@pytest.fixture
def diff(chrono, edited):
    def run(*args: str, code: int = 0) -> str:
        ended = chrono("diff", "before", "after", *args)
        assert (ended.code, ended.err) == (code, "")
        return ended.out

    return run


EVENTS, ACTORS, PLACES = "data/events.yaml", "data/actors.yaml", "data/places.yaml"
PERIODS, TYPES, BOOK = "data/periods.yaml", "data/types.yaml", "seeds/book.yaml"
CLAIM = "{killed: 12, of: army, says: front, cite: book:5}"
# What is edited, of which record, and the lines under its title.
EDITS = [
    (EVENTS, "date: 2011-05-01", "date: 2011-05-03", RAID, ["~ date: 1 -> 3 May 2011"]),
    (EVENTS, "date: 2011-05-01", "date: 2011-05", RAID, ["~ date: 1 May 2011 -> May 2011"]),
    (EVENTS, "date: 2011-05-01", "date: 2011-05-01?", RAID, ["~ date: 1 May 2011 -> 1 May 2011?"]),
    (EVENTS, "date: 2012-06", 'date: "[..2012-06]"', AGAIN, ["~ date: June 2012 -> by June 2012"]),
    (EVENTS, "Front raids the army in Town\n", "Front raids Town\n", RAID,
     ["~ title: Front raids the army in Town -> Front raids Town"]),
    (EVENTS, "type: armed-clash", "type: report", RAID, ["~ type: Armed clash -> Report"]),
    (EVENTS, "killed: 12,", "killed: 48,", RAID, ["~ killed, of Army, by People's Front: 12 -> 48"]),
    (EVENTS, "killed: 12,", "wounded: 12,", RAID,
     ["~ wounded, of Army, by People's Front: 12 killed -> 12 wounded"]),
    (EVENTS, "cite: book:5}", "cite: book:6}", RAID,
     ["~ killed 12, of Army, by People's Front: cite: book:5 -> book:6"]),
    (EVENTS, "says: front, cite", "says: army, cite", RAID,
     ["~ killed 12, of Army, by Army: says: People's Front -> Army"]),
    (EVENTS, f"    - {CLAIM}", f"    - {{wounded: 3}}\n    - {CLAIM}", RAID, ["+ wounded: 3"]),
    (EVENTS, f"    - {CLAIM}", "    - {killed: 5, at: town, certainty: claimed, says: army, best: true, as_of: 2013}",
     RAID, ["+ killed, at Town, by Army: 5 (claimed, as of 2013, best)",
            "- killed, of Army, by People's Front: 12 (book:5)"]),
    (EVENTS, "{actor: army, role: target}", "{actor: army, role: victim}", RAID,
     ["~ actors: Army: role: target -> victim"]),
    (EVENTS, "{actor: army, role: target}", "{actor: army, role: target, certainty: suspected}", RAID,
     ["~ actors: Army: certainty: confirmed -> suspected"]),
    (EVENTS, "{actor: army, role: target}\n  tolls:\n    - {killed: dozens}",
     "{actor: union, role: target, certainty: disputed, says: army}\n  tolls:\n    - {killed: dozens}", AGAIN,
     ["+ actors: Union of Fronts: target, disputed, Army says", "- actors: Army: target"]),
    (EVENTS, "    - {actor: front, role: perpetrator}\n    - {actor: army, role: target}\n",
     "    - {actor: army, role: target}\n    - {actor: front, role: perpetrator}\n", RAID,
     ["~ actors: in another order"]),
    (EVENTS, "places: [town]", "places: [north, town]", RAID, ["+ places: North Region"]),
    (EVENTS, 'places: ["~town"]', "places: [town]", AGAIN, ["~ places: near Town -> Town"]),
    (EVENTS, "cites: [book:4-5]", "cites: [book:4-6]", RAID, ["~ cites: book:4-5 -> book:4-6"]),
    (EVENTS, "cites: [book:7]", "cites: [book:8, book:7]", AGAIN, ["+ cites: book:8"]),
    (EVENTS, "  links: [{to: 2011-05-01-town-raid, kind: follow-up-of}]\n", "", AGAIN,
     ["- links: follow up of 2011-05-01-town-raid"]),
    (EVENTS, "kind: follow-up-of}", "kind: part-of}", AGAIN,
     ["~ links: part of 2011-05-01-town-raid: kind: follow-up-of -> part-of"]),
    (EVENTS, "  cites: [book:7]", "  also: [{date: 2012-07, kind: told, cite: book:8}]\n  cites: [book:7]", AGAIN,
     ["+ also: told: July 2012, book:8"]),
    (EVENTS, "  cites: [book:7]", "  ignore: {repeated: they are two}\n  cites: [book:7]", AGAIN,
     ["+ ignore repeated: they are two"]),
    (EVENTS, "  cites: [book:7]", "  certainty: disputed\n  tags: [raid]\n  outlets: [The Times]\n  cites: [book:7]",
     AGAIN, ["+ outlets: The Times", "+ tags: raid", "~ certainty: confirmed -> disputed"]),
    (EVENTS, "The Front raids the army near Town.", "The Front raids it.", AGAIN,
     ["~ summary: The Front raids the army near Town. -> The Front raids it."]),
    (ACTORS, "actor: union, date: 2012/..", "actor: union, date: 2012/2013", "front",
     ["~ relations: part of Union of Fronts: date: since 2012 -> 2012-2013"]),
    (ACTORS, "cite: book:2}\n", "cite: book:2}\n    - {kind: holds, actor: army, office: president}\n", "front",
     ["+ relations: holds president, Army"]),
    (ACTORS, "aliases: [PF]", "aliases: [FP, PF]", "front", ["+ aliases: FP"]),
    (ACTORS, "  cites: [book:2]", "  strength: [{figure: 500+, date: 2012}]\n  cites: [book:2]", "front",
     ["+ strength: 500+: 2012"]),
    (PLACES, "lat: 10.50", "lat: 10.75", "town", ["~ lat: 10.5 -> 10.75"]),
    (PLACES, "within: north", "within: land", "town", ["~ within: North Region -> Land"]),
    (PERIODS, "side: rebels", "side: the rebels", "war", ["~ actors: People's Front: side: rebels -> the rebels"]),
    (TYPES, "category: reporting", "category: politics", "report", ["~ category: reporting -> politics"]),
    (BOOK, "licence: CC0", "licence: CC0\nskip: [{lines: 8-9, reason: a map}]", "book", ["+ skip: 8-9: a map"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "record", "lines"), EDITS)
def test_an_edit_is_one_line_in_plain_words(diff, edited, file, old, new, record, lines):
    edited(file, (old, new))
    told = diff().split("\n")
    at = told.index(HEADS[record] if "title" not in lines[0] else f"~ Front raids Town  [{RAID}]")
    under = told[at + 1 : told.index("", at)]
    assert under == [f"  {line}" for line in lines]
    assert sum(line.startswith("~ ") for line in told) == 1


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (EVENTS, "  type: armed-clash\n  places: [town]\n", "  places: [town]\n  type: armed-clash\n"),
        (EVENTS, CLAIM, "{says: front, cite: [book:5], of: army, killed: 12, certainty: confirmed}"),
        (EVENTS, "title: Front raids Town again", "title:   'Front raids Town again'   # the same"),
        (EVENTS, "- id: 2011", "# a comment\n\n- id: 2011"),
        (PLACES, "lat: 10.00", "lat: 10.0"),
        (ACTORS, "aliases: [PF]", "aliases:\n    - PF"),
    ],
)
def test_what_is_only_written_otherwise_is_no_change(diff, edited, file, old, new):
    edited(file, (old, new))
    assert diff("--exit-code") == ""


@pytest.mark.parametrize("shape", ["text", "md"])
def test_a_store_against_itself_says_nothing(chrono, shape):
    good = str(CASES / "good")
    assert chrono("diff", good, good, "--exit-code", "-f", shape) == (0, "", "")


def test_a_record_that_moved_is_no_change(diff, edited):
    text = Path("after/data/actors.yaml").read_text()
    first, *others = text.split("- id: ")[1:]
    Path("after/data/actors.yaml").write_text("".join(f"- id: {part}" for part in (*others, first)))
    text = Path("after/data/events.yaml").read_text()
    Path("after/data/events.yaml").unlink()
    Path("after/data/events").mkdir()
    cut = text.index("- id: 2012")
    Path("after/data/events/2011.yaml").write_text(text[:cut])
    Path("after/data/events/2012.yaml").write_text(text[cut:])
    assert diff("--exit-code") == ""


NEW = """\
- id: 2013-05-10-town-battle
  date: 2013-05-10
  title: The army takes Town
  type: armed-clash
  places: [town]
  actors: [{actor: army, role: perpetrator}]
  tolls: [{killed: 5+, of: attackers}]
  cites: [book:9]
  summary: The army takes the town.
"""


def test_what_came_and_went_is_told_with_what_it_holds(diff, edited):
    edited(EVENTS, ("  summary: The Front raids the army near Town.\n", f"  summary: It raids Town.\n{NEW}"))
    edited(
        ACTORS, ("- id: union\n  name: Union of Fronts\n  kind: rebel-group\n", ""), (", actor: union", ", actor: army")
    )
    assert (
        diff("--exit-code", code=1)
        == """\
before -> after: 1 event changed, 1 added; 1 actor changed, 1 removed

Sums
  all: killed 24 (24+) -> 29 (29+)
  2013: killed none -> 5 (5+)

Events
~ Front raids Town again  [2012-06-town-raid]
  ~ summary: The Front raids the army near Town. -> It raids Town.
+ 10 May 2013: The army takes Town  [2013-05-10-town-battle]
    type: Armed clash; places: Town; actors: Army: perpetrator; killed, of attackers: 5+; cites: book:9; \
summary: The army takes the town.

Actors
~ People's Front  [front]
  + relations: part of Army: since 2012, book:2
  - relations: part of Union of Fronts: since 2012, book:2
- Union of Fronts  [union]
    kind: rebel-group
"""
    )


def test_sums_are_those_of_summary(diff, edited, chrono):
    """What it says of a year is what `summary --by year` says of it on either side."""
    edited(EVENTS, ("killed: 12,", "killed: 20-30,"))
    assert "\n  all: killed 24 (24+) -> 32 (32-42+)\n  2011: killed 12 -> 20 (20-30)\n" in diff()
    rows = json.loads(diff("-f", "json"))["sums"]
    for row in rows:
        for side in ("before", "after"):
            options = ("--in", row["years"]) if row["years"] else ()
            said = json.loads(chrono("summary", "--store", side, *options, "-f", "json").out)
            assert said["total"]["killed"] == row[side]


def test_another_category_changes_sums_without_a_change_of_any_event(diff, edited):
    edited(TYPES, ("category: battles", "category: reporting"))
    assert "  all: killed 24 (24+) -> none\n" in diff()


# --- renamed records


def test_another_id_is_guessed_and_explained(diff, edited):
    edited(EVENTS, ("- id: 2011-05-01-town-raid\n  date: 2011-05-01", "- id: 2011-04-08-town-raid\n  date: 2011-04-08"),
           ("to: 2011-05-01-town-raid", "to: 2011-04-08-town-raid"))  # fmt: skip
    told = diff()
    assert told.startswith("before -> after: 1 event renamed\n")
    assert f"\n~ {FRONT_RAIDS}  [2011-04-08-town-raid]\n" in told
    assert "\n  ~ id: 2011-05-01-town-raid -> 2011-04-08-town-raid\n" in told
    assert "\n  ~ guessed: 86% alike; same title, type, places, actors, tolls, cites and summary\n" in told
    assert "\n  ~ date: 1 May -> 8 April 2011\n" in told
    assert told.endswith("\n1 record only follows a renamed one\n")


def test_what_refers_to_a_renamed_record_only_follows(diff, edited):
    for file in (EVENTS, ACTORS, PERIODS):
        path = Path("after") / file
        text = path.read_text().replace("front,", "the-front,").replace("- id: front", "- id: the-front")
        path.write_text(text.replace("says: front", "says: the-front"))
    assert (
        diff()
        == """\
before -> after: 1 actor renamed

Actors
~ People's Front  [the-front]
  ~ id: front -> the-front
  ~ guessed: 100% alike; same name, aliases, kind, active, relations and cites

3 records only follow a renamed one
"""
    )


def test_of_two_that_are_as_likely_none_is_guessed(diff, edited):
    text = Path("after/data/places.yaml").read_text()
    twin = text.split("- id: town\n")[1]
    Path("after/data/places.yaml").write_text(text.replace("- id: town\n", "- id: town-1\n") + "- id: town-2\n" + twin)
    path = Path("after") / EVENTS
    path.write_text(path.read_text().replace("[town]", "[town-1]").replace("~town", "~town-2"))
    told = diff()
    assert "; 2 places added, 1 removed\n" in told
    assert "\n  + places: near Town (town-2)\n  - places: near Town\n" in told


# --- filters


def test_filters_choose_changes_of_events_that_match_on_either_side(diff, edited):
    edited(EVENTS, ("date: 2011-05-01", "date: 2013-05-01"), ("title: Front raids Town again", "title: Town is raided"))
    edited(PLACES, ("lat: 10.50", "lat: 10.75"))
    for option in ("2011", "2013"):
        told = diff("--in", option)
        assert "~ date" in told
        assert "Town is raided" not in told


def test_filters_on_what_only_one_side_knows(diff, edited, chrono):
    edited(ACTORS, ("- id: union\n  name: Union of Fronts", "- id: union\n  name: Union of Fronts\n  aliases: [UF]"))
    edited(EVENTS, ("killed: 12,", "killed: 20,"))
    assert "12 -> 20" in diff("--actor", "Front")
    assert "12 -> 20" not in diff("--actor", "UF", "--since", "2013")
    ended = chrono("diff", "before", "after", "--actor", "Frnt")
    assert (ended.code, ended.out) == (2, "")
    assert "unknown actor 'Frnt'" in ended.err


# --- formats


def test_json_tells_each_change_with_its_items(diff, edited):
    edited(EVENTS, ("killed: 12,", "killed: 48,"))
    answer = json.loads(diff("-f", "json"))
    assert (answer["schema"], answer["query"]) == (
        "chrono/1",
        {"from": {"folder": "before"}, "to": {"folder": "after"}},
    )
    (change,) = answer["changes"]
    toll = {"killed": "12", "of": "army", "says": "front", "cite": ["book:5"]}
    after = {**toll, "killed": "48"}
    figure = {"field": "killed", "before": "12", "after": "48"}
    assert change == {
        "change": "changed", "kind": "event", "id": RAID, "at": "data/events.yaml:1", "follows": False,
        "fields": [{"field": "tolls", "before": [toll], "after": [after],
                    "items": [{"change": "changed", "before": toll, "after": after, "fields": [figure]}]}],
    }  # fmt: skip
    assert answer["counts"] == {"changed": 1}
    assert answer["problems"] == []


def test_rows_for_a_spreadsheet(diff, edited):
    edited(EVENTS, ("killed: 12,", "killed: 48,"))
    assert diff("-f", "csv").split("\r\n" if "\r\n" in diff("-f", "csv") else "\n")[:2] == [
        "change,kind,id,title,field,before,after,at",
        f'changed,event,{RAID},{FRONT_RAIDS},"killed, of Army, by People\'s Front",12,48,data/events.yaml:1',
    ]


def test_a_comment_in_markdown_is_folded_where_long(diff, edited):
    edited(EVENTS, ("title: Front raids Town again", "title: 'Front *raids* <b>Town</b> | @all #1'"))
    told = diff("-f", "md")
    assert "<details>" not in told
    assert "\\*raids\\* \\<b\\>Town\\</b\\> \\| \\@<!-- -->all \\#<!-- -->1" in told
    many = NEW.replace("2013-05-10-town-battle", "2013-05-1{0}-town-battle").replace("05-10", "05-1{0}")
    edited(EVENTS, ("  summary: The Front raids the army near Town.\n",
                    "  summary: It raids.\n" + "".join(many.replace("{0}", str(n)) for n in range(9))))  # fmt: skip
    told = diff("-f", "md")
    assert "\n<details>\n<summary>Events: 10 changes</summary>\n\n" in told
    read = MarkdownIt("commonmark", {"html": True}).render(told)
    assert read.count("<li>") == 10 + 2  # the title and the summary of the one that changed
    assert read.count("<details>") == read.count("</details>") == 1


SHA = "a5c3785ed8d6a35868bc169f07e40e889087fd2e"
# What GitHub makes a link of, and how a comment writes it.
LINKED = [
    ("@octocat", r"\@<!-- -->octocat"),
    ("(@github/team)", r"(\@<!-- -->github/team)"),
    ("a@b.org", r"a\@<!-- -->b.org"),
    ("#12", r"\#<!-- -->12"),
    ("octocat/hello#12", r"octocat/hello\#<!-- -->12"),
    ("GH-12 and gh-7", "GH-<!-- -->12 and gh-<!-- -->7"),
    ("a5c3785", "a5c378<!-- -->5"),
    (SHA, "a5c378<!-- -->5ed8d6<!-- -->a35868<!-- -->bc169f<!-- -->07e40e<!-- -->889087<!-- -->fd2e"),
    ("octocat@A5C3785E", r"octocat\@<!-- -->A5C378<!-- -->5E"),
    ("https://github.com/o/r/pull/1", r"https\:<!-- -->//github.com/o/r/pull/1"),
    (":smile: :+1: :e_mail:", r":<!-- -->smile: :<!-- -->+1: :<!-- -->e\_mail:"),
    ("&#64;octocat &commat;octocat &#35;12", r"&amp;\#<!-- -->64;octocat &amp;commat;octocat &amp;\#<!-- -->35;12"),
    ("of 2024-07-25, 10:30 h, 123456 in #x", r"of 2024-07-25, 10:30 h, 123456 in \#x"),
]


@pytest.mark.parametrize(("said", "written"), LINKED)
@pytest.mark.parametrize("where", ["title: Front raids Town again", "summary: The Front raids the army near Town."])
def test_a_comment_mentions_nobody_and_links_nothing(diff, edited, said, written, where):
    """What GitHub looks for stands in no text of the page, and the page shows what the record says."""
    edited(EVENTS, (where, f"{where.partition(': ')[0]}: {json.dumps(f'so {said} is')}"))
    told = diff("-f", "md")
    assert f"so {written} is" in told
    page = MarkdownIt("commonmark", {"html": True}).render(told)
    assert f"so {html.escape(said, quote=False)} is" in page.replace("<!-- -->", "")


def test_a_comment_names_the_commits_that_it_is_about(diff, edited, chrono):
    """By links, since they are ours; but no more of what they are called."""
    Path("before").rename("v#1 @all a5c3785")
    edited(EVENTS, ("killed: 12,", "killed: 48,"))
    told = chrono("diff", "v#1 @all a5c3785", "after", "-f", "md").out
    assert told.partition(", ")[2].startswith(r"v\#<!-- -->1 \@<!-- -->all a5c3785 → after")


def test_a_comment_ends_before_github_refuses_it(diff, edited):
    many = NEW.replace("2013-05-10-town-battle", "2013-05-10-town-battle-{0}").replace("takes the town", "x" * 2000)
    new = "".join(many.replace("{0}", str(n)) for n in range(100, 199))
    edited(EVENTS, ("  summary: The Front raids the army near Town.\n", f"  summary: It raids.\n{new}"))
    told = diff("-f", "md")
    assert 40_000 < len(told) < 65_536
    assert "more changes than a comment holds: chrono diff tells them" in told


def test_output_to_a_file(chrono, edited, tmp_path):
    edited(EVENTS, ("killed: 12,", "killed: 48,"))
    assert chrono("diff", "before", "after", "-o", "changes.json") == (0, "", "")
    assert json.loads(Path("changes.json").read_text())["counts"] == {"changed": 1}


@pytest.mark.parametrize("width", [40, 80, 200])
def test_on_a_terminal_lines_are_wrapped_and_set_in(diff, edited, terminal, width):
    edited(EVENTS, ("The Front raids the army near Town.", "word " * 60))
    terminal(width)
    lines = diff().split("\n")
    assert max(map(len, lines)) <= width
    at = next(i for i, line in enumerate(lines) if "summary" in line)
    assert lines[at].startswith("  ~ summary: The Front raids")
    assert lines[at + 1].startswith("      ")
    words = " ".join(" ".join(line.split()) for line in lines[at:] if line)
    assert words.split().count("word") == 60
    assert f"~ Front raids Town again [{AGAIN}]" in " ".join(" ".join(lines).split())


def test_colour_says_what_came_and_went(diff, edited, terminal):
    edited(EVENTS, ("places: [town]", "places: [north]"))
    terminal(100, color=True)
    told = diff()
    assert "  \x1b[32m+ places: North Region\x1b[0m\n" in told
    assert "  \x1b[31m- places: Town\x1b[0m\n" in told


# --- single files


def test_single_files_are_compared_without_a_store(chrono, edited):
    edited(EVENTS, ("killed: 12,", "killed: 48,"))
    files = "before/data/events.yaml", "after/data/events.yaml"
    ended = chrono("diff", *files)
    assert (ended.code, ended.err) == (0, "")
    assert "  ~ killed, of army, by front: 12 -> 48\n" in ended.out
    assert ended.out.endswith(
        "sums are not told: 'before/data/events.yaml' is a single file: sums and filters need a whole store\n"
    )
    assert chrono("diff", *files, "--exit-code") == ended._replace(code=1)
    assert chrono("diff", *files, "--actor", "front").code == 1


@pytest.mark.parametrize("other", ["after/data/{}", "after", "mine-{}"])
@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("chronology.yaml", "format: 1\nname: Old\n", "format: 1\nname: New\n", "  ~ name: Old -> New\n"),
        ("vocabulary.yaml", "titles: []\n", "titles: [{id: king}]\n", "  + titles: king\n"),
    ],
)
def test_what_stands_alone_in_its_file_is_compared_as_one(chrono, edited, name, before, after, told, other):
    for file, text in (("before/data", before), ("after/data", after)):
        (Path(file) / name).write_text(text)
    Path(f"mine-{name}").write_text(after)
    ended = chrono("diff", f"before/data/{name}", other.format(name))
    assert (ended.code, told in ended.out) == (0, True), (ended.out, ended.err)
    assert ended.out.count("  [") == 1


def test_a_file_against_a_store_is_held_against_its_kind_alone(chrono, edited):
    edited(ACTORS, ("name: Union of Fronts", "name: The Union"))
    edited(PLACES, ("lat: 10.50", "lat: 10.75"))
    ended = chrono("diff", "before/data/actors.yaml", "after")
    assert ended.code == 0
    assert "  ~ name: Union of Fronts -> The Union\n" in ended.out
    assert "lat" not in ended.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ("before/data/actors.yaml", "after", "--actor", "front"),
            "is a single file: sums and filters need a whole store",
        ),
        (("before/seeds", "after"), "'before/seeds' is no store"),
        (
            ("notes.txt", "after"),
            "'notes.txt' does not say what it holds: its name ends in chronology.yaml, vocabulary.yaml,",
        ),
        (("before", ""), "has a name; this one is empty"),
        (("before", "after", "x"), "chrono diff takes A and B, not 'x' too"),
        (("before", "after", "-n", "3"), "--limit is for timeline"),
        (("before", "after", "--sort", "killed"), "--sort is for timeline"),
        (("before", "after", "--covers", "--in", "2011"), "--covers is for timeline and actor"),
        (("before", "after", "--verify", "nowhere"), "'nowhere' is no folder"),
        (("before", "after", "-f", "yaml"), "unknown format 'yaml'"),
    ],
)
def test_wrong_commands_say_why(chrono, edited, args, said):
    Path("notes.txt").write_text("x")
    edited(EVENTS, ("killed: 12,", "killed: 48,"))
    ended = chrono("diff", *args)
    assert ended.code in (1, 2)
    assert ended.out == ""
    assert said in ended.err


@pytest.fixture
def own_words(chrono, edited, tmp_path):
    """Write a file of words on both sides, and tell the lines of what changed in it."""

    def run(before: str | None, after: str | None) -> list[str]:
        for side, words in (("before", before), ("after", after)):
            if words is not None:
                (tmp_path / side / "data" / "vocabulary.yaml").write_text(words, "utf-8")
        lines = chrono("diff", "before", "after").out.splitlines()
        return lines[lines.index("Vocabulary") + 1 :] if "Vocabulary" in lines else []

    return run


PERIODS_OF = "periods:\n  - {id: war, leading: true}\n  - {id: operation}\n"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (PERIODS_OF, PERIODS_OF, []),
        (PERIODS_OF, PERIODS_OF.replace(", leading: true", ""), ["  ~ periods: war: - leading: yes"]),
        (PERIODS_OF, f"{PERIODS_OF}  - {{id: truce, foreign: true}}\n", ["  + periods: truce: foreign"]),
        (PERIODS_OF, "periods:\n  - {id: operation}\n  - {id: war, leading: true}\n",
         ["  ~ periods: in another order"]),
    ],
)  # fmt: skip
def test_words_of_a_store_s_own(own_words, before, after, told):
    """Entry by entry, each by its id; the order of a section counts, since answers go by it."""
    assert own_words(before, after) == [*["~ vocabulary  [vocabulary]"] * bool(told), *told]


def test_words_that_came(own_words):
    assert own_words(None, PERIODS_OF) == [
        "+ vocabulary  [vocabulary]",
        "    periods: war: leading; operation",
    ]


# --- the proof


@pytest.fixture
def proved(chrono, monkeypatch, tmp_path):
    """Edit a store that has its document, and hold what is new against it."""
    shutil.copytree(CASES / "sample", tmp_path / "after")
    monkeypatch.chdir(tmp_path)
    path = Path("after") / EVENTS

    def run(*changes: tuple[str, str], options: tuple[str, ...] = (), folder: str = "documents"):
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
        return chrono("diff", str(CASES / "sample"), "after", "--verify", str(CASES / folder), *options)

    return run


def test_new_statements_are_held_against_the_documents(proved):
    """Line 5 prints 7, 12 and 30, not 31; the Town Crier stands on line 4, the Herald nowhere.

    The numbers of a date, as those of 1 May 2011 there, are no figures.
    """
    ended = proved(
        ("{killed: 30+, of: army,", "{killed: 31+, of: army,"),
        ("{killed: 12, of: army, says: front, cite: book:5}", "{killed: 12, of: army, says: army, cite: book:5}"),
        ("outlets: [The Town Crier]", "outlets: [The Town Crier, The Herald]"),
        ("{date: 2011-05, kind: told, cite: book:6}", "{date: 2011-05-01, kind: told, cite: book:4}"),
    )
    assert (ended.code, ended.err) == (1, "")
    told = [line for line in ended.out.split("\n") if line.startswith(("  = ", "  ! ", "  new"))]
    figure = "the figure '31+' is not printed on book:5; printed there: 7, 12, 30"
    outlet = "the outlet 'The Herald' is not printed on book:4-5, book:6"
    assert told == [
        "  = proved: also date 2011-05-01 <- book:4: 1 May 2011",
        "  = proved: killed 12",
        f"  ! failed: {figure}; {outlet}",
        "  new or changed statements: 2 proved, 2 failed",
    ]


def test_what_failed_before_is_not_told_again(proved):
    """145 is not printed where the battle has 154+, before and after."""
    ended = proved(("summary: A town begins.", "summary: Dia begins."))
    assert ended.code == 0
    assert ended.out.endswith("\nProof\n  new or changed statements: none\n")


def test_no_copy_of_a_document_is_unread(proved, tmp_path):
    """A changed cite is a new statement; a folder without the document says nothing of it."""
    (tmp_path / "none").mkdir()
    ended = proved(("{wounded: several, cite: book:4}", "{wounded: several, cite: book:5}"), folder="good")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith("holds none of the store's documents\n")


@pytest.mark.parametrize(
    ("file", "text"), [("chronology.yaml", "format: 1\nname: Sample\n"), ("vocabulary.yaml", PERIODS_OF)]
)
def test_what_a_store_says_of_itself_needs_no_proof(proved, tmp_path, file, text):
    path = tmp_path / "after" / "data" / file
    path.write_text(text, "utf-8")
    ended = proved()
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("\nProof\n  new or changed statements: none\n")


def test_the_proof_in_json(proved):
    ended = proved(("date: 2011-05-01\n", "date: 2011-05\n"), options=("-f", "json"))
    (date,) = [row for row in json.loads(ended.out)["proof"] if row["field"] == "date"]
    assert date == {
        "kind": "event", "id": RAID, "field": "date", "text": "2011-05", "verdict": "proved",
        "words": [{"at": "book:4", "words": "1 May 2011"}], "message": "", "hint": "",
    }  # fmt: skip


# --- what a text may hold


HOSTILE = "x\x1b[2J\n::error::\u202e\u200b <b>@all</b> [red]y[/red] |`*_"


@pytest.mark.parametrize("shape", ["text", "table", "plain", "md", "csv", "tsv", "json", "jsonl", "html"])
@pytest.mark.parametrize("where", ["title: Front raids Town again", "summary: The Front raids the army near Town."])
def test_nothing_in_a_record_is_obeyed_or_hidden(diff, edited, lenient, shape, where):
    from test_safe import hides_nothing

    edited(EVENTS, (where, f"{where.partition(': ')[0]}: {json.dumps(HOSTILE)}"))
    hides_nothing(diff("-f", shape), shape)


def test_nothing_in_a_name_of_a_side_is_either(chrono, edited):
    Path("after").rename("af\x1b[2Jter")
    edited  # noqa: B018
    path = Path("af\x1b[2Jter") / EVENTS
    path.write_text(path.read_text().replace("killed: 12,", "killed: 13,"))
    ended = chrono("diff", "before", "af\x1b[2Jter")
    assert ended.out.startswith("before -> af\\x1b[2Jter: ")
    assert "\x1b" not in chrono("diff", "before", "af\x1b[2Jter", "-f", "md").out


# --- what cannot be read


def test_what_can_be_read_of_a_broken_side_is_compared(diff, edited):
    edited(EVENTS, ("killed: 12,", "killed: 48,"), ("date: 2012-06", "date: 2012-13"))
    told = diff(code=1)
    assert "12 -> 48" in told
    assert told.startswith("before -> after: 1 event changed\n")
    assert "\nafter: data/events.yaml:14:14: month 13 in '2012-13' (column 6): months go from 01 to 12\n" in told
    assert f"after: not compared, since not read whole: {AGAIN}\n" in told
    assert "sums are not told: after has 1 error" in told
    answer = json.loads(diff("-f", "json", code=1))
    assert answer["unread"] == [{"side": "after", "kind": "event", "id": AGAIN}]
    assert answer["sums"] is None


def test_what_is_wrong_with_the_old_side_alone_is_said_and_fails_nothing(diff, edited, chrono):
    """So the change that mends a store passes."""
    path = Path("before") / EVENTS
    path.write_text(path.read_text("utf-8").replace("date: 2012-06", "date: 2012-13"), "utf-8")
    edited(EVENTS, ("killed: 12,", "killed: 48,"))
    told = diff()
    assert "12 -> 48" in told
    assert "\nsums are not told: before has 1 error, first at data/events.yaml:14:14: month 13" in told
    assert f"\nbefore: not compared, since not read whole: {AGAIN}\n" in told
    assert json.loads(diff("-f", "json"))["unread"] == [{"side": "before", "kind": "event", "id": AGAIN}]
    assert chrono("diff", "before", "after", "--in", "2011").code == 1  # what was asked cannot be told


def test_an_old_reference_that_leads_nowhere_fails_nothing_either(diff, edited):
    """Nor does that on both sides pass, which reading alone does not find."""
    edited(ACTORS, ("name: Union", "name: The Union"))
    for side, code in (("before", 0), ("after", 1)):
        path = Path(side) / EVENTS
        path.write_text(path.read_text("utf-8").replace("type: armed-clash", "type: armed-clsh", 1), "utf-8")
        told = diff(code=code)
        assert "sums are not told: before has 1 error, first at data/events.yaml:4:9: unknown type" in told


def test_whether_something_differs_cannot_be_told_of_what_was_not_read(diff, edited):
    path = Path("before") / EVENTS
    path.write_text(path.read_text("utf-8").replace("date: 2012-06", "date: 2012-13"), "utf-8")
    diff()
    diff("--exit-code", code=1)


def test_a_file_that_cannot_be_read_makes_nothing_look_added(diff, edited):
    Path("before/data/actors.yaml").write_bytes(b"- id: a\n  name: \xff\n")
    told = diff()
    assert "added" not in told
    assert "before: data/actors.yaml:2:9: byte 0xff is not UTF-8" in told


UNQUOTED = ("- id: 2012-06-town-raid", '- id: "2012-06-town-raid')
# What hides a record from reading, in the text of a list.
HIDDEN = [
    (EVENTS, *UNQUOTED),
    (EVENTS, "- id: 2012-06-town-raid\n", "- id: 2012-06-town-raid\n\tdate: foo\n"),
    (EVENTS, "- id: 2012-06-town-raid\n", "  id: 2012-06-town-raid\n"),
    (EVENTS, "- id: 2012-06-town-raid\n", "- title: no id\n"),
    (EVENTS, "- id: 2012-06-town-raid\n", "- id: 2012-06-Town-raid\n"),
    (EVENTS, "- id: 2012-06-town-raid\n", "- id 2012-06-town-raid\n"),
    (EVENTS, "- id: 2012-06-town-raid\n", "- id: *2012-06-town-raid\n"),
    (EVENTS, "- id: 2011-05-01-town-raid\n", "events:\n- id: 2011-05-01-town-raid\n"),
    (EVENTS, "- id: 2011-05-01-town-raid\n", "  id: 2011-05-01-town-raid\n"),
    (EVENTS, "- id: 2012-06-town-raid\n", "<<<<<<< ours\n=======\n- id: 2012-06-town-raid\n"),
    (ACTORS, "- id: union\n  name: Union of Fronts\n  kind: rebel-group\n", "- union\n"),
    (ACTORS, "- id: front\n", "- id: front\n  kind: {\n- union\n- id: front-2\n"),
    (PLACES, "- id: town\n", "- id: town\n  name: [\n---\n"),
    (PERIODS, "- id: war\n", "- [\n"),
    (TYPES, "- id: ", "\xff- id: "),
    (BOOK, "id: book", "- id: book"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), HIDDEN)
def test_what_cannot_be_read_looks_neither_gone_nor_come(diff, edited, chrono, file, old, new):
    path = Path("after") / file
    assert old in path.read_text("utf-8")
    if old.startswith("- id: union"):
        edited(ACTORS, (old, ""), ("- id: front\n", f"{old}- id: front\n"))
    path.write_bytes(path.read_text("utf-8").replace(old, new, 1).encode("latin-1"))
    told = json.loads(diff("-f", "json", code=1))
    assert [row["id"] for row in told["changes"] if row["change"] in ("removed", "renamed")] == []
    assert told.get("unread", []) + told.get("uncompared", []) != []
    ended = chrono("diff", "after", "before", "-f", "json")
    assert ended.code == 0
    assert [row["id"] for row in json.loads(ended.out)["changes"] if row["change"] in ("added", "renamed")] == []


def test_what_may_stand_in_what_was_not_read_is_named(diff, edited):
    edited(EVENTS, UNQUOTED, ("killed: 12,", "killed: 48,"))
    told = diff(code=1)
    assert told.startswith("before -> after: 1 event changed\n")
    assert "\nafter: not compared, since not read whole: one without an id\n" in told
    assert told.endswith(f"\nbefore: not compared, since the other side could not be read whole: {AGAIN}\n")
    assert f"since the other side could not be read whole: {AGAIN}\n" in diff("-f", "md", code=1)
    assert json.loads(diff("-f", "json", code=1))["uncompared"] == [{"side": "before", "kind": "event", "id": AGAIN}]


def test_another_fault_leaves_what_is_gone_gone(diff, edited):
    """A fault behind an id hides that record alone."""
    union = "- id: union\n  name: Union of Fronts\n  kind: rebel-group\n"
    edited(ACTORS, (union, ""), ("actor: union", "actor: army"), ("name: Land Army\n", "name: [Land Army\n"))
    told = diff(code=1)
    assert "- Union of Fronts  [union]" in told
    assert "after: not compared, since not read whole: army\n" in told


def test_a_fault_that_is_everywhere_is_told_once(diff, edited):
    path = Path("before/data/actors.yaml")
    path.write_text(path.read_text().replace("  kind: rebel-group\n", "  kind: rebel-group\n  colour: red\n"))
    told = diff()
    assert "before: data/actors.yaml:10:3: unknown field 'colour' in an actor (and 1 times more)\n" in told


def test_a_small_fault_of_old_stops_no_sum(diff, edited):
    """A type may not have a category's id today; a store of before that rule still has sums."""
    for side in ("before", "after"):
        path = Path(side) / "data/types.yaml"
        path.write_text(path.read_text() + "- id: society\n  name: S\n  category: society\n  acled: none\n")
    edited(EVENTS, ("killed: 12,", "killed: 48,"))
    assert "  2011: killed 12 -> 48\n" in diff()


def test_twins_are_told_and_the_first_is_compared(diff, edited):
    edited(ACTORS, ("- id: union\n", "- id: army\n"), ("short: Army", "short: Armee"))
    told = diff(code=1)
    assert "'army' stands twice: only the first is compared" in told
    assert "~ short: Army -> Armee" in told


def test_a_guess_names_no_field_that_neither_record_has(diff, edited):
    """A type that says nothing of ACLED, nor what it does to those in it."""
    added = "- id: {}\n  name: {}\n  category: politics\n  aliases: [Inquest]\n"
    for side, ident, name in (("before", "report-of-it", "Report of it"), ("after", "inquiry-of-it", "Report of it")):
        path = Path(side) / "data/types.yaml"
        path.write_text(path.read_text() + added.format(ident, name))
    assert "\n  ~ guessed: 100% alike; same name, aliases and category\n" in diff()
