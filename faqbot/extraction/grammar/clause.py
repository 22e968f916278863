"""A light reading of English sentences: enough to ask about the simple ones, and to leave the others alone.

There is no parser. A sentence is read as [opening] subject verb rest where closed classes (auxiliaries, determiners,
prepositions) and a list of verbs leave no doubt; wherever they do, there is no reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from faqbot.extraction.grammar.finite import LONGEST_SUBJECT, finite_verb
from faqbot.extraction.grammar.lexicon import Form, classes, is_verb, past, verb_forms
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
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
_YEAR: Final = re.compile(r"(?:1\d|20)\d\d")
_BE: Final = ("is", "are", "was", "were", "be", "been", "being", "am")
_HAVE: Final = ("has", "have", "had")
_MODIFIERS: Final = frozenset(("not", "also", "never", "often", "always", "still", "even", "now", "just", "since"))
# Forms of the verb that follow an auxiliary; after all others, it is the base form.
_AFTER: Final = {"be": ("participle", "ing"), "have": ("participle",)}


@dataclass(frozen=True, slots=True)
class Clause:
    """A simple main clause.

    Attributes:
        opening: what stands before the subject ("In 1990"), without its comma; () for nothing.
        subject: its words.
        verb: the finite verb as it is read: its base form, and which form it is.
        auxiliaries: the auxiliary verbs in order, the finite one first; () where the verb itself is finite.
        adverbs: between auxiliary and verb ("not", "normally").
        main: the last word of the verb group, as written: "is" in "is a tree", "performed" in "is performed".
        rest: what follows.
    """

    opening: tuple[Word, ...]
    subject: tuple[Word, ...]
    verb: Form
    auxiliaries: tuple[str, ...]
    adverbs: tuple[str, ...]
    main: str
    rest: tuple[Word, ...]

    @property
    def is_negative(self) -> bool:
        """Return whether it denies something."""
        negative = ("not", "never", "no")
        return any(a in negative for a in self.adverbs) or any(word.lower in negative for word in self.rest[:1])


@lru_cache(maxsize=8192)  # several rules read the same sentence
def clause(sentence: str) -> Clause | None:
    """Return the main clause of a sentence, or None where its parts are in any doubt."""
    read = without_connective(words(sentence))
    if not SHORTEST_SENTENCE <= len(read) <= LONGEST_SENTENCE:
        return None
    start = _subject_start(read)
    place = None if start is None else finite_verb(read, start)
    if start is None or place is None or not _is_noun_phrase(read[start:place]):
        return None
    return _verb_group(read, start, place)


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


def _verb_group(read: Sequence[Word], start: int, place: int) -> Clause | None:
    """Return the clause whose finite verb stands at `place`."""
    auxiliaries, adverbs, at = _auxiliaries(read, place)
    if at >= len(read):
        return None
    opening, subject = tuple(read[:start]), tuple(read[start:place])
    head, forms, rest = read[at], verb_forms(read[at].lower), tuple(read[at + 1 :])
    if not auxiliaries:
        # "Lessons cost 20 pounds" is the present, though the past looks the same.
        present = subject[-1].lower.endswith("s") and head.lower == past(head.lower)
        order = ("base",) if present else ("past", "third", "base")
        finite = next((form for wanted in order for form in forms if form.form == wanted), None)
        return Clause(opening, subject, finite, (), (), head.text, rest) if finite else None
    last = auxiliaries[-1]
    main = next((form for form in forms if form.form in _AFTER.get(_lemma(last), ("base",))), None)
    if main and head.lower not in ("be", "been"):
        return Clause(opening, subject, main, auxiliaries, adverbs, head.text, rest)
    if last in MODALS or last in ("do", "does", "did"):
        return None
    # The last auxiliary is the verb itself: "is a tree", "has six legs".
    return Clause(opening, subject, _own_form(last), auxiliaries[:-1], adverbs, last, tuple(read[at:]))


def _auxiliaries(read: Sequence[Word], place: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return the auxiliaries from `place` on, the adverbs among them, and the place of the first word after them."""
    auxiliaries: list[str] = []
    adverbs: list[str] = []
    for at in range(place, len(read)):
        word = read[at].lower
        if read[at].after and at + 1 < len(read):
            return tuple(auxiliaries), tuple(adverbs), at
        if word in AUXILIARIES or (auxiliaries and word in ("be", "been", "being", "have")):
            auxiliaries.append(word)
        elif auxiliaries and (word in _MODIFIERS or (classes(word)[0] == "r" and word not in PREPOSITIONS)):
            adverbs.append(word)
        else:
            return tuple(auxiliaries), tuple(adverbs), at
    return tuple(auxiliaries), tuple(adverbs), len(read)


def _lemma(auxiliary: str) -> str:
    if auxiliary in _BE:
        return "be"
    return "have" if auxiliary in _HAVE else auxiliary


def _own_form(auxiliary: str) -> Form:
    """Return an auxiliary as the verb of its clause."""
    form = "third" if auxiliary in ("is", "has") else "past" if auxiliary in ("was", "were", "had") else "base"
    return Form(_lemma(auxiliary), form)
