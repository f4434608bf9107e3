"""Made-up rows in ACLED's columns, of every year's exports: no row of them is ACLED's."""

import csv
import io
from datetime import date, timedelta


def columns(text: str) -> list[str]:
    """Names of columns, parted by blanks."""
    return text.split()


NOW = columns(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1"
    " inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3"
    " location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)
OF_2019 = columns(
    "data_id iso event_id_cnty event_id_no_cnty event_date year time_precision event_type sub_event_type actor1"
    " assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction region country admin1 admin2 admin3 location"
    " latitude longitude geo_precision source source_scale notes fatalities timestamp iso3"
)
OF_2018 = [column for column in OF_2019 if column not in ("sub_event_type", "iso3")]
ACTOR_BASED = [column for column in OF_2019 if column not in ("actor2", "assoc_actor_2", "inter2")]
OF_2016 = columns(
    "GWNO EVENT_ID_CNTY EVENT_ID_NO_CNTY EVENT_DATE YEAR TIME_PRECISION EVENT_TYPE ACTOR1 ALLY_ACTOR_1 INTER1"
    " ACTOR2 ALLY_ACTOR_2 INTER2 INTERACTION COUNTRY ADMIN1 ADMIN2 ADMIN3 LOCATION LATITUDE LONGITUDE GEO_PRECISION"
    " SOURCE NOTES FATALITIES"
)
CLASH = {
    "event_id_cnty": "LND1", "event_date": "2020-07-31", "year": "2020", "time_precision": "1",
    "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "RFS: Rebels for Shore", "inter1": "2",
    "actor2": "Military Forces of Land (2013-2020)", "inter2": "1", "country": "Land", "admin1": "Shore",
    "location": "Harbour", "latitude": "10.5", "longitude": "1.25", "geo_precision": "1", "source": "Radio A; Daily B",
    "notes": "On 31 July 2020, rebels attacked soldiers. Three were killed.", "fatalities": "3",
}  # fmt: skip


def row(**changes: str) -> dict[str, str]:
    """The row of a clash with other values in some columns."""
    return {**CLASH, **changes}


def text(rows: list[dict[str, str]], names: list[str] = NOW, delimiter: str = ",", end: str = "\n") -> str:
    """The csv of rows in some columns, whatever their case; the old name of an ally too."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(names)
    for each in rows:
        writer.writerow([each.get(column.strip().lower().replace("ally_", "assoc_"), "") for column in names])
    return out.getvalue()


def many(count: int) -> list[dict[str, str]]:
    """So many rows, one a day from 2012 on and round again, each of its own."""
    made = []
    for n in range(count):
        day = date(2012, 1, 1) + timedelta(days=n % 3000)
        made.append(row(
            event_id_cnty=f"LND{n}", event_date=day.isoformat(), year=str(day.year), fatalities=str(n % 7),
            location=f"Village {n % 400}", latitude=f"{10 + (n % 400) / 100:.4f}", actor1=f"Group {n % 90}",
            notes=f"On {day.day} {day:%B} {day.year}, armed men attacked soldiers; {n % 7} were killed.",
        ))  # fmt: skip
    return made
