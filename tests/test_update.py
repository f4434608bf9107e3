"""After any edits an index that was brought up to date holds what one made from nothing holds."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from helpers import made_stores
from hypothesis import given, settings
from hypothesis import strategies as st

from mali_chrono.errors import BrokenStoreError
from mali_chrono.index import cache, schema, update
from mali_chrono.store.load import load
from mali_chrono.store.locate import Store
from mali_chrono.store.model import sort_key

FILES = ("data/events.yaml", "data/events/a.yaml", "data/events/in/b.yml")
NOW = 10**18


def held(connection: sqlite3.Connection) -> dict[str, list[tuple]]:
    """Every row of an index, sorted; events counted from 1, things and files by what they are."""
    rank = {n: i for i, (n,) in enumerate(connection.execute("SELECT n FROM event ORDER BY n"), 1)}
    connection.create_function("rank", 1, rank.get)
    found = {}
    for table in ("event", *schema.TABLES, "part", "facet"):
        if table in ("meta", "dead", "mark", "took", "did"):
            continue
        names = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
        kept = [f"rank({name})" if name in ("n", "head") else f'"{name}"' for name in names if name not in ("t", "f")]
        where = " JOIN file USING (f)" if table == "item" else ""
        kept += ["file.path"] if table == "item" else []
        kept = [name if name != '"hash"' else f"{table}.hash" for name in kept]
        found[table] = sorted(connection.execute(f"SELECT {', '.join(kept)} FROM {table}{where}").fetchall(), key=repr)
    did = connection.execute("SELECT id, acting, lo, hi, rank(n) FROM did JOIN thing USING (t)")
    found["did"] = sorted(did.fetchall())
    connection.execute("CREATE VIRTUAL TABLE temp.told USING fts5vocab(main, words, instance)")
    words = connection.execute('SELECT term, rank(doc), "offset" FROM temp.told WHERE doc IN (SELECT n FROM event)')
    found["words"] = sorted(words.fetchall())
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("updated")


@pytest.fixture(autouse=True)
def _always(monkeypatch):
    """However much of a small store is edited, it is brought up to date."""
    monkeypatch.setattr(update, "MOST", 100)
    monkeypatch.setattr(update, "DEAD", 100)


@pytest.fixture
def updated(monkeypatch):
    """How often an index was brought up to date."""
    done = []
    plain = update.update

    def counted(*args):
        done.append(plain(*args))
        return done[-1]

    monkeypatch.setattr(update, "update", counted)
    return done


def arrange(store: made_stores.Store, folder: Path) -> list[str]:
    """The events of a store, each as its text, in their order."""
    texts = made_stores.items(store["data/events.yaml"])
    events = load(Store(made_stores.write(store, folder), "made")).chronology.events
    order = [event.id for event in sorted(events, key=sort_key)]
    return [text for ident in order for text in texts if text.startswith(f"- id: {ident}\n")]


@st.composite
def versions(draw, count: int) -> list[tuple[int, str, str]]:
    """Which events there are, each with its number, its file and another summary; a comment may stand before it."""
    chosen = draw(st.integers(1, count))
    return [
        (number, draw(st.sampled_from(FILES)), draw(st.sampled_from(["", "Otherwise.", "# moved"])))
        for number in range(chosen)
    ]


def put(store: made_stores.Store, items: list[str], version: list[tuple[int, str, str]]) -> made_stores.Store:
    """A store with some of its events, each in its file, in their order."""
    files = dict.fromkeys(FILES, "")
    told = {f"- id: e{number}\n": (file, change) for number, file, change in version}
    for item in items:
        if place := told.get(item.partition("\n")[0] + "\n"):
            file, change = place
            files[file] += f"{change}\n" if change.startswith("#") else ""
            files[file] += item.replace("It happened.", change) if change.endswith(".") else item
    return {**store, **{file: content or "[]\n" for file, content in files.items()}}


@settings(max_examples=settings.default.max_examples // 2)
@given(store=made_stores.stores(most=7), data=st.data())
def test_an_index_brought_up_to_date_is_as_if_made_from_nothing(store, data, folder):
    items = arrange(store, folder / "store")
    store["data/events.yaml"] = "".join(items)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    for step in range(3):
        version = put(store, items, data.draw(versions(len(items))))
        place = Store(made_stores.write(version, folder / "store"), "made")
        kept = cache.answer(place, folder / "cache", NOW + step, held)
        assert kept == cache.answer(place, None, NOW, held)


def event(number: int, **fields: str) -> str:
    record = {"id": f"200{number}-x", "date": f"200{number}", "title": f"Told {number}", "type": "report",
              "places": ["town"], "cites": ["book:1"], "summary": "It was.",
              "actors": [{"actor": "army", "role": "author"}]}  # fmt: skip
    return f"- {made_stores.fields(record | fields, '  ')}"


@pytest.fixture
def edited(good, tmp_path, updated):
    """Write events in place of those of the good store, and give its index, which is to be brought up to date."""

    def write(*events: str, ask=held):
        (good / "data" / "events.yaml").write_text("".join(events))
        return cache.answer(Store(good, "good"), tmp_path / "cache", NOW, ask)

    return write


def ids(connection: sqlite3.Connection) -> list[str]:
    return [ident for (ident,) in connection.execute("SELECT id FROM event ORDER BY n")]


def test_what_is_edited_is_read_again_and_only_that(edited, updated, monkeypatch):
    edited(event(1), event(2), event(3))
    read = []
    plain = update.read_events
    monkeypatch.setattr(
        update, "read_events", lambda file, items, grammar: (read.extend(items), plain(file, items, grammar))[1]
    )
    changed = event(2, title="Another")
    assert edited(event(1), changed, event(3), ask=ids) == ["2001-x", "2002-x", "2003-x"]
    assert updated == [True]
    assert [item.written.text for item in read] == [changed]


EDITS = {
    "put before all": [event(0), event(1), event(2), event(3)],
    "put between": [event(1), event(1, id="2001-y"), event(2), event(3)],
    "put after all": [event(1), event(2), event(3), event(4), event(5)],
    "taken out": [event(1), event(3)],
    "renamed": [event(1), event(2, id="2002-z"), event(3)],
    "moved in time": [event(1), event(3), event(4, id="2004-x")],
    "another tag and outlet": [event(1), event(2, tags=["new"], outlets=["The Paper"]), event(3)],
}


@pytest.mark.parametrize("kind", EDITS)
def test_each_kind_of_edit(edited, updated, good, kind):
    edited(event(1), event(2, tags=["old"], outlets=["The paper"]), event(3))
    assert edited(*EDITS[kind]) == cache.answer(Store(good, "good"), None, NOW, held)
    assert updated == [True]


@pytest.mark.slow
def test_the_same_edit_a_hundred_times_finds_room_or_is_made_from_nothing(edited, good):
    edited(event(1), event(2), event(3))
    for turn in range(100):
        assert edited(event(1), event(2, title=f"Turn {turn}"), event(3), ask=ids) == ["2001-x", "2002-x", "2003-x"]
    assert edited(event(1), event(3)) == cache.answer(Store(good, "good"), None, NOW, held)


FAULTS = {
    "duplicate-id": [event(1), event(2), event(3, id="2002-x", date="2002")],
    "unknown-event": [event(1), event(2), event(3, links=[{"to": "2009-x", "kind": "part-of"}])],
    "unknown-actor": [event(1), event(2), event(3, actors=[{"actor": "armi", "role": "author"}])],
    "link-cycle": [event(1, links=[{"to": "2003-x", "kind": "part-of"}]), event(2),
                   event(3, links=[{"to": "2001-x", "kind": "part-of"}])],
    "event-order": [event(2), event(1), event(3)],
    "unknown-key": [event(1), event(2), event(3, colour="red")],
    "syntax": [event(1), event(2), "- id: [2003\n"],
}  # fmt: skip


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_found_by_an_update_too(edited, rule):
    edited(event(1), event(2), event(3))
    with pytest.raises(BrokenStoreError) as broken:
        edited(*FAULTS[rule])
    assert {problem.rule for problem in broken.value.problems} >= {rule}


def test_taking_out_what_another_event_is_linked_to_is_a_fault(edited):
    linked = event(3, links=[{"to": "2001-x", "kind": "part-of"}])
    edited(event(1), event(2), linked)
    with pytest.raises(BrokenStoreError, match="unknown event '2001-x'"):
        edited(event(2), linked)


def test_a_change_of_an_actor_is_a_change_of_every_event_it_is_in(edited, good):
    edited(event(1), event(2))
    path = good / "data" / "actors.yaml"
    path.write_text(path.read_text().replace("Army", "Guard"))
    assert edited(event(1), event(2)) == cache.answer(Store(good, "good"), None, NOW, held)


def test_an_index_of_another_store_is_no_base(edited, good, tmp_path):
    edited(event(1), event(2))
    (index,) = (tmp_path / "cache").glob("*.sqlite3")
    other = tmp_path / "other"
    shutil.copytree(good, other)
    (other / "data" / "events.yaml").write_text(event(3))
    cache.answer(Store(other, "other"), tmp_path / "cache2", NOW, ids)
    (foreign,) = (tmp_path / "cache2").glob("*.sqlite3")
    foreign.replace(index)
    assert edited(event(1), event(2), ask=ids) == ["2001-x", "2002-x"]
