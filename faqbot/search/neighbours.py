"""Words that are spelt nearly alike, found without a look at the others.

Two words that one edit parts have a string in common that both become when a letter is left out of them, or none; with
two edits, two letters (Garbe 2012, "symmetric delete"). So every word of a vocabulary is filed under the digests of
what is left of it, and a word finds its neighbours by the digests of what is left of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

import numpy as np

from faqbot.search.arrays import Array, spans
from faqbot.search.strings import Strings

TWO_EDITS_FROM: Final = 7  # letters; 6 and 8 measured the same within .2 points of hit1 on nine sets
_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse: a letter that is left out is taken back
_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_SHIFT: Final = np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Finds the words within one or two edits of another.

    Attributes:
        words: all of them, neighbours or not.
        digests: of what is left of those that are filed, ascending.
        filed: the number of the word for each digest.
    """

    words: Strings
    digests: Array
    filed: Array

    @classmethod
    def of(cls, words: Strings, numbers: Sequence[int]) -> Neighbours:
        """File the words of these numbers."""
        by_length: dict[int, dict[int, str]] = {}
        for number in numbers:
            word = words[number]
            by_length.setdefault(len(word), {})[number] = word
        digests, filed = [np.zeros(0, np.uint32)], [np.zeros(0, np.int32)]
        for length, group in by_length.items():
            # Of a word this short, only one that is too short itself for two edits can be a neighbour.
            left = _left(list(group.values()), 2 if length >= TWO_EDITS_FROM - 2 else 1)
            digests.append(left.ravel())
            filed.append(np.repeat(np.array(list(group), np.int32), left.shape[1]))
        every = np.concatenate(digests)
        order = np.argsort(every, kind="stable")
        return cls(words, every[order], np.concatenate(filed)[order])

    def within(self, word: str, edits: int) -> Iterator[str]:
        """Yield every filed word at most `edits` (1 or 2) away, and perhaps some others, each once.

        Two edits are found where `word` has at least TWO_EDITS_FROM letters.
        """
        left = _left([word], edits)[0]
        places = spans(np.searchsorted(self.digests, left, "left"), np.searchsorted(self.digests, left, "right"))
        return (self.words[number] for number in sorted(set(self.filed[places].tolist())))


@lru_cache(maxsize=256)
def _two_of(length: int) -> tuple[Array, Array]:
    """Return the places of two letters, in every way, of a word of this length."""
    first, second = np.array(list(combinations(range(length), 2)), np.int64).reshape(-1, 2).T
    return first, second


def _left(words: Sequence[str], edits: int) -> Array:
    """Return digests of words of one length with none to `edits` letters left out: shape (words, ways)."""
    length = len(words[0])
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32).reshape(-1, length)
    powers = np.cumprod(np.array([1, *[_BASE] * length], np.uint64))[:length]
    before = np.zeros((len(words), length + 1), np.uint64)  # the digest of the first letters
    np.cumsum(letters.astype(np.uint64) * powers, axis=1, out=before[:, 1:])
    whole, back = before[:, -1:], np.uint64(_INVERSE)
    ways = [whole, before[:, :-1] + (whole - before[:, 1:]) * back]
    if edits > 1:
        first, second = _two_of(length)
        middle = (before[:, second] - before[:, first + 1]) * back
        ways.append(before[:, first] + middle + (whole - before[:, second + 1]) * back * back)
    mixed = np.concatenate(ways, axis=1) * np.uint64(_BASE)
    return (mixed >> _SHIFT).astype(np.uint32)
