"""A clause turned into a question: auxiliary first, then subject, verb and as much of the rest as people would say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from faqbot.extraction.grammar.clause import Clause
from faqbot.extraction.grammar.lexicon import classes, is_verb, verb_forms
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    Word,
    joined,
)
from faqbot.text import word_set

LONGEST_REST: Final = 9  # words of a question after its verb: longer ones nobody asks
# Words that point out of the sentence, which a reader of the question cannot follow.
UNCLEAR: Final = word_set("""
    he she it they him her them his their its this these those that such former latter i my me mine itself himself there
    here then
""")
READERS: Final = {"you": "I", "your": "my", "yourself": "myself", "yours": "mine"}  # as the one who asks says it
_UNFINISHED: Final = PREPOSITIONS | CONJUNCTIONS | DETERMINERS | {"to", "also", "as"}  # no question ends in these


def rest_of(part: Sequence[Word], longest: int = LONGEST_REST) -> str | None:
    """Return the beginning of what follows a verb, up to where its clause ends; None where it is long or unclear."""
    held: list[Word] = []
    for number, word in enumerate(part):
        if number and _opens_participle(part, number):
            break
        if word.lower in RELATIVES | (SUBORDINATORS - PREPOSITIONS) and number:
            break
        if word.lower in CONJUNCTIONS and (number + 1 == len(part) or not _continues_list(part, number)):
            break
        held.append(word)
        if word.after:
            break
    if len(held) > 1 and held[-2].lower == "to" and len(held) < len(part):
        held = held[:-2]  # "to design and make it", "to say that …": what they need is out of reach
    while held and held[-1].lower in _UNFINISHED:
        held.pop()
    if len(held) > longest:
        held = _shorter(held, longest)
    if not held or any(word.lower in UNCLEAR for word in held):
        return None
    return joined(held)


def _opens_participle(part: Sequence[Word], number: int) -> bool:
    """Return whether a word opens a participle clause that hangs on the noun before it: "… bands peaking at 7 nm"."""
    word, before = part[number].lower, part[number - 1].lower
    if not word.endswith("ing") or not any(form.form == "ing" for form in verb_forms(word)):
        return False
    following = part[number + 1].lower if number + 1 < len(part) else ""
    plain = before not in PREPOSITIONS | DETERMINERS | CONJUNCTIONS and classes(before)[0] == "n"
    return plain and following in PREPOSITIONS | DETERMINERS


def _continues_list(part: Sequence[Word], number: int) -> bool:
    """Return whether a conjunction joins words of the same phrase, and not a second verb or clause."""
    following = part[number + 1]
    if part[number].lower not in ("and", "or"):
        return False
    forms = verb_forms(following.lower)
    acts = any(is_verb(form.lemma) and form.form in ("past", "third", "base") for form in forms)
    after = [word.lower for word in part[number + 2 : number + 5]]
    acts = acts or (
        any(form.form == "third" for form in forms) and bool(after[:1]) and after[0] in PREPOSITIONS | DETERMINERS
    )
    adjective = classes(part[number - 1].lower)[0] == "a" or part[number - 1].lower.endswith("er")
    third = any(form.form == "third" for form in forms)
    acts = acts or (third and number > 0 and adjective)  # "is faster and suits all skin"
    acts = acts or bool(set(after) & AUXILIARIES)  # "… and the oil is filtered"
    return not (acts or following.lower in PRONOUNS | PREPOSITIONS or classes(following.lower)[0] == "r")


def _shorter(held: list[Word], longest: int) -> list[Word]:
    """Return a long phrase cut before a preposition, or nothing."""
    for end in range(longest, 2, -1):
        if held[end].lower in PREPOSITIONS - {"of"} and held[end - 1].lower not in PREPOSITIONS | DETERMINERS:
            return held[:end]
    return []


def inverted(read: Clause, rest: str | None, *, opening: str = "") -> str | None:
    """Return "is the house built in brick": auxiliary, subject, verb and rest."""
    if rest is None:
        return None
    subject = joined(read.subject)
    tail = f" {rest}" if rest else ""
    if [word.lower for word in read.subject] == ["you"]:
        return _as_reader(read, rest, opening)
    if read.auxiliaries:
        adverbs = "".join(f" {a}" for a in read.adverbs if a in ("not", "often", "always"))
        verb = " ".join([*read.auxiliaries[1:], read.main])
        return f"{opening} {read.auxiliaries[0]} {subject}{adverbs} {verb}{tail}".strip()
    if read.verb.lemma == "be":
        adverbs = "".join(f" {adverb}" for adverb in read.adverbs if adverb not in ("also", "therefore", "however"))
        return f"{opening} {read.main} {subject}{adverbs if tail else ''}{tail}".strip()
    helper = {"past": "did", "third": "does"}.get(read.verb.form, "do")
    return f"{opening} {helper} {subject} {read.verb.lemma}{tail}".strip()


def _as_reader(read: Clause, rest: str, opening: str) -> str | None:
    """Return the question as someone asks it who is told "you may shower after a day": "May I shower"."""
    tail = " ".join(READERS.get(word, word) for word in rest.split())
    tail = f" {tail}" if tail else ""
    if read.auxiliaries:
        first = {"are": "am", "were": "was"}.get(read.auxiliaries[0], read.auxiliaries[0])
        first = "can" if first == "may" else first
        verb = " ".join([*read.auxiliaries[1:], read.main])
        return f"{opening} {first} I {verb}{tail}".strip()
    if read.verb.lemma == "be":
        return f"{opening} {'was' if read.verb.form == 'past' else 'am'} I{tail}".strip()
    return f"{opening} {'did' if read.verb.form == 'past' else 'do'} I {read.verb.lemma}{tail}".strip()


def object_end(part: Sequence[Word]) -> int | None:
    """Return where the object that opens `part` ends; None where it opens otherwise."""
    closed = PREPOSITIONS | PRONOUNS | RELATIVES | CONJUNCTIONS
    if not part or part[0].lower in closed or classes(part[0].lower)[0] == "r":
        return None
    for number, word in enumerate(part):
        if word.lower in PREPOSITIONS - {"of"} | SUBORDINATORS | RELATIVES or word.lower == "to":
            return number
        if word.after or word.lower in CONJUNCTIONS:
            return None if word.lower in CONJUNCTIONS else number + 1
    return len(part)
