"""Many strings in two flat arrays: as Python objects they take ten times their letters, and cannot be mapped."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from faqbot.search.arrays import Array, bounds


@dataclass(frozen=True, slots=True, eq=False)
class Strings:
    """Strings by number; those that were given in ascending order can be looked up.

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
