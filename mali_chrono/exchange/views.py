"""The views of an export: queries that every engine answers, over the tables of `tables.py`."""

from mali_chrono.exchange.columns import unquoted


def _group(keys: str, kind: str) -> str:
    """The view that adds up a kind of toll by the year and more: terms whose events all lie in a group."""
    names = [key.partition(".")[2] for key in keys.split(", ")]
    grouped = ", ".join(names)
    return f"""\
SELECT {grouped}, CASE WHEN low > best THEN best ELSE low END AS low, best, high, more AS open
FROM (SELECT {grouped}, SUM(CASE WHEN sures = size THEN low ELSE 0 END) AS low,
             SUM(CASE WHEN firsts = size THEN best ELSE 0 END) AS best, SUM(high) AS high, MAX(more) AS more
      FROM (SELECT {keys}, t.term_id, t.size, t.low, t.best, t.high,
                   CASE WHEN t.open THEN 1 ELSE 0 END AS more, SUM(CASE WHEN y.sure THEN 1 ELSE 0 END) AS sures,
                   SUM(CASE WHEN y.first THEN 1 ELSE 0 END) AS firsts
            FROM sum_term t JOIN sum_term_event s ON s.term_id = t.term_id
                 JOIN event e ON e.event_id = s.event_id JOIN event_year y ON y.event_id = s.event_id
            WHERE t.kind = '{kind}'
            GROUP BY {keys}, t.term_id, t.size, t.low, t.best, t.high, t.open
            HAVING COUNT(*) = t.size) held
      GROUP BY {grouped}) added
ORDER BY {grouped}"""


def views_of(kinds: tuple[str, ...]) -> dict[str, str]:
    """The views by name; `kinds` is the first kind of toll, or nothing.

    Every one runs unchanged on SQLite, DuckDB and Spark SQL.
    """
    ends = ("low", "best", "high", "open")
    figures = "".join(f"f.{end} AS {unquoted(kind)}_{end}, " for kind in kinds for end in ends)
    joined = "".join(f"\n     LEFT JOIN figure f ON f.event_id = e.event_id AND f.kind = '{kind}'" for kind in kinds)
    wide = f"""\
SELECT e.event_id, e.sort, e.date, e.date_words, e.year, e.earliest, e.latest, e.title, e.summary, e.type_id,
       t.name AS type, e.category, e.where_words, p.place_id, p.name AS place, p.region, p.lat, p.lon, p.precision,
       e.who_words, {figures}e.is_report, e.disputed, e.certainty, e.note, e.file_line
FROM event e JOIN type t ON t.type_id = e.type_id
     LEFT JOIN event_place ep ON ep.event_id = e.event_id AND ep.ord = 1
     LEFT JOIN place p ON p.place_id = ep.place_id{joined}
ORDER BY e.sort"""
    sums = {"year": "y.year", "year_category": "y.year, e.category"}
    added = {f"{unquoted(kind)}_by_{name}": _group(keys, kind) for kind in kinds for name, keys in sums.items()}
    return {"events_wide": wide, **added}
