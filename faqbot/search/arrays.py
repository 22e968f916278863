"""Work on flat arrays: ragged runs, segment sums, posting lists and an immutable string pool."""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
else:  # numpy.typing takes 5 ms to load, and nothing at run time reads it
    Array = Any

BLOCK: Final = 8192  # texts that are counted at a time: what is sorted for them fits into a few megabytes


def held_at_fork(lock: Lock) -> Lock:
    """Return a lock that nobody holds when this process forks: a thread that does is waited for.

    A child has no other threads: whatever they were in the middle of stays so.
    """
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release)
    return lock


# Held where numpy multiplies matrices: OpenBLAS has threads of its own, and a fork amidst them waits for ever.
multiplying: Final = held_at_fork(Lock())


def spans(starts: Array, ends: Array) -> Array:
    """Return the positions starts[0]..ends[0]-1, starts[1]..ends[1]-1 and so on, as one array."""
    lengths = np.asarray(ends, np.int64) - starts
    shift = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    return np.asarray(np.arange(len(shift)) + shift)


def bounds(lengths: Array) -> Array:
    """Return where runs of these lengths begin, and at last where they end; in half the bytes where that is enough."""
    ends = np.concatenate(([0], np.cumsum(lengths)))
    return ends.astype(np.int32) if ends[-1] <= np.iinfo(np.int32).max else ends


def sums(values: Array, lengths: Array) -> Array:
    """Return the sum of each run of `values`: the first lengths[0] of them, the next lengths[1] and so on."""
    totals = np.zeros(len(lengths), values.dtype)
    filled = np.flatnonzero(lengths)  # an empty run would take the value after it
    if len(values):
        totals[filled] = np.add.reduceat(values, (np.cumsum(lengths) - lengths)[filled])
    return totals


def lookup(ordered: Array, wanted: Array) -> tuple[Array, Array]:
    """Return where each wanted number stands in an ascending array, and whether it is there at all."""
    if not len(ordered):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    places = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return places, ordered[places] == wanted


def recall(numbers: Array, values: Array, wanted: Array, width: int) -> Array:
    """Return the value of each wanted number, all of which are among `numbers`, which ascend, and below `width`.

    Through a table that is never cleared: its other places are not looked at, and searching takes five times as long.
    """
    if len(numbers) == width:  # all of them
        return values[wanted]
    table = np.empty(width, values.dtype)
    table[numbers] = values
    return table[wanted]


def distinct(values: Array) -> Array:
    """Return the distinct values, ascending. np.unique without counts hashes them, which takes ten times as long."""
    ordered = np.sort(values)
    keep = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def value_counts(values: Array) -> tuple[Array, Array]:
    """Return the distinct values, ascending, and how often each occurs: np.unique takes seven times as long for few."""
    ordered = np.sort(values)
    bounds = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True])))
    return (ordered[bounds[:-1]], np.diff(bounds)) if len(values) else (ordered, np.zeros(0, np.int64))


def places_among(values: Array) -> tuple[Array, int]:
    """Return the place of each value among the distinct ones, ascending, and how many these are."""
    order = np.argsort(values)
    ordered = values[order]
    steps = np.zeros(len(values), np.int64)
    np.not_equal(ordered[1:], ordered[:-1], out=steps[1:], casting="unsafe")
    places = np.empty(len(values), np.int64)
    places[order] = np.cumsum(steps)
    return places, int(places[order[-1]]) + 1 if len(values) else 0


def cells(rows: Array, columns: Array, width: int) -> tuple[Array, Array, Array]:
    """Return each pair of a row and a column that occurs, by row, then column, and how often it does."""
    found, counts = np.unique(rows.astype(np.int64) * width + columns, return_counts=True)
    return found // width, found % width, counts


def owner_blocks(firsts: Array, texts: int) -> Iterator[tuple[int, int]]:
    """Yield owners of texts, from and to, about BLOCK texts at a time; `firsts` is the first text of each owner."""
    starts = np.searchsorted(firsts, np.arange(0, texts, BLOCK)).tolist()
    bounds = list(dict.fromkeys((*starts, len(firsts))))
    yield from pairwise(bounds)


def text_blocks(firsts: Array, texts: int) -> Iterator[tuple[int, int]]:
    """Yield the same as texts, from and to: those of one owner stay together."""
    for start, end in owner_blocks(firsts, texts):
        yield int(firsts[start]), int(firsts[end]) if end < len(firsts) else texts


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each feature, the documents that hold it.

    Attributes:
        starts: shape (features + 1,): where each feature's documents begin.
        rows: the documents, ordered by feature, then document.
        values: beside each, what that is worth.
    """

    starts: Array
    rows: Array
    values: Array

    @classmethod
    def of(cls, frequency: Array, blocks: Iterable[tuple[Array, Array, Array]]) -> Postings:
        """Gather features, documents and numbers, a block of documents at a time.

        Args:
            frequency: how many documents hold each feature.
            blocks: within each, features ascend, and documents within them.
        """
        starts = bounds(frequency)
        rows, values = np.zeros(starts[-1], np.int32), np.zeros(starts[-1], np.float32)
        filled = starts[:-1].copy()
        for columns, documents, worth in blocks:
            new = np.bincount(columns, minlength=len(frequency))
            places = filled[columns] + np.arange(len(columns)) - (np.cumsum(new) - new)[columns]
            rows[places] = documents
            values[places] = worth
            filled += new
        return cls(starts, rows, values)

    def frequency_of(self, feature: int) -> int:
        """Return how many documents hold a feature."""
        return int(self.starts[feature + 1] - self.starts[feature])

    def of_feature(self, feature: int) -> tuple[Array, Array]:
        """Return the documents that hold a feature, ascending, and the number beside each."""
        start, end = self.starts[feature], self.starts[feature + 1]
        return self.rows[start:end], self.values[start:end]


@dataclass(frozen=True, slots=True, eq=False)
class Strings:
    """An immutable string pool: as Python objects, strings take ten times their letters, and cannot be mapped.

    Strings that were given in ascending order can be looked up.

    Attributes:
        letters: UTF-8 of all of them, one after the other.
        bounds: shape (strings + 1,): where each begins, and the last one ends.
    """

    letters: Array
    bounds: Array

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        """Keep `texts` in their order."""
        letters, lengths = bytearray(), array("q")
        for text in texts:
            raw = text.encode("utf-8", "surrogatepass")
            letters += raw
            lengths.append(len(raw))
        return cls(np.frombuffer(letters, np.uint8), bounds(np.frombuffer(lengths, np.int64)))

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def __getitem__(self, number: int) -> str:
        return self._raw(number).decode("utf-8", "surrogatepass")

    def find(self, text: str) -> int | None:
        """Return the number of `text`, in a time that hardly grows with their number; None where it is not there."""
        key = text.encode("utf-8", "surrogatepass")  # its order is that of Python's strings
        place = bisect_left(range(len(self)), key, key=self._raw)
        return place if place < len(self) and self._raw(place) == key else None

    def _raw(self, number: int) -> bytes:
        return self.letters[self.bounds[number] : self.bounds[number + 1]].tobytes()
