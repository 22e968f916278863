"""Where the finite verb of a clause stands: the first word that can be nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from faqbot.extraction.grammar.lexicon import Form, classes, is_verb, past, verb_forms
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    Word,
)

LONGEST_SUBJECT: Final = 9  # words: in a longer one a clause is hidden
# Determiners that also stand alone, as a subject: "this works", "many like it".
_STANDING: Final = frozenset(("this", "that", "these", "those", "all", "both", "many", "most", "several", "some"))
_PLURALS: Final = frozenset(
    ("people", "men", "women", "children", "they", "we", "you", "these", "those", "teeth", "feet", "bacteria")
)


def finite_verb(read: Sequence[Word], start: int) -> int | None:
    """Return the place of the first finite verb after `start`, where the subject begins; None where it is in doubt."""
    for place in range(start, min(len(read), start + LONGEST_SUBJECT + 1)):
        word = read[place]
        if place > start and (word.lower in AUXILIARIES or _is_finite(read, place)):
            return place
        if (word.after and place + 1 < len(read)) or (word.lower in RELATIVES and place > start):
            return None
    return None


def _is_finite(read: Sequence[Word], place: int) -> bool:
    """Return whether the word at `place` can only be the verb of its clause."""
    word, before = read[place], read[place - 1].lower
    if word.text[0].isupper() or not word.lower.isalpha() or _is_inside_phrase(before):
        return False
    readings = [form for form in verb_forms(word.lower) if form.form in ("base", "third", "past")]
    following = read[place + 1].lower if place + 1 < len(read) else ""
    if not readings or following in AUXILIARIES:  # "the test results are": a noun
        return False
    plural = _looks_plural(before)
    present = plural and past(word.lower) == word.lower  # "lessons cost": articles about prices speak of today
    reading = min(readings, key=lambda form: (form.form == "base") != present)
    if reading.form == "third":
        acts = any(form.form == "base" and is_verb(form.lemma) for form in verb_forms(following))
        return is_verb(reading.lemma) and not plural and not acts  # "light peels use acid": the second is the verb
    if reading.form == "base":
        return is_verb(reading.lemma) and (plural or before in ("you", "we", "they", "i"))
    # A past may also be a participle ("people treated with it recover"): only where no other verb follows.
    if not _is_past_only(reading):
        return not _another_verb(read, place + 1)
    return True


def _is_inside_phrase(before: str) -> bool:
    """Return whether a word goes on with the phrase that the word before it is part of: "the use", "of use"."""
    if before in (DETERMINERS - _STANDING) | PREPOSITIONS | CONJUNCTIONS or before.endswith("'s"):
        return True
    return classes(before)[0] == "a" and not before.endswith("ing")


def _is_past_only(reading: Form) -> bool:
    return past(reading.lemma) != past(reading.lemma, participle=True)


def _another_verb(read: Sequence[Word], start: int) -> bool:
    """Return whether another finite verb follows before the clause ends."""
    for place in range(start, len(read)):
        word = read[place]
        if word.lower in AUXILIARIES:
            return True
        if word.lower in RELATIVES | CONJUNCTIONS | SUBORDINATORS - PREPOSITIONS:
            return False
        begins = place > start and read[place - 1].lower not in PREPOSITIONS | DETERMINERS
        forms = verb_forms(word.lower) if begins else ()
        if any(form.form in ("past", "third") and is_verb(form.lemma) for form in forms):
            return True
        if word.after:
            return False
    return False


def _looks_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word in _PLURALS
