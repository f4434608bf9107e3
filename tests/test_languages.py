"""Dates in the language of the store: Babel's names and patterns, and signs for what it has no words for."""

import json
import shutil
import sys

import pytest
from conftest import CASES

from mali_chrono.dates.edtf import parse
from mali_chrono.dates.spoken import is_english, read, speak, written
from mali_chrono.dates.tonguephrases import table_of
from mali_chrono.dates.tongues import NoTongueError, find_tongue
from mali_chrono.dates.units import name, number
from mali_chrono.dates.words import describe, spelt_out
from mali_chrono.evidence import phrases
from mali_chrono.evidence.markup import normalise

pytest.importorskip("babel")

FRENCH = [
    ("2024-07-25", "25 juil. 2024"),
    ("2021-08", "août 2021"),
    ("2012", "2012"),
    ("2024-07-25/2024-07-27", "25–27 juil. 2024"),
    ("2024-07-28/2024-08-03", "28 juil. – 3 août 2024"),
    ("2023-12-28/2024-01-03", "28 déc. 2023 – 3 janv. 2024"),
    ("2017-03/2017-08", "mars–août 2017"),
    ("2015/2017-03", "2015 – mars 2017"),
    ("2012/..", "2012–"),
    ("../2012", "–2012"),
    ("1312~", "~1312"),
    ("1984%", "~1984?"),
    ("[2021-08-17..2021-08-21]", "[17–21 août 2021]"),
    ("[..2022-08]", "[–août 2022]"),
    ("[1667,1760-12]", "1667 ou déc. 1760"),
    ("{1960,1961-12,1970}", "1960, déc. 1961 et 1970"),
    ("2018-40", "[janv.–juin 2018]"),
    ("2010-24", "[déc. 2010 – févr. 2011]"),
    ("2020-34", "T2 2020"),
    ("168X", "[1680–1689]"),
    ("1950S2", "[1900–1999]"),
    ("-9999", "10000 av. J.-C."),
    ("0900", "900 ap. J.-C."),
    ("1X60", "1X60"),
    ("2001-09-11T08:46:00-04:00", "11 sept. 2001 08:46 UTC-4"),
]
OTHERS = {
    "de": ("25. Juli 2024", "25.–27. Juli 2024", "1667 oder Dez. 1760"),
    "pt-BR": ("25 de jul. de 2024", "25 – 27 de jul. de 2024", "1667 ou dez. de 1760"),
    "ja": ("2024年7月25日", "2024年7月25日～27日", "1667年または1760年12月"),
    "bm": ("25 zul 2024", "2024 zul 25–27", "1667 or des 1760"),
}


@pytest.fixture
def tongue():
    """Speak a language for a test."""
    yield lambda language: speak(read(written(find_tongue(language))))
    speak(None)


@pytest.mark.parametrize(("text", "words"), FRENCH)
def test_a_date_in_french(tongue, text, words):
    tongue("fr")
    assert describe(parse(text)) == words


@pytest.mark.parametrize("language", OTHERS)
def test_a_date_in_other_languages(tongue, language):
    tongue(language)
    texts = ("2024-07-25", "2024-07-25/2024-07-27", "[1667,1760-12]")
    assert tuple(describe(parse(text)) for text in texts) == OTHERS[language]


def test_months_in_full_and_units(tongue):
    day = parse("2024-07-25").earliest
    tongue("fr")
    assert spelt_out("25–27 juil. 2024") == "25–27 juillet 2024"
    named = [name(unit, number(unit, day)) for unit in ("year", "quarter", "month", "decade", "century")]
    assert named == ["2024", "T3 2024", "juil. 2024", "2020–2029", "2000–2099"]


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("fr", "le 14 juillet 1789", ["1789-07-14"]),
        ("fr", "Le 1er août 2020 et le 3 sept. 2020", ["2020-08-01", "2020-09-03"]),
        ("fr", "du 25-27 juillet 2024, puis en août 2024", ["2024-07-25/2024-07-27", "2024-08"]),
        ("fr", "le 3 mai, en 2012", ["2012-05-03", "2012"]),
        ("fr", "les mars 4 et 25 soldats en 2012", ["2012"]),
        ("fr", "le 31 juin 2012", []),
        ("fr", "on 7 March 2015", ["2015-03-07"]),
        ("de", "am 3. Oktober 1990", ["1990-10-03"]),
        ("de", "im März 1990", ["1990-03"]),
        ("pt-BR", "em 25 de abril de 1974", ["1974-04-25"]),
        ("ja", "1990年", []),
        ("fa", "۷ مارس ۲۰۱۵", ["2015-03-07"]),
        ("ar", "في ٧ مارس ٢٠١٥", ["2015-03-07"]),
        ("hi", "७ मार्च २०१५", ["2015-03-07"]),
        ("de", "am 15. März 44 v. Chr. und 44 v.Chr.", ["-0043-03-15", "-0043"]),
        ("de", "am 13.-15. März 44 v. Chr.", ["-0043-03-13/-0043-03-15"]),
        ("fr", "le 15 mars 44 av. J.-C., en mars 44 avant Jésus-Christ", ["-0043-03-15", "-0043-03"]),
        ("es", "el 15 de marzo de 44 a. C.", ["-0043-03-15"]),
        ("it", "il 15 marzo 44 a.C.", ["-0043-03-15"]),
        ("ja", "紀元前44年3月15日", ["-0043-03-15"]),
        ("fr", "le 29 février 1900", ["1900-03-13"]),
    ],
)
def test_its_months_are_read_in_documents(language, text, dates):
    found = [expression.meanings[0] for expression in phrases.read(normalise(text), table=table_of(language))]
    ends = [(date.ranges[0][0], date.ranges[-1][1]) for date in map(parse, dates)]
    assert [(m.first, m.last) for m in found] == [((a.first, a.last), (b.first, b.last)) for a, b in ends]


def test_without_the_language_they_are_not():
    assert [expression.words for expression in phrases.read("le 14 juillet 1789")] == ["1789"]


@pytest.mark.parametrize("language", ["xx", "fr-XX-YY-ZZ"])
def test_a_language_that_nobody_knows(language):
    with pytest.raises(NoTongueError, match="nobody knows the language"):
        find_tongue(language)


@pytest.mark.parametrize(("language", "said"), [("en", True), ("en-GB", True), ("enm", False), ("fr", False)])
def test_english_is_built_in(language, said):
    assert is_english(language) is said


@pytest.fixture
def french(tmp_path):
    store = shutil.copytree(CASES / "stores" / "calendars", tmp_path / "french")
    (store / "data/chronology.yaml").write_text("format: 1\nlanguage: fr\n", "utf-8")
    return store


def test_a_store_is_told_in_its_language(chrono, french):
    def say(*words):
        ended = chrono(*words, "--store", str(french))
        assert (ended.code, ended.err) == (0, ""), words
        return ended.out

    assert say("check", "--strict") == ""
    assert say("verify", str(french / "documents")).endswith("0\n")
    for _ in range(2):  # an index that is made, and one that is found
        told = say("timeline", "--fields", "when,calendars", "-f", "csv").splitlines()
        assert told[4:6] == ["22 avr. 1616,", "3 mai 1616,23 avr. 1616 (Julian)"]
    shown = say("show", "1616-05-03-shakespeare", "republic")
    assert "3 mai 1616  [1616-05-03, day]" in shown
    assert "22 sept. 1792 – 31 déc. 1805" in shown
    assert "3 mai 1616" in say("brief")
    assert "3 mai 1616" in say("timeline", "-f", "html", "-o", "-")
    assert "juil. 1969" in say("summary", "--by", "month", "--in", "1969")
    assert "Juli" not in say("timeline")
    (row,) = json.loads(say("timeline", "--actor", "shakespeare", "-f", "json"))["events"]
    assert (row["date"], row["earliest"]) == ("1616-05-03", "1616-05-03")
    # A store in English is told in English again, in the same process.
    assert "3 May 1616" in chrono("timeline", "--store", str(CASES / "stores" / "calendars")).out


def test_python_tells_each_store_in_its_own_language(french, monkeypatch, cache):
    import mali_chrono

    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    one, other = mali_chrono.open(french), mali_chrono.open(CASES / "stores" / "calendars")
    for _ in range(2):
        assert one.list("types")[0]["first"] == "27 juil. 1794"
        assert other.list("types")[0]["first"] == "27 Jul 1794"


def test_another_language_makes_the_index_anew(chrono, french):
    settings = french / "data/chronology.yaml"
    for language, words in (("fr", "7 nov. 1917"), ("de", "7. Nov. 1917"), ("en", "7 Nov 1917")):
        settings.write_text(f"format: 1\nlanguage: {language}\n", "utf-8")
        assert words in chrono("timeline", "--in", "1917", "--store", str(french)).out


def test_without_babel_it_is_english_and_check_says_so(chrono, french, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("mali_chrono.dates.tongues.has_babel", lambda: False)
        ended = chrono("check", "--store", str(french))
        assert ended.code == 0
        assert "2:11: warning: dates are told in English" in ended.out
        assert "pip install 'mali-chrono[languages]'" in ended.out
        assert "7 Nov 1917" in chrono("timeline", "--in", "1917", "--store", str(french)).out
    assert "7 nov. 1917" in chrono("timeline", "--in", "1917", "--store", str(french)).out


def test_a_warm_answer_needs_no_babel(process, french):
    code = "import sys; from mali_chrono.cli.app import run; run(sys.argv[1:]); print('babel' in sys.modules)"
    line = ("-c", code, "timeline", "--in", "1917", "--store", str(french))
    assert "True" in process(*line, program=(sys.executable,)).stdout
    warm = process(*line, program=(sys.executable,)).stdout
    assert "7 nov. 1917" in warm
    assert warm.splitlines()[-1] == "False"
