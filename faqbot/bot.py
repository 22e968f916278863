"""The facade: a knowledge base that answers, and a conversation with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, Self

from faqbot import knowledge as knowledge_files
from faqbot import replies
from faqbot.decision import Thresholds, confidence, decide
from faqbot.entries import KnowledgeBase
from faqbot.index import Index
from faqbot.kernels import Encoder
from faqbot.matching import Match, Ranking, rank
from faqbot.replies import Reason, Reply

LONGEST_QUESTION: Final = 10_000  # characters: patients' longest letters in public collections are half of that
CONSIDERED: Final = 8  # entries that a decision looks at


def bundled_folder() -> Path:
    """Return the folder of the knowledge files that ship with faqbot: in a wheel inside the package, else beside it."""
    package = Path(__file__).parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent / "knowledge"


class FaqBot:
    """Answers questions from a knowledge base. Immutable: one may serve many threads.

    >>> from faqbot import Entry, FaqBot, KnowledgeBase
    >>> bot = FaqBot(KnowledgeBase([Entry(question="Where do I park?", answer="Behind the house.")]))
    >>> bot.ask("were do i park").text
    'Behind the house.'

    Args:
        knowledge: what it knows.
        encoder: adds its sentence vectors to the matching; anything with `.encode(list[str]) -> array`.
        thresholds: how sure to be before answering, and before suggesting.
    """

    def __init__(
        self, knowledge: KnowledgeBase, *, encoder: Encoder | None = None, thresholds: Thresholds | None = None
    ) -> None:
        self._knowledge = knowledge
        self._thresholds = thresholds or Thresholds()
        self._index = Index.build(knowledge, encoder)
        answers = sum(not entry.is_gap for entry in knowledge.entries)
        about = knowledge.procedure or knowledge.title
        self._looked_in = f"{answers} answer{'s' * (answers != 1)}" + (f" about {about}" if about else "")

    @classmethod
    def from_file(
        cls, *paths: str | Path, encoder: Encoder | None = None, thresholds: Thresholds | None = None
    ) -> Self:
        """Read one knowledge file, or several as one knowledge base.

        Raises:
            KnowledgeError: a file that cannot be used, with path, line and what was expected.
            ValueError: no path.
        """
        if not paths:
            raise ValueError("from_file needs at least one path")
        parts = [knowledge_files.read(path).knowledge for path in paths]
        return cls(KnowledgeBase.merged(parts), encoder=encoder, thresholds=thresholds)

    @classmethod
    def bundled(cls, *, encoder: Encoder | None = None, thresholds: Thresholds | None = None) -> Self:
        """Read the knowledge base about micro-needling that ships with faqbot."""
        return cls.from_file(bundled_folder() / "microneedling.md", encoder=encoder, thresholds=thresholds)

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
        if not isinstance(question, str):
            raise TypeError(f"a question is a string, not {type(question).__name__}")
        if len(question) > LONGEST_QUESTION:
            return replies.unanswered(question, self._looked_in, 0.0, Reason.TOO_LONG)
        return decide(self.ranking(question), self._thresholds, self._looked_in)

    def ask_many(self, questions: Iterable[str]) -> tuple[Reply, ...]:
        """Return the reply to each question, the same as `ask` gives."""
        return tuple(map(self.ask, questions))

    def rank(self, question: str, *, limit: int = 5) -> tuple[Match, ...]:
        """Return the best entries for a question, best first. It never abstains and may rank nonsense.

        The first score is the confidence of `ask`, so that scores of different questions can be compared; the others
        are in proportion.

        Raises:
            ValueError: `limit` below 1.
        """
        if limit < 1:
            raise ValueError(f"limit is the number of matches wanted: at least 1, not {limit}")
        ranking = self.ranking(question, limit=max(limit, CONSIDERED))
        if not ranking.matches:
            return ()
        scale = confidence(ranking) / ranking.matches[0].score
        return tuple(replace(match, score=match.score * scale) for match in ranking.matches[:limit])

    def conversation(self) -> Conversation:
        """Return a conversation of its own, which remembers what was suggested."""
        return Conversation(self)

    def ranking(self, question: str, *, limit: int = CONSIDERED) -> Ranking:
        """Return the best entries for a question, with what speaks for the first: what a decision is made of."""
        return rank(self._index, self._index.read(question[:LONGEST_QUESTION]), limit)


class Conversation:
    """One person's questions in a row. Not for sharing between threads; each person has their own."""

    def __init__(self, bot: FaqBot) -> None:
        self._bot = bot
        self._last: Reply | None = None

    @property
    def bot(self) -> FaqBot:
        """The bot that answers."""
        return self._bot

    @property
    def last(self) -> Reply | None:
        """The reply given last."""
        return self._last

    def ask(self, question: str) -> Reply:
        """Return the reply to a question; the bare number of a suggestion picks it."""
        picked = self._picked(question)
        # Choosing between suggestions again leaves them open: people look at the second one after the first.
        reply = picked or self._bot.ask(question)
        self._last = replace(reply, suggestions=self._last.suggestions) if picked and self._last else reply
        return reply

    def _picked(self, question: str) -> Reply | None:
        choices = self._last.suggestions if self._last else ()
        number = question.strip().rstrip(".)")
        if number.isascii() and number.isdigit() and len(number) < 3 and 1 <= int(number) <= len(choices):
            return replies.answered(question, choices[int(number) - 1].entry, 1.0)
        return None
