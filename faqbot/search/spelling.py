"""Correct spelling towards the words that a knowledge base uses, and no others.

Candidates come from a symmetric-delete index (SymSpell, Garbe 2012): two words that one edit parts have a string in
common that both become when a letter is left out of them, or none; with two edits, two letters. So every word is filed
under the digests of what is left of it, and a word finds its neighbours by the digests of what is left of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from typing import Final

import numpy as np

from faqbot.english.wordlists import is_english
from faqbot.search.arrays import Array, Strings, spans
from faqbot.search.vocabulary import Vocabulary

SHORTEST: Final = 3  # letters; 4 lost half a point of hit1 on questions with typos put in
SHORTEST_HALF: Final = 3  # letters of either half of a run-together word: with two, most words would fall apart
TWO_EDITS_FROM: Final = 7  # letters; 6 and 8 measured the same within .2 points of hit1 on nine sets
_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse: a letter that is left out is taken back
_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_SHIFT: Final = np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Speller:
    """Reads words as the ones that a knowledge base uses.

    A word is corrected only where neither the knowledge base nor English knows it. General dictionaries correct towards
    general English ("lazer" to "later"); the knowledge base's own words are what its readers mean ("lazer" to "laser").
    A word that exists is left alone: it may be the very thing that tells that the knowledge base does not answer the
    question. Distance is optimal string alignment (Damerau 1964: insertions, deletions, substitutions and swaps of
    neighbours), one edit in short words, two in long ones.

    Two neighbours are joined where the knowledge base knows the compound and not both halves ("black heads"), English
    or not: people part compounds at their English joints. An unknown word is split where it knows both halves.

    Args:
        vocabulary: the words that the knowledge base uses.
        neighbours: finds those that are spelt alike.
    """

    vocabulary: Vocabulary
    neighbours: Neighbours

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Speller:
        """Prepare to correct towards these words."""
        words = vocabulary.words
        targets = [number for number in np.flatnonzero(vocabulary.counts).tolist() if _is_target(words[number])]
        return cls(vocabulary, Neighbours.of(words, targets))

    def correct(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words as they are to be read."""
        return tuple(chain.from_iterable(read for _, read in self.steps(words)))

    def steps(self, words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield the words in their order, as they were written and as they are to be read."""
        place = 0
        while place < len(words):
            word, following = words[place], words[place + 1 : place + 2]
            compound = word + following[0] if following else ""
            if compound and self.vocabulary.count(compound) and not all(map(self.vocabulary.knows, (word, *following))):
                yield (word, *following), (compound,)
                place += 2
            else:
                yield (word,), (word,) if self.vocabulary.knows(word) else self._replacement(word)
                place += 1

    def _replacement(self, word: str) -> tuple[str, ...]:
        if len(word) < SHORTEST or not word.isalpha() or is_english(word):
            return (word,)
        nearest = self._nearest(word)
        return (nearest,) if nearest else self._halves(word) or (word,)

    def _nearest(self, word: str) -> str | None:
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - most questions need no correction, and a start its time

        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        # Of equally near words: people rarely miss the first letter, and mean the common one.
        ranked = [
            (distance, target[0] != word[0], -self.vocabulary.count(target), target)
            for target in self.neighbours.within(word, edits)
            if (distance := OSA.distance(word, target, score_cutoff=edits)) <= edits
        ]
        return min(ranked)[-1] if ranked else None

    def _halves(self, word: str) -> tuple[str, ...]:
        for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
            if self.vocabulary.count(word[:cut]) and self.vocabulary.count(word[cut:]):
                return word[:cut], word[cut:]
        return ()


def _is_target(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


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
