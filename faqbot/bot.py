"""The facade: a knowledge base that answers, and conversations with it."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from faqbot import files, library
from faqbot.answering import LONGEST_QUESTION, Answerer, Choice
from faqbot.decision import Thresholds
from faqbot.feedback import Listener
from faqbot.talking.conversation import Conversation

__all__ = ["LONGEST_QUESTION", "Conversation", "FaqBot"]


class FaqBot(Answerer):
    """Answers questions from a knowledge base. Immutable: one may serve many threads.

    >>> from faqbot import Entry, FaqBot, KnowledgeBase
    >>> bot = FaqBot(KnowledgeBase([Entry(question="Where do I park?", answer="Behind the house.")]))
    >>> bot.ask("were do i park").text
    'Behind the house.'

    Args:
        knowledge: what it knows.
        encoder: adds its sentence vectors to the matching; anything with `.encode(list[str]) -> array`. "auto" is the
            one of the extra `semantic` where that is installed; None matches by words alone.
        thresholds: how sure to be before answering, and before suggesting; None for those of the knowledge base.
        cache: the folder where what takes long to compute is kept between runs; nothing is written without one.
    """

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
        knowledge, index = library.read([Path(path) for path in paths], cache)
        return cls(knowledge, encoder=encoder, thresholds=thresholds, cache=cache, index=index)

    @classmethod
    def bundled(
        cls, *, encoder: Choice = "auto", thresholds: Thresholds | None = None, cache: Path | None = None
    ) -> Self:
        """Read the knowledge base about micro-needling that ships with faqbot."""
        path = files.bundled("microneedling.md")
        return cls.from_file(path, encoder=encoder, thresholds=thresholds, cache=cache)

    def conversation(self, *, listener: Listener | None = None) -> Conversation:
        """Return a conversation of its own, which remembers what was said; `listener` hears what became of it."""
        return Conversation(self, listener)
