"""Spelling, towards the words that a knowledge base uses and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from faqbot.english.wordlists import is_english
from faqbot.search.neighbours import TWO_EDITS_FROM, Neighbours
from faqbot.search.vocabulary import Vocabulary

SHORTEST: Final = 3  # letters; 4 lost half a point of hit1 on questions with typos put in
SHORTEST_HALF: Final = 3  # letters of either half of a run-together word: with two, most words would fall apart


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
