"""What would help the questions that went wrong, tried: a phrasing or a gap more, and every other question again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from faqbot.bot import FaqBot
from faqbot.evaluation.metrics import WORTH, Evaluation, Judged, Outcome, Progress, asked, shown
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.text import tokens

TRIALS: Final = 12  # each asks every question again
MOST_ASKED: Final = 100_000  # questions, over all trials: a minute or two
QUESTIONS: Final = 2  # tried of one confusion


@dataclass(frozen=True, slots=True)
class Fix:
    """A question added as a phrasing of its entry, or where nothing answers it as a gap, and what that changed.

    Attributes:
        judged: the question, as it was without.
        outcome: what becomes of it.
        better: other questions that it helps, as they are then.
        worse: other questions that it harms, as they are then.
    """

    judged: Judged
    outcome: Outcome
    better: tuple[Judged, ...]
    worse: tuple[Judged, ...]

    @property
    def helps(self) -> bool:
        """Whether it mends its question and harms no more others than it helps."""
        return WORTH[self.outcome] > WORTH[self.judged.outcome] and len(self.worse) <= len(self.better)


def tried(bot: FaqBot, done: Evaluation, progress: Progress | None = None) -> tuple[Fix, ...]:
    """Try a fix for each of the first confusions, one question each before a second one of any.

    Args:
        bot: that was evaluated.
        done: its evaluation by questions that are not its own phrasings.
        progress: told how far it is.
    """
    pairs = done.confusions
    turns = [pair.judged[turn] for turn in range(QUESTIONS) for pair in pairs if turn < len(pair.judged)]
    distinct = {tokens(one.question): one for one in reversed(turns) if tokens(one.question)}
    chosen = [one for one in turns if distinct.get(tokens(one.question)) is one]
    most = max(1, min(TRIALS, MOST_ASKED // max(1, len(done.judged))))
    return tuple(_tried(bot, done, one) for one in shown(chosen[:most], progress))


def _tried(bot: FaqBot, done: Evaluation, one: Judged) -> Fix:
    mended = bot.over(_with(bot.knowledge, one))
    words = tokens(one.question)
    others = [(old, asked(mended, old.labelled)) for old in done.judged if tokens(old.question) != words]
    better = tuple(new for old, new in others if WORTH[new.outcome] > WORTH[old.outcome])
    worse = tuple(new for old, new in others if WORTH[new.outcome] < WORTH[old.outcome])
    return Fix(one, asked(mended, one.labelled).outcome, better, worse)


def _with(knowledge: KnowledgeBase, one: Judged) -> KnowledgeBase:
    """Return the knowledge base with a question as a phrasing of its entry, or as a gap where nothing answers it."""
    if one.wanted is None:
        taken = {entry.id for entry in knowledge.entries}
        key = next(key for key in map(str, range(len(taken) + 1)) if key not in taken)
        gap = Entry(question=one.question, gap="There is no answer to that.", id=key)
        return replace(knowledge, entries=[*knowledge.entries, gap])
    entries = [
        replace(entry, phrasings=[*entry.phrasings, one.question]) if entry.id == one.wanted.id else entry
        for entry in knowledge.entries
    ]
    return replace(knowledge, entries=entries)
