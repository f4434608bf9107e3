"""`chrono new`: stubs, what is refused, and records put into their files."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CASES, IMPORTS
from hypothesis import example, given
from hypothesis import strategies as st

from mali_chrono.cli import new as command
from mali_chrono.edit.copies import describe_copy
from mali_chrono.errors import DataError
from mali_chrono.intake.tables import lines_of
from mali_chrono.kinds import CALENDARS, RECORDS
from mali_chrono.store.forms import fresh, short_slug
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.shapes import FIXED, singular

BARE = """\
- id: TODO
  # date: TODO: EDTF, like 2024-07-25, 2024-07 or 2024-07-25/2024-07-27
  # title: TODO: own words, plain past, at most 90 characters
  # type: TODO: the id of a type
  # places: TODO: a list of ids, ~ID for near it
  # actors: TODO: a list of {actor: ID, role: ROLE}
  # cites: TODO: a list of source:line or source:first-last
  # summary: TODO: own words, one to three sentences
"""
RAID = ["date=2011-09-03", "type=armed-clash", "place=town", "actor=front:perpetrator", "actor=army:target",
        "cite=book:6", "title=Front raided Town at night", "summary=The Front raided Town."]  # fmt: skip
RAID_TEXT = """\
- id: 2011-09-03-town-armed-clash
  date: 2011-09-03
  title: Front raided Town at night
  type: armed-clash
  places: [town]
  actors:
    - {actor: front, role: perpetrator}
    - {actor: army, role: target}
  cites: [book:6]
  summary: The Front raided Town.
"""


@pytest.fixture
def new(chrono, good):
    """Run `chrono new` on a store of one's own."""
    return lambda *args: chrono("new", *args, "--store", str(good))


def read(folder: Path):
    loaded = load(Store(folder, "x"))
    assert loaded.problems == []
    return loaded.chronology


# ---- stubs


def test_a_bare_stub_marks_all_that_is_needed(new):
    assert new("event") == (0, BARE, "")


@pytest.mark.parametrize("kind", RECORDS)
def test_a_stub_is_no_record_yet(chrono, new, good, kind):
    """`check` finds it, also where the marks lost their `#`; nothing is written without --append."""
    before = {path: path.read_bytes() for path in good.rglob("*.yaml")}
    stub = new(kind).out
    assert {path: path.read_bytes() for path in good.rglob("*.yaml")} == before
    file = good / (f"data/{kind}s.yaml" if kind != "source" else "seeds/stub.yaml")
    for text in (stub, stub.replace("# ", "")):
        file.write_text((file.read_text() if kind != "source" and text == stub else "") + text)
        assert chrono("check", "--store", str(good)).code == 1


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (["event", *RAID], RAID_TEXT),
        # names stand for ids, in any case and by any of them; keys in any order; lists in the singular or not
        (["event", "places=~TOWN", "type=Armed Clash", "cites=The Book:4-5,book:7", "actor=People's Front:perpetrator",
          "actor=Land Army:target:claimed:PF", "title=Front raided Town", "date=2011", "summary=It did."],
         ("- id: 2011-town-armed-clash\n  date: 2011\n  title: Front raided Town\n  type: armed-clash\n"
         '  places: ["~town"]\n  actors:\n    - {actor: front, role: perpetrator}\n'
         "    - {actor: army, role: target, certainty: claimed, says: front}\n  cites: [book:4-5, book:7]\n"
         "  summary: It did.\n")),
        # tolls, short and long; what else an event holds
        (["event", *RAID, "killed=over 30", "killed=12 of=army says=Front cite=book:5",
          "toll=wounded=dozens of=civilians who='some, of town'", "also=2011-10:told",
          'also=date=2011-11 kind=announced note="x = y"', "link=2011-05-01-town-raid:follow-up-of",
          "outlet=Radio, Town", "tag=gold,salt", "ignore=after-today:why: so"],
         RAID_TEXT.replace("  cites: [book:6]\n", "  tolls:\n    - {killed: over 30}\n"
         "    - {killed: 12, of: army, says: front, cite: book:5}\n"
         '    - {wounded: dozens, of: civilians, who: "some, of town"}\n'
         "  also:\n    - {date: 2011-10, kind: told}\n    - {date: 2011-11, kind: announced, note: x = y}\n"
         "  links: [{to: 2011-05-01-town-raid, kind: follow-up-of}]\n  cites: [book:6]\n"
         '  outlets: ["Radio, Town"]\n')
         + '  tags: [gold, salt]\n  ignore: {after-today: "why: so"}\n'),
        # what is not given is marked at its place
        (["actor", "name=New Front", "relation=part-of:front:2012/..", "strength=200-300:2013", "alias=NF"],
         ("- id: new-front\n  name: New Front\n  aliases: [NF]\n"
         "  # kind: TODO: one of rebel-group, political-militia, identity-militia, state-forces, rioters, protesters, "
         "civilians, external-forces, state, mission, organisation, person, people\n"
         "  relations:\n    - {kind: part-of, actor: front, date: 2012/..}\n"
         "  strength:\n    - {figure: 200-300, date: 2013}\n")),
        (["place", "name=Oued Île", "within=Town", "lat=1.5"],
         ("- id: oued-ile\n  name: Oued Île\n  lat: 1.5\n"
         "  # precision: TODO: 1 exact, 2 near, 3 district, 4 region, 5 fuzzy or a line, 6 country\n  within: town\n")),
        (["period", "name=Old War", "kind=war", "date=-0499/-0400", "actor=front:rebels:2012", "cite=book:3"],
         ('- id: old-war\n  name: Old War\n  kind: war\n  date: "-0499/-0400"\n  actors:\n'
         "    - {actor: front, side: rebels, date: 2012}\n  cites: [book:3]\n")),
        (["type", "name=Raid", "category=violence", "acled=Attack"],
         "- id: raid\n  name: Raid\n  category: violence\n  acled: Attack\n"),
        (["event", "date=2011-09-03"], BARE.replace("TODO\n", "2011-09-03-TODO\n  date: 2011-09-03\n", 1)
         .replace("  # date: TODO: EDTF, like 2024-07-25, 2024-07 or 2024-07-25/2024-07-27\n", "")),
    ],
)  # fmt: skip
def test_what_is_given_stands_in_it(new, given, text):
    assert new(*given)[:2] == (0, text)


@pytest.mark.parametrize(
    ("given", "ident"),
    [
        (["date=2011-05-01", "place=town", "type=armed-clash"], "2011-05-01-town-armed-clash"),
        (["date=2011-05-01/2011-05-03", "place=~town"], "2011-05-town"),
        (["date=1312~", "type=report"], "1312-report"),
        (["date=2000~", "type=report"], "1999-report"),
        (["date=-9399~", "type=report"], "bc-9400-report"),
        (["date=[-0599..-0500]", "type=report"], "bc-report"),
        (["date=[1985..1989]", "type=report"], "198-report"),
        (["date=2012/..", "type=report"], "2012-report"),
        (["date=-0499", "type=report"], "bc-500-report"),
        (["date=2011", "title=Élan d'Île — and more"], "2011-elan-dile-and-more"),
        (["date=2011", "title=" + "long " * 30], "2011-" + "-".join(["long"] * 12)),
        (["date=2011", "title=北京"], "2011-TODO"),
        (["id=2011-mine", "date=2011", "place=town"], "2011-mine"),
        (["title=Front raided Town"], "TODO"),
    ],
)  # fmt: skip
def test_the_id_of_an_event_begins_with_its_date(new, given, ident):
    first = new("event", *given).out.split("\n")[0]
    assert first == f"- id: {ident}"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Jama'at Nusrat al-Islam", "jamaat-nusrat-al-islam"),
        ("Ménaka (town)", "menaka-town"),
        ("日本", ""),
        # Cut after a whole word, and in one only where there is but one.
        ("word " * 12 + "and more", "word-" * 11 + "word"),
        ("word " * 11 + "cutting", "word-" * 10 + "word"),
        ("w" * 70, "w" * 60),
    ],
)
def test_a_text_becomes_an_id(text, slug):
    assert short_slug(text) == slug


@pytest.mark.parametrize(
    ("taken", "ident"),
    [((), "town"), (("towns",), "town"), (("town",), "town-2"), (("town", "town-2", "town-4"), "town-3")],
)
def test_an_id_that_is_taken_gets_the_first_number_that_is_free(taken, ident):
    assert fresh("town", taken) == ident


def test_an_id_is_fresh(new, good):
    for number in ("", "-2", "-3"):
        assert new("event", *RAID, "--append").out.endswith(f": 2011-09-03-town-armed-clash{number}\n")
    assert [event.id[10:] for event in read(good).events] == [
        "-town-raid", "-town-armed-clash", "-town-armed-clash-2", "-town-armed-clash-3", "wn-raid",
    ]  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="it has neither pipes nor devices by name")
def test_what_is_no_regular_file_has_no_end_and_is_no_copy(new, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for name in ("pipe", "zero", ""):
        told = f"error: '{tmp_path / name}' is no regular file\n"
        assert new("source", str(tmp_path / name)) == (1, "", told)


@given(content=st.lists(st.sampled_from([b"a", b"\n", b"\r\n", b"\r", b"\xff", "\ufeff".encode()])).map(b"".join))
@example(b"\xef\xbb\xbf")
@example(b"a" * (1 << 20) + b"\n" + b"a" * ((1 << 21) + 1))
def test_a_copy_read_in_pieces_is_what_it_is_whole(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("copies") / "copy"
    path.write_bytes(content)
    if content:
        described = describe_copy(path)
        assert described["sha256"] == hashlib.sha256(content).hexdigest()
        assert described["lines"] == str(len(lines_of(content.decode("utf-8", "replace"))))
    else:
        with pytest.raises(DataError, match="is empty"):
            describe_copy(path)


@pytest.mark.parametrize(
    ("name", "content", "fields"),
    [
        ("a.md", b"# A\r\n\r\nb", "lines: 3\nformat: markdown\n"),
        ("a.csv", b"a,b\n1,2\n", "lines: 2\nformat: csv\n"),
        ("a.wiki", b"x\n", "lines: 1\nformat: wikitext\n"),
        ("a.txt", b"In [[Town]] it was.\n", "lines: 1\nformat: wikitext\n"),
        ("a.txt", b"In [Town](http://t) it was.\n", "lines: 1\nformat: markdown\n"),
        ("a.txt", b"In [1] Town \xff it was.\n\n", "lines: 2\nformat: text\n"),
        ("a", b"In Town", "lines: 1\nformat: text\n"),
    ],
)
def test_a_source_is_filled_from_its_file(new, tmp_path, name, content, fields):
    (tmp_path / name).write_bytes(content)
    ended = new("source", "title=A", str(tmp_path / name))
    assert (ended.code, ended.err) == (0, "")
    file = f"file: {name}\nsha256: {hashlib.sha256(content).hexdigest()}\n{fields}"
    assert file in ended.out
    assert ended.out.startswith("id: a\ntitle: A\n")


def test_what_is_given_goes_before_what_the_file_says(new, tmp_path, good):
    (tmp_path / "x.txt").write_bytes(b"# a\n")
    given = (
        "source",
        str(tmp_path / "x.txt"),
        "format=text",
        "as_of=2020",
        "licence=CC0",
        "summary=Short.",
        "title=T 1",
    )
    assert new(*given, "--append") == (0, "seeds/t-1.yaml:1: t-1\n", "")
    assert (good / "seeds/t-1.yaml").read_text().startswith("id: t-1\ntitle: T 1\nfile: x.txt\n")
    assert read(good).sources[1].format == "text"
    ended = new(*given, "--append")
    assert ended == (0, "seeds/t-1-2.yaml:1: t-1-2\n", "is it told already?\n  't-1'\n")


# ---- hints


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["date=2011-05-01", "place=town"], ["2011-05-01-town-raid"]),
        (["date=2011-05-04", "place=town"], ["2011-05-01-town-raid"]),
        (["date=2011-05-05", "place=town"], []),
        (["date=2011-05-01", "place=land"], []),
        (["date=2011-05-01", "place=land", "actor=front:target"], ["2011-05-01-town-raid"]),
        (["date=2011-05-01", "place=north"], ["2011-05-01-town-raid"]),
        (["date=2012-06", "place=town"], ["2012-06-town-raid"]),
        (["date=2000/2020", "place=town"], []),
        (["place=town"], []),
        (["date=2011-05-01"], ["2011-05-01-town-raid"]),
    ],
)
def test_what_may_be_told_already_is_named(new, given, found):
    err = new("event", *given).err
    assert [line.split()[0] for line in err.splitlines()[1:]] == found
    assert err.startswith("is it told already?\n") == bool(found)


@pytest.mark.parametrize(
    ("lat", "precision", "near"),
    [("10.70", "1", True), ("10.70", "3", True), ("10.70", "4", False), ("10.80", "1", False)],
)
def test_what_happened_nearby_is_named(new, good, lat, precision, near):
    """Town lies at 10.50 N; a degree has 111 km."""
    with (good / "data/places.yaml").open("a") as file:
        file.write(f"- id: village\n  name: Village\n  lat: {lat}\n  lon: -3.25\n  precision: {precision}\n")
    assert ("2011-05-01-town-raid" in new("event", "date=2011-05-01", "place=village").err) is near


@pytest.mark.parametrize("more", [(), ("--append",)])
def test_what_stands_beside_an_answer_comes_after_it(process, good, more):
    """In one pipe too, as in the log of a CI."""
    given = ("event", *RAID[1:], "date=2011-05-02", "tag=a", "tag=a", *more)
    ended = process("new", *given, "--store", str(good), capture_output=False, stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT)  # fmt: skip
    lines = [line.split(":")[0] for line in ended.stdout.splitlines()]
    asked = lines.index("is it told already?")
    assert (lines[0], lines[asked + 2 :]) == (("data/events.yaml", ["warning"]) if more else ("- id", []))
    assert asked == (1 if more else len(lines) - 2)


def test_what_is_called_alike_is_named(new):
    assert new("actor", "name=The Peoples Front").err == "is it told already?\n  'front' (People's Front)\n"
    assert new("actor", "name=Harbour Guard").err == ""


# ---- refusals


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["evnt"], "chrono new writes no 'evnt': did you mean 'event'?"),
        (["event", "titel=x"], "an event has no 'titel': did you mean 'title'?"),
        (["event", "killd=3"], "an event has no 'killd': did you mean 'killed'?"),
        (["event", "role=owner"], "an event has no 'role': write actor=NAME:ROLE"),
        (["event", "kind=told"], "an event has no 'kind': write also=DATE:KIND or link=TO:KIND"),
        (["event", "of=army"], "an event has no 'of': write killed='84 of=...'"),
        (["actor", "office=king"], "an actor has no 'office': write relation='... office=...'"),
        (["period", "side=rebels"], "a period has no 'side': write actor=NAME:SIDE"),
        (["event", "time=19:15"], "an event has no 'time': write it after the date, date=...T19:15:00"),
        (["event", "time=19:15:07+01:00"], "an event has no 'time': write it after the date, date=...T19:15:07+01:00"),
        (["event", "time=noon"], "an event has no 'time': write it after the date, date=...T19:15:00"),
        (["event", "date=1879-12-28T19:15"], "date: no seconds in '1879-12-28T19:15' (column 17): EDTF has them"),
        (["event", "zzz=3"], "an event has no 'zzz': it has id, date, julian,"),
        (["type", "killed=3"], "a type has no 'killed': it has id, name, aliases, category, acled, removes, "),
        (["event", "title"], "'title' is no KEY=VALUE"),
        (["event", "title="], "title: the value is empty"),
        (["event", "title=a", "title=b"], "title: this is given twice"),
        (["event", "title=a\x1b[31m"], "title: character U+001B is not allowed in a store"),
        (["event", "date=25 July 2024"], "date: a space in '25 July 2024' (column 3): EDTF has no spaces; write 2024-"),
        (["event", "killed=lots"], "killed: 'lots' is not a figure"),
        (["event", "toll=3"], "toll: write it as 'killed=84 of=ACTOR', not '3'"),
        (["event", "toll=of=army"], "a toll has exactly one of killed, wounded"),
        (["event", "toll=killed=3 wounded=4"], "a toll has exactly one of"),
        (["event", "killed=3 off=army"], "killed: a toll has no 'off': did you mean 'of'?"),
        (["event", "killed=3 of=army of=front"], "killed: 'of' is given twice"),
        (["event", "killed=3 of=nobody"], "killed: unknown actor 'nobody'"),
        (["event", "actor=army"], "a participation needs the field 'role'"),
        (["event", "actor=army:targt"], "actor: 'targt' is no role: did you mean 'target'?"),
        (["event", "actor=Unon:target"], "actor: unknown actor 'Unon': did you mean 'union'"),
        (["event", "place=Twon"], "place: unknown place 'Twon': did you mean 'town'?"),
        (["event", "type=armed"], "type: unknown type 'armed': did you mean 'armed-clash'?"),
        (["event", "type=zzz"], "type: unknown type 'zzz': `chrono new type` writes a new one"),
        (["event", "cite=book"], "cite: 'book' is no cite"),
        (["event", "cite=bok:3"], "cite: unknown source 'bok': did you mean 'book' (The Book)?"),
        (["event", "cite=book:5-3"], "cite: 'book:5-3' runs backwards"),
        (["event", "link=2011-05-01-town:part-of"], "link: unknown event '2011-05-01-town': did you mean"),
        (["event", "id=Not An Id"], "id: 'Not An Id' is no id: small letters, digits and hyphens, like 'not-an-id'"),
        (["event", "id=2012-06-town-raid"], "id: '2012-06-town-raid' is taken, by the record at data/events.yaml:13"),
        (["place", "precision=9"], "precision: '9' is no precision: one of: 1, 2, 3, 4, 5, 6"),
        (["event", "--append"], "this event still needs id, date, title, type, places, actors, cites and summary:"),
        (["event", "--file", "x"], "--file goes with --append, for an event"),
        (["event", *RAID, "--append", "--file", "data/events/../x.yaml"], "--file takes data/events.yaml or a file"),
        (["event", *RAID, "--append", "--file", "data/actors.yaml"], "--file takes data/events.yaml or a file"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(new, good, given, told):
    before = {path: path.read_bytes() for path in good.rglob("*") if path.is_file()}
    ended = new(*given)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {told}"), ended.err
    assert {path: path.read_bytes() for path in good.rglob("*") if path.is_file()} == before


@pytest.fixture
def own(new, good):
    """Run `chrono new` on a store that counts other things."""

    def run(tolls: str, *args: str):
        (good / "data/vocabulary.yaml").write_text(f"tolls: [{tolls}]\n")
        return new("event", *args)

    return run


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("jobs-cut=20", "jobs-cut: 20"),
        ("toll=jobs-cut=20", "jobs-cut: 20"),
        ("jobs-cut=20 of=army cite=book:6", "jobs-cut: 20, of: army, cite: book:6"),
        ("toll=of=army jobs-cut=20+", "jobs-cut: 20+, of: army"),
        ("co2-t=3", "co2-t: 3"),
    ],
)
def test_a_kind_of_toll_is_any_word_of_the_store(own, good, given, told):
    ended = own("{id: jobs-cut}, {id: co2-t}, {id: killed}, {id: wounded}", *RAID, given, "--append")
    assert (ended.code, ended.err) == (0, "")
    assert f"    - {{{told}}}\n" in (good / "data/events.yaml").read_text()


@pytest.mark.parametrize(
    ("tolls", "given", "told"),
    [
        ("{id: jobs-cut}", "toll=3", "toll: write it as 'jobs-cut=84 of=ACTOR', not '3'"),
        ("{id: jobs-cut}, {id: pay}", "killed=3", "says, ids, urls and ignore; kinds of toll: jobs-cut and pay\n"),
        ("", "toll=3", "toll: a toll has no kind here: data/vocabulary.yaml names none"),
        (
            "{id: jobs-cut}",
            "toll=killed=3",
            "toll: a toll has no 'killed': one of: jobs-cut, of, who, says, at, as_of, ",
        ),
    ],
)
def test_a_hint_names_the_store_s_own_kinds_of_toll(own, tolls, given, told):
    ended = own(tolls, given)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_the_help_has_the_keys_of_each_kind(chrono):
    """Those that it needs, then the others; a list's in the singular."""
    said = " ".join(chrono("new", "-h").out.split())
    everywhere = ["id", "note", "url", "ids", "ignore"]
    for kind in RECORDS:
        fields = [field for field in FIXED[kind] if field.name not in ("ids", *CALENDARS)]
        names = {(singular(field.name) if field.many else field.name): field.required for field in fields}
        needed, rest = (
            [name for name in names if names[name] is need and name not in everywhere] for need in (True, False)
        )
        assert f" {kind} {', '.join(needed)}; {', '.join(rest)} " in f"{said} ", kind
    assert f"any {', '.join(everywhere)} " in said


def test_a_name_of_several_is_refused(new, good):
    (good / "data/actors.yaml").write_text(
        (good / "data/actors.yaml").read_text() + "- id: other\n  name: O\n  aliases: [PF]\n  kind: person\n"
    )
    assert new("event", "actor=PF:target").err == (
        "error: actor: 'PF' names several: 'front' (People's Front); 'other' (O)\n"
    )


def test_bytes_that_are_no_text_are_refused(new):
    assert new("event", "title=\udcff") == (2, "", "error: an argument holds bytes that are no UTF-8\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")  # noqa: PTH110
def test_what_cannot_be_told_is_written_all_the_same(process, good):
    """So that nobody asks for it again."""
    with Path("/dev/full").open("w") as full:
        ended = process("new", "event", *RAID, "--append", "--store", str(good), capture_output=False, stdout=full,
                        stderr=subprocess.PIPE)  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.endswith("; the record is written: data/events.yaml:13: 2011-09-03-town-armed-clash\n")
    assert len(read(good).events) == 3


def test_a_file_that_is_not_there_is_told(new):
    assert new("source", "none.txt") == (1, "", "error: cannot read 'none.txt': No such file or directory\n")


# ---- appended


def test_an_event_stands_where_its_date_has_it(new, good):
    before = (good / "data/events.yaml").read_text()
    first, second = before.split("- id: 2012")
    assert new("event", *RAID, "--append") == (0, "data/events.yaml:13: 2011-09-03-town-armed-clash\n", "")
    assert (good / "data/events.yaml").read_text() == f"{first}{RAID_TEXT}- id: 2012{second}"


@pytest.mark.parametrize(
    ("date", "at"),
    [("2011-05-01", 0), ("2011-05-02", 1), ("2011-05", 1), ("-0499", 0), ("2030", 2), ("2012-06", 1), ("2012", 1)],
)  # fmt: skip
def test_events_keep_their_order(chrono, new, good, date, at):
    """By earliest day, latest day and id: `check` has nothing to say but of what lies ahead."""
    given = [word for word in RAID if not word.startswith("date=")]
    assert new("event", f"date={date}", *given, "--append").code == 0
    assert [event.id.endswith("armed-clash") for event in read(good).events].index(True) == at
    assert "order" not in chrono("check", "--store", str(good)).out


def test_other_records_stand_by_their_ids_or_last(new, good):
    assert new("actor", "name=Brigade", "kind=rebel-group", "--append").code == 0
    assert [actor.id for actor in read(good).actors] == ["army", "brigade", "front", "union"]
    (good / "data/types.yaml").write_text((good / "data/types.yaml").read_text().replace("- id: armed", "- id: zarmed"))
    assert new("type", "name=Raid", "category=violence", "acled=Attack", "--append").code == 0
    assert [kind.id for kind in read(good).types] == ["zarmed-clash", "report", "raid"]


def test_what_is_appended_is_laid_out(chrono, new, good):
    assert chrono("fmt", "--store", str(good)).code == 0
    given = ["killed=12 of=army says=Front cite=book:6", f"note={'a long text, ' * 20}", f"summary={'b: c # d. ' * 30}"]
    assert new("event", *RAID[:-1], *given, "outlet='x'", "--append").code == 0
    assert new("actor", "name=No", "kind=rebel-group", "relation=part-of:front:2012/..", "--append").code == 0
    assert chrono("fmt", "--check", "--store", str(good)) == (0, "", "")


def test_a_list_that_is_absent_begins(new, good):
    (good / "data/periods.yaml").unlink()
    given = ("period", "name=Old War", "kind=war", "date=2011", "cite=book:3")
    assert new(*given, "--append") == (0, "data/periods.yaml:1: old-war\n", "")
    assert [period.id for period in read(good).periods] == ["old-war"]


def test_a_file_that_ends_with_the_mark_of_yaml_takes_records(new, good):
    places = good / "data/places.yaml"
    places.write_text(f"{places.read_text()}...\n")
    assert new("place", "name=Zoo", "precision=6", "--append").code == 0
    assert places.read_text().endswith("- id: zoo\n  name: Zoo\n  precision: 6\n...\n")


ERRORS = [
    (["cite=book:99"], "'book:99' lies beyond the document's end [cite-range]: book has 20 lines"),
    (["id=2013-town"], "id '2013-town' does not begin with its date's known digits [event-id]"),
    (["killed=3 cite=book:7"], "'book:7' is not among the record's cites [toll-cite]"),
    ([f"title={'x' * 91}"], "the title has 91 characters; at most 90 [title-length]"),
]


@pytest.mark.parametrize(("given", "told"), ERRORS)
def test_what_check_would_refuse_is_not_appended(new, good, given, told):
    before = (good / "data/events.yaml").read_bytes()
    keys = {word.partition("=")[0] for word in given}
    ended = new("event", *(word for word in RAID if word.partition("=")[0] not in keys), *given, "--append")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"error: not appended: data/events.yaml would have 1 error more:\n  {told}")
    assert (good / "data/events.yaml").read_bytes() == before


def test_a_warning_is_told_and_no_error_of_others_counts(new, good):
    """A store that is being mended can grow."""
    file = good / "data/actors.yaml"
    file.write_text(file.read_text() + "- id: broken\n  name: B\n  kind: nothing\n")
    ended = new("event", *RAID, "tag=gold", "tag=gold", "--append")
    assert (ended.code, ended.err) == (0, "warning: this stands twice in tags [repeated]: delete one\n")


def test_a_warning_of_others_is_not_told_again_where_lines_moved(chrono, new, good):
    """Of two old doubles each is named with its line, in what is said of the other."""
    twin = [*RAID[1:], "date=2012-03-04", "--append"]
    assert (new("event", *twin).err, new("event", *twin, "id=2012-03-04-twin").err.count("warning:")) == ("", 3)
    assert "(data/events.yaml:13)" in chrono("check", "--store", str(good)).out
    ended = new("event", *RAID[:-2], "title=Army left", "summary=It left.", "--append")
    assert (ended.code, ended.err) == (0, "")
    assert "(data/events.yaml:23)" in chrono("check", "--store", str(good)).out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'- id: a\n  note: "x\n- y"\n', "cannot take a record"),
        (b"[{id: a}]\n", "is not written a record an item"),
        (b"- id: \xff\n", "has faults that hide its records"),
    ],
)
def test_a_file_with_faults_takes_nothing(new, good, content, told):
    (good / "data/events.yaml").write_bytes(content)
    ended = new("event", *RAID, "--append")
    assert (ended.code, ended.out, told in ended.err) == (1, "", True), ended.err
    assert (good / "data/events.yaml").read_bytes() == content


def split(good: Path, **files: int) -> None:
    """Put the events into files of their own, each one into the one of its number."""
    first, second = (good / "data/events.yaml").read_text().split("- id: 2012")
    (good / "data/events.yaml").unlink()
    (good / "data/events").mkdir()
    for name, number in files.items():
        text = [first, f"- id: 2012{second}"][number]
        (good / f"data/events/{name.removeprefix('_')}.yaml").write_text(text)


@pytest.mark.parametrize(
    ("files", "date", "file"),
    [
        ({"_2011": 0, "_2012": 1}, "2011-12-31", "data/events/2011.yaml"),
        ({"_2011": 0, "_2012": 1}, "2012-01-01", "data/events/2012.yaml"),
        ({"_201": 0, "_2012": 1}, "2013", "data/events/201.yaml"),
        ({"early": 0, "late": 1}, "2011-06", "data/events/early.yaml"),
        ({"early": 0, "late": 1}, "2013", "data/events/late.yaml"),
        ({"early": 0, "late": 1}, "1312", "data/events/early.yaml"),
    ],
)
def test_of_several_files_the_right_one(new, good, files, date, file):
    split(good, **files)
    given = [word for word in RAID if not word.startswith("date=")]
    assert new("event", f"date={date}", *given, "--append").out.startswith(f"{file}:")
    assert len(read(good).events) == 3


def test_where_no_file_is_right_one_is_named(new, good):
    split(good, _2011=0, _2012=1)
    given = ["date=2014", *(word for word in RAID if not word.startswith("date=")), "--append"]
    ended = new("event", *given)
    assert (ended.code, ended.err.endswith("with --file data/events/2014.yaml\n")) == (2, True)
    assert new("event", *given, "--file", "data/events/2014.yaml").out == (
        "data/events/2014.yaml:1: 2014-town-armed-clash\n"
    )
    assert new("event", *given).out.startswith("data/events/2014.yaml:")
    assert len(read(good).events) == 4


def test_the_shipped_store_stays(chrono, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHRONO_STORE")
    ended = chrono("new", "event", *RAID, "--append")
    told = "error: the store that came with chrono is not to be changed: name your own with --store DIR\n"
    assert ended == (2, "", told)
    assert chrono("new", "event").code == 0


def test_a_read_only_file_stays(process, good, bound):
    (good / "data/events.yaml").chmod(0o444)
    ended = process("new", "event", *RAID, "--append", "--store", str(good), **bound)
    assert (ended.returncode, ended.stderr) == (1, "error: cannot write 'data/events.yaml': it is read-only\n")


def test_a_read_only_folder_stays(process, good, bound):
    (good / "data").chmod(0o555)
    ended = process("new", "event", *RAID, "--append", "--store", str(good), **bound)
    (good / "data").chmod(0o755)
    assert (ended.returncode, ended.stderr) == (1, "error: cannot write 'data/events.yaml': Permission denied\n")
    assert len(read(good).events) == 2


def test_what_an_editor_wrote_meanwhile_is_not_lost(new, good, monkeypatch):
    """It takes no lock."""
    file = good / "data/events.yaml"
    edited = file.read_bytes() + b"# mine\n"
    monkeypatch.setattr(command, "_judge", lambda _: file.write_bytes(edited) and [])
    ended = new("event", *RAID, "--append")
    assert (ended.code, ended.err) == (
        1, "error: data/events.yaml was changed meanwhile: nothing was written, ask again\n",
    )  # fmt: skip
    assert file.read_bytes() == edited
    assert [path.name for path in (good / "data").iterdir() if path.name.startswith(".")] == []


# ---- laws

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=130)
DATES = st.sampled_from(
    ["2011-05-01", "2011", "2012-06/2012-07", "[..2010]", "2012/..", "-0499", "201X", "1312~", "2011-05-01T10:00:00"]
)
FIGURES = st.sampled_from(["3", "84+ of=civilians", "up to 7 who='a, b: c'"])
events = st.fixed_dictionaries(
    {
        "date": DATES,
        "title": texts.map(lambda text: text[:90]),
        "summary": texts,
        "place": st.sampled_from(["town", "~town", "land"]),
        "actor": st.sampled_from(["front:target", "army:perpetrator:denied:front"]),
        "cite": st.sampled_from(["book:3", "book:1-20"]),
        "type": st.sampled_from(["armed-clash", "report"]),
    },
    optional={
        "note": texts,
        "outlet": texts,
        "killed": FIGURES,
    },
)
ENDS = st.sampled_from(["\n", "\r\n"])
COMMENTS = st.sampled_from(["", "# of the next\n", "\n# apart\n\n"])


@given(st.lists(events, min_size=1, max_size=3), ENDS, COMMENTS, st.booleans(), st.booleans())
def test_the_store_is_the_old_one_and_the_new_record(chrono, tmp_path_factory, made, end, comment, marked, closed):
    """The file without what was inserted is the old one, byte by byte; the records are those there were and it."""
    folder = Path(shutil.copytree(CASES / "good", tmp_path_factory.mktemp("law") / "store"))
    file = folder / "data/events.yaml"
    text = f"# head\n{file.read_text().replace('- id: 2012', f'{comment}- id: 2012')}# end\n"
    text = text if closed else text.rstrip("\n")
    file.write_bytes((("\ufeff" if marked else "") + text.replace("\n", end)).encode())
    for values in made:
        before, old = file.read_bytes(), read(folder).events
        ended = chrono("new", "event", *(f"{k}={v}" for k, v in values.items()), "--append", "--store", str(folder))
        if ended.code == 2:  # a text of blanks
            assert ended.err.endswith("the value is empty\n") or "is not allowed in a store" in ended.err
            assert file.read_bytes() == before
            continue
        assert ended.code == 0, ended.err
        ident = ended.out.split(": ")[1].strip()
        now = read(folder).events
        assert tuple(event for event in now if event.id != ident) == old
        assert "order" not in chrono("check", "--store", str(folder)).out
        event = next(event for event in now if event.id == ident)
        assert (event.title, event.summary) == (" ".join(values["title"].split()), " ".join(values["summary"].split()))
        assert ended.out.startswith(f"data/events.yaml:{event.line}: ")
        after = file.read_bytes()
        kept = next(i for i in range(len(before) + 1) if i == len(before) or before[i] != after[i])
        assert any(after[:i] + after[len(after) - len(before) + i :] == before for i in range(kept + 1))
        assert after.count(b"\r\n") == (after.count(b"\n") if end == "\r\n" else 0)


# ---- killed, and many at once


def start(good: Path, cache: Path, *args: str) -> subprocess.Popen[bytes]:
    environ = {"PATH": os.environ["PATH"], **IMPORTS, "XDG_CACHE_HOME": str(cache)}
    line = (sys.executable, "-m", "mali_chrono", "new", "event", *args, "--append", "--store", str(good))
    return subprocess.Popen(line, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL")
def test_killed_at_any_moment_it_leaves_the_old_file_or_the_new_one(good, cache):
    file = good / "data/events.yaml"
    old = file.read_bytes()
    begun = time.monotonic()
    assert start(good, cache, *RAID).wait() == 0
    whole = time.monotonic() - begun
    new = file.read_bytes()
    assert new != old
    left = set()
    for step in range(12):
        file.write_bytes(old)
        process = start(good, cache, *RAID)
        time.sleep(whole * (0.5 + step / 20))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert file.read_bytes() in (old, new)
        left.add(file.read_bytes() == new)
    file.write_bytes(old)
    assert start(good, cache, *RAID).wait() == 0, "a killed one leaves no lock"
    assert file.read_bytes() == new


def test_many_at_once_lose_nothing(good, cache):
    days = [f"2011-09-{day:02d}" for day in range(1, 13)]
    given = [word for word in RAID if not word.startswith("date=")]
    running = [start(good, cache, f"date={day}", *given) for day in days]
    assert {process.wait() for process in running} == {0}
    ids = [event.id for event in read(good).events]
    assert ids == ["2011-05-01-town-raid", *(f"{day}-town-armed-clash" for day in days), "2012-06-town-raid"]
    assert [path.name for path in (good / "data").iterdir() if path.name.startswith(".")] == []
