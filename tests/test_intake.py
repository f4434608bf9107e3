"""Tables of others as they really are, read by maps: what each row tells, what is left out and why."""

import contextlib
import io
import json
import re
import zipfile
from datetime import date

import pytest
from conftest import ROOT
from helpers.acledcsv import ACTOR_BASED, NOW, OF_2016, OF_2018, OF_2019, columns, row, text
from hypothesis import example, given
from hypothesis import strategies as st

from mali_chrono.dates.days import iso_day, ordinal
from mali_chrono.dates.edtf import parse
from mali_chrono.errors import DataError, UsageError
from mali_chrono.intake import mapfiles
from mali_chrono.intake.cells import fitted
from mali_chrono.intake.forms import FORMS, read_day
from mali_chrono.intake.mapfiles import find_map, named_map, read_map
from mali_chrono.intake.maps import Types
from mali_chrono.intake.rowtypes import Kind, row_types
from mali_chrono.intake.tables import read_table
from mali_chrono.intake.take import take
from mali_chrono.kinds import BUILT_IN_MAPS, MEANINGS

ACLED = find_map("acled")


def read(content: str | bytes, name: str = "t.csv", rule=ACLED):
    """A table as taken."""
    raw = content if isinstance(content, bytes) else content.encode()
    return take(read_table(name, raw, rule.heads), rule)


def one(**changes: str):
    """What one row tells."""
    (told,) = read(text([row(**changes)])).rows
    return told


# Heads by vintage.


@pytest.mark.parametrize(
    ("names", "vintage"),
    [(OF_2016, "up to 2016"), (OF_2018, "2018 to February 2019"), (OF_2019, "2019 to 2022"), (NOW, "since 2023"),
     ([*NOW, "population_best"], "since 2023"), (["", *OF_2019], "2019 to 2022"), (ACTOR_BASED, "actor based")],
)  # fmt: skip
def test_each_years_export_is_told_by_its_head(names, vintage):
    taken = read(text([row()], names))
    (told,) = taken.rows
    assert (taken.vintage, taken.left) == (vintage, ())
    assert (told.id, told.date, told.where.name, told.type, told.counts[0].figure) == (
        "LND1", "2020-07-31", "Harbour", "Armed clash", "3",
    )  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_line_ends_and_a_byte_order_mark_say_nothing(delimiter, end, mark):
    told = read(mark + text([row()], delimiter=delimiter, end=end)).rows
    assert told == read(text([row()])).rows


def test_names_of_columns_are_read_in_any_case_and_trimmed():
    assert read(text([row()], [f" {column.upper()} " for column in NOW])).rows == read(text([row()])).rows


def test_a_second_line_of_tags_is_a_second_head():
    head, first, *_ = text([row()]).splitlines()
    taken = read("\n".join([head, ",".join("#tag" for _ in NOW), first]))
    assert (taken.tags, taken.read, [told.lines for told in taken.rows]) == ((2,), 1, [((3, 3),)])


def test_actor_based_rows_of_one_id_are_one_event_and_its_dead_count_once():
    pair = [row(actor1="Rebels", inter1="2", event_type="Violence against civilians", sub_event_type="Attack"),
            row(actor1="Civilians (Land)", inter1="7", event_type="Violence against civilians",
                sub_event_type="Attack")]  # fmt: skip
    (told,) = read(text(pair, ACTOR_BASED)).rows
    assert told.lines == ((2, 2), (3, 3))
    assert [count.figure for count in told.counts] == ["3"]
    assert [(who.name, who.means) for who in told.actors] == [("Rebels", "does"), ("Civilians", "suffers")]


def test_a_row_of_the_same_id_that_says_otherwise_is_left_out():
    taken = read(text([row(), row(fatalities="9")]))
    assert [str(left) for left in taken.left] == ["line 3: 'LND1' stands in line 2 already, with other values"]


# Dates.


@pytest.mark.parametrize(
    ("written", "form"),
    [("2020-07-31", "YYYY-MM-DD"), ("31 July 2020", "D Month YYYY"), ("31-Jul-20", "D-Month-YY"),
     ("31-July-20", "D-Month-YY"), ("31-July-2020", "D-Month-YYYY"), ("31/07/2020", "DD/MM/YYYY"),
     ("07/31/2020", "MM/DD/YYYY"), ("2020-07-31 00:00:00.000", "YYYY-MM-DD")],
)  # fmt: skip
def test_a_date_in_each_form(written, form):
    taken = read(text([row(event_date=written)]))
    assert (taken.form, taken.rows[0].date) == (form, "2020-07-31")


def test_the_order_of_day_and_month_is_decided_by_the_whole_column():
    dates = ["01/02/2020", "03/04/2020", "23/04/2020"]
    taken = read(text([row(event_date=date, event_id_cnty=f"L{n}", notes="") for n, date in enumerate(dates)]))
    assert [told.date for told in taken.rows] == ["2020-02-01", "2020-04-03", "2020-04-23"]


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["01/02/2020", "03/04/2020"], "t.csv:2: column 2 (event_date): '01/02/2020' may be DD/MM/YYYY or MM/DD/YYYY"),
        (["2020-07-31", "31/07/2020"], "t.csv:3: column 2 (event_date): dates in two forms in one column"),
        (["31/12/2020", "12/31/2020"], "t.csv:3: column 2 (event_date): dates in two forms in one column"),
        (["44043", "44044"], "t.csv:2: column 2 (event_date): '44043' is a date in none of the forms"),
        (["soon", "later"], "t.csv:2: column 2 (event_date): 'soon' is a date in none of the forms"),
    ],
)
def test_a_column_of_dates_that_cannot_be_decided_is_refused(dates, told):
    with pytest.raises(DataError) as fault:
        read(text([row(event_date=date, event_id_cnty=f"L{n}") for n, date in enumerate(dates)]))
    assert str(fault.value).startswith(told)


def test_the_year_proves_the_date_and_tells_the_century():
    old = row(event_date="25-Aug-97", year="1997", event_id_cnty="L2", notes="")
    taken = read(text([row(event_date="25-Aug-03", year="2003", notes=""), old]))
    assert ([told.date for told in taken.rows], taken.century) == (["2003-08-25", "1997-08-25"], (1990, 2089))
    assert read(text([row(year="2019")])).left[0].why == "'2019' is not the year of 2020-07-31"


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ("On 7 August 2020, rebels ...", "dated 2020-07-31, and its notes begin with 2020-08-07"),
        ("Looting: On 31 July 2020, rebels ...", None),
        ("Around 7 August 2020, rebels ...", None),
    ],
)
def test_a_row_that_contradicts_the_date_of_its_notes_is_told(notes, told):
    taken = read(text([row(notes=notes)]))
    assert ([odd.why for odd in taken.odd], len(taken.rows)) == ([told] if told else [], 1)


def test_swapped_days_and_months_are_named():
    taken = read(text([row(event_date="2020-04-06", notes="On 4 June 2020, rebels ...")]))
    assert taken.odd[0].why.endswith("day and month are swapped")


# Precision.


@pytest.mark.parametrize(
    ("code", "notes", "date"),
    [
        ("1", "", "2020-07-31"),
        ("2", "Rebels attacked soldiers around 31 July 2020.", "2020-07-31~"),
        ("2", "Between 29 July and 2 August 2020, rebels attacked soldiers.", "[2020-07-29..2020-08-02]"),
        ("2", "Between January and December 2020, rebels attacked soldiers.", "2020-07-31~"),
        ("3", "In July 2020, rebels attacked soldiers.", "2020-07"),
    ],
)
def test_what_the_precision_of_a_time_makes_of_a_day(code, notes, date):
    told = one(time_precision=code, notes=notes)
    assert told.date == date
    assert parse(told.date).text == told.date


@pytest.mark.parametrize(
    ("code", "precision", "near"), [("1", 1, False), ("2", 1, True), ("3", 4, False)]
)  # fmt: skip
def test_what_the_precision_of_a_place_means(code, precision, near):
    where = one(geo_precision=code).where
    assert (where.precision, where.near, where.region, where.country) == (precision, near, "Shore", "Land")


def test_a_code_that_the_map_does_not_know_is_told():
    assert str(read(text([row(time_precision="4")])).left[0]) == (
        "line 2, column 4 (time_precision): '4' is none of the codes 1, 2, 3"
    )


# Figures.


@pytest.mark.parametrize(
    ("fatalities", "notes", "figure", "is_noted"),
    [
        ("3", "Three were killed.", "3", False),
        ("0", "Rebels attacked soldiers.", None, False),
        ("0", "There were no casualties.", "0", False),
        ("0", "Nobody was hurt.", "0", False),
        ("0", "Outcome not reported and casualties unknown.", None, False),
        ("0", "The tourist, who is not named, was later killed.", None, False),
        ("0", "No soldiers were injured.", None, False),
        ("10", "Several were killed, coded as 10.", "10+", True),
        ("3", "Ten were killed, coded separately.", "3", True),
        ("3.0", "", "3", False),
    ],
)
def test_the_dead_are_those_of_all_sides_and_0_is_mostly_unknown(fatalities, notes, figure, is_noted):
    told = one(fatalities=fatalities, notes=notes)
    assert [(count.figure, count.of) for count in told.counts] == ([(figure, "everyone")] if figure else [])
    assert bool(told.notes) == is_noted


# Actors.


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Military Forces of Land (2013-2020)", ["Military Forces of Land"]),
        ("Military Forces of Land (2013-2020) Gendarmerie", ["Military Forces of Land Gendarmerie"]),
        ("Military Forces of Land (2020-)", ["Military Forces of Land"]),
        ("Civilians (Land)", ["Civilians"]),
        ("Civilians (Farland)", ["Civilians (Farland)"]),
        ("Islamic State (West Africa)", ["Islamic State (West Africa)"]),
        ("(Land)", ["(Land)"]),
    ],
)
def test_years_and_the_rows_country_are_cut(written, names):
    assert [who.name for who in one(actor1=written, actor2="").actors] == names


def test_and_or_is_two_who_are_suspected():
    told = one(actor1="Rebels of A and/or Rebels of B", actor2="")
    assert [(who.name, who.certainty) for who in told.actors] == [
        ("Rebels of A", "suspected"), ("Rebels of B", "suspected"),
    ]  # fmt: skip


def test_semicolons_part_associates_and_sources():
    told = one(assoc_actor_1="Group A; Group B", actor2="")
    assert [who.name for who in told.actors] == ["RFS: Rebels for Shore", "Group A", "Group B"]
    assert told.outlets == ("Radio A", "Daily B")


@pytest.mark.parametrize(
    ("group", "means"),
    [("Battles", ["takes-part", "takes-part"]), ("Violence against civilians", ["does", "suffers"]),
     ("Explosions/Remote violence", ["does", "suffers"]), ("Remote violence", ["does", "suffers"]),
     ("Riots", ["takes-part", "takes-part"])],
)  # fmt: skip
def test_who_did_it_is_said_only_where_the_class_says_so(group, means):
    assert [who.means for who in one(event_type=group).actors] == means


@pytest.mark.parametrize("code", ["2", "2.0", "Rebel group"])
def test_the_kind_of_an_actor_is_a_number_or_words(code):
    assert one(inter1=code).actors[0].kind == "Rebel group"


# Types.


@pytest.mark.parametrize(
    ("group", "sub", "beside", "name", "is_plain"),
    [
        ("Battle-No change of territory", "", "2", "Armed clash", False),
        ("Battle-Non-state actor overtakes territory", "", "2", "Non-state actor overtakes territory", False),
        ("Battle-Government regains territory", "", "1", "Government regains territory", False),
        ("Remote violence", "", "2", "Remote violence", True),
        ("Remote violence", "Grenade", "2", "Grenade", False),
        ("Violence against civilians", "", "2", "Attack", True),
        ("Violence against civilians", "Abduction/forced disappearance", "2", "Abduction/forced disappearance", False),
        ("Riots/Protests", "", "5", "Violent demonstration", True),
        ("Riots/Protests", "", "6", "Peaceful protest", True),
        ("Strategic development", "", "1", "Other", True),
        ("Headquarters or base established", "", "2", "Headquarters or base established", False),
        ("Non-violent transfer of territory", "", "2", "Non-violent transfer of territory", False),
    ],
)
def test_old_names_of_types_are_todays(group, sub, beside, name, is_plain):
    taken = read(text([row(event_type=group, sub_event_type=sub, inter1=beside)]))
    assert (taken.rows[0].type, taken.plain) == (name, int(is_plain))
    assert any(note.startswith("Type:") for note in taken.rows[0].notes) == is_plain


# Rows and files that cannot be read.


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"fatalities": "1,234"}, "column 29 (fatalities): '1,234' has marks between its digits: write 1234"),
        ({"fatalities": "1 234"}, "column 29 (fatalities): '1 234' has marks between its digits: write 1234"),
        ({"fatalities": "-3"}, "column 29 (fatalities): '-3' is no whole number"),
        ({"fatalities": "=SUM(A1:A3)"}, "column 29 (fatalities): '=SUM(A1:A3)' is a formula: save values"),
        ({"location": "=1+1"}, "column 22 (location): '=1+1' is a formula: save values"),
        ({"latitude": "10,5"}, "column 23 (latitude): '10,5' is no number of degrees: write a point for the comma"),
        ({"longitude": "190"}, "column 24 (longitude): '190' is beyond 180 degrees"),
        ({"event_date": "2020-02-30"}, "column 2 (event_date): '2020-02-30' is no date in the form YYYY-MM-DD"),
        ({"event_date": ""}, "column 2 (event_date): empty: no date"),
        ({"location": ""}, "column 22 (location): empty: no place"),
        ({"location": "???"}, "column 22 (location): '???' is no name: it has no letter or digit"),
        ({"event_type": "", "sub_event_type": ""}, "column 7 (sub_event_type): empty: nothing says what happened"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_with_its_line_and_column(changes, told):
    taken = read(text([row(), row(event_id_cnty="LND2", **changes)]))
    assert ([str(left) for left in taken.left], len(taken.rows), taken.read) == ([f"line 3, {told}"], 1, 2)


def test_a_row_of_too_many_or_too_few_cells_is_left_out():
    content = text([row()]) + "x," * 1_000_000 + "\n" + "LND3,2020-07-31\n"
    assert [str(left).partition(" cells")[0] for left in read(content).left] == ["line 3: 1,000,001", "line 4: 2"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.csv", b"", "t.csv:1:1: the file is empty"),
        ("t.csv", b"\n \n", "t.csv:1:1: the file is empty"),
        ("t.csv", text([]).encode(), "t.csv:1: no row stands under the names of the columns"),
        ("t.csv", text([row()]).encode("utf-16"), "t.csv:1:1: this is UTF-16, not UTF-8: save the file as UTF-8"),
        ("t.csv", text([row(location="Ménaka")]).encode("latin-1"), "t.csv:2:127: byte 0xe9 is not UTF-8"),
        ("t.csv", text([row(location="Har\0bour")]).encode(), "t.csv:2:129: character U+0000 is in no table"),
        ("t.csv", text([row()], delimiter="|").encode(), "t.csv:1:1: this table has one column: its cells seem"),
        ("t.csv", b"event_date\n2020\n", "t.csv:1:1: this table has one column: no comma, semicolon or tab"),
        ("t.csv", text([row()]).partition("\n")[2].encode(), "t.csv:1: column 2: '2020-07-31' names a column: the row"),
        ("t.csv", text([row()]).replace("event_date", "eventdate").encode(),
         "t.csv:1: no column 'event_date', which the map 'acled' reads: did you mean 'eventdate'?"),
        ("t.csv", text([row()]).replace("notes", "Actor1").encode(), "t.csv:1: columns 8 and 28 have the same name"),
        ("t.csv", text([row()]).replace('"On', '"""On').replace('killed."', "killed").encode(),
         "t.csv:2: a quotation mark opens here and is never closed"),
        ("t.csv", text([row()], end="\r").encode(), "t.csv:1:1: lines end with a bare carriage return"),
        ("t.csv", b"PK\x03\x04...", "t.csv:1:1: this is a zip archive, no table: unpack it"),
        ("t.csv", b"c," * 1_000_000 + b"\n1\n", "t.csv:1: 1,000,001 columns"),
        ("t\x1b\n.csv", b"a,b", "'t\\x1b\\n.csv': the name of this file holds what no store may: rename it"),
        ("t\udcff.csv", b"a,b", "'t\\udcff.csv': the name of this file holds what no store may: rename it"),
        ("t.pdf", b"...", "'t.pdf' has none of the endings of a table"),
        ("t.json", b"{", "t.json:1:2: this is no json"),
        ("t.json", b'{"a": 1}', "t.json:1:1: a list of objects was expected"),
        ("t.json", b"[1]", "t.json:1: an object was expected, one a row"),
        ("t.json", b"[" * 100_000, "t.json:1:1: this is nested too deep"),
        ("t.jsonl", b'{"a": 1}\n{b}\n', "t.jsonl:2:2: this is no json"),
        ("t.json", b'[{"a": 1}, {"a": 1, "b": 2, "a": 3}]', "t.json:2: 'a' stands twice in one object"),
        ("t.json", b'[{"a": {"": 1, "": 2}}]', "t.json:1: '' stands twice in one object"),
        ("t.json", b'{"data": [{"a": 1}], "data": [{"a": 2}]}', "t.json:1: 'data' stands twice in one object"),
        ("t.jsonl", b'{"a": 1}\n{"a": 1, "a": 2}\n', "t.jsonl:2: 'a' stands twice in one object"),
        ("t.json", b'[{"when": 1, "When": 2}]', "t.json:1: 'when' and 'When' are the same name of a column"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_one_clear_problem(name, content, told):
    with pytest.raises(DataError) as fault:
        read(content, name)
    assert str(fault.value).startswith(told)


# Other forms of tables, other maps.


@pytest.mark.parametrize(
    ("name", "content"),
    [("t.json", json.dumps([row()])), ("t.json", json.dumps({"status": 200, "data": [row()]}, indent=1)),
     ("t.jsonl", json.dumps(row()) + "\n"), ("t.ndjson", json.dumps({**row(), "fatalities": 3, "year": 2020}))],
)  # fmt: skip
def test_json_tells_the_same_as_csv(name, content):
    (told,) = read(content, name).rows
    assert told._replace(lines=()) == read(text([row()])).rows[0]._replace(lines=())
    assert told.lines == ((1, 1),)


def test_a_workbook_tells_the_same_by_its_own_calendar(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    for epoch in (openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH):
        book = openpyxl.Workbook()
        book.epoch = epoch
        book.active.append(NOW)
        book.active.append([date(2020, 7, 31) if c == "event_date" else row().get(c) for c in NOW])
        book.save(tmp_path / "t.xlsx")
        (told,) = read((tmp_path / "t.xlsx").read_bytes(), "t.xlsx").rows
        assert (told.date, told.lines, told.counts[0].figure) == ("2020-07-31", ((2, 2),), "3")


def cells_only(name: str, content: bytes) -> bytes:
    """A workbook of one sheet with other XML in its place."""
    openpyxl = pytest.importorskip("openpyxl")
    made, out = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SPREAD = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">{}]><worksheet>&z;</worksheet>'.format(
    "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">' for n in range(24))
)


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (SPREAD.format('<row r="1"><c r="A1"><v>1</v></c>')[:-40], "t.xlsx: this is no workbook that can be read"),
        (BOMB, "t.xlsx: this is no workbook that can be read"),
        (SPREAD.format('<row r="1"><c r="A1" t="d"><v>never</v></c></row>'), "t.xlsx: this is no workbook"),
        (SPREAD.format('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "t.xlsx:1: 16,384 columns: delete what"),
        (" " * (64 << 20), "bytes are packed into"),
    ],
    ids=["cut off", "entities", "no date", "wide", "packed"],
)
def test_a_workbook_that_is_damaged_is_told_in_one_line(sheet, told):
    with pytest.raises(DataError) as fault:
        read(cells_only(SHEET, sheet.encode()), "t.xlsx")
    assert told in str(fault.value)


def test_a_stray_cell_at_the_foot_of_a_sheet_is_looked_for_in_vain():
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>' for n in (1, 60_000))
    (only,) = read_table("t.xlsx", cells_only(SHEET, SPREAD.format(rows).encode())).rows
    assert (only.first, only.cells) == (60_000, ("x",))


def test_a_table_of_gaps_is_refused_in_time():
    """Each row has a column of its own: the cells are the square of the rows."""
    content = "".join(f'{{"a{n}": 1}}\n' for n in range(8_000)).encode()
    with pytest.raises(DataError, match=r"8,000 rows of [0-9,]+ columns, and hardly a cell of them is filled"):
        read_table("t.jsonl", content)
    with pytest.raises(DataError, match=r"t.json:1: 10,001 columns; a table has 10,000 at most"):
        read_table("t.json", json.dumps([{f"a{n}": n for n in range(10_001)}]).encode())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.jsonl", '{"a": "x"}\n{"a": "\\ud800"}', "t.jsonl:2: column 'a': \\ud800 is half of a character"),
        ("t.json", '[{"a": {"b": "\\uDFFF"}}]', "t.json:1: column 'a': \\udfff is half of a character"),
        ("t.jsonl", '{"a\\udc00": 1}', "t.jsonl:1: column 'a\\udc00': \\udc00 is half of a character"),
    ],
)
def test_half_a_character_is_told_with_its_line(name, content, told):
    with pytest.raises(DataError) as fault:
        read_table(name, content.encode())
    assert str(fault.value).startswith(told)


def test_a_character_of_two_halves_is_one():
    assert read_table("t.jsonl", b'{"a": "\\ud83d\\ude00"}').rows[0].cells == ("\U0001f600",)


def test_a_cell_over_several_lines_is_one_row_and_its_lines_are_known():
    taken = read(text([row(notes="One line.\nAnother, with\na third."), row(event_id_cnty="LND2")]))
    assert [told.lines for told in taken.rows] == [((2, 4),), ((5, 5),)]
    assert taken.rows[0].summary == "One line. Another, with a third."


GED = columns(
    "id year type_of_violence conflict_new_id side_a side_b source_article where_prec where_coordinates adm_1 adm_2"
    " latitude longitude country date_prec date_start date_end best high low"
)
BATTLE = {
    "id": "101", "year": "2012", "type_of_violence": "1", "side_a": "Government of Land", "side_b": "Rebels",
    "where_prec": "1", "where_coordinates": "Harbour town", "adm_1": "Shore region", "latitude": "10.5",
    "longitude": "1.25", "country": "Land", "date_prec": "1", "date_start": "2012-02-17 00:00:00.000",
    "date_end": "2012-02-17 00:00:00.000", "best": "5", "high": "7", "low": "5",
}  # fmt: skip


def ged(**changes: str):
    rule = find_map("ucdp-ged")
    (told,) = read(text([{**BATTLE, **changes}], GED), "ged.csv", rule).rows
    return told


@pytest.mark.parametrize(
    ("prec", "start", "end", "date"),
    [("1", "2012-02-17", "2012-02-17", "2012-02-17"), ("1", "2012-02-17", "2012-02-19", "2012-02-17/2012-02-19"),
     ("2", "2012-02-17", "2012-02-19", "[2012-02-17..2012-02-19]"), ("4", "2012-02-01", "2012-02-29", "2012-02"),
     ("5", "2012-01-01", "2012-12-31", "2012")],
)  # fmt: skip
def test_when_ucdp_says_it_was(prec, start, end, date):
    assert ged(date_prec=prec, date_start=start, date_end=end).date == date


@pytest.mark.parametrize(
    ("violence", "name", "means"),
    [("1", "Armed clash", ["takes-part"] * 2), ("2", "Armed clash", ["takes-part"] * 2),
     ("3", "Attack", ["does", "suffers"])],
)  # fmt: skip
def test_what_ucdp_says_it_was(violence, name, means):
    told = ged(type_of_violence=violence)
    assert (told.type, [who.means for who in told.actors]) == (name, means)


def test_how_many_and_where_ucdp_says():
    assert [(count.figure, count.of) for count in ged().counts] == [("5/5/7", "everyone")]
    assert [count.figure for count in ged(high="5").counts] == ["5"]
    assert ged(best="0", low="0", high="0").counts == ()
    where = ged(where_prec="2").where
    assert (where.name, where.near, where.precision, where.region) == ("Harbour", True, 1, "Shore region")


def test_ucdp_may_come_without_names_of_columns():
    rule = find_map("ucdp-ged")
    (head,) = rule.heads
    (told,) = read(text([BATTLE], list(head)).partition("\n")[2], "ged.csv", rule).rows
    assert (told.date, told.lines) == ("2012-02-17", ((1, 1),))


def gdelt_rows(wide: int) -> str:
    """A row of GDELT's, without names of columns."""
    (head,) = [head for head in find_map("gdelt").heads if len(head) == wide]
    values = {
        "GLOBALEVENTID": "410412347", "SQLDATE": "20150218", "Year": "2015", "Actor1Name": "REBEL",
        "Actor2Name": "MILITARY", "EventCode": "190", "EventRootCode": "19", "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Harbour, Shore, Land", "ActionGeo_Lat": "10.5", "ActionGeo_Long": "1.25",
    }  # fmt: skip
    return "\t".join(values.get(column, "") for column in head) + "\n"


@pytest.mark.parametrize("wide", [61, 58, 57])
def test_gdelt_comes_without_names_of_columns(wide):
    taken = read(gdelt_rows(wide), "20150218.export.CSV", find_map("gdelt"))
    (told,) = taken.rows
    assert (taken.vintage, told.id) == ("2.0" if wide == 61 else "1.0", "410412347")
    assert (told.date, told.type, told.where.name, told.lines) == (
        "2015-02-18", "Armed clash", "Harbour, Shore, Land", ((1, 1),),
    )  # fmt: skip


OWN = """\
about: Power cuts
date: {column: when, forms: [DD.MM.YYYY]}
type: {column: what}
place: {column: where}
title: "{what} in {where}"
summary: "{what} in {where}: {homes} homes."
tolls: {kind: homes, column: homes}
"""


def test_a_map_of_ones_own_without_a_column_that_identifies_a_row():
    rule = read_map(OWN.encode(), "cuts", "cuts.yaml")
    first, second = read("when;what;where;homes\n01.02.2020;Cut;Mill;30\n01.02.2020;Cut;Mill;31\n", rule=rule).rows
    assert (first.date, first.titles, first.summary) == ("2020-02-01", ("Cut in Mill",), "Cut in Mill: 30 homes.")
    assert first.id != second.id


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("about", "abuot"), "cuts.yaml:1:1: unknown field 'abuot': did you mean 'about'?"),
        (("DD.MM.YYYY", "DD:MM"), "cuts.yaml:2:30: 'DD:MM' is none of what 'forms' takes"),
        (("{column: what}", "{colum: what}"), "cuts.yaml:3:8: unknown field 'colum': did you mean 'column'?"),
        (("{column: what}", "{}"), "cuts.yaml:3:7: this needs 'column'"),
        (("place: {", "places: {"), "cuts.yaml:4:1: unknown field 'places': did you mean 'place'?"),
        (("{column: what}", "what"), "cuts.yaml:3:7: 'type' is a map of fields"),
        (("place: {column: where}\n", ""), "cuts.yaml:1:1: this needs 'place'"),
        (("about: ", "about: ["), "cuts.yaml:"),
        (("{column: what}", "{column: []}"), "cuts.yaml:3:16: 'column' names one column at least"),
        (("column: homes", 'column: ["", b]'), "cuts.yaml:7:30: 'column' names one column at least"),
        (("about: Power cuts", "heads: {a: b}"), "cuts.yaml:1:8: 'heads' is a text or a list of texts"),
        (("about: Power cuts", "heads: [[a, b], [c, d]]"), "cuts.yaml:1:9: 'heads' is a text or a list of texts"),
        (("[DD.MM.YYYY]", "DD/MM/YY, since: 99999"), "cuts.yaml:2:7: '99999' is no year"),
        (("column: homes", "column: homes, zero: never"), "cuts.yaml:7:43: 'never' is no zero: one of: none, unknown,"),
        (("about: Power cuts", "url: notaurl"), "cuts.yaml:1:6: 'notaurl' is no address of the web"),
    ],
)
def test_a_map_that_is_wrong_is_told_with_its_place(change, told):
    with pytest.raises(DataError) as fault:
        read_map(OWN.replace(*change).encode(), "cuts", "cuts.yaml")
    assert str(fault.value).startswith(told)


@pytest.mark.parametrize(
    ("written", "heads"),
    [("a,b", [("a", "b")]), ("['a, b', 'a,b,c']", [("a", "b"), ("a", "b", "c")]), ("[]", [])],
)
def test_heads_are_a_text_or_a_list_of_them(written, heads):
    assert list(read_map(f"heads: {written}\n{OWN}".encode(), "cuts", "cuts.yaml").heads) == heads


@pytest.mark.parametrize(
    ("texts", "longest", "title"),
    [
        (("Clash in Harbour",), 16, "Clash in Harbour"),
        (("Clash in Harbour: Front - Army", "Clash in Harbour"), 20, "Clash in Harbour"),
        (("Clash in Harbour",), 15, "Clash in ..."),
        (("Clash in Harbour",), 10, "Clash ..."),
        (("Clash - in Harbour",), 12, "Clash ..."),  # no mark is left at the end
        # Where no blank stands in the second half the cut is between two letters.
        (("冲" * 120,), 90, "冲" * 86 + " ..."),
        (("A " + "b" * 120,), 20, "A " + "b" * 14 + " ..."),
        (("Clash",), 4, " ..."),
        (("Clash",), 2, " ."),
    ],
)
def test_a_title_is_as_long_as_a_store_lets_it_be(texts, longest, title):
    assert fitted(texts, longest) == title


CUTS = "when;what;where;homes\n01.02.2020;Cut;Mill;30\n"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ([("column: homes", "column: hommes")], "'hommes', which the map 'cuts' reads: did you mean 'homes'?"),
        ([("{what} in", "{wat} in")], "'wat', which the map 'cuts' reads: did you mean 'what'?"),
        ([("about: Power cuts", "id: nope")], "'nope', which the map 'cuts' reads"),
        ([("column: where}", "column: where, region: land}")], "'land', which the map 'cuts' reads"),
        ([("column: homes", "column: hommes"), ("{what} in", "{wat} in")],
         "'hommes', which the map 'cuts' reads: did you mean 'homes'?; and no 'wat': did you mean 'what'?"),
        ([("column: homes", "column: hommes"), ("{homes}", "{hommes}")],
         "'hommes', which the map 'cuts' reads: did you mean 'homes'?"),
    ],
)  # fmt: skip
def test_a_column_that_the_table_has_not_is_told_once(changes, missing):
    own = OWN
    for change in changes:
        own = own.replace(*change)
    with pytest.raises(DataError) as fault:
        read(CUTS, rule=read_map(own.encode(), "cuts", "cuts.yaml"))
    assert str(fault.value) == f"t.csv:1: no column {missing} (it has when, what, where and homes)"


def test_a_column_may_be_called_optional():
    own = OWN.replace("column: homes", "column: hommes") + "optional: [hommes]\n"
    (told,) = read(CUTS, rule=read_map(own.encode(), "cuts", "cuts.yaml")).rows
    assert told.counts == ()


def test_the_dead_of_a_built_in_map_are_not_lost_with_their_column():
    with pytest.raises(DataError, match=r"^t\.csv:1: no column 'fatalities', which the map 'acled' reads"):
        read(text([row()]).replace("fatalities", "deaths"))


def test_every_key_of_a_map_is_documented(monkeypatch):
    asked = set()
    get = mapfiles._Fields.get
    monkeypatch.setattr(mapfiles._Fields, "get", lambda fields, name: asked.add(name) or get(fields, name))
    for name in BUILT_IN_MAPS:
        asked -= read_map(mapfiles.built_in(name), name, name).vintages.keys()
    table = (ROOT / "docs/import.md").read_text("utf-8").partition("\n| key |")[2].partition("\n\n")[0]
    assert len(asked) > 35
    assert [name for name in sorted(asked) if not re.search(rf"[`{{ ,]{name}[`:]", table)] == []
    assert [form for form in FORMS if f"`{form}`" not in table] == []
    assert [means for means in MEANINGS if f"`{means}`" not in table] == []


def test_a_map_that_is_not_there():
    with pytest.raises(UsageError, match="there is no map 'acle': did you mean 'acled'"):
        find_map("acle")


def test_the_built_in_maps_are_the_files_there_are():
    folder = ROOT / "mali_chrono" / "intake" / "maps"
    assert list(BUILT_IN_MAPS) == sorted(path.stem for path in folder.iterdir())
    assert all(find_map(name).name == name for name in BUILT_IN_MAPS)


@pytest.fixture
def with_maps(tmp_path):
    """A store with maps of its own, one of them by the name of one of chrono's, and files beside it."""
    maps = tmp_path / "store" / "data" / "maps"
    maps.mkdir(parents=True)
    for file in (maps / "cuts.yaml", maps / "acled.yaml", tmp_path / "store" / "near.yaml", tmp_path / "far.yaml"):
        file.write_text(OWN, "utf-8")
    return tmp_path / "store"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("cuts", "the store's"),
        ("acled", "the store's"),  # before chrono's
        ("gdelt", "chrono's"),
        # What leads anywhere else is no name.
        ("far", None),
        ("near.yaml", None),
        ("../../near", None),
        ("../../../far", None),
        ("../../../far.yaml", None),
        ("..\\..\\near", None),
        ("cuts.yaml", None),
        ("./cuts", None),
        ("", None),
    ],
)
def test_a_name_is_looked_up_in_the_store_and_among_chronos_own_alone(with_maps, monkeypatch, name, found):
    monkeypatch.chdir(with_maps)
    rule = named_map(name, with_maps)
    assert (rule and ("the store's" if rule.text == OWN else "chrono's")) == found


@pytest.mark.parametrize(
    ("file", "name"),
    [("cuts.yaml", "cuts"), ("My Cuts.yml", "my-cuts"), ("Étés_2.yaml", "etes-2"), ("2024.yaml", "2024"),
     ("\u043a\u0430\u0440\u0442\u0430.yaml", "map-7566"), ("___.yaml", "map-bda2")],
)  # fmt: skip
def test_a_map_of_a_file_is_called_by_a_slug(tmp_path, with_maps, file, name):
    """And it is found again in a store by that, or by the name of the file."""
    (tmp_path / file).write_text(OWN, "utf-8")
    assert find_map(str(tmp_path / file)).name == name
    (with_maps / f"data/maps/{name}.yaml").write_text(OWN, "utf-8")
    assert find_map(name, with_maps).text == OWN
    assert find_map(file.rpartition(".")[0], with_maps).text == OWN


# Types.

# The types of a store: id, names, category, what ACLED calls it.
KINDS = (
    Kind("attack", ("attack", "Attack"), "violence", "Mob violence"),
    Kind("raid", ("raid", "Raid", "Razzia"), "battles", "Attack"),
    Kind("clash", ("clash", "Clash"), "battles", "Armed clash"),
    Kind("ambush", ("ambush", "Ambush"), "battles", "Armed clash"),
    Kind("poll", ("poll", "Poll"), "reporting", "none"),
)


@pytest.mark.parametrize(
    ("name", "group", "acled", "told"),
    [
        ("razzia", "", False, ("raid", "battles")),
        ("Attack", "", True, ("attack", "violence")),  # a name counts before what ACLED calls another
        ("Armed clash", "", True, ("clash", "battles")),  # of two the first
        ("ARMED CLASH", "", True, ("clash", "battles")),
        ("Armed clash", "", False, ("", "")),
        ("none", "", True, ("", "")),  # what ACLED does not code is no code
        ("Flood", "Disasters", True, ("", "nature")),
        ("Flood", "", True, ("", "hardship")),
        ("Raid", "Disasters", True, ("raid", "battles")),
    ],
)
def test_a_row_has_a_type_and_a_category_of_the_store(name, group, acled, told):
    rule = Types(("type",), categories={"Disasters": "nature", "Flood": "hardship"}, acled=acled)
    assert row_types(KINDS).read(name, group, rule) == told


# Laws.

ONLY_WORDS = [form for form in FORMS if not form.startswith("serial")]


@given(st.integers(ordinal(1990, 1, 1), ordinal(2089, 12, 31)), st.sampled_from(ONLY_WORDS))
def test_a_day_is_read_as_it_is_written(day, form):
    when = date.fromordinal(day)
    written = form.replace("YYYY", f"{when:%Y}").replace("YY", f"{when:%y}").replace("MM", f"{when:%m}")
    written = written.replace("DD", f"{when:%d}").replace("Month", "~").replace("D", str(when.day))
    assert read_day(form, written.replace("~", f"{when:%B}"), 1990) == day
    assert read_day(form, written.replace("~", f"{when:%b}"), 1990) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("43831", "2020-01-01"),
        ("43831.0", "2020-01-01"),  # as pandas writes a column with gaps
        ("43831.000", "2020-01-01"),
        ("43831.5", None),  # a time of day
        ("43831.", None),
        ("0.0", None),
        ("٤٣٨٣١", None),
    ],
)
def test_a_number_of_a_day_is_whole(written, day):
    found = read_day("serial-1900", written)
    assert (found and iso_day(found)) == day


@pytest.mark.parametrize(("form", "day"), [("serial-1900", "2020-07-31"), ("serial-1904", "2024-08-01")])
def test_a_spreadsheets_number_of_a_day_hangs_on_its_calendar(form, day):
    assert iso_day(read_day(form, "44043") or 0) == day


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b",,\n")
def test_whatever_the_bytes_are_a_table_is_read_or_refused(content):
    with contextlib.suppress(DataError):
        read(content)


@given(st.text(max_size=200))
def test_whatever_a_cell_holds_its_row_is_read_or_left_out(cell):
    for column in ("event_date", "fatalities", "location", "actor1", "notes"):
        try:
            taken = read(text([row(), row(event_id_cnty="LND2", **{column: cell.replace("\0", "")})]))
        except DataError:
            continue
        assert len(taken.rows) + len(taken.left) == taken.read


# A store's own maps: what `check` says of them.
MAPS = {
    "right.yaml": (OWN, ""),
    "lost.yaml": (
        OWN.replace("place: ", "places: "),
        "4:1: error: unknown field 'places': did you mean 'place'? [bad-map]",
    ),
    "empty.yaml": ("", "1:1: error: a map of columns was expected: name: value, one a line [bad-map]"),
    "torn.yaml": ("a: [\n", "1:5: error: not readable as YAML: did not find expected node content [syntax]"),
    "twice.yaml": (f"about: x\n{OWN}", "2:1: error: "),
    ".kept.yaml": ("nobody reads this", ""),
}


@pytest.fixture
def mapped(good):
    folder = good / "data" / "maps"
    folder.mkdir()
    for name, (written, _) in MAPS.items():
        (folder / name).write_text(written, "utf-8")
    return good


def test_check_tells_of_maps_that_are_wrong(chrono, mapped):
    ended = chrono("check", "--store", str(mapped))
    heads = [line for line in ended.out.splitlines() if line.startswith("data/")]
    expected = sorted(f"data/maps/{name}:{told}" for name, (_, told) in MAPS.items() if told)
    assert (ended.code, len(heads)) == (1, len(expected))
    assert [head.startswith(begun) for head, begun in zip(sorted(heads), expected, strict=True)] == [True] * 4


# What hides a whole file, here torn.yaml, is told whatever is chosen; what reading finds, whatever rule is selected.
@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("data/maps/lost.yaml",), 2),
        (("data/maps/right.yaml",), 1),
        (("--select", "bad-map"), 4),
        (("--ignore", "bad-map"), 2),
    ],
)
def test_of_maps_too_files_and_rules_are_chosen(chrono, mapped, words, count):
    ended = chrono("check", *words, "--store", str(mapped), "-f", "json")
    assert len(json.loads(ended.out)["problems"]) == count


def test_a_wrong_map_stops_no_answer(chrono, mapped):
    assert chrono("timeline", "--count", "--store", str(mapped)) == (0, "2\n", "")
