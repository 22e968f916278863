"""Which questions ask about the same, so that an author reads a group of them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from faqbot.index import UNINFORMATIVE_STEMS
from faqbot.questions import Question
from faqbot.sparse import Array
from faqbot.text import stem

# 0 to 100: on the 82 pairs of tests/test_similarity.py, 95 % of the pairs that are as similar ask the same, and 88 % of
# those that ask the same are as similar; anything from 77 to 81 gives the same.
ALIKE: Final = 79
BLOCK: Final = 512  # questions compared with all others at a time: 10 MB for 5,000
MOST_CENTRED: Final = 500  # wordings of a group among which its centre is looked for
# "Who does it?" and "When is it done?" are two questions, however much the rest is alike.
_ASKING: Final = {stem(word): number for number, word in enumerate(("who", "when", "where", "why", "how"), 1)}


@dataclass(frozen=True, slots=True)
class Gist:
    """What a question is about: its telling stems, sorted and each once, and the number of the word that asks, or 0."""

    words: str
    asking: int = 0

    @classmethod
    def of(cls, question: Question) -> Gist:
        """Return the gist of a question as a knowledge base reads it: its names and word groups are one word each."""
        telling = {word for word in question.stems if word not in UNINFORMATIVE_STEMS}
        asking = next((_ASKING[word] for word in question.stems if word in _ASKING), 0)
        return cls(" ".join(sorted(telling or set(question.stems))), asking)


def likeness(some: Sequence[Gist], others: Sequence[Gist]) -> Array:
    """Return how like each of some gists the others are, 0 to 100, and 0 below ALIKE; shape (some, others).

    It is the mean of two scores of rapidfuzz: `ratio`, which takes typing mistakes, and `token_set_ratio`, which takes
    words that only one of the two has; either alone is worse (see the test).
    """
    words, other_words = [one.words for one in some], [one.words for one in others]
    # token_set_ratio is slow, and at most 100: most pairs need not be asked for it.
    found = process.cdist(words, other_words, scorer=fuzz.ratio, score_cutoff=2 * ALIKE - 100, dtype=np.float32)
    asking, other_asking = (np.array([one.asking for one in ones]) for ones in (some, others))
    apart = (asking[:, None] != other_asking) & (asking[:, None] > 0) & (other_asking > 0)
    found[apart] = 0
    left, right = np.nonzero(found)
    pairs = process.cpdist(
        [words[i] for i in left], [other_words[i] for i in right], scorer=fuzz.token_set_ratio, dtype=np.float32
    )
    mean = (found[left, right] + pairs) / 2
    found[left, right] = np.where(mean >= ALIKE, mean, 0)
    return found


def grouped(gists: Sequence[Gist], weights: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the places of the gists in groups, each gist in one: everything in a group is like one of it.

    So a group never grows along a chain of questions of which the last has nothing in common with the first. It takes a
    bit for each pair of gists.

    Args:
        gists: of the questions.
        weights: how often each was asked; those with the most questions like them make the first groups.
    """
    total = np.asarray(weights, dtype=np.float64)
    bits: list[Array] = []
    degrees: list[float] = []
    for start in range(0, len(gists), BLOCK):
        near = likeness(gists[start : start + BLOCK], gists) > 0
        bits.extend(np.packbits(near, axis=1))
        degrees.extend(near @ total)
    free = np.ones(len(gists), dtype=bool)
    groups = []
    for place in np.argsort(-np.array(degrees), kind="stable").tolist():
        if free[place]:
            members = np.unpackbits(bits[place], count=len(gists)).astype(bool) & free
            members[place] = True  # a gist without words is like none, not even itself
            free &= ~members
            groups.append(tuple(np.flatnonzero(members).tolist()))
    return tuple(groups)


def centre(gists: Sequence[Gist], weights: Sequence[int]) -> int:
    """Return the place of the gist that is most like all of them, each counted as often as it was asked."""
    some = gists[:MOST_CENTRED]
    return int(np.argmax(likeness(some, some) @ np.asarray(weights[:MOST_CENTRED], dtype=np.float64)))
