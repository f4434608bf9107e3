"""What each field of a record means, in a sentence: what an editor shows beside it. CURATING.md says it at length."""

from mali_chrono.kinds import BUILT_IN_MAPS, CALENDARS

# How the text of a field is written, by its form; a form that is no word here is a text.
FORMS = {
    "id": "Small letters, digits and hyphens.",
    "date": 'EDTF: 2024-07-25, 2024-07, 1312~, 2012/.., 168X; a set is one text in quotes: "[2021-08-17..2021-08-21]",'
    " since without them YAML reads a list.",
    "figure": "As printed: 84, 84+, over 30, under 10, ~300, nearly 350000, 200-300, 5/7/12, up to 170, 0, or some,"
    " several, many, tens, dozens, hundreds, thousands.",
    **dict.fromkeys(CALENDARS, "Year-month-day in numbers: 1616-04-23, 1616-04, 1616; a/b from-to, [a..b] within."),
    "cite": "source:line or source:first-last, as report:110-111; pages as book:p. 12 or book:pp. 12-14; an anchor of a"
    " page of the web as page:#history.",
    "place": "A place's id; ~id is near it.",
    "url": "An address that begins with https:// or http://.",
    "language": "The code of a language, as BCP 47 writes it: en, fr, pt-BR.",
    "ids": "A scheme and its id: {wikidata: Q42, acled: XYZ123}.",
    "sha256": "64 hexadecimal digits in small letters.",
}

_SHARED = {
    "julian": "The date as printed in the Julian calendar (Old Style), kept beside `date`.",
    "islamic": "The date as printed in the Islamic calendar (AH), months from Muharram; kept beside `date`.",
    "hebrew": "The date as printed in the Hebrew calendar, months from Nisan; kept beside `date`.",
    "republican": "The date as printed in the French Republican calendar, months from Vendémiaire; beside `date`.",
    "id": "Unique among records of its kind, and never reused.",
    "name": "What people call it. A name, short name or alias belongs to one record of a kind.",
    "aliases": "Other names, as the sources print them.",
    "note": "What is doubtful, and why it was read this way.",
    "cite": "The lines it stands on, one cite or a list.",
    "cites": "The lines, pages or anchors of source documents that tell of it.",
    "ids": "What others call it.",
    "urls": "Pages of the web that tell of it.",
    "ignore": "A rule of chrono check that is silent on this record, and the reason.",
    "certainty": "How sure it is; confirmed where nothing is said.",
    "says": "The actor who says so; nobody: the source in its own voice.",
    "summary": "Own words, one to three sentences.",
    "tolls": "Figures, one claim each.",
}
MEANINGS: dict[str, dict[str, str]] = {
    "chronology": {
        "format": "The format that the files of this store are written in.",
        "name": "What this chronology is called.",
        "language": "That in which dates are told, and in which its documents name months beside English.",
        "title_length": "How many characters the title of an event may have; 90 where nothing is said.",
    },
    "event": _SHARED
    | {
        "id": "Its date's known digits first (before Christ: bc-9400-...), unique, never reused.",
        "date": "When it happened: interval 2012/2014 it lasted, set [2012..2014] some time then.",
        "title": "Own words, at most 90 characters unless data/chronology.yaml says otherwise.",
        "type": "The id of a type.",
        "places": "Where it happened, one at least.",
        "actors": "Who took part, each in a role.",
        "also": "Other dates that belong to it.",
        "links": "Earlier events, or the whole it is part of.",
        "outlets": "Who reported it, as the source prints it.",
        "tags": "Words to find it by.",
    },
    "participation": _SHARED
    | {
        "actor": "The id of an actor.",
        "role": "What it did or suffered, in the words of the store.",
    },
    "toll": _SHARED
    | {
        "of": "Whose: civilians, forces, attackers, everyone, or an actor of the event; nothing: the victims together.",
        "who": "A detail that is shown and never reckoned: nurses.",
        "at": "The place, where a toll is of one among several.",
        "as_of": "When this was said: of one claimant's figures for the same people the latest stands.",
        "best": "Take this claim for the best figure; the note says why.",
    },
    "also": _SHARED
    | {
        "date": "The other date.",
        "kind": "told: a rival date; announced: of the news; planned: set for later; covers: what a report speaks of.",
    },
    "link": {
        "to": "The id of the other event.",
        "kind": "follow-up-of; part-of: its figures lie inside the other's; possibly-same-as.",
    },
    "actor": _SHARED
    | {
        "short": "A shorter name, for tables.",
        "kind": "What sort of actor it is, in the words of the store.",
        "active": "Since when and until when.",
        "relations": "What it is to other actors, and which offices it held.",
        "strength": "How many it is said to have been.",
    },
    "relation": _SHARED
    | {
        "kind": "What this actor is to the other.",
        "actor": "The id of the other actor.",
        "office": "The office, of kind holds.",
        "date": "An interval: from then to then; a point: so at that time; nothing: nobody says when.",
    },
    "strength": _SHARED | {"figure": "How many.", "date": "When.", "who": "A detail: fighters, with families."},
    "place": _SHARED
    | {
        "kind": "What kind of place it is.",
        "region": "Its region, or its country.",
        "lat": "Degrees north, WGS84.",
        "lon": "Degrees east, WGS84.",
        "precision": "1 exact, 2 near, 3 district, 4 region, 5 fuzzy or a line, 6 country.",
        "within": "The id of the place it lies in.",
    },
    "period": _SHARED
    | {
        "kind": "What lasts.",
        "date": "From when to when.",
        "places": "Where.",
        "actors": "Who took part, on which side.",
    },
    "party": _SHARED
    | {"actor": "The id of an actor.", "side": "The side it was on, in a word or two.", "date": "From when to when."},
    "type": _SHARED
    | {
        "category": "The group of types it belongs to.",
        "acled": "The sub-event type of ACLED, or none.",
        "removes": "Its events take out whom they strike, as an arrest does.",
        "founds": "Its events are the beginning of the one group they are about.",
        "dissolves": "Its events are the end of the one group they are about.",
    },
    "source": _SHARED
    | {
        "id": "The name of this file.",
        "title": "As the document prints it.",
        "author": "Who wrote it.",
        "publisher": "Who published it.",
        "url": "Where it was found.",
        "file": "The name of the copy that chrono verify reads.",
        "sha256": "Of that copy.",
        "lines": "How many lines that copy has.",
        "pages": "How many pages the document has: then it may be cited by pages too.",
        "unverifiable": "Why there is no copy to prove against; then file, sha256, lines and format are left out.",
        "format": "How that copy is written.",
        "map": f"What the columns of a table tell: {', '.join(BUILT_IN_MAPS)}, or NAME of data/maps/NAME.yaml.",
        "as_of": "When the text speaks.",
        "as_of_cite": "The line of another document that dates it, where it prints no date of its own.",
        "licence": "Under what terms it may be copied.",
        "skip": "Lines or dates that hold no occurrence, each with a reason.",
    },
    "skip": {
        "lines": "A line or a range: 12-15.",
        "date": "Only this date on them, as printed or as EDTF.",
        "reason": "Why nothing is told of it.",
    },
    "vocabulary": {
        "categories": "The categories of types of event.",
        "roles": "What actors do or suffer in events.",
        "actors": "The kinds of actor.",
        "places": "The kinds of place.",
        "periods": "The kinds of period.",
        "tolls": "The kinds of toll; the first has the column in tables.",
        "titles": "The titles of offices, the highest first.",
    },
    "categories entry": {
        "id": "What types of event name as their category.",
        "adds": "Whether what its events tell is added up; false for reports.",
        "turns": "Its events are turns in the history of who takes part.",
        "violent": "Pictures draw its events apart.",
        "stack": "The part of a bar that holds it, in a picture.",
    },
    "roles entry": {
        "id": "What a part in an event names as its role.",
        "means": "What chrono reasons with: who does and who suffers stand against each other.",
        "acts": "Whether who has it is there by itself.",
    },
    "actors entry": {
        "id": "What an actor names as its kind.",
        "group": "The group of a toll that holds it.",
        "armed": "Listed in a state of play, in this order.",
        "lasts": "With active years it counts as a period.",
        "foreign": "Comes from abroad for a time.",
        "person": "People.",
        "acled": "What ACLED calls it.",
    },
    "places entry": {"id": "What a place may name as its kind."},
    "periods entry": {
        "id": "What a period names as its kind.",
        "foreign": "Comes from abroad for a time.",
        "leading": "Its sides are told first.",
    },
    "tolls entry": {
        "id": "The field of a claim that has its figure.",
        "sum": "Added up, a level of which the latest report stands, or never summed.",
        "unit": "What is counted: people, jobs.",
        "label": "What stands above its column.",
        "caused": "What stands above the sums by what an actor did.",
        "suffered": "What stands above the sums by what was done to an actor.",
        "doing": "How one actor's sum by what it did is told.",
        "done": "How one actor's sum by what was done to it is told.",
        "fatal": "Who counts among it is dead.",
    },
    "titles entry": {"id": "How an office begins: president of ..."},
}
