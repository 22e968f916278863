"""Turn a clause into the question that it answers: the rules that were precise on real articles.

Of some 500 questions that 24 rules made of leaflets, clinics' pages, recipes and an encyclopedia's text, those of these
rules were publishable four times in five or more. The others were not, and are gone: "What does wax protect?", "Do I
have a hole in the ear drum?".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from faqbot.extraction.grammar.clause import Clause
from faqbot.extraction.grammar.inversion import LONGEST_REST, inverted, rest_of
from faqbot.extraction.grammar.lexicon import classes, verb_forms
from faqbot.extraction.grammar.words import DETERMINERS, PREPOSITIONS, RELATIVES, Word, joined
from faqbot.text import word_set

LONGEST_DEFINED: Final = 4  # words of a name that is asked to be explained
LONGEST_WHY: Final = LONGEST_REST + 2  # words of a question: what is to be explained needs to be said in full
LONGEST_TIME: Final = 6  # words of an opening that says when
FARTHEST_UNIT: Final = 5  # words between "takes" and "hours"
FARTHEST_SPAN: Final = 4  # words from "for" to "hours", from "every" to "hours" one less
_ORDINALS: Final = word_set(
    "next last first second third same only main best most reason problem question answer point"
)
_PROFESSIONS: Final = ("ist", "ician")  # endings
_CAUSES: Final = (("because",), ("due", "to"), ("as", "a", "result", "of"), ("owing", "to"), ("so", "that"))
UNITS: Final = word_set(
    "second seconds minute minutes hour hours day days night nights week weeks month months year years"
)
PEOPLE: Final = word_set("""
    people person man men woman women child children student students king queen president teacher teachers son sons
    daughter brother father mother wife husband friend friends patient patients doctor doctors artist artists author
    writer actor actress singer scientist scientists soldier soldiers leader leaders emperor player players team teams
    company companies network government university parliament council court army navy church party school band group
    board club committee police family staff ministry agency congress senate
    nurse nurses guild guilds choir voters sailors romans greeks
""")


def _head(part: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a noun phrase up to its head: before the first preposition or relative."""
    ends = (number for number, word in enumerate(part) if word.lower in PREPOSITIONS | RELATIVES or word.after)
    return part[: next(ends, len(part)) + 1]


def _is_singled_out(word: Word) -> bool:
    """Return whether "the …" says which one it is and not what it is: "the next worry"."""
    return word.lower in _ORDINALS


def definition(read: Clause) -> str | None:
    """A kiln is a furnace for pots: What is a kiln?"""
    if read.verb.lemma != "be" or read.auxiliaries or not read.rest or read.is_negative or read.opening:
        return None
    first, article = read.subject[0].lower, read.rest[0].lower
    if article not in ("a", "an", "the", "one", "any") or first in ("my", "our", "your", "you", "we"):
        return None
    if first == "the":
        return None
    if len(read.subject) > LONGEST_DEFINED or (
        read.rest[0].lower == "the" and read.rest[1:2] and _is_singled_out(read.rest[1])
    ):
        return None
    person = any(word.lower in PEOPLE or word.lower.endswith(_PROFESSIONS) for word in _head(read.rest))
    who = person and all(word.text[0].isupper() for word in read.subject)
    return f"{'Who' if who else 'What'} {read.main} {joined(read.subject)}"


def called(read: Clause) -> str | None:
    """The upper part is called the crown: What is the upper part called?"""
    names = ("call", "name", "term", "nickname", "dub")
    if read.verb.form == "participle" and read.verb.lemma in names and read.rest and _is_name(read.rest):
        return inverted(read, "", opening="What")
    if read.verb.lemma == "know" and read.verb.form == "participle" and read.rest and read.rest[0].lower == "as":
        return inverted(read, "as", opening="What")
    return None


def _is_name(part: Sequence[Word]) -> bool:
    """Return whether something is called by what follows, and not twice or for: "called the crown", "called Ada"."""
    first = part[0]
    plain = first.text[:1].isupper() or (first.lower not in PREPOSITIONS and classes(first.lower)[0] == "n")
    return first.lower in DETERMINERS or (first.text[0] not in "0123456789" and plain)


def cause(read: Clause) -> str | None:
    """The lake is salty because no river leaves it: Why is the lake salty?"""
    lower = [word.lower for word in read.rest]
    for mark in _CAUSES:
        for number in range(min(len(lower), LONGEST_WHY + 1)):
            if tuple(lower[number : number + len(mark)]) == mark:
                if not number:
                    return inverted(read, "", opening="Why") if read.verb.lemma not in ("be", "have") else None
                rest = rest_of(read.rest[:number], LONGEST_WHY)
                whole = rest is not None and len(rest.split()) == number
                return inverted(read, rest, opening="Why") if whole else None
    return None


def manner(read: Clause) -> str | None:
    """The seal is tested by heating the lid: How is the seal tested?"""
    lower = [word.lower for word in read.rest]
    for number, word in enumerate(lower[:-1][: LONGEST_REST + 1]):
        following = lower[number + 1]
        if word == "by" and following.endswith("ing") and verb_forms(following):
            rest = rest_of(read.rest[:number]) if number else ""
            if rest is None or len(rest.split()) != number or read.verb.lemma == "be":
                return None
            return inverted(read, rest, opening="How")
    return None


def use(read: Clause) -> str | None:
    """The brush is used to clean the pipe: What is the brush used for?"""
    if read.verb.form != "participle" or read.verb.lemma != "use" or not read.rest:
        return None
    preposition = read.rest[0].lower
    if preposition not in ("to", "for", "in", "as"):
        return None
    return inverted(read, "for" if preposition == "to" else preposition, opening="What")


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


def time(read: Clause) -> str | None:
    """Shortly after the rain, the flowers open: When do the flowers open?"""
    said = [word.lower for word in read.opening]
    if (read.verb.lemma == "be" and not read.auxiliaries) or len(said) > LONGEST_TIME or len(said) < 2:
        return None
    soon = said[0] in ("immediately", "shortly", "soon", "right", "directly") and said[1] in ("after", "before")
    dated = said[0] in ("in", "on", "since") and any(word.isdigit() and len(word) == 4 for word in said[1:])
    if not soon and not dated:
        return None
    return inverted(
        read, rest_of(read.rest) if read.rest else "", opening="Since when" if said[0] == "since" else "When"
    )
