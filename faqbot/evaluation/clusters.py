"""Cluster near-duplicate questions, so that an author reads a group of them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from faqbot.search.arrays import Array
from faqbot.search.index import UNINFORMATIVE_STEMS
from faqbot.search.question import Question
from faqbot.text import stem

# 0 to 100, chosen on the pairs of tests/test_clusters.py, where it hardly matters between 50 and 62: of the pairs
# that count as alike, 95 % ask the same, and of those that ask the same, 88 % count as alike. Without the second rule
# it is at best 94 % and 79 %, or 86 % and 90 % with token_set_ratio.
ALIKE: Final = 52
DIFFERENCE: Final = 67  # and so much what differs has to be spelt alike: from 61 to 70 the same pairs count
BLOCK: Final = 512  # questions compared with all others at a time: 10 MB for 5,000
MOST_CENTRED: Final = 500  # wordings of a group among which its centre is looked for
# "Who does it?" and "When is it done?" are two questions, however much the rest is alike.
_ASKING: Final = {stem(word): number for number, word in enumerate(("who", "when", "where", "why", "how"), 1)}


@dataclass(frozen=True, slots=True)
class Gist:
    """The content of a question: its telling stems, sorted, each once, and the number of the word that asks, or 0."""

    words: str
    asking: int = 0

    @classmethod
    def of(cls, question: Question) -> Gist:
        """Return the gist of a question as a knowledge base reads it: its names and word groups are one word each."""
        telling = {word for word in question.stems if word not in UNINFORMATIVE_STEMS}
        asking = next((_ASKING[word] for word in question.stems if word in _ASKING), 0)
        return cls(" ".join(sorted(telling or set(question.stems))), asking)


def likeness(some: Sequence[Gist], others: Sequence[Gist]) -> Array:
    """Return how like each of some gists the others are, 0 to 100, and 0 below ALIKE; shape (some, others)."""
    words, other_words = [one.words for one in some], [one.words for one in others]
    found = np.asarray(process.cdist(words, other_words, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8))
    asking, other_asking = (np.array([one.asking for one in ones]) for ones in (some, others))
    found[(asking[:, None] != other_asking) & (asking[:, None] > 0) & (other_asking > 0)] = 0
    return found


def is_more(one: Gist, other: Gist) -> bool:
    """Return whether one of two gists only says more than the other, or says it in another spelling.

    "May I drink coffee?" and "May I drink alcohol?" have most in common, and are two questions.
    """
    mine, theirs = set(one.words.split()), set(other.words.split())
    left, right = sorted(mine - theirs), sorted(theirs - mine)
    return not left or not right or fuzz.ratio(" ".join(left), " ".join(right)) >= DIFFERENCE


def grouped(gists: Sequence[Gist], weights: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the places of the gists in groups, each gist in one: all of a group are like one of them.

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
            around = np.flatnonzero(np.unpackbits(bits[place], count=len(gists)).astype(bool) & free).tolist()
            members = [other for other in around if is_more(gists[place], gists[other])]
            free[members] = False
            groups.append(tuple(members))
    return tuple(groups)


def centre(gists: Sequence[Gist], weights: Sequence[int]) -> int:
    """Return the place of the gist that is most like all of them, each counted as often as it was asked."""
    some = gists[:MOST_CENTRED]
    return int(np.argmax(likeness(some, some) @ np.asarray(weights[:MOST_CENTRED], dtype=np.float64)))
