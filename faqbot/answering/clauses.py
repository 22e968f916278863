"""A message in clauses, and what all of it tells about a sign in one of them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import Final

from faqbot.answering import signs
from faqbot.answering.signs import Hit, Level
from faqbot.text import tokens, word_set

SHOUTED: Final = 6  # letters in capitals that are shouted

_CLAUSE: Final = re.compile(r"(?:[,;:!?()\n]|(?<!\d)\.|\.(?!\d)|\s-+\s)+")
_JOINED: Final = word_set("because cause cuz coz bc but though although and so then while")
_TWO: Final = {"cannot": ("can", "not"), "its": ("it", "is"), "gonna": ("going", "to"), "wanna": ("want", "to")}
SELF: Final = word_set("i my me our we im mine")
CHILDREN: Final = word_set("baby toddler child kid son daughter kids children infant newborn boy girl grandson")
CLOSE: Final = CHILDREN | word_set("""
    mum mom mother dad father husband wife partner boyfriend girlfriend he she his her him client patient granny
    grandma grandpa grandmother grandfather nan nana
    """)
OTHERS: Final = word_set("""
    sister brother friend cousin aunt uncle neighbour neighbor colleague coworker someone somebody woman man lady guy
    people they their them niece nephew others girls women everyone anybody anyone who
    """)
THINGS: Final = word_set("""
    it there the this that these face skin cheek eye lip tongue throat chest heart arm hand leg head nose wound area
    spot everything something vision
    """)
SUBJECTS: Final = SELF | CLOSE | OTHERS | THINGS
NOW: Final = word_set("""
    lot badly heavily everywhere since yesterday today now still help worse nonstop sudden suddenly really tonight
    morning minutes hours hour days please pls immediately urgent omg again much severe high rising
    """)


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it is read for worries: what all of it tells about each of its clauses."""

    is_past: bool  # it names a time long ago
    is_over: bool  # what was wrong went away
    is_asking: bool  # it asks something in general
    is_crying: bool  # it has an exclamation mark, or is in capitals
    has_now: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A sign in its clause, whose words begin behind greetings and leads ("is it normal that")."""

    words: tuple[str, ...]
    hit: Hit
    said: Said
    is_led: bool = False

    @property
    def before(self) -> tuple[str, ...]:
        """The words before the sign."""
        return self.words[: self.hit.start]

    @property
    def behind(self) -> tuple[str, ...]:
        """The words behind the sign."""
        return self.words[self.hit.end :]

    @property
    def own(self) -> set[str]:
        """The words of the sign."""
        return {self.words[place] for place in self.hit.places}

    @property
    def is_grave(self) -> bool:
        """Whether the sign is an emergency."""
        return self.hit.sign.level is Level.EMERGENCY

    def has(self, some: Set[str]) -> bool:
        """Return whether one of these words stands beside the sign."""
        return not some.isdisjoint((*self.before, *self.behind))


def is_over(told: Container[str]) -> bool:
    """Return whether a message says that all is well again, by the sections of its phrases."""
    return "over" in told and "not-over" not in told


def said_by(message: str, plain: Sequence[str]) -> Said:
    """Return what a message tells about each of its clauses; `plain` are its words."""
    told = signs.sections(plain)
    letters = [letter for letter in message if letter.isalpha()]
    return Said(
        is_past="long-ago" in told and "not-long-ago" not in told,
        is_over=is_over(told),
        is_asking="general" in told or "?" in message,
        is_crying="!" in message or (len(letters) > SHOUTED and all(map(str.isupper, letters))),
        has_now=not NOW.isdisjoint(plain),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, with "cannot", "wanna" and the like in two."""
    return tuple(chain.from_iterable(_TWO.get(word, (word,)) for word in tokens(text)))


def clauses(message: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each clause: between marks, and from "because", "but", "and I" on."""
    for piece in _CLAUSE.split(message):
        words = words_of(piece)
        start = 0
        for place, word in enumerate(words):
            if place > start and word in _JOINED and not SUBJECTS.isdisjoint(words[place + 1 : place + 2]):
                yield words[start:place]
                start = place
        yield words[start:]
