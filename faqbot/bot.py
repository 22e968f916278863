"""The facade: a knowledge base that answers, and a conversation with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final, Literal, Self

from faqbot import encoders, explaining, files, library, replies
from faqbot.decision import CERTAIN, Thresholds, calibrated, confidence, decide
from faqbot.entries import KnowledgeBase
from faqbot.explanation import Explanation
from faqbot.index import Index
from faqbot.matching import BY_MEANING, Match, Ranking, rank
from faqbot.replies import Reason, Reply
from faqbot.vectors import Encoder

LONGEST_QUESTION: Final = 10_000  # characters: patients' longest letters in public collections are half of that
CONSIDERED: Final = 8  # entries that a decision looks at
Choice = Encoder | Literal["auto"] | None
_NUMBER: Final = re.compile(r"\s*#?([0-9]{1,2})[.)]?\s*")


class FaqBot:
    """Answers questions from a knowledge base. Immutable: one may serve many threads.

    >>> from faqbot import Entry, FaqBot, KnowledgeBase
    >>> bot = FaqBot(KnowledgeBase([Entry(question="Where do I park?", answer="Behind the house.")]))
    >>> bot.ask("were do i park").text
    'Behind the house.'

    Args:
        knowledge: what it knows.
        encoder: adds its sentence vectors to the matching; anything with `.encode(list[str]) -> array`. "auto" is the
            one of the extra `semantic` where that is installed; None matches by words alone.
        thresholds: how sure to be before answering, and before suggesting.
        cache: the folder where what takes long to compute is kept between runs; nothing is written without one.
    """

    def __init__(
        self,
        knowledge: KnowledgeBase,
        *,
        encoder: Choice = "auto",
        thresholds: Thresholds | None = None,
        cache: Path | None = None,
    ) -> None:
        self._prepare(knowledge, Index.build(knowledge), encoder, thresholds, cache)

    def _prepare(
        self,
        knowledge: KnowledgeBase,
        index: Index,
        encoder: Choice,
        thresholds: Thresholds | None,
        cache: Path | None,
    ) -> None:
        self._knowledge = knowledge
        self._thresholds = thresholds or Thresholds()
        self._index = index.with_vectors(encoders.installed() if encoder == "auto" else encoder, cache)
        answers = index.answers
        about = knowledge.procedure or " and ".join(names[0] for names in knowledge.subjects)
        self._looked_in = f"{answers} answer{'' if answers == 1 else 's'}" + (f" about {about}" if about else "")

    @classmethod
    def from_file(
        cls,
        *paths: str | Path,
        encoder: Choice = "auto",
        thresholds: Thresholds | None = None,
        cache: Path | None = None,
    ) -> Self:
        """Read one knowledge file, or several as one knowledge base.

        Raises:
            KnowledgeError: a file that cannot be used, with path, line and what was expected.
            ValueError: no path.
        """
        if not paths:
            raise ValueError("from_file needs at least one path")
        bot = cls.__new__(cls)
        bot._prepare(*library.read([Path(path) for path in paths], cache), encoder, thresholds, cache)
        return bot

    @classmethod
    def bundled(
        cls, *, encoder: Choice = "auto", thresholds: Thresholds | None = None, cache: Path | None = None
    ) -> Self:
        """Read the knowledge base about micro-needling that ships with faqbot."""
        path = files.bundled("microneedling.md")
        return cls.from_file(path, encoder=encoder, thresholds=thresholds, cache=cache)

    def __repr__(self) -> str:
        return f"<FaqBot with {self._looked_in}>"

    @property
    def knowledge(self) -> KnowledgeBase:
        """What it answers from."""
        return self._knowledge

    def ask(self, question: str) -> Reply:
        """Return the reply to a question; it never raises for what a question says.

        Raises:
            TypeError: the question is not a string.
        """
        if len(_text(question)) > LONGEST_QUESTION:
            reply = replies.unanswered(question, Reason.TOO_LONG)
        else:
            reply = decide(self.evidence(question), self._thresholds, self._looked_in)
        return replies.explained(reply, partial(self.explain, question))

    def explain(self, question: str) -> Explanation:
        """Return what the reply that `ask` gives to a question is made of; `reply.explain()` returns the same.

        Raises:
            TypeError: the question is not a string.
        """
        if len(_text(question)) > LONGEST_QUESTION:
            return explaining.too_long(question, LONGEST_QUESTION, self._thresholds)
        ranking = self.evidence(question)
        reply = decide(ranking, self._thresholds, self._looked_in)
        return explaining.explain(self._index, ranking, reply, self._thresholds)

    def ask_many(self, questions: Iterable[str]) -> tuple[Reply, ...]:
        """Return the reply to each question, the same as `ask` gives.

        Raises:
            TypeError: `questions` is one string, or holds something else than strings.
        """
        if isinstance(questions, str):
            raise TypeError("ask_many takes a sequence of questions, not one string")
        return tuple(map(self.ask, questions))

    def rank(self, question: str, *, limit: int = 5) -> tuple[Match, ...]:
        """Return the best entries for a question, best first, without deciding whether they are good enough.

        There are fewer than `limit` where no more have anything in common with the question. The first score is the
        confidence of `ask`, so that scores of different questions can be compared; the others are in proportion. Of a
        question that `ask` would find too long, the beginning is ranked.

        Raises:
            ValueError: `limit` below 1.
            TypeError: the question is not a string.
        """
        if limit < 1:
            raise ValueError(f"limit is the number of matches wanted: at least 1, not {limit}")
        return calibrated(self.evidence(question, limit=max(limit, CONSIDERED)))[:limit]

    def evidence(self, question: str, *, limit: int = CONSIDERED) -> Ranking:
        """Return what a decision is made of: the best entries for a question, and what speaks for the first."""
        read = self._index.reader.question(_text(question)[:LONGEST_QUESTION])
        ranking = rank(self._index, read, limit)
        if self._index.vectors is None or confidence(ranking) >= CERTAIN:
            return ranking
        return rank(self._index, read, limit, BY_MEANING)

    def conversation(self) -> Conversation:
        """Return a conversation of its own, which remembers what was suggested."""
        return Conversation(self)


def _text(question: str) -> str:
    if not isinstance(question, str):
        raise TypeError(f"a question is a string, not {type(question).__name__}")
    return question


class Conversation:
    """One person's questions in a row. Not for sharing between threads; each person has their own."""

    def __init__(self, bot: FaqBot) -> None:
        self._bot = bot
        self._last: Reply | None = None
        self._asked: Reply | None = None  # last; what was typed since was numbers

    @property
    def bot(self) -> FaqBot:
        """The bot that answers."""
        return self._bot

    @property
    def last(self) -> Reply | None:
        """The reply given last."""
        return self._last

    def ask(self, question: str) -> Reply:
        """Return the reply to a question; the bare number of a suggestion ("2", "2.", "#2") picks it.

        The suggestions stay open until the next question: people look at the second one after the first.
        """
        number = _NUMBER.fullmatch(_text(question))
        if number:
            self._last = self._picked(question, int(number[1]))
        else:
            self._last = self._asked = self._bot.ask(question)
        return self._last

    def _picked(self, question: str, place: int) -> Reply:
        asked = self._asked
        if asked is None or not asked.suggestions:
            reply = replies.unanswered(question, Reason.EMPTY)
            return replies.explained(reply, partial(explaining.nothing_to_pick, question, self._bot._thresholds))
        choices = asked.suggestions
        if 1 <= place <= len(choices):
            reply = replies.given(question, choices[place - 1].entry, 1.0)
        else:
            reply = replies.suggested(question, choices, choices[0].score, Reason.AMBIGUOUS)
        return replies.explained(reply, partial(explaining.picked, asked, reply.status, reply.reason, place))
