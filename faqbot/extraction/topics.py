"""Head passages that no question is known for: by their section and what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from faqbot.documents.article import Article
from faqbot.english.wordlists import is_english, is_name
from faqbot.extraction.grammar.phrases import Headings
from faqbot.extraction.headings import is_telling
from faqbot.extraction.passages import Passage
from faqbot.extraction.subject import Subject
from faqbot.text import tokens

LONGEST_PREFIX: Final = 5  # words of a section's heading that stands before a phrase
_SITE: Final = re.compile(r" [|\u2013\u2014] ")  # before the name of the site in a title


class Topics:
    """Finds plain headings for the passages of an article: they make no claim to be questions."""

    def __init__(self, article: Article, texts: Sequence[Passage], subject: Subject) -> None:
        self._texts = texts
        self._subject = subject
        self._article = article
        self._name = frozenset(tokens(subject.name))
        self._headings = Headings([article.sentences[p] for p in passage.positions] for passage in texts)

    def headings(self, number: int) -> Iterator[str]:
        """Yield headings for a passage, best first: its section's, or that with its own key noun phrase."""
        passage = self._texts[number]
        section = passage.heading if is_telling(passage.heading, self._subject) or passage.opens else ""
        if passage.run_in:
            yield f"{section}: {_small(passage.run_in)}" if section else passage.run_in
        if section and passage.opens:
            yield section
        if not section and not number and self._article.title:
            yield _SITE.split(self._article.title)[0]
        said = [self._article.sentences[position] for position in passage.positions]
        known = self._name | set(tokens(section))
        phrases = [phrase for phrase in self._headings.candidates(said) if not known.issuperset(tokens(phrase))]
        section = section if len(section.split()) <= LONGEST_PREFIX else ""
        for phrase in sorted(phrases, key=lambda phrase: len(phrase.split()) < 2):
            yield f"{section}: {_small(phrase)}" if section else f"{phrase[0].upper()}{phrase[1:]}"


def _small(phrase: str) -> str:
    """Return a phrase without a capital that it only has at the beginning of a sentence or as a title."""
    first, _, rest = phrase.partition(" ")
    named = not first[1:].islower() or is_name(first.lower()) or not is_english(first.lower()) or rest != rest.lower()
    return phrase if named else f"{first.lower()} {rest}".strip()
