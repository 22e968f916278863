"""The facade: a knowledge base that answers, and a conversation with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, Self

from faqbot import encoders, explaining, files, replies
from faqbot.answering import CONSIDERED, LONGEST_QUESTION, Answerer
from faqbot.decision import Thresholds
from faqbot.entries import KnowledgeBase
from faqbot.explanation import Explanation
from faqbot.matching import Match, Ranking
from faqbot.replies import Reason, Reply
from faqbot.vectors import Encoder
from faqbot.watching import Files, Listener

__all__ = ["LONGEST_QUESTION", "Conversation", "FaqBot"]

Choice = Encoder | Literal["auto"] | None
_NUMBER: Final = re.compile(r"\s*#?([0-9]{1,2})[.)]?\s*")


class FaqBot:
    """Answers questions from a knowledge base. One may serve many threads: replies do not depend on what else is asked.

    >>> from faqbot import Entry, FaqBot, KnowledgeBase
    >>> bot = FaqBot(KnowledgeBase([Entry(question="Where do I park?", answer="Behind the house.")]))
    >>> bot.ask("were do i park").text
    'Behind the house.'

    It changes in one way only: made of files, it may read them again, and each reply is made of one state of them.
    Pickled, it takes along what it knows and how it was made; what is computed of that is computed again.

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
        self._encoder: Choice = encoder
        self._thresholds = thresholds or Thresholds()
        self._cache = cache
        self._files: Files | None = None
        self._answerer = self._made(knowledge)

    @classmethod
    def from_file(
        cls,
        *paths: str | Path,
        encoder: Choice = "auto",
        thresholds: Thresholds | None = None,
        cache: Path | None = None,
        watch: bool = False,
        on_error: Listener | None = None,
    ) -> Self:
        """Read one knowledge file, or several as one knowledge base.

        Args:
            paths: of the files.
            encoder: see FaqBot.
            thresholds: see FaqBot.
            cache: see FaqBot.
            watch: whether to look, whenever a question comes and a second has gone by, if the files were edited. Only
                whoever asks first after that waits until they are read.
            on_error: is told once why edited files cannot be used, instead of a RuntimeWarning.

        Raises:
            KnowledgeError: a file that cannot be used, with path, line and what was expected.
            ValueError: no path.
        """
        if not paths:
            raise ValueError("from_file needs at least one path")
        read = Files(tuple(map(Path, paths)), watch, on_error)
        bot = cls(read.read(), encoder=encoder, thresholds=thresholds, cache=cache)
        bot._files = read
        return bot

    @classmethod
    def bundled(
        cls, *, encoder: Choice = "auto", thresholds: Thresholds | None = None, cache: Path | None = None
    ) -> Self:
        """Read the knowledge base about micro-needling that ships with faqbot."""
        path = files.bundled("microneedling.md")
        return cls.from_file(path, encoder=encoder, thresholds=thresholds, cache=cache)

    def __repr__(self) -> str:
        return f"<FaqBot with {self._answerer.scope}>"

    def __getstate__(self) -> dict[str, Any]:
        encoders.check_pickles(self._encoder)
        return {**vars(self), "_answerer": self._answerer.knowledge}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._answerer = self._made(state["_answerer"])

    @property
    def knowledge(self) -> KnowledgeBase:
        """What it answers from."""
        return self._answerer.knowledge

    @property
    def answerer(self) -> Answerer:
        """What answers now, and does not change: for several questions to one state of files that may be edited."""
        if self._files:
            self._files.look(self._answerer.knowledge, self._take)
        return self._answerer

    def reload(self) -> bool:
        """Read the files again, and return whether they say something else; who asks meanwhile gets the old answers.

        Raises:
            KnowledgeError: one of them cannot be used; the bot answers as before.
            ValueError: the bot was not made of files.
        """
        if self._files is None:
            raise ValueError("this bot was made of a knowledge base, not of files that could be read again")
        return self._files.reload(self._answerer.knowledge, self._take)

    def _take(self, knowledge: KnowledgeBase) -> None:
        made = self._made(knowledge)
        made.prepare()
        self._answerer = made

    def _made(self, knowledge: KnowledgeBase) -> Answerer:
        encoder = encoders.installed() if self._encoder == "auto" else self._encoder
        return Answerer(knowledge, encoder, self._thresholds, self._cache)

    def ask(self, question: str) -> Reply:
        """Return the reply to a question; it never raises for what a question says.

        Raises:
            TypeError: the question is not a string.
        """
        return self.answerer.ask(question)

    async def ask_async(self, question: str) -> Reply:
        """Return what `ask` returns, without holding up the event loop: a thread of its default executor asks.

        Raises:
            TypeError: the question is not a string.
        """
        import asyncio  # noqa: PLC0415 - slow to load; whoever awaits has done so

        return await asyncio.to_thread(self.ask, question)

    def ask_many(self, questions: Iterable[str]) -> tuple[Reply, ...]:
        """Return the reply to each question, the same as `ask` gives.

        Raises:
            TypeError: `questions` is one string, or holds something else than strings.
        """
        return tuple(self.replies(questions))

    def replies(self, questions: Iterable[str]) -> Iterator[Reply]:
        """Return the same as `ask_many`, one reply at a time: nothing is kept, however many questions come.

        Raises:
            TypeError: `questions` is one string; or, where its turn comes, a question is no string.
        """
        if isinstance(questions, str):
            raise TypeError("ask_many and replies take a sequence of questions, not one string")
        return map(self.ask, questions)

    def explain(self, question: str) -> Explanation:
        """Return what the reply that `ask` gives to a question is made of; `reply.explain()` returns the same.

        Raises:
            TypeError: the question is not a string.
        """
        return self.answerer.explain(question)

    def rank(self, question: str, *, limit: int = 5) -> tuple[Match, ...]:
        """Return the best entries for a question, best first, without deciding whether they are good enough.

        There are fewer than `limit` where no more have anything in common with the question. The first score is the
        confidence of `ask`, so that scores of different questions can be compared; the others are in proportion. Of a
        question that `ask` would find too long, the beginning is ranked.

        Raises:
            ValueError: `limit` below 1.
            TypeError: the question is not a string.
        """
        return self.answerer.rank(question, limit)

    def evidence(self, question: str, *, limit: int = CONSIDERED) -> Ranking:
        """Return what a decision is made of: the best entries for a question, and what speaks for the first."""
        return self.answerer.evidence(question, limit)

    def conversation(self) -> Conversation:
        """Return a conversation of its own, which remembers what was suggested."""
        return Conversation(self)


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
        number = _NUMBER.fullmatch(question) if isinstance(question, str) else None
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
