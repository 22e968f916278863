"""Head passages that no question is known for: by their section and what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from faqbot.documents.article import Article
from faqbot.extraction.grammar.phrases import Headings
from faqbot.extraction.passages import Passage
from faqbot.extraction.subject import Subject
from faqbot.text import tokens


class Topics:
    """Finds plain headings for the passages of an article: they make no claim to be questions."""

    def __init__(self, article: Article, texts: Sequence[Passage], subject: Subject) -> None:
        self._texts = texts
        self._article = article
        self._name = frozenset(tokens(subject.name))
        self._headings = Headings(article.sentences.values())

    def headings(self, number: int) -> Iterator[str]:
        """Yield headings for a passage, best first: its section's, or that with its own key noun phrase."""
        passage = self._texts[number]
        section = passage.heading
        if passage.run_in:
            yield f"{section}: {_small(passage.run_in)}" if section else passage.run_in
        if section and passage.opens:
            yield section
        if not section and not number and self._article.title:
            yield self._article.title
        said = [self._article.sentences[position] for position in passage.positions]
        phrases = [p for p in self._headings.candidates(said) if not self._name.issuperset(tokens(p))]
        for phrase in sorted(phrases, key=lambda phrase: len(phrase.split()) < 2):
            yield f"{section}: {_small(phrase)}" if section else f"{phrase[0].upper()}{phrase[1:]}"


def _small(phrase: str) -> str:
    return phrase if phrase[1:2].isupper() else f"{phrase[0].lower()}{phrase[1:]}"
