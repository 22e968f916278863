"""Score whole entries with BM25: their questions, phrasings and answers as one text each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from faqbot.search.arrays import Array, Postings, cells, distinct, lookup, owner_blocks, recall
from faqbot.search.vocabulary import Texts, Vocabulary

K1: Final = 1.2  # how soon a repeated word stops counting; .9 to 2 measured the same within a point on nine sets
B: Final = 0.75  # how much long entries are held back; Robertson and Zaragoza's default, .4 measured lower
FUNCTION_WEIGHT: Final = 0.3  # of a function word, beside 1; .2 to .5 measured within .3 points of hit1, 1 lost 1.5
SATURATION: Final = 3.0  # a best score of 3 becomes 0.5: one weak word cannot reach 1; 1 lost .4 points of hit1
# How often the words of an entry's own question count beside those of a phrasing and of the answer: 1 and 2 measured .5
# and .3 points of hit1 less on nine sets, most of it where answers are long.
OWN_QUESTION: Final = 3
# Postings read for a question; words that are too common for that are only looked up in the entries found so far. Of a
# million entries 60,000 took twice as long, and both found what was asked for in 200 of 200 questions.
MOST_READ: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Bm25:
    """The ranking function of Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).

    Attributes:
        vocabulary: the stems, S of them.
        postings: the entries that hold each stem, and what it adds to their scores: computed once, as BM25S does (Lu
            2024).
        weights: shape (S,): how much each stem tells entries apart.
        most: shape (S,): what each stem adds at most, which tells entries that cannot win (Turtle and Flood 1995).
        size: how many entries there are.
    """

    vocabulary: Vocabulary
    postings: Postings
    weights: Array
    most: Array
    size: int

    @classmethod
    def of(
        cls, vocabulary: Vocabulary, forms: Texts, firsts: Array, answers: Texts, function_stems: Collection[str]
    ) -> Bm25:
        """Count the stems of entries.

        Args:
            vocabulary: of their words.
            forms: the phrasings of all entries.
            firsts: the first phrasing of each, which is its question.
            answers: of each.
            function_stems: stems that weigh FUNCTION_WEIGHT.
        """
        said = _Said(vocabulary, forms, firsts, answers)

        def counted() -> Iterator[tuple[Array, Array, Array]]:
            for start, end in owner_blocks(firsts, len(forms)):
                stems, entries = said.between(start, end)
                columns, rows, counts = cells(stems, entries, end - start)
                yield columns, rows + start, counts

        frequency, lengths = np.zeros(len(vocabulary.stems), np.int32), np.zeros(len(firsts))
        for columns, rows, counts in counted():
            frequency += np.bincount(columns, minlength=len(frequency)).astype(np.int32)
            np.add.at(lengths, rows, counts.astype(float))
        weights = _idf(len(firsts), frequency)
        light = [number for stem in function_stems if (number := vocabulary.stem(stem)) is not None]
        weights[light] *= FUNCTION_WEIGHT
        lengths *= B / max(1.0, lengths.mean() if len(lengths) else 1.0)  # in place: of a million entries, 8 MB each
        lengths += 1 - B
        most = np.zeros(len(weights), np.float32)

        def valued() -> Iterator[tuple[Array, Array, Array]]:
            for columns, rows, counts in counted():
                values = weights[columns] * (counts * (K1 + 1) / (counts + K1 * lengths[rows]))
                np.maximum.at(most, columns, values.astype(np.float32))
                yield columns, rows, values

        return cls(vocabulary, Postings.of(frequency, valued()), weights.astype(np.float32), most, len(firsts))

    def scores(self, stems: Sequence[str], entries: Array | None = None) -> Array:
        """Return the sum of the weights of the stems, each in proportion to how much an entry is about it.

        Args:
            stems: of the question.
            entries: ascending numbers of those that are wanted; all without them.
        """
        numbers = self._known(stems)
        if entries is None:
            rows, values = self._read(numbers) if numbers else (np.zeros(0, np.int32), np.zeros(0))
            return 0.0 + np.bincount(rows, weights=values, minlength=self.size)
        scores = np.zeros(len(entries))
        for number in numbers:
            self._add(number, entries, scores)
        return scores

    def best(self, stems: Sequence[str], telling: Sequence[str], many: int) -> tuple[Array, Array]:
        """Return the `many` entries that score best, ascending, and their scores.

        Only entries that hold one of the rarest words are looked at: of as many words as have MOST_READ postings
        together, and at least of one. Which of these entries are best is decided by all words.

        Args:
            stems: of the question.
            telling: those of them that are to find entries.
            many: entries wanted.
        """
        numbers = sorted(self._known(telling) or self._known(stems), key=self.postings.frequency_of)
        if not numbers:
            return np.zeros(0, np.int32), np.zeros(0)
        sizes = np.cumsum([self.postings.frequency_of(number) for number in numbers])
        read = numbers[: max(1, int(np.searchsorted(sizes, MOST_READ, "right")))]
        rows, values = self._read(read)
        entries = distinct(rows)
        places = recall(entries, np.arange(len(entries)), rows, self.size)
        scores = np.bincount(places, weights=values, minlength=len(entries))
        left = sorted(set(self._known(stems)).difference(read), key=self.postings.frequency_of)
        most = np.cumsum(self.most[np.array(left, np.int64)][::-1])[::-1]  # what a stem and those after it can add
        for number, reach in zip(left, most.tolist(), strict=True):
            if len(entries) > many:  # those that cannot come among the best any more are not looked at
                hopeful = scores >= np.partition(scores, -many)[-many] - reach
                entries, scores = entries[hopeful], scores[hopeful]
            self._add(number, entries, scores)
        return _best(entries, scores, many)

    def weight(self, stem: str) -> float:
        """Return how much `stem` tells entries apart; most for one that no entry holds."""
        number = self.vocabulary.stem(stem)
        known = number is not None and self.postings.frequency_of(number)
        return float(self.weights[number] if known else _idf(self.size, np.zeros(1))[0])

    def entries_with(self, stem: str) -> Array:
        """Return the numbers of the entries that hold `stem`, ascending."""
        number = self.vocabulary.stem(stem)
        return np.zeros(0, np.int32) if number is None else self.postings.of_feature(number)[0]

    def _known(self, stems: Sequence[str]) -> list[int]:
        return [number for stem in dict.fromkeys(stems) if (number := self.vocabulary.stem(stem)) is not None]

    def _read(self, stems: Sequence[int]) -> tuple[Array, Array]:
        """Return the entries that hold each stem, and what it adds to the score of each."""
        found = [self.postings.of_feature(stem) for stem in stems]
        return np.concatenate([rows for rows, _ in found]), np.concatenate([values for _, values in found])

    def _add(self, stem: int, entries: Array, scores: Array) -> None:
        """Add to the scores of `entries` what a stem adds."""
        rows, values = self.postings.of_feature(stem)
        places, held = lookup(rows, entries)
        scores[held] += values[places[held]]


def _idf(entries: int, frequency: Array) -> Array:
    return np.asarray(np.log1p((entries - frequency + 0.5) / (frequency + 0.5)))


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """The stems of entries: of their phrasings, of their own questions OWN_QUESTION times, and of their answers."""

    vocabulary: Vocabulary
    forms: Texts
    firsts: Array
    answers: Texts

    def between(self, start: int, end: int) -> tuple[Array, Array]:
        """Return the stems of the entries from `start` to before `end`, and for each the entry, from 0."""
        firsts = self.firsts[start:end]
        last = int(self.firsts[end]) if end < len(self.firsts) else len(self.forms)
        words, texts = self.forms.between(int(firsts[0]), last)
        owners = np.searchsorted(firsts, firsts[0] + texts, "right") - 1
        own, lengths = self.forms.of(firsts)
        again = OWN_QUESTION - 1
        answers, rows = self.answers.between(start, end)
        stems = self.vocabulary.stem_of[np.concatenate((words, np.tile(own, again), answers))]
        return stems, np.concatenate((owners, np.tile(np.repeat(np.arange(end - start), lengths), again), rows))


def _best(entries: Array, scores: Array, many: int) -> tuple[Array, Array]:
    """Return the `many` best of `entries` in their order, and their scores."""
    if len(entries) <= many:
        return entries, scores
    best = np.sort(np.argpartition(-scores, many)[:many])
    return entries[best], scores[best]
