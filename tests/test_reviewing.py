"""How `check` and `verify` are asked and answer: rules chosen, files named, exceptions, formats for CI."""

import hashlib
import json
import re
from xml.etree import ElementTree as ET

import pytest
from conftest import CASES
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono import __version__
from mali_chrono.errors import ERROR, WARNING, Problem
from mali_chrono.exchange import github, junit, sarif
from mali_chrono.render.found import Found
from mali_chrono.render.look import Look
from mali_chrono.render.problems import list_problems
from mali_chrono.store.checks import check
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.rules.help import read_page
from mali_chrono.store.rules.table import RULES
from mali_chrono.text import visible

RAID = """\
- id: 2012-06-town-raid
  date: 2012-06
  title: Front raids Town again
  type: armed-clash
  places: [twon]
  actors: [{actor: front, role: perpetrator}, {actor: army, role: target}, {actor: front, role: perpetrator}]
  cites: [book:7]
  summary: The Front raids the army near Town.
"""


@pytest.fixture
def raid(good):
    """A store with one error, an unknown place, and one warning, an actor that stands twice."""
    (good / "data" / "events.yaml").write_text(RAID)
    return good


def rules_told(ended) -> list[str]:
    return re.findall(r"^\S+: (?:error|warning): .* \[([a-z-]+)\]$", ended.out, re.MULTILINE)


# --- which rules


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ((), 1, ["unknown-place", "repeated"]),
        (("--select", "repeated"), 0, ["repeated"]),
        (("--select", "repeated", "--strict"), 1, ["repeated"]),
        (("--select", "unknown-place"), 1, ["unknown-place"]),
        (("--select", "unknown-place, repeated"), 1, ["unknown-place", "repeated"]),
        (("--select", "unknown-place", "--select", "repeated"), 1, ["unknown-place", "repeated"]),
        (("--select", "title-length"), 0, []),
        (("--select", "date-not-printed,repeated"), 0, ["repeated"]),
        (("--ignore", "date-not-printed,unknown-place"), 0, ["repeated"]),
        (("--ignore", "unknown-place"), 0, ["repeated"]),
        (("--ignore", "unknown-place", "--strict"), 1, ["repeated"]),
        (("--ignore", "unknown-place,repeated", "--strict"), 0, []),
        (("--ignore", "repeated", "--ignore", "unknown-place"), 0, []),
        (("--select", "repeated", "--ignore", "repeated"), 0, []),
    ],
)
def test_rules_are_chosen(chrono, raid, args, code, told):
    ended = chrono("check", "--store", str(raid), *args)
    assert (ended.code, ended.err, rules_told(ended)) == (code, "", told)


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("tittle-length", "there is no rule 'tittle-length': did you mean 'title-length'"),
        ("Repeated", "there is no rule 'Repeated': did you mean 'repeated'?"),
        ("zzzzzzz", "there is no rule 'zzzzzzz': `chrono check --list` lists them"),
    ],
)
def test_a_rule_there_is_not_is_a_wrong_command(chrono, raid, option, name, says):
    ended = chrono("check", "--store", str(raid), option, name)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("name", ["", ",", " , "])
def test_an_option_without_a_rule_is_a_wrong_command(chrono, raid, option, name):
    ended = chrono("check", "--store", str(raid), option, name)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"error: {option} names no rule; `chrono check --list` lists them\n"


def test_a_comma_too_many_does_no_harm(chrono, raid):
    assert rules_told(chrono("check", "--store", str(raid), "--select", "repeated,")) == ["repeated"]


def test_a_rule_of_the_other_command_alone_is_a_wrong_command(chrono, proof, raid):
    ended = chrono("check", "--store", str(raid), "--select", "date-not-printed,line-open")
    assert ended == (2, "", "error: 'date-not-printed' is told by `chrono verify`\n")
    assert proof("--select", "title-length") == (2, "", "error: 'title-length' is told by `chrono check`\n")
    assert proof("--select", "title-length,line-open").code == 1


def test_the_first_wrong_of_several_is_named(chrono, raid):
    ended = chrono("check", "--store", str(raid), "--select", "repeated,nonsense-xyz")
    assert (ended.code, ended.out) == (2, "")
    assert "there is no rule 'nonsense-xyz'" in ended.err


def test_what_hides_things_is_told_whatever_is_selected(chrono, raid):
    (raid / "data" / "places.yaml").write_text("- id: [\n")
    ended = chrono("check", "--store", str(raid), "--select", "repeated")
    assert (ended.code, set(rules_told(ended))) == (1, {"repeated", "syntax"})


def test_json_says_what_was_asked(chrono, raid):
    words = ("--select", "repeated,event-id", "--strict")
    asked = json.loads(chrono("check", "--store", str(raid), "-f", "json", *words).out)
    assert asked["query"] == {"store": str(raid), "strict": True, "select": ["repeated", "event-id"]}
    assert asked["counts"] == {"error": 0, "warning": 1}
    (problem,) = asked["problems"]
    assert (problem["rule"], problem["record"]) == ("repeated", "2012-06-town-raid")


# --- the list and the pages


def test_every_rule_is_listed(chrono):
    rows = json.loads(chrono("check", "--list", "-f", "json").out)["rules"]
    assert sorted(row["rule"] for row in rows) == sorted(RULES)
    assert next(row for row in rows if row["rule"] == "title-length") == {
        "rule": "title-length", "severity": "error", "default": "on", "scope": "records",
        "finds": "A title has more than 90 characters.",
    }  # fmt: skip
    assert list(dict.fromkeys(row["scope"] for row in rows)) == ["reading", "records", "maps", "proof"]
    assert {row["rule"] for row in rows if row["default"] == "off"} == {slug for slug in RULES if not RULES[slug].on}


@pytest.mark.parametrize("shape", ["table", "plain", "csv", "tsv", "json", "jsonl", "md", "html"])
def test_the_list_has_every_tabular_format(chrono, shape):
    ended = chrono("check", "--list", "-f", shape)
    assert (ended.code, ended.err) == (0, "")
    assert all(slug in ended.out for slug in RULES)


def test_a_list_is_of_no_problems(chrono):
    ended = chrono("check", "--list", "-f", "sarif")
    assert (ended.code, ended.out) == (2, "")
    assert "unknown format 'sarif'" in ended.err


def test_a_page_is_printed(chrono):
    ended = chrono("check", "--explain", "title-length")
    assert (ended.code, ended.err) == (0, "")
    first, _, how, _, sentence, *rest = ended.out.splitlines()
    assert first == "# title-length"
    assert how == "(error, on by default, told by `chrono check`)"
    assert sentence == "A title has more than 90 characters."
    assert {"Wrong:", "Right:", "```yaml data/events.yaml"} <= set(rest)
    assert "told by `chrono verify`" in chrono("check", "--explain", "date-not-printed").out


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_list_fits_the_terminal(chrono, terminal, width):
    terminal(width)
    out = chrono("check", "--list").out
    assert max(map(len, out.splitlines())) <= width
    assert "title-length" in out
    assert "A title has more than 90" in " ".join(out.replace("-length", "").split())


def test_a_page_is_text(chrono, tmp_path):
    page = chrono("check", "--explain", "syntax").out
    assert chrono("check", "--explain", "syntax", "-o", str(tmp_path / "a.md")).code == 0
    assert (tmp_path / "a.md").read_text() == chrono("check", "--explain", "syntax", "-f", "md").out == page
    ended = chrono("check", "--explain", "syntax", "-f", "json")
    assert (ended.code, ended.err) == (2, "error: unknown format 'json': one of: text, md\n")


def test_pages_need_no_store(chrono, tmp_path):
    assert chrono("check", "--explain", "syntax", "--store", str(tmp_path)).code == 0
    assert chrono("check", "--list", "--store", str(tmp_path)).code == 0


# --- files


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["data/events.yaml"], ["unknown-place", "repeated"]),
        (["data/actors.yaml"], []),
        (["data/places.yaml", "data/events.yaml"], ["unknown-place", "repeated"]),
        (["data"], ["unknown-place", "repeated"]),
        (["seeds/"], []),
        (["."], ["unknown-place", "repeated"]),
        (["{store}/data/events.yaml"], ["unknown-place", "repeated"]),
        (["./data/../data/events.yaml"], ["unknown-place", "repeated"]),
        (["link.yaml"], ["unknown-place", "repeated"]),
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_files_are_named_from_here_or_from_the_store(chrono, raid, monkeypatch, files, told, inside):
    if not inside and files in (["."], ["link.yaml"]):
        files = [f"good/{files[0]}"]
    (raid / "link.yaml").symlink_to(raid / "data" / "events.yaml")
    monkeypatch.chdir(raid if inside else raid.parent)
    ended = chrono("check", "--store", str(raid), *(file.format(store=raid) for file in files))
    assert (ended.code, ended.err, rules_told(ended)) == (1 if told else 0, "", told)


def test_files_are_told_by_their_paths_in_the_store(chrono, raid):
    words = ("check", "--store", str(raid), f"{raid}/data/events.yaml", "seeds")
    assert json.loads(chrono(*words, "-f", "json").out)["query"]["files"] == ["data/events.yaml", "seeds/book.yaml"]
    page = chrono(*words, "-f", "html").out
    assert "files data/events.yaml or seeds/book.yaml" in page
    assert str(raid) not in page


def test_references_are_read_from_the_whole_store(chrono, raid):
    (raid / "data" / "places.yaml").write_text("[]\n")
    ended = chrono("check", "--store", str(raid), "data/periods.yaml")
    assert rules_told(ended) == ["unknown-place"]
    assert "unknown place 'land'" in ended.out


def test_what_is_no_file_of_the_store_is_passed_over(chrono, raid, monkeypatch):
    """As a commit has it that changes other files too, and deletes one."""
    monkeypatch.chdir(raid)
    (raid / "README.md").write_text("# Ours\n")
    ended = chrono("check", "--store", ".", "README.md", "data/events.yaml", "data/gone.yaml")
    assert (ended.code, rules_told(ended)) == (1, ["unknown-place", "repeated"])
    assert ended.err.splitlines() == [
        "passed over: 'README.md' is no file of the store",
        "passed over: there is no file 'data/gone.yaml'",
    ]
    ended = chrono("check", "--store", ".", "README.md")
    assert (ended.code, ended.out) == (0, "")


def test_a_file_of_another_store_is_told_so(chrono, raid, monkeypatch):
    monkeypatch.chdir(raid.parent)
    ended = chrono("check", "--store", str(CASES / "sample"), "good/data/events.yaml")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"passed over: 'good/data/events.yaml' is of another store: --store {raid}\n"


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("data/event.yaml", "there is no file 'data/event.yaml': did you mean 'data/events.yaml'?"),
        ("", "there is no file ''"),
        ("zzz\x1b[2J", r"there is no file 'zzz\x1b[2J'"),
    ],
)
def test_a_slip_in_the_only_name_is_a_wrong_command(chrono, raid, file, says):
    ended = chrono("check", "--store", str(raid), file)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


def test_a_stray_or_unreadable_file_can_be_named(chrono, good):
    (good / "data" / "notes.txt").write_text("x")
    assert rules_told(chrono("check", "--store", str(good), "data/notes.txt")) == ["stray-file"]


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("data/types.yaml", b"\xff", "encoding"),
        ("data/types.yaml", b"- {id: [", "syntax"),
        ("data/chronology.yaml", b"format: 2\n", "newer-format"),
        ("data/vocabulary.yaml", b"categories: [{id: A}]\n", "vocabulary"),
    ],
)
def test_what_hides_things_is_told_of_every_file(chrono, raid, file, text, rule):
    """Else a check of files that are named would pass over what it cannot see."""
    (raid / file).write_bytes(text)
    ended = chrono("check", "--store", str(raid), "seeds/book.yaml")
    assert (ended.code, rule in rules_told(ended)) == (1, True)


def test_a_faulty_record_elsewhere_hides_nothing(chrono, raid):
    assert chrono("check", "--store", str(raid), "data/actors.yaml") == (0, "", "")


# --- exceptions


@pytest.mark.parametrize(
    ("ignores", "told"),
    [
        ("{unused-place: kept, no-point: x, nopoint: y}", [("no-point", 32), ("nopoint", 45)]),
        ('{"no-point": x, "a\\tb": y}', [("no-point", 12), ("a\tb", 27)]),  # as what is not plain is read
        ("\n    no-point: x\n    nopoint: y", [("no-point", 5), ("nopoint", 5)]),
    ],
)
def test_an_exception_is_told_where_its_rule_is_named(good, ignores, told):
    mill = "- id: mill\n  name: Mill\n  within: north\n  precision: 4\n"
    (good / "data/places.yaml").write_text(f"{(good / 'data/places.yaml').read_text()}{mill}  ignore: {ignores}\n")
    found = [one for one in check(load(Store(good, "good"))) if one.rule in ("unknown-rule", "unused-ignore")]
    assert [(one.message.split("'")[1], one.column) for one in found] == told
    assert {one.hint for one in found if one.rule == "unused-ignore"} == {"delete this rule's entry"}


def test_a_rule_in_capitals_is_a_slip(chrono):
    told = "error: there is no rule 'NO-POINT': did you mean 'no-point'?\n"
    assert chrono("check", "--select", "NO-POINT") == (2, "", told)


BOOK = "In June 2012 the Front raided Town and killed 84 soldiers.\nThe army said nothing.\n"
SILENT = """\
- {id: army, name: Land Army, kind: state-forces}
- {id: front, name: People's Front, kind: rebel-group}
"""


@pytest.fixture
def proof(chrono, good):
    """Run `verify` on one event with a toll that is not printed, in a document with a line that nobody cites."""
    (good / "data" / "actors.yaml").write_text(SILENT)
    (good / "data" / "periods.yaml").write_text("[]\n")
    book = good / "seeds" / "book.yaml"
    text = re.sub("(?<=sha256: ).*", hashlib.sha256(BOOK.encode()).hexdigest(), book.read_text())
    text = text.replace("lines: 20", "lines: 2")
    event = RAID.replace("twon", "town").replace(", {actor: front, role: perpetrator}", "").replace("book:7", "book:1")
    event = event.replace("  cites", "  tolls: [{killed: 48}]\n  cites")
    (good / "documents").mkdir()
    (good / "documents" / "book.txt").write_text(BOOK)

    def run(*args: str, command: str = "verify", event_ignores: str = "", book_ignores: str = "", event=event):
        more = f"  ignore: {{{event_ignores}}}\n" if event_ignores else ""
        (good / "data" / "events.yaml").write_text(event + more)
        book.write_text(
            text.replace("lines: 20", "lines: 2") + (f"ignore: {{{book_ignores}}}\n" if book_ignores else "")
        )
        given = [str(good / "documents")] if command == "verify" else []
        return chrono(command, *given, "--store", str(good), *args)

    return run


UNPRINTED = "figure-not-printed: the document has it on a map"
UNTOLD = "line-open: nothing happened there"


@pytest.mark.parametrize(
    ("ignores", "code", "told"),
    [
        ({}, 1, ["figure-not-printed", "line-open"]),
        ({"event_ignores": UNPRINTED}, 1, ["line-open"]),
        ({"book_ignores": UNTOLD}, 1, ["figure-not-printed"]),
        ({"event_ignores": UNPRINTED, "book_ignores": UNTOLD}, 0, []),
        (
            {"event_ignores": "date-not-printed: why", "book_ignores": UNTOLD},
            1,
            ["figure-not-printed", "unused-ignore"],
        ),
        ({"event_ignores": UNPRINTED, "book_ignores": "skip-unused: why"}, 1, ["line-open", "unused-ignore"]),
        ({"event_ignores": "line-open: why", "book_ignores": UNTOLD}, 1, ["figure-not-printed", "unused-ignore"]),
    ],
)
def test_an_exception_to_a_rule_of_the_proof_is_the_proofs(proof, ignores, code, told):
    ended = proof(**ignores)
    assert (ended.code, ended.err, rules_told(ended)) == (code, "", told)
    assert proof(command="check", **ignores) == (0, "", "")


def test_an_unused_exception_is_a_warning_of_the_proof_too(proof):
    ignores = {"event_ignores": UNPRINTED + ", date-not-printed: why", "book_ignores": UNTOLD}
    assert (proof(**ignores).code, proof("--strict", **ignores).code) == (0, 1)
    ended = proof(**ignores)
    assert "data/events.yaml:10:62: warning: 'date-not-printed' is ignored here but finds nothing" in ended.out


@pytest.mark.parametrize("args", [("--only", "book"), ("--only", "book", "--lines", "1"), ("--select", "date-open")])
def test_of_a_part_nobody_knows_whether_an_exception_serves(proof, args):
    ended = proof(*args, event_ignores="date-not-printed: why")
    assert "unused-ignore" not in rules_told(ended)


def test_an_exception_serves_where_its_rule_is_not_asked(proof):
    ended = proof("--ignore", "figure-not-printed,line-open", event_ignores=UNPRINTED, book_ignores=UNTOLD)
    assert (ended.code, ended.out.count("unused-ignore")) == (0, 0)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--select", "line-open"), ["line-open"]),
        (("--ignore", "line-open"), ["figure-not-printed"]),
        (("--select", "date-open"), []),
        (("--ignore", "line-open,figure-not-printed"), []),
    ],
)
def test_rules_of_the_proof_are_chosen(proof, args, told):
    ended = proof(*args)
    assert (ended.code, rules_told(ended)) == (1 if told else 0, told)


def test_a_document_that_cannot_be_had_is_an_exception(proof, good):
    more = (good / "seeds" / "book.yaml").read_text()
    more = re.sub("(?<=sha256: ).*", "0" * 64, more).replace("id: book", "id: diary").replace("book.txt", "diary.txt")
    (good / "seeds" / "diary.yaml").write_text(more)
    assert "document-missing" in rules_told(proof())
    assert "document-missing" in rules_told(proof("--select", "date-open"))
    (good / "seeds" / "diary.yaml").write_text(more + "ignore: {document-missing: it burned}\n")
    assert rules_told(proof(event_ignores=UNPRINTED, book_ignores=UNTOLD)) == []


def test_an_exception_to_no_rule_is_checks_alone(proof):
    assert proof(event_ignores=UNPRINTED + ", nonsense: why", book_ignores=UNTOLD).code == 0
    assert rules_told(proof(command="check", event_ignores="nonsense: why")) == ["unknown-rule"]
    ended = proof(command="check", event_ignores="bad-date: why")
    assert "'bad-date' is found while a file is read, and no record can ignore it [unknown-rule]" in ended.out


ACTIVE = SILENT.replace("rebel-group}", "rebel-group, active: %s}")


@pytest.mark.parametrize(
    ("active", "args", "told"),
    [
        ("2010/..", (), ["unused-ignore"]),
        ("2010/..", ("--select", "unused-ignore"), ["unused-ignore"]),
        ("2010/..", ("--select", "actor-span"), []),
        ("2010/..", ("--ignore", "unused-ignore"), []),
        ("2014/..", (), []),
        ("2014/..", ("--select", "actor-span"), []),
        ("2014/..", ("--select", "unused-ignore"), []),
        ("2014/..", ("--ignore", "actor-span"), []),
    ],
)
def test_whether_an_exception_serves_does_not_hang_on_what_is_asked(proof, good, active, args, told):
    (good / "data" / "actors.yaml").write_text(ACTIVE % active)
    ended = proof(*args, command="check", event_ignores="actor-span: the name is printed so")
    assert rules_told(ended) == told


# --- GitHub


def test_annotations_escape_what_their_parser_reads():
    said = "100% of it\r\n::error::forged", "say: why,\nnow"
    wrong = Problem("data/a,b:c%.yaml", 3, 7, "title-length", *said, WARNING)
    text = github.write(Found([wrong], {}, "store", folder="sub,1/"))
    assert text == (
        "::warning title=chrono (title-length),file=sub%2C1/data/a%2Cb%3Ac%25.yaml,line=3,col=7::"
        "data/a,b:c%25.yaml:3:7: 100%25 of it\\r\\n::error::forged%0Ahelp: say: why,\\nnow\n"
    )


TOLD = re.compile("%(0D|0A|3A|2C|25)")


def parsed(line: str) -> tuple[dict[str, str], str]:
    """The properties and the message of an annotation, as actions/runner reads them."""

    def undone(text: str) -> str:
        return TOLD.sub(lambda match: chr(int(match[1], 16)), text)

    _, properties, message = re.fullmatch(r"::(error) ([^\n]*?)::([^\n]*)\n", line).groups()
    return {name: undone(value) for name, value in (pair.split("=", 1) for pair in properties.split(","))}, undone(
        message
    )


@given(st.text(), st.text(min_size=1), st.text())
def test_annotations_read_back(file, message, hint):
    path = f"data/{file}"
    properties, told = parsed(github.write(Found([Problem(path, 3, 7, "syntax", message, hint)], {}, "store")))
    assert properties == {"title": "chrono (syntax)", "file": visible(path), "line": "3", "col": "7"}
    assert told == visible(f"{path}:3:7") + f": {visible(message)}" + (f"\nhelp: {visible(hint)}" if hint else "")


@given(st.text(), st.text(min_size=1), st.text())
def test_xml_reads_back(file, message, hint):
    problem = Problem(f"data/{file}", 3, 7, "syntax", message, hint, record=file)
    (case,) = ET.fromstring("".join(junit.write(Found([problem], {}, "store")))).iter("testcase")
    assert case.get("classname") == visible(problem.file)
    assert case.get("name") == (f"syntax ({visible(file)})" if file else "syntax")
    assert case[0].get("message") == visible(message)
    assert case[0].text.startswith(f"{visible(problem.where)}: error: {visible(message)}")


@pytest.mark.parametrize("strict", [False, True])
def test_annotations_are_errors_first_and_at_most_ten(strict):
    many = [Problem("data/events.yaml", n, 0, "repeated", f"no {n}", "", WARNING) for n in range(1, 9)]
    many += [Problem("data/events.yaml", n, 0, "event-id", f"no {n}") for n in range(9, 14)]
    lines = github.write(Found(many, {}, "store", strict=strict)).splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error"] * 5 + ["::warning"] * 5 + ["::notice"]
    assert lines[-1] == "::notice title=chrono::and 3 warnings more: `chrono check` tells them all"
    assert github.write(Found(many[:10], {}, "store")).count("::notice") == 0
    assert github.write(Found([], {}, "store")) == ""


def test_a_place_that_is_not_known_is_left_out():
    text = github.write(Found([Problem("data/notes.txt", 0, 0, "stray-file", "nobody reads this")], {}, "store"))
    assert text == "::error title=chrono (stray-file),file=data/notes.txt::data/notes.txt: nobody reads this\n"


def test_in_actions_annotations_follow_the_text(chrono, raid, monkeypatch, tmp_path):
    plain = chrono("check", "--store", str(raid)).out
    notes = chrono("check", "--store", str(raid), "-f", "github").out
    csv = chrono("check", "--store", str(raid), "-f", "csv").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert chrono("check", "--store", str(raid)) == (1, plain + notes, "")
    assert chrono("check", "--store", str(raid), "-f", "text") == (1, plain + notes, "")
    assert chrono("check", "--store", str(raid), "-f", "csv") == (1, csv, "")
    assert chrono("check", "--store", str(raid), "-f", "github") == (1, notes, "")
    assert chrono("check", "--store", str(raid), "-o", str(tmp_path / "a.txt")) == (1, notes, "")
    assert (tmp_path / "a.txt").read_text() == plain
    monkeypatch.setenv("GITHUB_ACTIONS", "false")
    assert chrono("check", "--store", str(raid)).out == plain


def test_in_actions_the_proof_is_annotated_too(proof, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    notes = [line for line in proof().out.splitlines() if line.startswith("::")]
    assert [note.partition("::data/")[0].partition("::book")[0] for note in notes] == [
        "::error title=chrono (figure-not-printed),file=data/events.yaml,line=7,col=20",
        "::error title=chrono (line-open),file=book.txt,line=2",
    ]


# --- SARIF


def sarif_of(*problems: Problem, **more) -> dict:
    (run,) = json.loads(sarif.write(Found(problems, {}, "store", **more)))["runs"]
    return run


def test_a_log_says_what_and_where():
    wrong = Problem("data/événements 1.yaml", 3, 7, "repeated", "twice", "delete one", WARNING, "", "2012-06-raid")
    log = json.loads(sarif.write(Found([wrong], {}, "store", folder="sub/")))
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    page = read_page("repeated")
    assert run["tool"] == {
        "driver": {
            "name": "chrono",
            "version": __version__,
            "rules": [
                {
                    "id": "repeated",
                    "shortDescription": {"text": "The same thing stands twice in a list of an event."},
                    "fullDescription": {"text": page.reason},
                    "help": {"text": page.text, "markdown": page.text},
                    "defaultConfiguration": {"enabled": True, "level": "warning"},
                }
            ],
        }
    }
    (result,) = run["results"]
    fingerprints = result.pop("partialFingerprints")
    assert result == {
        "ruleId": "repeated",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "twice\nhelp: delete one"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "sub/data/%C3%A9v%C3%A9nements%201.yaml",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": 3, "startColumn": 7},
                }
            }
        ],
    }
    assert fingerprints["ruleAndRecord/v1"] == "repeated/2012-06-raid/1"
    assert re.fullmatch("[0-9a-f]{16}:1", fingerprints["primaryLocationLineHash"])


@pytest.mark.parametrize(
    ("line", "column", "region"),
    [(0, 0, None), (3, 0, {"startLine": 3}), (3, 1, {"startLine": 3, "startColumn": 1})],
)
def test_no_line_and_no_column_is_nought(line, column, region):
    run = sarif_of(Problem("data/events.yaml", line, column, "syntax", "x"))
    assert run["results"][0]["locations"][0]["physicalLocation"].get("region") == region


def test_fingerprints_stay_while_lines_move(chrono, raid):
    def prints() -> list:
        (run,) = json.loads(chrono("check", "--store", str(raid), "-f", "sarif").out)["runs"]
        return [result["partialFingerprints"] for result in run["results"]]

    before = prints()
    assert len(before) == len({str(one) for one in before}) == 2
    (raid / "data" / "events.yaml").write_text("# a comment\n\n" + RAID.replace("  type:", "  # another\n  type:"))
    assert prints() == before


def test_twins_have_fingerprints_of_their_own():
    twin = Problem("data/events.yaml", 3, 7, "repeated", "twice", record="a")
    run = sarif_of(twin, twin._replace(line=4), twin._replace(record="b"))
    assert [result["partialFingerprints"]["ruleAndRecord/v1"] for result in run["results"]] == [
        "repeated/a/1", "repeated/a/2", "repeated/b/1",
    ]  # fmt: skip


def test_lines_of_a_document_lie_elsewhere(proof):
    (run,) = json.loads(proof("-f", "sarif").out)["runs"]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert places == [
        {"uri": "data/events.yaml", "uriBaseId": "%SRCROOT%"},
        {"uri": "book.txt", "uriBaseId": "DOCUMENTS"},
    ]
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%", "DOCUMENTS"}
    assert run["automationDetails"] == {"id": "chrono/verify/"}


def test_nothing_wrong_is_a_log_without_results(chrono, good):
    (run,) = json.loads(chrono("check", "--store", str(good), "-f", "sarif").out)["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


# --- JUnit


def test_a_suite_is_a_file_and_a_case_a_problem(chrono, raid):
    ended = chrono("check", "--store", str(raid), "-f", "junit")
    assert (ended.code, ended.err) == (1, "")
    suites = ET.fromstring(ended.out)
    assert suites.attrib == {"name": "chrono check", "tests": "2", "failures": "1", "errors": "0"}
    (suite,) = suites
    assert suite.attrib == {
        "name": "data/events.yaml", "tests": "2", "failures": "1", "errors": "0", "skipped": "1",
    }  # fmt: skip
    told = [(case.get("name"), case[0].tag, case[0].get("type")) for case in suite]
    assert told == [
        ("unknown-place (2012-06-town-raid)", "failure", "unknown-place"),
        ("repeated (2012-06-town-raid)", "skipped", "repeated"),
    ]
    assert suite[0][0].text == ("data/events.yaml:5:12: error: unknown place 'twon'\nhelp: did you mean 'town'?")
    assert suite[0][0].get("message") == "unknown place 'twon'"


def test_with_strict_a_warning_is_a_failure(chrono, raid):
    suites = ET.fromstring(chrono("check", "--store", str(raid), "-f", "junit", "--strict").out)
    assert suites.get("failures") == "2"
    assert [case[0].tag for case in suites.iter("testcase")] == ["failure", "failure"]


def test_nothing_wrong_is_a_case_that_passed(chrono, good):
    suites = ET.fromstring(chrono("check", "--store", str(good), "-f", "junit").out)
    assert suites.attrib == {"name": "chrono check", "tests": "1", "failures": "0", "errors": "0"}
    assert [(case.get("name"), len(case)) for case in suites.iter("testcase")] == [("no problems", 0)]


def test_xml_holds_any_text():
    odd = "<b>&amp;\"'\x1b\x00]]>\ufffe\ud800é\n"
    text = "".join(junit.write(Found([Problem(f"data/{odd}", 3, 7, "syntax", odd, odd, record=odd)], {}, "store")))
    (case,) = ET.fromstring(text).iter("testcase")
    assert case.get("classname") == "data/<b>&amp;\"'\\x1b\\x00]]>\\ufffe\\ud800é\\n"
    assert case[0].text.count("<b>&amp;\"'\\x1b\\x00]]>\\ufffe\\ud800é\\n") == 3


# --- all of them


@pytest.mark.parametrize(("name", "shape"), [("a.sarif", "sarif"), ("a.xml", "junit"), ("a.SARIF", "sarif")])
def test_an_extension_says_the_format(chrono, raid, tmp_path, name, shape):
    file = tmp_path / name
    assert chrono("check", "--store", str(raid), "-o", str(file)) == (1, "", "")
    assert file.read_text("utf-8") == chrono("check", "--store", str(raid), "-f", shape).out


@pytest.mark.parametrize("line", ["timeline", "at 2012", "source"])
def test_other_answers_have_no_such_format(chrono, line):
    ended = chrono(*line.split(), "-f", "sarif", "--store", str(CASES / "sample"))
    assert (ended.code, ended.out) == (2, "")


@pytest.mark.parametrize("shape", ["text", "github", "sarif", "junit", "csv", "table"])
def test_no_text_reaches_the_terminal_as_it_is(chrono, good, lenient, shape):
    """A name with an escape, a bidi mark and a line that looks like an annotation; csv is exact."""
    text = RAID.replace("[twon]", '["a\\e[2J\\u202e\\n::error::b"]')
    (good / "data" / "events.yaml").write_text(text)
    out = chrono("check", "--store", str(good), "-f", shape).out
    assert "\\x1b" in out or "\\u001b" in out or shape == "csv"
    assert shape == "csv" or not {"\x1b", "\u202e"} & set(out)
    assert shape == "csv" or not re.search(r"^::error::b", out, re.MULTILINE)


@pytest.mark.parametrize("severity", [ERROR, WARNING])
@pytest.mark.parametrize("module", [github, sarif, junit])
def test_a_problem_is_told_once(module, severity):
    one = Problem("data/events.yaml", 3, 7, "repeated", "it stands twice", "", severity)
    assert "".join(module.write(Found([one], {}, "store"))).count("it stands twice") == (2 if module is junit else 1)


def test_a_store_inside_a_repository_is_named_from_its_top(chrono, raid):
    (raid.parent / ".git").mkdir()
    out = chrono("check", "--store", str(raid), "-f", "github").out
    assert "file=good/data/events.yaml,line=5" in out
    assert '"good/data/events.yaml"' in chrono("check", "--store", str(raid), "-f", "sarif").out
    assert 'name="good/data/events.yaml"' in chrono("check", "--store", str(raid), "-f", "junit").out
    assert out.count("::data/events.yaml:5:12: ") == 1


LONG = "a" * 70 + "bad" + "c" * 200


@pytest.mark.parametrize(
    ("line", "column", "wide", "quoted"),
    [
        ("short bad", 7, 80, "short bad"),
        ("d" * 100, 0, None, "d" * 100),
        ("d" * 101, 0, None, "d" * 100 + "…"),
        ("d" * 101, 0, 80, "d" * 69 + "…"),
        ("d" * 101, 0, 12, "d" * 20 + "…"),
        (LONG, 71, None, "…" + "a" * 66 + "bad" + "c" * 31 + "…"),
        (LONG, 71, 80, "…" + "a" * 46 + "bad" + "c" * 20 + "…"),
        (LONG[:73], 71, 80, "…" + "a" * 46 + "bad"),
    ],
)
def test_a_quoted_line_shows_where_it_is_cut_and_fits(line, column, wide, quoted):
    problem = Problem("data/events.yaml", 7, column, "bad-value", "it is bad", excerpt=line)
    told = list_problems([problem], Look(wide, color=False, unicode=True)).splitlines()
    assert told[1] == f"     7 | {quoted}"
    assert wide is None or len(told[1]) <= max(wide, 31)
    if column:
        assert told[1][told[2].index("^") :].startswith("bad")
    plain = list_problems([problem], Look(None, color=False, unicode=False))
    assert plain.isascii()
    assert plain.splitlines()[1].count("...") == (column > 67) + (len(line) - max(column - 67, 0) > 100)
