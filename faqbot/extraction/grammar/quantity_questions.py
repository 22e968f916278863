"""Questions about how much, how long, how often and when, from the grammar of a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from faqbot.extraction.grammar.clause import Clause
from faqbot.extraction.grammar.inversion import LONGEST_REST, inverted, rest_of
from faqbot.extraction.grammar.lexicon import verb_forms
from faqbot.extraction.grammar.words import CONJUNCTIONS, PREPOSITIONS, RELATIVES, SUBORDINATORS, Word, joined

TIME_WORDS: Final = 4  # words after a verb that are looked at for a time
LONGEST_TIME: Final = 6  # words of an opening that says when
FARTHEST_UNIT: Final = 5  # words between "takes" and "hours"
FARTHEST_SPAN: Final = 4  # words from "for" to "hours", from "every" to "hours" one less
LONGEST_COUNTED: Final = 3  # words of what is counted: "stained glass windows"

_NUMBERS: Final = """
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand
    million several dozens hundreds thousands
"""
NUMBERS: Final = frozenset(_NUMBERS.split())
_UNITS: Final = "second seconds minute minutes hour hours day days night nights week weeks month months year years"
UNITS: Final = frozenset(_UNITS.split())
MONTHS: Final = "january february march april may june july august september october november december"
_TIMES: Final = f"{MONTHS} century centuries decade decades morning afternoon evening spring summer autumn winter"
_TIME_WORDS: Final = frozenset(_TIMES.split())
_ABOUT_WORDS: Final = "about around approximately over nearly almost only just"
_ABOUT: Final = frozenset(_ABOUT_WORDS.split())
_TIME_PREPOSITIONS_WORDS: Final = "in on by during after before since at until around"
_TIME_PREPOSITIONS: Final = frozenset(_TIME_PREPOSITIONS_WORDS.split())
_NUMBER: Final = re.compile(r"\d{1,3}(?:,?\d{3})*")
_YEAR: Final = re.compile(r"(?:1[0-9]|20)\d\ds?")


def price(read: Clause) -> str | None:
    """A lesson costs 30 pounds: How much does a lesson cost?"""
    if read.verb.lemma != "cost":
        return None
    return inverted(read, "", opening="How much")


def duration(read: Clause) -> str | None:
    """The varnish takes two hours to dry: How long does the varnish take to dry?"""
    places = [n for n, word in enumerate(read.rest) if word.lower in UNITS]
    if not places or read.is_negative or set(read.auxiliaries) & {"would", "have", "had"}:
        return None
    at = places[0]
    before = [word.lower for word in read.rest[:at]]
    plain = not any(word in PREPOSITIONS - {"about", "around"} for word in before)
    if read.verb.lemma in ("take", "last") and at <= FARTHEST_UNIT and plain:
        tail = read.rest[at + 1 :]
        rest = rest_of(tail) if tail and tail[0].lower == "to" and not read.rest[at].after else ""
        return inverted(read, rest or "", opening="How long")
    cut = before.index("for") if "for" in before else None
    if cut is None or at - cut > FARTHEST_SPAN or cut > LONGEST_REST or (not cut and read.verb.lemma == "be"):
        return None
    return inverted(read, rest_of(read.rest[:cut]) if cut else "", opening="How long")


def frequency(read: Clause) -> str | None:
    """The filter is changed every month: How often is the filter changed?"""
    lower = [word.lower for word in read.rest]
    for number, word in enumerate(lower):
        later = lower[number + 1 : number + FARTHEST_SPAN]
        if word in ("every", "once", "twice") and number <= LONGEST_REST and UNITS & set(later):
            return inverted(read, rest_of(read.rest[:number]) if number else "", opening="How often")
    return None


def amount(read: Clause) -> str | None:
    """The tower has four bells: How many bells does the tower have?"""
    if read.verb.lemma == "be" or read.is_negative or len(read.rest) < 2:
        return None
    if read.verb.form == "participle" and read.auxiliaries[0] != "has":
        return None
    counted = _counted(read.rest)
    return inverted(read, "", opening=f"How many {joined(counted)}") if counted else None


def _counted(part: Sequence[Word]) -> Sequence[Word]:
    """Return what `part` opens with a number of: "bells" of "about four bells in the tower"; () for nothing."""
    skip = 0
    while skip < len(part) - 1 and part[skip].lower in _ABOUT:
        skip += 1
    if not (_NUMBER.fullmatch(part[skip].text) or part[skip].lower in NUMBERS):
        return ()
    start = skip + 1
    while start < len(part) and (part[start].lower in NUMBERS | {"to", "or"} or part[start].text.isdigit()):
        start += 1
    end = start
    while end < len(part) and part[end].lower not in PREPOSITIONS | RELATIVES | CONJUNCTIONS | SUBORDINATORS:
        end += 1
        if part[end - 1].after:
            break
    thing = part[start:end]
    if not 1 <= len(thing) <= LONGEST_COUNTED or not thing[-1].lower.endswith("s") or thing[-1].lower in UNITS:
        return ()
    acts = any(form.form in ("ing", "past") for word in thing for form in verb_forms(word.lower))
    return () if acts else thing


def time(read: Clause) -> str | None:
    """In 1874 the station burnt down: When did the station burn down?"""
    if not _asks_well(read):
        return None
    if is_time(read.opening):
        opening = "Since when" if read.opening[0].lower == "since" else "When"
        return inverted(read, rest_of(read.rest) if read.rest else "", opening=opening)
    for number, word in enumerate(read.rest[:-1][: LONGEST_REST + 1]):
        dates = word.lower in ("in", "on", "since", "until", "during")
        if dates and is_time(read.rest[number : number + TIME_WORDS]):
            rest = rest_of(read.rest[:number]) if number else ""
            cut = number and (read.rest[number - 1].after or rest is None or len(rest.split()) != number)
            opening = "Since when" if word.lower == "since" else "Until when" if word.lower == "until" else "When"
            return None if cut else inverted(read, rest, opening=opening)
    return None


def delay(read: Clause) -> str | None:
    """The paint dries within two hours: When does the paint dry?"""
    lower = [word.lower for word in read.rest]
    for number, word in enumerate(lower[: LONGEST_REST + 1]):
        near = lower[number + 1 : number + 1 + FARTHEST_SPAN]
        if word in ("within", "after") and UNITS & set(near) and read.verb.lemma != "be" and not read.is_negative:
            rest = rest_of(read.rest[:number]) if number else ""
            whole = rest is not None and len(rest.split()) == number
            return inverted(read, rest, opening="When") if whole else None
    return None


def _asks_well(read: Clause) -> bool:
    return read.verb.lemma != "be" or bool(read.auxiliaries) or not read.opening


def is_time(part: Sequence[Word]) -> bool:
    """Return whether a phrase says when, and nothing else."""
    if part and part[0].lower in ("immediately", "shortly", "soon", "right", "directly") and part[1:]:
        return part[1].lower in ("after", "before", "afterwards")
    if not part or len(part) > LONGEST_TIME or part[0].lower not in _TIME_PREPOSITIONS:
        return False
    return any(_YEAR.fullmatch(word.text.rstrip("s")) or word.lower in _TIME_WORDS for word in part[1:])
