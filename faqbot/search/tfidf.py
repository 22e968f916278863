"""Compute the cosine similarity of tf-idf vectors of a question and the phrasings, 0 to 1: two kernels.

Both are over tf-idf weights (Salton and Buckley 1988), over stems and pairs of neighbouring stems, and over
the character n-grams of words. Vectors are not kept: of a phrasing there are its words and the length of its vector,
and what a word adds to a similarity is the same wherever it stands. The inverse document frequency counts entries, not
phrasings: an entry with many phrasings must not make its own words look common.

Shapes: P phrasings, C candidates among them, V words, S stems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Protocol

import numpy as np

from faqbot.search.arrays import (
    Array,
    Strings,
    bounds,
    cells,
    distinct,
    lookup,
    multiplying,
    places_among,
    recall,
    spans,
    sums,
    text_blocks,
    value_counts,
)  # fmt: skip
from faqbot.search.question import Question
from faqbot.search.vocabulary import Texts, Vocabulary

_LETTER: Final = 21  # bits of a code point
_SPACE: Final = ord(" ")
WORDS_AT_A_TIME: Final = 50_000
IDF_OFFSET: Final = 0.5  # keeps words that every entry holds in play; 0 to 1 measured within .3 points on nine sets


def inverse_frequency(entries: int, frequency: Array) -> Array:
    """Return the weight of features by the number of entries that hold them; of those that none holds, 0."""
    weights = np.log((1 + entries) / (1 + frequency)) + IDF_OFFSET
    return np.where(frequency > 0, weights, 0).astype(np.float32)


def weighed(features: Sequence[int] | Array, idf: Array) -> tuple[Array, Array]:
    """Return the features of a question, ascending, and the weight of each."""
    found, times = value_counts(np.asarray(features, np.int64))
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
    with multiplying:
        return np.asarray((vectors @ vectors.T) / len(kinds))


class Kernel(Protocol):
    """A symmetric similarity between texts, 0 to 1."""

    def similarities(self, question: Question, phrasings: Array) -> Array:
        """Return the similarity of a question to each phrasing of these numbers: shape (C,)."""

    def features(self, phrasings: Array) -> Features:
        """Return the features of the phrasings of these numbers, whose products are their similarities."""


@dataclass(frozen=True, slots=True, eq=False)
class WordKernel:
    """Cosine over stems and pairs of neighbouring stems.

    Attributes:
        vocabulary: the words and stems.
        texts: the phrasings.
        idf: of the stems, shape (S,).
        pairs: the pairs of stems that occur, ascending: the first one's number times S plus the second one's.
        pair_idf: of each, shape (pairs + 1,); the last one, 0, is of no pair.
        pair_at: beside each word of the phrasings, the place in `pairs` of the pair that begins with it, or that of
            none.
        norms: shape (P,): the lengths of the phrasings' vectors.
    """

    vocabulary: Vocabulary
    texts: Texts
    idf: Array
    pairs: Array
    pair_idf: Array
    pair_at: Array
    norms: Array

    @classmethod
    def of(cls, vocabulary: Vocabulary, texts: Texts, owners: Array, firsts: Array) -> WordKernel:
        """Count the stems of `texts`; `owners` are their entries, and `firsts` the first text of each entry."""
        width = len(vocabulary.stems)
        frequency = np.zeros(width, np.int64)
        nothing = np.zeros(0, np.int64)
        found = [(nothing, nothing)]
        for start, end in text_blocks(firsts, len(texts)):
            words, rows = texts.between(start, end)
            holders, stems = owners[start:end][rows] - owners[start], vocabulary.stem_of[words]
            frequency += np.bincount(cells(holders, stems, width)[1], minlength=width)
            pairs, places = _pairs(stems, rows, width)
            # With counts, since without them numpy loads its masked arrays first: 15 ms.
            found.append(np.unique(cells(holders[places], pairs, width**2)[1], return_counts=True))
        codes, together = _together(found)
        idf = inverse_frequency(len(firsts), frequency)
        pair_idf = np.append(inverse_frequency(len(firsts), together), np.float32(0))
        pair_at = np.full(len(texts.words), len(codes), np.int32)
        norms = np.ones(len(texts), np.float32)
        for start, end in text_blocks(firsts, len(texts)):
            words, rows = texts.between(start, end)
            stems = vocabulary.stem_of[words]
            pairs, places = _pairs(stems, rows, width)
            numbers = np.searchsorted(codes, pairs)
            pair_at[texts.starts[start] + places] = numbers
            lengths = squares(rows, stems, idf, end - start) + squares(rows[places], numbers, pair_idf, end - start)
            norms[start:end] = np.sqrt(np.where(lengths > 0, lengths, 1))
        return cls(vocabulary, texts, idf, codes, pair_idf, pair_at, norms)

    def has_pair(self, left: str, right: str) -> bool:
        """Return whether two stems stand side by side in a phrasing."""
        first, second = self.vocabulary.stem(left), self.vocabulary.stem(right)
        if first is None or second is None:
            return False
        code = first * len(self.idf) + second
        place = int(np.searchsorted(self.pairs, code))
        return place < len(self.pairs) and int(self.pairs[place]) == code

    def similarities(self, question: Question, phrasings: Array) -> Array:
        """See Kernel. Features that no phrasing holds are passed over; the decision weighs unknown words."""
        asked = [self.vocabulary.stem(stem) for stem in question.stems]
        stems, weights = weighed([stem for stem in asked if stem is not None], self.idf)
        neighbours = pairwise(asked)
        codes = [left * len(self.idf) + right for left, right in neighbours if left is not None and right is not None]
        places, known = lookup(self.pairs, np.array(codes, np.int64))
        pairs, pair_weights = weighed(places[known], self.pair_idf)
        norm = np.sqrt((weights**2).sum() + (pair_weights**2).sum())
        if not norm:
            return np.zeros(len(phrasings))
        reach, pair_reach = np.zeros(len(self.idf)), np.zeros(len(self.pair_idf))
        reach[stems], pair_reach[pairs] = weights * self.idf[stems], pair_weights * self.pair_idf[pairs]
        said, beside, lengths = self._said(phrasings)
        return np.asarray(sums(reach[said] + pair_reach[beside], lengths) / (norm * self.norms[phrasings]))

    def features(self, phrasings: Array) -> Features:
        """See Kernel."""
        stems, beside, lengths = self._said(phrasings)
        rows = np.repeat(np.arange(len(phrasings)), lengths)
        places = np.flatnonzero(beside < len(self.pairs))
        weights = np.concatenate((self.idf[stems], self.pair_idf[beside[places]]))
        columns, width = places_among(np.concatenate((stems, len(self.idf) + beside[places])))
        return Features(np.concatenate((rows, rows[places])), columns, width, weights, self.norms[phrasings])

    def _said(self, phrasings: Array) -> tuple[Array, Array, Array]:
        """Return the stems of phrasings, the pair that begins with each, and how many each phrasing has."""
        words, lengths = self.texts.of(phrasings)
        return self.vocabulary.stem_of[words], replace(self.texts, words=self.pair_at).of(phrasings)[0], lengths


@dataclass(frozen=True, slots=True, eq=False)
class CharacterKernel:
    """Cosine over the character n-grams of words, their borders marked by a space.

    Attributes:
        texts: the phrasings.
        grams: G that occur, as numbers, ascending.
        idf: of each.
        starts: shape (V + 1,): where the n-grams of each word begin; words that no phrasing holds have none.
        of_words: the n-grams of the words, by their places in `grams`.
        norms: shape (P,): the lengths of the phrasings' vectors.
    """

    texts: Texts
    grams: Array
    idf: Array
    starts: Array
    of_words: Array
    norms: Array

    @classmethod
    def of(cls, words: Strings, texts: Texts, owners: Array, firsts: Array) -> CharacterKernel:
        """Count the n-grams of `texts`; `owners` are their entries, and `firsts` the first text of each entry."""
        used = np.zeros(len(words), bool)
        used[texts.words] = True
        numbers = np.flatnonzero(used)
        parts = [numbers[start : start + WORDS_AT_A_TIME] for start in range(0, len(numbers), WORDS_AT_A_TIME)]
        seen = [distinct(_character_grams([words[number] for number in part])[0]) for part in parts]
        grams = distinct(np.concatenate(seen)) if seen else np.zeros(0, np.int64)
        lengths = np.zeros(len(words), np.int64)
        of_words = [np.zeros(0, np.int32)]
        for part in parts:
            codes, rows = _character_grams([words[number] for number in part])
            lengths[part] = np.bincount(rows, minlength=len(part))
            of_words.append(np.searchsorted(grams, codes[np.argsort(rows, kind="stable")]).astype(np.int32))
        starts = bounds(lengths)
        kernel = cls(texts, grams, np.zeros(0), starts, np.concatenate(of_words), np.ones(len(texts), np.float32))
        frequency = np.zeros(len(grams), np.int64)
        for start, end in text_blocks(firsts, len(texts)):
            said, rows = texts.between(start, end)
            holders, said, _ = cells(owners[start:end][rows] - owners[start], said, len(words))
            found, counts = kernel._grams(said)
            frequency += np.bincount(cells(np.repeat(holders, counts), found, len(grams))[1], minlength=len(grams))
        idf = inverse_frequency(len(firsts), frequency)
        for start, end in text_blocks(firsts, len(texts)):
            said, rows = texts.between(start, end)
            found, counts = kernel._grams(said)
            lengths = squares(np.repeat(rows, counts), found, idf, end - start)
            kernel.norms[start:end] = np.sqrt(np.where(lengths > 0, lengths, 1))
        return replace(kernel, idf=idf)

    def similarities(self, question: Question, phrasings: Array) -> Array:
        """See Kernel. N-grams that no phrasing holds are passed over."""
        places, known = lookup(self.grams, _character_grams(question.words)[0])
        grams, weights = weighed(places[known], self.idf)
        norm = np.sqrt((weights**2).sum())
        if not norm:
            return np.zeros(len(phrasings))
        reach = np.zeros(len(self.grams))
        reach[grams] = weights * self.idf[grams]
        said, lengths = self.texts.of(phrasings)
        used = _used(said, len(self.starts) - 1)
        found, counts = self._grams(used)
        values = recall(used, sums(reach[found], counts), said, len(self.starts) - 1)
        return np.asarray(sums(values, lengths) / (norm * self.norms[phrasings]))

    def features(self, phrasings: Array) -> Features:
        """See Kernel."""
        said, lengths = self.texts.of(phrasings)
        found, counts = self._grams(said)
        rows = np.repeat(np.repeat(np.arange(len(phrasings)), lengths), counts)
        used = np.zeros(len(self.grams), bool)  # of a vocabulary of any size there are only some ten thousand
        used[found] = True
        columns = (np.cumsum(used) - 1)[found]
        return Features(rows, columns, int(np.count_nonzero(used)), self.idf[found], self.norms[phrasings])

    def _grams(self, words: Array) -> tuple[Array, Array]:
        """Return the n-grams of words, one after the other, and how many each has."""
        starts, ends = self.starts[words], self.starts[words + 1]
        return self.of_words[spans(starts, ends)], ends - starts


def _together(counted: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Return the distinct numbers of several lists, ascending, and the sums of their counts."""
    numbers = np.concatenate([numbers for numbers, _ in counted])
    order = np.argsort(numbers, kind="stable")
    numbers, times = np.unique(numbers, return_counts=True)
    return numbers, sums(np.concatenate([counts for _, counts in counted])[order], times)


def _used(said: Array, words: int) -> Array:
    """Return the words that are said, ascending; all words where finding out would take longer than it saves."""
    return distinct(said) if len(said) < words else np.arange(words)


def _pairs(stems: Array, rows: Array, width: int) -> tuple[Array, Array]:
    """Return the pairs of neighbours in one row, as numbers, and where the first of each stands."""
    places = np.flatnonzero(rows[:-1] == rows[1:])
    return stems[places].astype(np.int64) * width + stems[places + 1], places


def _character_grams(words: Sequence[str]) -> tuple[Array, Array]:
    """Return the n-grams of `words` as numbers, and the place of each one's word.

    They are counted for many words at once: the letters of all of them, spaces between. Two and three letters: two to
    four, and three to four, measured the same within a point on nine sets, and cost more.
    """
    if not words:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    letters = np.frombuffer(f" {' '.join(words)} ".encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    borders = letters == _SPACE
    of_word = np.cumsum(borders) - 1
    two = letters[:-1] << _LETTER | letters[1:]
    inside = np.flatnonzero(~borders[1:-1])  # three letters whose middle one is a border belong to no word
    three = letters[inside] << 2 * _LETTER | two[inside + 1]
    return np.concatenate((two, three)), np.concatenate((of_word[:-1], of_word[inside]))
