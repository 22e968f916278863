"""Ask the questions that single sentences of a passage answer: effects of a procedure, and precise rules of grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from faqbot.documents.article import Article
from faqbot.extraction.effects import effects
from faqbot.extraction.grammar import questions as asking
from faqbot.extraction.grammar.usage import Usage
from faqbot.extraction.passages import Passage
from faqbot.extraction.subject import Subject

MOST_QUESTIONS: Final = 5  # of grammar, for one passage
_GENERIC: Final = re.compile(r"\b(?:the|this) (?:procedure|treatment|therapy|operation)\b(?! \w+ing\b)")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of an article, ready to be asked for."""

    article: Article
    subject: Subject
    usage: Usage

    @classmethod
    def of(cls, article: Article, subject: Subject) -> Sentences:
        """Return the sentences of an article about a subject."""
        return cls(article, subject, Usage(article.sentences.values()))

    def questions(self, passage: Passage) -> Iterator[str]:
        """Yield the questions that the sentences of a passage answer, effects first."""
        said = self.article.sentences
        if self.subject.is_procedure:
            for position in passage.positions:
                for effect in effects(said[position]):
                    yield from (*effect.forms(self.subject.phrase), effect.thing)
        found = [
            self._named(question)
            for position in passage.positions
            for question in asking.questions(said[position], self.usage)
        ]
        yield from found[:MOST_QUESTIONS]

    def _named(self, question: str) -> str:
        """Return a question with the procedure's name for "the procedure"."""
        return _GENERIC.sub(self.subject.phrase, question) if self.subject.is_procedure else question
