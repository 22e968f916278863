"""Number the words and stems of a knowledge base, and hold its texts as sequences of those ids (the corpus)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np

from faqbot.search.arrays import BLOCK, Array, Strings, spans, sums
from faqbot.text import stem, stem_once

REMEMBERED: Final = 4096  # words looked up last: people ask with the same ones
_FACTOR: Final = 0x9E3779B97F4A7C15  # odd, so that no word of a text drops out of its digest
_SHIFT: Final = np.uint64(32)


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


def _powers(count: int) -> Array:
    return np.cumprod(np.full(count, _FACTOR, np.uint64))


_POWERS: Final = _powers(100)  # hardly a phrasing has more words


class Collector:
    """Gathers texts word by word.

    Args:
        numbers: of the words.
    """

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._words = array("i")
        self._starts = array("i", [0])

    def add(self, words: Iterable[str]) -> None:
        """Add one text."""
        self._words.extend(map(self._numbers.__getitem__, words))
        self._starts.append(len(self._words))

    def texts(self, renumbered: Array) -> Texts:
        """Return what was gathered, its words by their new numbers; nothing is gathered any more."""
        words, self._words = self._words, array("i")
        return Texts(np.array(self._starts, np.int32), renumbered[np.frombuffer(words, np.int32)])


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts by number.

    Attributes:
        starts: shape (texts + 1,): where the words of each begin.
        words: of all texts, one after the other.
    """

    starts: Array
    words: Array

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, texts: Array) -> tuple[Array, Array]:
        """Return the words of these texts, one after the other, and how many each has; all of them ascend."""
        if len(texts) == len(self):
            return self.words, np.diff(self.starts)
        starts, ends = self.starts[texts], self.starts[texts + 1]
        return self.words[spans(starts, ends)], ends - starts

    def between(self, start: int, end: int) -> tuple[Array, Array]:
        """Return the words of the texts from `start` to before `end`, and for each word the text, from 0."""
        words = self.words[self.starts[start] : self.starts[end]]
        return words, np.repeat(np.arange(end - start), np.diff(self.starts[start : end + 1]))


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """Finds the texts that consist of exactly the same words.

    Attributes:
        digests: of the texts, ascending.
        order: the texts in that order.
    """

    digests: Array
    order: Array

    @classmethod
    def of(cls, texts: Texts) -> Copies:
        """Digest every text."""
        digests = np.zeros(len(texts), np.uint32)
        for start in range(0, len(texts), BLOCK):
            numbers = np.arange(start, min(start + BLOCK, len(texts)))
            digests[numbers] = _digests(*texts.of(numbers))
        order = np.argsort(digests, kind="stable").astype(np.int32)
        return cls(digests[order], order)

    def find(self, texts: Texts, words: Array) -> Array:
        """Return the texts of exactly these words, ascending."""
        digest = _digests(words, np.array([len(words)]))[0]
        start, end = np.searchsorted(self.digests, digest, "left"), np.searchsorted(self.digests, digest, "right")
        alike = self.order[start:end]
        same = [text for text in alike if np.array_equal(texts.between(text, text + 1)[0], words)]
        return np.array(same, np.int64)


def _digests(words: Array, lengths: Array) -> Array:
    place = np.arange(len(words)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    powers = _POWERS if (longest := int(lengths.max(initial=0))) < len(_POWERS) else _powers(longest + 1)
    return (sums((words.astype(np.uint64) + np.uint64(1)) * powers[place], lengths) >> _SHIFT).astype(np.uint32)
