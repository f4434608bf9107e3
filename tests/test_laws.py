"""One question, one number: laws that hold for every store, on made-up ones and on the shipped one.

`pytest tests/test_laws.py --hypothesis-profile long` asks thousands of them.
"""

import itertools
import json
import re
import time

import pytest
from conftest import ROOT, first_of_each
from helpers import made_stores
from helpers.made_stores import ACTORS, BOOKS, OUTLETS, PERIODS, PLACES, REGIONS, TAGS, TYPES, stores
from hypothesis import given, settings
from hypothesis import strategies as st

from mali_chrono.answers import events, summary, values
from mali_chrono.answers.filters import Filters, ask
from mali_chrono.answers.names import KINDS, SPELT, offers
from mali_chrono.answers.windows import When
from mali_chrono.dates import typed
from mali_chrono.dates.units import UNITS
from mali_chrono.errors import UsageError
from mali_chrono.index import cache as store_cache
from mali_chrono.store.locate import Store
from mali_chrono.store.vocabulary import usual

ROLES, TOLL_KINDS = tuple(role.id for role in usual().roles), usual().toll_kinds

TODAY = (2025, 11, 15)
FACETS = ("place", "region", "type", "category", "source", "outlet", "tag")
TIMES = (
    "1962", "1962-06", "1962-06-30", "1961..1962", "1962-12-15..1963-01-15", "[1961,1963]", "1963-Q1", "1960s",
    "..1962", "1963..", "1 BC", "10 BC..AD 10", "..500 BC", *PERIODS, "Long War",
)  # fmt: skip
NAMES = (*ACTORS, *(f"{ACTORS[0]}:{role}" for role in ROLES[:3]), f"{ACTORS[1]}:target", "The Cedar")


def some(options, most=2):
    """One of some words, or two."""
    return st.lists(st.sampled_from(options), min_size=1, max_size=most, unique=True).map(tuple)


def a_few(fields, most):
    """Some of the fields of a named tuple, few at a time."""
    keys = st.lists(st.sampled_from(sorted(fields)), max_size=most, unique=True)
    return keys.flatmap(lambda chosen: st.fixed_dictionaries({key: fields[key] for key in chosen}))


times = a_few(
    {
        "since": some(("1962", "1961-07-15", "1962-06-30T09:00", "-0005", "peace"), 1),
        "until": some(("1963", "1962-06-30", "1962-06-30T08:46:00-04:00", "500 BC"), 1),
        "within": some(TIMES),
    },
    most=2,
).map(lambda fields: When(**fields, today=TODAY))
questions = a_few(
    {
        "when": times,
        "must": st.just(True),
        "within": st.just(True),
        "actor": some(NAMES),
        "company": some(NAMES),
        "role": some(ROLES),
        "direct": st.just(True),
        "place": some(PLACES),
        "region": some(REGIONS),
        "type": some((*TYPES, *TYPES.values())),
        "tag": some(TAGS),
        "source": some(BOOKS),
        "outlet": some(OUTLETS),
        "least": st.integers(0, 12).map(lambda least: (("killed", least),)),
        "disputed": st.just(True),
        "confirmed": st.just(True),
        "text": some(("dawn", "-again", '"near the ford"', "amb*")),
        "excluded": some((("type", "talk"), ("actor", "birch"), ("role", "victim"), ("place", "north"))),
    },
    most=4,
).map(lambda fields: Filters(**fields))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Hold a law against a made-up store, compiled in memory, and a question that has a meaning there."""
    folder = tmp_path_factory.mktemp("made") / "store"

    def hold(store, law, filters=None, *more):
        def held(connection):
            asked = [] if filters is None else [asked_of(connection, filters)]
            return None if None in asked else law(connection, *asked, *more)

        return store_cache.answer(Store(made_stores.write(store, folder), "made"), None, 0, held)

    return hold


@pytest.fixture(scope="module")
def shipped(cache):
    """Hold a law against the shipped store, compiled once a session."""

    def hold(law, *args):
        return store_cache.answer(
            Store(ROOT, "shipped"), cache / "chrono", time.time_ns(), lambda connection: law(connection, *args)
        )

    return hold


def count(connection, *asked: Filters) -> int:
    """How many events all of some questions find."""
    conditions = [ask(connection, filters).where for filters in asked]
    where = " AND ".join(f"({sql})" for sql, _ in conditions)
    bound = [value for _, values in conditions for value in values]
    return connection.execute(f"SELECT count(*) FROM event WHERE {where}", bound).fetchone()[0]


def asked_of(connection, filters: Filters) -> Filters | None:
    """A question without words that the store has nothing of; None where its times leave no day."""
    heard = {}
    for key in ("region", "tag", "outlet"):
        names = [name for _, name in offers(connection, (key,))]
        heard[key] = tuple(value for value in getattr(filters, key) if value in names)
    filters = filters._replace(**heard)
    try:
        ask(connection, filters)
    except UsageError as refused:
        assert "no day is left" in str(refused)
        return None
    return filters


def narrowed(filters: Filters, key: str, value: str) -> list[Filters]:
    """What `--key value` beside other filters finds: all of these; one more time is a further condition by itself."""
    if key in UNITS and not filters.when.within:
        return [filters._replace(when=filters.when._replace(within=(value,), today=TODAY))]
    if key in UNITS:
        return [filters._replace(window=typed.spans(value, TODAY))]
    one = filters._replace(**{field_of(key): (value,)})
    return [filters, one] if getattr(filters, field_of(key)) else [one]


def field_of(key: str) -> str:
    return "type" if key == "category" else key


def found(connection, filters: Filters) -> list[int]:
    return events.numbers(connection, ask(connection, filters))


def summarised(connection, filters, *keys, run=summary.RUN, kinds=("killed", "wounded")):
    return summary.summarise(connection, ask(connection, filters), filters, summary.Grouping(keys, kinds, "", run))


def a_row_of_a_summary_is_a_filter(connection, filters, draw):
    """Row V of --by K counts what timeline --K V finds, may and must; so each key is a value that the filter takes."""
    run = draw(st.sampled_from([1, summary.RUN, 40]))
    for key in summary.KEYS:
        view = summarised(connection, filters, key, run=run)
        assert view.total.events == count(connection, filters)
        for group in view.rows:
            if group.key is not None:
                row = view.measure(group)
                asked = narrowed(filters, key, group.key)
                assert (key, group.key, row.events) == (key, group.key, count(connection, *asked))
                if key in UNITS:
                    sure = [one._replace(must=True) for one in asked]
                    assert (key, group.key, row.must) == (key, group.key, count(connection, *sure))


def a_cell_of_a_cross_table_is_two_filters(connection, filters, draw):
    """A cell counts what both filters find; an actor and a role are of one part."""
    keys = draw(KEYS_OF_A_CROSS_TABLE)
    together = set(keys) == {"actor", "role"}
    if together:
        filters = filters._replace(actor=(), role=())
    view = summarised(connection, filters, *keys)
    for (i, row), (j, column) in itertools.product(enumerate(view.rows), enumerate(view.columns)):
        pair = dict(zip(keys, (row.key, column.key), strict=True))
        if None not in pair.values():
            asked = [one for key, value in pair.items() for one in narrowed(filters, key, value)]
            if together:
                asked = [filters._replace(**{key: (value,) for key, value in pair.items()})]
            assert (pair, view.cell(i, j).events) == (pair, count(connection, *asked))


def the_summary_of_a_time_is_the_row_of_that_time(connection, filters, draw):
    """Counts and figures, whichever way the time was asked for."""
    unit = draw(st.sampled_from(UNITS))
    for group in (view := summarised(connection, filters, unit)).rows:
        total = summarised(connection, narrowed(filters, unit, group.key)[0], unit).total
        assert (group.key, total._replace(spanning=0)) == (group.key, view.measure(group)._replace(spanning=0))


def bests_of_rows_add_up_where_nothing_is_linked(connection, filters, draw):
    """Each event's best is in one row of time; low is in one at most, high in each it may touch."""
    if connection.execute("SELECT count(*) FROM link").fetchone()[0]:
        return
    unit = draw(st.sampled_from(UNITS))
    view = summarised(connection, filters._replace(must=False, within=False), unit, run=1)
    rows = [figures for group in view.rows if (figures := view.measure(group).sums["killed"].figures)]
    if total := view.total.sums["killed"].figures:
        assert sum(figures.best for figures in rows) == total.best
        assert sum(figures.low for figures in rows) <= total.low
        assert max(figures.high for figures in rows) <= total.high <= sum(figures.high for figures in rows)


def within_is_in_must_is_in_may_is_in_covers(connection, filters, draw):
    """And rows say which of these they are."""
    plain = filters._replace(must=False, within=False)
    within, must, may, covers = (
        set(found(connection, plain._replace(**more)))
        for more in ({"within": True}, {"must": True}, {}, {"covers": True})
    )
    assert within <= must <= may <= covers
    assert events.later(connection, ask(connection, plain)) <= len(covers - may)
    matches = dict(events.table(connection, ask(connection, plain._replace(covers=True)), ("n", "match")))
    assert {n for n, match in matches.items() if match == "must"} == must
    assert {n for n, match in matches.items() if match != "covers"} == may


def a_filter_and_its_exclusion_part_the_whole(connection, filters, draw):
    """--K V and --exclude K=V; actor, role and --with are asked of one part together, so one of them alone."""
    key = draw(st.sampled_from((*FACETS, "actor", "role")))
    offered = offers(connection, KINDS[field_of(key)])
    if offered:
        ident, name = draw(st.sampled_from(offered))
        value = name if key in SPELT else ident + (draw(st.sampled_from(("", ":victim"))) if key == "actor" else "")
        plain = filters._replace(**{field_of(key): ()})
        if key in ("actor", "role"):
            plain = plain._replace(actor=(), role=(), company=())
        outside = plain._replace(excluded=(*plain.excluded, (field_of(key), value)))
        inside = found(connection, plain._replace(**{field_of(key): (value,)}))
        assert sorted([*inside, *found(connection, outside)]) == found(connection, plain)


def reverse_is_the_reverse_and_a_limit_takes_the_first(connection, filters, draw):
    """By date; by a figure the largest best comes first, and what has none last however it is turned."""
    order = found(connection, filters)
    assert found(connection, filters._replace(reverse=True)) == order[::-1]
    assert found(connection, filters._replace(limit=2)) == order[:2]
    kind = draw(st.sampled_from(TOLL_KINDS))
    best = dict(connection.execute("SELECT n, best FROM toll WHERE kind = ? AND of = ''", (kind,)))
    for turned, by_date, sign in ((False, order, -1), (True, order[::-1], 1)):
        expected = sorted(by_date, key=lambda n, sign=sign: (n not in best, sign * best.get(n, 0)))
        asked = filters._replace(sort=kind, reverse=turned)
        assert (kind, found(connection, asked)) == (kind, expected)


def a_list_counts_what_its_filter_finds(connection, filters, draw):
    """Of every kind of value, without filters."""
    for kind in set(values.LISTS.values()):
        for value in values.list_values(connection, kind):
            if kind == "period":
                asked = Filters(when=When(within=(value.id,), today=TODAY))
            elif kind == "toll":
                asked = Filters(least=((value.id, 0),))
            else:
                asked = Filters(**{field_of(kind): (value.id,)})
            assert (kind, value.id, value.events) == (kind, value.id, count(connection, asked))


KEYS_OF_A_CROSS_TABLE = st.lists(
    st.sampled_from(("year", *summary.KEYS[len(UNITS) :])), min_size=2, max_size=2, unique=True
)
LAWS = (
    a_row_of_a_summary_is_a_filter,
    a_cell_of_a_cross_table_is_two_filters,
    the_summary_of_a_time_is_the_row_of_that_time,
    bests_of_rows_add_up_where_nothing_is_linked,
    within_is_in_must_is_in_may_is_in_covers,
    a_filter_and_its_exclusion_part_the_whole,
    reverse_is_the_reverse_and_a_limit_takes_the_first,
    a_list_counts_what_its_filter_finds,
)


@given(store=st.booleans().flatmap(lambda links: stores(links=links)), question=questions, data=st.data())
def test_laws_hold_on_made_up_stores(made, store, question, data):
    for_all = lambda connection, filters: [law(connection, filters, data.draw) for law in LAWS]  # noqa: E731
    made(store, for_all, question)


SHIPPED = {
    "all": Filters(),
    "times": Filters(when=When(within=("2012", "2018-05-10..2020-03"), today=TODAY), confirmed=True),
    "parts": Filters(actor=("jnim:perpetrator", "fama"), company=("civilians",), excluded=(("type", "reporting"),)),
    "must": Filters(must=True, when=When(since=("2013-01-20",), until=("2020-06",), today=TODAY), role=("target",)),
    "place": Filters(place=("mopti",), direct=True, least=(("killed", 1),)),
}


@pytest.mark.parametrize("name", first_of_each(SHIPPED, 2))
def test_a_row_of_the_shipped_store_is_a_filter(shipped, name):
    shipped(a_row_of_a_summary_is_a_filter, SHIPPED[name], lambda _: summary.RUN)


@pytest.mark.parametrize("unit", ["year", "century"])
def test_the_summary_of_a_time_of_the_shipped_store_is_its_row(shipped, unit):
    shipped(the_summary_of_a_time_is_the_row_of_that_time, Filters(), lambda _: unit)


@pytest.mark.parametrize("keys", [("year", "category"), ("actor", "role")], ids=str)
def test_a_cell_of_the_shipped_store_is_two_filters(shipped, keys):
    shipped(a_cell_of_a_cross_table_is_two_filters, SHIPPED["must"], lambda _: keys)


@given(store=stores(), data=st.data())
def test_the_order_of_records_and_files_does_not_matter(made, store, data):
    """Events stand in one file or in several, oldest first or not; actors and places in any order."""

    def answer(connection):
        rows = [json.loads(row) for row in events.json_rows(connection, ask(connection, Filters()))]
        counted = {key: summarised(connection, Filters(), key) for key in ("year", "actor", "place", "source")}
        tables = {key: [(g.key, view.measure(g)) for g in view.rows] for key, view in counted.items()}
        return [{**row, "at": None} for row in rows], tables

    def shuffled(path):
        return data.draw(st.permutations(made_stores.items(store[path])), label=path)

    other = {path: "".join(shuffled(path)) for path in ("data/actors.yaml", "data/places.yaml", "data/types.yaml")}
    told = shuffled("data/events.yaml")
    parts = data.draw(st.lists(st.integers(0, len(told)), max_size=2).map(sorted), label="where files end")
    files = [told[a:b] for a, b in itertools.pairwise([0, *parts, len(told)])]
    other |= {f"data/events/{i}.yaml": "".join(file) for i, file in enumerate(files) if file}
    same = {path: text for path, text in store.items() if path not in other and path != "data/events.yaml"}
    assert made(other | same, answer) == made(store, answer)


def ids_in(text, shape):
    """The ids of an answer of which each row begins with one."""
    if shape == "json":
        return [row["id"] for row in json.loads(text)["events"]]
    lines = text.splitlines()
    if shape == "jsonl":
        return [json.loads(line)["id"] for line in lines]
    words = [line.strip("| ").split(",")[0].split(" ")[0] for line in lines]
    return [word for word in words if re.fullmatch(r"e\d+|[a-z\d]+(-[a-z\d]+)+", word)]


@given(store=stores(), options=st.sampled_from(("", "--in 1962", "--in 1962 --must --reverse", "--sort killed -n 3")))
@settings(max_examples=15)
def test_every_format_has_the_same_ids(chrono, tmp_path, store, options):
    folder = made_stores.write(store, tmp_path / "made")
    shapes = ("json", "jsonl", "csv", "plain", "md", "table")
    found = {
        shape: ids_in(
            chrono("timeline", *options.split(), "--fields", "id,date", "-f", shape, "--store", str(folder)).out, shape
        )
        for shape in shapes
    }
    assert found == dict.fromkeys(shapes, found["json"])


@pytest.mark.parametrize("options", ["--in 2012", "--actor wagner --sort killed", "--place mopti --reverse -n 40"])
def test_every_format_has_the_same_ids_on_the_shipped_store(chrono, options):
    found = {
        shape: ids_in(chrono("timeline", *options.split(), "--fields", "id,date", "-f", shape).out, shape)
        for shape in ("json", "jsonl", "csv", "plain", "md", "table")
    }
    assert len(found["json"]) > 20
    assert found == dict.fromkeys(found, found["json"])
