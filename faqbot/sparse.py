"""Counts of features in documents, and posting lists that score documents, in flat arrays.

Shapes: D documents, V features, Z = pairs of a document and a feature that it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def spans(starts: Array, ends: Array) -> Array:
    """Return the positions starts[0]..ends[0]-1, starts[1]..ends[1]-1 and so on, as one array."""
    lengths = ends - starts
    shift = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.asarray(np.arange(lengths.sum()) + shift)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often each document holds each feature.

    Attributes:
        vocabulary: feature to its column, V of them.
        documents: D.
        rows, columns, counts: shape (Z,), ordered by row, then column.
    """

    vocabulary: Mapping[str, int]
    documents: int
    rows: Array
    columns: Array
    counts: Array

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]], parts: Callable[[str], Sequence[str]] | None = None) -> Counts:
        """Count the features of each document.

        Args:
            documents: each as its features, or with `parts` as its words.
            parts: the features of a word. It is called once a word, however often the word stands there.
        """
        words = {word: number for number, word in enumerate(dict.fromkeys(chain.from_iterable(documents)))}
        lengths = np.fromiter(map(len, documents), np.int64, len(documents))
        said = map(words.__getitem__, chain.from_iterable(documents))
        columns = np.fromiter(said, np.int64, int(lengths.sum()))
        rows = np.repeat(np.arange(len(documents)), lengths)
        if parts is None:
            vocabulary = words
        else:
            features = [parts(word) for word in words]
            flat = list(chain.from_iterable(features))
            vocabulary = {feature: number for number, feature in enumerate(dict.fromkeys(flat))}
            of_words = np.fromiter(map(vocabulary.__getitem__, flat), np.int64, len(flat))
            ends = np.cumsum(np.fromiter(map(len, features), np.int64, len(features)))
            starts = np.concatenate((np.zeros(1, np.int64), ends))[:-1]
            rows = np.repeat(rows, (ends - starts)[columns])
            columns = of_words[spans(starts[columns], ends[columns])]
        width = max(1, len(vocabulary))
        cells, counts = np.unique(rows * width + columns, return_counts=True)
        return cls(vocabulary, len(documents), cells // width, cells % width, counts)

    def lengths(self) -> Array:
        """Return the number of features in each document, shape (D,)."""
        return np.bincount(self.rows, weights=self.counts, minlength=self.documents)

    def document_frequency(self, owners: Array | None = None) -> Array:
        """Return in how many documents each feature stands, shape (V,).

        Args:
            owners: shape (D,): documents of one owner count as one.
        """
        rows = self.rows if owners is None else owners[self.rows]
        width = max(1, len(self.vocabulary))
        # With counts, since without them numpy loads its masked arrays first: 15 ms.
        cells, _ = np.unique(rows * width + self.columns, return_counts=True)
        return np.bincount(cells % width, minlength=len(self.vocabulary))


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each feature, the documents that hold it and with what weight.

    Attributes:
        vocabulary: feature to its column.
        documents: D.
        starts: shape (V + 1,): where each feature's documents begin.
        rows: shape (Z,), ordered by feature, then document.
        weights: shape (Z,).
    """

    vocabulary: Mapping[str, int]
    documents: int
    starts: Array
    rows: Array
    weights: Array

    @classmethod
    def of(cls, counts: Counts, weights: Array) -> Postings:
        """Turn the counts around, with `weights` (Z,) in their order."""
        order = np.argsort(counts.columns, kind="stable")
        sizes = np.bincount(counts.columns, minlength=len(counts.vocabulary))
        starts = np.concatenate(([0], np.cumsum(sizes)))
        return cls(
            counts.vocabulary, counts.documents, starts, counts.rows[order].astype(np.int32),
            weights[order].astype(np.float32),
        )  # fmt: skip

    def columns(self, features: Iterable[str]) -> tuple[Array, Array]:
        """Return the columns of the known features and how often each stands there."""
        found = Counter(self.vocabulary[feature] for feature in features if feature in self.vocabulary)
        return np.fromiter(found.keys(), np.int64, len(found)), np.fromiter(found.values(), np.float64, len(found))

    def scores(self, columns: Array, weights: Array) -> Array:
        """Return the weighted sum of each document's weights in `columns`, shape (D,)."""
        starts, ends = self.starts[columns], self.starts[columns + 1]
        places = spans(starts, ends)
        products = self.weights[places] * np.repeat(weights, ends - starts)
        return np.bincount(self.rows[places], weights=products, minlength=self.documents)

    def documents_with(self, feature: str) -> Array:
        """Return the documents that hold `feature`, ascending."""
        column = self.vocabulary.get(feature)
        if column is None:
            return self.rows[:0]
        return self.rows[self.starts[column] : self.starts[column + 1]]
