"""Try a change of the knowledge base: ask questions again, and count those that come out better or worse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from faqbot.bot import FaqBot
from faqbot.evaluation.labelled import Labelled
from faqbot.evaluation.metrics import WORTH, Evaluation, Judged, Outcome, Progress, asked, leave_one_out, shown
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.text import shortened, tokens

TRIALS: Final = 12  # fixes tried: each asks every question again
MOST_ASKED: Final = 100_000  # questions, over all trials: a minute or two
QUESTIONS: Final = 2  # tried of one confusion
NEIGHBOURS: Final = 8  # entries that come nearest to the new words: what is further away, they cannot draw
QUOTED: Final = 60  # letters of a phrasing that suffers


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome of a change: the questions that come out better, and those that come out worse, as they are then."""

    better: tuple[Judged, ...]
    worse: tuple[Judged, ...]

    @property
    def harm(self) -> int:
        """How many more questions come out worse than better; below 0 where it helps."""
        return len(self.worse) - len(self.better)

    @classmethod
    def of(cls, pairs: Iterable[tuple[Judged, Judged]]) -> Trial:
        """Compare questions as they were with what they are now."""
        changes = [(WORTH[new.outcome] - WORTH[old.outcome], new) for old, new in pairs]
        return cls(
            tuple(new for change, new in changes if change > 0), tuple(new for change, new in changes if change < 0)
        )


def trial(bot: FaqBot, questions: Iterable[Judged]) -> Trial:
    """Ask questions again of a bot whose knowledge base was changed since."""
    return Trial.of((old, asked(bot, old.labelled)) for old in questions)


@dataclass(frozen=True, slots=True)
class Fix:
    """A question added as a phrasing of its entry, or where nothing answers it as a gap, and what that changed.

    Attributes:
        judged: the question, as it was without.
        outcome: what becomes of it.
        others: what becomes of all other questions.
    """

    judged: Judged
    outcome: Outcome
    others: Trial

    @property
    def helps(self) -> bool:
        """Whether it mends its question and harms no more others than it helps."""
        return WORTH[self.outcome] > WORTH[self.judged.outcome] and self.others.harm <= 0


def fixes(bot: FaqBot, done: Evaluation, progress: Progress | None = None) -> tuple[Fix, ...]:
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
    return tuple(_fix(bot, done, one) for one in shown(chosen[:most], progress))


def _fix(bot: FaqBot, done: Evaluation, one: Judged) -> Fix:
    fixed = bot.over(_with(bot.knowledge, one))
    words = tokens(one.question)
    others = [old for old in done.judged if tokens(old.question) != words]
    return Fix(one, asked(fixed, one.labelled).outcome, trial(fixed, others))


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


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of a change of one entry on the questions it was made for, and on the entries beside it.

    Attributes:
        asked: how many wordings it was made for.
        given: how many of them now get the entry.
        lost: phrasings of other entries that no longer get their own.
        blurred: phrasings of other entries that, had their author not thought of them, would now be found less well.
    """

    asked: int
    given: int
    lost: tuple[str, ...]
    blurred: tuple[str, ...]

    def __str__(self) -> str:
        if self.asked == 1:
            reached = "The question now gets it" if self.given else "The question does not get it yet"
        elif self.given == self.asked:
            reached = f"All {self.asked} wordings now get it"
        else:
            reached = f"{self.given} of {self.asked} wordings now get it"
        if not self.lost and not self.blurred:
            return f"{reached}; no other entry suffers."
        told = self.lost or self.blurred
        example = f'"{shortened(told[0], QUOTED)}"'
        if len(told) == 1:
            suffers = "no longer gets it" if self.lost else "is now harder to tell apart"
            return f"{reached}; a phrasing of another entry {suffers}: {example}."
        suffers = "no longer get theirs" if self.lost else "are now harder to tell apart"
        return f"{reached}; {len(told)} phrasings of other entries {suffers}, such as {example}."


def effect(before: FaqBot, after: FaqBot, entry: str, wordings: Iterable[str]) -> Effect:
    """Return the effect of a change on an entry.

    Args:
        before: the bot without the change.
        after: the bot with it.
        entry: the id of the entry that was changed, or is new.
        wordings: the questions that it should be given for; at least one.
    """
    wordings = tuple(wordings)
    beside = {match.entry.id for text in wordings[:NEIGHBOURS] for match in after.rank(text, limit=NEIGHBOURS)}
    near = [match.entry.id for match in after.rank(wordings[0], limit=NEIGHBOURS)]
    around = set(tuple(dict.fromkeys([*near, *sorted(beside)]))[:NEIGHBOURS])
    others = [one for one in before.knowledge.entries if one.id in around and one.id != entry]
    own = [asked(before, Labelled(form, (one.id,))) for one in others for form in one.forms]
    lost = trial(after, [one for one in own if one.outcome is Outcome.RIGHT]).worse
    ids = {one.id for one in others}
    kept, now = _left_out(before, ids, entry), _left_out(after, ids, entry)
    blurred = Trial.of((old, now[key]) for key, old in kept.items() if key in now).worse
    given = sum(gets(after, text, entry) for text in wordings)
    return Effect(len(wordings), given, tuple(one.question for one in lost), tuple(one.question for one in blurred))


def gets(bot: FaqBot, text: str, entry: str) -> bool:
    """Return whether a question gets the entry with this id."""
    found = bot.ask(text).entry
    return found is not None and found.id == entry


def _left_out(bot: FaqBot, ids: set[str], entry: str) -> dict[tuple[str, str], Judged]:
    """Return what becomes of the phrasings of some entries, each asked with itself left out, among them and `entry`."""
    some = [one for one in bot.knowledge.entries if one.id in ids or one.id == entry]
    judged = leave_one_out(bot.over(replace(bot.knowledge, entries=some))).judged
    return {(one.labelled.expected[0], one.question): one for one in judged if one.wanted and one.wanted.id in ids}
