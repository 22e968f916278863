"""From a ranking to a reply: how sure to be, and whether to answer, suggest or refuse."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real
from typing import Final

from faqbot.answering import reply
from faqbot.answering.reply import Reason, Reply
from faqbot.search.ranking import Match, Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """The chance that the first entry is the right one: a logistic function of a few features of a ranking.

    Fitted to the public sets that tests/calibrate.py describes, with their out-of-scope questions, to their questions
    with the entry taken away, and to questions of other sets: python tests/calibrate.py DATA

    Attributes:
        intercept: the log-odds that every question starts from.
        score: how well the first entry matches, 0 to 1.
        margin: how far the second ANSWER is behind, as a share of the first one's score, 0 to 1.
        length: logarithm of 1 + the number of words: the more words agree, the less it is chance.
        alike: 1 where the first entry's nearest phrasing asks as the question does ("how long"), else 0.
        astray: a near copy of a phrasing with a word of its own in it asks for something else ("the benefits of
            running"), the more surely the more phrasings the author wrote. Share of the question's informative words
            that the first entry does not hold, times the similarity of its nearest phrasing, times the logarithm of
            1 + phrasings an entry.
    """

    intercept: float
    score: float
    margin: float
    length: float
    alike: float
    astray: float


# Of 40 more features (agreement of words and vectors, unknown words, coverage of the nearest phrasing both ways, how
# like its neighbours an entry is ...) and of boosted trees over all of them, none won .4 points of the area under the
# ROC curve on sets left out of the fit.
BY_WORDS: Final = Confidence(intercept=-5.89, score=11.62, margin=1.60, length=0.24, alike=0.27, astray=-1.84)
BY_MEANING: Final = Confidence(intercept=-6.06, score=9.52, margin=2.21, length=0.48, alike=0.42, astray=-0.64)

# From this confidence by words on, vectors are not asked: they take longer than everything else. Of the questions of
# ten sets that were so sure 95.7 % were right, and 95.8 % with vectors; .9 lost area under the ROC curve on six sets.
CERTAIN: Final = 0.95
TIE: Final = 0.01  # scores nearer than this share of the first are equal: two procedures asked the same thing
SUGGESTIONS: Final = 3  # what is read at a glance
SUGGESTION_SHARE: Final = 0.5  # of the first match's score: what is further behind is no alternative
AMBIGUOUS_MARGIN: Final = 0.2  # the second entry is nearer than this: several fit. It only chooses the reason's word
OFF_TOPIC_SHARE: Final = 0.5  # more than half of the question is unknown to the knowledge base: the word says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How sure to be before answering, and before suggesting: chances from 0 to 1.

    On 297 labelled questions about the bundled knowledge base (tests/data, half of which the confidence was fitted to),
    answering from .5, .55, .6, .65 gave 144, 141, 134, 128 right answers of 174 and 7, 5, 3, 2 wrong ones of 297; on
    the SQuAD articles of the extraction benchmark, .55 and .6 gave 66 and 64 right answers of 100.

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
        "length": math.log1p(len(ranking.question.words)),
        "alike": float(ranking.asks_alike),
        "astray": (1 - ranking.explained) * ranking.nearest * math.log1p(ranking.phrasings_per_entry),
    }


def confidence(ranking: Ranking) -> float:
    """Return the calibrated chance that the first match is the right one, 0 to 1; matches that tie share it."""
    if not ranking.matches:
        return 0.0
    by = weighed_by(ranking)
    odds = by.intercept + sum(getattr(by, name) * value for name, value in features(ranking).items())
    chance = 1 / (1 + math.exp(-odds))
    return chance / (1 + rivals(ranking))


def weighed_by(ranking: Ranking) -> Confidence:
    """Return the coefficients that hold for a ranking: scores by words and by meaning are not the same."""
    return BY_MEANING if ranking.by.vectors else BY_WORDS


def rivals(ranking: Ranking) -> int:
    """Return how many other replies tie with the first match."""
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
    # However well "what is" fits, an answer to "what is the weather" shares no word with it that a question is about.
    if ranking.explained and chance >= thresholds.answer:
        return reply.given(question, matches[0].entry, chance)
    if matches and chance >= thresholds.suggest and (ranking.explained or ranking.unknown <= OFF_TOPIC_SHARE):
        near = tuple(match for match in matches[:SUGGESTIONS] if match.score >= SUGGESTION_SHARE * chance)
        close = len(near) > 1 and features(ranking)["margin"] < AMBIGUOUS_MARGIN
        return reply.suggested(question, near, chance, Reason.AMBIGUOUS if close else Reason.UNCERTAIN)
    reason = Reason.OFF_TOPIC if ranking.unknown > OFF_TOPIC_SHARE else Reason.NO_MATCH
    return reply.unanswered(
        question, reason, looked_in=looked_in, confidence=chance, unknown_words=ranking.unknown_words
    )
