"""Vectors of tf-idf weights (Salton and Buckley 1988): the weights, the lengths, and the products of vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from faqbot.search.arrays import Array, cells, counted

IDF_OFFSET: Final = 0.5  # keeps words that every entry holds in play; 0 to 1 measured within .3 points on nine sets


def inverse_frequency(entries: int, frequency: Array) -> Array:
    """Return the weight of features by the number of entries that hold them; of those that none holds, 0."""
    weights = np.log((1 + entries) / (1 + frequency)) + IDF_OFFSET
    return np.where(frequency > 0, weights, 0).astype(np.float32)


def weighed(features: Sequence[int] | Array, idf: Array) -> tuple[Array, Array]:
    """Return the features of a question, ascending, and the weight of each."""
    found, times = counted(np.asarray(features, np.int64))
    return found, times * idf[found].astype(float)


def squares(rows: Array, features: Array, idf: Array, count: int) -> Array:
    """Return the sum of the squared weights of each of `count` rows."""
    found, features, times = cells(rows, features, max(1, len(idf)))
    return np.bincount(found, weights=(times * idf[features].astype(float)) ** 2, minlength=count)


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The features of some texts, each as often as it stands there.

    Attributes:
        rows: the text that each feature stands in, from 0.
        columns: the place of each, below `width`.
        width: how many different ones there are.
        weights: of each.
        norms: the lengths of the texts' vectors.
    """

    rows: Array
    columns: Array
    width: int
    weights: Array
    norms: Array


def gram(kinds: Sequence[Features]) -> Array:
    """Return the Gram matrix of texts by several kinds of features, the mean of that of each: shape (texts, texts)."""
    width = sum(kind.width for kind in kinds)
    before = np.cumsum([0, *(kind.width for kind in kinds)]).tolist()
    flat = [kind.rows * width + (kind.columns + start) for kind, start in zip(kinds, before, strict=False)]
    weights = [kind.weights / kind.norms[kind.rows] for kind in kinds]
    texts = len(kinds[0].norms)
    vectors = np.zeros((texts, width), np.float32)
    np.add.at(vectors.reshape(-1), np.concatenate(flat), np.concatenate(weights))
    return np.asarray((vectors @ vectors.T) / len(kinds))
