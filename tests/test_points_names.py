"""Names, search and what shows a record, on small stores. Answers by hand."""

import pytest

# tests/cases/stores/names: an organisation goggle beside one called "Goggle+" (it folds to the same) and a period
# goggle; a region san beside two towns San; mercury is a place and an organisation. The event set is of [2012,2015].
NAMED = [
    # an id always finds its record, whatever other record has it as a name
    ("--actor goggle", "hired"),
    ("--actor GOGGLE", "hired"),
    ("--actor goggle-plus", "grew"),
    ("--actor 'Goggle Limited'", "hired"),
    ("--place san", "hired"),
    ("--place san-mali", "grew"),
    ("--place mercury", "orbit"),
    ("--actor mercury", "orbit"),
    ("--exclude place=san --until 2003", "grew orbit"),
    # a date option takes the id or name of a period, or the id of an event, for its time
    ("--in operation-thunder", "strike coup later"),
    ("--in 'operation thunder'", "strike coup later"),
    ("--in Thunder", "strike coup later"),
    ("--in thunder --actor army", "strike coup later"),
    ("--in operation-thunder --must", "strike coup later"),
    ("--since 2013-05-01-coup", "set coup later after"),
    ("--until 2013-05-01-coup --actor army", "strike coup"),
    ("--in 2013-05-01-coup", "coup"),
    ("--in goggle", "hired grew orbit"),
    ("--in helpers", "set later after"),  # a mission with its active years is a period by itself
    ("--in \"Helpers' Mission\" --actor army", "later after"),
    # times together intersect: one possible day must lie in all
    ("--in operation-thunder --since 2014", "later"),
    ("--since 2013 --until 2014", "strike coup later"),
    ("--since 2012 --until 2014", "set strike coup later"),
    ("--in thunder --in goggle", "hired grew orbit strike coup later"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "found"), NAMED)
def test_ids_and_names(ask, options, found):
    assert ask.events("names", options) == found


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("timeline --actor thunder", "--in operation-thunder --actor army"),
        ("timeline --actor 'Operation Thunder'", "--in operation-thunder --actor army"),
        ("timeline --actor 'goggle years'", "--in goggle"),
        # names that hold the typed word before those merely spelt alike, family names too
        ("timeline --actor goita", "'assimi' (Assimi Goita)"),
        ("timeline --actor ibrahim", "'keita' (Ibrahim Keita)"),
        ("timeline --actor probe", "'mercury' (Mercury Probe)"),
        ("timeline --place hill", "'mercury' (Mercury Hill)"),
        ("timeline --in nothing-such", "nothing-such"),
        ("timeline --tag x", "no tags"),
    ],
)
def test_what_a_wrong_name_is_told(ask, options, told):
    assert told in ask.refusal("names", options)


def test_a_name_of_several_lists_their_ids(ask):
    told = ask.refusal("sans", "timeline --place San")
    assert "'san-burkina'" in told
    assert "'san-mali'" in told
    assert ask.events("sans", "--place san-mali") == "grew"


# tests/cases/stores/words: one event a row of this table, named in its id.
WORDS = [
    # an apostrophe parts words; both sides and the whole are found
    ("ivoire", "ivoire"), ("d'ivoire", "ivoire"), ("divoire", "ivoire"), ("d’ivoire", "ivoire"), ("cote", "ivoire"),
    ("azawad", "azawad"), ("l'azawad", "azawad"), ("lazawad", "azawad"), ("AZAWAD", "azawad"),
    ("guinea", "guinea"), ("guinea's", "guinea"), ("guineas", "guinea"), ('"guinea s army"', "guinea"),
    ('"guinea\'s army"', "guinea"),
    # case and accents
    ("zurich", "zurich"), ("ZÜRICH", "zurich"), ("strasse", "zurich"), ("Straße", "zurich"),
    # I, İ, ı and i are one letter
    ("istanbul", "istanbul"), ("ISTANBUL", "istanbul"), ("İstanbul", "istanbul"), ("ıstanbul", "istanbul"),
    ("işık", "isik"), ("isik", "isik"), ("IŞIK", "isik"), ("ISIK", "isik"),
    # in a script without spaces each character is a word and a typed run a phrase
    ("洪水", "flood"), ("黄河", "flood"), ("河", "flood"), ("河黄", ""), ("長江と黄河", "flood"),
    ("洪水 長江", "flood"), ("黄河の洪水", "flood"), ("水洪", ""),
    # words, "a phrase", prefix*, -not
    ("peace", "accord radio"), ("peace accord", "accord"), ('"peace accord"', "accord"), ('"accord peace"', ""),
    ('"signed accord"', "accord"), ("kidnap", ""), ("kidnap*", "kidnapped"), ("KIDNAP*", "kidnapped"),
    ("talk*", "istanbul radio"), ("peace -accord", "radio"), ("peace -acc*", "radio"),
    ('peace -"accord signed"', "radio"),
    ("river bank", "river"), ('"river bank"', ""),  # no phrase runs from the title into the summary
    ("al-qaeda", "qaeda"), ("qaeda", "qaeda"), ("al qaeda", "qaeda"), ("alqaeda", ""), ("-al-qaeda qaeda", ""),
    # it reads places, actors with their aliases, outlets and tags
    ("goggle", "goggle"), ("gb", "goggle"), ("gsim", "goggle"), ('"those who see"', "goggle"),
    ("timbuktu", "goggle"), ("tombouctou", "goggle"), ("voice america", "radio"), ('"voice of america"', "radio"),
    ("peace-talks", "radio"), ("peace talks", "radio"),
    # and neither the curator's note nor the ids of sources, of the event or of its type
    ("ukraine", ""), ("hearsay", ""), ("noted", ""), ("book", ""), ("incident", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), WORDS)
def test_search(ask, text, found):
    assert ask.events("words", f"-m {ask.quote(text)}") == found


def test_several_texts_are_alternatives_and_not_alone_finds_the_rest(ask):
    assert ask.events("words", "-m ivoire -m qaeda") == "ivoire qaeda"
    every = ask.events("words").split()
    assert ask.events("words", "-m -peace").split() == [name for name in every if name not in ("accord", "radio")]
    assert ask.events("words", "-m peace --exclude outlet='Voice of America'") == "accord"


@pytest.mark.parametrize(
    "text", ["", " ", "-", "*", "''", "…", '""', '"', '"peace', 'peace"', "peace …", "peace -…", "-*"]
)
def test_what_cannot_be_searched_is_refused_never_none(ask, text):
    assert "--match" in ask.refusal("words", f"timeline -m {ask.quote(text)}")


# What words find in the shipped types.
@pytest.mark.parametrize(
    ("word", "ident"),
    [
        ("kidnapping", "abduction"), ("bombing", "remote-explosive"), ("ied", "remote-explosive"),
        ("ambush", "armed-clash"), ("massacre", "attack"), ("drone strike", "air-strike"), ("treaty", "agreement"),
        ("coup d'etat", "coup"), ("Coup d’État", "coup"),
    ],
)  # fmt: skip
def test_words_people_use_find_types(chrono, word, ident):
    counts = [chrono("timeline", "--type", name, "--count").out for name in (word, ident)]
    assert counts[0] == counts[1] != "0\n"


# Each argument of show: an exact id, else a unique prefix, else a name; otherwise all are words.
@pytest.mark.parametrize(
    ("arguments", "records"),
    [
        ("goggle", "actors:goggle periods:goggle"),
        ("period:goggle", "periods:goggle"),
        ("actor:goggle", "actors:goggle"),
        ("mercury", "actors:mercury places:mercury"),
        ("place:mercury", "places:mercury"),
        ("san", "places:san"),
        ("2003", "events:2003-03-01-orbit"),
        ("2004-03-01-market", "events:2004-03-01-market"),
        ("2004-03-01-market-", "events:2004-03-01-market-fire"),
        ("operation", "periods:operation-thunder"),
        ("'land army'", "actors:army"),
        ("thunder", "periods:operation-thunder"),
        ("'Goggle Limited'", "actors:goggle"),
        ("market fire", "events:2004-03-01-market-fire"),
        ("fire market", "events:2004-03-01-market-fire"),
        ("mercury orbited", "events:2003-03-01-orbit"),
        ("book incident", "sources:book types:incident"),
        ("2003 2004-03-01-market army", "events:2003-03-01-orbit events:2004-03-01-market actors:army"),
        ("assimi goita", "actors:assimi"),
    ],
)
def test_show(ask, arguments, records):
    answer = ask.json("names", f"show {arguments}")
    shown = [f"{kind}:{row['id']}" for kind, rows in answer.items() if isinstance(rows, list) for row in rows]
    assert sorted(shown) == sorted(records.split())


@pytest.mark.parametrize(
    ("arguments", "candidates"),
    [
        ("market", ("2004-03-01-market", "2004-03-01-market-fire")),
        ("san-", ("san-burkina", "san-mali")),
        ("2004-03", ("2004-03-01-market", "2004-03-01-market-fire")),
        ("keitta", ("keita",)),
        ("event:goggle", ("goggle",)),
        ("''", ()),
    ],
)
def test_several_or_none_are_refused_with_candidates(ask, arguments, candidates):
    told = ask.refusal("names", f"show {arguments}")
    for candidate in candidates:
        assert candidate in told


def test_wide_terminals_show_ids_and_headings_are_fields(ask, terminal):
    terminal(200)
    assert "2003-03-01-orbit" in ask("names", "timeline --in 2003")
    terminal(100)
    assert "2003-03-01-orbit" not in ask("names", "timeline --in 2003")
    lines = ask("places", "timeline --place camp --fields id,what,where,who,dead,lat,lon,links,url -f csv").splitlines()
    assert lines[0] == "id,title,places,who,killed,lat,lon,links,url"
    assert lines[1].split(",")[5:7] == ["-0.2", "-0.1"]
