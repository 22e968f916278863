"""Read the subject and the verb of a simple English sentence; where its parts are in any doubt, there is no reading.

There is no parser. A sentence is read as [opening] subject verb rest where closed classes (auxiliaries, determiners,
prepositions) and a list of verbs leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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
    without_connective,
    words,
)

SHORTEST_SENTENCE: Final = 3  # words
LONGEST_SENTENCE: Final = 60
LONGEST_SUBJECT: Final = 9  # words: in a longer one a clause is hidden
# Determiners that also stand alone, as a subject: "this works", "many like it".
_STANDING: Final = frozenset(("this", "that", "these", "those", "all", "both", "many", "most", "several", "some"))
_PLURALS: Final = frozenset(
    ("people", "men", "women", "children", "they", "we", "you", "i", "these", "those", "teeth", "feet", "bacteria")
)
_YEAR: Final = re.compile(r"(?:1\d|20)\d\d")


@dataclass(frozen=True, slots=True)
class Clause:
    """A simple main clause.

    Attributes:
        opening: what stands before the subject ("In 1990"), without its comma; () for nothing.
        subject: its words.
        verb: the finite verb, or the first auxiliary.
        rest: what follows.
    """

    opening: tuple[Word, ...]
    subject: tuple[Word, ...]
    verb: Word
    rest: tuple[Word, ...]


def clause(sentence: str) -> Clause | None:
    """Return the main clause of a sentence, or None where its parts are in any doubt."""
    read = without_connective(words(sentence))
    if not SHORTEST_SENTENCE <= len(read) <= LONGEST_SENTENCE:
        return None
    start = _subject_start(read)
    place = None if start is None else _finite_verb(read, start)
    if start is None or place is None or not _is_noun_phrase(read[start:place]):
        return None
    return Clause(read[:start], read[start:place], read[place], read[place + 1 :])


def _subject_start(read: Sequence[Word]) -> int | None:
    """Return where the subject begins: after an opening phrase and its comma; None for a phrase without comma."""
    first = read[0].lower
    if first in ("in", "by", "since", "during") and _YEAR.fullmatch(read[1].text) and not read[1].after:
        return 2  # "In 1990 the mill …"
    if first in ("immediately", "shortly", "soon", "right", "directly"):
        first = read[1].lower
    if first not in PREPOSITIONS | SUBORDINATORS and not first.endswith("ing"):
        return 0
    for number, word in enumerate(read[:-2]):
        if "," in word.after:
            following = read[number + 1]
            # A list of years or places goes on: "In 1563, 1593 and 1603, …".
            if following.text[0].isdigit() or following.lower in CONJUNCTIONS | PREPOSITIONS | RELATIVES:
                continue
            return number + 1
    return None


def _is_noun_phrase(part: Sequence[Word]) -> bool:
    """Return whether words before a verb are one plain noun phrase, perhaps with "of …" behind it."""
    if not part or len(part) > LONGEST_SUBJECT:
        return False
    lower = [word.lower for word in part]
    if len(part) == 1 and lower[0] in PRONOUNS:
        return True
    if _opens_otherwise(lower[0]) or _ends_otherwise(part[-1]):
        return False
    if any(word in PRONOUNS - DETERMINERS - {"one"} or word in RELATIVES - DETERMINERS for word in lower):
        return False
    if any(word.after for word in part[:-1]) or part[-1].after.strip("'\u2019\""):
        return False
    # "Ear syringing is": a gerund may end a noun phrase; within one, it opens a clause ("people working nights").
    inner = enumerate(lower[1:-1], 1)
    return not any(word.endswith("ing") and verb_forms(word) and lower[n - 1] not in DETERMINERS for n, word in inner)


def _opens_otherwise(word: str) -> bool:
    """Return whether a word opens no noun phrase: a preposition, a conjunction, or an order ("stop scrubs too")."""
    order = any(form.form == "base" for form in verb_forms(word)) and is_verb(word) and word.isalpha()
    return order or word in PREPOSITIONS | SUBORDINATORS | CONJUNCTIONS


def _ends_otherwise(word: Word) -> bool:
    """Return whether a word ends no noun phrase: "afterwards", "plague repeatedly", "the age of"."""
    found = classes(word.lower)
    adverb = word.text.islower() and (found[0] == "r" or (found[0] == "a" and "n" not in found))
    return adverb or word.lower in PREPOSITIONS | DETERMINERS | CONJUNCTIONS


def _finite_verb(read: Sequence[Word], start: int) -> int | None:
    """Return the place of the first finite verb after `start`, where the subject begins; None where it is in doubt."""
    for place in range(start, min(len(read), start + LONGEST_SUBJECT + 1)):
        word = read[place]
        if place > start and (word.lower in AUXILIARIES or _is_present(read, place)):
            return place
        if (word.after and place + 1 < len(read)) or (word.lower in RELATIVES and place > start):
            return None
    return None


def _is_present(read: Sequence[Word], place: int) -> bool:
    """Return whether the word at `place` can only be a verb in the present; a past may always be a participle."""
    word, before = read[place], read[place - 1].lower
    inside = before in (DETERMINERS - _STANDING) | PREPOSITIONS | CONJUNCTIONS or before.endswith("'s")
    described = classes(before)[0] == "a" and not before.endswith("ing")
    following = read[place + 1].lower if place + 1 < len(read) else ""
    if word.text[0].isupper() or inside or described or following in AUXILIARIES:  # "the test results are": a noun
        return False
    plural = before in _PLURALS or (before.endswith("s") and not before.endswith(("ss", "us", "is")))
    acts = any(form.form == "base" and is_verb(form.lemma) for form in verb_forms(following))  # "light peels use acid"
    wanted = "base" if plural else "third"
    return (plural or not acts) and any(form.form == wanted and is_verb(form.lemma) for form in verb_forms(word.lower))
