"""BM25 over whole entries: their questions, phrasings and answers as one text each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from faqbot.sparse import Array, Counts, Postings

K1: Final = 1.2  # how soon a repeated word stops counting; .9 to 2 measured the same within a point on nine sets
B: Final = 0.75  # how much long entries are held back; Robertson and Zaragoza's default, .4 measured lower
FUNCTION_WEIGHT: Final = 0.3  # of a function word, beside 1; .2 to .5 measured within .3 points of hit1, 1 lost 1.5
SATURATION: Final = 3.0  # a best score of 3 becomes 0.5: one weak word cannot reach 1; 1 lost .4 points of hit1


class Bm25:
    """The ranking function of Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).

    Args:
        documents: the stems of each entry.
        function_stems: stems that weigh FUNCTION_WEIGHT.
    """

    def __init__(self, documents: Sequence[Sequence[str]], function_stems: Collection[str]) -> None:
        counts = Counts.of(documents)
        frequency = counts.document_frequency()
        self._unseen = self._idf(counts.documents, np.zeros(1))[0]
        self._weights = self._idf(counts.documents, frequency)
        for column in (counts.vocabulary[stem] for stem in function_stems if stem in counts.vocabulary):
            self._weights[column] *= FUNCTION_WEIGHT
        lengths = counts.lengths()
        relative = (lengths / max(1.0, lengths.mean() if len(lengths) else 1.0))[counts.rows]
        saturated = counts.counts * (K1 + 1) / (counts.counts + K1 * (1 - B + B * relative))
        self._postings = Postings.of(counts, self._weights[counts.columns] * saturated)

    @staticmethod
    def _idf(documents: int, frequency: Array) -> Array:
        return np.asarray(np.log1p((documents - frequency + 0.5) / (frequency + 0.5)))

    def scores(self, stems: Sequence[str]) -> Array:
        """Return the score of each entry divided by the best one plus SATURATION: shape (entries,), 0 to below 1."""
        columns, _ = self._postings.columns(stems)
        raw = self._postings.scores(columns, np.ones(len(columns)))
        return np.asarray(raw / (raw.max(initial=0.0) + SATURATION))

    def weight(self, stem: str) -> float:
        """Return how much `stem` tells entries apart; most for one that no entry holds."""
        column = self._postings.vocabulary.get(stem)
        return float(self._unseen if column is None else self._weights[column])

    def entries_with(self, stem: str) -> Array:
        """Return the numbers of the entries that hold `stem`, ascending."""
        return self._postings.documents_with(stem)
