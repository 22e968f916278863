"""Answers to a list: the number of a line, "the second one", "yes", "none of these"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from faqbot.text import phrase_set, tokens, word_set

LONGEST: Final = 40  # characters: what is longer says something of its own

_NUMBER: Final = re.compile(r"\s*#?([0-9]{1,2})[.)]?\s*")
_ORDINALS: Final = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
}  # fmt: skip
_CARDINALS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_LABELS: Final = frozenset({"option", "number", "no", "nr", "choice", "answer", "question", "suggestion"})
_PADDING: Final = word_set("the a please pls i mean meant want take choose pick ok okay yes yeah would like it is")
_YES: Final = phrase_set("""
    yes|yeah|yep|yup|yes please|yes that|yes that one|yeah that one|that one|that is it|that is the one|exactly|correct
    |right|sure|yes it is|yes exactly|this one|yes i did|yes i do|i did|thats it|y|ya|yes sure|ok yes|yes thanks
    """)
_NO: Final = phrase_set("""
    no|nope|nah|n|none|none of these|none of those|none of them|none of the above|none of that|neither|neither of them
    |no thanks|no thank you|not really|no none of these|no none of them|no not that|not that|not this|no that is not it
    |that is not it|not what i meant|that is not what i meant|no that is not what i meant|not what i asked
    |that is not what i asked|that is not my question|wrong|no sorry|no neither|nothing of that|no i did not
    |i did not|no i do not|no it is not|these are wrong|they are all wrong|no none|no that is wrong|not these
    """)


class Answer(StrEnum):
    """What a person says to a list."""

    PLACE = "place"  # one of its lines
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was said to a list.

    Attributes:
        answer: what it is.
        place: of a PLACE, counted from 1, or from -1 for the last one.
        is_number: whether digits say so: they mean nothing else, where words may.
    """

    answer: Answer
    place: int = 0
    is_number: bool = False

    def among(self, count: int) -> int:
        """Return the place in a list of `count` lines, counted from 1; "yes" takes the first."""
        if self.answer is Answer.YES:
            return 1
        return count if self.place == -1 else self.place


def chosen(message: str) -> Choice | None:
    """Return what a message says to a list, or None where it is more than that."""
    number = _NUMBER.fullmatch(message)
    if number:
        return Choice(Answer.PLACE, int(number[1]), is_number=True)
    if len(message) > LONGEST or any(not character.isascii() and character.isnumeric() for character in message):
        return None
    words = tokens(message)
    said = " ".join(words)
    if said in _NO:
        return Choice(Answer.NO)
    if said in _YES:
        return Choice(Answer.YES)
    place = _place(tuple(word for word in words if word not in _PADDING)) or _place(words)
    return Choice(Answer.PLACE, place) if place and message.strip()[:1] != "-" else None


def _place(words: tuple[str, ...]) -> int:
    """Return the place that "second one", "option two", "last" or "two" name, and 0 for other words."""
    match words:
        case ("last",) | ("last", "one"):
            return -1
        case (word,) | (word, "one" | "option" | "question" | "suggestion") if word in _ORDINALS:
            return _ORDINALS[word]
        case (label, word) if label in _LABELS and (word in _CARDINALS or (word.isascii() and word.isdigit())):
            return _CARDINALS.get(word) or (int(word) if len(word) < 3 else 0)
        case (word,) if word in _CARDINALS:
            return _CARDINALS[word]
        case (word,) if word.isascii() and word.isdigit() and len(word) < 3:
            return int(word)
    return 0
