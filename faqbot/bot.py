"""Answer from a knowledge base: the facade of the library, and where conversations begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from faqbot import files
from faqbot.answering.answerer import CONSIDERED, LONGEST_QUESTION, Answerer, Choice
from faqbot.answering.decision import Thresholds
from faqbot.answering.explanation import Explanation
from faqbot.answering.feedback import Listener
from faqbot.answering.reply import Reply
from faqbot.knowledge.entries import KnowledgeBase
from faqbot.knowledge.watcher import Files, Troubled
from faqbot.search import cache as index_cache
from faqbot.search import encoder as encoders
from faqbot.search.index import Index
from faqbot.search.question import Question
from faqbot.search.ranking import Match, Ranking

if TYPE_CHECKING:
    from faqbot.answering.conversation import Conversation

__all__ = ["LONGEST_QUESTION", "FaqBot"]


class FaqBot:
    """Answer questions from a knowledge base. Thread-safe: a reply does not depend on what else is asked.

    >>> from faqbot import Entry, FaqBot, KnowledgeBase
    >>> bot = FaqBot(KnowledgeBase([Entry(question="Where do I park?", answer="Behind the house.")]))
    >>> bot.ask("were do i park").text
    'Behind the house.'

    A bot of files may read them again (`reload`, or `watch` of `from_file`); each reply is of one state of them. A
    pickled bot is its knowledge and its settings; the index is built again where it is unpickled.

    Args:
        knowledge: the entries, and what the file says of them.
        encoder: adds its sentence vectors to the matching; anything with `.encode(list[str]) -> array`. "auto" is the
            one of the extra `semantic` where that is installed; None matches by words alone.
        thresholds: how sure to be before answering, and before suggesting; None for those of the knowledge base.
        cache: the folder where what takes long to compute is kept between runs; nothing is written without one.
        index: of the knowledge by words, where it was built before.
    """

    def __init__(
        self,
        knowledge: KnowledgeBase,
        *,
        encoder: Choice = "auto",
        thresholds: Thresholds | None = None,
        cache: Path | None = None,
        index: Index | None = None,
    ) -> None:
        self._encoder: Choice = encoder
        self._thresholds = thresholds
        self._cache = cache
        self._files: Files | None = None
        self._answerer = self._made(knowledge, index)

    @classmethod
    def from_file(
        cls,
        *paths: str | Path,
        encoder: Choice = "auto",
        thresholds: Thresholds | None = None,
        cache: Path | None = None,
        watch: bool = False,
        on_error: Troubled | None = None,
    ) -> Self:
        """Read one knowledge file, or several as one knowledge base.

        Args:
            paths: of the files; one that is named twice is read once.
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
        named = files.distinct(map(Path, paths))
        seen = Files(named, watch, on_error, index_cache.read)
        knowledge, index = index_cache.load(named, cache)
        bot = cls(knowledge, encoder=encoder, thresholds=thresholds, cache=cache, index=index)
        bot._files = seen
        return bot

    @classmethod
    def bundled(
        cls, *, encoder: Choice = "auto", thresholds: Thresholds | None = None, cache: Path | None = None
    ) -> Self:
        """Read the knowledge base about micro-needling that ships with faqbot."""
        path = files.bundled("microneedling.md")
        return cls.from_file(path, encoder=encoder, thresholds=thresholds, cache=cache)

    def over(self, knowledge: KnowledgeBase) -> Self:
        """Return a bot with the same settings that answers from other knowledge, which may bring its own threshold."""
        return type(self)(knowledge, encoder=self._encoder, thresholds=self._thresholds, cache=self._cache)

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
        """The knowledge base."""
        return self._answerer.knowledge

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that it was read from, if any."""
        return self._files.paths if self._files else ()

    @property
    def thresholds(self) -> Thresholds:
        """The confidence from which it answers, and from which it suggests."""
        return self._answerer.thresholds

    @property
    def answerer(self) -> Answerer:
        """The immutable answerer of now: asks several questions of one state of files that may be edited."""
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

    def _made(self, knowledge: KnowledgeBase, index: Index | None = None) -> Answerer:
        return Answerer(
            knowledge, encoder=self._encoder, thresholds=self._thresholds, cache=self._cache, index=index
        )  # fmt: skip

    def prepare(self) -> None:
        """Load the model and the vectors now, for which the first question that needs them would wait.

        Raises:
            FaqbotError: the encoder cannot be used.
        """
        self._answerer.prepare()

    def ask(self, question: str) -> Reply:
        """Return the reply to a question; it never raises for what a question says.

        Raises:
            TypeError: the question is not a string.
        """
        return self.answerer.ask(question)

    def ask_each(self, message: str) -> Reply:
        """Return the reply to a message that may hold several questions, each in `parts`; see `answering.several`.

        Raises:
            TypeError: the message is not a string.
        """
        from faqbot.answering import several  # noqa: PLC0415 - `ask` needs none of it

        return several.ask_each(self.answerer, message)

    async def ask_async(self, question: str) -> Reply:
        """Return what `ask` returns, without holding up the event loop: the one thread of `answering.worker` asks.

        Raises:
            TypeError: the question is not a string.
        """
        from faqbot.answering import worker  # noqa: PLC0415 - only who awaits needs it

        return await worker.shared().run(lambda: self.ask(question))

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
        """Explain the reply that `ask` gives to a question; `reply.explain()` returns the same.

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
        return self.answerer.rank(question, limit=limit)

    def evidence(self, question: str, *, limit: int = CONSIDERED) -> Ranking:
        """Return the best entries for a question, with the features and the confidence of the first."""
        return self.answerer.evidence(question, limit=limit)

    def read(self, text: str) -> Question:
        """Return a text as the bot reads it: normalised, corrected, synonyms replaced."""
        return self.answerer.read(text)

    def conversation(self, *, listener: Listener | None = None) -> Conversation:
        """Begin a conversation, which remembers what was said; `listener` is told of what went wrong in it."""
        from faqbot.answering.conversation import Conversation  # noqa: PLC0415 - only who talks waits for it

        return Conversation(self, listener)
