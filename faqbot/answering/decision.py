"""From a ranking to a reply: how sure to be, and whether to answer, suggest or refuse."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real
from typing import Final

from faqbot.answering import reply
from faqbot.answering.reply import Reason, Reply
from faqbot.search.question import NAME
from faqbot.search.ranking import SURE, Match, Ranking, per_phrasing


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """The chance that the first entry is the right one: a logistic function of a few features of a ranking.

    Fitted to the sets that tests/calibrate.py describes, with their out-of-scope questions and near misses, to their
    questions with the entry taken away, and to questions of other sets: python tests/calibrate.py DATA

    Each coefficient is a constant and what is added to it divided by the phrasings an entry has on average: what tells
    in a FAQ of one heading an entry is not what tells where each has ten.

    Attributes:
        intercept: the log-odds that every question starts from.
        score: how well the first entry matches, 0 to 1.
        margin: how far the second ANSWER is behind, as a share of the first one's score, 0 to 1.
        ridge: the F of the score, of the first entry.
        nearest: similarity of its nearest phrasing, 0 to 1.
        lexical: the same by words and characters alone.
        answer: cosine of the question with its question and answer, 0 to 1; 0 by words alone.
        verifier: log-odds of the verifier that it answers the question, at most SURE; 0 where not asked.
        length: logarithm of 1 + the number of words, at most LONG: the more words agree, the less it is chance.
        alike: 1 where its nearest phrasing asks as the question does ("how long"), else 0.
        astray: a near copy of a phrasing with a word of its own in it asks for something else ("the benefits of
            running"), the more surely the more phrasings the author wrote. Share of the question's informative words
            that the first entry does not hold, times the similarity of its nearest phrasing, times the logarithm of
            1 + phrasings an entry.
    """

    intercept: tuple[float, float]
    score: tuple[float, float]
    margin: tuple[float, float]
    ridge: tuple[float, float]
    nearest: tuple[float, float]
    lexical: tuple[float, float] = (0, 0)
    answer: tuple[float, float] = (0, 0)
    verifier: tuple[float, float] = (0, 0)
    length: tuple[float, float]
    alike: tuple[float, float]
    astray: tuple[float, float]

    def coefficient(self, name: str, phrasings_per_entry: float) -> float:
        """Return a coefficient, or the intercept, for a knowledge base with so many phrasings an entry."""
        return round(per_phrasing(getattr(self, name), phrasings_per_entry), DIGITS)


# fmt: off
BY_WORDS: Final = Confidence(
    intercept=(-5.89, 2.22), score=(11.62, -2.31), margin=(1.60, 0.92), ridge=(0, -6.52), nearest=(0, 1.26),
    length=(0.24, -0.52), alike=(0.27, -0.57), astray=(-1.84, 0),
)
BY_MEANING: Final = Confidence(
    intercept=(-4.05, -1.14), score=(6.71, -7.07), margin=(1.72, 1.18), ridge=(-0.49, 4.82), nearest=(5.55, -6.02),
    lexical=(-2.49, -1.51), answer=(-2.52, 10.36), length=(0.24, 0), alike=(-0.12, 0), astray=(-1.11, 0),
)
VERIFIED: Final = Confidence(
    intercept=(-4.10, 0.70), score=(10.96, -8.66), margin=(1.59, 0.10), ridge=(-1.96, 8.45), nearest=(2.48, -7.27),
    lexical=(-1.62, -1.67), answer=(-3.13, 8.43), verifier=(0.09, 0.12), length=(0.27, 0), alike=(0.06, 0),
    astray=(-0.76, 0),
)
# fmt: on

DIGITS: Final = 2  # of a coefficient: it is shown as it is used
LONG: Final = 40  # words; of the questions that the fit has seen, 1 in 1,000 is longer
# The chance that an entry is right that contradicts the question, at most: between suggesting and answering, since what
# it holds should still be offered. By words, of 166 such of 191 FAQs, near misses among them, 16 were.
CONFLICTING: Final = 0.35
VERBATIM: Final = 0.99  # the chance that an entry is right that holds the question word for word
# From this confidence by words on, vectors are not asked: they take longer than everything else. Of the questions of
# ten sets that were so sure 95.7 % were right, and 95.8 % with vectors; .9 lost area under the ROC curve on six sets.
CERTAIN: Final = 0.95
TIE: Final = 0.01  # scores nearer than this share of the first are equal: two procedures asked the same thing
SUGGESTIONS: Final = 3  # what is read at a glance
SUGGESTION_SHARE: Final = 0.5  # of the first match's score: what is further behind is no alternative
AMBIGUOUS_MARGIN: Final = 0.2  # the second entry is nearer than this: several fit. It only chooses the reason's word
# By words, of questions of 75 leaflets that name no subject and were answered, all 18 with more unknown than this share
# were foreign, and none with less.
NAMES_ANOTHER: Final = 0.4
OFF_TOPIC_SHARE: Final = 0.5  # more than half of the question is unknown to the knowledge base: the word says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How sure to be before answering, and before suggesting: chances from 0 to 1.

    With the extra, answering from .5, .55, .6 gave 54.5, 51.4, 48.5 % right answers to questions asked of 83 FAQs of
    one heading an entry, and answers to 14.8, 12.1, 9.3 % of their near misses, judged by constants fitted to others.

    Raises:
        TypeError: one of them is no number.
        ValueError: not 0 <= suggest <= answer <= 1.
    """

    answer: float = 0.55
    suggest: float = 0.3

    @classmethod
    def of(cls, answer: float | None) -> Thresholds:
        """Return the thresholds of a knowledge base that answers from `answer`; the usual ones for None."""
        return cls() if answer is None else cls(answer=answer, suggest=min(cls().suggest, answer))

    def __post_init__(self) -> None:
        for value in (self.answer, self.suggest):
            if isinstance(value, bool) or not isinstance(value, Real):
                raise TypeError(f"thresholds are numbers from 0 to 1, not {value!r}")
        if not 0 <= self.suggest <= self.answer <= 1:
            raise ValueError(f"thresholds need 0 <= suggest <= answer <= 1, not {self.suggest} and {self.answer}")


def features(ranking: Ranking) -> dict[str, float]:
    """Return what the confidence is made of, by the names of Confidence's coefficients."""
    first = ranking.matches[0].score if ranking.matches else 0.0
    second = next((match.score for match in ranking.matches if _differs(match, ranking.matches[0])), 0.0)
    return {
        "score": first,
        "margin": (first - second) / first if first else 0.0,
        "ridge": ranking.ridge,
        "nearest": ranking.nearest,
        "lexical": ranking.lexical if ranking.by.vectors else 0.0,
        "answer": ranking.answer,
        "verifier": max(-SURE, min(SURE, ranking.log_odds[0])) if ranking.log_odds else 0.0,
        "length": math.log1p(min(len(ranking.question.words), LONG)),
        "alike": float(ranking.asks_alike),
        "astray": (1 - ranking.explained) * ranking.nearest * math.log1p(ranking.phrasings_per_entry),
    }


def confidence(ranking: Ranking) -> float:
    """Return the calibrated chance that the first match is the right one, 0 to 1; matches that tie share it."""
    if not ranking.matches:
        return 0.0
    by, phrasings = weighed_by(ranking), ranking.phrasings_per_entry
    odds = by.coefficient("intercept", phrasings)
    odds += sum(by.coefficient(name, phrasings) * value for name, value in features(ranking).items())
    chance = 1 / (1 + math.exp(-odds))
    if ranking.conflicts:
        chance = min(chance, CONFLICTING)
    elif ranking.verbatim:
        chance = max(chance, VERBATIM)
    return chance / (1 + rivals(ranking))


def weighed_by(ranking: Ranking) -> Confidence:
    """Return the coefficients that hold for a ranking: by words, with vectors, with vectors and the verifier."""
    if ranking.log_odds:
        return VERIFIED
    return BY_MEANING if ranking.by.vectors else BY_WORDS


def rivals(ranking: Ranking) -> int:
    """Return how many other replies fit as well as the first match."""
    best = ranking.matches[:1]
    return sum(
        match.score >= (1 - TIE) * first.score and _differs(match, first) for first in best for match in ranking.matches
    )


def _differs(match: Match, first: Match) -> bool:
    """Return whether a match would be another reply: entries may share an answer, and are then no rivals."""
    mine, other = match.entry, first.entry
    return mine is not other and (mine.answer, mine.gap, mine.subject) != (other.answer, other.gap, other.subject)


def calibrated(ranking: Ranking) -> tuple[Match, ...]:
    """Return the matches with scores that can be compared between questions.

    The first score is the confidence, the others are in proportion to it.
    """
    chance = confidence(ranking)
    highest = ranking.matches[0].score if ranking.matches else 1.0
    return tuple(
        Match(match.entry, chance * (match.score / highest) if place else chance)
        for place, match in enumerate(ranking.matches)
    )


def decide(ranking: Ranking, thresholds: Thresholds, looked_in: str) -> Reply:
    """Return the reply to a ranked question.

    What contradicts the question, and what another fits as well as, is at most suggested; of several that tie, each has
    its share of the chance.

    Args:
        ranking: of the entries, gaps among them: a gap attracts the questions that nothing answers.
        thresholds: how sure to be.
        looked_in: what the knowledge base is called, for the sentence that refuses.
    """
    question = ranking.question.text
    if not ranking.question.words:
        return reply.unanswered(question, Reason.EMPTY)
    matches = calibrated(ranking)
    chance = matches[0].score if matches else 0.0
    ties = rivals(ranking)
    if (
        not ranking.conflicts
        and is_related(ranking)
        and not names_another(ranking)
        and not ties
        and not ranking.alternatives
        and chance >= thresholds.answer
    ):
        return reply.given(question, matches[0].entry, chance)
    together = chance * (1 + ties)  # that one of them is the right one
    if matches and together >= thresholds.suggest and (is_related(ranking) or ranking.unknown <= OFF_TOPIC_SHARE):
        near = tuple(match for match in matches[:SUGGESTIONS] if match.score >= SUGGESTION_SHARE * chance)
        close = len(near) > 1 and (bool(ranking.alternatives) or features(ranking)["margin"] < AMBIGUOUS_MARGIN)
        return reply.suggested(question, near, chance, Reason.AMBIGUOUS if close else Reason.UNCERTAIN)
    reason = Reason.OFF_TOPIC if ranking.unknown > OFF_TOPIC_SHARE else Reason.NO_MATCH
    return reply.unanswered(
        question, reason, looked_in=looked_in, confidence=chance, unknown_words=ranking.unknown_words
    )


def is_related(ranking: Ranking) -> bool:
    """Return whether the first entry may be about what is asked.

    However well "what is" fits, by words alone an answer to "what is the weather" shares no word with it that a
    question is about; the networks read more than words.
    """
    return bool(ranking.explained or ranking.by.vectors)


def names_another(ranking: Ranking) -> bool:
    """Return whether a question that only a draft fits may be about something else than the draft is.

    Nobody has read it yet, and its catalogue asks the same of everything: "how is measles treated" fits "How is asthma
    treated?" by words. So where what is asked names no subject, and much of it is unknown, the entry is suggested.
    """
    best = ranking.matches[:1]
    unknown = not ranking.by.vectors and ranking.unknown > NAMES_ANOTHER and NAME not in ranking.question.words
    return unknown and any(match.entry.draft and not match.entry.is_gap for match in best)
