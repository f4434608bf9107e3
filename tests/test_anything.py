"""A life, a company, an outbreak, an outage: each in words of its own, answered by every command in every format."""

import csv
import json
import re
import shutil

import pytest
from conftest import CASES, first_of_each

from mali_chrono.cli import app
from mali_chrono.render.formats import FORMATS

STORES = CASES / "stores"
OURS = ("curie", "nokia", "sars", "outage")
WAR = re.compile(
    r"\b(wars?|dead|kill\w*|armed|arms|attack\w*|battle\w*|perpetrat\w*|victims?|forces|civilians?|rebel\w*|militia\w*"
    r"|troops|operations?|missions?)\b",
    re.IGNORECASE,
)
STYLE = re.compile(r"<style>.*?</style>|<script>.*?</script>", re.DOTALL)
# What each store is asked: an actor, a day, an event, a place, a period, a type, a document, a kind of toll.
ASKED = {
    "curie": ("marie-curie", "1912", "1921-05-20-harding", "paris", "couple", "discovery", "life", "grams-of-radium"),
    "nokia": ("nokia", "2011", "2011-02-11-windows", "espoo", "phones", "cuts", "annals", "jobs-cut"),
    "sars": ("who", "2003-04", "2003-02-21-metropole", "hong-kong", "travel-advice", "advice", "course", "cases"),
    "outage": ("github", "2018-10-22", "2018-10-22-dropped", "us-east", "incident", "restore", "log", "lost"),
}
THINGS = ("actor", "day", "event", "place", "period", "type", "document", "toll")
COMMANDS = (
    "timeline", "timeline --match a*", "timeline --covers --in {day}", "show {event}", "show {actor}", "show {place}",
    "show {period}", "show {type}", "show {document}", "actor", "actor {actor}", "actor {actor} --follow", "lineage",
    "lineage {actor}", "source", "source {document}", "at {day}", "summary", "summary --by year", "summary --by type",
    "summary --by actor", "summary --by category,place", "summary --sum {toll}", "brief", "brief --in {day}", "check",
    "check --strict", "verify {documents}", "list actors", "list places", "list regions", "list types",
    "list categories", "list periods", "list sources", "list outlets", "list tags", "list roles",
)  # fmt: skip


@pytest.fixture
def asked(chrono):
    """Ask a store: `{actor}` and the like are what it is asked about."""

    def ask(store: str, line: str, *options: str):
        names = dict(zip(THINGS, ASKED[store], strict=True))
        names["documents"] = str(STORES / store / "documents")
        return chrono(*(word.format(**names) for word in line.split()), *options, "--store", str(STORES / store))

    return ask


def test_the_stores_are_about_different_things():
    assert len({ASKED[store][-1] for store in OURS}) == len(OURS)


@pytest.mark.parametrize("store", OURS)
def test_it_is_sound_and_proved(store, asked):
    """Nothing to mend, not a warning; each date and figure is printed where it is cited, and every line is told."""
    assert asked(store, "check --strict") == (0, "", "")
    proof = json.loads(asked(store, "verify {documents} -f json").out)
    assert proof["problems"] == []
    assert [row["lines"]["open"] for row in proof["documents"]] == [0]
    assert asked(store, "fmt --check") == (0, "", "")


def formats_of(said: str) -> list[str]:
    """The formats that a command has, as its refusal of another lists them."""
    return said.strip().rpartition("one of: ")[2].split(", ")


@pytest.mark.parametrize("line", first_of_each(COMMANDS, 2))
@pytest.mark.parametrize("store", first_of_each(OURS, 4))
def test_no_answer_in_any_format_speaks_of_war(store, line, asked, tmp_path):
    formats = formats_of(asked(store, line, "-f", "none-such").err)
    assert set(formats) <= set(FORMATS)
    assert len(formats) > 1
    for name in formats:
        to = () if not FORMATS[name].binary else ("-o", str(tmp_path / "answer"))
        ended = asked(store, line, "-f", name, *to)
        if "needs one more package" in ended.err:
            continue
        assert ended.code == 0, (name, ended.err)
        assert spoken(ended.out + ended.err) == [], name


def spoken(text: str) -> list[str]:
    """The words of war in an answer, but for the name of a list that every state of play has in json."""
    return WAR.findall(STYLE.sub("", text).replace('"armed": []', ""))


def test_words_of_war_would_be_found(chrono):
    assert {"war", "killed", "attacked"} <= {word.lower() for word in spoken(chrono("brief", "--in", "2023").out)}


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith(("check", "brief"))])
@pytest.mark.parametrize("store", OURS)
@pytest.mark.parametrize("width", first_of_each((60, 200), 2))
def test_no_table_on_a_terminal_does(store, line, asked, terminal, width):
    terminal(width)
    ended = asked(store, line)
    assert ended.code == 0
    assert spoken(ended.out) == []


# What a help shows as an example, and the names of what `init` begins with.
EXAMPLE = re.compile(r"^  (?:[A-Z_]+=.* )?(?:chrono|pip) .*$|(?<=Records to begin with: )[\w,\s]+(?=\.)", re.MULTILINE)
OF_MALI = re.compile(r"\b(mali\w*|wound\w*|violen\w*|coups?|fight\w*)\b", re.IGNORECASE)


@pytest.mark.parametrize("command", ["", *app.COMMANDS])
def test_no_help_does_outside_its_examples(command, chrono):
    """Nor does it name anybody, or any place, of the shipped record."""
    said = EXAMPLE.sub("", chrono(*command.split(), "-h").out)
    assert len(said) > 200
    assert spoken(said) == []
    assert OF_MALI.findall(said) == []
    for kind in ("actors", "places", "regions", "periods"):
        ids = [row["id"] for row in json.loads(chrono("list", kind, "-f", "json").out)["values"]]
        named = re.findall(rf"\b(?:{'|'.join(map(re.escape, ids))})\b", said)
        assert set(named) <= {"who"}  # which is a word, too


@pytest.mark.parametrize("store", OURS)
@pytest.mark.parametrize("kind", ["event", "actor", "place", "period", "source", "type"])
def test_no_stub_does(store, kind, asked):
    ended = asked(store, f"new {kind}")
    assert ended.code == 0
    assert spoken(ended.out) == []


@pytest.mark.parametrize("store", OURS)
def test_no_table_of_an_export_does(store, asked, tmp_path):
    assert asked(store, f"export {tmp_path / 'tables'}").code == 0
    for file in (tmp_path / "tables").glob("*.csv"):
        assert spoken(file.read_text("utf-8")) == [], file.name


@pytest.mark.parametrize("store", first_of_each(OURS, 2))
@pytest.mark.parametrize("kind", first_of_each(["years", "lanes", "map", "matrix"], 2))
def test_no_picture_does(store, kind, asked, tmp_path):
    pytest.importorskip("vl_convert", reason="the extra 'plots' is not installed")
    said = drawn(asked, store, kind, tmp_path)
    assert spoken(said) == []


def drawn(asked, store, kind, folder):
    """The words of a picture."""
    assert asked(store, f"plot {kind} -o {folder / 'picture.svg'}").code == 0
    return re.sub(r"<[^>]*>", " ", (folder / "picture.svg").read_text("utf-8"))


@pytest.mark.parametrize(
    ("store", "kind", "title"),
    [
        ("curie", "years", "Events and grams of radium, 1867-2011"),
        ("nokia", "years", "Events and jobs cut, 1865-2025"),
        ("sars", "map", "Where it happened and cases, Nov 2002-Dec 2003"),
        ("outage", "years", "Events and deliveries lost, Oct 2018"),
    ],
)
def test_a_picture_says_what_it_counts(store, kind, title, asked, tmp_path):
    pytest.importorskip("vl_convert", reason="the extra 'plots' is not installed")
    assert title in drawn(asked, store, kind, tmp_path)


def test_no_change_that_is_shown_does(asked, chrono, tmp_path):
    other = shutil.copytree(STORES / "nokia", tmp_path / "nokia")
    file = other / "data" / "events.yaml"
    file.write_text(file.read_text("utf-8").replace("jobs-cut: 2300", "jobs-cut: 2400"), "utf-8")
    for name in formats_of(asked("nokia", f"diff {other} -f none-such").err):
        ended = chrono("diff", str(STORES / "nokia"), str(other), "-f", name)
        assert ended.code == 0
        assert "2400" in ended.out
        assert spoken(ended.out) == []


# Of each store two kinds of toll that rows tell of, the one that likeness rests on first, and what stands above both.
COMPARED = {
    "curie": ("grams-of-radium money", "g radium, money"),
    "nokia": ("jobs-cut price", "jobs cut, euros"),
    "sars": ("deaths cases", "deaths, cases"),
    "outage": ("lost seconds", "lost, cut off"),
}
MAP = """\
id: id
date: {{column: day, forms: [YYYY-MM-DD]}}
type: {{column: what}}
place: {{column: where, lat: lat, lon: lon}}
title: "{{what}}"
summary: "{{what}} at {{where}}."
actors: [{{column: who, roles: {{else: does}}}}, {{column: whom, roles: {{else: suffers}}}}]
tolls: [{{kind: {0}, column: {0}}}, {{kind: {1}, column: {1}}}]
"""


@pytest.fixture
def compared(asked, tmp_path):
    """Hold a store against its own events as rows: some without a figure are years later, others are 7 more."""

    def compare(store: str, *options: str):
        kinds = COMPARED[store][0].split()
        rows = []
        for n, event in enumerate(json.loads(asked(store, "timeline -f json").out)["events"]):
            counts = {kind: event[kind]["best"] + 7 if event[kind] else "" for kind in kinds}
            year = int(event["earliest"][:4]) + 200 * (n % 3 == 0 and not any(counts.values()))
            told = {"id": n, "day": f"{year}{event['earliest'][4:]}", "what": event["type"]}
            who = {"who": event["actors"][0]["name"] if event["actors"] else "", "whom": "Somebody Else"}
            place = event["places"][0]
            rows.append({**told, "where": place["name"], "lat": place["lat"], "lon": place["lon"], **who, **counts})
        with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        (tmp_path / "map.yaml").write_text(MAP.format(*kinds), "utf-8")
        return asked(store, f"compare {tmp_path / 'rows.csv'} --as {tmp_path / 'map.yaml'} --all", *options)

    return compare


@pytest.mark.parametrize("store", first_of_each(OURS, 2))
def test_no_comparison_speaks_of_war_in_any_format(store, compared):
    heads = [COMPARED[store][1].split(", "), COMPARED[store][0].split()]
    for name in formats_of(compared(store, "-f", "none-such").err):
        ended = compared(store, "-f", name)
        assert (ended.code, ended.err) == (0, ""), name
        assert spoken(ended.out) == [], name
        plain = " ".join(ended.out.lower().split())
        assert any(all(head in plain for head in some) for some in heads), name


@pytest.mark.parametrize("store", OURS)
def test_no_month_of_a_comparison_is_broken(store, compared, terminal):
    """Two kinds of toll of both sides are eight columns."""
    terminal(60)
    months = compared(store).out.partition("By month")[2].partition("By region")[0]
    assert re.findall(r"^ ?-?\d{4}-\d\d\b", months, re.MULTILINE)
    assert not re.findall(r"^ ?-?\d{4}-\d?\s", months, re.MULTILINE)


@pytest.mark.parametrize("store", OURS)
def test_every_kind_of_toll_that_differs_is_told(store, compared):
    """As import tells it: of each pair each figure, which is 7 more in the row."""
    kinds, heads = COMPARED[store][0].split(), COMPARED[store][1].split(", ")
    found = json.loads(compared(store, "-f", "json").out)
    met = set()
    for match in found["matches"]:
        assert list(match["event"]["figures"]) == kinds
        for kind, head in zip(kinds, heads, strict=True):
            told = [text for text in match["differs"] if text.startswith(f"{head}: ")]
            figure, count = match["event"]["figures"][kind], match["row"]["counts"].get(kind)
            best = figure["best"] if figure else None
            assert bool(told) is (best != count)
            assert all(f", the row {'not told' if count is None else count}" in text for text in told)
            met |= {kind} if told else set()
    assert met
    assert {each["kind"] for each in found["common"] if each["feature"] == "toll"} == set(kinds)


def test_kinds_of_toll_that_only_one_side_has_are_not_compared(asked):
    rows = str(STORES / "held" / "rows.csv")
    head, *_ = asked("nokia", f"compare {rows} --as acled -f csv").out.splitlines()
    assert not [name for name in head.split(",") if "killed" in name or "jobs-cut" in name]
    assert "By region" in asked("nokia", f"compare {rows} --as acled").out


@pytest.mark.parametrize("store", OURS)
def test_every_row_is_an_events_or_is_listed_alone(store, compared):
    found = json.loads(compared(store, "-f", "json").out)
    held = {row["id"] for match in found["matches"] for row in (match["row"], *match["others"])}
    alone = {row["id"] for row in found["rows"]}
    assert alone
    assert held.isdisjoint(alone)
    assert len(held | alone) == found["dataset"]["events"] == found["dataset"]["counted"]
    for totals in (found["months"], found["regions"]):
        assert sum(total["matched"] for total in totals) == len(held)
        assert sum(total["rows"] for total in totals) == len(held | alone)


def figures(total, kind):
    """Low, best and high of a kind, `+` where that is open; of a level the latest report and its day."""
    told = total[kind]
    if "event" in told:
        return f"{told['best']} ({told['event']})"
    return f"{told['low']}/{told['best']}/{told['high']}" + "+" * told["open"]


@pytest.mark.parametrize(
    ("store", "question", "answer"),
    [
        # Two grams were given; the vans are a level.
        ("curie", "--sum grams-of-radium,money,vans", "2/2/2; 150000/150000/150000; 20 (1914-vans)"),
        ("curie", "--sum grams-of-radium --since 1925", "1/1/1"),
        # 2300 + 4000 + 3500 + 17000 + up to 10000 + 9000 to 14000.
        ("nokia", "--sum jobs-cut", "35800/45800/50800"),
        ("nokia", "--sum jobs-cut --in 2011", "24500/24500/24500"),
        # 1700 + 5440 + 2800 million: what was announced in 2013 and done in 2014 is one price.
        ("nokia", "--sum price", "9940000000/9940000000/9940000000"),
        ("nokia", "--sum staff", "86000 (2023-10-19-fourteen-thousand)"),
        ("nokia", "--sum staff --until 2020", "104000 (2016-01-14-alcatel)"),
        # 1 + 16 + 339 + 63 + 238 + 1755 + 1; Amoy Gardens lies in Hong Kong's, what was only reported adds nothing.
        ("sars", "--sum cases", "2413/2413/2413+"),
        # Toronto 1, Bangkok 1, Vietnam 5, Singapore 33, Hong Kong 299 with two who are told apart.
        ("sars", "--sum deaths", "339/339/339"),
        ("sars", "--sum deaths --place hong-kong", "299/299/299"),
        ("sars", "--sum quarantined", "4000 (2003-04-25-beijing-quarantine)"),
        ("sars", "--sum quarantined --in 2003-03", "740 (2003-03-24-singapore)"),
        ("outage", "--sum lost,seconds", "200000/200000/200000; 43/43/43"),
        ("outage", "--sum waiting,builds", "0 (2018-10-22-green); 0 (2018-10-22-green)"),
    ],
)  # fmt: skip
def test_sums_and_levels(ask, store, question, answer):
    kinds = question.split()[1].split(",")
    total = ask.json(store, f"summary {question}")["total"]
    assert "; ".join(figures(total, kind) for kind in kinds) == answer


@pytest.mark.parametrize(
    ("store", "line", "said"),
    [
        ("curie", "--sum against", "a sum of it means nothing"),
        ("nokia", "--sum share", "a sum of it means nothing"),
        ("sars", "--sum beds", "a sum of it means nothing"),
        ("outage", "--sum writes", "a sum of it means nothing"),
        ("sars", "--sum killed", "one of: cases, deaths, quarantined, in-hospital, beds"),
    ],
)
def test_what_is_never_added_and_what_nobody_knows(ask, store, line, said):
    assert said in ask.refusal(store, f"summary {line}")


@pytest.mark.parametrize(
    ("store", "filters", "found"),
    [
        ("curie", "--in 1898", "rays polonium radium"),
        ("curie", "--place warsaw", "birth mother school warsaw-institute"),
        ("curie", "--actor swedish-academy", "nobel-physics nobel-chemistry irene-nobel"),
        ("curie", "--type honours --since 1912", "harding hoover irene-nobel"),
        ("curie", "--type birth", "birth irene eve"),
        ("curie", "--match bicycles", "wedding"),
        # Irène belonged to the institute from 1918 on.
        ("curie", "--actor radium-institute", "institute irene-nobel"),
        ("curie", "--min money=60000", "harding"),
        ("curie", "--in governess", "governess"),
        ("nokia", "--min jobs-cut=9500", "nsn-cuts ten-thousand"),
        ("nokia", "--place finland --until 1912", "mill second-mill nokia-ab rubber cable"),
        # Mobira belonged to Nokia from 1984 on: the telephone of 1987 is Nokia's, that of 1982 is not.
        ("nokia", "--actor nokia --since 1980 --until 1987", "cityman"),
        ("nokia", "--actor nokia:buyer", "nsn-bought alcatel infinera"),
        ("nokia", "--actor microsoft", "windows phones-plan phones"),
        ("nokia", "--type plans", "phones-plan"),
        ("nokia", "--region germany", "bochum here"),
        ("sars", "--place hong-kong --until 2003-03", "metropole liu chen amoy"),
        ("sars", "--actor who:adviser", "advice advice toronto hong-kong"),
        ("sars", "--tag metropole", "metropole hanoi toronto"),
        ("sars", "--in 2003-04-20/2003-04-25", "dismissed advice beijing-quarantine"),
        ("sars", "--place toronto:50km", "toronto advice toronto toronto"),
        ("sars", "--min deaths=100", "hong-kong total"),
        # Urbani belonged to the WHO until he died.
        ("sars", "--actor who --until 2003-03", "urbani alert name urbani"),
        # By the instant, whatever the zone: 18:52-04:00, 22:52Z, 15:54-07:00, 23:02Z.
        ("outage", "--until 2018-10-21",
         "link-cut failover alerts topology deploys-locked yellow red webhooks-stopped"),
        # 16:46 in Tokyo lies between 06:51 and 11:12 UTC, 19:03 in New York after 17:00 UTC.
        ("outage", "--in 2018-10-22 --exclude type=finding",
         "backups east-restored blog primaries-east peak in-step backlog dropped green"),
        ("outage", "--actor github --direct", "yellow red blog green analysis"),
        ("outage", "--type detection", "alerts topology plan"),
        ("outage", "--min seconds=43", "link-cut"),
        ("outage", "--place us-west", "failover alerts"),
    ],
)  # fmt: skip
def test_what_is_found(ask, store, filters, found):
    assert ask.events(store, filters) == found


@pytest.mark.parametrize(
    ("store", "day", "running", "held"),
    [
        ("curie", "1888", "Years as a governess", ""),
        ("curie", "1900-06-01", "Years with Pierre", ""),
        ("curie", "1920", "Radium Institute", "Marie Curie"),
        ("nokia", "1990", "Nokia Corporation; The years of phones", "Simo Vuorilehto"),
        ("nokia", "2005-05", "Nokia Corporation; The years of phones", "Jorma Ollila; Jorma Ollila"),
        ("nokia", "2011-12-01", "Nokia Corporation; The years of phones; Venture with Siemens",
         "Jorma Ollila; Stephen Elop"),
        ("sars", "2003-04-19", "The spread of SARS; Advice against travel",
         "Gro Harlem Brundtland; Zhang Wenkang; Meng Xuenong"),
        ("sars", "2003-05-01", "The spread of SARS; Advice against travel", "Gro Harlem Brundtland"),
        ("sars", "2005", "", "Lee Jong-wook"),
        ("outage", "2018-10-22", "The incident of October 2018", ""),
        ("outage", "2018-10-23", "", ""),
    ],
)  # fmt: skip
def test_the_state_of_play(ask, store, day, running, held):
    state = ask.json(store, f"at {day}")
    assert "; ".join(period["name"] for period in state["periods"]) == running
    assert "; ".join(office["name"] for office in state["offices"]) == held
    assert state["armed"] == []


@pytest.mark.parametrize(
    ("store", "line", "said"),
    [
        ("curie", "actor radium-institute", r"led by      Marie Curie \(1914-1934\)\n +André Debierne \(1934-1946\)"),
        ("curie", "actor curie-institute", r"came from   Radium Institute under another name \(1970\)"),
        ("curie", "lineage", "└─ Curie Institute: renamed, 1970"),
        ("curie", "at 1922", r"committee of the League of Nations"),
        ("curie", "at 1920", r"gram of radium \(1 grams of radium\)"),
        ("nokia", "actor nokia",
         r"came from   merger of Finnish Cable Works, Nokia Ab and Finnish Rubber Works \(1967\)"),
        ("nokia", "actor nokia", r"Mobira \(from 1984\)"),
        ("nokia", "at 2012-01-01", r"\(17000 jobs cut\)"),
        ("nokia", "brief --in 2011", r"\*\*4 events.\*\* Jobs cut: 24,500\."),
        ("nokia", "brief --in 2013", r"Only told: its figures are not added up\."),
        ("sars", "actor china", r"◆ China dismissed its health minister"),
        ("sars", "timeline --type dismissal", r"Government of China; Meng Xuenong, Zhang Wenkang"),
        ("sars", "brief", r"Quarantined: 4,000 \(the latest report, 25 April 2003"),
        ("outage", "timeline", r"Orchestrator against MySQL clusters"),
        ("outage", "actor mysql", r"as *affected 7, system 3"),
        ("outage", "brief", r"Lost: 200,000\. Seconds: 43\."),
    ],
)  # fmt: skip
def test_it_is_told_in_the_words_of_the_store(ask, store, line, said):
    assert re.search(said, ask(store, line))


@pytest.mark.parametrize(
    "line", first_of_each((line for line in COMMANDS if not line.startswith(("check", "verify"))), 2)
)
def test_no_word_of_a_vocabulary_is_markup(line, chrono, tmp_path):
    """Labels and units are any text: in Markdown they end no cell, and in neither format are they a tag."""
    store = shutil.copytree(STORES / "nokia", tmp_path / "nokia")
    words = store / "data" / "vocabulary.yaml"
    text = words.read_text("utf-8").replace("label: euros", 'label: "euros | <u>each</u>"')
    text = text.replace("id: jobs-cut", 'id: jobs-cut, label: "cut | <u>jobs</u>"').replace(
        "unit: people", 'unit: "<u>men</u> |"'
    )
    words.write_text(text, "utf-8")
    names = dict(zip(THINGS, ASKED["nokia"], strict=True)) | {"documents": ""}
    asked = [word.format(**names) for word in line.split()]
    assert "<u>" not in chrono(*asked, "-f", "html", "--store", str(store)).out
    said = chrono(*asked, "-f", "md", "--store", str(store)).out
    assert not re.search(r"(?<!\\)<u", said)
    rows = [row for row in said.splitlines() if row.startswith("| ")]
    widths = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    assert all(width in widths[n + 1 :] + widths[:n] for n, width in enumerate(widths))


def test_the_table_of_a_brief_keeps_its_columns(chrono, tmp_path):
    store = shutil.copytree(STORES / "nokia", tmp_path / "nokia")
    words = store / "data" / "vocabulary.yaml"
    words.write_text(
        words.read_text("utf-8").replace("id: jobs-cut", 'id: jobs-cut, label: "cut | <u>jobs</u>"'), "utf-8"
    )
    head, rule, *_ = [row for row in chrono("brief", "--store", str(store)).out.splitlines() if row.startswith("| ")]
    assert "With cut \\| \\<u\\>jobs\\</u\\>" in head
    assert len(re.findall(r"(?<!\\)\|", head)) == rule.count("|")
    assert len(head) == len(rule)
