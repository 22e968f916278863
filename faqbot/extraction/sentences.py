"""Ask the questions that single sentences of a passage answer: effects of a procedure, and precise rules of grammar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from faqbot.documents.article import Article
from faqbot.extraction.effects import effects
from faqbot.extraction.grammar import questions as asking
from faqbot.extraction.passages import Passage
from faqbot.extraction.subject import Subject
from faqbot.text import stem, tokens

_GENERIC: Final = re.compile(r"\b(?:the|this) (?:procedure|treatment|therapy|operation)\b(?! \w+ing\b)")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of an article, ready to be asked for."""

    article: Article
    subject: Subject
    held: Mapping[str, int]

    @classmethod
    def of(cls, article: Article, subject: Subject) -> Sentences:
        """Return the sentences of an article about a subject."""
        stems = ({stem(word) for word in tokens(sentence)} for sentence in article.sentences.values())
        return cls(article, subject, Counter(chain.from_iterable(stems)))

    def questions(self, passage: Passage) -> tuple[list[str], list[str]]:
        """Return the questions that the first sentence of a passage answers, and those of the later ones."""
        first, *later = [self.article.sentences[position] for position in passage.positions]
        is_bound = self.subject.is_procedure and bool(self.subject.mentions.search(passage.answer.lower()))
        effects_ = [self._effects(sentence) if is_bound else [] for sentence in (first, *later)]
        later_ = [*chain.from_iterable(effects_[1:]), *chain.from_iterable(map(self._asked, later))]
        return [*self._asked(first), *effects_[0]], later_

    def _asked(self, sentence: str) -> list[str]:
        return [self._named(question) for question in asking.questions(sentence, self.held)]

    def _effects(self, sentence: str) -> list[str]:
        """Return how people ask for the effects of a procedure that a sentence speaks of."""
        name = self.subject.phrase
        own = set(map(stem, tokens(name)))
        found = [effect for effect in effects(sentence) if own.isdisjoint(map(stem, tokens(effect.thing)))]
        return [form for effect in found for form in effect.forms(name)]

    def _named(self, question: str) -> str:
        """Return a question with the procedure's name for "the procedure"."""
        return _GENERIC.sub(self.subject.phrase, question) if self.subject.is_procedure else question
