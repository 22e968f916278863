"""Head passages that no question is known for: by their section, and by what they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from faqbot.documents.article import Article
from faqbot.english.wordlists import is_english, is_name
from faqbot.extraction.cohesion import points_back
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)
from faqbot.extraction.headings import is_telling
from faqbot.extraction.passages import Passage
from faqbot.extraction.subject import Subject

LONGEST_PREFIX: Final = 5  # words of a section's heading that stands before what a passage begins with
LONGEST_CLAUSE: Final = 10  # words of a clause that is a heading
SHORTEST_CLAUSE: Final = 3
_SITE: Final = re.compile(r" [|\u2013\u2014] ")  # before the name of the site in a title
_CLAUSE: Final = re.compile(r"[,;:\u2013\u2014(]|\s-\s|\b(?:which|because|so that|although|whereas|unless|until)\b")
_MARKUP: Final = re.compile(r"://|www\.|[\[\]<>{}|\u00bb\u00ab]")
_NUMBER: Final = re.compile(r"^(?:\d{1,3}[.)]|[-*\u2022])\s+")
_OPENER: Final = re.compile(
    r"^(?:however|also|in addition|additionally|furthermore|moreover|finally|lastly|firstly|secondly|in general"
    r"|generally|usually|typically|(?:please )?note(?: that)?|remember(?: that)?),? ",
    re.IGNORECASE,
)
_LEFT: Final = frozenset(("include", "includes", "including", "such")).union(
    PREPOSITIONS, CONJUNCTIONS, DETERMINERS, PRONOUNS, AUXILIARIES, SUBORDINATORS
)


class Topics:
    """Finds plain headings for the passages of an article: they make no claim to be questions."""

    def __init__(self, article: Article, subject: Subject) -> None:
        self._subject = subject
        self._article = article

    def headings(self, passage: Passage, *, is_first: bool) -> Iterator[str]:
        """Yield headings for a passage, best first: its section's, or that with what the passage begins with."""
        section = passage.heading if is_telling(passage.heading, self._subject) or passage.opens else ""
        section = section * any(map(str.isalpha, section))
        if passage.run_in:
            yield f"{section}: {_small(passage.run_in)}" if section else passage.run_in
        if section and passage.opens:
            yield section
        if not section and is_first and self._article.title:
            yield _SITE.split(self._article.title)[0]
        section = section if len(section.split()) <= LONGEST_PREFIX else ""
        for clause in _clauses([self._article.sentences[position] for position in passage.positions]):
            yield f"{section}: {_small(clause)}" if section else f"{clause[0].upper()}{clause[1:]}"


def _clauses(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the clauses that sentences begin with: whole ones first, and first of those that lean on no other."""
    found = [(sentence, _clause(sentence)) for sentence in sorted(sentences, key=_leaning)]
    yield from (clause for _, clause in found if clause)
    yield from (beginning for sentence, clause in found if not clause and (beginning := _beginning(sentence)))


def _leaning(sentence: str) -> int:
    """Return how much a sentence leans on others: 0, 1 where it opens with a circumstance, 2 where it points back."""
    first = sentence.split(maxsplit=1)[0].lower() if sentence.split() else ""
    return 2 if points_back(sentence) else int(first in PREPOSITIONS | SUBORDINATORS)


def _clause(sentence: str) -> str:
    """Return a short sentence, or of a longer one the first part up to a comma or the like that can be a heading."""
    said = _OPENER.sub("", _NUMBER.sub("", sentence)).rstrip(" .,:;!?")
    ends = [len(said), *(match.start() for match in _CLAUSE.finditer(said))]
    parts = [said[:end].strip() for end in ends]
    fits = (part for part in parts if SHORTEST_CLAUSE <= len(part.split()) <= LONGEST_CLAUSE and _is_whole(part))
    return next(fits, "")


def _is_whole(part: str) -> bool:
    last = part.rsplit(maxsplit=1)[-1].lower().strip("'\u2019\")")
    is_text = not _MARKUP.search(part) and any(character.isalpha() for character in part)
    return is_text and last not in _LEFT and part.count("(") == part.count(")")


def _beginning(sentence: str) -> str:
    """Return the first words of a sentence that has no short clause, with the sign that it goes on."""
    words = _NUMBER.sub("", sentence).split()[:LONGEST_CLAUSE]
    while words and not _is_whole(words[-1]):
        words.pop()
    if _MARKUP.search(sentence):
        return ""
    return f"{' '.join(words).rstrip(',;: ')} \u2026" if len(words) >= SHORTEST_CLAUSE else ""


def _small(phrase: str) -> str:
    """Return a phrase without a capital that it only has at the beginning of a sentence or as a title."""
    first, _, rest = phrase.partition(" ")
    named = not first[1:].islower() or is_name(first.lower()) or not is_english(first.lower())
    return phrase if named else f"{first.lower()} {rest}".strip()
