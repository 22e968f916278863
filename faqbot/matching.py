"""Ranking the entries for a question. It never abstains: what is good enough is for the decision.

The score of an entry is F + 0.5 M + 0.8 B. With k the similarity of the question to a phrasing, the mean of the index's
kernels, vectors of an encoder weighing twice as much as the rest, and K the same among phrasings:

F  kernel ridge regression in its dual form (Saunders, Gammerman and Vovk 1998): a = (K + lambda I)^-1 k over the
   phrasings most like the question, summed over each entry's own. Phrasings that many entries share cancel out.
M  the k of the entry's nearest phrasing.
B  BM25 over the entry's question, phrasings and answer.

An entry that holds the question word for word comes first whatever the others score. Solving over a few candidates
only keeps the cost of a question independent of the size of the knowledge base.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from faqbot.entries import Entry
from faqbot.index import UNINFORMATIVE_STEMS, Index
from faqbot.kernels import Kernel
from faqbot.questions import Question
from faqbot.sparse import Array

# Chosen together by hit1 on nine development sets (HINT3, StackFAQ, COVID-19, FeedbackQA, BANKING77, CLINC150, NLU).
CANDIDATES: Final = 64  # 128 and 256 measured no better
RIDGE: Final = 0.5  # lambda; .1 to 1 measured within half a point
NEAREST_WEIGHT: Final = 0.5  # of M
WHOLE_WEIGHT: Final = 0.8  # of B; .3 lost a point
VECTORS_SHARE: Final = 2 / 3  # of k, where there is an encoder; 1/3 lost 1.8 points of hit1 on eight sets, .8 won .6
HIGHEST: Final = 1 + NEAREST_WEIGHT + WHOLE_WEIGHT  # given to a verbatim phrasing; scores are divided by it


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
        nearest: similarity of the first entry's nearest phrasing, 0 to 1.
        explained: share of the question's informative words that the first entry holds, by weight, 0 to 1; of all its
            words where none is informative.
        unknown: share of them that no entry holds, by weight, 0 to 1.
        unknown_words: those.
        phrasings_per_entry: on average.
    """

    question: Question
    matches: tuple[Match, ...]
    nearest: float = 0.0
    explained: float = 0.0
    unknown: float = 1.0
    unknown_words: tuple[str, ...] = ()
    phrasings_per_entry: float = 1.0


def rank(index: Index, question: Question, limit: int) -> Ranking:
    """Return the `limit` best entries for `question`."""
    if not question.words or not index.entries:
        return Ranking(question, ())
    similarity = similarities(index, question)
    nearest = np.maximum.reduceat(similarity, index.firsts)
    scores = _ridge(index, similarity) + NEAREST_WEIGHT * nearest + WHOLE_WEIGHT * index.bm25.scores(question.stems)
    scores[list(index.verbatim(question))] = HIGHEST
    about = [index.subjects[subject] for subject in question.subjects]
    if about:  # it names a procedure: entries about another one are no answer, however well they fit
        scores[~np.any(about, axis=0)] = 0
    best = np.argsort(-scores, kind="stable")[:limit]
    best = best[scores[best] > 0]
    first = int(best[0]) if len(best) else None
    explained, unknown, unknown_words = _explain(index, question, first)
    return Ranking(
        question=question,
        matches=tuple(Match(index.entries[i], float(min(1.0, scores[i] / HIGHEST))) for i in best),
        nearest=float(nearest[first]) if first is not None else 0.0,
        explained=explained,
        unknown=unknown,
        unknown_words=unknown_words,
        phrasings_per_entry=len(index.owners) / len(index.entries),
    )


def similarities(index: Index, question: Question) -> Array:
    """Return k: how like each phrasing the question is, shape (P,)."""
    return _blend(index, lambda kernel: kernel.similarities(question))


def informative(question: Question) -> dict[str, str]:
    """Return the words that a question is about, by their stems: none of "what does it do?"."""
    said = zip(question.stems, question.words, strict=True)
    return {stem: word for stem, word in said if stem not in UNINFORMATIVE_STEMS}


def holds(index: Index, stem: str, entry: int | None) -> bool:
    """Return whether the entry of this number holds a word of this stem."""
    holders = index.bm25.entries_with(stem)
    place = int(np.searchsorted(holders, entry)) if entry is not None else len(holders)
    return place < len(holders) and bool(holders[place] == entry)


def _blend(index: Index, measured: Callable[[Kernel], Array]) -> Array:
    """Return the mean of what the index's kernels measure, its vectors counting by VECTORS_SHARE."""
    lexical = np.asarray(np.mean([measured(kernel) for kernel in index.kernels], axis=0))
    if index.vectors is None:
        return lexical
    return (1 - VECTORS_SHARE) * lexical + VECTORS_SHARE * measured(index.vectors)


def _ridge(index: Index, similarity: Array) -> Array:
    """Return F for each entry, shape (E,)."""
    candidates = np.flatnonzero(similarity)
    if len(candidates) > CANDIDATES:
        candidates = candidates[np.argpartition(-similarity[candidates], CANDIDATES)[:CANDIDATES]]
    if not len(candidates):
        return np.zeros(len(index.entries))
    gram = _blend(index, lambda kernel: kernel.gram(candidates))
    dual = np.linalg.solve(gram + RIDGE * np.eye(len(candidates)), similarity[candidates])
    return np.bincount(index.owners[candidates], weights=dual, minlength=len(index.entries))


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
