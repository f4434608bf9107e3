"""Each picture from a question to a sheet."""

import json
import sqlite3
from pathlib import Path
from typing import NamedTuple

from mali_chrono.answers import pictures
from mali_chrono.answers.about import About, question_words
from mali_chrono.answers.filters import Filters, Question, ask
from mali_chrono.answers.vocabulary import words_of
from mali_chrono.errors import DataError
from mali_chrono.kinds import TollKind
from mali_chrono.plot.geo import NO_OUTLINE, Outline, OutlineError, read_outline
from mali_chrono.plot.sheet import Body, Sheet, compose
from mali_chrono.plot.titles import TITLES, TOP
from mali_chrono.store.locate import OUTLINE

OWN_OUTLINE = f"data/{OUTLINE}"  # a store's own


class Order(NamedTuple):
    """What is to be drawn: the picture, how many actors, and a store's folder, where its own outline would be."""

    kind: str
    top: int | None = None
    store: Path | None = None


def draw(connection: sqlite3.Connection, filters: Filters, order: Order, about: About) -> Sheet:
    """The picture of what some filters find. Raises UsageError on a bad filter, DataError on a bad outline."""
    filters = filters._replace(limit=None, sort="date", reverse=False)
    question = ask(connection, filters)
    days = pictures.read_days(connection, question)
    unit = pictures.unit_of(days)
    body = _body(connection, question, filters, order, unit)
    title = about.title or ", ".join(
        filter(None, (_title(order.kind, unit, words_of(connection).main), pictures.span_name(days)))
    )
    return compose(title, body, _foot(about))


def _body(connection: sqlite3.Connection, question: Question, filters: Filters, order: Order, unit: str) -> Body:
    top = order.top or TOP.get(order.kind, 0)
    if order.kind == "years":
        from mali_chrono.plot import years

        return years.layout(pictures.by_period(connection, question, filters, unit), unit)
    if order.kind == "lanes":
        from mali_chrono.plot import lanes

        return lanes.layout(pictures.read_lanes(connection, filters, top), direct=filters.direct)
    if order.kind == "matrix":
        from mali_chrono.plot import matrix

        view = pictures.by_actor(connection, question, filters, unit, top)
        return matrix.layout(view, unit, direct=filters.direct)
    from mali_chrono.plot import map as map_

    return map_.layout(pictures.read_places(connection, question, filters), load_outline(order.store))


def _title(kind: str, unit: str, main: TollKind | None) -> str:
    counted = f" and {main.counted}" if main else ""
    return TITLES[kind].format(unit=unit, toll=counted)


def load_outline(store: Path | None) -> Outline:
    """The outline that a store brings, else none. Raises DataError that says what is wrong with it."""
    own = store / OWN_OUTLINE if store else None
    try:
        if own is not None:
            return read_outline(json.loads(own.read_text("utf-8")))
    except FileNotFoundError:
        pass
    except json.JSONDecodeError as fault:
        raise DataError(f"{OWN_OUTLINE}:{fault.lineno}:{fault.colno}: this is no JSON: {fault.msg}") from None
    except UnicodeDecodeError:
        raise DataError(f"{OWN_OUTLINE}: this is no UTF-8") from None
    except RecursionError:
        raise DataError(f"{OWN_OUTLINE}: it is nested too deep") from None
    except OSError as fault:
        raise DataError(f"{OWN_OUTLINE}: cannot be read: {fault.strerror}") from None
    except OutlineError as fault:
        raise DataError(f"{OWN_OUTLINE}: {fault}; write GeoJSON (RFC 7946)") from None
    return NO_OUTLINE


def _foot(about: About) -> str:
    """Where a picture comes from."""
    made = f"chrono {about.version}, chronology {about.store}, revision {about.revision}, {about.today}"
    return f"{made}. Asked: {question_words(about)}."
