"""What an index holds beside events: actors, places, periods, types and documents, their names and relations."""

import json
from collections.abc import Iterator

from mali_chrono.dates.edtf import Date
from mali_chrono.dates.spans import clip
from mali_chrono.dates.words import describe
from mali_chrono.index import bodies, tables
from mali_chrono.index.changes import changes
from mali_chrono.index.claims import Names
from mali_chrono.index.events import Row, core_days
from mali_chrono.index.facts import REACH
from mali_chrono.index.records import ActorRow, PartyRow, PeriodRow, RelationRow
from mali_chrono.kinds import Vocabulary
from mali_chrono.store import model
from mali_chrono.store.claims import ranges_of
from mali_chrono.store.references import cites, records
from mali_chrono.text import fold


def thing_rows(chronology: model.Chronology, words: Vocabulary) -> Iterator[tuple[str, Row]]:
    """The rows of everything but events, each with its table; outlets and tags come with the events that have them."""
    names = Names(chronology, words)
    for number, (kind, ident, name, short, _) in enumerate(_things(chronology, words), 1):
        yield "thing", tables.ThingRow(number, kind, ident, name, short)
    for kind, ident, name, short, also in _things(chronology, words):
        keys = {fold(text) for text in (ident, name, short, *also) if text}
        yield from (("name", tables.NameRow(kind, key, ident)) for key in sorted(keys))
    for place in chronology.places:
        yield "place", tables.PlaceRow(place.id, place.name, place.region, place.lat, place.lon, place.precision)
    yield from (("actor", _actor(actor, names)) for actor in chronology.actors)
    yield from (("relation", _relation(actor.id, r)) for actor in chronology.actors for r in actor.relations)
    yield from (("change", change) for actor in chronology.actors for change in changes(actor))
    yield from (("record", record) for record in _records(chronology, names))
    yield from _lasting(chronology, names)
    yield from (("reach", reach) for reach in REACH)
    for record in records(chronology):
        for cite in dict.fromkeys(cite for _, cite in cites(record)):
            other = f"{type(record).__name__} {record.id}"
            yield "other_cite", tables.OtherCiteRow(cite.source, cite.first, cite.last, None, other)


_Thing = tuple[str, str, str, str | None, tuple[str, ...]]


def _things(chronology: model.Chronology, words: Vocabulary) -> Iterator[_Thing]:
    """Kind, id, name, short name and further names of everything that a filter may name but outlets and tags."""
    yield from (("actor", actor.id, actor.name, actor.short, actor.aliases) for actor in chronology.actors)
    yield from (("place", place.id, place.name, place.short, place.aliases) for place in chronology.places)
    yield from (("type", kind.id, kind.name, kind.short, kind.aliases) for kind in chronology.types)
    yield from (("source", source.id, source.title, None, ()) for source in chronology.sources)
    yield from (("period", period.id, period.name, period.short, period.aliases) for period in chronology.periods)
    yield from (("category", name, name, None, ()) for name in sorted({kind.category for kind in chronology.types}))
    yield from (("role", role, role, None, ()) for role in sorted(role.id for role in words.roles))
    yield from (("toll", toll.id, toll.id, None, (toll.label,)) for toll in words.tolls)
    # Their ids are their folded names; of two spellings the last is shown.
    regions = {fold(region): region for region in sorted({p.region for p in chronology.places if p.region})}
    yield from (("region", ident, region, None, ()) for ident, region in regions.items())


def _records(chronology: model.Chronology, names: Names) -> Iterator[tables.RecordRow]:
    """The json object of every record but events, documents in the order of the store."""
    made = {
        "source": [bodies.source_row(source) for source in chronology.sources],
        "place": [bodies.place_row(place) for place in chronology.places],
        "type": [bodies.type_row(kind) for kind in chronology.types],
        "actor": [bodies.actor_row(actor) for actor in chronology.actors],
        "period": [bodies.period_row(period, ranges_of(period, names.words)) for period in chronology.periods],
    }
    yield from (tables.RecordRow(kind, body["id"], _json(body)) for kind, rows in made.items() for body in rows)
    for actor in chronology.actors:
        if actor.kind in names.words.lasting and actor.active:
            yield tables.RecordRow("lasting", actor.id, _json(bodies.lasting_row(actor, actor.active)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _days(date: Date | None) -> tuple[int, int, int | None, int | None]:
    """A date's columns lo, hi, core_lo, core_hi; open days where there is no date."""
    return *clip(date.span if date else (None, None)), *core_days(date.core if date else None)


def _actor(actor: model.Actor, names: Names) -> ActorRow:
    active = (str(actor.active), describe(actor.active)) if actor.active else (None, None)
    return ActorRow(actor.id, actor.name, names.short(actor.id), actor.kind, *_days(actor.active), *active)


def _relation(actor: str, relation: model.Relation) -> RelationRow:
    date = relation.date
    return RelationRow(
        actor,
        relation.kind,
        relation.actor,
        relation.office,
        *_days(date),
        date is not None and date.kind == "interval",
        str(date) if date else None,
        describe(date) if date else None,
        relation.certainty,
        relation.says,
        _json([str(cite) for cite in relation.cite]),
        relation.note,
    )


def _lasting(chronology: model.Chronology, names: Names) -> Iterator[tuple[str, Row]]:
    """What lasts: the periods with who took part, and every mission and state that says how long it did."""
    lasting = [(p.id, p.name, p.name, p.kind, p.date) for p in chronology.periods]
    lasting += [
        (a.id, a.name, names.short(a.id), a.kind, a.active)
        for a in chronology.actors
        if a.kind in names.words.lasting and a.active
    ]
    for ident, name, short, kind, date in lasting:
        yield "period", PeriodRow(ident, name, short, kind, str(date), describe(date), *_days(date))
    for period in chronology.periods:
        for part in period.actors:
            when = part.date or period.date
            yield (
                "party",
                PartyRow(period.id, part.actor, part.side, str(when), describe(when), *_days(when)),
            )
