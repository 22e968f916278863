"""Questions about what, who, where, why and how, from the grammar of a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from faqbot.extraction.grammar.clause import Clause
from faqbot.extraction.grammar.inversion import LONGEST_REST, UNCLEAR, inverted, object_end, rest_of
from faqbot.extraction.grammar.lexicon import classes, verb_forms
from faqbot.extraction.grammar.quantity_questions import TIME_WORDS, is_time
from faqbot.extraction.grammar.role_questions import PEOPLE
from faqbot.extraction.grammar.words import DETERMINERS, PREPOSITIONS, RELATIVES, Word, joined

LONGEST_DEFINED: Final = 4  # words of a name that is asked to be explained
LONGEST_WHY: Final = LONGEST_REST + 2  # words of a question: what is to be explained needs to be said in full
LONGEST_WHETHER: Final = 7  # words after the verb of a question that yes or no answers
_BODIES_WORDS: Final = """
    company companies network government university parliament council court army navy church party school band
    group board club committee police family staff ministry agency congress senate team teams guild guilds choir
"""
_BODIES: Final = frozenset(_BODIES_WORDS.split())  # they act like people, and are asked for with "what"
_ORDINALS_WORDS: Final = "next last first second third same only main best most reason problem question answer point"
_ORDINALS: Final = frozenset(_ORDINALS_WORDS.split())
_PAST: Final = frozenset(("was", "were", "had", "did", "would", "could"))
_PROFESSIONS: Final = ("ist", "ician")  # endings
_CAUSES: Final = (("because",), ("due", "to"), ("as", "a", "result", "of"), ("owing", "to"), ("so", "that"))
_PLACED_WORDS: Final = "locate situate find bear base hold bury house headquarter"
_PLACED: Final = frozenset(_PLACED_WORDS.split())
_ADVISED_WORDS: Final = "avoid bring eat drink wear expect use take"
_ADVISED: Final = frozenset(_ADVISED_WORDS.split())


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
    person = any(word.lower in PEOPLE - _BODIES or word.lower.endswith(_PROFESSIONS) for word in _head(read.rest))
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


def place(read: Clause) -> str | None:
    """The museum is located in the old mill: Where is the museum located?"""
    if read.verb.form != "participle" or read.verb.lemma not in _PLACED or not read.rest:
        return None
    if read.rest[0].lower not in ("in", "at", "on", "near", "along", "between", "within"):
        return None
    unnamed = is_time(read.rest[:TIME_WORDS]) or (read.rest[1:] and read.rest[1].lower in RELATIVES)
    return None if unnamed else inverted(read, "", opening="Where")


def use(read: Clause) -> str | None:
    """The brush is used to clean the pipe: What is the brush used for?"""
    if read.verb.form != "participle" or read.verb.lemma != "use" or not read.rest:
        return None
    preposition = read.rest[0].lower
    if preposition not in ("to", "for", "in", "as"):
        return None
    return inverted(read, "for" if preposition == "to" else preposition, opening="What")


def recommended(read: Clause) -> str | None:
    """Guests should bring a towel: What should guests bring? You need to know the code: What do you need to know?"""
    needs = read.verb.lemma == "need" and [word.lower for word in read.rest[:2]] == ["to", "know"]
    if needs or (read.verb.lemma == "know" and "should" in read.auxiliaries):
        when = f" {joined(read.opening)}" if read.opening and not any(w.lower in UNCLEAR for w in read.opening) else ""
        known = inverted(read, "to know" if needs else "", opening="What")
        return f"{known}{when.lower()}" if known else None
    if not set(read.auxiliaries) & {"should", "must"} or read.is_negative or len(read.auxiliaries) > 1:
        return None
    return inverted(read, "", opening="What") if read.verb.lemma in _ADVISED and object_end(read.rest) else None


def whether(read: Clause) -> str | None:
    """Owls can turn their heads: Can owls turn their heads? Only of what holds now: nobody asks so about the past."""
    denied = "not" in read.adverbs and bool(read.auxiliaries)
    if read.opening or read.verb.form == "past" or (read.is_negative and not denied):
        return None
    finite = read.auxiliaries[0] if read.auxiliaries else ""
    if denied or finite == "may":  # "you must not swim": can I swim
        first = "can" if finite in ("must", "may") else finite
        read = replace(read, auxiliaries=(first, *read.auxiliaries[1:]), adverbs=())
    if finite in _PAST or "have" in read.auxiliaries[1:]:
        return None
    rest = rest_of(read.rest)
    if rest is None or len(rest.split()) > LONGEST_WHETHER or not read.rest or read.rest[0].lower in RELATIVES:
        return None
    singled_out = bool(read.rest[1:]) and read.rest[0].lower == "the" and _is_singled_out(read.rest[1])
    # "We encourage your partner": who would "you" be, and who "your", in the question?
    mixed = read.subject[0].lower == "we" and bool({"you", "your"} & set(rest.split()))
    return None if singled_out or mixed or _is_torn(read.rest, rest) else inverted(read, rest)


def _hangs(word: str) -> bool:
    return word.endswith("ing") and any(form.form == "ing" for form in verb_forms(word))


def _is_torn(part: Sequence[Word], rest: str) -> bool:
    """Return whether a question would ask for half of a list, or for one thing without what singles it out."""
    end = len(rest.split())
    if end >= len(part):
        return False
    following = part[end].lower
    listed = "," in part[end - 1].after or following in ("and", "or")
    participle = any(form.form == "participle" for form in verb_forms(part[end - 1].lower)) and end > 1
    dashed = ";" in part[end - 1].after or _hangs(following) or participle
    single = dashed or (
        following in RELATIVES and any(word.lower in ("only", "same", "best", "first") for word in part[:end])
    )
    adjective = classes(part[end - 1].lower)[0] == "a" and listed
    return single or adjective or (listed and following in ("and", "or"))
