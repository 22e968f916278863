"""Ranking the entries for a question. It never abstains: what is good enough is for the decision.

The score of an entry is a weighted sum. With k the similarity of the question to a phrasing, which is the mean of the
index's kernels, blended with an encoder's vectors where there is one, and K the same among phrasings:

F  kernel ridge regression in its dual form (Saunders, Gammerman and Vovk 1998): a = (K + lambda I)^-1 k over the
   phrasings most like the question, summed over each entry's own. Phrasings that many entries share cancel out.
M  the k of the entry's nearest phrasing.
B  BM25 over the entry's question, phrasings and answer.
V  with an encoder, the cosine with the vector of the entry's question and answer read as one text.
T  with a verifier, its log-odds that the entry answers the question, for the first few by all of the above.

An entry that holds the question word for word comes first whatever the others score, unless it contradicts it in a
number, a name or the like (see agreement): that keeps a share of the score only. Solving over a few candidates only
keeps the cost of a question independent of the size of the knowledge base.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from faqbot.knowledge.entries import Entry
from faqbot.search.agreement import Conflict, conflicts
from faqbot.search.arrays import Array, multiplying
from faqbot.search.bm25 import SATURATION
from faqbot.search.comparison import Comparison
from faqbot.search.foreign import in_another_language, named_instead
from faqbot.search.index import UNINFORMATIVE_STEMS, Index
from faqbot.search.question import Question
from faqbot.search.verifier import Verifier
from faqbot.text import asking

SOLVED: Final = 64  # phrasings that F is solved over; 128 and 256 measured no better
COMPARED: Final = 8  # entries that are looked at for conflicts with the question
VERIFIED: Final = 6  # entries that the verifier reads
IN_CONFLICT: Final = 0.6  # share of its score that an entry in conflict keeps
# Another entry fits as well as the first with this share of its score, these log-odds, and so many less than the first
# has. With a share of .9 it cost 23 right answers of 83 FAQs and kept 5 wrong ones back; with .95, 7 and 2.
CLOSE: Final = 0.95
FITS: Final = 3.0
ABOUT_EQUAL: Final = 1.0
# And so does one with this share whose question and the first one's answer each other with these log-odds: 12 of 924
# pairs of different entries, most of them siblings. A share of .6 kept 89 right answers of 3,984 back and 8 wrong ones,
# .75 56 and 7, .8 39 and 7: what is offered beside less than that is a sibling that the question does not mean.
NEAR: Final = 0.8
SAME: Final = 2.0
SURE: Final = 8.0  # log-odds that the verifier gives at most; what is beyond is cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a score is made of.

    Attributes:
        vectors: share of an encoder's vectors in k, 0 to 1.
        ridge: lambda of F.
        nearest: weight of M.
        whole: weight of B.
        meaning: weight of V: a constant, and what is added to it divided by the phrasings an entry, since F learns
            little from one.
        verifier: weight of T, likewise.
    """

    vectors: float
    ridge: float
    nearest: float
    whole: float
    meaning: tuple[float, float] = (0, 0)
    verifier: tuple[float, float] = (0, 0)

    def highest(self, phrasings_per_entry: float) -> float:
        """Return the score of an entry that everything speaks for; scores are divided by it."""
        return (
            1
            + self.nearest
            + self.whole
            + per_phrasing(self.meaning, phrasings_per_entry)
            + per_phrasing(self.verifier, phrasings_per_entry)
        )


# Chosen together by hit1 on nine development sets (HINT3 twice, StackFAQ, COVID-19, FeedbackQA, BANKING77, CLINC150,
# NLU twice). Words alone, on average 78.2 points: lambda .15 to .5 within .1, whole .3 lost 1, nearest .25 or 1
# lost .3.
BY_WORDS: Final = Weights(vectors=0, ridge=0.5, nearest=0.5, whole=0.8)
# With MiniLM, 85.7: vectors 2/3 lost .7 and .9 won nothing, lambda .5 lost .8, whole .5 lost .7, meaning 0 lost 1.5 and
# a meaning that does not fall with the phrasings .2. What falls is told by the sets of one phrasing an entry (95.1
# instead of 94.3 on StackFAQ) and those of ten (83.1 instead of 80.5 on HINT3).
BY_MEANING: Final = Weights(vectors=0.8, ridge=0.15, nearest=0.5, whole=0.5, meaning=(0.4, 3.0))
# The same, and the verifier.
READ: Final = replace(BY_MEANING, verifier=(0.3, 1.6))


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
        verbatim: whether it holds the question word for word.
        ridge: its F.
        nearest: similarity of its nearest phrasing, 0 to 1.
        lexical: the same by words and characters alone.
        asks_alike: whether that phrasing asks as the question does: both "how long", or both nothing of the kind.
        answer: cosine of the question with the first entry's question and answer, 0 to 1; 0 by words alone.
        explained: share of the question's informative words that the first entry holds, by weight, 0 to 1; of all its
            words where none is informative.
        unknown: share of them that no entry holds, by weight, 0 to 1.
        unknown_words: those.
        conflicts: what the first entry contradicts the question in.
        log_odds: what the verifier says of the first matches, in their order; empty where it was not asked.
        alternatives: what the verifier finds to fit as well as the first, or to ask the same as it.
        phrasings_per_entry: on average.
        by: how they were ranked.
    """

    question: Question
    matches: tuple[Match, ...]
    first: int | None = None
    verbatim: bool = False
    ridge: float = 0.0
    nearest: float = 0.0
    lexical: float = 0.0
    asks_alike: bool = False
    answer: float = 0.0
    explained: float = 0.0
    unknown: float = 1.0
    unknown_words: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    log_odds: tuple[float, ...] = ()
    alternatives: tuple[Match, ...] = ()
    phrasings_per_entry: float = 1.0
    by: Weights = BY_WORDS


def rank(comparison: Comparison, limit: int, by: Weights = BY_WORDS, verifier: Verifier | None = None) -> Ranking:
    """Return the `limit` best entries for a question.

    Args:
        comparison: of the question with the entries.
        limit: how many entries are wanted.
        by: how to rank; what gives vectors a weight needs an index with vectors.
        verifier: reads the first entries, where `by` gives it a weight.
    """
    index, question, candidates = comparison.index, comparison.question, comparison.candidates
    if not question.words or not index.entries:
        return Ranking(question, (), by=by)
    similarity = comparison.similarities(by.vectors)
    nearest = np.maximum.reduceat(similarity, candidates.firsts) if len(candidates.entries) else similarity
    phrasings_per_entry = len(index.forms) / len(index.entries)
    whole = candidates.whole / (candidates.whole.max(initial=0) + SATURATION)
    ridge = _ridge(comparison, similarity, by)
    scores = ridge + by.nearest * nearest + by.whole * whole
    answer = np.zeros(len(scores))
    if index.vectors and any(by.meaning):
        answer = index.vectors.of_entries(question, candidates.entries)
        scores += per_phrasing(by.meaning, phrasings_per_entry) * answer
    highest = by.highest(phrasings_per_entry)
    weight = per_phrasing(by.verifier, phrasings_per_entry) if verifier else 0.0
    scores[candidates.copies] = highest - weight
    # It names a procedure: entries about another one are no answer, however well they fit.
    scores[~index.about(question, candidates.entries)] = 0
    best = _best(scores, max(limit, COMPARED))
    wordings = {int(place): _nearest(comparison, similarity, int(place)) for place in best[:COMPARED]}
    disagreeing = {place: _conflicts(comparison, wording) for place, wording in wordings.items()}
    in_conflict = [place for place, found in disagreeing.items() if found]
    scores[in_conflict] *= IN_CONFLICT
    best = best[np.argsort(-scores[best], kind="stable")]
    log_odds: dict[int, float] = {}
    if verifier and weight:
        read = [place for place in best.tolist() if place in wordings][:VERIFIED]
        spoken = index.vectors.spoken if index.vectors else str
        odds = verifier.logits(
            spoken(question.mended or question.text), [spoken(_text(index, wordings[place])) for place in read]
        )
        log_odds = dict(zip(read, odds.tolist(), strict=True))
        scores[read] += weight * (np.clip(odds, -SURE, SURE) + SURE) / (2 * SURE)
        best = best[np.argsort(-scores[best], kind="stable")]
    matches = tuple(
        Match(index.entries[int(candidates.entries[place])], float(min(1.0, scores[place] / highest)))
        for place in best[:limit]
    )
    if not matches:
        explained, unknown, unknown_words = _explain(index, question, None)
        return Ranking(question, (), unknown=unknown, unknown_words=unknown_words, by=by)
    first = int(best[0])
    others = {
        place: match
        for place, match in zip(best[1:].tolist(), matches[1:], strict=False)
        if place in log_odds and not disagreeing[place]
    }
    explained, unknown, unknown_words = _explain(index, question, int(candidates.entries[first]))
    return Ranking(
        question=question,
        matches=matches,
        first=int(candidates.entries[first]),
        verbatim=first in candidates.copies,
        ridge=float(ridge[first]),
        nearest=float(nearest[first]),
        lexical=float(comparison.lexical[candidates.owners == first].max()),
        asks_alike=asking(question.words) == index.asked(wordings[first]),
        answer=float(answer[first]),
        explained=explained,
        unknown=unknown,
        unknown_words=unknown_words,
        conflicts=disagreeing[first],
        log_odds=tuple(log_odds[place] for place in best[:limit].tolist() if place in log_odds),
        alternatives=tuple(
            match
            for place, match in others.items()
            if verifier and _fits_as_well(matches[0], match, log_odds[first], log_odds[place], verifier)
        ),
        phrasings_per_entry=phrasings_per_entry,
        by=by,
    )


def _fits_as_well(first: Match, other: Match, odds: float, other_odds: float, verifier: Verifier) -> bool:
    """Return whether another entry answers the question as surely, or asks the same as the first."""
    share = other.score / first.score
    if share >= CLOSE and other_odds >= max(FITS, odds - ABOUT_EQUAL):
        return True
    return share >= NEAR and other_odds >= 0 and same_meaning(first.entry, other.entry, verifier)


def same_meaning(one: Entry, other: Entry, verifier: Verifier) -> bool:
    """Return whether two entries ask the same: each one's question answers the other's, and none contradicts it."""
    if conflicts(one.title, other.title):
        return False
    there, back = verifier.logits(one.title, [other.title]), verifier.logits(other.title, [one.title])
    return bool(min(there[0], back[0]) >= SAME)


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


def per_phrasing(weight: tuple[float, float], phrasings_per_entry: float) -> float:
    """Return the weight that holds in a knowledge base with so many phrasings an entry."""
    always, alone = weight
    return always + alone / phrasings_per_entry


def _ridge(comparison: Comparison, similarity: Array, by: Weights) -> Array:
    """Return F for each of the candidates, by k."""
    candidates = comparison.candidates
    solved = np.flatnonzero(similarity)
    if len(solved) > SOLVED:
        solved = solved[np.argpartition(-similarity[solved], SOLVED)[:SOLVED]]
    if not len(solved):
        return np.zeros(len(candidates.entries))
    gram = comparison.gram(solved, by.vectors)
    with multiplying:
        dual = np.linalg.solve(gram + by.ridge * np.eye(len(solved)), similarity[solved])
    return np.bincount(candidates.owners[solved], weights=dual, minlength=len(candidates.entries))


def _nearest(comparison: Comparison, similarity: Array, place: int) -> int:
    """Return the number of the phrasing most like the question, of the entry at a place."""
    candidates = comparison.candidates
    start = int(candidates.firsts[place])
    end = int(candidates.firsts[place + 1]) if place + 1 < len(candidates.firsts) else len(similarity)
    return int(candidates.phrasings[start + int(np.argmax(similarity[start:end]))])


def _conflicts(comparison: Comparison, wording: int) -> tuple[Conflict, ...]:
    """Return what an entry contradicts the question in, by the phrasing of it that is most like the question."""
    entry, said = comparison.index.phrasing(wording)
    terms, entries_with = comparison.index.reader.terms, comparison.index.bm25.entries_with
    question = comparison.question.mended or comparison.question.text
    found = conflicts(
        question,
        said,
        (text for text in (*entry.forms, entry.answer) if text != said),
        lambda one, other: terms.read(one.split()) == terms.read(other.split()),
        answer=entry.answer,
    )

    def is_known(root: str) -> bool:
        return len(entries_with(root)) > 0

    other = None if found else in_another_language(comparison.question.text, said, is_known)
    if not found and not other and terms.called:
        owner = comparison.index.owner(wording)
        other = named_instead(question, said, terms.called, is_known, lambda root: holds(comparison.index, root, owner))
    return (other,) if other else found


def _text(index: Index, wording: int) -> str:
    """Return what the verifier reads of an entry: the phrasing most like the question, and the answer."""
    entry, said = index.phrasing(wording)
    return f"{said} {entry.answer}".strip() if entry.answer not in entry.forms else said


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
