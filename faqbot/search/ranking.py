"""Ranking the entries for a question. It never abstains: what is good enough is for the decision.

The score of an entry is a weighted sum. With k the similarity of the question to a phrasing, which is the mean of the
index's kernels, blended with an encoder's vectors where there is one, and K the same among phrasings:

F  kernel ridge regression in its dual form (Saunders, Gammerman and Vovk 1998): a = (K + lambda I)^-1 k over the
   phrasings most like the question, summed over each entry's own. Phrasings that many entries share cancel out.
M  the k of the entry's nearest phrasing.
B  BM25 over the entry's question, phrasings and answer.
V  with an encoder, the cosine with the vector of the entry's question and answer read as one text.

An entry that holds the question word for word comes first whatever the others score. Solving over a few candidates
only keeps the cost of a question independent of the size of the knowledge base.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import numpy as np

from faqbot.knowledge.entries import Entry
from faqbot.search.arrays import Array, multiplying
from faqbot.search.bm25 import SATURATION
from faqbot.search.comparison import Comparison
from faqbot.search.index import UNINFORMATIVE_STEMS, Field, Index
from faqbot.search.question import Question
from faqbot.text import asking

CANDIDATES: Final = 64  # 128 and 256 measured no better


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a score is made of.

    Attributes:
        vectors: share of an encoder's vectors in k, 0 to 1.
        ridge: lambda of F.
        nearest: weight of M.
        whole: weight of B.
        meaning: weight of V; twice as much where an entry has one phrasing, since there F has little to learn from.
    """

    vectors: float
    ridge: float
    nearest: float
    whole: float
    meaning: float

    def highest(self, phrasings_per_entry: float) -> float:
        """Return the score of an entry that everything speaks for; scores are divided by it."""
        return 1 + self.nearest + self.whole + self.of_meaning(phrasings_per_entry)

    def of_meaning(self, phrasings_per_entry: float) -> float:
        """Return the weight of V in a knowledge base with so many phrasings an entry."""
        return self.meaning * (1 + 1 / phrasings_per_entry)


# Chosen together by hit1 on nine development sets (HINT3 twice, StackFAQ, COVID-19, FeedbackQA, BANKING77, CLINC150,
# NLU twice). Words alone, on average 78.2 points: lambda .15 to .5 within .1, whole .3 lost 1, nearest .25 or 1
# lost .3.
BY_WORDS: Final = Weights(vectors=0, ridge=0.5, nearest=0.5, whole=0.8, meaning=0)
# With MiniLM, 85.7: vectors 2/3 lost .7 and .9 won nothing, lambda .5 lost .8, whole .5 lost .7, meaning 0 lost 1.5 and
# a meaning that does not fall with the phrasings .2. What falls is told by the sets of one phrasing an entry (95.1
# instead of 94.3 on StackFAQ) and those of ten (83.1 instead of 80.5 on HINT3).
BY_MEANING: Final = Weights(vectors=0.8, ridge=0.15, nearest=0.5, whole=0.25, meaning=0.4)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and its score for one question, 0 to 1: higher is better."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best entries for a question, and what speaks for the first of them.

    Attributes:
        question: as it was read.
        matches: best first, at most as many as were wanted; those that nothing speaks for are left out.
        first: number of the first entry in its knowledge base.
        nearest: similarity of the first entry's nearest phrasing, 0 to 1.
        asks_alike: whether that phrasing asks as the question does: both "how long", or both nothing of the kind.
        explained: share of the question's informative words that the first entry holds, by weight, 0 to 1; of all its
            words where none is informative.
        unknown: share of them that no entry holds, by weight, 0 to 1.
        unknown_words: those.
        phrasings_per_entry: on average.
        by: how they were ranked.
    """

    question: Question
    matches: tuple[Match, ...]
    first: int | None = None
    nearest: float = 0.0
    asks_alike: bool = False
    explained: float = 0.0
    unknown: float = 1.0
    unknown_words: tuple[str, ...] = ()
    phrasings_per_entry: float = 1.0
    by: Weights = BY_WORDS


def rank(comparison: Comparison, limit: int, by: Weights = BY_WORDS) -> Ranking:
    """Return the `limit` best entries for a question; by meaning needs an index with vectors."""
    index, question, field = comparison.index, comparison.question, comparison.field
    if not question.words or not index.entries:
        return Ranking(question, (), by=by)
    similarity = comparison.similarities(by.vectors)
    nearest = np.maximum.reduceat(similarity, field.firsts) if len(field.entries) else similarity
    phrasings_per_entry = len(index.forms) / len(index.entries)
    whole = field.whole / (field.whole.max(initial=0) + SATURATION)
    scores = _ridge(comparison, similarity, by) + by.nearest * nearest + by.whole * whole
    if by.meaning and index.vectors:
        scores += by.of_meaning(phrasings_per_entry) * index.vectors.of_entries(question, field.entries)
    highest = by.highest(phrasings_per_entry)
    scores[field.copies] = highest
    # It names a procedure: entries about another one are no answer, however well they fit.
    scores[~index.about(question, field.entries)] = 0
    best = _best(scores, limit)
    first = int(best[0]) if len(best) else None
    number = None if first is None else int(field.entries[first])
    explained, unknown, unknown_words = _explain(index, question, number)
    return Ranking(
        question=question,
        matches=tuple(Match(index.entries[int(field.entries[i])], float(min(1.0, scores[i] / highest))) for i in best),
        first=number,
        nearest=float(nearest[first]) if first is not None else 0.0,
        asks_alike=first is not None and _asks_alike(index, question, field, similarity, first),
        explained=explained,
        unknown=unknown,
        unknown_words=unknown_words,
        phrasings_per_entry=phrasings_per_entry,
        by=by,
    )


def informative(question: Question) -> dict[str, str]:
    """Return the words that a question is about, by their stems: none of "what does it do?"."""
    said = zip(question.stems, question.words, strict=True)
    return {stem: word for stem, word in said if stem not in UNINFORMATIVE_STEMS}


def holds(index: Index, stem: str, entry: int | None) -> bool:
    """Return whether the entry of this number holds a word of this stem."""
    holders = index.bm25.entries_with(stem)
    place = bisect_left(holders, entry) if entry is not None else len(holders)
    return place < len(holders) and bool(holders[place] == entry)


def _best(scores: Array, limit: int) -> Array:
    """Return the places of the `limit` highest scores above 0, best first, and of equal ones the first ones first."""
    least = np.partition(scores, -limit)[-limit] if limit < len(scores) else 0
    places = np.flatnonzero((scores >= least) & (scores > 0))
    return places[np.argsort(-scores[places], kind="stable")][:limit]


def _ridge(comparison: Comparison, similarity: Array, by: Weights) -> Array:
    """Return F for each entry of the field, by k."""
    field = comparison.field
    candidates = np.flatnonzero(similarity)
    if len(candidates) > CANDIDATES:
        candidates = candidates[np.argpartition(-similarity[candidates], CANDIDATES)[:CANDIDATES]]
    if not len(candidates):
        return np.zeros(len(field.entries))
    gram = comparison.gram(candidates, by.vectors)
    with multiplying:
        dual = np.linalg.solve(gram + by.ridge * np.eye(len(candidates)), similarity[candidates])
    return np.bincount(field.owners[candidates], weights=dual, minlength=len(field.entries))


def _asks_alike(index: Index, question: Question, field: Field, similarity: Array, first: int) -> bool:
    start = int(field.firsts[first])
    end = int(field.firsts[first + 1]) if first + 1 < len(field.firsts) else len(similarity)
    nearest = field.phrasings[start + int(np.argmax(similarity[start:end]))]
    return asking(question.words) == index.asked(int(nearest))


def _explain(index: Index, question: Question, entry: int | None) -> tuple[float, float, tuple[str, ...]]:
    """Return how much of the question the entry explains, how much no entry knows, and the words that none knows."""
    telling = informative(question)
    if not telling:  # "what does it do?" is about nothing but its function words: those the entry can hold
        said = set(question.stems)
        return sum(holds(index, stem, entry) for stem in said) / len(said), 0.0, ()
    total = explained = unknown = 0.0
    words: list[str] = []
    for stem, word in telling.items():
        weight = index.bm25.weight(stem)
        total += weight
        if holds(index, stem, entry):
            explained += weight
        elif not len(index.bm25.entries_with(stem)):
            unknown += weight
            words.append(word)
    return explained / total, unknown / total, tuple(words)
