"""The words of a knowledge base and their stems, by number."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np

from faqbot.search.arrays import Array
from faqbot.search.strings import Strings
from faqbot.text import stem, stem_once

REMEMBERED: Final = 4096  # words looked up last: people ask with the same ones


class Numbers(dict[str, int]):
    """Words to numbers in the order in which they are first asked for."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Tally:
    """How often each word occurs.

    Args:
        numbers: of the words.
    """

    _MOST: Final = 1 << 20  # words that wait to be counted

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._waiting = array("i")
        self._counts = np.zeros(0, np.int64)

    def add(self, words: Iterable[str]) -> None:
        """Count `words`."""
        self._waiting.extend(map(self._numbers.__getitem__, words))
        if len(self._waiting) > self._MOST:
            self.counts()

    def counts(self) -> Array:
        """Return the count of every word that has a number."""
        counts = np.bincount(np.asarray(self._waiting, np.int32), minlength=len(self._numbers))
        counts[: len(self._counts)] += self._counts
        self._waiting, self._counts = array("i"), counts
        return counts


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of a knowledge base in ascending order.

    Attributes:
        words: V of them.
        counts: shape (V,): how often the knowledge base says each; 0 for what is only read in place of other words.
        stems: the stems of all of them, S, ascending.
        stem_of: shape (V,): the number of each word's stem.
        said: shape (S,): whether a word of that stem is said.
        word, stem: return the number of one, or None where there is no such word or stem.
    """

    words: Strings
    counts: Array
    stems: Strings
    stem_of: Array
    said: Array
    word: Callable[[str], int | None] = field(init=False)
    stem: Callable[[str], int | None] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", lru_cache(REMEMBERED)(self.words.find))
        object.__setattr__(self, "stem", lru_cache(REMEMBERED)(self.stems.find))

    @classmethod
    def of(cls, numbers: Numbers, counts: Array) -> tuple[Vocabulary, Array]:
        """Order words that have numbers, and return their new numbers by the old ones.

        Args:
            numbers: of the words; they are emptied, to make room.
            counts: of each word by its number.
        """
        words, new = _ordered(numbers)
        ordered_counts = np.zeros(len(words), np.int32)
        ordered_counts[new] = counts
        of_stems = Numbers()
        stem_of = np.fromiter((of_stems[stem_once(word)] for word in words), np.int32, len(words))
        stems, new_stems = _ordered(of_stems)
        stem_of = new_stems[stem_of]
        said = np.zeros(len(stems), bool)
        said[stem_of[ordered_counts > 0]] = True
        return cls(Strings.of(words), ordered_counts, Strings.of(stems), stem_of, said), new

    def count(self, word: str) -> int:
        """Return how often the knowledge base says `word`."""
        number = self.word(word)
        return 0 if number is None else int(self.counts[number])

    def knows(self, word: str) -> bool:
        """Return whether the knowledge base says `word` or another form of it."""
        if self.count(word):
            return True
        number = self.stem(stem(word))
        return number is not None and bool(self.said[number])


def _ordered(numbers: Numbers) -> tuple[list[str], Array]:
    """Return the words in ascending order, and their places in it by their numbers, which are forgotten."""
    words = sorted(numbers)
    new = np.zeros(len(words), np.int32)
    new[np.fromiter(map(numbers.__getitem__, words), np.int32, len(words))] = np.arange(len(words))
    numbers.clear()
    return words, new
