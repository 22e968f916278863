"""Texts as the numbers of their words, in flat arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from faqbot.search.arrays import BLOCK, Array, spans, sums
from faqbot.search.vocabulary import Numbers

_FACTOR: Final = 0x9E3779B97F4A7C15  # odd, so that no word of a text drops out of its digest
_SHIFT: Final = np.uint64(32)


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
