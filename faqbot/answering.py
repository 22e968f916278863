"""What answers one question: a knowledge base, its index and thresholds. Immutable: it is replaced, never changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from faqbot import explaining, replies
from faqbot.decision import CERTAIN, Thresholds, calibrated, confidence, decide
from faqbot.entries import KnowledgeBase
from faqbot.explanation import Explanation
from faqbot.index import Index
from faqbot.matching import BY_MEANING, Match, Ranking, rank
from faqbot.replies import Reason, Reply
from faqbot.vectors import Encoder

LONGEST_QUESTION: Final = 10_000  # characters: patients' longest letters in public collections are half of that
CONSIDERED: Final = 8  # entries that a decision looks at


class Answerer:
    """Answers questions from a knowledge base. Immutable: one may serve many threads.

    Args:
        knowledge: what it knows.
        encoder: adds its sentence vectors to the matching, if anything does.
        thresholds: how sure to be before answering, and before suggesting.
        cache: the folder where what takes long to compute is kept between runs, if anywhere.
    """

    def __init__(
        self, knowledge: KnowledgeBase, encoder: Encoder | None, thresholds: Thresholds, cache: Path | None
    ) -> None:
        self._knowledge = knowledge
        self._encoder = encoder
        self._thresholds = thresholds
        self._cache = cache
        self._index = Index.build(knowledge, encoder, cache)
        answers = sum(not entry.is_gap for entry in knowledge.entries)
        about = knowledge.procedure or " and ".join(names[0] for names in knowledge.subjects)
        self._looked_in = f"{answers} answer{'' if answers == 1 else 's'}" + (f" about {about}" if about else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return Answerer, (self._knowledge, self._encoder, self._thresholds, self._cache)

    @property
    def knowledge(self) -> KnowledgeBase:
        """What it answers from."""
        return self._knowledge

    @property
    def scope(self) -> str:
        """What it looks in, in words: "26 answers about micro-needling"."""
        return self._looked_in

    @property
    def settings(self) -> str:
        """What replies depend on beside the knowledge, in one text that differs if that does."""
        identity = getattr(self._encoder, "identity", type(self._encoder).__qualname__)
        return f"{self._thresholds}, encoder {identity}"

    def prepare(self) -> None:
        """Compute now what the first question that needs it would wait for.

        Raises:
            FaqbotError: the encoder cannot be used.
        """
        if self._index.vectors is not None:
            self._index.vectors.prepared()

    def ask(self, question: str) -> Reply:
        """See FaqBot."""
        if len(_text(question)) > LONGEST_QUESTION:
            reply = replies.unanswered(question, Reason.TOO_LONG)
        else:
            reply = decide(self.evidence(question), self._thresholds, self._looked_in)
        return replies.explained(reply, partial(self.explain, question))

    def explain(self, question: str) -> Explanation:
        """See FaqBot."""
        if len(_text(question)) > LONGEST_QUESTION:
            return explaining.too_long(question, LONGEST_QUESTION, self._thresholds)
        ranking = self.evidence(question)
        reply = decide(ranking, self._thresholds, self._looked_in)
        return explaining.explain(self._index, ranking, reply, self._thresholds)

    def rank(self, question: str, limit: int) -> tuple[Match, ...]:
        """See FaqBot."""
        if limit < 1:
            raise ValueError(f"limit is the number of matches wanted: at least 1, not {limit}")
        return calibrated(self.evidence(question, max(limit, CONSIDERED)))[:limit]

    def evidence(self, question: str, limit: int = CONSIDERED) -> Ranking:
        """See FaqBot."""
        read = self._index.reader.question(_text(question)[:LONGEST_QUESTION])
        ranking = rank(self._index, read, limit)
        if self._index.vectors is None or confidence(ranking) >= CERTAIN:
            return ranking
        return rank(self._index, read, limit, BY_MEANING)


def _text(question: str) -> str:
    if not isinstance(question, str):
        raise TypeError(f"a question is a string, not {type(question).__name__}")
    return question
