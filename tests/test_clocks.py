"""Times of day in the proof: how they are printed, which one proves a date's, and that they are no figures."""

import hashlib
import re
import shutil
from itertools import pairwise

import pytest
from conftest import ROOT, first_of_each
from hypothesis import given
from hypothesis import strategies as st

from mali_chrono.dates.clock import read_clock
from mali_chrono.evidence import clocks, mapped
from mali_chrono.figures import numerals

# What a line prints, times that it proves, and some that it does not.
PRINTED = [
    ("at 9:40 pm, 2 ships", "21:40:00 21:40:00Z 21:40:00+05:30", "09:40:00 05:15:00 21:04:00 21:40:30"),
    ("at 9.40 p.m. it began", "21:40:00", "09:40:00"),
    ("at 9:40 p. m. it began", "21:40:00", "09:40:00"),
    ("at 9 p.m. it began", "21:00:00", "09:00:00 21:40:00"),
    ("at 9PM.", "21:00:00", "09:00:00"),
    ("at nine p.m. it began", "21:00:00", "09:00:00"),
    ("at 12:30 am", "00:30:00", "12:30:00"),
    ("at 12:30 pm", "12:30:00", "00:30:00"),
    ("at 09:58 it began", "09:58:00 09:58:00Z", "21:58:00 09:57:00"),
    ("at 9:58 it began", "09:58:00 21:58:00", "08:58:00 21:57:00"),
    ("at 9:58 that evening", "21:58:00", "09:58:00"),
    ("at 9.58 in the morning", "09:58:00", "21:58:00"),
    ("at about 9 in the morning", "09:00:00", "21:00:00"),
    ("at 0958 UTC", "09:58:00Z 09:58:00 05:58:00-04:00", "09:58:00+01:00 21:58:00Z"),
    ("at 0958Z", "09:58:00Z", "09:58:00-01:00"),
    ("at 9:58 GMT", "09:58:00Z", "21:58:00Z"),
    ("at 10:02 UTC+1", "09:02:00Z 10:02:00+01:00 10:02:00", "10:02:00Z"),
    ("at 0400 hours", "04:00:00", "16:00:00"),
    ("at 1500 hrs", "15:00:00", "03:00:00"),
    ("vers 21h40", "21:40:00", "09:40:00"),
    ("vers 9 h 40", "09:40:00", "21:40:00"),
    ("um 19.15 Uhr", "19:15:00", "07:15:00"),
    ("um 19 Uhr", "19:00:00", "07:00:00"),
    ("at nine o'clock", "09:00:00 21:00:00", "10:00:00"),
    ("at half past nine in the evening", "21:30:00", "09:30:00 21:00:00"),
    ("at a quarter to ten p.m.", "21:45:00", "22:00:00 22:15:00"),
    ("at noon", "12:00:00", "00:00:00"),
    ("at midnight", "00:00:00 24:00:00", "12:00:00"),
    ("at 24:00", "00:00:00 24:00:00", "12:00:00"),
    ("from 2 to 4 a.m.", "02:00:00 04:00:00", "16:00:00 03:00:00"),
    ("between 2:30 and 4 a.m.", "02:30:00 04:00:00", "16:00:00"),
    ("from 09:58 to 10:31 UTC", "09:58:00Z 10:31:00Z", "10:31:00-04:00"),
    ("2015-03-07T08:30:00Z", "08:30:00Z 09:30:00+01:00", "08:31:00Z"),
    ("2015-03-07T08:46:00-04:00", "12:46:00Z 08:46:00-04:00", "08:46:00Z"),
    ("2015-03-07 09:00:15.250", "09:00:15 09:00:00", "09:00:25"),
    # both are one instant, so the one tells the zone of the other
    ("At 11:02 in Bonn (10:02 UTC)", "11:02:00+01:00 10:02:00Z 05:02:00-05:00 11:02:00", "11:02:00Z 10:02:00+01:00"),
    ("At 10:02 UTC (11:02 in Frankfurt)", "11:02:00+01:00 10:02:00Z", "11:02:00Z"),
    ("At 15:54 Pacific time on 21 October 2018 (22:54 UTC)", "15:54:00-07:00 22:54:00Z", "15:54:00Z"),
    ("At 05:20 in New York (from 10:02 on)", "05:20:00-05:00", "05:21:00-05:00"),
]  # fmt: skip
NONE = (
    "the G5 sent 1,200 men", "1958 soldiers", "9.58 million", "a ratio of 3:10:11:12", "$9:40",
    "after 1200 hours of talk", "30:10 was the score", "9:75", "AK-47", "I am 9", "a 4 amp fuse", "18:5",
)  # fmt: skip


def is_proved(line, time):
    return any(clocks.proves(each, read_clock(time)) for each in clocks.read(line))


@pytest.mark.parametrize(("line", "proved", "others"), PRINTED, ids=[line for line, *_ in PRINTED])
def test_a_line_prints_a_time_and_no_other(line, proved, others):
    assert [time for time in proved.split() if not is_proved(line, time)] == []
    assert [time for time in others.split() if is_proved(line, time)] == []


@pytest.mark.parametrize("line", NONE)
def test_what_is_no_time(line):
    assert clocks.read(line) == []


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([0, 3600, -14400, 19800]))
def test_the_same_instant_is_printed_in_every_form(hour, minute, offset):
    sign, (hours, rest) = "-" if offset < 0 else "+", divmod(abs(offset) // 60, 60)
    time = f"{hour:02}:{minute:02}:00{sign}{hours:02}:{rest:02}"
    there = (hour * 60 + minute - offset // 60) % 1440
    half, short = "ap"[hour // 12], hour % 12 or 12
    for line in (
        f"{there // 60:02}:{there % 60:02} UTC", f"{there // 60:02}{there % 60:02} GMT", f"{short}:{minute:02} {half}m",
        f"{short}.{minute:02}{half}.m.", f"{hour:02}:{minute:02}", time, f"{hour}h{minute:02}",
    ):  # fmt: skip
        assert is_proved(f"It began at {line}, they say.", time), line
        other = f"{(hour + 12) % 24:02}:{minute:02}:00{time[8:]}"
        is_open = line == f"{hour:02}:{minute:02}" and 10 <= hour <= 12
        assert is_proved(f"It began at {line}, they say.", other) == is_open, line


@given(st.text(st.sampled_from("0123456789:.hapmUTCZ +-()no'clk"), max_size=40))
def test_times_stand_in_order_and_none_reaches_into_another(text):
    found = clocks.read(text)
    assert all(one.stop <= other.start for one, other in pairwise(found))
    assert all(one.start < one.stop and one.readings for one in found)
    assert all(0 <= time.seconds < 86400 for one in found for time in one.readings)


@given(st.lists(st.sampled_from(["84", "at 9:40 pm", "1,200", "0958 UTC", "ten", "at nine o'clock", "in"]), max_size=8))
def test_numbers_are_those_outside_times(words):
    text = ", ".join(words)
    told = [number.value for number in clocks.numbers(text, clocks.read(text))]
    assert told == [number.value for word in words if not clocks.read(word) for number in numerals.read(word)]


def test_cells_of_four_digits_may_be_times():
    cells = list(clocks.bare("6876 | 0958 | 2400 | 1530"))
    assert [(cell.words, clocks.proves(cell, read_clock("09:58:00"))) for cell in cells] == [
        ("0958", True),
        ("1530", False),
    ]
    assert "6876 | 0958 | 2400 | 1530"[cells[1].start : cells[1].stop] == "1530"


# In the proof

LINE = "On 3 May 1913, at 9:40 pm, 2 ships sank near Town.\n"


@pytest.fixture
def told(good, chrono):
    """What `verify` finds of one event about one line: rules and the report."""

    def told(date, line=LINE, figure="2", summary="It happened.", more=""):
        (good / "data/events.yaml").write_text(
            f"- id: {date[:10]}-e\n  date: {date}\n  title: It happened\n  type: armed-clash\n  places: [town]\n"
            "  actors: [{actor: front, role: perpetrator}, {actor: army, role: target}]\n"
            f"  tolls: [{{killed: {figure}}}]\n{more}  cites: [book:1]\n  summary: {summary}\n"
        )
        (good / "data/periods.yaml").unlink(missing_ok=True)
        (good / "data/actors.yaml").write_text(
            "- {id: army, name: Land Army, kind: state-forces}\n- {id: front, name: The Front, kind: rebel-group}\n"
        )
        book = good / "seeds/book.yaml"
        text = re.sub("(?<=sha256: ).*", hashlib.sha256(line.encode()).hexdigest(), book.read_text())
        book.write_text(re.sub("(?<=lines: )[0-9]+(?=\n[a-z])", "1", text))
        (good / "documents").mkdir(exist_ok=True)
        (good / "documents/book.txt").write_text(line)
        ended = chrono("verify", str(good / "documents"), "--store", str(good), "-v")
        return re.findall(r"\[([a-z-]+)\]$", ended.out, re.MULTILINE), ended.out

    return told


def test_a_time_that_is_printed_proves_and_is_told(told):
    found, out = told("1913-05-03T21:40:00")
    assert found == []
    assert "1913-05-03T21:40:00 <- book:1: 3 May 1913; book:1: 9:40 pm\n" in out


def test_a_time_that_the_document_contradicts_fails(told):
    found, out = told("1913-05-03T05:15:00")
    assert found == ["time-not-printed"]
    assert "1913-05-03-e: the time of 1913-05-03T05:15:00 is not printed on book:1 [time-not-printed]" in out
    assert "= printed there: 9:40 pm\n" in out
    assert "= no time of day is printed there\n" in told("1913-05-03T05:15:00", "On 3 May 1913 2 ships sank.\n")[1]


def test_a_day_that_is_not_printed_fails_as_such(told):
    assert told("1913-05-02T21:40:00")[0] == ["date-not-printed", "date-open"]


def test_a_day_without_a_time_asks_for_none(told):
    assert told("1913-05-03")[0] == []


def test_a_reckoned_time_says_so(told):
    found, out = told("1913-05-03T05:15:00", more='  note: "Reckoned: by the tide."\n')
    assert found == []
    assert "reckoned: 1913-05-03-e: 1913-05-03T05:15:00 <- -" in out


@pytest.mark.parametrize("figure", ["40", "9", "21"])
def test_the_digits_of_a_time_prove_no_figure(told, figure):
    found, out = told("1913-05-03", figure=figure)
    assert found == ["figure-not-printed"]
    assert "= printed there: 2\n" in out


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("It sank at 9:40 pm.", []),
        ("It sank at 21:40.", []),
        ("It sank at 9:41 pm.", ["figure-not-printed"]),
        ("It sank at about 10 in the evening.", ["figure-not-printed"]),
        ("It sank at night, before midnight.", []),
    ],
)
def test_a_time_in_a_summary_is_printed_as_a_time(told, summary, found):
    assert told("1913-05-03", summary=summary)[0] == found


def test_the_digits_of_a_time_in_a_mapped_row_are_no_figures():
    class Row:
        counts, titles, summary = (), ("",), ""

    assert list(mapped.numbers("6876 | 09:58 | killing 31 at 10:15 pm", Row)) == [31]


@pytest.mark.parametrize(
    "folder",
    first_of_each(["tests/cases/stores/outage", "tests/cases/stores/calendars", "mali_chrono/examples/outage"], 3),
)
def test_no_other_minute_of_a_store_is_proved(chrono, tmp_path, folder):
    """Each time of day put off by an hour, and by a minute, is found; as it is there is no fault."""
    store = shutil.copytree(ROOT / folder, tmp_path / "store")
    events = store / "data/events.yaml"
    asked = ("verify", f"{store}/documents", "--store", str(store))
    whole = events.read_text("utf-8")
    assert chrono(*asked).code == 0
    times = re.findall(r"^  date: \d{4}-\d\d-\d\dT(\d\d):(\d\d)", whole, re.MULTILINE)
    assert times
    for hour, minute in times:
        for other in (f"T{(int(hour) + 1) % 24:02}:{minute}", f"T{hour}:{(int(minute) + 1) % 60:02}"):
            events.write_text(whole.replace(f"T{hour}:{minute}", other, 1), "utf-8")
            ended = chrono(*asked, "--ignore", "unused-ignore")
            reckoned = "22:52:30" in whole and (hour, minute) == ("22", "52")
            assert ("[time-not-printed]" in ended.out) != reckoned, (hour, minute, other)
