"""Numbers of the killed, wounded, taken or freed that a title tells and no toll of its event does.

A title holds many numbers: years, ordinals, villages, months. Only one that stands with a word of harm counts here,
as in "killed at least 12", "12 soldiers were killed", "12 dead", "12 hostages were taken" or "claimed 12 lives".
"""

import re
from collections.abc import Iterator

from mali_chrono.figures import numerals
from mali_chrono.kinds import DOES, SUFFERS, TOLD_OF
from mali_chrono.store.claims import ranges_of
from mali_chrono.store.model import Event
from mali_chrono.store.references import Fault
from mali_chrono.store.rules.table import Context
from mali_chrono.text import listing

AROUND = 100  # characters: what says whom a number counts stands near it
_HARMED = (
    r"(?:killed|executed|massacred|murdered|beheaded|hanged|lynched|slain|slaughtered|assassinated|wounded|injured|hurt|"
    r"abducted|kidnapped|captured|arrested|detained|imprisoned|displaced|released|freed|rescued|shot dead|"
    r"gunned down|taken (?:hostage|captive|prisoner))"
)
_ABOUT = (
    r"(?:at least|at most|up to|as many as|more than|fewer than|over|about|around|some|nearly|almost|the|all|another)"
)
_BEFORE = re.compile(rf"\b{_HARMED}(?: {_ABOUT})*(?: between)? $", re.IGNORECASE)
_PLACED = (
    r"in|at|by|near|on|after|before|since|during|as|when|and|between|around|from|with|for|inside|outside|"
    r"north|south|east|west"
)
# Up to five words that are no joint of a sentence, then a word of harm that has nobody after it.
_AFTER = re.compile(
    r"(?:[ -](?!(?:and|of|after|who|that|which|in|at|for|with)\b)[\w'\u2019]+){0,5}?"
    rf"(?: (?:(?:was|were)(?: reported)? )?{_HARMED}(?=$|[,;.]| (?:{_PLACED})\b)| (?:died|dead|deaths|fatalities)\b"
    r"| lost their lives\b| (?:hostages|captives|prisoners|lives)(?: (?:was|were|are))? (?:taken|seized|lost)\b)",
    re.IGNORECASE,
)
# What takes people and lives takes other things too: they stand after the number.
_TAKES = re.compile(
    rf"\b(?:took|takes|taking|seized|claimed|claims|cost|costs)(?: {_ABOUT})*(?: between)? $", re.IGNORECASE
)
_TAKEN = re.compile(
    r"(?:[ -](?!(?:and|of|from|with)\b)[\w'\u2019]+){0,2}? (?:hostages?|captives?|prisoners?|lives)\b", re.IGNORECASE
)
_NO_PEOPLE = re.compile(
    r"%| (?:percent|per cent|minutes?|hours?|days?|weeks?|months?|years?|km|kilomet\w+|miles?|euros?|dollars?)\b"
)
_WORD = re.compile(
    rf"\b(?:{_HARMED}|died|dead|deaths|fatalities|hostages?|captives?|prisoners?|lives)\b", re.IGNORECASE
)


def check_title_numbers(context: Context) -> Iterator[Fault]:
    """Numbers in a title of people who were harmed, taken or freed that no toll of the event has."""
    for event in context.chronology.events:
        if not _WORD.search(event.title):
            continue
        numbers = set(harmed(event.title))
        if (
            numbers
            and (numbers := numbers - _told(event, context))
            and (numbers := numbers - _reckoned(event, context))
        ):
            has = ", ".join(dict.fromkeys(f"{toll.figure.text} {toll.kind}" for toll in event.tolls))
            message = f"the title has {listing(list(map(str, sorted(numbers))))}, the tolls have {has or 'nothing'}"
            hint = "correct the title or a toll, or say why with ignore: {title-number: reason}"
            yield Fault(event, ("title",), "title-number", message, hint)


def harmed(title: str) -> list[int]:
    """The numbers in a title that count people who were harmed, taken or freed; one is told without a number."""
    found = numerals.read(title)
    counts = []
    for i, number in enumerate(found):
        end = found[i + 1].start if i + 1 < len(found) else len(title)
        before = title[max(number.start - AROUND, 0) : number.start]
        rest = title[number.stop : min(end, number.stop + AROUND)]
        is_harmed = _BEFORE.search(before) or _AFTER.match(rest) or (_TAKES.search(before) and _TAKEN.match(rest))
        counts.append(bool(is_harmed) and not _NO_PEOPLE.match(rest))
        if i and counts[i - 1] != counts[i] and _is_range(title, found[i - 1], number):
            counts[i - 1 :] = [True, True]
    return [int(number.value) for number, counted in zip(found, counts, strict=True) if counted and number.value > 1]


def _is_range(title: str, low: numerals.Number, high: numerals.Number) -> bool:
    """Whether two numbers are the ends of one figure: between 11 and 23."""
    return title[low.stop : high.start] == " and " and title[: low.start][-8:].lower() == "between "


def _told(event: Event, context: Context) -> set[int]:
    """The numbers that the tolls of an event print or stand for, and how many persons it names in a role."""
    words = context.words
    persons = [part for part in event.actors if (one := context.actors.get(part.actor)) and one.kind in words.persons]
    # How many persons an event names in one of these roles a title may say too, or in all of those that are harmed.
    harmed_in = words.roles_that(SUFFERS, TOLD_OF)
    named = [(role,) for role in (*harmed_in, *words.roles_that(DOES))]
    told = {sum(part.role in roles for part in persons) for roles in (*named, harmed_in)}
    for toll in event.tolls:
        told |= {*toll.figure[:3], *map(int, re.findall("[0-9]+", toll.figure.text))}
    return told


def _reckoned(event: Event, context: Context) -> set[int]:
    """What the tolls of an event come to."""
    return {
        end
        for figures in ranges_of(event, context.words).values()
        if figures
        for end in (figures.low, figures.best, figures.high)
    }


RULES = (check_title_numbers,)
