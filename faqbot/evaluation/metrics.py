"""Evaluate a knowledge base on labelled questions: outcomes, intervals, confusions, leave-one-out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from faqbot.answering.reply import Reply, Status
from faqbot.bot import FaqBot
from faqbot.evaluation.labelled import Labelled
from faqbot.knowledge.entries import Entry
from faqbot.text import tokens

Z: Final = 1.959964  # 95 % of a normal distribution lie within so many standard deviations
CONSIDERED: Final = 50  # entries among which the best of several expected ones is looked for
MOST_INDEXED: Final = 3_000_000  # phrasings, while leaving them out: a minute

_T = TypeVar("_T")
Progress = Callable[[int, int], object]  # how many are done, and of how many


class Outcome(StrEnum):
    """The outcome of a question; equal to the plain strings."""

    RIGHT = "right"  # answered with an entry that was expected; or a gap recognised where nothing answers
    SUGGESTED = "suggested"  # an expected entry is among the suggestions
    REFUSED = "refused"  # held back, and nothing answers it
    LOST = "lost"  # held back, although an entry answers it
    MISLED = "misled"  # answered with another entry than those expected
    MADE_UP = "made up"  # answered although nothing answers it


WORTH: Final = {  # a question changes for better or worse where this does
    Outcome.RIGHT: 3, Outcome.REFUSED: 3, Outcome.SUGGESTED: 2, Outcome.LOST: 1, Outcome.MISLED: 0, Outcome.MADE_UP: 0,
}  # fmt: skip
HARMFUL: Final = frozenset({Outcome.MISLED, Outcome.MADE_UP})


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled question, what it got, and the expected entry that came nearest, None where nothing answers it."""

    labelled: Labelled
    reply: Reply
    outcome: Outcome
    wanted: Entry | None

    @property
    def question(self) -> str:
        """The question."""
        return self.labelled.question


@dataclass(frozen=True, slots=True)
class Confusion:
    """Questions that wanted one entry and got another, or none; None stands for "nothing"."""

    wanted: Entry | None
    got: Entry | None
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of some questions, with its 95 % confidence interval (Wilson 1927), 0 to 1."""

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share; 0 of nothing."""
        return self.count / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Its bounds; of nothing, everything is possible."""
        if not self.total:
            return 0.0, 1.0
        z = Z * Z / self.total
        middle = self.value + z / 2
        spread = Z * math.sqrt(self.value * (1 - self.value) / self.total + z / 4 / self.total)
        return max(0.0, (middle - spread) / (1 + z)), min(1.0, (middle + spread) / (1 + z))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcomes of some labelled questions."""

    judged: tuple[Judged, ...]

    @property
    def confusions(self) -> tuple[Confusion, ...]:
        """The pairs of entries that are confused, most questions first; wrong answers come before none."""
        pairs: dict[tuple[str, str], list[Judged]] = {}
        for one in self.judged:
            if one.outcome in HARMFUL or one.outcome is Outcome.LOST:
                got = one.reply.entry
                pairs.setdefault((one.wanted.id if one.wanted else "", got.id if got else ""), []).append(one)
        found = [Confusion(ones[0].wanted, ones[0].reply.entry, tuple(ones)) for ones in pairs.values()]
        return tuple(sorted(found, key=lambda pair: (pair.got is None, -len(pair.judged))))

    def share(self, outcome: Outcome, *, answerable: bool) -> Share:
        """Return the share of an outcome among the questions that an entry answers, or among those that none does."""
        among = [one for one in self.judged if bool(one.labelled.expected) is answerable]
        return Share(sum(one.outcome is outcome for one in among), len(among))

    @property
    def is_harmless(self) -> bool:
        """Whether nobody was given a wrong answer."""
        return not any(one.outcome in HARMFUL for one in self.judged)


def evaluate(bot: FaqBot, questions: Sequence[Labelled], progress: Progress | None = None) -> Evaluation:
    """Ask labelled questions."""
    return Evaluation(tuple(asked(bot, one) for one in shown(questions, progress)))


def leave_one_out(bot: FaqBot, progress: Progress | None = None) -> Evaluation:
    """Ask every phrasing of the entries that have another one, each with that phrasing left out.

    Of large knowledge bases, several entries lose a phrasing at once. The same texts are encoded again and again: an
    encoder that remembers (`faqbot.encoders.Remembering`) saves most of the time.
    """
    knowledge = bot.knowledge
    whole = {entry.id: entry for entry in knowledge.entries}
    judged = []
    for left in shown(list(_rounds(knowledge.entries)), progress):
        entries = [_without(entry, left[entry.id]) if entry.id in left else entry for entry in knowledge.entries]
        rest = bot.over(replace(knowledge, entries=entries))
        for key, form in left.items():
            one = asked(rest, Labelled(form, (key,)))
            got = whole[one.reply.entry.id] if one.reply.entry else None
            judged.append(replace(one, wanted=whole[key], reply=replace(one.reply, entry=got)))
    place = {key: number for number, key in enumerate(whole)}
    judged.sort(key=lambda one: place[one.labelled.expected[0]])
    return Evaluation(tuple(judged))


def judge(reply: Reply, expected: Sequence[Entry]) -> Outcome:
    """Return what became of a question that some entries answer; of one that none does, where there are none.

    Entries that say the same are one. Where only gaps are expected, refusing is right as well.
    """
    said = {_said(entry) for entry in expected}
    if reply.entry and _said(reply.entry) in said:
        return Outcome.RIGHT
    if reply.status is Status.ANSWERED:
        return Outcome.MISLED if expected else Outcome.MADE_UP
    if reply.status is Status.GAP and not expected:
        return Outcome.RIGHT
    if any(_said(match.entry) in said for match in reply.suggestions):
        return Outcome.SUGGESTED
    return Outcome.REFUSED if all(entry.is_gap for entry in expected) else Outcome.LOST


def _said(entry: Entry) -> tuple[str, str, str]:
    return entry.answer, entry.gap, entry.subject


def asked(bot: FaqBot, labelled: Labelled) -> Judged:
    """Ask one question, and judge the reply."""
    reply = bot.ask(labelled.question)
    entries = {entry.id: entry for entry in bot.knowledge.entries if entry.id in labelled.expected}
    expected = [entries[key] for key in labelled.expected]
    wanted = expected[0] if expected else None
    if len(expected) > 1:
        ranked = bot.rank(labelled.question, limit=CONSIDERED)
        wanted = next((match.entry for match in ranked if match.entry.id in entries), wanted)
    return Judged(labelled, reply, judge(reply, expected), wanted)


def _rounds(entries: Sequence[Entry]) -> Iterator[dict[str, str]]:
    """Yield the phrasings to leave out together, by the ids of their entries: one, or few of many entries."""
    able = [(entry, forms) for entry in entries if len(forms := _distinct(entry)) > 1]
    phrasings = sum(len(entry.forms) for entry in entries)
    at_once = math.ceil(phrasings * sum(len(forms) for _, forms in able) / MOST_INDEXED)
    for place in range(max((len(forms) for _, forms in able), default=0)):
        having = [(entry.id, forms[place]) for entry, forms in able if place < len(forms)]
        for start in range(0, len(having), at_once):
            yield dict(having[start : start + at_once])


def _distinct(entry: Entry) -> list[str]:
    """Return an entry's phrasings, the first one of those that read the same."""
    first: dict[tuple[str, ...], str] = {}
    for form in entry.forms:
        first.setdefault(tokens(form), form)
    return [form for words, form in first.items() if words]


def _without(entry: Entry, form: str) -> Entry:
    """Return an entry without a phrasing and its copies; the first of the others is then its question."""
    words = tokens(form)
    question, *phrasings = (other for other in entry.forms if tokens(other) != words)
    return replace(entry, question=question, phrasings=phrasings)


def shown(ones: Sequence[_T], progress: Progress | None) -> Iterator[_T]:
    """Yield the ones, and show before each how far it is."""
    for number, one in enumerate(ones, 1):
        if progress:
            progress(number, len(ones))
        yield one
