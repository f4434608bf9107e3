"""A wrong option, argument or command is answered in one message with what exists."""

import shlex

import pytest

NO = "error: chrono timeline has no option "


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("timeline --from 2020", "'--from': use --since 2020"),
        ("timeline --after=2020", "'--after': use --since 2020"),
        ("timeline --after 'March 2020'", "'--after': use --since 'March 2020'"),
        ("timeline --to 2020", "'--to': use --until 2020"),
        ("timeline --before 2020", "'--before': use --until 2020"),
        ("timeline --before", "'--before': use --until DATE"),
        ("timeline --json", "'--json': use --format json"),
        ("timeline --csv --since 2020", "'--csv': use --format csv"),
        ("timeline --md", "'--md': use --format md"),
        ("timeline --plain", "'--plain': use --format plain"),
        ("timeline --table", "'--table': use --format table"),
        ("timeline --markdown", "'--markdown': use --format md"),
        ("timeline --text", "'--text': use --format plain"),
        ("timeline --tsv", "'--tsv': use --format tsv"),
        ("timeline --dot", "'--dot': --format takes table"),
        ("timeline --gpx", "'--gpx': --format takes table, plain, csv, tsv, json, jsonl, md, html, ics, geojson,"),
        ("timeline --not-actor wagner", "'--not-actor': use --exclude actor=wagner"),
        ("timeline --not-actor='Wagner Group'", "'--not-actor': use --exclude 'actor=Wagner Group'"),
        ("timeline --not-place gao", "'--not-place': use --exclude place=gao"),
        ("timeline --no-actor wagner", "'--no-actor': use --exclude actor=wagner"),
        ("timeline --no_type report", "'--no_type': use --exclude type=report"),
        ("timeline --without wagner", "'--without': use --exclude actor=wagner"),
        ("timeline --not-tag", "'--not-tag': use --exclude tag=TAG"),
        ("timeline --where gao", "'--where': use --place gao"),
        ("timeline --by year", "'--by', but `chrono summary` has"),
        ("timeline --acto wagner", "'--acto': did you mean '--actor'"),
        ("timeline --xyzzyx", "'--xyzzyx'; `chrono timeline -h` lists them"),
        ("timeline -q", "'-q'; `chrono timeline -h` lists them"),
    ],
)
def test_a_wrong_option_is_answered_with_the_one_that_exists(chrono, typed, said):
    ended = chrono(*shlex.split(typed))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(NO + said)
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("summary", "--group-by", "year"), "chrono summary has no option '--group-by': use --by year"),
        (("check", "--json"), "chrono check has no option '--json'"),
        (("lineage", "--dot"), "chrono lineage has no option '--dot': use --format dot"),
        (("timeline", "--since"), "option '--since' requires an argument"),
        (("timeline", "-n", "x"), "invalid value for '--limit' / '-n'"),
        (("show",), "missing argument 'ID...'; `chrono show -h` tells more"),
        (
            ("--since", "2020"),
            "chrono has no option '--since'; options follow a command: `chrono timeline --since 2020`",
        ),
        (("--bogus",), "chrono has no option '--bogus'"),
    ],
)
def test_other_options_are_answered_in_one_line(chrono, args, said):
    ended = chrono(*args)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {said}")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("timeline", "wagner"),
         "takes no argument 'wagner': use `chrono timeline --actor wagner` or `chrono timeline -m wagner`"),
        (("timeline", "--since", "2020", "Wagner", "Group"),
         "`chrono timeline --actor 'Wagner Group'` or `chrono timeline -m 'Wagner Group'`"),
        (("timeline", "kidal"), "`chrono timeline --place kidal`"),
        (("timeline", "2020"), "`chrono timeline --in 2020`"),
        (("timeline", "lorries"), "use `chrono timeline -m lorries`\n"),
        (("timeline", "x", "--store", "/nowhere"), "`chrono timeline --actor x` or `chrono timeline -m x`"),
        (("summary", "jnim"), "`chrono summary --actor jnim`"),
        (("actor", "Group", "to", "Support"), "takes one NAME: `chrono actor 'Group to Support'`"),
        (("at", "June", "2016", "--format", "md"), "takes one DATE: `chrono at 'June 2016'`"),
        (("plot", "map", "kidal", "-o", "x.svg"), "takes one KIND, not 'kidal': use `chrono plot map --place kidal`"),
        (("export", "x.db", "2020"), "takes one FILE|DIR, not '2020': use `chrono export x.db --in 2020`"),
        (("list", "types", "kidal"), "takes one KIND, not 'kidal'; `chrono list -h` tells its options"),
    ],
)  # fmt: skip
def test_an_argument_too_many_is_answered_with_the_option_that_takes_it(chrono, args, said):
    ended = chrono(*args)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("search", "wagner"), "use `chrono timeline -m wagner`"),
        (("find", "drone strike"), "use `chrono timeline -m 'drone strike'`"),
        (("find", "drone", "strike"), "use `chrono timeline -m 'drone strike'`"),
        (("search",), "use `chrono timeline -m TEXT`"),
        (("add", "event", "title=A b"), "use `chrono new event 'title=A b'`"),
        (("add",), "use `chrono new KIND`"),
        (("events",), "use `chrono timeline`"),
        (("actors",), "use `chrono actor`"),
        (("places",), "use `chrono list places`"),
        (("ls",), "use `chrono timeline`"),
        (("EVENTS",), "use `chrono timeline`"),
        (("event", "x"), "use `chrono show x`"),
        (("timelin",), "did you mean 'timeline'?"),
        (("help", "timelin"), "did you mean 'timeline'?"),
        (("qqqq",), "it has timeline, show"),
        (("\x1b[31mx",), r"\x1b[31mx"),
    ],
)
def test_a_word_that_is_no_command_is_answered_with_the_one_that_is_meant(chrono, args, said):
    ended = chrono(*args)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: chrono has no command '")
    assert said in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("args", [("timeline", "--actor"), ("actor",), ("show",), ("timeline",)])
def test_bytes_that_are_no_text_are_told(chrono, args):
    assert chrono(*args, "a\udcff") == (2, "", "error: an argument holds bytes that are no UTF-8\n")


def test_help_is_a_command_too(chrono):
    assert chrono("help") == chrono("-h")
    assert chrono("help", "show") == chrono("show", "--help")
    assert chrono("help").code == 0
