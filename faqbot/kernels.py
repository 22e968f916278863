"""Kernels: how alike a question and the phrasings of a knowledge base are, 0 to 1, each in its own way.

Shapes: P phrasings, C candidates among them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final, Protocol

import numpy as np

from faqbot.questions import Question
from faqbot.sparse import Array, Counts, Postings, spans

IDF_OFFSET: Final = 0.5  # keeps words that every entry holds in play; 0 to 1 measured within .3 points on nine sets


class Kernel(Protocol):
    """A symmetric similarity between texts, 0 to 1."""

    def similarities(self, question: Question) -> Array:
        """Return the similarity of a question to each phrasing: shape (P,)."""

    def gram(self, phrasings: Array) -> Array:
        """Return the Gram matrix of the phrasings with these numbers, their similarities to each other: (C, C)."""


class TfIdf:
    """Cosine of tf-idf vectors (Salton and Buckley 1988) over the features of a text.

    The inverse document frequency counts entries, not phrasings: an entry with many phrasings must not make its own
    words look common.

    Args:
        phrasings: each phrasing as it was read.
        owners: shape (P,): the entry of each phrasing.
        words: what of a text is counted.
        parts: the features of one of its words, where they are not the words themselves.
    """

    def __init__(
        self,
        phrasings: Sequence[Question],
        owners: Array,
        words: Callable[[Question], Sequence[str]],
        parts: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        self._words, self._parts = words, parts
        counts = Counts.of([words(phrasing) for phrasing in phrasings], parts)
        entries = int(owners[-1]) + 1 if len(owners) else 0
        self._idf = np.log((1 + entries) / (1 + counts.document_frequency(owners))) + IDF_OFFSET
        weights = counts.counts * self._idf[counts.columns]
        norms = np.sqrt(np.bincount(counts.rows, weights=weights**2, minlength=counts.documents))
        weights = weights / np.maximum(norms, np.finfo(float).tiny)[counts.rows]
        self._postings = Postings.of(counts, weights)
        self._columns = counts.columns.astype(np.int32)
        self._weights = weights.astype(np.float32)
        self._starts = np.searchsorted(counts.rows, np.arange(counts.documents + 1))

    def similarities(self, question: Question) -> Array:
        """See Kernel. Features that no phrasing holds are passed over; the decision weighs unknown words."""
        words = self._words(question)
        features = words if self._parts is None else chain.from_iterable(map(self._parts, words))
        columns, counts = self._postings.columns(features)
        weights = counts * self._idf[columns]
        norm = np.sqrt((weights**2).sum())
        return self._postings.scores(columns, weights / norm if norm else weights)

    def gram(self, phrasings: Array) -> Array:
        """See Kernel."""
        starts, ends = self._starts[phrasings], self._starts[phrasings + 1]
        places = spans(starts, ends)
        columns = self._columns[places]
        used = np.zeros(len(self._idf), bool)
        used[columns] = True
        compact = np.cumsum(used) - 1  # the columns that the candidates hold, numbered from 0
        dense = np.zeros((len(phrasings), int(used.sum())), np.float32)
        dense[np.repeat(np.arange(len(phrasings)), ends - starts), compact[columns]] = self._weights[places]
        return np.asarray(dense @ dense.T, float)
