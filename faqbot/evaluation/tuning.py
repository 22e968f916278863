"""Tune the answering threshold of a knowledge base on its labelled questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from faqbot.answering.decision import Thresholds
from faqbot.bot import FaqBot
from faqbot.evaluation.labelled import Labelled
from faqbot.evaluation.metrics import HARMFUL, Evaluation, Outcome, Progress, evaluate

FEWEST: Final = 30  # questions: fewer say more about themselves than about a threshold
# As if so many more questions had been asked whose confidences were exactly right, one as often as another: they hold
# the threshold at the usual one until the knowledge base's own questions weigh more.
PRIOR: Final = 30
STEPS: Final = tuple(step / 100 for step in range(30, 96, 5))  # the thresholds that are tried


@dataclass(frozen=True, slots=True)
class Tuned:
    """A threshold, and what becomes of the questions with it.

    Attributes:
        answer: the confidence to answer from, 0 to 1.
        right: how many are answered with a right entry, or recognised as a gap.
        wrong: how many are answered wrongly.
    """

    answer: float
    right: int
    wrong: int


def tuned(bot: FaqBot, questions: Sequence[Labelled], progress: Progress | None = None) -> tuple[Tuned, Tuned] | None:
    """Return the usual threshold and the one that suits the questions best; None where they are fewer than FEWEST.

    A wrong answer costs what it costs at the usual threshold t, from which on answering pays: t / (1 - t) right ones.

    Raises:
        ValueError: the bot was made with thresholds of its own.
    """
    if bot.thresholds != Thresholds.of(bot.knowledge.answer_from):
        raise ValueError("a bot with thresholds of its own is not tuned")
    if len(questions) < FEWEST:
        return None
    done = evaluate(bot.over(replace(bot.knowledge, answer_from=0.0)), questions, progress)  # it always answers
    usual = _with(done, Thresholds().answer)
    return usual, max((_with(done, step) for step in STEPS), key=lambda one: (_gain(one), one.answer))


def _with(done: Evaluation, answer: float) -> Tuned:
    given = [one for one in done.judged if one.reply.confidence >= answer]
    right = sum(one.outcome is Outcome.RIGHT for one in given)
    return Tuned(answer, right, sum(one.outcome in HARMFUL for one in given))


def _gain(one: Tuned) -> float:
    usual = Thresholds().answer
    cost = usual / (1 - usual)
    above, squared = 1 - one.answer, (1 - one.answer**2) / 2
    as_usual = squared - cost * (above - squared)  # the integral of p - cost (1 - p), for p from the threshold to 1
    return one.right - cost * one.wrong + PRIOR * as_usual
